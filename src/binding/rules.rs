//! Who speaks for whom: codes, contacts, and the bot's own place in a chat.

use crate::binding::{CodeRefusal, Invitation, Wanted, sentences};
use crate::chat::incoming::{ChatKind, Standing};
use crate::chat::{refusals, text, undelivered};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::{Duty, UnitRef};
use crate::office::ids::{PersonId, UnitId};
use crate::office::place::{Hearing, Person};
use crate::{binding, contacts, coordinators};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Bind { .. } => bind(case),
        Wanted::AskToBeContact { unit } => ask_to_be_contact(case, *unit),
        Wanted::ConfirmContact { unit, person } => confirm_contact(case, *unit, *person),
    }
}

pub fn bind(case: &Case<'_>) -> Decision {
    let invitation = match usable_invitation(case) {
        Ok(invitation) => invitation,
        Err(refusal) => {
            let words = sentences::code_refused(refusal, case.place.chat.kind);
            let answer = case.answer("the code changes nothing", words);
            return match refusal {
                CodeRefusal::Unknown => answer.with(binding::Change::FailedCode),
                _ => answer,
            };
        }
    };
    let used = Decision::nothing("the code is good").with(binding::Change::UseInvitation(invitation.id));
    let (change, words) = match (&invitation.unit, case.place.chat.kind) {
        (Some(unit), _) => {
            let duties: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.unit.id == unit.id).collect();
            let words = sentences::bound(&unit.name, (invitation.duties, &duties), case.place, case.moment);
            (Change::Binding(binding::Change::BindUnit(unit.id)), words)
        }
        (None, ChatKind::Group) => (Change::Binding(binding::Change::BindCoordinators), sentences::group_bound()),
        (None, ChatKind::Private) => (Change::Coordinators(coordinators::Change::Add), sentences::welcome()),
    };
    // Whoever holds a coordinator's code is one, also where it is used to bind the group.
    let used = if change == Change::Binding(binding::Change::BindCoordinators) {
        used.with(coordinators::Change::Add)
    } else {
        used
    };
    let decision = used.with(change);
    let decision = match (&invitation.unit, case.place.chat.kind, &case.place.speaker) {
        (Some(unit), ChatKind::Private, Some(speaker)) => in_private(decision, unit, speaker),
        _ => decision,
    };
    decision.and_say(To::Here, case.answers, [words])
}

/// Whoever makes the own chat the unit's speaks for it. Coordinators are told, because nobody else sees it.
fn in_private(decision: Decision, unit: &UnitRef, speaker: &Person) -> Decision {
    let told = sentences::bound_in_private(&speaker.name, &unit.name);
    let decision = decision.and_say(To::Coordinators, None, [told]);
    if speaker.contact_of.contains(&unit.id) {
        decision
    } else {
        decision.with(contacts::Change::Register { unit: unit.id, person: speaker.id })
    }
}

fn usable_invitation<'a>(case: &Case<'a>) -> Result<&'a Invitation, CodeRefusal> {
    if case.facts.binding.failed_codes >= binding::WRONG_CODES_ALLOWED {
        return Err(CodeRefusal::TooManyTries);
    }
    let invitation = case.facts.binding.invitation.as_ref().ok_or(CodeRefusal::Unknown)?;
    let bound = case.place.unit.as_ref().filter(|unit| case.place.is_home_of(unit.id));
    match &invitation.unit {
        Some(unit) if invitation.used && bound == Some(unit) => Err(CodeRefusal::BoundAlready),
        None if invitation.used && case.place.speaker_is_coordinator() => Err(CodeRefusal::CoordinatorAlready),
        _ if invitation.used => Err(CodeRefusal::Used),
        _ if invitation.ended => Err(CodeRefusal::Ended),
        _ if invitation.expires_at <= case.moment.now => Err(CodeRefusal::Expired),
        Some(unit) if case.place.is_for_coordinators() || bound.is_some_and(|bound| bound != unit) => {
            Err(CodeRefusal::ChatTaken)
        }
        Some(unit) if invitation.unit_has_chat && bound != Some(unit) => Err(CodeRefusal::UnitTaken),
        None if bound.is_some() => Err(CodeRefusal::ChatTaken),
        _ => Ok(invitation),
    }
}

pub fn ask_to_be_contact(case: &Case<'_>, unit: UnitId) -> Decision {
    let (Some(person), Some(own)) = (&case.place.speaker, case.place.unit.as_ref().filter(|own| own.id == unit)) else {
        return Decision::toast("another unit's button", refusals::STALE_BUTTON);
    };
    if person.contact_of.contains(&unit) {
        return Decision::toast("already a contact", contacts::sentences::ALREADY_CONTACT);
    }
    if case.facts.binding.applicant.is_some() {
        return Decision::toast("has asked before", contacts::sentences::ASKED);
    }
    let words = contacts::sentences::contact_asked(&person.name, &own.name, button::confirm(unit, person.id));
    Decision::nothing("asks to be a contact")
        .with(contacts::Change::Ask { unit })
        .and_say(To::Here, None, [words.clone()])
        .and_say(To::Coordinators, None, [words])
        .with_toast(contacts::sentences::ASKED)
}

pub fn confirm_contact(case: &Case<'_>, unit: UnitId, person: PersonId) -> Decision {
    let Some(speaker) = &case.place.speaker else { return Decision::nothing("nameless sender") };
    let Some(applicant) = case.facts.binding.applicant.as_ref().filter(|applicant| applicant.id == person) else {
        return Decision::toast("nobody asks", refusals::STALE_BUTTON);
    };
    if applicant.contact_of.contains(&unit) {
        return Decision::toast("already a contact", contacts::sentences::ALREADY_CONTACT);
    }
    if !speaker.coordinator && !speaker.contact_of.contains(&unit) {
        return Decision::toast("may not confirm", contacts::sentences::ONLY_CONTACTS_OR_COORDINATORS);
    }
    let words =
        contacts::sentences::contact_confirmed(&applicant.name, case.facts.binding.unheard, &case.place.username);
    Decision::nothing("a contact is confirmed")
        .with(contacts::Change::Register { unit, person })
        .with(used::used(case, vec![button::confirm(unit, person)], text::escape(&applicant.name), "同意登记"))
        .and_say(To::Unit(unit), None, [words])
        .with_toast(contacts::sentences::CONFIRMED)
}

/// The coordinators learn where the bot can no longer write, and where it can again; a group learns how to speak to
/// it once it is no longer shown everything.
pub fn membership(case: &Case<'_>, was: Standing, is: Standing) -> Decision {
    let decision = Decision::nothing("the bot's place in the chat").with(Change::Standing(is));
    if case.place.chat.kind == ChatKind::Private {
        let of_unit = case.place.unit.as_ref().filter(|unit| case.place.is_home_of(unit.id));
        return match (of_unit, was.may_write(), is.may_write()) {
            (Some(unit), true, false) => {
                decision.and_say(To::Coordinators, None, [undelivered::blocked_in_private(&unit.name)])
            }
            (Some(unit), false, true) => {
                decision.and_say(To::Coordinators, None, [undelivered::unblocked_in_private(&unit.name)])
            }
            _ => decision,
        };
    }
    let units: Vec<&str> = case.facts.contacts.rosters.iter().map(|roster| roster.unit.name.as_str()).collect();
    let whose = if case.place.chat.coordinators { sentences::OWN_GROUP.to_owned() } else { units.join("、") };
    match (was.may_write(), is.may_write()) {
        (true, false) if !whose.is_empty() => {
            decision.and_say(To::Coordinators, None, [undelivered::silenced_by_group(&whose, is)])
        }
        (false, true) if !whose.is_empty() => {
            decision.and_say(To::Coordinators, None, [undelivered::may_write_again(&whose)])
        }
        (false, true) => decision.and_say(To::Here, None, [sentences::greeting(case.place)]),
        _ => match case.place.hearing {
            // An administrator no longer.
            Hearing::Addressed if was == Standing::Admin && is == Standing::Member => {
                let units = case.facts.contacts.rosters.iter().map(|roster| roster.unit.id);
                units.fold(decision, |decision, unit| {
                    decision.and_say(To::Unit(unit), None, [sentences::how_to_speak(case.place)])
                })
            }
            _ => decision,
        },
    }
}
