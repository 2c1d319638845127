//! Sentences about what a coordinator has recorded for a unit.

use chrono::NaiveDate;

use crate::chat::words::{Words, repeated};
use crate::chat::{phrases, text};
use crate::reporting::sentences::{Recorded, understood};

const LONGEST_QUOTE: usize = 120;

pub fn no_such_unit(unit: &str) -> Words {
    Words::plain(format!(
        "名册上没有“{}”，未作登记。请核对名称后重发，例如：/record 省公安厅 5 60% 说明",
        text::escape(&text::cut(unit, 40))
    ))
}

/// An edit that names another unit.
pub fn of_another_unit(unit: &str) -> Words {
    Words::plain(format!(
        "这条代录已登记在另一单位名下，未作更改。请先撤回，再为{}重新发送 /record。",
        text::escape(unit)
    ))
}

/// To the unit; a reply to it corrects what is wrong.
pub fn recorded(reports: &[Recorded<'_>], person: &str, said: &str, today: NaiveDate) -> Words {
    let lines = reports.iter().map(|one| match one.item.aside {
        None => understood(one, &phrases::task_line(one.duty), today),
        Some(aside) => format!("{}：{}", phrases::task_line(one.duty), aside.label()),
    });
    let head = format!("【代录】按贵单位来电登记（{}）：", text::escape(person));
    let tail = format!("原话：{}\n如有出入，请回复本条更正。", repeated(said, LONGEST_QUOTE));
    let html = std::iter::once(head).chain(lines).chain([tail]).collect::<Vec<_>>().join("\n");
    Words::plain(html).about(reports.iter().map(|one| one.duty.task.id))
}

pub fn withdrawn(numbers: &[String], person: &str) -> Words {
    Words::plain(format!("【代录】已撤回第{}项的登记（{}）。", numbers.join("、"), text::escape(person)))
}
