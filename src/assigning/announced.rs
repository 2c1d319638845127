//! What units have not been told yet of items and changes, and in which digest they hear it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::duty::{Duty, TaskRef, UnitRef};
use crate::reminding::digest::Digest;
use crate::reminding::item::{Item, Reason, Recipient};

/// What one unit is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The number of the change.
    pub change: i64,
    pub unit: UnitRef,
    pub task: TaskRef,
    pub what: What,
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Assigned,
    /// `old`: what the unit knows; `None` where the task had no date.
    Due {
        old: Option<NaiveDate>,
        new: NaiveDate,
    },
    Text(String),
    Dropped,
    Restored,
}

impl Announced {
    /// A new item as a line of a digest; `None` for a change, and where the unit has nothing to do in it any more.
    pub fn item(&self, duties: &[Duty]) -> Option<Item> {
        let is_its = |duty: &&Duty| duty.task.id == self.task.id && duty.unit.id == self.unit.id;
        let duty = duties.iter().find(is_its).filter(|duty| self.what == What::Assigned && duty.status.is_open())?;
        Some(assigned(duty))
    }
}

/// A duty as a line that says that it is new.
pub fn assigned(duty: &Duty) -> Item {
    Item {
        task: duty.task.clone(),
        plan: duty.plan_name.clone(),
        role: duty.role,
        collective: duty.via.is_some(),
        reason: Reason::Assigned,
        milestone: duty.open_milestones().next().cloned(),
        step: None,
        heard: duty.heard(),
        silent: Vec::new(),
        unreached: Vec::new(),
        missed: 0,
    }
}

/// Adds what units have not been told to the digests of a day, which then say nothing else of new items but that they are
/// overdue. Who has no digest gets one.
pub fn announce(digests: &mut Vec<Digest>, announced: &[Announced], duties: &[Duty]) {
    for one in announced {
        let item = one.item(duties);
        if item.is_none() && one.what == What::Assigned {
            continue;
        }
        let to = Recipient::Unit(one.unit.clone());
        let place = digests.iter().position(|digest| digest.to == to).unwrap_or_else(|| {
            digests.push(Digest::to(to));
            digests.len() - 1
        });
        let digest = &mut digests[place];
        // A date that comes round says more of a task than that it is new.
        let is_due = |other: &Item| other.task.id == one.task.id && other.reason == Reason::Recurring;
        if let Some(item) = item.filter(|_| !digest.items.iter().any(is_due)) {
            let says_more = |other: &Item| other.task.id != one.task.id || other.reason == Reason::Overdue;
            digest.items.retain(says_more);
            digest.items.push(item);
        }
        digest.announced.push(one.clone());
    }
}
