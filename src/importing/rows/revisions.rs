//! A plan that is issued again: the difference is applied, and reports stay with their duties.

use serde_json::json;

use crate::importing::revision::compare;
use crate::importing::rows;
use crate::importing::rows::amended;
use crate::importing::rows::tasks::{key, section_of, tasks_by_place};
use crate::importing::{Amendments, Document};
use crate::office::plan::{Draft, DraftTask};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// Brings a plan up to `document`: its id, the changes in words, and the names of new units.
pub async fn revise(
    tx: &mut Tx,
    plan_id: i64,
    before: &Draft,
    document: &Document<'_>,
) -> Result<(i64, Vec<String>, Vec<String>)> {
    let after = document.draft;
    let revision = compare(before, after);
    let tasks = tasks_by_place(tx, plan_id, before).await?;
    if document.amendments == Amendments::Ended {
        amended::forget(tx, plan_id).await?;
    }
    replace_heading(tx, plan_id, document).await?;
    set_numbers_aside(tx, plan_id).await?;
    let sections = replace_sections(tx, plan_id, after).await?;
    for place in &revision.ended {
        end_task(tx, tasks[*place], &before.tasks[*place].number).await?;
    }
    let mut new_units = Vec::new();
    for (old, new) in &revision.kept {
        let (task, position) = (&after.tasks[*new], i64::try_from(*new).unwrap_or(i64::MAX));
        let amended = amended::amended(tx, tasks[*old]).await?;
        let reworded = amended.as_ref().is_some_and(|amended| amended.reworded && !amended.dropped);
        replace_task(tx, (tasks[*old], reworded), section_of(task, &sections), position, task).await?;
        if amended.is_some_and(|amended| amended.dropped) {
            continue;
        }
        new_units.extend(replace_units(tx, tasks[*old], task).await?);
        replace_milestones(tx, tasks[*old], task).await?;
    }
    for place in &revision.added {
        let position = i64::try_from(*place).unwrap_or(i64::MAX);
        new_units.extend(rows::tasks::add_task(tx, plan_id, &sections, position, &after.tasks[*place]).await?);
    }
    let kept = document.amendments == Amendments::Kept;
    let body =
        json!({ "plan": plan_id, "digest": document.digest, "changes": revision.changes, "amendments_kept": kept });
    ledger::note(tx, Actor::Operator, "plan_revised", body).await?;
    Ok((plan_id, revision.changes, new_units))
}

async fn replace_heading(tx: &mut Tx, plan_id: i64, document: &Document<'_>) -> Result<()> {
    let Document { draft, digest, source, code, .. } = *document;
    let title = draft.title.as_deref().unwrap_or(source);
    let text = serde_json::to_string(draft)?;
    let update = sqlx::query!(
        "update plan set code = coalesce(?, code), title = ?, document_number = ?, issuer = ?, issued_on = ?,
             source = ?, digest = ?, draft = ?, closed_at = null where id = ?",
        code,
        title,
        draft.document_number,
        draft.issuer,
        draft.issued_on,
        source,
        digest,
        text,
        plan_id
    );
    update.execute(tx.connection()).await?;
    Ok(())
}

/// Frees all numbers, so that tasks may exchange theirs.
async fn set_numbers_aside(tx: &mut Tx, plan_id: i64) -> Result<()> {
    let aside = sqlx::query!(
        "update task set number = '~' || id, section_id = null where plan_id = ? and ended_at is null",
        plan_id
    );
    aside.execute(tx.connection()).await?;
    Ok(())
}

async fn replace_sections(tx: &mut Tx, plan_id: i64, draft: &Draft) -> Result<Vec<(String, i64)>> {
    let detach = sqlx::query!("update task set section_id = null where plan_id = ?", plan_id);
    detach.execute(tx.connection()).await?;
    sqlx::query!("delete from section where plan_id = ?", plan_id).execute(tx.connection()).await?;
    rows::tasks::add_sections(tx, plan_id, draft).await
}

async fn end_task(tx: &mut Tx, task_id: i64, number: &str) -> Result<()> {
    let now = tx.now;
    let end = sqlx::query!(
        "update task set ended_at = coalesce(dropped_at, ?), dropped_at = null, number = ? where id = ?",
        now,
        number,
        task_id
    );
    end.execute(tx.connection()).await?;
    let duties = sqlx::query!("update duty set ended_at = ? where task_id = ? and ended_at is null", now, task_id);
    duties.execute(tx.connection()).await?;
    Ok(())
}

/// `reworded`: a coordinator's words stay, and the document's beside them.
async fn replace_task(
    tx: &mut Tx,
    (task_id, reworded): (i64, bool),
    section_id: Option<i64>,
    position: i64,
    task: &DraftTask,
) -> Result<()> {
    let (mode, targets) = (key(&task.mode)?, serde_json::to_string(&task.targets)?);
    let others = task.others.join("\n");
    let update = sqlx::query!(
        "update task set section_id = ?1, number = ?2, text = iif(?4, text, ?3), printed = iif(?4, ?3, null), mode = ?5,
             targets = ?6, others = ?7, position = ?8 where id = ?9",
        section_id,
        task.number,
        task.text,
        reworded,
        mode,
        targets,
        others,
        position,
        task_id
    );
    update.execute(tx.connection()).await?;
    Ok(())
}

/// Ends all parts in the task, then gives out those that the document names; a part that goes on keeps its row.
async fn replace_units(tx: &mut Tx, task_id: i64, task: &DraftTask) -> Result<Vec<String>> {
    let now = tx.now;
    sqlx::query!("delete from task_unit where task_id = ?", task_id).execute(tx.connection()).await?;
    let end = sqlx::query!("update duty set ended_at = ? where task_id = ? and ended_at is null", now, task_id);
    end.execute(tx.connection()).await?;
    rows::tasks::add_units(tx, task_id, task).await
}

/// A milestone with the same day and place is the same one, and where it has no day, with the same words; what is gone
/// stays on record.
async fn replace_milestones(tx: &mut Tx, task_id: i64, task: &DraftTask) -> Result<()> {
    let now = tx.now;
    let end = sqlx::query!(
        "update milestone set ended_at = ? where task_id = ? and ended_at is null and by_word = 0",
        now,
        task_id
    );
    end.execute(tx.connection()).await?;
    let mut added = Vec::new();
    for (position, milestone) in (0_i64..).zip(&task.milestones) {
        let kind = key(&milestone.kind)?;
        let rule = milestone.rule.map(|rule| serde_json::to_string(&rule)).transpose()?;
        let revive = sqlx::query!(
            "update milestone set ended_at = null, position = ?1, kind = ?2, doubt = ?3, text = ?5, rule = ?8
             where id = (select id from milestone
                         where task_id = ?4 and (text = ?5 or due is not null) and scope is ?6 and due is ?7
                           and ended_at is not null
                         order by text = ?5 desc, id desc limit 1)",
            position,
            kind,
            milestone.doubt,
            task_id,
            milestone.text,
            milestone.scope,
            milestone.due,
            rule
        );
        if revive.execute(tx.connection()).await?.rows_affected() == 0 {
            added.push(rows::tasks::add_milestone(tx, task_id, position, milestone).await?);
        }
    }
    amended::carry_moved_date(tx, task_id, &added).await
}
