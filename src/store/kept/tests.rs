//! Tests that no value of a kept table can be changed beside the ledger, read from the tables as they are.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

use super::super::ledger::Actor;
use super::super::{MIGRATIONS, Store, Tx};
use super::KEPT;
use crate::store::{ledger, noting, verify};

/// The other tables, and why the ledger has nothing to say of them. A new table belongs to these or to the kept ones.
const NOT_KEPT: [(&str, &str); 15] = [
    ("ledger", "the ledger itself, which its hashes hold together"),
    ("inbox", "what has arrived and waits; what was made of it is kept"),
    ("outbox", "what waits to be sent; that a reminder was sent is an entry, by which it is recounted"),
    ("outbox_task", "which tasks the messages of the outbox name"),
    ("outbox_button", "follows from the messages of the outbox"),
    ("joint_answer", "an answer that still grows"),
    ("asked_last", "which question somebody's next plain words in private answer, for ten minutes"),
    ("evidence_piece", "the bytes of files; each file's digest is kept, and `verify` counts them anew"),
    ("evidence_wanted", "files that wait to be fetched; what was found of them is kept"),
    ("failed_code", "wrong codes, counted for a while"),
    ("hint", "what a chat was told today"),
    ("answering", "how fast somebody is answered at present"),
    ("state", "the process about itself: its name, its last poll"),
    ("task_text", "the search index, with its own tables; it follows from the tasks"),
    ("_sqlx_migrations", "how the tables were made"),
];

fn now() -> DateTime<Utc> {
    "2019-07-04T02:00:00Z".parse().unwrap()
}

fn address(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("duban.db").display())
}

/// Of somebody who owns the file: nothing is checked, and nothing is watched.
async fn forger(folder: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("duban.db"))
        .foreign_keys(false)
        .pragma("ignore_check_constraints", "1");
    SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap()
}

/// The columns of a table, each with its type.
async fn columns(pool: &SqlitePool, table: &str) -> Vec<(String, String)> {
    let columns = sqlx::query_as("select name, type from pragma_table_info(?)").bind(table);
    columns.fetch_all(pool).await.unwrap()
}

/// A value of the column's type.
fn value(kind: &str, number: i64) -> String {
    match kind {
        "INTEGER" => number.to_string(),
        "BLOB" => format!("cast('{number:032}' as blob)"),
        _ => format!("'{number}'"),
    }
}

/// A database with two rows in each kept table, written by the program.
async fn furnished(folder: &Path) -> SqlitePool {
    let store = Store::open_or_create(&address(folder)).await.unwrap();
    let pool = forger(folder).await;
    let mut checks = store.writer.acquire().await.unwrap();
    sqlx::query("pragma ignore_check_constraints = 1").execute(&mut *checks).await.unwrap();
    sqlx::query("pragma foreign_keys = 0").execute(&mut *checks).await.unwrap();
    drop(checks);
    let mut tx = store.begin(now()).await.unwrap();
    for kept in &KEPT {
        let columns = columns(&pool, kept.table).await;
        for number in [1, 2] {
            let values: Vec<String> = columns.iter().map(|(_, kind)| value(kind, number)).collect();
            let insert = format!("insert into {} values ({})", kept.table, values.join(", "));
            sqlx::query(AssertSqlSafe(insert)).execute(tx.connection()).await.unwrap();
        }
    }
    ledger::note(&mut tx, Actor::Operator, "furnished", json!({})).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    pool
}

/// The tables that are unlike the ledger after this change, which does not stay.
async fn found_after(pool: &SqlitePool, change: &str) -> Vec<&'static str> {
    let mut tx = Tx::of(pool.begin().await.unwrap(), now());
    let changed = sqlx::query(AssertSqlSafe(change.to_owned())).execute(tx.connection()).await;
    assert_eq!(changed.unwrap().rows_affected(), 1, "{change}");
    let found = noting::rows_unlike_the_ledger(&mut tx).await.unwrap();
    found.into_iter().filter(|(_, unlike)| unlike.rows > 0).map(|(kept, _)| kept.table).collect()
}

#[tokio::test]
async fn every_table_is_kept_or_has_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open_or_create(&address(folder.path())).await.unwrap());
    let pool = forger(folder.path()).await;
    let tables = "select name from sqlite_schema where type = 'table' and name not like 'task\\_text\\_%' escape '\\'
                  and name not like 'sqlite\\_%' escape '\\'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
    let known: Vec<&str> = KEPT.iter().map(|kept| kept.table).chain(NOT_KEPT.iter().map(|(table, _)| *table)).collect();
    let tables: BTreeSet<&str> = tables.iter().map(String::as_str).collect();
    assert_eq!(tables, known.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(known.len(), tables.len(), "none is both");
    assert!(NOT_KEPT.iter().all(|(_, reason)| !reason.is_empty()));
}

#[tokio::test]
async fn every_value_that_is_changed_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let pool = furnished(folder.path()).await;
    let mut values = 0;
    for kept in &KEPT {
        let columns = columns(&pool, kept.table).await;
        let (first, kind) = &columns[0];
        let one = format!("\"{first}\" = {}", value(kind, 1));
        for (name, kind) in &columns {
            let change = format!("update {} set \"{name}\" = {} where {one}", kept.table, value(kind, 3));
            let found = found_after(&pool, &change).await;
            let passes = kept.passing.contains(&name.as_str());
            assert_eq!(found, if passes { Vec::new() } else { vec![kept.table] }, "{change}");
            values += 1;
        }
        let delete = format!("delete from {} where {one}", kept.table);
        assert_eq!(found_after(&pool, &delete).await, [kept.table], "{delete}");
        let row: Vec<String> = columns.iter().map(|(_, kind)| value(kind, 9)).collect();
        let insert = format!("insert into {} values ({})", kept.table, row.join(", "));
        assert_eq!(found_after(&pool, &insert).await, [kept.table], "{insert}");
    }
    assert!(values > 200, "{values}");
}

/// A database with a unit, written by a program that noted no rows.
async fn written_by_an_earlier_version(folder: &Path) -> SqlitePool {
    let create = SqliteConnectOptions::new().filename(folder.join("duban.db")).create_if_missing(true);
    let earlier = SqlitePoolOptions::new().max_connections(1).connect_with(create).await.unwrap();
    MIGRATIONS.run(&earlier).await.unwrap();
    let mut tx = Tx::of(earlier.begin().await.unwrap(), now());
    sqlx::query("insert into unit (name) values ('省公安厅')").execute(tx.connection()).await.unwrap();
    let body = json!({ "unit": "省公安厅", "collective": false });
    ledger::append(&mut tx, Actor::Operator, "unit_added", &body).await.unwrap();
    tx.inner.commit().await.unwrap();
    earlier.close().await;
    forger(folder).await
}

/// What `verify` finds in the table of units, after the program has opened the database.
async fn found_in_units(folder: &Path) -> Option<String> {
    let store = Store::open(&address(folder)).await.unwrap();
    let verified = verify::verify(&mut store.read(now()).await.unwrap()).await.unwrap();
    store.close().await;
    let found: Vec<_> = verified.records.iter().filter(|record| !record.ok).collect();
    assert!(found.iter().all(|record| record.table == "unit"), "{found:?}");
    assert_eq!(verified.holds(), found.is_empty());
    found.first().and_then(|record| Some(record.found.as_ref()?.split('，').next()?.to_owned()))
}

#[tokio::test]
async fn an_earlier_versions_database_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let pool = written_by_an_earlier_version(folder.path()).await;
    let kinds = || async {
        let kinds = sqlx::query_scalar::<_, String>("select kind from ledger order by seq").fetch_all(&pool);
        kinds.await.unwrap().join(" ")
    };
    assert_eq!(found_in_units(folder.path()).await, None, "an honest database holds");
    assert_eq!(found_in_units(folder.path()).await, None);
    assert_eq!(kinds().await, "unit_added upgrade_begun rows_counted");
    sqlx::query("update unit set name = '省公安局'").execute(&pool).await.unwrap();
    assert_eq!(found_in_units(folder.path()).await.unwrap(), "1 处与台账不符（id 1）");
    // Whoever has it counted anew does not make it right.
    sqlx::query("pragma user_version = 0").execute(&pool).await.unwrap();
    assert_eq!(found_in_units(folder.path()).await.unwrap(), "升级之前（台账第 4 条）已有 1 处与台账不符（id 1）");
    assert_eq!(kinds().await, "unit_added upgrade_begun rows_counted upgrade_begun rows_counted");
}

#[tokio::test]
async fn an_upgrade_that_was_interrupted_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let pool = written_by_an_earlier_version(folder.path()).await;
    assert_eq!(found_in_units(folder.path()).await, None);
    // As it is after the tables were changed, and before they were counted.
    let mut tx = Tx::of(pool.begin().await.unwrap(), now());
    let body = json!({ "from": 1, "to": super::super::upgrade::version(), "unlike": {} });
    ledger::append(&mut tx, Actor::Operator, "upgrade_begun", &body).await.unwrap();
    sqlx::query("update unit set place = '长沙'").execute(tx.connection()).await.unwrap();
    sqlx::query("pragma user_version = 1").execute(tx.connection()).await.unwrap();
    tx.inner.commit().await.unwrap();
    assert_eq!(found_in_units(folder.path()).await, None, "what a migration has changed is no finding");
}
