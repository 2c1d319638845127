//! Working days: the week, corrected by the State Council's holidays and make-up days.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

use super::reach::{LAST_DAY, reaches};

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

/// The shipped years, read once.
static CHINA: LazyLock<Calendar> = LazyLock::new(|| {
    let mut calendar = Calendar::default();
    for text in SHIPPED {
        calendar.add_year(YearFile::read(text).expect("the shipped holiday files are checked by a test"));
    }
    calendar
});

/// Which days are worked. A year without data follows the plain week.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    exceptions: BTreeMap<NaiveDate, Exception>,
    years: BTreeSet<i32>,
    weekend: Weekend,
}

/// A day that does not follow the week.
#[derive(Clone, Copy, Debug)]
struct Exception {
    worked: bool,
    /// The year in whose notice it stands, which may be the one before or after.
    year: i32,
}

/// The days of the week that are off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weekend(Vec<Weekday>);

impl Default for Weekend {
    fn default() -> Self {
        Weekend(vec![Weekday::Sat, Weekday::Sun])
    }
}

impl Weekend {
    /// `6,7`: Monday is 1. `None` where a day is none, or no day would be worked.
    pub fn read(text: &str) -> Option<Self> {
        let day = |number: &str| Weekday::try_from(number.trim().parse::<u8>().ok()?.checked_sub(1)?).ok();
        let days: Vec<Weekday> = text.split([',', '，']).map(day).collect::<Option<_>>()?;
        let weekend = Weekend(days);
        WEEK.iter().any(|day| !weekend.contains(*day)).then_some(weekend)
    }

    pub fn days(&self) -> &[Weekday] {
        &self.0
    }

    fn contains(&self, day: Weekday) -> bool {
        self.0.contains(&day)
    }
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The holidays and make-up days of a year, in the JSON form of the holiday-cn project.
#[derive(Clone, Debug, Deserialize)]
pub struct YearFile {
    pub year: i32,
    days: Vec<DayEntry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayEntry {
    date: NaiveDate,
    is_off_day: bool,
}

/// A file that is no year of holidays, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    #[error(
        "不是 holiday-cn 格式的节假日文件：{0}。应形如 {{\"year\": 2027, \"days\": [{{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}}]}}"
    )]
    Form(#[from] serde_json::Error),
    #[error("节假日文件的年份不能是 {0}，请核对")]
    BeyondReach(i32),
    #[error("节假日文件没有列出任何一天，请核对")]
    Empty,
    #[error("节假日文件是 {year} 年的，却列有 {day}，请核对")]
    OtherYear { year: i32, day: NaiveDate },
    #[error("节假日文件两次列出 {0}，请核对")]
    Twice(NaiveDate),
}

impl YearFile {
    /// Reads and checks a file. Its days lie in its year, or in the month before or after: a holiday may reach over.
    pub fn read(text: &str) -> Result<Self, YearError> {
        let file: YearFile = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
        if file.days.is_empty() {
            return Err(YearError::Empty);
        }
        if !NaiveDate::from_ymd_opt(file.year, 12, 31).is_some_and(reaches) {
            return Err(YearError::BeyondReach(file.year));
        }
        let mut seen = BTreeSet::new();
        for day in &file.days {
            let month = (day.date.year() - file.year) * 12 + day.date.month0() as i32;
            if !(-1..=12).contains(&month) {
                return Err(YearError::OtherYear { year: file.year, day: day.date });
            }
            if !seen.insert(day.date) {
                return Err(YearError::Twice(day.date));
            }
        }
        Ok(file)
    }

    /// How many days off it lists, and how many that are worked instead.
    pub fn counts(&self) -> (usize, usize) {
        let off = self.days.iter().filter(|day| day.is_off_day).count();
        (off, self.days.len() - off)
    }
}

impl Calendar {
    /// Mainland China's calendar, 2019 to 2026.
    pub fn china() -> Self {
        CHINA.clone()
    }

    pub fn with_weekend(self, weekend: &Weekend) -> Self {
        Calendar { weekend: weekend.clone(), ..self }
    }

    /// Adds a year, in place of what an earlier notice said of it. Days that it names replace what others say of them.
    pub fn add_year(&mut self, file: YearFile) {
        self.years.insert(file.year);
        self.exceptions.retain(|_, exception| exception.year != file.year);
        let days = file.days.iter().map(|day| (day.date, Exception { worked: !day.is_off_day, year: file.year }));
        self.exceptions.extend(days);
    }

    /// The years whose holidays are known.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.iter().copied()
    }

    /// Whether the holidays of `year` are known.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        match self.exceptions.get(&day) {
            Some(exception) => exception.worked,
            None => !self.weekend.contains(day.weekday()),
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

    /// The last of the `count` working days that follow `day`; `None` beyond our reach.
    pub fn working_days_later(&self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match count.checked_sub(1) {
            None => Some(day),
            Some(others) => {
                let days = day.iter_days().skip(1).take_while(|day| *day <= LAST_DAY);
                days.filter(|day| self.is_working_day(*day)).nth(others as usize)
            }
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
        assert_eq!(calendar.working_days_later(day("2019-09-29"), u32::MAX), None);
        assert_eq!(calendar.working_days_later(day("2019-09-29"), 0), Some(day("2019-09-29")));
    }

    #[test]
    fn a_later_notice_takes_the_place_of_an_earlier_one() {
        let mut calendar = Calendar::china();
        let notice = r#"{"year": 2026, "days": [{"name": "国庆节", "date": "2026-10-09", "isOffDay": true}]}"#;
        calendar.add_year(YearFile::read(notice).unwrap());
        assert!(!calendar.is_working_day(day("2026-10-09")));
        assert!(calendar.is_working_day(day("2026-10-01")), "the shipped notice no longer counts");
        assert!(!calendar.is_working_day(day("2025-10-01")), "other years stay");
    }

    #[test]
    fn other_weekends() {
        let calendar = Calendar::china().with_weekend(&Weekend::read("5，6").unwrap());
        assert!(!calendar.is_working_day(day("2031-01-03")) && calendar.is_working_day(day("2031-01-05")));
        for wrong in ["", "0", "8", "sat", "1,2,3,4,5,6,7"] {
            assert_eq!(Weekend::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_that_is_no_year_says_what_is_wrong() {
        let refused = |text: &str| YearFile::read(text).unwrap_err().to_string();
        let one = |date: &str| format!(r#"{{"name": "元旦", "date": "{date}", "isOffDay": true}}"#);
        assert!(refused("元旦放假").starts_with("不是 holiday-cn 格式的节假日文件"));
        assert_eq!(refused(r#"{"year": 2027, "days": []}"#), "节假日文件没有列出任何一天，请核对");
        assert_eq!(
            refused(&format!(r#"{{"year": 2027, "days": [{}]}}"#, one("2026-10-01"))),
            "节假日文件是 2027 年的，却列有 2026-10-01，请核对"
        );
        assert_eq!(
            refused(&format!(r#"{{"year": 2027, "days": [{0}, {0}]}}"#, one("2027-01-01"))),
            "节假日文件两次列出 2027-01-01，请核对"
        );
        let reaching_over = format!(r#"{{"year": 2027, "days": [{}]}}"#, one("2026-12-31"));
        assert_eq!(YearFile::read(&reaching_over).unwrap().counts(), (1, 0));
    }
}
