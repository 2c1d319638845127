//! What a database holds at one moment, read by its tables, and what its ledger alone says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqlitePool;

#[derive(Clone, Debug, Default)]
pub struct Held {
    /// (unit, person) of those registered.
    pub contacts: BTreeSet<(i64, i64)>,
    pub coordinators: BTreeSet<i64>,
    /// Telegram's id of a person.
    pub people: BTreeMap<i64, i64>,
    pub chats: BTreeMap<i64, Chat>,
    pub duties: BTreeMap<i64, Duty>,
    /// (duty, chat, message) of those that count.
    pub live_reports: BTreeSet<(i64, i64, i64)>,
    pub outbox: BTreeMap<i64, Outgoing>,
    pub ledger: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Chat {
    pub telegram_id: i64,
    pub unit: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Duty {
    pub unit: i64,
    pub status: String,
    pub number: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    pub chat: i64,
    pub kind: String,
    pub body: Value,
    /// Telegram's number, once sent.
    pub message: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub actor: String,
    pub kind: String,
    pub body: Value,
}

impl Entry {
    /// The person who caused it.
    pub fn person(&self) -> Option<i64> {
        self.actor.strip_prefix("person:")?.parse().ok()
    }

    pub fn number(&self, key: &str) -> i64 {
        self.body[key].as_i64().unwrap_or_else(|| panic!("no {key} in {self:?}"))
    }
}

impl Held {
    pub async fn read(pool: &SqlitePool) -> Held {
        let contacts = sqlx::query_as("select unit_id, person_id from contact where state = 'registered'");
        let people: Vec<(i64, i64)> =
            sqlx::query_as("select id, telegram_id from person").fetch_all(pool).await.unwrap();
        let chats: Vec<(i64, i64, Option<i64>)> =
            sqlx::query_as("select id, telegram_id, unit_id from chat").fetch_all(pool).await.unwrap();
        let duties: Vec<(i64, i64, String, String)> =
            sqlx::query_as("select duty.id, unit_id, status, number from duty join task on task.id = task_id")
                .fetch_all(pool)
                .await
                .unwrap();
        let live = sqlx::query_as("select duty_id, chat_id, message_id from report where withdrawn_at is null");
        let outbox: Vec<(i64, i64, String, String, Option<i64>)> =
            sqlx::query_as("select id, chat_id, kind, body, message_id from outbox").fetch_all(pool).await.unwrap();
        let ledger: Vec<(String, String, String)> =
            sqlx::query_as("select actor, kind, body from ledger order by seq").fetch_all(pool).await.unwrap();
        let coordinators: Vec<(i64,)> =
            sqlx::query_as("select person_id from coordinator").fetch_all(pool).await.unwrap();
        let json = |text: &str| serde_json::from_str(text).unwrap();
        Held {
            contacts: contacts.fetch_all(pool).await.unwrap().into_iter().collect(),
            coordinators: coordinators.into_iter().map(|(id,)| id).collect(),
            people: people.into_iter().collect(),
            chats: chats.into_iter().map(|(id, telegram_id, unit)| (id, Chat { telegram_id, unit })).collect(),
            duties: duties.into_iter().map(|(id, unit, status, number)| (id, Duty { unit, status, number })).collect(),
            live_reports: live.fetch_all(pool).await.unwrap().into_iter().collect(),
            outbox: outbox
                .into_iter()
                .map(|(id, chat, kind, body, message)| (id, Outgoing { chat, kind, body: json(&body), message }))
                .collect(),
            ledger: ledger.into_iter().map(|(actor, kind, body)| Entry { actor, kind, body: json(&body) }).collect(),
        }
    }

    pub fn has_contacts(&self, unit: i64) -> bool {
        self.contacts.iter().any(|(of, _)| *of == unit)
    }
}

/// Every row of every table but the inbox, as text.
pub async fn all_rows(pool: &SqlitePool) -> Vec<String> {
    let tables: Vec<(String,)> = sqlx::query_as(
        "select name from sqlite_schema where type = 'table' and name not in ('inbox') and name not like '%task_text%'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut rows = Vec::new();
    for (table,) in tables {
        let columns: Vec<(String,)> =
            sqlx::query_as("select name from pragma_table_info(?)").bind(&table).fetch_all(pool).await.unwrap();
        let quoted: Vec<String> = columns.into_iter().map(|(name,)| format!("quote(\"{name}\")")).collect();
        let query = format!("select '{table} ' || {} from {table} order by 1", quoted.join(" || ',' || "));
        let found: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(query)).fetch_all(pool).await.unwrap();
        rows.extend(found.into_iter().map(|(row,)| row));
    }
    rows
}

/// What the ledger alone says of duties, reports and contacts.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    pub contacts: BTreeSet<(i64, i64)>,
    pub live_reports: BTreeSet<(i64, i64, i64)>,
    /// Where it is no longer the first one.
    pub statuses: BTreeMap<i64, String>,
}

impl Told {
    pub fn by(ledger: &[Entry]) -> Told {
        let mut told = Told::default();
        // Since which entry a report counts, and what it says.
        let mut reports: BTreeMap<(i64, i64, i64), (usize, Option<String>)> = BTreeMap::new();
        let mut decisions: Vec<(usize, i64, String)> = Vec::new();
        for (seq, entry) in ledger.iter().enumerate() {
            let report = || (entry.number("duty"), entry.number("chat"), entry.number("message"));
            match entry.kind.as_str() {
                "contact_registered" => drop(told.contacts.insert((entry.number("unit"), entry.number("person")))),
                "contact_removed" => drop(told.contacts.remove(&(entry.number("unit"), entry.number("person")))),
                "report_recorded" | "report_revised" => {
                    let status = entry.body["item"]["status"].as_str().map(str::to_owned);
                    let since = reports.get(&report()).map_or(seq, |(since, _)| *since);
                    reports.insert(report(), (since, status));
                }
                "report_withdrawn" => drop(reports.remove(&report())),
                "claim_decided" | "duty_suspended" | "duty_resumed" | "duty_reopened" => {
                    decisions.push((seq, entry.number("duty"), entry.body["decision"].as_str().unwrap().to_owned()));
                }
                _ => {}
            }
        }
        told.live_reports = reports.keys().copied().collect();
        // Whether a coordinator decided it, and what.
        let mut happened: BTreeMap<i64, Vec<(usize, bool, String)>> = BTreeMap::new();
        for ((duty, _, _), (since, status)) in reports {
            happened.entry(duty).or_default().extend(status.map(|status| (since, false, status)));
        }
        for (seq, duty, what) in decisions {
            happened.entry(duty).or_default().push((seq, true, what));
        }
        for (duty, mut happened) in happened {
            happened.sort();
            let status = standing(happened.iter().map(|(_, decided, what)| (*decided, what.as_str())));
            if status != "not_started" {
                told.statuses.insert(duty, status.to_owned());
            }
        }
        told
    }
}

/// The latest word counts; a claim that is given back leaves what was before, what is signed off or suspended stays so
/// until a coordinator says otherwise, and what a unit calls suspended only stands still.
fn standing<'a>(happened: impl Iterator<Item = (bool, &'a str)>) -> &'a str {
    let (mut status, mut before, mut interrupted) = ("not_started", "not_started", None);
    for (decided, what) in happened {
        if !matches!(status, "claimed_done" | "done") && interrupted.is_none() {
            before = status;
        }
        match (decided, what) {
            (true, "accepted") => (status, interrupted) = ("done", None),
            (true, "returned") if before == "not_started" => (status, interrupted) = ("in_progress", None),
            (true, "returned") => (status, interrupted) = (before, None),
            (true, "suspended") if status != "done" && interrupted.is_none() => interrupted = Some(status),
            (true, "resumed") => status = interrupted.take().unwrap_or(status),
            (true, "reopened") if status == "done" => status = "in_progress",
            (true, _) => {}
            (false, _) if status == "done" || interrupted.is_some() => {}
            (false, "suspended") => status = "blocked",
            (false, said) => status = said,
        }
    }
    if interrupted.is_some() { "suspended" } else { status }
}
