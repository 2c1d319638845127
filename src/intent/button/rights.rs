//! Buttons about who may rule, and about whose a chat is.

use chrono::{DateTime, Utc};

use crate::office::ids::{ChatId, PersonId, UnitId};

/// Asks whether a coordinator's right shall end; the right that began at `since`.
pub fn ask_removal(person: PersonId, since: DateTime<Utc>) -> String {
    format!("v1:expel:{}:{}", person.0, since.timestamp())
}

pub fn remove(person: PersonId, since: DateTime<Utc>) -> String {
    format!("v1:expelled:{}:{}", person.0, since.timestamp())
}

/// Gives a coordinator's right back that ended at this instant.
pub fn keep_right(person: PersonId, ended_at: DateTime<Utc>) -> String {
    format!("v1:readmit:{}:{}", person.0, ended_at.timestamp())
}

/// Detaches this very chat from the unit.
pub fn unbind(unit: UnitId, chat: ChatId) -> String {
    format!("v1:unbind:{}:{}", unit.0, chat.0)
}
