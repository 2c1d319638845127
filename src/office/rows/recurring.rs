//! Dates that come round, with what units have reported.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::office::ids::MilestoneId;
use crate::office::recurring::Recurring;
use crate::store::{Result, Tx};

/// The recurring dates of some tasks, and when each duty was reported on.
#[derive(Default)]
pub struct RecurringDates {
    of_task: HashMap<i64, Vec<Recurring>>,
    told: HashMap<i64, Vec<DateTime<Utc>>>,
}

impl RecurringDates {
    /// Those of a duty. `binding`: whether a date with this scope is for its unit.
    pub fn of(&mut self, (duty, task): (i64, i64), binding: impl Fn(Option<&str>) -> bool) -> Vec<Recurring> {
        let Some(of_task) = self.of_task.get(&task) else { return Vec::new() };
        let told = self.told.remove(&duty).unwrap_or_default();
        let bound = of_task.iter().filter(|one| binding(one.scope.as_deref()));
        bound.map(|one| Recurring { told: told.clone(), ..one.clone() }).collect()
    }
}

pub async fn recurring_dates(tx: &mut Tx, wanted: &str) -> Result<RecurringDates> {
    let rows = sqlx::query!(
        r#"select milestone.id as "id!", task_id, milestone.text, scope, rule as "rule!", imported_at as "imported_at: DateTime<Utc>"
           from milestone join task on task.id = task_id join plan on plan.id = plan_id
           where kind = 'recurring' and rule is not null and milestone.ended_at is null
             and task_id in (select task_id from duty where id in (select value from json_each(?)))
           order by milestone.position"#,
        wanted
    );
    let begun = sqlx::query_scalar!(r#"select min(planned_for) as "at: DateTime<Utc>" from reminder"#);
    let now = tx.now;
    let begun = begun.fetch_one(tx.connection()).await?.unwrap_or(now);
    let mut of_task: HashMap<i64, Vec<Recurring>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let one = Recurring {
            id: MilestoneId(row.id),
            text: row.text,
            scope: row.scope,
            rule: serde_json::from_str(&row.rule)?,
            // A rehearsal's clock may show less than that of the import.
            since: if row.imported_at <= now { begun.max(row.imported_at) } else { begun },
            told: Vec::new(),
        };
        let of_task = of_task.entry(row.task_id).or_default();
        // What the words say twice is one.
        if !of_task.iter().any(|known| known.rule == one.rule && known.scope == one.scope) {
            of_task.push(one);
        }
    }
    let tasks = serde_json::to_string(&of_task.keys().collect::<Vec<_>>())?;
    let rows = sqlx::query!(
        r#"select duty_id, version.reported_at as "at: DateTime<Utc>" from report
           join report_version version on version.report_id = report.id join duty on duty.id = duty_id
           where withdrawn_at is null and aside is null
             and (version.status is not null or version.percent is not null or version.unchanged)
             and version.version = (select max(version) from report_version where report_id = report.id)
             and duty_id in (select value from json_each(?1)) and task_id in (select value from json_each(?2))
           order by version.reported_at"#,
        wanted,
        tasks
    );
    let mut told: HashMap<i64, Vec<DateTime<Utc>>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        told.entry(row.duty_id).or_default().push(row.at);
    }
    Ok(RecurringDates { of_task, told })
}
