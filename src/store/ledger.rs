//! 台账: the append-only record of everything that changed, each entry hashed over the one before.
//!
//! hash = SHA-256(`duban-ledger-v1\0`, then seq, at, actor, kind and body, each as UTF-8 after its length in bytes as a
//! big-endian 64-bit number, then the previous entry's hash). The first entry follows 32 zero bytes. Whoever has kept a
//! head can prove that nothing before it was changed since; nobody can prove that without a kept head.
//!
//! `rows` in a body are the digests of the rows that changed since the entry before (see `noting.rs`).

use chrono::SecondsFormat;
use futures_util::TryStreamExt;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::office::ids::PersonId;
use crate::store::{Result, Tx, hexadecimal, noting};

const DOMAIN: &[u8] = b"duban-ledger-v1\0";
const BEFORE_THE_FIRST: [u8; 32] = [0; 32];

/// Who caused an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Person(PersonId),
    /// The program by itself, on its schedule.
    Bot,
    /// Whoever runs the program, by a command.
    Operator,
}

impl Actor {
    fn key(self) -> String {
        match self {
            Actor::Person(person) => format!("person:{}", person.0),
            Actor::Bot => "bot".to_owned(),
            Actor::Operator => "operator".to_owned(),
        }
    }
}

/// The chain's length and end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    pub entries: i64,
    /// The last hash in hexadecimal; `null` while the ledger is empty.
    pub head: Option<String>,
}

/// What going along the chain has shown.
pub(super) struct Chain {
    /// The first entry that does not follow from the ones before.
    pub broken_at: Option<i64>,
    /// The entry that a kept head is the hash of.
    pub kept_at: Option<i64>,
}

struct Entry<'a> {
    seq: i64,
    at: &'a str,
    actor: &'a str,
    kind: &'a str,
    body: &'a str,
}

impl Entry<'_> {
    fn hash(&self, previous: &[u8]) -> Vec<u8> {
        let seq = self.seq.to_string();
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        for field in [seq.as_str(), self.at, self.actor, self.kind, self.body] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field);
        }
        hasher.update(previous);
        hasher.finalize().to_vec()
    }
}

/// Appends an entry, which also carries the rows that changed since the one before.
pub async fn note(tx: &mut Tx, actor: Actor, kind: &str, mut body: Value) -> Result<()> {
    if let (Value::Object(fields), Some(rows)) = (&mut body, noting::rows_for_an_entry(tx).await?) {
        fields.insert("rows".to_owned(), rows.into());
    }
    append(tx, actor, kind, &body).await
}

/// Notes the rows that no entry carries yet.
pub(super) async fn note_rows(tx: &mut Tx, kind: &'static str) -> Result<()> {
    loop {
        let take =
            "delete from temp.changed where (of, key) in (select of, key from temp.changed order by of, key limit ?1)
                    returning of, typeof(key) = 'integer', cast(key as text)";
        let rows = noting::take_changed_rows(tx, take).await?;
        if rows.is_empty() {
            return Ok(());
        }
        append(tx, Actor::Bot, kind, &json!({ "rows": rows })).await?;
    }
}

/// The last entry, after which the next one follows.
#[derive(Clone, Debug)]
pub struct Last {
    seq: i64,
    hash: Vec<u8>,
}

/// Within one transaction nobody else appends.
async fn last_entry(tx: &mut Tx) -> Result<Last> {
    if let Some(last) = tx.last_entry.take() {
        return Ok(last);
    }
    let last = sqlx::query_as!(Last, "select seq, hash from ledger order by seq desc limit 1");
    Ok(last.fetch_optional(tx.connection()).await?.unwrap_or(Last { seq: 0, hash: BEFORE_THE_FIRST.to_vec() }))
}

pub async fn append(tx: &mut Tx, actor: Actor, kind: &str, body: &Value) -> Result<()> {
    let Last { seq, hash: previous } = last_entry(tx).await?;
    let seq = seq + 1;
    let at = tx.now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (actor, body) = (actor.key(), body.to_string());
    let hash = Entry { seq, at: &at, actor: &actor, kind, body: &body }.hash(&previous);
    let insert = sqlx::query!(
        "insert into ledger (seq, at, actor, kind, body, previous, hash) values (?, ?, ?, ?, ?, ?, ?)",
        seq,
        at,
        actor,
        kind,
        body,
        previous,
        hash
    );
    insert.execute(tx.connection()).await?;
    tx.last_entry = Some(Last { seq, hash });
    Ok(())
}

pub async fn ledger_head(tx: &mut Tx) -> Result<Head> {
    let last = sqlx::query!("select seq, hash from ledger order by seq desc limit 1");
    let last = last.fetch_optional(tx.connection()).await?;
    Ok(Head { entries: last.as_ref().map_or(0, |last| last.seq), head: last.map(|last| hexadecimal(&last.hash)) })
}

/// The number of the first entry that does not follow from the ones before; `None` where the whole chain holds.
pub async fn first_broken_entry(tx: &mut Tx) -> Result<Option<i64>> {
    Ok(follow_chain(tx, None).await?.broken_at)
}

/// Goes along the chain from its begin. `kept` is a head in hexadecimal, or how one begins.
pub(super) async fn follow_chain(tx: &mut Tx, kept: Option<&str>) -> Result<Chain> {
    let entries = sqlx::query!("select seq, at, actor, kind, body, previous, hash from ledger order by seq");
    let mut entries = entries.fetch(tx.connection());
    let mut previous = BEFORE_THE_FIRST.to_vec();
    let (mut number, mut kept_at) = (0, None);
    loop {
        number += 1;
        let row = match entries.try_next().await {
            Ok(Some(row)) => row,
            Ok(None) => break,
            // What is no entry follows from nothing.
            Err(sqlx::Error::ColumnDecode { .. }) => return Ok(Chain { broken_at: Some(number), kept_at }),
            Err(error) => return Err(error.into()),
        };
        let entry = Entry { seq: row.seq, at: &row.at, actor: &row.actor, kind: &row.kind, body: &row.body };
        if row.seq != number || row.previous != previous || row.hash != entry.hash(&previous) {
            return Ok(Chain { broken_at: Some(number), kept_at });
        }
        if kept.is_some_and(|kept| hexadecimal(&row.hash).starts_with(kept)) {
            kept_at = Some(number);
        }
        previous = row.hash;
    }
    Ok(Chain { broken_at: None, kept_at })
}

/// An entry as it is exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedEntry {
    pub seq: i64,
    pub at: String,
    pub actor: String,
    pub kind: String,
    /// JSON as text, because the hash is over these very bytes.
    pub body: String,
    pub hash: String,
}

/// So many entries after the one with this number, in order.
pub async fn ledger_entries(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<ExportedEntry>> {
    let rows = sqlx::query!(
        "select seq, at, actor, kind, body, hash from ledger where seq > ? order by seq limit ?",
        after,
        limit
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let exported = rows.into_iter().map(|row| ExportedEntry {
        seq: row.seq,
        at: row.at,
        actor: row.actor,
        kind: row.kind,
        body: row.body,
        hash: hexadecimal(&row.hash),
    });
    Ok(exported.collect())
}
