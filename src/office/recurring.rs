//! 定期报送: a date of a duty that comes round, and which of its periods were met.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::office::ids::MilestoneId;
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::plan::Rule;
use crate::schedule::occurrence::{Occurrence, due_within, of_day};

/// A recurring date that binds a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    pub id: MilestoneId,
    /// As printed: `每月5日前`.
    pub text: String,
    pub scope: Option<String>,
    pub rule: Rule,
    /// From when periods are counted: the first reminders that the office sent once it had the plan.
    pub since: DateTime<Utc>,
    /// When the unit reported status, share or 无变化; 收到 or a problem alone meets nothing.
    pub told: Vec<DateTime<Utc>>,
}

/// How a recurring date stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// That of the present period.
    pub present: Occurrence,
    /// The day on which it was met.
    pub met_on: Option<NaiveDate>,
    /// Periods that were met, the present one included.
    pub met: usize,
    /// Periods that went by without a report.
    pub missed: usize,
}

impl Recurring {
    /// The first day within the period on which it was reported on.
    pub fn met_on(&self, one: Occurrence, zone: Tz) -> Option<NaiveDate> {
        let days = self.told.iter().map(|at| at.with_timezone(&zone).date_naive());
        days.filter(|day| one.holds(*day)).min()
    }

    /// `None` beyond what is counted.
    pub fn round(&self, today: NaiveDate, zone: Tz) -> Option<Round> {
        let present = of_day(self.rule, today)?;
        let since = self.since.with_timezone(&zone).date_naive();
        let over = due_within(self.rule, since, present.begins).filter(|one| one.ends < present.begins);
        let (met, missed): (Vec<_>, Vec<_>) = over.partition(|one| self.met_on(*one, zone).is_some());
        let met_on = self.met_on(present, zone);
        Some(Round { present, met_on, met: met.len() + usize::from(met_on.is_some()), missed: missed.len() })
    }

    /// The date of one period.
    pub fn milestone(&self, one: Occurrence) -> Milestone {
        Milestone {
            id: self.id,
            text: self.text.clone(),
            due: one.due,
            first_due: one.due,
            extended: false,
            self_signed: false,
            scope: self.scope.clone(),
            stands: MilestoneStatus::Open,
            done_at: None,
        }
    }
}
