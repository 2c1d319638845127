//! What people's words mean: a contact's answer to a message that named tasks, or a coordinator's question.
//!
//! Rules, not likeness: what is not understood is asked about, and nothing is ever guessed into a completion.

/// Names a regular expression, compiled once.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant"));
    };
}

mod commanded;
mod dates;
mod done;
pub mod inspection;
mod lists;
mod manners;
pub mod more_time;
mod named;
mod nearest;
pub(crate) mod numerals;
mod places;
mod progress;
mod query;
#[cfg(test)]
mod question_set;
mod remarks;
mod sections;
mod segments;
mod share;
pub(crate) mod span;
pub mod steps;
mod typing;

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::duty::Status;
use crate::plan::simplify;
pub use commanded::commanded;
pub use nearest::nearest;
pub use query::{Query, QueryKind};

/// What the words ask for. Its JSON is the one of `duban understand --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understanding {
    pub intent: Intent,
    pub items: Vec<Item>,
    pub query: Option<Query>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// 反馈: how a task stands.
    Report,
    /// 收到: read, which is no progress.
    Read,
    /// 延期
    Extension,
    /// 撤回
    Withdraw,
    Query,
    /// Needs no answer.
    Chatter,
    /// Is asked about.
    Unclear,
}

impl Intent {
    pub fn label(self) -> &'static str {
        match self {
            Intent::Report => "反馈",
            Intent::Read => "收到",
            Intent::Extension => "申请延期",
            Intent::Withdraw => "撤回",
            Intent::Query => "查询",
            Intent::Chatter => "无需答复",
            Intent::Unclear => "没有看懂",
        }
    }
}

/// What was said about one task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The task's number; `None` where the words do not say which.
    pub task: Option<String>,
    /// Whether the task was not named but is one of the rest, 其余: which those are depends on what was told before.
    #[serde(default)]
    pub rest: bool,
    pub status: Option<Status>,
    /// Whether nothing moved, 无进展: a task that was not under way is not under way by that.
    #[serde(default)]
    pub unmoved: bool,
    pub percent: Option<u8>,
    pub problems: Vec<String>,
    /// Whether the words plainly say that what was raised before is no problem any more.
    #[serde(default)]
    pub problems_over: bool,
    /// 经验: what others may learn from.
    #[serde(default)]
    pub practices: Vec<String>,
    pub extend_to: Option<NaiveDate>,
}

impl Item {
    /// Whether nothing at all was said.
    pub fn is_empty(&self) -> bool {
        *self == Item { task: self.task.clone(), rest: self.rest, ..Item::default() }
    }
}

/// Telling the tasks of a longer list of numbers apart would take long; nobody reports on so many at once.
const MOST_NUMBERS: usize = 400;

/// Reads a contact's words. `named` are the numbers of the tasks that the answered message named, in its order; `on` is
/// the day on which the words were said.
pub fn understand_contact(text: &str, named: &[String], on: NaiveDate) -> Understanding {
    let only = |intent| Understanding { intent, items: Vec::new(), query: None };
    let text = normalise(text);
    if numerals::count(&text) > MOST_NUMBERS {
        return only(Intent::Unclear);
    }
    let Some(text) = manners::own_words(&text) else {
        return only(Intent::Unclear);
    };
    if manners::is_chatter(text) {
        return only(Intent::Chatter);
    }
    if manners::says_read(text) {
        return only(Intent::Read);
    }
    if manners::takes_back(text) {
        return only(Intent::Withdraw);
    }
    let items = items_of(text, named, on);
    let intent = match () {
        () if items.iter().any(|item| item.extend_to.is_some()) => Intent::Extension,
        () if items.is_empty() && manners::opens_with_read(text) && !manners::asks(text) => Intent::Read,
        () if items.is_empty() && manners::is_small_talk(text) => Intent::Chatter,
        () if items.is_empty() => Intent::Unclear,
        () => Intent::Report,
    };
    match intent {
        Intent::Unclear | Intent::Read | Intent::Chatter => only(intent),
        _ => Understanding { intent, items, query: None },
    }
}

/// Whether the words ask instead of telling.
pub fn is_question(text: &str) -> bool {
    let text = normalise(text);
    progress::clauses(&text).any(manners::asks)
}

/// Whether the words are this task's number and nothing else.
pub fn is_number(text: &str, number: &str) -> bool {
    let text = normalise(text);
    sections::number(&text).or_else(|| lists::number(&text)).is_some_and(|read| read == number)
}

/// Reads a coordinator's question. `units` are all names and aliases with the full name behind each.
pub fn understand_coordinator(text: &str, units: &[(String, String)], on: NaiveDate) -> Understanding {
    let command = commanded::read(text.trim(), units, on);
    let text = question(text);
    let chats = manners::says_seen(&text);
    let query = command.or_else(|| query::read(&text, units, on).filter(|_| !chats));
    let intent = match &query {
        Some(_) => Intent::Query,
        None if chats || manners::is_chatter(&text) || manners::says_read(&text) => Intent::Chatter,
        None => Intent::Unclear,
    };
    Understanding { intent, items: Vec::new(), query }
}

/// A question in the one form that the rules know: simplified characters, half-width signs, no blanks, nobody addressed.
fn question(text: &str) -> String {
    pattern!(NOT_BUT, "不是[^，。]{1,10}，(?:而|要的)?是");
    pattern!(NOT_YET, "(?:还|尚)?[没未]有?(?:逾期|超期|过期)的?，?(?:但是?|不过|可是?)");
    let plain = NOT_YET.replace(&NOT_BUT.replace(&normalise(text), ""), "").into_owned();
    let words = plain.split_whitespace().filter(|word| !word.starts_with('@'));
    words.collect::<String>().chars().filter(|character| !matches!(character, '\u{1f000}'..='\u{1faff}')).collect()
}

/// Whether words are about no task in particular.
fn alone_of(tasks: &[Option<String>]) -> bool {
    tasks.iter().all(Option::is_none)
}

/// Whether something goes on and no more is said: 现将进展报告如下.
fn says_little(item: &Item) -> bool {
    *item == Item { status: Some(Status::InProgress), ..Item::default() }
}

/// As the task before: 42同上.
static SAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:同上|同前|也?一样|也是|亦然|也同样)[。]?$").expect("a constant"));

fn items_of(text: &str, named: &[String], on: NaiveDate) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let plain = sections::plain(&places::in_numbers(text, named), named);
    let segments = segments::split(&plain.text, &plain.named);
    let count = segments.len();
    for segment in segments {
        let said = progress::read(&segment.words, on);
        let leads_up = alone_of(&segment.tasks) && !segment.rest && count > 1 && says_little(&said);
        if let Some(last) = items.last().filter(|_| SAME.is_match(&segment.words)).cloned() {
            items.extend(segment.tasks.into_iter().map(|task| Item { task, rest: segment.rest, ..last.clone() }));
            continue;
        }
        // A task that was named is asked about where what was said of it is not understood.
        let asked_about =
            !alone_of(&segment.tasks) && !manners::is_civil(&segment.words) && !progress::puts_off(&segment.words);
        if said.is_empty() && !asked_about || leads_up {
            continue;
        }
        let shares = share::shares_in_order(&segment.words, segment.tasks.len());
        for (place, task) in segment.tasks.into_iter().enumerate() {
            let own = shares.get(place).map(|share| progress::read(share, on));
            let task = task.map(|number| plain.printed(number));
            items.push(Item { task, rest: segment.rest, ..own.unwrap_or_else(|| said.clone()) });
        }
    }
    if items.iter().all(Item::is_empty) { Vec::new() } else { items }
}

/// The days that words name, such as 6月 or 下周: the first and the last.
pub fn days(text: &str, on: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let bare: String = normalise(text).split_whitespace().collect();
    let days = span::read(&bare, on)?;
    Some((days.from.unwrap_or(on), days.to?))
}

/// Full-width digits, letters and signs become half-width ones; spaces fold to one; circled numbers become `1.`.
/// Traditional characters become simplified ones. Commas, stops and colons of both widths become the Chinese ones, so
/// that the rules know one form; a sign repeated counts once, and pictures part words as blanks do.
fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in simplify(text.trim()).chars() {
        match character {
            '\u{3000}' | '\t' | '\r' | '\u{a0}' => plain.push(' '),
            '①'..='⑳' => plain.push_str(&format!("\n{}.", character as u32 - '①' as u32 + 1)),
            '，' | ',' => plain.push('，'),
            '；' | ';' => plain.push('；'),
            '：' | ':' => plain.push('：'),
            '！' | '!' => plain.push('。'),
            '？' | '?' => plain.push('？'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe0f}' => {}
            '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => plain.push(' '),
            '！'..='～' => plain.push(char::from_u32(character as u32 - 0xfee0).unwrap_or(character)),
            _ => plain.push(character),
        }
    }
    typing::tidy(&plain)
}
