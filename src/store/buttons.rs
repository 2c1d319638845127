//! The buttons of messages that were sent: once one is used, every copy of it goes, and the message says what came of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::chat::UsedButtons;
use crate::chat::incoming::{Event, Incoming};
use crate::chat::words::Button;
use crate::office::ids::ChatId;
use crate::review;
use crate::store::posting::{Body, Claimed, put};
use crate::store::{Result, Tx, keys, moving};
use crate::understanding::question::query::Query;

/// So many messages of a chat are edited for one press: the chat's other messages wait meanwhile.
const MOST_EDITS: usize = 5;

/// Takes the check from a pressed button's data. What was drawn for another chat, or by nobody, has no data left. A
/// button without a check is one of an earlier version, which counts where it is still shown.
pub async fn open_button(tx: &mut Tx, incoming: &mut Incoming) -> Result<()> {
    let chat = incoming.chat.telegram_id;
    let Event::Pressed { message_id, data, .. } = &mut incoming.event else { return Ok(()) };
    let seal = keys::button_seal(tx).await?;
    let opened = match seal.open(chat, data) {
        Some(opened) => opened.to_owned(),
        None if shows_unsealed(tx, chat, *message_id, data).await? => std::mem::take(data),
        None => String::new(),
    };
    *data = opened;
    Ok(())
}

/// Whether a message of a chat, by Telegram's ids, shows a button with this data that an earlier version drew, without a
/// check.
async fn shows_unsealed(tx: &mut Tx, chat: i64, message_id: i64, data: &str) -> Result<bool> {
    let shows = sqlx::query_scalar!(
        r#"select exists (
               select 1 from outbox_button join outbox on outbox.id = outbox_id join chat on chat.id = chat_id
               where data = ? and unsealed = 1 and message_id = ? and telegram_id = ?
           ) as "shows!: bool""#,
        data,
        message_id,
        chat
    );
    Ok(shows.fetch_one(tx.connection()).await?)
}

/// Whether a message of a chat, by Telegram's ids, shows a button with this data.
pub async fn shows_button(tx: &mut Tx, chat: i64, message_id: i64, data: &str) -> Result<bool> {
    let shows = sqlx::query_scalar!(
        r#"select exists (
               select 1 from outbox_button join outbox on outbox.id = outbox_id join chat on chat.id = chat_id
               where data = ? and message_id = ? and telegram_id = ?
           ) as "shows!: bool""#,
        data,
        message_id,
        chat
    );
    Ok(shows.fetch_one(tx.connection()).await?)
}

/// Remembers which buttons a message shows.
pub async fn note_buttons(tx: &mut Tx, outbox_id: i64, buttons: &[Vec<Button>]) -> Result<()> {
    let data: Vec<&str> = buttons.iter().flatten().map(|button| button.data.as_str()).collect();
    if data.is_empty() {
        return Ok(());
    }
    let data = serde_json::to_string(&data)?;
    let note = sqlx::query!(
        "insert or ignore into outbox_button (data, outbox_id) select value, ?1 from json_each(?2)",
        outbox_id,
        data
    );
    note.execute(tx.connection()).await?;
    Ok(())
}

/// Takes used buttons from the messages that show them. Of a list that was asked for every day only the newest are
/// worth an edit; what is pressed in older ones is refused.
pub async fn use_buttons(tx: &mut Tx, used: &UsedButtons, here: ChatId) -> Result<()> {
    let (data, only_in) = (serde_json::to_string(&used.data)?, used.only_here.then_some(here.0));
    let rows = sqlx::query!(
        r#"select outbox_id as "outbox_id!: i64", chat_id from json_each(?1) cross join outbox_button on data = value
           join outbox on outbox.id = outbox_id
           where ?2 is null or coalesce(meant_in, chat_id) = ?2"#,
        data,
        only_in
    );
    let mut shown_by: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        shown_by.entry(row.chat_id).or_default().insert(row.outbox_id);
    }
    let newest = shown_by.values().flat_map(|in_chat| in_chat.iter().rev().take(MOST_EDITS).rev());
    for outbox_id in newest.copied() {
        if let Some(shown) = shown(tx, outbox_id).await? {
            let (html, buttons) = review::sentences::used_up(&shown.html, &shown.buttons, used);
            change(tx, shown, &html, &buttons).await?;
        }
    }
    Ok(())
}

/// Other words and buttons for a message: as an edit where it has arrived, else before it goes.
pub async fn show_instead(tx: &mut Tx, outbox_id: i64, html: &str, buttons: &[Vec<Button>]) -> Result<()> {
    match shown(tx, outbox_id).await? {
        Some(shown) => change(tx, shown, html, buttons).await,
        None => Ok(()),
    }
}

/// A message of ours as it is kept.
struct Shown {
    id: i64,
    chat: ChatId,
    has_moved: bool,
    /// Once it has arrived.
    message_id: Option<i64>,
    html: String,
    buttons: Vec<Vec<Button>>,
    answers: Option<i64>,
    query: Option<Query>,
}

async fn shown(tx: &mut Tx, outbox_id: i64) -> Result<Option<Shown>> {
    let row = sqlx::query!(
        r#"select chat_id, message_id, body, moved_to is not null as "has_moved!: bool"
           from outbox join chat on chat.id = chat_id where outbox.id = ?"#,
        outbox_id
    );
    let row = row.fetch_one(tx.connection()).await?;
    let Body::Message { html, buttons, answers, query, .. } = serde_json::from_str(&row.body)? else { return Ok(None) };
    let (chat, has_moved, message_id) = (ChatId(row.chat_id), row.has_moved, row.message_id);
    Ok(Some(Shown { id: outbox_id, chat, has_moved, message_id, html, buttons, answers, query }))
}

async fn change(tx: &mut Tx, shown: Shown, html: &str, buttons: &[Vec<Button>]) -> Result<()> {
    let Shown { id, chat, has_moved, message_id, answers, query, .. } = shown;
    let body = Body::Message { html: html.to_owned(), buttons: buttons.to_vec(), answers, query, reply: None };
    let body = serde_json::to_string(&body)?;
    let keep = sqlx::query!("update outbox set body = ? where id = ?", body, id);
    keep.execute(tx.connection()).await?;
    let forget = sqlx::query!("delete from outbox_button where outbox_id = ?", id);
    forget.execute(tx.connection()).await?;
    note_buttons(tx, id, buttons).await?;
    match message_id {
        // What stands in a group that has become another can no longer be changed.
        Some(message_id) if !has_moved => post_edit(tx, chat, message_id, html, buttons).await,
        _ => Ok(()),
    }
}

/// A message that was changed while it was on its way is put right once it has arrived.
pub(super) async fn catch_up(tx: &mut Tx, claimed: &Claimed, message_id: Option<i64>, body: &str) -> Result<()> {
    match (serde_json::from_str(body)?, message_id) {
        (Body::Message { html, buttons, .. }, Some(message_id))
            if Some((&html, &buttons)) != claimed.body.words()
                && moving::home_of(tx, claimed.chat).await? == claimed.chat =>
        {
            post_edit(tx, claimed.chat, message_id, &html, &buttons).await
        }
        _ => Ok(()),
    }
}

/// An edit that waits is overtaken.
async fn post_edit(tx: &mut Tx, chat: ChatId, message_id: i64, html: &str, buttons: &[Vec<Button>]) -> Result<()> {
    let body = Body::Edit { message_id, html: html.to_owned(), buttons: buttons.to_vec() };
    let waiting = serde_json::to_string(&body)?;
    let overtake = sqlx::query!(
        "update outbox set body = ? where chat_id = ? and state in ('pending', 'sending', 'in_doubt') and state = 'pending' and body ->> '$.edit.message_id' = ?",
        waiting,
        chat.0,
        message_id
    );
    if overtake.execute(tx.connection()).await?.rows_affected() > 0 {
        return Ok(());
    }
    put(tx, chat, &body).await
}
