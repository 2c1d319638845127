//! Sentences about practices that are worth passing on.

use super::super::duty::Duty;
use super::super::figures::Figures;
use super::super::intent::button;
use super::super::practice::Practice;
use super::{Block, Button, Words, cut, day, escape, task_line};

/// How much of a practice is repeated.
const LONGEST_QUOTE: usize = 200;

/// What is seen for a moment.
pub fn marked(recommended: bool) -> &'static str {
    if recommended { "已推荐。" } else { "已取消推荐。" }
}

pub fn recommended(duty: &Duty, practice: &Practice, recommended: bool, person: &str) -> Words {
    let what = if recommended { "推荐经验" } else { "取消推荐经验" };
    let (person, unit) = (escape(person), escape(&duty.unit.name));
    let quote = escape(&cut(&practice.what, LONGEST_QUOTE));
    Words::plain(format!("{person} {what}：{}（{unit}）“{quote}”", task_line(duty))).about([duty.task.id])
}

/// Those that are recommended first, each with a button that recommends it or takes that back.
pub(super) fn lines(figures: &Figures<'_>) -> Vec<Block> {
    let at = figures.totals.at;
    let lines = figures.practices.iter().map(|(duty, practice)| {
        let (unit, said) = (escape(&duty.unit.name), day(at.day_of(practice.said_at), at.today));
        let mark = if practice.recommended { "〔推荐〕" } else { "" };
        let quote = escape(&cut(&practice.what, LONGEST_QUOTE));
        let text = if practice.recommended { "取消推荐" } else { "推荐" };
        let recommend = Button {
            text: format!("第{}项 {text}", duty.task.number),
            data: button::recommend(duty.id, practice.id, !practice.recommended),
        };
        Block::task(format!("{mark}{}｜{unit}（{said}）：{quote}", task_line(duty)), duty.task.id)
            .with_button(recommend)
    });
    lines.collect()
}
