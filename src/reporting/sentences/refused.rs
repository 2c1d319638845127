//! Reports that are not taken, and why.

use chrono::NaiveDate;

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::status::Status;

pub fn dropped_by_edit(numbers: &[String]) -> String {
    format!("第{}项的反馈已随修改撤回。", text::escape(&numbers.join("、")))
}

pub fn no_contact(person: &str, unit: &str, ask: String) -> Words {
    Words::plain(format!(
        "{} 尚未登记为{}联络员，以上内容没有登记。如由您负责反馈，请点按申请，确认后重发。",
        text::escape(person),
        text::escape(unit)
    ))
    .with_row(vec![Button { text: "申请登记".to_owned(), data: ask }])
}

/// Of a tap that is kept until then.
pub const TAP_KEPT: &str = "您尚未登记为联络员，本次点按已留存，登记后补登。";

/// The same where the words are kept until then.
pub fn no_contact_yet(person: &str, unit: &str) -> String {
    format!(
        "{} 尚未登记为{}联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。",
        text::escape(person),
        text::escape(unit)
    )
}

pub fn coordinators_do_not_report() -> Words {
    Words::plain("督办员不代单位反馈，以上内容没有登记。查询请在督办员群或私聊中发问。")
}

pub fn edit_not_understood() -> Words {
    Words::plain("修改后的内容没有看懂，仍按原反馈登记。如需撤回请发送 /undo。")
}

pub fn not_among_the_tasks(number: &str, unit: &str) -> Words {
    Words::plain(format!("第{}项不在{}的任务之列，发送 /tasks 查看。", text::escape(number), text::escape(unit)))
}

pub fn not_understood(duties: &[&Duty]) -> Words {
    let example = duties.first().map_or("〔序号〕", |duty| duty.task.number.as_str());
    Words::plain(format!(
        "没有看懂，尚未登记。请写明进展，例如“第{0}项：正在推进”“第{0}项受阻，问题：…”。",
        text::escape(example)
    ))
    .about(duties.iter().map(|duty| duty.task.id))
}

pub fn no_such_duty(numbers: &[String], unit: &str) -> String {
    /// So many are enough to see what was meant.
    const SHOWN: usize = 10;
    let shown = text::escape(&numbers.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("、"));
    let more = if numbers.len() > SHOWN { format!("等{}", numbers.len()) } else { String::new() };
    format!("第{shown}{more}项不在{}的任务之列，未登记。发送 /tasks 查看。", text::escape(unit))
}

/// `left`: how each duty stands without what was withdrawn; `granted`: the dates that hold all the same.
pub fn withdrawn(left: &[(&Duty, (Status, Option<u8>))], granted: &[(&Duty, NaiveDate)], today: NaiveDate) -> Words {
    let numbers: Vec<_> = left.iter().map(|(duty, _)| text::escape(&duty.task.number)).collect();
    let mut states: Vec<String> = left.iter().map(|(_, (status, percent))| phrases::state(*status, *percent)).collect();
    let all = match states.as_slice() {
        [_] => "",
        [first, rest @ ..] if rest.iter().all(|state| state == first) => "均",
        _ => "分别",
    };
    if all == "均" {
        states.truncate(1);
    }
    let granted = granted.iter().map(|(duty, due)| {
        format!("\n第{}项已同意的延期（至{}）仍然有效。", text::escape(&duty.task.number), phrases::day(*due, today))
    });
    let granted: String = granted.collect();
    let plan = match left {
        [(only, _)] => phrases::plan_in_unit(only),
        _ => String::new(),
    };
    Words::plain(format!("已撤回{plan}第{}项的这次反馈，现{all}为{}。{granted}", numbers.join("、"), states.join("、")))
        .about(left.iter().map(|(duty, _)| duty.task.id))
}

/// What is said of these tasks, or of a date of them, stays.
pub fn signed_off(duties: &[&Duty]) -> String {
    let numbers: Vec<_> = duties.iter().map(|duty| text::escape(&duty.task.number)).collect();
    let what = if duties.iter().all(|duty| duty.status == Status::Done) { "" } else { "所报时限" };
    format!("第{}项{what}已办结，不能撤回。如有出入请联系督办员。", numbers.join("、"))
}

pub const NOTHING_TO_WITHDRAW: &str = "没有可以撤回的反馈。";

pub const REVISED: &str = "已按修改后的内容更新。";
