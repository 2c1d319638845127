//! The updates that wait for the bot: numbered, kept until it confirms them.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// What a bot gets that has never said which kinds it wants, as far as the sandbox makes them.
const KINDS: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

/// The queue behind getUpdates.
pub(super) struct Updates {
    waiting: VecDeque<Update>,
    next_id: i64,
    wanted: Vec<String>,
}

struct Update {
    id: i64,
    kind: &'static str,
    body: Value,
}

impl Updates {
    pub fn new(first_id: i64) -> Updates {
        Updates { waiting: VecDeque::new(), next_id: first_id, wanted: KINDS.map(String::from).to_vec() }
    }

    /// Queues an update, unless the bot has said that it does not want its kind.
    pub fn push(&mut self, kind: &'static str, body: Value) {
        if !self.wanted.iter().any(|wanted| wanted == kind) {
            return;
        }
        let id = self.next_id;
        self.next_id += 1;
        self.waiting.push_back(Update { id, kind, body });
    }

    /// Remembers which kinds the bot wants from now on; an empty list is the default.
    pub fn want(&mut self, kinds: Vec<String>) {
        self.wanted = if kinds.is_empty() { KINDS.map(String::from).to_vec() } else { kinds };
    }

    pub fn wanted(&self) -> &[String] {
        &self.wanted
    }

    /// Forgets the updates before `offset`; a negative one keeps that many from the end.
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let kept = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let surplus = self.waiting.len().saturating_sub(kept);
            self.waiting.drain(..surplus);
        } else {
            self.waiting.retain(|update| update.id >= offset);
        }
    }

    /// The oldest updates, which stay until they are confirmed.
    pub fn oldest(&self, limit: usize) -> Vec<Value> {
        self.waiting
            .iter()
            .take(limit)
            .map(|update| json!({"update_id": update.id, update.kind: update.body}))
            .collect()
    }

    pub fn forget_all(&mut self) {
        self.waiting.clear();
    }

    pub fn count(&self) -> usize {
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(updates: &Updates) -> Vec<i64> {
        updates.oldest(100).iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
    }

    fn five() -> Updates {
        let mut updates = Updates::new(1);
        for number in 0..5 {
            updates.push("message", json!(number));
        }
        updates
    }

    #[test]
    fn an_offset_confirms_what_lies_before_it() {
        let mut updates = five();
        updates.confirm(0);
        assert_eq!(ids(&updates), [1, 2, 3, 4, 5]);
        updates.confirm(3);
        assert_eq!(ids(&updates), [3, 4, 5]);
        updates.confirm(100);
        assert_eq!(updates.count(), 0);
    }

    #[test]
    fn a_negative_offset_keeps_the_last_ones() {
        let mut updates = five();
        updates.confirm(-2);
        assert_eq!(ids(&updates), [4, 5]);
        updates.confirm(-10);
        assert_eq!(ids(&updates), [4, 5]);
        updates.confirm(i64::MIN);
        assert_eq!(ids(&updates), [4, 5]);
    }

    #[test]
    fn kinds_that_are_not_wanted_take_no_number() {
        let mut updates = Updates::new(7);
        updates.want(vec!["callback_query".into()]);
        updates.push("message", json!(null));
        updates.push("callback_query", json!(null));
        assert_eq!(ids(&updates), [7]);
        updates.want(Vec::new());
        updates.push("message", json!(null));
        assert_eq!(ids(&updates), [7, 8]);
    }
}
