//! Buttons that say which task kept words are about, or what they mean.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::dates::Meant;
use crate::office::duty::Duty;
use crate::office::ids::{MilestoneId, TaskId};
use crate::office::milestone::MilestoneStatus;
use crate::office::place::{Awaited, PartOf};
use crate::reporting::meaning::Meaning;
use crate::reporting::rules::claiming::Dated;
use crate::reporting::{Part, Question, rules, sentences};
use crate::understanding::item::Item;
use crate::{contacts, later, reporting, review};

/// A button says which date kept words are about.
pub fn pick_date(case: &Case<'_>, of: PartOf, date: Option<MilestoneId>) -> Decision {
    let (question, part) = match waiting(case, of, None) {
        Ok((question, part, _)) => (question, part),
        Err(refusal) => return refusal,
    };
    let stale = || case.refuse("no such date", refusals::STALE_BUTTON);
    let [task] = part.tasks.as_slice() else { return stale() };
    let Some(duty) = case.duty_in(*task) else { return stale() };
    let said = rules::claiming::said_in(case, question, part);
    let item = part.item.clone();
    let chosen = date.map(|date| duty.milestone(date).filter(|date| date.stands != MilestoneStatus::Done));
    let item = match (rules::claiming::claimed(duty, &item, said), chosen) {
        (_, Some(None)) => return stale(),
        (Some(Meant::OneOf(_)), Some(Some(date))) => rules::claiming::claiming(item, date),
        (Some(Meant::OneOf(_)), None) => rules::claiming::claiming_whole(item, duty),
        (_, Some(Some(date))) => Item { puts_off: Some(date.id), ..item },
        (_, None) => return stale(),
    };
    pick_known(case, "the date is named", question, vec![(duty, item)], &sentences::dates::date_chosen(duty, date))
}

/// What was understood counts. `at`: the moment of the wording for which the button was drawn.
pub fn confirm_understood(case: &Case<'_>, of: PartOf, at: i64) -> Decision {
    let question = match waiting(case, of, None) {
        Ok((question, ..)) => question,
        Err(refusal) => return refusal,
    };
    let known = rules::confirming::still_understood(case, question);
    if known.is_empty() || question.at.timestamp() != at {
        return case.refuse("the words have changed", refusals::STALE_BUTTON);
    }
    record_kept(case, "what was understood is confirmed", question, known, sentences::unclear::CONFIRMED)
}

/// A button, or a number in reply, says which task the kept words are about.
pub fn pick(case: &Case<'_>, of: PartOf, task: TaskId) -> Decision {
    let (question, part, duty) = match waiting(case, of, Some(task)) {
        Ok((question, part, Some(duty))) => (question, part, duty),
        Ok((.., None)) => return case.refuse("may not answer", refusals::ONLY_CONTACTS),
        Err(refusal) => return refusal,
    };
    if !part.unclear {
        let known = vec![(duty, rules::sorting::standing_still(&part.item, duty))];
        return pick_known(case, "the task is named", question, known, &review::sentences::chosen(duty));
    }
    let words = rules::asking::which_meaning(sentences::unclear::Unclear::Task, question, duty);
    match rules::kept::pressed(case) {
        Some(shown) => {
            Decision::nothing("the task of unclear words is named").with(Change::TurnPage { message_id: shown, words })
        }
        None => {
            case.answer("the task of unclear words is named", words).asking_for(AskedFor::Known(Awaited::Meaning(of)))
        }
    }
}

/// What a button has told of kept words is shown before it counts, where the office wants that.
pub fn pick_known<'a>(
    case: &Case<'a>,
    reason: &'static str,
    question: &Question,
    known: Vec<(&'a Duty, Item)>,
    outcome: &str,
) -> Decision {
    let part = question.parts.first().cloned().unwrap_or_default();
    let dated = rules::claiming::with_dates(case, known.clone(), rules::claiming::said_in(case, question, &part));
    if dated.asked.is_empty() && rules::confirming::wants_confirmation(case, &dated.known) {
        rules::confirming::pick_to_confirm(case, question, &dated.known)
    } else {
        record_kept(case, reason, question, known, outcome)
    }
}

/// Offers all tasks that the question names.
pub fn pick_more(case: &Case<'_>, of: PartOf) -> Decision {
    if rules::reporter::reporter(case).is_err() {
        return Decision::toast("may not report", refusals::ONLY_CONTACTS);
    }
    let (Some(message_id), Some(asked)) = (case.place.answered, &case.facts.shown) else {
        return Decision::toast("no such question", refusals::STALE_BUTTON);
    };
    let named = case.place.named.iter().filter_map(|task| case.duty_in(task.id));
    let choices: Vec<_> = named.map(|duty| (duty, button::pick(of, duty.task.id))).collect();
    let words = sentences::unclear::with_all_tasks(asked, &choices);
    Decision::nothing("all tasks are offered").with(Change::TurnPage { message_id, words })
}

/// A button, or its words in reply, says that the kept words are about all tasks among which it was asked.
pub fn pick_all(case: &Case<'_>, of: PartOf) -> Decision {
    let (question, part) = match waiting(case, of, None) {
        Ok((question, part, _)) => (question, part),
        Err(refusal) => return refusal,
    };
    let duties = part.tasks.iter().filter_map(|task| case.duty_in(*task));
    let known: Vec<_> = duties.map(|duty| (duty, rules::sorting::standing_still(&part.item, duty))).collect();
    if part.unclear || known.is_empty() {
        return case.refuse("no such tasks", refusals::STALE_BUTTON);
    }
    record_kept(case, "all tasks are meant", question, known, review::sentences::ALL_CHOSEN)
}

/// A button, or its words in reply, says what the kept words mean.
pub fn mean(case: &Case<'_>, of: PartOf, task: Option<TaskId>, meaning: Meaning) -> Decision {
    let (question, part, duty) = match waiting(case, of, task) {
        Ok(waiting) => waiting,
        Err(refusal) => return refusal,
    };
    if !part.unclear {
        return case.refuse("the words have become clear", refusals::STALE_BUTTON);
    }
    match (meaning, duty) {
        (Meaning::Nothing, _) => rules::asking::drop_question(case, question),
        (_, Some(duty)) => {
            let known = vec![(duty, rules::confirming::meant(question, part, duty, meaning))];
            record_kept(case, "the meaning is given", question, known, &review::sentences::chosen(duty))
        }
        (_, None) => case.refuse("no such task", refusals::STALE_BUTTON),
    }
}

/// The words that wait, with the part that is asked about and the duty that the answer names; who may not answer is
/// refused.
pub fn waiting<'a>(
    case: &Case<'a>,
    of: PartOf,
    task: Option<TaskId>,
) -> Result<(&'a Question, &'a Part, Option<&'a Duty>), Decision> {
    let kept = case.facts.question.as_ref().filter(|question| question.message_id == of.message_id);
    let Some(question) = kept else {
        return Err(case.refuse("no such question", refusals::STALE_BUTTON));
    };
    if question.answered {
        return Err(case.refuse("already answered", refusals::ALREADY_ANSWERED));
    }
    match rules::reporter::reporter(case) {
        // While a unit has no contact, nobody makes another one by pressing for him.
        Ok((_, person)) if !case.facts.contacts.registered.is_empty() || person.id == question.person => {}
        _ => return Err(case.refuse("may not answer", refusals::ONLY_CONTACTS)),
    }
    let fits = |part: &&Part| question.settled == of.part && task.is_none_or(|task| part.may_be_about(task));
    match question.parts.first().filter(fits) {
        Some(part) => Ok((question, part, task.and_then(|task| case.duty_in(task)))),
        None => Err(case.refuse("another part is asked about", refusals::STALE_BUTTON)),
    }
}

/// `known`: of each task what the kept words say; `outcome` stands in place of the buttons.
pub fn record_kept<'a>(
    case: &Case<'a>,
    reason: &'static str,
    question: &Question,
    known: Vec<(&'a Duty, Item)>,
    outcome: &str,
) -> Decision {
    let statement = rules::confirming::kept_statement(question);
    let (present, later) = match question.parts.split_first() {
        Some((present, later)) => (present.clone(), later),
        None => (Part::default(), &[][..]),
    };
    let Dated { mut known, asked, remarks } =
        rules::claiming::with_dates(case, known, rules::claiming::said_in(case, question, &present));
    let mut preface = rules::claiming::drop_vain_wishes(case, &mut known, &statement);
    preface.extend(remarks);
    let record =
        known.iter().map(|(duty, item)| rules::recording::record(case, duty, item, &statement, question.person));
    // Which date is meant is asked before the rest.
    let asked = asked.into_iter().map(|(duty, item)| Part {
        tasks: vec![duty.task.id],
        item,
        unclear: false,
        ..present.clone()
    });
    let parts = std::iter::once(present.clone()).chain(asked).chain(later.iter().cloned()).collect();
    let (change, next) = rules::asking::after_this_part(case, &Question { parts, ..question.clone() });
    let mut decision = Decision::nothing(reason).with(change).with(used::used_here(
        case,
        rules::asking::choices(case, question),
        String::new(),
        outcome,
    ));
    // What was shown is all that the edited words say; the meaning of one part leaves the others as they are.
    if question.edited && question.is_understood_as_whole() && rules::reporter::has_live_report(case) {
        preface.insert(0, sentences::refused::REVISED.to_owned());
        let later = question.parts.get(1..).unwrap_or_default();
        let dropped = rules::recording::dropped_by_edit(case, &statement, &known, later);
        if !dropped.is_empty() {
            let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
            preface.push(sentences::refused::dropped_by_edit(&numbers));
            decision.changes.extend(rules::recording::withdrawn_by_edit(case, &dropped, question.message_id));
        }
    }
    if let (true, Some(unit), Some(person)) =
        (case.facts.contacts.registered.is_empty(), &case.place.unit, &case.place.speaker)
    {
        decision.changes.push(Change::Contacts(contacts::Change::Register { unit: unit.id, person: person.id }));
        preface.push(contacts::sentences::first_contact(&person.name, &unit.name, case.place));
    }
    decision.changes.extend(review::rules::using::overtaken(case, &known, &statement));
    decision.changes.extend(record.map(|said| reporting::Change::Record(said).into()));
    decision.changes.extend(later::rules::put_off(&known, (question.message_id, case.moment.now), case.moment));
    rules::recording::confirm(case, decision, &preface, &known, next, &statement)
}

/// 撤回 said of words that still wait, or an edit that leaves nothing of them.
pub fn take_back_question(case: &Case<'_>) -> Option<Decision> {
    let question = case.facts.question.as_ref().filter(|question| !question.answered)?;
    let decision = Decision::nothing("words that waited are taken back")
        .with(reporting::Change::CloseQuestion { message_id: question.message_id })
        .with(used::used_here(
            case,
            rules::asking::choices(case, question),
            String::new(),
            review::sentences::WITHDRAWN,
        ))
        .and_say(To::Here, case.answers, [sentences::unclear::taken_back(&question.text)]);
    rules::reporter::reporter(case).is_ok().then_some(decision)
}
