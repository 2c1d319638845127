//! Buttons that have done their work: they go from every message that shows them, and what came of it stays.

use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::office::duty::Duty;
use crate::problems::{Ending, sameness};
use crate::reporting::EarlierReport;
use crate::reporting::statement::Statement;
use crate::review::sentences;
use crate::understanding::{Aside, Item};
use crate::{problems, reporting, transfers};

/// The buttons of what waits no longer after a statement: what was asked for otherwise, and problems that are over.
pub fn overtaken(case: &Case<'_>, known: &[(&Duty, Item)], statement: &Statement) -> Vec<Change> {
    let petitions = known
        .iter()
        .filter_map(|(duty, item)| reporting::rules::repeating::petitions_overtaken(case, duty, item, statement));
    let over = known.iter().filter(|(_, item)| item.problems_over);
    let problems = over.flat_map(|(duty, _)| duty.problems.iter().map(|problem| (*duty, problem)));
    let problems =
        problems.map(|(duty, problem)| problems::rules::problem_over(case, duty, problem, Ending::Withdrawn));
    // A button that says what one part of a message means leaves its other parts as they are.
    let revises = statement.edited || statement.goes_on;
    let reworded = case.facts.earlier.iter().filter(|report| {
        let told = known.iter().any(|(duty, _)| duty.id == report.duty);
        report.message_id == statement.message_id && !report.withdrawn && (revises || told)
    });
    let gone = reworded.flat_map(|report| problems_withdrawn(case, report, known));
    // What the same message said to be another's is the unit's own again.
    let ours = known.iter().filter(|(_, item)| item.aside != Some(Aside::Transfer));
    let ours = ours.filter_map(|(duty, _)| transfers::rules::withdrawn(case, duty, statement.message_id));
    petitions.chain(problems).chain(gone).chain(ours).collect()
}

/// The buttons of problems that nobody names once a report is withdrawn, or says what is `known` instead.
pub fn problems_withdrawn(case: &Case<'_>, report: &EarlierReport, known: &[(&Duty, Item)]) -> Vec<Change> {
    let now = known.iter().filter(|(duty, _)| duty.id == report.duty).flat_map(|(_, item)| &item.problems);
    let now: Vec<String> = now.map(|what| sameness(what)).collect();
    let problems = case.duty(report.duty).into_iter().flat_map(|duty| duty.problems.iter().map(move |one| (duty, one)));
    let gone = problems.filter(|(_, problem)| {
        let same = sameness(&problem.what);
        report.alone_raises.contains(&same) && !now.contains(&same)
    });
    gone.map(|(duty, problem)| problems::rules::problem_gone(case, duty, problem, sentences::WITHDRAWN)).collect()
}
