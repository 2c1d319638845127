//! 专项督查: proposed, started, asked about again and closed by coordinators; answered by units.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::inspections::{EarlierAnswer, Inspection, Request, Wanted, sentences};
use crate::intent::paper::Paper;
use crate::office::duty::{Duty, UnitRef};
use crate::office::ids::{InspectionId, UnitId};
use crate::office::place::Awaited;
use crate::office::status::Status;
use crate::reporting::rules::sorting::{Open, Sorted};
use crate::reporting::statement::Statement;
use crate::understanding::{Item, understand_contact};
use crate::{contacts, inspections, nudges, reporting, review};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::List => inspections(case),
        Wanted::Show { number } => show_inspection(case, *number),
        Wanted::Propose { message_id, request } => propose_inspection(case, *message_id, request),
        Wanted::Start { .. } => start_inspection(case),
        Wanted::Nudge { inspection } => nudge_inspection(case, *inspection),
        Wanted::Close { inspection } => close_inspection(case, *inspection),
        Wanted::Export { inspection } => export_inspection(case, *inspection),
        Wanted::Answer { inspection, statement } => answer_inspection(case, *inspection, statement),
    }
}

/// Those that are open: all of them for coordinators, its own for a unit.
fn inspections(case: &Case<'_>) -> Decision {
    let open = case.facts.inspections.all.iter().filter(|inspection| inspection.is_open());
    let reason = "asked for inspections";
    if case.place.is_for_coordinators() {
        let words = sentences::list(&open.collect::<Vec<_>>(), case.moment.today);
        return Decision::answer(reason, case.answers, words);
    }
    let Some(unit) = &case.place.unit else {
        return case.answer("a question across units", refusals::ask_privately());
    };
    let own: Vec<_> = open.filter_map(|inspection| Some((inspection, inspection.part(unit)?))).collect();
    let decision = Decision::answer(reason, case.answers, sentences::own(&own, case.moment.today));
    match own.as_slice() {
        // A reply can only be meant for the one.
        [(only, _)] => {
            decision.asking_for(AskedFor::Known(Awaited::Inspection { inspection: only.id, in_digest: false }))
        }
        _ => decision,
    }
}

fn show_inspection(case: &Case<'_>, number: i64) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    let shown = case.facts.inspections.all.iter().find(|one| one.number == number && one.started_on.is_some());
    match shown {
        Some(shown) => Decision::answer("a coordinator asked", case.answers, sentences::card(shown, case.moment)),
        None => case.answer("no such inspection", sentences::no_such(number)),
    }
}

/// Nobody is asked before a coordinator has seen whom it asks, until when, and what for.
fn propose_inspection(case: &Case<'_>, message_id: i64, request: &Request) -> Decision {
    if !case.place.is_for_coordinators() || !case.place.speaker_is_coordinator() {
        return case.answer("may not inspect", sentences::only_coordinators());
    }
    let asked = &case.facts.inspections.asked;
    if !asked.unknown.is_empty() || asked.units.is_empty() {
        return case.answer("nobody is meant", sentences::nobody(&asked.unknown));
    }
    let words = sentences::proposed(message_id, request, asked, &case.facts.units_with_chat, case.moment);
    Decision::answer("an inspection is proposed", case.answers, [words]).with(inspections::Change::Propose {
        message_id,
        request: request.clone(),
        asked: asked.clone(),
    })
}

fn start_inspection(case: &Case<'_>) -> Decision {
    let begun = match inspection(case, |one| one.started_on.is_none()) {
        Ok(begun) => begun,
        Err(refusal) => return refusal,
    };
    if begun.due < case.moment.today {
        return Decision::toast("its date has passed", sentences::TOO_LATE);
    }
    let day = case.moment.working_day();
    let decision = Decision::nothing("an inspection begins")
        .with(inspections::Change::Start { inspection: begun.id, day })
        .with_toast(sentences::STARTED)
        .and_say(To::Here, None, [sentences::started(begun, &case.facts.units_with_chat, case.moment)]);
    begun.parts.iter().fold(decision, |decision, part| and_ask(case, decision, begun, &part.unit, false))
}

/// Asks who has not answered, once a working day.
fn nudge_inspection(case: &Case<'_>, id: InspectionId) -> Decision {
    let open = match inspection(case, |one| one.id == id && one.is_open()) {
        Ok(open) => open,
        Err(refusal) => return refusal,
    };
    let day = case.moment.working_day();
    if [open.started_on, open.nudged_on].contains(&Some(day)) {
        return Decision::toast("asked already", sentences::SPARED);
    }
    let has_chat = |unit: &&UnitRef| case.facts.units_with_chat.contains(&unit.name);
    let (reached, unbound): (Vec<&UnitRef>, Vec<&UnitRef>) = open.waiting().partition(has_chat);
    if reached.is_empty() {
        let text = if unbound.is_empty() { sentences::ALL_ANSWERED } else { nudges::sentences::NO_CHAT };
        return Decision::toast("nobody to ask", text);
    }
    let units = reached.iter().map(|unit| unit.id).collect();
    let decision = Decision::nothing("units are asked again")
        .with(inspections::Change::Nudge { inspection: id, units, day })
        .with_toast(nudges::sentences::ASKED)
        .and_say(To::Here, None, [sentences::nudged(open, &reached, &unbound, case.moment)]);
    reached.into_iter().fold(decision, |decision, unit| and_ask(case, decision, open, unit, true))
}

fn close_inspection(case: &Case<'_>, id: InspectionId) -> Decision {
    let open = match inspection(case, |one| one.id == id && one.is_open()) {
        Ok(open) => open,
        Err(refusal) => return refusal,
    };
    let day = case.moment.today;
    let closed = Inspection { closed_on: Some(day), ..open.clone() };
    Decision::nothing("an inspection is closed")
        .with(inspections::Change::Close { inspection: id, day })
        .with_toast(sentences::CLOSED)
        .and_say(To::Here, None, sentences::card(&closed, case.moment))
}

fn export_inspection(case: &Case<'_>, id: InspectionId) -> Decision {
    match inspection(case, |one| one.id == id && one.started_on.is_some()) {
        Ok(shown) => Decision {
            paper: Some(Paper::Inspection { inspection: id, number: shown.number }),
            ..Decision::toast("an inspection as a file", sentences::EXPORTED)
        },
        Err(refusal) => refusal,
    }
}

/// Asks a unit, where it has a chat; a reply to any of the messages is its answer.
fn and_ask(case: &Case<'_>, decision: Decision, asked: &Inspection, unit: &UnitRef, again: bool) -> Decision {
    if !case.facts.units_with_chat.contains(&unit.name) {
        return decision;
    }
    let is_part = |duty: &&Duty| duty.unit.id == unit.id && asked.tasks.iter().any(|task| task.id == duty.task.id);
    let duties: Vec<&Duty> = case.facts.duties.iter().filter(is_part).collect();
    let awaited = AskedFor::Known(Awaited::Inspection { inspection: asked.id, in_digest: false });
    let mentioned = if again { nudges::others::mentioned(case, unit.id) } else { &[] };
    sentences::asked(asked, &duties, again, case.moment.working_day(), mentioned)
        .into_iter()
        .fold(decision, |decision, words| decision.and_say(To::Unit(unit.id), None, [words]).asking_for(awaited))
}

/// The inspection in question, where a coordinator asks and it stands as it must.
fn inspection<'a>(case: &Case<'a>, stands: impl Fn(&Inspection) -> bool) -> Result<&'a Inspection, Decision> {
    if !case.place.speaker_is_coordinator() {
        return Err(Decision::toast("may not decide", refusals::ONLY_COORDINATORS));
    }
    if !case.place.is_for_coordinators() {
        return Err(Decision::toast("not to be shown here", review::sentences::order::ELSEWHERE));
    }
    let found = case.facts.inspections.all.iter().find(|one| stands(one));
    found.ok_or_else(|| Decision::toast("the inspection has changed", refusals::STALE_BUTTON))
}

/// A reply that names no task.
pub fn answer_inspection(case: &Case<'_>, id: InspectionId, statement: &Statement) -> Decision {
    let (unit, person) = match reporting::rules::reporter::reporter(case) {
        Ok(reporter) => reporter,
        Err(_) if statement.goes_on => return Decision::nothing("a part of a refused album"),
        Err(refusal) => return refusal,
    };
    let asked = case.facts.inspections.all.iter().find(|one| one.id == id && one.part(unit).is_some());
    let Some(asked) = asked else { return case.answer("the unit is not asked", sentences::not_asked()) };
    if !answers_something_new(case, statement) {
        return Decision::nothing("answered already");
    }
    let mut decision = Decision::nothing("a unit answers an inspection");
    let mut preface = Vec::new();
    if case.facts.contacts.registered.is_empty() {
        decision.changes.push(Change::Contacts(contacts::Change::Register { unit: unit.id, person: person.id }));
        preface.push(contacts::sentences::first_contact(&person.name, &unit.name, case.place));
    }
    if statement.edited && (live_inspection_answer(case).is_some() || reporting::rules::reporter::has_live_report(case))
    {
        preface.push(reporting::sentences::refused::REVISED.to_owned());
    }
    let live = case.facts.earlier.iter().filter(|report| !report.withdrawn).map(|report| report.duty);
    let duties: Vec<_> = live.collect();
    if !duties.is_empty() {
        decision
            .changes
            .push(Change::Reporting(reporting::Change::Withdraw { message_id: statement.message_id, duties }));
    }
    decision.changes.extend(reporting::rules::kept::close_question(case));
    decision.changes.push(answer_of(id, unit.id, statement));
    let words = sentences::answered(asked, statement, case.moment.today).prefaced(&preface);
    decision.and_say(To::Here, case.answers, [words])
}

/// Reports on tasks, in reply to an inspection: they count for it too where it is about one of them, or where it alone
/// was asked about and is about no task in particular.
pub fn also_answers_inspection(
    case: &Case<'_>,
    statement: &Statement,
    unit: UnitId,
    known: &[(&Duty, Item)],
) -> Option<(Change, String)> {
    let Some(Awaited::Inspection { inspection, in_digest }) = case.place.asked_for else { return None };
    let asked = case.facts.inspections.all.iter().find(|one| one.id == inspection)?;
    asked.parts.iter().find(|part| part.unit.id == unit)?;
    let is_about = |duty: &Duty| match asked.tasks.as_slice() {
        [] => !in_digest,
        tasks => tasks.iter().any(|task| task.id == duty.task.id),
    };
    let counts = known.iter().any(|(duty, _)| is_about(duty)) || live_inspection_answer(case).is_some();
    counts.then(|| (answer_of(inspection, unit, statement), sentences::also_answered(asked.number)))
}

/// Words without a number, in reply to a digest that names tasks and an inspection which waits for the unit, are taken
/// for the tasks'; the speaker is told how to answer the other. A completion is asked about before it is recorded.
pub fn told_apart<'a>(case: &Case<'a>, statement: &Statement, sorted: &mut Sorted<'a>) -> Option<String> {
    let Some(Awaited::Inspection { inspection: id, in_digest: true }) = case.place.asked_for else { return None };
    let unit = case.place.unit.as_ref()?;
    let waits = |one: &&Inspection| one.id == id && one.is_open() && one.waiting().any(|it| it.id == unit.id);
    let waiting = case.facts.inspections.all.iter().find(waits)?;
    let said = understand_contact(&statement.text, &[], case.moment.today).items;
    if statement.edited || said.is_empty() || said.iter().any(|item| item.task.is_some()) {
        return None;
    }
    if let [(duty, item)] = sorted.known.as_slice()
        && (item.status == Some(Status::ClaimedDone) || item.claims.is_some())
    {
        sorted.open.push(Open { duties: vec![*duty], item: Item { task: None, ..item.clone() }, unclear: false });
        sorted.known.clear();
    }
    Some(sentences::answered_otherwise(waiting.number))
}

/// What the message in question has answered, where that counts.
pub fn live_inspection_answer<'a>(case: &Case<'a>) -> Option<&'a EarlierAnswer> {
    let own = case.place.unit.as_ref()?;
    case.facts.inspections.earlier_answer.as_ref().filter(|answer| !answer.withdrawn && answer.unit == own.id)
}

/// Telegram also tells of edits that change no word, and may tell of a message twice.
fn answers_something_new(case: &Case<'_>, statement: &Statement) -> bool {
    let same = |earlier: &EarlierAnswer| {
        earlier.text == statement.text && earlier.files == statement.attachments.len() && !earlier.withdrawn
    };
    !case.facts.inspections.earlier_answer.as_ref().is_some_and(same)
}

fn answer_of(inspection: InspectionId, unit: UnitId, statement: &Statement) -> Change {
    Change::Inspections(inspections::Change::Answer {
        inspection,
        unit,
        message_id: statement.message_id,
        at: statement.at,
        text: statement.text.clone(),
        attachments: statement.attachments.clone(),
    })
}
