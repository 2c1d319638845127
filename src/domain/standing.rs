//! How a duty stands after all that was said of it and decided on it.

use serde::{Deserialize, Serialize};

use super::duty::Status;

/// A coordinator's word on how a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// 同意办结
    Accepted,
    /// 退回
    Returned,
    /// 中止
    Suspended,
    /// 恢复
    Resumed,
    /// 撤销办结: it was signed off by mistake.
    Reopened,
}

impl Ruling {
    pub const ALL: [Ruling; 5] =
        [Ruling::Accepted, Ruling::Returned, Ruling::Suspended, Ruling::Resumed, Ruling::Reopened];

    pub fn key(self) -> &'static str {
        match self {
            Ruling::Accepted => "accepted",
            Ruling::Returned => "returned",
            Ruling::Suspended => "suspended",
            Ruling::Resumed => "resumed",
            Ruling::Reopened => "reopened",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Ruling::Accepted => "同意办结",
            Ruling::Returned => "退回办结申请",
            Ruling::Suspended => "中止",
            Ruling::Resumed => "恢复",
            Ruling::Reopened => "撤销办结",
        }
    }

    pub fn from_key(key: &str) -> Option<Ruling> {
        Ruling::ALL.into_iter().find(|ruling| ruling.key() == key)
    }

    /// Whether a duty that stands so may be ruled on in this way.
    pub fn fits(self, status: Status) -> bool {
        match self {
            Ruling::Accepted | Ruling::Returned => status == Status::ClaimedDone,
            Ruling::Suspended => status.may_be_suspended(),
            Ruling::Resumed => status == Status::Suspended,
            Ruling::Reopened => status == Status::Done,
        }
    }

    /// Whether it agrees to what a unit may have asked for.
    pub fn grants(self) -> bool {
        matches!(self, Ruling::Accepted | Ruling::Suspended)
    }

    /// Whether nothing is done until a reason is given.
    pub fn needs_reason(self) -> bool {
        matches!(self, Ruling::Suspended | Ruling::Reopened)
    }
}

/// What happened to a duty, in the order in which it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A report that was not withdrawn, in its newest version.
    Said {
        status: Option<Status>,
        percent: Option<u8>,
    },
    Ruled(Ruling),
}

/// How a duty stands after all that happened. Once a coordinator has signed it off or suspended it, only a coordinator
/// changes it.
pub fn stands_after(happenings: &[Happening]) -> (Status, Option<u8>) {
    let mut now = (Status::NotStarted, None);
    let mut before_claim = now;
    let mut before_suspension = now;
    for happening in happenings {
        if !matches!(now.0, Status::ClaimedDone | Status::Done | Status::Suspended) {
            before_claim = now;
        }
        now = match *happening {
            Happening::Said { .. } if matches!(now.0, Status::Done | Status::Suspended) => now,
            Happening::Said { status: None, percent: None } => now,
            Happening::Said { status: Some(Status::ClaimedDone), .. } => (Status::ClaimedDone, Some(100)),
            Happening::Said { status: Some(status @ Status::NotStarted), percent } => (status, percent),
            // Only a coordinator suspends; what a unit calls so stands still, and is followed up.
            Happening::Said { status: Some(Status::Suspended), percent } => {
                (Status::Blocked, percent.or(before_claim.1))
            }
            Happening::Said { status, percent } => (status.unwrap_or(before_claim.0), percent.or(before_claim.1)),
            Happening::Ruled(Ruling::Accepted) => (Status::Done, Some(100)),
            Happening::Ruled(Ruling::Returned) => (before_claim.0.max(Status::InProgress), before_claim.1),
            Happening::Ruled(Ruling::Suspended) if now.0.may_be_suspended() => {
                before_suspension = now;
                (Status::Suspended, now.1)
            }
            Happening::Ruled(Ruling::Resumed) if now.0 == Status::Suspended => before_suspension,
            Happening::Ruled(Ruling::Reopened) if now.0 == Status::Done => (Status::InProgress, before_claim.1),
            Happening::Ruled(Ruling::Suspended | Ruling::Resumed | Ruling::Reopened) => now,
        };
    }
    now
}

#[cfg(test)]
mod tests {
    use super::Happening::{Ruled, Said};
    use super::Ruling::{Accepted, Reopened, Resumed, Returned, Suspended};
    use super::*;

    #[test]
    fn how_a_duty_stands() {
        let said = |status, percent| Said { status: Some(status), percent };
        let claim = said(Status::ClaimedDone, None);
        let sixty = said(Status::InProgress, Some(60));
        let remark = Said { status: None, percent: None };
        let cases: [(&[Happening], _); 18] = [
            (&[], (Status::NotStarted, None)),
            (&[sixty, said(Status::Blocked, None)], (Status::Blocked, Some(60))),
            (&[sixty, remark], (Status::InProgress, Some(60))),
            (&[sixty, said(Status::Suspended, None)], (Status::Blocked, Some(60))),
            (&[sixty, claim], (Status::ClaimedDone, Some(100))),
            (&[sixty, claim, remark], (Status::ClaimedDone, Some(100))),
            (&[sixty, claim, Ruled(Returned)], (Status::InProgress, Some(60))),
            (&[claim, Ruled(Returned)], (Status::InProgress, None)),
            (&[sixty, claim, Ruled(Accepted), sixty], (Status::Done, Some(100))),
            (&[sixty, claim, sixty], (Status::InProgress, Some(60))),
            (&[sixty, Ruled(Suspended)], (Status::Suspended, Some(60))),
            (&[sixty, Ruled(Suspended), claim], (Status::Suspended, Some(60))),
            (&[sixty, Ruled(Suspended), claim, Ruled(Resumed)], (Status::InProgress, Some(60))),
            (&[sixty, claim, Ruled(Suspended), Ruled(Resumed)], (Status::ClaimedDone, Some(100))),
            (&[sixty, claim, Ruled(Suspended), Ruled(Resumed), Ruled(Returned)], (Status::InProgress, Some(60))),
            (&[sixty, claim, Ruled(Accepted), Ruled(Reopened)], (Status::InProgress, Some(60))),
            (&[claim, Ruled(Accepted), Ruled(Suspended)], (Status::Done, Some(100))),
            (&[sixty, Ruled(Resumed), Ruled(Reopened)], (Status::InProgress, Some(60))),
        ];
        for (happenings, expected) in cases {
            assert_eq!(stands_after(happenings), expected, "{happenings:?}");
        }
    }
}
