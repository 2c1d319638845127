//! What the database holds, read beside the product: by its tables and not by its code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

/// Waits for something asynchronous; the programme itself is not.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}

/// A message of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub id: i64,
    pub chat: i64,
    pub title: String,
    pub html: String,
    pub answers: Option<i64>,
    pub state: String,
}

#[derive(Clone, Debug, Default)]
pub struct Held {
    pub posted: Vec<Posted>,
    /// The messages of which the ledger says that they were given up.
    pub given_up: BTreeSet<i64>,
    /// How often each message of people was recorded, by chat and message id.
    pub recorded: BTreeMap<(i64, i64), u64>,
    /// Updates that wait, and those that could not be handled.
    pub inbox_new: i64,
    pub inbox_dead: i64,
}

async fn open(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(database).read_only(true);
    options.connect().await.expect("the database can be read")
}

/// All of it.
pub fn held(database: &Path) -> Held {
    wait(async {
        let mut connection = open(database).await;
        let rows = "select outbox.id, telegram_id, title, body, state from outbox join chat on chat.id = chat_id
                    where outbox.kind <> 'toast' and body -> '$.message' is not null order by outbox.id";
        let rows = sqlx::query(rows).fetch_all(&mut connection).await.expect("the outbox");
        let posted = rows.iter().map(|row| {
            let body: Value = serde_json::from_str(row.get("body")).expect("JSON");
            let message = &body["message"];
            Posted {
                id: row.get("id"),
                chat: row.get("telegram_id"),
                title: row.get("title"),
                html: message["html"].as_str().expect("words").to_owned(),
                answers: message["answers"].as_i64(),
                state: row.get("state"),
            }
        });
        let mut held = Held { posted: posted.collect(), ..Held::default() };
        let given_up = "select body ->> 'outbox' as id from ledger where kind = 'message_given_up'";
        let given_up = sqlx::query(given_up).fetch_all(&mut connection).await.expect("the ledger");
        held.given_up = given_up.iter().map(|row| row.get::<i64, _>("id")).collect();
        // By the ledger, because the tables fold a message that was applied twice into one report.
        let recorded = "select telegram_id, body ->> 'message' as message from ledger
                        join chat on chat.id = body ->> 'chat' where ledger.kind in ('report_recorded', 'report_revised')";
        for row in sqlx::query(recorded).fetch_all(&mut connection).await.expect("the ledger") {
            *held.recorded.entry((row.get("telegram_id"), row.get("message"))).or_default() += 1;
        }
        (held.inbox_new, held.inbox_dead) = inbox(&mut connection).await;
        connection.close().await.expect("closed");
        held
    })
}

async fn inbox(connection: &mut SqliteConnection) -> (i64, i64) {
    let counts = "select coalesce(sum(state = 'new'), 0) as new, coalesce(sum(state = 'dead'), 0) as dead from inbox";
    let row = sqlx::query(counts).fetch_one(connection).await.expect("the inbox");
    (row.get("new"), row.get("dead"))
}

/// How things stand, in numbers.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    /// Messages and updates of which something has yet to become.
    pub waiting: u64,
    /// Messages that were put off to the next sending hours from the first.
    pub put_off: u64,
    /// Reminders that the schedule has made.
    pub digests: u64,
    pub messages: u64,
}

pub fn present(database: &Path) -> Present {
    wait(async {
        let mut connection = open(database).await;
        let counts = "with open as (select not_before > created_at as put_off from outbox
                where state in ('pending', 'sending', 'in_doubt') and kind <> 'toast')
            select (select count(*) from open where not put_off) + (select count(*) from inbox where state = 'new') as waiting,
                (select count(*) from open where put_off) as put_off, (select count(*) from reminder) as digests,
                (select count(*) from outbox) as messages";
        let row = sqlx::query(counts).fetch_one(&mut connection).await.expect("counts");
        connection.close().await.expect("closed");
        let number = |name: &str| row.get::<i64, _>(name).unsigned_abs();
        Present {
            waiting: number("waiting"),
            put_off: number("put_off"),
            digests: number("digests"),
            messages: number("messages"),
        }
    })
}

/// The chats that the schedule made a reminder for on that day.
pub fn reminded(database: &Path, day: &str) -> Vec<i64> {
    wait(async {
        let mut connection = open(database).await;
        let reminded = "select telegram_id from reminder join chat on chat.id = chat_id where day = ?";
        let rows = sqlx::query(reminded).bind(day).fetch_all(&mut connection).await.expect("reminders");
        connection.close().await.expect("closed");
        rows.iter().map(|row| row.get("telegram_id")).collect()
    })
}

/// How many entries of a kind the ledger has.
pub fn entries(database: &Path, kind: &str) -> i64 {
    wait(async {
        let mut connection = open(database).await;
        let count = sqlx::query_scalar("select count(*) from ledger where kind = ?").bind(kind);
        let count = count.fetch_one(&mut connection).await.expect("a count");
        connection.close().await.expect("closed");
        count
    })
}

/// Changes a database beside the product.
pub fn change(database: &Path, statement: &'static str) {
    wait(async {
        let options = SqliteConnectOptions::new().filename(database).foreign_keys(false);
        let mut connection = options.connect().await.expect("opened");
        sqlx::query(statement).execute(&mut connection).await.expect("changed");
        connection.close().await.expect("closed");
    });
}

/// Holds a database as another program does that writes for long.
pub fn hold(database: &Path) -> SqliteConnection {
    wait(async {
        let options = SqliteConnectOptions::new().filename(database).busy_timeout(std::time::Duration::from_secs(30));
        let mut connection = options.connect().await.expect("opened");
        sqlx::raw_sql("begin immediate").execute(&mut connection).await.expect("held");
        connection
    })
}

pub fn release(mut connection: SqliteConnection) {
    wait(async {
        sqlx::raw_sql("rollback").execute(&mut connection).await.expect("released");
        connection.close().await.expect("closed");
    });
}

/// Makes a database that is another program's.
pub fn create(database: &Path, statements: &'static str) {
    wait(async {
        let options = SqliteConnectOptions::new().filename(database).create_if_missing(true);
        let mut connection = options.connect().await.expect("made");
        sqlx::raw_sql(statements).execute(&mut connection).await.expect("filled");
        connection.close().await.expect("closed");
    });
}

/// How many updates were ever kept.
pub fn inbox_count(database: &Path) -> u64 {
    wait(async {
        let mut connection = open(database).await;
        let row = sqlx::query("select count(*) as kept from inbox").fetch_one(&mut connection).await.expect("a count");
        connection.close().await.expect("closed");
        row.get::<i64, _>("kept").unsigned_abs()
    })
}
