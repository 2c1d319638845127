//! The row of the ledger: every entry edited, deleted, inserted or swapped, and each time the check must notice.

use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};
use duban::settings;
use duban::store::Store;
use duban::store::ledger::Actor;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions, Row as _};
use tempfile::TempDir;

use super::held::wait;
use super::table::Row;

pub struct Sizes {
    /// So many ledgers with so many entries each.
    pub ledgers: usize,
    pub entries: i64,
}

pub const SHORT: Sizes = Sizes { ledgers: 2, entries: 60 };
pub const LONG: Sizes = Sizes { ledgers: 10, entries: 1_000 };

/// How an entry is tampered with.
#[derive(Clone, Copy, Debug)]
enum Form {
    Edited,
    /// The forger also computes the entry's own hash anew.
    EditedWell,
    Deleted,
    /// Chained to the one before, the later ones numbered anew.
    Inserted,
    /// With the one after it, or with the one before where it is the last.
    Swapped,
}

const FORMS: [Form; 5] = [Form::Edited, Form::EditedWell, Form::Deleted, Form::Inserted, Form::Swapped];

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    tamperings: u64,
    missed: u64,
    /// Shown only by a head that somebody kept: a change of the very last entry, or after it.
    by_head: u64,
    /// Found although nothing was changed.
    false_alarms: u64,
}

pub fn measure(sizes: &Sizes) -> Row {
    let began = Instant::now();
    let ledgers: Vec<usize> = (0..sizes.ledgers).collect();
    let halves = ledgers.chunks(sizes.ledgers.div_ceil(2));
    let tally = std::thread::scope(|scope| {
        let workers: Vec<_> = halves
            .map(|half| scope.spawn(move || half.iter().map(|_| one_ledger(sizes.entries)).fold(Tally::default(), sum)))
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("measured")).fold(Tally::default(), sum)
    });
    let entries = sizes.ledgers as u64 * sizes.entries.unsigned_abs();
    Row::new("ledger")
        .size("entries", entries, entries)
        .size("tamperings (edited, edited and hashed anew, deleted, inserted, swapped)", tally.tamperings, 5 * entries)
        .count("not found", tally.missed, 0)
        .count("found in an untouched ledger", tally.false_alarms, 0)
        .remark(format!("{} of them, at the very end, are shown only by a kept head", tally.by_head))
        .remark(format!("{} s", began.elapsed().as_secs()))
}

fn sum(one: Tally, other: Tally) -> Tally {
    Tally {
        tamperings: one.tamperings + other.tamperings,
        missed: one.missed + other.missed,
        by_head: one.by_head + other.by_head,
        false_alarms: one.false_alarms + other.false_alarms,
    }
}

fn one_ledger(entries: i64) -> Tally {
    wait(async {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, mut forger) = ledger(&folder, entries).await;
        let kept = head(&store).await;
        let mut tally = Tally::default();
        for seq in 1..=entries {
            for form in FORMS {
                tamper(&mut forger, seq, entries, form).await;
                tally.tamperings += 1;
                match (is_broken(&store).await, head(&store).await == kept) {
                    (true, _) => {}
                    (false, false) => tally.by_head += 1,
                    (false, true) => tally.missed += 1,
                }
                restore(&mut forger, seq, form).await;
            }
            // What was undone badly would be found for the wrong reason.
            tally.false_alarms += u64::from(is_broken(&store).await || head(&store).await != kept);
        }
        store.close().await;
        tally
    })
}

fn now() -> DateTime<Utc> {
    "2019-06-27T01:00:00Z".parse().expect("an instant")
}

/// A ledger of changed settings, a connection of somebody who owns the file, and a copy of the entries in its hands.
async fn ledger(folder: &TempDir, entries: i64) -> (Store, SqliteConnection) {
    let path = folder.path().join("duban.db");
    let store = Store::open_or_create(&format!("sqlite://{}", path.display())).await.expect("created");
    let mut tx = store.begin(now()).await.expect("begun");
    for entry in 0..entries {
        settings::rows::set_policy(&mut tx, "escalate_after", &entry.to_string(), Actor::Operator)
            .await
            .expect("noted");
    }
    tx.commit().await.expect("committed");
    (store, forger(&path).await)
}

async fn forger(path: &Path) -> SqliteConnection {
    // What it writes need not survive anything.
    let options = SqliteConnectOptions::new().filename(path).synchronous(SqliteSynchronous::Off);
    let mut forger = options.connect().await.expect("opened");
    let unguarded = "drop trigger ledger_refuses_update; drop trigger ledger_refuses_delete;
        create table original as select * from ledger; create unique index original_seq on original (seq);";
    sqlx::raw_sql(unguarded).execute(&mut forger).await.expect("unguarded");
    forger
}

async fn is_broken(store: &Store) -> bool {
    let mut tx = store.read(now()).await.expect("read");
    duban::store::ledger::first_broken_entry(&mut tx).await.expect("checked").is_some()
}

async fn head(store: &Store) -> Option<String> {
    let mut tx = store.read(now()).await.expect("read");
    duban::store::ledger::ledger_head(&mut tx).await.expect("read").head
}

async fn run(forger: &mut SqliteConnection, statements: String) {
    let statements = format!("begin immediate; {statements}; commit");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements)).execute(forger).await.expect("forged");
}

async fn tamper(forger: &mut SqliteConnection, seq: i64, last: i64, form: Form) {
    match form {
        Form::Edited => run(forger, format!("update ledger set body = '{{}}' where seq = {seq}")).await,
        Form::EditedWell => {
            let hash = forged_hash(forger, seq, seq).await;
            run(forger, format!("update ledger set body = '{{}}', hash = x'{hash}' where seq = {seq}")).await;
        }
        Form::Deleted => run(forger, format!("delete from ledger where seq = {seq}")).await,
        Form::Inserted => {
            let hash = forged_hash(forger, seq, seq + 1).await;
            let make_room = format!(
                "update ledger set seq = seq + 1000000 where seq > {seq};
                 update ledger set seq = seq - 999999 where seq > 1000000"
            );
            let insert = format!(
                "insert into ledger select seq + 1, at, actor, kind, '{{}}', hash, x'{hash}' from original where seq = {seq}"
            );
            run(forger, format!("{make_room}; {insert}")).await;
        }
        Form::Swapped => {
            let other = if seq == last { seq - 1 } else { seq + 1 };
            let swap = format!(
                "update ledger set seq = 1000000 where seq = {seq}; update ledger set seq = {seq} where seq = {other};
                 update ledger set seq = {other} where seq = 1000000"
            );
            run(forger, swap).await;
        }
    }
}

/// Takes the entries that were touched from the copy again.
async fn restore(forger: &mut SqliteConnection, seq: i64, form: Form) {
    let first = if matches!(form, Form::Swapped) { seq - 1 } else { seq };
    let from_copy = match form {
        Form::Inserted => format!(
            "delete from ledger where seq = {seq} + 1; update ledger set seq = seq + 1000000 where seq > {seq};
             update ledger set seq = seq - 1000001 where seq > 1000000"
        ),
        _ => format!(
            "delete from ledger where seq between {first} and {seq} + 1;
             insert into ledger select * from original where seq between {first} and {seq} + 1"
        ),
    };
    run(forger, from_copy).await;
}

/// The hash of an entry with an empty body and the number `as_seq`, which stands after the original before it: by the
/// description in src/store/ledger.rs and not by its code.
async fn forged_hash(forger: &mut SqliteConnection, seq: i64, as_seq: i64) -> String {
    let row = sqlx::query("select at, actor, kind, previous, hash from original where seq = ?").bind(seq);
    let row = row.fetch_one(forger).await.expect("an entry");
    let before: Vec<u8> = if seq == as_seq { row.get("previous") } else { row.get("hash") };
    let number = as_seq.to_string();
    let fields: [&str; 5] = [&number, row.get("at"), row.get("actor"), row.get("kind"), "{}"];
    let mut hasher = Sha256::new();
    hasher.update(b"duban-ledger-v1\0");
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.update(before);
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The forger's hash is right: an entry that is appended with it is found by nobody but who kept the head. So a broken
/// chain is found for what was changed, and what leaves no trace is counted as missed.
pub fn self_test() {
    wait(async {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, mut forger) = ledger(&folder, 3).await;
        let kept = head(&store).await;
        assert!(!is_broken(&store).await && head(&store).await == kept, "an untouched ledger counts as missed");
        tamper(&mut forger, 3, 3, Form::Inserted).await;
        assert!(!is_broken(&store).await, "a well forged end is a good chain");
        assert_ne!(head(&store).await, kept);
        store.close().await;
    });
}
