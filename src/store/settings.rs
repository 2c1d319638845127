//! The office's settings and single facts about the process.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::{Error, Result, Tx};
use crate::domain::intent::seal::Seal;
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::remind::{Part, Served};
use crate::domain::timekeeping::Jump;

impl Tx {
    /// The settings in force.
    pub async fn policy(&mut self) -> Result<Policy> {
        let settings = self.settings().await?;
        Policy::from_settings(&settings).map_err(|error| Error::Refused(error.to_string()))
    }

    /// The present, by the settings and the calendar in force.
    pub async fn moment(&mut self) -> Result<Moment> {
        let policy = self.policy().await?;
        Ok(Moment::of(self.now, &policy, &self.calendar(&policy).await?))
    }

    /// The settings that differ from the defaults.
    pub async fn settings(&mut self) -> Result<BTreeMap<String, String>> {
        let rows = sqlx::query!("select key, value from policy order by key");
        let rows = rows.fetch_all(self.connection()).await?;
        Ok(rows.into_iter().map(|row| (row.key, row.value)).collect())
    }

    /// Changes a setting. A value that does not fit changes nothing.
    pub async fn set_policy(&mut self, key: &str, value: &str, by: Actor) -> Result<()> {
        let mut settings = self.settings().await?;
        let before = settings.insert(key.to_owned(), value.to_owned());
        Policy::from_settings(&settings).map_err(|error| Error::Refused(error.to_string()))?;
        self.leave_the_past().await?;
        let set = sqlx::query!(
            "insert into policy (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            key,
            value
        );
        set.execute(self.connection()).await?;
        let body = json!({ "key": key, "before": before, "value": value });
        self.note(by, "policy_changed", body).await
    }

    /// Ends an exception: what holds for the others holds again.
    pub async fn drop_setting(&mut self, key: &str, by: Actor) -> Result<()> {
        let Some(before) = self.settings().await?.remove(key) else { return Ok(()) };
        self.leave_the_past().await?;
        let drop = sqlx::query!("delete from policy where key = ?", key);
        drop.execute(self.connection()).await?;
        let body = json!({ "key": key, "before": before, "value": null });
        self.note(by, "policy_changed", body).await
    }

    /// When Telegram last answered a poll.
    pub async fn last_polled(&mut self) -> Result<Option<DateTime<Utc>>> {
        let polled =
            sqlx::query_scalar!(r#"select value as "value: DateTime<Utc>" from state where key = 'last_polled'"#);
        Ok(polled.fetch_optional(self.connection()).await?)
    }

    /// The latest instant that the running bot is known to have seen: by its polls, or by what it noted before the first one
    /// ended. Commands of whoever runs it go by the machine's clock, which in a rehearsal is another one.
    pub async fn last_seen(&mut self) -> Result<Option<DateTime<Utc>>> {
        let noted = sqlx::query_scalar!(
            r#"select at as "at: DateTime<Utc>" from ledger where actor <> 'operator' and kind <> 'rows_changed'
               order by seq desc limit 1"#
        );
        let noted = noted.fetch_optional(self.connection()).await?;
        Ok(self.last_polled().await?.max(noted))
    }

    /// The last outage in which Telegram may have dropped something: from when to when.
    pub async fn outage(&mut self) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
        let outage = sqlx::query_scalar!("select value from state where key = 'outage'");
        let outage = outage.fetch_optional(self.connection()).await?;
        Ok(outage.as_deref().map(serde_json::from_str).transpose()?)
    }

    pub async fn set_outage(&mut self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
        let outage = serde_json::to_string(&(from, to))?;
        self.remember("outage", &outage).await?;
        self.note(Actor::Bot, "outage", json!({ "from": from, "to": to })).await
    }

    pub async fn set_last_polled(&mut self) -> Result<()> {
        let now = self.now.to_rfc3339();
        self.remember("last_polled", &now).await
    }

    /// The local date of the last daily backup, made or failed.
    pub async fn backup_tried_on(&mut self) -> Result<Option<NaiveDate>> {
        let day = sqlx::query_scalar!(r#"select value as "value: NaiveDate" from state where key = 'backup_tried_on'"#);
        Ok(day.fetch_optional(self.connection()).await?)
    }

    pub async fn set_backup_tried_on(&mut self, day: NaiveDate) -> Result<()> {
        self.remember("backup_tried_on", &day.to_string()).await
    }

    /// The jump of the clock that holds the reminders.
    pub async fn clock_jump(&mut self) -> Result<Option<Jump>> {
        let jump = sqlx::query_scalar!("select value from state where key = 'clock_jump'");
        let jump = jump.fetch_optional(self.connection()).await?;
        Ok(jump.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// Holds the reminders until [`Tx::go_on_after_jump`].
    pub async fn hold_for_jump(&mut self, jump: &Jump) -> Result<()> {
        self.remember("clock_jump", &serde_json::to_string(jump)?).await?;
        self.note(Actor::Bot, "clock_jumped", json!(jump)).await
    }

    /// The schedule goes on from where it was; where that lies ahead of the clock, from now.
    pub async fn go_on_after_jump(&mut self, by: Actor) -> Result<()> {
        let forget = sqlx::query!("delete from state where key = 'clock_jump'");
        forget.execute(self.connection()).await?;
        let now = self.now;
        let ahead = |served: Option<Served>| served.map(|served| served.up_to).filter(|up_to| *up_to > now);
        let body = match ahead(self.served(Part::Digest).await?) {
            Some(said) => json!({ "said_up_to": said, "now": now }),
            None => json!({ "now": now }),
        };
        for part in Part::ALL {
            if ahead(self.served(part).await?).is_some() {
                self.set_served(part, Served { up_to: now, spoken_for: None }).await?;
            }
        }
        self.note(by, "clock_trusted", body).await
    }

    /// The key that signs the links to the board page.
    pub async fn board_key(&mut self) -> Result<[u8; 32]> {
        self.key("board_key").await
    }

    /// What ties buttons to the chats for which they are drawn. A restored backup brings it along, so they go on working.
    pub async fn button_seal(&mut self) -> Result<Seal> {
        Ok(Seal::new(self.key("button_key").await?))
    }

    /// A random key, made when it is first asked for.
    async fn key(&mut self, name: &str) -> Result<[u8; 32]> {
        let known = sqlx::query_scalar!("select value from state where key = ?", name);
        if let Some(known) = known.fetch_optional(self.connection()).await? {
            return Ok(serde_json::from_str(&known)?);
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| Error::Refused(format!("操作系统没有给出随机数：{error}")))?;
        self.remember(name, &serde_json::to_string(&key)?).await?;
        Ok(key)
    }

    /// Under which name the bot last ran; links to it need that.
    pub async fn username(&mut self) -> Result<Option<String>> {
        let username = sqlx::query_scalar!("select value from state where key = 'username'");
        Ok(username.fetch_optional(self.connection()).await?)
    }

    pub async fn set_username(&mut self, username: &str) -> Result<()> {
        self.remember("username", username).await
    }

    async fn remember(&mut self, key: &str, value: &str) -> Result<()> {
        let set = sqlx::query!(
            "insert into state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            key,
            value
        );
        set.execute(self.connection()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::recount::store_with_plan;
    use super::*;

    #[tokio::test]
    async fn what_was_noted_before_the_first_poll_was_seen_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = "2019-07-04T02:00:00Z".parse().unwrap();
        let store = store_with_plan(folder.path(), now).await;
        let mut tx = store.begin(now).await.unwrap();
        assert_eq!(tx.last_seen().await.unwrap(), None, "whoever runs the program has imported the plan");
        tx.set_outage(now, now).await.unwrap();
        assert_eq!(tx.last_seen().await.unwrap(), Some(now));
        tx.remember("last_polled", "2019-07-05T02:00:00Z").await.unwrap();
        assert_eq!(tx.last_seen().await.unwrap(), Some("2019-07-05T02:00:00Z".parse().unwrap()));
    }
}
