//! 细化分解: the steps of duties, and what happened to them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Result, Tx};
use crate::domain::duty::{ChatId, StepId};
use crate::domain::steps::Step;

impl Tx {
    /// The steps of each duty that were not removed, by due date.
    pub(super) async fn steps(&mut self, unit: Option<i64>, one: Option<i64>) -> Result<HashMap<i64, Vec<Step>>> {
        let rows = sqlx::query!(
            r#"select id, duty_id, text, due as "due: NaiveDate", state = 'done' as "done!: bool", chat_id, message_id
               from step where state <> 'removed'
                 and (?1 is null or duty_id in (select id from duty where unit_id = ?1)) and (?2 is null or duty_id = ?2)
               order by due, id"#,
            unit,
            one
        );
        let mut steps: HashMap<i64, Vec<Step>> = HashMap::new();
        for row in rows.fetch_all(self.connection()).await? {
            let step = Step {
                id: StepId(row.id),
                text: row.text,
                due: row.due,
                done: row.done,
                planned_in: (ChatId(row.chat_id), row.message_id),
            };
            steps.entry(row.duty_id).or_default().push(step);
        }
        Ok(steps)
    }
}
