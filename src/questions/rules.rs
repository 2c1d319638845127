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
use crate::office::called::Called;
use crate::office::duty::Duty;
use crate::office::figures;
use crate::office::ids::{DutyId, PracticeId};
use crate::plans::KnownPlan;
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
    let plan = match query.is_about_one_task() {
        true => numbered.meant(named)?,
        false => named.map(|words| numbered.called(words)).transpose()?,
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
    let Some((message_id, query)) = &case.facts.asked else {
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

/// What happened to a task: to every unit's part for coordinators, else to the own unit's.
pub fn history(case: &Case<'_>, called: Option<&Called>, unit: Option<&str>, whole: bool) -> Decision {
    if !case.place.is_for_coordinators() && case.place.unit.is_none() {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    }
    let mut sought = unit.unwrap_or_default().to_owned();
    if let Some(called) = called {
        match case.facts.numbered.meant(called.plan.as_deref()) {
            Ok(plan) => {
                sought.push_str(&plans::sentences::task(plan.filter(|_| called.plan.is_some()), &called.number))
            }
            Err(why) => {
                let words = plans::sentences::unclear(&why, &called.number, &case.place.command("/history"));
                return case.answer("not one task is meant", words);
            }
        }
    }
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

/// The same of the plan that is named; where only one is open, of that.
pub fn paper_of(case: &Case<'_>, sheet: Sheet, plan: &str) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a paper across units", refusals::ask_privately());
    }
    match case.facts.numbered.called(plan) {
        Ok(plan) => paper(case, Paper::OfPlan { sheet, plan: plan.id }),
        Err(why) => {
            let command = match sheet {
                Sheet::Workbook => "/export",
                Sheet::Board => "/board",
                Sheet::Timeline => "/timeline",
            };
            case.answer("which plan", plans::sentences::unclear(&why, "", command))
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
    let chosen = |words: &String| case.facts.numbered.called(words).map(|plan| plan.id);
    let plan = wanted.plan.as_ref().map(chosen).transpose();
    match plan {
        _ if !case.place.is_for_coordinators() => paper(case, Paper::Bulletin),
        Err(why) => case.answer("which plan", plans::sentences::unclear(&why, "", "/bulletin")),
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
