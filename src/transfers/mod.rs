//! 转办、退回: a unit says that its part in a task is another's, and coordinators say whose it is.

pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::duty::UnitRef;
use crate::office::ids::{DutyId, UnitId};
use crate::office::reach::Reach;

/// The words that a button is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    pub duty: DutyId,
    pub message_id: i64,
}

/// What a coordinator makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// 转给…: asks to whom.
    AskWhom,
    To(UnitId),
    /// The same by its name, in answer to that question.
    ToNamed(String),
    /// 退回该单位
    Keep,
    /// 取消: it is left at that.
    Drop,
}

/// The unit that is meant, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    pub unit: UnitRef,
    pub reach: Reach,
    /// Whether it stands for several.
    pub collective: bool,
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A part in a task goes to another unit.
    Pass { duty: DutyId, message_id: i64, to: UnitId },
    /// A unit keeps what it says is another's.
    Keep { duty: DutyId, message_id: i64 },
    /// Nothing is made of what a unit says is another's.
    Drop { duty: DutyId, message_id: i64 },
}
