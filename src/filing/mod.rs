//! The papers that are filed and shown.

pub mod bulletin;
pub mod making;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::intent::paper::{Paper, Sheet};

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
