//! 表扬、提醒、约谈: what a coordinator puts on record about a unit, with a reason. Never the bot itself.

pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::chinese::numerals;
use crate::office::duty::UnitRef;
use crate::office::ids::{CitationId, UnitId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 表扬
    Commendation,
    /// 提醒
    Warning,
    /// 约谈
    Interview,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Commendation, Kind::Warning, Kind::Interview];

    pub fn key(self) -> &'static str {
        match self {
            Kind::Commendation => "commendation",
            Kind::Warning => "warning",
            Kind::Interview => "interview",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Kind::Commendation => "表扬",
            Kind::Warning => "提醒",
            Kind::Interview => "约谈",
        }
    }

    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    pub fn from_label(label: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.label() == label)
    }
}

/// One of them, proposed or on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub id: CitationId,
    pub kind: Kind,
    pub unit: UnitRef,
    pub reason: String,
    /// Who proposed it.
    pub person: String,
    /// When it was put on record; `None` while it is only proposed.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Whether the unit was told.
    pub told: bool,
    /// Why it was withdrawn, where it was.
    pub withdrawn_because: Option<String>,
}

impl Citation {
    /// The numbers of the tasks that its reason names: 第13项, 第5、7项.
    pub fn tasks(&self) -> Vec<String> {
        let lists = self.reason.split('第').skip(1).filter_map(|rest| rest.split_once('项'));
        let numbers = lists.flat_map(|(list, _)| list.split(['、', '，', '和', '及']));
        numbers.filter_map(|number| numerals::parse(number.trim())).map(|number| number.to_string()).collect()
    }
}

/// What is wanted of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those on record: the commendations, or the others.
    List {
        commendations: bool,
    },
    /// Asks for a confirmation. `message_id` names the message that says it.
    Propose {
        message_id: i64,
        kind: Kind,
        unit: String,
        reason: String,
    },
    /// Puts what a message proposed on record.
    Record {
        message_id: i64,
    },
    /// The unit is told.
    Tell {
        citation: CitationId,
    },
    /// Asks why it is to be withdrawn.
    AskWithdrawal {
        citation: CitationId,
    },
    Withdraw {
        citation: CitationId,
        reason: String,
    },
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What a message proposes to put on record about a unit.
    Propose {
        message_id: i64,
        kind: Kind,
        unit: UnitId,
        reason: String,
    },
    Record(CitationId),
    Tell(CitationId),
    Withdraw {
        citation: CitationId,
        reason: String,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub all: Vec<Citation>,
    /// The unit that a coordinator names, and what is on record about all of them.
    pub unit: Option<UnitRef>,
}
