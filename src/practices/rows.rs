//! 经验: what reports pass on, and what coordinators recommend of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::office::ids::{DutyId, PersonId, PracticeId};
use crate::practices::{Change, Practice};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    match change {
        Change::Recommend { duty, practice, recommended: now } => recommend(tx, *duty, *practice, *now, person).await,
    }
}

/// The practices of duties, oldest first.
pub async fn practices(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<Practice>>> {
    let rows = sqlx::query!(
        r#"select practice.id as "id!", practice.duty_id as "duty_id!", what, reported_at as "said_at: DateTime<Utc>",
               recommended_at is not null as "recommended!: bool"
           from practice join report on report.id = report_id
           where withdrawn_at is null and dropped = 0
             and practice.duty_id in (select value from json_each(?))
           order by reported_at, practice.id"#,
        wanted
    );
    let mut practices: HashMap<i64, Vec<Practice>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let practice =
            Practice { id: PracticeId(row.id), what: row.what, said_at: row.said_at, recommended: row.recommended };
        practices.entry(row.duty_id).or_default().push(practice);
    }
    Ok(practices)
}

/// Keeps the practices of a report's newest version.
pub async fn hear_practices(tx: &mut Tx, duty: DutyId, report: i64, named: &[String]) -> Result<()> {
    let drop = sqlx::query!("update practice set dropped = 1 where report_id = ? and dropped = 0", report);
    drop.execute(tx.connection()).await?;
    for what in named {
        let keep = sqlx::query!(
            "insert into practice (duty_id, report_id, what) values (?, ?, ?)
             on conflict (report_id, what) do update set dropped = 0",
            duty.0,
            report,
            what
        );
        keep.execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn recommend(
    tx: &mut Tx,
    duty: DutyId,
    practice: PracticeId,
    recommended: bool,
    person: PersonId,
) -> Result<()> {
    let (by, at) = if recommended { (Some(person.0), Some(tx.now)) } else { (None, None) };
    let set =
        sqlx::query!("update practice set recommended_by = ?, recommended_at = ? where id = ?", by, at, practice.0);
    set.execute(tx.connection()).await?;
    let body = json!({ "duty": duty, "practice": practice, "recommended": recommended });
    ledger::note(tx, Actor::Person(person), "practice_recommended", body).await
}
