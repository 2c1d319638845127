//! Secret keys that the database makes and keeps.

use crate::intent::seal::Seal;
use crate::store::{Error, Result, Tx, state};

/// The key that signs the links to the board page.
pub async fn board_key(tx: &mut Tx) -> Result<[u8; 32]> {
    key(tx, "board_key").await
}

/// What ties buttons to the chats for which they are drawn. A restored backup brings it along, so they go on working.
pub async fn button_seal(tx: &mut Tx) -> Result<Seal> {
    Ok(Seal::new(key(tx, "button_key").await?))
}

/// A random key, made when it is first asked for.
pub async fn key(tx: &mut Tx, name: &str) -> Result<[u8; 32]> {
    let known = sqlx::query_scalar!("select value from state where key = ?", name);
    if let Some(known) = known.fetch_optional(tx.connection()).await? {
        return Ok(serde_json::from_str(&known)?);
    }
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| Error::Refused(format!("操作系统没有给出随机数：{error}")))?;
    state::remember(tx, name, &serde_json::to_string(&key)?).await?;
    Ok(key)
}
