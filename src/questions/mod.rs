//! What coordinators and contacts ask, and the answers.

pub mod asked;
pub mod counting;
pub mod page;
pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::office::ids::DutyId;
use crate::office::status::Status;

/// A report that stands, as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub duty: DutyId,
    /// When its newest words were said.
    pub at: DateTime<Utc>,
    pub status: Option<Status>,
    pub percent: Option<u8>,
    pub text: String,
    pub late: bool,
}

/// A report that stands and came with files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub duty: DutyId,
    /// When it was said, and in which message.
    pub at: DateTime<Utc>,
    pub message_id: i64,
    /// What its files are called, or what they are.
    pub names: Vec<String>,
}
