//! Reads the buttons that report in one tap.

use super::date;
use crate::office::ids::TaskId;
use crate::reporting::tapped::{Tap, Told, Turn};

/// `None` for the data of a button that nobody draws.
pub fn read(action: &str, numbers: &[i64]) -> Option<Tap> {
    match (action, numbers) {
        ("tap", [told, task]) => {
            let told = Told::ALL.into_iter().find(|known| *known as i64 == *told)?;
            Some(Tap::Report { told, task: TaskId(*task) })
        }
        ("trouble", [task]) => Some(Tap::Trouble { task: TaskId(*task) }),
        ("same", [day, part]) => Some(Tap::AllUnchanged { day: date(*day)?, part: usize::try_from(*part).ok()? }),
        ("each", [since]) => Some(Tap::OneByOne { since: date(*since)? }),
        ("turn", [turn, task, since]) => {
            Some(Tap::Turn { task: TaskId(*task), turn: Turn::from_key(*turn)?, since: date(*since)? })
        }
        _ => None,
    }
}
