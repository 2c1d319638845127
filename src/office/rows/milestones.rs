//! The dates of duties: which there are, how each stands, and how that follows from what happened.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use crate::office::ids::{DutyId, MilestoneId};
use crate::office::milestone::{Milestone, MilestoneStatus, Reached};
use crate::office::standing::{Happening, Ruling, Stands, stands_after};
use crate::office::status::Status;
use crate::schedule::deadline;
use crate::store::{Result, Tx};

/// The dates of some tasks, and how they stand for each duty.
pub struct Milestones {
    of_task: HashMap<i64, Vec<Milestone>>,
    reached: HashMap<i64, BTreeMap<MilestoneId, Reached>>,
}

impl Milestones {
    /// Those of a duty, as the plan has them. `binding`: whether a date with this scope is for its unit.
    pub fn of(
        &mut self,
        (duty, task): (i64, i64),
        (status, done_at): (Status, Option<DateTime<Utc>>),
        binding: impl Fn(Option<&str>) -> bool,
    ) -> Vec<Milestone> {
        let reached = self.reached.remove(&duty).unwrap_or_default();
        let of_task = self.of_task.get(&task).map(Vec::as_slice).unwrap_or_default();
        let bound = of_task.iter().filter(|milestone| binding(milestone.scope.as_deref())).cloned();
        bound
            .map(|milestone| {
                let reached = reached.get(&milestone.id).copied();
                milestone.within(status, done_at, reached)
            })
            .collect()
    }
}

/// Dated milestones of the duties' tasks, by due date. `any_reached`: whether any was claimed or signed off by itself.
pub async fn milestones(tx: &mut Tx, wanted: &str, any_reached: bool) -> Result<Milestones> {
    let rows = sqlx::query!(
        r#"select id as "id!", task_id, text, coalesce(moved_to, due) as "due!: NaiveDate", due as "first_due!: NaiveDate",
               moved_to is not null as "moved!: bool", scope from milestone
           where due is not null and ended_at is null and kind not in ('window', 'start')
             and task_id in (select task_id from duty where id in (select value from json_each(?)))
           order by coalesce(moved_to, due), position"#,
        wanted
    );
    let mut of_task: HashMap<i64, Vec<Milestone>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let milestone = Milestone {
            id: MilestoneId(row.id),
            // The words of the plan say another date.
            text: if row.moved { format!("{}前", deadline::in_words(row.due)) } else { row.text },
            due: row.due,
            first_due: row.first_due,
            extended: false,
            self_signed: false,
            scope: row.scope,
            stands: MilestoneStatus::Open,
            done_at: None,
        };
        let of_task = of_task.entry(row.task_id).or_default();
        // A date that the task's words name twice is one.
        if !of_task.iter().any(|known| known.due == milestone.due && known.scope == milestone.scope) {
            of_task.push(milestone);
        }
    }
    let reached = if any_reached { reached(tx, wanted).await? } else { HashMap::new() };
    Ok(Milestones { of_task, reached })
}

/// What happened to a duty, in the order in which it became known: a coordinator decides on what is known. Words that became
/// known after newer ones stand right before those.
pub async fn happenings(tx: &mut Tx, duty: DutyId) -> Result<Vec<Happening>> {
    happenings_without(tx, duty, None).await
}

/// The same as if one report had not been made.
pub async fn happenings_without(tx: &mut Tx, duty: DutyId, report: Option<i64>) -> Result<Vec<Happening>> {
    let rows = sqlx::query!(
        r#"select noted_after as "noted_after!: i64", 'said' as "kind!: String", report.id as "report!: i64",
               version.status as "status?: String", version.percent as "percent?: i64",
               version.milestone_id as "milestone?: i64", version.at as "at!: DateTime<Utc>",
               version.reported_at as "said_at?: DateTime<Utc>"
           from report join report_version version on version.report_id = report.id
           where withdrawn_at is null and duty_id = ?1 and report.id is not ?2
             and version.version = (select max(version) from report_version where report_id = report.id)
           union all
           select noted_after, kind, 0, null, null, milestone_id, at, null from decision where duty_id = ?1
           order by 1, 8, 3"#,
        duty.0,
        report
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let happenings = rows
        .iter()
        .map(|row| match Ruling::from_key(&row.kind) {
            Some(ruling) => Happening::Ruled { ruling, of: row.milestone.map(MilestoneId), at: row.at },
            None => Happening::Said {
                report: row.report,
                status: row.status.as_deref().and_then(Status::from_key),
                percent: row.percent.and_then(|percent| u8::try_from(percent).ok()),
                claims: row.milestone.map(MilestoneId),
            },
        })
        .collect();
    Ok(happenings)
}

/// Brings the status of a duty and of its dates, and what was last heard of it, in line with what happened to it.
pub async fn settle(tx: &mut Tx, duty: DutyId) -> Result<()> {
    settle_anew(tx, duty, false).await
}

/// The same; `counts`: whether words were said that count as such.
pub async fn settle_anew(tx: &mut Tx, duty: DutyId, counts: bool) -> Result<()> {
    let stands = stands_after(&happenings(tx, duty).await?);
    let dates = serde_json::to_string(&stands.reached.keys().collect::<Vec<_>>())?;
    let forget = sqlx::query!(
        "delete from duty_milestone where duty_id = ? and milestone_id not in (select value from json_each(?))",
        duty.0,
        dates
    );
    forget.execute(tx.connection()).await?;
    keep(tx, duty, (&stands, counts), &BTreeMap::new()).await
}

/// How a duty stood, as its row has it.
pub struct Stood {
    pub status: String,
    pub percent: Option<i64>,
    /// `None` where an older version wrote it last.
    pub before: Option<String>,
}

/// The same after new words, which takes as long however much happened before.
pub async fn settle_after(tx: &mut Tx, duty: DutyId, stood: Stood, said: &Happening, counts: bool) -> Result<()> {
    let Some(before) = stood.before else { return settle_anew(tx, duty, counts).await };
    let reached = match said {
        Happening::Said { claims: None, .. } => BTreeMap::new(),
        _ => reached(tx, &serde_json::to_string(&[duty])?).await?.remove(&duty.0).unwrap_or_default(),
    };
    let stands = Stands {
        status: Status::from_key(&stood.status).unwrap_or(Status::NotStarted),
        percent: stood.percent.and_then(|percent| u8::try_from(percent).ok()),
        reached: reached.clone(),
        before: serde_json::from_str(&before)?,
    };
    keep(tx, duty, (&stands.after(said), counts), &reached).await
}

/// `kept`: the dates as they are kept.
async fn keep(
    tx: &mut Tx,
    duty: DutyId,
    (stands, counts): (&Stands, bool),
    kept: &BTreeMap<MilestoneId, Reached>,
) -> Result<()> {
    let (status, before) = (stands.status.key(), serde_json::to_string(&stands.before)?);
    let settle = sqlx::query!(
        "update duty set status = ?, percent = ?, stood_before = ?, said = said + ?, last_report_id = (
             select report.id from report join report_version version on version.report_id = report.id
             where report.duty_id = duty.id and report.withdrawn_at is null and version.aside is null
               and version.version = (select max(version) from report_version where report_id = report.id)
             order by report.reported_at desc, report.id desc limit 1)
         where id = ?",
        status,
        stands.percent,
        before,
        counts,
        duty.0
    );
    settle.execute(tx.connection()).await?;
    for (date, reached) in stands.reached.iter().filter(|(date, reached)| kept.get(date) != Some(reached)) {
        let (status, report, done_at) = columns(*reached);
        let keep = sqlx::query!(
            "insert into duty_milestone (duty_id, milestone_id, status, report_id, done_at) values (?, ?, ?, ?, ?)
             on conflict do update set status = excluded.status, report_id = excluded.report_id,
                 done_at = excluded.done_at",
            duty.0,
            date.0,
            status,
            report,
            done_at
        );
        keep.execute(tx.connection()).await?;
    }
    Ok(())
}

/// How the dates of duties stand that were claimed or signed off each by itself.
pub async fn reached(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, BTreeMap<MilestoneId, Reached>>> {
    let rows = sqlx::query!(
        r#"select duty_id, milestone_id, report_id, done_at as "done_at: DateTime<Utc>" from duty_milestone
           where duty_id in (select value from json_each(?))"#,
        wanted
    );
    let mut found: HashMap<i64, BTreeMap<MilestoneId, Reached>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let reached = match (row.done_at, row.report_id) {
            (Some(at), _) => Reached::Done(at),
            (None, report) => Reached::Claimed(report.unwrap_or_default()),
        };
        found.entry(row.duty_id).or_default().insert(MilestoneId(row.milestone_id), reached);
    }
    Ok(found)
}

/// How it stands, the report that claims it, and when a coordinator agreed.
fn columns(reached: Reached) -> (&'static str, Option<i64>, Option<DateTime<Utc>>) {
    match reached {
        Reached::Claimed(report) => (Status::ClaimedDone.key(), Some(report), None),
        Reached::Done(at) => (Status::Done.key(), None, Some(at)),
    }
}

#[cfg(test)]
mod tests {
    use crate::office::status::Status;
    use std::borrow::Cow;
    use std::path::Path;

    use serde_json::json;
    use sqlx::migrate::Migrator;
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::*;
    use crate::office::ids::{ChatId, PersonId};
    use crate::office::rows::Which;
    use crate::office::{duty, rows};
    use crate::reporting::Record;
    use crate::store::ledger::Actor;
    use crate::store::{MIGRATIONS, Store};
    use crate::understanding::Item;
    use crate::{reporting, review};

    /// The version before dates were claimed one by one.
    const BEFORE: i64 = 40;

    fn now() -> DateTime<Utc> {
        "2019-07-04T02:00:00Z".parse().unwrap()
    }

    /// A task with two dates, of which one unit has claimed all and another has reported progress.
    async fn written_before(folder: &Path) {
        let create = SqliteConnectOptions::new().filename(folder.join("duban.db")).create_if_missing(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(create).await.unwrap();
        let migrations: Vec<_> = MIGRATIONS.iter().filter(|one| one.version <= BEFORE).cloned().collect();
        Migrator { migrations: Cow::Owned(migrations), ..Migrator::DEFAULT }.run(&pool).await.unwrap();
        let rows = "
            insert into unit (id, name) values (1, '省公安厅'), (2, '省财政厅');
            insert into plan (id, title, source, digest, draft, imported_at)
                values (1, '方案', 'plan.txt', zeroblob(32), '{}', '2019-01-09T00:00:00Z');
            insert into task (id, plan_id, number, text, mode, position) values (1, 1, '5', '建成审批系统', 'joint', 0);
            insert into milestone (id, task_id, text, kind, due, position) values
                (1, 1, '2019年6月底前', 'by_date', '2019-06-30', 0), (2, 1, '2020年底前', 'by_date', '2020-12-31', 1);
            insert into duty (id, task_id, unit_id, role, status, percent) values
                (1, 1, 1, 'responsible', 'claimed_done', 100), (2, 1, 2, 'responsible', 'in_progress', 60);
            insert into person (id, telegram_id, name) values (1, 11, '李明');
            insert into chat (id, telegram_id, kind, title) values (1, -1001, 'group', '群');
            insert into report (id, duty_id, person_id, chat_id, message_id, reported_at, recorded_at, noted_after) values
                (1, 1, 1, 1, 70, '2019-06-20T02:00:00Z', '2019-06-20T02:00:00Z', 0),
                (2, 2, 1, 1, 71, '2019-06-20T02:00:00Z', '2019-06-20T02:00:00Z', 1);
            insert into report_version (report_id, version, text, status, percent, at, reported_at) values
                (1, 1, '已完成', 'claimed_done', 100, '2019-06-20T02:00:00Z', '2019-06-20T02:00:00Z'),
                (2, 1, '60%', 'in_progress', 60, '2019-06-20T02:00:00Z', '2019-06-20T02:00:00Z');";
        sqlx::raw_sql(rows).execute(&pool).await.unwrap();
        let mut tx = Tx::of(pool.begin().await.unwrap(), now());
        for (report, duty, text, status, percent) in
            [(1, 1, "已完成", "claimed_done", 100), (2, 2, "60%", "in_progress", 60)]
        {
            let item = json!({ "status": status, "percent": percent });
            let body = json!({ "report": report, "version": 1, "duty": duty, "text": text, "item": item });
            crate::store::ledger::append(&mut tx, Actor::Bot, "report_recorded", &body).await.unwrap();
        }
        tx.inner.commit().await.unwrap();
        pool.close().await;
    }

    /// How the dates of each duty stand.
    async fn stand(tx: &mut Tx) -> Vec<(Status, Vec<MilestoneStatus>)> {
        let duties = rows::duties(tx, Which::All).await.unwrap();
        let dates = |duty: &duty::Duty| duty.milestones.iter().map(|date| date.stands).collect();
        duties.iter().map(|duty| (duty.status, dates(duty))).collect()
    }

    #[tokio::test]
    async fn a_database_made_before_goes_on() {
        use MilestoneStatus::{ClaimedDone, Done, Open};
        let folder = tempfile::tempdir().unwrap();
        written_before(folder.path()).await;
        let store = Store::open(&format!("sqlite://{}", folder.path().join("duban.db").display())).await.unwrap();
        let mut tx = store.begin(now()).await.unwrap();
        let before = [(Status::ClaimedDone, vec![ClaimedDone, ClaimedDone]), (Status::InProgress, vec![Open, Open])];
        assert_eq!(stand(&mut tx).await, before);
        let verified = crate::store::verify::verify(&mut tx).await.unwrap();
        assert!(verified.holds(), "{verified:?}");
        let item = Item { status: Some(Status::InProgress), claims: Some(MilestoneId(1)), ..Item::default() };
        let record = Record {
            duty: DutyId(2),
            person: PersonId(1),
            message_id: 72,
            reported_at: now(),
            text: "6月底前的已完成".into(),
            whole: None,
            item,
            puts_off: None,
            late: true,
            made_up: false,
            edited: false,
            overtaken: false,
            on_behalf: false,
            attachments: Vec::new(),
        };
        reporting::rows::record(&mut tx, &record, ChatId(1), PersonId(1)).await.unwrap();
        assert_eq!(stand(&mut tx).await[1], (Status::InProgress, vec![ClaimedDone, Open]));
        let of = Some(MilestoneId(1));
        review::rows::rule(&mut tx, DutyId(2), (Ruling::Accepted, of), (Some(72), None), PersonId(1)).await.unwrap();
        review::rows::rule(&mut tx, DutyId(1), (Ruling::Returned, None), (Some(70), None), PersonId(1)).await.unwrap();
        let after = [(Status::InProgress, vec![Open, Open]), (Status::InProgress, vec![Done, Open])];
        assert_eq!(stand(&mut tx).await, after);
        let verified = crate::store::verify::verify(&mut tx).await.unwrap();
        assert!(verified.holds(), "{verified:?}");
        tx.commit().await.unwrap();
        // What is changed beside the ledger is found.
        let mut tx = store.begin(now()).await.unwrap();
        sqlx::query("delete from duty_milestone").execute(tx.connection()).await.unwrap();
        let found =
            crate::store::verify::verify(&mut tx).await.unwrap().records.into_iter().filter(|record| !record.ok);
        assert_eq!(found.map(|record| record.table).collect::<Vec<_>>(), ["duty_milestone"]);
    }
}
