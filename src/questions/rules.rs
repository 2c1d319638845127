//! Answers to whoever asks.

use crate::briefing::Meeting;
use crate::briefing::sentences::Briefing;
use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::intent::paper::{Paper, Sheet};
use crate::office::duty::Duty;
use crate::office::figures;
use crate::office::ids::{DutyId, PracticeId};
use crate::questions::sentences;
use crate::questions::sentences::Answer;
use crate::understanding::{Query, QueryKind};
use crate::{binding, filing, nudges, plans, practices, reminding, reporting, review};

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
    let words = review::rules::page::with_offer(case, query, answered(case, query).page(0, query), 0);
    let words = of_plan(words, query);
    Decision::answer("a coordinator asked", case.answers, [words])
}

fn answered(case: &Case<'_>, query: &Query) -> Answer {
    sentences::lately::answer(query, case.facts, case.moment)
}

/// An answer about one plan says which.
fn of_plan(words: Words, query: &Query) -> Words {
    match &query.plan {
        Some(plan) => words.prefaced(&[format!("<b>《{}》</b>", text::escape(plan))]),
        None => words,
    }
}

/// Another page of an answer, as things stand now, in place of the one that is shown.
pub fn page(case: &Case<'_>, number: usize) -> Decision {
    if !case.place.is_for_coordinators() {
        return Decision::toast("a page across units", refusals::ONLY_COORDINATORS);
    }
    let Some((message_id, query)) = &case.facts.asked else {
        return Decision::toast("no page of an answer", refusals::STALE_BUTTON);
    };
    let words = review::rules::page::with_offer(case, query, answered(case, query).page(number, query), number);
    let words = of_plan(words, query);
    let change = Change::TurnPage { message_id: *message_id, words };
    Decision::nothing("a page is turned").with(change)
}

/// What happened to a task: to every unit's part for coordinators, else to the own unit's.
pub fn history(case: &Case<'_>, number: Option<&str>, unit: Option<&str>, whole: bool) -> Decision {
    if !case.place.is_for_coordinators() && case.place.unit.is_none() {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    }
    let task = number.map(|number| format!("第{number}项")).unwrap_or_default();
    let sought = format!("{}{task}", unit.unwrap_or_default());
    let more = (!whole).then(|| case.place.command("/history"));
    let words = crate::history::sentences::words(&sought, &case.facts.history, more.as_deref(), case.moment);
    Decision::answer("a history", case.answers, words)
}

/// A file, for coordinators only.
pub fn paper(case: &Case<'_>, paper: Paper) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a paper across units", refusals::ask_privately());
    }
    Decision { paper: Some(paper), ..Decision::nothing("a coordinator wants a paper") }
}

pub fn which_plan(case: &Case<'_>) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    let plans: Vec<&str> = case.place.plans.iter().map(|plan| plan.title.as_str()).collect();
    case.answer("which plan", sentences::coordinator::which_plan(&plans, "/status 营商环境"))
}

/// The same of the plan that is named; where only one is open, of that.
pub fn paper_of(case: &Case<'_>, sheet: Sheet, plan: &str) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a paper across units", refusals::ask_privately());
    }
    match plans::chosen(plan, &case.facts.open_plans) {
        Ok(plan) => paper(case, Paper::OfPlan { sheet, plan: plan.id }),
        Err(plans) => {
            let example = match sheet {
                Sheet::Workbook => "/export 营商环境",
                Sheet::Board => "/board 营商环境",
                Sheet::Timeline => "/timeline 营商环境",
            };
            case.answer("which plan", sentences::coordinator::which_plan(&plans, example))
        }
    }
}

/// What coordinators bring to their meeting, as things stand now.
pub fn brief(case: &Case<'_>) -> Decision {
    let Some(since) = case.facts.since.as_ref().filter(|_| case.place.is_for_coordinators()) else {
        return case.answer("a question across units", refusals::ask_privately());
    };
    let figures = &figures::of(&case.facts.duties, &case.facts.unassigned, case.moment);
    let briefing = Briefing {
        meeting: Meeting { figures, since },
        office: case.facts.office.as_deref(),
        weekly: false,
        made_up_for: false,
        only_weekends: None,
    };
    Decision::answer("a briefing", case.answers, briefing.words())
}

/// The bulletin of the plan that is named, or of all: a draft, or the one that is issued and takes its number.
pub fn bulletin(case: &Case<'_>, wanted: &filing::bulletin::Wanted) -> Decision {
    let issue = wanted.issue;
    let chosen = |words: &String| plans::chosen(words, &case.facts.open_plans).map(|plan| plan.id);
    let plan = wanted.plan.as_ref().map(chosen).transpose();
    match plan {
        _ if !case.place.is_for_coordinators() => paper(case, Paper::Bulletin),
        Err(plans) => case.answer("which plan", sentences::coordinator::which_plan(&plans, "/bulletin 营商环境 第3期")),
        Ok(_) if wanted.is_issued && !case.place.speaker_is_coordinator() => {
            case.answer("may not issue", Words::plain(refusals::ONLY_COORDINATORS))
        }
        Ok(_)
            if wanted.is_issued
                && let Some((issued, issue)) = case.facts.issued.as_ref().zip(issue) =>
        {
            let words = sentences::coordinator::issued_before(issue, issued, case.moment);
            case.answer("that number was issued", words)
        }
        Ok(plan) if wanted.is_issued => {
            let issue = issue.or(case.facts.next_issue).unwrap_or(1);
            let words = sentences::coordinator::issued(issue);
            let decision = case.answer("a bulletin is issued", words).with(Change::IssueBulletin { plan, issue });
            Decision { paper: Some(Paper::BulletinOf { plan, issue: Some(issue) }), ..decision }
        }
        Ok(None) if issue.is_none() => paper(case, Paper::Bulletin),
        Ok(plan) => paper(case, Paper::BulletinOf { plan, issue }),
    }
}

/// A coordinator recommends a practice to others, or does so no longer.
pub fn recommend(case: &Case<'_>, duty: DutyId, practice: PracticeId, recommended: bool) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not recommend", refusals::ONLY_COORDINATORS);
    }
    let found = case.duty(duty).and_then(|duty| {
        let practice = duty.practices.iter().find(|known| known.id == practice);
        Some((duty, practice.filter(|known| known.recommended != recommended)?))
    });
    let Some((duty, practice)) = found else {
        return Decision::toast("no such practice", refusals::STALE_BUTTON);
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("a practice is recommended")
        .with(Change::Recommend { duty: duty.id, practice: practice.id, recommended })
        .with(used::used(
            case,
            vec![button::recommend(duty.id, practice.id, recommended)],
            practices::sentences::subject(duty, practice),
            practices::sentences::mark(recommended),
        ))
        .with_toast(practices::sentences::marked(recommended))
        .and_say(To::Here, None, [practices::sentences::recommended(duty, practice, recommended, person)])
}

/// The reminders go on, with the clock as it is.
pub fn trust_clock(case: &Case<'_>, shown: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    if case.facts.clock_jump.is_none_or(|jump| jump.shown.timestamp() != shown) {
        return Decision::toast("the reminders are not held", refusals::STALE_BUTTON);
    }
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("the clock is trusted").with(Change::TrustClock).with_toast(filing::sentences::GOES_ON).and_say(
        To::Coordinators,
        None,
        [reminding::sentences::clock::clock_is_trusted(person)],
    )
}
