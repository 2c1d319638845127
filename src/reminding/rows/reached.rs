//! Whom a reminder reaches.

use crate::quiet;
use crate::store::{Result, Tx, outbox};

/// The names of the units that have a chat.
pub async fn units_with_chat(tx: &mut Tx) -> Result<Vec<String>> {
    let names =
        sqlx::query_scalar!("select unit.name from chat join unit on unit.id = chat.unit_id where reachable = 1");
    Ok(names.fetch_all(tx.connection()).await?)
}

/// Without those whose groups are left in peace.
pub async fn units_reached(tx: &mut Tx) -> Result<Vec<String>> {
    let silenced = quiet::rows::silenced_units(tx).await?;
    let mut reached = units_with_chat(tx).await?;
    reached.retain(|unit| !silenced.contains(unit));
    Ok(reached)
}

pub async fn coordinators_have_chat(tx: &mut Tx) -> Result<bool> {
    Ok(!outbox::chats_of_coordinators(tx).await?.is_empty())
}
