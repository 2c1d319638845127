//! Duties with everything that deciding needs, and how they stand.

pub mod escalations;
pub mod milestones;
pub mod namesakes;
pub mod parts;
mod present;
pub mod recurring;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::duty::{
    Asked, Duty, LastReport, Role, SectionRef, TaskRef, Transfer, UnassignedTask, UnitRef, Waiting, binds,
};
use crate::office::ids::{ChatId, DutyId, PersonId, PlanId, TaskId, UnitId};
use crate::office::reach::Reach;
use crate::office::status::Status;
use crate::store::{Result, Tx};
use crate::{later, practices, problems, reporting, review, steps};

/// Which duties are wanted; but for `Ever`, of tasks that still stand and, where no plan is named, of plans that are not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    All,
    /// All that ever were.
    Ever,
    Of(UnitId),
    /// Those of one plan, which may have ended.
    Plan(PlanId),
    One(DutyId),
    /// Every unit's part in these tasks.
    In(&'a [TaskId]),
    /// Those of the tasks with this number and of the unit with this name, where they are given.
    Named {
        number: Option<&'a str>,
        unit: Option<&'a str>,
    },
}

/// Duties, each with its newest report that was not withdrawn, in its newest version; what was said aside is none. In the order
/// of the plan, then of the document's list of units.
pub async fn duties(tx: &mut Tx, which: Which<'_>) -> Result<Vec<Duty>> {
    let ever = which == Which::Ever;
    let plan = if let Which::Plan(plan) = which { Some(plan.0) } else { None };
    let there = match which {
        Which::Of(unit) => present::present_of(tx, unit).await?,
        _ => {
            let wanted = ids(tx, which).await?;
            present::present(tx, &wanted).await?
        }
    };
    let wanted = &there.ids;
    let mut milestones = milestones::milestones(tx, wanted, there.dates).await?;
    let mut recurring = if_there(there.recurring, recurring::recurring_dates(tx, wanted)).await?;
    let extensions = review::rows::extensions::extensions(tx, wanted);
    let mut extensions = if_there(there.extensions, extensions).await?;
    let mut problems = if_there(there.problems, problems::rows::open_problems(tx, wanted)).await?;
    let mut practices = if_there(there.practices, practices::rows::practices(tx, wanted)).await?;
    let mut steps = if_there(there.steps, steps::rows::steps(tx, wanted)).await?;
    let mut claims = if_there(there.claims, review::rows::claims(tx, wanted)).await?;
    let mut wishes = if_there(there.wishes, review::rows::suspension_wishes(tx, wanted)).await?;
    let mut transfers = if_there(there.transfers, transfers(tx, wanted)).await?;
    let mut suspensions = if_there(there.suspensions, review::rows::suspensions(tx, wanted)).await?;
    let mut put_off = if_there(there.put_off, later::rows::put_off(tx, wanted)).await?;
    let mut escalated = if_there(there.escalations, escalations::escalated(tx, wanted)).await?;
    let namesakes = if_there(there.plans, namesakes::namesakes(tx, wanted, &[])).await?;
    let unconfirmed = reporting::rows::unconfirmed::unconfirmed(tx, wanted);
    let unconfirmed = if_there(there.unconfirmed, unconfirmed).await?;
    let rows = sqlx::query!(
        r#"select duty.id as "id!", duty.role as "role!", duty.status as "status!", duty.percent as "percent?: i64",
               task.id as "task_id!", task.plan_id as "plan_id!", task.number as "number!", task.text as "text!", task.others as "others!",
               unit.id as "unit_id!", unit.name as "unit_name!", unit.place as "place?",
               (select reachable from chat where chat.unit_id = unit.id) as "can_write?: bool",
               exists (select 1 from chat where chat.unit_id = unit.id and silenced_at is not null) as "stopped!: bool",
               via.name as "via?",
               duty.ended_at is not null as "ended!: bool", plan.title as "plan!",
               plan.imported_at as "plan_since!: DateTime<Utc>",
               section.ordinal as "ordinal?", section.title as "section?", section.position as "position?",
               case when duty.status = 'done' then
                   (select max(at) from decision where duty_id = duty.id and kind = 'accepted' and milestone_id is null)
               end as "done_at?: DateTime<Utc>",
               case when duty.status in ('done', 'suspended') then coalesce(
                   (select self_signed from decision where duty_id = duty.id and kind in ('accepted', 'suspended')
                        and milestone_id is null
                    order by decision.id desc limit 1), 0)
               else 0 end as "self_signed!: bool",
               duty.said as "said!", said.reported_at as "said_at?: DateTime<Utc>", said.text as "said_text?",
               said.edited as "said_edited?: bool"
           from duty join task on task.id = duty.task_id join plan on plan.id = task.plan_id
           join unit on unit.id = duty.unit_id
           left join unit via on via.id = duty.via_id
           left join section on section.id = task.section_id
           left join report_version said on said.report_id = duty.last_report_id
               and said.version = (select max(version) from report_version where report_id = duty.last_report_id)
           where duty.id in (select value from json_each(?1))
             and (?2 or (duty.ended_at is null and (plan.closed_at is null or plan.id = ?3)))
           order by task.plan_id, task.position, duty.id"#,
        wanted,
        ever,
        plan
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let duties = rows.into_iter().map(|row| {
        let role = Role::from_key(&row.role).unwrap_or(Role::Responsible);
        let status = Status::from_key(&row.status).unwrap_or(Status::NotStarted);
        let binding = |scope: Option<&str>| binds(scope, role, &row.unit_name, row.place.as_deref());
        let dates = milestones.of((row.id, row.task_id), (status, row.done_at), binding);
        // A date that a later version of the plan has no longer is not claimed.
        let mut claims = claims.remove(&row.id).unwrap_or_default();
        let last_report = row.said_at.zip(row.said_text).zip(row.said_edited);
        let last_report = last_report.map(|((at, text), edited)| LastReport { at, text, edited });
        claims.retain(|claim| claim.of.is_none_or(|of| dates.iter().any(|date| date.id == of)));
        Duty {
            id: DutyId(row.id),
            put_off: put_off.remove(&row.id),
            namesake: namesakes.of(UnitId(row.unit_id), &row.number, PlanId(row.plan_id)),
            plan_name: namesakes.plan(PlanId(row.plan_id)),
            plan: row.plan,
            plan_id: PlanId(row.plan_id),
            plan_since: row.plan_since,
            section: section(row.ordinal, row.section, row.position),
            role,
            reach: Reach::of(row.can_write, row.stopped),
            via: row.via,
            ended: row.ended,
            status,
            percent: row.percent.and_then(|percent| u8::try_from(percent).ok()),
            milestones: extensions.applied(row.id, dates),
            recurring: recurring.of((row.id, row.task_id), binding),
            problems: problems.remove(&row.id).unwrap_or_default(),
            practices: practices.remove(&row.id).unwrap_or_default(),
            steps: steps.remove(&row.id).unwrap_or_default(),
            waiting: Waiting {
                claims,
                more_time: match status {
                    Status::Done => Vec::new(),
                    _ => extensions.asked_for(row.id),
                },
                suspension: wishes.remove(&row.id),
                transfer: transfers.remove(&row.id),
                said: row.said,
            },
            suspension: suspensions.remove(&row.id),
            last_report,
            unconfirmed: unconfirmed.of(UnitId(row.unit_id), TaskId(row.task_id)),
            done_at: row.done_at,
            self_signed: row.self_signed,
            escalated: escalated.remove(&row.id).unwrap_or_default(),
            task: TaskRef { id: TaskId(row.task_id), number: row.number, text: row.text, others: row.others },
            unit: UnitRef { id: UnitId(row.unit_id), name: row.unit_name },
        }
    });
    Ok(duties.collect())
}

/// Nothing is asked for that is not there.
async fn if_there<T: Default>(there: bool, read: impl Future<Output = Result<T>>) -> Result<T> {
    if there { read.await } else { Ok(T::default()) }
}

/// The ids of the duties that are wanted as a JSON array: with it each table is entered by its index, however many there
/// are besides.
pub async fn ids(tx: &mut Tx, which: Which<'_>) -> Result<String> {
    let ids = match which {
        Which::One(duty) => return Ok(serde_json::to_string(&[duty])?),
        Which::All | Which::Ever | Which::Named { number: None, unit: None } => {
            let all = sqlx::query_scalar!(r#"select json_group_array(id) as "ids!: String" from duty"#);
            all.fetch_one(tx.connection()).await?
        }
        Which::Of(unit) => {
            let of_unit = sqlx::query_scalar!(
                r#"select json_group_array(id) as "ids!: String" from duty where unit_id = ?"#,
                unit.0
            );
            of_unit.fetch_one(tx.connection()).await?
        }
        Which::Plan(plan) => {
            let of_plan = sqlx::query_scalar!(
                r#"select json_group_array(duty.id) as "ids!: String" from duty join task on task.id = task_id
                   where plan_id = ?"#,
                plan.0
            );
            of_plan.fetch_one(tx.connection()).await?
        }
        Which::In(tasks) => {
            let tasks = serde_json::to_string(tasks)?;
            let in_tasks = sqlx::query_scalar!(
                r#"select json_group_array(id) as "ids!: String" from duty
                   where task_id in (select value from json_each(?))"#,
                tasks
            );
            in_tasks.fetch_one(tx.connection()).await?
        }
        Which::Named { number: Some(number), unit } => {
            let numbered = sqlx::query_scalar!(
                r#"select json_group_array(duty.id) as "ids!: String" from duty join unit on unit.id = unit_id
                   where task_id in (select id from task where number = ?1) and (?2 is null or unit.name = ?2)"#,
                number,
                unit
            );
            numbered.fetch_one(tx.connection()).await?
        }
        Which::Named { number: None, unit: Some(unit) } => {
            let named = sqlx::query_scalar!(
                r#"select json_group_array(id) as "ids!: String" from duty
                   where unit_id in (select id from unit where name = ?)"#,
                unit
            );
            named.fetch_one(tx.connection()).await?
        }
    };
    Ok(ids)
}

/// Tasks of the plans that are not closed which should have a unit and have none.
pub async fn unassigned_tasks(tx: &mut Tx) -> Result<Vec<UnassignedTask>> {
    unassigned_of(tx, None).await
}

/// The same of one plan, which may have ended.
pub async fn unassigned_of(tx: &mut Tx, plan: Option<PlanId>) -> Result<Vec<UnassignedTask>> {
    let plan = plan.map(|plan| plan.0);
    let rows = sqlx::query!(
        r#"select task.id as "id!", task.number, task.text, task.others, plan.id as "plan_id!", plan.title as plan,
               section.ordinal as "ordinal?", section.title as "section?", section.position as "position?",
               (select max(coalesce(moved_to, due)) from milestone where task_id = task.id and ended_at is null
                and kind not in ('window', 'start')) as "due?: NaiveDate"
           from plan cross join task on task.plan_id = plan.id left join section on section.id = task.section_id
           where mode <> 'none' and task.ended_at is null and iif(?1 is null, closed_at is null, plan.id = ?1)
             and not exists (select 1 from duty where task_id = task.id)
           order by task.plan_id, task.position"#,
        plan
    );
    let tasks = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| UnassignedTask {
        task: TaskRef { id: TaskId(row.id), number: row.number, text: row.text, others: row.others },
        plan_id: PlanId(row.plan_id),
        plan: row.plan,
        section: section(row.ordinal, row.section, row.position),
        due: row.due,
    });
    Ok(tasks.collect())
}

fn section(ordinal: Option<String>, title: Option<String>, position: Option<i64>) -> Option<SectionRef> {
    Some(SectionRef { ordinal: ordinal?, title: title?, position: position? })
}

/// 转办、退回 that wait for a word, by duty; of several the newest.
async fn transfers(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Transfer>> {
    let rows = sqlx::query!(
        r#"select transfer.duty_id, transfer.chat_id, transfer.message_id, report.person_id,
               transfer.asked_at as "at: DateTime<Utc>", version.text
           from transfer join duty on duty.id = transfer.duty_id
           join report on report.chat_id = transfer.chat_id and report.message_id = transfer.message_id
               and report.duty_id = transfer.duty_id
           join report_version version on version.report_id = report.id
           where transfer.state = 'asked' and duty.status <> 'done'
             and version.version = (select max(version) from report_version where report_id = report.id)
             and duty.id in (select value from json_each(?))
           order by transfer.asked_at, transfer.id"#,
        wanted
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    let waiting = rows.map(|row| {
        let (chat, person) = (ChatId(row.chat_id), PersonId(row.person_id));
        let asked = Asked { chat, message_id: row.message_id, person, at: row.at };
        (row.duty_id, Transfer { asked, text: row.text })
    });
    Ok(waiting.collect())
}
