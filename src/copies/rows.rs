//! Who has private copies of which unit's digests, and where its group is shown what was answered there.

use serde_json::json;

use crate::copies::{Change, Known, sentences};
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::place::{Person, Place};
use crate::roll;
use crate::store::ledger::Actor;
use crate::store::posting::Body;
use crate::store::{Result, Tx, buttons, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, speaker: Option<PersonId>) -> Result<()> {
    match (change, speaker) {
        (Change::ShowInGroup { unit, line }, _) => show_in_group(tx, *unit, line).await,
        (Change::Begin { unit }, Some(person)) => begin(tx, *unit, person).await,
        (Change::End { unit }, Some(person)) => end(tx, *unit, person).await,
        (Change::Begin { .. } | Change::End { .. }, None) => Ok(()),
    }
}

/// The unit that a contact speaks of in private: the only one; of several the one whose digest is answered, or of whose
/// words the answered message speaks; else the one of which the person has copies.
pub async fn unit_spoken_of(
    tx: &mut Tx,
    person: &Person,
    chat: ChatId,
    answered: Option<i64>,
) -> Result<Option<UnitId>> {
    if let [] | [_] = person.contact_of.as_slice() {
        return Ok(person.contact_of.first().copied());
    }
    let answered = sqlx::query_scalar!(
        r#"select coalesce(reminder.unit_id, question.unit_id, duty.unit_id) as "unit: i64" from outbox
           left join reminder on reminder.id = reminder_id
           left join question on question.chat_id = outbox.chat_id
               and question.message_id = body ->> '$.message.answers'
           left join report on report.chat_id = outbox.chat_id and report.message_id = body ->> '$.message.answers'
           left join duty on duty.id = report.duty_id
           where outbox.chat_id = ? and outbox.message_id = ? limit 1"#,
        chat.0,
        answered
    );
    if let Some(unit) = answered.fetch_optional(tx.connection()).await?.flatten().map(UnitId)
        && person.contact_of.contains(&unit)
    {
        return Ok(Some(unit));
    }
    let copied = sqlx::query_scalar!("select unit_id from contact where person_id = ? and copy = 'on'", person.id.0);
    Ok(copied.fetch_optional(tx.connection()).await?.map(UnitId))
}

pub async fn has_copies(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"select exists (select 1 from contact where unit_id = ? and person_id = ? and state = 'registered'
                          and copy = 'on') as "has!: bool""#,
        unit.0,
        person.0
    );
    Ok(has.fetch_one(tx.connection()).await?)
}

/// `by_link`: the unit that a link names, else the one that is spoken of.
pub async fn known(tx: &mut Tx, place: &Place, by_link: Option<UnitId>) -> Result<Known> {
    let Some(person) = place.speaker.as_ref().map(|person| person.id) else { return Ok(Known::default()) };
    let unit = match by_link {
        Some(unit) => roll::rows::units::unit(tx, unit).await?,
        None => place.unit.clone(),
    };
    let Some(unit) = unit else { return Ok(Known::default()) };
    let private = sqlx::query!(
        r#"select reachable = 1 as "reachable!: bool", unit_id is not null as "taken!: bool" from chat
           where kind = 'private' and telegram_id = (select telegram_id from person where id = ?)"#,
        person.0
    );
    let private = private.fetch_optional(tx.connection()).await?;
    let instead_of = sqlx::query_scalar!(
        "select name from contact join unit on unit.id = unit_id where person_id = ? and copy = 'on' and unit_id <> ?",
        person.0,
        unit.id.0
    );
    Ok(Known {
        is_on: has_copies(tx, unit.id, person).await?,
        reachable: private.as_ref().is_some_and(|chat| chat.reachable),
        taken: private.as_ref().is_some_and(|chat| chat.taken),
        instead_of: instead_of.fetch_optional(tx.connection()).await?,
        unit: Some(unit),
    })
}

/// A person has copies of one unit at a time.
pub async fn begin(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<()> {
    let others = sqlx::query_scalar!(
        "select unit_id from contact where person_id = ? and copy = 'on' and unit_id <> ?",
        person.0,
        unit.0
    );
    for other in others.fetch_all(tx.connection()).await? {
        end(tx, UnitId(other), person).await?;
    }
    let begin = sqlx::query!(
        "update contact set copy = 'on' where unit_id = ? and person_id = ? and state = 'registered'",
        unit.0,
        person.0
    );
    begin.execute(tx.connection()).await?;
    let body = json!({ "unit": unit, "person": person });
    ledger::note(tx, Actor::Person(person), "private_copies_begun", body).await
}

/// What waits to be sent is not.
pub async fn end(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<()> {
    drop_waiting(tx, unit, person).await?;
    let end = sqlx::query!("update contact set copy = null where unit_id = ? and person_id = ?", unit.0, person.0);
    end.execute(tx.connection()).await?;
    let body = json!({ "unit": unit, "person": person });
    ledger::note(tx, Actor::Person(person), "private_copies_ended", body).await
}

/// The copies that wait for somebody who is to have them no longer.
pub async fn drop_waiting(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<()> {
    let drop = sqlx::query!(
        "update outbox set state = 'expired'
         where state in ('pending', 'in_doubt') and reminder_id in (
             select reminder.id from reminder join chat on chat.id = reminder.chat_id
             where copy_of is not null and reminder.unit_id = ?1
               and chat.telegram_id = (select telegram_id from person where id = ?2))",
        unit.0,
        person.0
    );
    drop.execute(tx.connection()).await?;
    Ok(())
}

/// The bot may not write in this chat any more: whose private chat it is has no copies from now on.
pub async fn lose(tx: &mut Tx, chat: ChatId) -> Result<()> {
    let lost = sqlx::query!(
        r#"update contact set copy = 'lost' where copy = 'on' and person_id = (
               select person.id from person join chat on chat.telegram_id = person.telegram_id
               where chat.id = ? and kind = 'private')
           returning unit_id, person_id"#,
        chat.0
    );
    for row in lost.fetch_all(tx.connection()).await? {
        drop_waiting(tx, UnitId(row.unit_id), PersonId(row.person_id)).await?;
        let body = json!({ "unit": row.unit_id, "person": row.person_id });
        ledger::note(tx, Actor::Bot, "private_copies_lost", body).await?;
    }
    Ok(())
}

/// Who of a unit's contacts has lost the copies, of which the group is told now.
pub async fn take_lost(tx: &mut Tx, unit: UnitId) -> Result<Vec<String>> {
    let lost = sqlx::query_scalar!(
        "select name from contact join person on person.id = person_id
         where unit_id = ? and copy = 'lost' order by since, person_id",
        unit.0
    );
    let lost = lost.fetch_all(tx.connection()).await?;
    if !lost.is_empty() {
        let told = sqlx::query!("update contact set copy = null where unit_id = ? and copy = 'lost'", unit.0);
        told.execute(tx.connection()).await?;
    }
    Ok(lost)
}

/// The private chats that get copies of a unit's digests: none that has reminders of its own.
pub async fn chats(tx: &mut Tx, unit: UnitId) -> Result<Vec<ChatId>> {
    let chats = sqlx::query_scalar!(
        r#"select chat.id as "id!" from contact join person on person.id = contact.person_id
           join chat on chat.telegram_id = person.telegram_id
           where contact.unit_id = ? and copy = 'on' and state = 'registered'
             and kind = 'private' and reachable = 1 and chat.unit_id is null
             and not exists (select 1 from coordinator where coordinator.person_id = contact.person_id)
           order by contact.since, contact.person_id"#,
        unit.0
    );
    Ok(chats.fetch_all(tx.connection()).await?.into_iter().map(ChatId).collect())
}

/// Puts a line below what the unit's group was last reminded of.
pub async fn show_in_group(tx: &mut Tx, unit: UnitId, line: &str) -> Result<()> {
    let latest = sqlx::query!(
        r#"select outbox.id as "id!", body from outbox join reminder on reminder.id = reminder_id
           join chat on chat.id = outbox.chat_id
           where reminder.unit_id = ?1 and chat.unit_id = ?1 and reminder.kind = 'digest' and copy_of is null
             and outbox.kind = 'digest' and state in ('pending', 'sending', 'in_doubt', 'sent')
           order by outbox.id desc limit 1"#,
        unit.0
    );
    let Some(latest) = latest.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let Body::Message { html, buttons, .. } = serde_json::from_str(&latest.body)? else { return Ok(()) };
    let told = sentences::with_line(&html, line);
    if told == html { Ok(()) } else { buttons::show_instead(tx, latest.id, &told, &buttons).await }
}
