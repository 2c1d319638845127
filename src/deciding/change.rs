//! What is to be true afterwards.

use chrono::{DateTime, NaiveDate, Utc};

use crate::chat::incoming::{Attachment, Standing};
use crate::chat::words::Words;
use crate::citations;
use crate::coordinators::Resignation;
use crate::deciding::facts::{Question, Taken};
use crate::inspections::{Asked, Request};
use crate::office::duty::{
    ChatId, CitationId, DutyId, InspectionId, MilestoneId, PersonId, PracticeId, ProblemId, StepId, TaskId, UnitId,
};
use crate::office::standing::Ruling;
use crate::problems::Ending;
use crate::quiet::rules::Hint;
use crate::review::WishKind;
use crate::steps::Mark;
use crate::understanding::Item;
use crate::understanding::steps::PlannedStep;

/// Something that is to be true afterwards; each is written to the ledger, apart from what only governs how much is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The invitation is used up.
    UseInvitation(i64),
    FailedCode,
    /// The chat speaks for the unit.
    BindUnit(UnitId),
    /// The chat becomes the coordinators' group.
    BindCoordinators,
    /// The speaker becomes a coordinator.
    AddCoordinator,
    /// A person is a coordinator no longer.
    RemoveCoordinator {
        person: PersonId,
        why: Resignation,
    },
    /// A person is a coordinator again.
    RestoreCoordinator(PersonId),
    /// The unit's chat no longer speaks for it.
    UnbindUnit {
        unit: UnitId,
        /// The contacts whom that chat has brought.
        contacts: Vec<PersonId>,
    },
    /// A person becomes a contact of a unit, or asks to.
    RegisterContact {
        unit: UnitId,
        person: PersonId,
    },
    AskToBeContact {
        unit: UnitId,
    },
    /// A person is no longer a contact of a unit.
    RemoveContact {
        unit: UnitId,
        person: PersonId,
        why: Parting,
    },
    /// A person is no longer in the group, and no longer asks to be a contact of its unit.
    ForgetMember(PersonId),
    /// A report, or a new version of one.
    Record(Record),
    Withdraw {
        message_id: i64,
        duties: Vec<DutyId>,
    },
    /// Words are kept until a button says which task they are about, or what they mean.
    KeepQuestion(Question),
    /// A step of a duty.
    PlanStep {
        id: StepId,
        duty: DutyId,
        step: PlannedStep,
        message_id: i64,
    },
    MarkStep {
        step: StepId,
        mark: Mark,
    },
    CloseQuestion {
        message_id: i64,
    },
    /// More evidence for all that a message has reported.
    Attach {
        message_id: i64,
        attachments: Vec<Attachment>,
    },
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
    /// Buttons that have done their work go from every message that shows them.
    UseButtons(UsedButtons),
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
    /// A problem is answered, closed or taken back. `words` is the answer.
    EndProblem {
        duty: DutyId,
        problem: ProblemId,
        how: Ending,
        words: Option<String>,
    },
    Recommend {
        duty: DutyId,
        practice: PracticeId,
        recommended: bool,
    },
    /// What a message proposes to put on record about a unit.
    ProposeCitation {
        message_id: i64,
        kind: citations::Kind,
        unit: UnitId,
        reason: String,
    },
    RecordCitation(CitationId),
    TellCitation(CitationId),
    WithdrawCitation {
        citation: CitationId,
        reason: String,
    },
    /// A unit is asked to report beside the schedule.
    Nudge {
        unit: UnitId,
        tasks: Vec<TaskId>,
        /// The working day on which it is told.
        day: NaiveDate,
    },
    /// What a message proposes to ask units for.
    ProposeInspection {
        message_id: i64,
        request: Request,
        asked: Asked,
    },
    StartInspection {
        inspection: InspectionId,
        /// The working day on which the units are asked.
        day: NaiveDate,
    },
    /// The units that have not answered are asked again.
    NudgeInspection {
        inspection: InspectionId,
        units: Vec<UnitId>,
        day: NaiveDate,
    },
    CloseInspection {
        inspection: InspectionId,
        day: NaiveDate,
    },
    /// A unit's answer to an inspection, or a new version of one.
    AnswerInspection {
        inspection: InspectionId,
        unit: UnitId,
        message_id: i64,
        at: DateTime<Utc>,
        text: String,
        attachments: Vec<Attachment>,
    },
    WithdrawInspectionAnswer {
        message_id: i64,
    },
    SetPolicy {
        key: String,
        value: String,
    },
    /// Why a claim was given back.
    GiveReason {
        decision: i64,
        reason: String,
    },
    /// Words were taken as what was asked for last.
    TakeWords {
        message_id: i64,
        taken: Taken,
    },
    /// They are no such thing.
    GiveWordsBack {
        message_id: i64,
        taken: Taken,
    },
    /// A message shows another page of its answer.
    TurnPage {
        message_id: i64,
        words: Words,
    },
    /// A document is to be fetched and read.
    WantDocument {
        message_id: i64,
        file_id: String,
        name: String,
    },
    /// A document becomes a plan; what that did is answered.
    ImportDocument(i64),
    DropDocument(i64),
    /// A new invitation is made and answered.
    Invite {
        name: String,
        /// Also where one waits to be used, which ends by it.
        anew: bool,
        answers: Option<i64>,
    },
    /// The clock is right, whatever it seemed.
    TrustClock,
    /// The chat was told this today.
    Hint(Hint),
    /// The speaker is answered here, after so many times lately.
    CountAnswer {
        before: u32,
    },
    /// The chat is left in peace.
    Silence,
    EndSilence(ChatId),
    /// What the bot has become in the chat.
    Standing(Standing),
    MoveChat {
        to: i64,
    },
}

/// Why somebody is no longer a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    HandedOver,
    SteppedDown,
    /// By a coordinator.
    Dismissed,
    LeftGroup,
    /// The group that had brought them was unbound.
    Unbound,
}

impl Parting {
    pub fn label(self) -> &'static str {
        match self {
            Parting::HandedOver => "移交",
            Parting::SteppedDown => "不再担任联络员",
            Parting::Dismissed => "移除",
            Parting::LeftGroup => "已退出本单位群",
            Parting::Unbound => "所在群已解除绑定",
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Parting::HandedOver => "handed_over",
            Parting::SteppedDown => "stepped_down",
            Parting::Dismissed => "dismissed",
            Parting::LeftGroup => "left_group",
            Parting::Unbound => "unbound",
        }
    }
}

/// Buttons that have done their work, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedButtons {
    pub data: Vec<String>,
    /// Whether only those in this chat are meant: message ids are those of a chat.
    pub only_here: bool,
    /// What the outcome is about, where a message has buttons for several things.
    pub subject: String,
    /// One line, ready to be shown.
    pub outcome: String,
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
    /// Whether the words came by an edit of their message.
    pub edited: bool,
    pub attachments: Vec<Attachment>,
}
