//! What clauses tell, each with where it stands and the rule that found it.

use std::ops::Range;

use chrono::NaiveDate;

use super::lexicon::Class;
use super::share::{Of, Share};

/// One thing that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub what: What,
    /// In bytes of the plain form.
    pub range: Range<usize>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// What was told of one task.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub facts: Vec<Fact>,
    /// The clauses that no fact explains, in bytes of the plain form.
    pub unexplained: Vec<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Politeness, and what is said around the matter.
    Civil,
    /// Something is asked instead of told; `true` where it is asked whether the task is done.
    Question(bool),
    /// Somebody else is quoted, or something is only believed.
    Hearsay,
    /// The task as a whole is done: asserted, by this unit, of all of it. `firm`: the task is named, and that it happened.
    Whole {
        firm: bool,
    },
    /// A part is done: a stage, a place, a document, a period, some of many.
    Part,
    /// What is due on one day is done.
    Milestone(NaiveDate),
    /// That it is done is denied, wished, planned, demanded, or true only nearly. `passing`: it was so, or was to come, and
    /// is overtaken by what is told as done after it: 要求月底办结，现已办结.
    Open {
        passing: bool,
    },
    /// Something is left to do; `some_done` where that shows that something else is done.
    Remains {
        some_done: bool,
    },
    /// How much is done, and of what.
    Share(Share, Of),
    /// Something is being done.
    UnderWay,
    /// Something was done in the course of the task; not `firm` where it may as well be what is wrong: 厂商注销了.
    Act {
        firm: bool,
    },
    /// Somebody was chased or asked, which moves nothing by itself: 催了两次.
    Effort,
    /// Something is to be done.
    Planned,
    /// Nothing was begun: of the whole, or of something in it.
    NotBegun {
        whole: bool,
    },
    Stuck,
    Suspended,
    /// 无变化
    Unchanged,
    /// Something is wrong, lacking or wished for; `true` where a label says that it is a problem.
    Problem(bool),
    /// There is no problem; `true` where that is said plainly and of all.
    NoProblem(bool),
    Solved,
    Practice,
    /// More time is asked for, until this day where one was named.
    MoreTime(Option<NaiveDate>),
    /// The task is another unit's.
    NotOurs,
    /// Somebody else is told what to do: 请补充验收报告.
    Demand,
    /// The answer comes later.
    Later,
    /// Said beside the work.
    Beside,
}

impl What {
    /// By which the reading explains itself.
    pub fn name(&self) -> &'static str {
        match self {
            What::Civil => "civil",
            What::Question(_) => "question",
            What::Hearsay => "hearsay",
            What::Whole { .. } => "completion",
            What::Part => "part",
            What::Milestone(_) => "milestone",
            What::Open { .. } => "not_done",
            What::Remains { .. } => "remains",
            What::Share(..) => "share",
            What::UnderWay => "under_way",
            What::Act { .. } => "act",
            What::Effort => "effort",
            What::Planned => "planned",
            What::NotBegun { .. } => "not_begun",
            What::Stuck => "stuck",
            What::Suspended => "suspended",
            What::Unchanged => "unchanged",
            What::Problem(_) => "trouble",
            What::NoProblem(_) => "no_problem",
            What::Solved => "solved",
            What::Practice => "practice",
            What::MoreTime(_) => "more_time",
            What::NotOurs => "not_ours",
            What::Demand => "demand",
            What::Later => "later",
            What::Beside => "beside",
        }
    }
}

/// What surrounds a statement and adds nothing to it.
pub const AROUND: &[Class] = &[
    Class::Courtesy,
    Class::Own,
    Class::It,
    Class::Task,
    Class::Already,
    Class::All,
    Class::Manner,
    Class::Now,
    Class::Date,
    Class::De,
    Class::Le,
    Class::Link,
    Class::Quote,
    Class::Blank,
    Class::Pause,
    Class::LabelProgress,
    Class::Topic,
];
