//! Rights that end: who may decide, and which chat speaks for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};

/// What a coordinator wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To know who the coordinators are.
    Coordinators,
    /// To end another one's right, which began at `since`, in seconds since 1970.
    AskRemoval { person: PersonId, since: i64 },
    /// The same, confirmed.
    Remove { person: PersonId, since: i64 },
    /// To give the right back that ended at `ended_at`, because its holder had left the group.
    Keep { person: PersonId, ended_at: i64 },
    /// To detach a unit's chat.
    AskUnbinding { unit: String },
    /// The same, confirmed for this very chat.
    Unbind { unit: UnitId, chat: ChatId },
}

/// A unit's chat, and whom it has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub unit: UnitRef,
    pub chat: ChatId,
    /// How the chat is called.
    pub title: String,
    /// The contacts who came to speak for the unit in that chat, with their names.
    pub contacts: Vec<(PersonId, String)>,
    /// How many others speak for the unit.
    pub others: usize,
}

/// 督办员
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinator {
    pub person: PersonId,
    /// Telegram's.
    pub telegram_id: i64,
    pub name: String,
    pub since: DateTime<Utc>,
}

/// Why somebody is no longer a coordinator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resignation {
    /// By another coordinator, or by the operator.
    Removed,
    LeftGroup,
}

impl Resignation {
    pub fn key(self) -> &'static str {
        match self {
            Resignation::Removed => "removed",
            Resignation::LeftGroup => "left_group",
        }
    }

    pub fn from_key(key: &str) -> Option<Resignation> {
        [Resignation::Removed, Resignation::LeftGroup].into_iter().find(|why| why.key() == key)
    }
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The speaker becomes a coordinator.
    Add,
    /// A person is a coordinator no longer.
    Remove { person: PersonId, why: Resignation },
    /// A person is a coordinator again.
    Restore(PersonId),
    /// The unit's chat no longer speaks for it.
    Unbind {
        unit: UnitId,
        /// The contacts whom that chat has brought.
        contacts: Vec<PersonId>,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// 督办员, where it matters who else is one; the longest serving first.
    pub all: Vec<Coordinator>,
    /// The chat of the unit that is to be detached.
    pub binding: Option<Binding>,
    /// Why and since when the person in question is no coordinator any more.
    pub resigned: Option<(Resignation, DateTime<Utc>)>,
    /// Whether the group in question is that of the coordinators.
    pub in_their_group: bool,
}
