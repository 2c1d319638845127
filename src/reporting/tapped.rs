//! Reports in one tap: the data behind the buttons below a digest.

use chrono::{Datelike, NaiveDate};

use crate::office::ids::TaskId;
use crate::reporting::meaning::Meaning;
use crate::understanding::Item;

/// What a tap says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// How one task stands.
    Report { told: Told, task: TaskId },
    /// 有困难: which one has to be told in words.
    Trouble { task: TaskId },
    /// 无变化 of all tasks that a part of the digest of a day names.
    AllUnchanged { day: NaiveDate, part: usize },
}

/// How a task stands, as a button tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Unchanged,
    InProgress,
    Done,
}

impl Told {
    pub const ALL: [Told; 3] = [Told::Unchanged, Told::InProgress, Told::Done];

    pub fn label(self) -> &'static str {
        match self {
            Told::Unchanged => "无变化",
            Told::InProgress => "推进中",
            Told::Done => "已完成",
        }
    }

    /// What it says of a task.
    pub fn item(self) -> Item {
        match self {
            Told::Unchanged => Item { unchanged: true, ..Item::default() },
            Told::InProgress => Meaning::Progress.item(),
            Told::Done => Meaning::Claim.item(),
        }
    }
}

pub fn tell(told: Told, task: TaskId) -> String {
    format!("v1:tap:{}:{}", told as u8, task.0)
}

pub fn trouble(task: TaskId) -> String {
    format!("v1:trouble:{}", task.0)
}

/// Other digests of the chat have another day, and the other messages of the same digest another part.
pub fn all_unchanged(day: NaiveDate, part: usize) -> String {
    format!("v1:same:{}:{part}", day.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::seal::LONGEST_DATA;
    use crate::intent::{Intent, button};

    #[test]
    fn a_tap_is_read_as_it_was_drawn() {
        let task = TaskId(1 << 53);
        let day = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap();
        let drawn = Told::ALL.map(|told| (tell(told, task), Tap::Report { told, task })).into_iter().chain([
            (trouble(task), Tap::Trouble { task }),
            (all_unchanged(day, 9_999), Tap::AllUnchanged { day, part: 9_999 }),
        ]);
        for (data, tap) in drawn {
            assert!(data.len() <= LONGEST_DATA, "{data}");
            assert_eq!(button::read(&data), Some(Intent::Tap(tap)), "{data}");
        }
        for data in ["v1:tap:3:5", "v1:tap:5", "v1:trouble", "v1:same:5"] {
            assert_eq!(button::read(data), None, "{data}");
        }
    }
}
