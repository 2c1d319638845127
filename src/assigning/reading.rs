//! What coordinators assign and change: `省公安厅、省财政厅 9月30日前 报送自查情况`, `5 时限 7月15日`.

use chrono::NaiveDate;

use crate::assigning::{Amend, Request, Unread, Wanted, Whom};
use crate::chinese::span;
use crate::chinese::span::{Found, Span};
use crate::intent::Intent;
use crate::office::place::Place;
use crate::office::plan::Draft;
use crate::plan::notice_in;
use crate::questions;
use crate::schedule::reach::reaches;
use crate::understanding::called::Meant;
use crate::understanding::steps::{Doubt, deed};
use crate::understanding::{called, task_called};

pub const ASSIGN: &str = "/assign 省公安厅、省财政厅 9月30日前 报送自查情况（单位用顿号分开，也可写 全部）";
pub const AMEND: &str =
    "/amend 5 时限 7月15日，/amend 5 时限 6月30日改为7月15日，/amend 5 新的任务内容；可在末尾写“理由：……”";
pub const DROP: &str = "/drop 33 理由";

/// A longer text is no single item.
const LONGEST: usize = 600;

/// `roll`: every name and alias with the full name behind it.
pub fn proposed(message_id: i64, text: &str, place: &Place, on: NaiveDate) -> Intent {
    match request(text, &place.roll, on) {
        Ok(Ok(request)) => Intent::Assigning(Wanted::Propose { message_id, request }),
        Ok(Err(unread)) => Intent::Assigning(Wanted::Unread { unread, usage: ASSIGN }),
        Err(units) => Intent::Questions(questions::Wanted::WhichUnit { units }),
    }
}

/// `交办省公安厅 9月30日前 报送…` in plain words: what follows 交办.
pub fn ordered(text: &str, on: NaiveDate) -> Option<&str> {
    let rest = text.trim().strip_prefix("交办")?;
    let rest = rest.trim_start_matches([':', '：', ',', '，', ' ', '\u{3000}', '\n']);
    // 交办事项进展 asks.
    (!span::find(rest, on).is_empty()).then_some(rest)
}

/// Whether plain words ask units for something by a day, as those of a notice that somebody pastes, and not the bot.
pub fn asks_units(text: &str, on: NaiveDate) -> bool {
    const ASKS_US: [&str; 14] = [
        "请问",
        "请帮",
        "帮我",
        "给我",
        "我看",
        "列出",
        "查一",
        "查下",
        "看一",
        "看下",
        "催",
        "提醒",
        "汇总一下",
        "统计一下",
    ];
    let wishes = text.contains('请') || text.contains("务必");
    let units =
        |draft: Draft| draft.tasks.iter().any(|task| !task.responsible.is_empty() || !task.collectives.is_empty());
    wishes && !ASKS_US.iter().any(|words| text.contains(words)) && notice_in(text, on).is_some_and(units)
}

/// The units that a name may mean, where it may mean several.
type Several = Vec<String>;

fn request(text: &str, roll: &[(String, String)], on: NaiveDate) -> Result<Result<Request, Unread>, Several> {
    let text = text.trim().replace(['\n', '\r'], " ");
    let blank = text.find(char::is_whitespace).unwrap_or(text.len());
    // Who leaves no blank ends the units with the date.
    let dated = span::find(&text, on).first().map_or(text.len(), |date| date.range.start);
    let (whom, mut rest) = text.split_at(blank.min(dated));
    let mut names = listed(whom);
    while let Some((token, after)) = rest.trim_start().split_once(char::is_whitespace) {
        let more = listed(token);
        if more.is_empty() || !more.iter().all(|name| called::plainly(name, roll) != Meant::Nobody) {
            break;
        }
        names.extend(more);
        rest = after;
    }
    if names.is_empty() {
        return Ok(Err(Unread::NoUnits));
    }
    let deed = match deed(rest, on, LONGEST) {
        Ok(deed) => deed,
        Err(doubt) => return Ok(Err(Unread::Deed(doubt))),
    };
    let whom = match whom.trim_end_matches("单位") {
        "全部" | "全体" | "所有" | "各" => Whom::All,
        _ => {
            for name in &mut names {
                match called::plainly(name, roll) {
                    Meant::One(unit) => *name = unit,
                    Meant::Several(units) => return Err(units),
                    Meant::Nobody => {}
                }
            }
            Whom::Units(names)
        }
    };
    Ok(Ok(Request { whom, due: deed.due, words: deed.text }))
}

fn listed(names: &str) -> Vec<String> {
    let names = names.split(['、', '，', ',', ';', '；']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(|name| name.trim_end_matches(['：', ':']).to_owned()).collect()
}

/// What `/amend` says.
pub fn amended(text: &str, on: NaiveDate) -> Intent {
    let misused = || Intent::Misused { usage: AMEND };
    let Some((called, rest)) = task_called(text) else { return misused() };
    let (words, reason) = with_reason(rest);
    let amend = match due(words, on) {
        Some(Ok((amend, after))) => {
            let said = Some(after).filter(|after| !after.is_empty()).map(str::to_owned);
            return Intent::Assigning(Wanted::Amend { called, amend, reason: reason.or(said) });
        }
        Some(Err(doubt)) => return not_amended(doubt),
        None => words.strip_prefix("内容").or_else(|| words.strip_prefix("文字")).unwrap_or(words),
    };
    let text = amend.trim_matches(EDGES);
    match text.chars().count() {
        0 => misused(),
        count if count > LONGEST => not_amended(Doubt::TooLong),
        _ => Intent::Assigning(Wanted::Amend { called, amend: Amend::Text(text.to_owned()), reason }),
    }
}

fn not_amended(doubt: Doubt) -> Intent {
    Intent::Assigning(Wanted::Unread { unread: Unread::Deed(doubt), usage: AMEND })
}

/// What `/drop` says.
pub fn dropped(text: &str) -> Intent {
    let read = task_called(text).map(|(called, rest)| (called, rest.trim_start_matches("理由").trim_matches(EDGES)));
    match read {
        Some((called, reason)) if !reason.is_empty() => {
            Intent::Assigning(Wanted::Drop { called, reason: reason.to_owned() })
        }
        _ => Intent::Misused { usage: DROP },
    }
}

const EDGES: &[char] = &[' ', '\u{3000}', '\n', ':', '：', ',', '，', '。', ';', '；'];

/// What is said, and the reason behind it.
fn with_reason(text: &str) -> (&str, Option<String>) {
    let split = ["理由：", "理由:", "原因：", "原因:"].iter().find_map(|mark| text.split_once(mark));
    match split {
        Some((words, reason)) => {
            let reason = reason.trim_matches(EDGES);
            (words.trim_matches(EDGES), (!reason.is_empty()).then(|| reason.to_owned()))
        }
        None => (text.trim(), None),
    }
}

/// `时限 7月15日`, `时限 6月30日改为7月15日`: the dates, and what is said after them. `None` for words about no date.
fn due(words: &str, on: NaiveDate) -> Option<Result<(Amend, &str), Doubt>> {
    let rest = ["完成时限", "时限", "期限", "截止日期", "截止时间", "日期"]
        .iter()
        .find_map(|label| words.strip_prefix(label))?;
    Some(read_due(rest, on))
}

fn read_due(rest: &str, on: NaiveDate) -> Result<(Amend, &str), Doubt> {
    let dates = span::find(rest, on);
    let day = |date: &Found| date.span.and_then(Span::due).ok_or(Doubt::NoSuchDate);
    let joins = |from: &Found, to: &Found| {
        let between = rest[from.range.end..to.range.start].trim();
        ["改为", "改到", "改至", "调整为", "调整到", "延至", "延到", "延期至", "提前至", "提前到", "→", "=", "＝", "->"]
            .contains(&between)
    };
    let (old, new, end) = match dates.as_slice() {
        [] => return Err(Doubt::NoDate),
        [old, new, ..] if joins(old, new) => (Some(day(old)?), day(new)?, new.range.end),
        [_, .., _] => return Err(Doubt::SeveralDates),
        [only] => (None, day(only)?, only.range.end),
    };
    if new < on {
        return Err(Doubt::Past(new));
    }
    if !reaches(new) {
        return Err(Doubt::FarOff(new));
    }
    let after = rest[end..].trim_start_matches("前").trim_matches(EDGES);
    Ok((Amend::Due { old, new }, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::called::Called;

    fn on() -> NaiveDate {
        "2019-06-24".parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whom_until_when_and_what() {
        let roll: Vec<(String, String)> =
            ["省公安厅", "省财政厅"].map(|name| (name.to_owned(), name.to_owned())).to_vec();
        let units = |names: &[&str]| Whom::Units(names.iter().map(|name| (*name).to_owned()).collect());
        let both = units(&["省公安厅", "省财政厅"]);
        for (text, whom) in [
            ("省公安厅、省财政厅 9月30日前 报送自查情况", both.clone()),
            ("省公安厅 财政厅 9月30日前 报送自查情况", both.clone()),
            ("公安厅、省财政厅9月30日前报送自查情况。", both),
            ("省公安厅 报送自查情况 9月底前", units(&["省公安厅"])),
            ("全部 9月30日前 报送自查情况", Whom::All),
            ("省外事厅 9月30日前 报送自查情况", units(&["省外事厅"])),
        ] {
            let expected = Request { whom, due: day("2019-09-30"), words: "报送自查情况".into() };
            assert_eq!(request(text, &roll, on()), Ok(Ok(expected)), "{text}");
        }
        for (text, doubt) in [
            ("省公安厅 报送自查情况", Doubt::NoDate),
            ("省公安厅 2019-06-01 报送自查情况", Doubt::Past(day("2019-06-01"))),
            ("省公安厅 2月30日前 报送自查情况", Doubt::NoSuchDate),
            ("省公安厅 9月30日前", Doubt::NothingToDo),
        ] {
            assert_eq!(request(text, &roll, on()), Ok(Err(Unread::Deed(doubt))), "{text}");
        }
        assert_eq!(request("9月30日前 报送", &roll, on()), Ok(Err(Unread::NoUnits)));
        assert_eq!(ordered("交办：省公安厅 9月30日前 报送", on()), Some("省公安厅 9月30日前 报送"));
        assert_eq!(ordered("交办事项进展如何", on()), None);
        assert!(asks_units("请省公安厅于6月28日前报送自查情况。", on()));
        for text in
            ["请列出省公安厅6月底前完成的任务", "省公安厅6月底前要完成哪些", "请帮我催一下省公安厅6月底前完成的"]
        {
            assert!(!asks_units(text, on()), "{text}");
        }
    }

    #[test]
    fn which_task_and_what_of_it() {
        let read = |text: &str| match amended(text, on()) {
            Intent::Assigning(Wanted::Amend { called, amend, reason }) => {
                let amend = match amend {
                    Amend::Due { old, new } => format!("{}→{new}", old.map(|old| old.to_string()).unwrap_or_default()),
                    Amend::Text(text) => text,
                };
                format!("{}|{}|{amend}|{}", called.plan.unwrap_or_default(), called.number, reason.unwrap_or_default())
            }
            other => format!("{other:?}"),
        };
        assert_eq!(read("5 时限 7月15日"), "|5|→2019-07-15|");
        assert_eq!(read("第5项 时限 7月15日前 等待上级文件"), "|5|→2019-07-15|等待上级文件");
        assert_eq!(read("5 时限 6月30日改为7月15日"), "|5|2019-06-30→2019-07-15|");
        assert_eq!(read("营商环境第5项 完成时限：7月15日。理由：等待上级文件"), "营商环境|5|→2019-07-15|等待上级文件");
        assert_eq!(read("交办 34 内容：报送半年总结"), "交办|34|报送半年总结|");
        assert_eq!(read("5（1） 建成审批系统"), "|5（1）|建成审批系统|");
        assert_eq!(read("5"), format!("{:?}", Intent::Misused { usage: AMEND }));
        assert!(read("5 时限 2019-06-01").contains("Past"));
        assert!(read("5 时限 另定").contains("NoDate"));
    }

    #[test]
    fn a_task_ends_for_a_reason() {
        let drop = |plan: Option<&str>, number: &str, reason: &str| {
            let called = Called { plan: plan.map(str::to_owned), number: number.to_owned() };
            Intent::Assigning(Wanted::Drop { called, reason: reason.to_owned() })
        };
        assert_eq!(dropped("33 已并入第5项"), drop(None, "33", "已并入第5项"));
        assert_eq!(dropped("交办第33项 理由：重复"), drop(Some("交办"), "33", "重复"));
        assert_eq!(dropped("33"), Intent::Misused { usage: DROP });
    }
}
