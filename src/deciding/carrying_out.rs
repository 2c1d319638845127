//! Carrying out a decision: state, ledger and outbox, in the transaction of the update that caused it.

use chrono::NaiveDate;
use serde_json::json;

use crate::chat::incoming::ChatKind;
use crate::chat::words::Words;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, Outgoing, To};
use crate::inspections::rows::InspectionAnswer;
use crate::office::ids::{ChatId, PersonId};
use crate::office::moment::Moment;
use crate::office::place::{Awaited, Place};
use crate::store::ledger::Actor;
use crate::store::posting::Posting;
use crate::store::{Result, Tx, albums, buttons, ledger, moving, outbox, people, unreachable};
use crate::{
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, filing, importing, inspections,
    later, nudges, plans, practices, problems, quiet, receipts, reporting, review, settings, steps, transfers,
};

pub async fn carry_out(tx: &mut Tx, decision: &Decision, place: &Place, moment: Moment) -> Result<()> {
    let speaker = place.speaker.as_ref().map(|person| person.id);
    for change in &decision.changes {
        make(tx, change, place, speaker, moment.today).await?;
    }
    // The parts of an album have one answer.
    let mut answer = place.album.as_ref().and_then(|album| album.answer);
    let mut said = Vec::new();
    for message in &decision.messages {
        say(tx, message, place, moment, &mut answer, &mut said).await?;
    }
    Ok(())
}

async fn make(tx: &mut Tx, change: &Change, place: &Place, speaker: Option<PersonId>, today: NaiveDate) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);
    let chat = place.chat.id;
    match (change, speaker) {
        (Change::UseInvitation(id), _) => binding::rows::use_invitation(tx, *id).await,
        (Change::BindUnit(unit), _) => people::bind_unit(tx, chat, *unit, by).await,
        (Change::BindCoordinators, _) => {
            people::bind_coordinators(tx, chat, by).await?;
            outbox::post_menu(tx, chat).await
        }
        (Change::RegisterContact { unit, person }, _) => {
            contacts::rows::register_contact(tx, *unit, *person, chat, by).await
        }
        (Change::Hint(hint), _) => quiet::rows::note_hint(tx, chat, *hint, today).await,
        (Change::CountAnswer { before }, Some(person)) => quiet::rows::count_answer(tx, chat, person, *before).await,
        (Change::Silence, Some(_)) => quiet::rows::silence_chat(tx, chat, by).await,
        (Change::EndSilence(chat), Some(_)) => quiet::rows::end_silence(tx, *chat, by).await,
        (Change::RemoveContact { unit, person, why }, _) => {
            contacts::rows::remove_contact(tx, *unit, *person, *why, by).await
        }
        (Change::BeginCopies { unit }, Some(person)) => copies::rows::begin(tx, *unit, person).await,
        (Change::EndCopies { unit }, Some(person)) => copies::rows::end(tx, *unit, person).await,
        (Change::ShowInGroup { unit, line }, _) => copies::rows::show_in_group(tx, *unit, line).await,
        (Change::ForgetMember(person), _) => contacts::rows::forget_member(tx, chat, *person).await,
        (Change::Withdraw { message_id, duties }, _) => {
            reporting::rows::withdraw(tx, chat, *message_id, duties, by).await
        }
        (Change::CloseQuestion { message_id }, _) => {
            reporting::rows::kept_words::close_question(tx, chat, *message_id, by).await
        }
        (Change::Attach { message_id, attachments }, _) => {
            reporting::rows::kept_words::attach(tx, chat, *message_id, attachments, by).await
        }
        (Change::Standing(standing), _) => unreachable::set_standing(tx, chat, *standing).await,
        (Change::MoveChat { to }, _) => moving::move_chat(tx, chat, *to).await,
        (Change::FailedCode, Some(person)) => binding::rows::add_failed_code(tx, person).await,
        (Change::AddCoordinator, Some(person)) => {
            coordinators::rows::add_coordinator(tx, person, by).await?;
            match place.chat.kind {
                ChatKind::Private => outbox::post_menu(tx, chat).await,
                ChatKind::Group => Ok(()),
            }
        }
        (Change::RemoveCoordinator { person, why }, _) => {
            coordinators::rows::remove_coordinator(tx, *person, *why, by).await
        }
        (Change::RestoreCoordinator(person), Some(_)) => coordinators::rows::add_coordinator(tx, *person, by).await,
        (Change::GiveArea { person, fields }, Some(_)) => areas::rows::give_area(tx, *person, fields, by).await,
        (Change::EndAreas { person }, Some(_)) => areas::rows::end_areas(tx, *person, by).await,
        (Change::NamePlan { plan, name }, Some(_)) => plans::rows::give_name(tx, *plan, name, by).await,
        (Change::EndPlan(plan), Some(_)) => plans::rows::end_plan(tx, *plan, by).await,
        (Change::UnbindUnit { unit, contacts }, Some(_)) => {
            binding::unbinding::rows::unbind_unit(tx, *unit, contacts, by).await
        }
        (Change::AskToBeContact { unit }, Some(person)) => {
            contacts::rows::ask_to_be_contact(tx, *unit, person, chat).await
        }
        (Change::Record(record), Some(person)) => reporting::rows::record(tx, record, chat, person).await,
        (Change::KeepQuestion(question), Some(_)) => {
            reporting::rows::kept_words::keep_question(tx, question, chat, by).await
        }
        (Change::PlanStep { id, duty, step, message_id }, Some(person)) => {
            steps::rows::plan_step(tx, *id, *duty, step, (chat, *message_id), person).await
        }
        (Change::MarkStep { step, mark }, Some(person)) => steps::rows::mark_step(tx, *step, *mark, person).await,
        (Change::TakeWords { message_id, taken }, Some(_)) => {
            awaiting::rows::take_words(tx, chat, *message_id, taken).await
        }
        (Change::GiveWordsBack { message_id, taken }, Some(person)) => {
            awaiting::rows::give_words_back(tx, (chat, *message_id), taken, person).await
        }
        (Change::TurnPage { message_id, words }, _) => outbox::turn_page(tx, chat, *message_id, words).await,
        (Change::WantDocument { message_id, file_id, name }, Some(person)) => {
            importing::rows::want_document(tx, chat, person, (*message_id, file_id, name)).await
        }
        (Change::ImportDocument { document, amendments }, Some(_)) => {
            importing::rows::import_document(tx, (*document, *amendments), chat, by).await
        }
        (Change::DropDocument(document), Some(_)) => importing::rows::drop_document(tx, *document, by).await,
        (Change::Invite { name, anew, answers }, Some(_)) => {
            importing::rows::invite_in_chat(tx, (name, *anew), chat, *answers, by).await
        }
        (Change::Instruct { duty, words }, Some(_)) => {
            ledger::note(tx, by, "unit_instructed", json!({ "duty": duty, "words": words })).await
        }
        (Change::AnswerInstruction { duty, words }, Some(_)) => {
            ledger::note(tx, by, "instruction_answered", json!({ "duty": duty, "words": words })).await
        }
        (Change::PutOff { duty, put_off, message_id }, Some(_)) => {
            later::rows::keep(tx, (*duty, *put_off), (chat, *message_id), by).await
        }
        (Change::NoteReceipt { message_id, answered, at }, Some(person)) => {
            receipts::rows::note_receipt(tx, (chat, *message_id), *answered, *at, person).await
        }
        (Change::TrustClock, Some(_)) => settings::rows::go_on_after_jump(tx, by).await,
        (Change::Rule { duty, ruling, of, claim, reason }, Some(person)) => {
            review::rows::rule(tx, *duty, (*ruling, *of), (*claim, reason.as_deref()), person).await
        }
        (Change::OpenEvidence { duty, message_id, files }, Some(person)) => {
            review::rows::open_evidence(tx, (*duty, *message_id), files, chat, person).await
        }
        (Change::UseButtons(used), _) => buttons::use_buttons(tx, used, chat).await,
        (Change::RefuseSuspension { duty, message_id }, Some(person)) => {
            review::rows::refuse_suspension(tx, *duty, *message_id, person).await
        }
        (Change::ExplainRefusal { wish, duty, message_id, reason }, Some(person)) => {
            review::rows::explain_refusal(tx, *wish, (*duty, *message_id), reason, person).await
        }
        (Change::PassOn { duty, words }, Some(_)) => {
            ledger::note(tx, by, "words_passed_on", json!({ "duty": duty, "words": words })).await
        }
        (Change::DecideExtension { duty, message_id, granted, all }, Some(person)) => {
            review::rows::extensions::decide_extension(tx, *duty, *message_id, (*granted, *all), person).await
        }
        (Change::PassPart { duty, message_id, to }, Some(person)) => {
            transfers::rows::pass_part(tx, *duty, *message_id, *to, person).await
        }
        (Change::KeepPart { duty, message_id }, Some(person)) => {
            transfers::rows::keep_part(tx, *duty, *message_id, person).await
        }
        (Change::DropTransfer { duty, message_id }, Some(person)) => {
            transfers::rows::drop_transfer(tx, *duty, *message_id, person).await
        }
        (Change::EndProblem { duty, problem, how, words }, Some(person)) => {
            problems::rows::end_problem(tx, *duty, *problem, *how, words.as_deref(), person).await
        }
        (Change::Recommend { duty, practice, recommended }, Some(person)) => {
            practices::rows::recommend(tx, *duty, *practice, *recommended, person).await
        }
        (Change::ProposeCitation { message_id, kind, unit, reason }, Some(person)) => {
            citations::rows::propose_citation(tx, (chat, *message_id), (*kind, *unit, reason), person).await
        }
        (Change::RecordCitation(citation), Some(person)) => {
            citations::rows::record_citation(tx, *citation, person).await
        }
        (Change::TellCitation(citation), Some(person)) => citations::rows::tell_citation(tx, *citation, person).await,
        (Change::WithdrawCitation { citation, reason }, Some(person)) => {
            citations::rows::withdraw_citation(tx, *citation, reason, person).await
        }
        (Change::Nudge { unit, tasks, day }, Some(person)) => nudges::rows::nudge(tx, *unit, tasks, *day, person).await,
        (Change::ProposeItem { message_id, item }, Some(person)) => {
            assigning::rows::propose(tx, (chat, *message_id), item, person).await
        }
        (Change::AssignItem(id), Some(_)) => assigning::rows::assign_proposed(tx, *id, by).await,
        (Change::AmendTask { task, amendment, reason }, Some(_)) => {
            assigning::rows::amending::amend(tx, *task, amendment, reason.as_deref(), by).await
        }
        (Change::ProposeInspection { message_id, request, asked }, Some(person)) => {
            inspections::rows::propose_inspection(tx, (chat, *message_id), request, asked, person).await
        }
        (Change::StartInspection { inspection, day }, Some(_)) => {
            inspections::rows::start_inspection(tx, *inspection, *day, by).await
        }
        (Change::NudgeInspection { inspection, units, day }, Some(_)) => {
            inspections::rows::nudge_inspection(tx, *inspection, units, *day, by).await
        }
        (Change::CloseInspection { inspection, day }, Some(_)) => {
            inspections::rows::close_inspection(tx, *inspection, *day, by).await
        }
        (Change::AnswerInspection { inspection, unit, message_id, at, text, attachments }, Some(person)) => {
            let answer = InspectionAnswer { message: (chat, *message_id), at: *at, text, attachments };
            inspections::rows::answer_inspection(tx, *inspection, *unit, &answer, person).await
        }
        (Change::WithdrawInspectionAnswer { message_id }, _) => {
            inspections::rows::withdraw_inspection_answer(tx, chat, *message_id, by).await
        }
        (Change::SetPolicy { key, value }, Some(_)) => settings::rows::set_policy(tx, key, value, by).await,
        (Change::IssueBulletin { plan, issue }, Some(person)) => {
            filing::rows::issues::issue(tx, *plan, *issue, person).await
        }
        (Change::GiveReason { decision, reason }, Some(person)) => {
            review::rows::give_reason(tx, *decision, reason, person).await
        }
        // Nobody without a name gets as far as any of these.
        (_, None) => Ok(()),
    }
}

/// Says it in each chat that it is for. `said`: what was said there of the same decision; a coordinator who acts in private is
/// told once, and not again as one of them.
async fn say<'a>(
    tx: &mut Tx,
    message: &'a Outgoing,
    place: &Place,
    moment: Moment,
    answer: &mut Option<i64>,
    said: &mut Vec<(ChatId, &'a Words)>,
) -> Result<()> {
    let chats = match message.to {
        To::Here => vec![place.chat.id],
        // What happens in a unit's own group is answered there, also where it is left in peace.
        To::Unit(unit) if place.is_home_of(unit) => vec![place.chat.id],
        To::Unit(unit) => outbox::chat_of_unit(tx, unit).await?.into_iter().collect(),
        To::Asker { chat, unit } => {
            let own = outbox::chat_of_unit(tx, unit).await?;
            let chat = moving::home_of(tx, chat).await?;
            let here = moving::home_of(tx, place.chat.id).await?;
            let left_in_peace = quiet::rows::is_silenced(tx, chat).await?;
            Vec::from_iter((Some(chat) != own && chat != here && !left_in_peace).then_some(chat))
        }
        To::Under { unit: Some(unit), .. } => outbox::chat_of_unit(tx, unit).await?.into_iter().collect(),
        To::Under { unit: None, chat } => vec![moving::home_of(tx, chat).await?],
        To::Coordinators => outbox::chats_of_coordinators(tx).await?,
    };
    let under = if let To::Under { chat, .. } = message.to { Some(chat) } else { None };
    let awaits = match message.asks_for {
        Some(AskedFor::ReasonOfLastDecision(duty)) => {
            review::rows::last_decision(tx, duty).await?.map(|decision| Awaited::Reason { decision, duty })
        }
        Some(AskedFor::Known(awaited)) => Some(awaited),
        None => None,
    };
    if let (true, Some(speaker)) = (message.jointly, &place.speaker) {
        return quiet::rows::post_jointly(tx, place.chat.id, speaker.id, &message.words).await;
    }
    for chat in chats {
        if said.contains(&(chat, &message.words)) {
            continue;
        }
        said.push((chat, &message.words));
        let here = chat == place.chat.id;
        let posting = Posting {
            chat,
            kind: if message.to == To::Here { "answer" } else { "notice" },
            words: &message.words,
            answers: message.answers.filter(|_| under.map_or(here, |under| under == chat)),
            not_before: if here { tx.now } else { moment.opening },
            not_after: None,
            reminder: None,
            awaits,
        };
        match answer.take().filter(|_| here) {
            Some(answer) => outbox::answer_anew(tx, answer, posting).await?,
            None => {
                let answer = outbox::post(tx, posting).await?;
                if let (Some(awaited), Some(speaker)) = (awaits, &place.speaker) {
                    awaiting::rows::want_reply(tx, (answer, chat), awaited, speaker.id).await?;
                }
                if let (true, To::Here, Some(album)) = (here, message.to, &place.album) {
                    albums::note_answer(tx, chat, album.message_id, answer).await?;
                }
            }
        }
    }
    Ok(())
}
