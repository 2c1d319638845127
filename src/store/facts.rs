//! What bears on an intent.

use super::{Result, Tx, Which};
use crate::domain::decide::Facts;
use crate::domain::duty::{ChatId, Duty, PersonId, Role, TaskId, UnitId};
use crate::domain::incoming::{ChatKind, Event, Incoming, Sender};
use crate::domain::intent::{Intent, button};
use crate::domain::moment::Moment;
use crate::domain::place::{Awaited, Place};
use crate::domain::review::Press;
use crate::domain::steps::View;

impl Tx {
    pub async fn facts(
        &mut self,
        intent: &Intent,
        place: &Place,
        incoming: &Incoming,
        moment: Moment,
    ) -> Result<Facts> {
        let (chat, speaker) = (place.chat.id, place.speaker.as_ref().map(|person| person.id));
        let mut facts = Facts::default();
        if let (Some(speaker), Event::Message(_) | Event::Edited(_)) = (speaker, &incoming.event) {
            facts.answered_lately = self.answered_lately(chat, speaker).await?;
        }
        let may_be_hinted = !place.speaker_is_contact() || *intent == Intent::PassedOn;
        if place.chat.kind == ChatKind::Group && may_be_hinted {
            facts.hinted = self.hints(chat, moment.today).await?;
        }
        match intent {
            Intent::Bind { code } => {
                if let Some(speaker) = speaker {
                    facts.failed_codes = self.failed_codes(speaker).await?;
                }
                facts.invitation = self.invitation(code).await?;
            }
            Intent::AskToBeContact { unit } => {
                if let Some(speaker) = speaker {
                    facts.applicant = self.applicant(*unit, speaker).await?;
                }
            }
            Intent::ConfirmContact { unit, person } => facts.applicant = self.applicant(*unit, *person).await?,
            Intent::HandOver { to } => {
                if let Some(Sender::Person { telegram_id, name }) = to {
                    let meant = self.meet_person(*telegram_id, name).await?;
                    if let Some(unit) = &place.unit {
                        facts.has_gone = self.has_gone_from(unit.id, meant.id).await?;
                    }
                    facts.person_meant = Some(meant);
                }
                facts.units_with_chat = self.units_reached().await?;
                self.add_roster(&mut facts, place, None).await?;
            }
            Intent::HandOverTo { unit, to, .. } => {
                facts.person_meant = self.person(*to).await?;
                facts.units_with_chat = self.units_reached().await?;
                self.add_roster_of(&mut facts, *unit).await?;
            }
            Intent::TakeOver { unit, from, to } => {
                facts.has_gone = self.has_gone_from(*unit, *to).await?;
                let (offer, pressed) = (button::take_over(*unit, *from, *to), incoming.answered().unwrap_or_default());
                facts.is_offered = self.shows_button(incoming.chat.telegram_id, pressed, &offer).await?;
                self.add_roster_of(&mut facts, *unit).await?;
            }
            Intent::NoReason { message_id } => {
                facts.taken = self.taken_words(chat, *message_id).await?;
                self.add_facts_of_taken(&mut facts).await?;
            }
            Intent::EndSilence { chat, .. } => facts.silence = self.silence(*chat).await?,
            Intent::Greet => facts.silence = self.silence(chat).await?,
            Intent::Leave => self.add_roster(&mut facts, place, None).await?,
            Intent::Contacts { unit } => self.add_roster(&mut facts, place, unit.as_deref()).await?,
            Intent::Dismiss { unit, .. } => self.add_roster_of(&mut facts, *unit).await?,
            Intent::Rights(wanted) => self.add_facts_of_rights(&mut facts, wanted, place).await?,
            Intent::Membership { .. } => facts.rosters = self.rosters_of_group(chat).await?,
            Intent::Departed { telegram_id } => {
                facts.person_meant = self.person_numbered(*telegram_id).await?;
                facts.in_coordinators_group = self.is_coordinators_group(chat).await?;
                if facts.in_coordinators_group {
                    facts.coordinators = self.coordinators().await?;
                }
                facts.rosters = self.rosters_of_group(chat).await?;
            }
            Intent::Decide { drawn, press } => {
                facts.duties = self.duties(Which::One(drawn.duty)).await?;
                facts.leads = self.leads_of(drawn.duty).await?;
                facts.decided = self.decided(*press, drawn.duty, drawn.message_id).await?;
                if matches!(press, Press::MoreTime { granted: true, .. } | Press::MoreTimeFor { .. }) {
                    facts.others = self.others_with_the_date(facts.duties.first()).await?;
                }
                facts.coordinators = self.coordinators().await?;
            }
            Intent::Order(order) if place.speaker_is_coordinator() => {
                facts.coordinators = self.coordinators().await?;
                facts.duties = self.duties(Which::All).await?;
                if let Some(message_id) = order.kept_in {
                    facts.question = self.question(chat, message_id).await?;
                }
            }
            Intent::Page { .. } if place.is_for_coordinators() => {
                facts.asked = self.asked(chat, incoming.answered()).await?;
                if let Some((_, query)) = &facts.asked {
                    (facts.duties, facts.unassigned) = self.asked_about(query).await?;
                }
            }
            Intent::Import { document, .. } => facts.document_is_open = self.is_document_open(*document).await?,
            Intent::Units if place.is_for_coordinators() => facts.presences = self.presences().await?,
            Intent::History { number, unit, .. } => {
                let own = place.unit.as_ref().map(|unit| unit.id).filter(|_| !place.is_for_coordinators());
                if own.is_some() || place.is_for_coordinators() {
                    facts.history = self.history(number.as_deref(), own, unit.as_deref()).await?;
                }
            }
            Intent::Remind { number, unit } => {
                // Whether the asker leads a task is seen from its own part in it, so a number is not narrowed to a unit.
                let unit = unit.as_deref().filter(|_| number.is_none());
                facts.duties = self.duties(Which::Named { number: number.as_deref(), unit }).await?;
                self.add_facts_of_nudges(&mut facts, moment).await?;
                facts.units_with_chat = self.units_with_chat().await?;
                facts.silenced_units = self.silenced_units().await?;
            }
            Intent::Policy { .. } | Intent::SetPolicy { .. } => facts.settings = self.settings().await?,
            Intent::Problem(wanted) => match wanted.duty() {
                Some(duty) => {
                    facts.duties = self.duties(Which::One(duty)).await?;
                    facts.leads = self.leads_of(duty).await?;
                }
                None => self.add_unit_facts(&mut facts, place).await?,
            },
            Intent::Inspection(wanted) => self.add_inspection_facts(&mut facts, wanted, place).await?,
            Intent::Recommend { duty, .. } => facts.duties = self.duties(Which::One(*duty)).await?,
            Intent::Brief if place.is_for_coordinators() => {
                (facts.duties, facts.unassigned) = (self.duties(Which::All).await?, self.unassigned_tasks().await?);
                facts.since = Some(self.since_last_briefing().await?);
            }
            Intent::Bulletin(_) => facts.open_plans = self.open_plans().await?,
            Intent::Citation(wanted) => self.add_citation_facts(&mut facts, wanted, place).await?,
            Intent::Preview { from, to, .. } if place.is_for_coordinators() => {
                facts.planned = self.rehearsal(*from, *to).await?;
                facts.pressed = incoming.answered();
            }
            Intent::TrustClock { .. } => facts.clock_jump = self.clock_jump().await?,
            Intent::GiveReason { duty, decision, .. } => {
                facts.duties = self.duties(Which::One(*duty)).await?;
                facts.reason_wanted_of = self.reason_wanted(*decision).await?;
                if let Some(message_id) = self.claim_decided(*decision).await? {
                    facts.asked_in = self.asked_in(*duty, message_id).await?;
                }
            }
            Intent::PassOn { duty, .. } => facts.duties = self.duties(Which::One(*duty)).await?,
            Intent::ExplainRefusal { wish, duty, message_id, .. } => {
                facts.reason_wanted_of = self.explanation_wanted(*wish, *duty, *message_id).await?;
                facts.duties = self.duties(Which::One(*duty)).await?;
                facts.asked_in = self.asked_in(*duty, *message_id).await?;
            }
            Intent::Query(query) if place.is_for_coordinators() => {
                (facts.duties, facts.unassigned) = self.asked_about(query).await?;
            }
            Intent::Task { number } if place.is_for_coordinators() => {
                facts.duties = self.duties(Which::Named { number: Some(number), unit: None }).await?;
                facts.unassigned = self.unassigned_tasks().await?;
            }
            Intent::Tasks if place.is_for_coordinators() => {
                facts.duties = self.duties(Which::All).await?;
                facts.unassigned = self.unassigned_tasks().await?;
            }
            Intent::Report(_)
            | Intent::AnswerInspection { .. }
            | Intent::Unclear(_)
            | Intent::EditedAway
            | Intent::Undo { .. }
            | Intent::Tap(_)
            | Intent::Pick { .. }
            | Intent::PickAll { .. }
            | Intent::PickDate { .. }
            | Intent::Mean { .. }
            | Intent::Confirm { .. } => {
                self.add_unit_facts(&mut facts, place).await?;
                let message_id = self.message_meant(intent, chat, speaker, incoming).await?;
                facts.earlier = match message_id {
                    Some(message_id) => self.reports_of_message(chat, message_id).await?,
                    None => Vec::new(),
                };
                self.add_answer_facts(&mut facts, place, message_id).await?;
                self.add_kept_words(&mut facts, intent, place, message_id).await?;
            }
            Intent::BreakDown(_) | Intent::MarkStep { .. } | Intent::ShowSteps { .. } => {
                self.add_unit_facts(&mut facts, place).await?;
                facts.next_step = self.next_step().await?;
                facts.pressed = incoming.answered();
                if let Intent::MarkStep { step, view: View::Task, .. } = intent {
                    let has_step = |duty: &Duty| duty.steps.iter().any(|one| one.id == *step);
                    self.add_others(&mut facts, has_step, moment).await?;
                }
            }
            Intent::Nudge { duty } => {
                self.add_unit_facts(&mut facts, place).await?;
                facts.pressed = incoming.answered();
                let task = self.duties(Which::One(*duty)).await?.first().map(|duty| duty.task.id);
                self.add_others(&mut facts, |own| Some(own.task.id) == task, moment).await?;
            }
            Intent::Task { number } => {
                self.add_unit_facts(&mut facts, place).await?;
                self.add_others(&mut facts, |own| own.task.number == *number, moment).await?;
            }
            Intent::Tasks => self.add_unit_facts(&mut facts, place).await?,
            _ => {}
        }
        Ok(facts)
    }

    /// What bears on taking back what was taken as a reason.
    async fn add_facts_of_taken(&mut self, facts: &mut Facts) -> Result<()> {
        let Some(taken) = &facts.taken else { return Ok(()) };
        let (awaited, mut duties) = (taken.asked_for, taken.duties.clone());
        match awaited {
            Awaited::Reason { decision, duty } => {
                if let Some(message_id) = self.claim_decided(decision).await? {
                    facts.asked_in = self.asked_in(duty, message_id).await?;
                }
                duties.push(duty);
            }
            Awaited::WhyRefused { duty, message_id, .. } => {
                facts.asked_in = self.asked_in(duty, message_id).await?;
                duties.push(duty);
            }
            Awaited::Answer { duty, .. } => {
                facts.leads = self.leads_of(duty).await?;
                duties.push(duty);
            }
            Awaited::CitationWithdrawal { .. } => facts.citations = self.citations().await?,
            Awaited::OrderReason { .. }
            | Awaited::Task(_)
            | Awaited::Meaning(_)
            | Awaited::Confirmation { .. }
            | Awaited::Line { .. }
            | Awaited::Trouble { .. }
            | Awaited::Addition { .. }
            | Awaited::Inspection { .. } => {}
        }
        for duty in duties {
            facts.duties.extend(self.duties(Which::One(duty)).await?);
        }
        Ok(())
    }

    /// The others' parts in the tasks that the unit leads, of those that are meant.
    async fn add_others(&mut self, facts: &mut Facts, is_meant: impl Fn(&Duty) -> bool, moment: Moment) -> Result<()> {
        let own = facts.duties.iter().filter(|duty| duty.role == Role::Lead && is_meant(duty));
        let led: Vec<(TaskId, UnitId)> = own.map(|duty| (duty.task.id, duty.unit.id)).collect();
        if led.is_empty() {
            return Ok(());
        }
        let of_another = |duty: &Duty| led.iter().any(|(task, unit)| duty.task.id == *task && duty.unit.id != *unit);
        let tasks: Vec<TaskId> = led.iter().map(|(task, _)| *task).collect();
        facts.others = self.duties(Which::In(&tasks)).await?;
        facts.others.retain(of_another);
        self.add_facts_of_nudges(facts, moment).await?;
        facts.units_with_chat = self.units_reached().await?;
        Ok(())
    }

    /// The others' parts in the task that a unit leads, for which the date holds that it asks to put off.
    async fn others_with_the_date(&mut self, led: Option<&Duty>) -> Result<Vec<Duty>> {
        let Some(led) = led.filter(|duty| duty.role == Role::Lead) else { return Ok(Vec::new()) };
        let Some(date) = led.waiting.more_time.as_ref().and_then(|wish| wish.of) else { return Ok(Vec::new()) };
        let has_it = |duty: &Duty| duty.open_milestones().any(|own| own.id == date);
        let mut others = self.duties(Which::In(&[led.task.id])).await?;
        others.retain(|duty| duty.id != led.id && has_it(duty));
        Ok(others)
    }

    async fn add_unit_facts(&mut self, facts: &mut Facts, place: &Place) -> Result<()> {
        if let Some(unit) = &place.unit {
            facts.duties = self.duties(Which::Of(unit.id)).await?;
            facts.contacts = self.contacts(unit.id).await?;
        }
        Ok(())
    }

    /// The roster of the unit that is spoken of here; of the one that is `named`, where that may be asked.
    async fn add_roster(&mut self, facts: &mut Facts, place: &Place, named: Option<&str>) -> Result<()> {
        let unit = match (named, place.is_for_coordinators()) {
            (Some(name), true) => self.find_unit(name).await?,
            _ => place.unit.clone(),
        };
        if let Some(unit) = unit {
            facts.rosters.push(self.roster(unit).await?);
        }
        Ok(())
    }

    async fn add_roster_of(&mut self, facts: &mut Facts, unit: UnitId) -> Result<()> {
        if let Some(unit) = self.unit(unit).await? {
            facts.rosters.push(self.roster(unit).await?);
        }
        Ok(())
    }

    /// The message in question; for an undo that names none, the speaker's latest report, answer or question that counts.
    async fn message_meant(
        &mut self,
        intent: &Intent,
        chat: ChatId,
        speaker: Option<PersonId>,
        incoming: &Incoming,
    ) -> Result<Option<i64>> {
        let message_id = match (intent, &incoming.event) {
            (Intent::Undo { message_id: Some(message_id) }, _) => Some(*message_id),
            (Intent::Undo { message_id: None }, _) => match speaker {
                Some(speaker) => self.said_last(chat, speaker).await?.map(|(_, message_id)| message_id),
                None => None,
            },
            (
                Intent::Report(statement) | Intent::Unclear(statement) | Intent::AnswerInspection { statement, .. },
                _,
            ) => Some(statement.message_id),
            (
                Intent::Pick { of, .. }
                | Intent::PickAll { of }
                | Intent::PickDate { of, .. }
                | Intent::Mean { of, .. }
                | Intent::Confirm { of, .. },
                _,
            ) => Some(of.message_id),
            (_, Event::Message(message) | Event::Edited(message)) => Some(message.message_id),
            _ => incoming.answered(),
        };
        Ok(message_id)
    }

    /// The chat and the message of somebody's latest report, answer or question that counts, also before the group moved.
    pub(super) async fn said_last(&mut self, chat: ChatId, speaker: PersonId) -> Result<Option<(ChatId, i64)>> {
        let latest = sqlx::query!(
            r#"select chat_id as "chat_id!: i64", message_id as "message_id!: i64" from (
                   select chat_id, person_id, message_id, reported_at as at from report where withdrawn_at is null
                   union all
                   select chat_id, person_id, message_id, answered_at from inspection_answer where withdrawn_at is null
                   union all
                   select chat_id, person_id, message_id, reported_at from question where answered_at is null)
               where chat_id in (select id from chat where id = ?1 or moved_to = ?1) and person_id = ?2
               order by at desc, message_id desc limit 1"#,
            chat.0,
            speaker.0
        );
        let latest = latest.fetch_optional(self.connection()).await?;
        Ok(latest.map(|latest| (ChatId(latest.chat_id), latest.message_id)))
    }
}
