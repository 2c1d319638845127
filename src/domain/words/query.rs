//! What a coordinator asks: `第5项进展如何`, `省公安厅`, `哪些逾期了`, `本月到期`, `谁还没反馈`.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use regex::Regex;
use serde::Serialize;

use super::{dates, numerals};

/// A question, with whatever bounds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    pub kind: QueryKind,
    /// A task's number.
    pub task: Option<String>,
    /// A unit's full name.
    pub unit: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    Task,
    Unit,
    Status,
    Overdue,
    Due,
    Silent,
    Problems,
    Pending,
    History,
    Search,
}

impl QueryKind {
    pub fn label(self) -> &'static str {
        match self {
            QueryKind::Task => "一项任务",
            QueryKind::Unit => "一个单位",
            QueryKind::Status => "总体情况",
            QueryKind::Overdue => "逾期",
            QueryKind::Due => "到期",
            QueryKind::Silent => "未反馈",
            QueryKind::Problems => "问题",
            QueryKind::Pending => "待核定",
            QueryKind::History => "历次反馈",
            QueryKind::Search => "查找",
        }
    }
}

impl Query {
    pub fn of(kind: QueryKind) -> Self {
        Query { kind, task: None, unit: None, from: None, to: None, text: None }
    }
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant"));
    };
}

pattern!(HISTORY, "历史|历次|经过|记录|版本");
pattern!(OVERDUE, "逾期|超期|过期|超时|拖期|到期未|没按时|未按时");
pattern!(SILENT, "没反馈|未反馈|没有反馈|没回|未回|没报|未报|没有报|没动静|沉默|没消息|没回复");
pattern!(PROBLEMS, "问题|困难|难点|堵点|需协调|要协调");
pattern!(PENDING, "待审|待核|待办|待批|待我|等我|未审|提请办结|申请办结|要审");
pattern!(DUE, "到期|截止|时限|期限");
// 本月 alone asks what falls due; 今天 alone may be about anything.
pattern!(SPAN_ALONE, "月|周|年底|半年|季度|天内|未来|今后");
pattern!(RANGE, r"(?P<from>\d{1,2}月\d{1,2}日?)(?:到|至|-|~|—)(?P<to>(?:\d{1,2}月)\d{1,2}日?)");
pattern!(
    DAYS_AHEAD,
    r"(?:未来|今后|接下来|最近|近)?(?P<days>[0-9一二三四五六七八九十]+)[天日](?:之?内|到期)|(?:未来|今后|接下来)(?P<ahead>[0-9一二三四五六七八九十]+)[天日]"
);
pattern!(QUARTER, "第?(?P<quarter>[1-4一二三四])季度");
pattern!(STATUS, "总体|整体|全部|情况|进展|进度|状态|概况|汇总|完成率|多少|统计");
pattern!(SEARCH, "(?:有关|关于|涉及|查找|搜索|查一下|哪些任务[是有]?)(?P<what>[^的？。]{2,})(?:的任务|的工作|的事项)?");

/// Reads a question; `None` where it is none that is known.
pub fn read(text: &str, units: &[(String, String)], on: NaiveDate) -> Option<Query> {
    let task = task_number(text);
    let unit = unit_named(text, units);
    let (from, to) = span(text, on);
    let kind = kind_of(text, task.is_some(), unit.is_some(), from.or(to).is_some())?;
    let sought = SEARCH.captures(text).filter(|_| kind == QueryKind::Search);
    let text = sought.and_then(|found| Some(found.name("what")?.as_str().trim().to_owned()));
    Some(Query { kind, task, unit, from, to, text })
}

fn kind_of(text: &str, task: bool, unit: bool, span: bool) -> Option<QueryKind> {
    let kind = match () {
        () if task && HISTORY.is_match(text) => QueryKind::History,
        () if task => QueryKind::Task,
        () if SILENT.is_match(text) => QueryKind::Silent,
        () if OVERDUE.is_match(text) => QueryKind::Overdue,
        () if PENDING.is_match(text) => QueryKind::Pending,
        () if PROBLEMS.is_match(text) => QueryKind::Problems,
        () if DUE.is_match(text) || span && SPAN_ALONE.is_match(text) => QueryKind::Due,
        () if unit => QueryKind::Unit,
        () if SEARCH.is_match(text) => QueryKind::Search,
        () if STATUS.is_match(text) => QueryKind::Status,
        () => return None,
    };
    Some(kind)
}

fn task_number(text: &str) -> Option<String> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let digits = numerals::CHARACTERS;
        Regex::new(&format!(
            r"(?:第|任务)\s*([{digits}]+)\s*(?:项|号|条|$)?|^\s*([{digits}]+)\s*(?:项|号)?(?:任务|进展|情况|$)"
        ))
        .expect("a constant")
    });
    let found = NUMBER.captures(text)?;
    let digits = found.get(1).or_else(|| found.get(2))?.as_str();
    // 第三季度 names a span, no task.
    let after = &text[found.get(0)?.end()..];
    (!after.starts_with(['季', '周'])).then(|| numerals::parse(digits)).flatten().map(|number| number.to_string())
}

/// The unit whose longest name or alias stands in the text.
fn unit_named(text: &str, units: &[(String, String)]) -> Option<String> {
    let named = units.iter().filter(|(name, _)| text.contains(name.as_str()));
    named.max_by_key(|(name, _)| name.chars().count()).map(|(_, full)| full.clone())
}

/// The span that the words bound: 本月 is the whole month, 下周 Monday to Sunday, 6月底前 has only an end.
fn span(text: &str, on: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    if let Some(span) = spelled_out(text, on) {
        return span;
    }
    let month = |first: NaiveDate| (Some(first), dates::end_of_month(first.year(), first.month()));
    let this_month = on.with_day(1);
    let week = on.week(Weekday::Mon);
    match () {
        () if text.contains("本月") || text.contains("这个月") => this_month.map_or((None, None), month),
        () if text.contains("下月") || text.contains("下个月") => {
            let next = this_month.and_then(|first| first.checked_add_months(chrono::Months::new(1)));
            next.map_or((None, None), month)
        }
        () if text.contains("本周") || text.contains("这周") => (Some(week.first_day()), Some(week.last_day())),
        () if text.contains("上周") => (Some(week.first_day() - Days::new(7)), Some(week.last_day() - Days::new(7))),
        () if text.contains("下周") => (Some(week.first_day() + Days::new(7)), Some(week.last_day() + Days::new(7))),
        () if text.contains("今天") => (Some(on), Some(on)),
        () if text.contains("明天") => (Some(on + Days::new(1)), Some(on + Days::new(1))),
        () if text.contains("年底") => (None, NaiveDate::from_ymd_opt(on.year(), 12, 31)),
        () if text.contains('月') && text.contains('前') => (None, dates::first(text, on)),
        () => (None, None),
    }
}

/// 7月1日到7月15日, 第三季度, 上半年, 未来30天.
fn spelled_out(text: &str, on: NaiveDate) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    if let Some(found) = RANGE.captures(text) {
        let from = dates::first(found.name("from")?.as_str(), on)?;
        return Some((Some(from), dates::first(found.name("to")?.as_str(), from)));
    }
    if let Some(found) = DAYS_AHEAD.captures(text) {
        let days = found.name("days").or_else(|| found.name("ahead"))?;
        let days = numerals::parse(days.as_str())?;
        return Some((Some(on), on.checked_add_days(Days::new(u64::from(days)))));
    }
    let months = |first: u32, last: u32| {
        Some((NaiveDate::from_ymd_opt(on.year(), first, 1), dates::end_of_month(on.year(), last)))
    };
    if let Some(found) = QUARTER.captures(text) {
        let quarter = numerals::parse(found.name("quarter")?.as_str()).filter(|quarter| (1..=4).contains(quarter))?;
        return months(quarter * 3 - 2, quarter * 3);
    }
    match () {
        () if text.contains("上半年") => months(1, 6),
        () if text.contains("下半年") => months(7, 12),
        () if text.contains("本季度") => months((on.month() - 1) / 3 * 3 + 1, (on.month() - 1) / 3 * 3 + 3),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions() {
        let units = [("省公安厅", "省公安厅"), ("公安厅", "省公安厅"), ("长沙", "长沙市人民政府")]
            .map(|(name, full)| (name.to_owned(), full.to_owned()));
        let show = |text: &str| {
            let Some(query) = read(text, &units, "2019-06-27".parse().unwrap()) else { return "-".to_owned() };
            let date = |date: Option<NaiveDate>| date.map(|date| date.to_string());
            let parts = [query.task.clone(), query.unit.clone(), date(query.from), date(query.to), query.text.clone()];
            let kind = format!("{:?}", query.kind);
            std::iter::once(kind).chain(parts.into_iter().flatten()).collect::<Vec<_>>().join(" ")
        };
        let cases = [
            ("第5项进展如何", "Task 5"),
            ("省公安厅", "Unit 省公安厅"),
            ("公安厅进展怎么样", "Unit 省公安厅"),
            ("哪些逾期了", "Overdue"),
            ("本月到期", "Due 2019-06-01 2019-06-30"),
            ("下周到期的有哪些", "Due 2019-07-01 2019-07-07"),
            ("9月底前到期的", "Due 2019-09-30"),
            ("7月1日到7月15日到期", "Due 2019-07-01 2019-07-15"),
            ("三季度到期", "Due 2019-07-01 2019-09-30"),
            ("30天内到期", "Due 2019-06-27 2019-07-27"),
            ("未来十天", "Due 2019-06-27 2019-07-07"),
            ("上周到期", "Due 2019-06-17 2019-06-23"),
            ("下半年到期", "Due 2019-07-01 2019-12-31"),
            ("谁还没反馈", "Silent"),
            ("有什么问题", "Problems"),
            ("第二十六项历史", "History 26"),
            ("总体进展", "Status"),
            ("今天到期的", "Due 2019-06-27 2019-06-27"),
            ("今天天气不错哦", "-"),
            ("呵呵", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(show(text), expected, "{text}");
        }
    }
}
