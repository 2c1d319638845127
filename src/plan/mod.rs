//! 读方案: bytes of an issued plan document → [`Draft`], with every doubt about it.
//!
//! bytes → `file` (paragraphs and rows of whatever format) → `outline` (numbered items, in the order of `level`) → `part`
//! (which of them are tasks) → `tasks` (sections and tasks) → `doubts`. Tables are read by `table`, with `head` and
//! `column` for their heads and `form` for those of one task, and found in plain text by `plain_table`. The words of a task are told apart by `responsibility` (with
//! `clause`, `charge`, `label`, `units`, `shared_ending` and `duty`), `target`, `begun` and `schedule::deadline`. `marking` refuses what is a state secret. A text
//! without tasks may ask for one thing: `notice`.

mod apart;
mod begun;
mod block;
mod charge;
mod clause;
mod column;
mod doubts;
mod duty;
mod file;
mod form;
mod head;
mod heading;
mod label;
mod level;
mod marking;
mod notice;
mod ordinal;
mod outline;
mod part;
mod persons;
mod plain_table;
mod responsibility;
mod script;
mod shared_ending;
mod span;
mod table;
mod target;
mod tasks;
mod text;
mod times;
mod units;
mod unreadable;

use chrono::NaiveDate;

use crate::office::plan::{Draft, Problem};
use crate::plan::block::Block;
use crate::plan::heading::Heading;
use crate::plan::notice::Notice;
use crate::plan::text::Line;

pub use crate::plan::file::check;
pub use crate::plan::script::simplify;
pub use crate::plan::unreadable::Unreadable;

/// Reads a plan document; its content tells the format.
///
/// # Errors
/// Where the format is not supported, the bytes are no text, the document is marked as a secret, or the text holds no
/// numbered task with a unit and asks for nothing by a day.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Draft, Unreadable> {
    let file::Content { blocks, problems: unseen } = file::content(file_name, bytes)?;
    let mut paragraphs: Vec<&Line> = blocks.iter().filter_map(Block::paragraph).collect();
    marking::refuse_secret(&paragraphs)?;
    let internal = marking::take_internal(&mut paragraphs);
    let heading = heading::read(&paragraphs);
    let notice = notice::read(&paragraphs, &heading);
    let outline = outline::outline(blocks);
    if outline.items.len() > outline::MOST_ITEMS {
        return Err(Unreadable::TooManyItems(outline::MOST_ITEMS));
    }
    let plan = tasks::read(outline, &heading);
    if plan.tasks.is_empty() {
        let notice = notice.ok_or(Unreadable::NoTasks)?;
        let draft = asking(notice, heading, internal.into_iter().chain(unseen));
        return Ok(Draft { set_aside: notice::beside(&draft, plan.set_aside), ..draft });
    }
    let mut problems: Vec<Problem> = internal.into_iter().chain(doubts::find(&plan, &heading)).chain(unseen).collect();
    problems.sort_by_key(|problem| problem.line);
    Ok(Draft {
        title: heading.title,
        document_number: heading.document_number,
        issuer: heading.issuer,
        issued_on: heading.issued_on,
        sections: plan.sections,
        tasks: plan.tasks.into_iter().map(|task| task.draft).collect(),
        problems,
        set_aside: plan.set_aside,
        notice: false,
    })
}

/// What the words of a message ask for that somebody has sent on; a date without a year lies after `on`. `None` where they
/// ask nothing.
pub fn notice_in(text: &str, on: NaiveDate) -> Option<Draft> {
    let lines = text.lines().enumerate().map(|(index, line)| Line { number: index + 1, text: line.trim().to_owned() });
    let lines: Vec<Line> = lines.filter(|line| !line.text.is_empty()).collect();
    let lines: Vec<&Line> = lines.iter().collect();
    let heading = Heading { issued_on: Some(on), ..Heading::default() };
    Some(asking(notice::read(&lines, &heading)?, heading, std::iter::empty()))
}

/// A text that asks for one thing.
fn asking(notice: Notice, heading: Heading, doubts: impl Iterator<Item = Problem>) -> Draft {
    let mut problems: Vec<Problem> = doubts.chain(notice.problems).collect();
    problems.sort_by_key(|problem| problem.line);
    Draft {
        title: heading.title,
        document_number: heading.document_number,
        issuer: heading.issuer,
        issued_on: heading.issued_on,
        tasks: vec![notice.task],
        problems,
        notice: true,
        ..Draft::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Unreadable, read};
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_read() {
        assert_eq!(read("plan.txt", b"  "), Err(Unreadable::Empty));
        assert_eq!(read("plan.txt", b"\xff\xff\xff"), Err(Unreadable::NotText));
        assert_eq!(read("plan.PDF", b"%PDF-1.4"), Err(Unreadable::DamagedLayout));
        assert_eq!(read("plan.doc", b""), Err(Unreadable::Empty));
        assert_eq!(read("plan.ppt", b"1."), Err(Unreadable::Unsupported("ppt".to_owned())));
        assert_eq!(read("plan", b"1."), Err(Unreadable::NoTasks));
        assert_eq!(read("plan.txt", "1.修路\n".repeat(100_001).as_bytes()), Err(Unreadable::TooManyItems(100_000)));
        assert_eq!(read("plan.txt", "没有任务的通知。".as_bytes()), Err(Unreadable::NoTasks));
    }

    /// Pieces that plans are made of, in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "一、",
            "（一）",
            "1.",
            "（1）",
            "①",
            "县档案局",
            "各市、州、县",
            "等",
            "和",
            "牵头",
            "按职责分工负责",
            "责任单位：",
            "完成时限：",
            "（",
            "）",
            "(",
            "】",
            "2021年",
            "13月",
            "6月底前",
            "五年内",
            "日起30日内",
            "99999999",
            "每季度",
            "全年",
            "。",
            "，",
            "；",
            "、",
            "\n",
            "\r",
            "|",
            "\t",
            " ",
            "　",
            "序号",
            "牵头单位",
            "有效期至",
            "至",
            "第",
            "9999年12月31日",
            "《",
            "》",
            "%",
            "〇",
            "千",
            "的，",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read("plan.txt", &bytes);
        }

        #[test]
        fn any_text_is_answered(text in ".{0,200}") {
            let _ = read("plan.md", text.as_bytes());
        }

        #[test]
        fn any_mixture_of_pieces_is_answered(text in pieces()) {
            if let Ok(draft) = read("plan.txt", text.as_bytes()) {
                for task in &draft.tasks {
                    let named = task.leads.iter().chain(&task.responsible).chain(&task.supporting);
                    prop_assert!(named.clone().all(|name| !task.collectives.contains(name)));
                }
            }
        }
    }
}
