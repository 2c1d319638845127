//! Lead units hear what is decided on the tasks that they lead.

use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, To};
use crate::office::duty::Duty;

/// Lead units hear what is decided about the others' parts in their tasks.
pub fn telling_leads(case: &Case<'_>, decision: Decision, duty: &Duty, words: Words) -> Decision {
    let leads = case.facts.review.leads.iter().filter(|lead| **lead != duty.unit.id);
    leads.fold(decision, |decision, lead| decision.and_say(To::Unit(*lead), None, [words.clone()]))
}
