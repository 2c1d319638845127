//! How a chat comes to speak for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;
pub mod unbinding;

use chrono::{DateTime, Utc};

use crate::office::duty::UnitRef;
use crate::office::ids::{PersonId, UnitId};
use crate::office::place::Person;

/// So many wrong codes within an hour are one person's share.
pub const WRONG_CODES_ALLOWED: u32 = 5;

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: i64,
    /// `None` invites a coordinator.
    pub unit: Option<UnitRef>,
    pub expires_at: DateTime<Utc>,
    pub used: bool,
    /// Whether a newer one, or the end of the binding, has put an end to it.
    pub ended: bool,
    /// Whether the unit already has another chat.
    pub unit_has_chat: bool,
    /// How many duties the unit has.
    pub duties: usize,
}

/// Why a code changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    Unknown,
    Used,
    /// It is the one by which this very group was bound.
    BoundAlready,
    /// A coordinator's code, tried by one who is one.
    CoordinatorAlready,
    Expired,
    /// A newer one was made, or the bot was thrown out of the unit's group.
    Ended,
    TooManyTries,
    ChatTaken,
    UnitTaken,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Bind { code: String },
    AskToBeContact { unit: UnitId },
    ConfirmContact { unit: UnitId, person: PersonId },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The invitation is used up.
    UseInvitation(i64),
    FailedCode,
    /// The chat speaks for the unit.
    BindUnit(UnitId),
    /// The chat becomes the coordinators' group.
    BindCoordinators,
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub invitation: Option<Invitation>,
    /// Wrong codes of this person within the last hour.
    pub failed_codes: u32,
    /// The person who asks to be a contact.
    pub applicant: Option<Person>,
    /// How many messages of the person who is registered wait for that.
    pub unheard: i64,
}
