//! Replies that give what the answered message asked for.

use chrono::NaiveDate;

use crate::chat::incoming::Message;
use crate::instructions::Said;
use crate::instructions::reading::is_for_unit;
use crate::intent::Intent;
use crate::intent::button::ALL_ABOVE;
use crate::intent::heard::named;
use crate::office::ids::MilestoneId;
use crate::office::place::{Awaited, PartOf, Place};
use crate::reporting::meaning::Meaning;
use crate::reporting::statement::Statement;
use crate::review::{On, Order};
use crate::understanding::Item;
use crate::{citations, instructions, problems, reporting, review, transfers, understanding as words};

/// A reply that gives what the answered message asked for; `None` where the speaker was not meant.
pub fn read(awaited: Awaited, (message, edited): (&Message, bool), place: &Place) -> Option<Intent> {
    match awaited {
        Awaited::Reason { decision, duty } if place.speaker_is_coordinator() => {
            Some(Intent::Review(review::Wanted::GiveReason { decision, duty, reason: message.text.clone() }))
        }
        Awaited::Answer { problem, duty } if place.speaker_is_coordinator() => {
            Some(Intent::Problems(problems::Wanted::Answer { duty, problem, words: message.text.clone() }))
        }
        Awaited::Addition { duty } if place.speaker_is_coordinator() && is_for_unit(message, place) => {
            Some(Intent::Review(review::Wanted::PassOn { duty, words: message.text.clone() }))
        }
        Awaited::CitationWithdrawal { citation } if place.speaker_is_coordinator() => {
            Some(Intent::Citations(citations::Wanted::Withdraw { citation, reason: message.text.clone() }))
        }
        Awaited::WhyRefused { wish, duty, message_id } if place.speaker_is_coordinator() => {
            Some(Intent::Review(review::Wanted::ExplainRefusal {
                wish,
                duty,
                message_id,
                reason: message.text.clone(),
            }))
        }
        Awaited::OrderReason { ruling, task, duty } if place.speaker_is_coordinator() => {
            let reason = Some(message.text.trim().to_owned()).filter(|reason| !reason.is_empty());
            let on = duty.map_or(On::Task(task), On::Duty);
            Some(Intent::Review(review::Wanted::Order(Order { ruling, on, reason, kept_in: None })))
        }
        Awaited::Taker { duty, message_id } if place.speaker_is_coordinator() => {
            let wanted = transfers::Wanted::ToNamed(message.text.trim().to_owned());
            Some(Intent::Transfers { of: transfers::Of { duty, message_id }, wanted })
        }
        Awaited::Instruction { duty, chat, message_id }
            if place.speaker_is_coordinator() && !edited && is_for_unit(message, place) =>
        {
            let of = Said { duty, message_id };
            Some(Intent::Instructions(instructions::Wanted::Instruct { of, chat, words: message.text.clone() }))
        }
        Awaited::Instructed { .. } => plain_answer(message, edited, place),
        Awaited::Trouble { .. } => trouble(message, edited, place),
        Awaited::WhyMoreTime { of, due } => why_more_time((of, due), message, edited, place),
        Awaited::Inspection { .. }
        | Awaited::Instruction { .. }
        | Awaited::Taker { .. }
        | Awaited::CitationWithdrawal { .. }
        | Awaited::Reason { .. }
        | Awaited::Answer { .. }
        | Awaited::Addition { .. }
        | Awaited::WhyRefused { .. }
        | Awaited::OrderReason { .. } => None,
        Awaited::Line { message_id } => of_task(PartOf { message_id, part: 0 }, &message.text, place),
        Awaited::Task(of) => of_task(of, &message.text, place),
        Awaited::Confirmation { of, at } if agrees(&message.text) => {
            Some(Intent::Reporting(reporting::Wanted::Confirm { of, at }))
        }
        Awaited::Meaning(of) | Awaited::Confirmation { of, .. } => {
            match (Meaning::of_label(&message.text), place.named.as_slice()) {
                (Some(Meaning::Nothing), _) => {
                    Some(Intent::Reporting(reporting::Wanted::Mean { of, task: None, meaning: Meaning::Nothing }))
                }
                (Some(meaning), [only]) => {
                    Some(Intent::Reporting(reporting::Wanted::Mean { of, task: Some(only.id), meaning }))
                }
                _ => of_number(of, &message.text, place),
            }
        }
    }
}

/// What hinders a task, where the words by themselves would not be understood.
fn trouble(message: &Message, edited: bool, place: &Place) -> Option<Intent> {
    let [task] = place.named.as_slice() else { return None };
    let read = words::understand_contact(&message.text, &named(place), message.at.date_naive());
    let problem =
        Item { task: Some(task.number.clone()), problems: vec![message.text.trim().to_owned()], ..Item::default() };
    // 县里到底听谁的 asks nobody here.
    let unclear = read.is_left_open() && !message.text.trim().is_empty();
    unclear.then(|| Intent::Reporting(reporting::Wanted::Report(statement(message, edited, vec![problem]))))
}

/// Why more time is wanted, where the words tell nothing else but what hinders the task: they wish for it once more.
fn why_more_time(
    (of, due): (Option<MilestoneId>, NaiveDate),
    message: &Message,
    edited: bool,
    place: &Place,
) -> Option<Intent> {
    let [task] = place.named.as_slice() else { return None };
    let read = words::understand_contact(&message.text, &named(place), message.at.date_naive());
    let problems = match (read.intent, read.items.as_slice()) {
        _ if read.is_left_open() => Vec::new(),
        (words::Intent::Report, [only]) => {
            let trouble = Item { problems: only.problems.clone(), ..Item::default() };
            let bare = Item { task: None, words: String::new(), ..only.clone() };
            (bare == trouble).then_some(trouble.problems)?
        }
        _ => return None,
    };
    let wish = Item {
        task: Some(task.number.clone()),
        extend_to: Some(due),
        puts_off: of,
        more_time: true,
        problems,
        ..Item::default()
    };
    let says_why = words::gives_reason(&message.text, message.at.date_naive());
    says_why.then(|| Intent::Reporting(reporting::Wanted::Report(statement(message, edited, vec![wish]))))
}

fn statement(message: &Message, edited: bool, items: Vec<Item>) -> Statement {
    Statement {
        message_id: message.message_id,
        at: message.at,
        text: message.text.clone(),
        items,
        likely: None,
        attachments: message.attachments.clone(),
        edited,
        goes_on: false,
        passed_on: false,
    }
}

/// What a unit answers to an instruction, where the words are no report.
fn plain_answer(message: &Message, edited: bool, place: &Place) -> Option<Intent> {
    let read = words::understand_contact(&message.text, &named(place), message.at.date_naive());
    if !read.is_left_open() || !message.attachments.is_empty() || message.text.trim().is_empty() {
        return None;
    }
    Some(Intent::Instructions(instructions::Wanted::Answer(statement(message, edited, Vec::new()))))
}

/// Who types the agreement instead of pressing the button.
fn agrees(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['。', '！', '!', '.', '的']);
    ["登记", "确认", "是", "对", "没错"].contains(&bare)
}

/// Who types the words of the button for all tasks instead of pressing it.
fn says_all(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    [ALL_ABOVE, "全部", "都是"].contains(&bare)
}

/// Who types which tasks are meant instead of pressing their button.
fn of_task(of: PartOf, text: &str, place: &Place) -> Option<Intent> {
    if says_all(text) && place.named.len() > 1 {
        Some(Intent::Reporting(reporting::Wanted::PickAll { of }))
    } else {
        of_number(of, text, place)
    }
}

/// Who types a task's number instead of pressing its button.
fn of_number(of: PartOf, text: &str, place: &Place) -> Option<Intent> {
    let bare = text.trim().trim_start_matches('第').trim_end_matches(['项', '。', '号', '.']).trim();
    let several = place.named.iter().filter(|_| place.named.len() > 1);
    let mut meant = several.filter(|task| words::is_number(bare, &task.number));
    match (meant.next(), meant.next()) {
        (Some(task), None) => Some(Intent::Reporting(reporting::Wanted::Pick { of, task: task.id })),
        _ => None,
    }
}
