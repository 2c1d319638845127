//! 联络员: who may report for a unit, who asks to, and who else is known in its group.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::contacts::{Change, Contact, Parting, Roster};
use crate::deciding::facts::Facts;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::mention::Mentioned;
use crate::office::place::{Person, Place};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{copies, roll};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, speaker: Option<PersonId>) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);

    match (change, speaker) {
        (Change::Register { unit, person }, _) => register_contact(tx, *unit, *person, chat, by).await,
        (Change::Remove { unit, person, why }, _) => remove_contact(tx, *unit, *person, *why, by).await,
        (Change::Forget(person), _) => forget_member(tx, chat, *person).await,
        (Change::Ask { unit }, Some(person)) => ask_to_be_contact(tx, *unit, person, chat).await,
        (Change::Ask { .. }, None) => Ok(()),
    }
}

pub async fn contact_of(tx: &mut Tx, person: PersonId) -> Result<Vec<UnitId>> {
    let units = sqlx::query_scalar!(
        "select unit_id from contact where person_id = ? and state = 'registered' order by unit_id",
        person.0
    );
    Ok(units.fetch_all(tx.connection()).await?.into_iter().map(UnitId).collect())
}

pub async fn contacts(tx: &mut Tx, unit: UnitId) -> Result<Vec<PersonId>> {
    let people = sqlx::query_scalar!(
        "select person_id from contact where unit_id = ? and state = 'registered' order by since",
        unit.0
    );
    Ok(people.fetch_all(tx.connection()).await?.into_iter().map(PersonId).collect())
}

/// The contacts of each unit, or of one, who have not left its group, the longest serving first.
pub async fn mentionable(tx: &mut Tx, of: Option<UnitId>) -> Result<BTreeMap<UnitId, Vec<Mentioned>>> {
    let of = of.map(|unit| unit.0);
    let rows = sqlx::query!(
        "select unit_id, telegram_id, name from contact join person on person.id = person_id
         where (?1 is null or unit_id = ?1) and state = 'registered' and not exists (
             select 1 from member join chat on chat.id = member.chat_id
             where chat.unit_id = contact.unit_id and member.person_id = contact.person_id
               and gone_at is not null)
         order by since, person_id",
        of
    );
    let mut mentionable: BTreeMap<UnitId, Vec<Mentioned>> = BTreeMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let one = Mentioned { telegram_id: row.telegram_id, name: row.name };
        mentionable.entry(UnitId(row.unit_id)).or_default().push(one);
    }
    Ok(mentionable)
}

/// A person who asked to be, or is, a contact of the unit.
pub async fn applicant(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query!(
        "select person.name, state from contact join person on person.id = person_id
         where unit_id = ? and person_id = ?",
        unit.0,
        person.0
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let contact_of = if row.state == "registered" { vec![unit] } else { Vec::new() };
    Ok(Some(Person { id: person, name: row.name, coordinator: false, contact_of }))
}

/// The roster of the unit that is spoken of here; of the one that is `named`, where that may be asked.
pub async fn add_roster(tx: &mut Tx, facts: &mut Facts, place: &Place, named: Option<&str>) -> Result<()> {
    let unit = match (named, place.is_for_coordinators()) {
        (Some(name), true) => roll::rows::find_unit(tx, name).await?,
        _ => place.unit.clone(),
    };
    if let Some(unit) = unit {
        facts.contacts.rosters.push(roster(tx, unit).await?);
    }
    Ok(())
}

pub async fn add_roster_of(tx: &mut Tx, facts: &mut Facts, unit: UnitId) -> Result<()> {
    if let Some(unit) = roll::rows::units::unit(tx, unit).await? {
        facts.contacts.rosters.push(roster(tx, unit).await?);
    }
    Ok(())
}

/// Everybody who speaks for a unit, or could.
pub async fn roster(tx: &mut Tx, unit: UnitRef) -> Result<Roster> {
    let contacts = sqlx::query!(
        r#"select person_id, name, since as "since: DateTime<Utc>" from contact
           join person on person.id = person_id
           where unit_id = ? and state = 'registered' order by since, person_id"#,
        unit.id.0
    );
    let contacts = contacts.fetch_all(tx.connection()).await?.into_iter();
    let contacts =
        contacts.map(|row| Contact { person: PersonId(row.person_id), name: row.name, since: row.since }).collect();
    let colleagues = sqlx::query!(
        r#"select person.id, name from person where
             id in (select person_id from contact where unit_id = ?1 and state = 'asked'
                    union select person_id from chat join member on member.chat_id = chat.id
                    where chat.unit_id = ?1 and gone_at is null)
             and not exists (select 1 from contact
                             where person_id = person.id and unit_id = ?1 and state = 'registered')
           order by (select max(met_at) from member where person_id = person.id) desc, id desc limit 50"#,
        unit.id.0
    );
    let colleagues = colleagues.fetch_all(tx.connection()).await?.into_iter();
    Ok(Roster { unit, contacts, colleagues: colleagues.map(|row| (PersonId(row.id), row.name)).collect() })
}

/// The rosters of the units that the group, or one of its topics, is bound to.
pub async fn rosters_of_group(tx: &mut Tx, chat: ChatId) -> Result<Vec<Roster>> {
    let units = sqlx::query!(
        "select unit.id, unit.name from chat join unit on unit.id = chat.unit_id
         where telegram_id = (select telegram_id from chat where id = ?) order by unit.id",
        chat.0
    );
    let mut rosters = Vec::new();
    for unit in units.fetch_all(tx.connection()).await? {
        rosters.push(roster(tx, UnitRef { id: UnitId(unit.id), name: unit.name }).await?);
    }
    Ok(rosters)
}

/// Notes that the person is known in the group. Who has gone from it is there again only once they speak in it.
pub async fn meet_member(tx: &mut Tx, chat: ChatId, person: PersonId, speaks: bool) -> Result<()> {
    let now = tx.now;
    let meet = sqlx::query!(
        "insert into member (chat_id, person_id, met_at) values (?1, ?2, ?3)
         on conflict (chat_id, person_id) do update set gone_at = null where ?4 and gone_at is not null",
        chat.0,
        person.0,
        now,
        speaks
    );
    meet.execute(tx.connection()).await?;
    Ok(())
}

/// Whether somebody is known to have gone from the group of a unit.
pub async fn has_gone_from(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"select exists (select 1 from member join chat on chat.id = chat_id
               where unit_id = ? and person_id = ? and gone_at is not null) as "has!: bool""#,
        unit.0,
        person.0
    );
    Ok(has.fetch_one(tx.connection()).await?)
}

/// The person has gone from the group with all its topics, and no longer asks to speak for its units.
pub async fn forget_member(tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<()> {
    let now = tx.now;
    let forget = sqlx::query!(
        "insert into member (chat_id, person_id, met_at, gone_at)
         select id, ?1, ?3, ?3 from chat where telegram_id = (select telegram_id from chat where id = ?2)
         on conflict (chat_id, person_id) do update set gone_at = excluded.gone_at",
        person.0,
        chat.0,
        now
    );
    forget.execute(tx.connection()).await?;
    let withdraw = sqlx::query!(
        "delete from contact where person_id = ?1 and state = 'asked' and unit_id in (
             select unit_id from chat where telegram_id = (select telegram_id from chat where id = ?2))",
        person.0,
        chat.0
    );
    withdraw.execute(tx.connection()).await?;
    ledger::note(tx, Actor::Bot, "member_gone", json!({ "chat": chat, "person": person })).await
}

/// `chat`: where the person came to speak for the unit; who had asked for it did so where they asked.
pub async fn register_contact(tx: &mut Tx, unit: UnitId, person: PersonId, chat: ChatId, by: Actor) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query_scalar!(
        r#"insert into contact (unit_id, person_id, state, since, chat_id) values (?, ?, 'registered', ?, ?)
           on conflict (unit_id, person_id) do update set state = 'registered', since = excluded.since
           returning chat_id as "chat: i64""#,
        unit.0,
        person.0,
        now,
        chat.0
    );
    let chat = insert.fetch_one(tx.connection()).await?;
    ledger::note(tx, by, "contact_registered", json!({ "unit": unit, "person": person, "chat": chat })).await
}

pub async fn ask_to_be_contact(tx: &mut Tx, unit: UnitId, person: PersonId, chat: ChatId) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!(
        "insert into contact (unit_id, person_id, state, since, chat_id) values (?, ?, 'asked', ?, ?)
         on conflict do nothing",
        unit.0,
        person.0,
        now,
        chat.0
    );
    insert.execute(tx.connection()).await?;
    let body = json!({ "unit": unit, "person": person, "chat": chat });
    ledger::note(tx, Actor::Person(person), "contact_asked", body).await
}

/// What the person has reported stays.
pub async fn remove_contact(tx: &mut Tx, unit: UnitId, person: PersonId, why: Parting, by: Actor) -> Result<()> {
    copies::rows::drop_waiting(tx, unit, person).await?;
    let delete = sqlx::query!("delete from contact where unit_id = ? and person_id = ?", unit.0, person.0);
    delete.execute(tx.connection()).await?;
    let body = json!({ "unit": unit, "person": person, "why": why.key() });
    ledger::note(tx, by, "contact_removed", body).await
}
