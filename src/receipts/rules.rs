//! 收到 is kept, and needs no words.

use chrono::{DateTime, Utc};

use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::Decision;

/// Of somebody who speaks where a unit's matters are spoken of; coordinators supervise and do not sign.
pub fn read(case: &Case<'_>, message_id: i64, at: DateTime<Utc>) -> Decision {
    let coordinates = case.place.speaker_is_coordinator() && !case.place.speaker_is_contact();
    match case.place.unit.is_some() && !coordinates {
        true => {
            Decision::nothing("it was read").with(Change::NoteReceipt { message_id, answered: case.place.answered, at })
        }
        false => Decision::nothing("nothing to sign for"),
    }
}
