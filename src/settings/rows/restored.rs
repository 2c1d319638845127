//! After a database was restored: the numbers of updates show that something came after the copy was made.
//!
//! Telegram counts a bot's updates one by one, and hands over only what was not confirmed. A database whose newest update
//! is number 100, and which is then given number 108, lacks seven that another database had.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::store::ledger::{self, Actor};
use crate::store::{Result, Tx};

/// After a week without updates Telegram's numbers begin anywhere, core.telegram.org/bots/api#update.
const NUMBERS_GO_ON: TimeDelta = TimeDelta::days(7);
/// Telegram keeps no more updates; a larger step is no gap, but a count that began anew.
const LARGEST_GAP: i64 = 100_000;

/// What a restored database lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    pub updates: i64,
    /// When the newest update that is here was received.
    pub from: DateTime<Utc>,
}

/// What lies between the newest update that is kept and `first`, the first one that Telegram hands over.
pub async fn lost_before(tx: &mut Tx, first: i64) -> Result<Option<Lost>> {
    let newest = sqlx::query!(
        r#"select update_id as "update_id!: i64", received_at as "received_at!: DateTime<Utc>" from inbox
               order by update_id desc limit 1"#
    );
    let Some(newest) = newest.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let updates = first.saturating_sub(newest.update_id).saturating_sub(1);
    let is_a_gap = (1..LARGEST_GAP).contains(&updates) && tx.now - newest.received_at < NUMBERS_GO_ON;
    Ok(is_a_gap.then_some(Lost { updates, from: newest.received_at }))
}

/// Notes it, so that each group hears of it in its next digest.
pub async fn note_lost(tx: &mut Tx, lost: Lost) -> Result<()> {
    let span = serde_json::to_string(&(lost.from, tx.now))?;
    let set = sqlx::query!(
        "insert into state (key, value) values ('restored', ?)
             on conflict (key) do update set value = excluded.value",
        span
    );
    set.execute(tx.connection()).await?;
    let body = json!({ "from": lost.from, "to": tx.now, "updates": lost.updates });
    ledger::note(tx, Actor::Bot, "restored", body).await
}

/// The span of which a restored database lacks something: from when to when.
pub async fn restored(tx: &mut Tx) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    let span = sqlx::query_scalar!("select value from state where key = 'restored'");
    let span = span.fetch_optional(tx.connection()).await?;
    Ok(span.as_deref().map(serde_json::from_str).transpose()?)
}
