//! Copies are switched on and off by the contact who has them. What is answered there is shown in the unit's group.

use crate::chat::incoming::ChatKind;
use crate::chat::refusals;
use crate::chat::words::Words;
use crate::copies::{Wanted, sentences};
use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::deciding::used;
use crate::office::duty::Duty;
use crate::office::ids::UnitId;
use crate::reporting::sentences::Recorded;
use crate::{binding, copies, reporting};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Switch { by_link } => switch(case, *by_link),
    }
}

/// `by_link`: the unit of the link in the bot's answer, which only switches on.
pub fn switch(case: &Case<'_>, by_link: Option<UnitId>) -> Decision {
    let known = &case.facts.copies;
    let (Some(unit), Some(speaker)) = (&known.unit, &case.place.speaker) else {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    };
    if !speaker.contact_of.contains(&unit.id) {
        return case.answer("not a contact of the unit", Words::plain(refusals::ONLY_CONTACTS));
    }
    if known.taken || speaker.coordinator {
        return case.answer("the private chat has its own reminders", sentences::has_its_own(&unit.name));
    }
    if known.is_on && by_link.is_none() {
        let words = sentences::off(&speaker.name, &unit.name);
        return case.answer("copies are switched off", words).with(copies::Change::End { unit: unit.id });
    }
    // Who speaks in private is reached there.
    if !known.reachable && case.place.chat.kind == ChatKind::Group {
        return case
            .answer("the person is not reached in private", sentences::how_to_begin(unit, &case.place.username));
    }
    if known.is_on {
        return case.answer("copies are on", sentences::on_already(&unit.name));
    }
    let words = sentences::on(&speaker.name, &unit.name, known.instead_of.as_deref(), &case.place.command("/private"));
    case.answer("copies are switched on", words).with(copies::Change::Begin { unit: unit.id })
}

/// What was recorded in the private chat of somebody who has copies is shown in the unit's group.
pub fn shown(case: &Case<'_>, decision: Decision, reports: &[Recorded<'_>]) -> Decision {
    if reports.is_empty() {
        return decision;
    }
    let what = reporting::sentences::briefly(reports, case.moment.today);
    show(case, decision, &format!("{}{what}", sentences::REPORTED))
}

/// The same of what was taken back.
pub fn shown_withdrawal(case: &Case<'_>, decision: Decision, withdrawn: &[&Duty]) -> Decision {
    if withdrawn.is_empty() {
        return decision;
    }
    show(case, decision, &sentences::withdrawn(withdrawn))
}

fn show(case: &Case<'_>, decision: Decision, what: &str) -> Decision {
    match &case.place.unit {
        Some(unit) if case.place.copied && !case.place.on_behalf => {
            decision.with(copies::Change::ShowInGroup { unit: unit.id, line: used::signed(case, what) })
        }
        _ => decision,
    }
}
