//! Buttons that have done their work: they go from every message that shows them, and what came of it stays.

use super::super::reply::review::Signed;
use super::{Case, Change, UsedButtons};

impl Case<'_> {
    /// `subject` tells what the buttons were for from what other buttons of the same message are for; it is ready to be
    /// shown.
    pub(super) fn used(&self, data: Vec<String>, subject: String, what: &str) -> Change {
        let outcome = self.signed(what);
        Change::UseButtons(UsedButtons { data, only_here: false, apart_from: None, subject, outcome })
    }

    /// Those of this chat: the ids of messages are those of a chat.
    pub(super) fn used_here(&self, data: Vec<String>, subject: String, what: &str) -> Change {
        let outcome = self.signed(what);
        Change::UseButtons(UsedButtons { data, only_here: true, apart_from: None, subject, outcome })
    }

    /// Those of this chat but for the message that was pressed, which is drawn anew.
    pub(super) fn used_elsewhere(&self, data: Vec<String>, subject: String, what: &str) -> Change {
        let (outcome, apart_from) = (self.signed(what), self.facts.pressed);
        Change::UseButtons(UsedButtons { data, only_here: true, apart_from, subject, outcome })
    }

    /// `—— 周敏 06-27 10:05 同意办结`
    fn signed(&self, what: &str) -> String {
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        Signed { person, moment: self.moment }.line(what)
    }
}
