//! A database of an earlier version on its way to the present one.
//!
//! New tables and columns change the digests of rows, so all of them are counted anew. Before that they are compared with
//! the ledger as they were, or what somebody changed behind the program's back would count as right from then on.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqlitePool;

use crate::store::kept::KEPT;
use crate::store::ledger::Actor;
use crate::store::noting::watch_rows;
use crate::store::{Error, MIGRATIONS, Result, Tx};
use crate::store::{ledger, noting};

/// The entries of an upgrade: what was compared before, and what was counted after.
pub(super) const BEGUN: &str = "upgrade_begun";
const ROWS_COUNTED: &str = "rows_counted";

/// The version that this program makes of a database.
pub(super) fn version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Up to which version the rows are counted.
pub(super) async fn counted_version(connection: &mut sqlx::SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("pragma user_version").fetch_one(connection).await?)
}

/// Whether a migration has come with a number below the last one that was applied.
async fn lacks_a_migration(writer: &SqlitePool) -> Result<bool> {
    let applied: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations").fetch_all(writer).await?;
    Ok(MIGRATIONS.iter().any(|migration| !applied.contains(&migration.version)))
}

pub(super) async fn bring_up_to_date(path: &Path, writer: &SqlitePool) -> Result<()> {
    let counted = counted_version(&mut *writer.acquire().await?).await?;
    if counted > version() {
        return Err(Error::Newer(path.to_owned()));
    }
    let is_due = counted != version() || lacks_a_migration(writer).await?;
    if is_due && let Some(tx) = at_the_last_entry(writer).await? {
        compare_before(tx).await?;
        // The views of the old tables would be in the way of changing these; a new connection has none.
        writer.acquire().await?.close().await?;
    }
    MIGRATIONS.run(writer).await.map_err(|cause| Error::Migration { path: path.to_owned(), cause })?;
    if !is_due {
        return Ok(());
    }
    watch_rows(&mut *writer.acquire().await?).await?;
    let mut tx = at_the_last_entry(writer).await?;
    if let Some(tx) = &mut tx {
        count_all(tx).await?;
    }
    let counted = format!("pragma user_version = {}", version());
    match tx {
        Some(mut tx) => {
            sqlx::query(AssertSqlSafe(counted)).execute(tx.connection()).await?;
            tx.commit().await
        }
        // Nothing is held yet.
        None => {
            sqlx::query(AssertSqlSafe(counted)).execute(writer).await?;
            Ok(())
        }
    }
}

/// A change at the instant of the last entry, because opening knows no time of its own. `None` while nothing is noted.
async fn at_the_last_entry(writer: &SqlitePool) -> Result<Option<Tx>> {
    let mut inner = writer.begin_with("BEGIN IMMEDIATE").await?;
    let has_ledger: i64 =
        sqlx::query_scalar("select count(*) from sqlite_schema where type = 'table' and name = 'ledger'")
            .fetch_one(&mut *inner)
            .await?;
    if has_ledger == 0 {
        return Ok(None);
    }
    let last: Option<DateTime<Utc>> =
        sqlx::query_scalar("select at from ledger order by seq desc limit 1").fetch_optional(&mut *inner).await?;
    Ok(last.map(|now| Tx::of(inner, now)))
}

/// Notes that an upgrade begins, with the rows that are not as the ledger has them. One that was interrupted has done so.
async fn compare_before(mut tx: Tx) -> Result<()> {
    let (from, to) = (counted_version(tx.connection()).await?, version());
    let last: Option<(String, String)> = sqlx::query_as("select kind, body from ledger order by seq desc limit 1")
        .fetch_optional(tx.connection())
        .await?;
    let has_begun = last.is_some_and(|(kind, last)| {
        let last: Value = serde_json::from_str(&last).unwrap_or_default();
        kind == BEGUN && last["to"] == to
    });
    if has_begun {
        return Ok(());
    }
    let body = json!({ "from": from, "to": to, "unlike": rows_unlike(&mut tx).await? });
    ledger::append(&mut tx, Actor::Operator, BEGUN, &body).await?;
    Ok(tx.inner.commit().await?)
}

/// By table. The ledgers of the earliest versions have no rows, and nothing is compared.
async fn rows_unlike(tx: &mut Tx) -> Result<Map<String, Value>> {
    let noted = "select exists (select 1 from ledger where json_valid(body) and json_type(body, '$.rows') is not null)";
    if !sqlx::query_scalar::<_, bool>(noted).fetch_one(tx.connection()).await? {
        return Ok(Map::new());
    }
    let compared = noting::rows_unlike_the_ledger(tx).await?.into_iter().filter(|(_, unlike)| unlike.rows > 0);
    Ok(compared.map(|(kept, unlike)| (kept.table.to_owned(), unlike.describe(kept).into())).collect())
}

async fn count_all(tx: &mut Tx) -> Result<()> {
    for kept in &KEPT {
        let table = kept.table;
        let every = format!("insert or ignore into temp.changed select '{table}', key from temp.held_{table}");
        sqlx::query(AssertSqlSafe(every)).execute(tx.connection()).await?;
    }
    ledger::note_rows(tx, ROWS_COUNTED).await
}
