//! `duban plan`: from a document to a plan in the database.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::print_json;
use crate::domain::plan::{Draft, DraftTask};
use crate::domain::revision::compare;
use crate::store::{Imported, Store, local, path_of};

pub struct Options {
    pub dry_run: bool,
    pub json: bool,
    pub code: Option<String>,
}

pub async fn import(database: &str, file: &Path, options: Options, now: DateTime<Utc>) -> Result<()> {
    let not_found = || format!("读不到文件 {}，请核对路径和权限", file.display());
    let not_understood = || format!("没有读懂 {}", file.display());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // A huge file is refused before it takes memory.
    let size = std::fs::metadata(file).with_context(not_found)?.len();
    crate::plan::check(&name, size).with_context(not_understood)?;
    let bytes = std::fs::read(file).with_context(not_found)?;
    let progress = under_way(format!("正在读取 {name} …"));
    let draft = crate::plan::read(&name, &bytes).with_context(not_understood)?;
    progress.finish_and_clear();
    if options.dry_run {
        show(&draft, None, options.json)?;
        if !options.json {
            print!("{}", describe_difference(database, &draft, options.code.as_deref(), now).await?);
        }
        return Ok(());
    }
    if let Some(number) = draft.repeated_number() {
        bail!("编号“{number}”在方案中不止一次，回复时无法分清。请在 {name} 中改正后再导入，未作任何更改");
    }
    let progress = under_way(format!("正在存入 {} 项任务 …", draft.tasks.len()));
    let store = Store::open_or_create(database).await?;
    let mut tx = store.begin(now).await?;
    let imported = tx.import(&draft, &Sha256::digest(&bytes), &name, options.code.as_deref()).await?;
    tx.commit().await?;
    store.close().await;
    progress.finish_and_clear();
    show(&draft, Some(&imported), options.json)
}

/// A line on the terminal that shows that work goes on; nothing where stderr is no terminal.
fn under_way(what: String) -> ProgressBar {
    let progress = ProgressBar::new_spinner().with_message(what);
    progress.enable_steady_tick(Duration::from_millis(120));
    progress
}

#[derive(Serialize)]
struct ImportedDraft<'a> {
    #[serde(flatten)]
    draft: &'a Draft,
    plan_id: i64,
    changes: &'a [String],
}

fn show(draft: &Draft, imported: Option<&Imported>, json: bool) -> Result<()> {
    match (json, imported) {
        (true, None) => print_json(draft),
        (true, Some(Imported { plan_id, changes })) => print_json(&ImportedDraft { draft, plan_id: *plan_id, changes }),
        (false, imported) => {
            print!("{}", describe(draft));
            print!("{}", describe_outcome(imported));
            Ok(())
        }
    }
}

/// What was understood, for a person to check in a minute.
fn describe(draft: &Draft) -> String {
    let unknown = || "（未读到）".to_owned();
    let milestones: usize = draft.tasks.iter().map(|task| task.milestones.len()).sum();
    let mut lines = vec![
        format!("标题：{}", draft.title.clone().unwrap_or_else(unknown)),
        format!(
            "文号：{}　发文：{}　日期：{}",
            draft.document_number.clone().unwrap_or_else(unknown),
            draft.issuer.clone().unwrap_or_else(unknown),
            draft.issued_on.map_or_else(unknown, |date| date.to_string())
        ),
        format!("共 {} 部分，{} 项任务，{milestones} 个时限。", draft.sections.len(), draft.tasks.len()),
        String::new(),
    ];
    for task in &draft.tasks {
        lines.push(format!("{}　{}", task.number, head(&task.text)));
        lines.push(format!("　　{}", units(task)));
        for milestone in &task.milestones {
            let due = milestone.due.map_or_else(|| "无具体日期".to_owned(), |due| due.to_string());
            let scope = milestone.scope.as_ref().map(|scope| format!("（{scope}）")).unwrap_or_default();
            let doubt = milestone.doubt.as_ref().map(|doubt| format!("　存疑：{doubt}")).unwrap_or_default();
            lines.push(format!("　　时限：{}{scope} → {due}{doubt}", milestone.text));
        }
    }
    if !draft.problems.is_empty() {
        lines.push(format!("\n存疑 {} 处：", draft.problems.len()));
        lines.extend(
            draft.problems.iter().map(|problem| format!("第 {} 行：{}{}", problem.line, problem.message, problem.hint)),
        );
    }
    lines.join("\n") + "\n"
}

/// What importing would change in a plan that is already there.
async fn describe_difference(database: &str, draft: &Draft, code: Option<&str>, now: DateTime<Utc>) -> Result<String> {
    if !path_of(database)?.exists() {
        return Ok(String::new());
    }
    let store = Store::open(database).await?;
    let earlier = store.read(now).await?.earlier_version(draft, code).await?;
    let Some((_, before)) = earlier else { return Ok(String::new()) };
    let changes = compare(&before, draft).changes;
    if changes.is_empty() {
        return Ok("与已导入的方案相比没有变化。\n".to_owned());
    }
    Ok(format!("与已导入的方案相比，变化 {} 处：\n{}\n", changes.len(), changes.join("\n")))
}

pub async fn close(database: &str, plan: &str, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.begin(now).await?;
    let title = tx.close_plan(plan).await?;
    tx.commit().await?;
    store.close().await;
    println!("已结束：《{title}》，不再提醒");
    Ok(())
}

fn describe_outcome(imported: Option<&Imported>) -> String {
    match imported {
        None => "\n以上为试读，未存入数据库。\n".to_owned(),
        Some(imported) if imported.changes.is_empty() => "\n这份文件已经导入过，没有变化。\n".to_owned(),
        Some(imported) => format!("\n已导入：\n{}\n", imported.changes.join("\n")),
    }
}

fn head(text: &str) -> String {
    const SHOWN: usize = 36;
    let mut head: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        head.push('…');
    }
    head
}

fn units(task: &DraftTask) -> String {
    let part = |label: &str, names: &[String]| (!names.is_empty()).then(|| format!("{label}：{}", names.join("、")));
    let parts = [
        part("牵头", &task.leads),
        part("负责", &task.responsible),
        part("配合", &task.supporting),
        part("统称", &task.collectives),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "（没有单位）".to_owned() } else { parts.join("；") }
}

pub async fn list(database: &str, json: bool, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let (plans, policy) = (tx.plans().await?, tx.policy().await?);
    if json {
        let rows = plans.iter().map(|plan| {
            json!({
                "plan_id": plan.id, "code": plan.code, "title": plan.title, "document_number": plan.document_number,
                "issued_on": plan.issued_on, "imported_at": local(plan.imported_at, policy.timezone),
                "closed_at": plan.closed_at.map(|at| local(at, policy.timezone)),
                "tasks": plan.tasks, "duties": plan.duties,
            })
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    if plans.is_empty() {
        println!("还没有方案。请用 duban plan import 文件 导入。");
    }
    for plan in plans {
        let number = plan.document_number.unwrap_or_default();
        let closed = if plan.closed_at.is_some() { "　已结束" } else { "" };
        println!("{}　{}　{number}　任务 {} 项，责任 {} 条{closed}", plan.id, plan.title, plan.tasks, plan.duties);
    }
    Ok(())
}
