//! What happened to a task, from the first report on: every version, withdrawal and decision.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::deciding::facts::Facts;
use crate::history::{Entry, Of, What};
use crate::office::called::Called;
use crate::office::ids::{MilestoneId, UnitId};
use crate::office::rows;
use crate::office::rows::{Which, namesakes};
use crate::office::standing::Ruling;
use crate::office::status::Status;
use crate::review::Verdict;
use crate::store::{Result, Tx};
use crate::understanding::Aside;
use crate::{assigning, plans, problems, reporting, steps};

/// What bears on a question about the history of a task, if any, and of a unit, by id or name.
pub async fn add_facts(
    tx: &mut Tx,
    facts: &mut Facts,
    called: Option<&Called>,
    (unit, unit_name): (Option<UnitId>, Option<&str>),
) -> Result<()> {
    let mut of = Of { unit, unit_name, ..Of::default() };
    if let Some(called) = called {
        facts.numbered = plans::rows::numbered(tx, Some(&called.number), unit).await?;
        // Where no one plan is meant, that is the answer.
        let Ok(plan) = facts.numbered.meant(called.plan.as_deref()) else { return Ok(()) };
        (of.number, of.plan) = (Some(called.number.as_str()), plan.map(|plan| plan.id));
    }
    facts.history = history(tx, of).await?;
    Ok(())
}

/// The history of what is meant, in time order.
pub async fn history(tx: &mut Tx, of: Of<'_>) -> Result<Vec<Entry>> {
    let duties = &meant(tx, of).await?;
    let mut entries = reports_in_history(tx, duties).await?;
    entries.extend(decisions_in_history(tx, duties).await?);
    entries.extend(extensions_in_history(tx, duties).await?);
    entries.extend(steps::rows::steps_in_history(tx, duties).await?);
    entries.extend(problems::rows::problems_in_history(tx, duties).await?);
    entries.extend(assigning::rows::past::changes_in_history(tx, of).await?);
    entries.extend(refused_suspensions_in_history(tx, duties).await?);
    entries.sort_by_key(|entry| entry.at);
    let numbers: BTreeSet<&str> = entries.iter().map(|entry| entry.task.as_str()).collect();
    let namesakes = namesakes::namesakes(tx, duties, &Vec::from_iter(numbers)).await?;
    for entry in &mut entries {
        let title = entry.plan.take().unwrap_or_default();
        entry.plan = match of.unit {
            Some(unit) => namesakes.of_titled(unit, &entry.task, &title).filter(|one| one.in_unit).map(|one| one.plan),
            None => namesakes.in_office(&entry.task, &title),
        };
    }
    Ok(entries)
}

/// The ids of the duties that are meant, those that ended among them, as a JSON array.
async fn meant(tx: &mut Tx, of: Of<'_>) -> Result<String> {
    let (unit, plan) = (of.unit.map(|unit| unit.0), of.plan.map(|plan| plan.0));
    match (of.number, of.unit) {
        (None, Some(unit)) => rows::ids(tx, Which::Of(unit)).await,
        (None, None) => rows::ids(tx, Which::Named { number: None, unit: of.unit_name }).await,
        (Some(number), _) => {
            let numbered = sqlx::query_scalar!(
                r#"select json_group_array(duty.id) as "ids!: String" from duty join unit on unit.id = unit_id
                   where task_id in (select id from task where number = ?1 and (?2 is null or plan_id = ?2))
                     and (?3 is null or unit_id = ?3) and (?4 is null or unit.name = ?4)"#,
                number,
                plan,
                unit,
                of.unit_name
            );
            Ok(numbered.fetch_one(tx.connection()).await?)
        }
    }
}

async fn reports_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as person, on_behalf as "on_behalf: bool", version, version.reported_at as "at: DateTime<Utc>",
               version.edited as "edited: bool",
               version.text, version.whole, version.status, version.percent, version.aside, claimed.text as "claimed?", withdrawn_at as "withdrawn_at: DateTime<Utc>",
               (select count(*) from attachment where report_id = report.id) as "attachments!: i64", made_up as "made_up: bool"
           from report_version version join report on report.id = version.report_id
           join duty on duty.id = report.duty_id join task on task.id = duty.task_id
           join plan on plan.id = task.plan_id join unit on unit.id = duty.unit_id
           join person on person.id = person_id left join milestone claimed on claimed.id = version.milestone_id
           where report.duty_id in (select value from json_each(?))
           order by report.id, version"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().map(|row| Entry {
        at: row.at,
        task: row.number,
        plan: Some(row.plan),
        unit: row.unit,
        person: reporting::told_by(&row.person, row.on_behalf),
        what: What::Said {
            version: row.version,
            edited: row.edited,
            status: row.status.as_deref().and_then(Status::from_key),
            percent: row.percent,
            claims: row.claimed,
            aside: row.aside.as_deref().and_then(Aside::from_key),
            text: row.text,
            whole: row.whole,
            attachments: row.attachments,
            made_up: row.made_up,
            withdrawn: row.withdrawn_at.is_some(),
        },
    });
    Ok(entries.collect())
}

async fn decisions_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as person, decision.at as "at: DateTime<Utc>",
               decision.kind, milestone_id, milestone.due as "due?: NaiveDate", reason, self_signed as "self_signed: bool"
           from decision left join milestone on milestone.id = milestone_id join duty on duty.id = duty_id join task on task.id = duty.task_id join plan on plan.id = task.plan_id
           join unit on unit.id = duty.unit_id join person on person.id = person_id
           where decision.duty_id in (select value from json_each(?)) order by decision.id"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().filter_map(|row| {
        let of = row.milestone_id.map(MilestoneId).zip(row.due);
        let verdict = Verdict::ruled(Ruling::from_key(&row.kind)?, of);
        let what = What::Decided { verdict, reason: row.reason, self_signed: row.self_signed };
        Some(Entry { at: row.at, task: row.number, plan: Some(row.plan), unit: row.unit, person: row.person, what })
    });
    Ok(entries.collect())
}

async fn extensions_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as person, decided_at as "at!: DateTime<Utc>",
               extension.due as "due: NaiveDate", milestone_id, state, reason,
               self_signed as "self_signed: bool"
           from extension join duty on duty.id = duty_id join task on task.id = task_id join plan on plan.id = task.plan_id
           join unit on unit.id = duty.unit_id join person on person.id = decided_by
           where decided_at is not null and extension.duty_id in (select value from json_each(?))
           order by extension.id"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().map(|row| Entry {
        at: row.at,
        task: row.number,
        plan: Some(row.plan),
        unit: row.unit,
        person: row.person,
        what: What::Decided {
            verdict: Verdict::MoreTime {
                of: row.milestone_id.map(MilestoneId),
                due: row.due,
                granted: row.state == "granted",
                all: false,
            },
            reason: row.reason,
            self_signed: row.self_signed,
        },
    });
    Ok(entries.collect())
}

async fn refused_suspensions_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as person, decided_at as "at!: DateTime<Utc>", reason
           from suspension_wish wish join duty on duty.id = wish.duty_id join task on task.id = task_id join plan on plan.id = task.plan_id
           join unit on unit.id = duty.unit_id join person on person.id = decided_by
           where wish.state = 'refused' and wish.duty_id in (select value from json_each(?))
           order by wish.id"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().map(|row| Entry {
        at: row.at,
        task: row.number,
        plan: Some(row.plan),
        unit: row.unit,
        person: row.person,
        what: What::Decided { verdict: Verdict::NotSuspended, reason: row.reason, self_signed: false },
    });
    Ok(entries.collect())
}
