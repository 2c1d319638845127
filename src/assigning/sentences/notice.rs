//! What is said of a notice: a document or a text that asks for one thing.

use chrono::NaiveDate;

use crate::assigning::sentences::{what, without_chat};
use crate::assigning::{Asked, Item, Known};
use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::intent::button::assign;
use crate::office::moment::Moment;
use crate::office::plan::Draft;

const LONGEST_LINE: usize = 80;
/// How many doubts are named.
const MOST_DOUBTS: usize = 4;

/// Why nobody can be asked, in one line with the remedy; `None` where somebody can.
pub fn nobody(asked: &Asked, draft: &Draft) -> Option<String> {
    if asked.everybody().next().is_some() {
        return None;
    }
    let why = match asked.left_out().as_slice() {
        [] => "没有读到要求哪些单位办理".to_owned(),
        named => format!("名册上没有相应的单位或成员：{}", named.join("、")),
    };
    Some(format!("{why}，未作交办。请写明单位后发送：{}", by_command(draft)))
}

/// The command that assigns the same.
fn by_command(draft: &Draft) -> String {
    let task = draft.tasks.first();
    let words = task.map(|task| text::cut(&task.text, LONGEST_LINE)).unwrap_or_default();
    let due = task.and_then(|task| task.milestones.first()?.due).map(|due| due.to_string()).unwrap_or_default();
    format!("/assign 省公安厅、省财政厅 {due} {words}")
}

/// What a sent document asks for.
pub fn of_document(id: i64, name: &str, draft: &Draft, (known, again): (&Known, bool), today: NaiveDate) -> Words {
    let title = draft.title.as_deref().unwrap_or(name);
    let number =
        draft.document_number.as_deref().map(|number| format!("（{}）", text::escape(number))).unwrap_or_default();
    let head = format!("<b>{}</b>{number}", text::escape(&text::cut(title, LONGEST_LINE)));
    if again {
        return Words::plain(format!("{head}\n这份文件已经导入过，没有变化。"));
    }
    let head = format!("{head}\n没有分工任务，读到一项要求：");
    match asks(head, draft, known, today) {
        Err(lines) => Words::plain(lines.join("\n")),
        Ok(lines) => Words::plain(lines.join("\n")).with_row(vec![
            Button { text: "确认".to_owned(), data: button::import(id) },
            Button { text: "放弃".to_owned(), data: button::drop(id) },
        ]),
    }
}

/// What a text that was sent on asks for.
pub fn of_text(message_id: i64, draft: &Draft, known: &Known, at: Moment) -> Words {
    match asks("<b>拟交办</b>".to_owned(), draft, known, at.today) {
        Err(lines) => Words::plain(lines.join("\n")),
        Ok(lines) => {
            let confirm = Button { text: "确认".to_owned(), data: assign::assign(message_id) };
            Words::plain(lines.join("\n")).with_row(vec![confirm])
        }
    }
}

/// The lines of a preview; of a refusal, where nobody is meant or the date has passed.
fn asks(head: String, draft: &Draft, known: &Known, today: NaiveDate) -> Result<Vec<String>, Vec<String>> {
    let mut lines = vec![head];
    let task = draft.tasks.first();
    let Some((task, date, due)) = task.and_then(|task| {
        let date = task.milestones.first()?;
        Some((task, date, date.due?))
    }) else {
        lines.push("没有读出办理期限，未作交办。".to_owned());
        return Err(lines);
    };
    if let Some(why) = nobody(&known.asked, draft) {
        lines.push(text::escape(&why));
        return Err(lines);
    }
    if due < today {
        let (day, command) = (phrases::day(due, today), by_command(draft));
        lines.push(format!("期限{day}已过，未作交办。需要督办的，请写明新的期限后发送：{}", text::escape(&command)));
        return Err(lines);
    }
    lines.extend(what(&known.asked.item(&task.text, due), &known.asked, today));
    lines.extend(
        date.doubt.as_ref().map(|doubt| format!("· 期限原文“{}”：{}", text::escape(&date.text), text::escape(doubt))),
    );
    let left_out = known.asked.left_out();
    if !left_out.is_empty() {
        lines.push(format!("· 名册上没有相应的单位或成员，没有计入：{}", text::escape(&left_out.join("、"))));
    }
    lines.extend(
        draft
            .problems
            .iter()
            .take(MOST_DOUBTS)
            .map(|doubt| format!("· {}", text::escape(&format!("{}{}", doubt.message, doubt.hint)))),
    );
    lines.extend(without_chat(known));
    lines.push("点按“确认”后编入“交办”，随当日或下一次提醒送达各单位，与其他任务一样提醒、反馈、办结。".to_owned());
    Ok(lines)
}

/// What importing a notice did, in words.
pub fn imported(number: &str, item: &Item, asked: &Asked) -> String {
    let count = asked.everybody().count();
    let left_out = match asked.left_out().as_slice() {
        [] => String::new(),
        left_out => format!("；名册上没有相应的单位或成员，没有计入：{}", left_out.join("、")),
    };
    format!("交办第{number}项：{}（{}前），单位 {count} 个{left_out}", text::cut(&item.words, LONGEST_LINE), item.due)
}
