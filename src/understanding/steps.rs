//! 细化分解 in words: lines that each say what is to be done and until when.

use std::sync::LazyLock;

use chrono::{Months, NaiveDate};
use regex::{Captures, Regex};

use crate::chinese::span;
use crate::chinese::span::{Found, Span};
use crate::plan::simplify;
use crate::understanding::numbered;

/// A plan for longer than this has a wrong year.
const LONGEST_PLAN: Months = Months::new(10 * 12);
/// A longer text is no step.
const LONGEST_STEP: usize = 120;

/// 步骤, as a line plans it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    pub text: String,
    pub due: NaiveDate,
}

/// Why a line plans no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    NoDate,
    /// 2月30日
    NoSuchDate,
    /// More than one date, which are not the two ends of a span.
    SeveralDates,
    /// A date with a year that lies before today, or too far ahead.
    Past(NaiveDate),
    FarOff(NaiveDate),
    /// A date and nothing else.
    NothingToDo,
    TooLong,
}

/// What a text plans, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    pub steps: Vec<PlannedStep>,
    /// The lines that plan nothing, as they were typed.
    pub unread: Vec<(String, Doubt)>,
}

/// `第5项分解：9月15日 完成系统联调；10月底 上线`: the number, where one is named, and what is planned. `None` for words that
/// announce no steps, or announce some and date none.
pub fn announced(text: &str, on: NaiveDate) -> Option<(Option<String>, Breakdown)> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<before>[^\n:：]{0,12}?)\s*(?:细化|細化)?分解(?:步骤|步驟|任务|任務|为|為|如下)*\s*[:：]\s*(?P<rest>(?s:.+))$")
            .expect("a constant")
    });
    let found = ANNOUNCED.captures(text.trim())?;
    let (number, left) = numbered(&found["before"]);
    let planned = breakdown(&found["rest"], on);
    let dated = !planned.steps.is_empty() || planned.unread.iter().any(|(_, doubt)| *doubt != Doubt::NoDate);
    (left.trim().is_empty() && dated).then_some((number, planned))
}

/// Reads lines, which may also be divided by semicolons. Dates without a year lie ahead of `on`.
pub fn breakdown(text: &str, on: NaiveDate) -> Breakdown {
    let mut breakdown = Breakdown::default();
    for line in text.lines().flat_map(|line| parts(line, on)).map(str::trim).filter(|line| !line.is_empty()) {
        match step(line, on) {
            Ok(step) => breakdown.steps.push(step),
            Err(doubt) => breakdown.unread.push((line.to_owned(), doubt)),
        }
    }
    breakdown
}

/// A line, divided at semicolons where every part has a date.
fn parts(line: &str, on: NaiveDate) -> Vec<&str> {
    let parts: Vec<&str> = line.split(['；', ';']).filter(|part| !part.trim().is_empty()).collect();
    let dated = |part: &&str| short_date().is_match(&plain(part)) || !span::find(&plain(part), on).is_empty();
    if parts.len() > 1 && parts.iter().all(dated) { parts } else { vec![line] }
}

fn step(line: &str, on: NaiveDate) -> Result<PlannedStep, Doubt> {
    deed(line, on, LONGEST_STEP)
}

/// What one line says is to be done by when, in at most `longest` characters.
pub fn deed(line: &str, on: NaiveDate, longest: usize) -> Result<PlannedStep, Doubt> {
    static BULLET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[)）、]|\d{1,2}\.\s*|第[一二三四五六七八九十]+步[:：，、]?|[-—·•●*①-⑳])\s*",
        )
        .expect("a constant")
    });
    // Every character of the plain line stands for one of the line.
    let half = plain(line);
    let (due, span) = match short_date().captures(&half) {
        Some(short) => (short_date_of(&short, on), 0..short.get(0).map_or(0, |whole| whole.end())),
        None => {
            let begin = BULLET.find(&half).map_or(0, |bullet| bullet.end());
            let (due, span) = only_date(&half[begin..], on)?;
            (due, begin + span.start..begin + span.end)
        }
    };
    let due = within_reach(due, on)?;
    let at = |byte: usize| half[..byte].chars().count();
    let characters: Vec<char> = line.chars().collect();
    let bullet = BULLET.find(&half).map_or(0, |bullet| at(bullet.end())).min(at(span.start));
    let (before, after) = (&characters[bullet..at(span.start)], &characters[at(span.end)..]);
    let text = what_is_left(&before.iter().collect::<String>(), &after.iter().collect::<String>(), || {
        characters[bullet..].iter().collect()
    });
    match text.chars().count() {
        0 => Err(Doubt::NothingToDo),
        count if count > longest => Err(Doubt::TooLong),
        _ => Ok(PlannedStep { text, due }),
    }
}

/// What is to be done: what follows the date, or precedes it; where it stands in between, all the words.
fn what_is_left(before: &str, after: &str, whole: impl Fn() -> String) -> String {
    const EDGES: &[char] =
        &[' ', '\u{3000}', '\t', ':', '：', ',', '，', '、', '。', '.', ';', '；', '—', '-', '~', '(', ')', '（', '）'];
    static BY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:之前|以前|前|之内|以内|内|為止|为止|止)").expect("a constant"));
    static ON: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:于|於|在|至|到|截至|截止|预计|預計|计划|計劃)+$").expect("a constant"));
    let after = BY.replace(after.trim_start(), "");
    let before = ON.replace(before.trim_end(), "");
    let (before, after) = (before.trim_matches(EDGES), after.trim_matches(EDGES));
    match (before, after) {
        ("", after) => after.to_owned(),
        (before, "") => before.to_owned(),
        _ => whole().trim_matches([' ', '\u{3000}', '。', ';', '；']).to_owned(),
    }
}

fn within_reach(due: Option<NaiveDate>, on: NaiveDate) -> Result<NaiveDate, Doubt> {
    let due = due.ok_or(Doubt::NoSuchDate)?;
    let last = on.checked_add_months(LONGEST_PLAN).unwrap_or(NaiveDate::MAX);
    match due {
        due if due < on => Err(Doubt::Past(due)),
        due if due > last => Err(Doubt::FarOff(due)),
        due => Ok(due),
    }
}

/// The one date of a line, or the end of its one span, and where it stands. Longer periods, as in 完成上半年总结, are no date
/// beside a day.
fn only_date(line: &str, on: NaiveDate) -> Result<(Option<NaiveDate>, std::ops::Range<usize>), Doubt> {
    let mut dates = span::find(line, on);
    // 2020年预算 is a thing.
    dates.retain(|date| !line[date.range.clone()].ends_with('年'));
    if dates.iter().any(|date| date.is_day) {
        dates.retain(|date| date.is_day);
    }
    let due = |date: &Found| date.span.and_then(Span::due);
    let joins = |from: usize, to: usize| {
        let between = line[from..to].trim();
        !between.is_empty() && between.chars().all(|joint| "至到—-~～".contains(joint))
    };
    match dates.as_slice() {
        [] => Err(Doubt::NoDate),
        [only] => Ok((due(only), only.range.clone())),
        [from, to] if joins(from.range.end, to.range.start) => Ok((due(to), from.range.start..to.range.end)),
        _ => Err(Doubt::SeveralDates),
    }
}

/// `9-15 …`, `9.15：…` at the beginning of a line.
fn short_date() -> &'static Regex {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})前?(?:[\s:：,，、]|$)").expect("a constant")
    });
    &SHORT
}

fn short_date_of(found: &Captures<'_>, on: NaiveDate) -> Option<NaiveDate> {
    span::read(&format!("{}月{}日", &found["month"], &found["day"]), on).and_then(Span::due)
}

/// The same characters, simplified and with digits and marks of dates in half width, one for one.
fn plain(line: &str) -> String {
    let plain = |character: char| match character {
        '０'..='９' | '．' | '／' | '－' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        other => simplify(other.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(other),
    };
    line.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> NaiveDate {
        "2019-06-27".parse().unwrap()
    }

    #[test]
    fn a_line_says_what_and_until_when() {
        let cases = [
            ("9月15日 完成系统联调", "2019-09-15 完成系统联调"),
            ("2019-09-15 完成系统联调", "2019-09-15 完成系统联调"),
            ("2019年9月15日前完成系统联调。", "2019-09-15 完成系统联调"),
            ("完成系统联调 9月15日前", "2019-09-15 完成系统联调"),
            ("完成系统联调（9月15日前）", "2019-09-15 完成系统联调"),
            ("完成系统联调，预计9月15日", "2019-09-15 完成系统联调"),
            ("系统联调9月15日前完成", "2019-09-15 系统联调9月15日前完成"),
            ("1. 9月15日：完成系统联调", "2019-09-15 完成系统联调"),
            ("1.9月15日 完成系统联调", "2019-09-15 完成系统联调"),
            ("（2）10月底 上线", "2019-10-31 上线"),
            ("9-15 联调", "2019-09-15 联调"),
            ("9.15：联调", "2019-09-15 联调"),
            ("９月１５日　联调", "2019-09-15 联调"),
            ("九月十五日 联调", "2019-09-15 联调"),
            ("9月1日至15日 联调", "2019-09-15 联调"),
            ("9月15日至10月8日 联调", "2019-10-08 联调"),
            ("10月上旬 出台办法", "2019-10-10 出台办法"),
            ("10月前 出台办法", "2019-09-30 出台办法"),
            ("10月3个市州完成试点", "2019-10-31 3个市州完成试点"),
            ("3月底 验收", "2020-03-31 验收"),
            ("明年3月底 验收", "2020-03-31 验收"),
            ("下月底 完成2.0版，覆盖3.5万户", "2019-07-31 完成2.0版，覆盖3.5万户"),
            ("年底前 全面推开", "2019-12-31 全面推开"),
            ("2月29日 闰年", "2020-02-29 闰年"),
            ("系統聯調 9月15號", "2019-09-15 系統聯調"),
            ("15号 联调", "2019-07-15 联调"),
            ("下周五前 联调", "2019-07-05 联调"),
            ("国庆前 完成2020年预算初稿", "2019-09-30 完成2020年预算初稿"),
            ("7月10日 完成上半年总结", "2019-07-10 完成上半年总结"),
            ("第三季度 联调", "2019-09-30 联调"),
            ("2019年12月15日—2020年1月8日 试运行", "2020-01-08 试运行"),
        ];
        for (line, expected) in cases {
            let shown = step(line, on()).map(|step| format!("{} {}", step.due, step.text));
            assert_eq!(shown, Ok(expected.to_owned()), "{line}");
        }
        let doubts = [
            ("完成系统联调", Doubt::NoDate),
            ("完成2020年预算", Doubt::NoDate),
            ("每周五 报送进度", Doubt::NoDate),
            ("上周五 联调", Doubt::Past("2019-06-21".parse().unwrap())),
            ("2月30日 联调", Doubt::NoSuchDate),
            ("13月1日 联调", Doubt::NoSuchDate),
            ("2018-09-15 联调", Doubt::Past("2018-09-15".parse().unwrap())),
            ("2109-09-15 联调", Doubt::FarOff("2109-09-15".parse().unwrap())),
            ("9月15日", Doubt::NothingToDo),
            ("9月15日联调，10月8日上线", Doubt::SeveralDates),
        ];
        for (line, doubt) in doubts {
            assert_eq!(step(line, on()), Err(doubt), "{line}");
        }
    }

    #[test]
    fn several_lines_are_several_steps() {
        let read = breakdown("9月15日 联调；10月底 上线\n验收；另行通知\n\n年底 总结；另报省政府", on());
        let steps: Vec<_> = read.steps.iter().map(|step| format!("{} {}", step.due, step.text)).collect();
        assert_eq!(steps, ["2019-09-15 联调", "2019-10-31 上线", "2019-12-31 总结；另报省政府"]);
        assert_eq!(read.unread, [("验收；另行通知".to_owned(), Doubt::NoDate)]);
    }

    #[test]
    fn the_number_comes_first() {
        let cases = [
            ("5 9月15日 联调", Some("5"), "9月15日 联调"),
            ("第5项9月15日 联调", Some("5"), "9月15日 联调"),
            ("５\n9月15日 联调", Some("5"), "9月15日 联调"),
            ("5（1） 9月15日 联调", Some("5（1）"), "9月15日 联调"),
            ("5", Some("5"), ""),
            ("9月15日 联调", None, "9月15日 联调"),
            ("9-15 联调", None, "9-15 联调"),
            ("十月底 联调", None, "十月底 联调"),
        ];
        for (words, number, rest) in cases {
            assert_eq!(numbered(words), (number.map(str::to_owned), rest), "{words}");
        }
    }

    #[test]
    fn steps_are_announced_or_there_are_none() {
        let number = |text: &str| announced(text, on()).map(|(number, read)| (number, read.steps.len()));
        assert_eq!(number("分解：9月15日 完成系统联调；10月底 上线"), Some((None, 2)));
        assert_eq!(number("第5项细化分解：\n1. 9月15日 联调\n2. 10月底 上线"), Some((Some("5".to_owned()), 2)));
        assert_eq!(number("5分解步骤：2月30日 联调"), Some((Some("5".to_owned()), 0)));
        for text in
            ["分解：任务已分解到各科室", "已完成任务分解：9月15日上线", "9月15日 完成系统联调", "第5项：进度60%"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
