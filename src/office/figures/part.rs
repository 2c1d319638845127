//! What of a duty is counted, and no more, so that an office is counted without being held.

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::duty::{Duty, Role, SectionRef, TaskRef, UnitRef};
use crate::office::ids::{MilestoneId, PlanId};
use crate::office::light::{Light, NEAR_DAYS};
use crate::office::reach::Reach;
use crate::office::status::Status;

/// One unit's part in a task, as far as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub unit: &'a UnitRef,
    pub reach: Reach,
    pub role: Role,
    pub status: Status,
    /// Whether anything was ever said that is about it.
    pub heard: bool,
    /// The earliest date by which the unit still has something to do.
    pub next: Option<NaiveDate>,
}

/// A task of a plan that is not closed, with the parts that units have in it.
pub struct TaskParts<'a> {
    pub task: TaskRef,
    /// The plan's title.
    pub plan: String,
    pub plan_id: PlanId,
    /// When its plan was imported.
    pub plan_since: DateTime<Utc>,
    pub section: Option<SectionRef>,
    /// In the order of the document's list of units; at least one.
    pub parts: Vec<Part<'a>>,
    pub open: Vec<OpenDate<'a>>,
    /// How many problems wait for an answer, and how many practices reports pass on.
    pub problems: usize,
    pub practices: usize,
}

/// A date of a task, with the units that it binds and that still have something to do by it.
pub struct OpenDate<'a> {
    pub milestone: MilestoneId,
    pub due: NaiveDate,
    pub scope: Option<String>,
    pub units: Vec<&'a UnitRef>,
}

/// How a task stands: as its lead units do; without a lead, as all its units together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    pub status: Status,
    pub light: Light,
    /// The earliest date that has passed, of a duty that is open.
    pub overdue_since: Option<NaiveDate>,
}

impl Light {
    pub fn of(duty: &Duty, today: NaiveDate) -> Light {
        Part::of(duty).light(today)
    }
}

impl Stands {
    /// Of a task that nobody answers for.
    pub(super) const UNBEGUN: Stands = Stands { status: Status::NotStarted, light: Light::Grey, overdue_since: None };

    /// `parts`: all of the task, at least one.
    pub(super) fn of(parts: &[Part<'_>], today: NaiveDate) -> Stands {
        let status = status(parts);
        let shows = |light: Light| parts.iter().any(|part| part.light(today) == light);
        let light = if shows(Light::Red) {
            Light::Red
        } else if status == Status::Done {
            Light::Done
        } else if status == Status::Suspended {
            Light::Suspended
        } else if shows(Light::Yellow) {
            Light::Yellow
        } else if shows(Light::Green) {
            Light::Green
        } else {
            Light::Grey
        };
        Stands { status, light, overdue_since: parts.iter().filter_map(|part| part.overdue_since(today)).min() }
    }
}

impl<'a> Part<'a> {
    pub fn of(duty: &'a Duty) -> Part<'a> {
        Part {
            unit: &duty.unit,
            reach: duty.reach,
            role: duty.role,
            status: duty.status,
            heard: duty.last_heard_of_it().is_some(),
            next: duty.open_milestones().next().map(|milestone| milestone.due),
        }
    }

    /// Whether nothing was ever heard of it while it is open.
    pub fn is_unheard(&self) -> bool {
        self.status.is_open() && !self.heard
    }

    pub fn overdue_since(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.next.filter(|due| *due < today)
    }

    pub fn light(&self, today: NaiveDate) -> Light {
        match self.status {
            Status::Done => Light::Done,
            Status::Suspended => Light::Suspended,
            _ if self.overdue_since(today).is_some() => Light::Red,
            Status::Blocked => Light::Yellow,
            _ if self.next.is_some_and(|next| (next - today).num_days() <= NEAR_DAYS) => Light::Yellow,
            _ if self.is_unheard() => Light::Grey,
            _ => Light::Green,
        }
    }
}

/// It is under way as soon as anybody has begun.
fn status(parts: &[Part<'_>]) -> Status {
    let led = parts.iter().any(|part| part.role == Role::Lead);
    let deciding = || parts.iter().filter(move |part| !led || part.role == Role::Lead).map(|part| part.status);
    let all = |wanted: &[Status]| deciding().all(|status| wanted.contains(&status));
    if all(&[Status::Suspended]) {
        Status::Suspended
    } else if all(&[Status::Done, Status::Suspended]) {
        Status::Done
    } else if all(&[Status::Done, Status::ClaimedDone, Status::Suspended]) {
        Status::ClaimedDone
    } else if deciding().any(|status| status == Status::Blocked) {
        Status::Blocked
    } else if parts.iter().all(|part| matches!(part.status, Status::NotStarted | Status::Suspended)) {
        Status::NotStarted
    } else {
        Status::InProgress
    }
}
