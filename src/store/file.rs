//! The database's file, looked at before SQLite opens it. SQLite would wait for a pipe, put files beside another program's
//! database, and mark it as one with a write-ahead log.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::{fs, io};

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::{Error, Result, open_error};
use crate::files;

/// How a file of SQLite begins, sqlite.org/fileformat.html.
const MAGIC: &[u8] = b"SQLite format 3\0";
const HEADER: usize = 100;
/// Where in the header stands whose file it is, in four bytes.
const APPLICATION_ID: usize = 68;
/// Ours, set by a migration.
const OURS: [u8; 4] = *b"DUBN";
/// What stands beside a database, by what its name ends with.
const COMPANIONS: [&str; 4] = ["wal", "shm", "journal", "lock"];

/// Where the database is, links followed, once it is known to be ours or to hold nothing yet, and to be its owner's alone.
/// With `create` a file that is not there is made.
pub(super) async fn settle(path: &Path, create: bool) -> Result<PathBuf> {
    let broken = |cause| Error::Open { path: path.to_owned(), cause: sqlx::Error::Io(cause) };
    match files::size(path) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound && create => create_private(path).map_err(broken)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Error::Missing(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::InvalidInput => return Err(Error::NoFile(path.to_owned())),
        Err(error) => return Err(broken(error)),
    }
    let path = path.canonicalize().map_err(broken)?;
    let header = header(&path).map_err(broken)?;
    if header.is_empty() {
        if !create {
            return Err(Error::Empty(path));
        }
        if has_held_something(&path) {
            return Err(Error::Emptied(path));
        }
    } else if !is_ours(&path, &header).await? {
        return Err(Error::NotOurs(path));
    }
    if is_open_by_another_name(&path).map_err(broken)? {
        return Err(Error::OtherName(path));
    }
    let companions = COMPANIONS.map(|ending| beside(&path, ending));
    for file in [path.clone()].iter().chain(companions.iter().filter(|file| file.exists())) {
        files::make_private(file).map_err(|cause| Error::NotPrivate { path: file.clone(), cause })?;
    }
    Ok(path)
}

/// What people report is nobody else's to read; SQLite gives its other files the permissions of this one.
pub(super) fn create_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(|_| ())
}

/// No descriptor of a database may be closed while SQLite has it open in this process, or its locks are gone. A process
/// opens its database once, and this comes before.
fn header(path: &Path) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    File::open(path)?.take(HEADER as u64).read_to_end(&mut header)?;
    Ok(header)
}

/// `DATABASE-wal` and the like; only the lock is joined by a dot.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let joint = if ending == "lock" { '.' } else { '-' };
    let mut name = path.as_os_str().to_owned();
    name.push(format!("{joint}{ending}"));
    PathBuf::from(name)
}

/// Whether an empty file has what only a database in use has beside it.
fn has_held_something(path: &Path) -> bool {
    path.with_added_extension("backups").exists() || has_log(path)
}

/// Whether something may stand in the write-ahead log that does not stand in the file yet.
fn has_log(path: &Path) -> bool {
    fs::metadata(beside(path, "wal")).is_ok_and(|log| log.len() > 0)
}

/// Whether a bot holds the file by another of several hard links. It has the log beside that one, and SQLite would not find
/// it from here: both would write as if they were alone.
fn is_open_by_another_name(path: &Path) -> io::Result<bool> {
    if fs::metadata(path)?.nlink() == 1 || beside(path, "wal").exists() {
        return Ok(false);
    }
    Ok(File::open(path)?.try_lock_shared().is_err())
}

async fn is_ours(path: &Path, header: &[u8]) -> Result<bool> {
    if !header.starts_with(MAGIC) || header.len() < HEADER {
        return Ok(false);
    }
    match &header[APPLICATION_ID..APPLICATION_ID + OURS.len()] {
        id if id == OURS => Ok(true),
        // Nobody's yet, an earlier version's, or still in the log.
        [0, 0, 0, 0] => holds_nothing_foreign(path).await,
        _ => Ok(false),
    }
}

/// By its tables. The file is read as if it stood on a medium that nobody can write on, and so nothing appears beside it.
async fn holds_nothing_foreign(path: &Path) -> Result<bool> {
    let read_only = SqliteConnectOptions::new().filename(path).create_if_missing(false).read_only(true);
    match tables(read_only.clone().immutable(true)).await {
        Ok(Tables { all: 1.., ours }) => Ok(ours > 0),
        // A log that is not folded in yet may hold the first tables, or what makes the file whole again.
        _ if has_log(path) => {
            let tables = tables(read_only).await.map_err(|cause| open_error(path, cause))?;
            Ok(tables.all == 0 || tables.ours > 0)
        }
        Ok(_) => Ok(true),
        Err(cause) => Err(open_error(path, cause)),
    }
}

struct Tables {
    all: i64,
    /// Those by whose names we know ours.
    ours: i64,
}

async fn tables(options: SqliteConnectOptions) -> Result<Tables, sqlx::Error> {
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let tables = count_tables(&mut connection).await;
    connection.close().await?;
    tables
}

/// Whether an open database is another program's.
pub(super) async fn is_foreign(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let id: i64 = sqlx::query_scalar("pragma application_id").fetch_one(&mut *connection).await?;
    if ![0, i64::from(u32::from_be_bytes(OURS))].contains(&id) {
        return Ok(true);
    }
    count_tables(connection).await.map(|tables| tables.all > 0 && tables.ours == 0)
}

async fn count_tables(connection: &mut SqliteConnection) -> Result<Tables, sqlx::Error> {
    let tables = sqlx::query_as!(
        Tables,
        r#"select count(*) as "all: i64", count(*) filter (where name in ('ledger', 'duty')) as "ours: i64"
           from sqlite_schema where type = 'table' and name <> '_sqlx_migrations' and name not like 'sqlite_%'"#
    );
    tables.fetch_one(connection).await
}
