//! Full text search in the tasks, and the units as `/units` lists them.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::deciding::facts::Facts;
use crate::importing::Presence;
use crate::office::duty::Duty;
use crate::office::figures::TaskParts;
use crate::office::ids::{ChatId, DutyId, TaskId};
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::office::rows;
use crate::office::rows::Which;
use crate::office::rows::parts::Office;
use crate::office::status::Status;
use crate::plans::KnownPlan;
use crate::questions::counting;
use crate::questions::counting::{Counting, Matter};
use crate::questions::rules;
use crate::questions::sentences::asked::SOON_DAYS;
use crate::questions::{Filed, Received};
use crate::receipts::rows::Last;
use crate::store::posting::Body;
use crate::store::{Result, Tx};
use crate::understanding::asked::NEXT;
use crate::understanding::{Only, Query, QueryKind};
use crate::{briefing, contacts, coordinators, evidence, plans, receipts, reminding};

/// Trigrams find nothing shorter.
const SHORTEST_TRIGRAM: usize = 3;
/// Fewer pairs of characters are shared by chance.
const FEWEST_SHARED: usize = 3;
/// Nobody reads more in a chat.
const MOST_RECEIVED: i64 = 1_000;

/// The duties and the tasks without units that a question may be about.
pub async fn asked_about(tx: &mut Tx, query: &Query, plan: Option<&KnownPlan>, at: Moment) -> Result<Matter> {
    let of_plan = |duty: &Duty| plan.is_none_or(|plan| plan.id == duty.plan_id);
    let mut unassigned = rows::unassigned_tasks(tx).await?;
    unassigned.retain(|task| plan.is_none_or(|plan| plan.id == task.plan_id));
    // Only lines of tasks name plans.
    let names_tasks = matches!(query.kind, QueryKind::Overdue | QueryKind::Due);
    let several_plans = names_tasks && rows::namesakes::plan_names(tx).await?.are_several();
    if counting::counts(query, several_plans) {
        let mut counting = Counting::begin(query, at);
        let office = Office::of(tx).await?;
        let count = |task: TaskParts<'_>| {
            if plan.is_none_or(|plan| plan.id == task.plan_id) {
                counting.add(task)
            }
        };
        office.show(tx, count).await?;
        return Ok(counting.end(unassigned));
    }
    let mut duties = if let (QueryKind::Search, Some(sought)) = (query.kind, &query.text) {
        let found = tasks_about(tx, sought).await?;
        unassigned.retain(|task| found.contains(&task.task.id));
        rows::duties(tx, Which::In(&found)).await?
    } else {
        rows::duties(tx, Which::Named { number: query.task.as_deref(), unit: query.unit.as_deref() }).await?
    };
    duties.retain(of_plan);
    Ok(Matter { duties, unassigned, counted: None })
}

/// What bears on a coordinator's question.
pub async fn add_facts_of_question(tx: &mut Tx, facts: &mut Facts, query: &Query, moment: Moment) -> Result<()> {
    if query.plan.is_some() || query.is_about_one_task() {
        facts.numbered = plans::rows::numbered(tx, query.task.as_deref(), None).await?;
    }
    // Where no one plan is meant, that is the answer.
    let Ok(plan) = rules::meant(query, &facts.numbered).map(|plan| plan.cloned()) else { return Ok(()) };
    let matter = asked_about(tx, query, plan.as_ref(), moment).await?;
    (facts.duties, facts.unassigned, facts.questions.counted) = (matter.duties, matter.unassigned, matter.counted);
    match query.kind {
        QueryKind::Read => {
            let task = plan.as_ref().map(|plan| plan.id).zip(query.task.as_deref());
            facts.questions.reached = receipts::rows::reached(tx, task, Last::OfTheOffice).await?
        }
        QueryKind::Reminder if query.only == Some(Only::Stopped) => facts.importing.presences = presences(tx).await?,
        QueryKind::Evidence => facts.questions.filed = filed(tx, query, moment).await?,
        QueryKind::Reminder => {
            let task = plan.as_ref().map(|plan| plan.id).zip(query.task.as_deref());
            facts.questions.reached = receipts::rows::reached(tx, task, Last::OfEach).await?;
            let until = moment.today + Days::new(briefing::AHEAD);
            facts.planned = reminding::rows::still_to_come(tx, moment.today, until).await?;
        }
        QueryKind::Unbound => facts.importing.presences = presences(tx).await?,
        QueryKind::Changes => {
            let since = match query.from {
                Some(from) => briefing::rows::since(tx, moment.begin_of(from)).await?,
                None => briefing::rows::since_last_briefing(tx).await?,
            };
            facts.questions.received = received(tx, (query, plan.as_ref()), since.at, end_of(query, moment)).await?;
            facts.since = Some(since);
        }
        QueryKind::Today => {
            let from = moment.begin_of(query.from.unwrap_or(moment.today));
            facts.questions.received = received(tx, (query, plan.as_ref()), from, end_of(query, moment)).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The first instant after the days that are asked about; none lies ahead.
fn end_of(query: &Query, moment: Moment) -> DateTime<Utc> {
    let after = |day: NaiveDate| moment.begin_of(day + Days::new(1));
    query.to.filter(|to| *to < moment.today).map_or(moment.now + TimeDelta::seconds(1), after)
}

/// The reports that became known in this time and stand, in their newest words, the latest first.
async fn received(
    tx: &mut Tx,
    (query, plan): (&Query, Option<&KnownPlan>),
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Received>> {
    let plan = plan.map(|plan| plan.id.0);
    let rows = sqlx::query!(
        r#"select report.duty_id, said.reported_at as "at: DateTime<Utc>", said.status, said.percent as "percent: u8", said.text,
               said.late as "late: bool"
           from report join duty on duty.id = report.duty_id join unit on unit.id = duty.unit_id
               join task on task.id = duty.task_id join report_version said on said.report_id = report.id
               and said.version = (select max(version) from report_version where report_id = report.id)
           where withdrawn_at is null and recorded_at >= ?1 and recorded_at < ?2
               and (?4 is null or unit.name = ?4) and (?5 is null or task.number = ?5)
               and (?6 is null or task.plan_id = ?6)
           order by recorded_at desc, report.id desc limit ?3"#,
        from,
        to,
        MOST_RECEIVED,
        query.unit,
        query.task,
        plan
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| Received {
        duty: DutyId(row.duty_id),
        at: row.at,
        status: row.status.as_deref().and_then(Status::from_key),
        percent: row.percent,
        text: row.text,
        late: row.late,
    });
    Ok(rows.collect())
}

/// The reports of this time that stand and came with files, the latest first.
async fn filed(tx: &mut Tx, query: &Query, moment: Moment) -> Result<Vec<Filed>> {
    let from = query.from.map_or(DateTime::UNIX_EPOCH, |from| moment.begin_of(from));
    let to = end_of(query, moment);
    let rows = sqlx::query!(
        r#"select report.duty_id, report.message_id, report.reported_at as "at: DateTime<Utc>",
               (select json_group_array(json_array(name, kind)) from attachment where report_id = report.id)
                   as "names!: String"
           from report join duty on duty.id = report.duty_id join unit on unit.id = duty.unit_id
           where withdrawn_at is null and recorded_at >= ?1 and recorded_at < ?2 and (?3 is null or unit.name = ?3)
               and exists (select 1 from attachment where report_id = report.id)
           order by recorded_at desc, report.id desc limit ?4"#,
        from,
        to,
        query.unit,
        MOST_RECEIVED
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| {
        let files: Vec<(Option<String>, String)> = serde_json::from_str(&row.names)?;
        let named = |(name, kind): (Option<String>, String)| name.unwrap_or_else(|| evidence::label(&kind).to_owned());
        let names = files.into_iter().map(named).collect();
        Ok(Filed { duty: DutyId(row.duty_id), at: row.at, message_id: row.message_id, names })
    });
    rows.collect()
}

/// What bears on a contact's question: persons, the others' parts in the tasks that it is about, the reminders ahead.
pub async fn add_facts_of_asked(
    tx: &mut Tx,
    facts: &mut Facts,
    query: Option<&Query>,
    place: &Place,
    moment: Moment,
) -> Result<()> {
    facts.coordinators.all = coordinators::rows::coordinators(tx).await?;
    let (Some(query), Some(unit)) = (query, &place.unit) else { return Ok(()) };
    if matches!(query.kind, QueryKind::Task | QueryKind::People) {
        facts.contacts.rosters.push(contacts::rows::roster(tx, unit.clone()).await?);
        let is_meant = |duty: &&Duty| query.task.as_ref().is_none_or(|number| duty.task.number == *number);
        let tasks: Vec<TaskId> = facts.duties.iter().filter(is_meant).map(|duty| duty.task.id).collect();
        facts.others = rows::duties(tx, Which::In(&tasks)).await?;
    }
    if query.text.as_deref() == Some(NEXT) {
        facts.planned = reminding::rows::still_to_come(tx, moment.today, moment.today + Days::new(SOON_DAYS)).await?;
    }
    Ok(())
}

/// The question that one of our messages answers a page of, with the message.
pub async fn asked(tx: &mut Tx, chat: ChatId, message_id: Option<i64>) -> Result<Option<(i64, Query)>> {
    let Some(message_id) = message_id else { return Ok(None) };
    let body = sqlx::query_scalar!("select body from outbox where chat_id = ? and message_id = ?", chat.0, message_id);
    let body = body.fetch_optional(tx.connection()).await?;
    let query = match body.as_deref().map(serde_json::from_str).transpose()? {
        Some(Body::Message { query, .. }) => query,
        _ => None,
    };
    Ok(query.map(|query| (message_id, query)))
}

/// The tasks whose words, or whose section's or plan's title, hold the words sought.
async fn tasks_about(tx: &mut Tx, sought: &str) -> Result<Vec<TaskId>> {
    let titled = sqlx::query_scalar!(
        r#"select id as "id!" from task where plan_id in (select id from plan where instr(title, ?1) > 0)
           union select id from task where section_id in (select id from section where instr(title, ?1) > 0)"#,
        sought
    );
    let titled = titled.fetch_all(tx.connection()).await?;
    let worded = if sought.chars().count() < SHORTEST_TRIGRAM {
        let short = sqlx::query_scalar!(r#"select id as "id!" from task where instr(text, ?) > 0"#, sought);
        short.fetch_all(tx.connection()).await?
    } else {
        // U+0000 would end the phrase before its closing quote.
        let phrase = format!("\"{}\"", sought.replace('\0', "").replace('"', "\"\""));
        let found = sqlx::query_scalar!(r#"select rowid as "id!: i64" from task_text where task_text match ?"#, phrase);
        found.fetch_all(tx.connection()).await?
    };
    let found: Vec<TaskId> = titled.into_iter().chain(worded).map(TaskId).collect();
    if found.is_empty() { nearest_tasks(tx, sought).await } else { Ok(found) }
}

/// The tasks whose words share most with what is sought, where that is most of it: 工程审批系统 for 工程建设项目…审批系统.
async fn nearest_tasks(tx: &mut Tx, sought: &str) -> Result<Vec<TaskId>> {
    let characters: Vec<char> = sought.chars().filter(|character| character.is_alphanumeric()).collect();
    let runs = |length| characters.windows(length).map(|run| run.iter().collect::<String>()).collect::<Vec<_>>();
    let pairs = runs(2);
    let phrases: Vec<String> = runs(SHORTEST_TRIGRAM).iter().map(|run| format!("\"{run}\"")).collect();
    if phrases.is_empty() {
        return Ok(Vec::new());
    }
    let any = phrases.join(" OR ");
    let tasks = sqlx::query!(
        r#"select task.id as "id!", task.text from task_text join task on task.id = task_text.rowid
           where task_text match ?"#,
        any
    );
    let tasks = tasks.fetch_all(tx.connection()).await?;
    let shared = |text: &str| pairs.iter().filter(|pair| text.contains(pair.as_str())).count();
    let most = tasks.iter().map(|task| shared(&task.text)).max().unwrap_or(0);
    if most < FEWEST_SHARED || most * 2 < pairs.len() {
        return Ok(Vec::new());
    }
    Ok(tasks.iter().filter(|task| shared(&task.text) == most).map(|task| TaskId(task.id)).collect())
}

/// Units with open parts: whether they have a chat, and whether anything was ever heard of them.
pub async fn presences(tx: &mut Tx) -> Result<Vec<Presence>> {
    let units = sqlx::query_as!(
        Presence,
        r#"select unit.name as unit,
               exists (select 1 from chat where chat.unit_id = unit.id and reachable = 1) as "bound!: bool",
               exists (select 1 from report join duty on duty.id = duty_id where duty.unit_id = unit.id)
                   as "heard!: bool",
               exists (select 1 from chat where chat.unit_id = unit.id and silenced_at is not null)
                   as "silenced!: bool",
               exists (select 1 from contact where contact.unit_id = unit.id and state = 'registered')
                   as "has_contact!: bool"
           from unit where exists (
               select 1 from duty join task on task.id = task_id join plan on plan.id = plan_id
               where duty.unit_id = unit.id and duty.ended_at is null and closed_at is null)
           order by unit.id"#
    );
    Ok(units.fetch_all(tx.connection()).await?)
}
