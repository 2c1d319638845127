//! What makes a rehearsal room of the stand-in: what the owner shows beside the chats, what a visitor asks of the owner, and
//! what goes wrong on purpose.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::chat::Upload;
use super::state::Change;
use super::{CONTROLS_KEPT, Sandbox, lock};

/// A page shows so many entries of the owner's record, the newest ones.
const ENTRIES_KEPT: usize = 200;

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

impl Sandbox {
    /// Where the visitors' wishes arrive; the newest receiver gets them.
    pub fn controls(&self) -> mpsc::Receiver<Control> {
        let (sender, receiver) = mpsc::channel(CONTROLS_KEPT);
        *lock(&self.shared.controls) = Some(sender);
        receiver
    }

    /// Passes on a wish; false when the owner takes none, or has too many already.
    pub(super) fn ask(&self, control: Control) -> bool {
        let controls = lock(&self.shared.controls);
        controls.as_ref().is_some_and(|controls| controls.try_send(control).is_ok())
    }

    /// Tells the pages that the clock shows another time.
    pub fn clock_moved(&self) {
        self.act(|state, _| state.note(Change::Clock));
    }

    /// Phrases that the page offers in a chat; a click puts one into the input.
    pub fn set_hints(&self, chat: i64, hints: Vec<String>) {
        self.act(|state, _| {
            if let Some(chat) = state.chat_mut(chat).filter(|chat| chat.hints != hints) {
                chat.hints = hints;
                state.note(Change::Everything);
            }
        });
    }

    /// A line below the page's top bar.
    pub fn set_notice(&self, notice: Words) {
        self.act(|state, _| {
            state.notice = notice;
            state.note(Change::Everything);
        });
    }

    /// What a visitor may try.
    pub fn set_trials(&self, trials: Vec<Trial>) {
        self.act(|state, _| {
            if state.trials != trials {
                state.trials = trials;
                state.note(Change::Everything);
            }
        });
    }

    /// A line below a message for those who do not read its language.
    pub fn explain(&self, chat: i64, message: i64, gloss: &str) {
        self.act(|state, _| state.change_message(chat, message, |message| message.gloss = Some(gloss.to_owned())));
    }

    /// Shows an entry of the owner's record.
    pub fn add_entry(&self, entry: Entry) {
        self.act(|state, _| {
            if state.entries.len() == ENTRIES_KEPT {
                state.entries.pop_front();
            }
            state.entries.push_back(entry.clone());
            state.note(Change::Entry(Arc::new(entry)));
        });
    }

    pub fn set_pending(&self, pending: Pending) {
        if self.look(|state| state.pending != pending) {
            self.act(|state, _| {
                state.pending = pending;
                state.note(Change::Pending(pending));
            });
        }
    }

    /// What goes wrong at present.
    pub fn trouble(&self) -> Trouble {
        self.look(|state| state.trouble)
    }

    pub fn set_trouble(&self, trouble: Trouble) {
        self.act(|state, _| {
            state.trouble = trouble;
            state.note(Change::Everything);
        });
    }
}
