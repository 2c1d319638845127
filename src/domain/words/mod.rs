//! What people's words mean: a contact's answer to a message that named tasks, or a coordinator's question.
//!
//! Rules, not likeness: what is not understood is asked about, and nothing is ever guessed into a completion.

mod dates;
mod named;
pub(crate) mod numerals;
mod progress;
mod query;
#[cfg(test)]
mod question_set;
mod segments;
mod span;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::duty::Status;
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
    pub status: Option<Status>,
    pub percent: Option<u8>,
    pub problems: Vec<String>,
    pub extend_to: Option<NaiveDate>,
}

impl Item {
    /// Whether anything at all was said.
    fn is_empty(&self) -> bool {
        self.status.is_none() && self.percent.is_none() && self.problems.is_empty() && self.extend_to.is_none()
    }
}

/// Reads a contact's words. `named` are the numbers of the tasks that the answered message named, in its order; `on` is
/// the day on which the words were said.
pub fn understand_contact(text: &str, named: &[String], on: NaiveDate) -> Understanding {
    let text = normalise(text);
    let only = |intent| Understanding { intent, items: Vec::new(), query: None };
    if is_any_of(&text, &READ) {
        return only(Intent::Read);
    }
    if is_any_of(&text, &CHATTER) || !text.chars().any(char::is_alphanumeric) {
        return only(Intent::Chatter);
    }
    if is_any_of(&text, &WITHDRAW) {
        return only(Intent::Withdraw);
    }
    let items = items_of(&text, named, on);
    let intent = match () {
        () if items.iter().any(|item| item.extend_to.is_some()) => Intent::Extension,
        () if items.is_empty() || progress::is_question(&text) => Intent::Unclear,
        () => Intent::Report,
    };
    match intent {
        Intent::Unclear => only(intent),
        _ => Understanding { intent, items, query: None },
    }
}

/// Reads a coordinator's question. `units` are all names and aliases with the full name behind each.
pub fn understand_coordinator(text: &str, units: &[(String, String)], on: NaiveDate) -> Understanding {
    let text = question(text);
    let query = query::read(&text, units, on);
    let intent = match &query {
        Some(_) => Intent::Query,
        None if is_any_of(&text, &READ) || is_any_of(&text, &CHATTER) => Intent::Chatter,
        None => Intent::Unclear,
    };
    Understanding { intent, items: Vec::new(), query }
}

/// A question in the one form that the rules know: simplified characters, half-width signs, no blanks, nobody addressed.
fn question(text: &str) -> String {
    let plain = crate::plan::simplify(&normalise(text));
    let words = plain.split_whitespace().filter(|word| !word.starts_with('@'));
    words.collect::<String>().chars().filter(|character| !matches!(character, '\u{1f000}'..='\u{1faff}')).collect()
}

fn items_of(text: &str, named: &[String], on: NaiveDate) -> Vec<Item> {
    let mut items = Vec::new();
    for segment in segments::split(text, named) {
        let said = progress::read(&segment.words, on);
        if said.is_empty() {
            continue;
        }
        for task in segment.tasks {
            items.push(Item { task, ..said.clone() });
        }
    }
    items
}

const READ: [&str; 12] = [
    "收到",
    "已收到",
    "收悉",
    "知悉",
    "已知悉",
    "已阅",
    "阅",
    "收到谢谢",
    "好的收到",
    "收到我们抓紧办理",
    "收到马上办理",
    "明白",
];
const CHATTER: [&str; 10] = ["好", "好的", "谢谢", "谢谢您", "辛苦了", "ok", "嗯", "嗯嗯", "您好", "你好"];
const WITHDRAW: [&str; 8] =
    ["撤回", "撤销", "作废", "撤回上一条", "撤销上一条", "撤回刚才的反馈", "刚才发错了", "发错了请撤回"];

/// Whether the text is one of these phrases, punctuation and case aside.
fn is_any_of(text: &str, phrases: &[&str]) -> bool {
    let bare: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
    phrases.iter().any(|phrase| bare.eq_ignore_ascii_case(phrase))
}

/// Full-width digits, letters and signs become half-width ones; spaces fold to one; circled numbers become `1.`.
/// Commas, stops and colons of both widths become the Chinese ones, so that the rules know one form.
fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\u{3000}' | '\t' | '\r' | '\u{a0}' => plain.push(' '),
            '①'..='⑳' => plain.push_str(&format!("\n{}.", character as u32 - '①' as u32 + 1)),
            '，' | ',' => plain.push('，'),
            '；' | ';' => plain.push('；'),
            '：' | ':' => plain.push('：'),
            '！' | '!' => plain.push('。'),
            '？' | '?' => plain.push('？'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            '！'..='～' => plain.push(char::from_u32(character as u32 - 0xfee0).unwrap_or(character)),
            _ => plain.push(character),
        }
    }
    plain
}
