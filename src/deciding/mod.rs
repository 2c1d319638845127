//! What follows from an intent: changes and messages, with the reason. A pure function of the intent, the place, the
//! facts and the moment.

pub mod carrying_out;
pub mod change;
pub mod facts;
pub mod gathering;

use crate::chat::words::Words;
use crate::deciding::change::Change;
use crate::deciding::facts::Facts;
use crate::intent::Intent;
use crate::intent::command::Paper;
use crate::office::duty::{ChatId, Duty, DutyId, TaskId, UnitId};
use crate::office::moment::Moment;
use crate::office::place::{Awaited, Place};
use crate::understanding::nearest;
use crate::{
    awaiting, binding, citations, contacts, coordinators, importing, inspections, nudges, problems, questions, quiet,
    reporting, review, settings, steps,
};

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
    pub fn nothing(reason: &'static str) -> Self {
        Decision { reason, ..Decision::default() }
    }

    /// Changes nothing and answers.
    pub fn answer(reason: &'static str, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
        Decision::nothing(reason).and_say(To::Here, answers, words)
    }

    /// Changes nothing and shows a toast.
    pub fn toast(reason: &'static str, toast: &str) -> Self {
        Decision { toast: Some(toast.to_owned()), ..Decision::nothing(reason) }
    }

    pub fn with(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    pub fn with_toast(mut self, toast: &str) -> Self {
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
    pub fn asking_for(mut self, asked_for: AskedFor) -> Self {
        if let Some(message) = self.messages.last_mut() {
            message.asks_for = Some(asked_for);
        }
        self
    }

    pub fn and_say(mut self, to: To, answers: Option<i64>, words: impl IntoIterator<Item = Words>) -> Self {
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
        Intent::Membership { was, is } => binding::rules::membership(&case, *was, *is),
        Intent::Departed { .. } => contacts::rules::departed(&case),
        Intent::Migrated { to } => Decision::nothing("the group has a new id").with(Change::MoveChat { to: *to }),
        Intent::StaleButton => Decision::toast("unknown button", reporting::sentences::contact::NO_BUTTON),
        _ if place.speaker.is_none() => quiet::rules::nameless(&case),
        Intent::PassedOn => quiet::rules::passed_on(&case),
        Intent::Greet => quiet::rules::greet(&case),
        Intent::Silence => quiet::rules::silence(&case),
        Intent::EndSilence { chat, since } => quiet::rules::end_silence(&case, *chat, *since),
        Intent::Help => questions::rules::help(&case),
        Intent::Misused { usage } => case.answer("misused command", reporting::sentences::contact::misused(usage)),
        Intent::UnknownCommand { name } => {
            case.answer("unknown command", reporting::sentences::contact::unknown_command(name))
        }
        Intent::Bind { .. } => binding::rules::bind(&case),
        Intent::BreakDown(plan) => steps::rules::break_down(&case, plan),
        Intent::MarkStep { step, mark, view } => steps::rules::mark_step(&case, *step, *mark, *view),
        Intent::ShowSteps { task } => steps::rules::show_steps(&case, *task),
        Intent::AskToBeContact { unit } => binding::rules::ask_to_be_contact(&case, *unit),
        Intent::ConfirmContact { unit, person } => binding::rules::confirm_contact(&case, *unit, *person),
        Intent::HandOver { to } => contacts::rules::hand_over(&case, to.as_ref()),
        Intent::HandOverTo { unit, from, to } => contacts::rules::hand_over_to(&case, *unit, *from, *to),
        Intent::TakeOver { unit, from, to } => contacts::rules::take_over(&case, *unit, *from, *to),
        Intent::Leave => contacts::rules::leave(&case),
        Intent::Contacts { .. } => contacts::rules::contacts(&case),
        Intent::Dismiss { unit, person, since } => contacts::rules::dismiss(&case, *unit, *person, *since),
        Intent::Rights(wanted) => coordinators::rules::rights(&case, wanted),
        Intent::Tasks => questions::rules::tasks(&case),
        Intent::Task { number } => questions::rules::task(&case, number),
        Intent::Report(statement) => reporting::rules::report(&case, statement),
        Intent::Unclear(statement) => reporting::rules::unclear::unclear(&case, statement),
        Intent::EditedAway => reporting::rules::edited_away(&case),
        Intent::Undo { .. } => reporting::rules::undo(&case),
        Intent::Tap(tap) => reporting::rules::tapping::tap(&case, *tap),
        Intent::Pick { of, task } => reporting::rules::unclear::pick(&case, *of, *task),
        Intent::PickAll { of } => reporting::rules::unclear::pick_all(&case, *of),
        Intent::PickDate { of, date } => reporting::rules::claiming::pick_date(&case, *of, *date),
        Intent::Mean { of, task, meaning } => reporting::rules::unclear::mean(&case, *of, *task, *meaning),
        Intent::Confirm { of, at } => reporting::rules::confirming::confirm_understood(&case, *of, *at),
        Intent::Decide { drawn, press } => review::rules::decide(&case, *drawn, *press),
        Intent::Order(order) => review::rules::ordering::order(&case, order),
        Intent::TrustClock { shown } => questions::rules::trust_clock(&case, *shown),
        Intent::GiveReason { decision, duty, reason } => review::rules::give_reason(&case, *decision, *duty, reason),
        Intent::NoReason { message_id } => awaiting::rules::no_reason(&case, *message_id),
        Intent::PassOn { duty, words } => review::rules::pass_on(&case, *duty, words),
        Intent::Problem(wanted) => problems::rules::problem(&case, wanted),
        Intent::Citation(wanted) => citations::rules::cite(&case, wanted),
        Intent::Inspection(wanted) => inspections::rules::inspect(&case, wanted),
        Intent::AnswerInspection { inspection, statement } => {
            inspections::rules::answer_inspection(&case, *inspection, statement)
        }
        Intent::Recommend { duty, practice, recommended } => {
            questions::rules::recommend(&case, *duty, *practice, *recommended)
        }
        Intent::ExplainRefusal { wish, duty, message_id, reason } => {
            review::rules::explain_refusal(&case, *wish, *duty, *message_id, reason)
        }
        Intent::Query(query) => questions::rules::query(&case, query),
        Intent::Paper(paper) => questions::rules::paper(&case, *paper),
        Intent::Brief => questions::rules::brief(&case),
        Intent::Bulletin(wanted) => questions::rules::bulletin(&case, wanted),
        Intent::UnclearQuestion { text } => case.answer(
            "a question that is not understood",
            questions::sentences::coordinator::nearest_questions(&nearest(text)),
        ),
        Intent::WhichUnit { units } => {
            case.answer("one of several units", questions::sentences::coordinator::which_unit(units))
        }
        Intent::Page { number } => questions::rules::page(&case, *number),
        Intent::Units => importing::rules::units(&case),
        Intent::Invite { name, anew } => importing::rules::invite(&case, name, *anew),
        Intent::Document { message_id, file_id, name } => importing::rules::document(&case, *message_id, file_id, name),
        Intent::Import { document, agreed } => importing::rules::import(&case, *document, *agreed),
        Intent::History { number, unit, whole } => {
            questions::rules::history(&case, number.as_deref(), unit.as_deref(), *whole)
        }
        Intent::Remind { number, unit } => nudges::rules::remind(&case, number.as_deref(), unit.as_deref()),
        Intent::Nudge { duty } => nudges::rules::nudge(&case, *duty),
        Intent::Policy { key, value } => settings::rules::policy(&case, key.as_deref(), value.as_deref()),
        Intent::SetPolicy { key, value } => settings::rules::set_policy(&case, key, value),
        Intent::Preview { from, to, page } => settings::rules::preview(&case, (*from, *to), *page),
    };
    quiet::rules::slowed(
        &case,
        awaiting::rules::telling_what_was_taken(&case, intent, case.in_the_offices_name(decision)),
    )
    .within_limits()
}

/// An intent's surroundings.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub place: &'a Place,
    pub facts: &'a Facts,
    pub moment: Moment,
    pub answers: Option<i64>,
}

impl<'a> Case<'a> {
    pub fn answer(&self, reason: &'static str, words: Words) -> Decision {
        Decision::answer(reason, self.answers, [words])
    }

    /// A press has no message to answer: what is refused is shown for a moment.
    pub fn refuse(&self, reason: &'static str, text: &str) -> Decision {
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

    pub fn duty(&self, id: DutyId) -> Option<&'a Duty> {
        self.facts.duties.iter().find(|duty| duty.id == id)
    }

    /// The unit's duty in a task.
    pub fn duty_in(&self, task: TaskId) -> Option<&'a Duty> {
        self.facts.duties.iter().find(|duty| duty.task.id == task)
    }
}

#[cfg(test)]
pub mod tests;
