//! What somebody wants: the words of an update, read in the place where they were said.

pub mod button;
pub mod command;
mod commanded;
pub mod heard;
pub mod menu;
mod of_task;
pub mod paper;
mod passed_on;
mod preview;
pub mod reading;
pub mod seal;
pub mod tapped;
pub mod words;

use chrono::{DateTime, NaiveDate, Utc};

use crate::chat::incoming::{Sender, Standing};
use crate::instructions::Said;
use crate::intent::button::DrawnFor;
use crate::intent::paper::{Paper, Sheet};
use crate::office::called::Called;
use crate::office::ids::{ChatId, DutyId, InspectionId, MilestoneId, PersonId, PracticeId, StepId, TaskId, UnitId};
use crate::office::place::PartOf;
use crate::reporting::meaning::Meaning;
use crate::reporting::statement::{Plan, Statement};
use crate::review::{Order, Press, WishKind};
use crate::steps::{Mark, View};
use crate::understanding::{Beyond, Query};
use crate::{
    areas, assigning, citations, coordinators, filing, importing, inspections, plans, problems, reporting, transfers,
};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Not for the bot, or nothing that needs an answer.
    Nothing,
    /// Somebody else's words, which would act if they were the speaker's own.
    PassedOn,
    Greet,
    Bind {
        code: String,
    },
    Help,
    HelpPage {
        number: usize,
    },
    Misused {
        usage: &'static str,
    },
    UnknownCommand {
        name: String,
    },
    Tasks,
    /// One task of the unit, or of all units for coordinators.
    Task {
        number: String,
    },
    Report(Statement),
    /// What a coordinator passes on for a unit: what would be wanted if the unit said it.
    OnBehalf {
        unit: String,
        says: Box<Intent>,
    },
    /// Words to the bot that mean nothing that it knows.
    Unclear(Statement),
    /// An edit after which the words report nothing.
    EditedAway,
    /// Takes back a report: that of one message, or the speaker's latest.
    Undo {
        message_id: Option<i64>,
    },
    /// Reports in one tap.
    Tap(reporting::tapped::Tap),
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
    /// Splits a duty into steps, or shows those that it has.
    BreakDown(Plan),
    /// Ticks a step off, or takes the tick or the step back; the message of the button shows `view`.
    MarkStep {
        step: StepId,
        mark: Mark,
        view: View,
    },
    /// The steps of the unit's duty in a task.
    ShowSteps {
        task: TaskId,
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
    /// A contact switches private copies on or off; `by_link`: on, of that unit.
    SwitchCopies {
        by_link: Option<UnitId>,
    },
    AskToBeContact {
        unit: UnitId,
    },
    ConfirmContact {
        unit: UnitId,
        person: PersonId,
    },
    /// A contact's work goes to a colleague: who wrote the answered message, else one to be chosen.
    HandOver {
        to: Option<Sender>,
    },
    HandOverTo {
        unit: UnitId,
        from: PersonId,
        to: PersonId,
    },
    /// The colleague takes over what a contact has offered.
    TakeOver {
        unit: UnitId,
        from: PersonId,
        to: PersonId,
    },
    /// The group is left in peace.
    Silence,
    /// The group is reminded again, which was left in peace at `since`, in seconds since 1970.
    EndSilence {
        chat: ChatId,
        since: i64,
    },
    /// The speaker is no longer a contact.
    Leave,
    /// Who the contacts are, of the unit here or of the one that is named.
    Contacts {
        unit: Option<String>,
    },
    /// A coordinator ends a contact's registration, which began at `since`, in seconds since 1970.
    Dismiss {
        unit: UnitId,
        person: PersonId,
        since: i64,
    },
    Area(areas::Wanted),
    Plans(plans::Wanted),
    /// A paper of the plan that is named.
    PaperOf {
        sheet: Sheet,
        plan: String,
    },
    Rights(coordinators::Wanted),
    /// Somebody is no longer in the group.
    Departed {
        telegram_id: i64,
    },
    /// A coordinator's word on what a message asked for, by a button.
    Decide {
        drawn: DrawnFor,
        press: Press,
    },
    /// The files of a claim are to be sent.
    OpenEvidence {
        duty: DutyId,
        message_id: i64,
    },
    /// A coordinator agrees to the claims of a page; `shown` stands for them.
    AgreePage {
        number: usize,
        shown: u32,
    },
    /// A coordinator rules on duties by command.
    Order(Order),
    /// A coordinator says that the clock, which seemed to jump, is right. `shown`: what it showed, in seconds since 1970.
    TrustClock {
        shown: i64,
    },
    /// Why a claim was given back, in answer to the question.
    GiveReason {
        decision: i64,
        duty: DutyId,
        reason: String,
    },
    /// The words of a message, which were taken as a reason, are none.
    NoReason {
        message_id: i64,
    },
    /// A coordinator's words for the unit, on what it was told before.
    PassOn {
        duty: DutyId,
        words: String,
    },
    /// A coordinator's word on what a unit says is another's.
    Transfer {
        of: transfers::Of,
        wanted: transfers::Wanted,
    },
    Problem(problems::Wanted),
    Citation(citations::Wanted),
    /// A coordinator recommends a practice to others, or does so no longer.
    Recommend {
        duty: DutyId,
        practice: PracticeId,
        recommended: bool,
    },
    /// Why a wish was refused, in answer to the question.
    ExplainRefusal {
        wish: WishKind,
        duty: DutyId,
        message_id: i64,
        reason: String,
    },
    Query(Query),
    /// 收到
    Read {
        message_id: i64,
        at: DateTime<Utc>,
    },
    /// A coordinator's words on what a unit reported in that chat.
    Instruct {
        of: Said,
        chat: ChatId,
        words: String,
    },
    /// What a unit answers to an instruction, and is no report.
    AnswerInstruction(Statement),
    /// A report in full.
    ShowReport {
        of: Said,
    },
    /// What a contact asks about the own unit; `None` where it is nothing that the bot knows.
    Ask {
        query: Option<Query>,
        statement: Statement,
    },
    Paper(Paper),
    Bulletin(filing::bulletin::Wanted),
    Brief,
    Units,
    /// An invitation for a unit.
    Invite {
        name: String,
        /// Also where one waits to be used.
        anew: bool,
    },
    /// A document that may be a plan.
    Document {
        message_id: i64,
        file_id: String,
        name: String,
    },
    /// A question that is not understood.
    UnclearQuestion {
        text: String,
    },
    /// What the bot does not do, or not by such words.
    Beyond(Beyond),
    /// Words that name one of several units without saying which.
    WhichUnit {
        units: Vec<String>,
    },
    /// Another page of the answer whose button was pressed.
    Page {
        number: usize,
    },
    /// A coordinator's word on what was read of a document.
    Import {
        document: i64,
        word: importing::Word,
    },
    /// What happened to a task, or to a unit's part in it.
    History {
        called: Option<Called>,
        unit: Option<String>,
        /// Whether whole messages are wanted beside what they say of the task.
        whole: bool,
    },
    /// Asks units to report beside the schedule.
    Remind {
        called: Option<Called>,
        unit: Option<String>,
    },
    /// The same in a coordinator's words, which wait for a press.
    ProposeReminder {
        called: Option<Called>,
        unit: Option<String>,
    },
    /// The press.
    ConfirmReminder {
        called: Option<Called>,
        unit: Option<UnitId>,
    },
    /// Asks one unit to report on its part in a task that the speaker's unit leads.
    Nudge {
        duty: DutyId,
    },
    Policy {
        key: Option<String>,
        value: Option<String>,
    },
    /// Confirms a change of settings.
    SetPolicy {
        key: String,
        value: String,
    },
    /// What the schedule would say on these days.
    Preview {
        from: NaiveDate,
        to: NaiveDate,
        /// The page whose button was pressed, from 0; `None` where it was asked for by words.
        page: Option<usize>,
    },
    Inspection(inspections::Wanted),
    /// Items are assigned, tasks amended and ended.
    Assigning(assigning::Wanted),
    /// What a unit answers to an inspection.
    AnswerInspection {
        inspection: InspectionId,
        statement: Statement,
    },
    /// A button that an older version drew, or that nobody drew.
    StaleButton,
    Membership {
        was: Standing,
        is: Standing,
    },
    Migrated {
        to: i64,
    },
}
