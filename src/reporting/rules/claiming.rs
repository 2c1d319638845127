//! Which of its duty's dates a claim or a wish for more time is about: found where words or the answered message tell, else
//! asked.

use chrono::{Datelike, NaiveDate};

use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::intent::button;
use crate::office::dates::Meant;
use crate::office::duty::Duty;
use crate::office::ids::MilestoneId;
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::recurring::Recurring;
use crate::office::status::Status;
use crate::reporting::rules::sorting::{Open, Sorted};
use crate::reporting::statement::Statement;
use crate::reporting::{EarlierReport, Part, Question, rules, sentences};
use crate::understanding::{Item, dues};

/// Where dates are looked for.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The whole message; an item has words of its own where it says more than that.
    pub text: &'a str,
    pub on: NaiveDate,
    /// The dates that the answered message named.
    pub named: &'a [MilestoneId],
}

/// What was said of duties, with the dates that it is about.
#[derive(Default)]
pub struct Dated<'a> {
    pub known: Vec<(&'a Duty, Item)>,
    /// Where only the speaker can tell.
    pub asked: Vec<(&'a Duty, Item)>,
    /// What is said of dates that cannot be claimed.
    pub remarks: Vec<String>,
}

pub fn with_dates<'a>(case: &Case<'a>, known: Vec<(&'a Duty, Item)>, said: Said<'_>) -> Dated<'a> {
    let mut dated = Dated::default();
    for (duty, item) in known {
        if let Some(one) = round_meant(duty, &item, said) {
            dated.remarks.push(sentences::dates::round_is_met(duty, one));
            dated.known.push((duty, of_this_round(item)));
            continue;
        }
        let claimed = claimed_before(case, duty, &item).or_else(|| claimed(duty, &item, said));
        if let (Some(Meant::OneOf(_)), _) | (_, Some(Meant::OneOf(_))) = (&claimed, put_off(duty, &item, said)) {
            dated.asked.push((duty, item));
            continue;
        }
        let item = match claimed {
            Some(Meant::One(date)) if date.stands == MilestoneStatus::Done => {
                dated.remarks.push(sentences::dates::date_is_done(duty, date));
                claiming_nothing(item, duty)
            }
            Some(Meant::Unknown) => {
                dated.remarks.extend(item.milestone.map(|date| sentences::dates::no_such_date(duty, date, said.on)));
                claiming_nothing(item, duty)
            }
            Some(Meant::One(date)) => claiming(item, date),
            Some(Meant::Whole) => claiming_whole(item, duty),
            Some(Meant::OneOf(_)) | None => item,
        };
        let item = match put_off(duty, &item, said) {
            Some(Meant::One(date)) => Item { puts_off: Some(date.id), ..item },
            _ => item,
        };
        dated.known.push((duty, item));
    }
    dated
}

/// The date that comes round and that a plain 已完成 is about: the answered message named it and no other of the duty's. Its
/// period is met by the report itself, so nobody has to agree.
fn round_meant<'d>(duty: &'d Duty, item: &Item, said: Said<'_>) -> Option<&'d Recurring> {
    let plainly = item.status == Some(Status::ClaimedDone) && !item.whole && item.milestone.is_none();
    let named_once = duty.open_milestones().any(|date| said.named.contains(&date.id));
    duty.open_recurring().find(|one| plainly && !named_once && said.named.contains(&one.id))
}

/// What is done is this period's part; the duty goes on.
fn of_this_round(item: Item) -> Item {
    Item { status: Some(Status::InProgress), percent: item.percent.filter(|percent| *percent < 100), ..item }
}

/// An edit that says plainly once more that something is done means the date that the message claimed.
fn claimed_before<'a>(case: &Case<'a>, duty: &'a Duty, item: &Item) -> Option<Meant<'a>> {
    let plainly = item.status == Some(Status::ClaimedDone) && !item.whole && item.milestone.is_none();
    let before = |report: &&EarlierReport| plainly && report.duty == duty.id && !report.withdrawn;
    let date = case.facts.earlier.iter().find(before)?.claims?;
    duty.milestone(date).map(Meant::One)
}

/// The same of a statement: what only the speaker can tell is asked about with the rest.
pub fn sorted_with_dates<'a>(case: &Case<'a>, mut sorted: Sorted<'a>, said: Said<'_>) -> (Sorted<'a>, Vec<String>) {
    let dated = with_dates(case, std::mem::take(&mut sorted.known), said);
    sorted.known = dated.known;
    let asked = dated.asked.into_iter();
    sorted.open.extend(asked.map(|(duty, item)| Open { duties: vec![duty], item, unclear: false }));
    (sorted, dated.remarks)
}

/// A date that is past, or no later than the one that holds, asks for no more time: it is said so, and what else was
/// said of the duty is kept. Where no date holds, the words are kept.
pub fn drop_vain_wishes(case: &Case<'_>, known: &mut Vec<(&Duty, Item)>, said: &Statement) -> Vec<String> {
    let said_on = case.moment.day_of(said.at);
    let mut answers = Vec::new();
    known.retain_mut(|(duty, item)| {
        let wished = std::mem::take(&mut item.more_time);
        // Nobody can grant a wish without a date: it is asked for, and nothing is recorded by it.
        let Some(wanted) = item.extend_to else {
            return !wished || !item.is_empty() || !rules::kept::evidence(case, said).is_empty();
        };
        // What is done needs no more time; that it is done is answered anyway.
        if duty.status == Status::Done {
            item.extend_to = None;
            return true;
        }
        if duty.milestones.is_empty() {
            answers.push(sentences::no_date_to_extend(&duty.task.number, wanted));
            item.extend_to = None;
            return true;
        }
        let holds = put_off_by(duty, item, said_on).map(|date| date.due).filter(|due| wanted <= *due);
        if wanted >= said_on && holds.is_none() {
            return true;
        }
        let holds = holds.filter(|_| wanted >= said_on);
        answers.push(sentences::no_more_time(&duty.task.number, wanted, holds, case.moment.today));
        item.extend_to = None;
        !item.is_empty() || !rules::kept::evidence(case, said).is_empty()
    });
    answers
}

/// One wish for more time waits for each date of a duty: what is said where a new one takes the place of another.
pub fn wishes_replaced(case: &Case<'_>, known: &[(&Duty, Item)], said: &Statement) -> Vec<String> {
    let replaced = known.iter().filter_map(|(duty, item)| {
        let wanted = item.extend_to?;
        let wish = duty.wish(put_off_by(duty, item, case.moment.today).map(|date| date.id))?;
        let anew = (wish.asked.chat, wish.asked.message_id) != (case.place.chat.id, said.message_id);
        (anew && wish.due != wanted).then(|| sentences::dates::wish_replaced(duty, wish.due, case.moment.today))
    });
    replaced.collect()
}

/// What is said to a wish for more time that names no date.
pub fn date_wanted(said: &Statement, duty: Option<&Duty>) -> Option<String> {
    let dated = said.items.iter().any(|item| item.extend_to.is_some());
    let wishes = said.items.iter().any(|item| item.more_time);
    let wished = said.items.iter().find(|item| item.more_time).and_then(|item| item.task.as_deref());
    let number = wished.or(duty.map(|duty| duty.task.number.as_str())).unwrap_or("〔序号〕");
    (wishes && !dated).then(|| sentences::date_wanted(number))
}

/// Asks which of its dates a part of kept words is about, where that is what nobody else can tell.
pub fn which_date(case: &Case<'_>, question: &Question, part: &Part) -> Option<Words> {
    let [task] = part.tasks.as_slice() else { return None };
    let (duty, said) = (case.duty_in(*task)?, said_in(case, question, part));
    let of = question.present();
    let choice = |date: &Milestone| (date.name(), button::date_meant(of, Some(date.id)));
    if let Some(Meant::OneOf(dates)) = claimed(duty, &part.item, said) {
        let choices =
            dates.into_iter().map(choice).chain([(sentences::unclear::WHOLE.to_owned(), button::date_meant(of, None))]);
        return Some(sentences::unclear::which_date(duty, &part.item, &choices.collect::<Vec<_>>(), case.moment.today));
    }
    match put_off(duty, &part.item, said) {
        Some(Meant::OneOf(dates)) => {
            let choices: Vec<_> = dates.into_iter().map(choice).collect();
            Some(sentences::unclear::which_date(duty, &part.item, &choices, case.moment.today))
        }
        _ => None,
    }
}

/// Where the dates of a part of kept words are looked for.
pub fn said_in<'q>(case: &Case<'_>, question: &'q Question, part: &'q Part) -> Said<'q> {
    Said { text: &question.text, on: case.moment.day_of(question.at), named: &part.dates }
}

/// Every button that may have been drawn to ask about the dates of a part.
pub fn dates_offered(case: &Case<'_>, question: &Question) -> Vec<String> {
    let tasks = question.parts.first().map(|part| part.tasks.as_slice()).unwrap_or_default();
    let duties = tasks.iter().filter_map(|task| case.duty_in(*task));
    let dates = duties.flat_map(|duty| duty.milestones.iter().map(|date| Some(date.id))).chain([None]);
    dates.map(|date| button::date_meant(question.present(), date)).collect()
}

/// The date that a wish for more time puts off.
pub fn put_off_by<'d>(duty: &'d Duty, item: &Item, today: NaiveDate) -> Option<&'d Milestone> {
    item.puts_off.and_then(|date| duty.milestone(date)).or_else(|| duty.extendable(today))
}

/// What a claim is about, as long as that is not found; `None` where nothing is claimed.
pub fn claimed<'d>(duty: &'d Duty, item: &Item, said: Said<'_>) -> Option<Meant<'d>> {
    if item.claims.is_some() {
        return None;
    }
    match (item.milestone.filter(|_| item.milestone_status == Some(Status::ClaimedDone)), item.status) {
        (Some(on), _) => Some(duty.claimed_by_date(on, words(item, said))),
        (None, Some(Status::ClaimedDone)) if item.whole => None,
        (None, Some(Status::ClaimedDone)) => Some(duty.claimed(said.named, said.on)),
        (None, _) => None,
    }
}

/// What more time is asked for, as long as that is not found; a date that has passed asks for none.
fn put_off<'d>(duty: &'d Duty, item: &Item, said: Said<'_>) -> Option<Meant<'d>> {
    let until = item.extend_to.filter(|until| item.puts_off.is_none() && *until >= said.on)?;
    if duty.status == Status::Done {
        return None;
    }
    let is_until = |on: &NaiveDate| (on.month(), on.day()) == (until.month(), until.day());
    let told = dues(words(item, said), said.on).into_iter().map(|due| due.on).filter(|on| !is_until(on));
    let mut told: Vec<&Milestone> = told
        .filter_map(|on| match duty.dated(on, words(item, said)) {
            // What is done, or claimed by the same words, is not put off.
            Meant::One(date) => {
                Some(date).filter(|date| date.stands != MilestoneStatus::Done && Some(date.due) != item.milestone)
            }
            _ => None,
        })
        .collect();
    told.dedup_by_key(|date| date.id);
    Some(match told.as_slice() {
        [] => duty.put_off(until, said.named, said.on),
        [only] => Meant::One(only),
        _ => Meant::OneOf(told),
    })
}

fn words<'s>(item: &'s Item, said: Said<'s>) -> &'s str {
    if item.words.is_empty() { said.text } else { &item.words }
}

/// The duty goes on with its other dates.
pub fn claiming(item: Item, date: &Milestone) -> Item {
    Item {
        status: Some(Status::InProgress),
        percent: item.percent.filter(|percent| *percent < 100),
        claims: Some(date.id),
        milestone: Some(date.due),
        milestone_status: Some(Status::ClaimedDone),
        ..item
    }
}

/// What is said of a date that cannot be claimed leaves how the duty stands.
fn claiming_nothing(item: Item, duty: &Duty) -> Item {
    let claims = item.status == Some(Status::ClaimedDone) || item.milestone_status == Some(Status::ClaimedDone);
    let status = match duty.status {
        Status::ClaimedDone if claims => None,
        _ if claims => Some(Status::InProgress),
        _ => item.status,
    };
    let percent = item.percent.filter(|percent| *percent < 100);
    Item { status, percent, milestone: None, milestone_status: None, ..item }
}

pub fn claiming_whole(item: Item, duty: &Duty) -> Item {
    Item {
        status: Some(Status::ClaimedDone),
        percent: Some(100),
        whole: item.whole || duty.milestones.len() > 1,
        milestone: None,
        milestone_status: None,
        ..item
    }
}
