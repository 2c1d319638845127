//! What a report says in full.

use serde_json::json;

use crate::instructions::{Change, Said, Whole};
use crate::office::ids::{ChatId, PersonId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::Instruct { duty, words } => {
            ledger::note(tx, by, "unit_instructed", json!({ "duty": duty, "words": words })).await
        }
        Change::Answer { duty, words } => {
            ledger::note(tx, by, "instruction_answered", json!({ "duty": duty, "words": words })).await
        }
    }
}

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
