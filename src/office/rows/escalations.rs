//! Which dates coordinators were told of because nobody answered for them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::reminding::item::{Item, Reason};
use crate::store::{Result, Tx};

/// Notes of whose silence coordinators are told, so that they are told once.
pub async fn note_escalations(tx: &mut Tx, items: &[Item], day: NaiveDate) -> Result<()> {
    for item in items.iter().filter(|item| item.reason == Reason::Escalation) {
        let (due, units) = (item.due(), serde_json::to_string(&item.silent)?);
        let note = sqlx::query!(
            "insert into escalation (duty_id, due, told_on)
             select duty.id, ?1, ?2 from duty join unit on unit.id = unit_id
             where task_id = ?3 and unit.name in (select value from json_each(?4)) on conflict do nothing",
            due,
            day,
            item.task.id.0,
            units
        );
        note.execute(tx.connection()).await?;
    }
    Ok(())
}

/// The due dates after which coordinators were told of a duty's silence.
pub async fn escalated(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<NaiveDate>>> {
    let rows = sqlx::query!(
        r#"select duty_id, due as "due: NaiveDate" from escalation
           where duty_id in (select value from json_each(?))"#,
        wanted
    );
    let mut escalated: HashMap<i64, Vec<NaiveDate>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        escalated.entry(row.duty_id).or_default().push(row.due);
    }
    Ok(escalated)
}
