//! The running bot: six loops around one database, and how they stop.

mod work;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use work::Worker;

use crate::board::Links;
use crate::chat::words::Words;
use crate::clock::Clock;
use crate::room::with_room;
use crate::store::{Store, Tx, Update, inbox, outbox};
use crate::tally::{self, Event};
use crate::telegram::fault::Fault;
use crate::telegram::{Me, Telegram, read};
use crate::{coordinators, deliver, evidence, flow, importing, log, quiet, reminding, safekeeping, settings};

/// How often the schedule is looked at while the clock runs by itself.
const TICK: Duration = Duration::from_secs(15);
/// How long Telegram keeps updates that nobody fetches.
const TELEGRAM_KEEPS: TimeDelta = TimeDelta::hours(24);
/// How long Telegram may keep a poll open.
const POLL: Duration = Duration::from_secs(30);
const EMPTY_POLL_PAUSE: Duration = Duration::from_millis(100);
/// How long the schedule waits at the start for what people have said meanwhile. Where Telegram cannot be asked it speaks
/// all the same.
const CATCHING_UP: Duration = Duration::from_secs(120);
/// Who is started while another one ends meets a conflict or two, and a token may be refused once by mistake; after so many
/// in a row, five minutes with the pauses between them, the other one is there to stay, or the token is no longer good.
const MOST_IN_A_ROW: u32 = 10;
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Rehearsals do without the pauses that spare Telegram.
const REHEARSED_PAUSE: Duration = Duration::from_millis(50);

/// The bot's parts.
pub struct Bot {
    pub store: Store,
    pub clock: Clock,
    pub telegram: Telegram,
    /// The database's file, beside which the daily backups are kept.
    pub database: PathBuf,
    /// Whether Telegram's limits are kept. Only a rehearsal does without.
    pub paced: bool,
    /// To the board page, where it is served.
    pub links: Option<Links>,
}

/// A signal between the loops: something arrived, something was posted.
#[derive(Default)]
struct Signals {
    pub arrived: Notify,
    pub posted: Notify,
    /// A document may have to be read.
    pub sent: Notify,
    /// A report may have come with files.
    pub attached: Notify,
    /// Whether all that waited at Telegram at the start has been fetched, and whether it has been handled.
    pub fetched: watch::Sender<bool>,
    pub caught_up: watch::Sender<bool>,
}

impl Bot {
    /// Runs until `shutdown` turns true or a loop fails; the other loops then end their present step first.
    pub async fn run(self, shutdown: watch::Sender<bool>) -> Result<()> {
        let Some(me) = self.greet(shutdown.subscribe()).await? else { return Ok(()) };
        // After a pause of unknown length only a step back of the clock is sure to be one.
        let last_seen = settings::rows::last_seen(&mut self.store.read(self.clock.now()).await?).await?;
        self.recover(&me).await?;
        let signals = Signals::default();
        let loops = (
            self.poll(&signals, shutdown.subscribe()),
            Worker::new(&self, &me).work(&signals, shutdown.subscribe()),
            self.tick(last_seen.filter(|last| *last > self.clock.now()), &signals, shutdown.subscribe()),
            deliver::deliver(
                (&self.store, self.links.as_ref()),
                &self.telegram,
                &self.clock,
                self.paced,
                &signals.posted,
                shutdown.subscribe(),
            ),
            importing::fetching::read_documents(
                &self.store,
                &self.telegram,
                &self.clock,
                (&signals.sent, &signals.posted),
                shutdown.subscribe(),
            ),
            evidence::fetching::fetch_evidence(
                &self.store,
                &self.telegram,
                &self.clock,
                (&signals.attached, self.paced),
                shutdown.subscribe(),
            ),
        );
        let outcomes = tokio::join!(
            stopping(loops.0, &shutdown),
            stopping(loops.1, &shutdown),
            stopping(loops.2, &shutdown),
            stopping(loops.3, &shutdown),
            stopping(loops.4, &shutdown),
            stopping(loops.5, &shutdown),
            self.offer_commands(shutdown.subscribe())
        );
        self.store.close().await;
        outcomes.0.and(outcomes.1).and(outcomes.2).and(outcomes.3).and(outcomes.4).and(outcomes.5)
    }

    /// Learns who the bot is. A network that is not there yet is waited for; `None` where the wait was ended.
    async fn greet(&self, mut shutdown: watch::Receiver<bool>) -> Result<Option<Me>> {
        let mut pause = FIRST_PAUSE;
        let me = loop {
            match self.telegram.me().await {
                Ok(me) => break me,
                Err(fault @ Fault::WrongToken) => bail!(fault),
                Err(fault) => tracing::warn!(%fault, "暂时连不上 Telegram，稍后再试；可用 duban doctor 查找原因"),
            }
            rest(&mut pause, self.longest_pause(), &mut shutdown).await;
            if *shutdown.borrow() {
                return Ok(None);
            }
        };
        tracing::info!(username = me.username, "督办助手已启动");
        Ok(Some(me))
    }

    /// The menus may come a moment later; nobody waits for them.
    async fn offer_commands(&self, mut shutdown: watch::Receiver<bool>) -> Result<()> {
        let mut tx = self.store.read(self.clock.now()).await?;
        let coordinators = coordinators::rows::chats(&mut tx).await?;
        drop(tx);
        tokio::select! {
            offered = self.telegram.offer_commands(&coordinators) => {
                if let Err(fault) = offered {
                    tracing::warn!(%fault, "命令菜单未能设置");
                }
            }
            _ = shutdown.changed() => {}
        }
        Ok(())
    }

    fn longest_pause(&self) -> Duration {
        if self.paced { LONGEST_PAUSE } else { REHEARSED_PAUSE }
    }

    /// What was being sent when the process last ended is in doubt.
    async fn recover(&self, me: &Me) -> Result<()> {
        let mut tx = self.store.begin(self.clock.now()).await?;
        let doubtful = deliver::doubt_interrupted(&mut tx).await?;
        let again = inbox::retry_set_aside(&mut tx).await?;
        settings::rows::set_username(&mut tx, &me.username).await?;
        quiet::rows::set_paced(&mut tx, self.paced).await?;
        self.tell_of_outage(&mut tx).await?;
        flow::on_first_start(&mut tx).await?;
        tx.commit().await?;
        if doubtful > 0 {
            tracing::warn!(doubtful, "上次中断时正在发送的消息，将带“可能重复”再发");
        }
        if again > 0 {
            tracing::info!(again, "其他版本搁置的消息，现在重试");
        }
        Ok(())
    }

    /// Telegram drops what nobody fetches for a day, so after a longer outage people are asked to say it again: the
    /// coordinators at once, the groups in their next digest.
    async fn tell_of_outage(&self, tx: &mut Tx) -> Result<()> {
        let Some(polled) = settings::rows::last_polled(tx).await?.filter(|polled| tx.now - *polled > TELEGRAM_KEEPS)
        else {
            return Ok(());
        };
        let moment = settings::rows::moment(tx).await?;
        let words = reminding::sentences::was_away(polled, moment.now, moment.zone);
        settings::rows::set_outage(tx, polled, moment.now).await?;
        Ok(outbox::tell_coordinators(tx, &Words::plain(words), moment.opening).await?)
    }

    /// Telegram is told that an update was received only after it is on disk: by the offset of the next poll.
    async fn poll(&self, signals: &Signals, mut shutdown: watch::Receiver<bool>) -> Result<()> {
        let mut offset = 0;
        let mut compared = false;
        let mut pause = FIRST_PAUSE;
        let mut in_a_row = 0;
        while !*shutdown.borrow() {
            // What waits there at the start is asked for without waiting for more.
            let fetched = *signals.fetched.borrow();
            let asked = self.clock.running();
            let polled = tokio::select! {
                polled = self.telegram.updates(offset, if fetched { POLL } else { Duration::ZERO }) => polled,
                _ = shutdown.changed() => return Ok(()),
            };
            match polled {
                Ok(updates) => {
                    pause = FIRST_PAUSE;
                    in_a_row = 0;
                    let new = with_room(async || self.keep(&updates, compared).await, &mut shutdown).await?;
                    compared |= !updates.is_empty();
                    if let Some(last) = updates.iter().map(|update| update.update_id).max() {
                        // An offset below zero would forget what waits, core.telegram.org/bots/api#getupdates.
                        offset = last.saturating_add(1).max(0);
                    }
                    match (new, updates.is_empty()) {
                        (0, true) if !fetched => {
                            signals.fetched.send_replace(true);
                            signals.arrived.notify_one();
                        }
                        // A server that does not keep the poll open, or gives what it gave before, must not be asked in a
                        // circle.
                        (0, true) if self.paced && self.clock.running() - asked < FIRST_PAUSE => {
                            tokio::time::sleep(FIRST_PAUSE).await;
                        }
                        (0, true) => tokio::time::sleep(EMPTY_POLL_PAUSE).await,
                        (0, false) => rest(&mut pause, self.longest_pause(), &mut shutdown).await,
                        _ => signals.arrived.notify_one(),
                    }
                }
                Err(fault) => {
                    tally::count(Event::PollFailed, 1);
                    let longest = match &fault {
                        Fault::Wait(rest) if self.paced => *rest,
                        _ => self.longest_pause(),
                    };
                    in_a_row = if fault.is_lasting() { in_a_row + 1 } else { 0 };
                    match &fault {
                        _ if in_a_row >= MOST_IN_A_ROW => bail!(fault),
                        Fault::Conflict | Fault::WrongToken => {
                            tracing::error!(%fault, in_a_row, "收取消息失败，稍后再试");
                        }
                        Fault::Wait(rest) => {
                            tracing::warn!(%fault, "收取消息失败，稍后再试");
                            pause = *rest;
                        }
                        _ => tracing::warn!(%fault, "收取消息失败，稍后再试"),
                    }
                    rest(&mut pause, longest, &mut shutdown).await;
                }
            }
        }
        Ok(())
    }

    /// How many of the updates are new. The first ones since the start are `compared` with what is kept already.
    async fn keep(&self, updates: &[Update], compared: bool) -> Result<u64> {
        let mut tx = self.store.begin(self.clock.now()).await?;
        if let (Some(first), false) = (updates.iter().map(|update| update.update_id).min(), compared) {
            tell_of_loss(&mut tx, first).await?;
        }
        let updates: Vec<_> = updates.iter().map(|update| (update, read::origin(&update.raw))).collect();
        let new = inbox::receive_all(&mut tx, &updates).await?;
        settings::rows::set_last_polled(&mut tx).await?;
        tx.commit().await?;
        tally::count(Event::Update, new);
        Ok(new)
    }

    /// On a thread of its own, because the loops share one: to copy and to verify takes as long as the database is large.
    async fn keep_safe(&self) -> Result<()> {
        let (store, database, now) = (self.store.clone(), self.database.clone(), self.clock.now());
        let runtime = Handle::current();
        let keep = move || runtime.block_on(safekeeping::keep_safe(&store, &database, now));
        tokio::task::spawn_blocking(keep).await?
    }

    /// On a thread of its own, because the loops share one: what is said to a large office is long in the making.
    async fn look(&self, expected: Option<DateTime<Utc>>) -> Result<()> {
        let (store, clock, runtime) = (self.store.clone(), self.clock.clone(), Handle::current());
        tokio::task::spawn_blocking(move || runtime.block_on(tick(&store, &clock, expected))).await?
    }

    /// Asks time and again what should have been said by now.
    async fn tick(
        &self,
        mut expected: Option<DateTime<Utc>>,
        signals: &Signals,
        mut shutdown: watch::Receiver<bool>,
    ) -> Result<()> {
        let mut moved = self.clock.moves();
        let mut caught_up = signals.caught_up.subscribe();
        with_room(async || self.keep_safe().await, &mut shutdown).await?;
        tokio::select! {
            // The sender lives as long as the loops.
            _ = caught_up.wait_for(|caught_up| *caught_up) => {}
            () = tokio::time::sleep(CATCHING_UP) => tracing::warn!("停机期间的来信还没有读完，先按计划发提醒"),
            _ = shutdown.changed() => {}
        }
        while !*shutdown.borrow() {
            let (before, running) = (self.clock.now(), self.clock.running());
            with_room(async || self.look(expected).await, &mut shutdown).await?;
            with_room(async || self.keep_safe().await, &mut shutdown).await?;
            signals.posted.notify_one();
            tokio::select! {
                () = tokio::time::sleep(TICK) => expected = Some(before + (self.clock.running() - running)),
                _ = moved.changed() => expected = None,
                _ = shutdown.changed() => {}
            }
        }
        Ok(())
    }
}

/// Where the database was restored from a copy, something may have come after it was made.
async fn tell_of_loss(tx: &mut Tx, first: i64) -> Result<()> {
    let Some(lost) = settings::rows::restored::lost_before(tx, first).await? else { return Ok(()) };
    let since = log::office_time(lost.from);
    tracing::warn!(updates = lost.updates, since, "数据库缺少其后的消息，可能是从备份恢复的；已告知督办员");
    settings::rows::restored::note_lost(tx, lost).await?;
    let moment = settings::rows::moment(tx).await?;
    let words = reminding::sentences::clock::restored(lost.updates, lost.from, tx.now, moment.zone);
    Ok(outbox::tell_coordinators(tx, &words, moment.opening).await?)
}

/// One look at the schedule. `expected` is what the clock should show, where that is known.
pub async fn tick(store: &Store, clock: &Clock, expected: Option<DateTime<Utc>>) -> Result<()> {
    Ok(flow::on_tick(store, clock.now(), expected).await?)
}

/// Ends the other loops once this one ends.
async fn stopping(running: impl Future<Output = Result<()>>, shutdown: &watch::Sender<bool>) -> Result<()> {
    let outcome = running.await;
    shutdown.send_replace(true);
    outcome
}

/// Waits for `pause`, which doubles up to `longest`, unless the shutdown comes first.
async fn rest(pause: &mut Duration, longest: Duration, shutdown: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep((*pause).min(longest)) => {}
        _ = shutdown.changed() => {}
    }
    *pause = (*pause * 2).min(longest);
}

/// A sender that turns true at SIGINT or SIGTERM.
pub fn shutdown_at_signal() -> Result<watch::Sender<bool>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let shutdown = watch::Sender::new(false);
    let sender = shutdown.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        sender.send_replace(true);
    });
    Ok(shutdown)
}
