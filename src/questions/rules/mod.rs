//! Answers to whoever asks.

mod asked;

use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::Decision;
use crate::office::duty::Duty;
use crate::plans::KnownPlan;
use crate::questions::page::Answer;
use crate::questions::{Wanted, sentences};
use crate::understanding::{Query, QueryKind};
use crate::{binding, nudges, plans, reporting, review, understanding};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Help => help(case),
        Wanted::HelpPage { number } => help_page(case, *number),
        Wanted::Tasks => tasks(case),
        Wanted::Task { number } => task(case, number),
        Wanted::Query(wanted) => query(case, wanted),
        Wanted::Ask { query, statement } => asked::ask(case, query.as_ref(), statement),
        Wanted::Unclear { text } => case.answer(
            "a question that is not understood",
            sentences::coordinator::nearest_questions(&understanding::nearest(text)),
        ),
        Wanted::Beyond(beyond) => case.answer("beyond the bot", sentences::coordinator::beyond(*beyond)),
        Wanted::WhichUnit { units } => case.answer("one of several units", sentences::coordinator::which_unit(units)),
        Wanted::Page { number } => page(case, *number),
    }
}

pub fn help(case: &Case<'_>) -> Decision {
    let words =
        if case.place.is_for_coordinators() { sentences::coordinator::help(0) } else { sentences::own_tasks::help() };
    case.answer("help", words)
}

/// Another page of the help for coordinators.
pub fn help_page(case: &Case<'_>, number: usize) -> Decision {
    let Some(message_id) = case.facts.pressed.filter(|_| case.place.is_for_coordinators()) else {
        return Decision::toast("a page for coordinators", refusals::ONLY_COORDINATORS);
    };
    let change = Change::TurnPage { message_id, words: sentences::coordinator::help(number) };
    Decision::nothing("a page is turned").with(change)
}

pub fn tasks(case: &Case<'_>) -> Decision {
    if case.place.is_for_coordinators() {
        return query(case, &Query::of(QueryKind::Status));
    }
    let Some(unit) = &case.place.unit else {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    };
    let duties: Vec<&Duty> = case.facts.duties.iter().collect();
    Decision::answer("the unit's tasks", case.answers, sentences::own_tasks::tasks(&unit.name, &duties, case.moment))
}

pub fn task(case: &Case<'_>, number: &str) -> Decision {
    if case.place.is_for_coordinators() {
        return query(case, &Query { task: Some(number.to_owned()), ..Query::of(QueryKind::Task) });
    }
    let Some(unit) = &case.place.unit else {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    };
    let words: Vec<_> = case
        .facts
        .duties
        .iter()
        .filter(|duty| duty.task.number == number)
        .flat_map(|duty| task_of(case, duty))
        .collect();
    if words.is_empty() {
        return case
            .answer("not a task of the unit", reporting::sentences::refused::not_among_the_tasks(number, &unit.name));
    }
    Decision::answer("one of the unit's tasks", case.answers, words)
}

/// `/task 5` in a department's group.
pub fn task_of(case: &Case<'_>, duty: &Duty) -> Vec<Words> {
    let several = case.facts.duties.iter().filter(|other| other.task.number == duty.task.number).count() > 1;
    sentences::own_tasks::task(duty, several, &nudges::others::others_in(case, duty), case.moment)
}

/// A question across units, for coordinators only.
pub fn query(case: &Case<'_>, query: &Query) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    let plan = match meant(query, &case.facts.numbered) {
        Ok(plan) => plan,
        Err(why) => {
            let number = query.task.as_deref().unwrap_or_default();
            let words = plans::sentences::unclear(&why, number, &asked_by(case, query.kind));
            return case.answer("no one plan is meant", words);
        }
    };
    let words = review::rules::page::with_offer(case, query, answered(case, query).page(0, query), 0);
    let words = of_plan(case, words, plan);
    Decision::answer("a coordinator asked", case.answers, [words])
}

/// The plan that a question is about, where it names one or its number is that of one; else why no one is.
pub fn meant<'a>(query: &Query, numbered: &'a plans::Numbered) -> Result<Option<&'a KnownPlan>, plans::Unclear> {
    let named = query.plan.as_deref();
    let plan = if query.is_about_one_task() {
        numbered.meant(named)?
    } else {
        named.map(|words| numbered.called(words)).transpose()?
    };
    match plan {
        Some(plan) if plan.ended && query.kind != QueryKind::History => {
            Err(plans::Unclear::Ended { title: plan.title.clone(), name: plan.name.clone() })
        }
        plan => Ok(plan),
    }
}

/// What asks such a question in a chat.
fn asked_by(case: &Case<'_>, kind: QueryKind) -> String {
    match kind {
        QueryKind::Read => case.place.command("/read"),
        QueryKind::Task => case.place.command("/task"),
        QueryKind::History => case.place.command("/history"),
        QueryKind::Reminder => "上次什么时候提醒".to_owned(),
        _ => case.place.command("/status"),
    }
}

fn answered(case: &Case<'_>, query: &Query) -> Answer {
    sentences::lately::answer(query, case.facts, case.moment)
}

/// An answer about one plan of several says which.
fn of_plan(case: &Case<'_>, words: Words, plan: Option<&KnownPlan>) -> Words {
    let is_one_of_several = case.facts.numbered.known.iter().filter(|plan| !plan.ended).count() > 1;
    match plan.filter(|_| is_one_of_several) {
        Some(plan) => words.prefaced(&[format!("<b>《{}》</b>", text::escape(&plan.name))]),
        None => words,
    }
}

/// Another page of an answer, as things stand now, in place of the one that is shown.
pub fn page(case: &Case<'_>, number: usize) -> Decision {
    if !case.place.is_for_coordinators() {
        return Decision::toast("a page across units", refusals::ONLY_COORDINATORS);
    }
    let Some((message_id, query)) = &case.facts.questions.asked else {
        return Decision::toast("no page of an answer", refusals::STALE_BUTTON);
    };
    let Ok(plan) = meant(query, &case.facts.numbered) else {
        return Decision::toast("its plan has ended", refusals::STALE_BUTTON);
    };
    let words = review::rules::page::with_offer(case, query, answered(case, query).page(number, query), number);
    let words = of_plan(case, words, plan);
    let change = Change::TurnPage { message_id: *message_id, words };
    Decision::nothing("a page is turned").with(change)
}
