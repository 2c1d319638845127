//! 批示 and its answer, and a report in full.

use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::instructions::{Said, Whole};
use crate::intent::button;
use crate::office::duty::Duty;

const LONGEST_INSTRUCTION: usize = 600;
/// In UTF-16 units: a longer paragraph goes on in another message.
const LONGEST_PART: usize = 3800;

/// To the unit, under its report.
pub fn instruction(duty: &Duty, person: &str, words: &str) -> Words {
    let (person, words) = (phrases::coordinator(person), text::escape(&text::cut(words.trim(), LONGEST_INSTRUCTION)));
    let task = phrases::task_line(duty);
    Words::plain(format!("<b>批示</b>　{task}\n{person}：{words}\n请回复本条，将转报督办员。")).about([duty.task.id])
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

/// `claimed`: whether its task waits to be signed off.
pub fn answer_passed_on(claimed: bool) -> Words {
    Words::plain(match claimed {
        true => "已转报督办员，办结申请仍待核定。",
        false => "已转报督办员。如为进展，请写明进度，例如“已补充验收报告，推进中”。",
    })
}

/// Whether the coordinator sees only the beginning of an answer.
pub fn is_cut(said: &str) -> bool {
    said.trim().chars().count() > LONGEST_INSTRUCTION
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
    let paragraphs = text::without_command(whole.text.trim()).lines();
    let blocks = paragraphs.flat_map(parts).map(|part| Block::text(text::escape(part)));
    messages(std::iter::once(Block::text(head)).chain(blocks).collect())
}

/// A paragraph in parts that a message has room for, each ending with a sentence or a clause where there is one.
fn parts(paragraph: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), paragraph);
    while let Some(room) = end_of_room(rest) {
        let fits = &rest[..room];
        let ends = ["。！？；", "，、："].into_iter().find_map(|marks| fits.rfind(|mark| marks.contains(mark)));
        let end = ends.map_or(room, |at| at + fits[at..].chars().next().map_or(0, char::len_utf8));
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    parts
}

/// Where a message has no room for more of the text; `None` where all of it fits.
fn end_of_room(text: &str) -> Option<usize> {
    let mut length = 0;
    let past = |(_, character): &(usize, char)| {
        length += character.len_utf16();
        length > LONGEST_PART
    };
    text.char_indices().find(past).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_after_a_sentence_and_lose_nothing() {
        let words = "一是完善机制，出台了配套文件三份；".repeat(400);
        let parts = parts(&words);
        assert_eq!(parts.concat(), words);
        assert_eq!(parts.len(), 2);
        assert!(parts[0].ends_with('；') && text::utf16_length(parts[0]) > LONGEST_PART - 40);
        let unbroken = "字".repeat(LONGEST_PART + 1);
        assert_eq!(super::parts(&unbroken).concat(), unbroken);
    }
}
