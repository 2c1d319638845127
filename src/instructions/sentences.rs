//! 批示 and its answer, and a report in full.

use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::instructions::{Said, Whole};
use crate::intent::button;
use crate::office::duty::Duty;

const LONGEST_INSTRUCTION: usize = 600;
/// Words that are longer stand in several blocks.
const LONGEST_BLOCK: usize = 500;

/// To the unit, under its report.
pub fn instruction(duty: &Duty, person: &str, words: &str) -> Words {
    let (person, words) = (text::escape(person), text::escape(&text::cut(words.trim(), LONGEST_INSTRUCTION)));
    let task = phrases::task_line(duty);
    Words::plain(format!("<b>批示</b>　{task}\n督办员{person}：{words}\n请回复本条，将转报督办员。"))
        .about([duty.task.id])
}

/// To the coordinator.
pub fn passed_on(duty: &Duty) -> Words {
    Words::plain(format!("已作为批示转{}，答复将转回本条之下。", text::escape(&duty.unit.name))).about([duty.task.id])
}

/// The unit's answer, under the coordinator's words.
pub fn answer(duty: &Duty, person: &str, words: &str) -> Words {
    let (unit, person) = (text::escape(&duty.unit.name), text::escape(person));
    let said = match words.trim() {
        "" => "（附件）".to_owned(),
        words => text::escape(&text::cut(words, LONGEST_INSTRUCTION)),
    };
    let task = phrases::task_line_in_office(duty);
    Words::plain(format!("<b>{unit}</b>（{person}）答复批示　{task}\n{said}")).about([duty.task.id])
}

pub fn answer_passed_on() -> Words {
    Words::plain("已转报督办员。如为进展，请写明进度，例如“已补充验收报告，推进中”。")
}

/// Below what coordinators are told of a report: what does not fit into it.
pub fn openers(said: Said, is_cut: bool, has_files: bool) -> Vec<Button> {
    let files = has_files
        .then(|| Button { text: "查看附件".to_owned(), data: button::evidence::open(said.duty, said.message_id) });
    let whole = is_cut.then(|| Button { text: "全文".to_owned(), data: button::look::whole(said) });
    whole.into_iter().chain(files).collect()
}

pub fn whole(whole: &Whole) -> Vec<Words> {
    let head = format!("<b>{}</b>（{}）反馈全文：", text::escape(&whole.unit), text::escape(&whole.person));
    let characters: Vec<char> = text::without_command(whole.text.trim()).chars().collect();
    let blocks =
        characters.chunks(LONGEST_BLOCK).map(|part| Block::text(text::escape(&part.iter().collect::<String>())));
    messages(std::iter::once(Block::text(head)).chain(blocks).collect())
}
