//! Chats and people as they turn up, and what each chat is for.

use serde_json::json;

use crate::chat::incoming::{ChatKind, Event, Incoming};
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::place::{Awaited, Hearing, PartOf, Person, Place};
use crate::store::ledger::Actor;
use crate::store::meeting::{Meeting, Met};
use crate::store::{Result, Tx, albums, answered, ledger, meeting, moving};
use crate::{awaiting, contacts, copies, roll};

/// Where an update comes from. Notes the chat and the person where they are new.
pub async fn place(tx: &mut Tx, incoming: &Incoming) -> Result<(Place, Met)> {
    let Meeting { mut chat, mut bound, speaker, mut met } = meeting::meet(tx, incoming).await?;
    if let Event::Membership { is, .. } = incoming.event {
        chat.standing = is;
    }
    let mut answers = match incoming.answered() {
        Some(message_id) => Some(answered::look(tx, chat.id, message_id).await?),
        None => None,
    };
    let meant_in = answers.as_ref().map_or(chat.id, |message| message.meant_in);
    if let Event::Pressed { message_id, .. } = incoming.event {
        (chat, bound) = moving::before_it_moved(tx, chat, bound, (meant_in, met.home)).await?;
        if chat.id != met.chat {
            answers = Some(answered::look(tx, chat.id, message_id).await?);
        }
    }
    met.is_being_sent = answers.as_ref().is_some_and(|message| message.is_being_sent);
    let unit = match (&bound, chat.kind, &speaker) {
        (None, ChatKind::Private, Some(person)) => {
            match copies::rows::unit_spoken_of(tx, person, chat.id, incoming.answered()).await? {
                Some(unit) => roll::rows::units::unit(tx, unit).await?,
                None => None,
            }
        }
        _ => bound,
    };
    let copied = match (chat.kind, chat.bound, &unit, &speaker) {
        (ChatKind::Private, false, Some(unit), Some(person)) => {
            copies::rows::has_copies(tx, unit.id, person.id).await?
        }
        _ => false,
    };
    let album = albums::meet_album(tx, chat.id, incoming).await?;
    let (album, album_answers) = album.unzip();
    // A part of an album answers what its first part answered.
    let answered = incoming.answered().or(album_answers.flatten());
    if let (None, Some(message_id)) = (&answers, answered) {
        answers = Some(answered::look(tx, chat.id, message_id).await?);
    }
    // What is said anew of a message in the old chat is read by itself.
    let plainly = awaiting::rows::answered_plainly(tx, &chat, incoming).await?;
    let unprompted = plainly.is_some();
    let (asked_for, confirmed) = match &answers {
        None => (plainly, None),
        Some(_) if meant_in != chat.id => (None, None),
        Some(message) => (awaited_by(tx, chat.id, message.awaits, speaker.as_ref()).await?, message.confirms),
    };
    let (hearing, username, roll) = (Hearing::default(), String::new(), Vec::new());
    let (named, named_plans, named_dates, shown) = match answers {
        Some(message) => (message.tasks, message.plans, message.dates, message.shows),
        None => (Vec::new(), Vec::new(), Vec::new(), None),
    };
    met.shown = shown;
    let mut place = Place {
        chat,
        speaker,
        unit,
        copied,
        on_behalf: false,
        named_dates: if named.is_empty() { Vec::new() } else { named_dates },
        named,
        named_plans,
        confirmed,
        asked_for,
        unprompted,
        answered,
        album,
        hearing,
        username,
        roll,
        plans: met.plans.clone(),
    };
    if place.is_for_coordinators() {
        // Each document that they send is a plan of its own.
        place.album = None;
        place.roll = roll::rows::names_on_roll(tx).await?;
    }
    Ok((place, met))
}

/// Somebody who has been met before.
pub async fn person(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    let name = sqlx::query_scalar!("select name from person where id = ?", id.0);
    let Some(name) = name.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let (coordinator, contact_of) = (is_coordinator(tx, id).await?, contacts::rows::contact_of(tx, id).await?);
    Ok(Some(Person { id, name, coordinator, contact_of }))
}

/// Somebody who has been met before, by Telegram's number.
pub async fn person_numbered(tx: &mut Tx, telegram_id: i64) -> Result<Option<Person>> {
    let id = sqlx::query_scalar!(r#"select id as "id!" from person where telegram_id = ?"#, telegram_id);
    match id.fetch_optional(tx.connection()).await? {
        Some(id) => person(tx, PersonId(id)).await,
        None => Ok(None),
    }
}

/// Whether an update answers a message that has arrived before we have noted that it did.
pub async fn answers_what_is_being_sent(tx: &mut Tx, place: &Place, met: &Met) -> Result<bool> {
    Ok(met.is_being_sent || albums::is_album_being_answered(tx, place).await?)
}

/// What one of our messages asked for. What was spoken is put into words by who spoke; others may name its task.
async fn awaited_by(
    tx: &mut Tx,
    chat: ChatId,
    awaits: Option<Awaited>,
    speaker: Option<&Person>,
) -> Result<Option<Awaited>> {
    Ok(match awaits {
        Some(Awaited::Line { message_id }) if said_by(tx, chat, message_id).await? != speaker.map(|one| one.id) => {
            Some(Awaited::Task(PartOf { message_id, part: 0 }))
        }
        awaited => awaited,
    })
}

/// Who sent a message that was recorded or that waits.
async fn said_by(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<PersonId>> {
    let person = sqlx::query_scalar!(
        r#"select person_id as "person!: i64" from report where chat_id = ?1 and message_id = ?2
           union all select person_id from question where chat_id = ?1 and message_id = ?2 limit 1"#,
        chat.0,
        message_id
    );
    Ok(person.fetch_optional(tx.connection()).await?.map(PersonId))
}

pub async fn bind_unit(tx: &mut Tx, chat: ChatId, unit: UnitId, by: Actor) -> Result<()> {
    let release = sqlx::query!("update chat set unit_id = null where unit_id = ? and id <> ?", unit.0, chat.0);
    release.execute(tx.connection()).await?;
    let bind = sqlx::query!("update chat set unit_id = ?, reachable = 1 where id = ?", unit.0, chat.0);
    bind.execute(tx.connection()).await?;
    ledger::note(tx, by, "unit_bound", json!({ "chat": chat, "unit": unit })).await
}

pub async fn bind_coordinators(tx: &mut Tx, chat: ChatId, by: Actor) -> Result<()> {
    let bind = sqlx::query!("update chat set coordinators = 1, reachable = 1 where id = ?", chat.0);
    bind.execute(tx.connection()).await?;
    ledger::note(tx, by, "coordinators_bound", json!({ "chat": chat })).await
}

pub async fn is_coordinator(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"select exists (select 1 from coordinator where person_id = ?) as "is!: bool""#,
        person.0
    );
    Ok(is.fetch_one(tx.connection()).await?)
}
