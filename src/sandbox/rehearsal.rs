//! What makes a rehearsal room of the stand-in: what the owner shows beside the chats, what a visitor asks of the owner, and
//! what goes wrong on purpose.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::chat::Upload;

/// What a visitor asks of the owner, who carries it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Go to where the next reminder is due.
    NextReminder,
    /// Go on by whole days.
    Advance { days: i64 },
    /// Go on to a day, by the owner's calendar.
    GoTo { day: NaiveDate },
    /// Begin anew.
    Reset,
    /// Begin anew with this document.
    Play(Upload),
}

/// What goes wrong on purpose between the bot and Telegram, until somebody ends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    #[default]
    None,
    /// Every request of the bot is told to come again later.
    TooMany,
    /// No request of the bot is answered, and none is carried out.
    NoAnswer,
    /// The bot's program is gone. That is the owner's to bring about.
    Stopped,
}

/// A sentence for visitors in the two languages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

impl Words {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Words {
        Words { zh: zh.into(), en: en.into() }
    }
}

/// Something to try: what it is, and where a press of it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    pub words: Words,
    pub lead: Lead,
}

/// Where a trial leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Lead {
    /// Words stand ready in a chat, in that person's name.
    Say { chat: i64, person: i64, text: String },
    /// The clock goes to the next reminder.
    NextReminder,
}

/// An entry of the record that the owner keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub number: i64,
    /// Unix seconds.
    pub at: i64,
    pub who: Words,
    pub what: Words,
    /// How its hash begins.
    pub mark: String,
}

/// How much the owner has yet to work off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// Messages of people that were received and not yet handled.
    pub received: i64,
    /// Messages of the bot that were not yet sent.
    pub unsent: i64,
}
