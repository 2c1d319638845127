//! Whether the file, the ledger and what is recorded hold together.

use serde::Serialize;

use super::{Result, Tx};
use crate::domain::duty::{DutyId, Status};
use crate::domain::standing::stands_after;

/// The JSON of `duban verify --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// `ok`, or what SQLite found.
    pub integrity: String,
    pub ledger: LedgerCheck,
    /// `ok`, or what the tables say otherwise than the ledger.
    pub records: String,
    pub pending: Pending,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerCheck {
    pub entries: i64,
    pub head: Option<String>,
    pub ok: bool,
    /// The first entry that does not follow from the ones before.
    pub broken_at: Option<i64>,
}

/// What waits, and what was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub inbox: i64,
    /// Received updates that could not be handled.
    pub set_aside: i64,
    pub outbox: i64,
    pub in_doubt: i64,
    pub failed: i64,
}

impl Verification {
    pub fn holds(&self) -> bool {
        self.integrity == "ok" && self.ledger.ok && self.records == "ok"
    }
}

impl Tx {
    pub async fn verify(&mut self) -> Result<Verification> {
        let head = self.ledger_head().await?;
        let broken_at = self.first_broken_entry().await?;
        Ok(Verification {
            integrity: self.integrity().await?,
            ledger: LedgerCheck { entries: head.entries, head: head.head, ok: broken_at.is_none(), broken_at },
            records: self.records().await?,
            pending: self.pending().await?,
        })
    }

    /// Whether each report stands in the ledger as it stands in its table, each duty as its reports and decisions say,
    /// and each problem as what was said of it.
    async fn records(&mut self) -> Result<String> {
        let guards = sqlx::query_scalar!(
            r#"select count(*) as "count: i64" from sqlite_schema
               where type = 'trigger' and name in ('ledger_refuses_update', 'ledger_refuses_delete')"#
        );
        if guards.fetch_one(self.connection()).await? != 2 {
            return Ok("台账的防改触发器已被去掉".to_owned());
        }
        let strays = self.reports_unlike_the_ledger().await?;
        if strays > 0 {
            return Ok(format!("{strays} 条反馈与台账不符"));
        }
        let strays = self.problems_unlike_what_was_said().await?;
        if strays > 0 {
            return Ok(format!("{strays} 处问题与反馈和答复不符"));
        }
        let unknown = self.decisions_unlike_the_ledger().await?;
        if unknown > 0 {
            return Ok(format!("{unknown} 条核定与台账不符"));
        }
        let mut unsettled = 0;
        for (duty, held) in self.standing_of_duties().await? {
            if self.happenings(duty).await.map(|happenings| stands_after(&happenings))? != held {
                unsettled += 1;
            }
        }
        Ok(if unsettled == 0 { "ok".to_owned() } else { format!("{unsettled} 项任务的状态与反馈不符") })
    }

    /// Versions of reports that the ledger does not have, or has otherwise, and those that only the ledger has.
    async fn reports_unlike_the_ledger(&mut self) -> Result<i64> {
        let strays = sqlx::query_scalar!(
            r#"with noted as (
                   select body ->> 'report' as report, body ->> 'version' as version, body ->> 'text' as text,
                       body -> 'item' ->> 'status' as status, body -> 'item' ->> 'percent' as percent
                   from ledger where kind in ('report_recorded', 'report_revised')),
               held as (select report_id, version, text, status, percent from report_version)
               select (select count(*) from (select * from held except select * from noted))
                    + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
        );
        Ok(strays.fetch_one(self.connection()).await?)
    }

    /// Decisions that the ledger does not have where they were noted, and those that only the ledger has.
    async fn decisions_unlike_the_ledger(&mut self) -> Result<i64> {
        let strays = sqlx::query_scalar!(
            r#"with noted as (
                   select seq, body ->> 'duty' as duty, body ->> 'decision' as decision from ledger
                   where kind in ('claim_decided', 'duty_suspended', 'duty_resumed', 'duty_reopened')),
               held as (select noted_after + 1, duty_id, kind from decision)
               select (select count(*) from (select * from held except select * from noted))
                    + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
        );
        Ok(strays.fetch_one(self.connection()).await?)
    }

    async fn standing_of_duties(&mut self) -> Result<Vec<(DutyId, (Status, Option<u8>))>> {
        let rows = sqlx::query!(
            r#"select id as "id!", status, percent from duty
               where status <> 'not_started' or id in (select duty_id from report union select duty_id from decision)"#
        );
        let rows = rows.fetch_all(self.connection()).await?;
        let standing = rows.into_iter().filter_map(|row| {
            let percent = row.percent.and_then(|percent| u8::try_from(percent).ok());
            Some((DutyId(row.id), (Status::from_key(&row.status)?, percent)))
        });
        Ok(standing.collect())
    }

    async fn integrity(&mut self) -> Result<String> {
        let found: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(self.connection()).await?;
        let dangling = sqlx::query_scalar!(r#"select count(*) as "count: i64" from pragma_foreign_key_check"#);
        let dangling = dangling.fetch_one(self.connection()).await?;
        match (found.join("；").as_str(), dangling) {
            ("ok", 0) => Ok("ok".to_owned()),
            ("ok", dangling) => Ok(format!("{dangling} 处引用落空")),
            (found, _) => Ok(found.to_owned()),
        }
    }

    async fn pending(&mut self) -> Result<Pending> {
        let counts = sqlx::query_as!(
            Pending,
            r#"select (select count(*) from inbox where state = 'new') as "inbox!: i64",
                   (select count(*) from inbox where state = 'dead') as "set_aside!: i64",
                   (select count(*) from outbox where state in ('pending', 'sending')) as "outbox!: i64",
                   (select count(*) from outbox where state = 'in_doubt') as "in_doubt!: i64",
                   (select count(*) from outbox where state = 'failed') as "failed!: i64""#
        );
        Ok(counts.fetch_one(self.connection()).await?)
    }
}
