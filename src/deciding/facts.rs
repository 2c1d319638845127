//! What the office knows that bears on an intent, as the store gives it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::areas::{Area, Field};
use crate::assigning;
use crate::awaiting::Taken;
use crate::binding::Invitation;
use crate::briefing::Since;
use crate::chat::incoming::Attachment;
use crate::chat::words::Words;
use crate::citations::Citation;
use crate::contacts::Roster;
use crate::coordinators::{Binding, Coordinator, Resignation};
use crate::copies;
use crate::filing::bulletin::Issued;
use crate::history::Entry;
use crate::importing::Presence;
use crate::inspections::{Asked, EarlierAnswer, Inspection};
use crate::instructions::Whole;
use crate::office::duty::{Duty, UnassignedTask, UnitRef};
use crate::office::ids::{ChatId, DutyId, PersonId, TaskId, UnitId};
use crate::office::mention::{Mention, Mentioned};
use crate::office::place::Person;
use crate::office::policy::Confirm;
use crate::plans::{KnownPlan, Numbered, PlanRow};
use crate::questions::counting::Counted;
use crate::questions::{Filed, Received};
use crate::quiet::Silence;
use crate::receipts::Reached;
use crate::reminding::rehearsal::Planned;
use crate::reminding::timekeeping::Jump;
use crate::reporting::{EarlierReport, Question};
use crate::review::Decided;
use crate::transfers::Taker;
use crate::understanding::Query;

/// What the office knows that bears on an intent.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The duties that may be spoken of here: those of the unit, or all of them for coordinators.
    pub duties: Vec<Duty>,
    /// Tasks that no unit answers for.
    pub unassigned: Vec<UnassignedTask>,
    /// Instead of the duties, where what is asked about is counted.
    pub counted: Option<Counted>,
    /// The registered contacts of the unit.
    pub contacts: Vec<PersonId>,
    /// Who is asked first about what.
    pub areas: Vec<Area>,
    /// What is to be given to a coordinator, and what of it nobody knows.
    pub fields: Vec<Field>,
    pub unknown_fields: Vec<String>,
    /// The unit that takes over a part in a task, or those that may.
    pub takers: Vec<Taker>,
    /// The units in question with their contacts: the one that is spoken of, or those from whose group somebody went.
    pub rosters: Vec<Roster>,
    /// The person who is to become, or who was, a contact.
    pub person_meant: Option<Person>,
    /// What bears on private copies.
    pub copies: copies::Known,
    /// Whether that person has gone from the group in question.
    pub has_gone: bool,
    /// Whether the message whose button was pressed still offers that.
    pub is_offered: bool,
    /// What the message of the pressed button shows, where it is gone on with.
    pub shown: Option<Words>,
    /// What was taken as a reason, and is none.
    pub taken: Option<Taken>,
    /// What the chat was told today and is not told again.
    pub hinted: Vec<String>,
    /// How often the speaker was answered here lately; `None` where that does not matter.
    pub answered_lately: Option<u32>,
    /// Since when the chat in question is left in peace.
    pub silence: Option<Silence>,
    /// The units that are left in peace.
    pub silenced_units: Vec<String>,
    /// What the message in question has recorded before.
    pub earlier: Vec<EarlierReport>,
    /// The duties of which newer words than those that were kept tell how they stand, and when they were said.
    pub newer: BTreeMap<DutyId, DateTime<Utc>>,
    /// What waits for its task or its meaning: of the message in question, or the one whose question is answered.
    pub question: Option<Question>,
    /// The office's name, which signs what coordinators say to units.
    pub office: Option<String>,
    /// Which readings are confirmed before they count.
    pub confirm: Confirm,
    /// When contacts are called by name.
    pub mention: Mention,
    /// The number of the next step that is planned.
    pub next_step: i64,
    /// The message whose button was pressed.
    pub pressed: Option<i64>,
    /// The files of the message that is gone on with.
    pub evidence: Vec<Attachment>,
    /// Whether the same person's same words wait for an answer already.
    pub asked_already: bool,
    pub invitation: Option<Invitation>,
    /// Wrong codes of this person within the last hour.
    pub failed_codes: u32,
    /// The person who asks to be a contact.
    pub applicant: Option<Person>,
    /// 督办员, where it matters who else is one; the longest serving first.
    pub coordinators: Vec<Coordinator>,
    /// The chat of the unit that is to be detached.
    pub binding: Option<Binding>,
    /// Why and since when the person in question is no coordinator any more.
    pub resigned: Option<(Resignation, DateTime<Utc>)>,
    /// Whether the group in question is that of the coordinators.
    pub in_coordinators_group: bool,
    /// Who has already decided on what the pressed button is about.
    pub decided: Option<Decided>,
    /// Who has decided and not said why yet, where the decision still stands.
    pub reason_wanted_of: Option<PersonId>,
    /// The chat in which was asked for what was refused.
    pub asked_in: Option<ChatId>,
    /// What happened to the task in question.
    pub history: Vec<Entry>,
    /// The other units' parts in the tasks in question that the unit leads.
    pub others: Vec<Duty>,
    /// Which unit was asked about which task, beside the schedule, on the working day that is or comes next.
    pub nudged: Vec<(UnitId, TaskId)>,
    /// The contacts of units, for those who are asked.
    pub mentioned: BTreeMap<UnitId, Vec<Mentioned>>,
    pub units_with_chat: Vec<String>,
    /// What has happened since the last briefing.
    pub since: Option<Since>,
    /// The number of the bulletin that comes after the last one.
    pub next_issue: Option<u32>,
    /// Who has issued the bulletin of the number that is asked for.
    pub issued: Option<Issued>,
    /// Where one of them is to be chosen.
    pub open_plans: Vec<KnownPlan>,
    /// All that ever were.
    pub plans: Vec<PlanRow>,
    /// The plans in which the number that is said may be meant.
    pub numbered: Numbered,
    /// The settings that differ from the defaults.
    pub settings: BTreeMap<String, String>,
    /// The unit that a coordinator names, and what is on record about all of them.
    pub cited_unit: Option<UnitRef>,
    pub citations: Vec<Citation>,
    /// What bears on items and on changes of tasks.
    pub assigning: assigning::Known,
    /// The inspections in question, and whom the one that is proposed means.
    pub inspections: Vec<Inspection>,
    pub inspected: Asked,
    /// What the message in question has answered to an inspection before.
    pub earlier_answer: Option<EarlierAnswer>,
    /// The units that lead the task of the duty that is decided on.
    pub leads: Vec<UnitId>,
    /// The message whose button was pressed, with the question that it answers a page of.
    pub asked: Option<(i64, Query)>,
    /// The report that a button opens.
    pub whole_report: Option<Whole>,
    /// Whether the words have waited for the speaker's registration.
    pub made_up: bool,
    /// How many messages of the person who is registered wait for that.
    pub unheard: i64,
    /// What units were sent last, where it is asked who has read it.
    pub reached: Vec<Reached>,
    /// What came in on the days that are asked about.
    pub received: Vec<Received>,
    /// The reports that came with files.
    pub filed: Vec<Filed>,
    /// What the schedule would say on the days that are asked about.
    pub planned: Vec<Planned>,
    /// Whether the document in question waits for a word.
    pub document_is_open: bool,
    /// The units with open parts.
    pub presences: Vec<Presence>,
    /// The jump of the clock that holds the reminders.
    pub clock_jump: Option<Jump>,
}
