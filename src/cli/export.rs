//! `duban export FILE`: the format is the extension.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use tempfile::NamedTempFile;

use crate::cli::archive;
use crate::cli::archive::Archived;
use crate::cli::say::say;
use crate::evidence::list;
use crate::store::{Store, Tx, ledger};
use crate::{files, filing, plans, settings};

pub async fn export(
    database: &str,
    file: &Path,
    timeline: bool,
    wanted: &filing::bulletin::Wanted,
    now: DateTime<Utc>,
) -> Result<()> {
    let format = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
    if !["json", "jsonl", "xlsx", "docx", "png", "zip"].contains(&format.as_str()) {
        bail!(
            "不认识导出格式 {}，请用 .xlsx（台账工作簿）、.docx（通报）、.png（看板；加 --timeline 为时间轴）、.zip（佐证附件和清单）、.json（全部内容）或 .jsonl（台账）",
            file.display()
        );
    }
    ensure!(format == "png" || !timeline, "时间轴是图片，请用 .png");
    ensure!(format == "docx" || wanted.issue.is_none(), "期号仅用于通报，请用 .docx");
    ensure!(format != "jsonl" || wanted.plan.is_none(), "{} 是全部台账，不分方案，请去掉 --plan", file.display());
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let policy = settings::rows::policy::policy(&mut tx).await?;
    let moment = settings::rows::moment(&mut tx).await?;
    let plan = match &wanted.plan {
        // What was filed of a plan is asked for after its end, too.
        Some(words) => Some(plans::rows::called(&mut tx, words).await?.id),
        None => None,
    };
    let letterhead = &policy.letterhead;
    if format == "png" {
        let pages = if timeline {
            filing::making::timeline(&mut tx, moment, letterhead, plan).await?
        } else {
            filing::making::board(&mut tx, moment, letterhead, plan).await?
        };
        return pages.iter().zip(1..).try_for_each(|(page, number)| keep(&numbered(file, number), page));
    }
    if format == "docx" {
        return keep(file, &filing::making::bulletin(&mut tx, moment, letterhead, (plan, wanted.issue)).await?);
    }
    let mut whole = unfinished(file)?;
    match format.as_str() {
        "xlsx" => filing::making::workbook(&mut tx, moment, letterhead, plan, &mut whole).await?,
        "zip" => {
            let archived = archive::write(&mut tx, plan, moment, &mut whole).await?;
            finish(whole, file)?;
            let Archived { files, left_out } = archived;
            say!("佐证附件 {files} 件，收入 {} 件，未收入 {left_out} 件，详见其中的 {}", files - left_out, list::NAME)?;
            return Ok(());
        }
        "jsonl" => write_ledger(&mut tx, &mut whole).await?,
        _ => serde_json::to_writer_pretty(&mut whole, &filing::rows::export::export(&mut tx, moment, plan).await?)?,
    }
    finish(whole, file)
}

/// `board.png`, `board-2.png`, …
fn numbered(file: &Path, number: usize) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    match number {
        1 => file.to_owned(),
        _ => file.with_file_name(format!("{stem}-{number}.png")),
    }
}

fn keep(file: &Path, bytes: &[u8]) -> Result<()> {
    let mut whole = unfinished(file)?;
    whole.write_all(bytes).with_context(|| cannot_write(file))?;
    finish(whole, file)
}

/// A line an entry, as tools/verify-ledger.py reads them.
async fn write_ledger(tx: &mut Tx, file: &mut impl Write) -> Result<()> {
    const AT_ONCE: i64 = 1_000;
    let mut last = 0;
    loop {
        let entries = ledger::ledger_entries(tx, last, AT_ONCE).await?;
        let Some(end) = entries.last() else { return Ok(()) };
        last = end.seq;
        for entry in &entries {
            writeln!(file, "{}", serde_json::to_string(entry)?)?;
        }
    }
}

/// What is to become a file beside it, readable by its owner alone: it appears whole or not at all. It takes the place of
/// another file, and of nothing else.
fn unfinished(file: &Path) -> Result<NamedTempFile> {
    if file.symlink_metadata().is_ok() {
        files::size(file).with_context(|| cannot_write(file))?;
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    NamedTempFile::new_in(folder).with_context(|| cannot_write(file))
}

fn finish(whole: NamedTempFile, file: &Path) -> Result<()> {
    whole.as_file().sync_all().with_context(|| cannot_write(file))?;
    whole.persist(file).with_context(|| cannot_write(file))?;
    say!("已导出到 {}", file.display())?;
    Ok(())
}

fn cannot_write(file: &Path) -> String {
    format!("不能写 {}，请核对目录和权限", file.display())
}
