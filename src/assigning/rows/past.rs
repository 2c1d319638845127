//! What coordinators have changed of a task, in its history.

use chrono::{DateTime, NaiveDate, Utc};

use crate::assigning::announced::What;
use crate::history;
use crate::history::Entry;
use crate::history::rows::Of;
use crate::store::{Result, Tx};

/// Once a change, whatever units it is for, and without what a document brought; of one unit's tasks where it is given, by id or name.
pub async fn changes_in_history(tx: &mut Tx, of: Of<'_>) -> Result<Vec<Entry>> {
    let (unit, plan) = (of.unit.map(|unit| unit.0), of.plan.map(|plan| plan.0));
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, person.name as "person?", change.at as "at: DateTime<Utc>",
               change.kind, old, new, reason,
               (select name from unit where id = ?2 or name = ?3) as "unit?"
           from task_change change join task on task.id = change.task_id join plan on plan.id = task.plan_id
           left join person on person.id = change.person_id
           where (change.kind <> 'assigned' or plan.standing = 1) and (?1 is null or task.number = ?1)
             and (?4 is null or task.plan_id = ?4)
             and ((?2 is null and ?3 is null)
                  or exists (select 1 from duty join unit on unit.id = duty.unit_id
                             where duty.task_id = task.id and (unit.id = ?2 or unit.name = ?3)))
           order by change.id"#,
        of.number,
        unit,
        of.unit_name,
        plan
    );
    let day = |text: Option<&str>| text.and_then(|text| text.parse::<NaiveDate>().ok());
    let entries = rows.fetch_all(tx.connection()).await?.into_iter().filter_map(|row| {
        let change = match row.kind.as_str() {
            "assigned" => What::Assigned,
            "due" => What::Due { old: day(row.old.as_deref()), new: day(row.new.as_deref())? },
            "text" => What::Text(row.new?),
            "dropped" => What::Dropped,
            _ => What::Restored,
        };
        Some(Entry {
            at: row.at,
            task: row.number,
            plan: Some(row.plan),
            unit: row.unit.unwrap_or_else(|| "各单位".to_owned()),
            person: row.person.unwrap_or_else(|| "命令行".to_owned()),
            what: history::What::Changed { change, reason: row.reason },
        })
    });
    Ok(entries.collect())
}
