//! Plans on their way from the document into tasks, milestones and duties.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::{Error, Result, Tx};
use crate::domain::duty::{Role, UnitId};
use crate::domain::plan::{Draft, DraftTask};

/// What importing a plan did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub plan_id: i64,
    /// In words; empty where the same document was imported before.
    pub changes: Vec<String>,
}

/// A plan as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    pub id: i64,
    pub code: Option<String>,
    pub title: String,
    pub document_number: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub imported_at: DateTime<Utc>,
    pub tasks: i64,
    pub duties: i64,
}

impl Tx {
    /// Stores a plan with its duties. `digest` is the SHA-256 of the file: the same file again changes nothing.
    pub async fn import(&mut self, draft: &Draft, digest: &[u8], source: &str, code: Option<&str>) -> Result<Imported> {
        let known = sqlx::query_scalar!(r#"select id as "id!" from plan where digest = ?"#, digest);
        if let Some(plan_id) = known.fetch_optional(self.connection()).await? {
            return Ok(Imported { plan_id, changes: Vec::new() });
        }
        let title = draft.title.as_deref().unwrap_or(source);
        self.refuse_another_version(title, code).await?;
        let (now, text) = (self.now, serde_json::to_string(draft)?);
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
        let plan_id = insert.execute(self.connection()).await?.last_insert_rowid();
        let new_units = self.import_tasks(plan_id, draft).await?;
        self.expand_collectives().await?;
        let mut changes = vec![format!("新增方案《{title}》，任务 {} 项", draft.tasks.len())];
        if !new_units.is_empty() {
            changes.push(format!("名册新增单位 {} 个：{}", new_units.len(), new_units.join("、")));
        }
        changes.extend(
            self.collectives_without_members(plan_id).await?.into_iter().map(|name| {
                format!("“{name}”在名册上没有成员，暂不产生责任；请用 duban unit members {name} 单位… 指明")
            }),
        );
        let body = json!({ "plan": plan_id, "title": title, "digest": digest, "tasks": draft.tasks.len() });
        self.note(Actor::Operator, "plan_imported", body).await?;
        Ok(Imported { plan_id, changes })
    }

    async fn refuse_another_version(&mut self, title: &str, code: Option<&str>) -> Result<()> {
        let same = sqlx::query_scalar!("select title from plan where title = ?1 or code = ?2", title, code);
        match same.fetch_optional(self.connection()).await? {
            None => Ok(()),
            Some(title) => Err(Error::Refused(format!(
                "《{title}》已经导入，而这份文件内容不同。本版本还不能更新已导入的方案，未作任何更改"
            ))),
        }
    }

    /// The names of the units that were not on the roll before.
    async fn import_tasks(&mut self, plan_id: i64, draft: &Draft) -> Result<Vec<String>> {
        let mut sections = Vec::new();
        for (position, section) in (0_i64..).zip(&draft.sections) {
            let insert = sqlx::query!(
                "insert into section (plan_id, ordinal, title, position) values (?, ?, ?, ?)",
                plan_id,
                section.ordinal,
                section.title,
                position
            );
            let id = insert.execute(self.connection()).await?.last_insert_rowid();
            sections.push((section.ordinal.as_str(), id));
        }
        let mut new_units = Vec::new();
        for (position, task) in (0_i64..).zip(&draft.tasks) {
            let section = sections.iter().find(|(ordinal, _)| Some(*ordinal) == task.section.as_deref());
            let task_id = self.import_task(plan_id, section.map(|(_, id)| *id), position, task).await?;
            new_units.extend(self.import_units(task_id, task).await?);
        }
        Ok(new_units)
    }

    async fn import_task(
        &mut self,
        plan_id: i64,
        section_id: Option<i64>,
        position: i64,
        task: &DraftTask,
    ) -> Result<i64> {
        let (mode, targets) = (key(&task.mode)?, serde_json::to_string(&task.targets)?);
        let insert = sqlx::query!(
            "insert into task (plan_id, section_id, number, text, mode, targets, position) values (?, ?, ?, ?, ?, ?, ?)",
            plan_id,
            section_id,
            task.number,
            task.text,
            mode,
            targets,
            position
        );
        let task_id = insert.execute(self.connection()).await?.last_insert_rowid();
        for (position, milestone) in (0_i64..).zip(&task.milestones) {
            let kind = key(&milestone.kind)?;
            let insert = sqlx::query!(
                "insert into milestone (task_id, text, kind, due, scope, doubt, position) values (?, ?, ?, ?, ?, ?, ?)",
                task_id,
                milestone.text,
                kind,
                milestone.due,
                milestone.scope,
                milestone.doubt,
                position
            );
            insert.execute(self.connection()).await?;
        }
        Ok(task_id)
    }

    async fn import_units(&mut self, task_id: i64, task: &DraftTask) -> Result<Vec<String>> {
        let named = [
            (&task.leads, Some(Role::Lead)),
            (&task.responsible, Some(Role::Responsible)),
            (&task.supporting, Some(Role::Supporting)),
            (&task.collectives, None),
        ];
        let named = named.into_iter().flat_map(|(names, role)| names.iter().map(move |name| (name, role)));
        let mut new_units = Vec::new();
        for (position, (name, role)) in (0_i64..).zip(named) {
            if self.add_unit(name, role.is_none()).await? {
                new_units.push(name.clone());
            }
            let unit = self.unit_id(name).await?;
            let printed_role = role.map_or("collective", Role::key);
            let insert = sqlx::query!(
                "insert into task_unit (task_id, unit_id, role, position) values (?, ?, ?, ?) on conflict do nothing",
                task_id,
                unit.0,
                printed_role,
                position
            );
            insert.execute(self.connection()).await?;
            if let Some(role) = role {
                self.add_duty(task_id, unit, role).await?;
            }
        }
        Ok(new_units)
    }

    async fn add_duty(&mut self, task_id: i64, unit: UnitId, role: Role) -> Result<()> {
        let role = role.key();
        let insert = sqlx::query!(
            "insert into duty (task_id, unit_id, role) values (?, ?, ?) on conflict do nothing",
            task_id,
            unit.0,
            role
        );
        insert.execute(self.connection()).await?;
        Ok(())
    }

    /// Gives every member of a collective unit its part in the collective's tasks, unless it has one of its own.
    pub(super) async fn expand_collectives(&mut self) -> Result<()> {
        let expand = sqlx::query!(
            "insert into duty (task_id, unit_id, role, via_id)
             select task_unit.task_id, unit_member.member_id, 'responsible', task_unit.unit_id from task_unit
             join unit_member on unit_member.collective_id = task_unit.unit_id
             where task_unit.role = 'collective'
             order by task_unit.task_id, task_unit.position, unit_member.rowid
             on conflict do nothing"
        );
        expand.execute(self.connection()).await?;
        Ok(())
    }

    async fn collectives_without_members(&mut self, plan_id: i64) -> Result<Vec<String>> {
        let names = sqlx::query_scalar!(
            "select distinct unit.name from task_unit join unit on unit.id = task_unit.unit_id
             join task on task.id = task_unit.task_id
             where task_unit.role = 'collective' and task.plan_id = ?
               and not exists (select 1 from unit_member where collective_id = unit.id)
             order by unit.id",
            plan_id
        );
        Ok(names.fetch_all(self.connection()).await?)
    }

    pub async fn plans(&mut self) -> Result<Vec<PlanRow>> {
        let plans = sqlx::query_as!(
            PlanRow,
            r#"select id, code, title, document_number, issued_on as "issued_on: NaiveDate",
                   imported_at as "imported_at: DateTime<Utc>",
                   (select count(*) from task where plan_id = plan.id) as "tasks!: i64",
                   (select count(*) from duty join task on task.id = duty.task_id where plan_id = plan.id) as "duties!: i64"
               from plan order by id"#
        );
        Ok(plans.fetch_all(self.connection()).await?)
    }

    /// What reading each plan's document gave.
    pub async fn drafts(&mut self) -> Result<Vec<Draft>> {
        let drafts = sqlx::query_scalar!("select draft from plan order by id").fetch_all(self.connection()).await?;
        Ok(drafts.iter().map(|draft| serde_json::from_str(draft)).collect::<Result<_, _>>()?)
    }
}

/// The name that an enum's value has in JSON.
fn key(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}
