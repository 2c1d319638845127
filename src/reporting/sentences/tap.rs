//! The buttons that report in one tap, and what is said of them.

use chrono::NaiveDate;

use crate::chat::phrases;
use crate::chat::words::{Button, Words};
use crate::office::duty::{Duty, TaskRef};
use crate::reporting::tapped;
use crate::reporting::tapped::Told;

pub const TROUBLE: &str = "有困难";
pub const ALL_UNCHANGED: &str = "全部无变化";
pub const ONE_BY_ONE: &str = "逐项填报";
pub const TROUBLE_WANTED: &str = "请说明困难。";

/// Below one message of a digest. `tasks`: those of which it asks something; `alone`: it names no others.
pub fn rows(tasks: &[&TaskRef], alone: bool, (day, part): (NaiveDate, usize)) -> Vec<Vec<Button>> {
    match tasks {
        [] => Vec::new(),
        [only] => {
            let named = |label: &str| if alone { label.to_owned() } else { format!("第{}项 {label}", only.number) };
            let tell = |told: Told| Button { text: named(told.label()), data: tapped::tell(told, only.id) };
            let trouble = Button { text: named(TROUBLE), data: tapped::trouble(only.id) };
            vec![vec![tell(Told::Unchanged), tell(Told::InProgress)], vec![trouble, tell(Told::Done)]]
        }
        _ => {
            let all = Button { text: ALL_UNCHANGED.to_owned(), data: tapped::all_unchanged(day, part) };
            vec![vec![all, Button { text: ONE_BY_ONE.to_owned(), data: tapped::one_by_one(day) }]]
        }
    }
}

/// Asks for the words behind 有困难.
pub fn trouble_wanted(duty: &Duty) -> Words {
    Words::plain(format!("{}：请回复本条，说明困难和需要协调的事项。", phrases::task_line(duty))).about([duty.task.id])
}
