//! Questions whose answers are counts, and name little of what they count: an office of any size goes past task by task, and
//! only what the answer names is kept.

use chrono::NaiveDate;

use crate::chat::phrases;
use crate::office::duty::{Duty, SectionRef, UnassignedTask};
use crate::office::figures::{Deadline, Tally, TaskFigure, TaskParts, Totals};
use crate::office::ids::TaskId;
use crate::office::moment::Moment;
use crate::understanding::{Query, QueryKind};

/// What a question may be about.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    pub duties: Vec<Duty>,
    pub unassigned: Vec<UnassignedTask>,
    /// Instead of the duties, where the answer counts the whole office.
    pub counted: Option<Counted>,
}

/// An office, counted, with what the answer names of it.
#[derive(Clone, Debug)]
pub struct Counted {
    pub totals: Totals,
    pub late: Vec<Late>,
    /// By due date.
    pub due: Vec<DueDate>,
}

/// A task of which a date has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    pub task: TaskId,
    /// As coordinators know it.
    pub called: String,
    pub since: NaiveDate,
    /// Those that are late.
    pub units: Vec<String>,
}

/// A date that is ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDate {
    pub task: TaskId,
    /// As coordinators know it.
    pub called: String,
    pub due: NaiveDate,
    pub scope: Option<String>,
    /// Those that have something to do by then.
    pub units: Vec<String>,
}

impl Late {
    /// `None` where nothing of it is late.
    pub fn of(figure: &TaskFigure<'_>, today: NaiveDate) -> Option<Late> {
        let since = figure.overdue_since?;
        let late = figure.duties.iter().filter(|duty| duty.overdue_since(today).is_some());
        let (task, called) = (figure.task.id, task_called(figure));
        Some(Late { task, called, since, units: late.map(|duty| duty.unit.name.clone()).collect() })
    }
}

impl DueDate {
    pub fn of(deadline: &Deadline<'_>) -> Option<DueDate> {
        let Deadline { milestone, duties } = deadline;
        Some(DueDate {
            task: duties.first()?.task.id,
            called: phrases::task_line_in_office(duties.first()?),
            due: milestone.due,
            scope: milestone.scope.clone(),
            units: duties.iter().map(|duty| duty.unit.name.clone()).collect(),
        })
    }
}

/// Counts an office that is shown to it task by task.
pub struct Counting<'a> {
    query: &'a Query,
    tally: Tally,
    today: NaiveDate,
    late: Vec<Late>,
    due: Vec<DueDate>,
    problems: usize,
    practices: usize,
}

/// Whether the answer counts the whole office. `several_plans`: a task's line may have to name its plan, which is seen from the
/// duties.
pub fn counts(query: &Query, several_plans: bool) -> bool {
    let kind = match query.kind {
        // What is picked out is named.
        QueryKind::Status if query.only.is_some() => false,
        QueryKind::Status | QueryKind::Read | QueryKind::Own | QueryKind::People | QueryKind::Help => true,
        QueryKind::Units => true,
        QueryKind::Overdue | QueryKind::Due => query.only.is_none() && !several_plans,
        // Who was silent since a day is seen from the duties.
        QueryKind::Silent => query.from.is_none(),
        QueryKind::Task
        | QueryKind::Unit
        | QueryKind::History
        | QueryKind::Problems
        | QueryKind::Practices
        | QueryKind::Pending
        | QueryKind::Search
        | QueryKind::Changes
        | QueryKind::Today
        | QueryKind::Evidence
        | QueryKind::Unbound
        | QueryKind::Why
        | QueryKind::Reminder => false,
    };
    kind && query.task.is_none() && query.unit.is_none() && query.among.is_none()
}

impl<'a> Counting<'a> {
    pub fn begin(query: &'a Query, at: Moment) -> Counting<'a> {
        let (late, due) = (Vec::new(), Vec::new());
        Counting { query, tally: Tally::begin(at), today: at.today, late, due, problems: 0, practices: 0 }
    }

    pub fn add(&mut self, task: TaskParts<'_>) {
        let TaskParts { task, plan, section, parts, open, problems, practices, .. } = task;
        if !is_meant_section(self.query, section.as_ref()) {
            return;
        }
        (self.problems, self.practices) = (self.problems + problems, self.practices + practices);
        let stands = self.tally.add(&plan, section.as_ref(), &parts);
        match (self.query.kind, stands.overdue_since) {
            (QueryKind::Overdue, Some(since)) => {
                let late = parts.iter().filter(|part| part.overdue_since(self.today).is_some());
                let units = late.map(|part| part.unit.name.clone()).collect();
                self.late.push(Late { task: task.id, called: phrases::task_title(&task), since, units });
            }
            (QueryKind::Due, _) => {
                let (from, to) = bounds(self.query, self.today);
                let due = open.into_iter().filter(|date| (from..=to).contains(&date.due));
                self.due.extend(due.map(|date| DueDate {
                    task: task.id,
                    called: phrases::task_title(&task),
                    due: date.due,
                    scope: date.scope,
                    units: date.units.iter().map(|unit| unit.name.clone()).collect(),
                }));
            }
            _ => {}
        }
    }

    /// `unassigned`: the tasks that no unit answers for.
    pub fn end(mut self, mut unassigned: Vec<UnassignedTask>) -> Matter {
        unassigned.retain(|task| is_meant_unassigned(self.query, task));
        for task in &unassigned {
            self.tally.add_unassigned(task);
        }
        self.due.sort_by_key(|date| date.due);
        let totals = self.tally.end(self.problems, self.practices);
        let counted = Counted { totals, late: self.late, due: self.due };
        Matter { duties: Vec::new(), unassigned, counted: Some(counted) }
    }
}

/// The days that a question about dates bounds, both counted.
pub fn bounds(query: &Query, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (query.from.unwrap_or(today), query.to.unwrap_or(NaiveDate::MAX))
}

/// Whether a duty is within what the question bounds.
pub fn is_meant(query: &Query, duty: &Duty) -> bool {
    query.unit.as_ref().is_none_or(|unit| duty.unit.name == *unit)
        && query.task.as_ref().is_none_or(|number| duty.task.number == *number)
        && query.among.is_none_or(|among| among.holds(&duty.unit.name))
        && is_meant_section(query, duty.section.as_ref())
}

pub fn is_meant_section(query: &Query, section: Option<&SectionRef>) -> bool {
    query.section.is_none_or(|number| section.and_then(SectionRef::number) == Some(number))
}

pub fn is_meant_unassigned(query: &Query, task: &UnassignedTask) -> bool {
    query.unit.is_none()
        && query.among.is_none()
        && query.task.as_ref().is_none_or(|number| task.task.number == *number)
        && is_meant_section(query, task.section.as_ref())
}

/// A task to coordinators, with its plan where another has one of that number.
pub fn task_called(task: &TaskFigure<'_>) -> String {
    task.duties.first().map_or_else(|| phrases::task_title(task.task), |duty| phrases::task_line_in_office(duty))
}
