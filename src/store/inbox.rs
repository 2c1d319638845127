//! What came in: kept before Telegram is told that we have it, worked off later, never twice.

use chrono::TimeDelta;

use super::{Result, Tx};

/// After so many failures an update is set aside, so that it does not hold up the ones behind it.
const ATTEMPTS: i64 = 3;
/// Update ids may start anew after a quiet week, so older ones must not count as seen for ever.
const KEPT: TimeDelta = TimeDelta::days(30);

/// An update as it arrived.
#[derive(Clone, Debug)]
pub struct Update {
    pub update_id: i64,
    pub raw: String,
}

impl Tx {
    /// Keeps an update, unless it is here already; whether it was new.
    pub async fn receive(&mut self, update: &Update) -> Result<bool> {
        let now = self.now;
        let insert = sqlx::query!(
            "insert into inbox (update_id, received_at, raw) values (?, ?, ?) on conflict do nothing",
            update.update_id,
            now,
            update.raw
        );
        Ok(insert.execute(self.connection()).await?.rows_affected() > 0)
    }

    /// The oldest updates that wait.
    pub async fn waiting_updates(&mut self, limit: i64) -> Result<Vec<Update>> {
        let waiting = sqlx::query_as!(
            Update,
            "select update_id, raw from inbox where state = 'new' order by update_id limit ?",
            limit
        );
        Ok(waiting.fetch_all(self.connection()).await?)
    }

    pub async fn finish_update(&mut self, update_id: i64) -> Result<()> {
        let done = sqlx::query!("update inbox set state = 'done' where update_id = ?", update_id);
        done.execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that an update could not be handled; whether it is given up.
    pub async fn fail_update(&mut self, update_id: i64, error: &str) -> Result<bool> {
        let failed = sqlx::query_scalar!(
            r#"update inbox set attempts = attempts + 1, error = ?2,
                   state = case when attempts + 1 >= ?3 then 'dead' else 'new' end
               where update_id = ?1 returning state as "state!""#,
            update_id,
            error,
            ATTEMPTS
        );
        Ok(failed.fetch_one(self.connection()).await? == "dead")
    }

    /// Forgets updates that can no longer come again.
    pub async fn forget_old_updates(&mut self) -> Result<()> {
        let before = self.now - KEPT;
        let forget = sqlx::query!("delete from inbox where state = 'done' and received_at < ?", before);
        forget.execute(self.connection()).await?;
        Ok(())
    }
}
