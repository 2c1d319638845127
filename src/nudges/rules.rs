//! 催办: a coordinator, or a unit that leads a task, asks others to report beside the schedule.

use std::collections::BTreeMap;

use crate::chat::{phrases, refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::nudges::{Wanted, others, sentences};
use crate::office::called::Called;
use crate::office::duty::{Duty, Role, UnitRef};
use crate::office::ids::{DutyId, PlanId, UnitId};
use crate::plans::{Numbered, Unclear};
use crate::{nudges, plans, questions};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Remind { called, unit } => remind(case, called.as_ref(), unit.as_deref()),
        Wanted::Propose { called, unit } => propose(case, called.as_ref(), unit.as_deref()),
        Wanted::Confirm { called, unit } => confirm(case, called.as_ref(), *unit),
        Wanted::Nudge { duty } => nudge(case, *duty),
    }
}

/// Asks the units that are meant, each at most once a working day about a task.
pub fn remind(case: &Case<'_>, called: Option<&Called>, unit: Option<&str>) -> Decision {
    let number = called.map(|called| called.number.as_str());
    let Some(asker) = asker(case, number) else {
        return case.answer("may not ask others", refusals::only_leads_and_coordinators());
    };
    // A number may be that of tasks in several plans: a lead unit asks about its own.
    let may_ask = |duty: &Duty| match &case.place.unit {
        _ if case.place.is_for_coordinators() => true,
        Some(own) => own.id != duty.unit.id && leads(case, own, duty),
        None => false,
    };
    let meant = case.facts.duties.iter().filter(|duty| {
        number.is_none_or(|number| duty.task.number == number)
            && unit.is_none_or(|unit| duty.unit.name == unit)
            && may_ask(duty)
    });
    let mut meant: Vec<&Duty> = meant.collect();
    match plan_of(case, called, &meant) {
        Ok(plan) => meant.retain(|duty| plan.is_none_or(|plan| duty.plan_id == plan)),
        Err(why) => {
            let words = plans::sentences::unclear(&why, number.unwrap_or_default(), &case.place.command("/remind"));
            return case.answer("not one task is meant", words);
        }
    }
    if meant.is_empty() {
        return case.answer("nobody is meant", sentences::nobody());
    }
    let mut asked: BTreeMap<UnitId, Vec<&Duty>> = BTreeMap::new();
    let mut spared = Vec::new();
    for duty in meant.into_iter().filter(|duty| duty.status.is_open()) {
        if others::is_spared(case, duty) {
            spared.push(duty);
        } else {
            asked.entry(duty.unit.id).or_default().push(duty);
        }
    }
    let asked_units = asked.values().map(Vec::as_slice);
    let chats = (case.facts.units_with_chat.as_slice(), case.facts.quiet.silenced_units.as_slice());
    let answer = sentences::answer(asked_units, &spared, chats, case.moment);
    let mut decision = Decision::nothing("asks others to report").and_say(To::Here, case.answers, [answer]);
    let reached = |duties: &[&Duty]| duties.first().is_some_and(|duty| is_reached(case, &duty.unit.name));
    for (unit, duties) in asked.into_iter().filter(|(_, duties)| reached(duties)) {
        let tasks = duties.iter().map(|duty| duty.task.id).collect();
        decision.changes.push(Change::Nudges(nudges::Change::Nudge { unit, tasks, day: case.moment.working_day() }));
        let words = sentences::asked(&duties, &asker, case.moment.working_day(), others::mentioned(case, unit));
        decision = decision.and_say(To::Unit(unit), None, words);
    }
    decision
}

/// The plan of the one task that is called so, of those that may be meant.
fn plan_of(case: &Case<'_>, called: Option<&Called>, meant: &[&Duty]) -> Result<Option<PlanId>, Unclear> {
    let Some(called) = called else { return Ok(None) };
    let having = meant.iter().map(|duty| duty.plan_id).collect();
    let numbered = Numbered { having, ..case.facts.numbered.clone() };
    Ok(numbered.meant(called.plan.as_deref())?.map(|plan| plan.id))
}

fn is_reached(case: &Case<'_>, unit: &String) -> bool {
    case.facts.units_with_chat.contains(unit) && !case.facts.quiet.silenced_units.contains(unit)
}

/// What would be asked of whom by a coordinator's words, with the button that asks it. Where nobody would be asked, that is
/// the answer.
pub fn propose(case: &Case<'_>, called: Option<&Called>, unit: Option<&str>) -> Decision {
    let number = called.map(|called| called.number.as_str());
    let meant = |duty: &&Duty| {
        number.is_none_or(|number| duty.task.number == number) && unit.is_none_or(|unit| duty.unit.name == unit)
    };
    let mut meant: Vec<&Duty> = case.facts.duties.iter().filter(meant).collect();
    let Ok(plan) = plan_of(case, called, &meant) else { return remind(case, called, unit) };
    meant.retain(|duty| plan.is_none_or(|plan| duty.plan_id == plan));
    let asked: Vec<&Duty> =
        meant.iter().copied().filter(|duty| duty.status.is_open() && !others::is_spared(case, duty)).collect();
    let (reached, unreached): (Vec<&Duty>, Vec<&Duty>) =
        asked.into_iter().partition(|duty| is_reached(case, &duty.unit.name));
    if reached.is_empty() || !case.place.speaker_is_coordinator() {
        return remind(case, called, unit);
    }
    let whose = meant.first().filter(|_| unit.is_some()).map(|duty| duty.unit.id);
    let called = called.map(|called| Called { plan: plan.map(|plan| plan.0.to_string()), ..called.clone() });
    match button::remind::confirm(called.as_ref(), whose) {
        Some(data) => case.answer("a reminder is proposed", sentences::proposed(&reached, &unreached, data)),
        None => case.answer("a number that no button holds", sentences::nobody()),
    }
}

/// Asks them, after the press.
pub fn confirm(case: &Case<'_>, called: Option<&Called>, unit: Option<UnitId>) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not ask others", refusals::ONLY_COORDINATORS);
    }
    let name = match unit {
        Some(unit) => match case.facts.duties.iter().find(|duty| duty.unit.id == unit) {
            Some(duty) => Some(duty.unit.name.as_str()),
            None => return Decision::toast("the unit has no such task", refusals::STALE_BUTTON),
        },
        None => None,
    };
    let number = called.map(|called| called.number.as_str());
    let data = button::remind::confirm(called, unit).into_iter().collect();
    let subject = number.map(|number| format!("第{}项", text::escape(number))).into_iter();
    let subject: String = name.map(text::escape).into_iter().chain(subject).collect();
    remind(case, called, name)
        .with(used::used_here(case, data, subject, sentences::NUDGED))
        .with_toast(sentences::ASKED)
}

/// Asks one unit about its part in a task that the own unit leads, by a button below that task.
pub fn nudge(case: &Case<'_>, duty: DutyId) -> Decision {
    let speaker = case.place.speaker.as_ref();
    let Some(unit) =
        case.place.unit.as_ref().filter(|unit| speaker.is_some_and(|speaker| speaker.contact_of.contains(&unit.id)))
    else {
        return Decision::toast("not a contact of the unit", refusals::ONLY_CONTACTS);
    };
    let Some(other) = case.facts.others.iter().find(|other| other.id == duty) else {
        return Decision::toast("the unit does not lead the task", refusals::STALE_BUTTON);
    };
    if !other.status.is_open() {
        return Decision::toast("nothing to ask for", sentences::NOTHING_OPEN);
    }
    if others::is_spared(case, other) {
        return Decision::toast("asked or heard already", sentences::SPARED);
    }
    if !case.facts.units_with_chat.contains(&other.unit.name) {
        return Decision::toast("the unit has no chat", sentences::NO_CHAT);
    }
    let (day, asker) = (case.moment.working_day(), lead_name(unit));
    let words = sentences::asked(&[other], &asker, day, others::mentioned(case, other.unit.id));
    let decision = Decision::nothing("a lead unit asks another to report")
        .with(nudges::Change::Nudge { unit: other.unit.id, tasks: vec![other.task.id], day })
        .with(used::used_here(case, vec![button::nudge(duty)], text::escape(&other.unit.name), sentences::NUDGED))
        .with_toast(sentences::ASKED)
        .and_say(To::Unit(other.unit.id), None, words);
    let mut facts = case.facts.clone();
    facts.nudged.push((other.unit.id, other.task.id));
    let after = Case { facts: &facts, ..*case };
    let words = case.duty_in(other.task.id).and_then(|own| questions::rules::task_of(&after, own).pop());
    match (case.facts.pressed, words) {
        (Some(message_id), Some(words)) => decision.with(Change::TurnPage { message_id, words }),
        _ => decision,
    }
}

fn leads(case: &Case<'_>, unit: &UnitRef, duty: &Duty) -> bool {
    let own = case.facts.duties.iter().filter(|own| own.task.id == duty.task.id && own.unit.id == unit.id);
    own.into_iter().any(|own| own.role == Role::Lead)
}

/// In whose name others are asked; `None` for who may not. A lead unit's contact may ask about its task.
fn asker(case: &Case<'_>, number: Option<&str>) -> Option<String> {
    let speaker = case.place.speaker.as_ref()?;
    // Guests of the coordinators' group read along.
    if case.place.is_for_coordinators() {
        return speaker.coordinator.then(|| phrases::coordinator(&speaker.name));
    }
    let unit = case.place.unit.as_ref().filter(|unit| speaker.contact_of.contains(&unit.id))?;
    let leads =
        case.facts.duties.iter().any(|duty| {
            duty.unit.id == unit.id && duty.role == Role::Lead && Some(duty.task.number.as_str()) == number
        });
    leads.then(|| lead_name(unit))
}

fn lead_name(unit: &UnitRef) -> String {
    format!("牵头单位{}", unit.name)
}
