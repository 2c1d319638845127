//! Reorganisation: one unit takes over from another.

use serde_json::json;

use crate::office::ids::UnitId;
use crate::roll::rows;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger, outbox};
use crate::{assigning, reporting};

/// From now on `successor` answers for what `name` still had to do; how many duties that is. What `name` has reported
/// and finished stays as it is. The group and its contacts go along, unless the successor has its own.
pub async fn succeed(tx: &mut Tx, name: &str, successor: &str) -> Result<u64> {
    let (old, new) = (rows::unit_id(tx, name).await?, rows::unit_id(tx, successor).await?);
    if old == new {
        return Err(Error::Refused(format!("“{name}”与“{successor}”已是同一单位，未作更改")));
    }
    let set = sqlx::query!("update unit set successor_id = ? where id = ?", new.0, old.0);
    set.execute(tx.connection()).await?;
    let moved = hand_over_duties(tx, old, new).await?;
    hand_over_memberships(tx, old, new).await?;
    reporting::rows::unconfirmed::hand_over_unconfirmed(tx, old, new).await?;
    assigning::rows::announcing::hand_over_untold(tx, old, new).await?;
    hand_over_chat(tx, old, new).await?;
    let body = json!({ "unit": old, "successor": new, "duties": moved });
    ledger::note(tx, Actor::Operator, "unit_succeeded", body).await?;
    Ok(moved)
}

async fn hand_over_duties(tx: &mut Tx, old: UnitId, new: UnitId) -> Result<u64> {
    let now = tx.now;
    // Where both had a part in the task, the successor keeps its own.
    let end = sqlx::query!(
        "update duty set ended_at = ?3 where unit_id = ?1 and ended_at is null and status not in ('done', 'suspended')
           and exists (select 1 from duty other where other.task_id = duty.task_id and other.unit_id = ?2)",
        old.0,
        new.0,
        now
    );
    let ended = end.execute(tx.connection()).await?.rows_affected();
    let hand_over = sqlx::query!(
        "update duty set unit_id = ?2
         where unit_id = ?1 and ended_at is null and status not in ('done', 'suspended')",
        old.0,
        new.0
    );
    Ok(ended + hand_over.execute(tx.connection()).await?.rows_affected())
}

async fn hand_over_memberships(tx: &mut Tx, old: UnitId, new: UnitId) -> Result<()> {
    let join = sqlx::query!(
        "insert into unit_member (collective_id, member_id)
         select collective_id, ?2 from unit_member where member_id = ?1 and collective_id <> ?2
         on conflict do nothing",
        old.0,
        new.0
    );
    join.execute(tx.connection()).await?;
    Ok(())
}

async fn hand_over_chat(tx: &mut Tx, old: UnitId, new: UnitId) -> Result<()> {
    if outbox::has_chat(tx, new).await? {
        return Ok(());
    }
    let chat = sqlx::query!("update chat set unit_id = ?2 where unit_id = ?1", old.0, new.0);
    chat.execute(tx.connection()).await?;
    let contacts = sqlx::query!(
        "insert into contact (unit_id, person_id, state, since, copy)
         select ?2, person_id, state, since, copy from contact where unit_id = ?1 on conflict do nothing",
        old.0,
        new.0
    );
    contacts.execute(tx.connection()).await?;
    // Nobody has copies of two units.
    let copies = sqlx::query!("update contact set copy = null where unit_id = ? and copy is not null", old.0);
    copies.execute(tx.connection()).await?;
    Ok(())
}
