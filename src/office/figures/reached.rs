//! Whom nothing reaches is told apart from whoever is silent.

use crate::office::figures::{DutyCounts, Figures, UnitFigures};

impl Figures<'_> {
    /// Units with open duties of which nothing was ever heard, although they are told of them.
    pub fn silent(&self) -> impl Iterator<Item = &UnitFigures> {
        self.totals.units.iter().filter(|unit| unit.silent > 0 && unit.reach.is_reached())
    }

    /// Units that nothing reaches, with open duties of which nothing was ever heard.
    pub fn unreached(&self) -> impl Iterator<Item = &UnitFigures> {
        self.totals.units.iter().filter(|unit| unit.silent > 0 && !unit.reach.is_reached())
    }
}

impl DutyCounts {
    /// `已反馈 3，未反馈 2，未能通知 1`; of the last only where there are any. `measure`: 项, where it is said.
    pub fn heard_or_not(&self, space: &str, measure: &str) -> String {
        let DutyCounts { counts, heard, unreached, .. } = self;
        let unheard = counts.total.saturating_sub(heard + unreached);
        let told = format!("已反馈{space}{heard}{measure}，未反馈{space}{unheard}{measure}");
        if *unreached > 0 { format!("{told}，未能通知{space}{unreached}{measure}") } else { told }
    }
}

impl UnitFigures {
    /// `省公安厅`, `省公安厅（未绑定）`
    pub fn unit_and_reach(&self) -> String {
        format!("{}{}", self.unit, self.reach.mark())
    }
}
