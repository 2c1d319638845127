//! Plans, as they are kept beside their tasks.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::assigning;
use crate::deciding::facts::Facts;
use crate::office::ids::{PersonId, PlanId, UnitId};
use crate::office::place::Place;
use crate::office::plan_names::PlanNames;
use crate::plans::{Change, KnownPlan, Numbered, PlanRow, chosen, rules};
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
    let names = PlanNames::of(open.map(|row| (row.title.clone(), row.code.clone())));
    let plans = rows.into_iter().filter(|row| row.meant).map(|row| KnownPlan {
        id: PlanId(row.id),
        name: row.code.unwrap_or_else(|| names.always(&row.title)),
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

/// The plan with this number or short name, else the one open plan with this in its title.
pub async fn find_plan(tx: &mut Tx, named: &str) -> Result<Option<PlanId>> {
    let plan = sqlx::query_scalar!(r#"select id as "id!" from plan where id = ?1 or code = ?1"#, named);
    match plan.fetch_optional(tx.connection()).await? {
        Some(plan) => Ok(Some(PlanId(plan))),
        None => Ok(chosen(named, &open_plans(tx).await?).ok().map(|plan| plan.id)),
    }
}

async fn open_plan(tx: &mut Tx, named: &str) -> Result<PlanRow> {
    let found = find_plan(tx, named).await?;
    let plan = plans(tx).await?.into_iter().find(|plan| Some(plan.id) == found.map(|id| id.0));
    let refuse = || Error::Refused(format!("没有编号或简称为“{named}”的方案，或已经结束。请用 duban plan list 查看"));
    plan.filter(|plan| plan.closed_at.is_none()).ok_or_else(refuse)
}

/// Ends an open plan, by its number or name: nobody is reminded of it any more. Its title.
pub async fn close_plan(tx: &mut Tx, named: &str) -> Result<String> {
    let plan = open_plan(tx, named).await?;
    if plan.code.as_deref() == Some(assigning::PLAN) {
        return Err(Error::Refused("单项交办没有终期，不能整体结束。请用 duban task drop 逐项撤销".to_owned()));
    }
    end_plan(tx, PlanId(plan.id), Actor::Operator).await?;
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
    let plan = open_plan(tx, named).await?;
    let (others, open) = (plans(tx).await?, open_plans(tx).await?);
    if let Some(fault) = rules::fault_in_name(name).or_else(|| rules::taken_or_fixed(name, plan.id, &others, &open)) {
        return Err(Error::Refused(fault));
    }
    give_name(tx, PlanId(plan.id), name, Actor::Operator).await?;
    Ok(plan.title)
}

pub async fn give_name(tx: &mut Tx, plan: PlanId, name: &str, by: Actor) -> Result<()> {
    let rename = sqlx::query!("update plan set code = ? where id = ?", name, plan.0);
    rename.execute(tx.connection()).await?;
    ledger::note(tx, by, "plan_named", json!({ "plan": plan, "name": name })).await
}
