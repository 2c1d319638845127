//! 逐项填报: a digest shows its tasks one after the other, in place. What is told of one is a report like any other. Nothing
//! of it is remembered: the buttons tell which task is shown, and the reports which are left, so that it goes on after a
//! restart, and two contacts who tap at once tell each task once.

use chrono::NaiveDate;

use crate::chat::{UsedButtons, refusals};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, Outgoing, To};
use crate::deciding::facts::Facts;
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::status::Status;
use crate::reporting::rules;
use crate::reporting::sentences::paging::Page;
use crate::reporting::sentences::{paging, tap};
use crate::reporting::tapped;
use crate::reporting::tapped::{Told, Turn};
use crate::{contacts, reporting, review};

/// Shows the first task that nothing was said of since the digest.
pub fn begin(case: &Case<'_>, since: NaiveDate) -> Decision {
    match asked(case).into_iter().find(|duty| is_left(case, duty, since)) {
        Some(first) => show(case, Decision::nothing("tasks are shown one by one"), (first, None), None, since),
        None => Decision::toast("nothing is left to tell", paging::NOTHING_LEFT),
    }
}

/// `duty`: of which something is told.
pub fn turn(case: &Case<'_>, duty: Option<&Duty>, turn: Turn, since: NaiveDate) -> Decision {
    let Some(duty) = duty.filter(|duty| is_asked(case, duty)) else {
        return Decision::toast("nothing to report on", refusals::STALE_BUTTON);
    };
    let told = rules::tapping::is_told(case, duty);
    match turn {
        Turn::Tell(_) if told => Decision::toast("told already", refusals::ALREADY_ANSWERED),
        // The message shows another task by now, and goes on showing it.
        Turn::Tell(now) if !case.facts.is_offered => {
            rules::tapping::tapped(case, now, vec![duty], Vec::new(), now.label())
        }
        Turn::Trouble if !case.facts.is_offered => rules::tapping::trouble(case, duty),
        Turn::Skip | Turn::Back if !case.facts.is_offered => {
            Decision::toast("another task is shown", refusals::STALE_BUTTON)
        }
        Turn::Tell(now) => {
            let decision = rules::tapping::tapped(case, now, vec![duty], Vec::new(), now.label());
            let (decision, said) = taking_the_answer(case, decision);
            let told = records(&decision, duty).then(|| (duty, now.label()));
            go_on(case, decision, duty, (told, said), since)
        }
        Turn::Trouble => {
            let decision = rules::tapping::trouble(case, duty);
            go_on(case, decision, duty, (Some((duty, paging::WORDS_WANTED)), None), since)
        }
        Turn::Skip => go_on(case, Decision::nothing("a task is skipped"), duty, (None, None), since),
        Turn::Back if told => take_back(case, duty, since),
        Turn::Back => Decision::toast("nothing to withdraw", refusals::STALE_BUTTON),
    }
}

/// Whether the message shows a task by itself.
pub fn is_under_way(case: &Case<'_>) -> bool {
    case.facts.shown.as_ref().is_some_and(|shown| !paging::split(&shown.html).1.is_empty())
}

/// 其余无变化: all that is left is told at once.
pub fn all_unchanged<'a>(case: &Case<'a>, duties: Vec<&'a Duty>, since: NaiveDate) -> Decision {
    // What was skipped was passed over on purpose, and stands before what is shown.
    let behind = asked(case).into_iter().skip_while(|duty| !is_shown(case, duty, since));
    let behind: Vec<_> = behind.map(|duty| duty.id).collect();
    let is_behind = |duty: &&Duty| behind.is_empty() || behind.contains(&duty.id);
    let left: Vec<&Duty> = duties.into_iter().filter(is_behind).filter(|duty| is_left(case, duty, since)).collect();
    if left.is_empty() {
        return Decision::toast("nothing is left to tell", paging::NOTHING_LEFT);
    }
    let told: Vec<(&Duty, &str)> = left.iter().map(|duty| (*duty, Told::Unchanged.label())).collect();
    let decision = rules::tapping::tapped(case, Told::Unchanged, left, Vec::new(), Told::Unchanged.label());
    let (decision, _) = taking_the_answer(case, decision);
    end(case, decision, &told, since)
}

/// Whether the message shows this task by itself.
fn is_shown(case: &Case<'_>, duty: &Duty, since: NaiveDate) -> bool {
    let skip = tapped::turn(duty.task.id, Turn::Skip, since);
    let buttons = case.facts.shown.as_ref().map_or(&[][..], |shown| shown.buttons.as_slice());
    buttons.iter().flatten().any(|button| button.data == skip)
}

/// The unit's duties that the digest names and asks about, in its order.
fn asked<'a>(case: &Case<'a>) -> Vec<&'a Duty> {
    let named = case.place.named.iter().filter_map(|task| case.duty_in(task.id));
    named.filter(|duty| is_asked(case, duty)).collect()
}

/// Those that are open, and those of which the digest was told.
fn is_asked(case: &Case<'_>, duty: &Duty) -> bool {
    duty.status.is_open() || rules::tapping::is_told(case, duty)
}

fn records(decision: &Decision, duty: &Duty) -> bool {
    decision
        .changes
        .iter()
        .any(|change| matches!(change, Change::Reporting(reporting::Change::Record(record)) if record.duty == duty.id))
}

/// Whether nothing was said of a duty since the digest, by this message or another.
fn is_left(case: &Case<'_>, duty: &Duty, since: NaiveDate) -> bool {
    let said = duty.last_report.as_ref().is_some_and(|report| case.moment.day_of(report.at) >= since);
    !said && !rules::tapping::is_told(case, duty) && !rules::tapping::waits(case.facts.question.as_ref(), duty)
}

/// The answer to a report stands in the message that shows the tasks, and so does what takes it back: a button below an answer
/// that stays would take back all that the message was told.
fn taking_the_answer(case: &Case<'_>, mut decision: Decision) -> (Decision, Option<String>) {
    let Some(message_id) = case.place.answered else { return (decision, None) };
    let undo = button::undo(message_id);
    let is_answer = |message: &Outgoing| {
        message.to == To::Here && message.words.buttons.iter().flatten().any(|button| button.data == undo)
    };
    let Some(place) = decision.messages.iter().position(is_answer) else { return (decision, None) };
    // That somebody is a contact now is told in a message that stays.
    if decision.changes.iter().any(|change| matches!(change, Change::Contacts(contacts::Change::Register { .. }))) {
        decision.messages[place].words.buttons.retain(|row| row.iter().all(|button| button.data != undo));
        return (decision, None);
    }
    let said = decision.messages.remove(place).words.html;
    (decision, Some(said))
}

/// Shows the next task that is left, or the end. `told`: just now, of this one; `said`: how that was answered.
fn go_on(
    case: &Case<'_>,
    decision: Decision,
    after: &Duty,
    (told, said): (Option<(&Duty, &str)>, Option<String>),
    since: NaiveDate,
) -> Decision {
    let mut behind = asked(case).into_iter().skip_while(|duty| duty.id != after.id).skip(1);
    match behind.find(|duty| is_left(case, duty, since)) {
        Some(next) => {
            let is_told = |duty: &&Duty| records(&decision, duty) || rules::tapping::is_told(case, duty);
            let back = asked(case).into_iter().take_while(|duty| duty.id != next.id).filter(is_told).last();
            show(case, decision, (next, back), said, since)
        }
        None => end(case, decision, told.as_slice(), since),
    }
}

fn show(
    case: &Case<'_>,
    decision: Decision,
    (duty, back): (&Duty, Option<&Duty>),
    said: Option<String>,
    since: NaiveDate,
) -> Decision {
    let (Some(message_id), Some(shown)) = (case.place.answered, &case.facts.shown) else {
        return decision;
    };
    let asked = asked(case);
    let number = asked.iter().position(|one| one.id == duty.id).unwrap_or_default() + 1;
    let page = Page {
        duty,
        back: back.map(|back| (back, asked.get(number.wrapping_sub(2)).is_some_and(|one| one.id == back.id))),
        place: (number, asked.len()),
        said: said.as_deref(),
        taken_back: back.is_none() && said.is_some(),
        since,
    };
    let words = paging::page(shown, &page, case.moment).about(case.place.named.iter().map(|task| task.id));
    decision.with(Change::TurnPage { message_id, words })
}

/// One line sums up, and what is left can be told later.
fn end(case: &Case<'_>, decision: Decision, told: &[(&Duty, &str)], since: NaiveDate) -> Decision {
    let (Some(message_id), Some(shown)) = (case.place.answered, &case.facts.shown) else {
        return decision;
    };
    let kept = decision.changes.iter().find_map(|change| match change {
        Change::Reporting(reporting::Change::KeepQuestion(question)) => Some(question),
        _ => None,
    });
    let question = kept.or(case.facts.question.as_ref());
    let of = |duty: &Duty| {
        let just = told.iter().find(|(one, _)| one.id == duty.id).map(|(_, said)| *said);
        let before = || case.facts.earlier.iter().find(|report| report.duty == duty.id && !report.withdrawn);
        let said = just.or_else(|| before().map(|report| report.text.as_str()));
        // Only coordinators say that it is done.
        let said = said.map(|said| if said == Told::Done.label() { Status::ClaimedDone.label() } else { said });
        let troubled = || duty.problems.iter().any(|problem| case.moment.day_of(problem.raised_at) >= since);
        said.or_else(|| rules::tapping::waits(question, duty).then_some(paging::DATE_WANTED))
            .or_else(|| troubled().then_some(tap::TROUBLE))
    };
    let asked = asked(case);
    let said: Vec<(&Duty, &str)> = asked.iter().filter_map(|duty| Some((*duty, of(duty)?))).collect();
    let is_left = |duty: &&Duty| of(duty).is_none() && is_left(case, duty, since);
    let left: Vec<&Duty> = asked.iter().copied().filter(is_left).collect();
    let line = used::signed(case, &paging::summary(&said, &left));
    let recorded = asked.iter().any(|duty| records(&decision, duty) || rules::tapping::is_told(case, duty));
    let undo = recorded.then(|| button::undo(message_id));
    let words = paging::ended(shown, &line, undo, (!left.is_empty()).then_some(since));
    let words = words.about(case.place.named.iter().map(|task| task.id));
    decision.with(Change::TurnPage { message_id, words })
}

/// Takes back what the digest has recorded of one duty, and shows that again.
fn take_back(case: &Case<'_>, duty: &Duty, since: NaiveDate) -> Decision {
    let mut facts: Facts = case.facts.clone();
    facts.earlier.retain(|report| report.duty == duty.id);
    // What is asked of the other tasks still waits.
    facts.question = None;
    let mut decision = rules::undo(&Case { facts: &facts, ..*case });
    if !decision.changes.iter().any(|change| matches!(change, Change::Reporting(reporting::Change::Withdraw { .. }))) {
        return decision;
    }
    let of_all = |used: &UsedButtons| used.data.iter().any(|data| button::undone(data).is_some());
    decision.changes.retain(|change| !matches!(change, Change::UseButtons(used) if of_all(used)));
    decision.messages.retain(|message| message.to != To::Here);
    let without = facts.earlier.first().map(|report| paging::taken_back(report.without));
    show(case, decision, (duty, None), without, since).with_toast(review::sentences::WITHDRAWN)
}
