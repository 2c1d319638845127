//! Works off the inbox, a batch a commit: who is heard first, and what no message may cost the others.
//!
//! Who belongs to the office is heard before strangers, and everybody in their turn. Long words are read outside the
//! transaction, beside the work, while their sender's next words wait. Strangers are answered a few times a minute, all of
//! them together; what else they say is marked as handled.

use std::collections::{HashMap, HashSet};
use std::panic::catch_unwind;
use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Bot, LONGEST_PAUSE, Signals};
use crate::flow::{Handled, Read, Reading, Unread};
use crate::handling::{Came, Careless, Lost};
use crate::intent::command;
use crate::intent::command::Command;
use crate::room::with_room;
use crate::store::{Origin, Tx, Waiting, inbox};
use crate::telegram::{Me, read};
use crate::{binding, handling, settings};

/// So many updates are looked at in one commit.
const BATCH: i64 = 100;
/// Others may wait so long for a commit, by the clock of the process.
const SHARE: Duration = Duration::from_millis(100);
/// How soon an update is looked at again that answers what is still being sent.
const PUT_OFF: Duration = Duration::from_millis(50);
/// So many long messages are read at once.
const READERS: usize = 2;
/// So many updates of strangers are heard within a minute.
const STRANGERS_A_MINUTE: u32 = 20;

/// What a look at the inbox came to.
#[derive(Default)]
struct Worked {
    /// Handled or set aside.
    handled: usize,
    /// Whether something waits for a delivery to be noted.
    put_off: bool,
    /// Whether the time was up before the batch was.
    more: bool,
    unread: Vec<(i64, Origin, Box<Unread>)>,
}

pub(super) struct Worker<'a> {
    bot: &'a Bot,
    me: &'a Me,
    strangers: Strangers,
    /// The long messages that are being read, with their senders, and those that have been.
    reading: JoinSet<(i64, Option<Reading>)>,
    read_for: HashMap<i64, Origin>,
    read: HashMap<i64, Reading>,
    /// Those of which the reading came to no end: they are read in the transaction, where failures are counted.
    unreadable: HashSet<i64>,
}

impl<'a> Worker<'a> {
    pub fn new(bot: &'a Bot, me: &'a Me) -> Worker<'a> {
        Worker {
            bot,
            me,
            strangers: Strangers::default(),
            reading: JoinSet::new(),
            read_for: HashMap::new(),
            read: HashMap::new(),
            unreadable: HashSet::new(),
        }
    }

    /// Works until `shutdown`.
    pub async fn work(mut self, signals: &Signals, mut shutdown: watch::Receiver<bool>) -> Result<()> {
        while !*shutdown.borrow() {
            let fetched = *signals.fetched.borrow();
            let worked = with_room(async || self.work_off().await, &mut shutdown).await?;
            let Worked { handled, put_off, more, unread } = worked;
            for (update_id, origin, unread) in unread {
                self.read_for.insert(update_id, origin);
                self.reading.spawn_blocking(move || (update_id, catch_unwind(|| unread.read()).ok()));
            }
            if handled > 0 {
                signals.posted.notify_one();
                signals.sent.notify_one();
                signals.attached.notify_one();
            }
            // What has been read is worked off like what has just come.
            let mut has_read = false;
            while let Some(read) = self.reading.try_join_next() {
                if let Ok(read) = read {
                    self.note(read);
                    has_read = true;
                }
            }
            if more || has_read || handled > 0 && !put_off {
                continue;
            }
            if fetched && !put_off && self.reading.is_empty() {
                signals.caught_up.send_replace(true);
            }
            let again = if put_off { PUT_OFF } else { LONGEST_PAUSE };
            tokio::select! {
                Some(Ok(read)) = self.reading.join_next() => self.note(read),
                () = signals.arrived.notified() => {}
                () = tokio::time::sleep(again) => {}
                _ = shutdown.changed() => {}
            }
        }
        Ok(())
    }

    /// A batch in which anything goes wrong is worked off anew, with care. Where an update has cost even that the transaction,
    /// the others are handled with the next.
    async fn work_off(&mut self) -> Result<Worked> {
        let strangers = self.strangers;
        let mut worked = self.work_off_batch(false).await;
        if worked.as_ref().is_err_and(|error| error.is::<Careless>()) {
            self.strangers = strangers;
            worked = self.work_off_batch(true).await;
        }
        let lost = match worked {
            Ok(worked) => return Ok(worked),
            Err(error) => {
                // Whoever was admitted is heard again, and counted then.
                self.strangers = strangers;
                error.downcast::<Lost>()?
            }
        };
        let mut tx = self.bot.store.begin(self.bot.clock.now()).await?;
        lost.note(&mut tx, self.me).await?;
        tx.commit().await?;
        Ok(Worked { handled: 1, ..Worked::default() })
    }

    async fn work_off_batch(&mut self, care: bool) -> Result<Worked> {
        let mut tx = self.bot.store.begin(self.bot.clock.now()).await?;
        let policy = settings::rows::policy::policy(&mut tx).await?;
        let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
        let mut worked = Worked::default();
        let (mut done, mut failed, mut passed_over) = (Vec::new(), Vec::new(), Vec::new());
        // Whose next words wait for those before them.
        let mut busy: HashSet<Origin> = self.read_for.values().copied().collect();
        let queue = inbox::waiting_updates(&mut tx, BATCH).await?;
        let begun = self.bot.clock.running();
        for waiting in queue {
            if self.bot.clock.running() - begun > SHARE {
                worked.more = true;
                break;
            }
            let update = &waiting.update;
            if busy.contains(&waiting.origin) {
                continue;
            }
            if self.bot.paced && waiting.stranger && !self.hears_stranger(&mut tx, &waiting).await? {
                passed_over.push(update.update_id);
                continue;
            }
            let words = if self.unreadable.contains(&update.update_id) {
                Read::Here
            } else {
                Read::Apart(self.read.get(&update.update_id))
            };
            match handling::handle(&mut tx, update, self.me, (&policy, &calendar), words, care).await? {
                Came::Of(Handled::Done) => {
                    done.push(update.update_id);
                    // What comes next is judged by the new policy.
                    if tx.changed_settings() {
                        worked.more = true;
                        break;
                    }
                }
                Came::Failed => failed.push(update.update_id),
                Came::Of(Handled::NotYet) => {
                    busy.insert(waiting.origin);
                    worked.put_off = true;
                }
                Came::Of(Handled::Unread(unread)) => {
                    busy.insert(waiting.origin);
                    if self.reading.len() + worked.unread.len() < READERS {
                        worked.unread.push((update.update_id, waiting.origin, unread));
                    }
                }
            }
        }
        if !passed_over.is_empty() {
            tracing::warn!(updates = passed_over.len(), "未绑定的对话来信过多，超出的不处理");
            inbox::pass_over(&mut tx, &passed_over).await?;
            worked.handled += passed_over.len();
        }
        if !done.is_empty() {
            inbox::finish_updates(&mut tx, &done).await?;
        }
        worked.handled += done.len() + failed.len();
        tx.commit().await?;
        for update_id in done.into_iter().chain(failed) {
            self.read.remove(&update_id);
            self.unreadable.remove(&update_id);
        }
        Ok(worked)
    }

    fn note(&mut self, (update_id, reading): (i64, Option<Reading>)) {
        self.read_for.remove(&update_id);
        match reading {
            Some(reading) => drop(self.read.insert(update_id, reading)),
            None => drop(self.unreadable.insert(update_id)),
        }
    }

    /// Whether a stranger is heard now. Who comes with a good code is about to be no stranger, and who is in a group is told of
    /// by Telegram.
    async fn hears_stranger(&mut self, tx: &mut Tx, waiting: &Waiting) -> Result<bool> {
        let Ok(Some(incoming)) = read::incoming(&waiting.update.raw, self.me) else { return Ok(true) };
        if incoming.is_about_membership() {
            return Ok(true);
        }
        if let Some(Command::Bind { code: Some(code) }) = command::read(incoming.text(), &self.me.username)
            && binding::rows::is_open_code(tx, &code).await?
        {
            return Ok(true);
        }
        Ok(self.strangers.admits(tx.now))
    }
}

/// How many strangers were heard in the minute that is under way.
#[derive(Clone, Copy, Default)]
struct Strangers {
    since: Option<DateTime<Utc>>,
    heard: u32,
}

impl Strangers {
    fn admits(&mut self, now: DateTime<Utc>) -> bool {
        let is_over = |since: DateTime<Utc>| now - since >= TimeDelta::minutes(1) || now < since;
        if self.since.is_none_or(is_over) {
            *self = Strangers { since: Some(now), heard: 0 };
        }
        self.heard += 1;
        self.heard <= STRANGERS_A_MINUTE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_strangers_are_heard_a_minute() {
        let at = |second| DateTime::from_timestamp(second, 0).expect("an instant");
        let mut strangers = Strangers::default();
        let heard = (0..100).filter(|_| strangers.admits(at(7))).count();
        assert_eq!(heard, STRANGERS_A_MINUTE as usize);
        assert!(!strangers.admits(at(66)));
        assert!(strangers.admits(at(67)));
        // A clock that goes back begins anew.
        assert!(strangers.admits(at(1)));
    }
}
