//! `duban run` and `duban demo`.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use reqwest::Url;
use tokio::net::TcpListener;

use crate::app::{Bot, shutdown_at_signal};
use crate::board::Links;
use crate::cli::say::say;
use crate::cli::variable;
use crate::clock::Clock;
use crate::config::Token;
use crate::demo::{Demo, Script};
use crate::door::OwnName;
use crate::lock::Lock;
use crate::monitor::Watched;
use crate::network::Network;
use crate::store::{self, Store, path_of};
use crate::telegram::Telegram;
use crate::{coordinators, files, log, monitor, plans, safekeeping, settings};

/// How the bot is run.
pub struct Run {
    /// From an instant of one's own.
    pub rehearsing: bool,
    pub paced: bool,
    /// Where health, numbers and the board page are served.
    pub listen: Option<SocketAddr>,
    /// Where people reach that from outside.
    pub board_url: Option<Url>,
}

pub async fn run(database: &str, clock: Clock, run: Run) -> Result<()> {
    let Run { rehearsing, paced, listen, board_url } = run;
    let token = Token::from_environment(variable)?;
    log::keep_out(token.secret());
    let network = Network::from_environment(variable)?;
    let plays = rehearsing || !paced;
    ensure!(!(plays && network.is_telegram()), "--clock 和 --pace off 仅用于演练，不能用于 Telegram 本身");
    let path = settle(database).await?;
    // Dropped last, after SQLite has closed the file.
    let _lock = Lock::take(&path)?;
    safekeeping::tidy(&path);
    let store = Store::connect(&path).await?;
    tell_what_is_missing(&store, &path, clock.now()).await?;
    let telegram = Telegram::new(token.secret(), &network)?;
    let shutdown = shutdown_at_signal()?;
    let mut links = None;
    if let Some(listen) = listen {
        let listener = TcpListener::bind(listen).await.with_context(|| format!("不能监听 {listen}，请换一个端口"))?;
        let own = OwnName::new(listener.local_addr()?, board_url.clone());
        let here = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let made = Links::of(&store, &clock, board_url.unwrap_or(here)).await?;
        let pages = (made.clone(), own);
        let watched = Watched { store: store.clone(), clock: clock.clone(), database: path.clone() };
        tokio::spawn(monitor::serve(listener, watched, pages, shutdown.subscribe()));
        links = Some(made);
    }
    let bot = Bot { store, clock, telegram, database: path, paced, links };
    bot.run(shutdown).await
}

/// A database that is not there, or holds nothing, is a path that was mistyped: a bot that begins a new one there would remind
/// nobody, and nobody would notice.
async fn settle(database: &str) -> Result<PathBuf> {
    let path = path_of(database)?;
    let size = match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(store::Error::Missing(path).into()),
        about => about.map(|about| about.len()),
    };
    let settled = Store::settle(database).await?;
    ensure!(!matches!(size, Ok(0)), store::Error::Empty(settled));
    Ok(settled)
}

/// The bot runs all the same: a coordinator may send the plan in chat.
async fn tell_what_is_missing(store: &Store, path: &Path, now: DateTime<Utc>) -> Result<()> {
    let mut view = store.read(now).await?;
    log::tell_time_of(settings::rows::policy::policy(&mut view).await?.timezone);
    // What `duban doctor` looks at beyond these takes as long as the office is large, and the first poll would wait for it.
    let plans = plans::rows::open_plans(&mut view).await?;
    let coordinators = coordinators::rows::coordinators(&mut view).await?;
    let path = path.display();
    if plans.is_empty() {
        tracing::warn!(
            "数据库 {path} 中没有未结束的方案，不会发出提醒。请用 duban plan import 导入，或核对 --database"
        );
    }
    if coordinators.is_empty() {
        tracing::warn!("数据库 {path} 中没有督办员。请用 duban invite --coordinator 邀请，或核对 --database");
    }
    Ok(())
}

/// `at`: when it opens, where that is said.
pub async fn demo(
    listen: SocketAddr,
    at: Option<DateTime<Utc>>,
    plan: Option<&Path>,
    database: Option<String>,
) -> Result<()> {
    let script = match plan {
        Some(file) => own_script(file)?,
        None => Script::ours()?,
    };
    let folder = match &database {
        Some(_) => None,
        None => Some(tempfile::tempdir().context("不能建立临时文件夹，请核对 TMPDIR，或用 --database 指明位置")?),
    };
    let own = folder.as_ref().map(|folder| format!("sqlite://{}", folder.path().join("duban.db").display()));
    let kept = database.is_some();
    let database = database.or(own).unwrap_or_default();
    let demo = Demo::open(listen, at, script, (database, kept)).await?;
    say!("{}", demo.invitation())?;
    demo.run(shutdown_at_signal()?).await
}

/// An office's own document, played in the demo.
fn own_script(file: &Path) -> Result<Script> {
    let not_found = || format!("读不到文件 {}，请核对路径和权限", file.display());
    let not_understood = || format!("没有读懂 {}", file.display());
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let size = files::size(file).with_context(not_found)?;
    crate::plan::check(&name, size).with_context(not_understood)?;
    Script::of(name, files::read(file, size).with_context(not_found)?).with_context(not_understood)
}
