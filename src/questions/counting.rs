//! Questions whose answers are counts, and name little of what they count: an office of any size is counted a few tasks at a
//! time, and only what the answer names is kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::office::duty::{Duty, UnassignedTask};
use crate::office::figures;
use crate::office::figures::{Figures, Totals};
use crate::office::ids::DutyId;
use crate::office::moment::Moment;
use crate::questions::sentences::{is_meant, is_meant_unassigned};
use crate::understanding::{Query, QueryKind};

/// What a question may be about.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    pub duties: Vec<Duty>,
    pub unassigned: Vec<UnassignedTask>,
    /// The counts of all, where the duties are only those that the answer names.
    pub totals: Option<Totals>,
}

/// Counts an office that is shown to it a few tasks at a time, each with all its duties.
pub struct Counting<'a> {
    query: &'a Query,
    at: Moment,
    totals: Totals,
    named: Vec<Duty>,
}

/// Whether the answer counts the whole office.
pub fn counts(query: &Query) -> bool {
    let kind = match query.kind {
        // What is picked out is named.
        QueryKind::Status if query.only.is_some() => false,
        QueryKind::Status | QueryKind::Read | QueryKind::Own | QueryKind::People | QueryKind::Help => true,
        QueryKind::Overdue | QueryKind::Due | QueryKind::Units => true,
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
    kind && query.task.is_none() && query.unit.is_none()
}

impl<'a> Counting<'a> {
    pub fn begin(query: &'a Query, at: Moment) -> Counting<'a> {
        Counting { query, at, totals: Totals::none(at), named: Vec::new() }
    }

    pub fn add(&mut self, mut duties: Vec<Duty>) {
        duties.retain(|duty| is_meant(self.query, duty));
        let named = {
            let figures = figures::of(&duties, &[], self.at);
            let named = self.named_of(&figures);
            self.totals.add(figures.totals);
            named
        };
        self.named.extend(duties.into_iter().filter(|duty| named.contains(&duty.id)));
    }

    /// `unassigned`: the tasks that no unit answers for.
    pub fn end(mut self, mut unassigned: Vec<UnassignedTask>) -> Matter {
        unassigned.retain(|task| is_meant_unassigned(self.query, task));
        self.totals.add(figures::of(&[], &unassigned, self.at).totals);
        Matter { duties: self.named, unassigned, totals: Some(self.totals) }
    }

    /// The duties without which the answer would be another.
    fn named_of(&self, figures: &Figures<'_>) -> BTreeSet<DutyId> {
        let today = self.at.today;
        match self.query.kind {
            QueryKind::Overdue => figures.overdue().flat_map(|task| &task.duties).map(|duty| duty.id).collect(),
            QueryKind::Due => {
                let (from, to) = (self.query.from.unwrap_or(today), self.query.to.unwrap_or(NaiveDate::MAX));
                figures.due_within(from, to).flat_map(|deadline| &deadline.duties).map(|duty| duty.id).collect()
            }
            _ => BTreeSet::new(),
        }
    }
}
