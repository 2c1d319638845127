//! 联络员 come and go: handing over, stepping down, being removed, leaving the group. A unit without any is told of.

use crate::chat::incoming::{ChatKind, Sender};
use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::contacts::{Parting, Roster, Wanted, sentences};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::UnitRef;
use crate::office::ids::{PersonId, UnitId};
use crate::{binding, contacts, coordinators};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::HandOver { to } => hand_over(case, to.as_ref()),
        Wanted::HandOverTo { unit, from, to } => hand_over_to(case, *unit, *from, *to),
        Wanted::TakeOver { unit, from, to } => take_over(case, *unit, *from, *to),
        Wanted::Leave => leave(case),
        Wanted::List { .. } => contacts(case),
        Wanted::Dismiss { unit, person, since } => dismiss(case, *unit, *person, *since),
    }
}

/// To who wrote the answered message, else to one of those whom the buttons name.
pub fn hand_over(case: &Case<'_>, to: Option<&Sender>) -> Decision {
    let (from, roster) = match own_registration(case) {
        Ok(registration) => registration,
        Err(refusal) => return refusal,
    };
    let alone = case.place.chat.kind == ChatKind::Private && case.place.is_home_of(roster.unit.id);
    match (to, &case.facts.contacts.person_meant) {
        _ if alone => case.answer("hands over in a unit's private chat", sentences::without_group(&roster.unit.name)),
        (Some(_), Some(successor)) if successor.id == from => {
            case.answer("hands over to oneself", sentences::to_oneself())
        }
        (Some(_), Some(successor)) if case.facts.contacts.has_gone => {
            case.answer("hands over to somebody who has gone", sentences::has_gone(&successor.name))
        }
        (Some(_), Some(successor)) => offer(case, roster, from, (successor.id, &successor.name)),
        (Some(_), None) => case.answer("hands over to nobody in particular", refusals::nameless()),
        (None, _) => case.answer("asks whom to hand over to", sentences::successors(from, roster)),
    }
}

/// A button that named the colleague; it is for the contact who asked for it.
pub fn hand_over_to(case: &Case<'_>, unit: UnitId, from: PersonId, to: PersonId) -> Decision {
    let is_own = case.place.speaker.as_ref().is_some_and(|person| person.id == from);
    let Some(roster) = roster(case, unit).filter(|roster| is_own && roster.contact(from).is_some()) else {
        return Decision::toast("not the contact who asked", sentences::NOT_YOUR_BUTTON);
    };
    let is_known =
        |to: PersonId| roster.contact(to).is_some() || roster.colleagues.iter().any(|(colleague, _)| *colleague == to);
    let Some(successor) = case.facts.contacts.person_meant.as_ref().filter(|person| is_known(person.id)) else {
        return Decision::toast("the colleague has gone", refusals::STALE_BUTTON);
    };
    if to == from {
        Decision::toast("hands over to oneself", refusals::STALE_BUTTON)
    } else {
        offer(case, roster, from, (to, &successor.name))
    }
}

/// Nothing changes until the colleague accepts. Whoever was offered it before can no longer.
fn offer<'a>(case: &Case<'a>, roster: &'a Roster, from: PersonId, (to, name): (PersonId, &str)) -> Decision {
    let unit = &roster.unit;
    let speaker = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let words = sentences::offered((speaker, name), &unit.name, button::people::take_over(unit.id, from, to));
    let offered = offers(case, roster, from);
    let decision = Decision::nothing("a contact offers the work to a colleague");
    let decision = decision
        .with(used::used(case, offered, String::new(), &sentences::offered_to(name)))
        .with_toast(sentences::OFFERED);
    if case.place.is_home_of(unit.id) {
        decision.and_say(To::Here, case.answers, [words])
    } else if !case.facts.units_with_chat.contains(&unit.name) {
        case.answer("the group is not reached", sentences::in_your_group())
    } else {
        let decision = decision.and_say(To::Here, case.answers, [sentences::waits_in_group(name)]);
        decision.and_say(To::Unit(unit.id), None, [words])
    }
}

/// The colleague accepts what was offered, and is the contact from now on.
pub fn take_over(case: &Case<'_>, unit: UnitId, from: PersonId, to: PersonId) -> Decision {
    let Some(successor) = case.place.speaker.as_ref().filter(|person| person.id == to) else {
        return Decision::toast("not the colleague who is meant", sentences::ONLY_SUCCESSOR);
    };
    let offered = case.facts.is_offered && !case.facts.contacts.has_gone && to != from;
    let roster = roster(case, unit).filter(|_| offered && case.place.is_home_of(unit));
    let Some((roster, predecessor)) = roster.and_then(|roster| Some((roster, roster.contact(from)?))) else {
        return Decision::toast("no longer offered", refusals::STALE_BUTTON);
    };
    let mut decision = Decision::nothing("a colleague takes over");
    if roster.contact(to).is_none() {
        decision = decision.with(contacts::Change::Register { unit, person: to });
    }
    let words = sentences::handed_over(&predecessor.name, &successor.name, &roster.unit.name);
    decision
        .with(contacts::Change::Remove { unit, person: from, why: Parting::HandedOver })
        .with(contact_gone(case, roster, from, sentences::TAKEN_OVER.to_owned()))
        .and_say(To::Here, None, [words])
        .with_toast(sentences::CONFIRMED)
}

/// The buttons with which colleagues accept the work of a contact.
fn offers<'a>(case: &Case<'a>, roster: &'a Roster, from: PersonId) -> Vec<String> {
    colleagues_of(case, roster).map(|to| button::people::take_over(roster.unit.id, from, to)).collect()
}

/// Whoever may be the other one when work is handed over.
fn colleagues_of<'a>(case: &Case<'a>, roster: &'a Roster) -> impl Iterator<Item = PersonId> {
    let colleagues = roster.colleagues.iter().map(|(colleague, _)| *colleague);
    let meant = case.facts.contacts.person_meant.as_ref().map(|person| person.id);
    colleagues.chain(roster.contacts.iter().map(|contact| contact.person)).chain(meant)
}

pub fn leave(case: &Case<'_>) -> Decision {
    match own_registration(case) {
        Ok((person, roster)) => {
            let decision = Decision::nothing("a contact steps down");
            part(case, decision, roster, person, Parting::SteppedDown, true)
        }
        Err(refusal) => refusal,
    }
}

/// Who the contacts are. Coordinators get a button that removes one.
pub fn contacts(case: &Case<'_>) -> Decision {
    match case.facts.contacts.rosters.first() {
        Some(roster) => {
            let words = sentences::listed(roster, case.place.speaker_is_coordinator());
            case.answer("the contacts of a unit", words)
        }
        None if case.place.is_for_coordinators() => case.answer("no such unit", sentences::which_unit()),
        None => case.answer("no unit here", binding::sentences::no_unit_here(case.place)),
    }
}

/// `since`: when the registration began that the button was drawn for.
pub fn dismiss(case: &Case<'_>, unit: UnitId, person: PersonId, since: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let is_drawn_for =
        |roster: &&Roster| roster.contact(person).is_some_and(|contact| contact.since.timestamp() == since);
    let Some(roster) = roster(case, unit).filter(is_drawn_for) else {
        return Decision::toast("no longer this contact", refusals::STALE_BUTTON);
    };
    let decision = Decision::nothing("a contact is removed").with_toast(sentences::REMOVED);
    part(case, decision, roster, person, Parting::Dismissed, true)
}

/// Somebody has gone from the group: whoever spoke for its units no longer does.
pub fn departed(case: &Case<'_>) -> Decision {
    let Some(person) = &case.facts.contacts.person_meant else { return Decision::nothing("a stranger has gone") };
    let decision = Decision::nothing("somebody has gone").with(contacts::Change::Forget(person.id));
    let decision = coordinators::rules::coordinator_departed(case, decision, person.id);
    let rosters = case.facts.contacts.rosters.iter().filter(|roster| roster.contact(person.id).is_some());
    rosters.fold(decision, |decision, roster| part(case, decision, roster, person.id, Parting::LeftGroup, false))
}

/// A contact is one no longer: the unit is told, and who asked for it where `answering`; the coordinators where
/// nobody is left.
fn part<'a>(
    case: &Case<'a>,
    decision: Decision,
    roster: &'a Roster,
    person: PersonId,
    why: Parting,
    answering: bool,
) -> Decision {
    let unit = &roster.unit;
    let name = roster.contact(person).map_or("", |contact| contact.name.as_str());
    let nobody_left = roster.contacts.iter().all(|contact| contact.person == person);
    let decision = decision.with(contacts::Change::Remove { unit: unit.id, person, why }).with(contact_gone(
        case,
        roster,
        person,
        why.label().to_owned(),
    ));
    let words = sentences::parted(name, &unit.name, why, nobody_left);
    let decision = if answering {
        telling_unit(case, decision, unit, words)
    } else {
        decision.and_say(To::Unit(unit.id), None, [words])
    };
    // Coordinators who removed the last one in their own group have just read it.
    if nobody_left && !(answering && case.place.chat.coordinators) {
        decision.and_say(To::Coordinators, None, [sentences::nobody_left(name, &unit.name, why)])
    } else {
        decision
    }
}

/// The buttons of a contact who is one no longer: those that hand over, and the one that removes.
fn contact_gone<'a>(case: &Case<'a>, roster: &'a Roster, person: PersonId, what: String) -> Change {
    let hand_over = colleagues_of(case, roster).map(|to| button::people::hand_over(roster.unit.id, person, to));
    let hand_over = hand_over.chain(offers(case, roster, person));
    let contact = roster.contact(person);
    let dismiss = contact.map(|contact| button::people::dismiss(roster.unit.id, person, contact.since));
    let name = text::escape(contact.map_or("", |contact| contact.name.as_str()));
    used::used(case, hand_over.chain(dismiss).collect(), name, &what)
}

/// Says it here and in the unit's group, once where both are the same.
fn telling_unit(case: &Case<'_>, decision: Decision, unit: &UnitRef, words: Words) -> Decision {
    let at_home = case.place.is_home_of(unit.id);
    let decision = decision.and_say(To::Here, case.answers, [words.clone()]);
    if at_home { decision } else { decision.and_say(To::Unit(unit.id), None, [words]) }
}

/// The speaker as a contact of the unit that is spoken of here.
fn own_registration<'a>(case: &Case<'a>) -> Result<(PersonId, &'a Roster), Decision> {
    let Some(roster) = case.facts.contacts.rosters.first() else {
        return Err(case.answer("no unit here", binding::sentences::no_unit_here(case.place)));
    };
    let speaker = case.place.speaker.as_ref().filter(|person| roster.contact(person.id).is_some());
    match speaker {
        Some(person) => Ok((person.id, roster)),
        None => Err(case.answer("not a contact of the unit", Words::plain(refusals::ONLY_CONTACTS))),
    }
}

fn roster<'a>(case: &Case<'a>, unit: UnitId) -> Option<&'a Roster> {
    case.facts.contacts.rosters.iter().find(|roster| roster.unit.id == unit)
}
