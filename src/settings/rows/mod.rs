//! The office's settings and single facts about the process.

pub mod holidays;
pub mod policy;
pub mod restored;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::office::ids::PersonId;
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::reminding;
use crate::reminding::slot::{Part, Served};
use crate::reminding::timekeeping::Jump;
use crate::settings::{Change, rows};
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger, state};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::SetPolicy { key, value } => set_policy(tx, key, value, by).await,
        Change::TrustClock => go_on_after_jump(tx, by).await,
    }
}

/// The present, by the settings and the calendar in force.
pub async fn moment(tx: &mut Tx) -> Result<Moment> {
    let policy = rows::policy::policy(tx).await?;
    Ok(Moment::of(tx.now, &policy, &rows::holidays::calendar(tx, &policy).await?))
}

/// The settings that differ from the defaults.
pub async fn settings(tx: &mut Tx) -> Result<BTreeMap<String, String>> {
    let rows = sqlx::query!("select key, value from policy order by key");
    let rows = rows.fetch_all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| (row.key, row.value)).collect())
}

/// Changes a setting. A value that does not fit changes nothing.
pub async fn set_policy(tx: &mut Tx, key: &str, value: &str, by: Actor) -> Result<()> {
    tx.note_changed_settings();
    let mut settings = settings(tx).await?;
    let before = settings.insert(key.to_owned(), value.to_owned());
    Policy::from_settings(&settings).map_err(|error| Error::Refused(error.to_string()))?;
    rows::holidays::leave_the_past(tx).await?;
    let set = sqlx::query!(
        "insert into policy (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        key,
        value
    );
    set.execute(tx.connection()).await?;
    let body = json!({ "key": key, "before": before, "value": value });
    ledger::note(tx, by, "policy_changed", body).await
}

/// Ends an exception: what holds for the others holds again.
pub async fn drop_setting(tx: &mut Tx, key: &str, by: Actor) -> Result<()> {
    tx.note_changed_settings();
    let Some(before) = settings(tx).await?.remove(key) else { return Ok(()) };
    rows::holidays::leave_the_past(tx).await?;
    let drop = sqlx::query!("delete from policy where key = ?", key);
    drop.execute(tx.connection()).await?;
    let body = json!({ "key": key, "before": before, "value": null });
    ledger::note(tx, by, "policy_changed", body).await
}

/// When Telegram last answered a poll.
pub async fn last_polled(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let polled = sqlx::query_scalar!(r#"select value as "value: DateTime<Utc>" from state where key = 'last_polled'"#);
    Ok(polled.fetch_optional(tx.connection()).await?)
}

/// The latest instant that the running bot is known to have seen: by its polls, or by what it noted before the first one
/// ended. Commands of whoever runs it go by the machine's clock, which in a rehearsal is another one.
pub async fn last_seen(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let noted = sqlx::query_scalar!(
        r#"select at as "at: DateTime<Utc>" from ledger where actor <> 'operator' and kind <> 'rows_changed'
           order by seq desc limit 1"#
    );
    let noted = noted.fetch_optional(tx.connection()).await?;
    Ok(last_polled(tx).await?.max(noted))
}

/// The last outage in which Telegram may have dropped something: from when to when.
pub async fn outage(tx: &mut Tx) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    let outage = sqlx::query_scalar!("select value from state where key = 'outage'");
    let outage = outage.fetch_optional(tx.connection()).await?;
    Ok(outage.as_deref().map(serde_json::from_str).transpose()?)
}

pub async fn set_outage(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
    let outage = serde_json::to_string(&(from, to))?;
    state::remember(tx, "outage", &outage).await?;
    ledger::note(tx, Actor::Bot, "outage", json!({ "from": from, "to": to })).await
}

pub async fn set_last_polled(tx: &mut Tx) -> Result<()> {
    let now = tx.now.to_rfc3339();
    state::remember(tx, "last_polled", &now).await
}

/// The local date of the last daily backup, made or failed.
pub async fn backup_tried_on(tx: &mut Tx) -> Result<Option<NaiveDate>> {
    let day = sqlx::query_scalar!(r#"select value as "value: NaiveDate" from state where key = 'backup_tried_on'"#);
    Ok(day.fetch_optional(tx.connection()).await?)
}

pub async fn set_backup_tried_on(tx: &mut Tx, day: NaiveDate) -> Result<()> {
    state::remember(tx, "backup_tried_on", &day.to_string()).await
}

/// The jump of the clock that holds the reminders.
pub async fn clock_jump(tx: &mut Tx) -> Result<Option<Jump>> {
    let jump = sqlx::query_scalar!("select value from state where key = 'clock_jump'");
    let jump = jump.fetch_optional(tx.connection()).await?;
    Ok(jump.as_deref().map(serde_json::from_str).transpose()?)
}

/// Holds the reminders until [`go_on_after_jump`].
pub async fn hold_for_jump(tx: &mut Tx, jump: &Jump) -> Result<()> {
    state::remember(tx, "clock_jump", &serde_json::to_string(jump)?).await?;
    ledger::note(tx, Actor::Bot, "clock_jumped", json!(jump)).await
}

/// The schedule goes on from where it was; where that lies ahead of the clock, from now.
pub async fn go_on_after_jump(tx: &mut Tx, by: Actor) -> Result<()> {
    let forget = sqlx::query!("delete from state where key = 'clock_jump'");
    forget.execute(tx.connection()).await?;
    let now = tx.now;
    let ahead = |served: Option<Served>| served.map(|served| served.up_to).filter(|up_to| *up_to > now);
    let body = match ahead(reminding::rows::served::served(tx, Part::Digest).await?) {
        Some(said) => json!({ "said_up_to": said, "now": now }),
        None => json!({ "now": now }),
    };
    for part in Part::ALL {
        if ahead(reminding::rows::served::served(tx, part).await?).is_some() {
            reminding::rows::served::set_served(tx, part, Served { up_to: now, spoken_for: None }).await?;
        }
    }
    ledger::note(tx, by, "clock_trusted", body).await
}

/// Under which name the bot last ran; links to it need that.
pub async fn username(tx: &mut Tx) -> Result<Option<String>> {
    let username = sqlx::query_scalar!("select value from state where key = 'username'");
    Ok(username.fetch_optional(tx.connection()).await?)
}

pub async fn set_username(tx: &mut Tx, username: &str) -> Result<()> {
    state::remember(tx, "username", username).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::recount::store_with_plan;
    use crate::store::state;

    #[tokio::test]
    async fn what_was_noted_before_the_first_poll_was_seen_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let now: DateTime<Utc> = "2019-07-04T02:00:00Z".parse().unwrap();
        let store = store_with_plan(folder.path(), now).await;
        let mut tx = store.begin(now).await.unwrap();
        assert_eq!(last_seen(&mut tx).await.unwrap(), None, "whoever runs the program has imported the plan");
        set_outage(&mut tx, now, now).await.unwrap();
        assert_eq!(last_seen(&mut tx).await.unwrap(), Some(now));
        state::remember(&mut tx, "last_polled", "2019-07-05T02:00:00Z").await.unwrap();
        assert_eq!(last_seen(&mut tx).await.unwrap(), Some("2019-07-05T02:00:00Z".parse().unwrap()));
    }
}
