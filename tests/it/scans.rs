//! No statement reads a whole table that grows: the plans that SQLite makes for all of them, on a database as the migrations
//! make it. The exceptions stand here, each with its reason; the list may get shorter and never longer.

use std::collections::BTreeSet;
use std::path::Path;

use duban::store::Store;
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Tables as long as the office is wide, or as a coordinator has patience to write: they do not grow with what happens.
const FEW: [&str; 22] = [
    "area",
    "chat",
    "citation",
    "contact",
    "coordinator",
    "document",
    "evidence_wanted",
    "former_coordinator",
    "holiday_year",
    "inspection",
    "issued_bulletin",
    "plan",
    "policy",
    "schedule",
    "section",
    "sqlite_schema",
    "state",
    "task_change",
    "task_change_unit",
    "unit",
    "unit_alias",
    "unit_member",
];

/// Indexes of what waits, each as long as that.
const WAITING: [&str; 7] = [
    "document_wanted",
    "duty_blocked",
    "inbox_dead",
    "inbox_new",
    "outbox_failed",
    "outbox_waiting",
    "question_waiting",
];

/// Statements that read a whole table, by words that only they have, with why they may.
const EXCEPTIONS: [(&str, &str); 24] = [
    ("from ledger order by seq desc limit 1", "reads one row, the last"),
    (
        "from ledger where actor <> 'operator' and kind <> 'rows_changed' order by seq desc",
        "reads from the end, at the start",
    ),
    ("from inbox order by update_id desc limit 1", "reads one row, the last"),
    ("from ledger order by seq", "verifies"),
    ("from ledger, json_each(body, '$.unlike')", "verifies"),
    ("from ledger where kind = 'reminder_sent'", "verifies"),
    ("from ledger where kind in ('report_recorded', 'report_revised')", "verifies"),
    ("from ledger where kind in ('claim_decided',", "verifies"),
    ("from ledger where kind = 'problem_ended'", "verifies"),
    ("as \"is_counted!: bool\" from duty", "verifies"),
    ("select duty_id from problem union", "verifies"),
    ("from report join report_version on report_version.report_id = report.id join person", "exports everything"),
    ("from outbox join reminder on reminder.id = reminder_id join chat", "exports everything"),
    (
        "min(version), file.key) as \"id!: i64\"",
        "lists the files of answers to inspections, for the archive and the workbook",
    ),
    ("group by answer.id order by answer.id", "once a file that was fetched; answers to inspections are few"),
    ("max(planned_for) as \"at!: DateTime<Utc>\" from reminder_item", "the meeting paper tells who was asked when"),
    ("name from person", "the workbook names everybody"),
    (
        "unit.name as unit from duty join task on task.id = task_id join unit on unit.id = unit_id",
        "the workbook names every duty",
    ),
    ("insert into duty (task_id, unit_id, role, via_id)", "imports a plan"),
    ("update duty set ended_at = null where ended_at is not null and (", "imports a plan"),
    ("select state as \"state!\", count(*)", "counts for whoever watches over the bot"),
    ("select distinct sha256, size from evidence", "counts the room of kept files, beside the answers"),
    ("select id as \"id!\" from task where instr(text, ?) > 0", "trigrams find nothing shorter than three characters"),
    ("select json_group_array(id) as \"ids!: String\" from duty", "asks about the whole office; only the ids"),
];

#[tokio::test]
async fn no_statement_reads_a_whole_table_that_grows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("duban.db");
    let store = Store::open_or_create(&format!("sqlite://{}", path.display())).await.expect("a database");
    store.close().await;
    // With foreign keys the plan of an insert names tables that are read only while a reference is broken.
    let options = SqliteConnectOptions::new().filename(&path).foreign_keys(false);
    let mut connection = options.connect().await.expect("open");
    let tables = sqlx::query_scalar("select name from sqlite_schema where type = 'table'");
    let tables: BTreeSet<String> = tables.fetch_all(&mut connection).await.expect("tables").into_iter().collect();
    let (mut scanning, mut excused) = (Vec::new(), BTreeSet::new());
    for statement in statements() {
        let scans = scans(&mut connection, &statement, &tables).await;
        if scans.is_empty() {
            continue;
        }
        match EXCEPTIONS.iter().position(|(words, _)| statement.contains(words)) {
            Some(place) => drop(excused.insert(place)),
            None => scanning.push(format!("{}\n  {statement}", scans.join(", "))),
        }
    }
    assert!(scanning.is_empty(), "these read a whole table that grows:\n{}", scanning.join("\n"));
    let needless: Vec<_> = (0..EXCEPTIONS.len()).filter(|place| !excused.contains(place)).collect();
    assert!(needless.is_empty(), "these exceptions are not needed any more: {needless:?}");
}

/// Every statement of the program that is known when it is built, on one line each.
fn statements() -> Vec<String> {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = std::fs::read_dir(cache).expect("the queries' cache");
    let mut statements: Vec<String> = files
        .map(|file| {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("read");
            let described: Value = serde_json::from_str(&text).expect("JSON");
            let query = described["query"].as_str().expect("a statement");
            query.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    statements.sort();
    statements
}

/// The tables that grow which a statement reads as a whole, as SQLite's plan says it.
async fn scans(connection: &mut SqliteConnection, statement: &str, tables: &BTreeSet<String>) -> Vec<String> {
    // Parameters without values are null, which does not change the plan.
    let explain =
        sqlx::query_as::<_, (i64, i64, i64, String)>(AssertSqlSafe(format!("explain query plan {statement}")));
    let steps = explain.fetch_all(connection).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    let grows = |step: &String| {
        let Some(read) = step.strip_prefix("SCAN ") else { return false };
        let (name, how) = read.split_once(' ').unwrap_or((read, ""));
        if how.starts_with("VIRTUAL TABLE") {
            return false;
        }
        let index = how.split_once("INDEX ").map(|(_, index)| index);
        // What is no table is computed by the statement itself.
        table_called(statement, name, tables).is_some_and(|table| !FEW.contains(&table))
            && index.is_none_or(|index| !WAITING.contains(&index))
    };
    steps.into_iter().map(|(.., step)| step).filter(grows).collect()
}

/// The table that a statement calls so, by its name or by another.
fn table_called<'a>(statement: &'a str, name: &'a str, tables: &BTreeSet<String>) -> Option<&'a str> {
    if tables.contains(name) {
        return Some(name);
    }
    let words: Vec<&str> = statement.split([' ', '(', ')', ',']).filter(|word| !["", "as"].contains(word)).collect();
    words.windows(2).find(|pair| pair[1] == name && tables.contains(pair[0])).map(|pair| pair[0])
}
