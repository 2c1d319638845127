//! 牵头单位: what the contacts of a unit that leads a task hear of the others' parts in it.

use crate::chat::words::{Block, Button};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::questions::sentences::task::parts;

/// How many units can be asked by button; the others by `/remind`.
const MOST_BUTTONS: usize = 8;
/// How much of a unit's name stands on a button.
const LONGEST_LABEL: usize = 14;

/// The others' parts in one task.
#[derive(Clone, Debug, Default)]
pub struct Others<'a> {
    pub duties: Vec<&'a Duty>,
    /// Those that were asked beside the schedule and have not answered today.
    pub asked: Vec<&'a Duty>,
    /// Those that may be asked now.
    pub askable: Vec<&'a Duty>,
}

/// How the others stand, with their latest words; nothing where the unit is alone.
pub fn blocks(others: &Others<'_>, at: Moment) -> Vec<Block> {
    if others.duties.is_empty() {
        return Vec::new();
    }
    let asked: Vec<String> = others.asked.iter().map(|duty| text::escape(&duty.unit.name)).collect();
    let asked = (!asked.is_empty()).then(|| Block::text(format!("已催办，尚未反馈：{}。", phrases::names(&asked))));
    let more = others.askable.len() > MOST_BUTTONS;
    let more = more.then(|| Block::text("催办未列出的单位，请发送“/remind 任务序号 单位名称”。"));
    let head = Block::text(format!("<b>其他单位进展</b>（{} 个单位）：", others.duties.len()));
    let parts = parts(&others.duties, at, |_| Vec::new());
    std::iter::once(head).chain(parts).chain(asked).chain(more).collect()
}

/// `催办 省公安厅`, two a row: first the units that the task names itself, then those that were never heard of.
pub fn buttons(others: &Others<'_>) -> Vec<Vec<Button>> {
    let mut askable = others.askable.clone();
    askable.sort_by_key(|duty| (duty.via.is_some(), duty.last_report.is_some()));
    let buttons: Vec<Button> = askable
        .iter()
        .take(MOST_BUTTONS)
        .map(|duty| Button {
            text: format!("催办 {}", text::cut(&duty.unit.name, LONGEST_LABEL)),
            data: button::nudge(duty.id),
        })
        .collect();
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}
