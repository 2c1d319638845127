//! 催办: what was asked for beside the schedule.

use chrono::NaiveDate;
use serde_json::json;

use crate::contacts;
use crate::deciding::facts::Facts;
use crate::nudges::Change;
use crate::office::ids::{PersonId, TaskId, UnitId};
use crate::office::moment::Moment;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    match change {
        Change::Nudge { unit, tasks, day } => nudge(tx, *unit, tasks, *day, person).await,
    }
}

/// Who was asked already, and who is called where a unit is asked now.
pub async fn add_facts_of_nudges(tx: &mut Tx, facts: &mut Facts, moment: Moment) -> Result<()> {
    facts.nudged = nudged_on(tx, moment.working_day()).await?;
    facts.mentioned = contacts::rows::mentionable(tx, None).await?;
    Ok(())
}

/// Which unit was asked about which task on this day.
async fn nudged_on(tx: &mut Tx, day: NaiveDate) -> Result<Vec<(UnitId, TaskId)>> {
    let rows = sqlx::query!("select unit_id, task_id from nudge where day = ?", day);
    let rows = rows.fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| (UnitId(row.unit_id), TaskId(row.task_id))).collect())
}

pub async fn nudge(tx: &mut Tx, unit: UnitId, tasks: &[TaskId], day: NaiveDate, person: PersonId) -> Result<()> {
    for task in tasks {
        let insert = sqlx::query!(
            "insert into nudge (unit_id, task_id, day, person_id) values (?, ?, ?, ?) on conflict do nothing",
            unit.0,
            task.0,
            day,
            person.0
        );
        insert.execute(tx.connection()).await?;
    }
    ledger::note(tx, Actor::Person(person), "nudged", json!({ "unit": unit, "tasks": tasks, "day": day })).await
}
