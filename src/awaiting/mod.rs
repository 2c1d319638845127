//! Words that answer what was asked for last.

pub mod reading;
pub mod rows;
pub mod rules;

use crate::office::ids::DutyId;
use crate::office::place::Awaited;

/// Words that were taken as what was asked for last, without being a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub asked_for: Awaited,
    pub words: String,
    /// The duties on which they made a coordinator rule.
    pub duties: Vec<DutyId>,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The words of a message, which were taken as a reason, are none.
    NoReason { message_id: i64 },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Words were taken as what was asked for last.
    Take { message_id: i64, taken: Taken },
    /// They are no such thing.
    GiveBack { message_id: i64, taken: Taken },
}
