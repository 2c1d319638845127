//! Whom a message to a unit calls by name, so that it is noticed in a muted group.

use chrono::{Days, NaiveDate};

use crate::reminding::rules::{Digest, Reason};
use crate::schedule::calendar::Calendar;

/// When a unit's contacts are called by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mention {
    /// Where something is due within a day, overdue, escalated or asked for by 催办.
    #[default]
    Due,
    Always,
    Never,
}

/// A contact of a unit who has not left its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// As Telegram numbers people.
    pub telegram_id: i64,
    pub name: String,
}

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
fn is_pressing(digest: &Digest, day: NaiveDate, calendar: &Calendar) -> bool {
    let is_near = |due: NaiveDate| calendar.working_day_on_or_before(due - Days::new(1)) <= day;
    let escalated = digest.items.iter().any(|item| item.reason == Reason::Escalation);
    let of_calls = digest.calls.iter().map(|call| call.due);
    escalated || digest.items.iter().filter_map(|item| item.due()).chain(of_calls).any(is_near)
}
