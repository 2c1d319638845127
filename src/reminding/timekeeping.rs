//! A clock that jumps: what the schedule must not act on until somebody has looked.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Setting a clock right takes less.
const BACK: TimeDelta = TimeDelta::minutes(5);
/// A machine may sleep over a holiday.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// What the clock showed, and what it should have shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    pub expected: DateTime<Utc>,
    pub shown: DateTime<Utc>,
}

impl Jump {
    /// Whether a clock that should show about `expected` has jumped.
    pub fn between(expected: DateTime<Utc>, shown: DateTime<Utc>) -> Option<Jump> {
        let by = shown - expected;
        (by < -BACK || by > AHEAD).then_some(Jump { expected, shown })
    }

    /// Whether the clock has been put right since: it has caught up, or gone back.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        if self.shown < self.expected { now >= self.expected - BACK } else { now < self.shown }
    }
}

#[cfg(test)]
mod tests {
    use crate::reminding::timekeeping::Jump;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn jumps_and_their_ends() {
        let expected = DateTime::from_timestamp(1_550_000_000, 0).unwrap();
        for steady in [0, -300, 60, 7 * 86_400] {
            assert_eq!(Jump::between(expected, expected + TimeDelta::seconds(steady)), None, "{steady}");
        }
        let back = Jump::between(expected, expected - TimeDelta::seconds(301)).unwrap();
        assert!(!back.is_over(back.shown) && back.is_over(expected));
        let ahead = Jump::between(expected, expected + TimeDelta::seconds(7 * 86_400 + 1)).unwrap();
        assert!(!ahead.is_over(ahead.shown + TimeDelta::hours(9)) && ahead.is_over(expected + TimeDelta::hours(9)));
    }
}
