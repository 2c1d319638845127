//! A digest that was written a while ago and has not gone out: what of it is still true.

use chrono::NaiveDate;

use crate::office::duty::Duty;
use crate::office::ids::{MilestoneId, StepId, TaskId, UnitId};
use crate::office::policy::Policy;
use crate::reminding::escalation::{about, was_silent_after};
use crate::reminding::item::{Item, Reason};
use crate::reminding::{item, recurring};
use crate::steps;

/// One line as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub task: TaskId,
    pub milestone: Option<MilestoneId>,
    pub step: Option<StepId>,
    pub escalation: bool,
    /// Whether it says that the task is new.
    pub assigned: bool,
    /// Whether the unit asked for it.
    pub later: bool,
}

/// What is left of the lines for a unit, or with `None` for the coordinators: whatever was signed off, closed, moved to
/// another date, ticked off or reported on since falls out.
pub fn still_true(
    written: &[Written],
    to: Option<UnitId>,
    duties: &[Duty],
    day: NaiveDate,
    policy: &Policy,
) -> Vec<Item> {
    written
        .iter()
        .filter_map(|line| {
            let of_task = || duties.iter().filter(|duty| duty.task.id == line.task && duty.status.is_open());
            if line.escalation {
                still_silent(line, of_task(), policy)
            } else {
                let duty = of_task().find(|duty| Some(duty.unit.id) == to && !item::reported_on(duty, day, policy))?;
                still_asked(line, duty, day, policy)
            }
        })
        .collect()
}

fn still_asked(line: &Written, duty: &Duty, day: NaiveDate, policy: &Policy) -> Option<Item> {
    if let Some(one) = duty.open_recurring().find(|one| Some(one.id) == line.milestone) {
        return recurring::still_asked(duty, one, day, policy);
    }
    if let Some(id) = line.step {
        let step = duty.steps.iter().find(|step| step.id == id && !step.done)?;
        return Some(steps::items::item(duty, step, day));
    }
    let milestone = match line.milestone {
        Some(id) => Some(duty.open_milestones().find(|milestone| milestone.id == id)?),
        None => None,
    };
    Some(Item {
        task: duty.task.clone(),
        plan: duty.plan_name.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason: match milestone {
            _ if line.assigned => Reason::Assigned,
            _ if line.later => Reason::Later,
            Some(milestone) => item::reason_for(milestone.due, day),
            None => Reason::ProgressCall,
        },
        milestone: milestone.cloned(),
        step: None,
        heard: duty.heard(),
        silent: Vec::new(),
        unreached: Vec::new(),
        missed: 0,
    })
}

fn still_silent<'a>(line: &Written, of_task: impl Iterator<Item = &'a Duty>, policy: &Policy) -> Option<Item> {
    let silent: Vec<_> = of_task
        .filter_map(|duty| {
            let milestone = duty.open_milestones().find(|milestone| Some(milestone.id) == line.milestone)?;
            was_silent_after(duty, milestone.due, policy).then_some((duty, milestone))
        })
        .collect();
    about(&silent)
}
