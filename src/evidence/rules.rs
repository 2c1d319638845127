//! What follows when a file cannot be fetched: it is tried again, ever more rarely, or given up.

use chrono::TimeDelta;

/// A refusal may be a mistake, but not so many in a row.
const MOST_REFUSALS: u32 = 5;
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(6);

/// Why there was no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Telegram gives bots no file of this size.
    TooBig,
    /// Telegram does not give it.
    Refused,
    /// Telegram was not reached.
    Unreached,
}

impl Failure {
    pub fn label(self) -> &'static str {
        match self {
            Failure::TooBig => "超过20MB，Telegram 不向机器人提供",
            Failure::Refused => "Telegram 不再提供",
            Failure::Unreached => "未能连接 Telegram",
        }
    }
}

/// When a file is tried again that was tried so often; `None` where it is given up.
pub fn again(failure: Failure, tries: u32) -> Option<TimeDelta> {
    let given_up = match failure {
        Failure::TooBig => true,
        Failure::Refused => tries >= MOST_REFUSALS,
        Failure::Unreached => false,
    };
    let doubled = 1 << tries.saturating_sub(1).min(16);
    (!given_up).then(|| (FIRST_PAUSE * doubled).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_refusals_end() {
        let pauses = |failure| [1, 2, 4, 5, 10, u32::MAX].map(|tries| again(failure, tries).map(|it| it.num_minutes()));
        assert_eq!(pauses(Failure::Unreached), [Some(1), Some(2), Some(8), Some(16), Some(360), Some(360)]);
        assert_eq!(pauses(Failure::Refused), [Some(1), Some(2), Some(8), None, None, None]);
        assert_eq!(again(Failure::TooBig, 1), None);
    }
}
