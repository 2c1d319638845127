//! Plays the first scene, then moves the clock as the page asks.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use tokio::sync::{mpsc, watch};

use crate::demo::scene::{Script, usual_notice};
use crate::demo::stage::Stage;
use crate::office::policy::Policy;
use crate::office::rows::{self, Which};
use crate::reminding::item::Recipient;
use crate::reminding::rehearsal::rehearse;
use crate::reminding::slot::{Part, slots};
use crate::sandbox::{BOT_USERNAME, Control, Trouble, Upload, Words};
use crate::schedule::calendar::Calendar;
use crate::schedule::reach::reaches;
use crate::store::{Tx, delivery};
use crate::{app, inspections, plan, reminding, settings};

/// How far ahead the next reminder is sought.
const LOOK_AHEAD: Days = Days::new(400);
/// The clock goes on by no more at once.
const FURTHEST: i64 = 366;
const BINDING_PATIENCE: Duration = Duration::from_secs(20);
/// How often, and how many times, the outbox is looked at until it is empty.
const DRAIN: (Duration, usize) = (Duration::from_millis(20), 250);

/// What the first messages are about.
const CODE_OF_A_UNIT: &str = "The unit's contact types the one-time code that the office has given out.";
const UNIT_IS_BOUND: &str = "The group now speaks for the unit, and gets its reminders.";
const CODE_OF_A_COORDINATOR: &str = "A coordinator of the office uses an invitation.";
const COORDINATOR_IS_KNOWN: &str = "The bot knows the coordinators: they ask, decide and export.";
const UNIT_IS_REMINDED: &str = "This morning's reminder: which tasks are due, and when. Reply to it in plain words, such as \
                                第5项：进度60%, and the bot records the progress.";
const COORDINATORS_ARE_TOLD: &str = "What the coordinators are told this morning.";

impl Stage {
    /// The performance that was asked for in place of this one; `None` at the end.
    pub(super) async fn direct(&self, mut ended: watch::Receiver<bool>) -> Result<Option<Stage>> {
        let mut controls = self.sandbox.controls();
        tokio::select! {
            bound = tokio::time::timeout(BINDING_PATIENCE, self.bind()) => bound.context("各群未能绑定")??,
            _ = ended.changed() => return Ok(None),
        }
        self.move_to(self.opens_at).await?;
        self.explain_opening();
        loop {
            let control = tokio::select! {
                control = controls.recv() => control,
                _ = ended.changed() => return Ok(None),
            };
            let Some(control) = control else { return Ok(None) };
            if let Some(next) = self.carry_out(control, &mut controls).await? {
                return Ok(Some(next));
            }
        }
    }

    async fn carry_out(&self, control: Control, controls: &mut mpsc::Receiver<Control>) -> Result<Option<Stage>> {
        let script = match control {
            Control::Advance { days } => {
                self.advance(days).await?;
                return Ok(None);
            }
            Control::GoTo { day } => {
                self.go_to(day).await?;
                return Ok(None);
            }
            Control::NextReminder => {
                match self.next_reminder().await? {
                    Some(at) => self.move_to(at).await?,
                    None => self.remark("近期没有需要发出的提醒", "Nothing will be reminded of in the near future"),
                }
                return Ok(None);
            }
            Control::Reset => Ok(self.script.clone()),
            Control::Play(document) => read(document).await,
        };
        // What was asked of the clock meanwhile was asked of this performance.
        while controls.try_recv().is_ok() {}
        let next = match script {
            Ok(script) => self.anew(script).await,
            Err(error) => Err(error),
        };
        match next {
            Ok(next) => Ok(Some(next)),
            Err(error) => {
                self.remark(&format!("{error:#}"), &format!("This document cannot be played: {error:#}"));
                Ok(None)
            }
        }
    }

    fn remark(&self, zh: &str, en: &str) {
        self.sandbox.set_notice(Words::new(zh, en));
    }

    async fn advance(&self, days: i64) -> Result<()> {
        let later = self.clock.now() + TimeDelta::days(days);
        if !reaches(later.date_naive()) {
            self.remark("演示的时间不能再往后了", "The clock cannot go on any further");
            return Ok(());
        }
        self.move_to(later).await
    }

    async fn go_to(&self, day: NaiveDate) -> Result<()> {
        let mut view = self.store.read(self.clock.now()).await?;
        let (policy, _) = times(&mut view).await?;
        drop(view);
        let today = self.clock.now().with_timezone(&policy.timezone).date_naive();
        match (day - today).num_days() {
            ..=0 => self.remark("时间只能往后拨；要回到开头，请点“重来”", "The clock only goes on; Reset begins anew"),
            days @ 1..=FURTHEST => self.advance(days).await?,
            _ => self.remark("一次最多往后拨一年", "The clock goes on by a year at most"),
        }
        Ok(())
    }

    /// Everybody types the code that they were given, and is answered.
    async fn bind(&self) -> Result<()> {
        for (chat, person, code) in &self.codes {
            let command = if chat == person { "/start".to_owned() } else { format!("/bind@{BOT_USERNAME}") };
            let said = self.sandbox.say(*chat, *person, &format!("{command} {code}"), None)?;
            let answered = self.sandbox.until(|sandbox| {
                let messages = sandbox.messages(*chat);
                messages.into_iter().find(|message| message.reply_to == Some(said)).map(|message| message.id)
            });
            let answer = answered.await;
            let (asked, told) = match self.is_of_a_unit(*chat) {
                true => (CODE_OF_A_UNIT, UNIT_IS_BOUND),
                false => (CODE_OF_A_COORDINATOR, COORDINATOR_IS_KNOWN),
            };
            self.sandbox.explain(*chat, said, asked);
            self.sandbox.explain(*chat, answer, told);
        }
        Ok(())
    }

    fn is_of_a_unit(&self, chat: i64) -> bool {
        self.departments.iter().any(|department| department.chat == chat)
    }

    fn explain_opening(&self) {
        for (chat, ..) in &self.codes {
            let told = if self.is_of_a_unit(*chat) { UNIT_IS_REMINDED } else { COORDINATORS_ARE_TOLD };
            let messages = self.sandbox.messages(*chat).into_iter();
            for message in messages.filter(|message| message.from.is_bot && message.gloss.is_none()) {
                self.sandbox.explain(*chat, message.id, told);
            }
        }
    }

    /// Moves the clock on, slot by slot, so that each day's digest is sent on its day. While the bot's program is gone only
    /// the clock moves.
    async fn move_to(&self, target: DateTime<Utc>) -> Result<()> {
        self.sandbox.set_notice(usual_notice(self.place.kept));
        let mut view = self.store.read(self.clock.now()).await?;
        let (policy, calendar) = times(&mut view).await?;
        drop(view);
        let passed = |part| slots(part, &policy, &calendar, self.clock.now(), target);
        let mut moments: Vec<DateTime<Utc>> = Part::ALL.into_iter().flat_map(passed).map(|slot| slot.at).collect();
        moments.sort_unstable();
        for at in moments.into_iter().chain([target]) {
            self.clock.move_to(at);
            self.sandbox.clock_moved();
            if self.sandbox.trouble() != Trouble::Stopped {
                app::tick(&self.store, &self.clock, None).await?;
                self.drain().await?;
            }
        }
        Ok(())
    }

    /// Waits, within bounds, until what can be sent now is sent.
    async fn drain(&self) -> Result<()> {
        let (pause, times) = DRAIN;
        for _ in 0..times {
            let next = delivery::next_delivery(&mut self.store.read(self.clock.now()).await?).await?;
            if self.sandbox.trouble() != Trouble::None || next.is_none_or(|wait| wait > TimeDelta::zero()) {
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
        let (policy, calendar) = times(&mut tx).await?;
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

async fn times(view: &mut Tx) -> Result<(Policy, Calendar)> {
    let policy = settings::rows::policy::policy(view).await?;
    let calendar = settings::rows::holidays::calendar(view, &policy).await?;
    Ok((policy, calendar))
}

/// A document that a visitor wants to see played.
async fn read(document: Upload) -> Result<Script> {
    let Upload { name, bytes, .. } = document;
    let reading = tokio::task::spawn_blocking(move || {
        let not_understood = format!("没有读懂 {name}");
        plan::check(&name, bytes.len() as u64).context(not_understood.clone())?;
        Script::of(name, bytes).context(not_understood)
    });
    reading.await?
}
