//! The owner's side of the rehearsal room: it takes visitors' wishes, and shows something beside the chats.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::rehearsal::{Control, Entry, Pending, Trial, Trouble, Words};
use super::state::Change;
use super::{CONTROLS_KEPT, Sandbox, lock};

/// A page shows so many entries of the owner's record, the newest ones.
const ENTRIES_KEPT: usize = 200;

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
