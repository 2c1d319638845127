//! Words that were taken as a reason although they are no reply, as people type in private; and what takes that back.

use crate::awaiting::Taken;
use crate::chat::refusals;
use crate::chat::words::Words;
use crate::citations::Wanted;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::{Intent, button};
use crate::office::duty::Duty;
use crate::office::ids::DutyId;
use crate::office::place::Awaited;
use crate::office::standing::Ruling;
use crate::office::status::Status;
use crate::review::{Order, Verdict};
use crate::{awaiting, citations, problems, review};

pub fn decide(case: &Case<'_>, wanted: &awaiting::Wanted) -> Decision {
    match wanted {
        awaiting::Wanted::NoReason { message_id } => no_reason(case, *message_id),
    }
}

/// Says what was taken as the reason, with a button for whoever meant something else.
pub fn telling_what_was_taken(case: &Case<'_>, intent: &Intent, decision: Decision) -> Decision {
    let (true, Some(awaited), Some(message_id)) = (case.place.unprompted, case.place.asked_for, case.answers) else {
        return decision;
    };
    let Some(said) = reason_in(intent).filter(|_| !decision.changes.is_empty()) else { return decision };
    let ruled = decision.changes.iter().filter_map(|change| match change {
        Change::Review(review::Change::Rule { duty, .. }) => Some(*duty),
        _ => None,
    });
    let taken = Taken { asked_for: awaited, words: said.to_owned(), duties: ruled.collect() };
    let mut decision = decision;
    if let Some(answer) = decision.messages.iter_mut().find(|message| message.to == To::Here) {
        let told = answer.words.clone().prefaced(&[review::sentences::notice::taken(awaited, said)]);
        answer.words = told.with_row(vec![review::sentences::notice::no_reason_button(message_id)]);
    }
    decision.with(awaiting::Change::Take { message_id, taken })
}

/// What was taken as a reason is none: whoever was told of it is told of this, and the words are read as they stand.
pub fn no_reason(case: &Case<'_>, message_id: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let Some(taken) = &case.facts.taken else {
        return Decision::toast("nothing was taken so", refusals::STALE_BUTTON);
    };
    let said = taken.words.as_str();
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let decision = Decision::nothing("words were no reason")
        .with(awaiting::Change::GiveBack { message_id, taken: taken.clone() })
        .with(used::used_here(
            case,
            vec![button::no_reason(message_id)],
            String::new(),
            review::sentences::notice::NO_REASON,
        ))
        .with_toast(review::sentences::notice::NO_REASON_TOAST)
        .and_say(To::Here, None, [review::sentences::notice::no_reason(said)]);
    match taken.asked_for {
        Awaited::Reason { duty, .. } | Awaited::WhyRefused { duty, .. } => {
            correcting(case, decision, duty, |duty| review::sentences::reason_taken_back(duty, person, said))
        }
        Awaited::Answer { duty, .. } => {
            let decision =
                correcting(case, decision, duty, |duty| review::sentences::answer_taken_back(duty, person, said));
            match case.duty(duty) {
                Some(duty) => review::rules::telling::telling_leads(
                    case,
                    decision,
                    duty,
                    review::sentences::answer_taken_back(duty, person, said),
                ),
                None => decision,
            }
        }
        Awaited::CitationWithdrawal { citation } => {
            let told = case.facts.citations.all.iter().find(|cited| cited.id == citation && cited.told);
            told.into_iter().fold(decision, |decision, cited| {
                decision.and_say(To::Unit(cited.unit.id), None, [citations::sentences::restored(cited)])
            })
        }
        Awaited::OrderReason { ruling, .. } => ruled_otherwise(case, decision, ruling),
        Awaited::Task(_)
        | Awaited::Meaning(_)
        | Awaited::Confirmation { .. }
        | Awaited::Line { .. }
        | Awaited::Taker { .. }
        | Awaited::Trouble { .. }
        | Awaited::WhyMoreTime { .. }
        | Awaited::Addition { .. }
        | Awaited::Instruction { .. }
        | Awaited::Instructed { .. }
        | Awaited::Inspection { .. } => decision,
    }
}

/// The unit, and where it was asked for, are told that a reason was none.
fn correcting(case: &Case<'_>, decision: Decision, duty: DutyId, correction: impl Fn(&Duty) -> Words) -> Decision {
    let Some(duty) = case.duty(duty) else { return decision };
    let unit = duty.unit.id;
    let asker = case.facts.review.asked_in.map(|chat| To::Asker { chat, unit });
    let told = std::iter::once(To::Unit(unit)).chain(asker);
    told.fold(decision, |decision, to| decision.and_say(to, None, [correction(duty)]))
}

/// What an order did that had no reason is ruled back, where the duties still stand as it left them.
fn ruled_otherwise(case: &Case<'_>, decision: Decision, ruling: Ruling) -> Decision {
    let (back, stands) = match ruling {
        Ruling::Suspended => (Ruling::Resumed, Status::Suspended),
        Ruling::Reopened => (Ruling::Accepted, Status::InProgress),
        // These are ruled without a reason.
        Ruling::Accepted | Ruling::Returned | Ruling::Resumed => return decision,
    };
    let ruled: Vec<&Duty> = case.facts.duties.iter().filter(|duty| duty.status == stands).collect();
    if ruled.is_empty() {
        return decision;
    }
    let ruled = review::rules::announce(
        case,
        "",
        Verdict::Ruled(back),
        &ruled,
        Some(review::sentences::notice::WITHOUT_REASON),
    );
    let (mut changes, mut messages) = (decision.changes, decision.messages);
    changes.extend(ruled.changes);
    messages.extend(ruled.messages);
    Decision { changes, messages, ..decision }
}

/// The words that are given as a reason or an answer.
fn reason_in(intent: &Intent) -> Option<&str> {
    match intent {
        Intent::Review(review::Wanted::GiveReason { reason, .. })
        | Intent::Review(review::Wanted::ExplainRefusal { reason, .. })
        | Intent::Citations(Wanted::Withdraw { reason, .. })
        | Intent::Problems(problems::Wanted::Answer { words: reason, .. })
        | Intent::Review(review::Wanted::Order(Order { reason: Some(reason), .. })) => Some(reason),
        _ => None,
    }
}
