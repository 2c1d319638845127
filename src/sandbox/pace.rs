//! Telegram's sending limits: one message a second in a chat, twenty a minute in a group.

use std::collections::{HashMap, VecDeque};

const GROUP_WINDOW: i64 = 60;
const GROUP_MOST: usize = 20;

/// What has been sent lately, by chat.
#[derive(Default)]
pub(super) struct Pace {
    sent: HashMap<i64, VecDeque<i64>>,
}

impl Pace {
    /// Counts a message, or says after how many seconds it may come again.
    pub fn admit(&mut self, chat: i64, is_group: bool, now: i64) -> Result<(), i64> {
        let sent = self.sent.entry(chat).or_default();
        // A clock that was set back must not block a chat until it has caught up.
        sent.retain(|at| (now - GROUP_WINDOW + 1..=now).contains(at));
        if sent.back() == Some(&now) {
            return Err(1);
        }
        if is_group
            && sent.len() >= GROUP_MOST
            && let Some(oldest) = sent.front()
        {
            return Err(oldest + GROUP_WINDOW - now);
        }
        sent.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_a_second_in_a_chat() {
        let mut pace = Pace::default();
        assert_eq!(pace.admit(-1, true, 100), Ok(()));
        assert_eq!(pace.admit(-1, true, 100), Err(1));
        assert_eq!(pace.admit(-2, true, 100), Ok(()), "chats are apart");
        assert_eq!(pace.admit(-1, true, 101), Ok(()));
    }

    #[test]
    fn twenty_a_minute_in_a_group() {
        let mut pace = Pace::default();
        for second in 0..20 {
            assert_eq!(pace.admit(-1, true, second), Ok(()));
            assert_eq!(pace.admit(7, false, second), Ok(()));
        }
        assert_eq!(pace.admit(-1, true, 20), Err(40));
        assert_eq!(pace.admit(7, false, 20), Ok(()), "private chats have no such limit");
        assert_eq!(pace.admit(-1, true, 60), Ok(()));
    }

    #[test]
    fn a_clock_set_back_starts_anew() {
        let mut pace = Pace::default();
        pace.admit(-1, true, 1000).unwrap();
        assert_eq!(pace.admit(-1, true, 10), Ok(()));
    }
}
