//! The demo: the whole bot on a local stand-in for Telegram, with the demo plan and a few departments bound.

mod scene;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Days, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::app::Bot;
use crate::binding::rows::Invitee;
use crate::board::Links;
use crate::clock::Clock;
use crate::demo::scene::{CHATS, COORDINATOR, COORDINATORS, Department, ROLL, UNITS, populate, remark};
use crate::door::OwnName;
use crate::lock::Lock;
use crate::network::Network;
use crate::office::rows;
use crate::office::rows::Which;
use crate::reminding::item::Recipient;
use crate::reminding::rehearsal::rehearse;
use crate::reminding::slot::Part;
use crate::reminding::slot::slots;
use crate::roll::rows::Roll;
use crate::sandbox::{BOT_USERNAME, Control, Sandbox, Settings};
use crate::schedule::reach::reaches;
use crate::store::{Store, delivery};
use crate::telegram::Telegram;
use crate::{app, binding, board, door, importing, inspections, plans, reminding, roll, safekeeping, settings};

/// No secret: the stand-in gives it out, and nobody else takes it.
const TOKEN: &str = "8321:demo";
/// The departments bind their groups the afternoon before the demo opens.
const BINDING_BEFORE: TimeDelta = TimeDelta::hours(17);
/// How far ahead the next reminder is sought.
const LOOK_AHEAD: Days = Days::new(400);
const BINDING_PATIENCE: Duration = Duration::from_secs(20);
/// How often, and how many times, the outbox is looked at until it is empty.
const DRAIN: (Duration, usize) = (Duration::from_millis(20), 250);

pub use self::scene::Script;

/// Everything that the demo needs, set up and waiting.
pub struct Demo {
    store: Store,
    database: PathBuf,
    clock: Clock,
    sandbox: Sandbox,
    listener: TcpListener,
    address: SocketAddr,
    opens_at: DateTime<Utc>,
    codes: Vec<(i64, i64, String)>,
    /// Whether the database stays.
    kept: bool,
    /// Dropped last, after SQLite has closed the file.
    _lock: Lock,
}

impl Demo {
    /// `kept`: whether the database stays.
    pub async fn open(
        listen: SocketAddr,
        opens_at: DateTime<Utc>,
        script: &Script,
        (database, kept): (&str, bool),
    ) -> Result<Demo> {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("不能使用地址 {listen}，可能已被占用。请用 --listen 换一个端口"))?;
        let clock = Clock::started_at(opens_at - BINDING_BEFORE);
        let path = Store::settle(database).await?;
        let lock = Lock::take(&path)?;
        safekeeping::tidy(&path);
        let store = Store::connect(&path).await?;
        let units = furnish(&store, &clock, script, &path.display().to_string()).await?;
        let groups = CHATS.iter().zip(&units);
        let departments: Vec<_> =
            groups.map(|((chat, people), unit)| Department { chat: *chat, unit, people: *people }).collect();
        let codes = codes(&store, &clock, &departments).await?;
        let sandbox_clock = clock.clone();
        let sandbox = Sandbox::new(Settings::new(TOKEN, move || sandbox_clock.now().timestamp()));
        populate(&sandbox, &departments, script, kept);
        let address = listener.local_addr()?;
        Ok(Demo { store, database: path, clock, sandbox, listener, address, opens_at, codes, kept, _lock: lock })
    }

    /// What the terminal says.
    pub fn invitation(&self) -> String {
        format!(
            "督办演示已就绪，请用浏览器打开：http://{}\n\
             可以试四件事：\n\
             1. 在单位群里回复提醒，例如：进度60%，系统已上线试运行。问题：市县数据未打通\n\
             2. 在“{}”的对话里问：总体进展，或：哪些逾期了\n\
             3. 换一个发言人（同事、外单位的人、匿名管理员），发照片、相册或语音，修改或撤回，看机器人怎么答\n\
             4. 点页面上方的“下一次提醒”或“后移一天”，看各群收到什么\n\
             按 Ctrl+C 结束；{}。",
            self.address,
            COORDINATOR.1,
            remark(self.kept)
        )
    }

    /// Runs until `shutdown` turns true.
    pub async fn run(self, shutdown: watch::Sender<bool>) -> Result<()> {
        let address: reqwest::Url = format!("http://{}", self.address).parse().context("the listener's address")?;
        let links = Links::of(&self.store, &self.clock, address.clone()).await?;
        let board = board::routes(self.store.clone(), self.clock.clone(), links.clone());
        let routes = door::for_own_pages(self.sandbox.clone().routes().merge(board), OwnName::new(self.address, None));
        let bot = Bot {
            store: self.store.clone(),
            clock: self.clock.clone(),
            telegram: Telegram::new(TOKEN, &Network::direct(address))?,
            database: self.database.clone(),
            paced: true,
            links: Some(links),
        };
        let controls = self.sandbox.controls();
        let (mut ended, closing) = (shutdown.subscribe(), self.sandbox.clone());
        let served = async {
            let ended = async move {
                // The sender lives as long as the demo, so this ends only when it turns true.
                let _ = ended.wait_for(|ended| *ended).await;
                closing.close();
            };
            door::serve(self.listener, routes, ended).await;
            Ok(())
        };
        let director = Director { store: self.store, clock: self.clock, sandbox: self.sandbox };
        let directed = director.direct(self.opens_at, &self.codes, controls, shutdown.subscribe());
        let stop = |outcome: Result<()>| {
            shutdown.send_replace(true);
            outcome
        };
        let (served, ran, directed) =
            tokio::join!(async { stop(served.await) }, async { stop(bot.run(shutdown.clone()).await) }, async {
                stop(directed.await)
            });
        served.and(ran).and(directed)
    }
}

/// Imports the plan and the roll. The units that have a group: of an office's own plan those with the most to do.
async fn furnish(store: &Store, clock: &Clock, script: &Script, shown: &str) -> Result<Vec<String>> {
    let mut tx = store.begin(clock.now()).await?;
    if !plans::rows::plans(&mut tx).await?.is_empty() {
        bail!("数据库 {shown} 里已有方案，演示需要一个新的数据库。请换一个 --database，或不写");
    }
    if !script.own {
        let roll: Roll = serde_json::from_str(ROLL)?;
        roll::rows::load_roll(&mut tx, &roll).await?;
    }
    let digest = Sha256::digest(&script.bytes);
    importing::rows::plans::import(&mut tx, &script.draft, &digest, &script.name, None).await?;
    let duties = rows::duties(&mut tx, Which::All).await?;
    let mut units: Vec<(String, usize)> = Vec::new();
    for duty in &duties {
        match units.iter_mut().find(|(unit, _)| *unit == duty.unit.name) {
            Some((_, count)) => *count += 1,
            None => units.push((duty.unit.name.clone(), 1)),
        }
    }
    if script.own && units.is_empty() {
        bail!(
            "{} 里没有读到承担任务的单位，无法演示。请先用 duban plan import {} --dry-run 核对",
            script.name,
            script.name
        );
    }
    tx.commit().await?;
    if !script.own {
        return Ok(UNITS.map(str::to_owned).to_vec());
    }
    units.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(units.into_iter().map(|(unit, _)| unit).collect())
}

/// The codes with which everybody is bound: (chat, person, code).
async fn codes(store: &Store, clock: &Clock, departments: &[Department<'_>]) -> Result<Vec<(i64, i64, String)>> {
    let mut tx = store.begin(clock.now()).await?;
    let mut codes =
        vec![(COORDINATOR.0, COORDINATOR.0, binding::rows::invite(&mut tx, Invitee::Coordinator).await?.code)];
    codes.push((COORDINATORS.0, COORDINATOR.0, binding::rows::invite(&mut tx, Invitee::Coordinator).await?.code));
    for Department { chat, unit, people: [(first, _), _] } in departments {
        codes.push((*chat, *first, binding::rows::invite(&mut tx, Invitee::Unit(unit)).await?.code));
    }
    tx.commit().await?;
    Ok(codes)
}

/// Plays the first scene, then moves the clock as the page asks.
struct Director {
    store: Store,
    clock: Clock,
    sandbox: Sandbox,
}

impl Director {
    async fn direct(
        &self,
        opens_at: DateTime<Utc>,
        codes: &[(i64, i64, String)],
        mut controls: mpsc::Receiver<Control>,
        mut shutdown: watch::Receiver<bool>,
    ) -> Result<()> {
        tokio::select! {
            bound = tokio::time::timeout(BINDING_PATIENCE, self.bind(codes)) => bound.context("各群未能绑定")??,
            _ = shutdown.changed() => return Ok(()),
        }
        self.move_to(opens_at).await?;
        loop {
            let control = tokio::select! {
                control = controls.recv() => control,
                _ = shutdown.changed() => return Ok(()),
            };
            match control {
                Some(Control::Advance { days }) => match self.clock.now() + TimeDelta::days(days) {
                    later if reaches(later.date_naive()) => self.move_to(later).await?,
                    _ => self.sandbox.set_notice("演示的时间不能再往后了"),
                },
                Some(Control::NextReminder) => match self.next_reminder().await? {
                    Some(at) => self.move_to(at).await?,
                    None => self.sandbox.set_notice("近期没有需要发出的提醒"),
                },
                None => return Ok(()),
            }
        }
    }

    /// Everybody types the code that they were given, and is answered.
    async fn bind(&self, codes: &[(i64, i64, String)]) -> Result<()> {
        for (chat, person, code) in codes {
            let command = if chat == person { "/start".to_owned() } else { format!("/bind@{BOT_USERNAME}") };
            let said = self.sandbox.say(*chat, *person, &format!("{command} {code}"), None)?;
            self.sandbox
                .until(|sandbox| sandbox.messages(*chat).into_iter().find(|message| message.reply_to == Some(said)))
                .await;
        }
        Ok(())
    }

    /// Moves the clock on, slot by slot, so that each day's digest is sent on its day.
    async fn move_to(&self, target: DateTime<Utc>) -> Result<()> {
        let mut view = self.store.read(self.clock.now()).await?;
        let policy = settings::rows::policy::policy(&mut view).await?;
        let calendar = settings::rows::holidays::calendar(&mut view, &policy).await?;
        drop(view);
        let passed = |part| slots(part, &policy, &calendar, self.clock.now(), target);
        let mut moments: Vec<DateTime<Utc>> = Part::ALL.into_iter().flat_map(passed).map(|slot| slot.at).collect();
        moments.sort_unstable();
        for at in moments.into_iter().chain([target]) {
            self.clock.move_to(at);
            self.sandbox.clock_moved();
            app::tick(&self.store, &self.clock, None).await?;
            self.drain().await?;
        }
        Ok(())
    }

    /// Waits, within bounds, until what can be sent now is sent.
    async fn drain(&self) -> Result<()> {
        let (pause, times) = DRAIN;
        for _ in 0..times {
            let next = delivery::next_delivery(&mut self.store.read(self.clock.now()).await?).await?;
            if next.is_none_or(|wait| wait > TimeDelta::zero()) {
                break;
            }
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }

    /// When the schedule next speaks to somebody who is here.
    async fn next_reminder(&self) -> Result<Option<DateTime<Utc>>> {
        let now = self.clock.now();
        let mut tx = self.store.read(now).await?;
        let policy = settings::rows::policy::policy(&mut tx).await?;
        let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
        let duties = rows::duties(&mut tx, Which::All).await?;
        let bound = reminding::rows::reached::units_with_chat(&mut tx).await?;
        let is_bound = |to: &Recipient| match to {
            Recipient::Unit(unit) => bound.contains(&unit.name),
            Recipient::Coordinators => true,
        };
        let today = now.with_timezone(&policy.timezone).date_naive();
        let planned = rehearse(
            &duties,
            &inspections::rows::open_inspections(&mut tx).await?,
            (today, today + LOOK_AHEAD),
            &policy,
            &calendar,
            is_bound,
        );
        let times = planned.iter().filter(|message| message.bound).map(|message| message.at.parse::<DateTime<Utc>>());
        for at in times {
            let at = at.context("a time that was printed here")?;
            if at > now {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}
