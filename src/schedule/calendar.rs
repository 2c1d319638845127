//! Working days: the week, corrected by the State Council's holidays and make-up days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

/// The years that ship with the program, in the JSON form of the holiday-cn project (see seeds/holidays).
const SHIPPED: [&str; 8] = [
    include_str!("../../seeds/holidays/2019.json"),
    include_str!("../../seeds/holidays/2020.json"),
    include_str!("../../seeds/holidays/2021.json"),
    include_str!("../../seeds/holidays/2022.json"),
    include_str!("../../seeds/holidays/2023.json"),
    include_str!("../../seeds/holidays/2024.json"),
    include_str!("../../seeds/holidays/2025.json"),
    include_str!("../../seeds/holidays/2026.json"),
];

/// Which days are worked. A year without data follows the plain week: Saturday and Sunday off.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    exceptions: BTreeMap<NaiveDate, DayKind>,
    years: BTreeSet<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayKind {
    Off,
    Worked,
}

#[derive(Deserialize)]
struct YearFile {
    year: i32,
    days: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayEntry {
    date: NaiveDate,
    is_off_day: bool,
}

impl Calendar {
    /// Mainland China's calendar, 2019 to 2026.
    pub fn china() -> Self {
        let mut calendar = Calendar::default();
        for text in SHIPPED {
            calendar.add_year(text).expect("the shipped holiday files are checked by a test");
        }
        calendar
    }

    /// Adds one holiday-cn file. Days that it names replace what was known of them.
    pub fn add_year(&mut self, text: &str) -> Result<(), serde_json::Error> {
        let file: YearFile = serde_json::from_str(text)?;
        self.years.insert(file.year);
        for day in file.days {
            let kind = if day.is_off_day { DayKind::Off } else { DayKind::Worked };
            self.exceptions.insert(day.date, kind);
        }
        Ok(())
    }

    /// Whether the holidays of `year` are known.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        match self.exceptions.get(&day) {
            Some(kind) => *kind == DayKind::Worked,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// `day` itself where it is worked, else the last working day before it.
    pub fn working_day_on_or_before(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        while !self.is_working_day(day) {
            day = day - Days::new(1);
        }
        day
    }

    /// `day` itself where it is worked, else the first working day after it.
    pub fn working_day_on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        while !self.is_working_day(day) {
            day = day + Days::new(1);
        }
        day
    }

    /// The last of the `count` working days that follow `day`; `None` beyond the calendar of years.
    pub fn working_days_later(&self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match count.checked_sub(1) {
            None => Some(day),
            Some(others) => day.iter_days().skip(1).filter(|day| self.is_working_day(*day)).nth(others as usize),
        }
    }

    /// How many working days lie after `from` up to and including `to`; 0 where `to` is not later.
    pub fn working_days_after(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.is_working_day(*day)).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn holidays_and_make_up_days_correct_the_week() {
        let calendar = Calendar::china();
        let cases = [
            ("2019-06-28", true),  // a Friday
            ("2019-06-29", false), // a Saturday
            ("2019-10-01", false), // National Day, a Tuesday
            ("2019-09-29", true),  // a Sunday worked for it
            ("2020-01-31", false), // Spring Festival, prolonged in 2020
            ("2026-02-14", true),  // a Saturday worked for Spring Festival
            ("2031-10-01", true),  // not known yet: a plain Wednesday
        ];
        for (text, worked) in cases {
            assert_eq!(calendar.is_working_day(day(text)), worked, "{text}");
        }
        assert!(calendar.knows(2026) && !calendar.knows(2031));
    }

    #[test]
    fn moving_to_a_working_day() {
        let calendar = Calendar::china();
        assert_eq!(calendar.working_day_on_or_before(day("2019-06-30")), day("2019-06-28"));
        assert_eq!(calendar.working_day_on_or_after(day("2019-10-01")), day("2019-10-08"));
        assert_eq!(calendar.working_days_after(day("2019-06-28"), day("2019-07-03")), 3);
        assert_eq!(calendar.working_days_later(day("2019-06-28"), 3), Some(day("2019-07-03")));
        assert_eq!(calendar.working_days_later(day("2019-09-29"), 2), Some(day("2019-10-08")));
        assert_eq!(calendar.working_days_later(day("2019-09-29"), 0), Some(day("2019-09-29")));
    }
}
