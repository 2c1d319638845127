//! Whether a digest calls a unit's contacts by name.

use chrono::{Days, NaiveDate};

use crate::office::mention::Mention;
use crate::reminding::digest::Digest;
use crate::reminding::item::Reason;
use crate::schedule::calendar::Calendar;

impl Mention {
    /// Whether the digest of this day calls the unit's contacts.
    pub fn calls_for(self, digest: &Digest, day: NaiveDate, calendar: &Calendar) -> bool {
        match self {
            Mention::Due => is_pressing(digest, day, calendar),
            Mention::Always => true,
            Mention::Never => false,
        }
    }
}

/// Whether something is due within a day, from the last working day before it, or overdue, or escalated.
pub fn is_pressing(digest: &Digest, day: NaiveDate, calendar: &Calendar) -> bool {
    let is_near = |due: NaiveDate| calendar.working_day_on_or_before(due - Days::new(1)) <= day;
    let escalated = digest.items.iter().any(|item| item.reason == Reason::Escalation);
    let of_calls = digest.calls.iter().map(|call| call.due);
    escalated || digest.items.iter().filter_map(|item| item.due()).chain(of_calls).any(is_near)
}
