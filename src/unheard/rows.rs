//! What waits for a registration.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::unheard::MOST;

/// Keeps an update as Telegram sent it; an edit takes the place of what the same message said. A press stands for itself under
/// a number that no message has.
pub async fn keep(
    tx: &mut Tx,
    (unit, person): (UnitId, PersonId),
    (chat, message_id): (ChatId, i64),
    raw: &str,
) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!(
        "insert into unheard (unit_id, person_id, chat_id, message_id, raw, kept_at)
         select ?1, ?2, ?3, ?4, ?5, ?6
         where (select count(*) from unheard where unit_id = ?1 and person_id = ?2 and heard_at is null) < ?7
         on conflict (chat_id, message_id) do update set raw = excluded.raw where heard_at is null",
        unit.0,
        person.0,
        chat.0,
        message_id,
        raw,
        now,
        MOST
    );
    insert.execute(tx.connection()).await?;
    let body = json!({ "unit": unit, "chat": chat, "message": message_id });
    ledger::note(tx, Actor::Person(person), "words_kept_unheard", body).await
}

/// How many messages of a person wait to be heard for a unit.
pub async fn waiting(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<i64> {
    let waiting = sqlx::query_scalar!(
        r#"select count(*) as "count: i64" from unheard where unit_id = ? and person_id = ? and heard_at is null"#,
        unit.0,
        person.0
    );
    Ok(waiting.fetch_one(tx.connection()).await?)
}

/// What waits of a person for a unit, with the instant at which it came, oldest first; it is heard now and waits no longer.
pub async fn take(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<Vec<(String, DateTime<Utc>)>> {
    let now = tx.now;
    let waiting = sqlx::query!(
        r#"select raw, kept_at as "kept_at: DateTime<Utc>" from unheard
           where unit_id = ? and person_id = ? and heard_at is null order by id"#,
        unit.0,
        person.0
    );
    let waiting = waiting.fetch_all(tx.connection()).await?;
    let heard = sqlx::query!(
        "update unheard set heard_at = ? where unit_id = ? and person_id = ? and heard_at is null",
        now,
        unit.0,
        person.0
    );
    heard.execute(tx.connection()).await?;
    Ok(waiting.into_iter().map(|row| (row.raw, row.kept_at)).collect())
}
