//! The rows of the kept tables, as the ledger has them: an entry carries the digest of each row that changed since the entry
//! before, and the last entry of a change those that are left. So no table can be changed beside the ledger unnoticed.
//!
//! Which rows a change touches is noticed by triggers that belong to the connection, and so are not in the file. A digest
//! is the first half of SHA-256 over the table's name, a zero byte, and the rows that share the key, each as a JSON array
//! of its columns after its length in bytes as a big-endian 64-bit number, in the order of these arrays.

use std::collections::BTreeMap;
use std::fmt::Write;

use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

use crate::store::kept::{KEPT, Kept};
use crate::store::{Result, Tx, hexadecimal};

/// What an entry carries may be so many rows. A cell of the workbook holds 32,767 characters.
const MOST_ROWS: i64 = 500;
/// The entry of rows that changed after the last one that says why.
pub(super) const ROWS_CHANGED: &str = "rows_changed";

/// The digest of the rows with one key.
pub(super) struct RowDigest(Sha256);

impl RowDigest {
    pub(super) fn of(table: &str) -> RowDigest {
        let mut hasher = Sha256::new();
        hasher.update(table);
        hasher.update([0]);
        RowDigest(hasher)
    }

    pub(super) fn add(&mut self, row: &str) {
        self.0.update((row.len() as u64).to_be_bytes());
        self.0.update(row);
    }

    pub(super) fn finish(self) -> String {
        hexadecimal(&self.0.finalize()[..16])
    }
}

/// A column of a kept table: its name, and how it is written in JSON, which has no bytes.
async fn columns(connection: &mut SqliteConnection, kept: &Kept) -> Result<Vec<(String, String)>, sqlx::Error> {
    let columns = "select name, case type when 'BLOB' then 'hex(\"' || name || '\")' else '\"' || name || '\"' end
                   from pragma_table_info(?, 'main') order by cid";
    let columns: Vec<(String, String)> = sqlx::query_as(columns).bind(kept.table).fetch_all(connection).await?;
    Ok(columns.into_iter().filter(|(name, _)| !kept.passing.contains(&name.as_str())).collect())
}

/// Makes the views `held_TABLE` of this connection: each row of a kept table with its key and as JSON. A table that is not
/// in the file has none.
pub(super) async fn view_rows(connection: &mut SqliteConnection) -> Result<Vec<&'static Kept>, sqlx::Error> {
    let (mut seen, mut views) = (Vec::new(), String::new());
    for kept in &KEPT {
        let columns = columns(connection, kept).await?;
        if !columns.iter().any(|(name, _)| name == kept.key) {
            continue;
        }
        let (table, key) = (kept.table, kept.key);
        let row = columns.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
        let view = format!(
            r#"create temp view if not exists held_{table} as select "{key}" as key, json_array({row}) as row from main.{table};"#
        );
        views.push_str(&view);
        seen.push(kept);
    }
    sqlx::raw_sql(AssertSqlSafe(views)).execute(connection).await?;
    Ok(seen)
}

/// Notices from now on which rows of the kept tables change over this connection.
pub(super) async fn watch_rows(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let watched = "select count(*) from sqlite_temp_schema where name = 'changed'";
    if sqlx::query_scalar::<_, i64>(watched).fetch_one(&mut *connection).await? > 0 {
        return Ok(());
    }
    let seen = view_rows(connection).await?;
    let mut statements =
        "create temp table changed (of text not null, key not null, primary key (of, key)) without rowid;".to_owned();
    for kept in seen {
        let (table, key) = (kept.table, kept.key);
        let names: Vec<String> =
            columns(connection, kept).await?.into_iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let differ = names.iter().map(|name| format!("old.{name} is not new.{name}")).collect::<Vec<_>>().join(" or ");
        // An upsert overrules what a trigger says of conflicts, so there is none.
        let change = |row: &str| {
            format!(
                r#"insert into changed select '{table}', {row}."{key}"
                   where not exists (select 1 from changed where of = '{table}' and key = {row}."{key}");"#
            )
        };
        let (old, new, names) = (change("old"), change("new"), names.join(", "));
        let triggers = format!(
            "create temp trigger {table}_inserted after insert on main.{table} begin {new} end;
             create temp trigger {table}_deleted after delete on main.{table} begin {old} end;
             create temp trigger {table}_updated after update of {names} on main.{table} when {differ} begin {old} {new} end;"
        );
        statements.push_str(&triggers);
    }
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(connection).await?;
    Ok(())
}

/// Whether this is a change, and not only a view.
pub(super) async fn is_writing(tx: &mut Tx) -> Result<bool> {
    let watched = "select count(*) from sqlite_temp_schema where name = 'changed'";
    Ok(sqlx::query_scalar::<_, i64>(watched).fetch_one(tx.connection()).await? > 0)
}

/// The digests of the rows that changed since the entry before, as an entry carries them; `None` where they are too many
/// for one that says something else.
pub(super) async fn rows_for_an_entry(tx: &mut Tx) -> Result<Option<Map<String, Value>>> {
    let take = "delete from temp.changed where (select count(*) from (select 1 from temp.changed limit ?1 + 1)) <= ?1
                returning of, typeof(key) = 'integer', cast(key as text)";
    let rows = take_changed_rows(tx, take).await?;
    Ok(Some(rows).filter(|rows| !rows.is_empty()))
}

/// By table and key; `null` where no row has the key any more.
pub(super) async fn take_changed_rows(tx: &mut Tx, take: &'static str) -> Result<Map<String, Value>> {
    let rows = sqlx::query_as::<_, (String, bool, String)>(take).bind(MOST_ROWS).fetch_all(tx.connection()).await?;
    let mut touched: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (table, is_number, key) in rows {
        let key = if is_number { serde_json::from_str(&key)? } else { Value::from(key) };
        touched.entry(table).or_default().push(key);
    }
    if touched.is_empty() {
        return Ok(Map::new());
    }
    let named = |key: &Value| key.as_str().map_or_else(|| key.to_string(), str::to_owned);
    let mut taken: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (table, keys) in &touched {
        taken.insert(table, keys.iter().map(|key| (named(key), Value::Null)).collect());
    }
    for (table, key, digest) in digests(tx, &touched).await? {
        taken.entry(table).or_default().insert(key, digest.into());
    }
    Ok(taken.into_iter().map(|(table, rows)| (table.to_owned(), Value::Object(rows))).collect())
}

/// Of the rows with these keys in each table, as the tables have them now: with the table and the key.
async fn digests<'a>(tx: &mut Tx, touched: &'a BTreeMap<String, Vec<Value>>) -> Result<Vec<(&'a str, String, String)>> {
    let tables: Vec<&str> = touched.keys().map(String::as_str).collect();
    let of_table = |(place, table): (usize, &&str)| {
        format!(
            "select {place}, cast(key as text), row from temp.held_{table} where key in (select value from json_each(?{}))",
            place + 1
        )
    };
    // As many statements as there are sets of tables that change together, which are few.
    let rows = tables.iter().enumerate().map(of_table).collect::<Vec<_>>().join(" union all ") + " order by 1, 2, 3";
    let mut rows = sqlx::query_as::<_, (u32, String, String)>(AssertSqlSafe(rows));
    for keys in touched.values() {
        rows = rows.bind(serde_json::to_string(keys)?);
    }
    let mut rows = rows.fetch(tx.connection());
    let (mut digests, mut present) = (Vec::new(), None::<(&str, String, RowDigest)>);
    while let Some((place, key, row)) = rows.try_next().await? {
        let table = tables[place as usize];
        if present.as_ref().is_none_or(|(of, before, _)| *of != table || *before != key)
            && let Some((of, before, digest)) = present.replace((table, key, RowDigest::of(table)))
        {
            digests.push((of, before, digest.finish()));
        }
        if let Some((.., digest)) = &mut present {
            digest.add(&row);
        }
    }
    digests.extend(present.map(|(of, key, digest)| (of, key, digest.finish())));
    Ok(digests)
}

/// What the tables have otherwise than the ledger: the keys of the first few such rows, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unlike {
    pub rows: usize,
    pub first: Vec<String>,
}

impl Unlike {
    const NAMED: usize = 5;

    fn add(&mut self, key: String) {
        self.rows += 1;
        if self.first.len() < Unlike::NAMED {
            self.first.push(key);
        }
    }

    /// 2 处与台账不符（task_id 5、26）
    pub(super) fn describe(&self, kept: &Kept) -> String {
        let mut text = format!("{} 处与台账不符（{} {}", self.rows, kept.key, self.first.join("、"));
        if self.rows > self.first.len() {
            // A string takes whatever is written to it.
            let _ = write!(text, " 等");
        }
        text + "）"
    }
}

/// Each kept table that the file has, with what of it is unlike the ledger. Memory does not grow with either.
pub(super) async fn rows_unlike_the_ledger(tx: &mut Tx) -> Result<Vec<(&'static Kept, Unlike)>> {
    let seen = view_rows(tx.connection()).await?;
    // The last digest of a row counts.
    let gather = "drop table if exists temp.noted;
        create temp table noted (of text, key text, digest text, primary key (of, key)) without rowid;
        insert into temp.noted (of, key, digest)
            select tables.key, rows.key, rows.value from main.ledger
            cross join json_each(case when json_valid(body) then body else '{}' end, '$.rows') tables
            cross join json_each(tables.value) rows
            where true order by ledger.seq on conflict (of, key) do update set digest = excluded.digest;
        delete from temp.noted where digest is null;";
    sqlx::raw_sql(gather).execute(tx.connection()).await?;
    let mut found = Vec::new();
    for kept in seen {
        found.push((kept, unlike(tx, kept.table).await?));
    }
    sqlx::query("drop table temp.noted").execute(tx.connection()).await?;
    Ok(found)
}

async fn unlike(tx: &mut Tx, table: &'static str) -> Result<Unlike> {
    let mut unlike = Unlike::default();
    let gone = format!(
        "select key from temp.noted where of = '{table}'
         except select cast(key as text) from temp.held_{table}"
    );
    // What somebody else has written need not be text.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let mut gone = sqlx::query_scalar::<_, Vec<u8>>(AssertSqlSafe(gone)).fetch(tx.connection());
    while let Some(key) = gone.try_next().await? {
        unlike.add(text(key));
    }
    drop(gone);
    let rows = format!(
        "select cast(held.key as text), row,
             (select digest from temp.noted where of = '{table}' and noted.key = cast(held.key as text))
         from temp.held_{table} held order by held.key, row"
    );
    let rows = sqlx::query_as::<_, (Vec<u8>, Vec<u8>, Option<String>)>(AssertSqlSafe(rows)).fetch(tx.connection());
    let mut rows = rows.map_ok(|(key, row, noted)| (text(key), text(row), noted));
    let mut present = None::<(String, Option<String>, RowDigest)>;
    loop {
        let next = rows.try_next().await?;
        let goes_on = matches!((&next, &present), (Some((key, ..)), Some((before, ..))) if key == before);
        if !goes_on
            && let Some((key, noted, digest)) = present.take()
            && noted != Some(digest.finish())
        {
            unlike.add(key);
        }
        let Some((key, row, noted)) = next else { return Ok(unlike) };
        present.get_or_insert_with(|| (key, noted, RowDigest::of(table))).2.add(&row);
    }
}
