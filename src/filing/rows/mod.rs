//! What the papers tell: everything that stands, and the long lists a page at a time.

mod dates;
pub mod export;
pub mod issues;
mod printed;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::chat::text;
use crate::filing::Change;
use crate::office::ids::{PersonId, PlanId};
use crate::office::moment::Moment;
use crate::office::plan_names::PlanNames;
use crate::office::policy::Letterhead;
use crate::office::rows;
use crate::office::rows::Which;
use crate::office::status::Status;
use crate::paper::workbook::{LedgerLine, ProblemLine, ReminderLine, ReportLine};
use crate::paper::{Contents, PlanLine};
use crate::store::{Result, Tx, ledger};
use crate::understanding::Aside;
use crate::{citations, evidence, inspections, problems, reporting};

/// Rows of a page.
const PAGE: i64 = 1_000;

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    match change {
        Change::IssueBulletin { plan, issue } => issues::issue(tx, *plan, *issue, person).await,
    }
}

pub async fn contents(tx: &mut Tx, moment: Moment, letterhead: &Letterhead, plan: Option<PlanId>) -> Result<Contents> {
    let head = ledger::ledger_head(tx).await?;
    let titles = titles(tx).await?;
    let mut contents = Contents {
        plans: plan_lines(tx, plan).await?,
        citations: citations::rows::citations(tx).await?,
        duties: rows::duties(tx, plan.map_or(Which::All, Which::Plan)).await?,
        unassigned: rows::unassigned_of(tx, plan).await?,
        inspections: inspections::rows::inspections(tx).await?,
        entries: head.entries,
        head: head.head,
        letterhead: letterhead.clone(),
        moment,
    };
    for line in &mut contents.plans {
        line.title = titles.of(line.id.0, std::mem::take(&mut line.title));
    }
    for duty in &mut contents.duties {
        duty.plan = titles.of(duty.plan_id.0, std::mem::take(&mut duty.plan));
    }
    for task in &mut contents.unassigned {
        task.plan = titles.of(task.plan_id.0, std::mem::take(&mut task.plan));
    }
    Ok(contents.of(plan))
}

/// What papers call plans that have the same title, by their numbers: with the document's number, else the short name.
struct Titles(HashMap<i64, String>);

impl Titles {
    fn of(&self, plan: i64, title: String) -> String {
        self.0.get(&plan).cloned().unwrap_or(title)
    }
}

async fn titles(tx: &mut Tx) -> Result<Titles> {
    let rows = sqlx::query!(
        r#"select id as "id!", title, code, document_number,
               (select count(*) from plan other
                where other.title = plan.title and other.document_number is plan.document_number) = 1 as "is_numbered!: bool"
           from plan where exists (select 1 from plan other where other.title = plan.title and other.id <> plan.id)"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let names = PlanNames::of(rows.iter().map(|row| (row.id, row.title.clone(), row.code.clone())));
    let told = rows.into_iter().map(|row| {
        let number = row.document_number.filter(|_| row.is_numbered);
        let told = number.unwrap_or_else(|| names.always(row.id, &row.title));
        (row.id, format!("{}（{told}）", row.title))
    });
    Ok(Titles(told.collect()))
}

/// The plans that are open, and the one that is named, which may have ended.
async fn plan_lines(tx: &mut Tx, plan: Option<PlanId>) -> Result<Vec<PlanLine>> {
    let plan = plan.map(|plan| plan.0);
    let rows = sqlx::query!(
        r#"select id as "id!", title, code, document_number, issued_on as "issued_on: NaiveDate"
           from plan where closed_at is null or id = ?1 order by id"#,
        plan
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let names = PlanNames::of(rows.iter().map(|row| (row.id, row.title.clone(), row.code.clone())));
    let plans = rows.into_iter().map(|row| PlanLine {
        id: PlanId(row.id),
        name: names.name(row.id),
        title: row.title,
        document_number: row.document_number,
        issued_on: row.issued_on,
    });
    Ok(plans.collect())
}

/// The short name of a plan.
pub async fn plan_name(tx: &mut Tx, plan: PlanId) -> Result<Option<String>> {
    let row = sqlx::query!("select title, code from plan where id = ?", plan.0).fetch_optional(tx.connection()).await?;
    let named = |title: String, code| PlanNames::of([(plan.0, title.clone(), code)]).always(plan.0, &title);
    Ok(row.map(|row| named(row.title, row.code)))
}

/// Reports in their newest versions, after the one with this number.
pub async fn report_page(tx: &mut Tx, after: i64, zone: Tz) -> Result<Vec<ReportLine>> {
    let titles = titles(tx).await?;
    let rows = sqlx::query!(
        r#"select report.id as "id!", plan.id as "plan_id!", plan.title as plan, task.number, unit.name as unit, person.name as person, on_behalf as "on_behalf: bool",
               report_version.reported_at as "reported_at: DateTime<Utc>", recorded_at as "recorded_at: DateTime<Utc>",
               report_version.status, report_version.percent, report_version.aside, report_version.text, report_version.whole, problems, report_version.late as "late: bool", made_up as "made_up: bool",
               withdrawn_at is not null as "withdrawn!: bool",
               report_version.version - 1 + (select first.edited from report_version first
                   where first.report_id = report.id and first.version = 1) as "edited!: i64",
               (select json_group_array(json_array(kind, name)) from attachment where report_id = report.id) as "evidence!: String",
               (select json_group_array(sha256) from attachment join evidence on evidence.file_id = attachment.file_id
                   where report_id = report.id and sha256 is not null) as "digests!: String",
               chat.telegram_id as "chat!: i64", report.message_id as "message!: i64"
           from report join chat on chat.id = report.chat_id join report_version on report_version.report_id = report.id
           join duty on duty.id = duty_id join task on task.id = task_id join plan on plan.id = plan_id
           join unit on unit.id = duty.unit_id join person on person.id = person_id
           where report.id > ?1
             and version = (select max(version) from report_version where report_id = report.id)
           order by report.id limit ?2"#,
        after,
        PAGE
    );
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let lines = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| {
        Ok(ReportLine {
            id: row.id,
            plan: titles.of(row.plan_id, row.plan),
            task: row.number,
            unit: row.unit,
            person: reporting::told_by(&row.person, row.on_behalf),
            reported_at: local(row.reported_at),
            recorded_at: local(row.recorded_at),
            status: match row.aside.as_deref().and_then(Aside::from_key) {
                Some(aside) => aside.label(),
                None => row.status.as_deref().and_then(Status::from_key).map_or("", Status::label),
            },
            percent: row.percent,
            text: text::without_command(&row.text).to_owned(),
            whole: row.whole.as_deref().map(text::without_command).map(str::to_owned),
            problems: serde_json::from_str(&row.problems)?,
            late: row.late,
            withdrawn: row.withdrawn,
            made_up: row.made_up,
            edited: row.edited,
            evidence: named(&row.evidence)?,
            digests: serde_json::from_str(&row.digests)?,
            link: text::message_link(row.chat, row.message),
        })
    });
    lines.collect()
}

/// Problems of all times, after the one with this number.
pub async fn problem_page(tx: &mut Tx, after: i64, zone: Tz) -> Result<Vec<ProblemLine>> {
    let titles = titles(tx).await?;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let problems = problems::rows::problems_after(tx, after, PAGE).await?.into_iter();
    let lines = problems.map(|problem| ProblemLine {
        id: problem.id,
        plan: titles.of(problem.plan_id, problem.plan),
        task: problem.task,
        unit: problem.unit,
        raised_at: local(problem.raised_at),
        what: problem.what,
        ending: problem.ending,
        ended_at: problem.ended_at.map(local),
        answer: problem.answer,
    });
    Ok(lines.collect())
}

/// Reminders as messages, after the one with this number.
pub async fn reminder_page(tx: &mut Tx, after: i64, zone: Tz) -> Result<Vec<ReminderLine>> {
    let rows = sqlx::query!(
        r#"select outbox.id as "id!", unit.name as "unit?", copy_of is not null as "is_copy!: bool", planned_for as "planned_for: DateTime<Utc>",
               sent_at as "sent_at: DateTime<Utc>", state,
               (select json_group_array(number) from (
                   select task.number from outbox_task join task on task.id = outbox_task.task_id
                   where outbox_id = outbox.id order by outbox_task.position)) as "tasks!: String",
               (select group_concat(name, '、') from (
                   select name from receipt join person on person.id = person_id
                   where outbox_id = outbox.id order by read_at, receipt.id)) as "read_by: String"
           from outbox join reminder on reminder.id = reminder_id left join unit on unit.id = reminder.unit_id
           where outbox.id > ?1 order by outbox.id limit ?2"#,
        after,
        PAGE
    );
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let lines = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| {
        Ok(ReminderLine {
            id: row.id,
            unit: match row.unit {
                Some(unit) if row.is_copy => format!("{unit}（私聊抄送）"),
                Some(unit) => unit,
                None => "督办员".to_owned(),
            },
            planned_for: local(row.planned_for),
            sent_at: row.sent_at.map(local),
            state: delivery_label(&row.state),
            tasks: serde_json::from_str(&row.tasks)?,
            read_by: row.read_by.unwrap_or_default(),
        })
    });
    lines.collect()
}

/// Entries of the ledger, after the one with this number.
pub async fn ledger_page(tx: &mut Tx, after: i64) -> Result<Vec<LedgerLine>> {
    let entries = ledger::ledger_entries(tx, after, PAGE).await?.into_iter();
    Ok(entries
        .map(|entry| LedgerLine {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            kind: entry.kind,
            body: entry.body,
            hash: entry.hash,
        })
        .collect())
}

/// What files are called, given their kinds and names.
fn named(evidence: &str) -> Result<Vec<String>> {
    let evidence: Vec<(String, Option<String>)> = serde_json::from_str(evidence)?;
    Ok(evidence.into_iter().map(|(kind, name)| name.unwrap_or_else(|| evidence::label(&kind).to_owned())).collect())
}

fn delivery_label(state: &str) -> &'static str {
    match state {
        "sent" => "已送达",
        "failed" => "未送达",
        "expired" => "已过时",
        "in_doubt" => "存疑",
        _ => "待发送",
    }
}
