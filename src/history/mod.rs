//! 历次反馈: one thing that happened to a unit's part in a task.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, NaiveDate, Utc};

use crate::assigning;
use crate::office::called::Called;
use crate::office::ids::{PlanId, UnitId};
use crate::office::status::Status;
use crate::problems::Ending;
use crate::review::Verdict;
use crate::steps::Mark;
use crate::understanding::Aside;

/// The tasks and units whose history is wanted: all where nothing narrows it.
#[derive(Clone, Copy, Default)]
pub struct Of<'a> {
    pub number: Option<&'a str>,
    pub plan: Option<PlanId>,
    pub unit: Option<UnitId>,
    pub unit_name: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: DateTime<Utc>,
    /// The task's number.
    pub task: String,
    /// The plan's name, where several have a task of that number.
    pub plan: Option<String>,
    pub unit: String,
    /// Who said or decided it.
    pub person: String,
    pub what: What,
}

impl Entry {
    /// Whether it is a coordinator's word, of which the unit is told.
    pub fn is_of_coordinators(&self) -> bool {
        match &self.what {
            What::Decided { .. } => true,
            What::Problem { ending, .. } => matches!(ending, Some(Ending::Answered | Ending::Closed)),
            // Of changes the next digest tells.
            What::Said { .. } | What::Step { .. } | What::Changed { .. } => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A version of a report.
    Said {
        /// From 1.
        version: i64,
        /// Whether it came by an edit of the message.
        edited: bool,
        status: Option<Status>,
        percent: Option<i64>,
        /// The one date that it claims, as printed.
        claims: Option<String>,
        /// Where it tells nothing of how the duty stands.
        aside: Option<Aside>,
        /// What was said of the task.
        text: String,
        /// The whole message, where it says more.
        whole: Option<String>,
        /// How many files came with it.
        attachments: i64,
        withdrawn: bool,
        /// 补: whether it waited for its sender's registration.
        made_up: bool,
    },
    /// A coordinator's word.
    Decided {
        verdict: Verdict,
        reason: Option<String>,
        /// 本人核定
        self_signed: bool,
    },
    /// A problem is raised; or answered, closed or taken back, with the answer.
    Problem { what: String, ending: Option<Ending>, answer: Option<String> },
    /// A step was planned, or marked.
    Step { mark: Option<Mark>, text: String, due: NaiveDate },
    /// A coordinator assigned the task, amended or ended it.
    Changed { change: assigning::News, reason: Option<String> },
}

/// What happened to a task, or to a unit's part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub called: Option<Called>,
    pub unit: Option<String>,
    /// Whether whole messages are wanted beside what they say of the task.
    pub whole: bool,
}
