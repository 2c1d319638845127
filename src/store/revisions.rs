//! A plan that is issued again: the difference is applied, and reports stay with their duties.

use serde_json::json;

use super::ledger::Actor;
use super::plans::{Document, key, section_of};
use super::{Error, Result, Tx};
use crate::domain::plan::{Draft, DraftTask};
use crate::domain::revision::compare;

impl Tx {
    /// Brings a plan up to `document`: its id, the changes in words, and the names of new units.
    pub(super) async fn revise(
        &mut self,
        plan_id: i64,
        before: &Draft,
        document: &Document<'_>,
    ) -> Result<(i64, Vec<String>, Vec<String>)> {
        let after = document.draft;
        let revision = compare(before, after);
        let tasks = self.tasks_by_place(plan_id, before).await?;
        self.replace_heading(plan_id, document).await?;
        self.set_numbers_aside(plan_id).await?;
        let sections = self.replace_sections(plan_id, after).await?;
        for place in &revision.ended {
            self.end_task(tasks[*place], &before.tasks[*place].number).await?;
        }
        let mut new_units = Vec::new();
        for (old, new) in &revision.kept {
            let (task, position) = (&after.tasks[*new], i64::try_from(*new).unwrap_or(i64::MAX));
            self.replace_task(tasks[*old], section_of(task, &sections), position, task).await?;
            new_units.extend(self.replace_units(tasks[*old], task).await?);
            self.replace_milestones(tasks[*old], task).await?;
        }
        for place in &revision.added {
            let position = i64::try_from(*place).unwrap_or(i64::MAX);
            new_units.extend(self.add_task(plan_id, &sections, position, &after.tasks[*place]).await?);
        }
        let body = json!({ "plan": plan_id, "digest": document.digest, "changes": revision.changes });
        self.note(Actor::Operator, "plan_revised", body).await?;
        Ok((plan_id, revision.changes, new_units))
    }

    /// The ids of the tasks that stand, in the draft's order.
    async fn tasks_by_place(&mut self, plan_id: i64, draft: &Draft) -> Result<Vec<i64>> {
        let rows = sqlx::query_scalar!(
            r#"select id as "id!" from task where plan_id = ? and ended_at is null order by position"#,
            plan_id
        );
        let tasks = rows.fetch_all(self.connection()).await?;
        match tasks.len() == draft.tasks.len() {
            true => Ok(tasks),
            false => Err(Error::Refused(format!("方案 {plan_id} 的任务与其存档不符，请运行 duban verify"))),
        }
    }

    async fn replace_heading(&mut self, plan_id: i64, document: &Document<'_>) -> Result<()> {
        let Document { draft, digest, source, code } = *document;
        let title = draft.title.as_deref().unwrap_or(source);
        let text = serde_json::to_string(draft)?;
        let update = sqlx::query!(
            "update plan set code = coalesce(?, code), title = ?, document_number = ?, issuer = ?, issued_on = ?,
                 source = ?, digest = ?, draft = ?, closed_at = null where id = ?",
            code,
            title,
            draft.document_number,
            draft.issuer,
            draft.issued_on,
            source,
            digest,
            text,
            plan_id
        );
        update.execute(self.connection()).await?;
        Ok(())
    }

    /// Frees all numbers, so that tasks may exchange theirs.
    async fn set_numbers_aside(&mut self, plan_id: i64) -> Result<()> {
        let aside = sqlx::query!(
            "update task set number = '~' || id, section_id = null where plan_id = ? and ended_at is null",
            plan_id
        );
        aside.execute(self.connection()).await?;
        Ok(())
    }

    async fn replace_sections(&mut self, plan_id: i64, draft: &Draft) -> Result<Vec<(String, i64)>> {
        let detach = sqlx::query!("update task set section_id = null where plan_id = ?", plan_id);
        detach.execute(self.connection()).await?;
        sqlx::query!("delete from section where plan_id = ?", plan_id).execute(self.connection()).await?;
        self.add_sections(plan_id, draft).await
    }

    async fn end_task(&mut self, task_id: i64, number: &str) -> Result<()> {
        let now = self.now;
        let end = sqlx::query!("update task set ended_at = ?, number = ? where id = ?", now, number, task_id);
        end.execute(self.connection()).await?;
        let duties = sqlx::query!("update duty set ended_at = ? where task_id = ? and ended_at is null", now, task_id);
        duties.execute(self.connection()).await?;
        Ok(())
    }

    async fn replace_task(
        &mut self,
        task_id: i64,
        section_id: Option<i64>,
        position: i64,
        task: &DraftTask,
    ) -> Result<()> {
        let (mode, targets) = (key(&task.mode)?, serde_json::to_string(&task.targets)?);
        let others = task.others.join("\n");
        let update = sqlx::query!(
            "update task set section_id = ?, number = ?, text = ?, mode = ?, targets = ?, others = ?, position = ? where id = ?",
            section_id,
            task.number,
            task.text,
            mode,
            targets,
            others,
            position,
            task_id
        );
        update.execute(self.connection()).await?;
        Ok(())
    }

    /// Ends all parts in the task, then gives out those that the document names; a part that goes on keeps its row.
    async fn replace_units(&mut self, task_id: i64, task: &DraftTask) -> Result<Vec<String>> {
        let now = self.now;
        sqlx::query!("delete from task_unit where task_id = ?", task_id).execute(self.connection()).await?;
        let end = sqlx::query!("update duty set ended_at = ? where task_id = ? and ended_at is null", now, task_id);
        end.execute(self.connection()).await?;
        self.add_units(task_id, task).await
    }

    /// A milestone with the same day and place is the same one, and where it has no day, with the same words; what is gone
    /// stays on record.
    async fn replace_milestones(&mut self, task_id: i64, task: &DraftTask) -> Result<()> {
        let now = self.now;
        let end =
            sqlx::query!("update milestone set ended_at = ? where task_id = ? and ended_at is null", now, task_id);
        end.execute(self.connection()).await?;
        for (position, milestone) in (0_i64..).zip(&task.milestones) {
            let kind = key(&milestone.kind)?;
            let revive = sqlx::query!(
                "update milestone set ended_at = null, position = ?1, kind = ?2, doubt = ?3, text = ?5
                 where id = (select id from milestone
                             where task_id = ?4 and (text = ?5 or due is not null) and scope is ?6 and due is ?7
                               and ended_at is not null
                             order by text = ?5 desc, id desc limit 1)",
                position,
                kind,
                milestone.doubt,
                task_id,
                milestone.text,
                milestone.scope,
                milestone.due
            );
            if revive.execute(self.connection()).await?.rows_affected() == 0 {
                self.add_milestone(task_id, position, milestone).await?;
            }
        }
        Ok(())
    }
}
