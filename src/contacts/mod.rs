//! 联络员: who speaks for a unit.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};

use crate::chat::incoming::Sender;
use crate::office::duty::UnitRef;
use crate::office::ids::{PersonId, UnitId};
use crate::office::place::Person;

/// Why somebody is no longer a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    HandedOver,
    SteppedDown,
    /// By a coordinator.
    Dismissed,
    LeftGroup,
    /// The group that had brought them was unbound.
    Unbound,
}

impl Parting {
    pub fn label(self) -> &'static str {
        match self {
            Parting::HandedOver => "移交",
            Parting::SteppedDown => "不再担任联络员",
            Parting::Dismissed => "移除",
            Parting::LeftGroup => "已退出本单位群",
            Parting::Unbound => "所在群已解除绑定",
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Parting::HandedOver => "handed_over",
            Parting::SteppedDown => "stepped_down",
            Parting::Dismissed => "dismissed",
            Parting::LeftGroup => "left_group",
            Parting::Unbound => "unbound",
        }
    }
}

/// 联络员 of a unit, and who else could be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    pub unit: UnitRef,
    pub contacts: Vec<Contact>,
    /// Who has spoken in the unit's group, or has asked to be a contact, and is none: the latest first.
    pub colleagues: Vec<(PersonId, String)>,
}

impl Roster {
    pub fn contact(&self, person: PersonId) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.person == person)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub person: PersonId,
    pub name: String,
    pub since: DateTime<Utc>,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A contact's work goes to a colleague: who wrote the answered message, else one to be chosen.
    HandOver {
        to: Option<Sender>,
    },
    HandOverTo {
        unit: UnitId,
        from: PersonId,
        to: PersonId,
    },
    /// The colleague takes over what a contact has offered.
    TakeOver {
        unit: UnitId,
        from: PersonId,
        to: PersonId,
    },
    /// The speaker is no longer a contact.
    Leave,
    /// Who the contacts are, of the unit here or of the one that is named.
    List {
        unit: Option<String>,
    },
    /// A coordinator ends a contact's registration, which began at `since`, in seconds since 1970.
    Dismiss {
        unit: UnitId,
        person: PersonId,
        since: i64,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A person becomes a contact of a unit, or asks to.
    Register {
        unit: UnitId,
        person: PersonId,
    },
    Ask {
        unit: UnitId,
    },
    /// A person is no longer a contact of a unit.
    Remove {
        unit: UnitId,
        person: PersonId,
        why: Parting,
    },
    /// A person is no longer in the group, and no longer asks to be a contact of its unit.
    Forget(PersonId),
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The registered contacts of the unit.
    pub registered: Vec<PersonId>,
    /// The units in question with their contacts: the one that is spoken of, or those from whose group somebody went.
    pub rosters: Vec<Roster>,
    /// The person who is to become, or who was, a contact.
    pub person_meant: Option<Person>,
    /// Whether that person has gone from the group in question.
    pub has_gone: bool,
}
