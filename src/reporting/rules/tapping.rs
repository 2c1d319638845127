//! Reports in one tap, by the buttons below a digest. The digest stands for the words that nobody typed.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision};
use crate::deciding::used;
use crate::office::duty::Duty;
use crate::office::place::Awaited;
use crate::reporting::rules::claiming::Said;
use crate::reporting::statement::Statement;
use crate::reporting::tapped::Told;
use crate::reporting::{Part, Question, rules, sentences};
use crate::{contacts, reporting, review};

/// Whether the digest has recorded something of a duty that still counts.
pub fn is_told(case: &Case<'_>, duty: &Duty) -> bool {
    case.facts.earlier.iter().any(|report| report.duty == duty.id && !report.withdrawn)
}

/// Whether a tap on the digest has asked which date of a duty is done, and nobody has answered.
pub fn waits(question: Option<&Question>, duty: &Duty) -> bool {
    let about = |part: &Part| part.tasks.as_slice() == [duty.task.id];
    question.is_some_and(|question| !question.answered && question.parts.iter().any(about))
}

/// 有困难 asks for words.
pub fn trouble(case: &Case<'_>, duty: &Duty) -> Decision {
    Decision::answer("a difficulty is to be told", case.place.answered, [sentences::tap::trouble_wanted(duty)])
        .asking_for(AskedFor::Known(Awaited::Trouble { task: duty.task.id }))
        .with_toast(sentences::tap::TROUBLE_WANTED)
}

/// Records the same of all these duties. `used`: the buttons that go, in whose place `label` stands.
pub fn tapped<'a>(case: &Case<'a>, told: Told, duties: Vec<&'a Duty>, used: Vec<String>, label: &str) -> Decision {
    let (Some(message_id), Ok((unit, person)), [_, ..]) =
        (case.place.answered, rules::reporter::reporter(case), duties.as_slice())
    else {
        return Decision::toast("nothing to report on", refusals::STALE_BUTTON);
    };
    if duties.iter().all(|duty| is_told(case, duty)) {
        return Decision::toast("tapped already", refusals::ALREADY_ANSWERED);
    }
    let statement = Statement {
        message_id,
        at: case.moment.now,
        text: told.label().to_owned(),
        items: Vec::new(),
        likely: None,
        attachments: Vec::new(),
        edited: false,
        goes_on: false,
        passed_on: false,
    };
    let named = Said { text: &statement.text, on: case.moment.today, named: &case.place.named_dates };
    let dated = rules::claiming::with_dates(case, duties.into_iter().map(|duty| (duty, told.item())).collect(), named);
    let mut decision = Decision::nothing("a contact reports in one tap").with_toast(contacts::sentences::CONFIRMED);
    if !used.is_empty() {
        decision.changes.push(used::used_here(case, used, String::new(), label));
    }
    let mut preface: Vec<String> = case.facts.made_up.then(|| sentences::MADE_UP.to_owned()).into_iter().collect();
    preface.extend(dated.remarks);
    if case.facts.contacts.registered.is_empty() {
        decision.changes.push(Change::Contacts(contacts::Change::Register { unit: unit.id, person: person.id }));
        preface.insert(0, contacts::sentences::first_contact(&person.name, &unit.name, case.place));
    }
    decision.changes.extend(review::rules::using::overtaken(case, &dated.known, &statement));
    let record =
        dated.known.iter().map(|(duty, item)| rules::recording::record(case, duty, item, &statement, person.id));
    decision.changes.extend(record.map(|said| reporting::Change::Record(said).into()));
    // Which of its dates is done, only the speaker knows.
    let wanted: Vec<&Duty> = dated.asked.iter().map(|(duty, _)| *duty).collect();
    let parts = dated.asked.into_iter().map(|(duty, item)| Part { item, ..rules::asking::part_about(case, &[duty]) });
    let question = rules::asking::question(case, &statement, person.id, parts.collect());
    let (question, waits) = after_what_waits(case, question);
    let asked = match waits {
        Some(first) => {
            let numbers: Vec<String> = wanted.iter().map(|duty| duty.task.number.clone()).collect();
            decision = decision.with_toast(&sentences::dates::asked_next(&first.task.number, &numbers));
            None
        }
        None => rules::asking::ask(case, sentences::unclear::Unclear::Part, &question, false),
    };
    if asked.is_some() && dated.known.is_empty() {
        decision = decision.with_toast(sentences::dates::CHOOSE);
    }
    if asked.is_some() || waits.is_some() {
        decision.changes.push(Change::Reporting(reporting::Change::KeepQuestion(question)));
    }
    rules::recording::confirm(case, decision, &preface, &dated.known, asked, &statement)
}

/// All taps on one digest are words of one message, and one question about them is asked at a time: what an earlier tap
/// has asked of another duty is answered first. Gives that duty.
fn after_what_waits<'a>(case: &Case<'a>, question: Question) -> (Question, Option<&'a Duty>) {
    let same = |kept: &&Question| kept.message_id == question.message_id && !kept.answered;
    let Some(kept) = case.facts.question.as_ref().filter(same) else { return (question, None) };
    let first = kept.parts.first().and_then(|part| case.duty_in(*part.tasks.first()?));
    let known = |part: &Part| kept.parts.iter().any(|before| before.tasks == part.tasks);
    match (question.parts.first(), first) {
        (Some(part), Some(first)) if part.tasks != [first.task.id] => {
            let added = question.parts.iter().filter(|part| !known(part)).cloned();
            let parts = kept.parts.iter().cloned().chain(added).collect();
            (Question { parts, ..kept.clone() }, Some(first))
        }
        // Asked once more, with all that is to be asked after it.
        (Some(_), Some(_)) => (kept.clone(), None),
        _ => (question, None),
    }
}
