//! What stands behind commands about a task: `/task 5 省公安厅`, `/history 营商环境 5`, `/remind 第5项`.

use crate::intent::command::{Command, task_number};
use crate::office::called::Called;
use crate::understanding::task_called;

/// A task, and the unit whose part in it is meant.
pub fn task(words: &str) -> Command {
    match task_called(words) {
        Some((called, unit)) if !unit.trim().is_empty() => Command::Task { called, unit: Some(unit.trim().to_owned()) },
        _ => Command::Task { called: called(words), unit: None },
    }
}

/// The task that all of the words name. What is no number is one that nobody has.
pub fn called(words: &str) -> Called {
    let called = task_called(words).filter(|(_, rest)| rest.is_empty()).map(|(called, _)| called);
    called.unwrap_or_else(|| Called { plan: None, number: task_number(words) })
}

/// A number, and whether whole messages are wanted.
pub fn history(words: &str) -> Command {
    let bare = words.strip_suffix("全文");
    Command::History { called: called(bare.unwrap_or(words).trim_end()), whole: bare.is_some() }
}

/// A number, a unit, or both.
pub fn remind(words: &str) -> Command {
    let named = |name: &str| (!name.trim().is_empty()).then(|| name.trim().to_owned());
    match task_called(words) {
        Some((called, rest)) => Command::Remind { called: Some(called), unit: named(rest) },
        None => Command::Remind { called: None, unit: named(words) },
    }
}
