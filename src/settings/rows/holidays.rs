//! Working days as the office has them: the shipped holidays, those that it has read in, and its weekend.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::office::policy::Policy;
use crate::reminding;
use crate::reminding::slot::Part;
use crate::schedule::calendar::{Calendar, YearFile};
use crate::settings::rows;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};

/// A year that the office has read in.
#[derive(Clone, Debug)]
pub struct HolidayYear {
    pub notice: YearFile,
    pub read_at: DateTime<Utc>,
}

/// The calendar in force under a policy.
pub async fn calendar(tx: &mut Tx, policy: &Policy) -> Result<Calendar> {
    let mut calendar = Calendar::china().with_weekend(&policy.weekend);
    for year in holiday_years(tx).await? {
        calendar.add_year(year.notice);
    }
    Ok(calendar)
}

/// The years that the office has read in, in the order in which it did.
pub async fn holiday_years(tx: &mut Tx) -> Result<Vec<HolidayYear>> {
    let rows =
        sqlx::query!(r#"select notice, read_at as "read_at: DateTime<Utc>" from holiday_year order by read_at, year"#);
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    rows.map(|row| Ok(HolidayYear { notice: notice(&row.notice)?, read_at: row.read_at })).collect()
}

/// Reads a year of holidays in, in place of what was known of it.
pub async fn read_holidays(tx: &mut Tx, text: &str, by: Actor) -> Result<YearFile> {
    let notice = notice(text)?;
    leave_the_past(tx).await?;
    let (year, now) = (notice.year, tx.now);
    let text = text.trim_start_matches('\u{feff}');
    let keep = sqlx::query!(
        "insert into holiday_year (year, notice, read_at) values (?, ?, ?)
         on conflict (year) do update set notice = excluded.notice, read_at = excluded.read_at",
        year,
        text,
        now
    );
    keep.execute(tx.connection()).await?;
    let (off, worked) = notice.counts();
    ledger::note(tx, by, "holidays_read", json!({ "year": year, "off": off, "worked": worked })).await?;
    Ok(notice)
}

/// Before the times of the schedule change: nothing that lies before the change becomes due by it.
pub async fn leave_the_past(tx: &mut Tx) -> Result<()> {
    let policy = rows::policy::policy(tx).await?;
    let calendar = calendar(tx, &policy).await?;
    for part in Part::ALL {
        if let Some(served) = reminding::rows::served::served(tx, part).await? {
            reminding::rows::served::set_served(tx, part, served.when_changed(part, &policy, &calendar, tx.now))
                .await?;
        }
    }
    Ok(())
}

fn notice(text: &str) -> Result<YearFile> {
    YearFile::read(text).map_err(|error| Error::Refused(error.to_string()))
}
