//! What coordinators and contacts ask, and the answers.

pub mod counting;
pub mod page;
pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::office::ids::DutyId;
use crate::office::status::Status;
use crate::questions::counting::Counted;
use crate::receipts::Reached;
use crate::reporting::statement::Statement;
use crate::understanding::{Beyond, Query};

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

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Help,
    HelpPage {
        number: usize,
    },
    Tasks,
    /// One task of the unit, or of all units for coordinators.
    Task {
        number: String,
    },
    Query(Query),
    /// What a contact asks about the own unit; `None` where it is nothing that the bot knows.
    Ask {
        query: Option<Query>,
        statement: Statement,
    },
    /// A question that is not understood.
    Unclear {
        text: String,
    },
    /// What the bot does not do, or not by such words.
    Beyond(Beyond),
    /// Words that name one of several units without saying which.
    WhichUnit {
        units: Vec<String>,
    },
    /// Another page of the answer whose button was pressed.
    Page {
        number: usize,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Instead of the duties, where what is asked about is counted.
    pub counted: Option<Counted>,
    /// The message whose button was pressed, with the question that it answers a page of.
    pub asked: Option<(i64, Query)>,
    /// What units were sent last, where it is asked who has read it.
    pub reached: Vec<Reached>,
    /// What came in on the days that are asked about.
    pub received: Vec<Received>,
    /// The reports that came with files.
    pub filed: Vec<Filed>,
}
