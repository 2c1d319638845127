//! Who has been overdue and silent for as long as the office allows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::office::duty::{Duty, Role, UnitRef};
use crate::office::ids::{MilestoneId, TaskId};
use crate::office::milestone::Milestone;
use crate::office::policy::Policy;
use crate::reminding::item::{Item, Reason, Recipient};
use crate::reminding::slot::{Window, said_day};
use crate::schedule::calendar::Calendar;

/// A part in a task, and the date by which it was due.
pub type Overdue<'a> = (&'a Duty, &'a Milestone);

/// What is told of silent units, once: to the coordinators, and to the lead units, which may be silent themselves.
pub fn escalations(duties: &[Duty], window: Window, policy: &Policy, calendar: &Calendar) -> Vec<(Recipient, Item)> {
    let mut silent: BTreeMap<(TaskId, NaiveDate, MilestoneId), Vec<Overdue<'_>>> = BTreeMap::new();
    for duty in duties {
        for milestone in duty.open_milestones() {
            if is_escalated(duty, milestone, window, policy, calendar) {
                silent.entry((duty.task.id, milestone.due, milestone.id)).or_default().push((duty, milestone));
            }
        }
    }
    let mut told = Vec::new();
    for silent in silent.values() {
        let Some(item) = about(silent) else { continue };
        let leads: BTreeSet<&UnitRef> = duties
            .iter()
            .filter(|duty| duty.task.id == item.task.id && duty.role == Role::Lead)
            .map(|duty| &duty.unit)
            .collect();
        told.extend(leads.into_iter().map(|lead| (Recipient::Unit(lead.clone()), item.clone())));
        told.push((Recipient::Coordinators, item));
    }
    told
}

/// The line about the units that are silent on one milestone; `None` where there are none.
pub fn about(silent: &[Overdue<'_>]) -> Option<Item> {
    let (first, milestone) = silent.first()?;
    Some(Item {
        task: first.task.clone(),
        plan: first.plan_name.clone(),
        role: Role::Lead,
        collective: false,
        reason: Reason::Escalation,
        milestone: Some((*milestone).clone()),
        step: None,
        heard: None,
        silent: silent.iter().map(|(duty, _)| duty.unit.name.clone()).collect(),
        missed: 0,
        unreached: silent
            .iter()
            .filter(|(duty, _)| !duty.reach.is_reached())
            .map(|(duty, _)| (duty.unit.name.clone(), duty.reach))
            .collect(),
    })
}

fn is_escalated(duty: &Duty, milestone: &Milestone, window: Window, policy: &Policy, calendar: &Calendar) -> bool {
    !duty.escalated.contains(&milestone.due)
        && was_silent_after(duty, milestone.due, policy)
        && ends_patience(milestone.due, duty.plan_since, window, policy, calendar)
}

/// Whether silence after a due date has lasted as long as the office allows, and no digest before this window told so.
pub fn ends_patience(
    due: NaiveDate,
    plan_since: DateTime<Utc>,
    window: Window,
    policy: &Policy,
    calendar: &Calendar,
) -> bool {
    let allowance_is_over = |day| overdue_for(due, day, policy.escalate_after, calendar);
    allowance_is_over(window.slot.day)
        && (!allowance_is_over(window.after) || is_new(plan_since, window, policy, calendar))
}

/// Whether this is the first digest after a plan was imported: what was over by then has been told by none before.
fn is_new(plan_since: DateTime<Utc>, window: Window, policy: &Policy, calendar: &Calendar) -> bool {
    // Digests are not looked up for each date of an old plan: the last one was said that day or before.
    let day = plan_since.with_timezone(&policy.timezone).date_naive();
    plan_since <= window.slot.at && day >= window.after && said_day(policy, calendar, plan_since) >= window.after
}

/// Whether on `day` so many working days have passed since the due date; with 0, whether it has passed.
fn overdue_for(due: NaiveDate, day: NaiveDate, working_days: u32, calendar: &Calendar) -> bool {
    // No run of days off is as long as this, so there is no need to count.
    let surely = TimeDelta::days(60 + 7 * i64::from(working_days));
    due < day && (day - due > surely || calendar.working_days_after(due, day) >= working_days)
}

/// Whether nothing was heard of a duty after a due date.
pub fn was_silent_after(duty: &Duty, due: NaiveDate, policy: &Policy) -> bool {
    let local = |at: DateTime<Utc>| at.with_timezone(&policy.timezone).date_naive();
    duty.last_heard_of_it().is_none_or(|heard| local(heard) <= due)
}
