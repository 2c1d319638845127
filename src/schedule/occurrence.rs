//! When a recurring date comes round: the periods of the calendar, each with its last day that still counts.

use chrono::{Datelike, Days, NaiveDate};

use crate::office::plan::{Period, Rule};
use crate::schedule::reach::reaches;

/// A recurring date within one period; all days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub begins: NaiveDate,
    pub ends: NaiveDate,
    /// Within the period.
    pub due: NaiveDate,
}

impl Occurrence {
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.begins..=self.ends).contains(&day)
    }
}

/// That of the period that holds a day; `None` beyond what is counted.
pub fn of_day(rule: Rule, day: NaiveDate) -> Option<Occurrence> {
    if !reaches(day) {
        return None;
    }
    let (year, month) = (day.year(), day.month());
    let within_month = |first: u32, last: Option<u32>| {
        Some((NaiveDate::from_ymd_opt(year, month, first)?, end_of_month(year, month, last)?))
    };
    let (begins, ends) = match (rule.period, day.day()) {
        (Period::Day, _) => (day, day),
        (Period::Week, _) => {
            let begins = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
            (begins, begins.checked_add_days(Days::new(6))?)
        }
        (Period::TenDays, 1..=10) => within_month(1, Some(10))?,
        (Period::TenDays, 11..=20) => within_month(11, Some(20))?,
        (Period::TenDays, _) => within_month(21, None)?,
        (Period::HalfMonth, 1..=15) => within_month(1, Some(15))?,
        (Period::HalfMonth, _) => within_month(16, None)?,
        (Period::Month | Period::TwoMonths | Period::Quarter | Period::HalfYear | Period::Year, _) => {
            let months = months(rule.period);
            let first = (month - 1) / months * months + 1;
            (NaiveDate::from_ymd_opt(year, first, 1)?, end_of_month(year, first + months - 1, None)?)
        }
    };
    let due = match rule.period {
        Period::Day => day,
        Period::Week | Period::TenDays | Period::HalfMonth => {
            let days = rule.day.map_or(u64::MAX, |day| u64::from(day).saturating_sub(1));
            begins.checked_add_days(Days::new(days.min(31)))?.min(ends)
        }
        Period::Month | Period::TwoMonths | Period::Quarter | Period::HalfYear | Period::Year => {
            let months = months(rule.period);
            let month = rule.month.map_or(months, |month| u32::from(month).clamp(1, months));
            end_of_month(year, begins.month() + month - 1, rule.day.map(u32::from))?
        }
    };
    Some(Occurrence { begins, ends, due })
}

/// Those that are due from one day to another, both counted, in their order.
pub fn due_within(rule: Rule, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = Occurrence> {
    let next = move |one: &Occurrence| of_day(rule, one.ends.succ_opt()?);
    std::iter::successors(of_day(rule, from), next)
        .take_while(move |one| one.begins <= to)
        .filter(move |one| (from..=to).contains(&one.due))
}

fn months(period: Period) -> u32 {
    match period {
        Period::TwoMonths => 2,
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year => 12,
        Period::Day | Period::Week | Period::TenDays | Period::HalfMonth | Period::Month => 1,
    }
}

/// A day of a month, or its last one where it has not so many.
fn end_of_month(year: i32, month: u32, day: Option<u32>) -> Option<NaiveDate> {
    let last = (28..=31).rev().find_map(|last| NaiveDate::from_ymd_opt(year, month, last))?;
    Some(day.and_then(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dues(period: Period, month: Option<u8>, day: Option<u8>, from: &str, to: &str) -> String {
        let all = due_within(Rule { period, month, day }, date(from), date(to));
        all.map(|one| {
            assert!(one.holds(one.due) && of_day(Rule { period, month, day }, one.due) == Some(one));
            one.due.format("%m-%d").to_string()
        })
        .collect::<Vec<_>>()
        .join(" ")
    }

    #[test]
    fn every_period_has_its_day() {
        let year = |period, month, day| dues(period, month, day, "2019-01-01", "2019-12-31");
        assert_eq!(year(Period::Quarter, None, None), "03-31 06-30 09-30 12-31");
        assert_eq!(year(Period::Quarter, Some(1), Some(15)), "01-15 04-15 07-15 10-15");
        assert_eq!(year(Period::HalfYear, None, None), "06-30 12-31");
        assert_eq!(year(Period::HalfYear, None, Some(20)), "06-20 12-20");
        assert_eq!(year(Period::Year, Some(6), None), "06-30");
        assert_eq!(year(Period::Year, Some(2), Some(29)), "02-28");
        assert_eq!(year(Period::TwoMonths, None, None), "02-28 04-30 06-30 08-31 10-31 12-31");
        assert_eq!(
            year(Period::Month, None, Some(31)),
            "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"
        );
        let february = |period, day| dues(period, None, day, "2020-02-01", "2020-02-29");
        assert_eq!(february(Period::Month, Some(5)), "02-05");
        assert_eq!(february(Period::TenDays, None), "02-10 02-20 02-29");
        assert_eq!(february(Period::HalfMonth, None), "02-15 02-29");
        assert_eq!(february(Period::Week, Some(5)), "02-07 02-14 02-21 02-28");
        assert_eq!(february(Period::Week, None), "02-02 02-09 02-16 02-23");
        assert_eq!(dues(Period::Day, None, None, "2020-02-28", "2020-03-01"), "02-28 02-29 03-01");
        assert_eq!(dues(Period::Month, None, Some(5), "2020-02-06", "2020-03-04"), "");
    }

    #[test]
    fn counting_ends() {
        assert_eq!(dues(Period::Year, None, None, "2198-01-01", "2210-01-01"), "12-31 12-31");
    }
}
