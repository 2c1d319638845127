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

impl Tx {
    pub async fn carry_out(&mut self, decision: &Decision, place: &Place, moment: Moment) -> Result<()> {
        let speaker = place.speaker.as_ref().map(|person| person.id);
        for change in &decision.changes {
            self.change(change, place, speaker, moment.today).await?;
        }
        // The parts of an album have one answer.
        let mut answer = place.album.as_ref().and_then(|album| album.answer);
        for message in &decision.messages {
            self.say(message, place, moment, &mut answer).await?;
        }
        Ok(())
    }

    async fn change(
        &mut self,
        change: &Change,
        place: &Place,
        speaker: Option<PersonId>,
        today: NaiveDate,
    ) -> Result<()> {
        let by = speaker.map_or(Actor::Bot, Actor::Person);
        let chat = place.chat.id;
        match (change, speaker) {
            (Change::UseInvitation(id), _) => self.use_invitation(*id).await,
            (Change::BindUnit(unit), _) => self.bind_unit(chat, *unit, by).await,
            (Change::BindCoordinators, _) => self.bind_coordinators(chat, by).await,
            (Change::RegisterContact { unit, person }, _) => self.register_contact(*unit, *person, chat, by).await,
            (Change::Hint(hint), _) => self.note_hint(chat, *hint, today).await,
            (Change::CountAnswer { before }, Some(person)) => self.count_answer(chat, person, *before).await,
            (Change::Silence, Some(_)) => self.silence_chat(chat, by).await,
            (Change::EndSilence(chat), Some(_)) => self.end_silence(*chat, by).await,
            (Change::RemoveContact { unit, person, why }, _) => self.remove_contact(*unit, *person, *why, by).await,
            (Change::ForgetMember(person), _) => self.forget_member(chat, *person).await,
            (Change::Withdraw { message_id, duties }, _) => self.withdraw(chat, *message_id, duties, by).await,
            (Change::CloseQuestion { message_id }, _) => self.close_question(chat, *message_id, by).await,
            (Change::Attach { message_id, attachments }, _) => self.attach(chat, *message_id, attachments, by).await,
            (Change::Standing(standing), _) => self.set_standing(chat, *standing).await,
            (Change::MoveChat { to }, _) => self.move_chat(chat, *to).await,
            (Change::FailedCode, Some(person)) => self.add_failed_code(person).await,
            (Change::AddCoordinator, Some(person)) => self.add_coordinator(person, by).await,
            (Change::RemoveCoordinator { person, why }, _) => self.remove_coordinator(*person, *why, by).await,
            (Change::RestoreCoordinator(person), Some(_)) => self.add_coordinator(*person, by).await,
            (Change::UnbindUnit { unit, contacts }, Some(_)) => self.unbind_unit(*unit, contacts, by).await,
            (Change::AskToBeContact { unit }, Some(person)) => self.ask_to_be_contact(*unit, person, chat).await,
            (Change::Record(record), Some(person)) => self.record(record, chat, person).await,
            (Change::KeepQuestion(question), Some(_)) => self.keep_question(question, chat, by).await,
            (Change::PlanStep { id, duty, step, message_id }, Some(person)) => {
                self.plan_step(*id, *duty, step, (chat, *message_id), person).await
            }
            (Change::MarkStep { step, mark }, Some(person)) => self.mark_step(*step, *mark, person).await,
            (Change::TakeWords { message_id, taken }, Some(_)) => self.take_words(chat, *message_id, taken).await,
            (Change::GiveWordsBack { message_id, taken }, Some(person)) => {
                self.give_words_back((chat, *message_id), taken, person).await
            }
            (Change::TurnPage { message_id, words }, _) => self.turn_page(chat, *message_id, words).await,
            (Change::WantDocument { message_id, file_id, name }, Some(person)) => {
                self.want_document(chat, person, (*message_id, file_id, name)).await
            }
            (Change::ImportDocument(document), Some(_)) => self.import_document(*document, chat, by).await,
            (Change::DropDocument(document), Some(_)) => self.drop_document(*document, by).await,
            (Change::Invite { name, anew, answers }, Some(_)) => {
                self.invite_in_chat((name, *anew), chat, *answers, by).await
            }
            (Change::TrustClock, Some(_)) => self.go_on_after_jump(by).await,
            (Change::Rule { duty, ruling, of, claim, reason }, Some(person)) => {
                self.rule(*duty, (*ruling, *of), (*claim, reason.as_deref()), person).await
            }
            (Change::UseButtons(used), _) => self.use_buttons(used, chat).await,
            (Change::RefuseSuspension { duty, message_id }, Some(person)) => {
                self.refuse_suspension(*duty, *message_id, person).await
            }
            (Change::ExplainRefusal { wish, duty, message_id, reason }, Some(person)) => {
                self.explain_refusal(*wish, (*duty, *message_id), reason, person).await
            }
            (Change::PassOn { duty, words }, Some(_)) => {
                self.note(by, "words_passed_on", json!({ "duty": duty, "words": words })).await
            }
            (Change::DecideExtension { duty, message_id, granted, all }, Some(person)) => {
                self.decide_extension(*duty, *message_id, (*granted, *all), person).await
            }
            (Change::EndProblem { duty, problem, how, words }, Some(person)) => {
                self.end_problem(*duty, *problem, *how, words.as_deref(), person).await
            }
            (Change::Recommend { duty, practice, recommended }, Some(person)) => {
                self.recommend(*duty, *practice, *recommended, person).await
            }
            (Change::ProposeCitation { message_id, kind, unit, reason }, Some(person)) => {
                self.propose_citation((chat, *message_id), (*kind, *unit, reason), person).await
            }
            (Change::RecordCitation(citation), Some(person)) => self.record_citation(*citation, person).await,
            (Change::TellCitation(citation), Some(person)) => self.tell_citation(*citation, person).await,
            (Change::WithdrawCitation { citation, reason }, Some(person)) => {
                self.withdraw_citation(*citation, reason, person).await
            }
            (Change::Nudge { unit, tasks, day }, Some(person)) => self.nudge(*unit, tasks, *day, person).await,
            (Change::ProposeInspection { message_id, request, asked }, Some(person)) => {
                self.propose_inspection((chat, *message_id), request, asked, person).await
            }
            (Change::StartInspection { inspection, day }, Some(_)) => {
                self.start_inspection(*inspection, *day, by).await
            }
            (Change::NudgeInspection { inspection, units, day }, Some(_)) => {
                self.nudge_inspection(*inspection, units, *day, by).await
            }
            (Change::CloseInspection { inspection, day }, Some(_)) => {
                self.close_inspection(*inspection, *day, by).await
            }
            (Change::AnswerInspection { inspection, unit, message_id, at, text, attachments }, Some(person)) => {
                let answer = InspectionAnswer { message: (chat, *message_id), at: *at, text, attachments };
                self.answer_inspection(*inspection, *unit, &answer, person).await
            }
            (Change::WithdrawInspectionAnswer { message_id }, _) => {
                self.withdraw_inspection_answer(chat, *message_id, by).await
            }
            (Change::SetPolicy { key, value }, Some(_)) => self.set_policy(key, value, by).await,
            (Change::GiveReason { decision, reason }, Some(person)) => {
                self.give_reason(*decision, reason, person).await
            }
            // Nobody without a name gets as far as any of these.
            (_, None) => Ok(()),
        }
    }

    async fn say(&mut self, message: &Outgoing, place: &Place, moment: Moment, answer: &mut Option<i64>) -> Result<()> {
        let here = self.home_of(place.chat.id).await?;
        let chats = match message.to {
            To::Here => vec![place.chat.id],
            // What happens in a unit's own group is answered there, also where it is left in peace.
            To::Unit(unit) if place.is_home_of(unit) => vec![place.chat.id],
            To::Unit(unit) => self.chat_of_unit(unit).await?.into_iter().collect(),
            To::Asker { chat, unit } => {
                let own = self.chat_of_unit(unit).await?;
                let chat = self.home_of(chat).await?;
                let left_in_peace = self.is_silenced(chat).await?;
                Vec::from_iter((Some(chat) != own && chat != here && !left_in_peace).then_some(chat))
            }
            To::Coordinators => self.chats_of_coordinators().await?,
        };
        let awaits = match message.asks_for {
            Some(AskedFor::ReasonOfLastDecision(duty)) => {
                self.last_decision(duty).await?.map(|decision| Awaited::Reason { decision, duty })
            }
            Some(AskedFor::Known(awaited)) => Some(awaited),
            None => None,
        };
        if let (true, Some(speaker)) = (message.jointly, &place.speaker) {
            return self.post_jointly(place.chat.id, speaker.id, &message.words).await;
        }
        for chat in chats {
            let here = chat == place.chat.id;
            let posting = Posting {
                chat,
                kind: if message.to == To::Here { "answer" } else { "notice" },
                words: &message.words,
                answers: message.answers.filter(|_| here),
                not_before: if here { self.now } else { moment.opening },
                not_after: None,
                reminder: None,
                awaits,
            };
            match answer.take().filter(|_| here) {
                Some(answer) => self.answer_anew(answer, posting).await?,
                None => {
                    let answer = self.post(posting).await?;
                    if let (Some(awaited), Some(speaker)) = (awaits, &place.speaker) {
                        self.want_reply((answer, chat), awaited, speaker.id).await?;
                    }
                    if let (true, To::Here, Some(album)) = (here, message.to, &place.album) {
                        self.note_answer(chat, album.message_id, answer).await?;
                    }
                }
            }
        }
        Ok(())
    }
}
