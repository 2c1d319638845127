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
    /// 逐项填报: the message shows one after the other the tasks that nothing was said of since that day.
    OneByOne { since: NaiveDate },
    /// What is told of the task that the message shows.
    Turn { task: TaskId, turn: Turn, since: NaiveDate },
}

/// What is told of a task that is shown by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Tell(Told),
    /// 有困难: the words are asked for.
    Trouble,
    Skip,
    /// Takes back what was told of this task and shows it again.
    Back,
}

impl Turn {
    pub const ALL: [Turn; 6] = [
        Turn::Tell(Told::Unchanged),
        Turn::Tell(Told::InProgress),
        Turn::Tell(Told::Done),
        Turn::Trouble,
        Turn::Skip,
        Turn::Back,
    ];

    fn key(self) -> u8 {
        match self {
            Turn::Tell(told) => told as u8,
            Turn::Trouble => 3,
            Turn::Skip => 4,
            Turn::Back => 5,
        }
    }

    pub fn from_key(key: i64) -> Option<Turn> {
        Turn::ALL.into_iter().find(|turn| i64::from(turn.key()) == key)
    }
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

/// Before the data of what is told of tasks one after the other.
const TURN: &str = "v1:turn:";
const ONE_BY_ONE: &str = "v1:each:";

pub fn one_by_one(since: NaiveDate) -> String {
    format!("{ONE_BY_ONE}{}", since.num_days_from_ce())
}

pub fn turn(task: TaskId, turn: Turn, since: NaiveDate) -> String {
    format!("{TURN}{}:{}:{}", turn.key(), task.0, since.num_days_from_ce())
}

/// Whether a button belongs to the tasks that are shown one after the other.
pub fn is_of_page(data: &str) -> bool {
    data.starts_with(TURN) || data.starts_with(ONE_BY_ONE)
}

/// Whether a button tells the same of all tasks.
pub fn is_of_all(data: &str) -> bool {
    data.starts_with("v1:same:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::seal::LONGEST_DATA;
    use crate::intent::{Intent, button};
    use crate::reporting;

    #[test]
    fn a_tap_is_read_as_it_was_drawn() {
        let task = TaskId(1 << 53);
        let day = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap();
        let drawn = Told::ALL.map(|told| (tell(told, task), Tap::Report { told, task })).into_iter().chain([
            (trouble(task), Tap::Trouble { task }),
            (all_unchanged(day, 9_999), Tap::AllUnchanged { day, part: 9_999 }),
            (one_by_one(day), Tap::OneByOne { since: day }),
        ]);
        let turned = Turn::ALL.map(|one| (turn(task, one, day), Tap::Turn { task, turn: one, since: day }));
        for (data, tap) in drawn.chain(turned) {
            assert!(data.len() <= LONGEST_DATA, "{data}");
            assert_eq!(button::read(&data), Some(Intent::Reporting(reporting::Wanted::Tap(tap))), "{data}");
        }
        for data in
            ["v1:tap:3:5", "v1:tap:5", "v1:trouble", "v1:same:5", "v1:each", "v1:turn:6:5:737000", "v1:turn:0:5"]
        {
            assert_eq!(button::read(data), None, "{data}");
        }
    }
}
