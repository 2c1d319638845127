//! Groups that became supergroups: two chats for Telegram, whose message ids begin anew, and one for people. And topics that
//! were deleted, whose messages go to the general one.

use serde_json::json;

use crate::chat::incoming::{ChatKind, Incoming, Standing};
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, UnitId};
use crate::office::place::Chat;
use crate::roll;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// What the group was for goes on under the new id. The old chat keeps its history. A group becomes no private chat, and
/// none that is a unit's or the coordinators' already.
pub async fn move_chat(tx: &mut Tx, chat: ChatId, to: i64) -> Result<()> {
    let taken = sqlx::query_scalar!(
        r#"select exists (select 1 from chat where telegram_id = ? and id <> ?
               and (unit_id is not null or coordinators = 1)) as "taken!: bool""#,
        to,
        chat.0
    );
    if to >= 0 || taken.fetch_one(tx.connection()).await? {
        tracing::error!(to, "群不可能换成这个编号");
        return Ok(());
    }
    let target = sqlx::query_scalar!(
        r#"insert into chat (telegram_id, kind, title) select ?1, kind, title from chat where id = ?2
           on conflict (telegram_id, topic) do update set reachable = 1 returning id as "id!""#,
        to,
        chat.0
    );
    let target = target.fetch_one(tx.connection()).await?;
    if target == chat.0 {
        return Ok(());
    }
    let was = sqlx::query!("select unit_id, coordinators, silenced_at from chat where id = ?", chat.0);
    let was = was.fetch_one(tx.connection()).await?;
    let release = sqlx::query!(
        "update chat set unit_id = null, coordinators = 0, silenced_at = null, reachable = 0, moved_to = ?
         where id = ?",
        target,
        chat.0
    );
    release.execute(tx.connection()).await?;
    redirect_waiting(tx, chat, target).await?;
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
    bind.execute(tx.connection()).await?;
    let reminders = sqlx::query!("update or ignore reminder set chat_id = ? where chat_id = ?", target, chat.0);
    reminders.execute(tx.connection()).await?;
    ledger::note(tx, Actor::Bot, "chat_moved", json!({ "chat": chat, "to": target })).await
}

/// What waits goes to the new chat, in answer to nothing there; what was to change in the old one stays as it is.
async fn redirect_waiting(tx: &mut Tx, chat: ChatId, target: i64) -> Result<()> {
    let edits = sqlx::query!(
        "update outbox set state = 'expired'
         where chat_id = ? and state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and json_extract(body, '$.edit') is not null",
        chat.0
    );
    edits.execute(tx.connection()).await?;
    let waiting = sqlx::query!(
        "update outbox set chat_id = ?1, meant_in = coalesce(meant_in, ?2),
             body = json_remove(body, '$.message.answers', '$.paper.answers')
         where chat_id = ?2 and state in ('pending', 'sending', 'in_doubt') and state <> 'sending'",
        target,
        chat.0
    );
    waiting.execute(tx.connection()).await?;
    Ok(())
}

/// Where a chat is spoken to: itself, unless it has moved. Of a chat that nobody knows nothing is said.
pub async fn home_of(tx: &mut Tx, chat: ChatId) -> Result<ChatId> {
    let home = sqlx::query_scalar!(r#"select coalesce(moved_to, id) as "home!: i64" from chat where id = ?"#, chat.0);
    Ok(home.fetch_optional(tx.connection()).await?.map_or(chat, ChatId))
}

/// The place of a button of the old chat: message ids are meant as they were there, all else is as in the new one.
pub(super) async fn before_it_moved(
    tx: &mut Tx,
    chat: Chat,
    bound: Option<UnitRef>,
    (meant_in, home): (ChatId, ChatId),
) -> Result<(Chat, Option<UnitRef>)> {
    if home == chat.id {
        return Ok((Chat { id: meant_in, ..chat }, bound));
    }
    let row = sqlx::query!(
        r#"select unit_id as "unit_id: i64", coordinators as "coordinators!: bool", standing,
               silenced_at as "silenced_since: chrono::DateTime<chrono::Utc>" from chat where id = ?"#,
        home.0
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok((chat, bound)) };
    let unit = match row.unit_id {
        Some(unit) => roll::rows::units::unit(tx, UnitId(unit)).await?,
        None => None,
    };
    let standing = Standing::from_key(&row.standing).unwrap_or(Standing::Member);
    let moved = Chat { coordinators: row.coordinators, standing, silenced_since: row.silenced_since, ..chat };
    Ok((moved, unit))
}

/// What a topic was for goes on in the general one once it is deleted, unless that is for something else. Message ids
/// are those of the whole group, so the chat stays what it is, under another topic. The name by which coordinators know
/// it, where this is news to them.
pub async fn leave_topic(tx: &mut Tx, chat: ChatId) -> Result<Option<String>> {
    let now = tx.now;
    let leave = sqlx::query_scalar!(
        r#"update chat set topic_gone_at = ? where id = ? and topic <> 0 and topic_gone_at is null
               and (unit_id is not null or coordinators = 1)
           returning coalesce((select name from unit where unit.id = unit_id), title) as "name!: String""#,
        now,
        chat.0
    );
    let Some(name) = leave.fetch_optional(tx.connection()).await? else { return Ok(None) };
    ledger::note(tx, Actor::Bot, "topic_gone", json!({ "chat": chat })).await?;
    let general = sqlx::query!(
        r#"select id as "id!", unit_id is not null or coordinators = 1 as "taken!: bool" from chat
           where topic = 0 and telegram_id = (select telegram_id from chat where id = ?)"#,
        chat.0
    );
    match general.fetch_optional(tx.connection()).await? {
        Some(general) if general.taken => return Ok(Some(name)),
        Some(general) => make_way(tx, ChatId(general.id), chat).await?,
        None => {}
    }
    let take = sqlx::query!("update chat set topic = 0, topic_gone_at = null where id = ?", chat.0);
    take.execute(tx.connection()).await?;
    Ok(Some(name))
}

/// The general topic as it was until now keeps its history, under a number that Telegram never gives.
async fn make_way(tx: &mut Tx, general: ChatId, to: ChatId) -> Result<()> {
    redirect_waiting(tx, general, to.0).await?;
    let before = sqlx::query!("update chat set moved_to = ? where moved_to = ?", to.0, general.0);
    before.execute(tx.connection()).await?;
    let retire = sqlx::query!("update chat set topic = -id, moved_to = ?, reachable = 0 where id = ?", to.0, general.0);
    retire.execute(tx.connection()).await?;
    Ok(())
}

/// The topic to which an update belongs. That of a message of ours is known here: one whose own topic was deleted stands
/// in the general one, and of an old one Telegram tells no topic any more.
pub(super) async fn topic_of(tx: &mut Tx, incoming: &Incoming) -> Result<i64> {
    if let Some(topic) = topic_told(incoming) {
        return Ok(topic);
    }
    let (chat, answered) = (&incoming.chat, incoming.answered());
    let topic = sqlx::query_scalar!(
        "select topic from chat join outbox on outbox.chat_id = chat.id
         where telegram_id = ? and moved_to is null and message_id = ? order by topic limit 1",
        chat.telegram_id,
        answered
    );
    Ok(topic.fetch_optional(tx.connection()).await?.unwrap_or_default())
}

/// The topic that the update itself tells; `None` where the message of ours tells it to which the update belongs.
pub(super) fn topic_told(incoming: &Incoming) -> Option<i64> {
    let chat = &incoming.chat;
    let by_ours = chat.topic.is_none() && chat.kind == ChatKind::Group && incoming.answered().is_some();
    (!by_ours).then(|| chat.topic.unwrap_or_default())
}
