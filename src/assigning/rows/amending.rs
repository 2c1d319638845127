//! What coordinators change of tasks. What the plan said stays beside it.

use chrono::NaiveDate;
use serde_json::json;

use crate::assigning::Amendment;
use crate::assigning::rows::{announcing, renew_draft, until};
use crate::importing::rows::tasks::add_milestone;
use crate::office::ids::{MilestoneId, TaskId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn amend(tx: &mut Tx, task: TaskId, amendment: &Amendment, reason: Option<&str>, actor: Actor) -> Result<()> {
    let (kind, milestone, old, new) = match amendment {
        Amendment::Due { milestone: Some(milestone), old, new } => {
            move_date(tx, *milestone, *new).await?;
            ("due", Some(*milestone), old.map(|old| old.to_string()), Some(new.to_string()))
        }
        Amendment::Due { milestone: None, old, new } => {
            let milestone = give_date(tx, task, *new).await?;
            ("due", Some(milestone), old.map(|old| old.to_string()), Some(new.to_string()))
        }
        Amendment::Text { old, new } => {
            let reword =
                sqlx::query!("update task set printed = coalesce(printed, text), text = ? where id = ?", new, task.0);
            reword.execute(tx.connection()).await?;
            ("text", None, Some(old.clone()), Some(new.clone()))
        }
        Amendment::Dropped => ("dropped", None, None, None),
        Amendment::Restored => {
            restore(tx, task).await?;
            ("restored", None, None, None)
        }
    };
    let change = note_change(tx, (task, kind), (milestone, old.as_deref(), new.as_deref()), reason, actor).await?;
    announcing::announce(tx, change, task).await?;
    if *amendment == Amendment::Dropped {
        end(tx, task).await?;
    }
    renew_draft(tx).await?;
    let entry = match amendment {
        Amendment::Dropped => "task_dropped",
        Amendment::Restored => "task_restored",
        Amendment::Due { .. } | Amendment::Text { .. } => "task_amended",
    };
    let body = json!({ "task": task, "change": kind, "old": old, "new": new, "reason": reason });
    ledger::note(tx, actor, entry, body).await
}

async fn move_date(tx: &mut Tx, milestone: MilestoneId, new: NaiveDate) -> Result<()> {
    let now = tx.now;
    // The same date twice in a task's words is one to whoever reads it.
    let moved = sqlx::query!(
        "update milestone set moved_to = ?2, moved_at = ?3
         where id = ?1 or id in (
             select twin.id from milestone twin join milestone own on own.id = ?1
             where twin.task_id = own.task_id and twin.scope is own.scope and twin.ended_at is null
               and twin.kind not in ('window', 'start')
               and coalesce(twin.moved_to, twin.due) = coalesce(own.moved_to, own.due))",
        milestone.0,
        new,
        now
    );
    moved.execute(tx.connection()).await?;
    Ok(())
}

/// A date for a task that had none.
async fn give_date(tx: &mut Tx, task: TaskId, due: NaiveDate) -> Result<MilestoneId> {
    let position = sqlx::query_scalar!(r#"select count(*) as "count!: i64" from milestone where task_id = ?"#, task.0);
    let position = position.fetch_one(tx.connection()).await?;
    add_milestone(tx, task.0, position, &until(due)).await?;
    let id = sqlx::query_scalar!(r#"select max(id) as "id!: i64" from milestone where task_id = ?"#, task.0);
    let id = id.fetch_one(tx.connection()).await?;
    let mark = sqlx::query!("update milestone set by_word = 1 where id = ?", id);
    mark.execute(tx.connection()).await?;
    Ok(MilestoneId(id))
}

/// Nobody has a part in it any more; what was reported stays.
async fn end(tx: &mut Tx, task: TaskId) -> Result<()> {
    let now = tx.now;
    let end = sqlx::query!("update task set ended_at = ?1, dropped_at = ?1 where id = ?2", now, task.0);
    end.execute(tx.connection()).await?;
    let duties = sqlx::query!("update duty set ended_at = ? where task_id = ? and ended_at is null", now, task.0);
    duties.execute(tx.connection()).await?;
    Ok(())
}

/// Whoever lost a part as the task ended has it again.
async fn restore(tx: &mut Tx, task: TaskId) -> Result<()> {
    let duties = sqlx::query!(
        "update duty set ended_at = null where task_id = ?1 and ended_at = (select dropped_at from task where id = ?1)",
        task.0
    );
    duties.execute(tx.connection()).await?;
    let restore = sqlx::query!("update task set ended_at = null, dropped_at = null where id = ?", task.0);
    restore.execute(tx.connection()).await?;
    Ok(())
}

/// The number of the change.
pub async fn note_change(
    tx: &mut Tx,
    (task, kind): (TaskId, &str),
    (milestone, old, new): (Option<MilestoneId>, Option<&str>, Option<&str>),
    reason: Option<&str>,
    by: Actor,
) -> Result<i64> {
    let now = tx.now;
    let milestone = milestone.map(|milestone| milestone.0);
    let person = match by {
        Actor::Person(person) => Some(person.0),
        Actor::Bot | Actor::Operator => None,
    };
    let insert = sqlx::query_scalar!(
        r#"insert into task_change (task_id, kind, milestone_id, old, new, reason, person_id, at)
           values (?, ?, ?, ?, ?, ?, ?, ?) returning id as "id!""#,
        task.0,
        kind,
        milestone,
        old,
        new,
        reason,
        person,
        now
    );
    Ok(insert.fetch_one(tx.connection()).await?)
}
