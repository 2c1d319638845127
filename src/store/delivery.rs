//! The outbox on its way to Telegram: what may go now, and what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::office::ids::ChatId;
use crate::store::ledger::Actor;
use crate::store::posting::{Body, Claimed};
use crate::store::{Result, Tx, buttons, ledger, moving, outbox, unreachable};

/// Telegram's limits with room to spare: a group gets 20 messages a minute, all chats together 30 a second.
const GROUP_PER_MINUTE: i64 = 18;
const ALL_PER_SECOND: i64 = 25;
/// How long to wait before a message that may have been delivered goes out again: three more times, over a span in which
/// most disturbances pass. Then it is given up.
const DOUBT_PAUSES: [TimeDelta; 3] = [TimeDelta::seconds(5), TimeDelta::minutes(2), TimeDelta::minutes(20)];
/// Between attempts after an error that is not the message's fault, doubled each time.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// How often what may pass is tried, over an hour, and what waits for an administrator, over as many days.
const FEW_TRIES: i64 = 3;
const STRANGE_PAUSE: TimeDelta = TimeDelta::minutes(30);
const HINDERED_PAUSE: TimeDelta = TimeDelta::days(1);

/// What became of an attempt to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Delivered; without an id where Telegram gives none.
    Sent { message_id: Option<i64> },
    /// Delivered, but to the general topic: its own was deleted.
    SentToGeneral { message_id: Option<i64> },
    /// Not delivered. The chat rests for as long as Telegram asked, else for a pause that grows.
    Later { rest: Option<TimeDelta>, why: String },
    /// Not delivered: the group has a new id.
    Moved { to: i64 },
    /// Not delivered, for a reason that may pass or not: tried again a few times.
    Strange { why: String },
    /// Not delivered: an administrator has to let the bot write there. Tried again each day.
    Hindered { why: String },
    /// Not delivered, and never will be.
    Refused { why: String },
    /// Not delivered: the bot may not write there.
    Unreachable { why: String },
    /// Nobody can tell.
    InDoubt { why: String },
}

/// What was being sent when the process ended: it may have arrived.
pub async fn interrupted_deliveries(tx: &mut Tx) -> Result<Vec<Claimed>> {
    let rows = sqlx::query!(
        r#"select outbox.id, chat_id, telegram_id, iif(topic_gone_at is null, topic, 0) as "topic!: i64", outbox.kind, body, doubts
           from outbox join chat on chat.id = chat_id
           where state in ('pending', 'sending', 'in_doubt') and state = 'sending' order by +outbox.id"#
    );
    let claimed = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| {
        Ok(Claimed {
            id: row.id,
            chat: ChatId(row.chat_id),
            telegram_chat: row.telegram_id,
            topic: (row.topic != 0).then_some(row.topic),
            body: serde_json::from_str(&row.body)?,
            reminds: row.kind == "digest",
            doubtful: row.doubts > 0,
        })
    });
    claimed.collect()
}

/// Marks up to `limit` messages as being sent: at most one a chat, the oldest first, acknowledgements before all else
/// and what the schedule says after all else, in the order of its reminders. What may be out already keeps its place.
/// With `paced`, within Telegram's limits.
pub async fn claim_deliveries(tx: &mut Tx, limit: i64, paced: bool) -> Result<Vec<Claimed>> {
    let (now, last_minute) = (tx.now, tx.now - TimeDelta::minutes(1));
    let expire = sqlx::query!(
        "update outbox set state = 'expired'
         where state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and not_after < ?",
        now
    );
    expire.execute(tx.connection()).await?;
    // SQLite takes a negative limit for none.
    let limit = if paced { limit.min(ALL_PER_SECOND - spent_this_second(tx).await?).max(0) } else { limit };
    let rows = sqlx::query!(
        r#"select outbox.id, chat_id, telegram_id, iif(topic_gone_at is null, topic, 0) as "topic!: i64", outbox.kind, body, doubts
           from outbox join chat on chat.id = chat_id
           where state in ('pending', 'sending', 'in_doubt') and state <> 'sending'
             and outbox.not_before <= ?1 and reachable = 1
             and (outbox.kind not in ('digest', 'briefing') or not exists (select 1 from state where key = 'clock_jump'))
             and (chat.not_before is null or chat.not_before <= ?1)
             and (outbox.kind = 'toast' or (
               outbox.id in (
                   select id from (
                       select id, row_number() over (partition by chat_id order by state = 'sending' desc,
                           state = 'in_doubt' desc, kind in ('digest', 'briefing'), reminder_id, id) as place
                       from outbox
                       where state in ('pending', 'sending', 'in_doubt') and kind <> 'toast' and not_before <= ?1)
                   where place = 1)
               and (not ?2 or not exists (
                   select 1 from outbox sent where sent.chat_id = chat.id and sent.kind <> 'toast' and sent.sent_at = ?1))
               and (not ?2 or telegram_id > 0 or ?4 > (
                   select count(*) from outbox sent
                   where sent.chat_id in (select id from chat topic where topic.telegram_id = chat.telegram_id)
                     and sent.kind <> 'toast' and sent.sent_at between ?3 and ?1))))
           order by outbox.kind = 'toast' desc, state = 'in_doubt' desc, outbox.kind in ('digest', 'briefing'),
               reminder_id, outbox.id
           limit ?5"#,
        now,
        paced,
        last_minute,
        GROUP_PER_MINUTE,
        limit
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = serde_json::to_string(&rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let sending = sqlx::query!(
        "update outbox set state = 'sending', attempts = attempts + 1 where id in (select value from json_each(?))",
        ids
    );
    sending.execute(tx.connection()).await?;
    let claimed = rows.into_iter().map(|row| {
        Ok(Claimed {
            id: row.id,
            chat: ChatId(row.chat_id),
            telegram_chat: row.telegram_id,
            topic: (row.topic != 0).then_some(row.topic),
            body: serde_json::from_str(&row.body)?,
            reminds: row.kind == "digest",
            doubtful: row.doubts > 0,
        })
    });
    claimed.collect()
}

/// What was sent in this second, or is on its way.
async fn spent_this_second(tx: &mut Tx) -> Result<i64> {
    let now = tx.now;
    let sent = sqlx::query_scalar!(
        r#"select (select count(*) from outbox where sent_at = ?1 and state not in ('pending', 'sending', 'in_doubt'))
                + (select count(*) from outbox where state in ('pending', 'sending', 'in_doubt')
                       and (state = 'sending' or sent_at = ?1)) as "count!: i64""#,
        now
    );
    Ok(sent.fetch_one(tx.connection()).await?)
}

/// How long until something waiting may go; `None` where nothing waits, zero where only the pacing holds it.
pub async fn next_delivery(tx: &mut Tx) -> Result<Option<TimeDelta>> {
    let now = tx.now;
    let next = sqlx::query_scalar!(
        r#"select min(max(outbox.not_before, coalesce(chat.not_before, ''))) as "next: DateTime<Utc>"
           from outbox join chat on chat.id = chat_id 
           where state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and reachable = 1"#
    );
    let next = next.fetch_one(tx.connection()).await?;
    Ok(next.map(|next| (next - now).max(TimeDelta::zero())))
}

/// Notes what became of a claimed message; the name of its chat where somebody has to know: it was given up, or an
/// administrator has to let the bot write.
pub async fn settle_delivery(tx: &mut Tx, claimed: &Claimed, outcome: &Outcome) -> Result<Option<String>> {
    settle_outcome(tx, claimed, outcome).await?;
    if let Outcome::Sent { .. } = outcome {
        return Ok(None);
    }
    let state = sqlx::query!("select state, kind, attempts from outbox where id = ?", claimed.id);
    let row = state.fetch_one(tx.connection()).await?;
    // Nobody is told of an acknowledgement that came too late, and coordinators not of what they cannot be told.
    let untold = row.kind == "toast" || outbox::chats_of_coordinators(tx).await?.contains(&claimed.chat);
    let first_hindrance = matches!(outcome, Outcome::Hindered { .. }) && row.attempts == 1;
    if (row.state != "failed" && !first_hindrance) || untold {
        return Ok(None);
    }
    Ok(Some(outbox::title_of(tx, claimed.chat).await?))
}

async fn settle_outcome(tx: &mut Tx, claimed: &Claimed, outcome: &Outcome) -> Result<()> {
    match outcome {
        Outcome::Sent { message_id } | Outcome::SentToGeneral { message_id } => {
            note_sent(tx, claimed, *message_id).await
        }
        Outcome::Later { rest, why } => {
            set_delivery_state(tx, claimed, "pending", why).await?;
            rest_chat(tx, claimed, *rest).await
        }
        Outcome::Moved { to } if *to >= 0 || *to == claimed.telegram_chat => {
            try_later(tx, claimed, STRANGE_PAUSE, "the group is said to have become what no group becomes").await
        }
        Outcome::Moved { to } => {
            set_delivery_state(tx, claimed, "pending", "the group has a new id").await?;
            moving::move_chat(tx, claimed.chat, *to).await
        }
        Outcome::Strange { why } => try_later(tx, claimed, STRANGE_PAUSE, why).await,
        Outcome::Hindered { why } => try_later(tx, claimed, HINDERED_PAUSE, why).await,
        Outcome::Refused { why } => give_up(tx, claimed, why).await,
        Outcome::Unreachable { why } => {
            give_up(tx, claimed, why).await?;
            unreachable::set_reachable(tx, claimed.chat, false).await
        }
        Outcome::InDoubt { why } => doubt(tx, claimed, why).await,
    }
}

async fn note_sent(tx: &mut Tx, claimed: &Claimed, message_id: Option<i64>) -> Result<()> {
    let now = tx.now;
    let sent = sqlx::query!(
        r#"update outbox set state = 'sent', sent_at = ?2, message_id = ?3, error = null where id = ?1
           returning kind, reminder_id, body"#,
        claimed.id,
        now,
        message_id
    );
    let row = sent.fetch_one(tx.connection()).await?;
    buttons::catch_up(tx, claimed, message_id, &row.body).await?;
    match row.reminder_id {
        Some(reminder) => {
            let body = json!({ "reminder": reminder, "chat": claimed.chat, "message": message_id });
            ledger::note(tx, Actor::Bot, "reminder_sent", body).await
        }
        None => Ok(()),
    }
}

async fn set_delivery_state(tx: &mut Tx, claimed: &Claimed, state: &'static str, why: &str) -> Result<()> {
    let set = sqlx::query!("update outbox set state = ?, error = ? where id = ?", state, why, claimed.id);
    set.execute(tx.connection()).await?;
    Ok(())
}

/// Only this message waits, a few times; then it is given up.
async fn try_later(tx: &mut Tx, claimed: &Claimed, pause: TimeDelta, why: &str) -> Result<()> {
    let attempts = sqlx::query_scalar!("select attempts from outbox where id = ?", claimed.id);
    if attempts.fetch_one(tx.connection()).await? >= FEW_TRIES {
        return give_up(tx, claimed, why).await;
    }
    let until = tx.now + pause;
    let wait = sqlx::query!(
        "update outbox set state = 'pending', not_before = ?, error = ? where id = ?",
        until,
        why,
        claimed.id
    );
    wait.execute(tx.connection()).await?;
    Ok(())
}

async fn give_up(tx: &mut Tx, claimed: &Claimed, why: &str) -> Result<()> {
    set_delivery_state(tx, claimed, "failed", why).await?;
    let body = json!({ "outbox": claimed.id, "chat": claimed.chat, "why": why });
    ledger::note(tx, Actor::Bot, "message_given_up", body).await
}

/// An acknowledgement is not worth a second attempt.
async fn doubt(tx: &mut Tx, claimed: &Claimed, why: &str) -> Result<()> {
    let doubts = sqlx::query_scalar!(
        r#"update outbox set doubts = doubts + 1, state = 'in_doubt', error = ? where id = ? returning doubts as "doubts!""#,
        why,
        claimed.id
    );
    let doubts = doubts.fetch_one(tx.connection()).await?;
    let pause = usize::try_from(doubts - 1).ok().and_then(|past| DOUBT_PAUSES.get(past));
    match pause {
        Some(pause) if !matches!(claimed.body, Body::Toast { .. }) => rest_chat(tx, claimed, Some(*pause)).await,
        _ => give_up(tx, claimed, why).await,
    }
}

/// Holds only this chat, with all its topics, for as long as asked or twice as long as the last time.
async fn rest_chat(tx: &mut Tx, claimed: &Claimed, rest: Option<TimeDelta>) -> Result<()> {
    let attempts = sqlx::query_scalar!("select attempts from outbox where id = ?", claimed.id);
    let attempts = attempts.fetch_one(tx.connection()).await?;
    let pause = FIRST_PAUSE * (1 << attempts.clamp(1, 10) as i32) / 2;
    // `now` is cut to whole seconds, so a second more, or the chat would be asked up to a second too soon.
    let until = tx.now + rest.unwrap_or_else(|| pause.min(LONGEST_PAUSE)) + TimeDelta::seconds(1);
    let set = sqlx::query!("update chat set not_before = ? where telegram_id = ?", until, claimed.telegram_chat);
    set.execute(tx.connection()).await?;
    Ok(())
}
