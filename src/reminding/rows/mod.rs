//! What the schedule has said, and to whom.

pub mod renewal;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::chat::words::Words;
use crate::office::duty::ChatId;
use crate::office::place::Awaited;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reminding::rehearsal::{Planned, mark_silenced, rehearse};
use crate::reminding::rules::{Digest, Item, Reason, Recipient};
use crate::reminding::slot::{Due, Part, Served};
use crate::store::outbox::Posting;
use crate::store::{Result, Tx};
use crate::{inspections, quiet, reporting, settings};

/// Up to where a part of the schedule has been served; `None` before the first time.
pub async fn served(tx: &mut Tx, part: Part) -> Result<Option<Served>> {
    let kind = part.key();
    let served = sqlx::query_as!(
        Served,
        r#"select said_up_to as "up_to: DateTime<Utc>", spoken_for as "spoken_for: NaiveDate"
           from schedule where kind = ?"#,
        kind
    );
    Ok(served.fetch_optional(tx.connection()).await?)
}

pub async fn set_served(tx: &mut Tx, part: Part, served: Served) -> Result<()> {
    let (kind, Served { up_to, spoken_for }) = (part.key(), served);
    let set = sqlx::query!(
        "insert into schedule (kind, said_up_to, spoken_for) values (?, ?, ?)
         on conflict (kind) do update set said_up_to = excluded.said_up_to, spoken_for = excluded.spoken_for",
        kind,
        up_to,
        spoken_for
    );
    set.execute(tx.connection()).await?;
    Ok(())
}

/// Puts a digest into the outbox of each chat that it is for, unless that chat has had one on this day. A recipient
/// without a chat goes without; the rehearsal shows it.
/// `outage` is when the last one ended and what is said of it, once, to each chat.
pub async fn remind(
    tx: &mut Tx,
    digest: &Digest,
    words: Vec<Words>,
    due: &Due,
    outage: Option<&(DateTime<Utc>, String)>,
) -> Result<()> {
    let (unit, chats) = match &digest.to {
        Recipient::Unit(unit) => {
            (Some(unit.id.0), crate::store::outbox::chat_of_unit(tx, unit.id).await?.into_iter().collect())
        }
        Recipient::Coordinators => (None, crate::store::outbox::chats_of_coordinators(tx).await?),
    };
    for chat in chats {
        let untold = match outage {
            Some((ended_at, line)) if !reminded_since(tx, chat, *ended_at).await? => Some(line.clone()),
            _ => None,
        };
        if let Some(reminder) = add_reminder(tx, Part::Digest, chat, unit, due).await? {
            add_items(tx, reminder, digest).await?;
            reporting::rows::unconfirmed::note_named(tx, reminder, &digest.unconfirmed).await?;
            let mut words = words.clone();
            if let (Some(first), Some(line)) = (words.first_mut(), untold) {
                first.html = format!("{}\n{line}", first.html);
            }
            post_reminder(tx, Part::Digest, chat, reminder, &words, due.until, awaited_by(digest)).await?;
        }
    }
    Ok(())
}

/// Notes of whose silence coordinators are told, so that they are told once.
pub async fn note_escalations(tx: &mut Tx, items: &[Item], day: NaiveDate) -> Result<()> {
    for item in items.iter().filter(|item| item.reason == Reason::Escalation) {
        let (due, units) = (item.due(), serde_json::to_string(&item.silent)?);
        let note = sqlx::query!(
            "insert into escalation (duty_id, due, told_on)
             select duty.id, ?1, ?2 from duty join unit on unit.id = unit_id
             where task_id = ?3 and unit.name in (select value from json_each(?4)) on conflict do nothing",
            due,
            day,
            item.task.id.0,
            units
        );
        note.execute(tx.connection()).await?;
    }
    Ok(())
}

/// The due dates after which coordinators were told of a duty's silence.
pub async fn escalated(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<NaiveDate>>> {
    let rows = sqlx::query!(
        r#"select duty_id, due as "due: NaiveDate" from escalation
           where duty_id in (select value from json_each(?))"#,
        wanted
    );
    let mut escalated: HashMap<i64, Vec<NaiveDate>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        escalated.entry(row.duty_id).or_default().push(row.due);
    }
    Ok(escalated)
}

/// Puts a briefing into the outbox of each chat of the coordinators, once on a day.
pub async fn brief(tx: &mut Tx, words: &[Words], due: &Due) -> Result<()> {
    for chat in crate::store::outbox::chats_of_coordinators(tx).await? {
        if let Some(reminder) = add_reminder(tx, Part::Briefing, chat, None, due).await? {
            post_reminder(tx, Part::Briefing, chat, reminder, words, due.until, None).await?;
        }
    }
    Ok(())
}

/// Whether a digest of this day was written later than `punctual` after its slot.
pub async fn has_made_up_on(tx: &mut Tx, day: NaiveDate, punctual: TimeDelta) -> Result<bool> {
    let planned = sqlx::query!(
        r#"select planned_for as "planned_for!: DateTime<Utc>", min(created_at) as "written_at!: DateTime<Utc>"
           from reminder join outbox on reminder_id = reminder.id
           where reminder.kind = 'digest' and day = ? group by planned_for"#,
        day
    );
    let planned = planned.fetch_all(tx.connection()).await?;
    Ok(planned.iter().any(|row| row.written_at - row.planned_for > punctual))
}

async fn reminded_since(tx: &mut Tx, chat: ChatId, instant: DateTime<Utc>) -> Result<bool> {
    let reminded = sqlx::query_scalar!(
        r#"select exists (select 1 from outbox where chat_id = ? and reminder_id is not null and created_at >= ?)
           as "reminded!: bool""#,
        chat.0,
        instant
    );
    Ok(reminded.fetch_one(tx.connection()).await?)
}

async fn add_reminder(tx: &mut Tx, part: Part, chat: ChatId, unit: Option<i64>, due: &Due) -> Result<Option<i64>> {
    let (kind, planned_for, day) = (part.key(), due.planned_for, due.window.slot.day);
    let insert = sqlx::query_scalar!(
        r#"insert into reminder (chat_id, unit_id, kind, planned_for, day) values (?, ?, ?, ?, ?)
           on conflict do nothing returning id as "id!""#,
        chat.0,
        unit,
        kind,
        planned_for,
        day
    );
    Ok(insert.fetch_optional(tx.connection()).await?)
}

pub async fn add_items(tx: &mut Tx, reminder: i64, digest: &Digest) -> Result<()> {
    inspections::rows::name_inspections(tx, reminder, digest).await?;
    for item in &digest.items {
        let milestone = item.milestone.as_ref().map(|milestone| milestone.id.0);
        let step = item.step.as_ref().map(|step| step.id.0);
        let reason = item.reason.key();
        let insert = sqlx::query!(
            "insert into reminder_item (reminder_id, task_id, milestone_id, step_id, reason) values (?, ?, ?, ?, ?)",
            reminder,
            item.task.id.0,
            milestone,
            step,
            reason
        );
        insert.execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn post_reminder(
    tx: &mut Tx,
    part: Part,
    chat: ChatId,
    reminder: i64,
    words: &[Words],
    until: DateTime<Utc>,
    awaits: Option<Awaited>,
) -> Result<()> {
    for words in words {
        let posting = Posting {
            chat,
            kind: part.key(),
            words,
            answers: None,
            not_before: tx.now,
            not_after: Some(until),
            reminder: Some(reminder),
            awaits,
        };
        crate::store::outbox::post(tx, posting).await?;
    }
    Ok(())
}

/// What the schedule would say on these days, as things stand.
pub async fn rehearsal(tx: &mut Tx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Planned>> {
    let policy = settings::rows::policy(tx).await?;
    let calendar = settings::rows::holidays::calendar(tx, &policy).await?;
    let duties = rows::duties(tx, Which::All).await?;
    let (units, coordinators) = (units_with_chat(tx).await?, coordinators_have_chat(tx).await?);
    let is_bound = |to: &Recipient| match to {
        Recipient::Unit(unit) => units.contains(&unit.name),
        Recipient::Coordinators => coordinators,
    };
    let mut planned =
        rehearse(&duties, &inspections::rows::open_inspections(tx).await?, (from, to), &policy, &calendar, is_bound);
    mark_silenced(&mut planned, &quiet::rows::silenced_units(tx).await?);
    Ok(planned)
}

/// The names of the units that have a chat.
pub async fn units_with_chat(tx: &mut Tx) -> Result<Vec<String>> {
    let names =
        sqlx::query_scalar!("select unit.name from chat join unit on unit.id = chat.unit_id where reachable = 1");
    Ok(names.fetch_all(tx.connection()).await?)
}

/// Without those whose groups are left in peace.
pub async fn units_reached(tx: &mut Tx) -> Result<Vec<String>> {
    let silenced = quiet::rows::silenced_units(tx).await?;
    let mut reached = units_with_chat(tx).await?;
    reached.retain(|unit| !silenced.contains(unit));
    Ok(reached)
}

pub async fn coordinators_have_chat(tx: &mut Tx) -> Result<bool> {
    Ok(!crate::store::outbox::chats_of_coordinators(tx).await?.is_empty())
}

/// What a reply to a digest gives where it names an inspection: the answer to the one that is due first.
pub fn awaited_by(digest: &Digest) -> Option<Awaited> {
    digest.calls.first().map(|call| Awaited::Inspection { inspection: call.inspection, in_digest: true })
}
