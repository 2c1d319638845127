//! 时限: the dates within a duty, how each stands, and which of them words are about.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use crate::office::ids::MilestoneId;
use crate::office::status::Status;

/// A date this near is what 已完成 is said of.
pub const NEAR: TimeDelta = TimeDelta::days(31);

/// 时限, where it gives a day and binds this duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub id: MilestoneId,
    /// As printed: `2019年6月底前`.
    pub text: String,
    /// The last day that still counts.
    pub due: NaiveDate,
    /// The day that the plan gave it.
    pub first_due: NaiveDate,
    /// Whether that day was granted, and is another than the one that was printed.
    pub extended: bool,
    /// 本人核定: whether it was granted by whoever had asked for it.
    pub self_signed: bool,
    /// The one place that it is for.
    pub scope: Option<String>,
    pub stands: MilestoneStatus,
    /// When a coordinator's word made it done, while it is.
    pub done_at: Option<DateTime<Utc>>,
}

/// How a date of a duty stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneStatus {
    #[default]
    Open,
    /// The unit says that it is done; a coordinator has not yet agreed.
    ClaimedDone,
    /// A coordinator agreed.
    Done,
}

/// What was said and decided of one date by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// By the report with this id.
    Claimed(i64),
    /// A coordinator agreed at this moment.
    Done(DateTime<Utc>),
}

impl Milestone {
    /// How it stands within a duty: a claim or a sign-off of the whole covers all its dates.
    pub fn within(self, duty: Status, signed_off_at: Option<DateTime<Utc>>, reached: Option<Reached>) -> Milestone {
        let (stands, done_at) = match (reached, duty) {
            (Some(Reached::Done(at)), _) => (MilestoneStatus::Done, Some(at)),
            (_, Status::Done) => (MilestoneStatus::Done, signed_off_at),
            (Some(Reached::Claimed(_)), _) | (None, Status::ClaimedDone) => (MilestoneStatus::ClaimedDone, None),
            (None, _) => (MilestoneStatus::Open, None),
        };
        Milestone { stands, done_at, ..self }
    }

    pub fn is_open(&self) -> bool {
        self.stands == MilestoneStatus::Open
    }

    /// `2019年6月底前`, with the place that it is for.
    pub fn name(&self) -> String {
        match &self.scope {
            Some(scope) if !self.text.contains(scope.as_str()) => format!("{scope}{}", self.text),
            _ => self.text.clone(),
        }
    }

    /// Whether words call its place by its name: 长沙 for 长沙市.
    pub fn is_placed_in(&self, words: &str) -> bool {
        let bare = |scope: &String| words.contains(scope.trim_end_matches(['市', '州', '县', '区']));
        self.scope.as_ref().is_some_and(bare)
    }
}
