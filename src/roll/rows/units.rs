//! A unit by its number.

use crate::office::duty::UnitRef;
use crate::office::ids::UnitId;
use crate::store::{Result, Tx};

pub async fn unit(tx: &mut Tx, id: UnitId) -> Result<Option<UnitRef>> {
    let row = sqlx::query!("select id, name from unit where id = ?", id.0);
    Ok(row.fetch_optional(tx.connection()).await?.map(|row| UnitRef { id: UnitId(row.id), name: row.name }))
}
