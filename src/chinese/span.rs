//! Days and spans of days as people name them, wherever they do: 本月, 下周五, 国庆前, 6月底前, 未来30天, 三季度, 2019.9.10.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use regex::{Captures, Regex};

use super::{day, numerals};
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

    /// The day by which something is done that is to be done so; the day after which, where that alone is named.
    pub fn due(self) -> Option<NaiveDate> {
        self.to.or(self.from)
    }

    fn is_within_reach(&self) -> bool {
        [self.from, self.to].into_iter().flatten().all(reaches)
    }
}

/// A span where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In bytes, with 前 or 后.
    pub range: Range<usize>,
    /// `None` for a day that is not on the calendar, such as 2月30日, or beyond our reach.
    pub span: Option<Span>,
    /// Whether a day or an end is named, and no longer period.
    pub is_day: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Within,
    Before,
    After,
}

impl Side {
    /// What the words after a date say, and how long they are.
    fn of(after: &str) -> (Side, usize) {
        let words = |words: &[&str]| words.iter().find(|word| after.starts_with(**word)).map(|word| word.len());
        let before = words(&["之前", "以前", "前"]).map(|length| (Side::Before, length));
        before.or_else(|| Some((Side::After, words(&["之后", "以后", "后", "起"])?))).unwrap_or((Side::Within, 0))
    }
}

/// What a pattern's words mean on a day.
type Meaning = fn(&Captures<'_>, Side, NaiveDate) -> Option<Span>;

struct Family {
    pattern: Regex,
    meaning: Meaning,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its words name a day even where the calendar has no such day.
    Calendar,
    Other,
    /// 当天 and the like go with another date more often than they set one.
    Near,
}

/// Of two families that both find something the earlier counts. `N` stands for a numeral. Of what a pattern finds, `words`
/// are the date where it needs more around it, and `edge` is what only follows it.
static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    use Kind::{Calendar, Near, Other};
    let year = r"(?P<year>\d{4}年|今年|明年|去年)?";
    let which = "(?P<which>本|这一?个?|当|下下个?|下一?个?|上一?个?)";
    let day_of_week = "(?P<day>[1-6一二三四五六日天末])";
    let part = "(?P<part>上旬|中旬|下旬|底|末|初)";
    let measure = "个?(?P<measure>天|日|周|星期|礼拜|月|年)";
    let ahead = "未来|今后|接下来|往后|最近|近";
    let month = r"(?:\d{4}年)?N月(?:N[日号]?|份|底)?";
    // What follows a day without its 日: neither a digit nor a measure, as in 10月3个市州.
    let edge = "(?P<edge>$|[^NUMERALS个家项件条批处类所户人亿万种期轮次多余%.])";
    let families: [(String, Meaning, Kind); 22] = [
        ("从(?P<from>.{2,10}?)[到至](?P<to>[^到至]{2,12})".to_owned(), from_to, Other),
        (
            r"(?P<first>[一二三四五六七八九]|\d{1,2})(?P<joint>[、和到至-]?)(?P<last>[二三四五六七八九十]|1[0-2]|\d)月"
                .to_owned(),
            adjacent_months,
            Other,
        ),
        (
            format!(
                r"(?P<from>{month}|\d{{1,2}}\.\d{{1,2}})\s*(?:到|至|-|~|—|–|～)+\s*(?P<to>{month}|N[日号]|\d{{1,2}}\.\d{{1,2}})"
            ),
            range,
            Other,
        ),
        ("(?P<which>国庆|中秋|元旦|春节|五一|劳动节|端午|清明)(?:节|假期|长假|放假)*".to_owned(), festival, Other),
        (format!("(?:{ahead})(?:的|这)?(?P<count>N|半){measure}"), coming, Other),
        (format!("下(?P<count>[2-9二两三四五六七八九]|十){measure}"), coming, Other),
        (format!("(?P<count>N|半){measure}(?:之内|以内|内)"), coming, Other),
        ("(?P<count>N)天(?:后)?到期".to_owned(), coming, Other),
        (format!("{year}第?(?P<quarter>[1-4一二三四]|本|这个?|下个?|上个?)季度(?P<part>底|末)?"), quarter, Other),
        (format!("{year}(?P<half>上|下)半年(?:底|末)?"), half, Other),
        (format!("{which}月份?(?:(?P<day>N)[日号]|{part})?"), relative_month, Calendar),
        (
            format!(
                r"(?P<lead>截至|截止到?|到)?(?:(?P<year>\d{{4}}|\d{{2}}|今|本|明|去)年)?(?P<month>N)月(?:(?P<day>N)[日号]|(?P<bare>N){edge}|份?{part}?)"
            ),
            date,
            Calendar,
        ),
        (r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})[日号]?".to_owned(), numeric, Calendar),
        (r"(?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?P<due>[日号]|到期)?".to_owned(), numeric, Other),
        (format!("{which}(?:周|星期|礼拜){day_of_week}?(?:底|末)?"), week, Other),
        (format!("(?:周|星期|礼拜){day_of_week}(?:底|末)?"), week, Other),
        (
            r"(?:^|[^第月NUMERALS])(?P<words>(?P<day>N)[日号])(?:$|[^\p{Han}]|前|之前|以前|到期|截止)".to_owned(),
            day_of_month,
            Other,
        ),
        ("月[底末]".to_owned(), month_end, Other),
        (r"(?P<year>\d{4}|今|本|明|去)年年?(?P<part>底|末|内)?".to_owned(), year_of, Other),
        (r"(?P<year>\d{2})年年?(?P<part>底|末)".to_owned(), year_of, Other),
        ("年(?P<part>底|末|内)".to_owned(), year_of, Other),
        ("(?P<which>今天|今日|今儿|今早|今晨|当天|明天|明日|后天|昨天|昨日|昨晚|前天)".to_owned(), near_day, Near),
    ];
    let family = |(pattern, meaning, kind): (String, Meaning, Kind)| {
        let pattern = pattern.replace("NUMERALS", numerals::CHARACTERS);
        let pattern = pattern.replace('N', &format!("[{}]+", numerals::CHARACTERS));
        Family { pattern: Regex::new(&pattern).expect("a constant"), meaning, kind }
    };
    families.into_iter().map(family).collect()
});

/// The span that the words name; `None` where they name none. Text without blanks, in half-width and simplified characters.
pub fn read(text: &str, on: NaiveDate) -> Option<Span> {
    let told = |family: &Family| {
        let told = family.told(&family.pattern.captures(text)?, text, on);
        // 2019年2月30日 is no day, and does not mean the year that it names.
        (told.span.is_some() || family.kind == Kind::Calendar).then_some(told)
    };
    FAMILIES.iter().find_map(told)?.span.filter(Span::is_within_reach)
}

/// The spans in a text, in its order; the text may have blanks. 从…到 is found as its two ends.
pub fn find(text: &str, on: NaiveDate) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for family in FAMILIES.iter().skip(1) {
        let told = family.pattern.captures_iter(text).map(|words| family.told(&words, text, on));
        let each_time = |told: &Found| text[..told.range.start].ends_with('每');
        found.extend(told.filter(|told| (family.kind == Kind::Calendar || told.span.is_some()) && !each_time(told)));
    }
    // The sort is stable: where two begin together, the one of the earlier family comes first.
    found.sort_by_key(|told| told.range.start);
    let mut kept: Vec<Found> = Vec::new();
    for told in found {
        if kept.last().is_none_or(|last| last.range.end <= told.range.start) {
            kept.push(Found { span: told.span.filter(Span::is_within_reach), ..told });
        }
    }
    kept
}

impl Family {
    fn told(&self, captures: &Captures<'_>, text: &str, on: NaiveDate) -> Found {
        let words = captures.name("words").or(captures.get(0)).map_or(0..0, |words| words.range());
        let end = captures.name("edge").map_or(words.end, |edge| edge.start());
        let (side, length) = Side::of(&text[end..]);
        let span = (self.meaning)(captures, side, on);
        let is_day = self.kind != Kind::Near && span.is_none_or(|span| span.from.is_none() || span.from == span.to);
        Found { range: words.start..end + length, span, is_day }
    }
}

fn named<'a>(found: &'a Captures<'_>, name: &str) -> Option<&'a str> {
    found.name(name).map(|words| words.as_str())
}

fn number(found: &Captures<'_>, name: &str) -> Option<u32> {
    numerals::parse(named(found, name)?)
}

/// 从下周一到7月12号
fn from_to(found: &Captures<'_>, _: Side, on: NaiveDate) -> Option<Span> {
    Span::between(read(&found["from"], on)?.from?, read(&found["to"], on)?.to?)
}

/// 七八月份, 7、8月.
fn adjacent_months(found: &Captures<'_>, _: Side, on: NaiveDate) -> Option<Span> {
    let (first, last) = (number(found, "first")?, number(found, "last")?);
    let digits_run_on = found["joint"].is_empty() && found["first"].starts_with(|first: char| first.is_ascii_digit());
    if digits_run_on || first >= last || last > 12 || found["joint"].is_empty() && last != first + 1 {
        return None;
    }
    let year = if first < on.month() { on.year() + 1 } else { on.year() };
    months(year, first, last)
}

/// 7月1日到7月15日, 7月1日-15日, 7月到9月, 7.1-7.15.
fn range(found: &Captures<'_>, _: Side, on: NaiveDate) -> Option<Span> {
    let end = |text: &str, on| read(&text.replace('.', "月"), on);
    let from = end(&found["from"], on)?.from?;
    let to = match &found["to"] {
        day if !day.contains(['月', '.']) => from.with_day(numerals::parse(day.trim_end_matches(['日', '号']))?)?,
        later => end(later, from)?.to?,
    };
    Span::between(from, to)
}

/// 国庆前: up to the day before.
fn festival(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let begins = (on.year()..=on.year() + 1).filter_map(|year| day::festival(&found["which"], year));
    let first = begins.into_iter().find(|day| *day > on).filter(|_| side == Side::Before)?;
    Span::until(first.pred_opt()?)
}

/// 未来30天, 两周内, 半个月内.
fn coming(found: &Captures<'_>, _: Side, on: NaiveDate) -> Option<Span> {
    let count = &found["count"];
    let unit = named(found, "measure").unwrap_or("天");
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

/// 三季度, 下季度, 第三季度末: an end lies ahead.
fn quarter(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let (stated, named_quarter) = (named(found, "year"), &found["quarter"]);
    let ends = side == Side::Before || found.name("part").is_some();
    let (year, quarter) = match numerals::parse(named_quarter) {
        Some(number) if ends => (day::ahead(stated, on, |year| day::end_of_month(year, number * 3))?.year(), number),
        Some(number) => (day::year(stated, on)?, number),
        None => {
            let quarter = i32::try_from(on.month0() / 3).ok()? + day::steps(named_quarter);
            (day::year(stated, on)? + quarter.div_euclid(4), u32::try_from(quarter.rem_euclid(4)).ok()? + 1)
        }
    };
    Some(months(year, quarter * 3 - 2, quarter * 3)?.bounded(side))
}

fn half(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let (first, last) = if &found["half"] == "上" { (1, 6) } else { (7, 12) };
    Some(months(day::year(named(found, "year"), on)?, first, last)?.bounded(side))
}

/// 下周, 本周五前; a weekday alone is the next one.
fn week(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let monday = on.week(Weekday::Mon).first_day();
    let shift = named(found, "which").map(day::steps);
    let begins = monday.checked_add_signed(chrono::TimeDelta::weeks(shift.unwrap_or(0).into()))?;
    let weekday = named(found, "day").and_then(|day| match day {
        "日" | "天" | "末" => Some(6),
        day => numerals::parse(day).map(|day| u64::from(day) - 1),
    });
    let span = match weekday.map(|weekday| begins + Days::new(weekday)) {
        Some(day) if shift.is_none() && day < on => Span::between(day + Days::new(7), day + Days::new(7)),
        Some(day) => Span::between(day, day),
        None => Span::between(begins, begins + Days::new(6)),
    };
    Some(span?.bounded(side))
}

/// 本月, 下月底前, 下月15日前.
fn relative_month(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let shift = day::steps(&found["which"]);
    let (first, months) = (on.with_day(1)?, Months::new(shift.unsigned_abs()));
    let first = if shift < 0 { first.checked_sub_months(months)? } else { first.checked_add_months(months)? };
    if let Some(day) = number(found, "day") {
        let day = first.with_day(day)?;
        return Some(Span::between(day, day)?.bounded(side));
    }
    part_of_month(first, named(found, "part"), side)
}

/// 月底前: of this month.
fn month_end(_: &Captures<'_>, _: Side, on: NaiveDate) -> Option<Span> {
    Span::until(day::end_of_month(on.year(), on.month())?)
}

/// 9月30日前, 6月底前, 8月份, 7月中旬.
fn date(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let (stated, month) = (named(found, "year"), number(found, "month")?);
    let side = if found.name("lead").is_some() { Side::Before } else { side };
    if let Some(day) = number(found, "day").or_else(|| number(found, "bare")) {
        let day = day::ahead(stated, on, |year| NaiveDate::from_ymd_opt(year, month, day))?;
        return Some(Span::between(day, day)?.bounded(side));
    }
    let end = day::ahead(stated, on, |year| day::end_of_month(year, month))?;
    part_of_month(end.with_day(1)?, named(found, "part"), side)
}

/// 2019-09-30, 10.15前: without a year only where more than the digits says that it is a day.
fn numeric(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let (stated, month, day) = (named(found, "year"), number(found, "month")?, number(found, "day")?);
    if stated.is_none() && found.name("due").is_none() && side == Side::Within {
        return None;
    }
    let day = day::ahead(stated, on, |year| NaiveDate::from_ymd_opt(year, month, day))?;
    Some(Span::between(day, day)?.bounded(side))
}

/// `first` is the first day of the month.
fn part_of_month(first: NaiveDate, part: Option<&str>, side: Side) -> Option<Span> {
    let end = day::end_of_month(first.year(), first.month())?;
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
fn day_of_month(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let number = number(found, "day")?;
    let this = on.with_day(number).filter(|day| *day >= on);
    let day = this.or_else(|| on.with_day(1)?.checked_add_months(Months::new(1))?.with_day(number))?;
    Some(Span::between(day, day)?.bounded(side))
}

/// 年底前, 今年内, 明年.
fn year_of(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let (stated, part) = (named(found, "year"), named(found, "part"));
    let year = day::year(stated, on)?;
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
    match (stated, part) {
        (_, Some("底" | "末")) | (None, _) => Span::until(last),
        _ if side == Side::Before => Span::until(first.pred_opt()?),
        _ => Some(Span::between(first, last)?.bounded(side)),
    }
}

fn near_day(found: &Captures<'_>, side: Side, on: NaiveDate) -> Option<Span> {
    let day = match &found["which"] {
        "明天" | "明日" => on + Days::new(1),
        "后天" => on + Days::new(2),
        "昨天" | "昨日" | "昨晚" => on - Days::new(1),
        "前天" => on - Days::new(2),
        _ => on,
    };
    Some(Span::between(day, day)?.bounded(side))
}

/// Whole months of a year, both counted.
fn months(year: i32, first: u32, last: u32) -> Option<Span> {
    Span::between(NaiveDate::from_ymd_opt(year, first, 1)?, day::end_of_month(year, last)?)
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
        assert_eq!(show("2019年2月30日"), None);
        for text in ["哪些逾期了", "第5项", "12号任务", "3个市州", "99999天内", "9999年", "3000个月内", "9999-12-31前"]
        {
            assert_eq!(show(text), None, "{text}");
        }
    }
}
