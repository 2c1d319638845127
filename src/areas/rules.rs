//! Coordinators divide the work among themselves.

use crate::areas;
use crate::areas::{Wanted, sentences};
use crate::chat::refusals;
use crate::chat::words::Words;
use crate::coordinators::Coordinator;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::office::duty::Duty;

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    if !case.place.is_for_coordinators() || !case.place.speaker_is_coordinator() {
        return case.answer("may not divide the work", Words::plain(refusals::ONLY_COORDINATORS));
    }
    let called = |name: &str| -> Vec<&Coordinator> {
        case.facts.coordinators.all.iter().filter(|one| one.name == name).collect()
    };
    match wanted {
        Wanted::List => case.answer("the division of work", sentences::listed(&case.facts.areas.all)),
        Wanted::Give { person, .. } | Wanted::End { person } => match (called(person).as_slice(), wanted) {
            ([one], Wanted::Give { .. }) if case.facts.areas.unknown_fields.is_empty() => {
                let fields = case.facts.areas.fields.clone();
                let words = sentences::given(&one.name, &fields);
                told(case, Change::Areas(areas::Change::Give { person: one.person, fields }), words)
            }
            ([_], Wanted::Give { .. }) => {
                case.answer("no such unit or plan", sentences::unknown(&case.facts.areas.unknown_fields))
            }
            ([one], _) => {
                told(case, Change::Areas(areas::Change::End { person: one.person }), sentences::ended(&one.name))
            }
            _ => case.answer("no such coordinator", sentences::nobody(person, &case.facts.coordinators.all)),
        },
    }
}

fn told(case: &Case<'_>, change: Change, words: Words) -> Decision {
    let decision = case.answer("the work is divided", words.clone()).with(change);
    if case.place.chat.coordinators { decision } else { decision.and_say(To::Coordinators, None, [words]) }
}

/// A notice to coordinators says who is asked first.
pub fn calling_first(case: &Case<'_>, words: Option<Words>, duties: &[&Duty]) -> Option<Words> {
    let first = crate::areas::asked_first(&case.facts.areas.all, duties);
    words.map(|words| sentences::calling(words, &first))
}
