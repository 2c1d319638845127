//! Words that were forwarded, or that another bot wrote: they are nobody's own, so they act for nobody.

use chrono::NaiveDate;

use crate::chat::incoming::{ChatKind, Message};
use crate::intent::command::Command;
use crate::intent::heard::{document, goes_on};
use crate::intent::{Intent, command};
use crate::office::place::Place;
use crate::reporting::statement::Statement;
use crate::understanding::Item;
use crate::{assigning, importing, plan, quiet, reporting};

/// A document, and what a text asks for, may be shown to coordinators as it would become tasks; files and a contact's words are kept and asked about: only the press of
/// a button, which is one's own, records or imports.
pub fn of(message: &Message, edited: bool, place: &Place, username: &str, on: NaiveDate) -> Intent {
    let command = command::read(&message.text, username);
    let of_another_bot = matches!(command, Some(Command::Unknown { .. })) && place.chat.kind == ChatKind::Group;
    if edited || of_another_bot || (command.is_none() && !message.addressed) {
        return Intent::Nothing;
    }
    if let (Some(file), true) = (document(message), place.is_for_coordinators()) {
        let name = file.name.clone().unwrap_or_default();
        return Intent::Importing(importing::Wanted::Document {
            message_id: message.message_id,
            file_id: file.file_id.clone(),
            name,
        });
    }
    if let (None, true) = (&command, place.is_for_coordinators() && message.attachments.is_empty())
        && let Some(draft) = plan::notice_in(&message.text, on)
    {
        let wanted = assigning::Wanted::ProposeNotice { message_id: message.message_id, draft: Box::new(draft) };
        return Intent::Assigning(wanted);
    }
    let has_files = !message.attachments.is_empty();
    if place.is_for_coordinators() || !place.speaker_is_contact() || (command.is_some() && !has_files) {
        return Intent::Quiet(quiet::Wanted::PassedOn);
    }
    let statement = |items| Statement {
        message_id: message.message_id,
        at: message.at,
        text: message.text.clone(),
        items,
        likely: None,
        attachments: message.attachments.clone(),
        edited,
        goes_on: goes_on(place),
        passed_on: true,
    };
    let says_something = !message.text.trim().is_empty();
    match place.named.as_slice() {
        _ if says_something => Intent::Reporting(reporting::Wanted::Unclear(statement(Vec::new()))),
        [only] => Intent::Reporting(reporting::Wanted::Report(statement(vec![Item {
            task: Some(only.number.clone()),
            ..Item::default()
        }]))),
        _ => Intent::Reporting(reporting::Wanted::Report(statement(vec![Item::default()]))),
    }
}
