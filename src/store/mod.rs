//! The database: the only place with SQL.
//!
//! One file, one writer. Every change happens in a [`Tx`], which is `BEGIN IMMEDIATE` from its first statement, because a
//! transaction that reads first and writes later may fail at once when somebody else wrote in between.

#[cfg(test)]
mod agreement;
pub mod albums;
mod answered;
pub mod backup;
pub mod buttons;
pub mod delivery;
pub mod examine;
pub mod file;
pub mod inbox;
pub mod kept;
pub mod keys;
pub mod ledger;
pub mod meeting;
pub mod moving;
pub mod noting;
pub mod outbox;
pub mod people;
pub mod posting;
#[cfg(test)]
pub mod recount;
pub mod schema;
pub mod state;
pub mod unreachable;
pub mod upgrade;
pub mod verify;
pub mod vitals;
pub mod write_ahead;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Sqlite};

pub use crate::store::backup::{UNFINISHED, discard_unfinished};
pub use crate::store::delivery::Outcome;
pub use crate::store::examine::{examine, is_damage};
pub use crate::store::inbox::{Origin, SetAside, Update, Waiting};
pub use crate::store::posting::{Body, Claimed, ReplyWanted};
pub use crate::store::verify::{KeptHead, Verification, is_unreadable};
pub use crate::store::vitals::Vitals;

pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// How many readers may work beside the writer.
const READERS: u32 = 3;
/// How long another process may hold the database before we give up: a plan of 100,000 tasks is imported in half a minute.
const BUSY: Duration = Duration::from_secs(120);

/// So many statements stay prepared.
const STATEMENTS: usize = 300;
/// Who has waited so long for it is told.
const LONG_WAIT: Duration = Duration::from_secs(3);

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong with the database, each with its remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("数据库地址应为 sqlite://路径，而不是“{0}”")]
    Address(String),
    #[error("没有找到数据库 {0}。请先用 duban plan import 导入方案，或用 --database 指明位置")]
    Missing(PathBuf),
    #[error("打不开数据库 {path}：{cause}。请核对路径和权限")]
    Open { path: PathBuf, cause: sqlx::Error },
    #[error("{0} 不是 duban 的数据库，未作任何更改。请换一个路径")]
    NotOurs(PathBuf),
    #[error("{0} 不是普通文件，不能作为数据库。请换一个路径")]
    NoFile(PathBuf),
    #[error("数据库 {0} 是空的。请先用 duban plan import 导入方案，或用 --database 指明位置")]
    Empty(PathBuf),
    #[error("数据库 {0} 是空的，旁边却有它的备份或日志。请从备份恢复；要重新开始，请先移走它们")]
    Emptied(PathBuf),
    #[error("另一个 duban 正在使用数据库 {0}，用的是它的另一个路径。请用同一路径")]
    OtherName(PathBuf),
    #[error("{path} 他人可以读写，又不能改为仅本人可读写：{cause}。请执行 chmod 600")]
    NotPrivate { path: PathBuf, cause: std::io::Error },
    #[error("数据库 {path} 不能升级到本版本：{cause}。请先备份，再使用与它相符的版本")]
    Migration { path: PathBuf, cause: sqlx::migrate::MigrateError },
    #[error("数据库 {0} 由较新的版本写成，本版本（{ours}）不能使用，未作任何更改。请改用较新的版本，或用升级前的备份", ours = env!("CARGO_PKG_VERSION"))]
    Newer(PathBuf),
    #[error("数据库操作失败：{0}")]
    Sql(#[from] sqlx::Error),
    #[error("数据库中的内容无法解读：{0}。请运行 duban verify")]
    Content(#[from] serde_json::Error),
    #[error("{0}")]
    Refused(String),
}

impl Error {
    /// An update in which Telegram says something in another way than ever.
    pub fn unreadable(cause: serde_json::Error) -> Error {
        Error::Refused(format!("收到的更新无法解读：{cause}"))
    }

    /// Whether there was no room on the disk.
    pub fn is_full(&self) -> bool {
        // SQLITE_FULL, SQLITE_IOERR_WRITE and SQLITE_IOERR_SHMSIZE, sqlite.org/rescode.html: some systems report the second,
        // and a connection that opens then meets the third.
        matches!(self, Error::Sql(sqlx::Error::Database(error)) if error.code().is_some_and(|code| ["13", "778", "4874"].contains(&&*code)))
    }

    /// Whether somebody else holds the database for longer than we wait.
    pub fn is_held_up(&self) -> bool {
        match self {
            // SQLITE_BUSY with its extended codes, sqlite.org/rescode.html
            Error::Sql(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| code.parse().is_ok_and(|code: u32| code & 0xff == 5))
            }
            Error::Sql(sqlx::Error::PoolTimedOut) => true,
            _ => false,
        }
    }

    /// Whether the database itself failed (a full disk, a lost file, a lock that lasts), and not what it was asked for or
    /// asked to hold: a missing row, a broken constraint, words that cannot be searched for.
    pub fn is_the_databases(&self) -> bool {
        match self {
            Error::Sql(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| code.parse().is_ok_and(|code: u32| is_a_failure(code & 0xff)))
            }
            Error::Sql(
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::BeginFailed,
            )
            | Error::Open { .. } => true,
            _ => false,
        }
    }
}

/// Whether one of SQLite's primary result codes says that the file, the disk or the lock failed, sqlite.org/rescode.html: of
/// these PERM, ABORT, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS and NOTADB.
fn is_a_failure(code: u32) -> bool {
    matches!(code, 3..=6 | 8 | 10 | 11 | 13 | 14 | 15 | 22 | 26)
}

/// The open database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the database, creating the file where there is none, and brings it to the present form.
    pub async fn open_or_create(address: &str) -> Result<Store> {
        Store::connect(&Store::settle(address).await?).await
    }

    /// Opens a database that must exist.
    pub async fn open(address: &str) -> Result<Store> {
        Store::connect(&file::settle(&path_of(address)?, false).await?).await
    }

    /// Where the database's file is, links followed; it is made where there is none. Another program's is refused, and
    /// stays as it was.
    pub async fn settle(address: &str) -> Result<PathBuf> {
        file::settle(&path_of(address)?, true).await
    }

    /// Opens the file at a path that [`Store::settle`] gave, and brings it to the present form.
    pub async fn connect(path: &Path) -> Result<Store> {
        let open = |cause| open_error(path, cause);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("trusted_schema", "0")
            .pragma("cell_size_check", "1")
            // All that the bot says in its daily round is prepared once.
            .statement_cache_capacity(STATEMENTS)
            // On a busy machine a statement takes its time, which is no warning.
            .disable_statement_logging();
        let upgrading =
            SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(open)?;
        let upgraded = upgrade::bring_up_to_date(path, &upgrading).await;
        upgrading.close().await;
        upgraded?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            // Whoever waits for the writer waits for one who waits for the file.
            .acquire_timeout(BUSY * 2)
            // Of each new connection, and before its first transaction, because what is made for it is to stay.
            .after_connect(|connection, _| Box::pin(noting::watch_rows(connection)))
            // A full disk makes SQLite roll back by itself; sqlx then counts a transaction that is no more. A new connection
            // counts from nothing.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await
            .map_err(open)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(BUSY * 2)
            .connect_with(options.read_only(true))
            .await
            .map_err(open)?;
        Ok(Store { writer, readers })
    }

    /// Begins a change at the instant `now`. Nothing of it stays unless [`Tx::commit`] is reached. Whoever waits long for another
    /// program learns why.
    pub async fn begin(&self, now: DateTime<Utc>) -> Result<Tx> {
        let waiting = tokio::spawn(async {
            tokio::time::sleep(LONG_WAIT).await;
            tracing::warn!("数据库正被另一个程序占用，等待中");
        });
        let begun = self.writer.begin_with("BEGIN IMMEDIATE").await;
        waiting.abort();
        Ok(Tx::of(begun?, now))
    }

    /// A consistent view that changes nothing.
    pub async fn read(&self, now: DateTime<Utc>) -> Result<Tx> {
        Ok(Tx::of(self.readers.begin().await?, now))
    }

    /// Closes all connections, so that the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A transaction and its one instant.
pub struct Tx {
    pub(crate) inner: sqlx::Transaction<'static, Sqlite>,
    pub now: DateTime<Utc>,
    /// The last entry of the ledger, once it was read or written here.
    last_entry: Option<ledger::Last>,
    statements: usize,
    /// Whether the policy or the holidays are others than at its beginning.
    settings_changed: bool,
}

impl Tx {
    pub(crate) fn of(inner: sqlx::Transaction<'static, Sqlite>, now: DateTime<Utc>) -> Tx {
        Tx { inner, now, last_entry: None, statements: 0, settings_changed: false }
    }

    /// Must not be raced against a timeout: a commit that is dropped half-way may still happen.
    pub async fn commit(mut self) -> Result<()> {
        ledger::note_rows(&mut self, noting::ROWS_CHANGED).await?;
        Ok(self.inner.commit().await?)
    }

    /// Marks a point to which [`Tx::back_to_mark`] returns.
    pub async fn mark(&mut self) -> Result<()> {
        self.run("savepoint mark").await
    }

    pub async fn keep_since_mark(&mut self) -> Result<()> {
        self.run("release mark").await
    }

    pub async fn back_to_mark(&mut self) -> Result<()> {
        self.last_entry = None;
        self.run("rollback to mark").await?;
        self.run("release mark").await
    }

    async fn run(&mut self, statement: &'static str) -> Result<()> {
        sqlx::query(statement).execute(self.connection()).await?;
        Ok(())
    }

    /// Whoever has read the settings for several updates reads them anew.
    pub(crate) fn note_changed_settings(&mut self) {
        self.settings_changed = true;
    }

    pub fn changed_settings(&self) -> bool {
        self.settings_changed
    }

    /// How many statements were run so far.
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// For one statement.
    pub fn connection(&mut self) -> &mut SqliteConnection {
        self.statements += 1;
        &mut self.inner
    }
}

/// In small letters.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `sqlite://PATH` or `sqlite:PATH`.
pub fn path_of(address: &str) -> Result<PathBuf> {
    let path = address.strip_prefix("sqlite://").or_else(|| address.strip_prefix("sqlite:")).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" {
        return Err(Error::Address(address.to_owned()));
    }
    PathBuf::from_str(path).map_err(|_| Error::Address(address.to_owned()))
}

fn open_error(path: &Path, cause: sqlx::Error) -> Error {
    // SQLITE_NOTADB
    let not_a_database = cause.as_database_error().is_some_and(|error| error.code().as_deref() == Some("26"));
    if not_a_database { Error::NotOurs(path.to_owned()) } else { Error::Open { path: path.to_owned(), cause } }
}
