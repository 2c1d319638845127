//! A coordinator's reply to what a unit reported goes to that unit; its answer comes back.

use crate::chat::refusals;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::instructions::{Said, Wanted, reading, sentences};
use crate::intent::Intent;
use crate::office::duty::Duty;
use crate::office::ids::ChatId;
use crate::office::place::Awaited;
use crate::office::status::Status;
use crate::reporting::statement::Statement;
use crate::review::DrawnFor;
use crate::understanding::Item;
use crate::{instructions, reporting, review};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Instruct { of, chat, words } => instruct(case, *of, *chat, words),
        Wanted::Answer(statement) => answer(case, statement),
        Wanted::Show { of } => show(case, *of),
    }
}

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
        .with(instructions::Change::Instruct { duty: duty.id, words: words.to_owned() })
        .and_say(To::Here, case.answers, [sentences::passed_on(duty)])
        .asking_for(AskedFor::Known(Awaited::Instruction { duty: duty.id, chat, message_id: of.message_id }))
        .and_say(to, Some(of.message_id), [sentences::instruction(duty, person, words)])
        .asking_for(AskedFor::Known(back))
}

/// An answer to an instruction that is no report.
pub fn answer(case: &Case<'_>, statement: &Statement) -> Decision {
    match reporting::rules::reporter::reporter(case) {
        Ok(_) if statement.edited => Decision::nothing("an answer that was passed on is edited"),
        Ok(_) => {
            let claimed = instructed(case).is_some_and(|duty| duty.status == Status::ClaimedDone);
            case.answer("an instruction is answered", sentences::answer_passed_on(claimed))
        }
        Err(refusal) => refusal,
    }
}

/// What is added to a claim, as a file or in answer to an instruction, leaves it a claim; only words that say how the work stands
/// take it back.
pub fn keep_claim(case: &Case<'_>, known: &mut [(&Duty, Item)], said: &Statement) {
    let of = instructed(case).map(|duty| duty.id);
    let adds_to = |duty: &Duty| of == Some(duty.id) || !said.attachments.is_empty() && !said.edited;
    for (duty, item) in known.iter_mut().filter(|(duty, _)| adds_to(duty) && duty.claim(None).is_some()) {
        let own = if item.words.is_empty() { said.words() } else { &item.words };
        let adds = item.status == Some(Status::InProgress) && item.percent.is_none() && item.claims.is_none();
        if adds && duty.status == Status::ClaimedDone && !reading::says_how_it_stands(own) {
            item.status = None;
        }
    }
}

/// What the instruction is about that is answered here.
fn instructed<'a>(case: &Case<'a>) -> Option<&'a Duty> {
    match case.place.asked_for {
        Some(Awaited::Instructed { duty, .. }) => case.duty(duty),
        _ => None,
    }
}

/// Whatever a contact says in answer to an instruction also goes to whoever gave it.
pub fn passing_back(case: &Case<'_>, intent: &Intent, decision: Decision) -> Decision {
    let Some(Awaited::Instructed { duty, chat, message_id }) = case.place.asked_for else { return decision };
    let (Intent::Reporting(reporting::Wanted::Report(said))
    | Intent::Reporting(reporting::Wanted::Unclear(said))
    | Intent::Instructions(instructions::Wanted::Answer(said))) = intent
    else {
        return decision;
    };
    let spoken = case.place.speaker_is_contact() && !said.edited && !said.passed_on && !case.facts.asked_already;
    let (Some(duty), Some(person), true) = (case.duty(duty), &case.place.speaker, spoken) else { return decision };
    let words = sentences::answer(duty, &person.name, said.words());
    let recorded = decision.changes.iter().find_map(|change| match change {
        Change::Reporting(reporting::Change::Record(record)) if record.duty == duty.id => Some(record),
        _ => None,
    });
    let opened = recorded.map_or_else(Vec::new, |record| {
        let of = Said { duty: duty.id, message_id: said.message_id };
        sentences::openers(of, sentences::is_cut(said.words()), !record.attachments.is_empty())
    });
    let claim = duty.claim(None).filter(|_| recorded.is_some_and(|record| record.item.status.is_none()));
    let decide = claim.map(|claim| {
        let message_id = claim.asked.message_id;
        review::sentences::notice::claim_row(
            duty,
            DrawnFor { duty: duty.id, message_id, said: duty.waiting.said + 1 },
            false,
        )
    });
    let rows = decide.into_iter().chain((!opened.is_empty()).then_some(opened));
    let words = rows.fold(words, Words::with_row);
    decision
        .with(instructions::Change::Answer { duty: duty.id, words: said.words().to_owned() })
        .and_say(To::Under { unit: None, chat }, Some(message_id), [words])
        .asking_for(AskedFor::Known(Awaited::Instruction {
            duty: duty.id,
            chat: case.place.chat.id,
            message_id: said.message_id,
        }))
}

/// A report in full.
pub fn show(case: &Case<'_>, of: Said) -> Decision {
    if !case.place.is_for_coordinators() {
        return Decision::toast("a report across units", refusals::ONLY_COORDINATORS);
    }
    let Some(whole) = &case.facts.whole_report else {
        return Decision::toast("no such report", refusals::STALE_BUTTON);
    };
    let instruction = Awaited::Instruction { duty: of.duty, chat: whole.chat, message_id: of.message_id };
    Decision::answer("a report in full", case.facts.pressed, sentences::whole(whole))
        .asking_for(AskedFor::Known(instruction))
}
