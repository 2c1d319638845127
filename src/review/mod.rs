//! 核定: what units ask of the coordinators, and what these decide.

pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::incoming::Attachment;
use crate::office::called::Called;
use crate::office::duty::{Asked, Claim, Duty, Wish};
use crate::office::ids::{ChatId, DutyId, MilestoneId, PersonId, TaskId, UnitId};
use crate::office::standing::Ruling;
use crate::office::status::Status;

/// What a unit asks beside 提请办结, and a coordinator may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// 延期
    MoreTime,
    /// 中止
    Suspension,
}

/// What waits for a coordinator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Petition {
    /// 提请办结: of the whole duty, or of one date.
    Claim(Option<MilestoneId>),
    /// 延期 of one date; `None` where the duty has no date of its own.
    MoreTime(Option<MilestoneId>),
    /// 中止
    Suspension,
}

/// What a button says to what was asked for in the message for which it was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// 同意办结: to what was claimed.
    Agree,
    /// 整项办结, where one date was claimed.
    AgreeWhole,
    /// 退回
    GiveBack,
    Suspend,
    Keep,
    MoreTime {
        due: NaiveDate,
        granted: bool,
    },
    /// More time that the lead unit asked for: 仅该单位, or 全部责任单位.
    MoreTimeFor {
        due: NaiveDate,
        all: bool,
    },
}

/// What a coordinator has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ruled(Ruling),
    /// On the claim of one date.
    OfDate {
        of: MilestoneId,
        due: NaiveDate,
        granted: bool,
    },
    /// 撤销办结 of one date: it was signed off by mistake.
    DateReopened {
        of: MilestoneId,
        due: NaiveDate,
    },
    /// 整项办结, where the unit claimed one date.
    Whole {
        of: MilestoneId,
    },
    MoreTime {
        of: Option<MilestoneId>,
        due: NaiveDate,
        granted: bool,
        /// Whether it holds for all units in the task.
        all: bool,
    },
    /// A wish to be suspended was refused.
    NotSuspended,
}

impl Verdict {
    /// A ruling on the whole, or on one date.
    pub fn ruled(ruling: Ruling, of: Option<(MilestoneId, NaiveDate)>) -> Verdict {
        match (of, ruling) {
            (Some((of, due)), Ruling::Reopened) => Verdict::DateReopened { of, due },
            (Some((of, due)), _) => Verdict::OfDate { of, due, granted: ruling == Ruling::Accepted },
            (None, _) => Verdict::Ruled(ruling),
        }
    }

    /// A ruling on the one date of a duty that may be ruled on in this way, while the whole may not be.
    pub fn on_a_date(ruling: Ruling, duty: &Duty) -> Option<Verdict> {
        let date = match (ruling, duty.waiting.claims.as_slice()) {
            (Ruling::Accepted | Ruling::Returned, [only]) => duty.milestone(only.of?),
            (Ruling::Reopened, _) if duty.status != Status::Done => {
                duty.milestones.iter().filter(|date| date.done_at.is_some()).max_by_key(|date| date.done_at)
            }
            _ => None,
        };
        date.map(|date| match ruling {
            Ruling::Accepted if duty.is_last(date) => Verdict::Whole { of: date.id },
            _ => Verdict::ruled(ruling, Some((date.id, date.due))),
        })
    }

    /// What it answers, where a button was drawn for it.
    pub fn answers(self) -> Petition {
        match self {
            Verdict::Ruled(Ruling::Suspended) | Verdict::NotSuspended => Petition::Suspension,
            Verdict::MoreTime { of, .. } => Petition::MoreTime(of),
            Verdict::Ruled(_) => Petition::Claim(None),
            Verdict::OfDate { of, .. } | Verdict::DateReopened { of, .. } | Verdict::Whole { of } => {
                Petition::Claim(Some(of))
            }
        }
    }

    /// Whether it agrees to what was asked for.
    pub fn grants(self) -> bool {
        match self {
            Verdict::Ruled(ruling) => ruling.grants(),
            Verdict::OfDate { granted, .. } | Verdict::MoreTime { granted, .. } => granted,
            Verdict::Whole { .. } => true,
            Verdict::DateReopened { .. } | Verdict::NotSuspended => false,
        }
    }

    /// Whether the unit is told why, as soon as the coordinator has said so.
    pub fn asks_why(self) -> bool {
        match self {
            Verdict::Ruled(ruling) => ruling == Ruling::Returned,
            Verdict::OfDate { granted, .. } | Verdict::MoreTime { granted, .. } => !granted,
            Verdict::DateReopened { .. } | Verdict::Whole { .. } => false,
            Verdict::NotSuspended => true,
        }
    }
}

/// A decision that was made before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub person: String,
    pub at: DateTime<Utc>,
    pub verdict: Verdict,
}

/// A coordinator's word on duties, by command: `/suspend 5 省公安厅 理由`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub ruling: Ruling,
    pub on: On,
    pub reason: Option<String>,
    /// The message whose kept words are the reason, where a button completes it.
    pub kept_in: Option<i64>,
}

/// Which duties an order is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// The duties in the task that is called so; only the coordinator knows which, if there are several.
    Called(Called),
    UnitIn {
        called: Called,
        unit: String,
    },
    /// Every unit in the task that is called so.
    AllIn(Called),
    /// Every unit in a task.
    Task(TaskId),
    Duty(DutyId),
}

impl On {
    /// What calls the task, where a button does not name it.
    pub fn called(&self) -> Option<&Called> {
        match self {
            On::Called(called) | On::AllIn(called) | On::UnitIn { called, .. } => Some(called),
            On::Task(_) | On::Duty(_) => None,
        }
    }
}

impl Duty {
    /// Where and when something was asked for that still waits.
    pub fn asked(&self, petition: Petition) -> Option<Asked> {
        match petition {
            Petition::Claim(of) => self.claim(of).map(|claim| claim.asked),
            Petition::MoreTime(of) => self.wish(of).map(|wish| wish.asked),
            Petition::Suspension => self.waiting.suspension.as_ref().map(|(asked, _)| *asked),
        }
    }

    /// The claim of one date, or of the whole, that still waits.
    pub fn claim(&self, of: Option<MilestoneId>) -> Option<&Claim> {
        self.waiting.claims.iter().find(|claim| claim.of == of)
    }

    /// The wish for more time for one date that still waits.
    pub fn wish(&self, of: Option<MilestoneId>) -> Option<&Wish> {
        self.waiting.more_time.iter().find(|wish| wish.of == of)
    }

    /// All that still waits.
    pub fn petitions(&self) -> Vec<Petition> {
        let claims = self.waiting.claims.iter().map(|claim| Petition::Claim(claim.of));
        let wishes = self.waiting.more_time.iter().map(|wish| Petition::MoreTime(wish.of));
        let suspension = self.waiting.suspension.iter().map(|_| Petition::Suspension);
        claims.chain(wishes).chain(suspension).collect()
    }
}

/// What a button for a decision was drawn for: the words of a message, after so much was said of the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnFor {
    pub duty: DutyId,
    pub message_id: i64,
    pub said: i64,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A coordinator's word on what a message asked for, by a button.
    Press { drawn: DrawnFor, press: Press },
    /// The files of a claim are to be sent.
    OpenEvidence { duty: DutyId, message_id: i64 },
    /// A coordinator agrees to the claims of a page; `shown` stands for them.
    AgreePage { number: usize, shown: u32 },
    /// A coordinator rules on duties by command.
    Order(Order),
    /// Why a claim was given back, in answer to the question.
    GiveReason { decision: i64, duty: DutyId, reason: String },
    /// A coordinator's words for the unit, on what it was told before.
    PassOn { duty: DutyId, words: String },
    /// Why a wish was refused, in answer to the question.
    ExplainRefusal { wish: WishKind, duty: DutyId, message_id: i64, reason: String },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A coordinator's word on how a duty stands.
    Rule {
        duty: DutyId,
        ruling: Ruling,
        /// The one date that it is about.
        of: Option<MilestoneId>,
        /// The message with the claim that it answers.
        claim: Option<i64>,
        reason: Option<String>,
    },
    /// The files of a claim are sent to who asks for them.
    OpenEvidence {
        duty: DutyId,
        message_id: i64,
        files: Vec<Attachment>,
    },
    RefuseSuspension {
        duty: DutyId,
        message_id: i64,
    },
    /// Why a wish was refused.
    ExplainRefusal {
        wish: WishKind,
        duty: DutyId,
        message_id: i64,
        reason: String,
    },
    /// A coordinator's words for the unit.
    PassOn {
        duty: DutyId,
        words: String,
    },
    /// A coordinator's word on a wish for more time.
    DecideExtension {
        duty: DutyId,
        message_id: i64,
        granted: bool,
        /// Whether it holds for all units in the task.
        all: bool,
    },
    /// Why a claim was given back.
    GiveReason {
        decision: i64,
        reason: String,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Who has already decided on what the pressed button is about.
    pub decided: Option<Decided>,
    /// Who has decided and not said why yet, where the decision still stands.
    pub reason_wanted_of: Option<PersonId>,
    /// The units that lead the task of the duty that is decided on.
    pub leads: Vec<UnitId>,
    /// The chat in which was asked for what was refused.
    pub asked_in: Option<ChatId>,
}
