//! 私聊抄送: a contact has the unit's digests in private as well, and answers there as in the group.

pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::duty::UnitRef;
use crate::office::ids::UnitId;

/// What bears on the copies of the unit that is spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub unit: Option<UnitRef>,
    pub is_on: bool,
    /// Whether the speaker has begun to talk to the bot in private, and has not blocked it.
    pub reachable: bool,
    /// Whether the speaker's private chat gets reminders of its own.
    pub taken: bool,
    /// The other unit of which the speaker has copies.
    pub instead_of: Option<String>,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A contact switches private copies on or off; `by_link`: on, of that unit.
    Switch { by_link: Option<UnitId> },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The speaker has private copies of the unit's digests from now on, or has no more.
    Begin {
        unit: UnitId,
    },
    End {
        unit: UnitId,
    },
    /// A line goes below what the unit's group was last reminded of.
    ShowInGroup {
        unit: UnitId,
        line: String,
    },
}
