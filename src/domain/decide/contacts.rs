//! 联络员 come and go: handing over, stepping down, being removed, leaving the group. A unit without any is told of.

use super::super::duty::{PersonId, UnitId, UnitRef};
use super::super::incoming::{ChatKind, Sender};
use super::super::intent::button;
use super::super::reply::{Words, contact, contacts, escape, greeting};
use super::{Case, Change, Decision, Parting, Roster, To};

impl Case<'_> {
    /// To who wrote the answered message, else to one of those whom the buttons name.
    pub(super) fn hand_over(&self, to: Option<&Sender>) -> Decision {
        let (from, roster) = match self.own_registration() {
            Ok(registration) => registration,
            Err(refusal) => return refusal,
        };
        match (to, &self.facts.person_meant) {
            (Some(_), Some(successor)) => self
                .entrust(roster, from, (successor.id, &successor.name))
                .unwrap_or_else(|| self.answer("hands over to oneself", contacts::to_oneself())),
            (Some(_), None) => self.answer("hands over to nobody in particular", contact::nameless()),
            (None, _) => self.answer("asks whom to hand over to", contacts::successors(from, roster)),
        }
    }

    /// A button that named the colleague; it is for the contact who asked for it.
    pub(super) fn hand_over_to(&self, unit: UnitId, from: PersonId, to: PersonId) -> Decision {
        let is_own = self.place.speaker.as_ref().is_some_and(|person| person.id == from);
        let Some(roster) = self.roster(unit).filter(|roster| is_own && roster.contact(from).is_some()) else {
            return Decision::toast("not the contact who asked", contacts::NOT_YOUR_BUTTON);
        };
        let is_known = |to: PersonId| {
            roster.contact(to).is_some() || roster.colleagues.iter().any(|(colleague, _)| *colleague == to)
        };
        let Some(successor) = self.facts.person_meant.as_ref().filter(|person| is_known(person.id)) else {
            return Decision::toast("the colleague has gone", contact::STALE_BUTTON);
        };
        let decision = self.entrust(roster, from, (to, &successor.name));
        decision.map_or_else(
            || Decision::toast("hands over to oneself", contact::STALE_BUTTON),
            |decision| decision.with_toast(contact::CONFIRMED),
        )
    }

    /// `None` where both are the same person.
    fn entrust(&self, roster: &Roster, from: PersonId, to: (PersonId, &str)) -> Option<Decision> {
        let (successor, name) = to;
        if successor == from {
            return None;
        }
        let unit = &roster.unit;
        let speaker = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        let mut decision = Decision::nothing("a contact hands over");
        if roster.contact(successor).is_none() {
            decision = decision.with(Change::RegisterContact { unit: unit.id, person: successor });
        }
        decision = decision
            .with(Change::RemoveContact { unit: unit.id, person: from, why: Parting::HandedOver })
            .with(self.contact_gone(roster, from, contacts::handed_over_to(name)));
        Some(self.telling_unit(decision, unit, contacts::handed_over(speaker, name, &unit.name)))
    }

    pub(super) fn leave(&self) -> Decision {
        match self.own_registration() {
            Ok((person, roster)) => {
                let decision = Decision::nothing("a contact steps down");
                self.part(decision, roster, person, Parting::SteppedDown, true)
            }
            Err(refusal) => refusal,
        }
    }

    /// Who the contacts are. Coordinators get a button that removes one.
    pub(super) fn contacts(&self) -> Decision {
        match self.facts.rosters.first() {
            Some(roster) => {
                let words = contacts::listed(roster, self.place.speaker_is_coordinator());
                self.answer("the contacts of a unit", words)
            }
            None if self.place.is_for_coordinators() => self.answer("no such unit", contacts::which_unit()),
            None => self.answer("no unit here", greeting::no_unit_here(self.place)),
        }
    }

    /// `since`: when the registration began that the button was drawn for.
    pub(super) fn dismiss(&self, unit: UnitId, person: PersonId, since: i64) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return Decision::toast("may not decide", contact::ONLY_COORDINATORS);
        }
        let is_drawn_for =
            |roster: &&Roster| roster.contact(person).is_some_and(|contact| contact.since.timestamp() == since);
        let Some(roster) = self.roster(unit).filter(is_drawn_for) else {
            return Decision::toast("no longer this contact", contact::STALE_BUTTON);
        };
        let decision = Decision::nothing("a contact is removed").with_toast(contacts::REMOVED);
        self.part(decision, roster, person, Parting::Dismissed, true)
    }

    /// Somebody has gone from the group: whoever spoke for its units no longer does.
    pub(super) fn departed(&self) -> Decision {
        let Some(person) = &self.facts.person_meant else { return Decision::nothing("a stranger has gone") };
        let decision = Decision::nothing("somebody has gone").with(Change::ForgetMember(person.id));
        let decision = self.coordinator_departed(decision, person.id);
        let rosters = self.facts.rosters.iter().filter(|roster| roster.contact(person.id).is_some());
        rosters.fold(decision, |decision, roster| self.part(decision, roster, person.id, Parting::LeftGroup, false))
    }

    /// A contact is one no longer: the unit is told, and who asked for it where `answering`; the coordinators where
    /// nobody is left.
    fn part(&self, decision: Decision, roster: &Roster, person: PersonId, why: Parting, answering: bool) -> Decision {
        let unit = &roster.unit;
        let name = roster.contact(person).map_or("", |contact| contact.name.as_str());
        let nobody_left = roster.contacts.iter().all(|contact| contact.person == person);
        let decision = decision.with(Change::RemoveContact { unit: unit.id, person, why }).with(self.contact_gone(
            roster,
            person,
            why.label().to_owned(),
        ));
        let words = contacts::parted(name, &unit.name, why, nobody_left);
        let decision = match answering {
            true => self.telling_unit(decision, unit, words),
            false => decision.and_say(To::Unit(unit.id), None, [words]),
        };
        // Coordinators who removed the last one in their own group have just read it.
        match nobody_left && !(answering && self.place.chat.coordinators) {
            true => decision.and_say(To::Coordinators, None, [contacts::nobody_left(name, &unit.name, why)]),
            false => decision,
        }
    }

    /// The buttons of a contact who is one no longer: those that hand over, and the one that removes.
    fn contact_gone(&self, roster: &Roster, person: PersonId, what: String) -> Change {
        let colleagues = roster.colleagues.iter().map(|(colleague, _)| *colleague);
        let others = roster.contacts.iter().map(|contact| contact.person);
        let hand_over = colleagues.chain(others).map(|to| button::hand_over(roster.unit.id, person, to));
        let contact = roster.contact(person);
        let dismiss = contact.map(|contact| button::dismiss(roster.unit.id, person, contact.since));
        let name = escape(contact.map_or("", |contact| contact.name.as_str()));
        self.used(hand_over.chain(dismiss).collect(), name, &what)
    }

    /// Says it here and in the unit's group, once where both are the same.
    fn telling_unit(&self, decision: Decision, unit: &UnitRef, words: Words) -> Decision {
        let at_home = self.place.chat.kind == ChatKind::Group && self.place.unit.as_ref() == Some(unit);
        let decision = decision.and_say(To::Here, self.answers, [words.clone()]);
        if at_home { decision } else { decision.and_say(To::Unit(unit.id), None, [words]) }
    }

    /// The speaker as a contact of the unit that is spoken of here.
    fn own_registration(&self) -> Result<(PersonId, &Roster), Decision> {
        let Some(roster) = self.facts.rosters.first() else {
            return Err(self.answer("no unit here", greeting::no_unit_here(self.place)));
        };
        let speaker = self.place.speaker.as_ref().filter(|person| roster.contact(person.id).is_some());
        match speaker {
            Some(person) => Ok((person.id, roster)),
            None => Err(self.answer("not a contact of the unit", Words::plain(contact::ONLY_CONTACTS))),
        }
    }

    fn roster(&self, unit: UnitId) -> Option<&Roster> {
        self.facts.rosters.iter().find(|roster| roster.unit.id == unit)
    }
}
