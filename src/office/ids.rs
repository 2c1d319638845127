//! Numbers of rows, each kind a type of its own.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub i64);
    )*};
}

ids! {
    /// A unit on the roll.
    UnitId,
    /// 分工方案
    PlanId,
    /// A task of a plan.
    TaskId,
    /// One unit's part in one task.
    DutyId,
    /// A date within a task.
    MilestoneId,
    /// A part of a duty with a date of its own.
    StepId,
    /// A chat, whatever id Telegram gives it today.
    ChatId,
    /// A person, whatever name they use today.
    PersonId,
    /// A problem that a report raised.
    ProblemId,
    /// A practice that a report passes on.
    PracticeId,
    /// 表扬, 提醒 or 约谈
    CitationId,
    /// 专项督查
    InspectionId,
    /// What a message proposes to assign
    AssignmentId,
    /// Words that were asked about
    QuestionId,
}
