//! 佐证材料有哪些: the reports that came with files.

use crate::chat::words::{Block, Button};
use crate::chat::{phrases, text};
use crate::intent::button::evidence;
use crate::office::duty::Duty;
use crate::office::figures::Figures;
use crate::questions::Filed;
use crate::questions::page::Answer;
use crate::questions::sentences::picked;
use crate::understanding::Query;

/// How many files of a report are named.
const MOST_NAMED: usize = 3;
const LONGEST_NAME: usize = 30;

pub fn answer(query: &Query, figures: &Figures<'_>, filed: &[Filed]) -> Answer {
    let at = figures.totals.at;
    let whose = query.unit.as_deref().map(text::escape).unwrap_or_default();
    let span = picked::span(query, at.today);
    let duty = |one: &Filed| {
        let mut duties = figures.duties();
        duties.find(|duty| duty.id == one.duty)
    };
    let found: Vec<(&Filed, &Duty)> = filed.iter().filter_map(|one| Some((one, duty(one)?))).collect();
    if found.is_empty() {
        return Answer::new(format!("{span}{whose}的反馈没有附佐证。"), []);
    }
    let files: usize = found.iter().map(|(one, _)| one.names.len()).sum();
    let lines = found.iter().map(|(one, duty)| {
        let named: Vec<String> =
            one.names.iter().take(MOST_NAMED).map(|name| text::escape(&text::cut(name, LONGEST_NAME))).collect();
        let more = if one.names.len() > MOST_NAMED { format!("等{}件", one.names.len()) } else { String::new() };
        let (day, unit) = (phrases::day(at.day_of(one.at), at.today), text::escape(&duty.unit.name));
        let line = format!("{}｜{unit}（{day}）：{}{more}", phrases::task_line_in_office(duty), named.join("、"));
        let open = Button {
            text: format!("{} 佐证{}件", phrases::task_label(duty), one.names.len()),
            data: evidence::open(duty.id, one.message_id),
        };
        Block::task(line, duty.task.id).with_button(open)
    });
    let head = format!("<b>{span}{whose}佐证 {files} 件</b>，随 {} 条反馈", found.len());
    Answer::new(head, phrases::numbered(lines.collect()))
}
