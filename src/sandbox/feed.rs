//! The server-sent events of a page: everything as it stands, then every change in order.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::Event;
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::state::Change;
use super::{Sandbox, snapshot};

/// After so long a page whose feed has ended asks for another one.
const COMES_BACK: Duration = Duration::from_millis(300);

/// A page that lags too far behind gets everything anew, and so does one that connects again: it never has to know what
/// it missed. Ends when the server shuts down.
pub(super) fn events(sandbox: Sandbox) -> impl Stream<Item = Result<Event, Infallible>> {
    let closing = sandbox.clone();
    stream::unfold(Feed { sandbox, changes: None }, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    })
    .take_until(async move { closing.closed().await })
}

struct Feed {
    sandbox: Sandbox,
    /// None before the first event.
    changes: Option<Receiver<Change>>,
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        let Some(changes) = &mut self.changes else {
            return Some(self.start_over());
        };
        match changes.recv().await {
            Ok(Change::Message(message)) => Some(event("message", &json!(*message))),
            Ok(Change::Removed { chat, message }) => Some(event("removed", &json!({"chat": chat, "message": message}))),
            Ok(Change::Answered(answer)) => Some(event("answered", &json!(answer))),
            Ok(Change::Entry(entry)) => Some(event("entry", &json!(*entry))),
            Ok(Change::Pending(pending)) => Some(event("pending", &json!(pending))),
            Ok(Change::Clock) => Some(event("clock", &json!({"now": self.sandbox.now()}))),
            Ok(Change::Everything) | Err(RecvError::Lagged(_)) => Some(self.start_over()),
            Err(RecvError::Closed) => None,
        }
    }

    /// Subscribes in the same moment in which it looks, so that no change falls in between and none comes twice.
    fn start_over(&mut self) -> Event {
        let (changes, everything) =
            self.sandbox.look(|state| (self.sandbox.changes(), snapshot::of(&self.sandbox, state)));
        self.changes = Some(changes);
        event("state", &everything)
    }
}

fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).retry(COMES_BACK).data(data.to_string())
}

#[cfg(test)]
mod tests {
    use axum::response::{IntoResponse, Sse};

    use super::*;
    use crate::sandbox::{CHANGES_KEPT, Settings};

    #[tokio::test]
    async fn a_page_that_lags_too_far_behind_starts_over() {
        let sandbox = Sandbox::new(Settings::new("1:secret", || 0));
        let mut frames = Sse::new(events(sandbox.clone())).into_response().into_body().into_data_stream();
        let mut name = async || {
            let frame = frames.next().await.unwrap().unwrap();
            String::from_utf8_lossy(&frame).lines().next().map(str::to_owned)
        };
        assert_eq!(name().await.as_deref(), Some("event: state"));
        for _ in 0..=CHANGES_KEPT {
            sandbox.clock_moved();
        }
        assert_eq!(name().await.as_deref(), Some("event: state"));
        sandbox.clock_moved();
        assert_eq!(name().await.as_deref(), Some("event: clock"));
    }
}
