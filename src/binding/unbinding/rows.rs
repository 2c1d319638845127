//! A chat that speaks for a unit no longer: detached from outside, by a coordinator or the operator.

use serde_json::json;

use crate::binding::rows;
use crate::binding::unbinding::sentences;
use crate::contacts::Parting;
use crate::coordinators::Binding;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::store::ledger::Actor;
use crate::store::posting::Posting;
use crate::store::{Error, Result, Tx, ledger, outbox};
use crate::{contacts, roll, settings};

/// The unit's chat with the contacts whom it has brought; `None` where the unit has none.
pub async fn binding(tx: &mut Tx, unit: UnitRef) -> Result<Option<Binding>> {
    let chat = sqlx::query!(r#"select id as "id!", title from chat where unit_id = ?"#, unit.id.0);
    let Some(chat) = chat.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let rows = sqlx::query!(
        r#"select person_id, name, chat_id in (select id from chat where id = ?2 or moved_to = ?2) as "brought: bool"
           from contact join person on person.id = person_id
           where unit_id = ?1 and state = 'registered' order by since, person_id"#,
        unit.id.0,
        chat.id
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let (brought, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.brought == Some(true));
    let contacts = brought.into_iter().map(|row| (PersonId(row.person_id), row.name)).collect();
    Ok(Some(Binding { unit, chat: ChatId(chat.id), title: chat.title, contacts, others: others.len() }))
}

/// Detaches the unit's chat, and tells it so once. What waits for it is not sent, its contacts are none any more, and
/// the unit's codes end, for one of them has come into the wrong hands.
pub async fn unbind_unit(tx: &mut Tx, unit: UnitId, contacts: &[PersonId], by: Actor) -> Result<()> {
    let chat = sqlx::query!(
        r#"select chat.id as "id!", reachable as "reachable: bool", name from chat join unit on unit.id = unit_id
           where unit_id = ?"#,
        unit.0
    );
    let Some(chat) = chat.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let release = sqlx::query!(
        "update chat set unit_id = null, silenced_at = null, unreachable_since = null where id = ?",
        chat.id
    );
    release.execute(tx.connection()).await?;
    let drop = sqlx::query!(
        "update outbox set state = 'expired'
         where chat_id = ? and state in ('pending', 'sending', 'in_doubt') and state <> 'sending' and kind in ('digest', 'briefing', 'notice')",
        chat.id
    );
    drop.execute(tx.connection()).await?;
    let withdraw = sqlx::query!(
        "delete from contact where unit_id = ?1 and state = 'asked'
           and chat_id in (select id from chat where id = ?2 or moved_to = ?2)",
        unit.0,
        chat.id
    );
    withdraw.execute(tx.connection()).await?;
    ledger::note(tx, by, "unit_unbound", json!({ "chat": chat.id, "unit": unit })).await?;
    for person in contacts {
        contacts::rows::remove_contact(tx, unit, *person, Parting::Unbound, by).await?;
    }
    rows::end_invitations(tx, Some(unit), by).await?;
    if !chat.reachable {
        return Ok(());
    }
    let opening = settings::rows::moment(tx).await?.opening;
    let posting = Posting {
        chat: ChatId(chat.id),
        kind: "notice",
        words: &sentences::to_group(&chat.name),
        answers: None,
        not_before: opening,
        not_after: None,
        reminder: None,
        awaits: None,
    };
    outbox::post(tx, posting).await.map(|_| ())
}

/// By the operator: what was detached.
pub async fn unbind_by_operator(tx: &mut Tx, name: &str) -> Result<Binding> {
    let Some(unit) = roll::rows::find_unit(tx, name).await? else {
        return Err(Error::Refused(format!("名册上没有“{name}”，请用 duban unit list 查看")));
    };
    let name = unit.name.clone();
    let Some(binding) = binding(tx, unit).await? else {
        return Err(Error::Refused(format!("{name}没有绑定的群，未作任何更改")));
    };
    let contacts: Vec<PersonId> = binding.contacts.iter().map(|(person, _)| *person).collect();
    unbind_unit(tx, binding.unit.id, &contacts, Actor::Operator).await?;
    let opening = settings::rows::moment(tx).await?.opening;
    outbox::tell_coordinators(tx, &sentences::unbound(&binding, "运行人员"), opening).await?;
    Ok(binding)
}
