//! 会议: what coordinators bring to their meeting: what has changed since the last one, what waits and what is ahead.

pub mod rows;
pub mod sentences;

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::office::duty::Duty;
use crate::office::figures::{Deadline, Figures, TaskFigure};
use crate::office::ids::{DutyId, TaskId, UnitId};
use crate::office::status::Status;

/// How far ahead dates are told, in days.
pub const AHEAD: u64 = 14;

/// What was recorded since the last briefing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// Of duties: one message may report on several.
    pub reports: i64,
    pub accepted: i64,
    pub returned: i64,
    /// Messages of contacts that were read as words about duties, by what became of them: asked about before they counted,
    /// taken back within the day, corrected within the hour.
    pub read: i64,
    pub asked: i64,
    pub undone: i64,
    pub corrected: i64,
}

/// The last time that units were asked for progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub day: NaiveDate,
    /// The units that have reported since, and those that have not.
    pub answered: Vec<String>,
    pub waiting: Vec<String>,
}

/// What a meeting knows beside how things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// When the last briefing told.
    pub at: DateTime<Utc>,
    pub happened: Happened,
    /// Duties that were blocked then.
    pub blocked_before: Vec<DutyId>,
    pub call: Option<Call>,
    /// When each unit was last asked for each task.
    pub asked: HashMap<(UnitId, TaskId), DateTime<Utc>>,
    /// The ledger's length and head, by which nobody can change later what was recorded before.
    pub entries: i64,
    pub head: Option<String>,
}

/// What is brought to a meeting.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'m, 'a> {
    pub figures: &'m Figures<'a>,
    pub since: &'m Since,
}

impl<'m, 'a> Meeting<'m, 'a> {
    pub fn since_day(&self) -> NaiveDate {
        self.figures.totals.at.day_of(self.since.at)
    }

    fn duties(&self) -> impl Iterator<Item = &'a Duty> + use<'m, 'a> {
        self.figures.duties()
    }

    /// What a coordinator's word made done.
    pub fn done(&self) -> Vec<&'a Duty> {
        let since = self.since.at;
        self.duties().filter(|duty| duty.done_at.is_some_and(|done| done >= since)).collect()
    }

    /// The tasks that became done by that: all of their duties are.
    pub fn done_tasks(&self) -> Vec<&'m TaskFigure<'a>> {
        let since = self.since.at;
        let newly = |task: &&TaskFigure<'a>| {
            let last = task.duties.iter().filter_map(|duty| duty.done_at).max();
            task.status == Status::Done && last.is_some_and(|done| done >= since)
        };
        self.figures.tasks.iter().filter(newly).collect()
    }

    /// Tasks whose first missed date was not yet missed at the last meeting.
    pub fn newly_late(&self) -> Vec<&'m TaskFigure<'a>> {
        let since = self.since_day();
        self.figures.overdue().filter(|task| task.overdue_since.is_some_and(|missed| missed >= since)).collect()
    }

    pub fn newly_blocked(&self) -> Vec<&'a Duty> {
        let before = &self.since.blocked_before;
        self.duties().filter(|duty| duty.status == Status::Blocked && !before.contains(&duty.id)).collect()
    }

    /// Whether nothing was heard of a duty since its unit was asked for it, nor since the last meeting.
    fn is_unheard(&self, duty: &Duty) -> bool {
        let asked = self.since.asked.get(&(duty.unit.id, duty.task.id));
        let since = asked.map_or(self.since.at, |asked| self.since.at.min(*asked));
        duty.last_heard_of_it().is_none_or(|heard| heard < since)
    }

    /// The dates of the next two weeks, each with the duties that were not reported on for it.
    pub fn ahead(&self) -> Vec<(&'m Deadline<'a>, Vec<&'a Duty>)> {
        let today = self.figures.totals.at.today;
        let unheard =
            |deadline: &Deadline<'a>| deadline.duties.iter().copied().filter(|duty| self.is_unheard(duty)).collect();
        let due = self.figures.due_within(today, today + Days::new(AHEAD));
        due.map(|deadline| (deadline, unheard(deadline))).collect()
    }

    /// The duties whose units are to be asked, by task: what is late or due within two weeks, and was not reported on. Who is
    /// told nothing cannot be asked.
    pub fn to_press(&self) -> Vec<Vec<&'a Duty>> {
        let today = self.figures.totals.at.today;
        let late = self.duties().filter(|duty| duty.overdue_since(today).is_some() && self.is_unheard(duty));
        let soon = self.ahead().into_iter().flat_map(|(_, unheard)| unheard);
        let mut found: Vec<Vec<&Duty>> = Vec::new();
        for duty in late.chain(soon).filter(|duty| duty.reach.is_reached()) {
            match found.iter_mut().find(|duties| duties.iter().any(|known| known.task.id == duty.task.id)) {
                Some(duties) if duties.iter().any(|known| known.id == duty.id) => {}
                Some(duties) => duties.push(duty),
                None => found.push(vec![duty]),
            }
        }
        found
    }
}
