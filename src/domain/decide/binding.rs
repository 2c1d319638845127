//! Who speaks for whom: codes, contacts, and the bot's own place in a chat.

use super::super::duty::{PersonId, UnitId};
use super::super::incoming::{ChatKind, Standing};
use super::super::intent::button;
use super::super::place::Hearing;
use super::super::reply::contact::{self, CodeRefusal};
use super::super::reply::{coordinator, escape, greeting};
use super::{Case, Change, Decision, Invitation, To};

/// So many wrong codes within an hour are one person's share.
const WRONG_CODES_ALLOWED: u32 = 5;

impl Case<'_> {
    pub(super) fn bind(&self) -> Decision {
        let invitation = match self.usable_invitation() {
            Ok(invitation) => invitation,
            Err(refusal) => {
                let bind = format!("/bind@{}", self.place.username);
                let answer = self.answer("the code changes nothing", contact::code_refused(refusal, &bind));
                return match refusal {
                    CodeRefusal::Unknown => answer.with(Change::FailedCode),
                    _ => answer,
                };
            }
        };
        let used = Decision::nothing("the code is good").with(Change::UseInvitation(invitation.id));
        let (change, words) = match (&invitation.unit, self.place.chat.kind) {
            (Some(unit), _) => (Change::BindUnit(unit.id), contact::bound(&unit.name, invitation.duties, self.place)),
            (None, ChatKind::Group) => (Change::BindCoordinators, coordinator::group_bound()),
            (None, ChatKind::Private) => (Change::AddCoordinator, coordinator::welcome()),
        };
        // Whoever holds a coordinator's code is one, also where it is used to bind the group.
        let used = if change == Change::BindCoordinators { used.with(Change::AddCoordinator) } else { used };
        used.with(change).and_say(To::Here, self.answers, [words])
    }

    fn usable_invitation(&self) -> Result<&Invitation, CodeRefusal> {
        if self.facts.failed_codes >= WRONG_CODES_ALLOWED {
            return Err(CodeRefusal::TooManyTries);
        }
        let invitation = self.facts.invitation.as_ref().ok_or(CodeRefusal::Unknown)?;
        let chat = &self.place.chat;
        match &invitation.unit {
            Some(unit) if invitation.used && self.place.unit.as_ref() == Some(unit) => Err(CodeRefusal::BoundAlready),
            None if invitation.used && self.place.speaker_is_coordinator() => Err(CodeRefusal::CoordinatorAlready),
            _ if invitation.used => Err(CodeRefusal::Used),
            _ if invitation.ended => Err(CodeRefusal::Ended),
            _ if invitation.expires_at <= self.moment.now => Err(CodeRefusal::Expired),
            Some(_) if chat.kind == ChatKind::Private => Err(CodeRefusal::UnitNeedsGroup),
            Some(unit) if chat.coordinators || self.place.unit.as_ref().is_some_and(|bound| bound != unit) => {
                Err(CodeRefusal::ChatTaken)
            }
            Some(unit) if invitation.unit_has_chat && self.place.unit.as_ref() != Some(unit) => {
                Err(CodeRefusal::UnitTaken)
            }
            None if chat.kind == ChatKind::Group && self.place.unit.is_some() => Err(CodeRefusal::ChatTaken),
            _ => Ok(invitation),
        }
    }

    pub(super) fn ask_to_be_contact(&self, unit: UnitId) -> Decision {
        let (Some(person), Some(own)) = (&self.place.speaker, self.place.unit.as_ref().filter(|own| own.id == unit))
        else {
            return Decision::toast("another unit's button", contact::STALE_BUTTON);
        };
        if person.contact_of.contains(&unit) {
            return Decision::toast("already a contact", contact::ALREADY_CONTACT);
        }
        if self.facts.applicant.is_some() {
            return Decision::toast("has asked before", contact::ASKED);
        }
        let words = contact::contact_asked(&person.name, &own.name, button::confirm(unit, person.id));
        Decision::nothing("asks to be a contact")
            .with(Change::AskToBeContact { unit })
            .and_say(To::Here, None, [words.clone()])
            .and_say(To::Coordinators, None, [words])
            .with_toast(contact::ASKED)
    }

    pub(super) fn confirm_contact(&self, unit: UnitId, person: PersonId) -> Decision {
        let Some(speaker) = &self.place.speaker else { return Decision::nothing("nameless sender") };
        let Some(applicant) = self.facts.applicant.as_ref().filter(|applicant| applicant.id == person) else {
            return Decision::toast("nobody asks", contact::STALE_BUTTON);
        };
        if applicant.contact_of.contains(&unit) {
            return Decision::toast("already a contact", contact::ALREADY_CONTACT);
        }
        if !speaker.coordinator && !speaker.contact_of.contains(&unit) {
            return Decision::toast("may not confirm", contact::ONLY_CONTACTS_OR_COORDINATORS);
        }
        let words = contact::contact_confirmed(&applicant.name);
        Decision::nothing("a contact is confirmed")
            .with(Change::RegisterContact { unit, person })
            .with(self.used(vec![button::confirm(unit, person)], escape(&applicant.name), "同意登记"))
            .and_say(To::Unit(unit), None, [words])
            .with_toast(contact::CONFIRMED)
    }

    /// The coordinators learn where the bot can no longer write, and where it can again; a group learns how to speak to
    /// it once it is no longer shown everything.
    pub(super) fn membership(&self, was: Standing, is: Standing) -> Decision {
        let decision = Decision::nothing("the bot's place in the chat").with(Change::Standing(is));
        if self.place.chat.kind == ChatKind::Private {
            return decision;
        }
        let units: Vec<&str> = self.facts.rosters.iter().map(|roster| roster.unit.name.as_str()).collect();
        let whose = match self.place.chat.coordinators {
            true => coordinator::OWN_GROUP.to_owned(),
            false => units.join("、"),
        };
        match (was.may_write(), is.may_write()) {
            (true, false) if !whose.is_empty() => {
                decision.and_say(To::Coordinators, None, [coordinator::silenced_by_group(&whose, is)])
            }
            (false, true) if !whose.is_empty() => {
                decision.and_say(To::Coordinators, None, [coordinator::may_write_again(&whose)])
            }
            (false, true) => decision.and_say(To::Here, None, [greeting::greeting(self.place)]),
            _ => match self.place.hearing {
                // An administrator no longer.
                Hearing::Addressed if was == Standing::Admin && is == Standing::Member => {
                    let units = self.facts.rosters.iter().map(|roster| roster.unit.id);
                    units.fold(decision, |decision, unit| {
                        decision.and_say(To::Unit(unit), None, [contact::how_to_speak(self.place)])
                    })
                }
                _ => decision,
            },
        }
    }
}
