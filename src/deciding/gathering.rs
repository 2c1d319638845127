//! What bears on an intent.

use crate::chat::incoming::{ChatKind, Event, Incoming, Sender};
use crate::deciding::facts::Facts;
use crate::deciding::{said, taken};
use crate::intent::{Intent, button};
use crate::office::duty::{Duty, Role};
use crate::office::ids::{TaskId, UnitId};
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reporting::Kept;
use crate::review::Press;
use crate::steps::View;
use crate::store::meeting::Met;
use crate::store::{Result, Tx, buttons, meeting, people};
use crate::{
    areas, assigning, awaiting, binding, briefing, citations, contacts, coordinators, copies, filing, history,
    importing, inspections, instructions, nudges, plans, practices, questions, quiet, receipts, reminding, reporting,
    review, settings, steps, transfers, unheard,
};

pub async fn facts(
    tx: &mut Tx,
    intent: &Intent,
    (place, met): (&Place, &Met),
    incoming: &Incoming,
    moment: Moment,
) -> Result<Facts> {
    let (chat, speaker) = (place.chat.id, place.speaker.as_ref().map(|person| person.id));
    let mut facts = Facts::default();
    if let (Some(speaker), Event::Message(_) | Event::Edited(_)) = (speaker, &incoming.event) {
        facts.quiet.answered_lately = if chat == met.chat {
            met.answered_lately
        } else {
            quiet::rows::answered_lately(tx, chat, speaker).await?
        };
    }
    let may_be_hinted = !place.speaker_is_contact() || *intent == Intent::Quiet(quiet::Wanted::PassedOn);
    if place.chat.kind == ChatKind::Group && may_be_hinted {
        facts.quiet.hinted = quiet::rows::hints(tx, chat, moment.today).await?;
    }
    match intent {
        Intent::Binding(binding::Wanted::Bind { code }) => {
            if let Some(speaker) = speaker {
                facts.binding.failed_codes = binding::rows::failed_codes(tx, speaker).await?;
            }
            binding::rows::add_facts_of_code(tx, &mut facts, code).await?;
        }
        Intent::Binding(binding::Wanted::AskToBeContact { unit }) => {
            if let Some(speaker) = speaker {
                facts.binding.applicant = contacts::rows::applicant(tx, *unit, speaker).await?;
            }
        }
        Intent::Binding(binding::Wanted::ConfirmContact { unit, person }) => {
            facts.binding.applicant = contacts::rows::applicant(tx, *unit, *person).await?;
            facts.binding.unheard = unheard::rows::waiting(tx, *unit, *person).await?;
        }
        Intent::Contacts(contacts::Wanted::HandOver { to }) => {
            if let Some(Sender::Person { telegram_id, name }) = to {
                let meant = meeting::meet_person(tx, *telegram_id, name).await?;
                if let Some(unit) = &place.unit {
                    facts.contacts.has_gone = contacts::rows::has_gone_from(tx, unit.id, meant.id).await?;
                }
                facts.contacts.person_meant = Some(meant);
            }
            facts.units_with_chat = reminding::rows::reached::units_reached(tx).await?;
            contacts::rows::add_roster(tx, &mut facts, place, None).await?;
        }
        Intent::Contacts(contacts::Wanted::HandOverTo { unit, to, .. }) => {
            facts.contacts.person_meant = people::person(tx, *to).await?;
            facts.units_with_chat = reminding::rows::reached::units_reached(tx).await?;
            contacts::rows::add_roster_of(tx, &mut facts, *unit).await?;
        }
        Intent::Contacts(contacts::Wanted::TakeOver { unit, from, to }) => {
            facts.contacts.has_gone = contacts::rows::has_gone_from(tx, *unit, *to).await?;
            let (offer, pressed) =
                (button::people::take_over(*unit, *from, *to), incoming.answered().unwrap_or_default());
            facts.is_offered = buttons::shows_button(tx, incoming.chat.telegram_id, pressed, &offer).await?;
            contacts::rows::add_roster_of(tx, &mut facts, *unit).await?;
        }
        Intent::Awaiting(awaiting::Wanted::NoReason { message_id }) => {
            facts.taken = awaiting::rows::taken_words(tx, chat, *message_id).await?;
            taken::add_facts(tx, &mut facts).await?;
        }
        Intent::Quiet(quiet::Wanted::EndSilence { chat, .. }) => {
            facts.quiet.silence = quiet::rows::silence(tx, *chat).await?
        }
        Intent::Quiet(quiet::Wanted::Greet) => facts.quiet.silence = quiet::rows::silence(tx, chat).await?,
        Intent::Copies(copies::Wanted::Switch { by_link }) => {
            facts.copies = copies::rows::known(tx, place, *by_link).await?
        }
        Intent::Contacts(contacts::Wanted::Leave) => contacts::rows::add_roster(tx, &mut facts, place, None).await?,
        Intent::Contacts(contacts::Wanted::List { unit }) => {
            contacts::rows::add_roster(tx, &mut facts, place, unit.as_deref()).await?
        }
        Intent::Contacts(contacts::Wanted::Dismiss { unit, .. }) => {
            contacts::rows::add_roster_of(tx, &mut facts, *unit).await?
        }
        Intent::Coordinators(wanted) => coordinators::rows::add_facts_of_rights(tx, &mut facts, wanted, place).await?,
        Intent::Membership { .. } => facts.contacts.rosters = contacts::rows::rosters_of_group(tx, chat).await?,
        Intent::Departed { telegram_id } => {
            facts.contacts.person_meant = people::person_numbered(tx, *telegram_id).await?;
            facts.coordinators.in_their_group = coordinators::rows::is_coordinators_group(tx, chat).await?;
            if facts.coordinators.in_their_group {
                facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            }
            facts.contacts.rosters = contacts::rows::rosters_of_group(tx, chat).await?;
        }
        Intent::Review(review::Wanted::Press { drawn, press }) => {
            facts.duties = rows::duties(tx, Which::One(drawn.duty)).await?;
            facts.review.leads = review::rows::extensions::leads_of(tx, drawn.duty).await?;
            facts.review.decided = review::rows::decided(tx, *press, drawn.duty, drawn.message_id).await?;
            if matches!(press, Press::MoreTime { granted: true, .. } | Press::MoreTimeFor { .. }) {
                facts.others = others_with_the_date(tx, facts.duties.first(), drawn.message_id).await?;
            }
            facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
        }
        Intent::Plans(_) => plans::rows::add_facts(tx, &mut facts, place).await?,
        Intent::Filing(filing::Wanted::PaperOf { .. }) => {
            facts.numbered = plans::rows::numbered(tx, None, None).await?
        }
        Intent::Areas(wanted) => {
            areas::rows::add_facts(tx, &mut facts, wanted, place).await?;
            if place.is_for_coordinators() {
                facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            }
        }
        Intent::Transfers { of, wanted } => transfers::rows::add_facts(tx, &mut facts, *of, wanted, place).await?,
        Intent::Review(review::Wanted::Order(order)) if place.speaker_is_coordinator() => {
            facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            facts.duties = rows::duties(tx, Which::All).await?;
            if let Some(called) = order.on.called() {
                facts.numbered = plans::rows::numbered(tx, Some(&called.number), None).await?;
            }
            if let Some(message_id) = order.kept_in {
                facts.question = reporting::rows::kept_words::question(tx, chat, message_id).await?;
            }
        }
        Intent::Questions(questions::Wanted::Page { .. })
        | Intent::Review(review::Wanted::OpenEvidence { .. })
        | Intent::Review(review::Wanted::AgreePage { .. })
            if place.is_for_coordinators() =>
        {
            facts.questions.asked = questions::rows::asked(tx, chat, incoming.answered()).await?;
            if let Some((_, query)) = facts.questions.asked.clone() {
                questions::rows::add_facts_of_question(tx, &mut facts, &query, moment).await?;
            }
            facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            if let Intent::Review(review::Wanted::OpenEvidence { duty, message_id }) = intent {
                if !facts.duties.iter().any(|one| one.id == *duty) {
                    facts.duties.extend(rows::duties(tx, Which::One(*duty)).await?);
                }
                let of = instructions::Said { duty: *duty, message_id: *message_id };
                facts.whole_report = instructions::rows::whole(tx, of).await?;
                facts.evidence = review::rows::evidence(tx, *duty, *message_id).await?;
            }
        }
        Intent::Importing(importing::Wanted::Decide { document, .. }) => {
            facts.importing.document_is_open = importing::rows::is_document_open(tx, *document).await?
        }
        Intent::Importing(importing::Wanted::Units) if place.is_for_coordinators() => {
            facts.importing.presences = questions::rows::presences(tx).await?
        }
        Intent::History(history::Wanted { called, unit, .. }) => {
            let own = own_unit(place);
            if own.is_some() || place.is_for_coordinators() {
                history::rows::add_facts(tx, &mut facts, called.as_ref(), (own, unit.as_deref())).await?;
            }
        }
        Intent::Nudges(
            wanted @ (nudges::Wanted::Remind { called, .. }
            | nudges::Wanted::Propose { called, .. }
            | nudges::Wanted::Confirm { called, .. }),
        ) => {
            let number = called.as_ref().map(|called| called.number.as_str());
            facts.numbered = plans::rows::numbered(tx, None, own_unit(place)).await?;
            // Whether the asker leads a task is seen from its own part in it, so a number is not narrowed to a unit.
            let unit = match wanted {
                nudges::Wanted::Remind { unit, .. } | nudges::Wanted::Propose { unit, .. } => unit.as_deref(),
                _ => None,
            };
            let unit = unit.filter(|_| number.is_none());
            facts.duties = rows::duties(tx, Which::Named { number, unit }).await?;
            nudges::rows::add_facts_of_nudges(tx, &mut facts, moment).await?;
            facts.units_with_chat = reminding::rows::reached::units_with_chat(tx).await?;
            facts.quiet.silenced_units = quiet::rows::silenced_units(tx).await?;
        }
        Intent::Settings(settings::Wanted::Policy { .. } | settings::Wanted::SetPolicy { .. }) => {
            facts.settings.changed = settings::rows::settings(tx).await?
        }
        Intent::Problems(wanted) => match wanted.duty() {
            Some(duty) => {
                facts.duties = rows::duties(tx, Which::One(duty)).await?;
                facts.review.leads = review::rows::extensions::leads_of(tx, duty).await?;
            }
            None => add_unit_facts(tx, &mut facts, place, met).await?,
        },
        Intent::Assigning(wanted) => facts.assigning = assigning::rows::known(tx, wanted, place).await?,
        Intent::Practices(practices::Wanted::Recommend { duty, .. }) => {
            facts.duties = rows::duties(tx, Which::One(*duty)).await?
        }
        Intent::Filing(filing::Wanted::Brief) if place.is_for_coordinators() => {
            (facts.duties, facts.unassigned) = (rows::duties(tx, Which::All).await?, rows::unassigned_tasks(tx).await?);
            facts.since = Some(briefing::rows::since_last_briefing(tx).await?);
        }
        Intent::Filing(filing::Wanted::Bulletin(wanted)) => {
            filing::rows::issues::add_facts(tx, &mut facts, wanted).await?
        }
        Intent::Citations(wanted) => citations::rows::add_citation_facts(tx, &mut facts, wanted, place).await?,
        Intent::Settings(settings::Wanted::Preview { from, to, .. }) if place.is_for_coordinators() => {
            facts.planned = reminding::rows::still_to_come(tx, *from, *to).await?;
            facts.pressed = incoming.answered();
        }
        Intent::Settings(settings::Wanted::TrustClock { .. }) => {
            facts.settings.clock_jump = settings::rows::clock_jump(tx).await?
        }
        Intent::Review(review::Wanted::GiveReason { duty, decision, .. }) => {
            facts.duties = rows::duties(tx, Which::One(*duty)).await?;
            facts.review.reason_wanted_of = review::rows::reason_wanted(tx, *decision).await?;
            if let Some(message_id) = review::rows::claim_decided(tx, *decision).await? {
                facts.review.asked_in = review::rows::asked_in(tx, *duty, message_id).await?;
            }
        }
        Intent::Review(review::Wanted::PassOn { duty, .. }) => {
            facts.duties = rows::duties(tx, Which::One(*duty)).await?
        }
        Intent::Review(review::Wanted::ExplainRefusal { wish, duty, message_id, .. }) => {
            facts.review.reason_wanted_of = review::rows::explanation_wanted(tx, *wish, *duty, *message_id).await?;
            facts.duties = rows::duties(tx, Which::One(*duty)).await?;
            facts.review.asked_in = review::rows::asked_in(tx, *duty, *message_id).await?;
        }
        Intent::Questions(questions::Wanted::Query(query)) if place.is_for_coordinators() => {
            facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            questions::rows::add_facts_of_question(tx, &mut facts, query, moment).await?;
        }
        Intent::Questions(questions::Wanted::Task { number }) if place.is_for_coordinators() => {
            facts.duties = rows::duties(tx, Which::Named { number: Some(number), unit: None }).await?;
            facts.unassigned = rows::unassigned_tasks(tx).await?;
        }
        Intent::Questions(questions::Wanted::Tasks) if place.is_for_coordinators() => {
            facts.duties = rows::duties(tx, Which::All).await?;
            facts.unassigned = rows::unassigned_tasks(tx).await?;
        }
        Intent::Reporting(reporting::Wanted::PickMore { .. }) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            facts.shown = met.shown.clone();
        }
        Intent::Reporting(_) | Intent::Inspections(inspections::Wanted::Answer { .. }) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            if matches!(intent, Intent::Reporting(reporting::Wanted::Unclear(_))) {
                facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
            }
            if met.is_divided {
                facts.areas.all = areas::rows::areas(tx).await?;
            }
            let meant = said::message_meant(tx, intent, chat, speaker, incoming).await?;
            let is_this = chat == met.chat && meant == incoming.message_id();
            let kept = match meant {
                Some(_) if is_this => met.kept,
                Some(meant) => reporting::rows::earlier::kept(tx, chat, meant).await?,
                None => Kept::default(),
            };
            facts.earlier = match meant.filter(|_| kept.reported) {
                Some(message_id) => reporting::rows::earlier::reports_of_message(tx, chat, message_id).await?,
                None => Vec::new(),
            };
            inspections::rows::add_answer_facts(tx, &mut facts, place, meant.filter(|_| kept.answered)).await?;
            let waits = meant.filter(|_| kept.waits);
            reporting::rows::kept_words::add_kept_words(tx, &mut facts, intent, place, waits).await?;
            if let (Intent::Reporting(reporting::Wanted::Tap(_)), Event::Pressed { message_id, data, .. }) =
                (intent, &incoming.event)
            {
                facts.is_offered = buttons::shows_button(tx, incoming.chat.telegram_id, *message_id, data).await?;
                facts.shown = met.shown.clone();
            }
        }
        Intent::Inspections(wanted) => inspections::rows::add_inspection_facts(tx, &mut facts, wanted, place).await?,
        Intent::Questions(questions::Wanted::HelpPage { .. }) => facts.pressed = incoming.answered(),
        Intent::Instructions(instructions::Wanted::Instruct { of, .. }) => {
            facts.duties = rows::duties(tx, Which::One(of.duty)).await?
        }
        Intent::Instructions(instructions::Wanted::Show { of, .. }) => {
            facts.whole_report = instructions::rows::whole(tx, *of).await?;
            facts.pressed = incoming.answered();
        }
        Intent::Receipts(receipts::Wanted::Read { .. }) => {
            if let Some(unit) = &place.unit {
                facts.contacts.registered = contacts::rows::contacts(tx, unit.id).await?;
            }
        }
        Intent::Instructions(instructions::Wanted::Answer(_)) => add_unit_facts(tx, &mut facts, place, met).await?,
        Intent::Questions(questions::Wanted::Ask { query, statement }) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            facts.earlier = reporting::rows::earlier::reports_of_message(tx, chat, statement.message_id).await?;
            questions::rows::add_facts_of_asked(tx, &mut facts, query.as_ref(), place, moment).await?;
        }
        Intent::Steps(wanted) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            facts.next_step = steps::rows::next_step(tx).await?;
            facts.pressed = incoming.answered();
            if let steps::Wanted::Mark { step, view: View::Task, .. } = wanted {
                let has_step = |duty: &Duty| duty.steps.iter().any(|one| one.id == *step);
                add_others(tx, &mut facts, has_step, moment).await?;
            }
        }
        Intent::Nudges(nudges::Wanted::Nudge { duty }) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            facts.pressed = incoming.answered();
            let task = rows::duties(tx, Which::One(*duty)).await?.first().map(|duty| duty.task.id);
            add_others(tx, &mut facts, |own| Some(own.task.id) == task, moment).await?;
        }
        Intent::Questions(questions::Wanted::Task { number }) => {
            add_unit_facts(tx, &mut facts, place, met).await?;
            add_others(tx, &mut facts, |own| own.task.number == *number, moment).await?;
        }
        Intent::Questions(questions::Wanted::Tasks) => add_unit_facts(tx, &mut facts, place, met).await?,
        // Nothing bears on these, or they are refused here.
        Intent::Nothing
        | Intent::Misused { .. }
        | Intent::UnknownCommand { .. }
        | Intent::StaleButton
        | Intent::Migrated { .. }
        | Intent::OnBehalf { .. }
        | Intent::Filing(filing::Wanted::Paper(_) | filing::Wanted::Brief)
        | Intent::Importing(
            importing::Wanted::Units | importing::Wanted::Invite { .. } | importing::Wanted::Document { .. },
        )
        | Intent::Questions(
            questions::Wanted::Help
            | questions::Wanted::Query(_)
            | questions::Wanted::Page { .. }
            | questions::Wanted::Unclear { .. }
            | questions::Wanted::Beyond(_)
            | questions::Wanted::WhichUnit { .. },
        )
        | Intent::Quiet(quiet::Wanted::PassedOn | quiet::Wanted::Silence)
        | Intent::Review(
            review::Wanted::Order(_) | review::Wanted::OpenEvidence { .. } | review::Wanted::AgreePage { .. },
        )
        | Intent::Settings(settings::Wanted::Preview { .. }) => {}
    }
    if let (Some(question), Some(unit)) = (&facts.question, &place.unit) {
        facts.newer = reporting::rows::newer(tx, unit.id, (chat, question.message_id), question.at).await?;
    }
    Ok(facts)
}

/// The others' parts in the tasks that the unit leads, of those that are meant.
async fn add_others(tx: &mut Tx, facts: &mut Facts, is_meant: impl Fn(&Duty) -> bool, moment: Moment) -> Result<()> {
    let own = facts.duties.iter().filter(|duty| duty.role == Role::Lead && is_meant(duty));
    let led: Vec<(TaskId, UnitId)> = own.map(|duty| (duty.task.id, duty.unit.id)).collect();
    if led.is_empty() {
        return Ok(());
    }
    let of_another = |duty: &Duty| led.iter().any(|(task, unit)| duty.task.id == *task && duty.unit.id != *unit);
    let tasks: Vec<TaskId> = led.iter().map(|(task, _)| *task).collect();
    facts.others = rows::duties(tx, Which::In(&tasks)).await?;
    facts.others.retain(of_another);
    nudges::rows::add_facts_of_nudges(tx, facts, moment).await?;
    facts.units_with_chat = reminding::rows::reached::units_reached(tx).await?;
    Ok(())
}

/// The others' parts in the task that a unit leads, for which the date holds that it asks to put off.
async fn others_with_the_date(tx: &mut Tx, led: Option<&Duty>, message_id: i64) -> Result<Vec<Duty>> {
    let Some(led) = led.filter(|duty| duty.role == Role::Lead) else { return Ok(Vec::new()) };
    let wish = led.waiting.more_time.iter().find(|wish| wish.asked.message_id == message_id);
    let Some(date) = wish.and_then(|wish| wish.of) else { return Ok(Vec::new()) };
    let has_it = |duty: &Duty| duty.open_milestones().any(|own| own.id == date);
    let mut others = rows::duties(tx, Which::In(&[led.task.id])).await?;
    others.retain(|duty| duty.id != led.id && has_it(duty));
    Ok(others)
}

async fn add_unit_facts(tx: &mut Tx, facts: &mut Facts, place: &Place, met: &Met) -> Result<()> {
    if let Some(unit) = &place.unit {
        facts.duties = rows::duties(tx, Which::Of(unit.id)).await?;
        facts.contacts.registered = if place.chat.bound && !place.on_behalf && place.chat.id == met.chat {
            met.contacts.clone()
        } else {
            contacts::rows::contacts(tx, unit.id).await?
        };
        // Who passes on its words does not become its contact.
        facts.contacts.registered.extend(place.speaker.iter().filter(|_| place.on_behalf).map(|speaker| speaker.id));
    }
    Ok(())
}

/// The unit for which questions are answered here, where they are not for coordinators.
fn own_unit(place: &Place) -> Option<UnitId> {
    place.unit.as_ref().map(|unit| unit.id).filter(|_| !place.is_for_coordinators())
}
