//! A document becomes a plan.

pub mod fetching;
pub mod revision;
pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::plan::Draft;

/// What becomes of what coordinators have changed of a plan's tasks, where the plan is issued again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amendments {
    Kept,
    /// The new version counts.
    Ended,
}

/// A coordinator's word on what was read of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Import(Amendments),
    Drop,
}

/// A document on its way in.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    pub draft: &'a Draft,
    pub digest: &'a [u8],
    pub source: &'a str,
    pub code: Option<&'a str>,
    pub amendments: Amendments,
}

/// What importing a plan did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub plan_id: i64,
    /// In words; empty where the same document was imported before.
    pub changes: Vec<String>,
}

/// A unit, or a coordinator, with the code that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// `None` invites a coordinator.
    pub unit: Option<String>,
    pub code: String,
    /// The bot's.
    pub username: String,
    pub until: String,
}

/// How a unit is reached, and whether it has ever reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    pub unit: String,
    pub bound: bool,
    pub heard: bool,
    /// Whether a coordinator has stopped its reminders.
    pub silenced: bool,
    /// Whether anybody may report for it.
    pub has_contact: bool,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Units,
    /// An invitation for a unit.
    Invite {
        name: String,
        /// Also where one waits to be used.
        anew: bool,
    },
    /// A document that may be a plan.
    Document {
        message_id: i64,
        file_id: String,
        name: String,
    },
    /// A coordinator's word on what was read of a document.
    Decide {
        document: i64,
        word: Word,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A document is to be fetched and read.
    WantDocument {
        message_id: i64,
        file_id: String,
        name: String,
    },
    /// A document becomes a plan; what that did is answered.
    ImportDocument {
        document: i64,
        amendments: Amendments,
    },
    DropDocument(i64),
    /// A new invitation is made and answered.
    Invite {
        name: String,
        /// Also where one waits to be used, which ends by it.
        anew: bool,
        answers: Option<i64>,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whether the document in question waits for a word.
    pub document_is_open: bool,
    /// The units with open parts.
    pub presences: Vec<Presence>,
}
