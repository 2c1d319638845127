//! Everything that is held, in the JSON of `duban export x.json`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::Value;

use crate::filing::rows::dates::{MilestoneRow, milestone_rows};
use crate::filing::rows::printed::{PlanRow, Printed};
use crate::inspections::{Answer, AnswerFile, Part};
use crate::office::duty::Role;
use crate::office::ids::{DutyId, PlanId};
use crate::office::light::Light;
use crate::office::moment::Moment;
use crate::office::rows::Which;
use crate::office::status::Status;
use crate::office::{figures, rows};
use crate::practices::Practice;
use crate::problems::Ending;
use crate::store::ledger::Head;
use crate::store::{Result, Tx, ledger};
use crate::{citations, importing, inspections, problems};

#[derive(Debug, Serialize)]
pub struct Export {
    plans: Vec<PlanRow>,
    duties: Vec<DutyRow>,
    /// Of all times.
    problems: Vec<ProblemRow>,
    /// On record, newest first.
    citations: Vec<CitationRow>,
    reminders: Vec<ReminderRow>,
    /// 专项督查 that were started.
    inspections: Vec<InspectionRow>,
    ledger: Head,
    /// What `duban status` says.
    status: Value,
}

#[derive(Debug, Serialize)]
struct DutyRow {
    plan_id: i64,
    plan: String,
    task: String,
    unit: String,
    role: Role,
    /// The collective unit through which it came, as the document prints it.
    via: Option<String>,
    status: Status,
    percent: Option<u8>,
    /// 本人核定: whether whoever had asked for it has signed it off, or suspended it.
    self_signed: bool,
    light: Light,
    /// Whether a later version of the plan, or a reorganisation, has ended it.
    ended: bool,
    /// The dates that bind the unit.
    milestones: Vec<MilestoneRow>,
    /// Into what the unit has split it.
    steps: Vec<StepRow>,
    practices: Vec<PracticeRow>,
    reports: Vec<ReportRow>,
}

#[derive(Debug, Serialize)]
struct StepRow {
    text: String,
    due: NaiveDate,
    done: bool,
}

#[derive(Debug, Serialize)]
struct PracticeRow {
    text: String,
    /// When the report was sent.
    said_at: String,
    /// Whether a coordinator recommends it to others.
    recommended: bool,
}

/// 表扬、提醒、约谈
#[derive(Debug, Serialize)]
struct CitationRow {
    kind: citations::Kind,
    unit: String,
    reason: String,
    /// The coordinator who proposed it.
    by: String,
    recorded_at: String,
    /// Why it was withdrawn, where it was.
    withdrawn: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReportRow {
    id: i64,
    reported_at: String,
    recorded_at: String,
    by: By,
    /// 督办员代录: whether it is a coordinator who has passed it on.
    on_behalf: bool,
    source: Source,
    status: Option<String>,
    percent: Option<i64>,
    /// `transfer` or `defer`, where it tells nothing of how the duty stands.
    aside: Option<String>,
    /// What was said of the task; nothing where a picture or a voice message came without words.
    text: Option<String>,
    /// The whole message, where it says more.
    whole: Option<String>,
    problems: Vec<String>,
    attachments: Vec<Value>,
    late: bool,
    withdrawn: bool,
    /// 补: whether it waited for its sender's registration.
    made_up: bool,
    /// How often other words took the place of those before, and whether the first came by an edit of something else.
    edited: i64,
}

/// Telegram's id and the name at present.
#[derive(Debug, Serialize)]
struct By {
    id: i64,
    name: String,
}

/// Telegram's ids of the chat and the message.
#[derive(Debug, Serialize)]
struct Source {
    chat: i64,
    message: i64,
}

#[derive(Debug, Serialize)]
struct ProblemRow {
    plan: String,
    task: String,
    unit: String,
    problem: String,
    /// The report that raised it.
    report: i64,
    raised_at: String,
    /// `open`, `answered`, `closed` by a coordinator without words, or `withdrawn` by the unit.
    state: &'static str,
    ended_at: Option<String>,
    answer: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReminderRow {
    unit: Option<String>,
    chat: i64,
    planned_for: String,
    sent_at: Option<String>,
    state: String,
    message: Option<i64>,
    tasks: Vec<String>,
    /// Who has said 收到 to it.
    read_by: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct InspectionRow {
    number: i64,
    words: String,
    due: NaiveDate,
    /// Their numbers; empty where it is about no task in particular.
    tasks: Vec<String>,
    started_on: Option<NaiveDate>,
    /// `None` while it is open.
    closed_on: Option<NaiveDate>,
    units: Vec<InspectedRow>,
}

#[derive(Debug, Serialize)]
struct InspectedRow {
    unit: String,
    /// Without those that were withdrawn.
    answers: Vec<AnswerRow>,
}

#[derive(Debug, Serialize)]
struct AnswerRow {
    answered_at: String,
    /// The name at present.
    by: String,
    text: String,
    source: Source,
    attachments: Vec<AnswerFile>,
    /// How often its message was edited.
    edited: i64,
}

/// All that is held; of one plan its document, duties, problems and figures beside all the rest.
pub async fn export(tx: &mut Tx, moment: Moment, plan: Option<PlanId>) -> Result<Export> {
    let mut reports = all_reports(tx, moment.zone).await?;
    let status = status(tx, moment, plan).await?;
    let mut duties = rows::duties(tx, Which::Ever).await?;
    let mut problems = all_problems(tx, moment.zone).await?;
    if let Some(plan) = plan {
        duties.retain(|duty| duty.plan_id == plan);
        let of_duties = duties.iter().filter_map(|duty| reports.get(&duty.id)).flatten();
        let of_plan: HashSet<i64> = of_duties.map(|report| report.id).collect();
        problems.retain(|problem| of_plan.contains(&problem.report));
    }
    let plans = importing::rows::plans::drafts(tx, plan).await?;
    let plans: Vec<PlanRow> = plans.into_iter().map(|(plan_id, draft)| PlanRow { plan_id, draft }).collect();
    let printed = Printed::of(tx, &plans).await?;
    Ok(Export {
        plans,
        duties: duties
            .into_iter()
            .map(|duty| DutyRow {
                light: Light::of(&duty, moment.today),
                ended: duty.ended,
                reports: reports.remove(&duty.id).unwrap_or_default(),
                milestones: milestone_rows(&duty, moment),
                steps: duty
                    .steps
                    .into_iter()
                    .map(|step| StepRow { text: step.text, due: step.due, done: step.done })
                    .collect(),
                practices: duty.practices.into_iter().map(|practice| practice_row(practice, moment.zone)).collect(),
                via: duty.via.map(|via| printed.via((duty.plan_id.0, &duty.task.number), via)),
                plan_id: duty.plan_id.0,
                plan: duty.plan,
                task: duty.task.number,
                unit: duty.unit.name,
                role: duty.role,
                status: duty.status,
                percent: duty.percent,
                self_signed: duty.self_signed,
            })
            .collect(),
        problems,
        citations: all_citations(tx, moment.zone).await?,
        reminders: all_reminders(tx, moment.zone).await?,
        inspections: all_inspections(tx, moment.zone).await?,
        ledger: ledger::ledger_head(tx).await?,
        status,
    })
}

async fn status(tx: &mut Tx, moment: Moment, plan: Option<PlanId>) -> Result<Value> {
    let duties = rows::duties(tx, plan.map_or(Which::All, Which::Plan)).await?;
    let unassigned = rows::unassigned_of(tx, plan).await?;
    Ok(serde_json::to_value(figures::of(&duties, &unassigned, moment).totals)?)
}

async fn all_reports(tx: &mut Tx, zone: Tz) -> Result<HashMap<DutyId, Vec<ReportRow>>> {
    let rows = sqlx::query!(
        r#"select report.id as "id!", duty_id as "duty_id!", report_version.reported_at as "reported_at: DateTime<Utc>",
               recorded_at as "recorded_at: DateTime<Utc>", report_version.late as "late: bool", made_up as "made_up: bool",
               withdrawn_at is not null as "withdrawn!: bool", person.telegram_id as person_id, person.name, on_behalf as "on_behalf: bool",
               chat.telegram_id as chat_id, message_id, status, percent, aside, text, whole, problems,
               (select json_group_array(json_object('kind', kind, 'file_id', attachment.file_id, 'name', name, 'origin', origin,
                    'sha256', sha256, 'size', size))
                from attachment left join evidence on evidence.file_id = attachment.file_id where report_id = report.id) as "attachments!: String",
               report_version.version - 1 + (select first.edited from report_version first
                   where first.report_id = report.id and first.version = 1) as "edited!: i64"
           from report join report_version on report_version.report_id = report.id
           join person on person.id = person_id join chat on chat.id = chat_id
           where version = (select max(version) from report_version where report_id = report.id)
           order by report.reported_at, report.id"#
    );
    let mut reports: HashMap<DutyId, Vec<ReportRow>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let report = ReportRow {
            id: row.id,
            reported_at: local(row.reported_at, zone),
            recorded_at: local(row.recorded_at, zone),
            by: By { id: row.person_id, name: row.name },
            on_behalf: row.on_behalf,
            source: Source { chat: row.chat_id, message: row.message_id },
            status: row.status,
            percent: row.percent,
            aside: row.aside,
            text: Some(row.text).filter(|text| !text.is_empty()),
            whole: row.whole,
            problems: serde_json::from_str(&row.problems)?,
            attachments: serde_json::from_str(&row.attachments)?,
            late: row.late,
            withdrawn: row.withdrawn,
            made_up: row.made_up,
            edited: row.edited,
        };
        reports.entry(DutyId(row.duty_id)).or_default().push(report);
    }
    Ok(reports)
}

async fn all_problems(tx: &mut Tx, zone: Tz) -> Result<Vec<ProblemRow>> {
    let problems = problems::rows::problems_after(tx, 0, i64::MAX).await?.into_iter();
    let rows = problems.map(|problem| ProblemRow {
        plan: problem.plan,
        task: problem.task,
        unit: problem.unit,
        problem: problem.what,
        report: problem.report,
        raised_at: local(problem.raised_at, zone),
        state: problem.ending.map_or("open", Ending::key),
        ended_at: problem.ended_at.map(|at| local(at, zone)),
        answer: problem.answer,
    });
    Ok(rows.collect())
}

async fn all_citations(tx: &mut Tx, zone: Tz) -> Result<Vec<CitationRow>> {
    let rows = citations::rows::citations(tx).await?.into_iter().filter_map(|citation| {
        Some(CitationRow {
            recorded_at: local(citation.recorded_at?, zone),
            kind: citation.kind,
            unit: citation.unit.name,
            reason: citation.reason,
            by: citation.person,
            withdrawn: citation.withdrawn_because,
        })
    });
    Ok(rows.collect())
}

async fn all_inspections(tx: &mut Tx, zone: Tz) -> Result<Vec<InspectionRow>> {
    let answer = |answer: Answer| AnswerRow {
        answered_at: local(answer.at, zone),
        by: answer.person,
        text: answer.text,
        source: Source { chat: answer.source.0, message: answer.source.1 },
        attachments: answer.files,
        edited: answer.edited,
    };
    let inspected =
        |part: Part| InspectedRow { unit: part.unit.name, answers: part.answers.into_iter().map(answer).collect() };
    let rows = inspections::rows::inspections(tx).await?.into_iter().map(|one| InspectionRow {
        number: one.number,
        words: one.words,
        due: one.due,
        tasks: one.tasks.into_iter().map(|task| task.number).collect(),
        started_on: one.started_on,
        closed_on: one.closed_on,
        units: one.parts.into_iter().map(inspected).collect(),
    });
    Ok(rows.collect())
}

async fn all_reminders(tx: &mut Tx, zone: Tz) -> Result<Vec<ReminderRow>> {
    let rows = sqlx::query!(
        r#"select unit.name as "unit?", chat.telegram_id as chat_id, planned_for as "planned_for: DateTime<Utc>",
               sent_at as "sent_at: DateTime<Utc>", state, message_id,
               (select json_group_array(number) from (
                   select task.number from outbox_task join task on task.id = outbox_task.task_id
                   where outbox_id = outbox.id order by outbox_task.position)) as "tasks!: String",
               (select json_group_array(json_object('id', telegram_id, 'name', name, 'at', read_at)) from (
                   select person.telegram_id, name, read_at from receipt join person on person.id = person_id
                   where outbox_id = outbox.id order by read_at, receipt.id)) as "read_by!: String"
           from outbox join reminder on reminder.id = reminder_id join chat on chat.id = reminder.chat_id
           left join unit on unit.id = reminder.unit_id order by outbox.id"#
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReminderRow {
                unit: row.unit,
                chat: row.chat_id,
                planned_for: local(row.planned_for, zone),
                sent_at: row.sent_at.map(|at| local(at, zone)),
                state: row.state,
                message: row.message_id,
                tasks: serde_json::from_str(&row.tasks)?,
                read_by: readers(&row.read_by, zone)?,
            })
        })
        .collect()
}

/// With the instants in the office's time.
fn readers(rows: &str, zone: Tz) -> Result<Vec<Value>> {
    let mut readers: Vec<Value> = serde_json::from_str(rows)?;
    for reader in &mut readers {
        let at: DateTime<Utc> = serde_json::from_value(reader["at"].take())?;
        reader["at"] = local(at, zone).into();
    }
    Ok(readers)
}

fn practice_row(practice: Practice, zone: Tz) -> PracticeRow {
    PracticeRow { text: practice.what, said_at: local(practice.said_at, zone), recommended: practice.recommended }
}

/// RFC 3339 with the office's offset.
pub fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}
