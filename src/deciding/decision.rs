//! What follows from an intent: changes and messages, with the reason.

use crate::chat::words::Words;
use crate::deciding::change::Change;
use crate::intent::paper::Paper;
use crate::office::ids::{ChatId, DutyId, UnitId};
use crate::office::place::Awaited;

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub to: To,
    pub words: Words,
    /// The message in the same chat that it answers.
    pub answers: Option<i64>,
    /// What a reply to it gives.
    pub asks_for: Option<AskedFor>,
    /// Whether it is said a little later, as one with others.
    pub jointly: bool,
}

/// What a message asks for; it is known as [`Awaited`] once it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedFor {
    /// The reason of the last decision on this duty, which this very decision makes.
    ReasonOfLastDecision(DutyId),
    Known(Awaited),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The chat where it was said. Sent at any hour.
    Here,
    /// The unit's chat, within the sending hours.
    Unit(UnitId),
    /// Where something was asked for, unless that is the unit's chat, which is told anyway, or here.
    Asker { chat: ChatId, unit: UnitId },
    /// A chat, below a message in it: that of the unit where one is named, below its report if that was said there; within
    /// the sending hours.
    Under { unit: Option<UnitId>, chat: ChatId },
    /// The coordinators' group, or each coordinator in private where there is none; within the sending hours.
    Coordinators,
}

/// What follows, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    pub reason: &'static str,
    pub changes: Vec<Change>,
    pub messages: Vec<Outgoing>,
    /// A file that is made and sent to the chat where it was asked for.
    pub paper: Option<Paper>,
    /// Whether the file comes a little later, once for all who ask for it here meanwhile.
    pub paper_later: bool,
    /// Whether the words wait until the speaker is registered for the unit here.
    pub waits: bool,
    /// What the person who pressed a button sees for a moment.
    pub toast: Option<String>,
}

impl Decision {
    pub fn nothing(reason: &'static str) -> Self {
        Decision { reason, ..Decision::default() }
    }

    /// Changes nothing and answers.
    pub fn answer(reason: &'static str, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
        Decision::nothing(reason).and_say(To::Here, answers, words)
    }

    /// Changes nothing and shows a toast.
    pub fn toast(reason: &'static str, toast: &str) -> Self {
        Decision { toast: Some(toast.to_owned()), ..Decision::nothing(reason) }
    }

    pub fn with(mut self, change: impl Into<Change>) -> Self {
        self.changes.push(change.into());
        self
    }

    pub fn with_toast(mut self, toast: &str) -> Self {
        self.toast = Some(toast.to_owned());
        self
    }

    /// No message is longer than Telegram takes; a reply to the last part of a question answers it.
    pub fn within_limits(mut self) -> Self {
        let parts = |message: Outgoing| {
            let Outgoing { to, words, answers, asks_for, jointly } = message;
            let words = words.within_limits();
            let last = words.len() - 1;
            words.into_iter().enumerate().map(move |(part, words)| Outgoing {
                to,
                words,
                answers,
                asks_for: asks_for.filter(|_| part == last),
                jointly,
            })
        };
        self.messages = self.messages.into_iter().flat_map(parts).collect();
        self
    }

    /// Makes the last message a question.
    pub fn asking_for(mut self, asked_for: AskedFor) -> Self {
        if let Some(message) = self.messages.last_mut() {
            message.asks_for = Some(asked_for);
        }
        self
    }

    pub fn and_say(mut self, to: To, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
        self.messages.extend(words.into_iter().map(|words| Outgoing {
            to,
            words,
            answers,
            asks_for: None,
            jointly: false,
        }));
        self
    }
}
