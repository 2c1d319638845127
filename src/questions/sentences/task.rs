//! One task in words: its text and dates, and a line for each unit's part.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::chat::words::{Block, repeated};
use crate::chat::{phrases, text};
use crate::office::duty::{Duty, Suspension};
use crate::office::figures::{Figures, TaskFigure};
use crate::office::milestone::Milestone;
use crate::office::moment::Moment;
use crate::office::recurring::Round;
use crate::office::status::Status;
use crate::questions::page::Answer;
use crate::reporting::sentences::claimed;
use crate::schedule::deadline::in_words;
use crate::understanding::Query;
use crate::{reporting, steps};

/// How much of a report is repeated.
const LONGEST_REPORT: usize = 120;

/// Answers what one task is and how its units stand.
pub fn answer(query: &Query, figures: &Figures<'_>) -> Answer {
    let number = query.task.as_deref().unwrap_or_default();
    let [first, rest @ ..] = figures.tasks.as_slice() else {
        let of_unit = query.unit.as_ref().map(|unit| text::escape(unit));
        let of_kind = query.among.map(|among| among.label().to_owned());
        let whose = of_unit.or(of_kind).map(|whose| format!("{whose}没有承担"));
        return Answer::new(format!("{}第{}项任务。", whose.unwrap_or("没有".to_owned()), text::escape(number)), []);
    };
    let mut all = lines(first, figures.totals.at);
    for another in rest {
        all.push(Block::text(head(another, true)));
        all.extend(lines(another, figures.totals.at));
    }
    Answer::new(head(first, !rest.is_empty()), all)
}

/// With its plan where several have a task of that number.
fn head(task: &TaskFigure<'_>, one_of_several: bool) -> String {
    let plan = if one_of_several { format!("《{}》", text::escape(task.plan)) } else { String::new() };
    format!("{plan}<b>第{}项</b>｜{}", text::escape(&task.task.number), task.status.label())
}

pub fn lines(task: &TaskFigure<'_>, at: Moment) -> Vec<Block> {
    let duties = &task.duties;
    let mut lines = vec![Block::task(text::escape(&task.task.text), task.task.id)];
    if !task.task.others.is_empty() {
        lines.push(Block::text(text::escape(&task.task.others)));
    }
    let mut milestones: Vec<_> = duties.iter().flat_map(|duty| &duty.milestones).collect();
    // A date that one unit was granted is not that of the task.
    milestones.sort_by_key(|milestone| (milestone.id, milestone.due));
    milestones.dedup_by_key(|milestone| milestone.id);
    milestones.sort_by_key(|milestone| milestone.due);
    lines.extend(milestones.into_iter().map(|milestone| Block::text(milestone_line(milestone, at.today))));
    let mut recurring: Vec<_> = duties.iter().flat_map(|duty| &duty.recurring).collect();
    recurring.sort_by_key(|one| one.id);
    recurring.dedup_by_key(|one| one.id);
    lines.extend(recurring.iter().map(|one| Block::text(format!("定期：{}", text::escape(&one.text)))));
    if duties.is_empty() {
        lines.push(Block::text("尚未明确责任单位。"));
    }
    let also = |duty: &Duty| {
        [steps::sentences::blocks(duty, at.today), reporting::sentences::unconfirmed::blocks(duty, at)].concat()
    };
    lines.extend(parts(duties, at, also));
    lines
}

/// A line for each unit's part, with what is `also` said of it, and one for each collective.
pub fn parts(duties: &[&Duty], at: Moment, also: impl Fn(&Duty) -> Vec<Block>) -> Vec<Block> {
    let (shared, own): (Vec<&Duty>, Vec<&Duty>) = duties.iter().partition(|duty| duty.via.is_some());
    // Of a collective only those are named who have said or planned something, or whom the question names.
    let alone = duties.len() == 1;
    let (heard, unheard): (Vec<&Duty>, Vec<&Duty>) =
        shared.iter().partition(|duty| alone || duty.last_heard().is_some() || !duty.steps.is_empty());
    let named = own.into_iter().chain(heard.iter().copied());
    let mut lines: Vec<Block> =
        named.flat_map(|duty| std::iter::once(Block::text(part_line(duty, at))).chain(also(duty))).collect();
    let shared = if alone || unheard.is_empty() { Vec::new() } else { shared };
    let mut by_collective: BTreeMap<&str, Vec<&Duty>> = BTreeMap::new();
    for duty in shared {
        by_collective.entry(duty.via.as_deref().unwrap_or_default()).or_default().push(duty);
    }
    lines.extend(by_collective.iter().map(|(via, duties)| Block::text(collective_line(via, duties, at.today))));
    lines
}

/// `牵头 省公安厅：推进中60%（6月27日：系统已试运行）`
pub fn part_line(duty: &Duty, at: Moment) -> String {
    let percent = duty.percent.filter(|_| duty.status == Status::InProgress).map(|percent| format!("{percent}%"));
    let report = match &duty.last_report {
        Some(report) => {
            let said = repeated(&report.text, LONGEST_REPORT);
            let edited = if report.edited { "修改" } else { "" };
            format!("（{}{edited}：{said}）", phrases::day(at.day_of(report.at), at.today))
        }
        None if !duty.unconfirmed.is_empty() => "（反馈待确认）".to_owned(),
        None => format!("（{}）", duty.reach.label().unwrap_or("尚无反馈")),
    };
    let overdue = duty.overdue_since(at.today).map(|_| "，<b>已逾期</b>").unwrap_or_default();
    let dates = duty.waiting.claims.iter().filter(|claim| claim.of.is_some());
    let claims: String = dates.map(|claim| format!("，提请办结{}", claimed(duty, claim.of))).collect();
    let rounds = duty.rounds(at).map(|(one, round)| {
        let (text, told) = (text::escape(&one.text), round_in_words(round));
        format!("，{text}{told}")
    });
    let claims: String = std::iter::once(claims).chain(rounds).collect();
    let suspended = suspended(duty, at).map(|why| format!("〔{why}〕")).unwrap_or_default();
    format!(
        "{} {}：{}{}{claims}{suspended}{overdue}{report}",
        duty.role.label(),
        text::escape(&duty.unit.name),
        duty.standing(),
        percent.unwrap_or_default()
    )
}

/// `各市州人民政府（14个单位）：推进中 2，未启动 12`
fn collective_line(via: &str, duties: &[&Duty], today: NaiveDate) -> String {
    let counts =
        Status::ALL.into_iter().map(|status| (status, duties.iter().filter(|duty| duty.status == status).count()));
    let counted: Vec<_> =
        counts.filter(|(_, count)| *count > 0).map(|(status, count)| format!("{} {count}", status.label())).collect();
    let late = duties.iter().filter(|duty| duty.overdue_since(today).is_some()).count();
    let late = if late > 0 { format!("，<b>已逾期 {late}</b>") } else { String::new() };
    format!("{}（{}个单位）：{}{late}", text::escape(via), duties.len(), counted.join("，"))
}

/// `6月27日起：机构改革`
pub fn suspended(duty: &Duty, at: Moment) -> Option<String> {
    let Suspension { since, reason } = duty.suspension.as_ref()?;
    Some(format!(
        "{}起：{}",
        phrases::day(at.day_of(*since), at.today),
        text::escape(&text::cut(reason, phrases::LONGEST_QUOTE))
    ))
}

/// `待反馈；已报3期，缺报1期`
pub fn round_in_words(round: Round) -> String {
    let present = if round.met_on.is_some() { "已反馈" } else { "待反馈" };
    format!("{present}；已报{}期，缺报{}期", round.met, round.missed)
}

/// `时限：6月底前（已同意延期至7月15日）`
pub fn milestone_line(milestone: &Milestone, today: NaiveDate) -> String {
    let scope = milestone.scope.as_ref().map(|scope| format!("（{}）", text::escape(scope))).unwrap_or_default();
    let granted = match (milestone.extended, milestone.self_signed) {
        (true, true) => "本人核定延期至",
        (true, false) => "已同意延期至",
        (false, _) => "",
    };
    let (text, due) = (text::escape(&milestone.text), phrases::day(milestone.due, today));
    // The same day is not said twice.
    if granted.is_empty() && (milestone.text == in_words(milestone.due) || text == due) {
        format!("时限：{text}{scope}")
    } else {
        format!("时限：{text}{scope}（{granted}{due}）")
    }
}
