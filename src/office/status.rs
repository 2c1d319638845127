//! How a duty stands.

use serde::{Deserialize, Serialize};

/// How a duty stands. Overdue is no status: it follows from the due date, the status and today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NotStarted,
    InProgress,
    Blocked,
    /// 提请办结: the unit says that it is done; a coordinator has not yet agreed.
    ClaimedDone,
    /// 已办结: a coordinator agreed.
    Done,
    /// 中止
    Suspended,
}

impl Status {
    pub const ALL: [Status; 6] =
        [Status::NotStarted, Status::InProgress, Status::Blocked, Status::ClaimedDone, Status::Done, Status::Suspended];

    pub fn key(self) -> &'static str {
        match self {
            Status::NotStarted => "not_started",
            Status::InProgress => "in_progress",
            Status::Blocked => "blocked",
            Status::ClaimedDone => "claimed_done",
            Status::Done => "done",
            Status::Suspended => "suspended",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Status::NotStarted => "未启动",
            Status::InProgress => "推进中",
            Status::Blocked => "受阻",
            Status::ClaimedDone => "提请办结",
            Status::Done => "已办结",
            Status::Suspended => "中止",
        }
    }

    pub fn from_key(key: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.key() == key)
    }

    /// Whether the unit still has something to do.
    pub fn is_open(self) -> bool {
        !matches!(self, Status::ClaimedDone | Status::Done | Status::Suspended)
    }

    /// Whether neither a coordinator's sign-off nor a suspension has ended the work.
    pub fn may_be_suspended(self) -> bool {
        !matches!(self, Status::Done | Status::Suspended)
    }
}
