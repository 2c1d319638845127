//! What a report says in full.

use serde_json::json;

use crate::chat::incoming::Attachment;
use crate::instructions::{Said, Whole};
use crate::store::{Result, Tx};

/// In its newest version.
pub async fn whole(tx: &mut Tx, said: Said) -> Result<Option<Whole>> {
    let row = sqlx::query!(
        r#"select report.id as "id!", coalesce(whole, text) as "text!: String", unit.name as unit, person.name as person
           from report join report_version on report_id = report.id
           join duty on duty.id = report.duty_id join unit on unit.id = duty.unit_id
           join person on person.id = report.person_id
           where report.duty_id = ? and message_id = ? order by report.id desc, version desc limit 1"#,
        said.duty.0,
        said.message_id
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let files =
        sqlx::query!("select kind, file_id, name, origin from attachment where report_id = ? order by id", row.id);
    let files = files.fetch_all(tx.connection()).await?.into_iter().map(|file| {
        let kind = serde_json::from_value(json!(file.kind))?;
        Ok(Attachment { kind, file_id: file.file_id, name: file.name, origin: file.origin })
    });
    let attachments = files.collect::<Result<Vec<_>>>()?;
    Ok(Some(Whole { unit: row.unit, person: row.person, text: row.text, attachments }))
}
