//! The dates of a duty, as they are exported.

use chrono::NaiveDate;
use serde::Serialize;

use crate::office::duty::Duty;
use crate::office::milestone::MilestoneStatus;
use crate::office::moment::Moment;
use crate::office::plan::Rule;

#[derive(Debug, Serialize)]
pub struct MilestoneRow {
    text: String,
    scope: Option<String>,
    /// As it was put off to; of a date that comes round that of the present period.
    due: NaiveDate,
    /// As the plan has it.
    first_due: NaiveDate,
    status: MilestoneStatus,
    /// The office's local date of the coordinator's word, or of the report that met the period.
    done_on: Option<NaiveDate>,
    /// Where the date comes round.
    #[serde(skip_serializing_if = "Option::is_none")]
    recurring: Option<RecurringRow>,
}

#[derive(Debug, Serialize)]
struct RecurringRow {
    rule: Rule,
    /// Periods that were reported on, and those that went by without a report.
    met: usize,
    missed: usize,
}

/// Those that come round last.
pub fn milestone_rows(duty: &Duty, moment: Moment) -> Vec<MilestoneRow> {
    let dates = duty.milestones.iter().map(|date| MilestoneRow {
        text: date.text.clone(),
        scope: date.scope.clone(),
        due: date.due,
        first_due: date.first_due,
        status: date.stands,
        done_on: date.done_at.map(|at| moment.day_of(at)),
        recurring: None,
    });
    let rounds = duty.rounds(moment).map(|(one, round)| MilestoneRow {
        text: one.text.clone(),
        scope: one.scope.clone(),
        due: round.present.due,
        first_due: round.present.due,
        status: if round.met_on.is_some() { MilestoneStatus::Done } else { MilestoneStatus::Open },
        done_on: round.met_on,
        recurring: Some(RecurringRow { rule: one.rule, met: round.met, missed: round.missed }),
    });
    dates.chain(rounds).collect()
}
