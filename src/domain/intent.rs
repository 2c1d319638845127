//! What somebody wants: the words of an update, read in the place where they were said.

use chrono::{DateTime, NaiveDate, Utc};

use super::command::{self, Command, Paper};
use super::duty::{DutyId, PersonId, TaskId, UnitId};
use super::incoming::{Attachment, AttachmentKind, Event, Incoming, Message};
use super::moment::Moment;
use super::place::{Awaited, Place};
use super::words::{self, Item, Query, QueryKind, commanded, understand_contact, understand_coordinator};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Not for the bot, or nothing that needs an answer.
    Nothing,
    Greet,
    Bind {
        code: String,
    },
    Help,
    Misused {
        usage: &'static str,
    },
    UnknownCommand {
        name: String,
    },
    Tasks,
    /// One task of the unit, or of all units for coordinators.
    Task {
        number: String,
    },
    Report(Statement),
    /// Words to the bot that mean nothing that it knows.
    Unclear,
    /// An edit after which the words report nothing.
    EditedAway,
    /// Takes back a report: that of one message, or the speaker's latest.
    Undo {
        message_id: Option<i64>,
    },
    /// Says which task the kept words of a message are about.
    Pick {
        message_id: i64,
        task: TaskId,
    },
    AskToBeContact {
        unit: UnitId,
    },
    ConfirmContact {
        unit: UnitId,
        person: PersonId,
    },
    /// A coordinator's word on a claim, which was made by the message `message_id`.
    Judge {
        duty: DutyId,
        message_id: i64,
        accepted: bool,
    },
    /// A coordinator's word on a wish for more time until `due`, which was made by the message `message_id`.
    Extend {
        duty: DutyId,
        message_id: i64,
        due: NaiveDate,
        granted: bool,
    },
    /// A coordinator says that the clock, which seemed to jump, is right. `shown`: what it showed, in seconds since 1970.
    TrustClock {
        shown: i64,
    },
    /// Why a claim was given back, in answer to the question.
    GiveReason {
        decision: i64,
        duty: DutyId,
        reason: String,
    },
    Query(Query),
    Paper(Paper),
    Units,
    /// An invitation for a unit.
    Invite {
        name: String,
    },
    /// A document that may be a plan.
    Document {
        message_id: i64,
        file_id: String,
        name: String,
    },
    /// A question that is not understood.
    UnclearQuestion {
        text: String,
    },
    /// Another page of the answer whose button was pressed.
    Page {
        number: usize,
    },
    /// A coordinator's word on what was read of a document.
    Import {
        document: i64,
        agreed: bool,
    },
    /// What happened to a task, or to a unit's part in it.
    History {
        number: Option<String>,
        unit: Option<String>,
    },
    /// Asks units to report beside the schedule.
    Remind {
        number: Option<String>,
        unit: Option<String>,
    },
    Policy {
        key: Option<String>,
        value: Option<String>,
    },
    /// Confirms a change of settings.
    SetPolicy {
        key: String,
        value: String,
    },
    /// A button that an older version drew, or that nobody drew.
    StaleButton,
    Membership {
        present: bool,
    },
    Migrated {
        to: i64,
    },
}

/// What a contact said about tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub message_id: i64,
    pub at: DateTime<Utc>,
    pub text: String,
    pub items: Vec<Item>,
    pub attachment: Option<Attachment>,
    /// Whether it replaces what the same message said before.
    pub edited: bool,
}

/// Reads one update. `username` is the bot's own.
pub fn of(incoming: &Incoming, place: &Place, username: &str, moment: Moment) -> Intent {
    // Nothing is said in the future, whatever the sender's clock shows.
    let said = |message: &Message| Message { at: message.at.min(moment.now), ..message.clone() };
    match &incoming.event {
        Event::Message(message) => of_message(&said(message), false, place, username, moment),
        Event::Edited(message) => of_message(&said(message), true, place, username, moment),
        Event::Pressed { data, .. } => of_button(data).unwrap_or(Intent::StaleButton),
        Event::Membership { present } => Intent::Membership { present: *present },
        Event::Migrated { to } => Intent::Migrated { to: *to },
    }
}

fn of_message(message: &Message, edited: bool, place: &Place, username: &str, moment: Moment) -> Intent {
    let on = moment.day_of(message.at);
    if let Some(command) = command::read(&message.text, username) {
        // Who corrects a command that was carried out does not give it again.
        let once = matches!(command, Command::Undo | Command::Bind { .. });
        return if edited && once { Intent::Nothing } else { of_command(command, message, edited, place, on) };
    }
    if !message.addressed || message.text.starts_with('/') {
        return Intent::Nothing;
    }
    if let Some(intent) = place.awaited.and_then(|awaited| of_awaited(awaited, message, place)) {
        return intent;
    }
    if let (Some(file), true) = (document(message), place.is_for_coordinators() && !edited) {
        let name = file.name.clone().unwrap_or_default();
        return Intent::Document { message_id: message.message_id, file_id: file.file_id.clone(), name };
    }
    if place.is_for_coordinators() {
        return of_question(&message.text, place, on);
    }
    of_words(&message.text, message, edited, place, on)
}

/// A reply that gives what the answered message asked for; `None` where the speaker was not meant.
fn of_awaited(awaited: Awaited, message: &Message, place: &Place) -> Option<Intent> {
    match awaited {
        Awaited::Reason { decision, duty } if place.speaker_is_coordinator() => {
            Some(Intent::GiveReason { decision, duty, reason: message.text.clone() })
        }
        Awaited::Reason { .. } => None,
    }
}

fn of_command(command: Command, message: &Message, edited: bool, place: &Place, on: NaiveDate) -> Intent {
    match command {
        Command::Bind { code: Some(code) } => Intent::Bind { code },
        Command::Bind { code: None } => Intent::Greet,
        Command::Help => Intent::Help,
        Command::Tasks => Intent::Tasks,
        Command::Task { number } => Intent::Task { number },
        Command::Report { words } => of_words(&words, message, edited, place, on),
        Command::Undo => Intent::Undo { message_id: None },
        Command::Status
        | Command::Unit { .. }
        | Command::Overdue
        | Command::Due { .. }
        | Command::Problems
        | Command::Silent
        | Command::Pending => commanded(&command, &place.roll, on).map_or(Intent::Unclear, Intent::Query),
        Command::Paper(paper) => Intent::Paper(paper),
        Command::Units => Intent::Units,
        Command::Invite { name } => Intent::Invite { name },
        Command::History { number } => Intent::History { number: Some(number), unit: None },
        Command::Remind { number, unit } => {
            let full = |name: String| {
                place.roll.iter().find(|(known, _)| *known == name).map_or(name, |(_, full)| full.clone())
            };
            Intent::Remind { number, unit: unit.map(full) }
        }
        Command::Policy { key, value } => Intent::Policy { key, value },
        Command::Unknown { name } => Intent::UnknownCommand { name },
        Command::Misused { usage } => Intent::Misused { usage },
    }
}

fn of_words(text: &str, message: &Message, edited: bool, place: &Place, on: NaiveDate) -> Intent {
    let named: Vec<String> = place.named.iter().map(|task| task.number.clone()).collect();
    let understanding = understand_contact(text, &named, on);
    let statement = |items| {
        Intent::Report(Statement {
            message_id: message.message_id,
            at: message.at,
            text: message.text.clone(),
            items,
            attachment: message.attachment.clone(),
            edited,
        })
    };
    match understanding.intent {
        words::Intent::Report | words::Intent::Extension => statement(understanding.items),
        words::Intent::Withdraw => {
            Intent::Undo { message_id: if edited { Some(message.message_id) } else { place.confirmed } }
        }
        // A picture is evidence even where its caption says nothing.
        words::Intent::Unclear | words::Intent::Chatter | words::Intent::Read if message.attachment.is_some() => {
            let task = match named.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            };
            statement(vec![Item { task, ..Item::default() }])
        }
        words::Intent::Read | words::Intent::Chatter if edited => Intent::EditedAway,
        words::Intent::Read | words::Intent::Chatter => Intent::Nothing,
        words::Intent::Unclear | words::Intent::Query => Intent::Unclear,
    }
}

fn document(message: &Message) -> Option<&Attachment> {
    message.attachment.as_ref().filter(|attachment| attachment.kind == AttachmentKind::Document)
}

fn of_question(text: &str, place: &Place, on: NaiveDate) -> Intent {
    let understanding = understand_coordinator(text, &place.roll, on);
    match (understanding.intent, understanding.query) {
        (_, Some(Query { kind: QueryKind::History, task, unit, .. })) => Intent::History { number: task, unit },
        (_, Some(query)) => Intent::Query(query),
        (words::Intent::Chatter, None) => Intent::Nothing,
        _ => Intent::UnclearQuestion { text: text.to_owned() },
    }
}

/// The data behind the buttons: `v1:ACTION:IDS`. A later version of the program reads the buttons of an earlier one.
pub mod button {
    use chrono::Datelike;

    use super::{DateTime, DutyId, NaiveDate, PersonId, TaskId, UnitId, Utc};

    pub fn undo(message_id: i64) -> String {
        format!("v1:undo:{message_id}")
    }

    pub fn pick(message_id: i64, task: TaskId) -> String {
        format!("v1:pick:{message_id}:{}", task.0)
    }

    pub fn ask(unit: UnitId) -> String {
        format!("v1:ask:{}", unit.0)
    }

    pub fn confirm(unit: UnitId, person: PersonId) -> String {
        format!("v1:contact:{}:{}", unit.0, person.0)
    }

    pub fn accept(duty: DutyId, message_id: i64) -> String {
        format!("v1:accept:{}:{message_id}", duty.0)
    }

    /// `None` where it would be longer than Telegram takes.
    pub fn set_policy(key: &str, value: &str) -> Option<String> {
        let data = format!("v1:set:{key}={value}");
        (data.len() <= 64).then_some(data)
    }

    /// Grants or refuses more time until `due`; an edited wish is not the one that the button showed.
    pub fn extend(duty: DutyId, message_id: i64, due: NaiveDate, granted: bool) -> String {
        let action = if granted { "grant" } else { "refuse" };
        format!("v1:{action}:{}:{message_id}:{}", duty.0, due.num_days_from_ce())
    }

    pub fn page(number: usize) -> String {
        format!("v1:page:{number}")
    }

    pub fn import(document: i64) -> String {
        format!("v1:import:{document}")
    }

    pub fn drop(document: i64) -> String {
        format!("v1:drop:{document}")
    }

    pub fn trust_clock(shown: DateTime<Utc>) -> String {
        format!("v1:clock:{}", shown.timestamp())
    }

    pub fn give_back(duty: DutyId, message_id: i64) -> String {
        format!("v1:return:{}:{message_id}", duty.0)
    }
}

fn of_button(data: &str) -> Option<Intent> {
    if let Some((key, value)) = data.strip_prefix("v1:set:").and_then(|setting| setting.split_once('=')) {
        return Some(Intent::SetPolicy { key: key.to_owned(), value: value.to_owned() });
    }
    let mut parts = data.strip_prefix("v1:")?.split(':');
    let action = parts.next()?;
    let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let intent = match (action, numbers.as_slice()) {
        ("undo", [message_id]) => Intent::Undo { message_id: Some(*message_id) },
        ("pick", [message_id, task]) => Intent::Pick { message_id: *message_id, task: TaskId(*task) },
        ("ask", [unit]) => Intent::AskToBeContact { unit: UnitId(*unit) },
        ("contact", [unit, person]) => Intent::ConfirmContact { unit: UnitId(*unit), person: PersonId(*person) },
        ("page", [number]) => Intent::Page { number: usize::try_from(*number).ok()? },
        ("import", [document]) => Intent::Import { document: *document, agreed: true },
        ("drop", [document]) => Intent::Import { document: *document, agreed: false },
        ("clock", [shown]) => Intent::TrustClock { shown: *shown },
        ("grant" | "refuse", [duty, message_id, day]) => Intent::Extend {
            duty: DutyId(*duty),
            message_id: *message_id,
            due: i32::try_from(*day).ok().and_then(NaiveDate::from_num_days_from_ce_opt)?,
            granted: action == "grant",
        },
        ("accept", [duty, message_id]) => {
            Intent::Judge { duty: DutyId(*duty), message_id: *message_id, accepted: true }
        }
        ("return", [duty, message_id]) => {
            Intent::Judge { duty: DutyId(*duty), message_id: *message_id, accepted: false }
        }
        _ => return None,
    };
    Some(intent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_say_what_they_were_drawn_for() {
        let cases = [
            (button::undo(7), Intent::Undo { message_id: Some(7) }),
            (button::pick(7, TaskId(5)), Intent::Pick { message_id: 7, task: TaskId(5) }),
            (button::ask(UnitId(3)), Intent::AskToBeContact { unit: UnitId(3) }),
            (button::confirm(UnitId(3), PersonId(9)), Intent::ConfirmContact { unit: UnitId(3), person: PersonId(9) }),
            (
                button::give_back(DutyId(i64::MAX), i64::MAX),
                Intent::Judge { duty: DutyId(i64::MAX), message_id: i64::MAX, accepted: false },
            ),
        ];
        for (data, intent) in cases {
            assert!(data.len() <= 64, "{data}");
            assert_eq!(of_button(&data), Some(intent), "{data}");
        }
        for data in ["", "v2:undo:1", "v1:undo", "v1:undo:x", "v1:undo:1:2"] {
            assert_eq!(of_button(data), None, "{data}");
        }
    }
}
