//! Albums: several messages that count as one, put together from what the database holds, however far apart they come.

use crate::chat::incoming::{Attachment, Event, Incoming, Message};
use crate::office::ids::ChatId;
use crate::office::place::{Album, Place};
use crate::store::{Result, Tx};

/// Keeps a part of an album that is for the bot; the album as far as it is known, and the bot's message that it answers.
pub(super) async fn meet_album(tx: &mut Tx, chat: ChatId, incoming: &Incoming) -> Result<Option<(Album, Option<i64>)>> {
    let (Event::Message(message) | Event::Edited(message)) = &incoming.event else { return Ok(None) };
    let Some(media_group) = &message.album else { return Ok(None) };
    let known = sqlx::query!(
        r#"select id as "id!", message_id, answered, outbox_id from album where chat_id = ? and media_group = ?"#,
        chat.0,
        media_group
    );
    let Some(known) = known.fetch_optional(tx.connection()).await? else {
        return begin_album(tx, chat, media_group, message).await;
    };
    keep_part(tx, known.id, message).await?;
    let (text, attachments) = parts(tx, known.id).await?;
    let goes_on = known.message_id != message.message_id;
    let album = Album { message_id: known.message_id, goes_on, text, attachments, answer: known.outbox_id };
    Ok(Some((album, known.answered)))
}

/// What is not for the bot is not kept.
async fn begin_album(
    tx: &mut Tx,
    chat: ChatId,
    media_group: &str,
    message: &Message,
) -> Result<Option<(Album, Option<i64>)>> {
    if !message.addressed {
        return Ok(None);
    }
    let insert = sqlx::query!(
        "insert into album (chat_id, media_group, message_id, answered) values (?, ?, ?, ?)",
        chat.0,
        media_group,
        message.message_id,
        message.reply_to
    );
    let id = insert.execute(tx.connection()).await?.last_insert_rowid();
    keep_part(tx, id, message).await?;
    let album = Album {
        message_id: message.message_id,
        goes_on: false,
        text: message.text.clone(),
        attachments: message.attachments.clone(),
        answer: None,
    };
    Ok(Some((album, message.reply_to)))
}

async fn keep_part(tx: &mut Tx, album: i64, message: &Message) -> Result<()> {
    let attachments = serde_json::to_string(&message.attachments)?;
    let keep = sqlx::query!(
        "insert into album_part (album_id, message_id, text, attachments) values (?, ?, ?, ?)
         on conflict (album_id, message_id) do update set text = excluded.text, attachments = excluded.attachments",
        album,
        message.message_id,
        message.text,
        attachments
    );
    keep.execute(tx.connection()).await?;
    Ok(())
}

/// The captions in a line each, and the files.
async fn parts(tx: &mut Tx, album: i64) -> Result<(String, Vec<Attachment>)> {
    let parts = sqlx::query!("select text, attachments from album_part where album_id = ? order by message_id", album);
    let (mut captions, mut files) = (Vec::new(), Vec::new());
    for part in parts.fetch_all(tx.connection()).await? {
        files.extend(serde_json::from_str::<Vec<Attachment>>(&part.attachments)?);
        captions.push(part.text);
    }
    captions.retain(|caption| !caption.is_empty());
    Ok((captions.join("\n"), files))
}

/// Notes which message is the one answer to an album.
pub async fn note_answer(tx: &mut Tx, chat: ChatId, message_id: i64, outbox_id: i64) -> Result<()> {
    let note = sqlx::query!(
        "update album set outbox_id = ? where chat_id = ? and message_id = ?",
        outbox_id,
        chat.0,
        message_id
    );
    note.execute(tx.connection()).await?;
    Ok(())
}

/// Whether the answer to an album is on its way, so that nobody knows yet where other words are to be put.
pub(super) async fn is_album_being_answered(tx: &mut Tx, place: &Place) -> Result<bool> {
    let Some(answer) = place.album.as_ref().and_then(|album| album.answer) else { return Ok(false) };
    let is = sqlx::query_scalar!(
        r#"select exists (select 1 from outbox where id = ? and state = 'sending') as "is!: bool""#,
        answer
    );
    Ok(is.fetch_one(tx.connection()).await?)
}
