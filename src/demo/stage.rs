//! One performance: a database of its own, a stand-in for Telegram, the bot, and who moves them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Url;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::app::Bot;
use crate::binding::rows::{Invitee, invite};
use crate::board::Links;
use crate::clock::Clock;
use crate::demo::opening::{opening, reminded_on};
use crate::demo::scene::{CHATS, COORDINATOR, COORDINATORS, Department, ROLL, SECOND, Script, UNITS, populate};
use crate::demo::{Hall, TOKEN};
use crate::importing;
use crate::lock::Lock;
use crate::network::Network;
use crate::office::rows::{self, Which};
use crate::roll::rows::{Roll, load_roll};
use crate::sandbox::{Sandbox, Settings, Trouble};
use crate::store::{Store, Tx};
use crate::telegram::Telegram;
use crate::{board, plans, safekeeping};

/// The departments bind their groups the afternoon before the demo opens.
const BINDING_BEFORE: TimeDelta = TimeDelta::hours(17);

/// Where the database is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// `sqlite://PATH`
    pub database: String,
    /// Whether it stays.
    pub kept: bool,
}

impl Place {
    /// For the next performance: beside `path`, `duban-2.db` after `duban.db`, and a name that is not taken.
    fn next(&self, path: &Path) -> Place {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let (stem, number) = match stem.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse().ok()?))) {
            Some((stem, number)) => (stem, number),
            None => (stem.as_ref(), 1_u32),
        };
        let named = |number: u32| {
            let name = path.with_file_name(format!("{stem}-{number}"));
            path.extension().map_or(name.clone(), |extension| name.with_added_extension(extension))
        };
        let free = (number.saturating_add(1)..).map(named).find(|path| !path.exists());
        let database = free.map_or(self.database.clone(), |path| format!("sqlite://{}", path.display()));
        Place { database, kept: self.kept }
    }
}

/// Everything that a performance needs, set up and waiting.
pub(super) struct Stage {
    pub script: Script,
    /// When it was asked to open.
    pub asked: Option<DateTime<Utc>>,
    pub opens_at: DateTime<Utc>,
    pub place: Place,
    pub store: Store,
    database: PathBuf,
    pub clock: Clock,
    pub sandbox: Sandbox,
    pub departments: Vec<Department>,
    /// With which everybody is bound: (chat, person, code).
    pub codes: Vec<(i64, i64, String)>,
    /// Dropped last, after SQLite has closed the file.
    _lock: Lock,
}

impl Stage {
    /// `asked`: when it opens, where that is said.
    pub async fn set(script: Script, asked: Option<DateTime<Utc>>, place: Place) -> Result<Stage> {
        let database = Store::settle(&place.database).await?;
        let lock = Lock::take(&database)?;
        safekeeping::tidy(&database);
        let store = Store::connect(&database).await?;
        let used = plans::rows::plans(&mut store.read(Clock::system().now()).await?).await?;
        if !used.is_empty() {
            bail!("数据库 {} 里已有方案，演示需要一个新的数据库。请换一个 --database，或不写", database.display());
        }
        let opens_at = match asked {
            Some(at) => at,
            None => opening(&store, &script, Clock::system().now()).await?,
        };
        let clock = Clock::started_at(opens_at - BINDING_BEFORE);
        let mut tx = store.begin(clock.now()).await?;
        let departments = furnish(&mut tx, &script, opens_at).await?;
        let codes = codes(&mut tx, &departments).await?;
        tx.commit().await?;
        let sandbox_clock = clock.clone();
        let sandbox = Sandbox::new(Settings::new(TOKEN, move || sandbox_clock.now().timestamp()));
        populate(&sandbox, &departments, place.kept);
        Ok(Stage { script, asked, opens_at, place, store, database, clock, sandbox, departments, codes, _lock: lock })
    }

    /// The same with another plan, or with the same one, in a new database.
    pub async fn anew(&self, script: Script) -> Result<Stage> {
        let asked = self.asked.filter(|_| script.own == self.script.own);
        Stage::set(script, asked, self.place.next(&self.database)).await
    }

    /// Plays until `shutdown` turns true, or until another performance is asked for, which is then given back.
    pub async fn perform(self, address: &Url, hall: &Hall, shutdown: &watch::Sender<bool>) -> Result<Option<Stage>> {
        let links = Links::of(&self.store, &self.clock, address.clone()).await?;
        let board = board::routes(self.store.clone(), self.clock.clone(), links.clone());
        hall.show(self.sandbox.clone().routes().merge(board));
        let ended = watch::Sender::new(false);
        let program = async {
            let outcome = self.program(&links, address, &ended).await;
            ended.send_replace(true);
            outcome
        };
        let directed = async {
            let outcome = self.direct(ended.subscribe()).await;
            ended.send_replace(true);
            outcome
        };
        let closed = async {
            let (mut over, mut shutdown) = (ended.subscribe(), shutdown.subscribe());
            // Both senders outlive this.
            tokio::select! {
                _ = over.wait_for(|over| *over) => {}
                _ = shutdown.wait_for(|shutdown| *shutdown) => {}
            }
            ended.send_replace(true);
            self.sandbox.close();
        };
        let (ran, next, (), ()) = tokio::join!(program, directed, self.record(ended.subscribe()), closed);
        ran.and(next)
    }

    /// The bot's program, which a visitor may kill at any moment and start again on the same database.
    async fn program(&self, links: &Links, address: &Url, ended: &watch::Sender<bool>) -> Result<()> {
        let stands = |stopped: bool| {
            self.sandbox.until(move |sandbox| ((sandbox.trouble() == Trouble::Stopped) == stopped).then_some(()))
        };
        let mut over = ended.subscribe();
        loop {
            let bot = Bot {
                store: self.store.clone(),
                clock: self.clock.clone(),
                telegram: Telegram::new(TOKEN, &Network::direct(address.clone()))?,
                database: self.database.clone(),
                paced: true,
                links: Some(links.clone()),
            };
            tokio::select! {
                outcome = bot.run(ended.clone()) => return outcome,
                // Whatever it was doing is broken off there.
                () = stands(true) => {}
            }
            tokio::select! {
                () = stands(false) => {}
                _ = over.wait_for(|over| *over) => {
                    self.store.close().await;
                    return Ok(());
                }
            }
        }
    }
}

/// Imports the plan and the roll, and gives groups to units: of an office's own plan to those that are reminded at the
/// opening, and then to those with the most to do.
async fn furnish(tx: &mut Tx, script: &Script, opens_at: DateTime<Utc>) -> Result<Vec<Department>> {
    if !script.own {
        let roll: Roll = serde_json::from_str(ROLL)?;
        load_roll(tx, &roll).await?;
    }
    let digest = Sha256::digest(&script.bytes);
    importing::rows::plans::import(tx, &script.draft, &digest, &script.name, None).await?;
    let units = if script.own { units(tx, script, opens_at).await? } else { UNITS.map(str::to_owned).to_vec() };
    let groups = CHATS.into_iter().zip(units);
    Ok(groups.map(|((chat, people), unit)| Department { chat, unit, people }).collect())
}

async fn units(tx: &mut Tx, script: &Script, opens_at: DateTime<Utc>) -> Result<Vec<String>> {
    let duties = rows::duties(tx, Which::All).await?;
    let mut units: Vec<(String, usize)> = Vec::new();
    for duty in &duties {
        match units.iter_mut().find(|(unit, _)| *unit == duty.unit.name) {
            Some((_, count)) => *count += 1,
            None => units.push((duty.unit.name.clone(), 1)),
        }
    }
    if units.is_empty() {
        let name = &script.name;
        bail!("{name} 里没有读到承担任务的单位，无法演示。请先用 duban plan import {name} --dry-run 核对");
    }
    let reminded = reminded_on(&duties, opens_at);
    units.sort_by_key(|(unit, count)| (!reminded.contains(unit), std::cmp::Reverse(*count)));
    Ok(units.into_iter().map(|(unit, _)| unit).collect())
}

/// The codes with which everybody is bound.
async fn codes(tx: &mut Tx, departments: &[Department]) -> Result<Vec<(i64, i64, String)>> {
    let mut codes = Vec::new();
    for (chat, person) in [(COORDINATOR.0, COORDINATOR.0), (SECOND.0, SECOND.0), (COORDINATORS.0, COORDINATOR.0)] {
        codes.push((chat, person, invite(tx, Invitee::Coordinator).await?.code));
    }
    for Department { chat, unit, people: [(first, _), _] } in departments {
        codes.push((*chat, *first, invite(tx, Invitee::Unit(unit)).await.context("邀请单位")?.code));
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_performance_has_a_database_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("duban.db");
        let place = Place { database: format!("sqlite://{}", first.display()), kept: true };
        let second = folder.path().join("duban-2.db");
        assert_eq!(place.next(&first).database, format!("sqlite://{}", second.display()));
        std::fs::write(&second, "").unwrap();
        let third = format!("sqlite://{}", folder.path().join("duban-3.db").display());
        assert_eq!(place.next(&first).database, third);
        assert_eq!(place.next(&second).database, third);
    }
}
