//! Who is told nothing is told apart from whoever is silent.

use crate::office::figures::{DutyCounts, Figures, Part, Totals, UnitFigures};
use crate::office::status::Status;

/// What was heard of a duty: each is counted as one of these, so that they add up to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// Something was heard, or there is nothing left to tell.
    Heard,
    /// Its unit is told of it and says nothing.
    Silent,
    /// Its unit is told nothing.
    Unreached,
    /// Nobody asks for it.
    Suspended,
}

impl Hearing {
    pub fn of(part: &Part<'_>) -> Hearing {
        if part.status == Status::Suspended {
            Hearing::Suspended
        } else if !part.is_unheard() {
            Hearing::Heard
        } else if part.reach.is_reached() {
            Hearing::Silent
        } else {
            Hearing::Unreached
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Hearing::Heard => "已反馈",
            Hearing::Silent => "未反馈",
            Hearing::Unreached => "未能通知",
            Hearing::Suspended => Status::Suspended.label(),
        }
    }
}

impl Figures<'_> {
    /// Units with open duties of which nothing was ever heard, although they are told of them.
    pub fn silent(&self) -> impl Iterator<Item = &UnitFigures> {
        self.totals.units.iter().filter(|unit| unit.silent > 0 && unit.reach.is_reached())
    }

    /// Units that are told nothing, with open duties of which nothing was ever heard.
    pub fn unreached(&self) -> impl Iterator<Item = &UnitFigures> {
        self.totals.units.iter().filter(|unit| unit.silent > 0 && !unit.reach.is_reached())
    }
}

impl Totals {
    /// Units that are told nothing.
    pub fn units_unreached(&self) -> impl Iterator<Item = &UnitFigures> {
        self.units.iter().filter(|unit| !unit.reach.is_reached())
    }
}

impl DutyCounts {
    /// How many duties are what; together they are all.
    pub fn by_hearing(&self) -> [(Hearing, usize); 4] {
        [
            (Hearing::Heard, self.heard),
            (Hearing::Silent, self.silent.saturating_sub(self.unreached)),
            (Hearing::Unreached, self.unreached),
            (Hearing::Suspended, self.counts.suspended),
        ]
    }

    /// `已反馈 3，未反馈 2，未能通知 1，中止 1`; of the last two only where there are any. `measure`: 项, where it is said.
    pub fn heard_or_not(&self, space: &str, measure: &str) -> String {
        let is_told =
            |(hearing, count): &(Hearing, usize)| *count > 0 || matches!(hearing, Hearing::Heard | Hearing::Silent);
        let told = self.by_hearing().into_iter().filter(is_told);
        let told = told.map(|(hearing, count)| format!("{}{space}{count}{measure}", hearing.label()));
        told.collect::<Vec<_>>().join("，")
    }
}

impl UnitFigures {
    /// `省公安厅`, `省公安厅（未绑定）`
    pub fn unit_and_reach(&self) -> String {
        format!("{}{}", self.unit, self.reach.mark())
    }
}
