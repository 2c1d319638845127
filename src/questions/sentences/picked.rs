//! Tasks and duties of one standing, as a question picks them out: 哪些办结了, 哪些中止了, 哪些还没启动, 已延期的有哪些.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::chat::words::Block;
use crate::chat::{phrases, text};
use crate::office::duty::{Duty, Role};
use crate::office::figures::{Figures, TaskFigure};
use crate::office::light::Light;
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::questions::counting::task_called;
use crate::questions::page::Answer;
use crate::questions::sentences::{task, unit_names};
use crate::understanding::{Only, Query};

/// What a question picks out, with the days that it bounds.
pub fn answer(query: &Query, only: Only, figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    // On which day more time was granted is not known here.
    let span = if only == Only::Extended { String::new() } else { span(query, at.today) };
    let unbounded = only == Only::Extended && query.from.or(query.to).is_some();
    let foot = if unbounded { "；未按批准日期筛选，批准情况见 /history" } else { "" };
    let duties = figures.duties();
    let (what, measure, lines): (&str, &str, Vec<Block>) = match only {
        Only::Suspended | Only::Extended => {
            let picked = duties.filter(|duty| is_picked(query, only, duty, at));
            (label(only), "条责任", picked.map(|duty| duty_line(duty, only, at)).collect())
        }
        Only::Slowest | Only::Fastest => {
            let mut open: Vec<_> = figures.tasks.iter().filter(|task| task.status.is_open()).collect();
            open.sort_by_key(|task| (task.overdue_since.unwrap_or(NaiveDate::MAX), share(task)));
            if only == Only::Fastest {
                open.sort_by_key(|task| (Reverse(share(task)), task.overdue_since.is_some()));
            }
            (label(only), "项", open.into_iter().map(|task| ranked_line(task, at.today)).collect())
        }
        _ => {
            let of_tasks = figures.tasks.iter().filter(|task| is_task_picked(query, only, task));
            let lines: Vec<Block> = of_tasks.map(|task| task_line(task, only, at)).collect();
            let picked = duties.filter(|duty| only == Only::Done && is_picked(query, only, duty, at));
            let own = picked.filter(|duty| !lines.iter().any(|line| line.tasks.contains(&duty.task.id)));
            let own: Vec<Block> = own.map(|duty| duty_line(duty, only, at)).collect();
            if lines.is_empty() && !own.is_empty() {
                ("整项尚无办结，已办结的有", "条责任", own)
            } else {
                (label(only), "项", lines.into_iter().chain(own).collect())
            }
        }
    };
    match lines.len() {
        0 => Answer::new(format!("{span}没有{what}的任务{foot}"), []),
        count => Answer::new(format!("<b>{span}{what} {count} {measure}</b>{foot}"), lines),
    }
}

/// Whether a unit's duty is one of those.
pub fn is_picked(query: &Query, only: Only, duty: &Duty, at: Moment) -> bool {
    match only {
        Only::Done => duty.status == Status::Done && within(query, duty.done_at.map(|done| at.day_of(done))),
        Only::Suspended => duty.status == Status::Suspended,
        Only::NotStarted => duty.status == Status::NotStarted,
        Only::InProgress => duty.status == Status::InProgress,
        Only::Near => Light::of(duty, at.today) == Light::Yellow,
        Only::Extended => duty.milestones.iter().any(|milestone| milestone.extended),
        Only::Undated => duty.milestones.is_empty(),
        Only::Blocked => duty.status == Status::Blocked,
        Only::Lead => duty.role == Role::Lead,
        Only::Supporting => duty.role == Role::Supporting,
        _ => true,
    }
}

fn is_task_picked(query: &Query, only: Only, task: &TaskFigure<'_>) -> bool {
    match only {
        Only::Done => task.status == Status::Done && within(query, task.done_on),
        Only::NotStarted => task.status == Status::NotStarted,
        Only::InProgress => task.status == Status::InProgress,
        Only::Near => task.light == Light::Yellow,
        Only::Undated => task.due.is_none(),
        _ => false,
    }
}

/// What was done on no known day is within no span.
fn within(query: &Query, day: Option<NaiveDate>) -> bool {
    let from = query.from.is_none_or(|from| day.is_some_and(|day| day >= from));
    from && query.to.is_none_or(|to| day.is_some_and(|day| day <= to))
}

/// What those are called.
pub fn label(only: Only) -> &'static str {
    match only {
        Only::Done => "已办结",
        Only::Suspended => "中止",
        Only::NotStarted => "未启动",
        Only::InProgress => "推进中",
        Only::Near => "受阻或七日内到期",
        Only::Extended => "已同意延期",
        Only::Undated => "没有写明时限",
        Only::Blocked => "受阻",
        Only::Lead => "牵头",
        Only::Supporting => "配合",
        Only::Slowest => "未办结（按逾期天数和进度，慢的在前）",
        Only::Fastest => "未办结（按进度，快的在前）",
        _ => "",
    }
}

/// `6月24日至6月30日`, or nothing where no days are named.
pub fn span(query: &Query, today: NaiveDate) -> String {
    match (query.from, query.to) {
        (Some(from), Some(to)) if from == to => phrases::day(from, today),
        (Some(from), Some(to)) => format!("{}至{}", phrases::day(from, today), phrases::day(to, today)),
        (Some(from), None) => format!("{}以来", phrases::day(from, today)),
        (None, Some(to)) => format!("截至{}", phrases::day(to, today)),
        (None, None) => String::new(),
    }
}

fn task_line(task: &TaskFigure<'_>, only: Only, at: Moment) -> Block {
    let day = |day: Option<NaiveDate>, what: &str| {
        day.map(|day| format!("：{}{what}", phrases::day(day, at.today))).unwrap_or_default()
    };
    let next = task.duties.iter().filter_map(|duty| duty.next_milestone(at.today)).map(|next| next.due).min();
    let told = match only {
        Only::Done => day(task.done_on, "办结"),
        Only::Near if task.status == Status::Blocked => format!("：受阻{}", day(next, "到期").replace('：', "，")),
        _ => day(next, "到期"),
    };
    let leads: Vec<&Duty> = task.duties.iter().copied().filter(|duty| duty.role == Role::Lead).collect();
    let units = if leads.is_empty() { unit_names(&task.duties) } else { unit_names(&leads) };
    let units = if units.is_empty() { "尚未明确责任单位".to_owned() } else { units };
    Block::task(format!("{}{told}，{units}", task_called(task)), task.task.id)
}

fn duty_line(duty: &Duty, only: Only, at: Moment) -> Block {
    let told = match only {
        Only::Suspended => task::suspended(duty, at).unwrap_or_default(),
        Only::Done => {
            duty.done_at.map_or(String::new(), |done| format!("{}办结", phrases::day(at.day_of(done), at.today)))
        }
        _ => {
            let extended = duty.milestones.iter().filter(|milestone| milestone.extended);
            let dates: Vec<String> = extended.map(|one| format!("延至{}", phrases::day(one.due, at.today))).collect();
            format!("{}｜{}", dates.join("、"), phrases::standing(duty))
        }
    };
    let unit = text::escape(&duty.unit.name);
    Block::task(format!("{}｜{unit}：{told}", phrases::task_line_in_office(duty)), duty.task.id)
}

/// How far a task is: as its leads are, or else all of its units.
fn share(task: &TaskFigure<'_>) -> u8 {
    let leads = task.duties.iter().filter(|duty| duty.role == Role::Lead).count();
    let of = task.duties.iter().filter(|duty| leads == 0 || duty.role == Role::Lead);
    of.filter_map(|duty| duty.percent).max().unwrap_or(0)
}

fn ranked_line(task: &TaskFigure<'_>, today: NaiveDate) -> Block {
    let late = task.overdue_since.map(|since| format!("，逾期{}天", (today - since).num_days())).unwrap_or_default();
    let share = match share(task) {
        0 => String::new(),
        share => format!("{share}%"),
    };
    Block::task(format!("{}｜{}{share}{late}", task_called(task), task.status.label()), task.task.id)
}
