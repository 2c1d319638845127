//! 督办员: who may decide, and how that ends.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::chat::incoming::ChatKind;
use crate::coordinators::{Change, Coordinator, Resignation, Wanted, sentences};
use crate::deciding::facts::Facts;
use crate::office::ids::{ChatId, PersonId};
use crate::office::place::{Chat, Place};
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger, outbox, people};
use crate::{areas, binding, roll, settings};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: &Chat, speaker: Option<PersonId>) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);

    match (change, speaker) {
        (Change::Remove { person, why }, _) => remove_coordinator(tx, *person, *why, by).await,
        (Change::Add, Some(person)) => {
            add_coordinator(tx, person, by).await?;
            match chat.kind {
                ChatKind::Private => outbox::post_menu(tx, chat.id).await,
                ChatKind::Group => Ok(()),
            }
        }
        (Change::Restore(person), Some(_)) => add_coordinator(tx, *person, by).await,
        (Change::Unbind { unit, contacts }, Some(_)) => {
            binding::unbinding::rows::unbind_unit(tx, *unit, contacts, by).await
        }
        (Change::Add | Change::Restore(_) | Change::Unbind { .. }, None) => Ok(()),
    }
}

/// All of them, the longest serving first.
pub async fn coordinators(tx: &mut Tx) -> Result<Vec<Coordinator>> {
    let rows = sqlx::query!(
        r#"select person_id as "person_id!", telegram_id, name, since as "since: DateTime<Utc>"
           from coordinator join person on person.id = person_id order by since, person_id"#
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows
        .map(|row| Coordinator {
            person: PersonId(row.person_id),
            telegram_id: row.telegram_id,
            name: row.name,
            since: row.since,
        })
        .collect())
}

/// Telegram's ids of their group and of their private chats.
pub async fn chats(tx: &mut Tx) -> Result<Vec<i64>> {
    let chats = sqlx::query_scalar!(
        r#"select telegram_id as "id!" from chat where reachable = 1 and (coordinators = 1 or (kind = 'private'
               and telegram_id in (select telegram_id from coordinator cross join person on person.id = person_id)))
           group by telegram_id order by telegram_id"#
    );
    Ok(chats.fetch_all(tx.connection()).await?)
}

pub async fn add_facts_of_rights(tx: &mut Tx, facts: &mut Facts, wanted: &Wanted, place: &Place) -> Result<()> {
    match wanted {
        Wanted::Coordinators if !place.is_for_coordinators() => {}
        Wanted::Coordinators | Wanted::AskRemoval { .. } | Wanted::Remove { .. } => {
            facts.coordinators.all = coordinators(tx).await?;
        }
        Wanted::Keep { person, .. } => {
            facts.coordinators.all = coordinators(tx).await?;
            add_resignation(tx, facts, *person).await?;
        }
        Wanted::AskUnbinding { unit } => {
            if let Some(unit) = roll::rows::find_unit(tx, unit).await? {
                facts.coordinators.binding = binding::unbinding::rows::binding(tx, unit).await?;
            }
        }
        Wanted::Unbind { unit, .. } => {
            if let Some(unit) = roll::rows::units::unit(tx, *unit).await? {
                facts.coordinators.binding = binding::unbinding::rows::binding(tx, unit).await?;
            }
        }
    }
    Ok(())
}

/// Since when and why the person in question is a coordinator no longer.
async fn add_resignation(tx: &mut Tx, facts: &mut Facts, person: PersonId) -> Result<()> {
    facts.contacts.person_meant = people::person(tx, person).await?;
    let former = sqlx::query!(
        r#"select ended_at as "ended_at: DateTime<Utc>", why from former_coordinator where person_id = ?"#,
        person.0
    );
    let former = former.fetch_optional(tx.connection()).await?;
    facts.coordinators.resigned = former.and_then(|row| Some((Resignation::from_key(&row.why)?, row.ended_at)));
    Ok(())
}

pub async fn add_coordinator(tx: &mut Tx, person: PersonId, by: Actor) -> Result<()> {
    let now = tx.now;
    let insert =
        sqlx::query!("insert into coordinator (person_id, since) values (?, ?) on conflict do nothing", person.0, now);
    insert.execute(tx.connection()).await?;
    let forget = sqlx::query!("delete from former_coordinator where person_id = ?", person.0);
    forget.execute(tx.connection()).await?;
    ledger::note(tx, by, "coordinator_added", json!({ "person": person })).await
}

/// What waits for them alone is no longer theirs to read, and no code that they may hold brings them back.
pub async fn remove_coordinator(tx: &mut Tx, person: PersonId, why: Resignation, by: Actor) -> Result<()> {
    let (now, key) = (tx.now, why.key());
    let delete = sqlx::query!("delete from coordinator where person_id = ?", person.0);
    if delete.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    areas::rows::end_areas(tx, person, by).await?;
    let keep = sqlx::query!(
        "insert into former_coordinator (person_id, ended_at, why) values (?, ?, ?)
         on conflict (person_id) do update set ended_at = excluded.ended_at, why = excluded.why",
        person.0,
        now,
        key
    );
    keep.execute(tx.connection()).await?;
    let drop = sqlx::query!(
        "update outbox set state = 'expired'
         where state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and kind in ('digest', 'briefing', 'notice') and chat_id in (
             select chat.id from chat join person on person.telegram_id = chat.telegram_id
             where person.id = ? and kind = 'private' and unit_id is null)",
        person.0
    );
    drop.execute(tx.connection()).await?;
    ledger::note(tx, by, "coordinator_removed", json!({ "person": person, "why": key })).await?;
    binding::rows::end_invitations(tx, None, by).await
}

/// By the operator, whom nobody outranks: the last one too.
pub async fn dismiss_coordinator(tx: &mut Tx, sought: &str) -> Result<Coordinator> {
    let all = coordinators(tx).await?;
    let found: Vec<&Coordinator> =
        all.iter().filter(|one| one.name == sought || one.telegram_id.to_string() == sought).collect();
    let one = match found.as_slice() {
        [one] => (*one).clone(),
        [] => {
            return Err(Error::Refused(format!("督办员中没有“{sought}”，请用 duban coordinator list 查看姓名和编号")));
        }
        several => {
            let ids: Vec<String> = several.iter().map(|one| one.telegram_id.to_string()).collect();
            let ids = ids.join("、");
            return Err(Error::Refused(format!("督办员中有 {} 位“{sought}”，请改用编号：{ids}", several.len())));
        }
    };
    remove_coordinator(tx, one.person, Resignation::Removed, Actor::Operator).await?;
    let opening = settings::rows::moment(tx).await?.opening;
    outbox::tell_coordinators(tx, &sentences::removed_by_operator(&one.name), opening).await?;
    Ok(one)
}

/// Whether the group, or one of its topics, is that of the coordinators.
pub async fn is_coordinators_group(tx: &mut Tx, chat: ChatId) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"select exists (
               select 1 from chat where coordinators = 1
                   and telegram_id = (select telegram_id from chat where id = ?)
           ) as "is!: bool""#,
        chat.0
    );
    Ok(is.fetch_one(tx.connection()).await?)
}
