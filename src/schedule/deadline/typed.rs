//! Days as they are typed into columns: 2024.6.30前, 20240630, 2024—2025年, 本月底, 下周五前, 6月最后一个工作日前.

use std::ops::Range;

use chrono::{Datelike, Days, Months, Weekday};
use regex::Captures;

use crate::office::plan::MilestoneKind;
use crate::schedule::deadline::meaning::{CALENDAR, Meaning, Reader, Year, last_day, number, positional_year};
use crate::schedule::deadline::{Place, in_words};

impl Reader<'_> {
    /// 2019-06-30 in a column; 2024.6.30前 and 6.30前 wherever they stand.
    pub fn figures(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let named = |full: &str, packed: &str, short: &str| {
            number(captures, full).or_else(|| number(captures, packed)).or_else(|| number(captures, short))
        };
        let has = |name: &str| captures.name(name).is_some();
        let before = has("before") || has("short_before") || has("packed_before");
        let written = captures.name("year").or(captures.name("packed_year"));
        let stands = self.place == Place::Field || before && self.starts_clause(range.start);
        if !stands || self.follows_number(range.start) {
            return None;
        }
        let year = match written {
            Some(year) => Some(Year { value: positional_year(year.as_str())?, guessed: false }),
            None => self.year(captures),
        };
        let value = year.as_ref().map(|year| year.value);
        let day = named("day", "packed_day", "short_day");
        self.by_date(year, last_day(value, named("month", "packed_month", "short_month"), day), None, before, range)
    }

    /// 2024—2025年 in a column is due with its last year.
    pub fn years(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        if self.place == Place::Prose || self.follows_number(range.start) {
            return None;
        }
        let last = positional_year(captures.name("to")?.as_str());
        Some(self.dated(MilestoneKind::ByDate, last_day(last, Some(12), None), range))
    }

    /// 本月底 and 下月10日前 are counted from the month of issue.
    pub fn month_from_issue(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        if !self.is_deadline(captures, range, captures.name("part").is_some()) {
            return None;
        }
        // 每月…，次月5日前通报结果
        let words = captures.name("which")?.as_str();
        if words.starts_with(['次', '下'])
            && ["每月", "按月", "逐月", "当月"].iter().any(|turn| self.text[..range.start].contains(turn))
        {
            return Some(Meaning { kind: MilestoneKind::Recurring, due: None, doubt: None });
        }
        let Some(issued) = self.context.issued_on else {
            let doubt = Some("没有读到印发日期，不能推算截止日期。".to_owned());
            return Some(Meaning { kind: MilestoneKind::ByDate, due: None, doubt });
        };
        let next = !captures.name("which")?.as_str().starts_with(['本', '当']);
        let month = if next { issued.with_day(1)?.checked_add_months(Months::new(1))? } else { issued };
        let day = match captures.name("part").map(|part| part.as_str()) {
            Some("上旬" | "初") => Some(10),
            Some("中旬") => Some(20),
            Some("中") => Some(15),
            _ => number(captures, "day"),
        };
        Some(self.dated(MilestoneKind::ByDate, last_day(Some(month.year()), Some(month.month()), day), range))
    }

    /// 下周五前 and 本周内 are counted from the week of issue; minutes may mean that of the meeting.
    pub fn week_from_issue(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let named_end = captures.name("part").is_some();
        if !(self.is_deadline(captures, range, named_end) || self.is_to_come(range)) {
            return None;
        }
        let Some(issued) = self.context.issued_on else {
            let doubt = Some("没有读到印发日期，不能推算截止日期。".to_owned());
            return Some(Meaning { kind: MilestoneKind::ByDate, due: None, doubt });
        };
        let weeks = u64::from(captures.name("which")?.as_str().starts_with('下'));
        let weekday = captures.name("weekday").and_then(|day| "一二三四五六日".find(day.as_str()));
        let sunday = 6;
        let days = weekday.map_or(sunday, |at| at as u64 / '一'.len_utf8() as u64);
        let due = issued.week(Weekday::Mon).checked_first_day()?.checked_add_days(Days::new(7 * weeks + days));
        let meaning = self.dated(MilestoneKind::ByDate, due, range);
        let (words, issued) = (&self.text[range.clone()], in_words(issued));
        let counted = format!("“{words}”从印发之日{issued}所在的一周推算，请核对。");
        Some(Meaning { doubt: meaning.doubt.or(Some(counted)), ..meaning })
    }

    /// 9月第一周 ends with the seventh day of the month, or with its first Sunday.
    pub fn week_of_month(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let year = self.year(captures);
        let (value, month, nth) = (year.as_ref()?.value, number(captures, "month"), number(captures, "nth")?);
        let before = captures.name("before").is_some();
        let first = last_day(Some(value), month, Some(1))?;
        let sunday = first.week(Weekday::Mon).checked_last_day()?;
        let weeks = nth.checked_sub(u32::from(before))?;
        let due = first.checked_add_days(Days::new(u64::from(7 * weeks)))?.pred_opt()?;
        let other = sunday.checked_add_days(Days::new(u64::from(7 * weeks)))?.checked_sub_days(Days::new(7))?;
        let mut meaning = self.by_date(year, Some(due), None, before, range)?;
        let words = &self.text[range.clone()];
        let doubt = format!("“{words}”每七天算一周；按日历的周，也可以理解为{}。", in_words(other));
        meaning.doubt.get_or_insert(doubt);
        Some(meaning)
    }

    pub fn last_working_day(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let year = self.year(captures);
        let end = last_day(year.as_ref().map(|year| year.value), number(captures, "month"), None);
        let due = end.map(|end| CALENDAR.working_day_on_or_before(end));
        self.by_date(year, due, None, true, range)
    }
}
