//! Plans on their way from the document into tasks, milestones and duties.

use serde_json::json;

use crate::importing::rows;
use crate::importing::rows::tasks::{add_sections, add_task};
use crate::importing::{Amendments, Document, Imported};
use crate::office::ids::PlanId;
use crate::office::plan::{Draft, DraftTask};
use crate::roll::rows::matching::LikelyMatch;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};
use crate::{assigning, plans, roll};

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
    if let Some(known) = with_digest(tx, digest).await? {
        let mut changes = Vec::new();
        if let Some(code) = code.filter(|code| known.code.as_deref() != Some(code)) {
            plans::rows::name_plan(tx, &known.id.to_string(), code).await?;
            changes.push(format!("简称改为“{code}”"));
        }
        return Ok(Imported { plan_id: known.id, changes });
    }
    refuse_name(tx, &document).await?;
    let prefixed = roll::rows::matching::printed_once_prefixes(tx, draft).await?;
    for (name, full) in &prefixed {
        roll::rows::matching::match_with(tx, name, full).await?;
    }
    let likely = roll::rows::matching::likely_matches(tx, draft).await?;
    let earlier = earlier_version(tx, draft, code).await?;
    let before = earlier.as_ref().map(|(_, before)| before.clone());
    let (plan_id, changes, new_units) = match earlier {
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
    roll::rows::collectives::expand_collectives(tx).await?;
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

/// A plan as it stands beside the document that it was made of.
struct Held {
    id: i64,
    code: Option<String>,
    title: String,
    ended: bool,
}

async fn with_digest(tx: &mut Tx, digest: &[u8]) -> Result<Option<Held>> {
    let held = sqlx::query_as!(
        Held,
        r#"select id as "id!", code, title, closed_at is not null as "ended!: bool" from plan where digest = ?
           order by closed_at is not null, id limit 1"#,
        digest
    );
    Ok(held.fetch_optional(tx.connection()).await?)
}

/// Refuses, for a trial and for good, what cannot be imported; changes nothing.
pub async fn refuse(tx: &mut Tx, document: &Document<'_>) -> Result<()> {
    if document.draft.notice {
        return assigning::rows::notices::item(tx, document.draft, document.digest).await.map(|_| ());
    }
    let Some(held) = with_digest(tx, document.digest).await? else { return refuse_name(tx, document).await };
    if held.ended {
        let title = held.title;
        return Err(Error::Refused(format!(
            "这份文件已经导入过，其方案《{title}》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办"
        )));
    }
    match document.code.filter(|code| held.code.as_deref() != Some(code)) {
        Some(code) => plans::rows::refuse_name(tx, PlanId(held.id), code).await,
        None => Ok(()),
    }
}

/// Refuses a short name that none can have, or that is another plan's.
async fn refuse_name(tx: &mut Tx, document: &Document<'_>) -> Result<()> {
    let Some(code) = document.code else { return Ok(()) };
    if let Some(fault) = plans::rules::fault_in_name(code) {
        return Err(Error::Refused(fault));
    }
    match earlier_version(tx, document.draft, document.code).await? {
        Some((_, before)) if is_another(&before, document.draft) => {
            let title = before.title.as_deref().unwrap_or_default();
            Err(Error::Refused(format!(
                "简称“{code}”已用于《{title}》，与这份文件的标题和内容都不相同，未作更改。如是另一个方案，请另取简称；如要替换，请先用 duban plan close {code} 结束原方案并另取简称"
            )))
        }
        _ => Ok(()),
    }
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

/// What reading each plan's document gave, or that of one, under the number of the plan.
pub async fn drafts(tx: &mut Tx, plan: Option<PlanId>) -> Result<Vec<(i64, Draft)>> {
    let plan = plan.map(|plan| plan.0);
    let drafts = sqlx::query!(r#"select id as "id!", draft from plan where ?1 is null or id = ?1 order by id"#, plan);
    let drafts = drafts.fetch_all(tx.connection()).await?;
    drafts.into_iter().map(|row| Ok((row.id, serde_json::from_str(&row.draft)?))).collect()
}
