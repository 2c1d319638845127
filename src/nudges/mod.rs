//! 催办 beside the schedule.

pub mod others;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::called::Called;
use crate::office::ids::{DutyId, UnitId};

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
