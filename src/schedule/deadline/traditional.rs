//! Festivals, and days of the traditional calendar: 国庆节前, 农历八月十五, 腊月二十三.

use std::ops::Range;

use chinese_lunisolar_calendar::LunisolarDate;
use chrono::{Datelike, NaiveDate};
use regex::Captures;

use crate::chinese::numerals;
use crate::office::plan::MilestoneKind;
use crate::schedule::deadline::meaning::{Meaning, Reader};

impl Reader<'_> {
    /// A day of the traditional calendar. Without 农历 a month alone is one of the common calendar.
    pub fn lunar(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let words = captures.get(0)?.as_str();
        let says_so =
            words.starts_with(['农', '阴', '腊', '冬', '正', '除']) || words.contains("月初") || words.contains('廿');
        if !says_so || self.follows_number(range.start) || !self.is_deadline(captures, range, true) {
            return None;
        }
        let due = of_calendar(
            captures.name("lunar_month").map(|month| month.as_str()),
            captures.name("lunar_day").map(|day| day.as_str()),
            |day| self.is_ahead(day),
            self.year(captures)?.value,
        );
        let before = captures.name("before").is_some();
        let due = if before && captures.name("end").is_none() { due.and_then(|day| day.pred_opt()) } else { due };
        Some(self.dated(MilestoneKind::ByDate, due, range))
    }

    /// 国庆节前: the day before, for the festivals that have a date, whether of the common or of the traditional calendar.
    pub fn festival(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let festival = captures.name("festival")?.as_str().trim_matches(['“', '”', '"']);
        let fixed = match festival {
            "元旦" => Some((1, 1)),
            "三八" => Some((3, 8)),
            "五一" | "劳动" => Some((5, 1)),
            "五四" => Some((5, 4)),
            "六一" => Some((6, 1)),
            "七一" => Some((7, 1)),
            "八一" => Some((8, 1)),
            "国庆" | "十一" => Some((10, 1)),
            _ => None,
        };
        let traditional = match festival {
            "春节" => Some(("正", "初一")),
            "端午" => Some(("五", "初五")),
            "中秋" => Some(("八", "十五")),
            _ => None,
        };
        let undated = || {
            let doubt = Some("这个时间没有写成日期，需要人工核定截止日期。".to_owned());
            Some(Meaning { kind: MilestoneKind::ByDate, due: None, doubt })
        };
        let Some(year) = self.year(captures) else {
            return if fixed.is_some() || traditional.is_some() {
                Some(self.dated(MilestoneKind::ByDate, None, range))
            } else {
                undated()
            };
        };
        let day = match (fixed, traditional) {
            (Some((month, day)), _) => {
                let of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
                [of(year.value), of(year.value + 1)]
                    .into_iter()
                    .flatten()
                    .find(|day| self.is_ahead(*day))
                    .or(of(year.value))
            }
            (None, Some((month, day))) => of_calendar(Some(month), Some(day), |day| self.is_ahead(day), year.value),
            (None, None) => return undated(),
        };
        Some(self.dated(MilestoneKind::ByDate, day.and_then(|day| day.pred_opt()), range))
    }

    /// Whether a day may be meant: after the issue, or in the plan's year.
    fn is_ahead(&self, day: NaiveDate) -> bool {
        match (self.context.plan_year.or(self.named_year), self.context.issued_on) {
            (_, Some(issued)) => day >= issued,
            (Some(year), None) => day.year() == year,
            (None, None) => true,
        }
    }
}

/// The first day of that name, around `year`, that may be meant: `month` as 正, 八 or 腊, `day` as 初一, 十五 or 廿三. Without a
/// day the last of the month, without a month 除夕, the last of the year.
fn of_calendar(
    month: Option<&str>,
    day: Option<&str>,
    may_be: impl Fn(NaiveDate) -> bool,
    year: i32,
) -> Option<NaiveDate> {
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
    use crate::schedule::deadline::traditional::of_calendar;

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
            let found = of_calendar(month, of_month, |day| chrono::Datelike::year(&day) == year, year);
            assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(expected), "{month:?} {of_month:?}");
        }
        assert_eq!(of_calendar(Some("十三"), Some("初一"), |_| true, 2024), None);
    }
}
