//! What whoever runs the bot looks at: `/healthz` (alive), `/readyz` (does its work), and `/metrics` in the form of
//! Prometheus. Numbers only: what units report is shown beside them to those alone who have a link to the board.

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::board;
use crate::board::Links;
use crate::clock::Clock;
use crate::disk;
use crate::door::{self, OwnName};
use crate::safekeeping;
use crate::store::vitals;
use crate::store::{Store, Vitals};
use crate::tally;

/// Telegram keeps a poll open for half a minute; after so long without an answer the connection is gone.
const SILENCE: TimeDelta = TimeDelta::minutes(5);
/// An update is handled within a second; one that waits so long is stuck.
const STUCK: TimeDelta = TimeDelta::minutes(5);

/// What is watched.
#[derive(Clone)]
pub struct Watched {
    pub store: Store,
    pub clock: Clock,
    /// The database's file.
    pub database: PathBuf,
}

/// What the files say beside the database's content; nothing is said of what cannot be read.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    database: Option<u64>,
    free: Option<u64>,
    /// When the newest daily copy was made, in seconds since 1970.
    copied_at: Option<i64>,
}

impl Room {
    fn of(database: &Path) -> Room {
        let newest = safekeeping::newest(database).ok().flatten();
        let about = newest.and_then(|newest| newest.path.metadata().ok());
        Room {
            database: disk::size_of(database).ok(),
            free: disk::free_beside(database).ok(),
            copied_at: about.map(|about| about.mtime()),
        }
    }
}

/// Serves until `shutdown`. Numbers are for everybody, the board for its own pages.
pub async fn serve(
    listener: TcpListener,
    watched: Watched,
    (links, own): (Links, OwnName),
    mut shutdown: watch::Receiver<bool>,
) {
    let board = door::for_own_pages(board::routes(watched.store.clone(), watched.clock.clone(), links), own);
    let routes = Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(readiness))
        .route("/metrics", get(metrics))
        .with_state(watched)
        .merge(board)
        .layer(from_fn_with_state(Arc::new(Semaphore::new(1)), in_turn));
    door::serve(listener, routes, async move {
        // A sender that is gone has nothing more to end.
        let _ = shutdown.wait_for(|ended| *ended).await;
    })
    .await;
}

/// One reads the database at a time, however many come: the bot's own loops want to read as well.
async fn in_turn(State(turn): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    // It is never closed.
    let _turn = turn.acquire().await;
    next.run(request).await
}

async fn vitals(watched: &Watched) -> Result<(Vitals, DateTime<Utc>)> {
    let now = watched.clock.now();
    Ok((vitals::vitals(&mut watched.store.read(now).await?).await?, now))
}

/// Whether a restart would help: the process answers and reads its database. That Telegram is out of reach is no reason.
async fn health(State(watched): State<Watched>) -> Response {
    match vitals(&watched).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(error) => unreadable(&error),
    }
}

async fn readiness(State(watched): State<Watched>) -> Response {
    match vitals(&watched).await {
        Ok((vitals, now)) => match ailment(&vitals, now) {
            None => (StatusCode::OK, "ok\n").into_response(),
            Some(ailment) => (StatusCode::SERVICE_UNAVAILABLE, format!("{ailment}\n")).into_response(),
        },
        Err(error) => unreadable(&error),
    }
}

async fn metrics(State(watched): State<Watched>) -> Response {
    match vitals(&watched).await {
        Ok((vitals, now)) => {
            let text = exposition(&vitals, Room::of(&watched.database), now);
            ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
        }
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &anyhow::Error) -> Response {
    tracing::error!(error = format!("{error:#}"), "数据库读不了");
    (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n").into_response()
}

/// Why the bot does not do its work; `None` where it does.
fn ailment(vitals: &Vitals, now: DateTime<Utc>) -> Option<&'static str> {
    let longer = |since: Option<DateTime<Utc>>, than| since.is_some_and(|since| now - since > than);
    match vitals.last_polled {
        None => Some("Telegram has not answered yet"),
        polled if longer(polled, SILENCE) => Some("Telegram has not answered for five minutes"),
        _ if longer(vitals.inbox_since, STUCK) => Some("an update has waited for five minutes"),
        _ => None,
    }
}

/// The text of `/metrics`, a family at a time.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    fn family<'a>(&mut self, kind: &str, name: &str, help: &str, values: impl IntoIterator<Item = (&'a str, i64)>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "# HELP duban_{name} {help}\n# TYPE duban_{name} {kind}");
        for (labels, value) in values {
            let _ = writeln!(self.0, "duban_{name}{labels} {value}");
        }
    }

    /// Nothing is said of what is not known.
    fn gauge(&mut self, name: &str, help: &str, value: impl Into<Option<i64>>) {
        self.family("gauge", name, help, value.into().map(|value| ("", value)));
    }
}

fn exposition(vitals: &Vitals, room: Room, now: DateTime<Utc>) -> String {
    let mut text = Exposition::default();
    let version = format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"));
    text.family("gauge", "build_info", "Always 1; the label is the version.", [(version.as_str(), 1)]);
    for (name, help, events) in tally::FAMILIES {
        let counted = |event| i64::try_from(tally::counted(event)).unwrap_or(i64::MAX);
        text.family("counter", name, help, events.iter().map(|(labels, event)| (*labels, counted(*event))));
    }
    let bytes = |bytes: Option<u64>| bytes.and_then(|bytes| i64::try_from(bytes).ok());
    let since = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp());
    let age = |at: Option<DateTime<Utc>>| at.map_or(0, |at| (now - at).num_seconds().max(0));
    text.gauge("inbox_waiting", "Updates that wait to be handled.", vitals.inbox_waiting);
    text.gauge("inbox_dead", "Updates that could not be handled and were set aside.", vitals.inbox_dead);
    text.gauge("oldest_update_seconds", "How long the oldest update has waited.", age(vitals.inbox_since));
    let states: Vec<(String, i64)> =
        vitals.outbox.iter().map(|(state, count)| (format!("{{state=\"{state}\"}}"), *count)).collect();
    let states = states.iter().map(|(labels, count)| (labels.as_str(), *count));
    text.family("gauge", "outbox", "Messages by what became of them.", states);
    let oldest = "How long the oldest message that may go has waited.";
    text.gauge("oldest_pending_seconds", oldest, age(vitals.oldest_pending));
    text.gauge("last_poll_timestamp_seconds", "When Telegram last answered a poll.", since(vitals.last_polled));
    let said_up_to = "Up to when the schedule was served.";
    text.gauge("reminded_up_to_timestamp_seconds", said_up_to, since(vitals.said_up_to));
    let week = &vitals.week;
    let words = [
        ("{became=\"read\"}", week.read),
        ("{became=\"asked\"}", week.asked),
        ("{became=\"undone\"}", week.undone),
        ("{became=\"corrected\"}", week.corrected),
        ("{became=\"returned\"}", week.returned),
    ];
    let help = "Messages of contacts in the last seven days, by what became of them.";
    text.family("gauge", "words_of_week", help, words);
    text.gauge("ledger_entries", "Entries in the ledger.", vitals.ledger_entries);
    text.gauge("database_bytes", "What the database takes, its write-ahead log included.", bytes(room.database));
    text.gauge("disk_free_bytes", "What its disk has left.", bytes(room.free));
    text.gauge("last_backup_timestamp_seconds", "When the newest daily copy was made.", room.copied_at);
    text.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::Happened;

    fn vitals(polled: Option<&str>) -> Vitals {
        Vitals {
            inbox_waiting: 2,
            inbox_dead: 0,
            inbox_since: None,
            outbox: vec![("pending".to_owned(), 3), ("sent".to_owned(), 40)],
            oldest_pending: "2019-06-27T01:00:00Z".parse().ok(),
            last_polled: polled.map(|polled| polled.parse().unwrap()),
            said_up_to: None,
            week: Happened { read: 42, asked: 3, undone: 1, corrected: 2, returned: 1, ..Happened::default() },
            ledger_entries: 181,
        }
    }

    #[test]
    fn a_silent_telegram_is_an_ailment() {
        let now = "2019-06-27T01:10:00Z".parse().unwrap();
        assert_eq!(ailment(&vitals(None), now), Some("Telegram has not answered yet"));
        assert_eq!(ailment(&vitals(Some("2019-06-27T01:09:30Z")), now), None);
        assert!(ailment(&vitals(Some("2019-06-27T01:04:00Z")), now).is_some());
        let stuck = |since: &str| Vitals { inbox_since: since.parse().ok(), ..vitals(Some("2019-06-27T01:09:30Z")) };
        assert_eq!(ailment(&stuck("2019-06-27T01:06:00Z"), now), None);
        assert_eq!(ailment(&stuck("2019-06-27T01:04:00Z"), now), Some("an update has waited for five minutes"));
    }

    #[test]
    fn numbers_as_prometheus_reads_them() {
        let room = Room { database: Some(4096), free: None, copied_at: Some(1_561_597_000) };
        let text = exposition(&vitals(Some("2019-06-27T01:09:30Z")), room, "2019-06-27T01:10:00Z".parse().unwrap());
        // Counters go on with what other tests do, and the version with each release.
        let values: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.contains("_total") && !line.contains("build_info"))
            .collect();
        insta::assert_snapshot!(values.join("\n"), @r#"
        duban_inbox_waiting 2
        duban_inbox_dead 0
        duban_oldest_update_seconds 0
        duban_outbox{state="pending"} 3
        duban_outbox{state="sent"} 40
        duban_oldest_pending_seconds 600
        duban_last_poll_timestamp_seconds 1561597770
        duban_words_of_week{became="read"} 42
        duban_words_of_week{became="asked"} 3
        duban_words_of_week{became="undone"} 1
        duban_words_of_week{became="corrected"} 2
        duban_words_of_week{became="returned"} 1
        duban_ledger_entries 181
        duban_database_bytes 4096
        duban_last_backup_timestamp_seconds 1561597000
        "#);
    }
}
