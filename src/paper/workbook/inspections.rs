//! The sheet 专项督查: who has answered what, a row an answer, and a row for each unit that has not.

use crate::chat::text;
use crate::evidence;
use crate::inspections::{Answer, Inspection};
use crate::office::moment::Moment;
use crate::paper::PaperError;
use crate::paper::workbook::{Cell, Column, LedgerWorkbook};

const INSPECTIONS: [Column; 12] = [
    ("编号", 8.0),
    ("要求", 40.0),
    ("任务", 16.0),
    ("期限", 12.0),
    ("关闭日期", 12.0),
    ("单位", 24.0),
    ("情况", 10.0),
    ("答复人", 12.0),
    ("答复时间", 18.0),
    ("内容", 60.0),
    ("佐证", 24.0),
    ("佐证校验值（SHA-256）", 40.0),
];

impl LedgerWorkbook {
    pub fn add_inspections(&mut self, inspections: &[Inspection], moment: Moment) -> Result<(), PaperError> {
        let mut sheet = self.sheet("专项督查", &INSPECTIONS)?;
        for one in inspections {
            let tasks = one.tasks.iter().map(|task| task.number.as_str()).collect::<Vec<_>>().join("、");
            for part in &one.parts {
                let head = [
                    Cell::Number(one.number),
                    Cell::Text(&one.words),
                    Cell::Text(&tasks),
                    Cell::Day(one.due),
                    one.closed_on.map_or(Cell::Nothing, Cell::Day),
                    Cell::Text(&part.unit.name),
                ];
                if part.answers.is_empty() {
                    sheet.row(&head.into_iter().chain([Cell::Text("未答复")]).collect::<Vec<_>>())?;
                    continue;
                }
                for answer in &part.answers {
                    let (files, digests, link) = exhibited(answer);
                    let answered = [
                        Cell::Text(if answer.edited > 0 { "已答复（已修改）" } else { "已答复" }),
                        Cell::Text(&answer.person),
                        Cell::Time(answer.at.with_timezone(&moment.zone).naive_local()),
                        Cell::Text(&answer.text),
                        match &link {
                            Some(link) if !files.is_empty() => Cell::Link(link, &files),
                            _ => Cell::Text(&files),
                        },
                        Cell::Text(&digests),
                    ];
                    sheet.row(&head.iter().copied().chain(answered).collect::<Vec<_>>())?;
                }
            }
        }
        sheet.finish()
    }
}

/// The names of the files of an answer, their digests, and where its message can be opened.
fn exhibited(answer: &Answer) -> (String, String, Option<String>) {
    let names = answer.files.iter().map(|file| file.name.as_deref().unwrap_or_else(|| evidence::label(&file.kind)));
    let digests = answer.files.iter().filter_map(|file| file.sha256.as_deref());
    let (chat, message) = answer.source;
    (names.collect::<Vec<_>>().join("、"), digests.collect::<Vec<_>>().join("\n"), text::message_link(chat, message))
}
