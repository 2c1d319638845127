//! `duban plan`: from a document to a plan in the database.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use clap::Subcommand;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::cli::draft::describe;
use crate::cli::say::{print, print_json, say};
use crate::filing::rows::export::local;
use crate::importing::Amendments;
use crate::importing::revision::compare;
use crate::importing::{Document, Imported};
use crate::office::plan::Draft;
use crate::office::rows::namesakes;
use crate::plans::PlanRow;
use crate::roll::rows::matching::LikelyMatch;
use crate::store::{Store, Tx, path_of};
use crate::{files, importing, plans, roll, settings};

#[derive(Debug, Subcommand)]
pub(super) enum PlanCommand {
    /// 读取一份方案文件，显示读到的内容和存疑之处，并存入数据库
    #[command(
        after_help = "示例：duban plan import 方案.docx --dry-run\n      duban plan import 方案.docx --code 营商环境"
    )]
    Import {
        /// .docx .doc .wps .pdf .ofd .xlsx .xls .et .ods .csv .html .mht .rtf .txt .md
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 只读取和显示，不存入
        #[arg(long)]
        dry_run: bool,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
        /// 本单位给这份方案的简称
        #[arg(long, value_name = "简称")]
        code: Option<String>,
    },
    /// 给一份方案取简称；有几份方案时用它区分
    #[command(after_help = "示例：duban plan name 1 营商环境")]
    Name {
        /// 方案的编号、简称或标题里的文字，见 duban plan list
        #[arg(value_name = "方案")]
        plan: String,
        /// 新的简称，最多 16 个字
        #[arg(value_name = "简称")]
        name: String,
    },
    /// 结束一份方案，不再提醒
    #[command(after_help = "示例：duban plan close 1")]
    Close {
        /// 方案的编号、简称或标题里的文字，见 duban plan list
        #[arg(value_name = "方案")]
        plan: String,
    },
    /// 列出已导入的方案
    List {
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

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
    let size = files::size(file).with_context(not_found)?;
    crate::plan::check(&name, size).with_context(not_understood)?;
    let bytes = files::read(file, size).with_context(not_found)?;
    let progress = under_way(format!("正在读取 {name} …"));
    let draft = crate::plan::read(&name, &bytes).with_context(not_understood)?;
    progress.finish_and_clear();
    let (digest, code) = (Sha256::digest(&bytes), options.code.as_deref());
    let mut document = Document { draft: &draft, digest: &digest, source: &name, code, amendments: Amendments::Kept };
    if options.dry_run {
        return rehearse(database, &document, options.json, now).await;
    }
    refuse_unreadable(&document)?;
    let store = Store::open_or_create(database).await?;
    importing::rows::plans::refuse(&mut store.read(now).await?, &document).await?;
    if !options.json && std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let mut tx = store.begin(now).await?;
        ask_who_is_meant(&mut tx, &draft, std::io::stdin().lock(), std::io::stderr()).await?;
        document.amendments =
            ask_what_counts(&mut tx, (&draft, code), std::io::stdin().lock(), std::io::stderr()).await?;
        tx.commit().await?;
    }
    let progress = under_way(format!("正在存入 {} 项任务 …", draft.tasks.len()));
    let mut tx = store.begin(now).await?;
    let imported = importing::rows::plans::import_document(&mut tx, document).await?;
    tx.commit().await?;
    store.close().await;
    progress.finish_and_clear();
    show(&draft, Some(&imported), options.json)
}

/// Asks about each printed name that may stand for a unit which has another form on the roll.
async fn ask_who_is_meant(
    tx: &mut Tx,
    draft: &Draft,
    mut answers: impl BufRead,
    mut questions: impl Write,
) -> Result<()> {
    for LikelyMatch { name, candidates } in roll::rows::matching::likely_matches(tx, draft).await? {
        let numbered = candidates.iter().zip(1..).map(|(candidate, number)| format!("{number} {candidate}"));
        let choices = numbered.collect::<Vec<_>>().join("　");
        write!(questions, "“{name}”不在名册上，是不是下列单位之一？{choices}　（输入序号；都不是请直接回车）：")?;
        questions.flush()?;
        let mut answer = String::new();
        answers.read_line(&mut answer)?;
        let chosen = answer.trim().parse().ok().and_then(|number: usize| candidates.get(number.checked_sub(1)?));
        if let Some(unit) = chosen {
            roll::rows::matching::match_with(tx, &name, unit).await?;
            writeln!(questions, "已登记：“{name}”是{unit}的简称。")?;
        }
    }
    Ok(())
}

/// Asks whether what coordinators have changed of the plan's tasks goes on to count.
async fn ask_what_counts(
    tx: &mut Tx,
    (draft, code): (&Draft, Option<&str>),
    mut answers: impl BufRead,
    mut questions: impl Write,
) -> Result<Amendments> {
    let Some((plan, before)) = importing::rows::plans::earlier_version(tx, draft, code).await? else {
        return Ok(Amendments::Kept);
    };
    let kept = importing::rows::amended::kept(tx, plan, &before, draft).await?;
    if kept.is_empty() {
        return Ok(Amendments::Kept);
    }
    write!(questions, "{}\n以上修改是否改按新文件？（改按新文件请输入 y；继续有效请直接回车）：", kept.join("\n"))?;
    questions.flush()?;
    let mut answer = String::new();
    answers.read_line(&mut answer)?;
    Ok(if answer.trim().eq_ignore_ascii_case("y") { Amendments::Ended } else { Amendments::Kept })
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
            print(describe(draft))?;
            print(describe_outcome(imported))?;
            Ok(())
        }
    }
}

/// `--dry-run`: what was read, and what importing it would change. What could not be imported is refused all the same, once
/// it is shown.
async fn rehearse(database: &str, document: &Document<'_>, json: bool, now: DateTime<Utc>) -> Result<()> {
    show(document.draft, None, json)?;
    refuse_unreadable(document)?;
    if !path_of(database)?.exists() {
        return Ok(());
    }
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    importing::rows::plans::refuse(&mut tx, document).await?;
    if !json {
        print(describe_difference(&mut tx, document.draft, document.code).await?)?;
    }
    Ok(())
}

/// What is wrong with a document and its short name, whatever the database holds.
fn refuse_unreadable(document: &Document<'_>) -> Result<()> {
    if let Some(number) = document.draft.repeated_number() {
        let name = document.source;
        bail!("编号“{number}”在方案中不止一次，回复时无法分清。请在 {name} 中改正后再导入，未作任何更改");
    }
    let of_plan = document.code.filter(|_| !document.draft.notice);
    of_plan.and_then(plans::rules::fault_in_name).map_or(Ok(()), |fault| bail!("{fault}"))
}

/// What importing would change in a plan that is already there.
async fn describe_difference(tx: &mut Tx, draft: &Draft, code: Option<&str>) -> Result<String> {
    let earlier = importing::rows::plans::earlier_version(tx, draft, code).await?;
    let Some((plan, before)) = earlier else { return Ok(String::new()) };
    let kept = importing::rows::amended::kept(tx, plan, &before, draft).await?;
    let changes: Vec<String> = compare(&before, draft).changes.into_iter().chain(kept).collect();
    if changes.is_empty() {
        return Ok("与已导入的方案相比没有变化。\n".to_owned());
    }
    Ok(format!("与已导入的方案相比，变化 {} 处：\n{}\n", changes.len(), changes.join("\n")))
}

pub async fn close(database: &str, plan: &str, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.begin(now).await?;
    let title = plans::rows::close_plan(&mut tx, plan).await?;
    tx.commit().await?;
    store.close().await;
    say!("已结束：《{title}》，不再提醒")?;
    Ok(())
}

pub async fn name(database: &str, plan: &str, name: &str, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.begin(now).await?;
    let title = plans::rows::name_plan(&mut tx, plan, name).await?;
    tx.commit().await?;
    store.close().await;
    say!("已登记：《{title}》简称“{name}”")?;
    Ok(())
}

fn describe_outcome(imported: Option<&Imported>) -> String {
    match imported {
        None => "\n以上为试读，未存入数据库。\n".to_owned(),
        Some(imported) if imported.changes.is_empty() => "\n这份文件已经导入过，没有变化。\n".to_owned(),
        Some(imported) => format!("\n已导入：\n{}\n", imported.changes.join("\n")),
    }
}

pub async fn list(database: &str, json: bool, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let (rows, policy) = (plans::rows::plans(&mut tx).await?, settings::rows::policy::policy(&mut tx).await?);
    let names = namesakes::plan_names(&mut tx).await?;
    let name = |plan: &PlanRow| plan.code.clone().unwrap_or_else(|| names.always(plan.id, &plan.title));
    if json {
        let rows = rows.iter().map(|plan| {
            json!({
                "id": plan.id, "name": name(plan), "title": plan.title,
                "document_number": plan.document_number, "tasks": plan.tasks, "open": plan.open,
                "closed_on": plan.closed_at.map(|at| at.with_timezone(&policy.timezone).date_naive()),
                "plan_id": plan.id, "code": plan.code, "issued_on": plan.issued_on,
                "imported_at": local(plan.imported_at, policy.timezone),
                "closed_at": plan.closed_at.map(|at| local(at, policy.timezone)), "duties": plan.duties,
            })
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    if rows.is_empty() {
        say!("还没有方案。请用 duban plan import 文件 导入。")?;
    }
    for plan in rows {
        let number = plan.document_number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        let stands = match plan.closed_at {
            Some(_) => "已结束".to_owned(),
            None => format!("未办结 {} 项", plan.open),
        };
        let (id, name, title) = (plan.id, name(&plan), &plan.title);
        say!("{id}　{name}　《{title}》{number}　任务 {} 项，{stands}，责任 {} 条", plan.tasks, plan.duties)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{importing, roll};
    use chrono::DateTime;

    use crate::cli::plan::ask_who_is_meant;
    use crate::store::Store;

    #[tokio::test(flavor = "multi_thread")]
    async fn who_is_meant_is_asked() {
        let text = "1.甲甲甲。（省科技厅、工业和信息化厅、发改委负责）\n2.乙乙乙。（省工业和信息化厅牵头，编办、省发展改革委配合）";
        let draft = crate::plan::read("plan.txt", text.as_bytes()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::from_timestamp(1_550_000_000, 0).unwrap();
        let store = Store::open_or_create(&format!("sqlite://{}/duban.db", folder.path().display())).await.unwrap();
        let mut tx = store.begin(now).await.unwrap();
        roll::rows::add_unit(&mut tx, "省委编办", false).await.unwrap();
        let mut questions = Vec::new();
        ask_who_is_meant(&mut tx, &draft, "1\n9\n".as_bytes(), &mut questions).await.unwrap();
        insta::assert_snapshot!(String::from_utf8(questions).unwrap(), @"
        “发改委”不在名册上，是不是下列单位之一？1 省发展改革委　（输入序号；都不是请直接回车）：已登记：“发改委”是省发展改革委的简称。
        “编办”不在名册上，是不是下列单位之一？1 省委编办　（输入序号；都不是请直接回车）：
        ");
        let imported = importing::rows::plans::import(&mut tx, &draft, &[7; 32], "plan.txt", None).await.unwrap();
        insta::assert_snapshot!(imported.changes.join("\n"), @"
        新增方案《plan.txt》，任务 2 项
        名册新增单位 2 个：省科技厅、编办
        “工业和信息化厅”即省工业和信息化厅：同一列表的前一单位写明了级别
        “编办”与省委编办可能是同一单位，现按两个单位登记；如是同一单位，请用 duban unit succeed 编办 省委编办 合并
        ");
    }
}
