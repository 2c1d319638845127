//! What came in: kept before Telegram is told that we have it, worked off later, never twice.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::chat::incoming::{Reaches, Source};
use crate::chat::words::Words;
use crate::store::posting::Posting;
use crate::store::{Result, Tx, meeting, outbox};

/// Which version gives an update up; a newer one may know better.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// After so many failures an update is set aside, so that it does not hold up the ones behind it.
const ATTEMPTS: i64 = 3;
/// Update ids may start anew after a quiet week, so older ones must not count as seen for ever.
const KEPT: TimeDelta = TimeDelta::days(30);

/// So many waiting updates of one sender are handled in their turn; the next ones wait until everybody else had one.
const IN_TURN: i64 = 10;
/// Of what is set aside so many a day are shown to the coordinators.
const SHOWN_A_DAY: i64 = 10;

/// What is to be said of an update that is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Whether coordinators are shown it.
    pub shown: bool,
    /// Whether it is the last that they are shown today.
    pub last_shown: bool,
}

/// An update as it arrived.
#[derive(Clone, Debug)]
pub struct Update {
    pub update_id: i64,
    pub raw: String,
}

/// Where an update comes from, by Telegram's numbers; `None` where it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    pub chat: Option<i64>,
    pub sender: Option<i64>,
}

/// An update that waits to be handled.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub update: Update,
    pub origin: Origin,
    /// Neither a coordinator nor a contact, in a chat that belongs to no unit.
    pub stranger: bool,
}

/// Keeps an update, unless it is here already; whether it was new.
pub async fn receive(tx: &mut Tx, update: &Update, origin: Origin) -> Result<bool> {
    Ok(receive_all(tx, &[(update, origin)]).await? > 0)
}

/// Keeps updates, but those that are here already; how many were new.
pub async fn receive_all(tx: &mut Tx, updates: &[(&Update, Origin)]) -> Result<u64> {
    let row = |(update, origin): &(&Update, Origin)| json!([update.update_id, update.raw, origin.chat, origin.sender]);
    let (rows, now) = (Value::from_iter(updates.iter().map(row)).to_string(), tx.now);
    let insert = sqlx::query!(
        "insert into inbox (update_id, received_at, raw, chat, sender)
         select value ->> 0, ?1, value ->> 1, value ->> 2, value ->> 3 from json_each(?2) where true
         on conflict do nothing",
        now,
        rows
    );
    Ok(insert.execute(tx.connection()).await?.rows_affected())
}

/// What waits, in the order in which it is handled: those who belong to the office before strangers, everybody in their
/// turn, the oldest first.
pub async fn waiting_updates(tx: &mut Tx, limit: i64) -> Result<Vec<Waiting>> {
    let waiting = sqlx::query!(
        r#"with arrived as (
               select update_id, chat, sender,
                   sender is not null and not exists (
                       select 1 from person where telegram_id = sender and (
                           id in (select person_id from coordinator)
                           or id in (select person_id from contact where state = 'registered')))
                   and not exists (
                       select 1 from chat known where known.telegram_id = inbox.chat
                           and (known.unit_id is not null or known.coordinators = 1 or known.moved_to is not null))
                   as stranger
               from inbox where state = 'new'),
           queue as (
               select update_id, stranger, (row_number() over (
                   partition by coalesce(sender, chat) order by update_id) - 1) / ?1 as turn
               from arrived)
           select update_id as "update_id!: i64", raw, chat, sender, stranger as "stranger!: bool"
           from queue join inbox using (update_id)
           order by stranger, turn, update_id limit ?2"#,
        IN_TURN,
        limit
    );
    let waiting = waiting.fetch_all(tx.connection()).await?.into_iter().map(|row| Waiting {
        update: Update { update_id: row.update_id, raw: row.raw },
        origin: Origin { chat: row.chat, sender: row.sender },
        stranger: row.stranger,
    });
    Ok(waiting.collect())
}

/// Marks updates as handled that nobody looks at: their numbers are kept, so that they are not taken for new ones.
pub async fn pass_over(tx: &mut Tx, updates: &[i64]) -> Result<()> {
    let updates = serde_json::to_string(updates)?;
    let done = sqlx::query!(
        "update inbox set state = 'done', raw = '' where update_id in (select value from json_each(?))",
        updates
    );
    done.execute(tx.connection()).await?;
    Ok(())
}

pub async fn finish_updates(tx: &mut Tx, updates: &[i64]) -> Result<()> {
    let updates = serde_json::to_string(updates)?;
    let done =
        sqlx::query!("update inbox set state = 'done' where update_id in (select value from json_each(?))", updates);
    done.execute(tx.connection()).await?;
    Ok(())
}

/// Notes that an update could not be handled. After the last attempt it is set aside; then what is to be said of it,
/// unless that was said when an earlier version set it aside.
pub async fn fail_update(tx: &mut Tx, update_id: i64, error: &str) -> Result<Option<SetAside>> {
    let fail =
        sqlx::query!("update inbox set attempts = attempts + 1, error = ?2 where update_id = ?1", update_id, error);
    fail.execute(tx.connection()).await?;
    let give_up = sqlx::query_scalar!(
        r#"update inbox set state = 'dead' where update_id = ? and attempts >= ? returning given_up_by"#,
        update_id,
        ATTEMPTS
    );
    let Some(given_up_before) = give_up.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let sign = sqlx::query!("update inbox set given_up_by = ? where update_id = ?", VERSION, update_id);
    sign.execute(tx.connection()).await?;
    if given_up_before.is_some() {
        return Ok(None);
    }
    let since = tx.now - TimeDelta::days(1);
    let lately = sqlx::query_scalar!(
        r#"select count(*) as "count: i64" from inbox where state = 'dead' and received_at >= ?"#,
        since
    );
    let lately = lately.fetch_one(tx.connection()).await?;
    Ok(Some(SetAside { shown: lately <= SHOWN_A_DAY, last_shown: lately == SHOWN_A_DAY }))
}

/// What other versions set aside waits to be tried again; how many updates those are.
pub async fn retry_set_aside(tx: &mut Tx) -> Result<u64> {
    let retry = sqlx::query!(
        "update inbox set state = 'new', attempts = 0 where state = 'dead' and given_up_by is not ?",
        VERSION
    );
    Ok(retry.execute(tx.connection()).await?.rows_affected())
}

/// Tells whoever sent an update what became of it: in answer to the message, or to the press.
pub async fn tell_sender(tx: &mut Tx, source: &Source, words: &'static str) -> Result<()> {
    let topic = source.chat.topic.unwrap_or_default();
    let (chat, _) = meeting::meet_chat(tx, &source.chat, topic, true).await?;
    let answers = match &source.reaches {
        Reaches::Nobody => return Ok(()),
        Reaches::Press { query_id } => return outbox::post_toast(tx, chat.id, query_id, words).await,
        Reaches::Message { message_id } => Some(*message_id),
    };
    let posting = Posting {
        chat: chat.id,
        kind: "answer",
        words: &Words::plain(words),
        answers,
        not_before: tx.now,
        not_after: None,
        reminder: None,
        awaits: None,
    };
    outbox::post(tx, posting).await.map(|_| ())
}

/// Forgets updates that can no longer come again.
pub async fn forget_old_updates(tx: &mut Tx) -> Result<()> {
    let before = tx.now - KEPT;
    let forget = sqlx::query!("delete from inbox where state = 'done' and received_at < ?", before);
    forget.execute(tx.connection()).await?;
    Ok(())
}
