//! The duties of collective units, given to their members.

use crate::store::{Result, Tx};

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
