//! To whom items and changes are announced, and which digest says it.

use chrono::{DateTime, Utc};

use crate::assigning::{Announced, News};
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{TaskId, UnitId};
use crate::office::plan_names::PlanNames;
use crate::office::rows::namesakes::plan_names;
use crate::store::{Result, Tx};

/// A change is for every unit with an open part in the task. Who has not heard of the item yet will hear of it as it is then,
/// and not at all where it has ended; of two changes of the same, the later one is told, with what the unit knew before. An end
/// that was taken back before anybody heard of it is no news.
pub async fn announce(tx: &mut Tx, change: i64, task: TaskId) -> Result<()> {
    let announce = sqlx::query!(
        "insert into task_change_unit (change_id, unit_id, known)
         select change.id, duty.unit_id,
             (select coalesce(waiting.known, earlier.old) from task_change_unit waiting
              join task_change earlier on earlier.id = waiting.change_id
              where waiting.reminder_id is null and waiting.unit_id = duty.unit_id and earlier.id <> change.id
                and earlier.task_id = change.task_id and earlier.kind = change.kind
                and earlier.milestone_id is change.milestone_id
              order by earlier.id limit 1)
         from task_change change join duty on duty.task_id = change.task_id
         where change.id = ?1 and duty.ended_at is null and duty.status <> 'done'
           and not exists (
               select 1 from task_change_unit waiting join task_change item on item.id = waiting.change_id
               where waiting.reminder_id is null and waiting.unit_id = duty.unit_id
                 and item.task_id = change.task_id and item.id <> change.id
                 and (item.kind = 'assigned' or (item.kind = 'dropped' and change.kind = 'restored')))",
        change
    );
    announce.execute(tx.connection()).await?;
    let supersede = sqlx::query!(
        "delete from task_change_unit where reminder_id is null and change_id in (
             select earlier.id from task_change earlier join task_change change on change.id = ?1
             where earlier.task_id = ?2 and earlier.id <> change.id
               and (change.kind = 'dropped' or (earlier.kind = 'dropped' and change.kind = 'restored')
                    or (earlier.kind = change.kind and earlier.milestone_id is change.milestone_id)))",
        change,
        task.0
    );
    supersede.execute(tx.connection()).await?;
    // What is again as the unit knows it is no news.
    let unchanged = sqlx::query!(
        "delete from task_change_unit where change_id = ?1
           and known = (select new from task_change where id = ?1)",
        change
    );
    unchanged.execute(tx.connection()).await?;
    Ok(())
}

/// What units have not been told, oldest first: no digest has said it, or the one that should was given up.
pub async fn untold(tx: &mut Tx) -> Result<Vec<Announced>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select change.id as "change!", kind, coalesce(known, old) as old, new, reason, at as "at: DateTime<Utc>",
               unit.id as "unit_id!", unit.name as unit, task.id as "task_id!", task.number, task.text, task.others,
               plan.id as "plan!"
           from task_change_unit told join task_change change on change.id = told.change_id
           join unit on unit.id = told.unit_id join task on task.id = change.task_id join plan on plan.id = plan_id
           where closed_at is null and (kind = 'dropped' or task.ended_at is null)
             and (told.reminder_id is null
                  or (exists (select 1 from outbox where outbox.reminder_id = told.reminder_id
                              and state in ('expired', 'failed'))
                      and not exists (select 1 from outbox where outbox.reminder_id = told.reminder_id
                                      and state not in ('expired', 'failed'))))
           order by change.id, unit.id"#
    );
    let (rows, names) = (rows.fetch_all(tx.connection()).await?, plan_names(tx).await?);
    Ok(rows.into_iter().filter_map(|row| row.announced(&names)).collect())
}

/// Whether a unit has not been told of a change.
pub async fn is_untold(tx: &mut Tx, change: i64, unit: UnitId) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"select exists (select 1 from task_change_unit told
             where change_id = ? and unit_id = ? and (reminder_id is null
                 or (exists (select 1 from outbox where outbox.reminder_id = told.reminder_id
                             and state in ('expired', 'failed'))
                     and not exists (select 1 from outbox where outbox.reminder_id = told.reminder_id
                                     and state not in ('expired', 'failed'))))) as "is!: bool""#,
        change,
        unit.0
    );
    Ok(is.fetch_one(tx.connection()).await?)
}

/// What a digest says of items and changes.
pub async fn told_in(tx: &mut Tx, reminder: i64) -> Result<Vec<Announced>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select change.id as "change!", kind, coalesce(known, old) as old, new, reason, at as "at: DateTime<Utc>",
               unit.id as "unit_id!", unit.name as unit, task.id as "task_id!", task.number, task.text, task.others,
               plan.id as "plan!"
           from task_change_unit told join task_change change on change.id = told.change_id
           join unit on unit.id = told.unit_id join task on task.id = change.task_id join plan on plan.id = plan_id
           where told.reminder_id = ? order by change.id"#,
        reminder
    );
    let (rows, names) = (rows.fetch_all(tx.connection()).await?, plan_names(tx).await?);
    Ok(rows.into_iter().filter_map(|row| row.announced(&names)).collect())
}

/// Notes what a digest says of items and changes.
pub async fn note_told(tx: &mut Tx, reminder: i64, told: &[Announced]) -> Result<()> {
    let forget = sqlx::query!("update task_change_unit set reminder_id = null where reminder_id = ?", reminder);
    forget.execute(tx.connection()).await?;
    for one in told {
        let note = sqlx::query!(
            "update task_change_unit set reminder_id = ? where change_id = ? and unit_id = ?",
            reminder,
            one.change,
            one.unit.id.0
        );
        note.execute(tx.connection()).await?;
    }
    Ok(())
}

/// What waits for a unit waits for its successor.
pub async fn hand_over_untold(tx: &mut Tx, old: UnitId, new: UnitId) -> Result<()> {
    let hand_over = sqlx::query!(
        "update or ignore task_change_unit set unit_id = ?2 where unit_id = ?1 and reminder_id is null",
        old.0,
        new.0
    );
    hand_over.execute(tx.connection()).await?;
    Ok(())
}

struct Row {
    change: i64,
    kind: String,
    old: Option<String>,
    new: Option<String>,
    reason: Option<String>,
    at: DateTime<Utc>,
    unit_id: i64,
    unit: String,
    task_id: i64,
    number: String,
    text: String,
    others: String,
    plan: i64,
}

impl Row {
    fn announced(self, names: &PlanNames) -> Option<Announced> {
        let what = match self.kind.as_str() {
            "assigned" => News::Assigned,
            "dropped" => News::Dropped,
            "restored" => News::Restored,
            "due" => {
                News::Due { old: self.old.and_then(|old| old.parse().ok()), new: self.new.as_deref()?.parse().ok()? }
            }
            _ => News::Text(self.new?),
        };
        Some(Announced {
            change: self.change,
            unit: UnitRef { id: UnitId(self.unit_id), name: self.unit },
            task: TaskRef { id: TaskId(self.task_id), number: self.number, text: self.text, others: self.others },
            plan: names.name(self.plan),
            what,
            reason: self.reason,
            at: self.at,
        })
    }
}
