//! Reads an update: commands, buttons, answers and words.

use crate::chat::incoming::{Event, Incoming, Message};
use crate::intent::command::Command;
use crate::intent::heard::Said;
use crate::intent::{Intent, button, command, commanded, heard, passed_on, words};
use crate::office::moment::Moment;
use crate::office::place::{Awaited, Place};
use crate::reporting::statement::Plan;
use crate::{assigning, awaiting, filing, importing, inspections, plans, questions, steps, understanding};

/// Reads one update. `username` is the bot's own.
pub fn of(incoming: &Incoming, place: &Place, username: &str, moment: Moment) -> Intent {
    // Nothing is said in the future, whatever the sender's clock shows.
    let said = |message: &Message| Message { at: message.at.min(moment.now), ..message.clone() };
    match &incoming.event {
        Event::Message(message) => of_message(&whole(said(message), place), false, place, username, moment),
        Event::Edited(message) => of_message(&whole(said(message), place), true, place, username, moment),
        Event::Pressed { data, .. } => button::read(data).unwrap_or(Intent::StaleButton),
        Event::Membership { was, is } => Intent::Membership { was: *was, is: *is },
        Event::Departed { telegram_id } => Intent::Departed { telegram_id: *telegram_id },
        Event::Migrated { to } => Intent::Migrated { to: *to },
    }
}

/// A part of an album stands for all that has arrived of it.
pub fn whole(message: Message, place: &Place) -> Message {
    let Some(album) = &place.album else { return message };
    Message {
        message_id: album.message_id,
        text: album.text.clone(),
        attachments: album.attachments.clone(),
        addressed: message.addressed || album.goes_on,
        ..message
    }
}

pub fn of_message(message: &Message, edited: bool, place: &Place, username: &str, moment: Moment) -> Intent {
    let on = moment.day_of(message.at);
    if message.passed_on {
        return passed_on::of(message, edited, place, username, on);
    }
    if let Some(command) = command::read(&message.text, username) {
        // Who corrects a command that was carried out does not give it again.
        let once = if edited {
            matches!(
                command,
                Command::Undo
                    | Command::Bind { .. }
                    | Command::HandOver
                    | Command::Leave
                    | Command::Private { .. }
                    | Command::Cite { .. }
                    | Command::Order { .. }
                    | Command::Inspect { .. }
                    | Command::Assign { .. }
                    | Command::Amend { .. }
                    | Command::Drop { .. }
                    | Command::Unbind { .. }
                    | Command::Plans(plans::Wanted::Name { .. })
                    | Command::Bulletin(filing::bulletin::Wanted { is_issued: true, .. })
            )
        } else {
            heard::goes_on(place)
                && !matches!(command, Command::Report { .. } | Command::Done { .. } | Command::Extend { .. })
        };
        return if once { Intent::Nothing } else { commanded::of(command, message, edited, place, on) };
    }
    let for_another =
        message.text.strip_prefix('/').is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_digit()));
    if !message.addressed || for_another {
        return Intent::Nothing;
    }
    if let Some(intent) = place.asked_for.and_then(|awaited| awaiting::reading::read(awaited, (message, edited), place))
    {
        return intent;
    }
    if let Some(Awaited::Line { message_id }) = place.asked_for.filter(|_| message.attachments.is_empty()) {
        let line = Message { message_id, ..message.clone() };
        return words::of_words(&message.text, &line, Said { edited, goes_on: true }, place, on);
    }
    if let Some(intent) =
        inspections::reading::read(message, Said { edited, goes_on: heard::goes_on(place) }, place, on)
    {
        return intent;
    }
    if let (Some(file), true) = (heard::document(message), place.is_for_coordinators() && !edited) {
        let name = file.name.clone().unwrap_or_default();
        return Intent::Importing(importing::Wanted::Document {
            message_id: message.message_id,
            file_id: file.file_id.clone(),
            name,
        });
    }
    if place.is_for_coordinators()
        && let Some(words) = assigning::reading::ordered(&message.text, on).filter(|_| !edited)
    {
        return assigning::reading::proposed(message.message_id, words, place, on);
    }
    if place.is_for_coordinators() && !edited && assigning::reading::asks_units(&message.text, on) {
        return passed_on::of(message, edited, place, username, on);
    }
    if place.is_for_coordinators() {
        return questions::reading::of_question(&message.text, place, on);
    }
    // A picture or a file is evidence, whatever its caption announces.
    let planned = understanding::steps::announced(&message.text, on).filter(|_| message.attachments.is_empty());
    if let Some((number, breakdown)) = planned {
        return Intent::Steps(steps::Wanted::BreakDown(Plan {
            message_id: message.message_id,
            number,
            breakdown,
            edited,
        }));
    }
    words::of_words(&message.text, message, Said { edited, goes_on: heard::goes_on(place) }, place, on)
}
