//! Who may report for a unit, and what counts of it.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::intent::button;
use crate::office::duty::UnitRef;
use crate::office::place::Person;
use crate::quiet::Hint;
use crate::reporting::sentences;
use crate::reporting::statement::Statement;
use crate::{quiet, understanding};

/// The unit and the person, where the person may report for it.
pub fn reporter<'a>(case: &Case<'a>) -> Result<(&'a UnitRef, &'a Person), Decision> {
    let Some(unit) = &case.place.unit else {
        return Err(quiet::rules::nothing_to_report_on(case));
    };
    let Some(person) = &case.place.speaker else {
        return Err(quiet::rules::nameless(case, true));
    };
    // Who supervises a unit does not become its contact by a slip.
    let nobody_yet = case.facts.contacts.registered.is_empty() && !person.coordinator;
    if nobody_yet || person.contact_of.contains(&unit.id) {
        return Ok((unit, person));
    }
    if person.coordinator {
        return Err(quiet::rules::hint(
            case,
            Hint::NotAContact(person.id),
            "a coordinator",
            sentences::refused::coordinators_do_not_report(),
        ));
    }
    let words = sentences::refused::no_contact(&person.name, &unit.name, button::ask(unit.id));
    Err(quiet::rules::hint(case, Hint::NotAContact(person.id), "not a contact of the unit", words))
}

/// What a member of the unit's group reports who is no contact waits until they are.
pub fn waiting(case: &Case<'_>, statement: &Statement, refusal: Decision) -> Decision {
    if statement.passed_on { refusal } else { kept_until_registered(case, refusal) }
}

/// The same of a tap.
pub fn tap_waiting(case: &Case<'_>, refusal: Decision) -> Decision {
    match kept_until_registered(case, refusal) {
        kept if kept.waits => kept.with_toast(sentences::refused::TAP_KEPT),
        _ => Decision::toast("may not report", refusals::ONLY_CONTACTS),
    }
}

fn kept_until_registered(case: &Case<'_>, mut refusal: Decision) -> Decision {
    let (Some(unit), Some(person)) = (&case.place.unit, &case.place.speaker) else { return refusal };
    if person.coordinator || !case.place.is_home_of(unit.id) {
        return refusal;
    }
    for message in &mut refusal.messages {
        message.words.html = sentences::refused::no_contact_yet(&person.name, &unit.name);
    }
    Decision { waits: true, ..refusal }
}

/// A coordinator asks where only a unit's own matters are spoken of.
pub fn asks_in_a_units_group(case: &Case<'_>, text: &str) -> Option<Decision> {
    let asks = case.place.unit.is_some() && case.place.speaker_is_coordinator() && !case.place.speaker_is_contact();
    (asks && understanding::is_question(text))
        .then(|| case.answer("a question across units", refusals::ask_privately()))
}

/// Whether the message in question has recorded something that still counts.
pub fn has_live_report(case: &Case<'_>) -> bool {
    case.facts.earlier.iter().any(|report| !report.withdrawn)
}
