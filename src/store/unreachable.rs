//! Chats where the bot cannot write: what waits for them does not pile up, and they are told once what they missed.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::outbox::Posting;
use super::{Result, Tx};
use crate::domain::duty::{ChatId, UnitId};
use crate::domain::incoming::Standing;
use crate::domain::moment::Moment;
use crate::domain::reply::{Words, manners};

/// So long a notice waits for its chat; afterwards only that something was missed is told.
const NOTICES_WAIT: TimeDelta = TimeDelta::days(1);

impl Tx {
    /// Who may not write in a group may not write in any of its topics.
    pub(super) async fn set_reachable(&mut self, chat: ChatId, reachable: bool) -> Result<()> {
        let now = self.now;
        let set = sqlx::query!(
            "update chat set reachable = ?1,
                 unreachable_since = iif(?1, unreachable_since, coalesce(unreachable_since, ?2))
             where telegram_id = (select telegram_id from chat where id = ?3)",
            reachable,
            now,
            chat.0
        );
        set.execute(self.connection()).await?;
        if !reachable {
            self.end_invitations_of_group(chat).await?;
        }
        self.note(Actor::Bot, "chat_reachable", json!({ "chat": chat, "reachable": reachable })).await
    }

    /// What the bot has become in a group, in all its topics.
    pub(super) async fn set_standing(&mut self, chat: ChatId, standing: Standing) -> Result<()> {
        let (key, reachable, now) = (standing.key(), standing.may_write(), self.now);
        let set = sqlx::query!(
            "update chat set standing = ?1, reachable = ?2,
                 unreachable_since = iif(?2, unreachable_since, coalesce(unreachable_since, ?3))
             where telegram_id = (select telegram_id from chat where id = ?4)",
            key,
            reachable,
            now,
            chat.0
        );
        set.execute(self.connection()).await?;
        if standing == Standing::Absent {
            self.end_invitations_of_group(chat).await?;
        }
        self.note(Actor::Bot, "bot_standing", json!({ "chat": chat, "standing": key })).await
    }

    /// Notices that have waited for long for a chat where the bot cannot write are not sent any more.
    pub async fn drop_undeliverable(&mut self) -> Result<()> {
        let chats = sqlx::query_scalar!(
            r#"select distinct chat_id as "chat!: i64" from outbox join chat on chat.id = chat_id
               where state in ('pending', 'sending', 'in_doubt') and reachable = 0"#
        );
        for chat in chats.fetch_all(self.connection()).await? {
            self.drop_undeliverable_of(ChatId(chat)).await?;
        }
        Ok(())
    }

    /// A group where the bot can write again is told once what it missed, in each of its topics that speaks for a unit.
    pub async fn tell_what_was_missed(&mut self, chat: ChatId, moment: Moment) -> Result<()> {
        let chats = sqlx::query!(
            r#"select id as "id!", unit_id, silenced_at is not null as "silenced!: bool",
                   unreachable_since as "since!: DateTime<Utc>" from chat
               where telegram_id = (select telegram_id from chat where id = ?)
                 and reachable = 1 and unreachable_since is not null"#,
            chat.0
        );
        for row in chats.fetch_all(self.connection()).await? {
            let missed = self.missed(ChatId(row.id), row.since).await?;
            let told = sqlx::query!("update chat set unreachable_since = null where id = ?", row.id);
            told.execute(self.connection()).await?;
            if let (Some(unit), Some((first, last)), false) = (row.unit_id, missed, row.silenced) {
                let mut entries = self.history(None, Some(UnitId(unit)), None).await?;
                entries.retain(|entry| (first..=last).contains(&entry.at) && entry.is_of_coordinators());
                let words = manners::missed_while_away(row.since, &entries, moment);
                self.post_missed(ChatId(row.id), &words, moment).await?;
            }
        }
        Ok(())
    }

    /// From when to when the notices were written that were not sent for too long.
    async fn missed(&mut self, chat: ChatId, since: DateTime<Utc>) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
        self.drop_undeliverable_of(chat).await?;
        let missed = sqlx::query!(
            r#"select min(created_at) as "first: DateTime<Utc>", max(created_at) as "last: DateTime<Utc>" from outbox
               where chat_id = ? and kind = 'notice' and state = 'expired' and created_at >= ?"#,
            chat.0,
            since
        );
        let missed = missed.fetch_one(self.connection()).await?;
        Ok(missed.first.zip(missed.last))
    }

    async fn drop_undeliverable_of(&mut self, chat: ChatId) -> Result<()> {
        let before = self.now - NOTICES_WAIT;
        let drop = sqlx::query!(
            "update outbox set state = 'expired'
             where chat_id = ? and state in ('pending', 'in_doubt') and kind = 'notice' and created_at < ?",
            chat.0,
            before
        );
        drop.execute(self.connection()).await?;
        Ok(())
    }

    async fn post_missed(&mut self, chat: ChatId, words: &[Words], moment: Moment) -> Result<()> {
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
            self.post(posting).await?;
        }
        Ok(())
    }
}
