//! What arrives in a chat and what is said there.

pub mod harmless;
pub mod incoming;
pub mod phrases;
pub mod refusals;
pub mod text;
pub mod undelivered;
pub mod words;

/// Buttons that have done their work, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedButtons {
    pub data: Vec<String>,
    /// Whether only those in this chat are meant: message ids are those of a chat.
    pub only_here: bool,
    /// What the outcome is about, where a message has buttons for several things.
    pub subject: String,
    /// One line, ready to be shown.
    pub outcome: String,
}
