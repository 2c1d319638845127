//! What one chat is told on one day.

use crate::assigning::{Announced, News};
use crate::inspections::{Call, Inspection};
use crate::office::unconfirmed::Unconfirmed;
use crate::reminding::item::{Item, Reason, Recipient};

/// 催办: all that one chat is told on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub to: Recipient,
    pub items: Vec<Item>,
    /// 专项督查 that the unit has not answered.
    pub calls: Vec<Call>,
    /// 专项督查 that ended by themselves; only for coordinators.
    pub ended: Vec<Inspection>,
    /// 交办: what the unit has not been told of items, which are among `items`, and of changes.
    pub announced: Vec<Announced>,
    /// 待确认: what waits for the unit's word and no digest has named; it is no reason for a message of its own.
    pub unconfirmed: Vec<Unconfirmed>,
}

impl Digest {
    /// Says nothing yet.
    pub fn to(to: Recipient) -> Digest {
        Digest { to, items: vec![], calls: vec![], ended: vec![], announced: vec![], unconfirmed: vec![] }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.calls.is_empty() && self.ended.is_empty() && self.changes().next().is_none()
    }

    /// What coordinators have changed of the unit's tasks.
    pub fn changes(&self) -> impl Iterator<Item = &Announced> {
        self.announced.iter().filter(|one| one.what != News::Assigned)
    }

    pub fn is_due_today(&self) -> bool {
        let of_calls = self.calls.iter().map(|call| call.reason);
        self.items.iter().map(|item| item.reason).chain(of_calls).any(|reason| reason == Reason::DueToday)
    }
}
