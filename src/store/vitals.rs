//! How the running bot is doing, in numbers.

use chrono::{DateTime, TimeDelta, Utc};

use crate::briefing::Happened;
use crate::reminding::slot::Part;
use crate::store::{Result, Tx, ledger};
use crate::{briefing, reminding, settings};

const WEEK: TimeDelta = TimeDelta::days(7);

/// What is counted for whoever runs the bot.
#[derive(Clone, Debug)]
pub struct Vitals {
    /// Updates that wait to be handled, and those that were set aside.
    pub inbox_waiting: i64,
    pub inbox_dead: i64,
    /// Since when the oldest update that is to be handled has waited.
    pub inbox_since: Option<DateTime<Utc>>,
    /// Messages by state.
    pub outbox: Vec<(String, i64)>,
    /// Since when the oldest message that may go has waited.
    pub oldest_pending: Option<DateTime<Utc>>,
    /// When Telegram last answered a poll.
    pub last_polled: Option<DateTime<Utc>>,
    /// Up to when the reminders were said.
    pub said_up_to: Option<DateTime<Utc>>,
    pub ledger_entries: i64,
    /// What happened in the last seven days.
    pub week: Happened,
}

pub async fn vitals(tx: &mut Tx) -> Result<Vitals> {
    let now = tx.now;
    let counts = sqlx::query!(
        r#"select (select count(*) from inbox where state = 'new') as "inbox_waiting!: i64",
                  (select count(*) from inbox where state = 'dead') as "inbox_dead!: i64",
                  (select min(received_at) from inbox where state = 'new') as "inbox_since?: DateTime<Utc>",
                  (select min(not_before) from outbox
                   where state in ('pending', 'sending', 'in_doubt') and not_before <= ?)
                      as "oldest_pending?: DateTime<Utc>""#,
        now
    );
    let counts = counts.fetch_one(tx.connection()).await?;
    let states = sqlx::query!(
        r#"select state as "state!", count(*) as "count!: i64" from outbox group by state order by state"#
    );
    let states = states.fetch_all(tx.connection()).await?;
    Ok(Vitals {
        inbox_waiting: counts.inbox_waiting,
        inbox_dead: counts.inbox_dead,
        inbox_since: counts.inbox_since,
        outbox: states.into_iter().map(|row| (row.state, row.count)).collect(),
        oldest_pending: counts.oldest_pending,
        last_polled: settings::rows::last_polled(tx).await?,
        said_up_to: reminding::rows::served::served(tx, Part::Digest).await?.map(|served| served.up_to),
        week: briefing::rows::happened::happened_since(tx, now - WEEK).await?,
        ledger_entries: ledger::ledger_head(tx).await?.entries,
    })
}
