//! Days of the traditional calendar: 农历八月十五, 腊月二十三, 春节.

use chinese_lunisolar_calendar::LunisolarDate;
use chrono::NaiveDate;

use crate::chinese::numerals;

/// The first day of that name, around `year`, that may be meant: `month` as 正, 八 or 腊, `day` as 初一, 十五 or 廿三. Without a
/// day the last of the month, without a month 除夕, the last of the year.
pub fn day(month: Option<&str>, day: Option<&str>, may_be: impl Fn(NaiveDate) -> bool, year: i32) -> Option<NaiveDate> {
    let month = month.map_or(Some(12), month_number)?;
    let day = day.map(|day| day_number(day).ok_or(())).transpose().ok()?;
    let days: Vec<NaiveDate> = (year - 1..=year + 1).filter_map(|year| on(year, month, day)).collect();
    let wanted = days.iter().copied().find(|day| may_be(*day));
    wanted.or_else(|| on(year, month, day))
}

/// A day of a lunar year, or the last of the month.
fn on(year: i32, month: u8, day: Option<u8>) -> Option<NaiveDate> {
    let date = |day: u8| {
        let year = u16::try_from(year).ok()?;
        LunisolarDate::from_ymd(year, month, false, day).ok().map(LunisolarDate::to_naive_date)
    };
    match day {
        Some(day) => date(day),
        None => date(30).or_else(|| date(29)),
    }
}

fn month_number(words: &str) -> Option<u8> {
    match words {
        "正" => Some(1),
        "冬" => Some(11),
        "腊" => Some(12),
        _ => numerals::parse(words).and_then(|month| u8::try_from(month).ok()),
    }
}

fn day_number(words: &str) -> Option<u8> {
    let value = match words.strip_prefix('廿') {
        Some("") => Some(20),
        Some(rest) => numerals::parse(rest).map(|rest| 20 + rest),
        None => numerals::parse(words.strip_prefix('初').unwrap_or(words)),
    };
    value.and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn traditional_days() {
        let cases = [
            (Some("八"), Some("十五"), 2024, "2024-09-17"),
            (Some("腊"), Some("廿三"), 2024, "2024-02-02"),
            (Some("正"), Some("初一"), 2026, "2026-02-17"),
            (Some("五"), Some("初五"), 2019, "2019-06-07"),
            (None, None, 2025, "2025-01-28"),
        ];
        for (month, of_month, year, expected) in cases {
            let found = day(month, of_month, |day| chrono::Datelike::year(&day) == year, year);
            assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(expected), "{month:?} {of_month:?}");
        }
        assert_eq!(day(Some("十三"), Some("初一"), |_| true, 2024), None);
    }
}
