//! A copy of the database each day, beside it, and so many of them kept.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::reply::coordinator;
use crate::store::{Store, Tx};

/// Makes the copy of the day, if the office wants one and the day has none yet, and removes the oldest ones. That it
/// failed is told to the coordinators, once a day.
pub async fn keep_safe(store: &Store, database: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    let mut view = store.read(now).await?;
    let (policy, tried_on) = (view.policy().await?, view.backup_tried_on().await?);
    let moment = view.moment().await?;
    drop(view);
    if policy.backups == 0 || tried_on == Some(moment.today) {
        return Ok(());
    }
    let made = back_up(store, database, moment, policy.backups).await;
    if let Err(error) = &made {
        tracing::error!(error = format!("{error:#}"), "the daily backup failed");
    }
    let mut tx: Tx = store.begin(now).await?;
    tx.set_backup_tried_on(moment.today).await?;
    if let Err(error) = made {
        tx.tell_coordinators(&coordinator::not_backed_up(&format!("{error:#}")), moment.opening).await?;
    }
    Ok(tx.commit().await?)
}

async fn back_up(store: &Store, database: &Path, moment: Moment, kept: usize) -> Result<()> {
    let folder = database.with_added_extension("backups");
    create_private_folder(&folder).with_context(|| format!("不能建立 {}", folder.display()))?;
    let target = folder.join(name_of(moment.today));
    if !target.exists() {
        store.back_up(&target, moment.now).await?;
        tracing::info!(file = %target.display(), "backed up");
    }
    for old in superfluous(&folder, kept).with_context(|| format!("不能读 {}", folder.display()))? {
        std::fs::remove_file(&old).with_context(|| format!("不能删除 {}", old.display()))?;
    }
    Ok(())
}

fn name_of(day: NaiveDate) -> String {
    format!("duban-{day}.db")
}

/// The copies beyond the newest `kept`. Other files in the folder are nobody's business here.
fn superfluous(folder: &Path, kept: usize) -> std::io::Result<Vec<PathBuf>> {
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let day = name.strip_prefix("duban-").and_then(|name| name.strip_suffix(".db"));
        if day.is_some_and(|day| day.parse::<NaiveDate>().is_ok()) {
            copies.push(path);
        }
    }
    copies.sort_unstable();
    copies.truncate(copies.len().saturating_sub(kept));
    Ok(copies)
}

fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
