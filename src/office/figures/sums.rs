//! An office is counted task by task, so that nobody has to hold it to count it.

use std::collections::BTreeMap;

use crate::office::duty::{SectionRef, UnassignedTask};
use crate::office::figures::part::{Part, Stands};
use crate::office::figures::reached::Hearing;
use crate::office::figures::{Counts, DutyCounts, SectionFigures, Totals, UnitFigures};
use crate::office::ids::UnitId;
use crate::office::moment::Moment;

/// What was counted so far.
pub struct Tally {
    at: Moment,
    tasks: Counts,
    duties: DutyCounts,
    units: BTreeMap<UnitId, UnitFigures>,
    sections: Vec<SectionFigures>,
    /// In the order in which they were met.
    plans: Vec<String>,
}

impl Tally {
    pub fn begin(at: Moment) -> Tally {
        Tally {
            at,
            tasks: Counts::default(),
            duties: DutyCounts::default(),
            units: BTreeMap::new(),
            sections: Vec::new(),
            plans: Vec::new(),
        }
    }

    /// Counts a task with all its parts, at least one.
    pub fn add(&mut self, plan: &str, section: Option<&SectionRef>, parts: &[Part<'_>]) -> Stands {
        for part in parts {
            let (light, hearing) = (part.light(self.at.today), Hearing::of(part));
            let heard = usize::from(hearing == Hearing::Heard);
            let unreached = usize::from(hearing == Hearing::Unreached);
            let silent = usize::from(hearing == Hearing::Silent) + unreached;
            let unit = self.units.entry(part.unit.id).or_insert_with(|| UnitFigures::none(part));
            unit.duties += 1;
            unit.counts.add(part.status, light);
            self.duties.counts.add(part.status, light);
            unit.heard += heard;
            self.duties.heard += heard;
            unit.silent += silent;
            self.duties.silent += silent;
            self.duties.unreached += unreached;
        }
        self.add_task(plan, section, Stands::of(parts, self.at.today))
    }

    /// Counts a task that no unit answers for: nobody has begun it.
    pub fn add_unassigned(&mut self, task: &UnassignedTask) -> Stands {
        self.add_task(&task.plan, task.section.as_ref(), Stands::UNBEGUN)
    }

    fn add_task(&mut self, plan: &str, section: Option<&SectionRef>, stands: Stands) -> Stands {
        self.tasks.add(stands.status, stands.light);
        let is_same = |row: &&mut SectionFigures| row.section.as_ref() == section && row.plan == plan;
        match self.sections.iter_mut().rev().find(is_same) {
            Some(row) => row.tasks.add(stands.status, stands.light),
            None => {
                let mut tasks = Counts::default();
                tasks.add(stands.status, stands.light);
                self.sections.push(SectionFigures { plan: plan.to_owned(), section: section.cloned(), tasks });
                if !self.plans.iter().any(|known| known == plan) {
                    self.plans.push(plan.to_owned());
                }
            }
        }
        stands
    }

    /// `problems` and `practices`: how many there are of these tasks.
    pub fn end(self, problems: usize, practices: usize) -> Totals {
        let Tally { at, tasks, duties, units, mut sections, plans } = self;
        // Tasks that nobody answers for come last among the tasks, but their section stands where the plan has it.
        sections.sort_by_key(|row| {
            let plan = plans.iter().position(|plan| *plan == row.plan);
            (plan, row.section.as_ref().map(|section| section.position))
        });
        Totals { at, tasks, duties, units: units.into_values().collect(), sections, problems, practices }
    }
}

impl UnitFigures {
    fn none(part: &Part<'_>) -> UnitFigures {
        UnitFigures {
            id: part.unit.id,
            unit: part.unit.name.clone(),
            duties: 0,
            heard: 0,
            silent: 0,
            reach: part.reach,
            counts: Counts::default(),
        }
    }
}
