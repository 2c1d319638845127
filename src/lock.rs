//! One running bot a database.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::files;

/// Holds the database for one running bot, for as long as it lives.
///
/// The lock is on the database's file itself, so that it does not matter by which of several paths (a symbolic or a hard
/// link, a mount) somebody comes. It is one of `flock`, which does not meet the locks of `fcntl` that SQLite takes on the
/// same file. But to close any descriptor of a file gives up all that its process holds by `fcntl`: the lock is therefore
/// taken before SQLite opens the file, and must be dropped after SQLite has closed it.
///
/// A second lock is on a file beside it, which keeps its name when the database is replaced under a running bot. Earlier
/// versions have only that one.
pub struct Lock {
    _itself: File,
    _beside: File,
}

impl Lock {
    /// `database` is a path that [`Store::settle`](crate::store::Store::settle) gave.
    pub fn take(database: &Path) -> Result<Lock> {
        let itself = File::open(database);
        let itself = itself.with_context(|| format!("打不开数据库 {}，请核对权限", database.display()))?;
        let path = database.with_added_extension("lock");
        let cannot_write = || format!("不能写 {}，请核对目录和权限", path.display());
        if path.exists() {
            files::size(&path).and_then(|_| files::make_private(&path)).with_context(cannot_write)?;
        }
        let options = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).clone();
        let beside = options.open(&path).with_context(cannot_write)?;
        for file in [&itself, &beside] {
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    bail!("另一个 duban 正在使用数据库 {}，请先停掉它", database.display())
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("不能锁定 {}，请改用本机磁盘", database.display()));
                }
            }
        }
        Ok(Lock { _itself: itself, _beside: beside })
    }
}
