//! 设置: the policy and the holidays.

pub mod rows;
pub mod rules;
pub mod sentences;

use crate::reminding::timekeeping::Jump;

use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Policy {
        key: Option<String>,
        value: Option<String>,
    },
    /// Confirms a change of settings.
    SetPolicy {
        key: String,
        value: String,
    },
    /// What the schedule would say on these days.
    Preview {
        from: NaiveDate,
        to: NaiveDate,
        /// The page whose button was pressed, from 0; `None` where it was asked for by words.
        page: Option<usize>,
    },
    /// A coordinator says that the clock, which seemed to jump, is right. `shown`: what it showed, in seconds since 1970.
    TrustClock {
        shown: i64,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    SetPolicy {
        key: String,
        value: String,
    },
    /// The clock is right, whatever it seemed.
    TrustClock,
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The settings that differ from the defaults.
    pub changed: BTreeMap<String, String>,
    /// The jump of the clock that holds the reminders.
    pub clock_jump: Option<Jump>,
}
