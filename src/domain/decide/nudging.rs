//! 催办: a coordinator, or a unit that leads a task, asks others to report beside the schedule.

use std::collections::BTreeMap;

use super::super::duty::{Duty, DutyId, Role, UnitId, UnitRef};
use super::super::intent::button;
use super::super::mention::{Mention, Mentioned};
use super::super::reply::lead::Others;
use super::super::reply::{contact, escape, nudge};
use super::{Case, Change, Decision, To};

impl Case<'_> {
    /// Asks the units that are meant, each at most once a working day about a task.
    pub(super) fn remind(&self, number: Option<&str>, unit: Option<&str>) -> Decision {
        let Some(asker) = self.asker(number) else {
            return self.answer("may not ask others", contact::only_leads_and_coordinators());
        };
        // A number may be that of tasks in several plans: a lead unit asks about its own.
        let may_ask = |duty: &Duty| match &self.place.unit {
            _ if self.place.is_for_coordinators() => true,
            Some(own) => own.id != duty.unit.id && self.leads(own, duty),
            None => false,
        };
        let meant = self.facts.duties.iter().filter(|duty| {
            number.is_none_or(|number| duty.task.number == number)
                && unit.is_none_or(|unit| duty.unit.name == unit)
                && may_ask(duty)
        });
        let meant: Vec<&Duty> = meant.collect();
        if meant.is_empty() {
            return self.answer("nobody is meant", nudge::nobody());
        }
        let mut asked: BTreeMap<UnitId, Vec<&Duty>> = BTreeMap::new();
        let mut spared = Vec::new();
        for duty in meant.into_iter().filter(|duty| duty.status.is_open()) {
            if self.is_spared(duty) {
                spared.push(duty);
            } else {
                asked.entry(duty.unit.id).or_default().push(duty);
            }
        }
        let asked_units = asked.values().map(Vec::as_slice);
        let chats = (self.facts.units_with_chat.as_slice(), self.facts.silenced_units.as_slice());
        let answer = nudge::answer(asked_units, &spared, chats, self.moment);
        let mut decision = Decision::nothing("asks others to report").and_say(To::Here, self.answers, [answer]);
        let is_reached =
            |unit: &String| self.facts.units_with_chat.contains(unit) && !self.facts.silenced_units.contains(unit);
        let reached = |duties: &[&Duty]| duties.first().is_some_and(|duty| is_reached(&duty.unit.name));
        for (unit, duties) in asked.into_iter().filter(|(_, duties)| reached(duties)) {
            let tasks = duties.iter().map(|duty| duty.task.id).collect();
            decision.changes.push(Change::Nudge { unit, tasks, day: self.moment.working_day() });
            let words = nudge::asked(&duties, &asker, self.moment.working_day(), self.mentioned(unit));
            decision = decision.and_say(To::Unit(unit), None, words);
        }
        decision
    }

    /// Asks one unit about its part in a task that the own unit leads, by a button below that task.
    pub(super) fn nudge(&self, duty: DutyId) -> Decision {
        let speaker = self.place.speaker.as_ref();
        let Some(unit) = self
            .place
            .unit
            .as_ref()
            .filter(|unit| speaker.is_some_and(|speaker| speaker.contact_of.contains(&unit.id)))
        else {
            return Decision::toast("not a contact of the unit", contact::ONLY_CONTACTS);
        };
        let Some(other) = self.facts.others.iter().find(|other| other.id == duty) else {
            return Decision::toast("the unit does not lead the task", contact::STALE_BUTTON);
        };
        if !other.status.is_open() {
            return Decision::toast("nothing to ask for", nudge::NOTHING_OPEN);
        }
        if self.is_spared(other) {
            return Decision::toast("asked or heard already", nudge::SPARED);
        }
        if !self.facts.units_with_chat.contains(&other.unit.name) {
            return Decision::toast("the unit has no chat", nudge::NO_CHAT);
        }
        let (day, asker) = (self.moment.working_day(), lead_name(unit));
        let words = nudge::asked(&[other], &asker, day, self.mentioned(other.unit.id));
        let decision = Decision::nothing("a lead unit asks another to report")
            .with(Change::Nudge { unit: other.unit.id, tasks: vec![other.task.id], day })
            .with(self.used_here(vec![button::nudge(duty)], escape(&other.unit.name), nudge::NUDGED))
            .with_toast(nudge::ASKED)
            .and_say(To::Unit(other.unit.id), None, words);
        let mut facts = self.facts.clone();
        facts.nudged.push((other.unit.id, other.task.id));
        let after = Case { facts: &facts, ..*self };
        let words = self.duty_in(other.task.id).and_then(|own| after.task_of(own).pop());
        match (self.facts.pressed, words) {
            (Some(message_id), Some(words)) => decision.with(Change::TurnPage { message_id, words }),
            _ => decision,
        }
    }

    /// The others' parts in the unit's task, for its contacts where it leads it.
    pub(super) fn others_in(&self, duty: &Duty) -> Others<'_> {
        let contact = self.place.speaker.as_ref().is_some_and(|person| person.contact_of.contains(&duty.unit.id));
        let others = self.facts.others.iter().filter(|other| contact && other.task.id == duty.task.id);
        let duties: Vec<&Duty> = others.collect();
        let open = || duties.iter().copied().filter(|other| other.status.is_open());
        let was_asked = |other: &&Duty| self.was_asked(other) && !self.was_heard_today(other);
        let has_chat = |other: &&Duty| self.facts.units_with_chat.contains(&other.unit.name);
        Others {
            asked: open().filter(was_asked).collect(),
            askable: open().filter(|other| !self.is_spared(other)).filter(has_chat).collect(),
            duties,
        }
    }

    /// Whether a unit has said something today, or was asked already.
    fn is_spared(&self, duty: &Duty) -> bool {
        self.was_heard_today(duty) || self.was_asked(duty)
    }

    fn was_heard_today(&self, duty: &Duty) -> bool {
        duty.last_report.as_ref().is_some_and(|report| self.moment.day_of(report.at) == self.moment.today)
    }

    /// On the working day that is or comes next.
    fn was_asked(&self, duty: &Duty) -> bool {
        self.facts.nudged.contains(&(duty.unit.id, duty.task.id))
    }

    /// Who is called by name where a unit is asked.
    pub(super) fn mentioned(&self, unit: UnitId) -> &[Mentioned] {
        match self.facts.mention {
            Mention::Due | Mention::Always => self.facts.mentioned.get(&unit).map_or(&[], Vec::as_slice),
            Mention::Never => &[],
        }
    }

    fn leads(&self, unit: &UnitRef, duty: &Duty) -> bool {
        let own = self.facts.duties.iter().filter(|own| own.task.id == duty.task.id && own.unit.id == unit.id);
        own.into_iter().any(|own| own.role == Role::Lead)
    }

    /// In whose name others are asked; `None` for who may not. A lead unit's contact may ask about its task.
    fn asker(&self, number: Option<&str>) -> Option<String> {
        let speaker = self.place.speaker.as_ref()?;
        // Guests of the coordinators' group read along.
        if self.place.is_for_coordinators() {
            return speaker.coordinator.then(|| "督办员".to_owned());
        }
        let unit = self.place.unit.as_ref().filter(|unit| speaker.contact_of.contains(&unit.id))?;
        let leads = self.facts.duties.iter().any(|duty| {
            duty.unit.id == unit.id && duty.role == Role::Lead && Some(duty.task.number.as_str()) == number
        });
        leads.then(|| lead_name(unit))
    }
}

fn lead_name(unit: &UnitRef) -> String {
    format!("牵头单位{}", unit.name)
}
