//! 经验: what a unit has tried and others may learn from, as its report tells it.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::office::ids::{DutyId, PracticeId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    pub id: PracticeId,
    pub what: String,
    /// When the report was sent.
    pub said_at: DateTime<Utc>,
    /// Whether a coordinator recommends it to others.
    pub recommended: bool,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A coordinator recommends a practice to others, or does so no longer.
    Recommend { duty: DutyId, practice: PracticeId, recommended: bool },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Recommend { duty: DutyId, practice: PracticeId, recommended: bool },
}
