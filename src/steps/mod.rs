//! 细化分解: the steps into which a unit splits its duty, and when it is reminded of them.
//!
//! Steps are the unit's own. They are named beside the plan's milestones and never change when those are named.

pub mod items;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::NaiveDate;

use crate::office::ids::{ChatId, DutyId, StepId, TaskId};
use crate::reporting::statement::Plan;
use crate::understanding::steps::PlannedStep;

/// 步骤
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    /// What is to be done, as it was typed.
    pub text: String,
    /// The last day that still counts.
    pub due: NaiveDate,
    pub done: bool,
    /// The message that planned it: an edit of it plans anew.
    pub planned_in: (ChatId, i64),
}

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Done = 1,
    Reopened = 2,
    Removed = 3,
}

impl Mark {
    pub const ALL: [Mark; 3] = [Mark::Done, Mark::Reopened, Mark::Removed];

    pub fn key(self) -> &'static str {
        match self {
            Mark::Done => "done",
            Mark::Reopened => "reopened",
            Mark::Removed => "removed",
        }
    }
}

/// What a message with buttons shows, so that it can be drawn anew in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The steps alone.
    Steps = 1,
    /// The task, with the steps under it.
    Task = 2,
}

impl View {
    pub const ALL: [View; 2] = [View::Steps, View::Task];
}

/// `(done, all)`
pub fn progress(steps: &[Step]) -> (usize, usize) {
    (steps.iter().filter(|step| step.done).count(), steps.len())
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Splits a duty into steps, or shows those that it has.
    BreakDown(Plan),
    /// Ticks a step off, or takes the tick or the step back; the message of the button shows `view`.
    Mark { step: StepId, mark: Mark, view: View },
    /// The steps of the unit's duty in a task.
    Show { task: TaskId },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A step of a duty.
    Plan {
        id: StepId,
        duty: DutyId,
        step: PlannedStep,
        message_id: i64,
    },
    Mark {
        step: StepId,
        mark: Mark,
    },
}
