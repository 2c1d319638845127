//! The papers that are filed and shown.

pub mod bulletin;
pub mod making;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::filing::bulletin::Issued;
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

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Who has issued the bulletin of the number that is asked for.
    pub issued: Option<Issued>,
    /// The number of the bulletin that comes after the last one.
    pub next_issue: Option<u32>,
}
