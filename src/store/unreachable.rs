//! Chats where the bot cannot write: what waits for them does not pile up, and they are told once what they missed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::chat::incoming::Standing;
use crate::chat::words::Words;
use crate::history::rows::Of;
use crate::office::ids::{ChatId, UnitId};
use crate::office::moment::Moment;
use crate::store::ledger::Actor;
use crate::store::posting::Posting;
use crate::store::{Result, Tx, ledger, outbox};
use crate::{binding, copies, history, quiet};

/// So long a notice waits for its chat; afterwards only that something was missed is told.
const NOTICES_WAIT: TimeDelta = TimeDelta::days(1);

/// Who may not write in a group may not write in any of its topics.
pub(super) async fn set_reachable(tx: &mut Tx, chat: ChatId, reachable: bool) -> Result<()> {
    let now = tx.now;
    let set = sqlx::query!(
        "update chat set reachable = ?1,
             unreachable_since = iif(?1, unreachable_since, coalesce(unreachable_since, ?2))
         where telegram_id = (select telegram_id from chat where id = ?3)",
        reachable,
        now,
        chat.0
    );
    set.execute(tx.connection()).await?;
    if !reachable {
        binding::rows::end_invitations_of_group(tx, chat).await?;
        copies::rows::lose(tx, chat).await?;
    }
    ledger::note(tx, Actor::Bot, "chat_reachable", json!({ "chat": chat, "reachable": reachable })).await
}

/// What the bot has become in a group, in all its topics.
pub async fn set_standing(tx: &mut Tx, chat: ChatId, standing: Standing) -> Result<()> {
    let (key, reachable, now) = (standing.key(), standing.may_write(), tx.now);
    let set = sqlx::query!(
        "update chat set standing = ?1, reachable = ?2,
             unreachable_since = iif(?2, unreachable_since, coalesce(unreachable_since, ?3))
         where telegram_id = (select telegram_id from chat where id = ?4)",
        key,
        reachable,
        now,
        chat.0
    );
    set.execute(tx.connection()).await?;
    if standing == Standing::Absent {
        binding::rows::end_invitations_of_group(tx, chat).await?;
    }
    if !reachable {
        copies::rows::lose(tx, chat).await?;
    }
    ledger::note(tx, Actor::Bot, "bot_standing", json!({ "chat": chat, "standing": key })).await
}

/// Notices that have waited for long for a chat where the bot cannot write are not sent any more.
pub async fn drop_undeliverable(tx: &mut Tx) -> Result<()> {
    let chats = sqlx::query_scalar!(
        r#"select distinct chat_id as "chat!: i64" from outbox join chat on chat.id = chat_id
           where state in ('pending', 'sending', 'in_doubt') and reachable = 0"#
    );
    for chat in chats.fetch_all(tx.connection()).await? {
        drop_undeliverable_of(tx, ChatId(chat)).await?;
    }
    Ok(())
}

/// A group where the bot can write again is told once what it missed, in each of its topics that speaks for a unit.
pub async fn tell_what_was_missed(tx: &mut Tx, chat: ChatId, moment: Moment) -> Result<()> {
    let chats = sqlx::query!(
        r#"select id as "id!", unit_id, silenced_at is not null as "silenced!: bool",
               unreachable_since as "since!: DateTime<Utc>" from chat
           where telegram_id = (select telegram_id from chat where id = ?)
             and reachable = 1 and unreachable_since is not null"#,
        chat.0
    );
    for row in chats.fetch_all(tx.connection()).await? {
        let missed = missed(tx, ChatId(row.id), row.since).await?;
        let told = sqlx::query!("update chat set unreachable_since = null where id = ?", row.id);
        told.execute(tx.connection()).await?;
        if let (Some(unit), Some((first, last)), false) = (row.unit_id, missed, row.silenced) {
            let mut entries = history::rows::history(tx, Of { unit: Some(UnitId(unit)), ..Of::default() }).await?;
            entries.retain(|entry| (first..=last).contains(&entry.at) && entry.is_of_coordinators());
            let words = quiet::sentences::missed_while_away(row.since, &entries, moment);
            post_missed(tx, ChatId(row.id), &words, moment).await?;
        }
    }
    Ok(())
}

/// From when to when the notices were written that were not sent for too long.
async fn missed(tx: &mut Tx, chat: ChatId, since: DateTime<Utc>) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    drop_undeliverable_of(tx, chat).await?;
    let missed = sqlx::query!(
        r#"select min(created_at) as "first: DateTime<Utc>", max(created_at) as "last: DateTime<Utc>" from outbox
           where chat_id = ? and kind = 'notice' and state = 'expired' and created_at >= ?"#,
        chat.0,
        since
    );
    let missed = missed.fetch_one(tx.connection()).await?;
    Ok(missed.first.zip(missed.last))
}

async fn drop_undeliverable_of(tx: &mut Tx, chat: ChatId) -> Result<()> {
    let before = tx.now - NOTICES_WAIT;
    let drop = sqlx::query!(
        "update outbox set state = 'expired'
         where chat_id = ? and state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and kind = 'notice' and created_at < ?",
        chat.0,
        before
    );
    drop.execute(tx.connection()).await?;
    Ok(())
}

async fn post_missed(tx: &mut Tx, chat: ChatId, words: &[Words], moment: Moment) -> Result<()> {
    for words in words {
        let posting = Posting {
            chat,
            kind: "notice",
            words,
            answers: None,
            not_before: moment.opening,
            not_after: None,
            reminder: None,
            awaits: None,
        };
        outbox::post(tx, posting).await?;
    }
    Ok(())
}
