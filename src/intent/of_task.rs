//! What stands behind commands about a task: `/task 5 省公安厅`, `/history 营商环境 5`, `/remind 第5项`.

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
