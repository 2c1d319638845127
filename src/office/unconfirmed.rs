//! 待确认: words that were asked about and not confirmed yet.

use chrono::{DateTime, Utc};

use crate::office::ids::QuestionId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    pub id: QuestionId,
    /// The name of who said them.
    pub person: String,
    pub at: DateTime<Utc>,
    /// Empty where a file came without words.
    pub text: String,
    /// Whether nothing says which of the unit's tasks they are about.
    pub of_unit: bool,
    /// Whether they are about one task alone.
    pub of_one: bool,
    /// Whether a digest has named them.
    pub named: bool,
}
