//! Spans of days as people ask about them: 本月, 下周, 国庆前, 6月底前, 未来30天, 三季度.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use regex::{Captures, Regex};

use super::{dates, numerals};
use crate::schedule::reach::reaches;

/// The first and the last day that are meant; open where the words leave it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    fn between(from: NaiveDate, to: NaiveDate) -> Option<Span> {
        Some(Span { from: Some(from), to: Some(to) })
    }

    fn until(to: NaiveDate) -> Option<Span> {
        Some(Span { from: None, to: Some(to) })
    }

    /// Keeps what 前 (only the end) or 后 (only the beginning) leave of it.
    fn bounded(self, side: Side) -> Span {
        match side {
            Side::Within => self,
            Side::Before => Span { from: None, ..self },
            Side::After => Span { to: None, ..self },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Within,
    Before,
    After,
}

fn side(found: &Captures<'_>) -> Side {
    match () {
        () if found.name("before").is_some() => Side::Before,
        () if found.name("after").is_some() => Side::After,
        () => Side::Within,
    }
}

/// A pattern over normalised text. `N` stands for a numeral, `BEFORE` and `SIDE` for what may follow.
fn pattern(text: &str) -> Regex {
    let before = "(?P<before>之?前|以前)";
    let side = "(?:(?P<before>之?前|以前)|(?P<after>之?后|以后|起))?";
    let text = text.replace("SIDE", side).replace("BEFORE", before);
    Regex::new(&text.replace('N', &format!("[{}]+", numerals::CHARACTERS))).expect("a constant")
}

macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {$(static $name: LazyLock<Regex> = LazyLock::new(|| pattern($text));)*};
}

patterns! {
    FROM_TO = r"从(?P<from>.{2,10}?)[到至](?P<to>[^到至]{2,12})";
    MONTHS = r"(?P<first>[一二三四五六七八九]|\d{1,2})(?P<joint>[、和到至-]?)(?P<last>[二三四五六七八九十]|1[0-2]|\d)月";
    RANGE = r"(?P<from>(?:\d{4}年)?N月(?:N[日号]?|份)?|\d{1,2}\.\d{1,2})(?:到|至|-|~|—)(?P<to>N月(?:N[日号]?|份|底)?|N[日号]|\d{1,2}\.\d{1,2})";
    FESTIVAL = r"(?P<which>国庆|中秋|元旦|春节|五一|劳动节|端午|清明)(?:节|假期|长假|放假)*BEFORE";
    AHEAD = r"(?:(?:未来|今后|接下来|往后|最近|近)(?:的|这)?(?P<ahead>N|半)个?(?P<unit>天|日|周|星期|礼拜|月|年))|(?P<count>N|半)个?(?P<measure>天|日|周|星期|礼拜|月|年)(?:之内|以内|内)|(?P<days>N)天(?:后)?到期";
    QUARTER = r"(?P<year>\d{4}年|今年|明年|去年)?第?(?P<quarter>[1-4一二三四]|本|这个?|下个?|上个?)季度?(?:底|末)?SIDE";
    HALF = r"(?P<year>\d{4}年|今年|明年|去年)?(?P<half>上|下)半年(?:底|末)?SIDE";
    WEEK = r"(?P<which>本|这个?|下下个?|下个?|上个?)?(?:周|星期|礼拜)(?P<day>[1-6一二三四五六日天末])?(?:底|末)?SIDE";
    RELATIVE_MONTH = r"(?P<which>本|这个?|当|下下个?|下个?|上个?)月份?(?:(?P<day>N)[日号]|(?P<part>上旬|中旬|下旬|底|末|初))?SIDE";
    DATE = r"(?P<lead>截至|截止到?|到)?(?:(?P<year>\d{4}|今|明|去)年)?(?:(?P<month>N)月(?P<day>N)[日号]?|(?P<whole>N)月份?(?P<part>上旬|中旬|下旬|底|末|初)?)SIDE";
    NUMERIC = r"(?:(?P<year>\d{4})[./-])?(?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?P<due>[日号]|到期)?SIDE";
    DAY_OF_MONTH = r"(?:^|[^月0-9一二三四五六七八九十])(?P<day>N)[日号](?:(?P<before>之?前|以前)|到期|截止)";
    YEAR = r"(?P<year>\d{4}|今|本|明|去)?年年?(?P<part>底|末|内)?SIDE";
    DAY = r"(?P<which>今天|今日|当天|明天|明日|后天|昨天|昨日)SIDE";
}

/// The span that the words name; `None` where they name none. Text without blanks, in half-width and simplified characters.
pub fn read(text: &str, on: NaiveDate) -> Option<Span> {
    named(text, on).filter(|span| [span.from, span.to].into_iter().flatten().all(reaches))
}

fn named(text: &str, on: NaiveDate) -> Option<Span> {
    from_to(text, on)
        .or_else(|| adjacent_months(text, on))
        .or_else(|| range(text, on))
        .or_else(|| festival(text, on))
        .or_else(|| ahead(text, on))
        .or_else(|| quarter(text, on))
        .or_else(|| half(text, on))
        .or_else(|| relative_month(text, on))
        .or_else(|| date(text, on))
        .or_else(|| numeric(text, on))
        .or_else(|| week(text, on))
        .or_else(|| day_of_month(text, on))
        .or_else(|| month_end(text, on))
        .or_else(|| year(text, on))
        .or_else(|| day(text, on))
}

/// 从下周一到7月12号
fn from_to(text: &str, on: NaiveDate) -> Option<Span> {
    let found = FROM_TO.captures(text)?;
    Span::between(read(&found["from"], on)?.from?, read(&found["to"], on)?.to?)
}

/// 七八月份, 7、8月.
fn adjacent_months(text: &str, on: NaiveDate) -> Option<Span> {
    let found = MONTHS.captures(text)?;
    let (first, last) = (numerals::parse(&found["first"])?, numerals::parse(&found["last"])?);
    let digits_run_on = found["joint"].is_empty() && found["first"].starts_with(|first: char| first.is_ascii_digit());
    if digits_run_on || first >= last || last > 12 || found["joint"].is_empty() && last != first + 1 {
        return None;
    }
    let year = if first < on.month() { on.year() + 1 } else { on.year() };
    months(year, first, last)
}

/// 7月1日到7月15日, 7月1日-15日, 7月到9月, 7.1-7.15.
fn range(text: &str, on: NaiveDate) -> Option<Span> {
    let found = RANGE.captures(text)?;
    let end = |text: &str, on| date(text, on).or_else(|| of_numeric(&NUMERIC.captures(text)?, on));
    let from = end(&found["from"], on)?.from?;
    let to = match &found["to"] {
        day if !day.contains(['月', '.']) => from.with_day(numerals::parse(day.trim_end_matches(['日', '号']))?)?,
        later => end(later, from)?.to?,
    };
    Span::between(from, to)
}

/// 国庆前: up to the day before.
fn festival(text: &str, on: NaiveDate) -> Option<Span> {
    let found = FESTIVAL.captures(text)?;
    let begins = (on.year()..=on.year() + 1).filter_map(|year| festival_in(&found["which"], year));
    Span::until(begins.into_iter().find(|day| *day > on)?.pred_opt()?)
}

/// The day of a festival; those of the lunar calendar as the State Council's notices name them, and after 2026 by the
/// lunar calendar.
fn festival_in(which: &str, year: i32) -> Option<NaiveDate> {
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

/// 未来30天, 两周内, 半个月内.
fn ahead(text: &str, on: NaiveDate) -> Option<Span> {
    let found = AHEAD.captures(text)?;
    let count = found.name("ahead").or_else(|| found.name("count")).or_else(|| found.name("days"))?.as_str();
    let unit = found.name("unit").or_else(|| found.name("measure")).map_or("天", |unit| unit.as_str());
    let number = if count == "半" { None } else { Some(numerals::parse(count)?) };
    let to = match (unit, number) {
        ("月", Some(months)) => on.checked_add_months(Months::new(months))?,
        ("月", None) => on + Days::new(15),
        ("年", Some(years)) => on.checked_add_months(Months::new(years.checked_mul(12)?))?,
        ("年", None) => on.checked_add_months(Months::new(6))?,
        ("天" | "日", Some(days)) => on.checked_add_days(Days::new(days.into()))?,
        (_, Some(weeks)) => on.checked_add_days(Days::new(u64::from(weeks) * 7))?,
        (_, None) => return None,
    };
    Span::between(on, to)
}

fn quarter(text: &str, on: NaiveDate) -> Option<Span> {
    let found = QUARTER.captures(text)?;
    let this = i32::try_from(on.month0() / 3).ok()?;
    let named = &found["quarter"];
    let quarter = match numerals::parse(named) {
        Some(number) => i32::try_from(number).ok()? - 1,
        None => this + step(named),
    };
    let year =
        named_year(found.name("year").map(|year| year.as_str().trim_end_matches('年')), on)? + quarter.div_euclid(4);
    let first = u32::try_from(quarter.rem_euclid(4)).ok()? * 3 + 1;
    Some(months(year, first, first + 2)?.bounded(side(&found)))
}

fn half(text: &str, on: NaiveDate) -> Option<Span> {
    let found = HALF.captures(text)?;
    let year = named_year(found.name("year").map(|year| year.as_str().trim_end_matches('年')), on)?;
    let (first, last) = if &found["half"] == "上" { (1, 6) } else { (7, 12) };
    Some(months(year, first, last)?.bounded(side(&found)))
}

/// 下周, 本周五前; a weekday alone is the next one.
fn week(text: &str, on: NaiveDate) -> Option<Span> {
    let found = WEEK.captures(text)?;
    let monday = on.week(Weekday::Mon).first_day();
    let shift = found.name("which").map(|which| step(which.as_str()));
    let begins = monday.checked_add_signed(chrono::TimeDelta::weeks(shift.unwrap_or(0).into()))?;
    let weekday = found.name("day").and_then(|day| match day.as_str() {
        "日" | "天" | "末" => Some(6),
        day => numerals::parse(day).map(|day| u64::from(day) - 1),
    });
    let span = match (weekday, shift) {
        (Some(weekday), Some(_)) => Span::between(begins + Days::new(weekday), begins + Days::new(weekday)),
        (Some(weekday), None) => {
            let this = begins + Days::new(weekday);
            let next = if this < on { this + Days::new(7) } else { this };
            Span::between(next, next)
        }
        (None, Some(_)) => Span::between(begins, begins + Days::new(6)),
        (None, None) => None,
    };
    Some(span?.bounded(side(&found)))
}

/// 本月, 下月底前, 下月15日前.
fn relative_month(text: &str, on: NaiveDate) -> Option<Span> {
    let found = RELATIVE_MONTH.captures(text)?;
    let shift = step(&found["which"]);
    let (first, months) = (on.with_day(1)?, Months::new(shift.unsigned_abs()));
    let first = if shift < 0 { first.checked_sub_months(months)? } else { first.checked_add_months(months)? };
    if let Some(day) = found.name("day") {
        let day = first.with_day(numerals::parse(day.as_str())?)?;
        return Some(Span::between(day, day)?.bounded(side(&found)));
    }
    part_of_month(first, found.name("part").map(|part| part.as_str()), side(&found))
}

/// 月底前: of this month.
fn month_end(text: &str, on: NaiveDate) -> Option<Span> {
    let named = text.contains("月底") || text.contains("月末");
    Span::until(dates::end_of_month(on.year(), on.month()).filter(|_| named)?)
}

/// 9月30日前, 6月底前, 8月份, 7月中旬.
fn date(text: &str, on: NaiveDate) -> Option<Span> {
    let found = DATE.captures(text)?;
    let stated = found.name("year").map(|year| year.as_str());
    let number = |name: &str| found.name(name).and_then(|digits| numerals::parse(digits.as_str()));
    let year = named_year(stated, on)?;
    let side = if found.name("lead").is_some() { Side::Before } else { side(&found) };
    if let (Some(month), Some(day)) = (number("month"), number("day")) {
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        let day = lying_ahead(day, day, stated, on)?;
        return Some(Span::between(day, day)?.bounded(side));
    }
    let first = NaiveDate::from_ymd_opt(year, number("whole")?, 1)?;
    let first = lying_ahead(first, dates::end_of_month(year, first.month())?, stated, on)?;
    part_of_month(first, found.name("part").map(|part| part.as_str()), side)
}

/// 2019-09-30, 10.15前: without a year only where more than the digits says that it is a day.
fn numeric(text: &str, on: NaiveDate) -> Option<Span> {
    let found = NUMERIC.captures(text)?;
    let is_day = ["year", "due", "before", "after"].iter().any(|name| found.name(name).is_some());
    of_numeric(&found, on).filter(|_| is_day)
}

fn of_numeric(found: &Captures<'_>, on: NaiveDate) -> Option<Span> {
    let stated = found.name("year").map(|year| year.as_str());
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse().ok());
    let day = NaiveDate::from_ymd_opt(named_year(stated, on)?, number("month")?, number("day")?)?;
    let day = lying_ahead(day, day, stated, on)?;
    Some(Span::between(day, day)?.bounded(side(found)))
}

/// `day`, or the same a year later where no year was stated and `last`, the end of what is meant, has passed.
fn lying_ahead(day: NaiveDate, last: NaiveDate, stated: Option<&str>, on: NaiveDate) -> Option<NaiveDate> {
    if stated.is_none() && last < on { day.checked_add_months(Months::new(12)) } else { Some(day) }
}

/// `first` is the first day of the month.
fn part_of_month(first: NaiveDate, part: Option<&str>, side: Side) -> Option<Span> {
    let end = dates::end_of_month(first.year(), first.month())?;
    let day = |day: u32| first.with_day(day);
    let span = match part {
        Some("上旬" | "初") => Span::between(first, day(10)?),
        Some("中旬") => Span::between(day(11)?, day(20)?),
        Some("下旬") => Span::between(day(21)?, end),
        Some(_) => Span::until(end),
        // Before a month begins, as documents have it: 9月前 is 8月31日前.
        None if side == Side::Before => Span::until(first.pred_opt()?),
        None => Span::between(first, end),
    };
    Some(span?.bounded(side))
}

/// 15号前: of this month, or of the next where that has passed.
fn day_of_month(text: &str, on: NaiveDate) -> Option<Span> {
    let found = DAY_OF_MONTH.captures(text)?;
    let number = numerals::parse(&found["day"])?;
    let this = on.with_day(number).filter(|day| *day >= on);
    let day = this.or_else(|| on.with_day(1)?.checked_add_months(Months::new(1))?.with_day(number))?;
    Some(Span::between(day, day)?.bounded(side(&found)))
}

/// 年底前, 今年内, 明年.
fn year(text: &str, on: NaiveDate) -> Option<Span> {
    let found = YEAR.captures(text)?;
    let (stated, part) = (found.name("year").map(|year| year.as_str()), found.name("part").map(|part| part.as_str()));
    let year = named_year(stated, on)?;
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
    match (stated, part) {
        (None, None) => None,
        (_, Some("底" | "末")) | (None, Some(_)) => Span::until(last),
        _ if found.name("before").is_some() => Span::until(first.pred_opt()?),
        _ => Some(Span::between(first, last)?.bounded(side(&found))),
    }
}

fn day(text: &str, on: NaiveDate) -> Option<Span> {
    let found = DAY.captures(text)?;
    let day = match &found["which"] {
        "明天" | "明日" => on + Days::new(1),
        "后天" => on + Days::new(2),
        "昨天" | "昨日" => on - Days::new(1),
        _ => on,
    };
    Some(Span::between(day, day)?.bounded(side(&found)))
}

/// Whole months of a year, both counted.
fn months(year: i32, first: u32, last: u32) -> Option<Span> {
    Span::between(NaiveDate::from_ymd_opt(year, first, 1)?, dates::end_of_month(year, last)?)
}

fn named_year(stated: Option<&str>, on: NaiveDate) -> Option<i32> {
    match stated.map(|stated| stated.trim_end_matches('年')) {
        None | Some("今" | "本") => Some(on.year()),
        Some("明") => Some(on.year() + 1),
        Some("去") => Some(on.year() - 1),
        Some(digits) => digits.parse().ok(),
    }
}

/// How many steps ahead 本, 下, 下下 and 上 mean.
fn step(which: &str) -> i32 {
    match which.trim_end_matches('个') {
        "下下" => 2,
        "下" => 1,
        "上" => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let show = |text: &str| {
            let span = read(text, "2019-06-27".parse().unwrap())?;
            let day = |day: Option<NaiveDate>| day.map_or("…".to_owned(), |day| day.to_string());
            Some(format!("{} {}", day(span.from), day(span.to)))
        };
        let cases = [
            ("本月", "2019-06-01 2019-06-30"),
            ("下个月底前", "… 2019-07-31"),
            ("月底前", "… 2019-06-30"),
            ("下周", "2019-07-01 2019-07-07"),
            ("下周三之前", "… 2019-07-03"),
            ("周二前", "… 2019-07-02"),
            ("上周", "2019-06-17 2019-06-23"),
            ("国庆节前", "… 2019-09-30"),
            ("春节前", "… 2020-01-24"),
            ("6月底前", "… 2019-06-30"),
            ("3月底前", "… 2020-03-31"),
            ("九月底前", "… 2019-09-30"),
            ("9月前", "… 2019-08-31"),
            ("9月15日后", "2019-09-15 …"),
            ("10.15前", "… 2019-10-15"),
            ("2019-10-15前", "… 2019-10-15"),
            ("7月中旬", "2019-07-11 2019-07-20"),
            ("7月1日到15日", "2019-07-01 2019-07-15"),
            ("7月到9月", "2019-07-01 2019-09-30"),
            ("15号前", "… 2019-07-15"),
            ("半个月内", "2019-06-27 2019-07-12"),
            ("未来十天", "2019-06-27 2019-07-07"),
            ("三个月内", "2019-06-27 2019-09-27"),
            ("明年一季度", "2020-01-01 2020-03-31"),
            ("下季度", "2019-07-01 2019-09-30"),
            ("三季度末前", "… 2019-09-30"),
            ("上半年", "2019-01-01 2019-06-30"),
            ("年内", "… 2019-12-31"),
            ("明年", "2020-01-01 2020-12-31"),
            ("明年底前", "… 2020-12-31"),
            ("今年年底前", "… 2019-12-31"),
            ("后天", "2019-06-29 2019-06-29"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["哪些逾期了", "第5项", "12号任务", "3个市州", "99999天内", "9999年", "3000个月内", "9999-12-31前"]
        {
            assert_eq!(show(text), None, "{text}");
        }
    }
}
