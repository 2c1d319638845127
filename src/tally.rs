//! What has happened since the process began, counted for `/metrics`. Whoever watches adds up what several processes counted.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted, by the name of its metric and its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Event {
    /// An update that Telegram handed over.
    Update,
    UpdateSetAside,
    PollFailed,
    /// Telegram asked for a rest: 429.
    RateLimited,
    Sent,
    SendDelayed,
    SendInDoubt,
    SendRefused,
    SendUnreachable,
}

/// A metric with its help, and its events with their labels.
type Family = (&'static str, &'static str, &'static [(&'static str, Event)]);

pub const FAMILIES: [Family; 5] = [
    ("updates_total", "Updates that Telegram handed over.", &[("", Event::Update)]),
    ("updates_set_aside_total", "Updates that could not be handled.", &[("", Event::UpdateSetAside)]),
    ("polls_failed_total", "Polls that got no answer, or a refusal.", &[("", Event::PollFailed)]),
    ("telegram_rate_limited_total", "Requests that Telegram refused for a while (429).", &[("", Event::RateLimited)]),
    (
        "sends_total",
        "Attempts to send, by what became of them.",
        &[
            ("{outcome=\"sent\"}", Event::Sent),
            ("{outcome=\"delayed\"}", Event::SendDelayed),
            ("{outcome=\"in_doubt\"}", Event::SendInDoubt),
            ("{outcome=\"refused\"}", Event::SendRefused),
            ("{outcome=\"unreachable\"}", Event::SendUnreachable),
        ],
    ),
];

static COUNTS: [AtomicU64; Event::SendUnreachable as usize + 1] =
    [const { AtomicU64::new(0) }; Event::SendUnreachable as usize + 1];

pub fn count(event: Event, times: u64) {
    COUNTS[event as usize].fetch_add(times, Ordering::Relaxed);
}

pub fn counted(event: Event) -> u64 {
    COUNTS[event as usize].load(Ordering::Relaxed)
}
