//! What follows from an intent: changes and messages, with the reason. A pure function of the intent, the place, the
//! facts and the moment.

pub mod asking;
pub mod binding;
pub mod breaking_down;
pub mod change;
pub mod citing;
pub mod claiming;
pub mod confirming;
pub mod contacts;
pub mod coordinating;
pub mod coordinators;
pub mod facts;
pub mod importing;
pub mod inspecting;
pub mod manners;
pub mod nudging;
pub mod ordering;
pub mod problems;
pub mod repeating;
pub mod reporting;
pub mod reviewing;
pub mod settings;
pub mod sorting;
pub mod taking;
pub mod tapping;
pub mod unbinding;
pub mod unclear;
pub mod using;

pub use change::{Change, Parting, Record, UsedButtons};
pub use facts::{Contact, EarlierReport, Facts, Invitation, Part, Question, Roster, Silence, Taken};
pub use manners::{ANSWERED_SINGLY, Hint};
pub use repeating::{Repeat, RepeatKind};

use super::command::Paper;
use super::duty::{ChatId, Duty, DutyId, TaskId, UnitId};
use super::intent::Intent;
use super::moment::Moment;
use super::place::{Awaited, Place};
use super::reply::{Words, contact, coordinator};
use crate::understanding::nearest;

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub to: To,
    pub words: Words,
    /// The message in the same chat that it answers.
    pub answers: Option<i64>,
    /// What a reply to it gives.
    pub asks_for: Option<AskedFor>,
    /// Whether it is said a little later, as one with others.
    pub jointly: bool,
}

/// What a message asks for; it is known as [`Awaited`] once it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedFor {
    /// The reason of the last decision on this duty, which this very decision makes.
    ReasonOfLastDecision(DutyId),
    Known(Awaited),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The chat where it was said. Sent at any hour.
    Here,
    /// The unit's chat, within the sending hours.
    Unit(UnitId),
    /// Where something was asked for, unless that is the unit's chat, which is told anyway, or here.
    Asker { chat: ChatId, unit: UnitId },
    /// The coordinators' group, or each coordinator in private where there is none; within the sending hours.
    Coordinators,
}

/// What follows, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    pub reason: &'static str,
    pub changes: Vec<Change>,
    pub messages: Vec<Outgoing>,
    /// A file that is made and sent to the chat where it was asked for.
    pub paper: Option<Paper>,
    /// Whether the file comes a little later, once for all who ask for it here meanwhile.
    pub paper_later: bool,
    /// What the person who pressed a button sees for a moment.
    pub toast: Option<String>,
}

impl Decision {
    fn nothing(reason: &'static str) -> Self {
        Decision { reason, ..Decision::default() }
    }

    /// Changes nothing and answers.
    fn answer(reason: &'static str, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
        Decision::nothing(reason).and_say(To::Here, answers, words)
    }

    /// Changes nothing and shows a toast.
    fn toast(reason: &'static str, toast: &str) -> Self {
        Decision { toast: Some(toast.to_owned()), ..Decision::nothing(reason) }
    }

    fn with(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    fn with_toast(mut self, toast: &str) -> Self {
        self.toast = Some(toast.to_owned());
        self
    }

    /// No message is longer than Telegram takes; a reply to the last part of a question answers it.
    fn within_limits(mut self) -> Self {
        let parts = |message: Outgoing| {
            let Outgoing { to, words, answers, asks_for, jointly } = message;
            let words = words.within_limits();
            let last = words.len() - 1;
            words.into_iter().enumerate().map(move |(part, words)| Outgoing {
                to,
                words,
                answers,
                asks_for: asks_for.filter(|_| part == last),
                jointly,
            })
        };
        self.messages = self.messages.into_iter().flat_map(parts).collect();
        self
    }

    /// Makes the last message a question.
    fn asking_for(mut self, asked_for: AskedFor) -> Self {
        if let Some(message) = self.messages.last_mut() {
            message.asks_for = Some(asked_for);
        }
        self
    }

    fn and_say(mut self, to: To, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
        self.messages.extend(words.into_iter().map(|words| Outgoing {
            to,
            words,
            answers,
            asks_for: None,
            jointly: false,
        }));
        self
    }
}

/// Decides. `answers` is the id of the message that is answered, where the update is one.
pub fn decide(intent: &Intent, place: &Place, facts: &Facts, moment: Moment, answers: Option<i64>) -> Decision {
    // All parts of an album are answered as one.
    let answers = place.album.as_ref().map(|album| album.message_id).or(answers);
    let case = Case { place, facts, moment, answers };
    let decision = match intent {
        Intent::Nothing => Decision::nothing("nothing to answer"),
        Intent::Membership { was, is } => crate::domain::decide::binding::membership(&case, *was, *is),
        Intent::Departed { .. } => crate::domain::decide::contacts::departed(&case),
        Intent::Migrated { to } => Decision::nothing("the group has a new id").with(Change::MoveChat { to: *to }),
        Intent::StaleButton => Decision::toast("unknown button", contact::NO_BUTTON),
        _ if place.speaker.is_none() => crate::domain::decide::manners::nameless(&case),
        Intent::PassedOn => crate::domain::decide::manners::passed_on(&case),
        Intent::Greet => crate::domain::decide::manners::greet(&case),
        Intent::Silence => crate::domain::decide::manners::silence(&case),
        Intent::EndSilence { chat, since } => crate::domain::decide::manners::end_silence(&case, *chat, *since),
        Intent::Help => crate::domain::decide::coordinating::help(&case),
        Intent::Misused { usage } => case.answer("misused command", contact::misused(usage)),
        Intent::UnknownCommand { name } => case.answer("unknown command", contact::unknown_command(name)),
        Intent::Bind { .. } => crate::domain::decide::binding::bind(&case),
        Intent::BreakDown(plan) => crate::domain::decide::breaking_down::break_down(&case, plan),
        Intent::MarkStep { step, mark, view } => {
            crate::domain::decide::breaking_down::mark_step(&case, *step, *mark, *view)
        }
        Intent::ShowSteps { task } => crate::domain::decide::breaking_down::show_steps(&case, *task),
        Intent::AskToBeContact { unit } => crate::domain::decide::binding::ask_to_be_contact(&case, *unit),
        Intent::ConfirmContact { unit, person } => {
            crate::domain::decide::binding::confirm_contact(&case, *unit, *person)
        }
        Intent::HandOver { to } => crate::domain::decide::contacts::hand_over(&case, to.as_ref()),
        Intent::HandOverTo { unit, from, to } => {
            crate::domain::decide::contacts::hand_over_to(&case, *unit, *from, *to)
        }
        Intent::TakeOver { unit, from, to } => crate::domain::decide::contacts::take_over(&case, *unit, *from, *to),
        Intent::Leave => crate::domain::decide::contacts::leave(&case),
        Intent::Contacts { .. } => crate::domain::decide::contacts::contacts(&case),
        Intent::Dismiss { unit, person, since } => {
            crate::domain::decide::contacts::dismiss(&case, *unit, *person, *since)
        }
        Intent::Rights(wanted) => crate::domain::decide::coordinators::rights(&case, wanted),
        Intent::Tasks => crate::domain::decide::coordinating::tasks(&case),
        Intent::Task { number } => crate::domain::decide::coordinating::task(&case, number),
        Intent::Report(statement) => crate::domain::decide::reporting::report(&case, statement),
        Intent::Unclear(statement) => crate::domain::decide::unclear::unclear(&case, statement),
        Intent::EditedAway => crate::domain::decide::reporting::edited_away(&case),
        Intent::Undo { .. } => crate::domain::decide::reporting::undo(&case),
        Intent::Tap(tap) => crate::domain::decide::tapping::tap(&case, *tap),
        Intent::Pick { of, task } => crate::domain::decide::unclear::pick(&case, *of, *task),
        Intent::PickAll { of } => crate::domain::decide::unclear::pick_all(&case, *of),
        Intent::PickDate { of, date } => crate::domain::decide::claiming::pick_date(&case, *of, *date),
        Intent::Mean { of, task, meaning } => crate::domain::decide::unclear::mean(&case, *of, *task, *meaning),
        Intent::Confirm { of, at } => crate::domain::decide::confirming::confirm_understood(&case, *of, *at),
        Intent::Decide { drawn, press } => crate::domain::decide::reviewing::decide(&case, *drawn, *press),
        Intent::Order(order) => crate::domain::decide::ordering::order(&case, order),
        Intent::TrustClock { shown } => crate::domain::decide::coordinating::trust_clock(&case, *shown),
        Intent::GiveReason { decision, duty, reason } => {
            crate::domain::decide::reviewing::give_reason(&case, *decision, *duty, reason)
        }
        Intent::NoReason { message_id } => crate::domain::decide::taking::no_reason(&case, *message_id),
        Intent::PassOn { duty, words } => crate::domain::decide::reviewing::pass_on(&case, *duty, words),
        Intent::Problem(wanted) => crate::domain::decide::problems::problem(&case, wanted),
        Intent::Citation(wanted) => crate::domain::decide::citing::cite(&case, wanted),
        Intent::Inspection(wanted) => crate::domain::decide::inspecting::inspect(&case, wanted),
        Intent::AnswerInspection { inspection, statement } => {
            crate::domain::decide::inspecting::answer_inspection(&case, *inspection, statement)
        }
        Intent::Recommend { duty, practice, recommended } => {
            crate::domain::decide::coordinating::recommend(&case, *duty, *practice, *recommended)
        }
        Intent::ExplainRefusal { wish, duty, message_id, reason } => {
            crate::domain::decide::reviewing::explain_refusal(&case, *wish, *duty, *message_id, reason)
        }
        Intent::Query(query) => crate::domain::decide::coordinating::query(&case, query),
        Intent::Paper(paper) => crate::domain::decide::coordinating::paper(&case, *paper),
        Intent::Brief => crate::domain::decide::coordinating::brief(&case),
        Intent::Bulletin(wanted) => crate::domain::decide::coordinating::bulletin(&case, wanted),
        Intent::UnclearQuestion { text } => {
            case.answer("a question that is not understood", coordinator::nearest_questions(&nearest(text)))
        }
        Intent::WhichUnit { units } => case.answer("one of several units", coordinator::which_unit(units)),
        Intent::Page { number } => crate::domain::decide::coordinating::page(&case, *number),
        Intent::Units => crate::domain::decide::importing::units(&case),
        Intent::Invite { name, anew } => crate::domain::decide::importing::invite(&case, name, *anew),
        Intent::Document { message_id, file_id, name } => {
            crate::domain::decide::importing::document(&case, *message_id, file_id, name)
        }
        Intent::Import { document, agreed } => crate::domain::decide::importing::import(&case, *document, *agreed),
        Intent::History { number, unit, whole } => {
            crate::domain::decide::coordinating::history(&case, number.as_deref(), unit.as_deref(), *whole)
        }
        Intent::Remind { number, unit } => {
            crate::domain::decide::nudging::remind(&case, number.as_deref(), unit.as_deref())
        }
        Intent::Nudge { duty } => crate::domain::decide::nudging::nudge(&case, *duty),
        Intent::Policy { key, value } => {
            crate::domain::decide::settings::policy(&case, key.as_deref(), value.as_deref())
        }
        Intent::SetPolicy { key, value } => crate::domain::decide::settings::set_policy(&case, key, value),
        Intent::Preview { from, to, page } => crate::domain::decide::settings::preview(&case, (*from, *to), *page),
    };
    crate::domain::decide::manners::slowed(
        &case,
        crate::domain::decide::taking::telling_what_was_taken(&case, intent, case.in_the_offices_name(decision)),
    )
    .within_limits()
}

/// An intent's surroundings.
#[derive(Clone, Copy)]
struct Case<'a> {
    place: &'a Place,
    facts: &'a Facts,
    moment: Moment,
    answers: Option<i64>,
}

impl<'a> Case<'a> {
    fn answer(&self, reason: &'static str, words: Words) -> Decision {
        Decision::answer(reason, self.answers, [words])
    }

    /// A press has no message to answer: what is refused is shown for a moment.
    fn refuse(&self, reason: &'static str, text: &str) -> Decision {
        match self.answers {
            None => Decision::toast(reason, text),
            Some(_) => self.answer(reason, Words::plain(text)),
        }
    }

    /// What a coordinator says to units bears the office's name. What goes out with others is one message with its own head.
    fn in_the_offices_name(&self, mut decision: Decision) -> Decision {
        let Some(office) = self.facts.office.as_deref().filter(|_| self.place.speaker_is_coordinator()) else {
            return decision;
        };
        let messages = decision.messages.into_iter();
        decision.messages = messages
            .map(|message| match message.to {
                To::Unit(_) if !message.jointly => Outgoing { words: message.words.signed(office), ..message },
                _ => message,
            })
            .collect();
        decision
    }

    fn duty(&self, id: DutyId) -> Option<&'a Duty> {
        self.facts.duties.iter().find(|duty| duty.id == id)
    }

    /// The unit's duty in a task.
    fn duty_in(&self, task: TaskId) -> Option<&'a Duty> {
        self.facts.duties.iter().find(|duty| duty.task.id == task)
    }
}

#[cfg(test)]
pub mod tests;
