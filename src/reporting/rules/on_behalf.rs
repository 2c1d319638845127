//! 督办员代录: a coordinator passes on what a unit said by telephone.

use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, To};
use crate::office::duty::Duty;
use crate::reporting::sentences;
use crate::reporting::sentences::Recorded;

/// Why a coordinator's words for a unit are not taken.
pub fn refused(case: &Case<'_>, unit: &str) -> Decision {
    let place = case.place;
    if !place.is_for_coordinators() || !place.speaker_is_coordinator() {
        return case.answer("may not pass on what a unit says", Words::plain(refusals::ONLY_COORDINATORS));
    }
    if place.roll.iter().any(|(_, name)| name == unit) {
        case.answer("another unit's words", sentences::on_behalf::of_another_unit(unit))
    } else {
        case.answer("no such unit", sentences::on_behalf::no_such_unit(unit))
    }
}

/// The unit is told what was recorded for it.
pub fn telling_unit(case: &Case<'_>, decision: Decision, reports: &[Recorded<'_>], said: &str) -> Decision {
    let (true, Some(unit), false) = (case.place.on_behalf, &case.place.unit, reports.is_empty()) else {
        return decision;
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let words = sentences::on_behalf::recorded(reports, person, said, case.moment.today);
    decision.and_say(To::Unit(unit.id), None, [words])
}

/// The unit is told that it was taken back.
pub fn telling_unit_of_withdrawal(case: &Case<'_>, decision: Decision, withdrawn: &[&Duty]) -> Decision {
    let (true, Some(unit), false) = (case.place.on_behalf, &case.place.unit, withdrawn.is_empty()) else {
        return decision;
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let numbers: Vec<String> = withdrawn.iter().map(|duty| text::escape(&duty.task.number)).collect();
    let tasks = withdrawn.iter().map(|duty| duty.task.id);
    let words = sentences::on_behalf::withdrawn(&numbers, person).about(tasks);
    decision.and_say(To::Unit(unit.id), None, [words])
}
