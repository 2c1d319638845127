//! A database file is looked at for `duban verify`. Nothing of it is changed, and no file appears beside it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, SqlitePool};

use crate::store::verify;
use crate::store::{BUSY, Error, Result, Tx, Verification, file, open_error, path_of, upgrade, write_ahead};

const MAGIC: &[u8] = b"SQLite format 3\0";

/// How a file is opened so that it stays as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nobody has it open, and all of it is in the one file.
    Alone,
    /// Somebody has it open, or had; the files beside it are there already.
    Shared,
    /// Its write-ahead log waits for somebody who opens it: a copy of both is read.
    Copied,
}

/// Verifies the database, and whether its ledger goes on from a kept head.
pub async fn examine(address: &str, kept: Option<&str>, now: DateTime<Utc>) -> Result<Verification> {
    let path = path_of(address)?;
    if let Some(found) = damage_of(&path)? {
        return Ok(Verification::of_a_damaged_file(found));
    }
    let log = beside(&path, "-wal");
    let log_is_long = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    let way = match (beside(&path, "-shm").exists(), log_is_long) {
        (true, _) => Way::Shared,
        (false, true) => Way::Copied,
        (false, false) => Way::Alone,
    };
    let verified = match look(&path, way, kept, now).await {
        // Beside a file of which only the owner's folder is closed nothing can be shared.
        Err(Error::Open { .. }) if way == Way::Shared => look(&path, Way::Copied, kept, now).await,
        // It was opened by the running bot meanwhile.
        Ok(verified) if way == Way::Alone && !verified.holds() && beside(&path, "-shm").exists() => {
            look(&path, Way::Shared, kept, now).await
        }
        verified => verified,
    };
    let mut verification = match verified {
        Err(error) if is_damage(&error) => Verification::of_a_damaged_file(format!("文件已损坏：{error}")),
        verified => verified?,
    };
    if log_is_long && verification.write_ahead_log == "ok" {
        verification.write_ahead_log = log_findings(&log)?;
    }
    Ok(verification)
}

/// What shows without opening it as a database. Who is no database of ours is refused.
fn damage_of(path: &Path) -> Result<Option<String>> {
    let Ok(metadata) = std::fs::metadata(path) else { return Err(Error::Missing(path.to_owned())) };
    if !metadata.is_file() {
        return Err(Error::Refused(format!("{} 不是文件，不能核验。请核对路径", path.display())));
    }
    if metadata.len() == 0 {
        return Ok(Some("文件是空的（0 字节），其中的记录已经丢失".to_owned()));
    }
    let cannot_read = |cause| open_error(path, sqlx::Error::Io(cause));
    let mut head = [0; 100];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).map_err(cannot_read)?;
    if !head[..read].starts_with(MAGIC) {
        return Err(Error::NotOurs(path.to_owned()));
    }
    let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let page = match u64::from(number(16) >> 16) {
        1 => 65_536,
        page => page,
    };
    // A log that is still to be folded in may hold the pages that are missing here.
    let (length, has_log) = (page * u64::from(number(28)), beside(path, "-wal").exists());
    // The number of pages counts only where the two change counters agree.
    if number(24) == number(92) && metadata.len() < length && !has_log {
        return Ok(Some(format!("文件被截短：应有 {length} 字节，现有 {} 字节", metadata.len())));
    }
    Ok(None)
}

fn log_findings(log: &Path) -> Result<String> {
    let unread = File::open(log).and_then(|file| write_ahead::unread(&mut BufReader::new(file)));
    let unread = unread.map_err(|cause| open_error(log, sqlx::Error::Io(cause)))?;
    Ok(match (unread.headless, unread.bytes) {
        (true, _) => "预写日志的文件头不合，其中内容全部未被采用".to_owned(),
        (false, 0) => "ok".to_owned(),
        (false, bytes) => format!("预写日志有 {bytes} 字节未被采用"),
    })
}

async fn look(path: &Path, way: Way, kept: Option<&str>, now: DateTime<Utc>) -> Result<Verification> {
    if way != Way::Copied {
        return look_at(path, path, way == Way::Alone, kept, now).await;
    }
    let folder = tempfile::tempdir().map_err(|cause| open_error(path, sqlx::Error::Io(cause)))?;
    let copy = folder.path().join("copy.db");
    for end in ["", "-wal"] {
        let from = beside(path, end);
        if from.exists() {
            std::fs::copy(&from, beside(&copy, end)).map_err(|cause| open_error(&from, sqlx::Error::Io(cause)))?;
        }
    }
    look_at(path, &copy, false, kept, now).await
}

/// `path` is what it is called, `file` what is opened.
async fn look_at(
    path: &Path,
    file: &Path,
    alone: bool,
    kept: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Verification> {
    let pool = open(path, file, alone).await?;
    let foreign = file::is_foreign(&mut *pool.acquire().await?).await.map_err(|cause| open_error(path, cause))?;
    if foreign {
        return Err(Error::NotOurs(path.to_owned()));
    }
    refuse_another_version(path, &pool).await?;
    let mut view = Tx::of(pool.begin().await?, now);
    let mut verification = verify::verify_against(&mut view, kept).await?;
    if !alone && verification.integrity == "ok" && !goes_on_from_the_file(&mut view, path).await? {
        verification.write_ahead_log = "预写日志不是这个数据库的：其中的台账不从数据库文件接续".to_owned();
    }
    drop(view);
    pool.close().await;
    Ok(verification)
}

async fn open(path: &Path, file: &Path, immutable: bool) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(immutable)
        .busy_timeout(BUSY)
        .pragma("trusted_schema", "0")
        .pragma("cell_size_check", "1")
        // A long ledger takes its time, which is no warning.
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
    pool.map_err(|cause| open_error(path, cause))
}

/// Whether the last entry in the file itself is among the entries that the write-ahead log gives. What cannot be read
/// without the log says nothing.
async fn goes_on_from_the_file(view: &mut Tx, path: &Path) -> Result<bool> {
    let Ok(file) = open(path, path, true).await else { return Ok(true) };
    let last = "select hash from ledger order by seq desc limit 1";
    let last: Option<Vec<u8>> = sqlx::query_scalar(last).fetch_optional(&file).await.unwrap_or_default();
    file.close().await;
    let Some(last) = last else { return Ok(true) };
    let found = sqlx::query_scalar!(r#"select count(*) as "count: i64" from ledger where hash = ?"#, last);
    Ok(found.fetch_one(view.connection()).await? > 0)
}

/// What an earlier version wrote is not brought up to date here, because nothing is changed here.
async fn refuse_another_version(path: &Path, pool: &SqlitePool) -> Result<()> {
    let path = path.display();
    let has_migrations: i64 = sqlx::query_scalar("select count(*) from sqlite_schema where name = '_sqlx_migrations'")
        .fetch_one(pool)
        .await?;
    if has_migrations == 0 {
        return Err(Error::Refused(format!("数据库 {path} 中没有任何记录。请核对路径，或从备份恢复")));
    }
    let held: Option<i64> = sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(pool).await?;
    let counted = upgrade::counted_version(&mut *pool.acquire().await?).await?;
    match held.unwrap_or_default() {
        held if held > upgrade::version() => {
            Err(Error::Refused(format!("数据库 {path} 由较新的版本写成，请用该版本核验")))
        }
        held if held < upgrade::version() || counted < upgrade::version() => Err(Error::Refused(format!(
            "数据库 {path} 由较早的版本写成，核验不作更改。请先用本版本运行一次（如 duban status），再核验"
        ))),
        _ => Ok(()),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Whether the file itself is broken: SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes.
pub fn is_damage(error: &Error) -> bool {
    let cause = match error {
        Error::Sql(cause) | Error::Open { cause, .. } => cause,
        _ => return false,
    };
    let code = cause.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 11 | 26))
}
