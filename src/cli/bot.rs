//! `duban run` and `duban demo`.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;

use super::variable;
use crate::app::{Bot, Lock, shutdown_at_signal};
use crate::clock::Clock;
use crate::config::{self, Token};
use crate::demo::Demo;
use crate::log;
use crate::monitor;
use crate::schedule::calendar::Calendar;
use crate::store::{Store, path_of};
use crate::telegram::Telegram;

/// How the bot is run.
pub struct Run {
    /// From an instant of one's own.
    pub rehearsing: bool,
    pub paced: bool,
    /// Where health and numbers are served.
    pub listen: Option<SocketAddr>,
}

pub async fn run(database: &str, clock: Clock, run: Run) -> Result<()> {
    let Run { rehearsing, paced, listen } = run;
    let token = Token::from_environment(variable)?;
    log::keep_out(token.secret());
    let address = config::api_address(variable)?;
    let plays = rehearsing || !paced;
    ensure!(!(plays && config::is_telegram(&address)), "--clock 和 --pace off 仅用于演练，不能用于 Telegram 本身");
    let path = path_of(database)?;
    let _lock = Lock::take(&path)?;
    let store = Store::open_or_create(database).await?;
    let telegram = Telegram::new(token.secret(), address)?;
    let shutdown = shutdown_at_signal()?;
    if let Some(listen) = listen {
        let listener = TcpListener::bind(listen).await.with_context(|| format!("不能监听 {listen}，请换一个端口"))?;
        tokio::spawn(monitor::serve(listener, store.clone(), clock.clone(), shutdown.subscribe()));
    }
    let bot = Bot { store, clock, calendar: Arc::new(Calendar::china()), telegram, database: path, paced };
    bot.run(shutdown).await
}

pub async fn demo(listen: SocketAddr, at: DateTime<Utc>, database: Option<String>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let own = || format!("sqlite://{}", folder.path().join("duban.db").display());
    let database = database.unwrap_or_else(own);
    let demo = Demo::open(listen, at, &database).await?;
    println!("{}", demo.invitation());
    demo.run(shutdown_at_signal()?).await
}
