//! What the office knows that bears on an intent, as the store gives it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::awaiting::Taken;
use crate::briefing::Since;
use crate::chat::incoming::Attachment;
use crate::chat::words::Words;
use crate::history::Entry;
use crate::instructions::Whole;
use crate::office::duty::{Duty, UnassignedTask};
use crate::office::ids::{DutyId, TaskId, UnitId};
use crate::office::mention::{Mention, Mentioned};
use crate::office::policy::Confirm;
use crate::plans::Numbered;
use crate::reminding::rehearsal::Planned;
use crate::reporting::{EarlierReport, Question};
use crate::transfers::Taker;
use crate::{
    areas, assigning, binding, citations, contacts, coordinators, copies, filing, importing, inspections, plans,
    questions, quiet, review, settings,
};

/// What the office knows that bears on an intent.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The duties that may be spoken of here: those of the unit, or all of them for coordinators.
    pub duties: Vec<Duty>,
    /// Tasks that no unit answers for.
    pub unassigned: Vec<UnassignedTask>,
    pub questions: questions::Known,
    pub contacts: contacts::Known,
    pub areas: areas::Known,
    /// The unit that takes over a part in a task, or those that may.
    pub takers: Vec<Taker>,
    /// What bears on private copies.
    pub copies: copies::Known,
    /// Whether the message whose button was pressed still offers that.
    pub is_offered: bool,
    /// What the message of the pressed button shows, where it is gone on with.
    pub shown: Option<Words>,
    /// What was taken as a reason, and is none.
    pub taken: Option<Taken>,
    pub quiet: quiet::Known,
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
    pub binding: binding::Known,
    pub coordinators: coordinators::Known,
    pub review: review::Known,
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
    pub filing: filing::Known,
    pub plans: plans::Known,
    /// The plans in which the number that is said may be meant.
    pub numbered: Numbered,
    pub settings: settings::Known,
    pub citations: citations::Known,
    /// What bears on items and on changes of tasks.
    pub assigning: assigning::Known,
    pub inspections: inspections::Known,
    /// The report that a button opens.
    pub whole_report: Option<Whole>,
    /// Whether the words have waited for the speaker's registration.
    pub made_up: bool,
    /// What the schedule would say on the days that are asked about.
    pub planned: Vec<Planned>,
    pub importing: importing::Known,
}
