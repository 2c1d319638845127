//! 督办员 come and go: removed by another, gone from their group, and given the right back.

use super::super::duty::PersonId;
use super::super::intent::button;
use super::super::reply::{contact, coordinators, escape};
use super::{Case, Change, Decision, To};
use crate::domain::rights::{Coordinator, Resignation, Wanted};

impl Case<'_> {
    pub(super) fn rights(&self, wanted: &Wanted) -> Decision {
        match wanted {
            Wanted::Coordinators => self.coordinators(),
            Wanted::AskRemoval { person, since } => self.ask_removal(*person, *since),
            Wanted::Remove { person, since } => self.remove(*person, *since),
            Wanted::Keep { person, ended_at } => self.keep_right(*person, *ended_at),
            Wanted::AskUnbinding { .. } => self.ask_unbinding(),
            Wanted::Unbind { unit, chat } => self.unbind(*unit, *chat),
        }
    }

    /// Who the coordinators are. They get buttons that remove one.
    fn coordinators(&self) -> Decision {
        if !self.place.is_for_coordinators() {
            return self.answer("a question across units", contact::ask_privately());
        }
        let may_remove = self.place.speaker_is_coordinator();
        self.answer("the coordinators", coordinators::listed(&self.facts.coordinators, may_remove, self.moment))
    }

    /// `since`: when the right began that the button was drawn for.
    fn ask_removal(&self, person: PersonId, since: i64) -> Decision {
        match self.removable(person, since) {
            Ok(one) => Decision::nothing("asks whether a coordinator is to be removed").and_say(
                To::Here,
                None,
                [coordinators::ask_removal(one)],
            ),
            Err(refusal) => refusal,
        }
    }

    fn remove(&self, person: PersonId, since: i64) -> Decision {
        let one = match self.removable(person, since) {
            Ok(one) => one,
            Err(refusal) => return refusal,
        };
        let by = self.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        let words = coordinators::removed(&one.name, by);
        let data = vec![button::ask_removal(person, one.since), button::remove(person, one.since)];
        let decision = Decision::nothing("a coordinator is removed")
            .with(Change::RemoveCoordinator { person, why: Resignation::Removed })
            .with(self.used(data, escape(&one.name), "移除"))
            .with_toast(coordinators::REMOVED)
            .and_say(To::Coordinators, None, [words.clone()]);
        match self.place.chat.coordinators {
            true => decision,
            // In private the others are told, and so is whoever did it.
            false => decision.and_say(To::Here, None, [words]),
        }
    }

    /// The coordinator whose right may be ended here.
    fn removable(&self, person: PersonId, since: i64) -> Result<&Coordinator, Decision> {
        if !self.place.speaker_is_coordinator() {
            return Err(Decision::toast("may not decide", contact::ONLY_COORDINATORS));
        }
        let drawn_for = |one: &&Coordinator| one.person == person && one.since.timestamp() == since;
        let Some(one) = self.facts.coordinators.iter().find(drawn_for) else {
            return Err(Decision::toast("no longer this coordinator", contact::STALE_BUTTON));
        };
        match self.facts.coordinators.len() {
            1 => Err(Decision::toast("the only coordinator", coordinators::LAST_ONE)),
            _ if self.place.speaker.as_ref().is_some_and(|speaker| speaker.id == person) => {
                Err(Decision::toast("oneself", coordinators::NOT_ONESELF))
            }
            _ => Ok(one),
        }
    }

    /// Who goes from the coordinators' group is one no longer, unless there is nobody else.
    pub(super) fn coordinator_departed(&self, decision: Decision, person: PersonId) -> Decision {
        let gone = self.facts.coordinators.iter().find(|one| one.person == person);
        let Some(gone) = gone.filter(|_| self.facts.in_coordinators_group) else { return decision };
        match self.facts.coordinators.len() {
            1 => decision.and_say(To::Coordinators, None, [coordinators::only_one_left(&gone.name)]),
            _ => decision.with(Change::RemoveCoordinator { person, why: Resignation::LeftGroup }).and_say(
                To::Coordinators,
                None,
                [coordinators::left(person, &gone.name, self.moment.now)],
            ),
        }
    }

    /// Gives the right back, unless it has ended otherwise since the button was drawn.
    fn keep_right(&self, person: PersonId, ended_at: i64) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return Decision::toast("may not decide", contact::ONLY_COORDINATORS);
        }
        let has_left = matches!(self.facts.resigned, Some((Resignation::LeftGroup, at)) if at.timestamp() == ended_at);
        let is_one = self.facts.coordinators.iter().any(|one| one.person == person);
        let (Some(meant), Some((_, at))) = (&self.facts.person_meant, self.facts.resigned) else {
            return Decision::toast("nobody to give it back to", contact::STALE_BUTTON);
        };
        if !has_left || is_one {
            return Decision::toast("nobody to give it back to", contact::STALE_BUTTON);
        }
        let by = self.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        Decision::nothing("a coordinator keeps the right")
            .with(Change::RestoreCoordinator(person))
            .with(self.used(vec![button::keep_right(person, at)], escape(&meant.name), "保留资格"))
            .with_toast(coordinators::KEPT)
            .and_say(To::Coordinators, None, [coordinators::kept(&meant.name, by)])
    }
}
