//! What contacts say, before it is decided what follows.

use chrono::{DateTime, Utc};

use crate::chat::incoming::Attachment;
use crate::chat::text;
use crate::office::status::Status;
use crate::understanding::Item;
use crate::understanding::steps::Breakdown;

/// What a contact said about tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub message_id: i64,
    pub at: DateTime<Utc>,
    pub text: String,
    pub items: Vec<Item>,
    /// Where it is not understood: how the task most likely stands.
    pub likely: Option<Status>,
    pub attachments: Vec<Attachment>,
    /// Whether it replaces what the same message said before.
    pub edited: bool,
    /// Whether it goes on with what an earlier message began: another part of an album, or the line that was asked for.
    pub goes_on: bool,
    /// Whether it is somebody else's, which the speaker has passed on.
    pub passed_on: bool,
}

impl Statement {
    /// Without the command that introduces them.
    pub fn words(&self) -> &str {
        text::without_command(self.text.trim_start())
    }

    /// What they say of one task.
    pub fn words_of<'a>(&'a self, item: &'a Item) -> &'a str {
        if item.words.is_empty() { self.words() } else { &item.words }
    }
}

/// The steps that a contact plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub message_id: i64,
    /// The task's, where the words name one.
    pub number: Option<String>,
    pub breakdown: Breakdown,
    /// Whether it replaces what the same message planned before.
    pub edited: bool,
}
