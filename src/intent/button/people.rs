//! Buttons about who speaks for a unit.

use chrono::{DateTime, Utc};

use crate::contacts::Wanted;
use crate::intent::Intent;
use crate::office::ids::{PersonId, UnitId};

/// Offers a contact's work to a colleague. Three long ids leave room for one letter.
pub fn hand_over(unit: UnitId, from: PersonId, to: PersonId) -> String {
    format!("v1:h:{}:{}:{}", unit.0, from.0, to.0)
}

/// Takes over the work that a contact has offered.
pub fn take_over(unit: UnitId, from: PersonId, to: PersonId) -> String {
    format!("v1:t:{}:{}:{}", unit.0, from.0, to.0)
}

/// Ends a contact's registration, unless it is another one than that of `since`.
pub fn dismiss(unit: UnitId, person: PersonId, since: DateTime<Utc>) -> String {
    format!("v1:dismiss:{}:{}:{}", unit.0, person.0, since.timestamp())
}

/// `None` for the data of a button that nobody draws.
pub fn read(action: &str, numbers: &[i64]) -> Option<Intent> {
    let wanted = match (action, numbers) {
        ("h" | "handover", [unit, from, to]) => {
            Wanted::HandOverTo { unit: UnitId(*unit), from: PersonId(*from), to: PersonId(*to) }
        }
        ("t", [unit, from, to]) => Wanted::TakeOver { unit: UnitId(*unit), from: PersonId(*from), to: PersonId(*to) },
        ("dismiss", [unit, person, since]) => {
            Wanted::Dismiss { unit: UnitId(*unit), person: PersonId(*person), since: *since }
        }
        _ => return None,
    };
    Some(Intent::Contacts(wanted))
}
