//! How things stand at a moment. One function counts; chat, command line, exports, pictures and bulletins show what it
//! found, so that the same question has the same figures wherever it is asked.

mod burn_down;
mod part;
pub mod reached;
mod sums;
pub mod timeline;
mod waiting;

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{NaiveDate, SecondsFormat};
use serde::{Serialize, Serializer};

use crate::office::duty::{Asked, Duty, Role, SectionRef, TaskRef, UnassignedTask};
use crate::office::ids::UnitId;
use crate::office::light::Light;
use crate::office::milestone::Milestone;
use crate::office::moment::Moment;
use crate::office::reach::Reach;
use crate::office::status::Status;
use crate::office::unconfirmed::Unconfirmed;
use crate::practices::Practice;
use crate::problems::Problem;
use crate::reporting;
use crate::review::Petition;

pub use crate::office::figures::part::{OpenDate, Part, Stands, TaskParts};
pub use crate::office::figures::sums::Tally;

/// Everything that is counted. Its JSON is the one of `duban status --json`.
#[derive(Clone, Debug, Serialize)]
pub struct Totals {
    #[serde(rename = "as_of", serialize_with = "local_time")]
    pub at: Moment,
    pub tasks: Counts,
    pub duties: DutyCounts,
    /// In the order of the roll.
    pub units: Vec<UnitFigures>,
    /// In the order of the plans; tasks above the first section of their plan make a row without a section.
    pub sections: Vec<SectionFigures>,
    /// Problems that wait for the coordinators.
    pub problems: usize,
    /// Practices that reports pass on.
    pub practices: usize,
}

/// The counts, with what was counted.
#[derive(Clone, Debug)]
pub struct Figures<'a> {
    pub totals: Totals,
    /// In the order of the plans; those that no unit answers for come last.
    pub tasks: Vec<TaskFigure<'a>>,
    /// The open dates of open duties, by due date; those before today are overdue.
    pub deadlines: Vec<Deadline<'a>>,
    /// Those that are open, with the duties that have them.
    pub problems: Vec<(&'a Duty, &'a Problem)>,
    /// What reports pass on, with the duties that they are about: what is recommended comes first.
    pub practices: Vec<(&'a Duty, &'a Practice)>,
    /// Duties that are blocked, and whose units named no problem that is open.
    pub blocked: Vec<&'a Duty>,
    /// Duties whose unit says that they are done; a coordinator has not yet agreed.
    pub claims: Vec<&'a Duty>,
    /// What units ask of the coordinators, the oldest first.
    pub petitions: Vec<(Petition, Asked, &'a Duty)>,
    /// What waits for its own unit to confirm it, with the duties that it may be about.
    pub unconfirmed: Vec<(&'a Unconfirmed, Vec<&'a Duty>)>,
}

/// Tasks or duties by status and by light. `overdue` counts beside the statuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub total: usize,
    pub done: usize,
    pub claimed_done: usize,
    pub in_progress: usize,
    pub blocked: usize,
    pub not_started: usize,
    pub suspended: usize,
    pub overdue: usize,
    pub lights: Lights,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lights {
    pub green: usize,
    pub yellow: usize,
    pub red: usize,
    pub grey: usize,
    pub suspended: usize,
    pub done: usize,
}

/// Duties, and what was heard of them: heard, silent and suspended together are all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DutyCounts {
    #[serde(flatten)]
    pub counts: Counts,
    /// Of which anything was ever said, also where it waits to be confirmed.
    pub heard: usize,
    /// Open, and nothing was ever said.
    pub silent: usize,
    /// Of the silent those whose units are told nothing.
    pub unreached: usize,
}

/// One unit's duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitFigures {
    #[serde(skip)]
    pub id: UnitId,
    pub unit: String,
    /// As many as `counts.total`.
    pub duties: usize,
    pub heard: usize,
    pub silent: usize,
    /// Whether it is told what is asked of it.
    pub reach: Reach,
    #[serde(flatten)]
    pub counts: Counts,
}

/// The tasks of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionFigures {
    pub plan: String,
    #[serde(flatten)]
    pub section: Option<SectionRef>,
    pub tasks: Counts,
}

/// A task stands as its lead units do; without a lead, as all its units together. It is under way as soon as anybody has
/// begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFigure<'a> {
    pub task: &'a TaskRef,
    pub plan: &'a str,
    pub section: Option<&'a SectionRef>,
    /// None where no unit answers for it.
    pub duties: Vec<&'a Duty>,
    pub status: Status,
    pub light: Light,
    /// The earliest milestone that has passed, of a duty that is open.
    pub overdue_since: Option<NaiveDate>,
    /// Its last milestone.
    pub due: Option<NaiveDate>,
    /// The day on which a coordinator's word made it done.
    pub done_on: Option<NaiveDate>,
}

/// A milestone with the open duties that it binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline<'a> {
    pub milestone: &'a Milestone,
    pub duties: Vec<&'a Duty>,
}

/// Counts everything at a moment. `unassigned` are the tasks that no unit answers for: nobody has begun them.
pub fn of<'a>(duties: impl IntoIterator<Item = &'a Duty>, unassigned: &'a [UnassignedTask], at: Moment) -> Figures<'a> {
    let duties = &Vec::from_iter(duties);
    let mut tally = Tally::begin(at);
    let by_task = grouped(duties, |duty| duty.task.id);
    let mut tasks: Vec<_> = by_task.into_iter().map(|(_, duties)| task_figure(&mut tally, duties, at)).collect();
    tasks.extend(unassigned.iter().map(|task| unassigned_figure(&mut tally, task)));
    let each = || duties.iter().copied();
    let mut practices: Vec<_> =
        each().flat_map(|duty| duty.practices.iter().map(move |practice| (duty, practice))).collect();
    practices.sort_by_key(|(_, practice)| !practice.recommended);
    let problems: Vec<_> = each().flat_map(|duty| duty.problems.iter().map(move |problem| (duty, problem))).collect();
    Figures {
        totals: tally.end(problems.len(), practices.len()),
        deadlines: deadlines(duties),
        problems,
        practices,
        blocked: each().filter(|duty| duty.status == Status::Blocked && duty.problems.is_empty()).collect(),
        petitions: petitions(duties),
        unconfirmed: reporting::unconfirmed::of(each()),
        claims: each().filter(|duty| duty.status == Status::ClaimedDone).collect(),
        tasks,
    }
}

impl<'a> Figures<'a> {
    /// In the order of the tasks.
    pub fn duties(&self) -> impl Iterator<Item = &'a Duty> {
        self.tasks.iter().flat_map(|task| task.duties.iter().copied())
    }

    pub fn overdue(&self) -> impl Iterator<Item = &TaskFigure<'a>> {
        self.tasks.iter().filter(|task| task.overdue_since.is_some())
    }

    /// What is due from one day to another, both counted.
    pub fn due_within(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &Deadline<'a>> {
        self.deadlines.iter().filter(move |deadline| (from..=to).contains(&deadline.milestone.due))
    }
}

impl Lights {
    /// How many have this light.
    pub fn of(&self, light: Light) -> usize {
        match light {
            Light::Green => self.green,
            Light::Yellow => self.yellow,
            Light::Red => self.red,
            Light::Grey => self.grey,
            Light::Suspended => self.suspended,
            Light::Done => self.done,
        }
    }
}

impl SectionFigures {
    /// `（一）优化审批`; tasks above the first section are the others.
    pub fn name(&self) -> String {
        self.section.as_ref().map_or_else(|| "其他任务".to_owned(), SectionRef::name)
    }
}

impl Counts {
    /// The statuses in the order in which papers and answers have them; they add up to the total.
    pub fn by_status(&self) -> [(Status, usize); 6] {
        [
            (Status::Done, self.done),
            (Status::ClaimedDone, self.claimed_done),
            (Status::InProgress, self.in_progress),
            (Status::Blocked, self.blocked),
            (Status::NotStarted, self.not_started),
            (Status::Suspended, self.suspended),
        ]
    }

    /// `已办结 3，推进中 5`, of the statuses that there are.
    pub fn in_words(&self) -> String {
        let counted = self.by_status().into_iter().filter(|(_, count)| *count > 0);
        let counted = counted.map(|(status, count)| format!("{} {count}", status.label()));
        counted.collect::<Vec<_>>().join("，")
    }

    fn add(&mut self, status: Status, light: Light) {
        self.total += 1;
        *match status {
            Status::Done => &mut self.done,
            Status::ClaimedDone => &mut self.claimed_done,
            Status::InProgress => &mut self.in_progress,
            Status::Blocked => &mut self.blocked,
            Status::NotStarted => &mut self.not_started,
            Status::Suspended => &mut self.suspended,
        } += 1;
        *match light {
            Light::Green => &mut self.lights.green,
            Light::Yellow => &mut self.lights.yellow,
            Light::Red => &mut self.lights.red,
            Light::Grey => &mut self.lights.grey,
            Light::Suspended => &mut self.lights.suspended,
            Light::Done => &mut self.lights.done,
        } += 1;
        self.overdue += usize::from(light == Light::Red);
    }
}

/// `part` of `whole` in tenths of a percent, rounded; `None` of nothing.
pub fn per_mille(part: usize, whole: usize) -> Option<usize> {
    (whole > 0).then(|| (part * 2000 + whole) / (2 * whole))
}

/// The lead units' duties; without a lead, all.
fn deciding<'a>(duties: &[&'a Duty]) -> impl Iterator<Item = &'a Duty> {
    let led = duties.iter().any(|duty| duty.role == Role::Lead);
    duties.iter().copied().filter(move |duty| !led || duty.role == Role::Lead)
}

fn task_figure<'a>(tally: &mut Tally, duties: Vec<&'a Duty>, at: Moment) -> TaskFigure<'a> {
    let first = duties[0];
    let parts: Vec<Part<'_>> = duties.iter().copied().map(Part::of).collect();
    let Stands { status, light, overdue_since } = tally.add(&first.plan, first.section.as_ref(), &parts);
    let done_on = deciding(&duties).filter_map(|duty| duty.done_at).max().map(|done| at.day_of(done));
    TaskFigure {
        task: &first.task,
        plan: &first.plan,
        section: first.section.as_ref(),
        status,
        light,
        overdue_since,
        due: duties.iter().flat_map(|duty| &duty.milestones).map(|milestone| milestone.due).max(),
        done_on: done_on.filter(|_| status == Status::Done),
        duties,
    }
}

fn unassigned_figure<'a>(tally: &mut Tally, unassigned: &'a UnassignedTask) -> TaskFigure<'a> {
    let Stands { status, light, overdue_since } = tally.add_unassigned(unassigned);
    TaskFigure {
        task: &unassigned.task,
        plan: &unassigned.plan,
        section: unassigned.section.as_ref(),
        duties: Vec::new(),
        status,
        light,
        overdue_since,
        due: unassigned.due,
        done_on: None,
    }
}

fn petitions<'a>(duties: &[&'a Duty]) -> Vec<(Petition, Asked, &'a Duty)> {
    let of_duty = |duty: &'a Duty| {
        duty.petitions().into_iter().filter_map(move |petition| Some((petition, duty.asked(petition)?, duty)))
    };
    let mut petitions: Vec<_> = duties.iter().copied().flat_map(of_duty).collect();
    petitions.sort_by_key(|(_, asked, _)| asked.at);
    petitions
}

fn deadlines<'a>(duties: &[&'a Duty]) -> Vec<Deadline<'a>> {
    let bound: Vec<_> =
        duties.iter().flat_map(|duty| duty.open_milestones().map(move |milestone| (milestone, *duty))).collect();
    let by_milestone = grouped(&bound, |(milestone, duty)| (milestone.id, duty.task.id, milestone.due));
    let mut deadlines: Vec<_> = by_milestone
        .into_iter()
        .map(|(_, bound)| Deadline { milestone: bound[0].0, duties: bound.iter().map(|(_, duty)| *duty).collect() })
        .collect();
    deadlines.sort_by_key(|deadline| deadline.milestone.due);
    deadlines
}

/// Groups in the order of their first members.
fn grouped<T: Copy, K: Eq + Hash + Clone>(all: &[T], key: impl Fn(T) -> K) -> Vec<(K, Vec<T>)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for one in all.iter().copied() {
        let key = key(one);
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups
}

/// RFC 3339 with the office's offset.
fn local_time<S: Serializer>(at: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.now.with_timezone(&at.zone).to_rfc3339_opts(SecondsFormat::Secs, false))
}
