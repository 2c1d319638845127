//! Buttons that make tasks, and those that take back what was changed of them.

use crate::office::ids::TaskId;

/// Makes a task of what the message proposes.
pub fn assign(message_id: i64) -> String {
    format!("v1:assign:{message_id}")
}

/// Takes back that a task is over.
pub fn restore(task: TaskId) -> String {
    format!("v1:restore:{}", task.0)
}
