//! The commands, as people type them.

mod archive;
mod arguments;
mod bot;
mod coordinator;
mod damage;
mod doctor;
mod draft;
mod export;
mod help;
mod holidays;
mod inspect;
mod manual;
mod plan;
mod roll;
mod say;
mod task;
mod understand;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, Utc};

pub use self::arguments::Arguments;
use self::arguments::{Command, CoordinatorCommand, Speaker, Switch};
pub use self::help::{command, parse};
use self::plan::PlanCommand;
use crate::clock::Clock;
use crate::filing;
use crate::office::policy;
use crate::schedule::reach::{FIRST_DAY, LAST_DAY, reaches};
use crate::store::path_of;

const DEFAULT_DATABASE: &str = "sqlite://duban.db";

/// Does what was asked. An error is one line that says what, where and the remedy.
pub async fn run(arguments: Arguments) -> Result<()> {
    let database = match &arguments.database {
        Some(database) => database.clone(),
        None => variable("DATABASE_URL").unwrap_or_else(|| DEFAULT_DATABASE.to_owned()),
    };
    // A verification that fails has printed its document.
    let is_verification = matches!(arguments.command, Command::Verify { .. });
    let document = (arguments.command.prints_json() && !is_verification).then_some(serde_json::Value::Null);
    match obey(arguments, &database).await {
        Err(error) => damage::told(&database, error, document),
        Ok(()) => Ok(()),
    }
}

async fn obey(arguments: Arguments, database: &str) -> Result<()> {
    let clock = Clock::system();
    let now = clock.now();
    ensure!(reaches(now.date_naive()), "本机的时钟显示 {}，不可能正确，请先校准时间", now.date_naive());
    match arguments.command {
        // The demo never writes into a database that only the environment names: that one may be the office's.
        Command::Demo { listen, at, plan, database } => {
            let database = database.or(arguments.database);
            bot::demo(listen, at.map(|at| at.to_utc()), plan.as_deref(), database).await
        }
        Command::Run { clock: start, pace, listen, board_url } => {
            let clock = start.map_or(clock, |start| Clock::started_at(start.to_utc()));
            let run = bot::Run { rehearsing: start.is_some(), paced: pace == Switch::On, listen, board_url };
            bot::run(database, clock, run).await
        }
        Command::Plan(PlanCommand::Import { file, dry_run, json, code }) => {
            plan::import(database, &file, plan::Options { dry_run, json, code }, now).await
        }
        Command::Plan(PlanCommand::List { json }) => plan::list(database, json, now).await,
        Command::Plan(PlanCommand::Name { plan, name }) => plan::name(database, &plan, &name, now).await,
        Command::Plan(PlanCommand::Close { plan }) => plan::close(database, &plan, now).await,
        Command::Task(command) => task::task(database, command, now).await,
        Command::Preview { from, to, json } => inspect::preview(database, from, to, json, now).await,
        Command::Invite { unit, json, .. } => roll::invite(database, unit.as_deref(), json, now).await,
        Command::Coordinator(command) => coordinator::coordinator(database, command, now).await,
        Command::Unit(command) => roll::unit(database, command, now).await,
        Command::Status { query, json } => inspect::status(database, &query.join(" "), json, now).await,
        Command::Understand { text, tasks, on, speaker, unit, why, json } => {
            let as_coordinator = speaker == Speaker::Coordinator;
            let asked = understand::Asked { text, tasks, on, as_coordinator, unit, why };
            understand::understand(database, asked, json, now).await
        }
        Command::Export { file, timeline, plan, issue } => {
            let wanted = filing::bulletin::Wanted { plan, issue, is_issued: false };
            export::export(database, &file, timeline, &wanted, now).await
        }
        Command::Policy { key, value, .. } if key.as_deref() == Some(holidays::KEY) => {
            holidays::holidays(database, value.as_deref().map(Path::new), now).await
        }
        Command::Policy { key, value, exception } => {
            roll::policy(database, key.as_deref(), value.as_deref(), &exception, now).await
        }
        Command::Doctor { json } => doctor::doctor(database, json, &clock).await,
        Command::Verify { head, json } => inspect::verify(database, head.as_deref(), json, now).await,
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::man_pages(&folder),
        Command::Backup { file } => inspect::backup(database, &file, now).await,
    }
}

/// An environment variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Whether there is no database yet where one could be made.
fn is_yet_to_be(database: &str) -> Result<bool> {
    let path = path_of(database)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(path.symlink_metadata().is_err() && folder.is_dir())
}

/// The office's local date.
fn today(now: DateTime<Utc>, policy: &policy::Policy) -> NaiveDate {
    now.with_timezone(&policy.timezone).date_naive()
}

/// A day as it is typed, within what we count with.
fn day(text: &str) -> Result<NaiveDate> {
    let day = text.parse().context("日期应像 2019-06-30")?;
    ensure!(reaches(day), "日期应在 {FIRST_DAY} 至 {LAST_DAY} 之间");
    Ok(day)
}
