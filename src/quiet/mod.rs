//! How much is said: hints once a day, floods slowed, groups left in peace.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::history::Entry;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId};

/// A unit's group that a coordinator has left in peace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub unit: UnitRef,
    pub since: DateTime<Utc>,
    /// The coordinators' words of which the unit was not told.
    pub missed: Vec<Entry>,
}

/// So many messages of one person in one chat are answered one by one within a minute.
pub const ANSWERED_SINGLY: u32 = 20;

/// What a chat is told at most once a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Why an anonymous admin or a channel cannot report.
    Nameless,
    NotBound,
    /// That this person is no contact, and how to become one.
    NotAContact(PersonId),
    /// That what this person forwards counts for nothing.
    PassedOn(PersonId),
}

impl Hint {
    /// How it is kept.
    pub fn key(self) -> String {
        match self {
            Hint::Nameless => "nameless".to_owned(),
            Hint::NotBound => "not_bound".to_owned(),
            Hint::NotAContact(person) => format!("not_a_contact:{}", person.0),
            Hint::PassedOn(person) => format!("passed_on:{}", person.0),
        }
    }
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Greet,
    /// Somebody else's words, which would act if they were the speaker's own.
    PassedOn,
    /// The group is left in peace.
    Silence,
    /// The group is reminded again, which was left in peace at `since`, in seconds since 1970.
    EndSilence {
        chat: ChatId,
        since: i64,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The chat was told this today.
    Hint(Hint),
    /// The speaker is answered here, after so many times lately.
    CountAnswer {
        before: u32,
    },
    /// The chat is left in peace.
    Silence,
    EndSilence(ChatId),
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What the chat was told today and is not told again.
    pub hinted: Vec<String>,
    /// How often the speaker was answered here lately; `None` where that does not matter.
    pub answered_lately: Option<u32>,
    /// Since when the chat in question is left in peace.
    pub silence: Option<Silence>,
    /// The units that are left in peace.
    pub silenced_units: Vec<String>,
}
