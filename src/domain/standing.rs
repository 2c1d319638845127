//! How things stand: the figures behind every status, wherever it is asked for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::duty::{Duty, Role, Status, TaskId};

/// Counts of tasks and, by unit, of duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub as_of: String,
    pub tasks: TaskCounts,
    pub units: Vec<UnitCounts>,
}

/// A task stands as its lead units do; without a lead, as all its units together. It is under way as soon as anybody has
/// begun. `overdue` counts beside the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TaskCounts {
    pub total: usize,
    pub done: usize,
    pub claimed_done: usize,
    pub in_progress: usize,
    pub blocked: usize,
    pub not_started: usize,
    pub suspended: usize,
    pub overdue: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitCounts {
    pub unit: String,
    pub duties: usize,
    pub done: usize,
    pub overdue: usize,
    /// Open duties of which nothing was ever heard.
    pub silent: usize,
}

/// Counts everything as of `today`; `as_of` is how the moment is printed.
pub fn of(duties: &[Duty], tasks_without_units: usize, today: NaiveDate, as_of: String) -> Standing {
    let mut by_task: BTreeMap<TaskId, Vec<&Duty>> = BTreeMap::new();
    let mut by_unit: BTreeMap<_, Vec<&Duty>> = BTreeMap::new();
    for duty in duties {
        by_task.entry(duty.task.id).or_default().push(duty);
        by_unit.entry((duty.unit.id, duty.unit.name.as_str())).or_default().push(duty);
    }
    let mut tasks =
        TaskCounts { not_started: tasks_without_units, total: tasks_without_units, ..TaskCounts::default() };
    for duties in by_task.values() {
        tasks.total += 1;
        *match task_status(duties) {
            Status::Done => &mut tasks.done,
            Status::ClaimedDone => &mut tasks.claimed_done,
            Status::InProgress => &mut tasks.in_progress,
            Status::Blocked => &mut tasks.blocked,
            Status::NotStarted => &mut tasks.not_started,
            Status::Suspended => &mut tasks.suspended,
        } += 1;
        tasks.overdue += usize::from(duties.iter().any(|duty| duty.overdue_since(today).is_some()));
    }
    let units = by_unit
        .into_iter()
        .map(|((_, unit), duties)| UnitCounts {
            unit: unit.to_owned(),
            duties: duties.len(),
            done: duties.iter().filter(|duty| duty.status == Status::Done).count(),
            overdue: duties.iter().filter(|duty| duty.overdue_since(today).is_some()).count(),
            silent: duties.iter().filter(|duty| is_silent(duty)).count(),
        })
        .collect();
    Standing { as_of, tasks, units }
}

/// Whether nothing was ever heard of a duty that is open.
pub fn is_silent(duty: &Duty) -> bool {
    duty.status.is_open() && duty.last_report.is_none()
}

/// How a task stands, given all its duties: at least one.
pub fn task_status(duties: &[&Duty]) -> Status {
    let leads: Vec<_> = duties.iter().filter(|duty| duty.role == Role::Lead).collect();
    let deciding: Vec<Status> = match leads.as_slice() {
        [] => duties.iter().map(|duty| duty.status).collect(),
        leads => leads.iter().map(|duty| duty.status).collect(),
    };
    let all = |wanted: &[Status]| deciding.iter().all(|status| wanted.contains(status));
    match () {
        () if all(&[Status::Suspended]) => Status::Suspended,
        () if all(&[Status::Done, Status::Suspended]) => Status::Done,
        () if all(&[Status::Done, Status::ClaimedDone, Status::Suspended]) => Status::ClaimedDone,
        () if deciding.contains(&Status::Blocked) => Status::Blocked,
        () if duties.iter().all(|duty| matches!(duty.status, Status::NotStarted | Status::Suspended)) => {
            Status::NotStarted
        }
        () => Status::InProgress,
    }
}
