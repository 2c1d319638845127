//! The other units' parts in a task, for the unit that leads it.

use crate::deciding::case::Case;
use crate::nudges::sentences::lead::Others;
use crate::office::duty::Duty;
use crate::office::ids::UnitId;
use crate::office::mention::{Mention, Mentioned};

/// The others' parts in the unit's task, for its contacts where it leads it.
pub fn others_in<'a>(case: &Case<'a>, duty: &Duty) -> Others<'a> {
    let contact = case.place.speaker.as_ref().is_some_and(|person| person.contact_of.contains(&duty.unit.id));
    let others = case.facts.others.iter().filter(|other| contact && other.task.id == duty.task.id);
    let duties: Vec<&Duty> = others.collect();
    let open = || duties.iter().copied().filter(|other| other.status.is_open());
    let was_asked = |other: &&Duty| was_asked(case, other) && !was_heard_today(case, other);
    let has_chat = |other: &&Duty| case.facts.units_with_chat.contains(&other.unit.name);
    Others {
        asked: open().filter(was_asked).collect(),
        askable: open().filter(|other| !is_spared(case, other)).filter(has_chat).collect(),
        duties,
    }
}

/// Whether a unit has said something today, or was asked already.
pub fn is_spared(case: &Case<'_>, duty: &Duty) -> bool {
    was_heard_today(case, duty) || was_asked(case, duty)
}

pub fn was_heard_today(case: &Case<'_>, duty: &Duty) -> bool {
    duty.last_report.as_ref().is_some_and(|report| case.moment.day_of(report.at) == case.moment.today)
}

/// On the working day that is or comes next.
pub fn was_asked(case: &Case<'_>, duty: &Duty) -> bool {
    case.facts.nudged.contains(&(duty.unit.id, duty.task.id))
}

/// Who is called by name where a unit is asked.
pub fn mentioned<'a>(case: &Case<'a>, unit: UnitId) -> &'a [Mentioned] {
    match case.facts.mention {
        Mention::Due | Mention::Always => case.facts.mentioned.get(&unit).map_or(&[], Vec::as_slice),
        Mention::Never => &[],
    }
}
