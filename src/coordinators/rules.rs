//! 督办员 come and go: removed by another, gone from their group, and given the right back.

use crate::chat::{refusals, text};
use crate::coordinators::{Coordinator, Resignation, Wanted, sentences};
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::ids::PersonId;
use crate::{binding, coordinators};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Coordinators => coordinators(case),
        Wanted::AskRemoval { person, since } => ask_removal(case, *person, *since),
        Wanted::Remove { person, since } => remove(case, *person, *since),
        Wanted::Keep { person, ended_at } => keep_right(case, *person, *ended_at),
        Wanted::AskUnbinding { .. } => binding::unbinding::rules::ask_unbinding(case),
        Wanted::Unbind { unit, chat } => binding::unbinding::rules::unbind(case, *unit, *chat),
    }
}

/// Who the coordinators are. They get buttons that remove one.
fn coordinators(case: &Case<'_>) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    let may_remove = case.place.speaker_is_coordinator();
    case.answer("the coordinators", sentences::listed(&case.facts.coordinators.all, may_remove, case.moment))
}

/// `since`: when the right began that the button was drawn for.
fn ask_removal(case: &Case<'_>, person: PersonId, since: i64) -> Decision {
    match removable(case, person, since) {
        Ok(one) => Decision::nothing("asks whether a coordinator is to be removed").and_say(
            To::Here,
            None,
            [sentences::ask_removal(one)],
        ),
        Err(refusal) => refusal,
    }
}

fn remove(case: &Case<'_>, person: PersonId, since: i64) -> Decision {
    let one = match removable(case, person, since) {
        Ok(one) => one,
        Err(refusal) => return refusal,
    };
    let by = case.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    let words = sentences::removed(&one.name, by);
    let data = vec![button::rights::ask_removal(person, one.since), button::rights::remove(person, one.since)];
    let decision = Decision::nothing("a coordinator is removed")
        .with(coordinators::Change::Remove { person, why: Resignation::Removed })
        .with(used::used(case, data, text::escape(&one.name), "移除"))
        .with_toast(sentences::REMOVED)
        .and_say(To::Coordinators, None, [words.clone()]);
    if case.place.chat.coordinators {
        decision
    } else {
        // In private the others are told, and so is whoever did it.
        decision.and_say(To::Here, None, [words])
    }
}

/// The coordinator whose right may be ended here.
fn removable<'a>(case: &Case<'a>, person: PersonId, since: i64) -> Result<&'a Coordinator, Decision> {
    if !case.place.speaker_is_coordinator() {
        return Err(Decision::toast("may not decide", refusals::ONLY_COORDINATORS));
    }
    let drawn_for = |one: &&Coordinator| one.person == person && one.since.timestamp() == since;
    let Some(one) = case.facts.coordinators.all.iter().find(drawn_for) else {
        return Err(Decision::toast("no longer this coordinator", refusals::STALE_BUTTON));
    };
    match case.facts.coordinators.all.len() {
        1 => Err(Decision::toast("the only coordinator", sentences::LAST_ONE)),
        _ if case.place.speaker.as_ref().is_some_and(|speaker| speaker.id == person) => {
            Err(Decision::toast("oneself", sentences::NOT_ONESELF))
        }
        _ => Ok(one),
    }
}

/// Who goes from the coordinators' group is one no longer, unless there is nobody else.
pub fn coordinator_departed(case: &Case<'_>, decision: Decision, person: PersonId) -> Decision {
    let gone = case.facts.coordinators.all.iter().find(|one| one.person == person);
    let Some(gone) = gone.filter(|_| case.facts.coordinators.in_their_group) else { return decision };
    match case.facts.coordinators.all.len() {
        1 => decision.and_say(To::Coordinators, None, [sentences::only_one_left(&gone.name)]),
        _ => decision.with(coordinators::Change::Remove { person, why: Resignation::LeftGroup }).and_say(
            To::Coordinators,
            None,
            [sentences::left(person, &gone.name, case.moment.now)],
        ),
    }
}

/// Gives the right back, unless it has ended otherwise since the button was drawn.
fn keep_right(case: &Case<'_>, person: PersonId, ended_at: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let has_left =
        matches!(case.facts.coordinators.resigned, Some((Resignation::LeftGroup, at)) if at.timestamp() == ended_at);
    let is_one = case.facts.coordinators.all.iter().any(|one| one.person == person);
    let (Some(meant), Some((_, at))) = (&case.facts.contacts.person_meant, case.facts.coordinators.resigned) else {
        return Decision::toast("nobody to give it back to", refusals::STALE_BUTTON);
    };
    if !has_left || is_one {
        return Decision::toast("nobody to give it back to", refusals::STALE_BUTTON);
    }
    let by = case.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    Decision::nothing("a coordinator keeps the right")
        .with(coordinators::Change::Restore(person))
        .with(used::used(case, vec![button::rights::keep_right(person, at)], text::escape(&meant.name), "保留资格"))
        .with_toast(sentences::KEPT)
        .and_say(To::Coordinators, None, [sentences::kept(&meant.name, by)])
}
