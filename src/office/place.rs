//! Where something is said and by whom, as far as the office knows them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::incoming::{Attachment, ChatKind, Standing};
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{ChatId, CitationId, DutyId, InspectionId, MilestoneId, PersonId, ProblemId, TaskId, UnitId};
use crate::office::plan_names::NamedPlan;
use crate::office::standing::Ruling;
use crate::review::WishKind;

/// The chat, the speaker, and what may be spoken of here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub chat: Chat,
    /// `None` for an anonymous admin or a channel.
    pub speaker: Option<Person>,
    /// The unit whose duties are spoken of here: that of the chat, or in private the one that the speaker is the
    /// contact of.
    pub unit: Option<UnitRef>,
    /// 私聊抄送: whether the speaker has copies of the unit's digests here, in private.
    pub copied: bool,
    /// 督办员代录: whether a coordinator passes on what that unit said elsewhere.
    pub on_behalf: bool,
    /// The tasks that the answered message of the bot named, in its order.
    pub named: Vec<TaskRef>,
    /// The titles of their plans, in the same order.
    pub named_plans: Vec<String>,
    /// The dates of tasks that it named.
    pub named_dates: Vec<MilestoneId>,
    /// The message that the answered message of the bot answers: 撤回 in reply to a confirmation means what that confirmed.
    pub confirmed: Option<i64>,
    /// What the answered message asked for.
    pub asked_for: Option<Awaited>,
    /// Whether that was asked just before and the words are no reply, as people type in private.
    pub unprompted: bool,
    /// The bot's message that is answered, or whose button was pressed.
    pub answered: Option<i64>,
    /// The album that the message is a part of.
    pub album: Option<Album>,
    /// What the bot is shown of what is said here, and the name by which it is called.
    pub hearing: Hearing,
    pub username: String,
    /// Every name and alias on the roll with the full name behind it; empty where no question across units is allowed.
    pub roll: Vec<(String, String)>,
    /// The open plans, where there are several.
    pub plans: Vec<NamedPlan>,
}

/// What a reply to a message of the bot gives, because the message asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaited {
    /// Why a coordinator decided so.
    Reason { decision: i64, duty: DutyId },
    /// Which task words are about.
    Task(PartOf),
    /// What words mean.
    Meaning(PartOf),
    /// Whether what was understood of words counts; `at`: as they were worded then, in seconds since 1970.
    Confirmation { of: PartOf, at: i64 },
    /// A line of text for what the message holds.
    Line { message_id: i64 },
    /// What a coordinator answers to a problem.
    Answer { problem: ProblemId, duty: DutyId },
    /// What a coordinator adds to words that were passed on to the unit.
    Addition { duty: DutyId },
    /// 批示: what a coordinator says to a unit of what its message reported in that chat.
    Instruction { duty: DutyId, chat: ChatId, message_id: i64 },
    /// What a unit answers to what a coordinator's message in that chat said.
    Instructed { duty: DutyId, chat: ChatId, message_id: i64 },
    /// Why a commendation or notice is withdrawn.
    CitationWithdrawal { citation: CitationId },
    /// Why a coordinator refused what a message asked for.
    WhyRefused { wish: WishKind, duty: DutyId, message_id: i64 },
    /// Why a coordinator rules so; until then nothing is done. Without a duty: on every unit's part in the task.
    OrderReason { ruling: Ruling, task: TaskId, duty: Option<DutyId> },
    /// To which unit a part goes that is said to be another's.
    Taker { duty: DutyId, message_id: i64 },
    /// What hinders a unit in a task.
    Trouble { task: TaskId },
    /// Why a unit wants more time until `due`, for one date of a task.
    WhyMoreTime { of: Option<MilestoneId>, due: NaiveDate },
    /// What a unit answers to an inspection. `in_digest`: it was asked for among other things.
    Inspection { inspection: InspectionId, in_digest: bool },
}

/// A part of a message's words that waits for its task or its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    pub message_id: i64,
    /// How many were asked about before it.
    #[serde(default)]
    pub part: u16,
}

/// Several messages that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Album {
    /// The part that arrived first: what all of them say counts as said by it.
    pub message_id: i64,
    /// Whether others came before this part.
    pub goes_on: bool,
    /// The captions of all parts, in their order.
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// The one answer to it, in the outbox.
    pub answer: Option<i64>,
}

/// What the bot is shown of a chat. In its privacy mode Telegram passes on only what is meant for it, unless it is an
/// administrator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hearing {
    #[default]
    Everything,
    /// Replies to the bot, mentions of it, and commands with its name.
    Addressed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    pub id: ChatId,
    pub kind: ChatKind,
    /// Whether this is the coordinators' group.
    pub coordinators: bool,
    /// Whether it speaks for a unit: a group, or the private chat of one person where the unit has no group.
    pub bound: bool,
    /// What the bot is here.
    pub standing: Standing,
    /// Since when a coordinator has left it in peace.
    pub silenced_since: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// 督办员
    pub coordinator: bool,
    /// 联络员 of these units.
    pub contact_of: Vec<UnitId>,
}

impl Place {
    /// Whether questions across units are answered here.
    pub fn is_for_coordinators(&self) -> bool {
        let in_private = self.chat.kind == ChatKind::Private && self.speaker_is_coordinator();
        self.chat.coordinators || in_private
    }

    /// A command as it has to be typed in this chat: `/tasks@duban_bot` where the bot is only shown what is for it.
    pub fn command(&self, name: &str) -> String {
        match self.hearing {
            Hearing::Everything => name.to_owned(),
            Hearing::Addressed => format!("{name}@{}", self.username),
        }
    }

    /// Whether this is the unit's own chat.
    pub fn is_home_of(&self, unit: UnitId) -> bool {
        self.chat.bound && self.unit.as_ref().is_some_and(|own| own.id == unit)
    }

    /// Whether the speaker is a contact of the unit that is spoken of here.
    pub fn speaker_is_contact(&self) -> bool {
        let unit = self.unit.as_ref().map(|unit| unit.id);
        let contact_of = self.speaker.as_ref().map(|person| person.contact_of.as_slice()).unwrap_or_default();
        unit.is_some_and(|unit| contact_of.contains(&unit))
    }

    pub fn speaker_is_coordinator(&self) -> bool {
        self.speaker.as_ref().is_some_and(|person| person.coordinator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_program_asked_is_about_the_first_part() {
        let awaited: Awaited = serde_json::from_str(r#"{"meaning":{"message_id":7}}"#).unwrap();
        assert_eq!(awaited, Awaited::Meaning(PartOf { message_id: 7, part: 0 }));
    }
}
