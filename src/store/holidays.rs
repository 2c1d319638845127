//! Working days as the office has them: the shipped holidays, those that it has read in, and its weekend.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::ledger::Actor;
use super::{Error, Result, Tx};
use crate::domain::policy::Policy;
use crate::domain::remind::Part;
use crate::schedule::calendar::{Calendar, YearFile};

/// A year that the office has read in.
#[derive(Clone, Debug)]
pub struct HolidayYear {
    pub notice: YearFile,
    pub read_at: DateTime<Utc>,
}

impl Tx {
    /// The calendar in force under a policy.
    pub async fn calendar(&mut self, policy: &Policy) -> Result<Calendar> {
        let mut calendar = Calendar::china().with_weekend(&policy.weekend);
        for year in self.holiday_years().await? {
            calendar.add_year(year.notice);
        }
        Ok(calendar)
    }

    /// The years that the office has read in, in the order in which it did.
    pub async fn holiday_years(&mut self) -> Result<Vec<HolidayYear>> {
        let rows = sqlx::query!(
            r#"select notice, read_at as "read_at: DateTime<Utc>" from holiday_year order by read_at, year"#
        );
        let rows = rows.fetch_all(self.connection()).await?.into_iter();
        rows.map(|row| Ok(HolidayYear { notice: notice(&row.notice)?, read_at: row.read_at })).collect()
    }

    /// Reads a year of holidays in, in place of what was known of it.
    pub async fn read_holidays(&mut self, text: &str, by: Actor) -> Result<YearFile> {
        let notice = notice(text)?;
        self.leave_the_past().await?;
        let (year, now) = (notice.year, self.now);
        let text = text.trim_start_matches('\u{feff}');
        let keep = sqlx::query!(
            "insert into holiday_year (year, notice, read_at) values (?, ?, ?)
             on conflict (year) do update set notice = excluded.notice, read_at = excluded.read_at",
            year,
            text,
            now
        );
        keep.execute(self.connection()).await?;
        let (off, worked) = notice.counts();
        self.note(by, "holidays_read", json!({ "year": year, "off": off, "worked": worked })).await?;
        Ok(notice)
    }

    /// Before the times of the schedule change: nothing that lies before the change becomes due by it.
    pub(super) async fn leave_the_past(&mut self) -> Result<()> {
        let policy = self.policy().await?;
        let calendar = self.calendar(&policy).await?;
        for part in Part::ALL {
            if let Some(served) = self.served(part).await? {
                self.set_served(part, served.when_changed(part, &policy, &calendar, self.now)).await?;
            }
        }
        Ok(())
    }
}

fn notice(text: &str) -> Result<YearFile> {
    YearFile::read(text).map_err(|error| Error::Refused(error.to_string()))
}
