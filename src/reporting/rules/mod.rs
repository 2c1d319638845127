//! What contacts say about their unit's duties: recorded, asked about, revised or withdrawn.

pub mod asking;
pub mod claiming;
pub mod confirming;
pub mod repeating;
pub mod sorting;
pub mod tapping;
pub mod unclear;

use crate::chat::incoming::Attachment;
use crate::chat::refusals;
use crate::chat::words::{Words, escape};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::intent::button;
use crate::office::duty::{Duty, DutyId, PersonId, Status, UnitRef};
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::place::{Awaited, Person};
use crate::problems::sameness;
use crate::quiet::Hint;
use crate::reporting::rules::asking::Asked;
use crate::reporting::rules::claiming::{Said, put_off_by};
use crate::reporting::rules::repeating::without_repeats;
use crate::reporting::rules::sorting::Sorted;
use crate::reporting::sentences::Recorded;
use crate::reporting::statement::Statement;
use crate::reporting::{EarlierReport, Part, Record, rules, sentences};
use crate::understanding::{Aside, Item, is_question};
use crate::{contacts, inspections, quiet, review};

pub fn report(case: &Case<'_>, statement: &Statement) -> Decision {
    if let Some(answer) = asks_in_a_units_group(case, &statement.text) {
        return answer;
    }
    let (unit, person) = match reporter(case) {
        Ok(reporter) => reporter,
        Err(_) if rules::unclear::is_later_part(case) => {
            return Decision::nothing("a part of a refused album");
        }
        Err(refusal) => return refusal,
    };
    if !says_something_new(case, statement) {
        return rules::unclear::keep_evidence(case, statement);
    }
    let sorted = rules::unclear::keep_task(case, statement, rules::sorting::sort(case, statement));
    let on = case.moment.day_of(statement.at);
    let said = Said { text: &statement.text, on, named: &case.place.named_dates };
    let (mut sorted, of_dates) = rules::claiming::sorted_with_dates(case, sorted, said);
    let of_inspection = inspections::rules::told_apart(case, statement, &mut sorted);
    let no_more_time = rules::claiming::drop_vain_wishes(case, &mut sorted.known, statement);
    let mut decision = Decision::nothing("a contact reports");
    let mut preface = Vec::new();
    let asks = !sorted.open.is_empty();
    let says_something = !sorted.known.is_empty() || asks;
    if case.facts.contacts.is_empty() && says_something {
        decision.changes.push(Change::RegisterContact { unit: unit.id, person: person.id });
        preface.push(contacts::sentences::first_contact(&person.name, &unit.name));
    }
    let waits = rules::confirming::wants_confirmation(case, &sorted.known);
    if statement.edited && has_live_report(case) {
        preface.push(if waits { sentences::unclear::STANDS_MEANWHILE } else { sentences::refused::REVISED }.to_owned());
    }
    if !sorted.foreign.is_empty() {
        preface.push(sentences::refused::no_such_duty(&sorted.foreign, &unit.name));
    }
    // What is shown first leaves all that is open to be asked about later.
    let in_turn = sorted.open.get(usize::from(!waits)..).unwrap_or_default();
    if !in_turn.is_empty() {
        let in_turn: Vec<&Item> = in_turn.iter().map(|open| &open.item).collect();
        preface.push(sentences::unclear::asked_in_turn(&in_turn));
    }
    preface.extend(of_dates);
    preface.extend(no_more_time);
    preface.extend(rules::claiming::wishes_replaced(case, &sorted.known, statement));
    preface.extend(rules::claiming::date_wanted(statement, sorted.known.first().map(|(duty, _)| *duty)));
    preface.extend(of_inspection);
    let parts: Vec<Part> = sorted.open.iter().map(|open| rules::asking::kept_part(case, open)).collect();
    if waits {
        let also = inspections::rules::also_answers_inspection(case, statement, unit.id, &sorted.known);
        let decision = also.into_iter().fold(decision, |decision, (change, line)| {
            preface.push(line);
            decision.with(change)
        });
        let question = rules::asking::question(
            case,
            statement,
            person.id,
            std::iter::once(Part::default()).chain(parts).collect(),
        );
        return rules::confirming::ask_to_confirm(case, decision, &preface, &sorted.known, question, statement);
    }
    let dropped = dropped_by_edit(case, statement, &sorted.known, &parts);
    if let [_, ..] = dropped.as_slice() {
        let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
        // An album's one answer is written anew.
        if case.place.album.is_none() {
            preface.push(sentences::refused::dropped_by_edit(&numbers));
        }
        decision.changes.extend(withdrawn_by_edit(case, &dropped, statement.message_id));
    }
    if let Some((change, line)) = inspections::rules::also_answers_inspection(case, statement, unit.id, &sorted.known) {
        decision.changes.push(change);
        preface.push(line);
    }
    let record = |(duty, item): &(&Duty, Item)| record(case, duty, item, statement, person.id);
    decision.changes.extend(review::rules::using::overtaken(case, &sorted.known, statement));
    decision.changes.extend(sorted.known.iter().map(record).map(Change::Record));
    let question = match asks {
        true => {
            let question = rules::asking::question(case, statement, person.id, parts);
            let asked = rules::asking::ask(
                case,
                rules::asking::why_asked(case, &sorted, statement),
                &question,
                all_may_be_meant(case, &sorted),
            );
            decision.changes.push(Change::KeepQuestion(question));
            asked
        }
        false if says_something => {
            let (changes, next) = rules::asking::after_own_answer(case, &sorted.known, statement).unwrap_or_default();
            decision.changes.extend(changes);
            next
        }
        false => None,
    };
    let decision = confirm(case, decision, &preface, &sorted.known, question, statement);
    decision.and_say(To::Coordinators, None, ours_again(case, &sorted.known))
}

/// What coordinators are told where the message in question says no longer that tasks are another's.
fn ours_again(case: &Case<'_>, known: &[(&Duty, Item)]) -> Option<Words> {
    let says_so =
        |duty: DutyId| known.iter().any(|(known, item)| known.id == duty && item.aside == Some(Aside::Transfer));
    let said_so = case.facts.earlier.iter().filter(|report| !report.withdrawn && report.aside == Some(Aside::Transfer));
    let duties: Vec<_> =
        said_so.filter(|report| !says_so(report.duty)).filter_map(|report| case.duty(report.duty)).collect();
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    review::sentences::notice::ours_again(&duties, person)
}

/// Whether words that name no task may be about all tasks that the answered message named.
fn all_may_be_meant(case: &Case<'_>, sorted: &Sorted<'_>) -> bool {
    let of_no_task = matches!(sorted.open.as_slice(), [only] if only.duties.is_empty());
    of_no_task && sorted.known.is_empty() && !case.place.named.is_empty()
}

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
    let answers = case.answers.or(Some(said.message_id));
    let mut decision = decision;
    let mut preface = preface;
    if !reports.is_empty() {
        let words = sentences::answer(preface, &reports, button::undo(said.message_id), today);
        preface = &[];
        let speaks = said.text.is_empty() && rules::unclear::evidence(case, said).iter().any(Attachment::is_spoken);
        decision = match speaks {
            true => decision
                .and_say(To::Here, answers, [sentences::unclear::wanting_a_line(words)])
                .asking_for(AskedFor::Known(Awaited::Line { message_id: said.message_id })),
            false => decision.and_say(To::Here, answers, [words]),
        };
    }
    decision = match question {
        Some((question, awaited)) => decision.and_ask(answers, Some((question.prefaced(preface), awaited))),
        None if preface.is_empty() => decision,
        None => decision.and_say(To::Here, answers, [Words::plain(preface.join("\n"))]),
    };
    decision.and_say(To::Coordinators, None, notice).and_say(To::Coordinators, None, not_ours)
}

/// What was understood of each duty, as it is said.
pub fn told<'i>(case: &Case<'_>, known: &'i [(&Duty, Item)], said: &Statement) -> Vec<Recorded<'i>> {
    let told = |(duty, item): &'i (&Duty, Item)| Recorded {
        duty,
        item,
        late: is_late(case, duty, item, said),
        attachment: !rules::unclear::evidence(case, said).is_empty(),
        raised: raised(case, duty, item),
        repeats: rules::repeating::repeats(case, duty, item, said.message_id),
    };
    known.iter().map(told).collect()
}

/// The problems that are raised anew: neither open nor in what the same message said before.
fn raised<'i>(case: &Case<'_>, duty: &Duty, item: &'i Item) -> Vec<&'i str> {
    let earlier = case.facts.earlier.iter().filter(|report| report.duty == duty.id && !report.withdrawn);
    let known = duty.problems.iter().map(|problem| &problem.what).chain(earlier.flat_map(|report| &report.problems));
    let known: Vec<String> = known.map(|what| sameness(what)).collect();
    item.problems.iter().map(String::as_str).filter(|what| !known.contains(&sameness(what))).collect()
}

/// The unit and the person, where the person may report for it.
pub fn reporter<'a>(case: &Case<'a>) -> Result<(&'a UnitRef, &'a Person), Decision> {
    let Some(unit) = &case.place.unit else {
        return Err(quiet::rules::nothing_to_report_on(case));
    };
    let Some(person) = &case.place.speaker else {
        return Err(quiet::rules::nameless(case));
    };
    // Who supervises a unit does not become its contact by a slip.
    let nobody_yet = case.facts.contacts.is_empty() && !person.coordinator;
    if nobody_yet || person.contact_of.contains(&unit.id) {
        return Ok((unit, person));
    }
    if person.coordinator {
        return Err(quiet::rules::hint(
            case,
            Hint::NotAContact(person.id),
            "a coordinator",
            sentences::refused::coordinators_do_not_report(),
        ));
    }
    let words = sentences::refused::no_contact(&person.name, &unit.name, button::ask(unit.id));
    Err(quiet::rules::hint(case, Hint::NotAContact(person.id), "not a contact of the unit", words))
}

/// A coordinator asks where only a unit's own matters are spoken of.
pub fn asks_in_a_units_group(case: &Case<'_>, text: &str) -> Option<Decision> {
    let asks = case.place.unit.is_some() && case.place.speaker_is_coordinator() && !case.place.speaker_is_contact();
    (asks && is_question(text)).then(|| case.answer("a question across units", refusals::ask_privately()))
}

/// Telegram also tells of edits that change no word, and may tell of a message twice.
pub fn says_something_new(case: &Case<'_>, statement: &Statement) -> bool {
    let asked = case.facts.question.as_ref().filter(|question| question.message_id == statement.message_id);
    let is_asked = asked.is_some_and(|question| {
        question.text == statement.text && (!question.answered || case.facts.earlier.is_empty())
    });
    let is_told = case.facts.earlier.iter().any(|report| report.text == statement.text);
    match statement.edited || statement.goes_on {
        true => !is_told && !is_asked,
        false => !has_live_report(case),
    }
}

/// Whether the message in question has recorded something that still counts.
pub fn has_live_report(case: &Case<'_>) -> bool {
    case.facts.earlier.iter().any(|report| !report.withdrawn)
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
        item: without_repeats(item, &rules::repeating::repeats(case, duty, item, statement.message_id)),
        puts_off: item.extend_to.and_then(|_| put_off_by(duty, item, case.moment.today)).map(|date| date.id),
        late: is_late(case, duty, item, statement) && item.aside.is_none(),
        edited: statement.edited,
        attachments: rules::unclear::evidence(case, statement),
    }
}

/// After the date that it claims; a claim of the whole after the first that is not done, other words after the first
/// that is open.
fn is_late(case: &Case<'_>, duty: &Duty, item: &Item, statement: &Statement) -> bool {
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
fn carries(case: &Case<'_>, report: &EarlierReport) -> bool {
    let is_done = |date: &Milestone| date.stands == MilestoneStatus::Done;
    let claims_what_is_done = |duty: &Duty| report.claims.and_then(|date| duty.milestone(date)).is_some_and(is_done);
    let carries = |duty: &Duty| duty.status == Status::Done || claims_what_is_done(duty);
    report.ruled && case.duty(report.duty).is_some_and(carries)
}

/// Takes back what a message said of these, with the buttons that wait for it.
pub fn withdrawn_by_edit(case: &Case<'_>, dropped: &[&Duty], message_id: i64) -> Vec<Change> {
    let waited = dropped.iter().filter_map(|duty| review::rules::petitions_withdrawn(case, duty, message_id));
    let duties = dropped.iter().map(|duty| duty.id).collect();
    waited.chain([Change::Withdraw { message_id, duties }]).collect()
}

/// An edit that leaves no report is only spoken of where there was one.
pub fn edited_away(case: &Case<'_>) -> Decision {
    match has_live_report(case) || inspections::rules::live_inspection_answer(case).is_some() {
        true => case.answer("an edit that reports nothing", sentences::refused::edit_not_understood()),
        false => rules::unclear::take_back_question(case).unwrap_or_else(|| Decision::nothing("nothing to answer")),
    }
}

/// Takes back all that one message recorded.
pub fn undo(case: &Case<'_>) -> Decision {
    let live: Vec<&EarlierReport> = case.facts.earlier.iter().filter(|report| !report.withdrawn).collect();
    let answered = inspections::rules::live_inspection_answer(case);
    let message_id = live.first().map(|report| report.message_id);
    let Some(message_id) = message_id.or(answered.map(|answer| answer.message_id)) else {
        return rules::unclear::take_back_question(case)
            .unwrap_or_else(|| case.refuse("nothing to withdraw", sentences::refused::NOTHING_TO_WITHDRAW));
    };
    let unit = case.place.unit.as_ref().map(|unit| unit.id);
    let may =
        case.place.speaker.as_ref().is_some_and(|person| unit.is_some_and(|unit| person.contact_of.contains(&unit)));
    if !may {
        return case.refuse("not a contact of the unit", refusals::ONLY_CONTACTS);
    }
    // Who has moved to another unit finds here what he said for the former one.
    if live.iter().all(|report| case.duty(report.duty).is_none()) && answered.is_none() {
        return case.refuse("reports of another unit", refusals::ONLY_CONTACTS);
    }
    let (signed_off, live): (Vec<_>, Vec<_>) = live.into_iter().partition(|report| carries(case, report));
    let duties: Vec<&Duty> = live.iter().filter_map(|report| case.duty(report.duty)).collect();
    let signed_off: Vec<&Duty> = signed_off.iter().filter_map(|report| case.duty(report.duty)).collect();
    if !signed_off.is_empty() && duties.is_empty() && answered.is_none() {
        return case.refuse("already signed off", &sentences::refused::signed_off(&signed_off));
    }
    let left: Vec<_> = live.iter().filter_map(|report| Some((case.duty(report.duty)?, report.without))).collect();
    let still_granted: Vec<_> = live
        .iter()
        .filter_map(|report| {
            let (duty, granted) = (case.duty(report.duty)?, report.granted?);
            duty.milestones.iter().any(|milestone| milestone.due == granted).then_some((duty, granted))
        })
        .collect();
    let mut decision = Decision::nothing("a report is withdrawn");
    if !duties.is_empty() {
        let duties = duties.iter().map(|duty| duty.id).collect();
        decision.changes.push(Change::Withdraw { message_id, duties });
    }
    decision.changes.extend(answered.map(|_| Change::WithdrawInspectionAnswer { message_id }));
    decision
        .changes
        .extend(duties.iter().filter_map(|duty| review::rules::petitions_withdrawn(case, duty, message_id)));
    decision.changes.extend(live.iter().flat_map(|report| review::rules::using::problems_withdrawn(case, report, &[])));
    decision.changes.extend(rules::unclear::close_question(case));
    let words = match answered {
        Some(answer) if duties.is_empty() => inspections::sentences::answer_withdrawn(answer.number),
        _ => sentences::refused::withdrawn(&left, &still_granted, case.moment.today),
    };
    let words = match signed_off.is_empty() {
        true => words,
        false => words.prefaced(&[sentences::refused::signed_off(&signed_off)]),
    };
    let withdrawn = duties.iter().map(|duty| format!("第{}项", escape(&duty.task.number))).collect::<Vec<_>>();
    let used = review::rules::using::used_here(
        case,
        vec![button::undo(message_id)],
        withdrawn.join("、"),
        review::sentences::WITHDRAWN,
    );
    decision.with(used).and_say(To::Here, Some(message_id), [words]).and_say(
        To::Coordinators,
        None,
        ours_again(case, &[]),
    )
}

#[cfg(test)]
mod tests {
    use crate::deciding::tests::{facts, group, says};

    #[test]
    fn more_time_is_more() {
        insta::assert_snapshot!(says("第5项申请延期至2019年6月20日", &group(Some(1)), &facts()), @"
        (a contact reports)
        Here: 第5项申请延期至6月20日，该日期已过，未作为延期申请登记，请写明更晚的日期。
        ");
        insta::assert_snapshot!(says("第5项进度60%，申请延期至2019年6月30日", &group(Some(1)), &facts()), @"
        (a contact reports)
        record 50 in_progress Some(60) late=false
        Here: 第5项申请延期至6月30日，不晚于现时限（6月30日），未作为延期申请登记，请写明更晚的日期。 / 已登记 第5项 任务5：推进中60% [v1:undo:70]
        ");
        let mut undated = facts();
        undated.duties.iter_mut().for_each(|duty| duty.milestones.clear());
        insta::assert_snapshot!(says("第5项申请延期至2019年9月30日", &group(Some(1)), &undated), @"
        (a contact reports)
        record 50 - None late=false
        Here: 第5项没有规定时限，无需申请延期，所说日期已随原话留存；需要按期提醒的，可发送“/step 5 2019年9月30日 工作内容”。 / 已登记 第5项 任务5：情况已记录 [v1:undo:70]
        ");
    }
}
