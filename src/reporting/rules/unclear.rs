//! Words whose task or meaning nobody but the speaker knows: kept, asked about once, and recorded when a button is pressed.

use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::office::duty::Duty;
use crate::reporting::statement::Statement;
use crate::reporting::{Part, rules, sentences};
use crate::understanding::asked::asks_only;
use crate::understanding::{Item, is_question};
use crate::{questions, quiet, reporting};

/// Words to the bot that it does not understand.
pub fn unclear(case: &Case<'_>, statement: &Statement) -> Decision {
    if case.place.is_for_coordinators() {
        return case.answer("not understood", questions::sentences::coordinator::not_understood());
    }
    if case.place.unit.is_none() {
        return quiet::rules::nothing_to_report_on(case);
    }
    if let Some(answer) = rules::reporter::asks_in_a_units_group(case, &statement.text) {
        return answer;
    }
    let revises = rules::reporter::has_live_report(case);
    let plain = !statement.passed_on && !statement.goes_on && statement.attachments.is_empty();
    if plain && !revises && is_question(&statement.text) && asks_only(statement.words()) {
        return case.answer("a question", questions::sentences::asked::no_report(&case.facts.coordinators.all));
    }
    let (_, person) = match rules::reporter::reporter(case) {
        Ok(who) => who,
        // They may be a report, which is asked about once the speaker is a contact.
        Err(refusal) if !case.place.speaker_is_coordinator() => {
            return rules::reporter::waiting(case, statement, refusal);
        }
        Err(_) => return Decision::nothing("unclear words of a coordinator"),
    };
    // Who joins in a colleague's question speaks for himself, and a reading that was shown is not that of other words.
    let asked = case
        .facts
        .question
        .as_ref()
        .filter(|question| !question.answered && question.person == person.id && question.understood.is_empty());
    if case.facts.asked_already || !rules::recording::says_something_new(case, statement) {
        return Decision::nothing("these words are asked about already");
    }
    if statement.goes_on && rules::reporter::has_live_report(case) {
        return rules::report(case, &as_remark(case, statement));
    }
    if rules::sorting::sort(case, statement).open.len() > 1 {
        return rules::report(case, statement);
    }
    if let Some(question) = asked {
        // The question still stands with its buttons: what is added is kept with what it asks about.
        let question = rules::kept::with_more_words(question, statement);
        return Decision::nothing("the question waits").with(reporting::Change::KeepQuestion(question));
    }
    let candidates = match rules::kept::only_earlier(case) {
        Some(duty) => vec![duty],
        None => perhaps_meant(case, statement.words()),
    };
    if candidates.is_empty() {
        return case.answer("not understood", sentences::refused::not_understood(&[]));
    }
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
    Decision::nothing("not understood").with(reporting::Change::KeepQuestion(question)).and_ask(case.answers, asked)
}

/// The one duty whose number the words begin with, however it stands; else those that they may be about.
fn perhaps_meant<'a>(case: &Case<'a>, text: &str) -> Vec<&'a Duty> {
    let candidates = rules::asking::candidates(case, &[]);
    let named = |duties: &[&'a Duty]| rules::kept::begins_with_number(duties, text).map(|duty| vec![duty]);
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
