//! Counts of some tasks and counts of others are counts of all, so that nobody has to hold an office to count it.

use crate::office::figures;
use crate::office::figures::{Counts, DutyCounts, Lights, SectionFigures, Totals, UnitFigures};
use crate::office::moment::Moment;

impl Totals {
    /// Nothing yet.
    pub fn none(at: Moment) -> Totals {
        figures::of(&[], &[], at).totals
    }

    /// Counts other tasks too, with all their duties.
    pub fn add(&mut self, other: Totals) {
        self.tasks.add_all(other.tasks);
        self.duties.add_all(other.duties);
        self.problems += other.problems;
        self.practices += other.practices;
        for unit in other.units {
            match self.units.binary_search_by_key(&unit.id, |known| known.id) {
                Ok(place) => self.units[place].add_all(&unit),
                Err(place) => self.units.insert(place, unit),
            }
        }
        for section in other.sections {
            let is_same = |known: &&mut SectionFigures| known.plan == section.plan && known.section == section.section;
            match self.sections.iter_mut().find(is_same) {
                Some(known) => known.tasks.add_all(section.tasks),
                None => self.sections.push(section),
            }
        }
        let plans: Vec<String> = self.sections.iter().map(|row| row.plan.clone()).collect();
        self.sections.sort_by_key(|row| place_among(&plans, row));
    }
}

/// The plans in the order in which they are named, each with its sections in theirs.
pub(super) fn place_among(plans: &[impl AsRef<str>], row: &SectionFigures) -> (Option<usize>, Option<i64>) {
    let plan = plans.iter().position(|plan| plan.as_ref() == row.plan);
    (plan, row.section.as_ref().map(|section| section.position))
}

impl DutyCounts {
    fn add_all(&mut self, other: DutyCounts) {
        self.counts.add_all(other.counts);
        self.heard += other.heard;
        self.silent += other.silent;
        self.unreached += other.unreached;
    }
}

impl UnitFigures {
    fn add_all(&mut self, other: &UnitFigures) {
        self.duties += other.duties;
        self.heard += other.heard;
        self.silent += other.silent;
        self.counts.add_all(other.counts);
    }
}

impl Counts {
    fn add_all(&mut self, other: Counts) {
        let Counts { total, done, claimed_done, in_progress, blocked, not_started, suspended, overdue, lights } = other;
        let Lights { green, yellow, red, grey, suspended: stopped, done: finished } = lights;
        let add = [
            (&mut self.total, total),
            (&mut self.done, done),
            (&mut self.claimed_done, claimed_done),
            (&mut self.in_progress, in_progress),
            (&mut self.blocked, blocked),
            (&mut self.not_started, not_started),
            (&mut self.suspended, suspended),
            (&mut self.overdue, overdue),
            (&mut self.lights.green, green),
            (&mut self.lights.yellow, yellow),
            (&mut self.lights.red, red),
            (&mut self.lights.grey, grey),
            (&mut self.lights.suspended, stopped),
            (&mut self.lights.done, finished),
        ];
        for (sum, more) in add {
            *sum += more;
        }
    }
}
