//! 催办: a coordinator, or a unit that leads a task, asks others to report beside the schedule.

use std::collections::BTreeMap;

use super::super::duty::{Duty, Role, UnitId};
use super::super::reply::{contact, nudge};
use super::{Case, Change, Decision, To};

impl Case<'_> {
    /// Asks the units that are meant, each at most once a day about a task.
    pub(super) fn remind(&self, number: Option<&str>, unit: Option<&str>) -> Decision {
        let Some(asker) = self.asker(number) else {
            return self.answer("may not ask others", contact::only_leads_and_coordinators());
        };
        let meant = self.facts.duties.iter().filter(|duty| {
            number.is_none_or(|number| duty.task.number == number)
                && unit.is_none_or(|unit| duty.unit.name == unit)
                && self.place.unit.as_ref().is_none_or(|own| own.id != duty.unit.id || self.place.is_for_coordinators())
        });
        let meant: Vec<&Duty> = meant.collect();
        if meant.is_empty() {
            return self.answer("nobody is meant", nudge::nobody());
        }
        let mut asked: BTreeMap<UnitId, Vec<&Duty>> = BTreeMap::new();
        let mut spared = Vec::new();
        for duty in meant.into_iter().filter(|duty| duty.status.is_open()) {
            let heard =
                duty.last_report.as_ref().is_some_and(|report| self.moment.day_of(report.at) == self.moment.today);
            if heard || self.facts.nudged.contains(&(duty.unit.id, duty.task.id)) {
                spared.push(duty);
            } else {
                asked.entry(duty.unit.id).or_default().push(duty);
            }
        }
        let answer = nudge::answer(asked.values().map(Vec::as_slice), &spared, &self.facts.units_with_chat);
        let mut decision = Decision::nothing("asks others to report").and_say(To::Here, self.answers, [answer]);
        let reached =
            |duties: &[&Duty]| duties.first().is_some_and(|duty| self.facts.units_with_chat.contains(&duty.unit.name));
        for (unit, duties) in asked.into_iter().filter(|(_, duties)| reached(duties)) {
            let tasks = duties.iter().map(|duty| duty.task.id).collect();
            decision.changes.push(Change::Nudge { unit, tasks, day: self.moment.today });
            decision = decision.and_say(To::Unit(unit), None, nudge::asked(&duties, &asker, self.moment.today));
        }
        decision
    }

    /// In whose name others are asked; `None` for who may not. A lead unit's contact may ask about its task.
    fn asker(&self, number: Option<&str>) -> Option<String> {
        let speaker = self.place.speaker.as_ref()?;
        if self.place.is_for_coordinators() {
            return Some("督办员".to_owned());
        }
        let unit = self.place.unit.as_ref().filter(|unit| speaker.contact_of.contains(&unit.id))?;
        let leads = self.facts.duties.iter().any(|duty| {
            duty.unit.id == unit.id && duty.role == Role::Lead && Some(duty.task.number.as_str()) == number
        });
        leads.then(|| format!("牵头单位{}", unit.name))
    }
}
