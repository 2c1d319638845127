//! What follows from an intent: changes and messages, with the reason. A pure function of the intent, the place, the
//! facts and the moment.

mod asking;
mod binding;
mod breaking_down;
mod change;
mod citing;
mod claiming;
mod confirming;
mod contacts;
mod coordinating;
mod coordinators;
mod facts;
mod importing;
mod inspecting;
mod manners;
mod nudging;
mod ordering;
mod problems;
mod repeating;
mod reporting;
mod reviewing;
mod settings;
mod sorting;
mod taking;
mod tapping;
mod unbinding;
mod unclear;
mod using;

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
        Intent::Membership { was, is } => case.membership(*was, *is),
        Intent::Departed { .. } => case.departed(),
        Intent::Migrated { to } => Decision::nothing("the group has a new id").with(Change::MoveChat { to: *to }),
        Intent::StaleButton => Decision::toast("unknown button", contact::NO_BUTTON),
        _ if place.speaker.is_none() => case.nameless(),
        Intent::PassedOn => case.passed_on(),
        Intent::Greet => case.greet(),
        Intent::Silence => case.silence(),
        Intent::EndSilence { chat, since } => case.end_silence(*chat, *since),
        Intent::Help => case.help(),
        Intent::Misused { usage } => case.answer("misused command", contact::misused(usage)),
        Intent::UnknownCommand { name } => case.answer("unknown command", contact::unknown_command(name)),
        Intent::Bind { .. } => case.bind(),
        Intent::BreakDown(plan) => case.break_down(plan),
        Intent::MarkStep { step, mark, view } => case.mark_step(*step, *mark, *view),
        Intent::ShowSteps { task } => case.show_steps(*task),
        Intent::AskToBeContact { unit } => case.ask_to_be_contact(*unit),
        Intent::ConfirmContact { unit, person } => case.confirm_contact(*unit, *person),
        Intent::HandOver { to } => case.hand_over(to.as_ref()),
        Intent::HandOverTo { unit, from, to } => case.hand_over_to(*unit, *from, *to),
        Intent::TakeOver { unit, from, to } => case.take_over(*unit, *from, *to),
        Intent::Leave => case.leave(),
        Intent::Contacts { .. } => case.contacts(),
        Intent::Dismiss { unit, person, since } => case.dismiss(*unit, *person, *since),
        Intent::Rights(wanted) => case.rights(wanted),
        Intent::Tasks => case.tasks(),
        Intent::Task { number } => case.task(number),
        Intent::Report(statement) => case.report(statement),
        Intent::Unclear(statement) => case.unclear(statement),
        Intent::EditedAway => case.edited_away(),
        Intent::Undo { .. } => case.undo(),
        Intent::Tap(tap) => case.tap(*tap),
        Intent::Pick { of, task } => case.pick(*of, *task),
        Intent::PickAll { of } => case.pick_all(*of),
        Intent::PickDate { of, date } => case.pick_date(*of, *date),
        Intent::Mean { of, task, meaning } => case.mean(*of, *task, *meaning),
        Intent::Confirm { of, at } => case.confirm_understood(*of, *at),
        Intent::Decide { drawn, press } => case.decide(*drawn, *press),
        Intent::Order(order) => case.order(order),
        Intent::TrustClock { shown } => case.trust_clock(*shown),
        Intent::GiveReason { decision, duty, reason } => case.give_reason(*decision, *duty, reason),
        Intent::NoReason { message_id } => case.no_reason(*message_id),
        Intent::PassOn { duty, words } => case.pass_on(*duty, words),
        Intent::Problem(wanted) => case.problem(wanted),
        Intent::Citation(wanted) => case.cite(wanted),
        Intent::Inspection(wanted) => case.inspect(wanted),
        Intent::AnswerInspection { inspection, statement } => case.answer_inspection(*inspection, statement),
        Intent::Recommend { duty, practice, recommended } => case.recommend(*duty, *practice, *recommended),
        Intent::ExplainRefusal { wish, duty, message_id, reason } => {
            case.explain_refusal(*wish, *duty, *message_id, reason)
        }
        Intent::Query(query) => case.query(query),
        Intent::Paper(paper) => case.paper(*paper),
        Intent::Brief => case.brief(),
        Intent::Bulletin(wanted) => case.bulletin(wanted),
        Intent::UnclearQuestion { text } => {
            case.answer("a question that is not understood", coordinator::nearest_questions(&nearest(text)))
        }
        Intent::WhichUnit { units } => case.answer("one of several units", coordinator::which_unit(units)),
        Intent::Page { number } => case.page(*number),
        Intent::Units => case.units(),
        Intent::Invite { name, anew } => case.invite(name, *anew),
        Intent::Document { message_id, file_id, name } => case.document(*message_id, file_id, name),
        Intent::Import { document, agreed } => case.import(*document, *agreed),
        Intent::History { number, unit, whole } => case.history(number.as_deref(), unit.as_deref(), *whole),
        Intent::Remind { number, unit } => case.remind(number.as_deref(), unit.as_deref()),
        Intent::Nudge { duty } => case.nudge(*duty),
        Intent::Policy { key, value } => case.policy(key.as_deref(), value.as_deref()),
        Intent::SetPolicy { key, value } => case.set_policy(key, value),
        Intent::Preview { from, to, page } => case.preview((*from, *to), *page),
    };
    case.slowed(case.telling_what_was_taken(intent, case.in_the_offices_name(decision))).within_limits()
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
mod tests;
