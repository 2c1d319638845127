//! 转办: what units say is another's, and the parts that go to others.

use serde_json::json;

use crate::deciding::facts::Facts;
use crate::office::duty::{Role, UnitRef};
use crate::office::ids::{ChatId, DutyId, PersonId, UnitId};
use crate::office::place::Place;
use crate::office::reach::Reach;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reporting::Record;
use crate::roll;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::transfers::{Change, Of, Taker, Wanted};
use crate::understanding::Aside;

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    match change {
        Change::Pass { duty, message_id, to } => pass_part(tx, *duty, *message_id, *to, person).await,
        Change::Keep { duty, message_id } => keep_part(tx, *duty, *message_id, person).await,
        Change::Drop { duty, message_id } => drop_transfer(tx, *duty, *message_id, person).await,
    }
}

/// Keeps what a report says, or what an edit made of it. What was decided stays.
pub async fn ask_transfer(tx: &mut Tx, record: &Record, chat: ChatId) -> Result<()> {
    if record.item.aside != Some(Aside::Transfer) {
        return take_back_transfer(tx, chat, record.message_id, record.duty).await;
    }
    let now = tx.now;
    let ask = sqlx::query!(
        "insert into transfer (duty_id, task_id, unit_id, chat_id, message_id, asked_at)
         select id, task_id, unit_id, ?, ?, ? from duty where id = ?
         on conflict (chat_id, message_id, duty_id) do update set state = 'asked' where state = 'withdrawn'",
        chat.0,
        record.message_id,
        now,
        record.duty.0
    );
    ask.execute(tx.connection()).await?;
    Ok(())
}

pub async fn take_back_transfer(tx: &mut Tx, chat: ChatId, message_id: i64, duty: DutyId) -> Result<()> {
    let withdraw = sqlx::query!(
        "update transfer set state = 'withdrawn'
         where chat_id = ? and message_id = ? and duty_id = ? and state = 'asked'",
        chat.0,
        message_id,
        duty.0
    );
    withdraw.execute(tx.connection()).await?;
    Ok(())
}

/// The duty, and the unit that is meant; where it is asked, those that the words name.
pub async fn add_facts(tx: &mut Tx, facts: &mut Facts, of: Of, wanted: &Wanted, place: &Place) -> Result<()> {
    if !place.speaker_is_coordinator() {
        return Ok(());
    }
    facts.duties = rows::duties(tx, Which::One(of.duty)).await?;
    let said = facts.duties.first().and_then(|duty| duty.waiting.transfer.as_ref());
    let units: Vec<UnitId> = match wanted {
        Wanted::To(unit) => vec![*unit],
        Wanted::ToNamed(name) => {
            roll::rows::find_unit(tx, name.trim()).await?.into_iter().map(|unit| unit.id).collect()
        }
        Wanted::AskWhom | Wanted::Keep | Wanted::Drop => match said.map(|transfer| transfer.text.clone()) {
            Some(text) => units_named_in(tx, &text).await?,
            None => Vec::new(),
        },
    };
    for unit in units {
        facts.takers.extend(taker(tx, unit).await?);
    }
    Ok(())
}

/// The units whose name or alias stands in the words, the longest first.
async fn units_named_in(tx: &mut Tx, text: &str) -> Result<Vec<UnitId>> {
    let mut named = roll::rows::names_on_roll(tx).await?;
    named.retain(|(called, _)| called.chars().count() > 2 && text.contains(called.as_str()));
    named.sort_by_key(|(called, _)| std::cmp::Reverse(called.len()));
    let mut units = Vec::new();
    for (_, full) in named {
        if let Some(unit) = roll::rows::find_unit(tx, &full).await?
            && !units.contains(&unit.id)
        {
            units.push(unit.id);
        }
    }
    Ok(units)
}

async fn taker(tx: &mut Tx, unit: UnitId) -> Result<Option<Taker>> {
    let row = sqlx::query!(
        r#"select collective as "collective: bool",
               (select reachable from chat where chat.unit_id = unit.id) as "can_write?: bool",
               exists (select 1 from chat where chat.unit_id = unit.id and silenced_at is not null) as "stopped!: bool"
           from unit where id = ?"#,
        unit.0
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let unit = roll::rows::units::unit(tx, unit).await?;
    Ok(unit.map(|unit| Taker { unit, reach: Reach::of(row.can_write, row.stopped), collective: row.collective }))
}

/// The part goes to another unit with all that was said of it. Who has a part in the task already keeps its own, which
/// weighs as much as the heavier of the two.
pub async fn pass_part(tx: &mut Tx, duty: DutyId, message_id: i64, to: UnitId, person: PersonId) -> Result<()> {
    let own = sqlx::query!("select task_id, unit_id, role from duty where id = ?", duty.0);
    let own = own.fetch_one(tx.connection()).await?;
    let other = sqlx::query!(
        r#"select id as "id!", role, ended_at is not null as "ended!: bool" from duty where task_id = ? and unit_id = ?"#,
        own.task_id,
        to.0
    );
    let now = tx.now;
    match other.fetch_optional(tx.connection()).await? {
        None => {
            let pass = sqlx::query!("update duty set unit_id = ?, via_id = null where id = ?", to.0, duty.0);
            pass.execute(tx.connection()).await?;
        }
        Some(other) => {
            let end = sqlx::query!("update duty set ended_at = ? where id = ?", now, duty.0);
            end.execute(tx.connection()).await?;
            let (mine, theirs) = (Role::from_key(&own.role), Role::from_key(&other.role));
            let role = if other.ended { mine } else { mine.min(theirs) };
            let role = role.unwrap_or(Role::Responsible).key();
            let take =
                sqlx::query!("update duty set role = ?, via_id = null, ended_at = null where id = ?", role, other.id);
            take.execute(tx.connection()).await?;
        }
    }
    settle(tx, duty, message_id, ("moved", Some(to)), person).await?;
    let body = json!({ "duty": duty, "task": own.task_id, "from": own.unit_id, "to": to, "message": message_id });
    ledger::note(tx, Actor::Person(person), "duty_moved", body).await
}

/// 退回该单位: it stays as it was.
pub async fn keep_part(tx: &mut Tx, duty: DutyId, message_id: i64, person: PersonId) -> Result<()> {
    settle(tx, duty, message_id, ("kept", None), person).await?;
    let body = json!({ "duty": duty, "message": message_id, "decision": "kept" });
    ledger::note(tx, Actor::Person(person), "transfer_decided", body).await
}

/// 取消: nothing is made of it.
pub async fn drop_transfer(tx: &mut Tx, duty: DutyId, message_id: i64, person: PersonId) -> Result<()> {
    settle(tx, duty, message_id, ("dropped", None), person).await?;
    let body = json!({ "duty": duty, "message": message_id, "decision": "dropped" });
    ledger::note(tx, Actor::Person(person), "transfer_decided", body).await
}

/// What the unit has said of it before is settled with it.
async fn settle(
    tx: &mut Tx,
    duty: DutyId,
    message_id: i64,
    (state, to): (&str, Option<UnitId>),
    person: PersonId,
) -> Result<()> {
    let (now, to) = (tx.now, to.map(|to| to.0));
    let settle = sqlx::query!(
        "update transfer set state = iif(message_id = ?2, ?3, 'dropped'), to_id = iif(message_id = ?2, ?4, null),
             decided_by = ?5, decided_at = ?6
         where duty_id = ?1 and state = 'asked'",
        duty.0,
        message_id,
        state,
        to,
        person.0,
        now
    );
    settle.execute(tx.connection()).await?;
    Ok(())
}

/// Whose part in a task that of a unit has become: its own, unless coordinators passed it on. A unit that was taken over
/// stands for its successor.
pub async fn holder(tx: &mut Tx, task_id: i64, unit: UnitId) -> Result<UnitId> {
    let moves = moves(tx, task_id).await?;
    Ok(moves.iter().fold(unit, |holder, (from, to)| if from.id == holder { to.id } else { holder }))
}

/// The parts in a task that coordinators passed on: from whom, and to whom.
pub async fn moves(tx: &mut Tx, task_id: i64) -> Result<Vec<(UnitRef, UnitRef)>> {
    let moves = sqlx::query!(
        r#"with recursive line (first, id) as (
               select unit_id, unit_id from transfer where task_id = ?1
               union select to_id, to_id from transfer where task_id = ?1 and to_id is not null
               union select line.first, unit.successor_id from line join unit on unit.id = line.id
                     where unit.successor_id is not null),
           heir (first, id, name) as (
               select line.first, unit.id, unit.name from line join unit on unit.id = line.id
               where unit.successor_id is null)
           select giver.id as "giver!: i64", giver.name as "giver_name!: String",
               taker.id as "taker!: i64", taker.name as "taker_name!: String"
           from transfer join heir giver on giver.first = transfer.unit_id
           join heir taker on taker.first = transfer.to_id
           where transfer.task_id = ?1 and transfer.state = 'moved' order by transfer.decided_at, transfer.id"#,
        task_id
    );
    let moves = moves.fetch_all(tx.connection()).await?.into_iter();
    let unit = |id, name| UnitRef { id: UnitId(id), name };
    Ok(moves.map(|row| (unit(row.giver, row.giver_name), unit(row.taker, row.taker_name))).collect())
}

/// A plan's document counts, and not what coordinators passed on of its tasks.
pub async fn forget(tx: &mut Tx, plan_id: i64) -> Result<()> {
    let forget = sqlx::query!(
        "update transfer set state = 'dropped'
         where state = 'moved' and task_id in (select id from task where plan_id = ?)",
        plan_id
    );
    forget.execute(tx.connection()).await?;
    Ok(())
}
