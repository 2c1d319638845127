//! Whom a message to a unit calls by name, so that it is noticed in a muted group.

/// When a unit's contacts are called by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mention {
    /// Where something is due within a day, overdue, escalated or asked for by 催办.
    #[default]
    Due,
    Always,
    Never,
}

/// A contact of a unit who has not left its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// As Telegram numbers people.
    pub telegram_id: i64,
    pub name: String,
}
