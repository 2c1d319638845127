//! What was understood becomes reports, and is confirmed to who said it.

use chrono::NaiveDate;

use crate::chat::incoming::Attachment;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::{DutyId, PersonId};
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::place::Awaited;
use crate::office::status::Status;
use crate::reporting::rules::asking::Asked;
use crate::reporting::sentences::Recorded;
use crate::reporting::statement::Statement;
use crate::reporting::{EarlierReport, Part, Record, rules, sentences};
use crate::understanding::item::Item;
use crate::understanding::{Aside, gives_reason};
use crate::{areas, copies, later, problems, reporting, review, transfers};

/// Adds the answer to what was recorded, the question that the same words raise, and the notice of what was claimed or
/// asked for.
pub fn confirm(
    case: &Case<'_>,
    decision: Decision,
    preface: &[String],
    known: &[(&Duty, Item)],
    question: Option<Asked>,
    said: &Statement,
) -> Decision {
    let today = case.moment.today;
    let reports = told(case, known, said);
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let notice = review::sentences::notice::notice(&reports, said, person, case.moment);
    let not_ours = review::sentences::notice::not_ours(&reports, said, person, case.moment);
    let duties: Vec<&Duty> = reports.iter().map(|report| report.duty).collect();
    let notice = areas::rules::calling_first(case, notice, &duties);
    let not_ours = areas::rules::calling_first(case, not_ours, &duties);
    let answers = case.answers.or(Some(said.message_id));
    let mut decision = decision;
    let mut preface = preface;
    if !reports.is_empty() {
        let words = sentences::answer(preface, &reports, button::undo(said.message_id), today);
        preface = &[];
        let speaks = said.text.is_empty() && rules::kept::evidence(case, said).iter().any(Attachment::is_spoken);
        decision = if speaks {
            decision
                .and_say(To::Here, answers, [sentences::unclear::wanting_a_line(words)])
                .asking_for(AskedFor::Known(Awaited::Line { message_id: said.message_id }))
        } else {
            decision.and_say(To::Here, answers, [words])
        };
        decision = match without_reason(&reports, today) {
            Some(awaited) if !speaks => decision.asking_for(AskedFor::Known(awaited)),
            _ => decision,
        };
    }
    decision = match question {
        Some((question, awaited)) => decision.and_ask(answers, Some((question.prefaced(preface), awaited))),
        None if preface.is_empty() => decision,
        None => decision.and_say(To::Here, answers, [Words::plain(preface.join("\n"))]),
    };
    let decision = [notice, not_ours].into_iter().flatten().fold(decision, |decision, words| {
        let duty = words.tasks.first().and_then(|task| known.iter().find(|(duty, _)| duty.task.id == *task));
        let decision = decision.and_say(To::Coordinators, None, [words]);
        match duty {
            Some((duty, _)) => decision.asking_for(AskedFor::Known(Awaited::Instruction {
                duty: duty.id,
                chat: case.place.chat.id,
                message_id: said.message_id,
            })),
            None => decision,
        }
    });
    let decision = copies::rules::shown(case, decision, &reports);
    rules::on_behalf::telling_unit(case, decision, &reports, &said.text)
}

/// What a reply to the answer tells, where that is about one wish without a reason.
fn without_reason(reports: &[Recorded<'_>], today: NaiveDate) -> Option<Awaited> {
    let [only] = reports else { return None };
    let due = only.item.extend_to.filter(|_| only.lacks_reason())?;
    let of = rules::claiming::put_off_by(only.duty, only.item, today).map(|date| date.id);
    Some(Awaited::WhyMoreTime { of, due })
}

/// What was understood of each duty, as it is said.
pub fn told<'i>(case: &Case<'_>, known: &'i [(&Duty, Item)], said: &Statement) -> Vec<Recorded<'i>> {
    let told = |(duty, item): &'i (&Duty, Item)| Recorded {
        duty,
        item,
        late: is_late(case, duty, item, said),
        reminded_again: item.aside == Some(Aside::Defer) && later::rules::wanted(duty, said.at, case.moment).is_some(),
        attachment: !rules::kept::evidence(case, said).is_empty(),
        adds_to_claim: adds_to_claim(case, duty, item, said),
        raised: raised(case, duty, item),
        repeats: rules::repeating::repeats(case, duty, item, said),
        overtaken: is_overtaken(case, duty, said),
        gives_reason: gives_reason(said.words_of(item), case.moment.today),
    };
    known.iter().map(told).collect()
}

/// Whether files come for a claim that waits. What answers an instruction goes back to who gave it anyway.
fn adds_to_claim(case: &Case<'_>, duty: &Duty, item: &Item, said: &Statement) -> bool {
    let plain = !item.tells_standing() && !item.unchanged;
    let instructed = matches!(case.place.asked_for, Some(Awaited::Instructed { .. }));
    plain && !instructed && !duty.waiting.claims.is_empty() && !rules::kept::evidence(case, said).is_empty()
}

/// The problems that are raised anew: neither open nor in what the same message said before.
pub fn raised<'i>(case: &Case<'_>, duty: &Duty, item: &'i Item) -> Vec<&'i str> {
    let earlier = case.facts.earlier.iter().filter(|report| report.duty == duty.id && !report.withdrawn);
    let known = duty.problems.iter().map(|problem| &problem.what).chain(earlier.flat_map(|report| &report.problems));
    let known: Vec<String> = known.map(|what| problems::sameness(what)).collect();
    item.problems.iter().map(String::as_str).filter(|what| !known.contains(&problems::sameness(what))).collect()
}

/// Telegram also tells of edits that change no word, and may tell of a message twice.
pub fn says_something_new(case: &Case<'_>, statement: &Statement) -> bool {
    let asked = case.facts.question.as_ref().filter(|question| question.message_id == statement.message_id);
    let is_asked = asked.is_some_and(|question| {
        question.text == statement.text && (!question.answered || case.facts.earlier.is_empty())
    });
    let is_told = case.facts.earlier.iter().any(|report| report.text == statement.text);
    if statement.edited || statement.goes_on { !is_told && !is_asked } else { !rules::reporter::has_live_report(case) }
}

pub fn record(case: &Case<'_>, duty: &Duty, item: &Item, statement: &Statement, person: PersonId) -> Record {
    let (text, whole) = match item.words.as_str() {
        "" => (statement.text.clone(), None),
        own => (own.to_owned(), Some(statement.text.clone())),
    };
    Record {
        duty: duty.id,
        person,
        message_id: statement.message_id,
        reported_at: statement.at,
        text,
        whole,
        item: rules::repeating::without_repeats(item, &rules::repeating::repeats(case, duty, item, statement)),
        puts_off: item
            .extend_to
            .and_then(|_| rules::claiming::put_off_by(duty, item, case.moment.today))
            .map(|date| date.id),
        late: is_late(case, duty, item, statement) && item.aside.is_none(),
        made_up: case.facts.made_up,
        edited: statement.edited,
        overtaken: is_overtaken(case, duty, statement),
        on_behalf: case.place.on_behalf,
        attachments: rules::kept::evidence(case, statement),
    }
}

/// Whether words that were kept count late, and newer ones tell how the duty stands.
fn is_overtaken(case: &Case<'_>, duty: &Duty, statement: &Statement) -> bool {
    case.facts.newer.get(&duty.id).is_some_and(|newer| statement.at < *newer)
}

/// After the date that it claims; a claim of the whole after the first that is not done, other words after the first
/// that is open.
pub fn is_late(case: &Case<'_>, duty: &Duty, item: &Item, statement: &Statement) -> bool {
    let first = || match item.status {
        Some(Status::ClaimedDone) => duty.first_undone(),
        _ => duty.open_milestones().next(),
    };
    let date = item.claims.and_then(|date| duty.milestone(date)).or_else(first);
    date.is_some_and(|date| date.due < case.moment.day_of(statement.at))
}

/// The duties of which the message said something before its edit, and says nothing any more.
pub fn dropped_by_edit<'a>(
    case: &Case<'a>,
    statement: &Statement,
    known: &[(&Duty, Item)],
    open: &[Part],
) -> Vec<&'a Duty> {
    // What nobody understands changes nothing until it is told what it means.
    let waits = |task| open.iter().any(|part| part.unclear && part.tasks == [task]);
    let kept = |id: DutyId| {
        known.iter().any(|(duty, _)| duty.id == id) || case.duty(id).is_some_and(|duty| waits(duty.task.id))
    };
    let revises = statement.edited || statement.goes_on;
    let live = case.facts.earlier.iter().filter(|report| revises && !report.withdrawn);
    // What a coordinator has agreed to stays agreed.
    let dropped = live.filter(|report| !kept(report.duty) && !carries(case, report));
    dropped.filter_map(|report| case.duty(report.duty)).filter(|duty| duty.status != Status::Done).collect()
}

/// Whether a sign-off stands on a report. What was said after it was only noted, and carries nothing.
pub fn carries(case: &Case<'_>, report: &EarlierReport) -> bool {
    let is_done = |date: &Milestone| date.stands == MilestoneStatus::Done;
    let claims_what_is_done = |duty: &Duty| report.claims.and_then(|date| duty.milestone(date)).is_some_and(is_done);
    let carries = |duty: &Duty| duty.status == Status::Done || claims_what_is_done(duty);
    report.ruled && case.duty(report.duty).is_some_and(carries)
}

/// Takes back what a message said of these, with the buttons that wait for it.
pub fn withdrawn_by_edit(case: &Case<'_>, dropped: &[&Duty], message_id: i64) -> Vec<Change> {
    let waited = dropped.iter().flat_map(|duty| {
        [
            review::rules::petitions_withdrawn(case, duty, message_id),
            transfers::rules::withdrawn(case, duty, message_id),
        ]
    });
    let waited = waited.flatten();
    let duties = dropped.iter().map(|duty| duty.id).collect();
    waited.chain([Change::Reporting(reporting::Change::Withdraw { message_id, duties })]).collect()
}
