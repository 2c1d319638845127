//! Plans on their way from the document into tasks, milestones and duties.

use serde_json::json;

use crate::importing::Amendments;
use crate::importing::rows;
use crate::office::duty::Role;
use crate::office::ids::{PlanId, UnitId};
use crate::office::plan::{Draft, DraftMilestone, DraftTask};
use crate::roll::rows::matching::LikelyMatch;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};
use crate::{assigning, plans, roll, transfers};

/// A document on its way in.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    pub draft: &'a Draft,
    pub digest: &'a [u8],
    pub source: &'a str,
    pub code: Option<&'a str>,
    pub amendments: Amendments,
}

/// What importing a plan did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub plan_id: i64,
    /// In words; empty where the same document was imported before.
    pub changes: Vec<String>,
}

/// Stores a plan with its duties, or brings a stored one up to a document that was issued again. `digest` is the
/// SHA-256 of the file: the same file again changes nothing.
pub async fn import(tx: &mut Tx, draft: &Draft, digest: &[u8], source: &str, code: Option<&str>) -> Result<Imported> {
    import_document(tx, Document { draft, digest, source, code, amendments: Amendments::Kept }).await
}

/// The same, with what becomes of a coordinator's changes.
pub async fn import_document(tx: &mut Tx, document: Document<'_>) -> Result<Imported> {
    let Document { draft, digest, code, .. } = document;
    if draft.notice {
        return assigning::rows::notices::import(tx, draft, digest, Actor::Operator).await;
    }
    if let Some(fault) = code.and_then(plans::rules::fault_in_name) {
        return Err(Error::Refused(fault));
    }
    let known = sqlx::query!(r#"select id as "id!", code from plan where digest = ?"#, digest);
    if let Some(known) = known.fetch_optional(tx.connection()).await? {
        let mut changes = Vec::new();
        if let Some(code) = code.filter(|code| known.code.as_deref() != Some(code)) {
            plans::rows::name_plan(tx, &known.id.to_string(), code).await?;
            changes.push(format!("简称改为“{code}”"));
        }
        return Ok(Imported { plan_id: known.id, changes });
    }
    let prefixed = roll::rows::matching::printed_once_prefixes(tx, draft).await?;
    for (name, full) in &prefixed {
        roll::rows::matching::match_with(tx, name, full).await?;
    }
    let likely = roll::rows::matching::likely_matches(tx, draft).await?;
    let earlier = earlier_version(tx, draft, code).await?;
    let before = earlier.as_ref().map(|(_, before)| before.clone());
    let (plan_id, changes, new_units) = match earlier {
        Some((_, before)) if is_another(&before, draft) => {
            let (code, title) = (code.unwrap_or_default(), before.title.as_deref().unwrap_or_default());
            return Err(Error::Refused(format!(
                "简称“{code}”已用于《{title}》，与这份文件的标题和内容都不相同，未作更改。如是另一个方案，请另取简称；如要替换，请先用 duban plan close {code} 结束原方案并另取简称"
            )));
        }
        Some((plan_id, before)) => {
            let kept = match document.amendments {
                Amendments::Kept => rows::amended::kept(tx, plan_id, &before, draft).await?,
                Amendments::Ended => Vec::new(),
            };
            let (plan_id, changes, new_units) = rows::revisions::revise(tx, plan_id, &before, &document).await?;
            (plan_id, changes.into_iter().chain(kept).collect(), new_units)
        }
        None => add_plan(tx, &document).await?,
    };
    expand_collectives(tx).await?;
    rows::news::note(tx, plan_id, before.as_ref(), draft).await?;
    let mut changes = changes;
    if !new_units.is_empty() {
        changes.push(format!("名册新增单位 {} 个：{}", new_units.len(), new_units.join("、")));
    }
    changes.extend(prefixed.iter().map(|(name, full)| format!("“{name}”即{full}：同一列表的前一单位写明了级别")));
    for LikelyMatch { name, candidates } in likely {
        let (first, all) = (&candidates[0], candidates.join("、"));
        changes.push(format!(
            "“{name}”与{all}可能是同一单位，现按两个单位登记；如是同一单位，请用 duban unit succeed {name} {first} 合并"
        ));
    }
    let without_members = collectives_without_members(tx, plan_id).await?;
    let without_members = without_members
        .iter()
        .map(|name| format!("“{name}”在名册上没有成员，暂不产生责任；请用 duban unit members {name} 单位… 指明"));
    Ok(Imported { plan_id, changes: changes.into_iter().chain(without_members).collect() })
}

/// Whether a document that has a stored plan's short name is no version of it: neither its title nor most of its tasks are the
/// same.
fn is_another(before: &Draft, draft: &Draft) -> bool {
    let numbered = before.document_number.is_some() && before.document_number == draft.document_number;
    if numbered || before.title.is_some() && before.title == draft.title {
        return false;
    }
    let known = |task: &DraftTask| before.tasks.iter().any(|other| alike(&other.text, &task.text));
    draft.tasks.iter().filter(|task| known(task)).count() * 2 < draft.tasks.len()
}

/// Whether two texts share more than half of their pairs of characters.
fn alike(one: &str, other: &str) -> bool {
    let pairs =
        |text: &str| -> std::collections::HashSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, other) = (pairs(one), pairs(other));
    one.intersection(&other).count() * 2 > one.len().min(other.len())
}

/// The plan of which this may be another version: the one with the same code, else number and title.
pub async fn earlier_version(tx: &mut Tx, draft: &Draft, code: Option<&str>) -> Result<Option<(i64, Draft)>> {
    let row = sqlx::query!(
        r#"select id as "id!", draft from plan
           where standing = 0 and (code = ?1 or (?1 is null and title = ?2 and document_number is ?3))
           order by id desc limit 1"#,
        code,
        draft.title,
        draft.document_number
    );
    match row.fetch_optional(tx.connection()).await? {
        Some(row) => Ok(Some((row.id, serde_json::from_str(&row.draft)?))),
        None => Ok(None),
    }
}

async fn add_plan(tx: &mut Tx, document: &Document<'_>) -> Result<(i64, Vec<String>, Vec<String>)> {
    let Document { draft, digest, source, code, .. } = *document;
    let title = draft.title.as_deref().unwrap_or(source);
    let (now, text) = (tx.now, serde_json::to_string(draft)?);
    let insert = sqlx::query!(
        "insert into plan (code, title, document_number, issuer, issued_on, source, digest, draft, imported_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        code,
        title,
        draft.document_number,
        draft.issuer,
        draft.issued_on,
        source,
        digest,
        text,
        now
    );
    let plan_id = insert.execute(tx.connection()).await?.last_insert_rowid();
    let sections = add_sections(tx, plan_id, draft).await?;
    let mut new_units = Vec::new();
    for (position, task) in (0_i64..).zip(&draft.tasks) {
        new_units.extend(add_task(tx, plan_id, &sections, position, task).await?);
    }
    let body = json!({ "plan": plan_id, "title": title, "digest": digest, "tasks": draft.tasks.len() });
    ledger::note(tx, Actor::Operator, "plan_imported", body).await?;
    Ok((plan_id, vec![format!("新增方案《{title}》，任务 {} 项", draft.tasks.len())], new_units))
}

/// Sections by ordinal.
pub async fn add_sections(tx: &mut Tx, plan_id: i64, draft: &Draft) -> Result<Vec<(String, i64)>> {
    let mut sections = Vec::new();
    for (position, section) in (0_i64..).zip(&draft.sections) {
        let insert = sqlx::query!(
            "insert into section (plan_id, ordinal, title, position) values (?, ?, ?, ?)",
            plan_id,
            section.ordinal,
            section.title,
            position
        );
        let id = insert.execute(tx.connection()).await?.last_insert_rowid();
        sections.push((section.ordinal.clone(), id));
    }
    Ok(sections)
}

/// Adds a task with its milestones and duties; the names of the units that were not on the roll before.
pub async fn add_task(
    tx: &mut Tx,
    plan_id: i64,
    sections: &[(String, i64)],
    position: i64,
    task: &DraftTask,
) -> Result<Vec<String>> {
    let (mode, targets) = (key(&task.mode)?, serde_json::to_string(&task.targets)?);
    let others = task.others.join("\n");
    let section = section_of(task, sections);
    let insert = sqlx::query!(
        "insert into task (plan_id, section_id, number, text, mode, targets, others, position)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        plan_id,
        section,
        task.number,
        task.text,
        mode,
        targets,
        others,
        position
    );
    let task_id = insert.execute(tx.connection()).await?.last_insert_rowid();
    for (position, milestone) in (0_i64..).zip(&task.milestones) {
        add_milestone(tx, task_id, position, milestone).await?;
    }
    add_units(tx, task_id, task).await
}

/// The number of the new milestone.
pub async fn add_milestone(tx: &mut Tx, task_id: i64, position: i64, milestone: &DraftMilestone) -> Result<i64> {
    let kind = key(&milestone.kind)?;
    let rule = milestone.rule.map(|rule| serde_json::to_string(&rule)).transpose()?;
    let insert = sqlx::query!(
        "insert into milestone (task_id, text, kind, due, scope, doubt, position, rule) values (?, ?, ?, ?, ?, ?, ?, ?)",
        task_id,
        milestone.text,
        kind,
        milestone.due,
        milestone.scope,
        milestone.doubt,
        position,
        rule
    );
    Ok(insert.execute(tx.connection()).await?.last_insert_rowid())
}

/// Adds the units that a task names, each with its duty.
pub async fn add_units(tx: &mut Tx, task_id: i64, task: &DraftTask) -> Result<Vec<String>> {
    let named = [
        (&task.leads, Some(Role::Lead)),
        (&task.responsible, Some(Role::Responsible)),
        (&task.supporting, Some(Role::Supporting)),
        (&task.collectives, None),
    ];
    let named = named.into_iter().flat_map(|(names, role)| names.iter().map(move |name| (name, role)));
    let mut new_units = Vec::new();
    for (position, (name, role)) in (0_i64..).zip(named) {
        if roll::rows::add_unit(tx, name, role.is_none()).await? {
            new_units.push(name.clone());
        }
        let unit = roll::rows::unit_id(tx, name).await?;
        let printed_role = role.map_or("collective", Role::key);
        let insert = sqlx::query!(
            "insert into task_unit (task_id, unit_id, role, position) values (?, ?, ?, ?) on conflict do nothing",
            task_id,
            unit.0,
            printed_role,
            position
        );
        insert.execute(tx.connection()).await?;
        if let Some(role) = role {
            add_duty(tx, task_id, unit, role).await?;
        }
    }
    Ok(new_units)
}

/// Gives a unit its part in a task. A part that had ended, or came through a collective, becomes the unit's own.
/// What coordinators passed on stays with whom they passed it to, and what a predecessor has finished stays finished.
async fn add_duty(tx: &mut Tx, task_id: i64, unit: UnitId, role: Role) -> Result<()> {
    let (unit, role) = (transfers::rows::holder(tx, task_id, unit).await?, role.key());
    let finished = sqlx::query!(
        "with recursive former (id) as (
             select id from unit where successor_id = ?2
             union select unit.id from former join unit on unit.successor_id = former.id)
         update duty set ended_at = null
         where task_id = ?1 and status in ('done', 'suspended') and unit_id in (select id from former)
           and not exists (select 1 from duty own where own.task_id = ?1 and own.unit_id = ?2)",
        task_id,
        unit.0
    );
    if finished.execute(tx.connection()).await?.rows_affected() > 0 {
        return Ok(());
    }
    let insert = sqlx::query!(
        "insert into duty (task_id, unit_id, role) values (?, ?, ?) on conflict (task_id, unit_id) do update
         set role = excluded.role, via_id = null, ended_at = null where ended_at is not null or via_id is not null",
        task_id,
        unit.0,
        role
    );
    insert.execute(tx.connection()).await?;
    Ok(())
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

async fn collectives_without_members(tx: &mut Tx, plan_id: i64) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!(
        "select distinct unit.name from task_unit join unit on unit.id = task_unit.unit_id
         join task on task.id = task_unit.task_id
         where task_unit.role = 'collective' and task.plan_id = ?
           and task.ended_at is null
           and not exists (select 1 from unit_member where collective_id = unit.id)
         order by unit.id",
        plan_id
    );
    Ok(names.fetch_all(tx.connection()).await?)
}

/// What reading each plan's document gave, or that of one.
pub async fn drafts(tx: &mut Tx, plan: Option<PlanId>) -> Result<Vec<Draft>> {
    let plan = plan.map(|plan| plan.0);
    let drafts = sqlx::query_scalar!("select draft from plan where ?1 is null or id = ?1 order by id", plan);
    let drafts = drafts.fetch_all(tx.connection()).await?;
    Ok(drafts.iter().map(|draft| serde_json::from_str(draft)).collect::<Result<_, _>>()?)
}

/// The section above a task.
pub fn section_of(task: &DraftTask, sections: &[(String, i64)]) -> Option<i64> {
    let above = sections.iter().find(|(ordinal, _)| Some(ordinal) == task.section.as_ref());
    above.map(|(_, id)| *id)
}

/// The name that an enum's value has in JSON.
pub fn key(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
