//! A unit's own tasks, as its contacts see them, and how to report.

use chrono::NaiveDate;

use crate::chat::words::{Block, Button, Words};
use crate::chat::{phrases, text, words};
use crate::nudges::sentences::lead::Others;
use crate::office::duty::{Duty, Role};
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::questions::sentences::task::{milestone_line, round_in_words, suspended};
use crate::steps::View;
use crate::{binding, nudges, reporting, steps};

/// How many tasks with steps of their own have a button.
const MOST_OPENERS: usize = 16;

/// `/tasks`
pub fn tasks(unit: &str, duties: &[&Duty], at: Moment) -> Vec<Words> {
    let open = duties.iter().filter(|duty| duty.status.is_open()).count();
    let duties = &nearest_first(duties, at);
    let head = format!("<b>{}</b> 任务 {} 项，未办结 {open} 项：", text::escape(unit), duties.len());
    let several = duties.iter().any(|duty| duty.plan_id != duties[0].plan_id);
    let lines = duties.iter().enumerate().flat_map(|(place, duty)| {
        let is_first = place.checked_sub(1).is_none_or(|before| duties[before].plan != duty.plan);
        let heading = (several && is_first).then(|| Block::text(format!("<b>《{}》</b>", text::escape(&duty.plan))));
        let steps = steps::sentences::lines(duty, at.today).map(|line| Block::text(format!("　{line}")));
        heading.into_iter().chain([Block::task(duty_line(duty, at), duty.task.id)]).chain(steps)
    });
    let foot = Block::text("回复本条写明第几项和进展即可反馈。");
    let mut words = words::messages(std::iter::once(Block::text(head)).chain(lines).chain([foot]).collect());
    let openers: Vec<Button> = duties
        .iter()
        .filter(|duty| !duty.steps.is_empty())
        .take(MOST_OPENERS)
        .map(|duty| steps::sentences::opener(&duty.task))
        .collect();
    if let Some(last) = words.last_mut() {
        last.buttons.extend(openers.chunks(2).map(<[Button]>::to_vec));
    }
    words
}

/// What the unit leads stands first in each plan, then what is due soonest; what is done comes last.
fn nearest_first<'a>(duties: &[&'a Duty], at: Moment) -> Vec<&'a Duty> {
    let mut plans: Vec<&str> = Vec::new();
    for duty in duties {
        if !plans.contains(&duty.plan.as_str()) {
            plans.push(&duty.plan);
        }
    }
    let due = |duty: &Duty| {
        let next = || duty.next_milestone(at.today).map(|next| next.due);
        duty.overdue_since(at.today).or_else(next).unwrap_or(NaiveDate::MAX)
    };
    let mut sorted = duties.to_vec();
    sorted.sort_by_key(|duty| {
        let plan = plans.iter().position(|plan| *plan == duty.plan);
        (plan, !duty.status.is_open(), duty.role != Role::Lead, due(duty))
    });
    sorted
}

/// `第5项 …　牵头　推进中60%　6月30日到期`
pub fn duty_line(duty: &Duty, at: Moment) -> String {
    let today = at.today;
    let due = match (duty.overdue_since(today), duty.next_milestone(today)) {
        (Some(due), _) => format!("｜<b>{}已逾期</b>", phrases::day(due, today)),
        (None, Some(next)) if duty.status.is_open() => format!("｜{}到期", phrases::day(next.due, today)),
        _ => match (suspended(duty, at), duty.next_round(at)) {
            (Some(why), _) => format!("（{why}）"),
            (None, Some(due)) => format!("｜{}前反馈", phrases::day(due, today)),
            (None, None) => String::new(),
        },
    };
    format!("{}｜{}｜{}{due}", phrases::task_title(&duty.task), duty.role.label(), phrases::standing(duty))
}

/// `/task 5` in a department's group; with its plan where several have a task of that number, and with the others' parts
/// where the unit leads it.
pub fn task(duty: &Duty, one_of_several: bool, others: &Others<'_>, at: Moment) -> Vec<Words> {
    let plan = if one_of_several { format!("《{}》", text::escape(&duty.plan)) } else { String::new() };
    let today = at.today;
    let mut blocks = vec![
        Block::task(format!("{plan}<b>第{}项</b>", text::escape(&duty.task.number)), duty.task.id),
        Block::text(text::escape(&duty.task.text)),
        Block::text(format!("{}：{}", text::escape(&duty.unit.name), duty_line(duty, at))),
    ];
    if !duty.task.others.is_empty() {
        blocks.insert(2, Block::text(text::escape(&duty.task.others)));
    }
    let standing = |milestone: &Milestone| match milestone.stands {
        _ if !duty.status.is_open() => String::new(),
        MilestoneStatus::Open => String::new(),
        MilestoneStatus::ClaimedDone => format!("，{}", Status::ClaimedDone.label()),
        MilestoneStatus::Done => format!("，{}", Status::Done.label()),
    };
    let dates = duty.milestones.iter();
    blocks.extend(dates.map(|date| Block::text(format!("{}{}", milestone_line(date, today), standing(date)))));
    blocks.extend(recurring_lines(duty, at).map(Block::text));
    if let Some(report) = &duty.last_report {
        let edited = if report.edited {
            format!("（{}修改）", phrases::day(at.day_of(report.at), today))
        } else {
            String::new()
        };
        blocks.push(Block::text(format!("最近反馈{edited}：{}", words::repeated(&report.text, 300))));
    }
    blocks.extend(reporting::sentences::unconfirmed::blocks(duty, at));
    blocks.extend(steps::sentences::blocks(duty, today));
    blocks.extend(nudges::sentences::lead::blocks(others, at));
    let mut words = words::messages(blocks);
    if let Some(last) = words.last_mut() {
        last.buttons = steps::sentences::buttons(duty, View::Task);
        last.buttons.extend(nudges::sentences::lead::buttons(others));
    }
    words
}

/// `定期：每月5日前（本期7月5日，待反馈；已报3期，缺报1期）`
pub fn recurring_lines(duty: &Duty, at: Moment) -> impl Iterator<Item = String> {
    duty.rounds(at).map(move |(one, round)| {
        let scope = one.scope.as_ref().map(|scope| format!("（{}）", text::escape(scope))).unwrap_or_default();
        let due = phrases::day(round.present.due, at.today);
        format!("定期：{}{scope}（本期{due}，{}）", text::escape(&one.text), round_in_words(round))
    })
}

pub fn help() -> Words {
    Words::plain(format!(
        "<b>怎样反馈</b>：回复我的提醒，写明第几项、进展和问题即可，例如“第几项：系统已试运行。问题：数据未打通”。照片、文件作为佐证一并发送。\n<b>可以直接问</b>：我们单位有哪些任务、某项什么时候到期、有几项逾期、牵头单位是谁、下次什么时候提醒\n<b>命令</b>（后接项号）：/task 查看　/report 反馈　/done 提请办结　/extend 申请延期　/step 分解步骤　/later 稍后反馈　/history 历次反馈\n<b>命令</b>：/tasks 本单位任务　/ask 提问　/problems 本单位问题　/inspect 待答复的专项督查　/undo 撤回上一条反馈　/contacts 联络员　/private 私聊抄送（开启或关闭）　/handover 移交　/leave 不再担任联络员\n{}",
        binding::sentences::NO_SECRETS
    ))
}
