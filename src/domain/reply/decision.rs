//! What coordinators are asked to decide, and what they have decided.

use chrono::NaiveDate;

use super::super::duty::Duty;
use super::super::intent::{Statement, button};
use super::contact::{Recorded, understood};
use super::{Button, Words, cut, escape, problem, task_line};
use crate::schedule::deadline::in_words;

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 120;

pub const EXTENDED: &str = "已同意延期。";
pub const NOT_EXTENDED: &str = "已答复不同意。";
pub const ACCEPTED: &str = "已同意办结。";
pub const RETURNED: &str = "已退回。";

/// What coordinators are told of a report at once: claims, wishes for more time and problems.
pub fn notice(recorded: &[Recorded<'_>], said: &Statement, person: &str, today: NaiveDate) -> Option<Words> {
    let told: Vec<_> = recorded
        .iter()
        .filter(|one| one.is_claim() || one.item.extend_to.is_some() || !one.raised.is_empty())
        .collect();
    let first = told.first()?;
    let head = format!("<b>{}</b>（{}）反馈：", escape(&first.duty.unit.name), escape(person));
    let lines = told.iter().map(|one| understood(one, today));
    let quote = format!("原话：{}", escape(&cut(&said.text, LONGEST_QUOTE)));
    let html = std::iter::once(head).chain(lines).chain([quote]).collect::<Vec<_>>().join("\n");
    let claims = told.iter().filter(|one| one.is_claim()).map(|one| {
        let number = &one.duty.task.number;
        vec![
            Button { text: format!("第{number}项 同意办结"), data: button::accept(one.duty.id, said.message_id) },
            Button { text: format!("第{number}项 退回"), data: button::give_back(one.duty.id, said.message_id) },
        ]
    });
    let wishes = told.iter().filter_map(|one| {
        let (number, due) = (&one.duty.task.number, one.item.extend_to?);
        let data = |granted| button::extend(one.duty.id, said.message_id, due, granted);
        Some(vec![
            Button { text: format!("第{number}项 同意延期"), data: data(true) },
            Button { text: format!("第{number}项 不同意"), data: data(false) },
        ])
    });
    let answers = told.iter().flat_map(|one| {
        one.raised.iter().map(|what| vec![problem::answer_button(one.duty, super::super::problem::key(what))])
    });
    let rows = claims.chain(wishes).chain(answers);
    let words = Words { buttons: rows.collect(), ..Words::plain(html) };
    Some(words.about(told.iter().map(|one| one.duty.task.id)))
}

pub fn judged(duty: &Duty, accepted: bool, person: &str) -> Words {
    let verdict = if accepted { "同意办结" } else { "退回" };
    let ask = if accepted { "" } else { "\n请回复本条说明理由，将转告该单位。" };
    let words = format!("{} {verdict}：{}（{}）{ask}", escape(person), task_line(duty), escape(&duty.unit.name));
    Words::plain(words).about([duty.task.id])
}

pub fn extended(duty: &Duty, due: NaiveDate, granted: bool, person: &str) -> Words {
    let verdict = if granted { "同意延期至" } else { "不同意延期至" };
    let (task, unit) = (task_line(duty), escape(&duty.unit.name));
    Words::plain(format!("{} {verdict}{}：{task}（{unit}）", escape(person), in_words(due))).about([duty.task.id])
}

pub fn reason_passed_on(duty: &Duty) -> Words {
    Words::plain(format!("理由已转告{}。", escape(&duty.unit.name))).about([duty.task.id])
}
