//! 专项督查: what coordinators ask units for beside the plan, and when units are reminded of it: by the policy's ladder,
//! without an end to its repeats.
//!
//! An inspection is named beside the plan's milestones and never changes when those are named.

pub mod reading;
pub mod rows;
pub mod rules;
pub mod sentences;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::incoming::Attachment;
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{InspectionId, UnitId};
use crate::office::policy::Policy;
use crate::reminding;
use crate::reminding::item::Reason;
use crate::reminding::slot::Window;
use crate::reporting::statement::Statement;
use crate::schedule::calendar::Calendar;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    pub id: InspectionId,
    /// By which people call it: the next free one while it is only proposed.
    pub number: i64,
    /// What is asked for.
    pub words: String,
    /// The last day that still counts.
    pub due: NaiveDate,
    /// The tasks that it is about; empty where it is about none in particular.
    pub tasks: Vec<TaskRef>,
    pub parts: Vec<Part>,
    /// The working day on which the units were asked; `None` while it is only proposed.
    pub started_on: Option<NaiveDate>,
    /// The last working day on which they were asked beside the schedule.
    pub nudged_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
}

/// A unit that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub unit: UnitRef,
    /// What counts of its answers, in the order in which they came.
    pub answers: Vec<Answer>,
}

/// What one message answered, in its newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub at: DateTime<Utc>,
    pub person: String,
    pub text: String,
    pub files: Vec<AnswerFile>,
    /// Telegram's ids of the chat and the message.
    pub source: (i64, i64),
    /// How often the message was edited.
    pub edited: i64,
}

/// A file of an answer, with its digest where it was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFile {
    pub kind: String,
    pub file_id: String,
    pub name: Option<String>,
    pub sha256: Option<String>,
    /// In bytes.
    pub size: Option<i64>,
}

/// What a message has answered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierAnswer {
    pub inspection: InspectionId,
    pub unit: UnitId,
    pub number: i64,
    pub message_id: i64,
    pub text: String,
    pub files: usize,
    pub withdrawn: bool,
}

/// An inspection as a line of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub inspection: InspectionId,
    pub number: i64,
    pub words: String,
    pub due: NaiveDate,
    pub reason: Reason,
}

/// What a coordinator asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub whom: Whom,
    pub due: NaiveDate,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Every unit with a part in an open plan.
    All,
    /// The units with a part in these tasks.
    Tasks(Vec<String>),
    /// Units, and collectives for their members, as they were typed.
    Units(Vec<String>),
}

/// Whom a request means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub units: Vec<UnitRef>,
    pub tasks: Vec<TaskRef>,
    /// Names and numbers that are on no roll and in no plan.
    pub unknown: Vec<String>,
}

/// What is wanted of inspections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    List,
    Show {
        number: i64,
    },
    /// Asks for a confirmation. `message_id` names the message that says it.
    Propose {
        message_id: i64,
        request: Request,
    },
    /// Asks the units for what a message proposed.
    Start {
        message_id: i64,
    },
    Nudge {
        inspection: InspectionId,
    },
    Close {
        inspection: InspectionId,
    },
    /// Who has answered what, as a file.
    Export {
        inspection: InspectionId,
    },
    /// What a unit answers.
    Answer {
        inspection: InspectionId,
        statement: Statement,
    },
}

impl Inspection {
    pub fn is_open(&self) -> bool {
        self.started_on.is_some() && self.closed_on.is_none()
    }

    pub fn part(&self, unit: &UnitRef) -> Option<&Part> {
        self.parts.iter().find(|part| part.unit.id == unit.id)
    }

    /// The units that have not answered.
    pub fn waiting(&self) -> impl Iterator<Item = &UnitRef> {
        self.parts.iter().filter(|part| part.answers.is_empty()).map(|part| &part.unit)
    }

    pub fn answered(&self) -> usize {
        self.parts.len() - self.waiting().count()
    }

    /// The day on which it ends by itself: that after its date and after the ladder's last step.
    pub fn ends_on(&self, policy: &Policy, calendar: &Calendar) -> NaiveDate {
        self.reminded_on(policy, calendar).fold(self.due, NaiveDate::max) + Days::new(1)
    }

    /// The line for a unit that has not answered, in a digest of `day`.
    pub fn call(&self, day: NaiveDate) -> Call {
        Call {
            inspection: self.id,
            number: self.number,
            words: self.words.clone(),
            due: self.due,
            reason: reminding::item::reason_for(self.due, day),
        }
    }

    fn reminded_on(&self, policy: &Policy, calendar: &Calendar) -> impl Iterator<Item = NaiveDate> {
        policy.ladder.iter().map(|step| reminding::item::ladder_day(self.due, *step, calendar))
    }
}

/// Closes what ends by itself by `day`: its closing day is then `day`.
pub fn end_those_over(inspections: &mut [Inspection], day: NaiveDate, policy: &Policy, calendar: &Calendar) {
    for one in inspections.iter_mut().filter(|one| one.is_open() && one.ends_on(policy, calendar) <= day) {
        one.closed_on = Some(day);
    }
}

/// The lines for a digest, each with the unit that has not answered.
pub fn calls<'a>(
    inspections: &'a [Inspection],
    window: Window,
    policy: &Policy,
    calendar: &Calendar,
) -> impl Iterator<Item = (&'a UnitRef, Call)> {
    let day = window.slot.day;
    let named = inspections.iter().filter(move |inspection| {
        // Who was asked today is not reminded today.
        let named = |step: NaiveDate| window.contains(step) && inspection.started_on.is_some_and(|begun| begun < step);
        inspection.is_open() && inspection.reminded_on(policy, calendar).any(named)
    });
    let named: Vec<&Inspection> = named.collect();
    named.into_iter().flat_map(move |inspection| inspection.waiting().map(move |unit| (unit, inspection.call(day))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminding::rehearsal::rehearse;

    fn inspection() -> Inspection {
        let part = |id: i64, name: &str| Part { unit: UnitRef { id: UnitId(id), name: name.into() }, answers: vec![] };
        let answer = Answer {
            at: DateTime::UNIX_EPOCH,
            person: "王芳".into(),
            text: "无".into(),
            files: Vec::new(),
            source: (0, 0),
            edited: 0,
        };
        Inspection {
            id: InspectionId(1),
            number: 1,
            words: "报送自查情况".into(),
            due: "2019-09-20".parse().unwrap(),
            tasks: vec![],
            parts: vec![part(1, "省公安厅"), Part { answers: vec![answer], ..part(2, "省财政厅") }],
            started_on: "2019-09-02".parse().ok(),
            nudged_on: None,
            closed_on: None,
        }
    }

    fn said(inspection: &Inspection) -> String {
        let days = ("2019-09-01".parse().unwrap(), "2019-10-31".parse().unwrap());
        let (policy, calendar) = (Policy::default(), Calendar::china());
        let planned = rehearse(&[], std::slice::from_ref(inspection), days, &policy, &calendar, |_| true);
        let lines = planned.iter().flat_map(|message| {
            message.items.iter().map(|item| {
                let days = item.days_left.unwrap_or_default();
                let about = item.inspection.as_deref().unwrap_or_default();
                format!("{} {} {} {days} {about}", &message.at[5..10], message.unit, item.reason.key())
            })
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn who_has_not_answered_is_reminded_sparingly_and_not_for_ever() {
        insta::assert_snapshot!(said(&inspection()), @"
        09-06 省公安厅 due_soon 14 报送自查情况
        09-12 省公安厅 due_soon 8 报送自查情况
        09-17 省公安厅 due_soon 3 报送自查情况
        09-19 省公安厅 due_soon 1 报送自查情况
        09-20 省公安厅 due_today 0 报送自查情况
        09-23 省公安厅 overdue -3 报送自查情况
        09-27 省公安厅 overdue -7 报送自查情况
        09-29 督办员 overdue -9 报送自查情况
        ");
        assert_eq!(inspection().ends_on(&Policy::default(), &Calendar::china()).to_string(), "2019-09-28");
    }

    #[test]
    fn nobody_is_reminded_on_the_day_of_the_request_nor_of_what_has_ended() {
        let begun = Inspection { started_on: "2019-09-20".parse().ok(), ..inspection() };
        assert!(said(&begun).starts_with("09-23"), "{}", said(&begun));
        let closed = Inspection { closed_on: "2019-09-10".parse().ok(), ..inspection() };
        assert_eq!(said(&closed), "");
        let proposed = Inspection { started_on: None, ..inspection() };
        assert_eq!(said(&proposed), "");
    }
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What a message proposes to ask units for.
    Propose {
        message_id: i64,
        request: Request,
        asked: Asked,
    },
    Start {
        inspection: InspectionId,
        /// The working day on which the units are asked.
        day: NaiveDate,
    },
    /// The units that have not answered are asked again.
    Nudge {
        inspection: InspectionId,
        units: Vec<UnitId>,
        day: NaiveDate,
    },
    Close {
        inspection: InspectionId,
        day: NaiveDate,
    },
    /// A unit's answer to an inspection, or a new version of one.
    Answer {
        inspection: InspectionId,
        unit: UnitId,
        message_id: i64,
        at: DateTime<Utc>,
        text: String,
        attachments: Vec<Attachment>,
    },
    WithdrawAnswer {
        message_id: i64,
    },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The inspections in question, and whom the one that is proposed means.
    pub all: Vec<Inspection>,
    pub asked: Asked,
    /// What the message in question has answered to an inspection before.
    pub earlier_answer: Option<EarlierAnswer>,
}
