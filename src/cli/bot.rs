//! `duban run` and `duban demo`.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Result, ensure};
use chrono::{DateTime, Utc};

use super::variable;
use crate::app::{Bot, Lock, shutdown_at_signal};
use crate::clock::Clock;
use crate::config::{self, Token};
use crate::demo::Demo;
use crate::log;
use crate::schedule::calendar::Calendar;
use crate::store::{Store, path_of};
use crate::telegram::Telegram;

pub async fn run(database: &str, clock: Clock, rehearsing: bool, paced: bool) -> Result<()> {
    let token = Token::from_environment(variable)?;
    log::keep_out(token.secret());
    let address = config::api_address(variable)?;
    let plays = rehearsing || !paced;
    ensure!(!(plays && config::is_telegram(&address)), "--clock 和 --pace off 仅用于演练，不能用于 Telegram 本身");
    let path = path_of(database)?;
    let _lock = Lock::take(&path)?;
    let store = Store::open_or_create(database).await?;
    let telegram = Telegram::new(token.secret(), address)?;
    let bot = Bot { store, clock, calendar: Arc::new(Calendar::china()), telegram, database: path, paced };
    bot.run(shutdown_at_signal()?).await
}

pub async fn demo(listen: SocketAddr, at: DateTime<Utc>, database: Option<String>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let own = || format!("sqlite://{}", folder.path().join("duban.db").display());
    let database = database.unwrap_or_else(own);
    let demo = Demo::open(listen, at, &database).await?;
    println!("{}", demo.invitation());
    demo.run(shutdown_at_signal()?).await
}
