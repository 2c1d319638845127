//! `duban export FILE`: the format is the extension.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use tempfile::NamedTempFile;

use super::say::say;
use crate::files;
use crate::filing;
use crate::store::{Store, Tx};

pub async fn export(database: &str, file: &Path, timeline: bool, now: DateTime<Utc>) -> Result<()> {
    let format = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
    if !["json", "jsonl", "xlsx", "docx", "png"].contains(&format.as_str()) {
        bail!(
            "不认识导出格式 {}，请用 .xlsx（台账工作簿）、.docx（通报）、.png（看板；加 --timeline 为时间轴）、.json（全部内容）或 .jsonl（台账）",
            file.display()
        );
    }
    ensure!(format == "png" || !timeline, "时间轴是图片，请用 .png");
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let policy = tx.policy().await?;
    let moment = tx.moment().await?;
    if format == "png" {
        let pages = match timeline {
            true => filing::timeline(&mut tx, moment, policy.ranking).await?,
            false => filing::board(&mut tx, moment, policy.ranking).await?,
        };
        return pages.iter().zip(1..).try_for_each(|(page, number)| keep(&numbered(file, number), page));
    }
    if format == "docx" {
        return keep(file, &filing::bulletin(&mut tx, moment, policy.ranking).await?);
    }
    let mut whole = unfinished(file)?;
    match format.as_str() {
        "xlsx" => filing::workbook(&mut tx, moment, policy.ranking, &mut whole).await?,
        "jsonl" => write_ledger(&mut tx, &mut whole).await?,
        _ => serde_json::to_writer_pretty(&mut whole, &tx.export(moment).await?)?,
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
        let entries = tx.ledger_entries(last, AT_ONCE).await?;
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
