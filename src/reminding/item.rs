//! One line of a digest: a duty, and why it is named.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::office::duty::{Duty, Heard, Role, TaskRef, UnitRef};
use crate::office::milestone::Milestone;
use crate::office::policy::Policy;
use crate::office::reach::Reach;
use crate::schedule::calendar::Calendar;
use crate::steps::Step;

/// After the ladder's last step an overdue milestone is named again after so many days.
pub const REPEAT_EVERY_DAYS: i64 = 7;

/// No run of days off moves a step further than this.
pub const LONGEST_SHIFT: TimeDelta = TimeDelta::days(31);

/// Why a task is named in a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Overdue,
    DueToday,
    DueSoon,
    Escalation,
    /// A date that comes round.
    Recurring,
    ProgressCall,
    /// 交办: it is new.
    Assigned,
    /// Its unit asked to be reminded once more.
    Later,
    /// The unit's own step is about due or late; only a rehearsal calls it so.
    Step,
}

impl Reason {
    pub fn key(self) -> &'static str {
        match self {
            Reason::Overdue => "overdue",
            Reason::DueToday => "due_today",
            Reason::DueSoon => "due_soon",
            Reason::Escalation => "escalation",
            Reason::Recurring => "recurring",
            Reason::ProgressCall => "progress_call",
            Reason::Assigned => "assigned",
            Reason::Later => "later",
            Reason::Step => "step",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Reason::Overdue => "逾期",
            Reason::DueToday => "今日到期",
            Reason::DueSoon => "临近到期",
            Reason::Escalation => "逾期后未反馈",
            Reason::Recurring => "定期反馈",
            Reason::ProgressCall => "收集进展",
            Reason::Assigned => "新交办",
            Reason::Later => "再次提醒",
            Reason::Step => "分解步骤",
        }
    }
}

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub task: TaskRef,
    /// The short name of its plan, where several are open.
    pub plan: Option<String>,
    pub role: Role,
    pub collective: bool,
    pub reason: Reason,
    pub milestone: Option<Milestone>,
    /// The unit's own step that it is about; it has no milestone then.
    pub step: Option<Step>,
    /// What was last heard of it; not for [`Reason::Escalation`].
    pub heard: Option<Heard>,
    /// Whose silence this is about; only for [`Reason::Escalation`].
    pub silent: Vec<String>,
    /// Which of these nothing reaches.
    pub unreached: Vec<(String, Reach)>,
    /// How many periods went by without a report; only for [`Reason::Recurring`].
    pub missed: usize,
}

impl Item {
    /// The date of the milestone or the step.
    pub fn due(&self) -> Option<NaiveDate> {
        let of_step = || self.step.as_ref().map(|step| step.due);
        self.milestone.as_ref().map(|milestone| milestone.due).or_else(of_step)
    }

    /// Calendar days from `day` to the due date, negative after it.
    pub fn days_left(&self, day: NaiveDate) -> Option<i64> {
        self.due().map(|due| (due - day).num_days())
    }
}

/// To whom a digest goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    Unit(UnitRef),
    Coordinators,
}

pub fn reason_for(due: NaiveDate, day: NaiveDate) -> Reason {
    match due.cmp(&day) {
        Ordering::Less => Reason::Overdue,
        Ordering::Equal => Reason::DueToday,
        Ordering::Greater => Reason::DueSoon,
    }
}

pub fn reported_on(duty: &Duty, day: NaiveDate, policy: &Policy) -> bool {
    let local = |at: DateTime<Utc>| at.with_timezone(&policy.timezone).date_naive();
    duty.last_report.as_ref().is_some_and(|report| local(report.at) == day)
}

/// The working days up to `until` on which a milestone is named: the ladder's steps, then every seven days.
pub fn ladder_days(
    due: NaiveDate,
    until: NaiveDate,
    ladder: &[i64],
    calendar: &Calendar,
) -> impl Iterator<Item = NaiveDate> {
    let last = ladder.last().copied().unwrap_or_default();
    let repeats = (1..).map(move |times| last - times * REPEAT_EVERY_DAYS);
    let steps = ladder.iter().copied().chain(repeats);
    steps
        .take_while(move |step| due - TimeDelta::days(*step) <= until + LONGEST_SHIFT)
        .map(move |step| ladder_day(due, step, calendar))
}

/// The working day on which one step of a ladder is named.
pub fn ladder_day(due: NaiveDate, step: i64, calendar: &Calendar) -> NaiveDate {
    let nominal = due - TimeDelta::days(step);
    match step {
        0.. => calendar.working_day_on_or_before(nominal),
        _ => calendar.working_day_on_or_after(nominal),
    }
}
