//! What a report says in full.

use crate::instructions::{Said, Whole};
use crate::office::ids::ChatId;
use crate::store::{Result, Tx};

/// In its newest version.
pub async fn whole(tx: &mut Tx, said: Said) -> Result<Option<Whole>> {
    let row = sqlx::query!(
        r#"select report.chat_id, coalesce(whole, text) as "text!: String", unit.name as unit, person.name as person
           from report join report_version on report_id = report.id
           join duty on duty.id = report.duty_id join unit on unit.id = duty.unit_id
           join person on person.id = report.person_id
           where report.duty_id = ? and message_id = ? order by report.id desc, version desc limit 1"#,
        said.duty.0,
        said.message_id
    );
    let row = row.fetch_optional(tx.connection()).await?;
    Ok(row.map(|row| Whole { chat: ChatId(row.chat_id), unit: row.unit, person: row.person, text: row.text }))
}
