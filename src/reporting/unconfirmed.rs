//! 待确认: a unit's words that were asked about and not confirmed yet. They are no report; of the one task
//! that they are about they are no silence either.

use chrono::{DateTime, Utc};

use crate::office::duty::Duty;
use crate::office::unconfirmed::Unconfirmed;

impl Duty {
    /// When the unit last said something that is, or may be, about it.
    pub fn last_heard(&self) -> Option<DateTime<Utc>> {
        let unconfirmed = self.unconfirmed.iter().map(|words| words.at);
        self.last_report.iter().map(|report| report.at).chain(unconfirmed).max()
    }

    /// The same, without words that may be about several of the unit's tasks: one unclear line does not excuse them all.
    pub fn last_heard_of_it(&self) -> Option<DateTime<Utc>> {
        let unconfirmed = self.unconfirmed.iter().filter(|words| words.of_one).map(|words| words.at);
        self.last_report.iter().map(|report| report.at).chain(unconfirmed).max()
    }
}

/// Whether nothing was ever heard of a duty that is open. Words that may be about several of the unit's tasks do not
/// count: they tell of none how it stands.
pub fn is_unheard(duty: &Duty) -> bool {
    duty.status.is_open() && duty.last_heard_of_it().is_none()
}

/// What waits of several duties, oldest first, each once with the duties that it may be about.
pub fn of<'a>(duties: impl IntoIterator<Item = &'a Duty>) -> Vec<(&'a Unconfirmed, Vec<&'a Duty>)> {
    let mut found: Vec<(&Unconfirmed, Vec<&Duty>)> = Vec::new();
    for duty in duties {
        for words in &duty.unconfirmed {
            match found.iter_mut().find(|(known, _)| known.id == words.id) {
                Some((_, about)) => about.push(duty),
                None => found.push((words, vec![duty])),
            }
        }
    }
    found.sort_by_key(|(words, _)| (words.at, words.id));
    found
}
