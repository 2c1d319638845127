//! 问题: answered or closed by a coordinator, taken back by the unit.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::{DutyId, ProblemId};
use crate::office::place::Awaited;
use crate::problems::{Ending, Problem, Wanted, sentences};
use crate::{binding, problems, review};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Own => own_problems(case),
        Wanted::AskAnswer { duty, key } => ask_for_answer(case, *duty, *key),
        Wanted::Answer { duty, problem, words } => answer_problem(case, *problem, *duty, words),
        Wanted::Close { duty, key } => close_problem(case, *duty, *key),
        Wanted::Withdraw { duty, key } => withdraw_problem(case, *duty, *key),
    }
}

/// The open problem that a button stands for.
fn open_problem<'a>(case: &Case<'a>, duty: DutyId, key: i64) -> Option<(&'a Duty, &'a Problem)> {
    let duty = case.duty(duty)?;
    Some((duty, duty.problems.iter().find(|problem| problem.key() == key)?))
}

/// Asks a coordinator for the words of an answer.
fn ask_for_answer(case: &Case<'_>, duty: DutyId, key: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not answer", refusals::ONLY_COORDINATORS);
    }
    let Some((duty, problem)) = open_problem(case, duty, key) else {
        return Decision::toast("no such problem is open", refusals::STALE_BUTTON);
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("a problem is to be answered")
        .and_say(To::Here, None, sentences::answer_wanted(duty, problem, person))
        .asking_for(AskedFor::Known(Awaited::Answer { problem: problem.id, duty: duty.id }))
}

/// Passes an answer on, which closes the problem.
fn answer_problem(case: &Case<'_>, id: ProblemId, duty: DutyId, words: &str) -> Decision {
    let Some(duty) = case.duty(duty).filter(|_| !words.trim().is_empty()) else {
        return Decision::nothing("nothing to pass on");
    };
    let Some(problem) = duty.problems.iter().find(|problem| problem.id == id) else {
        return case.answer("the problem is not open", sentences::no_longer_open());
    };
    let decision = Decision::nothing("a problem is answered")
        .with(problems::Change::End {
            duty: duty.id,
            problem: id,
            how: Ending::Answered,
            words: Some(words.trim().to_owned()),
        })
        .with(problem_over(case, duty, problem, Ending::Answered))
        .and_say(To::Here, case.answers, [sentences::passed_on(duty)])
        .asking_for(AskedFor::Known(Awaited::Addition { duty: duty.id }))
        .and_say(To::Unit(duty.unit.id), None, [sentences::answered(duty, problem, words)]);
    review::rules::telling::telling_leads(case, decision, duty, sentences::answered_other(duty, problem, words))
}

/// A coordinator closes a problem without words.
fn close_problem(case: &Case<'_>, duty: DutyId, key: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not close", refusals::ONLY_COORDINATORS);
    }
    let Some((duty, problem)) = open_problem(case, duty, key) else {
        return Decision::toast("no such problem is open", refusals::STALE_BUTTON);
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let words = sentences::closed(duty, problem, person);
    let decision = Decision::nothing("a problem is closed")
        .with(problems::Change::End { duty: duty.id, problem: problem.id, how: Ending::Closed, words: None })
        .with(problem_over(case, duty, problem, Ending::Closed))
        .with_toast(sentences::CLOSED)
        .and_say(To::Here, None, [words.clone()])
        .and_say(To::Unit(duty.unit.id), None, [sentences::closed_without_words(duty, problem)]);
    review::rules::telling::telling_leads(case, decision, duty, words)
}

/// A contact says that a problem of the unit is none any more.
fn withdraw_problem(case: &Case<'_>, duty: DutyId, key: i64) -> Decision {
    let Some((duty, problem)) = open_problem(case, duty, key) else {
        return Decision::toast("no such problem is open", refusals::STALE_BUTTON);
    };
    let Some(person) = case.place.speaker.as_ref().filter(|person| person.contact_of.contains(&duty.unit.id)) else {
        return Decision::toast("not a contact of the unit", refusals::ONLY_CONTACTS);
    };
    Decision::nothing("a problem is taken back")
        .with(problems::Change::End { duty: duty.id, problem: problem.id, how: Ending::Withdrawn, words: None })
        .with(problem_over(case, duty, problem, Ending::Withdrawn))
        .with_toast(sentences::WITHDRAWN)
        .and_say(To::Here, None, [sentences::withdrawn(duty, problem, &person.name)])
}

/// The buttons of a problem that waits no longer.
pub fn problem_over(case: &Case<'_>, duty: &Duty, problem: &Problem, how: Ending) -> Change {
    problem_gone(case, duty, problem, how.label())
}

/// The same of a problem that nobody names any more.
pub fn problem_gone(case: &Case<'_>, duty: &Duty, problem: &Problem, outcome: &str) -> Change {
    let buttons = [button::answer_problem, button::close_problem, button::withdraw_problem];
    let data = buttons.map(|button| button(duty.id, problem.key())).to_vec();
    used::used(case, data, sentences::subject(duty, problem), outcome)
}

/// The unit's own problems.
fn own_problems(case: &Case<'_>) -> Decision {
    let Some(unit) = &case.place.unit else {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    };
    let duties: Vec<&Duty> = case.facts.duties.iter().collect();
    Decision::answer("the unit's problems", case.answers, sentences::own(&unit.name, &duties, case.moment))
}
