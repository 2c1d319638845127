//! Carrying out a decision: state, ledger and outbox, in the transaction of the update that caused it.

use chrono::NaiveDate;
use serde_json::json;

use super::inspections::InspectionAnswer;
use super::ledger::Actor;
use super::outbox::Posting;
use super::{Result, Tx};
use crate::domain::decide::{AskedFor, Change, Decision, Outgoing, To};
use crate::domain::duty::PersonId;
use crate::domain::moment::Moment;
use crate::domain::place::{Awaited, Place};

pub async fn carry_out(tx: &mut Tx, decision: &Decision, place: &Place, moment: Moment) -> Result<()> {
    let speaker = place.speaker.as_ref().map(|person| person.id);
    for change in &decision.changes {
        make(tx, change, place, speaker, moment.today).await?;
    }
    // The parts of an album have one answer.
    let mut answer = place.album.as_ref().and_then(|album| album.answer);
    for message in &decision.messages {
        say(tx, message, place, moment, &mut answer).await?;
    }
    Ok(())
}

async fn make(tx: &mut Tx, change: &Change, place: &Place, speaker: Option<PersonId>, today: NaiveDate) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);
    let chat = place.chat.id;
    match (change, speaker) {
        (Change::UseInvitation(id), _) => crate::store::invitations::use_invitation(tx, *id).await,
        (Change::BindUnit(unit), _) => crate::store::people::bind_unit(tx, chat, *unit, by).await,
        (Change::BindCoordinators, _) => crate::store::people::bind_coordinators(tx, chat, by).await,
        (Change::RegisterContact { unit, person }, _) => {
            crate::store::contacts::register_contact(tx, *unit, *person, chat, by).await
        }
        (Change::Hint(hint), _) => crate::store::manners::note_hint(tx, chat, *hint, today).await,
        (Change::CountAnswer { before }, Some(person)) => {
            crate::store::manners::count_answer(tx, chat, person, *before).await
        }
        (Change::Silence, Some(_)) => crate::store::manners::silence_chat(tx, chat, by).await,
        (Change::EndSilence(chat), Some(_)) => crate::store::manners::end_silence(tx, *chat, by).await,
        (Change::RemoveContact { unit, person, why }, _) => {
            crate::store::contacts::remove_contact(tx, *unit, *person, *why, by).await
        }
        (Change::ForgetMember(person), _) => crate::store::contacts::forget_member(tx, chat, *person).await,
        (Change::Withdraw { message_id, duties }, _) => {
            crate::store::reports::withdraw(tx, chat, *message_id, duties, by).await
        }
        (Change::CloseQuestion { message_id }, _) => {
            crate::store::questions::close_question(tx, chat, *message_id, by).await
        }
        (Change::Attach { message_id, attachments }, _) => {
            crate::store::questions::attach(tx, chat, *message_id, attachments, by).await
        }
        (Change::Standing(standing), _) => crate::store::unreachable::set_standing(tx, chat, *standing).await,
        (Change::MoveChat { to }, _) => crate::store::moving::move_chat(tx, chat, *to).await,
        (Change::FailedCode, Some(person)) => crate::store::invitations::add_failed_code(tx, person).await,
        (Change::AddCoordinator, Some(person)) => crate::store::coordinators::add_coordinator(tx, person, by).await,
        (Change::RemoveCoordinator { person, why }, _) => {
            crate::store::coordinators::remove_coordinator(tx, *person, *why, by).await
        }
        (Change::RestoreCoordinator(person), Some(_)) => {
            crate::store::coordinators::add_coordinator(tx, *person, by).await
        }
        (Change::UnbindUnit { unit, contacts }, Some(_)) => {
            crate::store::unbinding::unbind_unit(tx, *unit, contacts, by).await
        }
        (Change::AskToBeContact { unit }, Some(person)) => {
            crate::store::contacts::ask_to_be_contact(tx, *unit, person, chat).await
        }
        (Change::Record(record), Some(person)) => crate::store::reports::record(tx, record, chat, person).await,
        (Change::KeepQuestion(question), Some(_)) => {
            crate::store::questions::keep_question(tx, question, chat, by).await
        }
        (Change::PlanStep { id, duty, step, message_id }, Some(person)) => {
            crate::store::steps::plan_step(tx, *id, *duty, step, (chat, *message_id), person).await
        }
        (Change::MarkStep { step, mark }, Some(person)) => {
            crate::store::steps::mark_step(tx, *step, *mark, person).await
        }
        (Change::TakeWords { message_id, taken }, Some(_)) => {
            crate::store::taking::take_words(tx, chat, *message_id, taken).await
        }
        (Change::GiveWordsBack { message_id, taken }, Some(person)) => {
            crate::store::taking::give_words_back(tx, (chat, *message_id), taken, person).await
        }
        (Change::TurnPage { message_id, words }, _) => {
            crate::store::outbox::turn_page(tx, chat, *message_id, words).await
        }
        (Change::WantDocument { message_id, file_id, name }, Some(person)) => {
            crate::store::documents::want_document(tx, chat, person, (*message_id, file_id, name)).await
        }
        (Change::ImportDocument(document), Some(_)) => {
            crate::store::documents::import_document(tx, *document, chat, by).await
        }
        (Change::DropDocument(document), Some(_)) => crate::store::documents::drop_document(tx, *document, by).await,
        (Change::Invite { name, anew, answers }, Some(_)) => {
            crate::store::documents::invite_in_chat(tx, (name, *anew), chat, *answers, by).await
        }
        (Change::TrustClock, Some(_)) => crate::store::settings::go_on_after_jump(tx, by).await,
        (Change::Rule { duty, ruling, of, claim, reason }, Some(person)) => {
            crate::store::review::rule(tx, *duty, (*ruling, *of), (*claim, reason.as_deref()), person).await
        }
        (Change::UseButtons(used), _) => crate::store::buttons::use_buttons(tx, used, chat).await,
        (Change::RefuseSuspension { duty, message_id }, Some(person)) => {
            crate::store::review::refuse_suspension(tx, *duty, *message_id, person).await
        }
        (Change::ExplainRefusal { wish, duty, message_id, reason }, Some(person)) => {
            crate::store::review::explain_refusal(tx, *wish, (*duty, *message_id), reason, person).await
        }
        (Change::PassOn { duty, words }, Some(_)) => {
            crate::store::ledger::note(tx, by, "words_passed_on", json!({ "duty": duty, "words": words })).await
        }
        (Change::DecideExtension { duty, message_id, granted, all }, Some(person)) => {
            crate::store::extensions::decide_extension(tx, *duty, *message_id, (*granted, *all), person).await
        }
        (Change::EndProblem { duty, problem, how, words }, Some(person)) => {
            crate::store::problems::end_problem(tx, *duty, *problem, *how, words.as_deref(), person).await
        }
        (Change::Recommend { duty, practice, recommended }, Some(person)) => {
            crate::store::practices::recommend(tx, *duty, *practice, *recommended, person).await
        }
        (Change::ProposeCitation { message_id, kind, unit, reason }, Some(person)) => {
            crate::store::citations::propose_citation(tx, (chat, *message_id), (*kind, *unit, reason), person).await
        }
        (Change::RecordCitation(citation), Some(person)) => {
            crate::store::citations::record_citation(tx, *citation, person).await
        }
        (Change::TellCitation(citation), Some(person)) => {
            crate::store::citations::tell_citation(tx, *citation, person).await
        }
        (Change::WithdrawCitation { citation, reason }, Some(person)) => {
            crate::store::citations::withdraw_citation(tx, *citation, reason, person).await
        }
        (Change::Nudge { unit, tasks, day }, Some(person)) => {
            crate::store::nudges::nudge(tx, *unit, tasks, *day, person).await
        }
        (Change::ProposeInspection { message_id, request, asked }, Some(person)) => {
            crate::store::inspections::propose_inspection(tx, (chat, *message_id), request, asked, person).await
        }
        (Change::StartInspection { inspection, day }, Some(_)) => {
            crate::store::inspections::start_inspection(tx, *inspection, *day, by).await
        }
        (Change::NudgeInspection { inspection, units, day }, Some(_)) => {
            crate::store::inspections::nudge_inspection(tx, *inspection, units, *day, by).await
        }
        (Change::CloseInspection { inspection, day }, Some(_)) => {
            crate::store::inspections::close_inspection(tx, *inspection, *day, by).await
        }
        (Change::AnswerInspection { inspection, unit, message_id, at, text, attachments }, Some(person)) => {
            let answer = InspectionAnswer { message: (chat, *message_id), at: *at, text, attachments };
            crate::store::inspections::answer_inspection(tx, *inspection, *unit, &answer, person).await
        }
        (Change::WithdrawInspectionAnswer { message_id }, _) => {
            crate::store::inspections::withdraw_inspection_answer(tx, chat, *message_id, by).await
        }
        (Change::SetPolicy { key, value }, Some(_)) => crate::store::settings::set_policy(tx, key, value, by).await,
        (Change::GiveReason { decision, reason }, Some(person)) => {
            crate::store::review::give_reason(tx, *decision, reason, person).await
        }
        // Nobody without a name gets as far as any of these.
        (_, None) => Ok(()),
    }
}

async fn say(tx: &mut Tx, message: &Outgoing, place: &Place, moment: Moment, answer: &mut Option<i64>) -> Result<()> {
    let here = crate::store::moving::home_of(tx, place.chat.id).await?;
    let chats = match message.to {
        To::Here => vec![place.chat.id],
        // What happens in a unit's own group is answered there, also where it is left in peace.
        To::Unit(unit) if place.is_home_of(unit) => vec![place.chat.id],
        To::Unit(unit) => crate::store::outbox::chat_of_unit(tx, unit).await?.into_iter().collect(),
        To::Asker { chat, unit } => {
            let own = crate::store::outbox::chat_of_unit(tx, unit).await?;
            let chat = crate::store::moving::home_of(tx, chat).await?;
            let left_in_peace = crate::store::manners::is_silenced(tx, chat).await?;
            Vec::from_iter((Some(chat) != own && chat != here && !left_in_peace).then_some(chat))
        }
        To::Coordinators => crate::store::outbox::chats_of_coordinators(tx).await?,
    };
    let awaits = match message.asks_for {
        Some(AskedFor::ReasonOfLastDecision(duty)) => {
            crate::store::review::last_decision(tx, duty).await?.map(|decision| Awaited::Reason { decision, duty })
        }
        Some(AskedFor::Known(awaited)) => Some(awaited),
        None => None,
    };
    if let (true, Some(speaker)) = (message.jointly, &place.speaker) {
        return crate::store::manners::post_jointly(tx, place.chat.id, speaker.id, &message.words).await;
    }
    for chat in chats {
        let here = chat == place.chat.id;
        let posting = Posting {
            chat,
            kind: if message.to == To::Here { "answer" } else { "notice" },
            words: &message.words,
            answers: message.answers.filter(|_| here),
            not_before: if here { tx.now } else { moment.opening },
            not_after: None,
            reminder: None,
            awaits,
        };
        match answer.take().filter(|_| here) {
            Some(answer) => crate::store::outbox::answer_anew(tx, answer, posting).await?,
            None => {
                let answer = crate::store::outbox::post(tx, posting).await?;
                if let (Some(awaited), Some(speaker)) = (awaits, &place.speaker) {
                    crate::store::taking::want_reply(tx, (answer, chat), awaited, speaker.id).await?;
                }
                if let (true, To::Here, Some(album)) = (here, message.to, &place.album) {
                    crate::store::albums::note_answer(tx, chat, album.message_id, answer).await?;
                }
            }
        }
    }
    Ok(())
}
