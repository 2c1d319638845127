//! A consistent copy while the bot runs, checked before it gets its name.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use tempfile::TempPath;

use super::{Error, Result, Store, Tx, Verification, file};
use crate::store::verify;

/// What the name of a copy ends with until it is checked.
pub const UNFINISHED: &str = "unfinished";

impl Store {
    /// Copies the database to `target`, which must not exist yet. What does not pass [`verify`](crate::store::verify::verify) gets no name.
    pub async fn back_up(&self, target: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<Verification> {
        // A link to nowhere is something, too.
        if target.symlink_metadata().is_ok() {
            return Err(exists_already(target));
        }
        let cannot_write = |cause: io::Error| cannot_write(target, &cause);
        // SQLite takes a name that begins with `file:` for an address.
        let unfinished = std::path::absolute(target).map_err(cannot_write)?.with_added_extension(UNFINISHED);
        discard_unfinished(&unfinished);
        file::create_private(&unfinished).map_err(cannot_write)?;
        // Removed unless it gets its name.
        let unfinished = TempPath::try_from_path(unfinished).map_err(cannot_write)?;
        let verification = match self.copy_to(&unfinished, now).await {
            Err(error) if error.is_full() => return Err(cannot_write(io::Error::other(error.to_string()))),
            copied => copied?,
        };
        if !verification.holds() {
            return Err(Error::Refused("备份没有通过核验，已放弃。请运行 duban verify".to_owned()));
        }
        name_durably(unfinished, target).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => exists_already(target),
            _ => cannot_write(cause),
        })?;
        Ok(verification)
    }

    /// Into an empty file, which SQLite accepts, and so the copy is private from the start. The one who writes goes on
    /// meanwhile.
    async fn copy_to(&self, file: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<Verification> {
        let name = file.to_string_lossy().into_owned();
        sqlx::query("vacuum into ?").bind(name).execute(&self.readers).await?;
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut copy = Tx::of(pool.begin().await?, now);
        let verification = verify::verify(&mut copy).await?;
        drop(copy);
        pool.close().await;
        Ok(verification)
    }
}

/// Removes what an interrupted backup left behind. Whatever cannot be removed shows when it is in the way.
pub fn discard_unfinished(unfinished: &Path) {
    let _ = std::fs::remove_file(unfinished);
    let mut journal = unfinished.as_os_str().to_owned();
    journal.push("-journal");
    let _ = std::fs::remove_file(PathBuf::from(journal));
}

/// The bytes are on disk before the name is, and the name before we say so. Nothing that got the name meanwhile is replaced.
fn name_durably(unfinished: TempPath, target: &Path) -> io::Result<()> {
    File::open(&unfinished)?.sync_all()?;
    unfinished.persist_noclobber(target)?;
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    File::open(folder)?.sync_all()
}

fn exists_already(target: &Path) -> Error {
    Error::Refused(format!("{} 已经存在，未作备份。请换一个文件名", target.display()))
}

fn cannot_write(file: &Path, cause: &io::Error) -> Error {
    Error::Refused(format!("不能写 {}：{cause}。请核对目录、权限和空间", file.display()))
}
