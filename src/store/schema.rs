//! Whether the tables, indexes and triggers of a database are those that the program made.

use std::collections::BTreeMap;

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::OnceCell;

use super::{Error, MIGRATIONS, Result, Tx};

/// What is wrong with a table, its name first.
pub(super) type Finding = (String, String);

/// By kind and name: the table that it belongs to, and how it was made.
type Schema = BTreeMap<(String, String), (String, String)>;

async fn schema(connection: &mut SqliteConnection) -> Result<Schema> {
    // What SQLite makes by itself has no text, or holds figures about indexes.
    let objects = "select type, name, tbl_name, sql from main.sqlite_schema
                   where sql is not null and name not in ('sqlite_stat1', 'sqlite_stat4', 'sqlite_sequence')";
    let objects: Vec<(String, String, String, String)> = sqlx::query_as(objects).fetch_all(connection).await?;
    let alike = |sql: String| sql.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(objects.into_iter().map(|(kind, name, table, sql)| ((kind, name), (table, alike(sql)))).collect())
}

/// As the migrations make it, which is the same each time.
static EXPECTED: OnceCell<Schema> = OnceCell::const_new();

async fn expected() -> Result<Schema> {
    let mut empty = SqliteConnection::connect("sqlite::memory:").await?;
    let made = MIGRATIONS.run(&mut empty).await;
    made.map_err(|cause| Error::Refused(format!("不能在内存中建立对照的表结构：{cause}。请稍后再试")))?;
    schema(&mut empty).await
}

/// What is there and was not made by the program, what is missing, and what is another than it was.
pub(super) async fn unlike_the_schema(tx: &mut Tx) -> Result<Vec<Finding>> {
    let expected = EXPECTED.get_or_try_init(expected).await?;
    let found = schema(tx.connection()).await?;
    let foreign = found.iter().filter_map(|(id, (table, sql))| {
        let label = label(id);
        match expected.get(id) {
            None => Some((table.clone(), format!("有一个不是本程序所建的{label}，请查明来历后删除"))),
            Some((_, wanted)) if wanted != sql => Some((table.clone(), format!("{label} 的定义被改动，请从备份恢复"))),
            Some(_) => None,
        }
    });
    let missing = expected.iter().filter(|(id, _)| !found.contains_key(id)).map(|(id, (table, _))| {
        let text = match id.1.as_str() {
            "ledger_refuses_update" | "ledger_refuses_delete" => "台账的防改触发器已被去掉，请从备份恢复".to_owned(),
            _ => format!("缺少{}，请从备份恢复", label(id)),
        };
        (table.clone(), text)
    });
    Ok(foreign.chain(missing).collect())
}

/// 触发器 evil
fn label((kind, name): &(String, String)) -> String {
    let kind = match kind.as_str() {
        "table" => "表",
        "index" => "索引",
        "view" => "视图",
        "trigger" => "触发器",
        other => other,
    };
    format!("{kind} {name}")
}
