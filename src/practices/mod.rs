//! 经验: what a unit has tried and others may learn from, as its report tells it.

pub mod rows;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::office::ids::PracticeId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    pub id: PracticeId,
    pub what: String,
    /// When the report was sent.
    pub said_at: DateTime<Utc>,
    /// Whether a coordinator recommends it to others.
    pub recommended: bool,
}
