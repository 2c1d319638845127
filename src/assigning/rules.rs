//! 交办: proposed and assigned by coordinators; tasks amended and ended by them.

use chrono::{Datelike, NaiveDate};

use crate::assigning;
use crate::assigning::{Amend, Amendment, Dated, Request, Standing, Wanted, sentences};
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button::assign;
use crate::office::called::Called;
use crate::office::ids::TaskId;
use crate::office::plan::Draft;

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    let is_pressed = matches!(wanted, Wanted::Assign { .. } | Wanted::Restore { .. });
    if is_pressed && !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let may_say = case.place.is_for_coordinators() && case.place.speaker_is_coordinator();
    if !is_pressed && !may_say {
        return case.answer("may not assign", sentences::only_coordinators());
    }
    match wanted {
        Wanted::Propose { message_id, request } => propose(case, *message_id, request),
        Wanted::ProposeNotice { message_id, draft } => propose_notice(case, *message_id, draft),
        Wanted::Unread { unread, usage } => {
            case.answer("nothing is changed", sentences::unread(*unread, usage, case.moment.today))
        }
        Wanted::Amend { called, amend, reason } => amend_task(case, called, amend, reason.as_deref()),
        Wanted::Drop { called, reason } => drop_task(case, called, reason),
        Wanted::Assign { .. } => assign(case),
        Wanted::Restore { task } => restore(case, *task),
    }
}

/// Nobody gets anything before a coordinator has seen what it is, for whom, and by when.
fn propose(case: &Case<'_>, message_id: i64, request: &Request) -> Decision {
    let known = &case.facts.assigning;
    if let Some(why) = sentences::nobody(&known.asked) {
        return case.answer("nobody is meant", why);
    }
    let item = known.asked.item(&request.words, request.due);
    let words = sentences::proposed(message_id, &item, known, case.moment);
    let change = Change::Assigning(assigning::Change::Propose { message_id, item });
    Decision::answer("an item is proposed", case.answers, [words]).with(change)
}

/// A text that was sent on asks for something: it is nobody's word before a coordinator confirms it.
fn propose_notice(case: &Case<'_>, message_id: i64, draft: &Draft) -> Decision {
    let known = &case.facts.assigning;
    let words = sentences::notice::of_text(message_id, draft, known, case.moment);
    let asked = draft.tasks.first().and_then(|task| Some((task, task.milestones.first()?.due?)));
    let asked = asked.filter(|(_, due)| *due >= case.moment.today && known.asked.everybody().next().is_some());
    let Some((task, due)) = asked else { return case.answer("the text asks nobody on the roll", words) };
    let change = Change::Assigning(assigning::Change::Propose { message_id, item: known.asked.item(&task.text, due) });
    Decision::answer("what a text asks for is proposed", case.answers, [words]).with(change)
}

fn assign(case: &Case<'_>) -> Decision {
    let Some(proposal) = case.facts.assigning.proposal.as_ref().filter(|proposal| proposal.task.is_none()) else {
        return Decision::toast("the item is assigned already", refusals::STALE_BUTTON);
    };
    if proposal.item.due < case.moment.today {
        return Decision::toast("its date has passed", sentences::TOO_LATE);
    }
    Decision::nothing("an item is assigned")
        .with(assigning::Change::Assign(proposal.id))
        .with_toast(sentences::ASSIGNED)
        .and_say(To::Here, None, [sentences::assigned(&proposal.item, &case.facts.assigning, case.moment.today)])
}

fn amend_task(case: &Case<'_>, called: &Called, amend: &Amend, reason: Option<&str>) -> Decision {
    let standing = match the_one(case, called) {
        Ok(standing) => standing,
        Err(refusal) => return refusal,
    };
    match amendment(standing, amend, case.moment.today, sentences::with_date) {
        Err(why) => case.answer("the task is not amended", sentences::refused(&why)),
        Ok(amendment) => {
            let words = sentences::amended(standing, &amendment, case.moment.today);
            let reason = reason.map(str::to_owned);
            Decision::answer("a task is amended", case.answers, [words]).with(assigning::Change::Amend {
                task: standing.task.id,
                amendment,
                reason,
            })
        }
    }
}

fn drop_task(case: &Case<'_>, called: &Called, reason: &str) -> Decision {
    let standing = match the_one(case, called) {
        Ok(standing) => standing,
        Err(refusal) => return refusal,
    };
    let (amendment, reason) = (Amendment::Dropped, Some(reason.to_owned()));
    let words = sentences::amended(standing, &amendment, case.moment.today);
    let words = words.with_row(vec![sentences::restore(standing)]);
    Decision::answer("a task is ended", case.answers, [words]).with(assigning::Change::Amend {
        task: standing.task.id,
        amendment,
        reason,
    })
}

fn restore(case: &Case<'_>, task: TaskId) -> Decision {
    let [standing] = case.facts.assigning.tasks.as_slice() else {
        return Decision::toast("the task has not ended, or its number is taken", refusals::STALE_BUTTON);
    };
    let words = sentences::amended(standing, &Amendment::Restored, case.moment.today);
    let subject = text::escape(&standing.task.short_title());
    Decision::nothing("a task goes on")
        .with(assigning::Change::Amend { task, amendment: Amendment::Restored, reason: None })
        .with(used::used_here(case, vec![assign::restore(task)], subject, sentences::RESTORED))
        .with_toast(sentences::IS_RESTORED)
        .and_say(To::Here, None, [words])
}

fn the_one<'a>(case: &Case<'a>, called: &Called) -> Result<&'a Standing, Decision> {
    let why = match case.facts.assigning.tasks.as_slice() {
        [only] => return Ok(only),
        [] => sentences::no_such_task(called),
        several => sentences::in_several_plans(called, several),
    };
    Err(case.answer("not one task is meant", sentences::refused(&why)))
}

/// What is changed of a task, or why nothing is, in one line with the remedy; `form` is how one
/// of several dates of a numbered task is typed.
pub fn amendment(
    standing: &Standing,
    amend: &Amend,
    today: NaiveDate,
    form: fn(&str, &str) -> String,
) -> Result<Amendment, String> {
    let (old, new) = match amend {
        Amend::Text(new) if *new == standing.task.text => return Err(sentences::same_text(standing)),
        Amend::Text(new) => return Ok(Amendment::Text { old: standing.task.text.clone(), new: new.clone() }),
        Amend::Due { old, new } => (*old, *new),
    };
    if new < today {
        return Err(sentences::past(new, today));
    }
    let date = match (old, standing.dates.as_slice()) {
        (None, []) => return Ok(Amendment::Due { milestone: None, old: None, new }),
        (None, [only]) => only,
        (None, several) => return Err(sentences::which_date(standing, several, today, form)),
        (Some(old), dates) => the_date(dates, old).ok_or_else(|| sentences::no_such_date(standing, old, today))?,
    };
    if date.due == new {
        return Err(sentences::same_date(standing, new, today));
    }
    // Two dates on one day would be one, and the other lost.
    if standing.dates.iter().any(|other| other.id != date.id && (other.due, &other.scope) == (new, &date.scope)) {
        return Err(sentences::taken_date(standing, date.due, new, today));
    }
    Ok(Amendment::Due { milestone: Some(date.id), old: Some(date.due), new })
}

/// The one date that is that day, else the one that is that day of another year: who names the month and the day need not
/// have said the year.
fn the_date(dates: &[Dated], day: NaiveDate) -> Option<&Dated> {
    let same_day = |date: &Dated| date.due == day;
    let same_day_of_year = |date: &Dated| (date.due.month(), date.due.day()) == (day.month(), day.day());
    let fits: [&dyn Fn(&Dated) -> bool; 2] = [&same_day, &same_day_of_year];
    fits.iter().find_map(|fits| {
        let mut found = dates.iter().filter(|date| fits(date));
        found.next().filter(|_| found.next().is_none())
    })
}
