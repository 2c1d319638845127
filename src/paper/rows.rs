//! The rows of the workbook's long sheets.

use chrono::NaiveDateTime;

use crate::problems::Ending;

/// A row of the sheet 反馈.
#[derive(Clone, Debug)]
pub struct ReportLine {
    pub id: i64,
    pub plan: String,
    pub task: String,
    pub unit: String,
    pub person: String,
    pub reported_at: NaiveDateTime,
    pub recorded_at: NaiveDateTime,
    pub status: &'static str,
    pub percent: Option<i64>,
    /// What was said of the task.
    pub text: String,
    /// The whole message, where it says more.
    pub whole: Option<String>,
    pub problems: Vec<String>,
    pub late: bool,
    pub withdrawn: bool,
    /// 补: whether it waited for its sender's registration.
    pub made_up: bool,
    /// How often its message was edited.
    pub edited: i64,
    /// What the files are called.
    pub evidence: Vec<String>,
    /// SHA-256 of those that were fetched.
    pub digests: Vec<String>,
    /// Where its message can be opened.
    pub link: Option<String>,
}

/// A row of the sheet 问题.
#[derive(Clone, Debug)]
pub struct ProblemLine {
    pub id: i64,
    pub plan: String,
    pub task: String,
    pub unit: String,
    pub raised_at: NaiveDateTime,
    pub what: String,
    /// `None` while it is open.
    pub ending: Option<Ending>,
    pub ended_at: Option<NaiveDateTime>,
    pub answer: Option<String>,
}

/// A row of the sheet 提醒.
#[derive(Clone, Debug)]
pub struct ReminderLine {
    pub id: i64,
    pub unit: String,
    pub planned_for: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    pub state: &'static str,
    pub tasks: Vec<String>,
    /// Who has said 收到.
    pub read_by: String,
}

/// A row of the sheet 台账, as it was hashed.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    pub seq: i64,
    pub at: String,
    pub actor: String,
    pub kind: String,
    pub body: String,
    pub hash: String,
}
