//! 佐证: what the files of reports hold. Each is fetched once, beside everything else, and its digest goes on the ledger; the
//! office may keep the files as well.

pub mod fetching;
pub mod list;
pub mod rows;
pub mod rules;

use chrono::NaiveDateTime;

/// A file that is still to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub file_id: String,
    /// How often it was tried.
    pub tries: u32,
}

/// A file of a report, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    pub id: i64,
    pub file_id: String,
    pub plan: String,
    pub task: String,
    pub unit: String,
    pub report: i64,
    /// In the office's time.
    pub reported_at: NaiveDateTime,
    pub person: String,
    pub withdrawn: bool,
    /// `photo`, `document`, `voice`, `video` or `audio`
    pub kind: String,
    pub name: Option<String>,
    /// `None` where the ledger has none.
    pub digest: Option<Digest>,
    /// Whether its bytes are kept.
    pub kept: bool,
    /// Why it was given up.
    pub missing: Option<String>,
}

/// What tells a file from every other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// In small hexadecimal letters.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}
