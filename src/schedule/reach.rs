//! How far the program counts: days beyond are nobody's deadline, and sums with them would leave what a date can hold, or
//! take hours.

use chrono::NaiveDate;

/// No clock that is right shows an earlier day anywhere; one that has lost its time shows the day before.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 2).unwrap();
/// Longer than anything is planned.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap();

pub fn reaches(day: NaiveDate) -> bool {
    (FIRST_DAY..=LAST_DAY).contains(&day)
}
