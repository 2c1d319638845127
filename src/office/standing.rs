//! How a duty stands after all that was said of it and decided on it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::office::ids::MilestoneId;
use crate::office::milestone::Reached;
use crate::office::status::Status;

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
        report: i64,
        status: Option<Status>,
        percent: Option<u8>,
        /// The one date that it claims to be done.
        claims: Option<MilestoneId>,
    },
    Ruled {
        ruling: Ruling,
        /// The one date that it is about.
        of: Option<MilestoneId>,
        at: DateTime<Utc>,
    },
}

/// A status and a share of the whole, in hundredths.
type Whole = (Status, Option<u8>);

/// How a duty stands: as a whole, and the dates that were claimed or signed off each by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    pub status: Status,
    pub percent: Option<u8>,
    pub reached: BTreeMap<MilestoneId, Reached>,
    pub before: Before,
}

/// To what a word of a coordinator may lead back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    claim: Whole,
    suspension: Whole,
}

/// How a duty stands after all that happened. Once a coordinator has signed it off or suspended it, only a coordinator
/// changes it.
pub fn stands_after(happenings: &[Happening]) -> Stands {
    let nothing = (Status::NotStarted, None);
    let first = Stands {
        status: nothing.0,
        percent: nothing.1,
        reached: BTreeMap::new(),
        before: Before { claim: nothing, suspension: nothing },
    };
    happenings.iter().fold(first, Stands::after)
}

impl Stands {
    /// How it stands after one thing more.
    pub fn after(mut self, happening: &Happening) -> Stands {
        let now = (self.status, self.percent);
        if !matches!(now.0, Status::ClaimedDone | Status::Done | Status::Suspended) {
            self.before.claim = now;
        }
        reach(&mut self.reached, happening, now.0);
        let before_claim = self.before.claim;
        (self.status, self.percent) = match *happening {
            Happening::Said { .. } if matches!(now.0, Status::Done | Status::Suspended) => now,
            Happening::Said { status: None, percent: None, .. } => now,
            Happening::Said { status: Some(Status::ClaimedDone), .. } => (Status::ClaimedDone, Some(100)),
            Happening::Said { status: Some(status @ Status::NotStarted), percent, .. } => (status, percent),
            // Only a coordinator suspends; what a unit calls so stands still, and is followed up.
            Happening::Said { status: Some(Status::Suspended), percent, .. } => {
                (Status::Blocked, percent.or(before_claim.1))
            }
            Happening::Said { status, percent, .. } => (status.unwrap_or(before_claim.0), percent.or(before_claim.1)),
            // One date of several leaves the duty under way.
            Happening::Ruled { of: Some(_), .. } => now,
            Happening::Ruled { ruling, .. } => match ruling {
                Ruling::Accepted => (Status::Done, Some(100)),
                Ruling::Returned => (before_claim.0.max(Status::InProgress), before_claim.1),
                Ruling::Suspended if now.0.may_be_suspended() => {
                    self.before.suspension = now;
                    (Status::Suspended, now.1)
                }
                Ruling::Resumed if now.0 == Status::Suspended => self.before.suspension,
                Ruling::Reopened if now.0 == Status::Done => (Status::InProgress, before_claim.1),
                Ruling::Suspended | Ruling::Resumed | Ruling::Reopened => now,
            },
        };
        self
    }
}

/// What a happening makes of single dates. `duty`: how the whole stood before it.
fn reach(reached: &mut BTreeMap<MilestoneId, Reached>, happening: &Happening, duty: Status) {
    match *happening {
        Happening::Said { report, claims: Some(date), .. }
            if !matches!(duty, Status::Done | Status::Suspended)
                && !matches!(reached.get(&date), Some(Reached::Done(_))) =>
        {
            reached.insert(date, Reached::Claimed(report));
        }
        Happening::Ruled { ruling: Ruling::Accepted, of: Some(date), at } => {
            reached.insert(date, Reached::Done(at));
        }
        Happening::Ruled { ruling: Ruling::Reopened, of: Some(date), .. } => {
            reached.remove(&date);
        }
        Happening::Ruled { ruling: Ruling::Returned, of: Some(date), .. }
            if matches!(reached.get(&date), Some(Reached::Claimed(_))) =>
        {
            reached.remove(&date);
        }
        // With the whole all that was claimed is answered.
        Happening::Ruled { ruling: Ruling::Accepted, of: None, .. } => {
            reached.retain(|_, one| matches!(one, Reached::Done(_)));
        }
        Happening::Said { .. } | Happening::Ruled { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::standing::Ruling::{Accepted, Reopened, Resumed, Returned, Suspended};
    use crate::office::status::Status;

    const JUNE: MilestoneId = MilestoneId(6);

    fn reported(report: i64, status: Option<Status>, percent: Option<u8>, claims: Option<MilestoneId>) -> Happening {
        Happening::Said { report, status, percent, claims }
    }

    fn ruled(ruling: Ruling, of: Option<MilestoneId>) -> Happening {
        Happening::Ruled { ruling, of, at: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn how_a_duty_stands() {
        let said = |status, percent| reported(1, Some(status), percent, None);
        let claim = said(Status::ClaimedDone, None);
        let sixty = said(Status::InProgress, Some(60));
        let remark = reported(1, None, None, None);
        let cases: [(&[Happening], _); 18] = [
            (&[], (Status::NotStarted, None)),
            (&[sixty, said(Status::Blocked, None)], (Status::Blocked, Some(60))),
            (&[sixty, remark], (Status::InProgress, Some(60))),
            (&[sixty, said(Status::Suspended, None)], (Status::Blocked, Some(60))),
            (&[sixty, claim], (Status::ClaimedDone, Some(100))),
            (&[sixty, claim, remark], (Status::ClaimedDone, Some(100))),
            (&[sixty, claim, ruled(Returned, None)], (Status::InProgress, Some(60))),
            (&[claim, ruled(Returned, None)], (Status::InProgress, None)),
            (&[sixty, claim, ruled(Accepted, None), sixty], (Status::Done, Some(100))),
            (&[sixty, claim, sixty], (Status::InProgress, Some(60))),
            (&[sixty, ruled(Suspended, None)], (Status::Suspended, Some(60))),
            (&[sixty, ruled(Suspended, None), claim], (Status::Suspended, Some(60))),
            (&[sixty, ruled(Suspended, None), claim, ruled(Resumed, None)], (Status::InProgress, Some(60))),
            (&[sixty, claim, ruled(Suspended, None), ruled(Resumed, None)], (Status::ClaimedDone, Some(100))),
            (
                &[sixty, claim, ruled(Suspended, None), ruled(Resumed, None), ruled(Returned, None)],
                (Status::InProgress, Some(60)),
            ),
            (&[sixty, claim, ruled(Accepted, None), ruled(Reopened, None)], (Status::InProgress, Some(60))),
            (&[claim, ruled(Accepted, None), ruled(Suspended, None)], (Status::Done, Some(100))),
            (&[sixty, ruled(Resumed, None), ruled(Reopened, None)], (Status::InProgress, Some(60))),
        ];
        for (happenings, expected) in cases {
            let stands = stands_after(happenings);
            assert_eq!((stands.status, stands.percent), expected, "{happenings:?}");
        }
    }

    #[test]
    fn one_date_is_claimed_and_signed_off_by_itself() {
        let claim = |report| reported(report, Some(Status::InProgress), None, Some(JUNE));
        let sixty = reported(3, Some(Status::InProgress), Some(60), None);
        let whole = reported(4, Some(Status::ClaimedDone), None, None);
        let (claimed, done) = (|report| Some(Reached::Claimed(report)), Some(Reached::Done(DateTime::UNIX_EPOCH)));
        let (accepted, returned) = (ruled(Accepted, Some(JUNE)), ruled(Returned, Some(JUNE)));
        let cases: [(&[Happening], Status, Option<Reached>); 11] = [
            (&[claim(1)], Status::InProgress, claimed(1)),
            (&[claim(1), claim(2), sixty], Status::InProgress, claimed(2)),
            (&[claim(1), returned], Status::InProgress, None),
            (&[claim(1), accepted, claim(2)], Status::InProgress, done),
            (&[claim(1), accepted, returned], Status::InProgress, done),
            (&[claim(1), accepted, ruled(Reopened, Some(JUNE))], Status::InProgress, None),
            (&[claim(1), accepted, whole, ruled(Returned, None)], Status::InProgress, done),
            (&[claim(1), ruled(Accepted, None), ruled(Reopened, None)], Status::InProgress, None),
            (&[whole, claim(1)], Status::InProgress, claimed(1)),
            (&[ruled(Suspended, None), claim(1)], Status::Suspended, None),
            (&[accepted], Status::NotStarted, done),
        ];
        for (happenings, status, june) in cases {
            let stands = stands_after(happenings);
            assert_eq!((stands.status, stands.reached.get(&JUNE).copied()), (status, june), "{happenings:?}");
        }
    }
}
