//! Words whose task or meaning nobody but the speaker knows: kept, asked about once, and recorded when a button is pressed.

use crate::chat::incoming::Attachment;
use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::office::duty::{Duty, DutyId, TaskId};
use crate::office::place::{Awaited, PartOf};
use crate::reporting::meaning::Meaning;
use crate::reporting::rules::asking::which_meaning;
use crate::reporting::rules::claiming::Dated;
use crate::reporting::rules::confirming::{kept_statement, meant};
use crate::reporting::rules::sorting::{Sorted, standing_still};
use crate::reporting::statement::Statement;
use crate::reporting::{Part, Question, rules, sentences};
use crate::understanding::{Item, is_question};
use crate::{contacts, questions, quiet, review};

/// Words to the bot that it does not understand.
pub fn unclear(case: &Case<'_>, statement: &Statement) -> Decision {
    if case.place.is_for_coordinators() {
        return case.answer("not understood", questions::sentences::coordinator::not_understood());
    }
    if case.place.unit.is_none() {
        return quiet::rules::nothing_to_report_on(case);
    }
    if let Some(answer) = rules::asks_in_a_units_group(case, &statement.text) {
        return answer;
    }
    let Ok((_, person)) = rules::reporter(case) else {
        return Decision::nothing("unclear words of somebody who may not report");
    };
    // Who joins in a colleague's question speaks for himself, and a reading that was shown is not that of other words.
    let asked = case
        .facts
        .question
        .as_ref()
        .filter(|question| !question.answered && question.person == person.id && question.understood.is_empty());
    if case.facts.asked_already || !rules::says_something_new(case, statement) {
        return Decision::nothing("these words are asked about already");
    }
    if statement.goes_on && rules::has_live_report(case) {
        return rules::report(case, &as_remark(case, statement));
    }
    if rules::sorting::sort(case, statement).open.len() > 1 {
        return rules::report(case, statement);
    }
    if let Some(question) = asked {
        // The question still stands with its buttons: what is added is kept with what it asks about.
        let question = with_more_words(question, statement);
        return Decision::nothing("the question waits").with(Change::KeepQuestion(question));
    }
    let candidates = match only_earlier(case) {
        Some(duty) => vec![duty],
        None => perhaps_meant(case, statement.words()),
    };
    if candidates.is_empty() {
        return case.answer("not understood", sentences::refused::not_understood(&[]));
    }
    let revises = rules::has_live_report(case);
    let why = match (revises, is_question(&statement.text)) {
        _ if statement.passed_on => sentences::unclear::Unclear::PassedOn,
        (true, _) => sentences::unclear::Unclear::Edit,
        (false, true) => sentences::unclear::Unclear::Question,
        (false, false) => sentences::unclear::Unclear::Words,
    };
    let date_wanted = rules::claiming::date_wanted(statement, candidates.first().copied());
    let item = Item { status: statement.likely, ..Item::default() };
    let part = Part { unclear: true, item, ..rules::asking::part_about(case, &candidates) };
    let question = rules::asking::question(case, statement, person.id, vec![part]);
    let asked = rules::asking::ask(case, why, &question, false);
    let asked = asked.map(|(words, awaited)| (words.prefaced(&Vec::from_iter(date_wanted)), awaited));
    Decision::nothing("not understood").with(Change::KeepQuestion(question)).and_ask(case.answers, asked)
}

/// The one duty whose number the words begin with, however it stands; else those that they may be about.
fn perhaps_meant<'a>(case: &Case<'a>, text: &str) -> Vec<&'a Duty> {
    let candidates = rules::asking::candidates(case, &[]);
    let named = |duties: &[&'a Duty]| begins_with_number(duties, text).map(|duty| vec![duty]);
    let all: Vec<&Duty> = case.facts.duties.iter().collect();
    named(&candidates).or_else(|| named(&all)).unwrap_or(candidates)
}

/// The line that was asked for is the report's text, whatever it says.
fn as_remark(case: &Case<'_>, statement: &Statement) -> Statement {
    let live = case.facts.earlier.iter().filter(|report| !report.withdrawn);
    let duties = live.filter_map(|report| case.duty(report.duty));
    let remark = |duty: &Duty| Item { task: Some(duty.task.number.clone()), ..Item::default() };
    Statement { items: duties.map(remark).collect(), ..statement.clone() }
}

/// A button, or a number in reply, says which task the kept words are about.
pub fn pick(case: &Case<'_>, of: PartOf, task: TaskId) -> Decision {
    let (question, part, duty) = match waiting(case, of, Some(task)) {
        Ok((question, part, Some(duty))) => (question, part, duty),
        Ok((.., None)) => return case.refuse("may not answer", refusals::ONLY_CONTACTS),
        Err(refusal) => return refusal,
    };
    if !part.unclear {
        let known = vec![(duty, standing_still(&part.item, duty))];
        return pick_known(case, "the task is named", question, known, &review::sentences::chosen(duty));
    }
    let words = which_meaning(sentences::unclear::Unclear::Task, question, duty);
    match pressed(case) {
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
    match dated.asked.is_empty() && rules::confirming::wants_confirmation(case, &dated.known) {
        true => rules::confirming::pick_to_confirm(case, question, &dated.known),
        false => record_kept(case, reason, question, known, outcome),
    }
}

/// A button, or its words in reply, says that the kept words are about all tasks among which it was asked.
pub fn pick_all(case: &Case<'_>, of: PartOf) -> Decision {
    let (question, part) = match waiting(case, of, None) {
        Ok((question, part, _)) => (question, part),
        Err(refusal) => return refusal,
    };
    let duties = part.tasks.iter().filter_map(|task| case.duty_in(*task));
    let known: Vec<_> = duties.map(|duty| (duty, standing_still(&part.item, duty))).collect();
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
        (Meaning::Nothing, _) => drop_question(case, question),
        (_, Some(duty)) => {
            let known = vec![(duty, meant(question, part, duty, meaning))];
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
    match rules::reporter(case) {
        // While a unit has no contact, nobody makes another one by pressing for him.
        Ok((_, person)) if !case.facts.contacts.is_empty() || person.id == question.person => {}
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
    let statement = kept_statement(question);
    let (present, later) = match question.parts.split_first() {
        Some((present, later)) => (present.clone(), later),
        None => (Part::default(), &[][..]),
    };
    let Dated { mut known, asked, remarks } =
        rules::claiming::with_dates(case, known, rules::claiming::said_in(case, question, &present));
    let mut preface = rules::claiming::drop_vain_wishes(case, &mut known, &statement);
    preface.extend(remarks);
    let record = known.iter().map(|(duty, item)| rules::record(case, duty, item, &statement, question.person));
    // Which date is meant is asked before the rest.
    let asked = asked.into_iter().map(|(duty, item)| Part {
        tasks: vec![duty.task.id],
        item,
        unclear: false,
        ..present.clone()
    });
    let parts = std::iter::once(present.clone()).chain(asked).chain(later.iter().cloned()).collect();
    let (change, next) = rules::asking::after_this_part(case, &Question { parts, ..question.clone() });
    let mut decision = Decision::nothing(reason).with(change).with(review::rules::using::used_here(
        case,
        rules::asking::choices(case, question),
        String::new(),
        outcome,
    ));
    // What was shown is all that the edited words say; the meaning of one part leaves the others as they are.
    if question.edited && question.is_understood_as_whole() && rules::has_live_report(case) {
        preface.insert(0, sentences::refused::REVISED.to_owned());
        let later = question.parts.get(1..).unwrap_or_default();
        let dropped = rules::dropped_by_edit(case, &statement, &known, later);
        if !dropped.is_empty() {
            let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
            preface.push(sentences::refused::dropped_by_edit(&numbers));
            decision.changes.extend(rules::withdrawn_by_edit(case, &dropped, question.message_id));
        }
    }
    if let (true, Some(unit), Some(person)) = (case.facts.contacts.is_empty(), &case.place.unit, &case.place.speaker) {
        decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
        preface.push(contacts::sentences::first_contact(&person.name, &unit.name));
    }
    decision.changes.extend(review::rules::using::overtaken(case, &known, &statement));
    decision.changes.extend(record.map(Change::Record));
    rules::confirm(case, decision, &preface, &known, next, &statement)
}

fn drop_question(case: &Case<'_>, question: &Question) -> Decision {
    let (change, next) = rules::asking::after_this_part(case, question);
    let decision = Decision::nothing("the words are no report").with(change);
    let decision = match pressed(case) {
        Some(shown) => decision
            .with(Change::TurnPage { message_id: shown, words: sentences::unclear::not_recorded() })
            .with_toast(sentences::unclear::NOT_RECORDED),
        None => decision.and_say(To::Here, case.answers, [sentences::unclear::not_recorded()]),
    };
    decision.and_ask(case.answers.or(Some(question.message_id)), next)
}

/// 撤回 said of words that still wait, or an edit that leaves nothing of them.
pub fn take_back_question(case: &Case<'_>) -> Option<Decision> {
    let question = case.facts.question.as_ref().filter(|question| !question.answered)?;
    let decision = Decision::nothing("words that waited are taken back")
        .with(Change::CloseQuestion { message_id: question.message_id })
        .with(review::rules::using::used_here(
            case,
            rules::asking::choices(case, question),
            String::new(),
            review::sentences::WITHDRAWN,
        ))
        .and_say(To::Here, case.answers, [sentences::unclear::taken_back(&question.text)]);
    rules::reporter(case).is_ok().then_some(decision)
}

/// What waits no longer, where something waits.
pub fn close_question(case: &Case<'_>) -> Option<Change> {
    let question = case.facts.question.as_ref().filter(|question| !question.answered)?;
    Some(Change::CloseQuestion { message_id: question.message_id })
}

/// An edit of words that a button had assigned, or that named a task before, stays with that one task, and so does the
/// line that was asked for.
pub fn keep_task<'a>(case: &Case<'a>, statement: &Statement, mut sorted: Sorted<'a>) -> Sorted<'a> {
    let revises = statement.edited || statement.goes_on;
    let Some(duty) = only_earlier(case).filter(|_| revises && sorted.known.is_empty()) else {
        return sorted;
    };
    if let Some(at) = sorted.open.iter().position(|open| !open.unclear && open.may_be_about(duty)) {
        sorted.known.push((duty, sorted.open.remove(at).item));
    }
    sorted
}

/// The one duty that the message in question reports on, or had reported on before that was withdrawn.
fn only_earlier<'a>(case: &Case<'a>) -> Option<&'a Duty> {
    let live = rules::has_live_report(case);
    let earlier = case.facts.earlier.iter().filter(|report| !live || !report.withdrawn);
    let mut duties: Vec<DutyId> = earlier.map(|report| report.duty).collect();
    duties.dedup();
    match duties.as_slice() {
        [only] => case.duty(*only),
        _ => None,
    }
}

/// The files that belong to a statement: its own, or those of the message that it goes on with.
pub fn evidence(case: &Case<'_>, statement: &Statement) -> Vec<Attachment> {
    match statement.attachments.is_empty() {
        true => case.facts.evidence.clone(),
        false => statement.attachments.clone(),
    }
}

/// Words that are known already may still bring another file: a later part of an album.
pub fn keep_evidence(case: &Case<'_>, statement: &Statement) -> Decision {
    let mut decision = Decision::nothing("an edit that changes no words");
    let (message_id, attachments) = (statement.message_id, statement.attachments.clone());
    if attachments.is_empty() {
        return decision;
    }
    if rules::has_live_report(case) {
        decision = decision.with(Change::Attach { message_id, attachments: attachments.clone() });
    }
    let asked = case.facts.question.as_ref();
    if let Some(question) = asked.filter(|question| question.message_id == message_id && !question.answered)
        && question.attachments != attachments
    {
        decision = decision.with(Change::KeepQuestion(Question { attachments, ..question.clone() }));
    }
    decision
}

pub fn is_later_part(case: &Case<'_>) -> bool {
    case.place.album.as_ref().is_some_and(|album| album.goes_on)
}

/// The message whose button was pressed.
pub fn pressed(case: &Case<'_>) -> Option<i64> {
    case.place.answered.filter(|_| case.answers.is_none())
}

/// The one task whose number the words begin with, where they do: `5 60`, `第5项弄好啦`.
fn begins_with_number<'a>(duties: &[&'a Duty], text: &str) -> Option<&'a Duty> {
    let begins = |duty: &&Duty| {
        let text = text.trim_start();
        let number = &duty.task.number;
        let after = text.strip_prefix(&format!("第{number}项")).or_else(|| {
            // A number that goes on, or counts or measures something, is none of a task.
            let rest = text.strip_prefix(number.as_str())?;
            rest.chars().next().is_none_or(|next| next.is_whitespace() || "，：:、".contains(next)).then_some(rest)
        });
        after.is_some()
    };
    duties.iter().copied().find(begins)
}

/// A question with what its speaker has added, or has put in place of all its words.
fn with_more_words(question: &Question, said: &Statement) -> Question {
    let mut question = question.clone();
    let added = question.message_id != said.message_id;
    match added {
        true => question.text = format!("{}\n{}", question.text, said.text),
        false => {
            question.text.clone_from(&said.text);
            question.parts.truncate(1);
        }
    }
    if let Some(part) = question.parts.first_mut() {
        part.unclear = true;
        part.item.status = said.likely.filter(|_| !added);
        match part.item.words.as_str() {
            "" => {}
            _ if added => part.item.words = format!("{}\n{}", part.item.words, said.text),
            _ => part.item.words.clear(),
        }
    }
    // Words that are added or edited count from when that was done.
    question.at = said.at;
    question.edited |= said.edited;
    question
}
