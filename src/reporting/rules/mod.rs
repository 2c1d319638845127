//! What contacts say about their unit's duties: recorded, asked about, revised or withdrawn.

pub mod asking;
pub mod claiming;
pub mod confirming;
pub mod kept;
pub mod on_behalf;
pub mod paging;
pub mod picking;
pub mod recording;
pub mod repeating;
pub mod reporter;
pub mod sorting;
pub mod tapping;
pub mod unclear;

use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::ids::{DutyId, TaskId};
use crate::reporting::rules::claiming::Said;
use crate::reporting::rules::sorting::Sorted;
use crate::reporting::statement::Statement;
use crate::reporting::tapped::{Tap, Told, Turn};
use crate::reporting::{EarlierReport, Part, Wanted, rules, sentences, tapped};
use crate::understanding::{Aside, Item};
use crate::{contacts, copies, inspections, instructions, later, reporting, review, transfers};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Report(statement) => report(case, statement),
        Wanted::Unclear(statement) => unclear::unclear(case, statement),
        Wanted::EditedAway => edited_away(case),
        Wanted::Undo { .. } => undo(case),
        Wanted::Tap(wanted) => tap(case, *wanted),
        Wanted::Pick { of, task } => picking::pick(case, *of, *task),
        Wanted::PickMore { of } => picking::pick_more(case, *of),
        Wanted::PickAll { of } => picking::pick_all(case, *of),
        Wanted::PickDate { of, date } => picking::pick_date(case, *of, *date),
        Wanted::Mean { of, task, meaning } => picking::mean(case, *of, *task, *meaning),
        Wanted::Confirm { of, at } => picking::confirm_understood(case, *of, *at),
    }
}

pub fn report(case: &Case<'_>, statement: &Statement) -> Decision {
    if let Some(answer) = rules::reporter::asks_in_a_units_group(case, &statement.text) {
        return answer;
    }
    let (unit, person) = match rules::reporter::reporter(case) {
        Ok(reporter) => reporter,
        Err(_) if rules::kept::is_later_part(case) => {
            return rules::reporter::waiting(case, statement, Decision::nothing("a part of a refused album"));
        }
        Err(refusal) => return rules::reporter::waiting(case, statement, refusal),
    };
    if !rules::recording::says_something_new(case, statement) {
        return rules::kept::keep_evidence(case, statement);
    }
    let sorted = rules::asking::keep_task(case, statement, rules::sorting::sort(case, statement));
    let on = case.moment.day_of(statement.at);
    let said = Said { text: &statement.text, on, named: &case.place.named_dates };
    let (mut sorted, of_dates) = rules::claiming::sorted_with_dates(case, sorted, said);
    instructions::rules::keep_claim(case, &mut sorted.known, statement);
    let of_inspection = inspections::rules::told_apart(case, statement, &mut sorted);
    let no_more_time = rules::claiming::drop_vain_wishes(case, &mut sorted.known, statement);
    let mut decision = Decision::nothing("a contact reports");
    let mut preface: Vec<String> = case.facts.made_up.then(|| sentences::MADE_UP.to_owned()).into_iter().collect();
    let asks = !sorted.open.is_empty();
    let says_something = !sorted.known.is_empty() || asks;
    if case.facts.contacts.registered.is_empty() && says_something {
        decision.changes.push(Change::Contacts(contacts::Change::Register { unit: unit.id, person: person.id }));
        preface.push(contacts::sentences::first_contact(&person.name, &unit.name, case.place));
    }
    let waits = rules::confirming::wants_confirmation(case, &sorted.known);
    if statement.edited && rules::reporter::has_live_report(case) {
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
    let dropped = rules::recording::dropped_by_edit(case, statement, &sorted.known, &parts);
    if let [_, ..] = dropped.as_slice() {
        let numbers = dropped.iter().map(|duty| duty.task.number.clone()).collect::<Vec<_>>();
        // An album's one answer is written anew.
        if case.place.album.is_none() {
            preface.push(sentences::refused::dropped_by_edit(&numbers));
        }
        decision.changes.extend(rules::recording::withdrawn_by_edit(case, &dropped, statement.message_id));
    }
    if let Some((change, line)) = inspections::rules::also_answers_inspection(case, statement, unit.id, &sorted.known) {
        decision.changes.push(change);
        preface.push(line);
    }
    let record = |(duty, item): &(&Duty, Item)| rules::recording::record(case, duty, item, statement, person.id);
    decision.changes.extend(review::rules::using::overtaken(case, &sorted.known, statement));
    decision.changes.extend(sorted.known.iter().map(record).map(|said| reporting::Change::Record(said).into()));
    decision.changes.extend(later::rules::put_off(&sorted.known, (statement.message_id, statement.at), case.moment));
    let question = if asks {
        let question = rules::asking::question(case, statement, person.id, parts);
        let asked = rules::asking::ask(
            case,
            rules::asking::why_asked(case, &sorted, statement),
            &question,
            all_may_be_meant(case, &sorted),
        );
        decision.changes.push(Change::Reporting(reporting::Change::KeepQuestion(question)));
        asked
    } else if says_something {
        let (changes, next) = rules::confirming::after_own_answer(case, &sorted.known, statement).unwrap_or_default();
        decision.changes.extend(changes);
        next
    } else {
        None
    };
    let decision = rules::recording::confirm(case, decision, &preface, &sorted.known, question, statement);
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

/// An edit that leaves no report is only spoken of where there was one.
pub fn edited_away(case: &Case<'_>) -> Decision {
    if rules::reporter::has_live_report(case) || inspections::rules::live_inspection_answer(case).is_some() {
        case.answer("an edit that reports nothing", sentences::refused::edit_not_understood())
    } else {
        rules::picking::take_back_question(case).unwrap_or_else(|| Decision::nothing("nothing to answer"))
    }
}

/// Takes back all that one message recorded.
pub fn undo(case: &Case<'_>) -> Decision {
    let live: Vec<&EarlierReport> = case.facts.earlier.iter().filter(|report| !report.withdrawn).collect();
    let answered = inspections::rules::live_inspection_answer(case);
    let message_id = live.first().map(|report| report.message_id);
    let Some(message_id) = message_id.or(answered.map(|answer| answer.message_id)) else {
        return rules::picking::take_back_question(case)
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
    let (signed_off, live): (Vec<_>, Vec<_>) =
        live.into_iter().partition(|report| rules::recording::carries(case, report));
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
        decision.changes.push(Change::Reporting(reporting::Change::Withdraw { message_id, duties }));
    }
    decision.changes.extend(answered.map(|_| Change::Inspections(inspections::Change::WithdrawAnswer { message_id })));
    decision
        .changes
        .extend(duties.iter().filter_map(|duty| review::rules::petitions_withdrawn(case, duty, message_id)));
    decision.changes.extend(duties.iter().filter_map(|duty| transfers::rules::withdrawn(case, duty, message_id)));
    decision.changes.extend(live.iter().flat_map(|report| review::rules::using::problems_withdrawn(case, report, &[])));
    decision.changes.extend(rules::kept::close_question(case));
    // What was still to be chosen of the same message is taken back with it, and its buttons say so.
    if let Some(question) = case.facts.question.as_ref().filter(|question| !question.answered && !duties.is_empty()) {
        let choices = rules::asking::choices(case, question);
        decision.changes.push(used::used_here(case, choices, String::new(), review::sentences::WITHDRAWN));
    }
    let words = match answered {
        Some(answer) if duties.is_empty() => inspections::sentences::answer_withdrawn(answer.number),
        _ => sentences::refused::withdrawn(&left, &still_granted, case.moment.today),
    };
    let words =
        if signed_off.is_empty() { words } else { words.prefaced(&[sentences::refused::signed_off(&signed_off)]) };
    let withdrawn = duties.iter().map(|duty| format!("第{}项", text::escape(&duty.task.number))).collect::<Vec<_>>();
    let used =
        used::used_here(case, vec![button::undo(message_id)], withdrawn.join("、"), review::sentences::WITHDRAWN);
    let decision = decision.with(used).and_say(To::Here, Some(message_id), [words]).and_say(
        To::Coordinators,
        None,
        ours_again(case, &[]),
    );
    let decision = copies::rules::shown_withdrawal(case, decision, &duties);
    rules::on_behalf::telling_unit_of_withdrawal(case, decision, &duties)
}

/// Reports in one tap, by the buttons below a digest.
pub fn tap(case: &Case<'_>, tap: Tap) -> Decision {
    if let Err(refusal) = rules::reporter::reporter(case) {
        let tells =
            matches!(tap, Tap::Report { .. } | Tap::AllUnchanged { .. } | Tap::Turn { turn: Turn::Tell(_), .. });
        return if tells {
            rules::reporter::tap_waiting(case, refusal)
        } else {
            Decision::toast("may not report", refusals::ONLY_CONTACTS)
        };
    }
    let open = |task: TaskId| case.duty_in(task).filter(|duty| duty.status.is_open());
    match tap {
        Tap::Report { told, task } => {
            let others = Told::ALL.map(|told| tapped::tell(told, task));
            let used = others.into_iter().chain([tapped::trouble(task)]).collect();
            rules::tapping::tapped(case, told, open(task).into_iter().collect(), used, told.label())
        }
        Tap::Trouble { task } => match open(task) {
            Some(duty) => rules::tapping::trouble(case, duty),
            None => Decision::toast("nothing to report on", refusals::STALE_BUTTON),
        },
        Tap::AllUnchanged { day, part } => {
            // What was told of single tasks stands.
            let left = |duty: &&Duty| {
                !rules::tapping::is_told(case, duty) && !rules::tapping::waits(case.facts.question.as_ref(), duty)
            };
            let duties: Vec<&Duty> = case.place.named.iter().filter_map(|task| open(task.id)).filter(left).collect();
            if duties.is_empty() && case.facts.earlier.iter().any(|report| !report.withdrawn) {
                return Decision::toast("tapped already", refusals::ALREADY_ANSWERED);
            }
            if rules::paging::is_under_way(case) {
                return rules::paging::all_unchanged(case, duties, day);
            }
            let used = vec![tapped::all_unchanged(day, part), tapped::one_by_one(day)];
            rules::tapping::tapped(case, Told::Unchanged, duties, used, sentences::tap::ALL_UNCHANGED)
        }
        Tap::OneByOne { since } => rules::paging::begin(case, since),
        Tap::Turn { task, turn, since } => rules::paging::turn(case, case.duty_in(task), turn, since),
    }
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
