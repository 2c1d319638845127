//! What the office knows that bears on an intent, as the store gives it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::briefing::Since;
use crate::chat::incoming::Attachment;
use crate::citations::Citation;
use crate::coordinators::{Binding, Coordinator, Resignation};
use crate::filing::bulletin::OpenPlan;
use crate::history::Entry;
use crate::importing::sentences::Presence;
use crate::inspections::{Asked, EarlierAnswer, Inspection};
use crate::office::duty::{
    ChatId, Duty, DutyId, MilestoneId, PersonId, Status, TaskId, UnassignedTask, UnitId, UnitRef,
};
use crate::office::mention::{Mention, Mentioned};
use crate::office::place::{Awaited, PartOf, Person};
use crate::office::policy::Confirm;
use crate::reminding::rehearsal::Planned;
use crate::reminding::timekeeping::Jump;
use crate::review::{Decided, Petition};
use crate::understanding::{Aside, Item, Query};

/// What the office knows that bears on an intent.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The duties that may be spoken of here: those of the unit, or all of them for coordinators.
    pub duties: Vec<Duty>,
    /// Tasks that no unit answers for.
    pub unassigned: Vec<UnassignedTask>,
    /// The registered contacts of the unit.
    pub contacts: Vec<PersonId>,
    /// The units in question with their contacts: the one that is spoken of, or those from whose group somebody went.
    pub rosters: Vec<Roster>,
    /// The person who is to become, or who was, a contact.
    pub person_meant: Option<Person>,
    /// Whether that person has gone from the group in question.
    pub has_gone: bool,
    /// Whether the message whose button was pressed still offers that.
    pub is_offered: bool,
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
    /// Where one of them is to be chosen.
    pub open_plans: Vec<OpenPlan>,
    /// The settings that differ from the defaults.
    pub settings: BTreeMap<String, String>,
    /// The unit that a coordinator names, and what is on record about all of them.
    pub cited_unit: Option<UnitRef>,
    pub citations: Vec<Citation>,
    /// The inspections in question, and whom the one that is proposed means.
    pub inspections: Vec<Inspection>,
    pub inspected: Asked,
    /// What the message in question has answered to an inspection before.
    pub earlier_answer: Option<EarlierAnswer>,
    /// The units that lead the task of the duty that is decided on.
    pub leads: Vec<UnitId>,
    /// The message whose button was pressed, with the question that it answers a page of.
    pub asked: Option<(i64, Query)>,
    /// What the schedule would say on the days that are asked about.
    pub planned: Vec<Planned>,
    /// Whether the document in question waits for a word.
    pub document_is_open: bool,
    /// The units with open parts.
    pub presences: Vec<Presence>,
    /// The jump of the clock that holds the reminders.
    pub clock_jump: Option<Jump>,
}

/// A unit's group that a coordinator has left in peace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub unit: UnitRef,
    pub since: DateTime<Utc>,
    /// The coordinators' words of which the unit was not told.
    pub missed: Vec<Entry>,
}

/// 联络员 of a unit, and who else could be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    pub unit: UnitRef,
    pub contacts: Vec<Contact>,
    /// Who has spoken in the unit's group, or has asked to be a contact, and is none: the latest first.
    pub colleagues: Vec<(PersonId, String)>,
}

impl Roster {
    pub fn contact(&self, person: PersonId) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.person == person)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub person: PersonId,
    pub name: String,
    pub since: DateTime<Utc>,
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
    /// The problems of the duty that are open because of it alone, in their [sameness](crate::domain::problem::sameness).
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

/// Words that were taken as what was asked for last, without being a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub asked_for: Awaited,
    pub words: String,
    /// The duties on which they made a coordinator rule.
    pub duties: Vec<DutyId>,
}

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: i64,
    /// `None` invites a coordinator.
    pub unit: Option<UnitRef>,
    pub expires_at: DateTime<Utc>,
    pub used: bool,
    /// Whether a newer one, or the end of the binding, has put an end to it.
    pub ended: bool,
    /// Whether the unit already has another chat.
    pub unit_has_chat: bool,
    /// How many duties the unit has.
    pub duties: usize,
}
