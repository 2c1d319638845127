//! Buttons about what a unit says is another's.

use crate::intent::Intent;
use crate::office::ids::{DutyId, UnitId};
use crate::transfers::{Of, Wanted};

/// Asks who takes over what a unit says is another's.
pub fn ask_taker(of: Of) -> String {
    format!("v1:taker:{}:{}", of.duty.0, of.message_id)
}

pub fn pass_to(of: Of, unit: UnitId) -> String {
    format!("v1:p:{}:{}:{}", of.duty.0, of.message_id, unit.0)
}

pub fn keep_part(of: Of) -> String {
    format!("v1:keeppart:{}:{}", of.duty.0, of.message_id)
}

pub fn drop_transfer(of: Of) -> String {
    format!("v1:letbe:{}:{}", of.duty.0, of.message_id)
}

/// `None` for the data of a button that nobody draws.
pub fn read(action: &str, numbers: &[i64]) -> Option<Intent> {
    let (duty, message_id, wanted) = match (action, numbers) {
        ("taker", [duty, message_id]) => (duty, message_id, Wanted::AskWhom),
        ("p", [duty, message_id, unit]) => (duty, message_id, Wanted::To(UnitId(*unit))),
        ("keeppart", [duty, message_id]) => (duty, message_id, Wanted::Keep),
        ("letbe", [duty, message_id]) => (duty, message_id, Wanted::Drop),
        _ => return None,
    };
    Some(Intent::Transfers { of: Of { duty: DutyId(*duty), message_id: *message_id }, wanted })
}
