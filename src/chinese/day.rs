//! What words say of a day on the calendar: ends of months, years left out, festivals.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The last day of `month`; `None` where there is no such month.
pub fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))
}

/// The year that is named, in digits or as 今, 本, 明 or 去; the year of `on` where none is.
pub fn year(stated: Option<&str>, on: NaiveDate) -> Option<i32> {
    match stated.map(|stated| stated.trim_end_matches('年')) {
        None | Some("今" | "本") => Some(on.year()),
        Some("明") => Some(on.year() + 1),
        Some("去") => Some(on.year() - 1),
        // 19年 is 2019年.
        Some(digits) if digits.len() == 2 => digits.parse::<i32>().ok().map(|year| 2000 + year),
        Some(digits) => digits.parse().ok(),
    }
}

/// The day that `in_year` gives for the year that is stated; without one, for the first year in which it is not past.
pub fn ahead(stated: Option<&str>, on: NaiveDate, in_year: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let year = year(stated, on)?;
    match stated {
        Some(_) => in_year(year),
        None => in_year(year).filter(|day| *day >= on).or_else(|| in_year(year + 1)),
    }
}

/// How many steps ahead 本, 下, 下下 and 上 mean.
pub fn steps(which: &str) -> i32 {
    match which.trim_end_matches(['个', '一']) {
        "下下" => 2,
        "下" => 1,
        "上" => -1,
        _ => 0,
    }
}

/// The day of a festival; those of the lunar calendar as the State Council's notices name them, and after 2026 by the
/// lunar calendar.
pub fn festival(which: &str, year: i32) -> Option<NaiveDate> {
    const LUNAR: [(i32, [(u32, u32); 3]); 12] = [
        (2019, [(2, 5), (6, 7), (9, 13)]),
        (2020, [(1, 25), (6, 25), (10, 1)]),
        (2021, [(2, 12), (6, 14), (9, 21)]),
        (2022, [(2, 1), (6, 3), (9, 10)]),
        (2023, [(1, 22), (6, 22), (9, 29)]),
        (2024, [(2, 10), (6, 10), (9, 17)]),
        (2025, [(1, 29), (5, 31), (10, 6)]),
        (2026, [(2, 17), (6, 19), (9, 25)]),
        (2027, [(2, 6), (6, 9), (9, 15)]),
        (2028, [(1, 26), (5, 28), (10, 3)]),
        (2029, [(2, 13), (6, 16), (9, 22)]),
        (2030, [(2, 3), (6, 5), (9, 12)]),
    ];
    let lunar = |place: usize| LUNAR.iter().find(|(known, _)| *known == year).map(|(_, days)| days[place]);
    let (month, day) = match which {
        "国庆" => (10, 1),
        "元旦" => (1, 1),
        "五一" | "劳动节" => (5, 1),
        "清明" => (4, if year % 4 == 0 || year % 4 == 1 { 4 } else { 5 }),
        "春节" => lunar(0)?,
        "端午" => lunar(1)?,
        _ => lunar(2)?,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}
