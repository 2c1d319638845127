//! 收到 is kept, and needs no words.

use chrono::{DateTime, Utc};

use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::receipts;
use crate::receipts::Wanted;

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Read { message_id, at } => read(case, *message_id, *at),
    }
}

/// Of a contact, and while a unit has none of whoever is in its group; coordinators supervise and do not sign.
pub fn read(case: &Case<'_>, message_id: i64, at: DateTime<Utc>) -> Decision {
    let nobody_yet = case.facts.contacts.registered.is_empty() && !case.place.speaker_is_coordinator();
    if case.place.unit.is_some() && (nobody_yet || case.place.speaker_is_contact()) {
        Decision::nothing("it was read").with(receipts::Change::Note { message_id, answered: case.place.answered, at })
    } else {
        Decision::nothing("nothing to sign for")
    }
}
