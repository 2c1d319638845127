//! Tasks as coordinators call them.

use chrono::NaiveDate;

use crate::assigning::{Dated, Standing};
use crate::office::called::Called;
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{MilestoneId, PlanId, TaskId, UnitId};
use crate::plans;
use crate::plans::NotOne;
use crate::store::{Result, Tx};

/// The open tasks that are called so. A plan is called by its number, short name or title, else by words of its title.
pub async fn called(tx: &mut Tx, called: &Called) -> Result<Vec<Standing>> {
    let plans = match &called.plan {
        None => None,
        Some(words) => {
            let known = plans::rows::known_plans(tx, None).await?;
            let meant = match plans::chosen(words, &known) {
                Ok(plan) => vec![plan.id.0],
                Err(NotOne::Several(several)) => several.iter().map(|plan| plan.id.0).collect(),
                Err(NotOne::Unknown) => Vec::new(),
            };
            Some(serde_json::to_string(&meant)?)
        }
    };
    let rows = sqlx::query!(
        r#"select task.id as "id!", task.number, task.text, task.others, plan.id as "plan_id!", plan.title as plan,
               plan.code
           from task join plan on plan.id = plan_id
           where task.number = ?1 and task.ended_at is null and plan.closed_at is null
             and (?2 is null or plan.id in (select value from json_each(?2)))
           order by plan.id"#,
        called.number,
        plans
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let mut found = Vec::new();
    for row in rows {
        let (dates, units) = (dates(tx, row.id).await?, units(tx, row.id).await?);
        let task = TaskRef { id: TaskId(row.id), number: row.number, text: row.text, others: row.others };
        let plan = row.code.unwrap_or(row.plan);
        found.push(Standing { task, plan_id: PlanId(row.plan_id), plan, dates, units });
    }
    Ok(found)
}

/// The task, where a coordinator has ended it and its number is still free.
pub async fn restorable(tx: &mut Tx, task: TaskId) -> Result<Vec<Standing>> {
    let row = sqlx::query!(
        r#"select task.number, task.text, task.others, plan.id as "plan_id!", plan.title as plan
           from task join plan on plan.id = plan_id
           where task.id = ? and dropped_at is not null and closed_at is null
             and not exists (select 1 from task other where other.plan_id = task.plan_id
                             and other.number = task.number and other.ended_at is null)"#,
        task.0
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(Vec::new()) };
    let (dates, units) = (dates(tx, task.0).await?, units(tx, task.0).await?);
    let shown = TaskRef { id: task, number: row.number, text: row.text, others: row.others };
    Ok(vec![Standing { task: shown, plan_id: PlanId(row.plan_id), plan: row.plan, dates, units }])
}

async fn dates(tx: &mut Tx, task: i64) -> Result<Vec<Dated>> {
    let rows = sqlx::query!(
        r#"select id as "id!", coalesce(moved_to, due) as "due!: NaiveDate", scope from milestone
           where task_id = ? and due is not null and ended_at is null and kind not in ('window', 'start')
           order by coalesce(moved_to, due), position"#,
        task
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    let mut dates: Vec<Dated> = Vec::new();
    for date in rows.map(|row| Dated { id: MilestoneId(row.id), due: row.due, scope: row.scope }) {
        // A date that the task's words name twice is one.
        if !dates.iter().any(|known| known.due == date.due && known.scope == date.scope) {
            dates.push(date);
        }
    }
    Ok(dates)
}

async fn units(tx: &mut Tx, task: i64) -> Result<Vec<UnitRef>> {
    let rows = sqlx::query!(
        "select unit.id, name from duty join unit on unit.id = unit_id where task_id = ? and ended_at is null
         order by duty.id",
        task
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows.map(|row| UnitRef { id: UnitId(row.id), name: row.name }).collect())
}
