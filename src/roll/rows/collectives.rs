//! The duties of collective units, given to their members; and who they are in one task only, as 有关部门 are others in each.

use serde_json::json;

use crate::office::ids::{PlanId, UnitId};
use crate::roll::rows::{add_unit, find_unit, remove_members, unit_id};
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};

/// A collective unit as one task names it.
pub struct NamedIn<'a> {
    collective: &'a str,
    shared: UnitId,
    number: &'a str,
    task: i64,
    /// The name of the one that stands in for it in this task only.
    own: String,
}

/// The task that names a collective unit; `plan` is needed where several plans have a task of this number that does.
pub async fn named_in<'a>(
    tx: &mut Tx,
    collective: &'a str,
    number: &'a str,
    plan: Option<PlanId>,
) -> Result<NamedIn<'a>> {
    let shared = unit_id(tx, collective).await?;
    let plan = plan.map(|plan| plan.0);
    let found = sqlx::query!(
        r#"select task.id as "id!", plan.id as "plan_id!" from task join plan on plan.id = task.plan_id
           join task_unit on task_unit.task_id = task.id join unit on unit.id = task_unit.unit_id
           where task.number = ?1 and task.ended_at is null and plan.closed_at is null and (?2 is null or plan.id = ?2)
             and task_unit.role = 'collective'
             and (unit.id = ?3 or unit.name = ?4 || '（方案' || plan.id || '第' || ?1 || '项）')"#,
        number,
        plan,
        shared.0,
        collective
    );
    match found.fetch_all(tx.connection()).await?.as_slice() {
        [found] => {
            let own = format!("{collective}（方案{}第{number}项）", found.plan_id);
            Ok(NamedIn { collective, shared, number, task: found.id, own })
        }
        [] => Err(Error::Refused(format!(
            "第{number}项没有写明“{collective}”，未作更改。请用 duban status 第{number}项 核对"
        ))),
        _ => Err(Error::Refused(format!(
            "第{number}项在几份方案中都写有“{collective}”，未作更改。请用 --plan 指明方案，编号见 duban plan list"
        ))),
    }
}

/// Puts a unit of its own in the place of the collective in this task; its name.
pub async fn separate(tx: &mut Tx, named: &NamedIn<'_>) -> Result<String> {
    add_unit(tx, &named.own, true).await?;
    let own_id = unit_id(tx, &named.own).await?;
    let separate = sqlx::query!(
        "update task_unit set unit_id = ? where task_id = ? and unit_id = ? and role = 'collective'",
        own_id.0,
        named.task,
        named.shared.0
    );
    if separate.execute(tx.connection()).await?.rows_affected() > 0 {
        let body = json!({ "collective": named.collective, "task": named.task, "unit": named.own });
        ledger::note(tx, Actor::Operator, "collective_separated", body).await?;
    }
    Ok(named.own.clone())
}

/// Takes members out of what the collective is in this task; how many duties end so.
pub async fn remove_from(tx: &mut Tx, named: &NamedIn<'_>, members: &[String]) -> Result<u64> {
    let NamedIn { collective, number, own, .. } = named;
    if find_unit(tx, own).await?.is_none() {
        return Err(Error::Refused(format!(
            "第{number}项的“{collective}”没有单独指明过单位，未作更改。要在各项任务中都去掉，请不带 --task"
        )));
    }
    for member in members {
        let id = unit_id(tx, member).await?;
        let is_member = sqlx::query_scalar!(
            r#"select exists (select 1 from unit_member join unit on unit.id = collective_id
                              where unit.name = ? and member_id = ?) as "is!: bool""#,
            own,
            id.0
        );
        if !is_member.fetch_one(tx.connection()).await? {
            return Err(Error::Refused(format!(
                "“{member}”不在第{number}项指明的“{collective}”之中，未作更改。请用 duban status 第{number}项 核对"
            )));
        }
    }
    remove_members(tx, own, members).await
}

/// Gives every member of a collective unit its part in the collective's tasks, unless it has one of its own. What a
/// predecessor has finished, or coordinators have passed on, is not given out again.
pub async fn expand_collectives(tx: &mut Tx) -> Result<()> {
    go_on_as_settled(tx).await?;
    let expand = sqlx::query!(
        "with recursive former (unit_id, id) as (
             select successor_id, id from unit where successor_id is not null
             union select former.unit_id, unit.id from former join unit on unit.successor_id = former.id)
         insert into duty (task_id, unit_id, role, via_id)
         select task_unit.task_id, unit_member.member_id, 'responsible', task_unit.unit_id from task_unit
         join unit_member on unit_member.collective_id = task_unit.unit_id
         join task on task.id = task_unit.task_id
         join unit member on member.id = unit_member.member_id
         where task_unit.role = 'collective' and task.ended_at is null and member.successor_id is null
           and not exists (select 1 from duty join former on former.id = duty.unit_id
                           where former.unit_id = member.id and duty.task_id = task.id
                             and duty.status in ('done', 'suspended'))
           and not exists (select 1 from transfer moved
                           where moved.task_id = task.id and moved.state = 'moved'
                             and (moved.unit_id = member.id
                                  or exists (select 1 from former
                                             where former.unit_id = member.id and former.id = moved.unit_id))
                             and not exists (select 1 from transfer back
                                             where back.task_id = task.id and back.to_id = moved.unit_id
                                               and back.state = 'moved' and back.id > moved.id))
         order by task_unit.task_id, task_unit.position, unit_member.rowid
         on conflict (task_id, unit_id) do update
         set role = excluded.role, via_id = excluded.via_id, ended_at = null where ended_at is not null"
    );
    expand.execute(tx.connection()).await?;
    Ok(())
}

/// Where a collective is named in a task, what its members' predecessors have finished goes on being there, and what
/// coordinators passed on from a member.
async fn go_on_as_settled(tx: &mut Tx) -> Result<()> {
    let go_on = sqlx::query!(
        "with recursive former (unit_id, id) as (
             select successor_id, id from unit where successor_id is not null
             union select former.unit_id, unit.id from former join unit on unit.successor_id = former.id),
         called (task_id, unit_id) as (
             select task_unit.task_id, member_id from task_unit
             join unit_member on unit_member.collective_id = task_unit.unit_id
             join task on task.id = task_unit.task_id
             where task_unit.role = 'collective' and task.ended_at is null)
         update duty set ended_at = null where ended_at is not null and (
             (status in ('done', 'suspended') and exists (
                 select 1 from called join former on former.unit_id = called.unit_id
                 where called.task_id = duty.task_id and former.id = duty.unit_id
                   and not exists (select 1 from duty own
                                   where own.task_id = duty.task_id and own.unit_id = called.unit_id)))
             or exists (
                 select 1 from transfer moved join called on called.task_id = moved.task_id
                 where moved.task_id = duty.task_id and moved.state = 'moved'
                   and (called.unit_id = moved.unit_id
                        or exists (select 1 from former
                                   where former.unit_id = called.unit_id and former.id = moved.unit_id))
                   and (duty.unit_id = moved.to_id
                        or exists (select 1 from former
                                   where former.unit_id = duty.unit_id and former.id = moved.to_id))
                   and not exists (select 1 from transfer away
                                   where away.task_id = moved.task_id and away.unit_id = moved.to_id
                                     and away.state = 'moved' and away.id > moved.id)))"
    );
    go_on.execute(tx.connection()).await?;
    Ok(())
}
