//! 今天有什么要我处理的: all that waits for the coordinators, each with its buttons.

use crate::chat::phrases;
use crate::chat::words::Block;
use crate::office::figures::Figures;
use crate::questions::counting::DueDate;
use crate::questions::page::Answer;
use crate::questions::sentences::due_line;
use crate::{problems, reporting, review};

/// How much of a problem is repeated.
const LONGEST_QUOTE: usize = 60;

pub fn answer(figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let rulings = review::sentences::pending::blocks(None, figures);
    let problems: Vec<Block> = figures
        .problems
        .iter()
        .map(|(duty, problem)| {
            let line = problems::sentences::line(duty, problem, at, LONGEST_QUOTE);
            Block::task(format!("问题：{line}"), duty.task.id)
                .with_button(problems::sentences::answer_button(duty, problem.key()))
        })
        .collect();
    let due: Vec<Block> =
        figures.due_within(at.today, at.today).filter_map(DueDate::of).map(|date| due_line(&date, at.today)).collect();
    let counts =
        [("待核定", rulings.len(), "件"), ("待答复的问题", problems.len(), "个"), ("今日到期", due.len(), "个")];
    let counts = counts.into_iter().filter(|(_, count, _)| *count > 0);
    let told: Vec<String> = counts.map(|(label, count, measure)| format!("{label} {count} {measure}")).collect();
    let unconfirmed = reporting::sentences::unconfirmed::blocks_of_office(&figures.unconfirmed, at);
    let head = if told.is_empty() {
        "目前没有待您处理的事项。".to_owned()
    } else {
        format!("<b>待您处理</b>：{}", told.join("，"))
    };
    let lines = rulings.into_iter().chain(problems).chain(due).collect();
    Answer::new(head, phrases::numbered(lines).into_iter().chain(unconfirmed))
}
