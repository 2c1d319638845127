//! Reminders that wait in the outbox longer than they stay true by themselves.

use chrono::{DateTime, NaiveDate, Utc};

use crate::assigning::Announced;
use crate::chat::words::Words;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, InspectionId, MilestoneId, StepId, TaskId, UnitId};
use crate::office::unconfirmed::Unconfirmed;
use crate::reminding::digest::Digest;
use crate::reminding::renewal::Written;
use crate::reminding::rows;
use crate::reminding::rows::awaited_by;
use crate::reminding::slot::Part;
use crate::store::posting::Claimed;
use crate::store::{Result, Tx};
use crate::{assigning, inspections, reporting};

/// A digest of which nothing has gone out, not even in doubt.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub reminder: i64,
    /// Whether it is a private copy of another.
    pub is_copy: bool,
    chat: ChatId,
    /// `None`: to the coordinators.
    pub unit: Option<UnitRef>,
    pub day: NaiveDate,
    pub planned_for: DateTime<Utc>,
    not_after: DateTime<Utc>,
    pub written: Vec<Written>,
    /// The inspections that it names.
    pub inspections: Vec<InspectionId>,
    /// What it says of items and changes.
    pub announced: Vec<Announced>,
    /// Of the words that it names, those that still wait to be confirmed; and whether all of them do.
    pub unconfirmed: (Vec<Unconfirmed>, bool),
}

/// What answers nobody and waits outside the sending hours goes on waiting until `opening`.
pub async fn hold_until(tx: &mut Tx, opening: DateTime<Utc>) -> Result<()> {
    let hold = sqlx::query!(
        "update outbox set not_before = ?1
         where state in ('pending', 'sending', 'in_doubt') and state <> 'sending'
           and kind in ('notice', 'digest', 'briefing') and not_before < ?1",
        opening
    );
    hold.execute(tx.connection()).await?;
    Ok(())
}

/// The digest that a claimed message is about to say; `None` where it is no digest, or a part of it may be out.
pub async fn digest_about_to_go(tx: &mut Tx, claimed: &Claimed) -> Result<Option<Waiting>> {
    let row = sqlx::query!(
        r#"select reminder.id as "reminder!", reminder.chat_id as "chat_id!", reminder.unit_id, copy_of, unit.name as "unit_name?",
                  day as "day!: NaiveDate", planned_for as "planned_for!: DateTime<Utc>",
                  not_after as "not_after!: DateTime<Utc>"
           from outbox join reminder on reminder.id = reminder_id left join unit on unit.id = reminder.unit_id
           where outbox.id = ?1 and outbox.kind = 'digest' and doubts = 0
             and not exists (select 1 from outbox other where other.reminder_id = reminder.id and other.id <> ?1
                             and (other.state not in ('pending', 'expired') or other.doubts > 0))"#,
        claimed.id
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let unit = row.unit_id.zip(row.unit_name).map(|(id, name)| UnitRef { id: UnitId(id), name });
    // What is said for the unit is noted of the reminder in its own chat.
    let original = row.copy_of.unwrap_or(row.reminder);
    Ok(Some(Waiting {
        reminder: row.reminder,
        is_copy: row.copy_of.is_some(),
        chat: ChatId(row.chat_id),
        unit,
        day: row.day,
        planned_for: row.planned_for,
        not_after: row.not_after,
        written: written_in(tx, row.reminder).await?,
        inspections: inspections::rows::inspections_named_in(tx, row.reminder).await?,
        announced: assigning::rows::announcing::told_in(tx, original).await?,
        unconfirmed: reporting::rows::unconfirmed::still_unconfirmed(tx, original).await?,
    }))
}

async fn written_in(tx: &mut Tx, reminder: i64) -> Result<Vec<Written>> {
    let rows = sqlx::query!(
        r#"select task_id, milestone_id, step_id, reason = 'escalation' as "escalation!: bool",
               reason = 'assigned' as "assigned!: bool", reason = 'later' as "later!: bool"
           from reminder_item where reminder_id = ? order by rowid"#,
        reminder
    );
    let written = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| Written {
        task: TaskId(row.task_id),
        milestone: row.milestone_id.map(MilestoneId),
        step: row.step_id.map(StepId),
        escalation: row.escalation,
        assigned: row.assigned,
        later: row.later,
    });
    Ok(written.collect())
}

/// Puts what is true now in the place of what was written; with no words the reminder is given up.
pub async fn rewrite(tx: &mut Tx, waiting: &Waiting, digest: &Digest, words: &[Words]) -> Result<()> {
    let expire = sqlx::query!(
        "update outbox set state = 'expired', error = 'overtaken before it was sent'
         where reminder_id = ? and state in ('pending', 'sending')",
        waiting.reminder
    );
    expire.execute(tx.connection()).await?;
    let clear = sqlx::query!("delete from reminder_item where reminder_id = ?", waiting.reminder);
    clear.execute(tx.connection()).await?;
    inspections::rows::forget_inspections(tx, waiting.reminder).await?;
    rows::add_items(tx, waiting.reminder, digest).await?;
    if !waiting.is_copy {
        // A digest that is given up has named nothing.
        let named = if words.is_empty() { &[][..] } else { digest.unconfirmed.as_slice() };
        reporting::rows::unconfirmed::note_named(tx, waiting.reminder, named).await?;
        let told = if words.is_empty() { &[][..] } else { digest.announced.as_slice() };
        assigning::rows::announcing::note_told(tx, waiting.reminder, told).await?;
    }
    rows::post_reminder(tx, Part::Digest, waiting.chat, waiting.reminder, words, waiting.not_after, awaited_by(digest))
        .await
}
