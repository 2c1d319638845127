//! Chats and people as they turn up, and what each chat is for.

use serde_json::json;

use crate::chat::incoming::{ChatKind, Event, Incoming};
use crate::intent::button;
use crate::office::duty::TaskRef;
use crate::office::ids::{ChatId, MilestoneId, PersonId, TaskId, UnitId};
use crate::office::place::{Awaited, Hearing, PartOf, Person, Place};
use crate::store::ledger::Actor;
use crate::store::meeting::{Meeting, Met};
use crate::store::posting::Body;
use crate::store::{Result, Tx, albums, ledger, meeting, moving};
use crate::{awaiting, contacts, copies, roll};

/// Where an update comes from. Notes the chat and the person where they are new.
pub async fn place(tx: &mut Tx, incoming: &Incoming) -> Result<(Place, Met)> {
    let topic = moving::topic_of(tx, incoming).await?;
    let Meeting { mut chat, mut bound, speaker, met } = meeting::meet(tx, incoming, topic).await?;
    if let Event::Membership { is, .. } = incoming.event {
        chat.standing = is;
    }
    let meant_in = match incoming.answered() {
        Some(message_id) => moving::meant_in(tx, chat.id, message_id).await?,
        None => chat.id,
    };
    if let Event::Pressed { .. } = incoming.event {
        (chat, bound) = moving::before_it_moved(tx, chat, bound, meant_in).await?;
    }
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
    let (named, named_plans) = match answered {
        Some(message_id) => tasks_named_by(tx, chat.id, message_id).await?,
        None => (Vec::new(), Vec::new()),
    };
    // What is said anew of a message in the old chat is read by itself.
    let plainly = awaiting::rows::answered_plainly(tx, &chat, incoming).await?;
    let unprompted = plainly.is_some();
    let asked_for = match answered {
        None => plainly,
        Some(_) if meant_in != chat.id => None,
        Some(message_id) => awaited_by(tx, chat.id, message_id, speaker.as_ref()).await?,
    };
    let confirmed = match answered {
        Some(_) if meant_in != chat.id => None,
        Some(message_id) => confirmed_by(tx, chat.id, message_id).await?,
        None => None,
    };
    let (hearing, username, roll) = (Hearing::default(), String::new(), Vec::new());
    let named_dates = match answered.filter(|_| !named.is_empty()) {
        Some(message_id) => dates_named_by(tx, chat.id, message_id).await?,
        None => Vec::new(),
    };
    let mut place = Place {
        chat,
        speaker,
        unit,
        copied,
        on_behalf: false,
        named_dates,
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

/// The tasks that one of our messages named, in its order.
async fn tasks_named_by(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<(Vec<TaskRef>, Vec<String>)> {
    let tasks = sqlx::query!(
        "select task.id, task.number, task.text, task.others, plan.title from outbox join outbox_task on outbox_task.outbox_id = outbox.id
         join task on task.id = outbox_task.task_id join plan on plan.id = task.plan_id
         where outbox.message_id = ?2 and outbox.chat_id = coalesce(
             (select chat_id from outbox where chat_id = ?1 and message_id = ?2),
             (select id from chat where moved_to = ?1), ?1)
         order by outbox_task.position",
        chat.0,
        message_id
    );
    let tasks = tasks.fetch_all(tx.connection()).await?;
    Ok(tasks
        .into_iter()
        .map(|task| {
            let shown = TaskRef { id: TaskId(task.id), number: task.number, text: task.text, others: task.others };
            (shown, task.title)
        })
        .unzip())
}

/// The dates of tasks that a digest of ours named.
async fn dates_named_by(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Vec<MilestoneId>> {
    let dates = sqlx::query_scalar!(
        r#"select milestone_id as "id!" from outbox join reminder_item on reminder_item.reminder_id = outbox.reminder_id
           where milestone_id is not null and reason <> 'escalation' and outbox.message_id = ?2
             and outbox.chat_id = coalesce(
                 (select chat_id from outbox where chat_id = ?1 and message_id = ?2),
                 (select id from chat where moved_to = ?1), ?1)"#,
        chat.0,
        message_id
    );
    Ok(dates.fetch_all(tx.connection()).await?.into_iter().map(MilestoneId).collect())
}

/// Whether an update answers a message that has arrived before we have noted that it did.
pub async fn answers_what_is_being_sent(tx: &mut Tx, place: &Place, incoming: &Incoming) -> Result<bool> {
    if albums::is_album_being_answered(tx, place).await? {
        return Ok(true);
    }
    let Some(answered) = incoming.answered() else { return Ok(false) };
    let is = sqlx::query_scalar!(
        r#"with topics as (select id from chat where telegram_id = (select telegram_id from chat where id = ?1))
           select exists (select 1 from outbox where chat_id in topics
                   and state in ('pending', 'sending', 'in_doubt') and state = 'sending')
               and not exists (select 1 from outbox where chat_id in topics and message_id = ?2) as "is!: bool""#,
        place.chat.id.0,
        answered
    );
    Ok(is.fetch_one(tx.connection()).await?)
}

/// The message that one of our messages confirms: whose report its button takes back, or else that it answers.
async fn confirmed_by(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<i64>> {
    let body = sqlx::query_scalar!("select body from outbox where chat_id = ? and message_id = ?", chat.0, message_id);
    let Some(body) = body.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let Body::Message { buttons, answers, .. } = serde_json::from_str(&body)? else { return Ok(None) };
    Ok(buttons.iter().flatten().find_map(|button| button::undone(&button.data)).or(answers))
}

/// What one of our messages asked for. What was spoken is put into words by who spoke; others may name its task.
async fn awaited_by(tx: &mut Tx, chat: ChatId, message_id: i64, speaker: Option<&Person>) -> Result<Option<Awaited>> {
    let awaits =
        sqlx::query_scalar!("select awaits from outbox where chat_id = ? and message_id = ?", chat.0, message_id);
    let awaits = awaits.fetch_optional(tx.connection()).await?.flatten();
    let awaited: Option<Awaited> = awaits.as_deref().map(serde_json::from_str).transpose()?;
    Ok(match awaited {
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
