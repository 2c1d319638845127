//! How many tasks are left, as the plans' dates have it and as it went.

use chrono::NaiveDate;

use crate::office::figures::Figures;

/// So many tasks are left after each day on which their number changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurnDown {
    pub total: usize,
    /// As the plans' dates have it: a task is expected to be done on its last milestone.
    pub planned: Vec<(NaiveDate, usize)>,
    /// As it went, up to today.
    pub actual: Vec<(NaiveDate, usize)>,
}

impl Figures<'_> {
    pub fn burn_down(&self) -> BurnDown {
        let total = self.tasks.len();
        let left = |days: Vec<NaiveDate>| {
            let mut steps: Vec<(NaiveDate, usize)> = Vec::new();
            for (day, gone) in days.into_iter().zip(1..) {
                match steps.last_mut() {
                    Some((last, left)) if *last == day => *left = total - gone,
                    _ => steps.push((day, total - gone)),
                }
            }
            steps
        };
        let sorted = |mut days: Vec<NaiveDate>| {
            days.sort();
            days
        };
        let planned = left(sorted(self.tasks.iter().filter_map(|task| task.due).collect()));
        let mut actual = left(sorted(self.tasks.iter().filter_map(|task| task.done_on).collect()));
        if actual.last().is_none_or(|(day, _)| *day < self.totals.at.today) {
            let left = actual.last().map_or(total, |(_, left)| *left);
            actual.push((self.totals.at.today, left));
        }
        BurnDown { total, planned, actual }
    }
}
