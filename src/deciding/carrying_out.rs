//! Carrying out a decision: state, ledger and outbox, in the transaction of the update that caused it.

use chrono::NaiveDate;

use crate::chat::words::Words;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, Outgoing, To};
use crate::office::ids::{ChatId, PersonId};
use crate::office::moment::Moment;
use crate::office::place::{Awaited, Place};
use crate::store::posting::Posting;
use crate::store::{Result, Tx, albums, buttons, moving, outbox, unreachable};
use crate::{
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, filing, importing, inspections,
    instructions, later, nudges, plans, practices, problems, quiet, receipts, reporting, review, settings, steps,
    transfers,
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
    let chat = place.chat.id;
    match (change, speaker) {
        (Change::UseButtons(used), _) => buttons::use_buttons(tx, used, chat).await,
        (Change::TurnPage { message_id, words }, _) => outbox::turn_page(tx, chat, *message_id, words).await,
        (Change::Standing(standing), _) => unreachable::set_standing(tx, chat, *standing).await,
        (Change::MoveChat { to }, _) => moving::move_chat(tx, chat, *to).await,
        (Change::Binding(change), _) => binding::rows::carry_out(tx, change, chat, speaker).await,
        (Change::Contacts(change), _) => contacts::rows::carry_out(tx, change, chat, speaker).await,
        (Change::Coordinators(change), _) => coordinators::rows::carry_out(tx, change, &place.chat, speaker).await,
        (Change::Copies(change), _) => copies::rows::carry_out(tx, change, speaker).await,
        (Change::Inspections(change), _) => inspections::rows::carrying_out::carry_out(tx, change, chat, speaker).await,
        (Change::Quiet(change), _) => quiet::rows::carry_out(tx, change, chat, speaker, today).await,
        (Change::Reporting(change), _) => reporting::rows::carry_out(tx, change, chat, speaker).await,
        (Change::Areas(change), Some(person)) => areas::rows::carry_out(tx, change, person).await,
        (Change::Assigning(change), Some(person)) => assigning::rows::carry_out(tx, change, chat, person).await,
        (Change::Awaiting(change), Some(person)) => awaiting::rows::carry_out(tx, change, chat, person).await,
        (Change::Citations(change), Some(person)) => citations::rows::carry_out(tx, change, chat, person).await,
        (Change::Filing(change), Some(person)) => filing::rows::carry_out(tx, change, person).await,
        (Change::Importing(change), Some(person)) => importing::rows::carry_out(tx, change, chat, person).await,
        (Change::Instructions(change), Some(person)) => instructions::rows::carry_out(tx, change, person).await,
        (Change::Later(change), Some(person)) => later::rows::carry_out(tx, change, chat, person).await,
        (Change::Nudges(change), Some(person)) => nudges::rows::carry_out(tx, change, person).await,
        (Change::Plans(change), Some(person)) => plans::rows::carry_out(tx, change, person).await,
        (Change::Practices(change), Some(person)) => practices::rows::carry_out(tx, change, person).await,
        (Change::Problems(change), Some(person)) => problems::rows::carry_out(tx, change, person).await,
        (Change::Receipts(change), Some(person)) => receipts::rows::carry_out(tx, change, chat, person).await,
        (Change::Review(change), Some(person)) => review::rows::carrying_out::carry_out(tx, change, chat, person).await,
        (Change::Settings(change), Some(person)) => settings::rows::carry_out(tx, change, person).await,
        (Change::Steps(change), Some(person)) => steps::rows::carry_out(tx, change, chat, person).await,
        (Change::Transfers(change), Some(person)) => transfers::rows::carry_out(tx, change, person).await,
        // Nobody without a name gets as far as any of these.
        (
            Change::Areas(_)
            | Change::Assigning(_)
            | Change::Awaiting(_)
            | Change::Citations(_)
            | Change::Filing(_)
            | Change::Importing(_)
            | Change::Instructions(_)
            | Change::Later(_)
            | Change::Nudges(_)
            | Change::Plans(_)
            | Change::Practices(_)
            | Change::Problems(_)
            | Change::Receipts(_)
            | Change::Review(_)
            | Change::Settings(_)
            | Change::Steps(_)
            | Change::Transfers(_),
            None,
        ) => Ok(()),
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
