//! 交办: single items without a document, and what coordinators change of tasks by word. All items are tasks of one standing
//! plan, so an item runs as any other task does.
//!
//! Units hear of either in the digest of the day or the next, never in a message of its own.

pub mod announced;
pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::office::called::Called;
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{AssignmentId, MilestoneId, PlanId, TaskId};
use crate::office::plan::Draft;
use crate::understanding::steps::Doubt;

/// The title and short name of the plan that holds all items.
pub const PLAN: &str = "交办";

/// What a coordinator assigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub whom: Whom,
    /// The last day that still counts.
    pub due: NaiveDate,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Every single unit on the roll.
    All,
    /// Units and collectives, as they were typed.
    Units(Vec<String>),
}

/// Why words assign nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    NoUnits,
    /// What is to be done by when.
    Deed(Doubt),
}

/// Whom a request means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Single units, by full name.
    pub units: Vec<String>,
    /// Those that stand for many.
    pub collectives: Vec<String>,
    /// The members of the collectives, without the units.
    pub members: Vec<String>,
    /// Names that are on no roll, each with a few that are like it.
    pub unknown: Vec<(String, Vec<String>)>,
    /// Collectives without members on the roll.
    pub empty: Vec<String>,
}

impl Asked {
    /// All who get a part.
    pub fn everybody(&self) -> impl Iterator<Item = &String> {
        self.units.iter().chain(&self.members)
    }

    /// The names that stand for nobody.
    pub fn left_out(&self) -> Vec<&str> {
        self.unknown.iter().map(|(name, _)| name).chain(&self.empty).map(String::as_str).collect()
    }

    pub fn item(&self, words: &str, due: NaiveDate) -> Item {
        Item { words: words.to_owned(), due, units: self.units.clone(), collectives: self.collectives.clone() }
    }
}

/// What is to become a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub words: String,
    pub due: NaiveDate,
    /// Single units, by full name.
    pub units: Vec<String>,
    pub collectives: Vec<String>,
}

/// What a message proposes to assign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: AssignmentId,
    pub item: Item,
    /// The task that it has become.
    pub task: Option<TaskId>,
}

/// A task that words may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub task: TaskRef,
    pub plan_id: PlanId,
    /// The plan's title.
    pub plan: String,
    /// By date, as they hold now.
    pub dates: Vec<Dated>,
    pub units: Vec<UnitRef>,
}

/// A date of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub id: MilestoneId,
    pub due: NaiveDate,
    pub scope: Option<String>,
}

/// What is to be changed of a task, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amend {
    /// `old`: as it was named. Without a year it lies in any.
    Due {
        old: Option<NaiveDate>,
        new: NaiveDate,
    },
    Text(String),
}

/// What is changed of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// Without a milestone the task had no date.
    Due {
        milestone: Option<MilestoneId>,
        old: Option<NaiveDate>,
        new: NaiveDate,
    },
    Text {
        old: String,
        new: String,
    },
    /// It is over, whatever the document says.
    Dropped,
    /// It is not over after all.
    Restored,
}

/// What is wanted of items and tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Asks for a confirmation. `message_id` names the message that says it.
    Propose {
        message_id: i64,
        request: Request,
    },
    /// The same for what a text asks for that somebody has sent on.
    ProposeNotice {
        message_id: i64,
        draft: Box<Draft>,
    },
    /// Words that assign or change nothing, and how they should be.
    Unread {
        unread: Unread,
        usage: &'static str,
    },
    /// Makes a task of what a message proposed.
    Assign {
        message_id: i64,
    },
    Amend {
        called: Called,
        amend: Amend,
        reason: Option<String>,
    },
    Drop {
        called: Called,
        reason: String,
    },
    /// Takes back that a task is over.
    Restore {
        task: TaskId,
    },
}

/// What the office knows that bears on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub asked: Asked,
    pub proposal: Option<Proposal>,
    /// That of the next item.
    pub next_number: String,
    /// The open tasks that are called so; the one that is to be restored.
    pub tasks: Vec<Standing>,
    pub units_with_chat: Vec<String>,
}

/// What one unit is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The number of the change.
    pub change: i64,
    pub unit: UnitRef,
    pub task: TaskRef,
    /// The short name of its plan, where several are open.
    pub plan: Option<String>,
    pub what: News,
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
}

/// What has become of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Assigned,
    /// `old`: what the unit knows; `None` where the task had no date.
    Due {
        old: Option<NaiveDate>,
        new: NaiveDate,
    },
    Text(String),
    Dropped,
    Restored,
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What a message proposes to assign.
    Propose {
        message_id: i64,
        item: Item,
    },
    /// It becomes a task.
    Assign(AssignmentId),
    Amend {
        task: TaskId,
        amendment: Amendment,
        reason: Option<String>,
    },
}
