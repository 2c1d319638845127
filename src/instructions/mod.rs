//! 批示: a coordinator's words under a unit's report, and the unit's answer under these.

pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::ids::{ChatId, DutyId};
use crate::reporting::statement::Statement;

/// The report that is meant: what a message said of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub duty: DutyId,
    /// Telegram's id of the message.
    pub message_id: i64,
}

/// What a report says in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Where it was said.
    pub chat: ChatId,
    pub unit: String,
    pub person: String,
    pub text: String,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A coordinator's words on what a unit reported in that chat.
    Instruct { of: Said, chat: ChatId, words: String },
    /// What a unit answers to an instruction, and is no report.
    Answer(Statement),
    /// A report in full.
    Show { of: Said },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A coordinator's words to a unit on its report, and the unit's answer.
    Instruct {
        duty: DutyId,
        words: String,
    },
    Answer {
        duty: DutyId,
        words: String,
    },
}
