//! 稍后: a unit that answers later is reminded once more, in the next working day's digest.

pub mod rows;
pub mod rules;

use crate::office::duty::PutOff;
use crate::office::ids::DutyId;

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A unit is reminded of a duty once more.
    PutOff { duty: DutyId, put_off: PutOff, message_id: i64 },
}
