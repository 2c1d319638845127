//! What is to be true afterwards.

use chrono::{DateTime, NaiveDate, Utc};

use crate::areas::Field;
use crate::assigning::{Amendment, Item};
use crate::awaiting::Taken;
use crate::chat::UsedButtons;
use crate::chat::incoming::{Attachment, Standing};
use crate::chat::words::Words;
use crate::citations;
use crate::contacts::Parting;
use crate::coordinators::Resignation;
use crate::importing::Amendments;
use crate::inspections::{Asked, Request};
use crate::office::duty::PutOff;
use crate::office::ids::{
    AssignmentId, ChatId, CitationId, DutyId, InspectionId, MilestoneId, PersonId, PlanId, PracticeId, ProblemId,
    StepId, TaskId, UnitId,
};
use crate::office::standing::Ruling;
use crate::problems::Ending;
use crate::quiet::Hint;
use crate::reporting::{Question, Record};
use crate::review::WishKind;
use crate::steps::Mark;
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
    /// A coordinator is asked first about these.
    GiveArea {
        person: PersonId,
        fields: Vec<Field>,
    },
    /// A coordinator is asked first about nothing any more.
    EndAreas {
        person: PersonId,
    },
    /// A plan gets the short name by which it is told from others.
    NamePlan {
        plan: PlanId,
        name: String,
    },
    /// Nobody is reminded of a plan any more.
    EndPlan(PlanId),
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
    /// The speaker has private copies of the unit's digests from now on, or has no more.
    BeginCopies {
        unit: UnitId,
    },
    EndCopies {
        unit: UnitId,
    },
    /// A line goes below what the unit's group was last reminded of.
    ShowInGroup {
        unit: UnitId,
        line: String,
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
    /// The files of a claim are sent to who asks for them.
    OpenEvidence {
        duty: DutyId,
        message_id: i64,
        files: Vec<Attachment>,
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
    /// A part in a task goes to another unit.
    PassPart {
        duty: DutyId,
        message_id: i64,
        to: UnitId,
    },
    /// A unit keeps what it says is another's.
    KeepPart {
        duty: DutyId,
        message_id: i64,
    },
    /// Nothing is made of what a unit says is another's.
    DropTransfer {
        duty: DutyId,
        message_id: i64,
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
    /// What a message proposes to assign.
    ProposeItem {
        message_id: i64,
        item: Item,
    },
    /// It becomes a task.
    AssignItem(AssignmentId),
    AmendTask {
        task: TaskId,
        amendment: Amendment,
        reason: Option<String>,
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
    /// A bulletin is issued, of one plan or of all.
    IssueBulletin {
        plan: Option<PlanId>,
        issue: u32,
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
    ImportDocument {
        document: i64,
        amendments: Amendments,
    },
    DropDocument(i64),
    /// A coordinator's words to a unit on its report, and the unit's answer.
    Instruct {
        duty: DutyId,
        words: String,
    },
    AnswerInstruction {
        duty: DutyId,
        words: String,
    },
    /// A unit is reminded of a duty once more.
    PutOff {
        duty: DutyId,
        put_off: PutOff,
        message_id: i64,
    },
    /// Somebody has read a message: the one that was answered, else the latest reminder.
    NoteReceipt {
        message_id: i64,
        answered: Option<i64>,
        at: DateTime<Utc>,
    },
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
