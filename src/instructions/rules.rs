//! A coordinator's reply to what a unit reported goes to that unit; its answer comes back.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::instructions::{Said, sentences};
use crate::intent::Intent;
use crate::office::ids::ChatId;
use crate::office::place::Awaited;
use crate::reporting;
use crate::reporting::statement::Statement;

/// `chat`: where the report was made.
pub fn instruct(case: &Case<'_>, of: Said, chat: ChatId, words: &str) -> Decision {
    let Some(duty) = case.duty(of.duty).filter(|_| case.place.speaker_is_coordinator()) else {
        return Decision::nothing("nobody to instruct");
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let back =
        Awaited::Instructed { duty: duty.id, chat: case.place.chat.id, message_id: case.answers.unwrap_or_default() };
    let to = To::Under { unit: Some(duty.unit.id), chat };
    Decision::nothing("a coordinator instructs a unit")
        .with(Change::Instruct { duty: duty.id, words: words.to_owned() })
        .and_say(To::Here, case.answers, [sentences::passed_on(duty)])
        .asking_for(AskedFor::Known(Awaited::Instruction { duty: duty.id, chat, message_id: of.message_id }))
        .and_say(to, Some(of.message_id), [sentences::instruction(duty, person, words)])
        .asking_for(AskedFor::Known(back))
}

/// An answer to an instruction that is no report.
pub fn answer(case: &Case<'_>, statement: &Statement) -> Decision {
    match reporting::rules::reporter::reporter(case) {
        Ok(_) if statement.edited => Decision::nothing("an answer that was passed on is edited"),
        Ok(_) => case.answer("an instruction is answered", sentences::answer_passed_on()),
        Err(refusal) => refusal,
    }
}

/// Whatever a contact says in answer to an instruction also goes to whoever gave it.
pub fn passing_back(case: &Case<'_>, intent: &Intent, decision: Decision) -> Decision {
    let Some(Awaited::Instructed { duty, chat, message_id }) = case.place.asked_for else { return decision };
    let (Intent::Report(said) | Intent::Unclear(said) | Intent::AnswerInstruction(said)) = intent else {
        return decision;
    };
    let spoken = case.place.speaker_is_contact() && !said.edited && !said.passed_on && !case.facts.asked_already;
    let (Some(duty), Some(person), true) = (case.duty(duty), &case.place.speaker, spoken) else { return decision };
    let words = sentences::answer(duty, &person.name, said.words());
    let opened = sentences::openers(
        Said { duty: duty.id, message_id: said.message_id },
        false,
        matches!(intent, Intent::Report(_)) && !said.attachments.is_empty(),
    );
    let words = if opened.is_empty() { words } else { words.with_row(opened) };
    decision
        .with(Change::AnswerInstruction { duty: duty.id, words: said.words().to_owned() })
        .and_say(To::Under { unit: None, chat }, Some(message_id), [words])
        .asking_for(AskedFor::Known(Awaited::Instruction {
            duty: duty.id,
            chat: case.place.chat.id,
            message_id: said.message_id,
        }))
}

/// A report in full.
pub fn show(case: &Case<'_>) -> Decision {
    if !case.place.is_for_coordinators() {
        return Decision::toast("a report across units", refusals::ONLY_COORDINATORS);
    }
    let Some(whole) = &case.facts.whole_report else {
        return Decision::toast("no such report", refusals::STALE_BUTTON);
    };
    Decision::answer("a report in full", case.facts.pressed, sentences::whole(whole))
}
