//! `/preview` with the days that it names.

use chrono::{Days, NaiveDate};

use crate::intent::Intent;
use crate::settings;
use crate::understanding as words;

/// How many days are rehearsed where nobody says which, and how far ahead.
const DAYS_REHEARSED: u64 = 7;
pub const LONGEST_REHEARSAL_DAYS: i64 = 366;

/// Whether so many days are rehearsed at once; what a button says is bounded as what is typed.
pub fn is_rehearsed(from: NaiveDate, to: NaiveDate) -> bool {
    (0..=LONGEST_REHEARSAL_DAYS).contains(&(to - from).num_days())
}

/// From today on: what has passed is not rehearsed. Without words, the next seven days.
pub fn of_days(text: &str, on: NaiveDate) -> Intent {
    let week = || Some((on, on + Days::new(DAYS_REHEARSED)));
    let days = if text.is_empty() { week() } else { words::days(text, on) };
    match days {
        Some((from, to)) if is_rehearsed(on, to) => {
            Intent::Settings(settings::Wanted::Preview { from: from.max(on), to, page: None })
        }
        _ => Intent::Misused { usage: "/preview 6月，/preview 下周，/preview 6月30日（一年以内）" },
    }
}
