//! What a command wants.

use chrono::NaiveDate;

use crate::chat::incoming::{ChatKind, Message};
use crate::intent::command::{Command, EXTEND};
use crate::intent::heard::{Said, goes_on};
use crate::intent::{Intent, preview, words};
use crate::office::called::Called;
use crate::office::place::Place;
use crate::reporting::statement::{Plan, Statement};
use crate::understanding::called::Meant;
use crate::understanding::steps::breakdown;
use crate::understanding::{Query, QueryKind, called, commanded, numbered};
use crate::{assigning, citations, coordinators, inspections, problems, questions, review};

/// `on`: the day on which it was given.
pub fn of(command: Command, message: &Message, edited: bool, place: &Place, on: NaiveDate) -> Intent {
    if let Some(Meant::Several(units)) = unit_named(&command).map(|name| called::by(name, &place.roll)) {
        return Intent::WhichUnit { units };
    }
    let full = |name: String| match called::by(&name, &place.roll) {
        Meant::One(unit) => unit,
        Meant::Nobody | Meant::Several(_) => name,
    };
    match command {
        Command::Bind { code: Some(code) } => Intent::Bind { code },
        Command::Bind { code: None } => Intent::Greet,
        Command::Private { by_link } => Intent::SwitchCopies { by_link },
        Command::Help => Intent::Help,
        Command::Tasks => Intent::Tasks,
        Command::Ask { words } if place.is_for_coordinators() => questions::reading::of_question(&words, place, on),
        Command::Ask { words } => {
            match words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on) {
                Intent::Unclear(statement) => Intent::Ask { query: None, statement },
                intent @ Intent::Ask { .. } => intent,
                _ => Intent::Misused { usage: "/ask 有几项逾期" },
            }
        }
        Command::Task { called: Called { number, .. }, unit: None } if !place.is_for_coordinators() => {
            Intent::Task { number }
        }
        Command::Task { called: Called { plan: None, number }, unit: None } => Intent::Task { number },
        Command::Task { called: Called { plan, number }, unit } => {
            Intent::Query(Query { task: Some(number), unit: unit.map(full), plan, ..Query::of(QueryKind::Task) })
        }
        Command::Report { words } => {
            words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on)
        }
        Command::Done { task, remark } => {
            let read =
                |words: String| words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on);
            let explains = || !remark.is_empty() && matches!(read(format!("{task}：{remark}")), Intent::Unclear(_));
            match read(format!("{task}：已完成。{remark}")) {
                // The command claims, so a remark that tells nothing of its own takes nothing back.
                Intent::Unclear(_) if explains() => match read(format!("{task}：已完成")) {
                    Intent::Report(mut statement) => {
                        statement.items.iter_mut().for_each(|item| item.words = format!("{}。{remark}", item.words));
                        Intent::Report(statement)
                    }
                    said => said,
                },
                said => said,
            }
        }
        Command::Record { unit, words } => {
            let said = Message { text: words, ..message.clone() };
            let says = words::of_words(&said.text, &said, Said { edited, goes_on: goes_on(place) }, place, on);
            Intent::OnBehalf { unit: full(unit), says: Box::new(says) }
        }
        Command::Extend { words } => {
            let wish = words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on);
            let dated = |statement: &Statement| statement.items.iter().any(|item| item.extend_to.is_some());
            // Without a date the words ask for nothing, and are no report either.
            match wish {
                Intent::Report(statement) if dated(&statement) => Intent::Report(statement),
                _ => Intent::Misused { usage: EXTEND },
            }
        }
        Command::Step { words } => {
            let (number, rest) = numbered(&words);
            let breakdown = breakdown(rest, on);
            Intent::BreakDown(Plan { message_id: message.message_id, number, breakdown, edited })
        }
        Command::Citations { commendations } => Intent::Citation(citations::Wanted::List { commendations }),
        Command::Cite { kind, unit, reason } => {
            let message_id = message.message_id;
            Intent::Citation(citations::Wanted::Propose { message_id, kind, unit: full(unit), reason })
        }
        Command::Problems if !place.is_for_coordinators() => Intent::Problem(problems::Wanted::Own),
        Command::Undo => Intent::Undo { message_id: None },
        Command::Status
        | Command::StatusOf { .. }
        | Command::Unit { .. }
        | Command::Overdue
        | Command::Due { .. }
        | Command::Problems
        | Command::Practices
        | Command::Silent
        | Command::Read { .. }
        | Command::Pending => match commanded(&command, &place.roll, on) {
            Some(query) => Intent::Query(query),
            None => Intent::Misused { usage: "/due 30" },
        },
        Command::Paper(paper) => Intent::Paper(paper),
        Command::PaperOf { sheet, plan } => Intent::PaperOf { sheet, plan },
        Command::Plans(wanted) => Intent::Plans(wanted),
        Command::Brief => Intent::Brief,
        Command::Bulletin(wanted) => Intent::Bulletin(wanted),
        Command::Stop => Intent::Silence,
        Command::HandOver => Intent::HandOver { to: message.answers_person.clone() },
        Command::Leave => Intent::Leave,
        Command::Contacts { name } => Intent::Contacts { unit: name.map(full) },
        Command::Units => Intent::Units,
        Command::Invite { name, anew } => Intent::Invite { name, anew },
        Command::Unbind { name } => Intent::Rights(coordinators::Wanted::AskUnbinding { unit: full(name) }),
        Command::Area(wanted) => Intent::Area(wanted),
        Command::Coordinators => Intent::Rights(coordinators::Wanted::Coordinators),
        Command::History { called, whole } => Intent::History { called: Some(called), unit: None, whole },
        Command::Remind { called: Some(Called { plan: Some(words), number }), unit: None } => {
            // 省公安厅 5 names a unit, and the number of its task.
            let (plan, unit) = match called::by(&words, &place.roll) {
                Meant::One(unit) => (None, Some(unit)),
                Meant::Nobody | Meant::Several(_) => (Some(words), None),
            };
            Intent::Remind { called: Some(Called { plan, number }), unit }
        }
        Command::Remind { called, unit } => Intent::Remind { called, unit: unit.map(full) },
        Command::Policy { key, value } => Intent::Policy { key, value },
        Command::Preview { words } => preview::of_days(&words, on),
        Command::Order { ruling, called, words } => review::reading::read(ruling, called, &words, place),
        Command::Inspections => Intent::Inspection(inspections::Wanted::List),
        Command::Inspection { number } => Intent::Inspection(inspections::Wanted::Show { number }),
        Command::Inspect { words } => inspections::reading::proposed(message.message_id, &words, place, on),
        Command::Assign { words } => assigning::reading::proposed(message.message_id, &words, place, on),
        Command::Amend { words } => assigning::reading::amended(&words, on),
        Command::Drop { words } => assigning::reading::dropped(&words),
        // Perhaps it is another bot's.
        Command::Unknown { .. } if place.chat.kind == ChatKind::Group && !names_bot(message) => Intent::Nothing,
        Command::Unknown { name } => Intent::UnknownCommand { name },
        Command::Misused { usage } => Intent::Misused { usage },
    }
}

/// The unit that a command names, as it was typed.
fn unit_named(command: &Command) -> Option<&str> {
    match command {
        Command::Unit { name } | Command::Unbind { name } | Command::Contacts { name: Some(name) } => Some(name),
        Command::Remind { unit, .. } => unit.as_deref(),
        Command::Cite { unit, .. } | Command::Record { unit, .. } => Some(unit),
        Command::Task { unit, .. } => unit.as_deref(),
        _ => None,
    }
}

/// Whether the message cannot be meant for another bot.
fn names_bot(message: &Message) -> bool {
    message.reply_to.is_some() || message.text.split_whitespace().next().is_some_and(|head| head.contains('@'))
}
