//! Reports in one tap, by the buttons below a digest. The digest stands for the words that nobody typed.

use super::super::duty::{Duty, TaskId};
use super::super::intent::Statement;
use super::super::intent::tapped::{self, Tap, Told};
use super::super::place::Awaited;
use super::super::reply::{contact, tap as said, unclear as ask};
use super::claiming::Said;
use super::{AskedFor, Case, Change, Decision, Part};

pub(super) fn tap(case: &Case<'_>, tap: Tap) -> Decision {
    if crate::domain::decide::reporting::reporter(case).is_err() {
        return Decision::toast("may not report", contact::ONLY_CONTACTS);
    }
    let open = |task: TaskId| case.duty_in(task).filter(|duty| duty.status.is_open());
    match tap {
        Tap::Report { told, task } => {
            let others = Told::ALL.map(|told| tapped::tell(told, task));
            let used = others.into_iter().chain([tapped::trouble(task)]).collect();
            tapped(case, told, open(task).into_iter().collect(), used, told.label())
        }
        Tap::Trouble { task } => match open(task) {
            Some(duty) => {
                Decision::answer("a difficulty is to be told", case.place.answered, [said::trouble_wanted(duty)])
                    .asking_for(AskedFor::Known(Awaited::Trouble { task }))
                    .with_toast(said::TROUBLE_WANTED)
            }
            None => Decision::toast("nothing to report on", contact::STALE_BUTTON),
        },
        Tap::AllUnchanged { day, part } => {
            let duties = case.place.named.iter().filter_map(|task| open(task.id)).collect();
            tapped(case, Told::Unchanged, duties, vec![tapped::all_unchanged(day, part)], said::ALL_UNCHANGED)
        }
    }
}

/// Records the same of all these duties. `used`: the buttons that go, in whose place `label` stands.
fn tapped<'a>(case: &Case<'a>, told: Told, duties: Vec<&'a Duty>, used: Vec<String>, label: &str) -> Decision {
    let (Some(message_id), Ok((unit, person)), [_, ..]) =
        (case.place.answered, crate::domain::decide::reporting::reporter(case), duties.as_slice())
    else {
        return Decision::toast("nothing to report on", contact::STALE_BUTTON);
    };
    let live = |duty: &Duty| case.facts.earlier.iter().any(|report| report.duty == duty.id && !report.withdrawn);
    if duties.iter().all(|duty| live(duty)) {
        return Decision::toast("tapped already", contact::ALREADY_ANSWERED);
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
    let dated = crate::domain::decide::claiming::with_dates(
        case,
        duties.into_iter().map(|duty| (duty, told.item())).collect(),
        named,
    );
    let mut decision = Decision::nothing("a contact reports in one tap")
        .with(crate::domain::decide::using::used_here(case, used, String::new(), label))
        .with_toast(contact::CONFIRMED);
    let mut preface = dated.remarks;
    if case.facts.contacts.is_empty() {
        decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
        preface.insert(0, contact::first_contact(&person.name, &unit.name));
    }
    decision.changes.extend(crate::domain::decide::using::overtaken(case, &dated.known, &statement));
    let record = dated
        .known
        .iter()
        .map(|(duty, item)| crate::domain::decide::reporting::record(case, duty, item, &statement, person.id));
    decision.changes.extend(record.map(Change::Record));
    // Which of its dates is done, only the speaker knows.
    let asked = dated
        .asked
        .into_iter()
        .map(|(duty, item)| Part { item, ..crate::domain::decide::asking::part_about(case, &[duty]) });
    let question = crate::domain::decide::asking::question(case, &statement, person.id, asked.collect());
    let asked = crate::domain::decide::asking::ask(case, ask::Unclear::Part, &question, false);
    if asked.is_some() {
        decision.changes.push(Change::KeepQuestion(question));
    }
    crate::domain::decide::reporting::confirm(case, decision, &preface, &dated.known, asked, &statement)
}
