//! Which message an intent speaks of, and where it was said.

use crate::chat::incoming::{Event, Incoming};
use crate::intent::Intent;
use crate::office::ids::{ChatId, PersonId};
use crate::office::place::Place;
use crate::store::{Result, Tx};
use crate::{inspections, reporting};

/// The message in question; for an undo that names none, the speaker's latest report, answer or question that counts.
pub async fn message_meant(
    tx: &mut Tx,
    intent: &Intent,
    chat: ChatId,
    speaker: Option<PersonId>,
    incoming: &Incoming,
) -> Result<Option<i64>> {
    let message_id = match (intent, &incoming.event) {
        (Intent::Reporting(reporting::Wanted::Undo { message_id: Some(message_id) }), _) => Some(*message_id),
        (Intent::Reporting(reporting::Wanted::Undo { message_id: None }), _) => match speaker {
            Some(speaker) => reporting::rows::said_last(tx, chat, speaker).await?.map(|(_, message_id)| message_id),
            None => None,
        },
        (
            Intent::Reporting(reporting::Wanted::Report(statement))
            | Intent::Reporting(reporting::Wanted::Unclear(statement))
            | Intent::Inspections(inspections::Wanted::Answer { statement, .. }),
            _,
        ) => Some(statement.message_id),
        (
            Intent::Reporting(
                reporting::Wanted::Pick { of, .. }
                | reporting::Wanted::PickAll { of }
                | reporting::Wanted::PickMore { of }
                | reporting::Wanted::PickDate { of, .. }
                | reporting::Wanted::Mean { of, .. }
                | reporting::Wanted::Confirm { of, .. },
            ),
            _,
        ) => Some(of.message_id),
        (_, Event::Message(message) | Event::Edited(message)) => Some(message.message_id),
        _ => incoming.answered(),
    };
    Ok(message_id)
}

/// Who takes back what was said last may have said it before the group moved.
pub async fn go_where_it_was_said(tx: &mut Tx, intent: &Intent, place: &mut Place) -> Result<()> {
    if let (Intent::Reporting(reporting::Wanted::Undo { message_id: None }), Some(speaker)) = (intent, &place.speaker)
        && let Some((chat, _)) = reporting::rows::said_last(tx, place.chat.id, speaker.id).await?
    {
        place.chat.id = chat;
    }
    Ok(())
}
