//! An intent with its surroundings: the place, the facts and the moment.

use crate::chat::words::Words;
use crate::deciding::decision::{Decision, Outgoing, To};
use crate::deciding::facts::Facts;
use crate::office::duty::Duty;
use crate::office::ids::{DutyId, TaskId};
use crate::office::moment::Moment;
use crate::office::place::Place;

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
    pub fn in_the_offices_name(&self, mut decision: Decision) -> Decision {
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
