//! What stands beside the chats: the ledger as it grows, what waits, and phrases that fit how things stand.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::watch;

use crate::demo::chips;
use crate::demo::scene::{CONTACT, COORDINATOR, COORDINATORS, SECOND, STRANGER};
use crate::demo::stage::Stage;
use crate::office::duty::Duty;
use crate::office::rows;
use crate::office::rows::Which;
use crate::paper::workbook;
use crate::roll::rows::naming;
use crate::sandbox::{Entry, Lead, Pending, Trial, Words};
use crate::settings;
use crate::store::ledger::{self, ExportedEntry};
use crate::store::vitals;

/// How often the database is looked at.
const PAUSE: Duration = Duration::from_millis(400);
/// So many entries are read at once.
const PAGE: i64 = 200;
/// As many digits of a hash tell one entry from another.
const MARK: usize = 8;

/// Up to where the page has been told.
#[derive(Default)]
struct Told {
    entry: i64,
    day: Option<NaiveDate>,
}

impl Stage {
    /// Keeps the page up to date until the end.
    pub async fn record(&self, mut ended: watch::Receiver<bool>) {
        let mut told = Told::default();
        while !*ended.borrow() {
            match self.tell(&mut told).await {
                Ok(()) => {}
                // The bot closes the database when it ends.
                Err(_) if *ended.borrow() => return,
                Err(error) => tracing::warn!(error = format!("{error:#}"), "演练台暂时读不到数据库"),
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = ended.changed() => {}
            }
        }
    }

    async fn tell(&self, told: &mut Told) -> Result<()> {
        let mut view = self.store.read(self.clock.now()).await?;
        let entries = ledger::ledger_entries(&mut view, told.entry, PAGE).await?;
        let vitals = vitals::vitals(&mut view).await?;
        let unsent =
            vitals.outbox.iter().filter(|(state, _)| matches!(state.as_str(), "pending" | "sending" | "in_doubt"));
        let unsent = unsent.map(|(_, count)| count).sum();
        let waiting = i64::try_from(self.sandbox.unconfirmed()).unwrap_or(i64::MAX);
        self.sandbox.set_pending(Pending { received: vitals.inbox_waiting.saturating_add(waiting), unsent });
        let policy = settings::rows::policy::policy(&mut view).await?;
        let today = self.clock.now().with_timezone(&policy.timezone).date_naive();
        if !entries.is_empty() || told.day != Some(today) {
            let duties = rows::duties(&mut view, Which::All).await?;
            self.offer(&duties, today);
            told.day = Some(today);
        }
        let people = if entries.is_empty() { HashMap::new() } else { naming::names(&mut view).await?.people };
        drop(view);
        for entry in entries {
            told.entry = entry.seq;
            self.sandbox.add_entry(shown(entry, &people));
        }
        Ok(())
    }

    /// Phrases and trials that fit.
    fn offer(&self, duties: &[Duty], today: NaiveDate) {
        let units: Vec<&str> = self.departments.iter().map(|department| department.unit.as_str()).collect();
        for department in &self.departments {
            self.sandbox.set_hints(department.chat, chips::of_unit(duties, &department.unit, today));
        }
        for coordinator in [COORDINATOR, SECOND] {
            self.sandbox.set_hints(coordinator.0, chips::of_coordinator(duties, &units, today));
        }
        self.sandbox
            .set_hints(COORDINATORS.0, ["/status", "/pending", "/problems", "/board"].map(str::to_owned).to_vec());
        if let Some(unit) = units.first() {
            self.sandbox.set_hints(CONTACT.0, chips::in_private(duties, unit, today));
        }
        self.sandbox.set_trials(self.trials(duties, today));
    }

    fn trials(&self, duties: &[Duty], today: NaiveDate) -> Vec<Trial> {
        let group = self.departments.iter().find_map(|department| {
            let duty = chips::most_urgent(duties, &department.unit, today)?;
            Some((department, chips::progress(&duty.task.number)))
        });
        let mut trials = Vec::new();
        if let Some((department, text)) = &group {
            let (chat, [contact, _]) = (department.chat, department.people);
            trials.push(Trial {
                words: Words::new(
                    format!("在{}的群里回复提醒，说说进展", department.unit),
                    "Reply to a reminder in a unit's group: progress in plain words",
                ),
                lead: Lead::Say { chat, person: contact.0, text: text.clone() },
            });
        }
        trials.push(Trial {
            words: Words::new(
                format!("以{}的身份问：总体进展", COORDINATOR.1),
                "Ask as a coordinator how things stand: 总体进展",
            ),
            lead: Lead::Say { chat: COORDINATOR.0, person: COORDINATOR.0, text: "总体进展".to_owned() },
        });
        if let Some((department, text)) = group {
            trials.push(Trial {
                words: Words::new(
                    format!("换成{}在同一个群里说，看机器人怎么答", STRANGER.1),
                    "Say the same as somebody who is no contact of the unit",
                ),
                lead: Lead::Say { chat: department.chat, person: STRANGER.0, text },
            });
        }
        trials.push(Trial {
            words: Words::new("拨到下一次提醒，看各群收到什么", "Go to the next reminder and see what each group gets"),
            lead: Lead::NextReminder,
        });
        trials
    }
}

/// `people`: their names, by the numbers that the ledger has of them.
fn shown(entry: ExportedEntry, people: &HashMap<i64, String>) -> Entry {
    let person = entry.actor.strip_prefix("person:").and_then(|id| id.parse::<i64>().ok());
    let who = match person {
        Some(id) => {
            let name = people.get(&id).unwrap_or(&entry.actor);
            Words::new(name, name)
        }
        None if entry.actor == "bot" => Words::new("系统", "the bot"),
        None => Words::new("运行人员", "the operator"),
    };
    let at = entry.at.parse::<DateTime<Utc>>().map(|at| at.timestamp()).unwrap_or_default();
    let mark = entry.hash.chars().take(MARK).collect();
    Entry { number: entry.seq, at, who, what: matter(&entry.kind), mark }
}

/// What an entry is about. One of a kind that the papers do not know goes by its own name, which is English.
fn matter(kind: &str) -> Words {
    let english = kind.replace('_', " ");
    let chinese = workbook::matter(kind);
    let chinese = if chinese == kind { english.as_str() } else { chinese };
    Words::new(chinese, english.as_str())
}
