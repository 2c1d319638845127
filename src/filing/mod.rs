//! The papers that are filed and shown.

pub mod bulletin;
pub mod making;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::intent::paper::{Paper, Sheet};
use crate::office::ids::PlanId;

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Paper(Paper),
    /// A paper of the plan that is named.
    PaperOf {
        sheet: Sheet,
        plan: String,
    },
    Bulletin(bulletin::Wanted),
    /// What is brought to the meeting.
    Brief,
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A bulletin is issued, of one plan or of all.
    IssueBulletin { plan: Option<PlanId>, issue: u32 },
}
