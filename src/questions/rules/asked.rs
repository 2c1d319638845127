//! What contacts ask about their own unit. A question records nothing and brings no buttons that report.

use crate::binding;
use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::office::duty::{Duty, Role, UnitRef};
use crate::questions::sentences::{asked, own_tasks};
use crate::reporting;
use crate::reporting::statement::Statement;
use crate::understanding::asked::{CONTACT, COORDINATOR, LEAD, NEXT, OPEN, OTHERS, UNHEARD};
use crate::understanding::{Query, QueryKind};

/// `query`: what is asked, where that is known.
pub fn ask(case: &Case<'_>, query: Option<&Query>, statement: &Statement) -> Decision {
    let Some(unit) = &case.place.unit else {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    };
    if let Some(answer) = reporting::rules::reporter::asks_in_a_units_group(case, &statement.text) {
        return answer;
    }
    // Other words in place of a report change that, whatever they are.
    let revises = statement.edited && reporting::rules::reporter::has_live_report(case);
    if revises || statement.passed_on || !statement.attachments.is_empty() {
        return reporting::rules::unclear::unclear(case, statement);
    }
    match query {
        Some(query) => answer(case, unit, query),
        None => case.answer("a question for coordinators", asked::for_coordinators(&case.facts.coordinators.all)),
    }
}

fn answer(case: &Case<'_>, unit: &UnitRef, query: &Query) -> Decision {
    let (all, at) = (|| case.facts.duties.iter(), case.moment);
    let topic = query.text.as_deref().unwrap_or_default();
    let words = match (query.kind, topic) {
        (QueryKind::Task, _) => return one(case, unit, query.task.as_deref().unwrap_or_default()),
        (QueryKind::Overdue, _) => vec![asked::overdue(&unit.name, all(), at)],
        (QueryKind::Due, NEXT) => vec![asked::next_reminder(&unit.name, &case.facts.planned, at)],
        (QueryKind::Due, _) => vec![asked::due(&unit.name, all(), (query.from, query.to), at)],
        (QueryKind::People, COORDINATOR) => vec![asked::coordinators(&case.facts.coordinators.all)],
        (QueryKind::People, CONTACT) => vec![asked::contacts(&unit.name, case.facts.contacts.rosters.first())],
        (QueryKind::People, _) => return parts(case, unit, query.task.as_deref()),
        (QueryKind::Help, topic) => vec![asked::how(topic, case.place)],
        (_, OPEN) => vec![asked::some("未办结", &unit.name, all().filter(|duty| duty.status.is_open()), at)],
        (_, UNHEARD) => vec![asked::some("尚未反馈", &unit.name, all().filter(|duty| is_unheard(duty)), at)],
        (_, LEAD) => vec![asked::some("牵头", &unit.name, all().filter(|duty| duty.role == Role::Lead), at)],
        (_, OTHERS) => vec![asked::some("配合", &unit.name, all().filter(|duty| duty.role == Role::Supporting), at)],
        _ => own_tasks::tasks(&unit.name, &all().collect::<Vec<_>>(), at),
    };
    Decision::answer("a contact asked", case.answers, words)
}

fn is_unheard(duty: &Duty) -> bool {
    duty.status.is_open() && duty.last_report.is_none()
}

/// How the unit's part in a task stands, with the others'.
fn one(case: &Case<'_>, unit: &UnitRef, number: &str) -> Decision {
    let own: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.task.number == number).collect();
    if own.is_empty() {
        return not_ours(case, unit, number);
    }
    let words = own.into_iter().map(|duty| asked::task(duty, &with_others(case, duty), case.moment));
    Decision::answer("a contact asked of a task", case.answers, words)
}

/// Who does what in a task; without one, who leads the tasks that the unit does not lead.
fn parts(case: &Case<'_>, unit: &UnitRef, number: Option<&str>) -> Decision {
    let meant = |duty: &&Duty| number.is_none_or(|number| duty.task.number == number);
    let own: Vec<&Duty> = case.facts.duties.iter().filter(meant).collect();
    if let (true, Some(number)) = (own.is_empty(), number) {
        return not_ours(case, unit, number);
    }
    let parts = own.into_iter().map(|duty| (duty, with_others(case, duty))).collect::<Vec<_>>();
    case.answer("a contact asked who takes part", asked::parts(&unit.name, &parts))
}

fn not_ours(case: &Case<'_>, unit: &UnitRef, number: &str) -> Decision {
    case.answer("not a task of the unit", reporting::sentences::refused::not_among_the_tasks(number, &unit.name))
}

/// All parts in the duty's task, its own included; leads first.
fn with_others<'a>(case: &Case<'a>, duty: &'a Duty) -> Vec<&'a Duty> {
    let others = case.facts.others.iter().filter(|other| other.task.id == duty.task.id && other.id != duty.id);
    let mut parts: Vec<&Duty> = std::iter::once(duty).chain(others).collect();
    parts.sort_by_key(|part| part.role);
    parts
}
