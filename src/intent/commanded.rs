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
use crate::{
    assigning, binding, citations, contacts, coordinators, copies, filing, history, importing, inspections, nudges,
    problems, questions, quiet, reporting, review, settings, steps,
};

/// `on`: the day on which it was given.
pub fn of(command: Command, message: &Message, edited: bool, place: &Place, on: NaiveDate) -> Intent {
    if let Some(Meant::Several(units)) = unit_named(&command).map(|name| called::by(name, &place.roll)) {
        return Intent::Questions(questions::Wanted::WhichUnit { units });
    }
    let full = |name: String| match called::by(&name, &place.roll) {
        Meant::One(unit) => unit,
        Meant::Nobody | Meant::Several(_) => name,
    };
    match command {
        Command::Bind { code: Some(code) } => Intent::Binding(binding::Wanted::Bind { code }),
        Command::Bind { code: None } => Intent::Quiet(quiet::Wanted::Greet),
        Command::Private { by_link } => Intent::Copies(copies::Wanted::Switch { by_link }),
        Command::Help => Intent::Questions(questions::Wanted::Help),
        Command::Tasks => Intent::Questions(questions::Wanted::Tasks),
        Command::Ask { words } if place.is_for_coordinators() => questions::reading::of_question(&words, place, on),
        Command::Ask { words } => {
            match words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on) {
                Intent::Reporting(reporting::Wanted::Unclear(statement)) => {
                    Intent::Questions(questions::Wanted::Ask { query: None, statement })
                }
                intent @ Intent::Questions(questions::Wanted::Ask { .. }) => intent,
                _ => Intent::Misused { usage: "/ask 有几项逾期" },
            }
        }
        Command::Task { called: Called { number, .. }, unit: None } if !place.is_for_coordinators() => {
            Intent::Questions(questions::Wanted::Task { number })
        }
        Command::Task { called: Called { plan: None, number }, unit: None } => {
            Intent::Questions(questions::Wanted::Task { number })
        }
        Command::Task { called: Called { plan, number }, unit } => Intent::Questions(questions::Wanted::Query(Query {
            task: Some(number),
            unit: unit.map(full),
            plan,
            ..Query::of(QueryKind::Task)
        })),
        Command::Report { words } => {
            words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on)
        }
        Command::Done { task, remark } => {
            let read =
                |words: String| words::of_words(&words, message, Said { edited, goes_on: goes_on(place) }, place, on);
            let explains = || {
                !remark.is_empty()
                    && matches!(read(format!("{task}：{remark}")), Intent::Reporting(reporting::Wanted::Unclear(_)))
            };
            match read(format!("{task}：已完成。{remark}")) {
                // The command claims, so a remark that tells nothing of its own takes nothing back.
                Intent::Reporting(reporting::Wanted::Unclear(_)) if explains() => match read(format!("{task}：已完成"))
                {
                    Intent::Reporting(reporting::Wanted::Report(mut statement)) => {
                        statement.items.iter_mut().for_each(|item| item.words = format!("{}。{remark}", item.words));
                        Intent::Reporting(reporting::Wanted::Report(statement))
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
                Intent::Reporting(reporting::Wanted::Report(statement)) if dated(&statement) => {
                    Intent::Reporting(reporting::Wanted::Report(statement))
                }
                _ => Intent::Misused { usage: EXTEND },
            }
        }
        Command::Step { words } => {
            let (number, rest) = numbered(&words);
            let breakdown = breakdown(rest, on);
            Intent::Steps(steps::Wanted::BreakDown(Plan { message_id: message.message_id, number, breakdown, edited }))
        }
        Command::Citations { commendations } => Intent::Citations(citations::Wanted::List { commendations }),
        Command::Cite { kind, unit, reason } => {
            let message_id = message.message_id;
            Intent::Citations(citations::Wanted::Propose { message_id, kind, unit: full(unit), reason })
        }
        Command::Problems if !place.is_for_coordinators() => Intent::Problems(problems::Wanted::Own),
        Command::Undo => Intent::Reporting(reporting::Wanted::Undo { message_id: None }),
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
            Some(query) => Intent::Questions(questions::Wanted::Query(query)),
            None => Intent::Misused { usage: "/due 30" },
        },
        Command::Paper(paper) => Intent::Filing(filing::Wanted::Paper(paper)),
        Command::PaperOf { sheet, plan } => Intent::Filing(filing::Wanted::PaperOf { sheet, plan }),
        Command::Plans(wanted) => Intent::Plans(wanted),
        Command::Brief => Intent::Filing(filing::Wanted::Brief),
        Command::Bulletin(wanted) => Intent::Filing(filing::Wanted::Bulletin(wanted)),
        Command::Stop => Intent::Quiet(quiet::Wanted::Silence),
        Command::HandOver => Intent::Contacts(contacts::Wanted::HandOver { to: message.answers_person.clone() }),
        Command::Leave => Intent::Contacts(contacts::Wanted::Leave),
        Command::Contacts { name } => Intent::Contacts(contacts::Wanted::List { unit: name.map(full) }),
        Command::Units => Intent::Importing(importing::Wanted::Units),
        Command::Invite { name, anew } => Intent::Importing(importing::Wanted::Invite { name, anew }),
        Command::Unbind { name } => Intent::Coordinators(coordinators::Wanted::AskUnbinding { unit: full(name) }),
        Command::Area(wanted) => Intent::Areas(wanted),
        Command::Coordinators => Intent::Coordinators(coordinators::Wanted::Coordinators),
        Command::History { called, whole } => {
            Intent::History(history::Wanted { called: Some(called), unit: None, whole })
        }
        Command::Remind { called: Some(Called { plan: Some(words), number }), unit: None } => {
            // 省公安厅 5 names a unit, and the number of its task.
            let (plan, unit) = match called::by(&words, &place.roll) {
                Meant::One(unit) => (None, Some(unit)),
                Meant::Nobody | Meant::Several(_) => (Some(words), None),
            };
            Intent::Nudges(nudges::Wanted::Remind { called: Some(Called { plan, number }), unit })
        }
        Command::Remind { called, unit } => Intent::Nudges(nudges::Wanted::Remind { called, unit: unit.map(full) }),
        Command::Policy { key, value } => Intent::Settings(settings::Wanted::Policy { key, value }),
        Command::Preview { words } => preview::of_days(&words, on),
        Command::Order { ruling, called, words } => review::reading::read(ruling, called, &words, place),
        Command::Inspections => Intent::Inspections(inspections::Wanted::List),
        Command::Inspection { number } => Intent::Inspections(inspections::Wanted::Show { number }),
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
