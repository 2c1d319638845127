//! What whoever runs the bot looks at: `/healthz`, and `/metrics` in the form of Prometheus. Numbers only: what units report
//! is shown beside them to those alone who have a link to the board.

use std::fmt::Write as _;
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

use crate::board::Links;
use crate::clock::Clock;
use crate::door::OwnName;
use crate::store::{Store, Vitals, vitals};
use crate::{board, door};

/// Telegram keeps a poll open for half a minute; after so long without an answer the connection is gone.
const SILENCE: TimeDelta = TimeDelta::minutes(5);

#[derive(Clone)]
struct Watched {
    store: Store,
    clock: Clock,
}

/// Serves until `shutdown`. Numbers are for everybody, the board for its own pages.
pub async fn serve(
    listener: TcpListener,
    store: Store,
    clock: Clock,
    (links, own): (Links, OwnName),
    mut shutdown: watch::Receiver<bool>,
) {
    let board = door::for_own_pages(board::routes(store.clone(), clock.clone(), links), own);
    let routes = Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .with_state(Watched { store, clock })
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

async fn health(State(watched): State<Watched>) -> Response {
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
        Ok((vitals, now)) => ([(CONTENT_TYPE, "text/plain; version=0.0.4")], exposition(&vitals, now)).into_response(),
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &anyhow::Error) -> Response {
    tracing::error!(error = format!("{error:#}"), "the database cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n").into_response()
}

/// Why the bot is not well; `None` where it is.
fn ailment(vitals: &Vitals, now: DateTime<Utc>) -> Option<&'static str> {
    match vitals.last_polled {
        Some(polled) if now - polled > SILENCE => Some("Telegram has not answered for five minutes"),
        _ if vitals.inbox_dead > 0 => Some("updates were set aside"),
        _ => None,
    }
}

fn exposition(vitals: &Vitals, now: DateTime<Utc>) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, values: &[(String, i64)]| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# HELP duban_{name} {help}\n# TYPE duban_{name} gauge");
        for (labels, value) in values {
            let _ = writeln!(text, "duban_{name}{labels} {value}");
        }
    };
    let one = |value: i64| [(String::new(), value)];
    let instant =
        |at: Option<DateTime<Utc>>| at.map(|at| (String::new(), at.timestamp())).into_iter().collect::<Vec<_>>();
    let outbox: Vec<_> =
        vitals.outbox.iter().map(|(state, count)| (format!("{{state=\"{state}\"}}"), *count)).collect();
    let oldest = vitals.oldest_pending.map_or(0, |since| (now - since).num_seconds().max(0));
    gauge("inbox_waiting", "Updates that wait to be handled.", &one(vitals.inbox_waiting));
    gauge("inbox_dead", "Updates that could not be handled and were set aside.", &one(vitals.inbox_dead));
    gauge("outbox", "Messages by what became of them.", &outbox);
    gauge("oldest_pending_seconds", "How long the oldest message that may go has waited.", &one(oldest));
    gauge("last_poll_timestamp_seconds", "When Telegram last answered a poll.", &instant(vitals.last_polled));
    gauge("reminded_up_to_timestamp_seconds", "Up to when the schedule was served.", &instant(vitals.said_up_to));
    let week = &vitals.week;
    let words = [
        ("read", week.read),
        ("asked", week.asked),
        ("undone", week.undone),
        ("corrected", week.corrected),
        ("returned", week.returned),
    ];
    let words = words.map(|(became, count)| (format!("{{became=\"{became}\"}}"), count));
    gauge("words_of_week", "Messages of contacts in the last seven days, by what became of them.", &words);
    gauge("ledger_entries", "Entries in the ledger.", &one(vitals.ledger_entries));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::briefing::Happened;

    fn vitals(polled: Option<&str>) -> Vitals {
        Vitals {
            inbox_waiting: 2,
            inbox_dead: 0,
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
        assert_eq!(ailment(&vitals(None), now), None, "it has not begun");
        assert_eq!(ailment(&vitals(Some("2019-06-27T01:09:30Z")), now), None);
        assert!(ailment(&vitals(Some("2019-06-27T01:04:00Z")), now).is_some());
        assert!(ailment(&Vitals { inbox_dead: 1, ..vitals(None) }, now).is_some());
    }

    #[test]
    fn numbers_as_prometheus_reads_them() {
        let text = exposition(&vitals(Some("2019-06-27T01:09:30Z")), "2019-06-27T01:10:00Z".parse().unwrap());
        let values: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        insta::assert_snapshot!(values.join("\n"), @r#"
        duban_inbox_waiting 2
        duban_inbox_dead 0
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
        "#);
    }
}
