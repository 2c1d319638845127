//! Plans, as they are kept beside their tasks.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::assigning;
use crate::deciding::facts::Facts;
use crate::office::ids::{PersonId, PlanId, UnitId};
use crate::office::place::Place;
use crate::office::plan_names::PlanNames;
use crate::plans::{Change, KnownPlan, Numbered, PlanRow, chosen, rules, sentences};
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::Name { plan, name } => give_name(tx, *plan, name, by).await,
        Change::End(plan) => end_plan(tx, *plan, by).await,
    }
}

pub async fn add_facts(tx: &mut Tx, facts: &mut Facts, place: &Place) -> Result<()> {
    if place.is_for_coordinators() || place.speaker_is_coordinator() {
        facts.plans.open = open_plans(tx).await?;
        facts.plans.all = plans(tx).await?;
    }
    Ok(())
}

pub async fn plans(tx: &mut Tx) -> Result<Vec<PlanRow>> {
    let plans = sqlx::query_as!(
        PlanRow,
        r#"select id, code, title, document_number, issued_on as "issued_on: NaiveDate",
               imported_at as "imported_at: DateTime<Utc>",
               closed_at as "closed_at: DateTime<Utc>",
               (select count(*) from task where plan_id = plan.id and ended_at is null) as "tasks!: i64",
               (select count(*) from task where plan_id = plan.id and ended_at is null and plan.closed_at is null
                    and mode <> 'none' and (not exists (select 1 from duty where task_id = task.id and ended_at is null)
                        or exists (select 1 from duty
                                   where task_id = task.id and ended_at is null and status <> 'done')))
                   as "open!: i64",
               (select count(*) from duty join task on task.id = duty.task_id
                where plan_id = plan.id and duty.ended_at is null) as "duties!: i64"
           from plan order by id"#
    );
    Ok(plans.fetch_all(tx.connection()).await?)
}

/// The plans that are open, each with its short name.
pub async fn open_plans(tx: &mut Tx) -> Result<Vec<KnownPlan>> {
    let mut plans = known_plans(tx, None).await?;
    plans.retain(|plan| !plan.ended);
    Ok(plans)
}

/// All plans, or those in which a unit has a part: the open ones first.
pub async fn known_plans(tx: &mut Tx, unit: Option<UnitId>) -> Result<Vec<KnownPlan>> {
    let unit = unit.map(|unit| unit.0);
    let rows = sqlx::query!(
        r#"select id as "id!", title, code, closed_at is not null as "ended!: bool",
               ?1 is null or exists (select 1 from duty join task on task.id = duty.task_id
                                     where duty.unit_id = ?1 and task.plan_id = plan.id) as "meant!: bool"
           from plan order by closed_at is not null, id"#,
        unit
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let open = rows.iter().filter(|row| !row.ended);
    let names = PlanNames::of(open.map(|row| (row.id, row.title.clone(), row.code.clone())));
    let plans = rows.into_iter().filter(|row| row.meant).map(|row| KnownPlan {
        id: PlanId(row.id),
        name: row.code.unwrap_or_else(|| names.always(row.id, &row.title)),
        title: row.title,
        ended: row.ended,
    });
    Ok(plans.collect())
}

/// The plans in which a task of this number may be meant, of all units or of one; without a number only the plans.
pub async fn numbered(tx: &mut Tx, number: Option<&str>, unit: Option<UnitId>) -> Result<Numbered> {
    let known = known_plans(tx, unit).await?;
    let unit = unit.map(|unit| unit.0);
    let having = sqlx::query_scalar!(
        r#"select distinct plan_id as "plan_id!" from task
           where number = ?1
             and (?2 is null or exists (select 1 from duty where duty.task_id = task.id and duty.unit_id = ?2))"#,
        number,
        unit
    );
    let having = having.fetch_all(tx.connection()).await?.into_iter().map(PlanId).collect();
    Ok(Numbered { known, having })
}

/// The plan that words on the command line call: by number, short name or title, also one that has ended.
pub async fn called(tx: &mut Tx, words: &str) -> Result<KnownPlan> {
    let known = known_plans(tx, None).await?;
    match chosen(words, &known) {
        Ok(plan) => Ok(plan.clone()),
        Err(why) => Err(Error::Refused(sentences::not_one(words, why, &known))),
    }
}

/// The same, where it is still open.
pub async fn open_called(tx: &mut Tx, words: &str) -> Result<KnownPlan> {
    let plan = called(tx, words).await?;
    if plan.ended { Err(Error::Refused(sentences::has_ended(&plan.title))) } else { Ok(plan) }
}

/// Ends an open plan, by its number or name: nobody is reminded of it any more. Its title.
pub async fn close_plan(tx: &mut Tx, named: &str) -> Result<String> {
    let plan = open_called(tx, named).await?;
    if plan.name == assigning::PLAN {
        return Err(Error::Refused("单项交办没有终期，不能整体结束。请用 duban task drop 逐项撤销".to_owned()));
    }
    end_plan(tx, plan.id, Actor::Operator).await?;
    Ok(plan.title)
}

pub async fn end_plan(tx: &mut Tx, plan: PlanId, by: Actor) -> Result<()> {
    let now = tx.now;
    let close = sqlx::query!("update plan set closed_at = ? where id = ? and closed_at is null", now, plan.0);
    close.execute(tx.connection()).await?;
    ledger::note(tx, by, "plan_closed", json!({ "plan": plan })).await
}

/// Gives an open plan, by its number or name, the short name by which it is told from others. Its title.
pub async fn name_plan(tx: &mut Tx, named: &str, name: &str) -> Result<String> {
    let plan = open_called(tx, named).await?;
    refuse_name(tx, plan.id, name).await?;
    give_name(tx, plan.id, name, Actor::Operator).await?;
    Ok(plan.title)
}

/// Refuses a short name that this plan cannot have.
pub async fn refuse_name(tx: &mut Tx, plan: PlanId, name: &str) -> Result<()> {
    let (others, open) = (plans(tx).await?, open_plans(tx).await?);
    let fault = rules::fault_in_name(name).or_else(|| rules::taken_or_fixed(name, plan.0, &others, &open));
    fault.map_or(Ok(()), |fault| Err(Error::Refused(fault)))
}

pub async fn give_name(tx: &mut Tx, plan: PlanId, name: &str, by: Actor) -> Result<()> {
    let rename = sqlx::query!("update plan set code = ? where id = ?", name, plan.0);
    rename.execute(tx.connection()).await?;
    ledger::note(tx, by, "plan_named", json!({ "plan": plan, "name": name })).await
}
