//! A consistent copy while the bot runs, checked before it gets its name.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::{Error, Result, Store, Tx, Verification, create_private};

impl Store {
    /// Copies the database to `target`, which must not exist yet. What does not pass [`Tx::verify`] gets no name.
    pub async fn back_up(&self, target: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<Verification> {
        if target.exists() {
            return Err(Error::Refused(format!("{} 已经存在，未作备份。请换一个文件名", target.display())));
        }
        let unfinished = target.with_added_extension("unfinished");
        let copied = self.copy_to(&unfinished, now).await;
        match copied {
            Ok(verification) if verification.holds() => {
                name_durably(&unfinished, target).map_err(|cause| cannot_write(target, cause))?;
                Ok(verification)
            }
            Ok(_) => {
                Err(discard(&unfinished, Error::Refused("备份没有通过核验，已放弃。请运行 duban verify".to_owned())))
            }
            Err(error) => Err(discard(&unfinished, error)),
        }
    }

    async fn copy_to(&self, file: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<Verification> {
        // What an interrupted backup left behind. SQLite accepts an empty file, and so the copy is private from the start.
        let _ = std::fs::remove_file(file);
        create_private(file).map_err(|cause| cannot_write(file, cause))?;
        let name = file.to_string_lossy().into_owned();
        sqlx::query("vacuum into ?").bind(name).execute(&self.writer).await?;
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let mut copy = Tx { inner: pool.begin().await?, now };
        let verification = copy.verify().await?;
        drop(copy);
        pool.close().await;
        Ok(verification)
    }
}

/// The bytes are on disk before the name is, and the name before we say so.
fn name_durably(unfinished: &Path, target: &Path) -> io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    std::fs::rename(unfinished, target)?;
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    File::open(folder)?.sync_all()
}

fn cannot_write(file: &Path, cause: io::Error) -> Error {
    Error::Refused(format!("不能写 {}：{cause}。请核对目录、权限和空间", file.display()))
}

fn discard(unfinished: &Path, error: Error) -> Error {
    let _ = std::fs::remove_file(unfinished);
    error
}
