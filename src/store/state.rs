//! Single values that the bot remembers.

use crate::store::{Result, Tx};

pub async fn remember(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    let set = sqlx::query!(
        "insert into state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        key,
        value
    );
    set.execute(tx.connection()).await?;
    Ok(())
}
