//! 签收, as it is kept.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::office::ids::{ChatId, PersonId, PlanId};
use crate::receipts::{Change, Reached, Reader};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger, outbox};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::Note { message_id, answered, at } => {
            note_receipt(tx, (chat, *message_id), *answered, *at, person).await
        }
    }
}

/// Keeps that a message was read, and answers by a reaction: the one that is answered, or else the chat's latest reminder.
pub async fn note_receipt(
    tx: &mut Tx,
    (chat, message_id): (ChatId, i64),
    answered: Option<i64>,
    at: DateTime<Utc>,
    person: PersonId,
) -> Result<()> {
    let read = sqlx::query_scalar!(
        r#"select id as "id!" from outbox
           where chat_id in (select ?1 union select id from chat where moved_to = ?1) and sent_at is not null
             and iif(?2 is null, reminder_id is not null, message_id = ?2)
           order by id desc limit 1"#,
        chat.0,
        answered
    );
    let Some(outbox_id) = read.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let insert = sqlx::query!(
        "insert into receipt (chat_id, message_id, person_id, outbox_id, read_at) values (?, ?, ?, ?, ?)
         on conflict do nothing",
        chat.0,
        message_id,
        person.0,
        outbox_id,
        at
    );
    if insert.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    outbox::post_reaction(tx, chat, message_id).await?;
    let body = json!({ "chat": chat, "message": message_id, "read": answered, "at": at });
    ledger::note(tx, Actor::Person(person), "receipt_noted", body).await
}

/// Which messages are meant where no task is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// The digests of the latest day.
    OfTheOffice,
    /// Each unit's own, however long ago.
    OfEach,
}

/// Each unit with what it was sent last: of the task with this number of a plan, else the `last` digests.
pub async fn reached(tx: &mut Tx, task: Option<(PlanId, &str)>, last: Last) -> Result<Vec<Reached>> {
    let of_each = last == Last::OfEach;
    let (plan, number) = task.map(|(plan, number)| (plan.0, number)).unzip();
    let rows = sqlx::query!(
        r#"select unit.id as "unit_id!", unit.name as "unit!", max(outbox.id) as "outbox_id!: i64", reminder_id,
               sent_at as "sent_at!: DateTime<Utc>"
           from outbox join chat on chat.id = outbox.chat_id join unit on unit.id = chat.unit_id
           left join reminder on reminder.id = reminder_id
           where sent_at is not null and outbox.kind in ('digest', 'notice')
             and iif(?1 is null,
                 ?2 and reminder.kind = 'digest' or reminder.day = (select max(day) from reminder where kind = 'digest' and unit_id is not null),
                 exists (select 1 from outbox_task join task on task.id = task_id
                         where outbox_id = outbox.id and task.number = ?1 and task.plan_id = ?3))
           group by unit.id order by unit.id"#,
        number,
        of_each,
        plan
    );
    let mut reached = Vec::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let readers = sqlx::query!(
            r#"select name, read_at as "at: DateTime<Utc>" from receipt join person on person.id = person_id
               where outbox_id = ?1 or outbox_id in (
                   select outbox.id from outbox join reminder on reminder.id = reminder_id
                   where reminder.id = ?2 or copy_of = ?2)
               order by read_at, receipt.id"#,
            row.outbox_id,
            row.reminder_id
        );
        let readers = readers.fetch_all(tx.connection()).await?.into_iter();
        let reported = sqlx::query_scalar!(
            r#"select exists (
                   select 1 from report join duty on duty.id = duty_id join outbox_task on outbox_task.task_id = duty.task_id
                   where duty.unit_id = ?1 and outbox_id = ?2 and withdrawn_at is null and reported_at >= ?3
               ) as "reported!: bool""#,
            row.unit_id,
            row.outbox_id,
            row.sent_at
        );
        reached.push(Reached {
            unit: row.unit,
            sent_at: row.sent_at,
            read_by: readers.map(|reader| Reader { name: reader.name, at: reader.at }).collect(),
            has_reported: reported.fetch_one(tx.connection()).await?,
        });
    }
    Ok(reached)
}
