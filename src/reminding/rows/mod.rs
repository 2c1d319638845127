//! What the schedule has said, and to whom.

pub mod named;
pub mod reached;
pub mod renewal;
pub mod served;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::chat::words::Words;
use crate::office::ids::{ChatId, UnitId};
use crate::office::place::Awaited;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reminding::digest::Digest;
use crate::reminding::item::Recipient;
use crate::reminding::rehearsal::{Planned, mark_silenced, name_the_only_plan, rehearse_with};
use crate::reminding::slot::{Due, Part};
use crate::store::posting::Posting;
use crate::store::{Result, Tx, outbox};
use crate::{assigning, copies, inspections, plans, quiet, reporting, settings};

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
        Recipient::Unit(unit) => (Some(unit.id.0), outbox::chat_of_unit(tx, unit.id).await?.into_iter().collect()),
        Recipient::Coordinators => (None, outbox::chats_of_coordinators(tx).await?),
    };
    for chat in chats {
        let mut lines = untold(tx, chat, outage).await?;
        let Some(reminder) = add_reminder(tx, Part::Digest, chat, (unit, None), due).await? else { continue };
        add_items(tx, reminder, digest).await?;
        reporting::rows::unconfirmed::note_named(tx, reminder, &digest.unconfirmed).await?;
        assigning::rows::announcing::note_told(tx, reminder, &digest.announced).await?;
        if let Recipient::Unit(unit) = &digest.to {
            copy(tx, digest, &words, due, (unit.id, reminder), outage).await?;
            let lost = copies::rows::take_lost(tx, unit.id).await?;
            lines.extend((!lost.is_empty()).then(|| copies::sentences::lost(&lost)));
        }
        let words = below_the_head(words.clone(), &lines);
        post_reminder(tx, Part::Digest, chat, reminder, &words, due.until, awaited_by(digest)).await?;
    }
    Ok(())
}

/// The same to the contacts who have private copies. `reminder`: of the unit's own chat.
async fn copy(
    tx: &mut Tx,
    digest: &Digest,
    words: &[Words],
    due: &Due,
    (unit, reminder): (UnitId, i64),
    outage: Option<&(DateTime<Utc>, String)>,
) -> Result<()> {
    for chat in copies::rows::chats(tx, unit).await? {
        let lines = untold(tx, chat, outage).await?;
        let copied = add_reminder(tx, Part::Digest, chat, (Some(unit.0), Some(reminder)), due).await?;
        let Some(copied) = copied else { continue };
        add_items(tx, copied, digest).await?;
        let words = below_the_head(copies::sentences::copied(words.to_vec()), &lines);
        post_reminder(tx, Part::Digest, chat, copied, &words, due.until, awaited_by(digest)).await?;
    }
    Ok(())
}

/// What is said of the last outage to a chat that has not heard of it.
async fn untold(tx: &mut Tx, chat: ChatId, outage: Option<&(DateTime<Utc>, String)>) -> Result<Vec<String>> {
    Ok(match outage {
        Some((ended_at, line)) if !reminded_since(tx, chat, *ended_at).await? => vec![line.clone()],
        _ => Vec::new(),
    })
}

fn below_the_head(mut words: Vec<Words>, lines: &[String]) -> Vec<Words> {
    if let Some(first) = words.first_mut() {
        first.html = std::iter::once(&first.html).chain(lines).map(String::as_str).collect::<Vec<_>>().join("\n");
    }
    words
}

/// Puts a briefing into the outbox of each chat of the coordinators, once on a day.
pub async fn brief(tx: &mut Tx, words: &[Words], due: &Due) -> Result<()> {
    for chat in outbox::chats_of_coordinators(tx).await? {
        if let Some(reminder) = add_reminder(tx, Part::Briefing, chat, (None, None), due).await? {
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

/// `copy_of`: the reminder of which it is a private copy.
async fn add_reminder(
    tx: &mut Tx,
    part: Part,
    chat: ChatId,
    (unit, copy_of): (Option<i64>, Option<i64>),
    due: &Due,
) -> Result<Option<i64>> {
    let (kind, planned_for, day) = (part.key(), due.planned_for, due.window.slot.day);
    let insert = sqlx::query_scalar!(
        r#"insert into reminder (chat_id, unit_id, kind, planned_for, day, copy_of) values (?, ?, ?, ?, ?, ?)
           on conflict do nothing returning id as "id!""#,
        chat.0,
        unit,
        kind,
        planned_for,
        day,
        copy_of
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
        outbox::post(tx, posting).await?;
    }
    Ok(())
}

/// What the schedule would say on these days, as things stand.
pub async fn rehearsal(tx: &mut Tx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Planned>> {
    let policy = settings::rows::policy::policy(tx).await?;
    let calendar = settings::rows::holidays::calendar(tx, &policy).await?;
    let duties = rows::duties(tx, Which::All).await?;
    let (units, coordinators) = (reached::units_with_chat(tx).await?, reached::coordinators_have_chat(tx).await?);
    let is_bound = |to: &Recipient| match to {
        Recipient::Unit(unit) => units.contains(&unit.name),
        Recipient::Coordinators => coordinators,
    };
    let inspections = inspections::rows::open_inspections(tx).await?;
    let announced = assigning::rows::announcing::untold(tx).await?;
    let mut planned = rehearse_with(&announced, (&duties, &inspections), (from, to), (&policy, &calendar), is_bound);
    if let [only] = plans::rows::open_plans(tx).await?.as_slice() {
        name_the_only_plan(&mut planned, &only.name);
    }
    mark_silenced(&mut planned, &quiet::rows::silenced_units(tx).await?);
    Ok(planned)
}

/// The same without what has gone out already: those who ask what comes are not shown what came.
pub async fn still_to_come(tx: &mut Tx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Planned>> {
    let mut planned = rehearsal(tx, from, to).await?;
    for part in Part::ALL {
        if let Some(served) = served::served(tx, part).await? {
            let is_said = |message: &Planned| message.at.parse().is_ok_and(|at: DateTime<Utc>| at <= served.up_to);
            planned.retain(|message| message.kind != part.key() || !is_said(message));
        }
    }
    Ok(planned)
}

/// What a reply to a digest gives where it names an inspection: the answer to the one that is due first.
pub fn awaited_by(digest: &Digest) -> Option<Awaited> {
    digest.calls.first().map(|call| Awaited::Inspection { inspection: call.inspection, in_digest: true })
}
