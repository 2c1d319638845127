//! Sentences about practices that are worth passing on.

use crate::chat::words::{Block, Button, Words};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::figures::Figures;
use crate::practices::Practice;
use crate::review;

/// How much of a practice is repeated.
const LONGEST_QUOTE: usize = 200;
const LONGEST_SUBJECT: usize = 20;

/// What is seen for a moment.
pub fn marked(recommended: bool) -> &'static str {
    if recommended { "已推荐。" } else { "已取消推荐。" }
}

/// `推荐`, on a button and below the one that was used.
pub fn mark(recommended: bool) -> &'static str {
    if recommended { "推荐" } else { "取消推荐" }
}

/// `第5项 省公安厅“一窗受理”`
pub fn subject(duty: &Duty, practice: &Practice) -> String {
    format!("{}“{}”", review::sentences::subject(duty), text::escape(&text::cut(&practice.what, LONGEST_SUBJECT)))
}

/// With a button that takes it back.
pub fn recommended(duty: &Duty, practice: &Practice, recommended: bool, person: &str) -> Words {
    let what = if recommended { "推荐经验" } else { "取消推荐经验" };
    let (person, unit) = (text::escape(person), text::escape(&duty.unit.name));
    let quote = text::escape(&text::cut(&practice.what, LONGEST_QUOTE));
    Words::plain(format!("{person} {what}：{}（{unit}）“{quote}”", phrases::task_line_in_office(duty)))
        .about([duty.task.id])
        .with_row(vec![marking(duty, practice, !recommended)])
}

/// Those that are recommended first, each with a button that recommends it or takes that back.
pub fn lines(figures: &Figures<'_>) -> Vec<Block> {
    let at = figures.totals.at;
    let lines = figures.practices.iter().map(|(duty, practice)| {
        let (unit, said) = (text::escape(&duty.unit.name), phrases::day(at.day_of(practice.said_at), at.today));
        let recommended = if practice.recommended { "〔推荐〕" } else { "" };
        let quote = text::escape(&text::cut(&practice.what, LONGEST_QUOTE));
        Block::task(
            format!("{recommended}{}｜{unit}（{said}）：{quote}", phrases::task_line_in_office(duty)),
            duty.task.id,
        )
        .with_button(marking(duty, practice, !practice.recommended))
    });
    phrases::numbered(lines.collect())
}

fn marking(duty: &Duty, practice: &Practice, recommended: bool) -> Button {
    Button {
        text: format!("{} {}", phrases::task_label(duty), mark(recommended)),
        data: button::recommend(duty.id, practice.id, recommended),
    }
}
