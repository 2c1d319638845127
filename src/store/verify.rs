//! Whether the file, the ledger and what is recorded hold together.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::office::ids::{DutyId, MilestoneId};
use crate::office::milestone::Reached;
use crate::office::rows;
use crate::office::rows::{Which, milestones};
use crate::office::standing::{Before, stands_after};
use crate::store::kept::KEPT;
use crate::store::{Error, Result, Tx, ledger, noting, schema, upgrade};
use crate::{evidence, problems};

/// The JSON of `duban verify --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// `ok`, or what SQLite found.
    pub integrity: String,
    /// `ok`, or what of the write-ahead log is not as SQLite left it.
    pub write_ahead_log: String,
    pub ledger: LedgerCheck,
    /// A row a table.
    pub records: Vec<RecordCheck>,
    pub pending: Pending,
    /// `null` where none was asked about.
    pub kept_head: Option<KeptHead>,
    /// The entry that the kept head is the hash of.
    pub kept_head_entry: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerCheck {
    pub entries: i64,
    pub head: Option<String>,
    pub ok: bool,
    /// The first entry that does not follow from the ones before.
    pub broken_at: Option<i64>,
}

/// A table held against the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordCheck {
    pub table: String,
    pub ok: bool,
    /// What is wrong with it, and the remedy.
    pub found: Option<String>,
}

/// Whether a head that somebody kept is among the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeptHead {
    Found,
    Missing,
}

/// What waits, and what was given up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub inbox: i64,
    /// Received updates that could not be handled.
    pub set_aside: i64,
    pub outbox: i64,
    pub in_doubt: i64,
    pub failed: i64,
}

impl Verification {
    /// Of what is no database that could be looked into.
    pub fn of_none(why: String) -> Verification {
        Verification::of_a_damaged_file(why)
    }

    /// Of a file that cannot be read to its end, or whose pages do not fit together.
    pub(super) fn of_a_damaged_file(found: String) -> Verification {
        Verification {
            integrity: found,
            write_ahead_log: "ok".to_owned(),
            ledger: LedgerCheck { entries: 0, head: None, ok: false, broken_at: None },
            records: Vec::new(),
            pending: Pending::default(),
            kept_head: None,
            kept_head_entry: None,
        }
    }

    pub fn holds(&self) -> bool {
        self.integrity == "ok"
            && self.write_ahead_log == "ok"
            && self.ledger.ok
            && self.records.iter().all(|record| record.ok)
            && self.kept_head != Some(KeptHead::Missing)
    }
}

const COMPARE: &str = "请与备份核对，查明来由，恢复原值";

/// Whether a value in a row is none that the program could have written: no date, no text, nothing where something must be.
pub fn is_unreadable(error: &Error) -> bool {
    match error {
        Error::Content(_) => true,
        Error::Sql(cause @ sqlx::Error::Database(_)) => cause.to_string().contains("malformed JSON"),
        Error::Sql(cause) => matches!(cause, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)),
        _ => false,
    }
}

fn unreadable(error: &Error) -> String {
    let column = match error {
        Error::Sql(sqlx::Error::ColumnDecode { index, .. }) => index.trim_matches('"').to_owned(),
        _ => String::new(),
    };
    // Its place in the statement says nothing.
    let column = if column.parse::<usize>().is_ok() { String::new() } else { column };
    let of = if column.is_empty() { column } else { format!("（{column}）") };
    format!("有无法读取的值{of}，{COMPARE}")
}

/// What is found, by table; a table without a finding is as it should be.
#[derive(Default)]
struct Findings(BTreeMap<String, Vec<String>>);

impl Findings {
    fn add(&mut self, table: &str, found: String) {
        self.0.entry(table.to_owned()).or_default().push(found);
    }

    /// A value that cannot be read is a finding, too.
    fn count(&mut self, table: &str, strays: Result<i64>, what: &str) -> Result<()> {
        match strays {
            Ok(0) => {}
            Ok(strays) => self.add(table, format!("{strays} {what}，{COMPARE}")),
            Err(error) if is_unreadable(&error) => self.add(table, unreadable(&error)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Each of these tables, then whatever else something was found in.
    fn by_table(mut self, tables: &[&str]) -> Vec<RecordCheck> {
        let mut record = |table: &str| {
            let found = self.0.remove(table).map(|found| found.join("；"));
            RecordCheck { table: table.to_owned(), ok: found.is_none(), found }
        };
        let mut records: Vec<RecordCheck> = tables.iter().map(|table| record(table)).collect();
        let others: Vec<String> = self.0.keys().cloned().collect();
        records.extend(others.iter().map(|table| {
            let found = self.0.get(table).map(|found| found.join("；"));
            RecordCheck { table: table.clone(), ok: false, found }
        }));
        records
    }
}

pub async fn verify(tx: &mut Tx) -> Result<Verification> {
    verify_against(tx, None).await
}

/// `kept` is a head that somebody kept, or how it begins, in small hexadecimal letters.
pub(super) async fn verify_against(tx: &mut Tx, kept: Option<&str>) -> Result<Verification> {
    let head = ledger::ledger_head(tx).await;
    // An entry that cannot be read follows from nothing.
    let head = head.or_else(|error| if is_unreadable(&error) { Ok(ledger::Head::default()) } else { Err(error) })?;
    let chain = ledger::follow_chain(tx, kept).await?;
    let integrity = integrity(tx).await?;
    let mut findings = Findings::default();
    for (table, found) in schema::unlike_the_schema(tx).await? {
        findings.add(&table, found);
    }
    // Nothing follows from a ledger that was changed.
    let records = if chain.broken_at.is_none() {
        recount(tx, &mut findings).await?;
        findings.by_table(&KEPT.map(|kept| kept.table))
    } else {
        findings.add("ledger", "台账断裂，各表无从核对，请从断裂之前的备份恢复".to_owned());
        findings.by_table(&[])
    };
    let ok = chain.broken_at.is_none();
    Ok(Verification {
        integrity,
        write_ahead_log: "ok".to_owned(),
        ledger: LedgerCheck { entries: head.entries, head: head.head, ok, broken_at: chain.broken_at },
        records,
        pending: pending(tx).await?,
        kept_head: kept.map(|_| if chain.kept_at.is_some() { KeptHead::Found } else { KeptHead::Missing }),
        kept_head_entry: chain.kept_at,
    })
}

/// Whether each row is as the ledger has it, each report stands there with its words, each duty as its reports and
/// decisions say, each problem as what was said of it, and each reminder as it was sent.
async fn recount(tx: &mut Tx, findings: &mut Findings) -> Result<()> {
    if noting::is_writing(tx).await? {
        // What this very change has done so far is not noted before it ends.
        ledger::note_rows(tx, super::noting::ROWS_CHANGED).await?;
    }
    for (kept, unlike) in noting::rows_unlike_the_ledger(tx).await? {
        if unlike.rows > 0 {
            findings.add(kept.table, format!("{}，{COMPARE}", unlike.describe(kept)));
        }
    }
    for (table, entry, found) in unlike_before_an_upgrade(tx).await? {
        findings.add(&table, format!("升级之前（台账第 {entry} 条）已有 {found}，{COMPARE}"));
    }
    findings.count("report_version", reports_unlike_the_ledger(tx).await, "条反馈与台账不符")?;
    let problems = problems::rows::problems_unlike_what_was_said(tx).await;
    findings.count("problem", problems, "处问题与反馈和答复不符")?;
    findings.count("decision", decisions_unlike_the_ledger(tx).await, "条核定与台账不符")?;
    findings.count("reminder", reminders_unlike_the_ledger(tx).await, "条提醒的送达与台账不符")?;
    let files = evidence::rows::unlike_their_digests(tx).await;
    findings.count("evidence_piece", files, "份留存的佐证与校验值不符")?;
    let (mut unsettled, mut of_dates, mut unread) = (0, 0, Ok(0));
    let held = match standing_of_duties(tx).await {
        Ok(held) => held,
        Err(error) => {
            unread = Err(error);
            Vec::new()
        }
    };
    for held in held {
        let happenings = match milestones::happenings(tx, held.duty).await {
            Ok(happenings) => happenings,
            Err(error) => {
                unread = Err(error);
                continue;
            }
        };
        let stands = stands_after(&happenings);
        let as_a_whole = (stands.status.key(), stands.percent) == (held.status.as_str(), held.percent);
        let as_before = held.before.is_none_or(|before| before == stands.before);
        unsettled += i64::from(!as_a_whole || !as_before || !held.is_counted);
        of_dates += i64::from(stands.reached != held.reached);
    }
    findings.count("duty", unread, "")?;
    findings.count("duty", Ok(unsettled), "项任务的状态与反馈不符")?;
    findings.count("duty_milestone", Ok(of_dates), "项任务的时限状态与反馈和核定不符")
}

/// By table: at which entry, and what. What was changed before an upgrade stays a finding after it.
async fn unlike_before_an_upgrade(tx: &mut Tx) -> Result<Vec<(String, i64, String)>> {
    let kind = upgrade::BEGUN;
    let unlike = sqlx::query!(
        r#"select tables.key || '' as "table!: String", seq, tables.value || '' as "found!: String"
           from ledger, json_each(body, '$.unlike') tables where kind = ? order by seq"#,
        kind
    );
    let unlike = unlike.fetch_all(tx.connection()).await?;
    Ok(unlike.into_iter().map(|row| (row.table, row.seq, row.found)).collect())
}

/// Reminders that went out at another time or as another message than noted, and those that only the ledger has.
async fn reminders_unlike_the_ledger(tx: &mut Tx) -> Result<i64> {
    let strays = sqlx::query_scalar!(
        r#"with noted as (
               select body ->> 'reminder' as reminder, body ->> 'message' as message, datetime(at) as sent_at
               from ledger where kind = 'reminder_sent'),
           held as (
               select reminder_id, message_id, datetime(sent_at) from outbox
               where reminder_id is not null and sent_at is not null)
           select (select count(*) from (select * from held except select * from noted))
                + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
    );
    Ok(strays.fetch_one(tx.connection()).await?)
}

/// Versions of reports that the ledger does not have, or has otherwise, and those that only the ledger has.
async fn reports_unlike_the_ledger(tx: &mut Tx) -> Result<i64> {
    let strays = sqlx::query_scalar!(
        r#"with noted as (
               select body ->> 'report' as report, body ->> 'version' as version, body ->> 'text' as text, body ->> 'whole' as whole,
                   body -> 'item' ->> 'status' as status, body -> 'item' ->> 'percent' as percent,
                   body -> 'item' ->> 'claims' as claims
               from ledger where kind in ('report_recorded', 'report_revised')),
           held as (select report_id, version, text, whole, status, percent, milestone_id from report_version)
           select (select count(*) from (select * from held except select * from noted))
                + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
    );
    Ok(strays.fetch_one(tx.connection()).await?)
}

/// Decisions that the ledger does not have where they were noted, and those that only the ledger has.
async fn decisions_unlike_the_ledger(tx: &mut Tx) -> Result<i64> {
    let strays = sqlx::query_scalar!(
        r#"with noted as (
               select seq, body ->> 'duty' as duty, body ->> 'decision' as decision, body ->> 'milestone' as date
               from ledger
               where kind in ('claim_decided', 'duty_suspended', 'duty_resumed', 'duty_reopened')),
           held as (select noted_after + 1, duty_id, kind, milestone_id from decision)
           select (select count(*) from (select * from held except select * from noted))
                + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
    );
    Ok(strays.fetch_one(tx.connection()).await?)
}

/// How a duty stands as its row has it.
struct HeldStanding {
    duty: DutyId,
    status: String,
    percent: Option<u8>,
    before: Option<Before>,
    reached: BTreeMap<MilestoneId, Reached>,
    /// Whether the number of what was said is that of the versions, and the last report the newest of them.
    is_counted: bool,
}

async fn standing_of_duties(tx: &mut Tx) -> Result<Vec<HeldStanding>> {
    let rows = sqlx::query!(
        r#"select id as "id!", status, percent, stood_before,
               said = (select count(*) from report join report_version on report_id = report.id
                       where report.duty_id = duty.id and aside is null)
                   and last_report_id is (
                       select report.id from report join report_version version on version.report_id = report.id
                       where report.duty_id = duty.id and report.withdrawn_at is null and version.aside is null
                         and version.version = (select max(version) from report_version where report_id = report.id)
                       order by report.reported_at desc, report.id desc limit 1) as "is_counted!: bool"
           from duty
           where status <> 'not_started' or id in (
               select duty_id from report union select duty_id from decision union select duty_id from duty_milestone)"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let all = rows::ids(tx, Which::Ever).await?;
    let mut reached = milestones::reached(tx, &all).await?;
    rows.into_iter()
        .map(|row| {
            Ok(HeldStanding {
                duty: DutyId(row.id),
                status: row.status,
                percent: row.percent.and_then(|percent| u8::try_from(percent).ok()),
                before: row.stood_before.as_deref().map(serde_json::from_str).transpose()?,
                reached: reached.remove(&row.id).unwrap_or_default(),
                is_counted: row.is_counted,
            })
        })
        .collect()
}

async fn integrity(tx: &mut Tx) -> Result<String> {
    let found: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(tx.connection()).await?;
    let dangling = sqlx::query_scalar!(r#"select count(*) as "count: i64" from pragma_foreign_key_check"#);
    let dangling = dangling.fetch_one(tx.connection()).await?;
    match (found.join("；").as_str(), dangling) {
        ("ok", 0) => Ok("ok".to_owned()),
        ("ok", dangling) => Ok(format!("{dangling} 处引用落空")),
        (found, _) => Ok(found.to_owned()),
    }
}

async fn pending(tx: &mut Tx) -> Result<Pending> {
    let counts = sqlx::query_as!(
        Pending,
        r#"select (select count(*) from inbox where state = 'new') as "inbox!: i64",
               (select count(*) from inbox where state = 'dead') as "set_aside!: i64",
               (select count(*) from outbox
                where state in ('pending', 'sending', 'in_doubt') and state <> 'in_doubt') as "outbox!: i64",
               (select count(*) from outbox
                where state in ('pending', 'sending', 'in_doubt') and state = 'in_doubt') as "in_doubt!: i64",
               (select count(*) from outbox where state = 'failed') as "failed!: i64""#
    );
    Ok(counts.fetch_one(tx.connection()).await?)
}
