//! 待确认: words that wait for their own unit to confirm them, as coordinators see them and as the unit is told again.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::chat::words::{Block, repeated};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::office::unconfirmed::Unconfirmed;

/// How much of what was said is repeated to coordinators, and how much to the unit itself.
const LONGEST_QUOTE: usize = 60;
const LONGEST_TITLE: usize = 20;
/// How many are named in a digest before the rest is counted, and how many tasks in a line.
const MOST_NAMED: usize = 3;
const TASKS_NAMED: usize = 6;

/// Below a task: `待确认 李建国（6月26日）：“快了快了”`
pub fn blocks(duty: &Duty, at: Moment) -> Vec<Block> {
    let line = |words: &Unconfirmed| {
        let which = if words.of_unit { "（未写明哪一项）" } else { "" };
        Block::text(format!("待确认 {}{which}", said(words, at)))
    };
    duty.unconfirmed.iter().map(line).collect()
}

/// Above a unit's tasks: the same with the tasks that the words may be about.
pub fn blocks_of_unit(waiting: &[(&Unconfirmed, Vec<&Duty>)], at: Moment) -> Vec<Block> {
    waiting
        .iter()
        .map(|(words, duties)| Block::text(format!("待确认 {}（{}）", said(words, at), about(words, duties))))
        .collect()
}

/// `待确认 省公安厅 李建国（6月26日）：“快了快了”（第5项）`
pub fn blocks_of_office(waiting: &[(&Unconfirmed, Vec<&Duty>)], at: Moment) -> Vec<Block> {
    let line = |(words, duties): &(&Unconfirmed, Vec<&Duty>)| {
        let unit = duties.first().map(|duty| text::escape(&duty.unit.name)).unwrap_or_default();
        Block::text(format!("待确认 {unit} {}（{}）", said(words, at), about(words, duties)))
    };
    waiting.iter().map(line).collect()
}

fn about(words: &Unconfirmed, duties: &[&Duty]) -> String {
    if words.of_unit {
        return "未写明哪一项".to_owned();
    }
    let numbers: Vec<String> = duties.iter().take(TASKS_NAMED).map(|duty| text::escape(&duty.task.number)).collect();
    let more = if duties.len() > TASKS_NAMED { format!("等{}项", duties.len()) } else { "项".to_owned() };
    format!("第{}{more}", numbers.join("、"))
}

/// `李建国（6月26日）：“快了快了”`
fn said(words: &Unconfirmed, at: Moment) -> String {
    let on = phrases::day(at.day_of(words.at), at.today);
    format!("{}（{on}）：{}", text::escape(&words.person), quote(words, LONGEST_QUOTE))
}

/// In a digest, once: `待您确认：6月26日“快了快了”，请点选原消息或重新回复。`
pub fn reminder(waiting: &[Unconfirmed], today: NaiveDate, zone: Tz) -> Option<String> {
    let named = waiting.iter().take(MOST_NAMED).map(|words| {
        let on = phrases::day(words.at.with_timezone(&zone).date_naive(), today);
        format!("{on}{}", quote(words, LONGEST_TITLE))
    });
    let named = named.collect::<Vec<_>>().join("、");
    let more = if waiting.len() > MOST_NAMED { format!("等{}条", waiting.len()) } else { String::new() };
    (!waiting.is_empty()).then(|| format!("待您确认：{named}{more}，请点选原消息或重新回复。"))
}

fn quote(words: &Unconfirmed, longest: usize) -> String {
    match words.text.trim() {
        "" => "附件".to_owned(),
        text => format!("“{}”", repeated(text, longest)),
    }
}
