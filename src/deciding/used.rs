//! Buttons that have done their work go from every message that shows them, and what came of it stays.

use crate::chat::UsedButtons;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::review::sentences::Signed;

/// `subject` tells what the buttons were for from what other buttons of the same message are for; it is ready to be
/// shown.
pub fn used(case: &Case<'_>, data: Vec<String>, subject: String, what: &str) -> Change {
    let outcome = signed(case, what);
    Change::UseButtons(UsedButtons { data, only_here: false, subject, outcome })
}

/// Those of this chat: the ids of messages are those of a chat.
pub fn used_here(case: &Case<'_>, data: Vec<String>, subject: String, what: &str) -> Change {
    let outcome = signed(case, what);
    Change::UseButtons(UsedButtons { data, only_here: true, subject, outcome })
}

/// `—— 周敏 06-27 10:05 同意办结`
pub fn signed(case: &Case<'_>, what: &str) -> String {
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Signed { person, own: false, moment: case.moment }.line(what)
}
