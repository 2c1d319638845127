//! What is said about one date of a task.

use chrono::NaiveDate;

use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::ids::MilestoneId;
use crate::office::milestone::Milestone;
use crate::office::recurring::Recurring;
use crate::reporting::sentences::listed;

/// A claim of a date that coordinators have signed off.
pub fn date_is_done(duty: &Duty, date: &Milestone) -> String {
    format!("第{}项{}的时限已办结，不必再次提请。", text::escape(&duty.task.number), text::escape(&date.name()))
}

/// A wish for more time takes the place of one for the same date that waits.
pub fn wish_replaced(duty: &Duty, wanted_before: NaiveDate, today: NaiveDate) -> String {
    let (number, before) = (text::escape(&duty.task.number), phrases::day(wanted_before, today));
    format!("第{number}项此前申请延期至{before}，尚未答复，由本次申请替代。")
}

/// A claim of a date that the duty does not have.
pub fn no_such_date(duty: &Duty, date: NaiveDate, today: NaiveDate) -> String {
    let (number, date) = (text::escape(&duty.task.number), phrases::day(date, today));
    format!("第{number}项没有{date}的时限，未作为办结申请登记；发送“/task {number}”查看时限。")
}

/// Which date of a task the words were about.
pub fn date_chosen(duty: &Duty, date: Option<MilestoneId>) -> String {
    let date = date.and_then(|date| duty.milestone(date)).map_or("整项".to_owned(), Milestone::name);
    format!("选定{}", text::escape(&date))
}

/// Where a tap asks and records nothing yet.
pub const CHOOSE: &str = "请选定完成的是哪个时限。";

/// What a tap asks that comes while an earlier one is still to be answered.
pub fn asked_next(first: &str, next: &[String]) -> String {
    format!("请先选定第{first}项完成的是哪个时限，随后再问第{}。", listed(next))
}

/// What 已完成 of a date that comes round was taken for.
pub fn round_is_met(duty: &Duty, one: &Recurring) -> String {
    let (task, date) = (text::escape(&duty.task.number), text::escape(&one.text));
    format!("第{task}项按{date}的本期任务登记。整项任务已完成的，请写明“整项已完成”。")
}
