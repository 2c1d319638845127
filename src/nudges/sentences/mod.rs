//! What is said when others are asked to report beside the schedule.

pub mod lead;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::ids::UnitId;
use crate::office::mention::Mentioned;
use crate::office::moment::Moment;
use crate::reminding;

/// How many tasks a proposal names.
const TASKS_NAMED: usize = 8;

pub const ASKED: &str = "已催办。";
pub const SPARED: &str = "今日已催办或已反馈，未重复催办。";
pub const NOTHING_OPEN: &str = "该单位已办结、提请办结或中止，无需催办。";
/// Below buttons of other messages.
pub const NUDGED: &str = "催办";
pub const NO_CHAT: &str = "该单位尚未绑定群或已停止通知，未能送达。";

pub fn nobody() -> Words {
    Words::plain("没有对应的任务或单位。用法：/remind 5，/remind 省公安厅，/remind 5 省公安厅。")
}

/// To a coordinator, of whom would be asked and who would not be reached; `data` is that of the button that asks.
pub fn proposed(duties: &[&Duty], unreached: &[&Duty], data: String) -> Words {
    let mut units: Vec<String> = Vec::new();
    let unreached: BTreeSet<UnitId> = unreached.iter().map(|duty| duty.unit.id).collect();
    let mut tasks: Vec<String> = Vec::new();
    for duty in duties {
        let plan = duty.namesake.as_ref().map(|namesake| format!("《{}》", text::escape(&namesake.plan)));
        let task = format!("{}第{}项", plan.unwrap_or_default(), text::escape(&duty.task.number));
        if !units.contains(&duty.unit.name) {
            units.push(duty.unit.name.clone());
        }
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    let count = tasks.len();
    tasks.truncate(TASKS_NAMED);
    let more = if count > TASKS_NAMED { format!("等{count}项") } else { String::new() };
    let unreached = match unreached.len() {
        0 => String::new(),
        count => format!("另有{count}个单位未绑定群或已停止提醒，不能送达。"),
    };
    let words = format!("拟催办：{}，{}{more}。{unreached}确认后发出。", names(&units), tasks.join("、"));
    Words::plain(words).with_row(vec![Button { text: "确认催办".to_owned(), data }])
}

/// To the unit that is asked.
pub fn asked(duties: &[&Duty], asker: &str, today: NaiveDate, mentioned: &[Mentioned]) -> Vec<Words> {
    let lines = duties.iter().map(|duty| {
        let due = duty.open_milestones().next();
        let late = |due: NaiveDate| match (today - due).num_days() {
            days @ 1.. => format!("，已逾期{days}天"),
            _ => String::new(),
        };
        let due = due.map(|date| format!("：时限{}{}", phrases::day(date.due, today), late(date.due)));
        let due = due.unwrap_or_default();
        Block::task(format!("{}{due}", phrases::task_line(duty)), duty.task.id)
    });
    let head = Block::text(format!("【催办】{}请贵单位抓紧反馈下列任务进展：", text::escape(asker)));
    let tail = Block::text("请回复本条写明进展，有困难请一并说明。");
    messages(
        std::iter::once(head)
            .chain(lines)
            .chain([tail])
            .chain(reminding::sentences::mention::line(mentioned))
            .collect(),
    )
}

/// To who asked: whom it reaches, who was spared, who has no chat or is left in peace.
pub fn answer<'a>(
    asked: impl Iterator<Item = &'a [&'a Duty]>,
    spared: &[&Duty],
    (with_chat, silenced): (&[String], &[String]),
    at: Moment,
) -> Words {
    let counted: Vec<(String, usize)> =
        asked.filter_map(|duties| Some((duties.first()?.unit.name.clone(), duties.len()))).collect();
    let spared: Vec<String> = spared
        .chunk_by(|one, next| one.unit.id == next.unit.id)
        .map(|duties| format!("{}{}", duties[0].unit.name, numbers(duties)))
        .collect();
    let count_of = |unit: &String| counted.iter().find(|(known, _)| known == unit).map_or(0, |(_, count)| *count);
    let units: Vec<String> = counted.iter().map(|(unit, _)| unit.clone()).collect();
    let (in_peace, units): (Vec<String>, Vec<String>) = units.into_iter().partition(|unit| silenced.contains(unit));
    let (reached, unbound): (Vec<String>, Vec<String>) = units.into_iter().partition(|unit| with_chat.contains(unit));
    let reached: Vec<String> = reached.iter().map(|unit| format!("{unit} {} 项", count_of(unit))).collect();
    let mut lines = Vec::new();
    if !reached.is_empty() {
        let later = at.opening > at.now;
        let later = later.then(|| {
            format!("现不在发送时间，将于{}送达。", phrases::date_and_time(at.opening.with_timezone(&at.zone)))
        });
        lines.push(format!("已催办：{}。{}", names(&reached), later.unwrap_or_default()));
    }
    if !unbound.is_empty() {
        lines.push(format!("尚未绑定群，未能送达：{}。", names(&unbound)));
    }
    if !in_peace.is_empty() {
        lines.push(format!("已停止提醒，未作催办：{}。", names(&in_peace)));
    }
    if !spared.is_empty() {
        lines.push(format!("今日已催办或已反馈，未重复：{}。", names(&spared)));
    }
    if lines.is_empty() {
        lines.push("有关任务均已办结或提请办结，无需催办。".to_owned());
    }
    Words::plain(lines.join("\n"))
}

/// `第5、26项`, of many the first few with how many they are.
fn numbers(duties: &[&Duty]) -> String {
    let shown: Vec<&str> = duties.iter().take(TASKS_NAMED).map(|duty| duty.task.number.as_str()).collect();
    let more = if duties.len() > TASKS_NAMED { format!("等{}", duties.len()) } else { String::new() };
    format!("第{}{more}项", shown.join("、"))
}

pub fn names(units: &[String]) -> String {
    const NAMED: usize = 8;
    let named: Vec<String> = units.iter().take(NAMED).map(|unit| text::escape(unit)).collect();
    let more = if units.len() > NAMED { format!("等{}个单位", units.len()) } else { String::new() };
    format!("{}{more}", named.join("、"))
}
