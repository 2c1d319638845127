//! 核定: what units ask of the coordinators, and what these decide.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::duty::{Asked, Duty, DutyId, TaskId};
use super::standing::Ruling;

/// What a unit asks beside 提请办结, and a coordinator may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// 延期
    MoreTime,
    /// 中止
    Suspension,
}

/// What waits for a coordinator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Petition {
    /// 提请办结
    Claim,
    Wish(WishKind),
}

impl Petition {
    pub const ALL: [Petition; 3] =
        [Petition::Claim, Petition::Wish(WishKind::MoreTime), Petition::Wish(WishKind::Suspension)];
}

/// What a coordinator has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ruled(Ruling),
    MoreTime {
        due: NaiveDate,
        granted: bool,
    },
    /// A wish to be suspended was refused.
    NotSuspended,
}

impl Verdict {
    /// What it answers, where a button was drawn for it.
    pub fn answers(self) -> Petition {
        match self {
            Verdict::Ruled(Ruling::Suspended) | Verdict::NotSuspended => Petition::Wish(WishKind::Suspension),
            Verdict::MoreTime { .. } => Petition::Wish(WishKind::MoreTime),
            Verdict::Ruled(_) => Petition::Claim,
        }
    }

    /// Whether it agrees to what was asked for.
    pub fn grants(self) -> bool {
        match self {
            Verdict::Ruled(ruling) => ruling.grants(),
            Verdict::MoreTime { granted, .. } => granted,
            Verdict::NotSuspended => false,
        }
    }

    /// Whether the unit is told why, as soon as the coordinator has said so.
    pub fn asks_why(self) -> bool {
        matches!(
            self,
            Verdict::Ruled(Ruling::Returned) | Verdict::MoreTime { granted: false, .. } | Verdict::NotSuspended
        )
    }
}

/// A decision that was made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub person: String,
    pub at: DateTime<Utc>,
    pub verdict: Verdict,
}

/// A coordinator's word on duties, by command: `/suspend 5 省公安厅 理由`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub ruling: Ruling,
    pub on: On,
    pub reason: Option<String>,
    /// The message whose kept words are the reason, where a button completes it.
    pub kept_in: Option<i64>,
}

/// Which duties an order is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// The duties in the task with this number; only the coordinator knows which, if there are several.
    Number(String),
    UnitIn {
        number: String,
        unit: String,
    },
    /// Every unit in the task with this number.
    AllIn(String),
    /// Every unit in a task.
    Task(TaskId),
    Duty(DutyId),
}

impl Duty {
    /// Where and when something was asked for that still waits.
    pub fn asked(&self, petition: Petition) -> Option<Asked> {
        match petition {
            Petition::Claim => self.waiting.claim,
            Petition::Wish(WishKind::MoreTime) => self.waiting.more_time.map(|wish| wish.asked),
            Petition::Wish(WishKind::Suspension) => self.waiting.suspension.as_ref().map(|(asked, _)| *asked),
        }
    }
}
