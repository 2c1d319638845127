//! The only door to the time. Everything else takes `now` as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// The system's clock, or one that was started at another instant and runs at real speed from there.
///
/// Clones share the offset, so the demo's page can move the clock under the running bot.
#[derive(Clone, Debug)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
    moved: watch::Sender<()>,
    /// Runs on evenly, whatever is done to the system's clock.
    begun: Instant,
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Clock { offset_seconds: Arc::new(AtomicI64::new(0)), moved: watch::Sender::new(()), begun: Instant::now() }
    }

    /// A clock that shows `at` now and runs on from there.
    pub fn started_at(at: DateTime<Utc>) -> Self {
        let clock = Clock::system();
        clock.move_to(at);
        clock
    }

    /// The present instant in whole seconds, so that a value read back from the database equals the one written.
    pub fn now(&self) -> DateTime<Utc> {
        system_now() + TimeDelta::seconds(self.offset_seconds.load(Ordering::Relaxed))
    }

    /// How long the process has run, which no setting of the clock changes.
    pub fn running(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Makes the clock show `at` and tells the receivers of [`Clock::moves`].
    pub fn move_to(&self, at: DateTime<Utc>) {
        let offset = (at - system_now()).num_seconds();
        self.offset_seconds.store(offset, Ordering::Relaxed);
        self.moved.send_replace(());
    }

    /// A receiver that changes whenever the clock is moved by hand.
    pub fn moves(&self) -> watch::Receiver<()> {
        self.moved.subscribe()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the system clock")]
fn system_now() -> DateTime<Utc> {
    instant_of(SystemTime::now())
}

/// Whole seconds. `Utc::now` panics where a clock shows a time before 1970; that one, and one that no date can hold, shows
/// the beginning of 1970 here, which every command refuses.
fn instant_of(shown: SystemTime) -> DateTime<Utc> {
    let since = shown.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_clock_is_too_wrong_to_be_read() {
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
        let shown = |seconds: u64| UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(instant_of(shown(1_550_000_000) + Duration::from_millis(999)), at(1_550_000_000));
        assert_eq!(instant_of(UNIX_EPOCH - Duration::from_secs(1)), at(0));
        assert_eq!(instant_of(shown(1 << 62)), at(0));
    }
}
