//! 佐证: what the files of reports and of answers to inspections hold. Each is fetched once, beside everything else, and its digest goes on the ledger; the
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

/// A file of a report or of an answer to an inspection, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// Of all files of reports, or of those of one answer.
    pub id: i64,
    pub file_id: String,
    /// What it is filed under: the plan, and 第5项 of it.
    pub plan: String,
    pub matter: String,
    pub unit: String,
    pub source: Source,
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

/// With what a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Report(i64),
    /// An answer to an inspection.
    Answer(i64),
}

impl Exhibit {
    /// `7`; `督3-1` is the first of an answer.
    pub fn number(&self) -> String {
        match self.source {
            Source::Report(_) => self.id.to_string(),
            Source::Answer(_) => format!("{}-{}", self.source.number(), self.id),
        }
    }
}

impl Source {
    pub fn number(self) -> String {
        match self {
            Source::Report(id) => id.to_string(),
            Source::Answer(id) => format!("督{id}"),
        }
    }
}

/// What a file is called that has no name of its own.
pub fn label(kind: &str) -> &str {
    match kind {
        "photo" => "照片",
        "voice" => "语音",
        "video" | "video_note" => "视频",
        "audio" => "音频",
        _ => "文件",
    }
}

/// What tells a file from every other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// In small hexadecimal letters.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}
