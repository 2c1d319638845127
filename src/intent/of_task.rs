//! What stands behind commands about a task: `/task 5 省公安厅`, `/history 营商环境 5`, `/remind 第5项`; of those that report, as a
//! reply would say it.

use crate::intent::command::{Command, task_number};
use crate::office::called::Called;
use crate::understanding::task_called;

/// A task, and the unit whose part in it is meant.
pub fn task(words: &str) -> Command {
    match task_called(words) {
        Some((called, unit)) if !unit.trim().is_empty() && of_numbered_plan(words).is_none() => {
            Command::Task { called, unit: Some(unit.trim().to_owned()) }
        }
        _ => Command::Task { called: called(words), unit: None },
    }
}

/// The task that all of the words name; of two numbers the first is the plan's. What is no number is one that nobody has.
pub fn called(words: &str) -> Called {
    if let Some(called) = of_numbered_plan(words) {
        return called;
    }
    let called = task_called(words).filter(|(_, rest)| rest.is_empty()).map(|(called, _)| called);
    called.unwrap_or_else(|| Called { plan: None, number: task_number(words) })
}

/// `2 5`
fn of_numbered_plan(words: &str) -> Option<Called> {
    let (plan, number) = words.split_once(char::is_whitespace)?;
    let (plan, number) = (plan.to_owned(), number.trim().to_owned());
    let are_numbers = plan.bytes().chain(number.bytes()).all(|one| one.is_ascii_digit());
    (are_numbers && !number.is_empty()).then_some(Called { plan: Some(plan), number })
}

/// A number, and whether whole messages are wanted.
pub fn history(words: &str) -> Command {
    let bare = words.strip_suffix("全文");
    Command::History { called: called(bare.unwrap_or(words).trim_end()), whole: bare.is_some() }
}

/// A number, a unit, or both.
pub fn remind(words: &str) -> Command {
    let named = |name: &str| (!name.trim().is_empty()).then(|| name.trim().to_owned());
    match of_numbered_plan(words).map(|called| (called, "")).or_else(|| task_called(words)) {
        Some((called, rest)) => Command::Remind { called: Some(called), unit: named(rest) },
        None => Command::Remind { called: None, unit: named(words) },
    }
}

/// `/later 5` in the words of a reply: `5：稍后反馈`.
pub fn later(numbers: &str) -> String {
    match numbers {
        "" => "稍后反馈".to_owned(),
        numbers => format!("{numbers}：稍后反馈"),
    }
}

/// `/report 5 方案已印发` in the words of a reply: `5：方案已印发`. A list of numbers stays as it is.
pub fn headed(words: &str) -> String {
    let (number, said) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let said = said.trim_start();
    let figures = said.find(|character: char| !character.is_ascii_digit()).unwrap_or(said.len());
    let lists = figures > 0
        && said[figures..].chars().next().is_none_or(|next| next.is_whitespace() || "、，,和及".contains(next));
    let is_number = !number.is_empty() && number.chars().all(|character| character.is_ascii_digit());
    if is_number && !said.is_empty() && !lists { format!("{number}：{said}") } else { words.to_owned() }
}

/// `/done 5 说明` in the words of a reply: `5：已完成。说明`.
pub fn done(words: &str) -> String {
    let (task, remark) = task_in_words(words);
    format!("{task}：已完成。{remark}")
}

/// The task as a reply names it, and what follows.
pub fn task_in_words(words: &str) -> (String, &str) {
    match task_called(words) {
        Some((Called { plan: Some(plan), number }, rest)) => (format!("{plan}第{number}项"), rest.trim_start()),
        _ => {
            let (number, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            (number.to_owned(), rest)
        }
    }
}
