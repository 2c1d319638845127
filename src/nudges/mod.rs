//! 催办 beside the schedule.

pub mod others;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::NaiveDate;

use crate::office::called::Called;
use crate::office::ids::{DutyId, TaskId, UnitId};

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Asks units to report beside the schedule.
    Remind { called: Option<Called>, unit: Option<String> },
    /// The same in a coordinator's words, which wait for a press.
    Propose { called: Option<Called>, unit: Option<String> },
    /// The press.
    Confirm { called: Option<Called>, unit: Option<UnitId> },
    /// Asks one unit to report on its part in a task that the speaker's unit leads.
    Nudge { duty: DutyId },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A unit is asked to report beside the schedule.
    Nudge {
        unit: UnitId,
        tasks: Vec<TaskId>,
        /// The working day on which it is told.
        day: NaiveDate,
    },
}
