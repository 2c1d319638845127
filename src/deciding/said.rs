//! Which message an intent speaks of, and where it was said.

use crate::chat::incoming::{Event, Incoming};
use crate::intent::Intent;
use crate::office::ids::{ChatId, PersonId};
use crate::office::place::Place;
use crate::reporting;
use crate::store::{Result, Tx};

/// The message in question; for an undo that names none, the speaker's latest report, answer or question that counts.
pub async fn message_meant(
    tx: &mut Tx,
    intent: &Intent,
    chat: ChatId,
    speaker: Option<PersonId>,
    incoming: &Incoming,
) -> Result<Option<i64>> {
    let message_id = match (intent, &incoming.event) {
        (Intent::Undo { message_id: Some(message_id) }, _) => Some(*message_id),
        (Intent::Undo { message_id: None }, _) => match speaker {
            Some(speaker) => reporting::rows::said_last(tx, chat, speaker).await?.map(|(_, message_id)| message_id),
            None => None,
        },
        (Intent::Report(statement) | Intent::Unclear(statement) | Intent::AnswerInspection { statement, .. }, _) => {
            Some(statement.message_id)
        }
        (
            Intent::Pick { of, .. }
            | Intent::PickAll { of }
            | Intent::PickMore { of }
            | Intent::PickDate { of, .. }
            | Intent::Mean { of, .. }
            | Intent::Confirm { of, .. },
            _,
        ) => Some(of.message_id),
        (_, Event::Message(message) | Event::Edited(message)) => Some(message.message_id),
        _ => incoming.answered(),
    };
    Ok(message_id)
}

/// Who takes back what was said last may have said it before the group moved.
pub async fn go_where_it_was_said(tx: &mut Tx, intent: &Intent, place: &mut Place) -> Result<()> {
    if let (Intent::Undo { message_id: None }, Some(speaker)) = (intent, &place.speaker)
        && let Some((chat, _)) = reporting::rows::said_last(tx, place.chat.id, speaker.id).await?
    {
        place.chat.id = chat;
    }
    Ok(())
}
