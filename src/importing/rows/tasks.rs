//! The tasks of a plan with their sections, milestones and units.

use crate::office::duty::Role;
use crate::office::ids::UnitId;
use crate::office::plan::{Draft, DraftMilestone, DraftTask};
use crate::store::{Error, Result, Tx};
use crate::{roll, transfers};

/// Sections by ordinal.
pub async fn add_sections(tx: &mut Tx, plan_id: i64, draft: &Draft) -> Result<Vec<(String, i64)>> {
    let mut sections = Vec::new();
    for (position, section) in (0_i64..).zip(&draft.sections) {
        let insert = sqlx::query!(
            "insert into section (plan_id, ordinal, title, position) values (?, ?, ?, ?)",
            plan_id,
            section.ordinal,
            section.title,
            position
        );
        let id = insert.execute(tx.connection()).await?.last_insert_rowid();
        sections.push((section.ordinal.clone(), id));
    }
    Ok(sections)
}

/// The ids of the draft's tasks in its order, with those that a coordinator has ended.
pub async fn tasks_by_place(tx: &mut Tx, plan_id: i64, draft: &Draft) -> Result<Vec<i64>> {
    let rows = sqlx::query_scalar!(
        r#"select id as "id!" from task where plan_id = ? and (ended_at is null or dropped_at is not null)
           order by position"#,
        plan_id
    );
    let tasks = rows.fetch_all(tx.connection()).await?;
    if tasks.len() == draft.tasks.len() {
        Ok(tasks)
    } else {
        Err(Error::Refused(format!("方案 {plan_id} 的任务与其存档不符，请运行 duban verify")))
    }
}

/// Adds a task with its milestones and duties; the names of the units that were not on the roll before.
pub async fn add_task(
    tx: &mut Tx,
    plan_id: i64,
    sections: &[(String, i64)],
    position: i64,
    task: &DraftTask,
) -> Result<Vec<String>> {
    let (mode, targets) = (key(&task.mode)?, serde_json::to_string(&task.targets)?);
    let others = task.others.join("\n");
    let section = section_of(task, sections);
    let insert = sqlx::query!(
        "insert into task (plan_id, section_id, number, text, mode, targets, others, position)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        plan_id,
        section,
        task.number,
        task.text,
        mode,
        targets,
        others,
        position
    );
    let task_id = insert.execute(tx.connection()).await?.last_insert_rowid();
    for (position, milestone) in (0_i64..).zip(&task.milestones) {
        add_milestone(tx, task_id, position, milestone).await?;
    }
    add_units(tx, task_id, task).await
}

/// The number of the new milestone.
pub async fn add_milestone(tx: &mut Tx, task_id: i64, position: i64, milestone: &DraftMilestone) -> Result<i64> {
    let kind = key(&milestone.kind)?;
    let rule = milestone.rule.map(|rule| serde_json::to_string(&rule)).transpose()?;
    let insert = sqlx::query!(
        "insert into milestone (task_id, text, kind, due, scope, doubt, position, rule) values (?, ?, ?, ?, ?, ?, ?, ?)",
        task_id,
        milestone.text,
        kind,
        milestone.due,
        milestone.scope,
        milestone.doubt,
        position,
        rule
    );
    Ok(insert.execute(tx.connection()).await?.last_insert_rowid())
}

/// Adds the units that a task names, each with its duty.
pub async fn add_units(tx: &mut Tx, task_id: i64, task: &DraftTask) -> Result<Vec<String>> {
    let named = [
        (&task.leads, Some(Role::Lead)),
        (&task.responsible, Some(Role::Responsible)),
        (&task.supporting, Some(Role::Supporting)),
        (&task.collectives, None),
    ];
    let named = named.into_iter().flat_map(|(names, role)| names.iter().map(move |name| (name, role)));
    let mut new_units = Vec::new();
    for (position, (name, role)) in (0_i64..).zip(named) {
        if roll::rows::add_unit(tx, name, role.is_none()).await? {
            new_units.push(name.clone());
        }
        let unit = roll::rows::unit_id(tx, name).await?;
        let printed_role = role.map_or("collective", Role::key);
        let insert = sqlx::query!(
            "insert into task_unit (task_id, unit_id, role, position) values (?, ?, ?, ?) on conflict do nothing",
            task_id,
            unit.0,
            printed_role,
            position
        );
        insert.execute(tx.connection()).await?;
        if let Some(role) = role {
            add_duty(tx, task_id, unit, role).await?;
        }
    }
    Ok(new_units)
}

/// Gives a unit its part in a task. A part that had ended, or came through a collective, becomes the unit's own.
/// What coordinators passed on stays with whom they passed it to, and what a predecessor has finished stays finished.
async fn add_duty(tx: &mut Tx, task_id: i64, unit: UnitId, role: Role) -> Result<()> {
    let (unit, role) = (transfers::rows::holder(tx, task_id, unit).await?, role.key());
    let finished = sqlx::query!(
        "with recursive former (id) as (
             select id from unit where successor_id = ?2
             union select unit.id from former join unit on unit.successor_id = former.id)
         update duty set ended_at = null
         where task_id = ?1 and status in ('done', 'suspended') and unit_id in (select id from former)
           and not exists (select 1 from duty own where own.task_id = ?1 and own.unit_id = ?2)",
        task_id,
        unit.0
    );
    if finished.execute(tx.connection()).await?.rows_affected() > 0 {
        return Ok(());
    }
    let insert = sqlx::query!(
        "insert into duty (task_id, unit_id, role) values (?, ?, ?) on conflict (task_id, unit_id) do update
         set role = excluded.role, via_id = null, ended_at = null where ended_at is not null or via_id is not null",
        task_id,
        unit.0,
        role
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

/// The section above a task.
pub fn section_of(task: &DraftTask, sections: &[(String, i64)]) -> Option<i64> {
    let above = sections.iter().find(|(ordinal, _)| Some(ordinal) == task.section.as_ref());
    above.map(|(_, id)| *id)
}

/// The name that an enum's value has in JSON.
pub fn key(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
