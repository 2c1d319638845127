//! Buttons that make tasks, of documents too, and those that take back what was changed of them.

use crate::importing;
use crate::importing::{Amendments, Word};
use crate::intent::Intent;
use crate::office::ids::TaskId;

/// Makes a task of what the message proposes.
pub fn assign(message_id: i64) -> String {
    format!("v1:assign:{message_id}")
}

/// Takes back that a task is over.
pub fn restore(task: TaskId) -> String {
    format!("v1:restore:{}", task.0)
}

/// Imports a document, and takes back what coordinators have changed of its plan.
pub fn import_as_printed(document: i64) -> String {
    format!("v1:reimport:{document}")
}

/// A coordinator's word on a document.
pub fn word(action: &str, document: i64) -> Option<Intent> {
    let word = match action {
        "import" => Word::Import(Amendments::Kept),
        "reimport" => Word::Import(Amendments::Ended),
        "drop" => Word::Drop,
        _ => return None,
    };
    Some(Intent::Importing(importing::Wanted::Decide { document, word }))
}
