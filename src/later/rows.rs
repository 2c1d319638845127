//! 稍后反馈, as it is kept.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::later::Change;
use crate::office::duty::PutOff;
use crate::office::ids::{ChatId, DutyId, PersonId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::PutOff { duty, put_off, message_id } => {
            keep(tx, (*duty, *put_off), (chat, *message_id), Actor::Person(person)).await
        }
    }
}

/// The latest of each duty.
pub async fn put_off(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, PutOff>> {
    let rows = sqlx::query!(
        r#"select duty_id, due as "due: NaiveDate", asked_at as "asked_at: DateTime<Utc>" from put_off
           where duty_id in (select value from json_each(?)) order by asked_at"#,
        wanted
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows.map(|row| (row.duty_id, PutOff { asked_at: row.asked_at, due: row.due })).collect())
}

pub async fn keep(
    tx: &mut Tx,
    (duty, put_off): (DutyId, PutOff),
    (chat, message_id): (ChatId, i64),
    by: Actor,
) -> Result<()> {
    let insert = sqlx::query!(
        "insert into put_off (duty_id, due, asked_at, chat_id, message_id) values (?, ?, ?, ?, ?) on conflict do nothing",
        duty.0,
        put_off.due,
        put_off.asked_at,
        chat.0,
        message_id
    );
    insert.execute(tx.connection()).await?;
    ledger::note(tx, by, "reminder_put_off", json!({ "duty": duty, "due": put_off.due })).await
}

/// The words that asked for it are taken back.
pub async fn forget(tx: &mut Tx, chat: ChatId, message_id: i64, duty: DutyId) -> Result<()> {
    let delete = sqlx::query!(
        "delete from put_off where chat_id = ? and message_id = ? and duty_id = ?",
        chat.0,
        message_id,
        duty.0
    );
    delete.execute(tx.connection()).await?;
    Ok(())
}
