//! 反馈: what contacts tell of their duties.

pub mod meaning;
pub mod rows;
pub mod rules;
pub mod sentences;
pub mod statement;
pub mod tapped;
pub mod unconfirmed;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::incoming::Attachment;
use crate::office::ids::{DutyId, MilestoneId, PersonId, TaskId, UnitId};
use crate::office::place::PartOf;
use crate::office::status::Status;
use crate::reporting::meaning::Meaning;
use crate::reporting::statement::Statement;
use crate::reporting::tapped::Tap;
use crate::review::Petition;
use crate::understanding::item::{Aside, Item};

/// What there is of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub reported: bool,
    /// Words that wait until somebody says what they are about, or have waited.
    pub waits: bool,
    /// An answer to an inspection.
    pub answered: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub duty: DutyId,
    /// Who said it; somebody else may have named the task.
    pub person: PersonId,
    pub message_id: i64,
    pub reported_at: DateTime<Utc>,
    /// What was said of the duty.
    pub text: String,
    /// The whole message, where it says more than that.
    pub whole: Option<String>,
    pub item: Item,
    /// The date that a wish for more time is about.
    pub puts_off: Option<MilestoneId>,
    /// Said after the due date.
    pub late: bool,
    /// 补: whether it waited for the speaker's registration.
    pub made_up: bool,
    /// Whether the words came by an edit of their message.
    pub edited: bool,
    /// Whether newer words that are on record tell how the duty stands.
    pub overtaken: bool,
    /// 督办员代录: whether a coordinator has passed them on.
    pub on_behalf: bool,
    pub attachments: Vec<Attachment>,
}

/// How the person is called whose words a report has.
pub fn told_by(name: &str, on_behalf: bool) -> String {
    if on_behalf { format!("{name}，督办员代录") } else { name.to_owned() }
}

/// A report that a message has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierReport {
    pub duty: DutyId,
    pub message_id: i64,
    /// The whole message, in its newest version.
    pub text: String,
    /// The one date that it claims.
    pub claims: Option<MilestoneId>,
    /// Where it tells nothing of how the duty stands.
    pub aside: Option<Aside>,
    /// The problems that it names.
    pub problems: Vec<String>,
    /// The problems of the duty that are open because of it alone, in their [sameness](crate::problems::sameness).
    pub alone_raises: Vec<String>,
    pub withdrawn: bool,
    /// Whether a coordinator has ruled on the duty since.
    pub ruled: bool,
    /// What it has asked for and a coordinator has answered.
    pub answered: Vec<Petition>,
    /// Until when a coordinator has granted the more time that it asked for.
    pub granted: Option<NaiveDate>,
    /// How the duty stands without it.
    pub without: (Status, Option<u8>),
}

/// Words that wait for their task or their meaning; or a reason, which waits to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub message_id: i64,
    pub person: PersonId,
    pub at: DateTime<Utc>,
    pub text: String,
    /// What is still to be asked about, the next first.
    pub parts: Vec<Part>,
    /// How many parts were asked about before.
    pub settled: u16,
    pub attachments: Vec<Attachment>,
    /// Whether they came by an edit of their message.
    pub edited: bool,
    /// Whose words they are; nobody's where they are the reason of a coordinator's order.
    pub unit: Option<UnitId>,
    /// What was understood of each duty in the present part, where it counts only once that is confirmed.
    pub understood: Vec<(DutyId, Item)>,
    pub answered: bool,
}

/// A part of words that wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The tasks that it may be about; any where there are none.
    pub tasks: Vec<TaskId>,
    /// Whether those are all of the unit's that are open, as nothing tells which one is meant.
    #[serde(default)]
    pub of_unit: bool,
    /// The dates that the answered message named.
    #[serde(default)]
    pub dates: Vec<MilestoneId>,
    /// What was understood apart from the task; where nobody understood it, how the task most likely stands. Its words are
    /// empty where the whole message is about it.
    pub item: Item,
    /// Whether nobody understood it for sure, so that only a button gives its meaning.
    pub unclear: bool,
}

impl Question {
    /// The part that is asked about at present.
    pub fn present(&self) -> PartOf {
        PartOf { message_id: self.message_id, part: self.settled }
    }

    /// Whether all that the message says of tasks for sure waits to be confirmed, and not one part of it alone.
    pub fn is_understood_as_whole(&self) -> bool {
        let present = self.parts.first();
        !self.understood.is_empty() && present.is_some_and(|part| part.item == Item::default())
    }

    /// What is left to ask about once the present part is settled.
    pub fn next(&self) -> Option<Question> {
        let rest = self.parts.get(1..).filter(|rest| !rest.is_empty())?;
        let settled = self.settled.saturating_add(1);
        Some(Question { parts: rest.to_vec(), settled, understood: Vec::new(), ..self.clone() })
    }
}

impl Part {
    pub fn may_be_about(&self, task: TaskId) -> bool {
        self.tasks.is_empty() || self.tasks.contains(&task)
    }
}

/// Something that is asked for although a coordinator has been asked before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    pub petition: Petition,
    pub kind: RepeatKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// Another message asks for the same, and still waits. Only the words count.
    Again,
    /// The same message asked for it before its edit, and still waits.
    Reworded,
    /// The same message asked for it before its edit, and was answered. Only another message asks anew.
    Answered,
}

/// What is wanted of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Report(Statement),
    /// Words to the bot that mean nothing that it knows.
    Unclear(Statement),
    /// An edit after which the words report nothing.
    EditedAway,
    /// Takes back a report: that of one message, or the speaker's latest.
    Undo {
        message_id: Option<i64>,
    },
    /// Reports in one tap.
    Tap(Tap),
    /// Says which task kept words are about.
    Pick {
        of: PartOf,
        task: TaskId,
    },
    /// Wants to see all tasks that kept words may be about.
    PickMore {
        of: PartOf,
    },
    /// Says which date of its task kept words are about; `None`: the whole.
    PickDate {
        of: PartOf,
        date: Option<MilestoneId>,
    },
    /// Says that kept words are about all tasks that their question names.
    PickAll {
        of: PartOf,
    },
    /// Says what kept words mean for a task; `None` where they mean nothing for any.
    Mean {
        of: PartOf,
        task: Option<TaskId>,
        meaning: Meaning,
    },
    /// Says that what was understood of kept words counts; `at`: as they were worded then, in seconds since 1970.
    Confirm {
        of: PartOf,
        at: i64,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A report, or a new version of one.
    Record(Record),
    Withdraw {
        message_id: i64,
        duties: Vec<DutyId>,
    },
    /// Words are kept until a button says which task they are about, or what they mean.
    KeepQuestion(Question),
    CloseQuestion {
        message_id: i64,
    },
    /// More evidence for all that a message has reported.
    Attach {
        message_id: i64,
        attachments: Vec<Attachment>,
    },
}
