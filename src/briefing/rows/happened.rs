//! What happened in a span of time, and how well the bot was understood and did understand, in numbers.

use chrono::{DateTime, TimeDelta, Utc};

use crate::briefing::Happened;
use crate::store::{Result, Tx};

/// Whoever takes back what was said before this is over was not understood; later, the matter has changed.
const UNDONE_WITHIN: TimeDelta = TimeDelta::days(1);
/// The same of whoever says something else.
const CORRECTED_WITHIN: TimeDelta = TimeDelta::hours(1);

/// What happened from `since` on.
///
/// Words count by message. A message is undone when all that it reported is taken back within the day. It is corrected
/// when within the hour it is edited, or the same person says in another one how the same duty stands, and that
/// otherwise.
pub async fn happened_since(tx: &mut Tx, since: DateTime<Utc>) -> Result<Happened> {
    let (said_since, day, hour) = (since - UNDONE_WITHIN, UNDONE_WITHIN.num_seconds(), CORRECTED_WITHIN.num_seconds());
    let row = sqlx::query_as!(
        Happened,
        r#"select
            (select count(*) from report where recorded_at >= ?1 and not exists (
                select 1 from report_version said where said.report_id = report.id and said.aside is not null
                    and said.version = (select max(version) from report_version where report_id = report.id)
            )) as "reports!: i64",
            (select count(*) from decision where at >= ?1 and kind = 'accepted') as "accepted!: i64",
            (select count(*) from decision where at >= ?1 and kind = 'returned') as "returned!: i64",
            (select count(*) from (
                select chat_id, message_id from report where recorded_at >= ?1
                union select chat_id, message_id from question where reported_at >= ?1 and unit_id is not null
            )) as "read!: i64",
            (select count(*) from question where reported_at >= ?1 and unit_id is not null) as "asked!: i64",
            (select count(*) from (
                select 1 from report indexed by report_recorded where recorded_at >= ?2 group by chat_id, message_id
                having count(withdrawn_at) = count(*) and max(withdrawn_at) >= ?1
                   and unixepoch(max(withdrawn_at)) - unixepoch(min(recorded_at)) <= ?3
            )) as "undone!: i64",
            (select count(*) from (
                select distinct chat_id, message_id from report said indexed by report_recorded
                where recorded_at >= ?2 and withdrawn_at is null and (
                    exists (select 1 from report_version edit
                            where edit.report_id = said.id and edit.edited and edit.at >= ?1
                              and unixepoch(edit.at) - unixepoch(said.recorded_at) <= ?4)
                    or exists (select 1 from report again
                               join report_version other on other.report_id = again.id and other.version = 1
                               join report_version first on first.report_id = said.id and first.version = 1
                               where again.duty_id = said.duty_id and again.person_id = said.person_id
                                 and again.id > said.id and again.message_id <> said.message_id
                                 and again.withdrawn_at is null and again.recorded_at >= ?1
                                 and unixepoch(again.recorded_at) - unixepoch(said.recorded_at) <= ?4
                                 and coalesce(other.status, other.percent) is not null
                                 and (other.status is not first.status or other.percent is not first.percent)))
            )) as "corrected!: i64""#,
        since,
        said_since,
        day,
        hour
    );
    Ok(row.fetch_one(tx.connection()).await?)
}
