//! `/preview` with the days that it names.

use chrono::{Days, NaiveDate};

use super::Intent;
use crate::domain::words;

/// How many days are rehearsed where nobody says which, and how far ahead.
const DAYS_REHEARSED: u64 = 7;
pub(super) const LONGEST_REHEARSAL_DAYS: i64 = 366;

/// From today on: what has passed is not rehearsed. Without words, the next seven days.
pub(super) fn of_days(text: &str, on: NaiveDate) -> Intent {
    let week = || Some((on, on + Days::new(DAYS_REHEARSED)));
    let days = if text.is_empty() { week() } else { words::days(text, on) };
    match days {
        Some((from, to)) if on <= to && (to - on).num_days() <= LONGEST_REHEARSAL_DAYS => {
            Intent::Preview { from: from.max(on), to, page: None }
        }
        _ => Intent::Misused { usage: "/preview 6月，/preview 下周，/preview 6月30日（一年以内）" },
    }
}
