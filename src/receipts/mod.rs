//! 签收: who has read what was sent. It is kept and answered by a reaction, and counts as no report.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

/// What a unit was sent last, and who has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub unit: String,
    pub sent_at: DateTime<Utc>,
    /// Oldest first.
    pub read_by: Vec<Reader>,
    /// Whether the unit has reported on one of its tasks since.
    pub has_reported: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub name: String,
    pub at: DateTime<Utc>,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// 收到
    Read { message_id: i64, at: DateTime<Utc> },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody has read a message: the one that was answered, else the latest reminder.
    Note { message_id: i64, answered: Option<i64>, at: DateTime<Utc> },
}
