//! 分解步骤: what is said of the steps of a duty.

use chrono::NaiveDate;

use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::duty::{Duty, TaskRef};
use crate::steps::{Mark, Step, View, progress};
use crate::understanding::steps::Doubt;

pub const TICKED: &str = "已标记完成。";
pub const REOPENED: &str = "已撤销完成标记。";
pub const REMOVED: &str = "已移除。需要时请重新登记。";
pub const ALREADY_DONE: &str = "该步骤此前已标记完成，无需重复操作。";
pub const ALREADY_OPEN: &str = "该步骤目前未标记完成，无需撤销。";
pub const TAKE_TICK_BACK_FIRST: &str = "该步骤已标记完成，如需移除，请先撤销完成标记。";

/// How much of a step stands on a button.
const LONGEST_LABEL: usize = 14;
/// How much of a line that was not read is repeated.
const LONGEST_QUOTE: usize = 120;

/// The steps of a duty with their buttons, after lines about what has just become of them.
pub fn card(duty: &Duty, preface: Vec<String>, today: NaiveDate) -> Words {
    let (done, all) = progress(&duty.steps);
    let head = match all {
        0 => {
            format!(
                "{}：尚未分解步骤。例如：/step {} 9月15日 完成系统联调",
                phrases::task_line(duty),
                text::escape(&duty.task.number)
            )
        }
        _ => format!("{}　分解步骤（{done}/{all} 已完成）", phrases::task_line(duty)),
    };
    let blocks = preface.into_iter().map(Block::text).chain([Block::task(head, duty.task.id)]);
    let mut words = messages(blocks.chain(lines(duty, today).map(Block::text)).collect()).pop().unwrap_or_default();
    words.buttons = buttons(duty, View::Steps);
    words.about([duty.task.id])
}

/// A line for each step: `☐ 完成系统联调（9月15日）`.
pub fn lines(duty: &Duty, today: NaiveDate) -> impl Iterator<Item = String> + '_ {
    duty.steps.iter().map(move |step| line(duty, step, today))
}

fn line(duty: &Duty, step: &Step, today: NaiveDate) -> String {
    let (text, date) = (text::escape(&step.text), phrases::day(step.due, today));
    if step.done {
        format!("☑ {text}（{date}，已完成）")
    } else if step.due < today && duty.status.is_open() {
        format!("☐ {text}（{date}，<b>已逾期</b>）")
    } else {
        format!("☐ {text}（{date}）")
    }
}

/// `分解步骤（1/3 已完成）：` and a line for each; nothing where there are none.
pub fn blocks(duty: &Duty, today: NaiveDate) -> Vec<Block> {
    if duty.steps.is_empty() {
        return Vec::new();
    }
    let (done, all) = progress(&duty.steps);
    let head = format!("　分解步骤（{done}/{all} 已完成）：");
    let lines = lines(duty, today).map(|line| format!("　{line}"));
    std::iter::once(head).chain(lines).map(Block::text).collect()
}

/// A row for each step: to tick it off or to remove it, and where it is ticked off, to take that back.
pub fn buttons(duty: &Duty, view: View) -> Vec<Vec<Button>> {
    let button = |step: &Step, mark, text| Button { text, data: button::mark_step(step.id, mark, view) };
    let row = |step: &Step| {
        let name = text::cut(&step.text, LONGEST_LABEL);
        if step.done {
            vec![button(step, Mark::Reopened, format!("↩ 撤销完成：{name}"))]
        } else {
            vec![button(step, Mark::Done, format!("☑ 完成：{name}")), button(step, Mark::Removed, "✕ 移除".to_owned())]
        }
    };
    duty.steps.iter().map(row).collect()
}

/// Opens the steps of a task where a message names many.
pub fn opener(task: &TaskRef) -> Button {
    Button { text: format!("☑ 第{}项步骤", task.number), data: button::show_steps(task.id) }
}

/// Below buttons that were used in another message.
pub fn marked(mark: Mark) -> &'static str {
    match mark {
        Mark::Done => "标记完成",
        Mark::Reopened => "撤销完成",
        Mark::Removed => "移除步骤",
    }
}

pub fn subject(text: &str) -> String {
    format!("“{}”", text::escape(&text::cut(text, LONGEST_LABEL)))
}

pub fn planned(count: usize) -> String {
    format!("已登记步骤 {count} 个，到期前提醒。")
}

pub fn moved(count: usize) -> String {
    format!("其中 {count} 个为改期，以新日期为准。")
}

pub fn dropped(count: usize) -> String {
    format!("原有步骤 {count} 个已随修改移除。")
}

pub fn already_planned(count: usize) -> String {
    format!("{count} 个步骤此前已登记，未重复登记。")
}

/// `due`: of the duty itself.
pub fn after_due(steps: &[&str], due: NaiveDate, today: NaiveDate) -> String {
    let names: Vec<String> =
        steps.iter().map(|step| format!("“{}”", text::escape(&text::cut(step, LONGEST_LABEL)))).collect();
    format!("请注意：{}晚于本项时限（{}），本项时限不变。", names.join("、"), phrases::day(due, today))
}

/// The lines that planned nothing, each with what is wrong: who copies them loses nothing.
pub fn unread(lines: &[(String, Doubt)], today: NaiveDate) -> Vec<String> {
    lines
        .iter()
        .map(|(line, doubt)| {
            let why = match doubt {
                Doubt::NoDate => "没有写明日期".to_owned(),
                Doubt::NoSuchDate => "没有这一天".to_owned(),
                Doubt::SeveralDates => "有多个日期，请分行写明".to_owned(),
                Doubt::Past(date) => format!("{}已过", phrases::day(*date, today)),
                Doubt::FarOff(date) => format!("{}过远，请核对年份", phrases::day(*date, today)),
                Doubt::NothingToDo => "没有写明要做什么".to_owned(),
                Doubt::TooLong => "文字过长，请精简".to_owned(),
            };
            format!("未登记：“{}”（{why}）", text::escape(&text::cut(line, LONGEST_QUOTE)))
        })
        .chain(
            [(!lines.is_empty()).then(|| "请修改原消息，或将未登记的部分改好后重发。".to_owned())]
                .into_iter()
                .flatten(),
        )
        .collect()
}

pub fn too_many(most: usize) -> String {
    format!("每项任务至多分解 {most} 个步骤，超出的未登记。请先移除不需要的步骤。")
}

pub fn signed_off(duty: &Duty) -> Words {
    Words::plain(format!("{}：已办结，不再分解。", phrases::task_line(duty))).about([duty.task.id])
}

/// Nobody but the speaker knows which task is meant.
pub fn which_task(duties: &[&Duty]) -> Words {
    let with_plan = |duty: &&Duty| match phrases::plan_in_unit(duty).as_str() {
        "" => format!("· {}（{}）", phrases::task_line(duty), text::escape(&duty.plan)),
        _ => format!("· {}", phrases::task_line(duty)),
    };
    let several: Vec<String> = duties.iter().map(with_plan).collect();
    let list = if several.is_empty() { String::new() } else { format!("\n{}", several.join("\n")) };
    Words::plain(format!(
        "未登记：请写明是哪一项，例如“/step 5 9月15日 完成系统联调”；编号相同的，请回复 /task 所示的该项任务。{list}"
    ))
    .about(duties.iter().map(|duty| duty.task.id))
}
