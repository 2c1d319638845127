//! What a meeting knows of the time since the last one.

pub mod happened;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::briefing::{Call, Since, rows};
use crate::office::ids::{DutyId, TaskId, UnitId};
use crate::reminding;
use crate::reminding::slot::Part;
use crate::store::{Result, Tx, ledger};

/// Before the first briefing a meeting looks back so far.
const FIRST_LOOK: TimeDelta = TimeDelta::days(7);

/// Since the last briefing.
pub async fn since_last_briefing(tx: &mut Tx) -> Result<Since> {
    let now = tx.now;
    let last =
        reminding::rows::served::served(tx, Part::Briefing).await?.map_or(now - FIRST_LOOK, |served| served.up_to);
    since(tx, last).await
}

pub async fn since(tx: &mut Tx, at: DateTime<Utc>) -> Result<Since> {
    let ledger = ledger::ledger_head(tx).await?;
    Ok(Since {
        at,
        happened: rows::happened::happened_since(tx, at).await?,
        blocked_before: blocked_at(tx, at).await?,
        call: last_call(tx).await?,
        asked: asked(tx).await?,
        entries: ledger.entries,
        head: ledger.head,
    })
}

/// Duties that are blocked, and whose last word on how they stand, before an instant, was that they are.
async fn blocked_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<DutyId>> {
    let duties = sqlx::query_scalar!(
        r#"select id as "id!" from duty
           where status in ('blocked', 'suspended') and (
               select said.status from report join report_version said on said.report_id = report.id
                   and said.version = (select max(version) from report_version where report_id = report.id)
               where report.duty_id = duty.id and withdrawn_at is null and said.status is not null
                 and said.reported_at < ?1
               order by said.reported_at desc, report.id desc limit 1) in ('blocked', 'suspended')"#,
        at
    );
    Ok(duties.fetch_all(tx.connection()).await?.into_iter().map(DutyId).collect())
}

/// When each unit was last asked for each task: for one of its dates, or for its progress.
async fn asked(tx: &mut Tx) -> Result<HashMap<(UnitId, TaskId), DateTime<Utc>>> {
    let rows = sqlx::query!(
        r#"select reminder.unit_id as "unit!: i64", task_id as "task!: i64", max(planned_for) as "at!: DateTime<Utc>"
           from reminder_item join reminder on reminder.id = reminder_id
           where reminder.unit_id is not null and copy_of is null group by reminder.unit_id, task_id"#
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows.map(|row| ((UnitId(row.unit), TaskId(row.task)), row.at)).collect())
}

async fn last_call(tx: &mut Tx) -> Result<Option<Call>> {
    let rows = sqlx::query!(
        r#"select reminder.day as "day: NaiveDate", unit.name,
               exists (select 1 from report join duty on duty.id = report.duty_id
                       where duty.unit_id = unit.id and withdrawn_at is null
                         and report.recorded_at >= reminder.planned_for) as "answered!: bool"
           from reminder join unit on unit.id = reminder.unit_id
           where copy_of is null
             and exists (select 1 from reminder_item
                         where reminder_id = reminder.id and reason = 'progress_call')
             and reminder.day = (select max(day) from reminder called
                                 join reminder_item on reminder_id = called.id and reason = 'progress_call'
                                 where called.unit_id is not null)
           order by unit.id"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let Some(day) = rows.first().map(|row| row.day) else { return Ok(None) };
    let names = |answered| rows.iter().filter(|row| row.answered == answered).map(|row| row.name.clone()).collect();
    Ok(Some(Call { day, answered: names(true), waiting: names(false) }))
}
