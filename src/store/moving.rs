//! Groups that became supergroups: two chats for Telegram, whose message ids begin anew, and one for people.

use serde_json::json;

use super::ledger::Actor;
use super::{Result, Tx};
use crate::domain::duty::{ChatId, UnitId, UnitRef};
use crate::domain::incoming::Standing;
use crate::domain::intent::Intent;
use crate::domain::place::{Chat, Place};

impl Tx {
    /// What the group was for goes on under the new id. The old chat keeps its history.
    pub(super) async fn move_chat(&mut self, chat: ChatId, to: i64) -> Result<()> {
        let target = sqlx::query_scalar!(
            r#"insert into chat (telegram_id, kind, title) select ?1, kind, title from chat where id = ?2
               on conflict (telegram_id, topic) do update set reachable = 1 returning id as "id!""#,
            to,
            chat.0
        );
        let target = target.fetch_one(self.connection()).await?;
        if target == chat.0 {
            return Ok(());
        }
        let was = sqlx::query!("select unit_id, coordinators, silenced_at from chat where id = ?", chat.0);
        let was = was.fetch_one(self.connection()).await?;
        let release = sqlx::query!(
            "update chat set unit_id = null, coordinators = 0, silenced_at = null, reachable = 0, moved_to = ?
             where id = ?",
            target,
            chat.0
        );
        release.execute(self.connection()).await?;
        self.redirect_waiting(chat, target).await?;
        if was.unit_id.is_none() && was.coordinators == 0 {
            // Told once more of a move that is done.
            return Ok(());
        }
        let bind = sqlx::query!(
            "update chat set unit_id = ?, coordinators = ?, silenced_at = ? where id = ?",
            was.unit_id,
            was.coordinators,
            was.silenced_at,
            target
        );
        bind.execute(self.connection()).await?;
        let reminders = sqlx::query!("update or ignore reminder set chat_id = ? where chat_id = ?", target, chat.0);
        reminders.execute(self.connection()).await?;
        self.note(Actor::Bot, "chat_moved", json!({ "chat": chat, "to": target })).await
    }

    /// What waits goes to the new chat, in answer to nothing there; what was to change in the old one stays as it is.
    async fn redirect_waiting(&mut self, chat: ChatId, target: i64) -> Result<()> {
        let edits = sqlx::query!(
            "update outbox set state = 'expired'
             where chat_id = ? and state in ('pending', 'in_doubt') and json_extract(body, '$.edit') is not null",
            chat.0
        );
        edits.execute(self.connection()).await?;
        let waiting = sqlx::query!(
            "update outbox set chat_id = ?1, meant_in = coalesce(meant_in, ?2),
                 body = json_remove(body, '$.message.answers', '$.paper.answers')
             where chat_id = ?2 and state in ('pending', 'in_doubt')",
            target,
            chat.0
        );
        waiting.execute(self.connection()).await?;
        Ok(())
    }

    /// Where a chat is spoken to: itself, unless it has moved.
    pub(super) async fn home_of(&mut self, chat: ChatId) -> Result<ChatId> {
        let home =
            sqlx::query_scalar!(r#"select coalesce(moved_to, id) as "home!: i64" from chat where id = ?"#, chat.0);
        Ok(ChatId(home.fetch_one(self.connection()).await?))
    }

    /// The chat whose message ids one of our messages means: the old one where this has moved and it stems from there.
    pub(super) async fn meant_in(&mut self, chat: ChatId, message_id: i64) -> Result<ChatId> {
        let meant = sqlx::query_scalar!(
            r#"select coalesce(meant_in, chat_id) as "chat!: i64" from outbox join chat on chat.id = chat_id
               where message_id = ?2 and (chat.id = ?1 or chat.moved_to = ?1) order by chat.id = ?1 desc limit 1"#,
            chat.0,
            message_id
        );
        Ok(meant.fetch_optional(self.connection()).await?.map_or(chat, ChatId))
    }

    /// The place of a button of the old chat: message ids are meant as they were there, all else is as in the new one.
    pub(super) async fn before_it_moved(
        &mut self,
        chat: Chat,
        bound: Option<UnitRef>,
        meant_in: ChatId,
    ) -> Result<(Chat, Option<UnitRef>)> {
        let home = self.home_of(chat.id).await?;
        if home == chat.id {
            return Ok((Chat { id: meant_in, ..chat }, bound));
        }
        let row = sqlx::query!(
            r#"select unit_id as "unit_id: i64", coordinators as "coordinators!: bool", standing,
                   silenced_at as "silenced_since: chrono::DateTime<chrono::Utc>" from chat where id = ?"#,
            home.0
        );
        let row = row.fetch_one(self.connection()).await?;
        let unit = match row.unit_id {
            Some(unit) => self.unit(UnitId(unit)).await?,
            None => None,
        };
        let standing = Standing::from_key(&row.standing).unwrap_or(Standing::Member);
        let moved = Chat { coordinators: row.coordinators, standing, silenced_since: row.silenced_since, ..chat };
        Ok((moved, unit))
    }

    /// Who takes back what was said last may have said it before the group moved.
    pub async fn go_where_it_was_said(&mut self, intent: &Intent, place: &mut Place) -> Result<()> {
        if let (Intent::Undo { message_id: None }, Some(speaker)) = (intent, &place.speaker)
            && let Some((chat, _)) = self.said_last(place.chat.id, speaker.id).await?
        {
            place.chat.id = chat;
        }
        Ok(())
    }
}
