//! 细化分解: the steps of duties, and what happened to them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::history::{Entry, What};
use crate::office::ids::{ChatId, DutyId, PersonId, StepId};
use crate::steps::{Change, Mark, Step};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::understanding::steps::PlannedStep;

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::Plan { id, duty, step, message_id } => {
            plan_step(tx, *id, *duty, step, (chat, *message_id), person).await
        }
        Change::Mark { step, mark } => mark_step(tx, *step, *mark, person).await,
    }
}

/// The steps of each duty that were not removed, by due date.
pub async fn steps(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<Step>>> {
    let rows = sqlx::query!(
        r#"select id, duty_id, text, due as "due: NaiveDate", state = 'done' as "done!: bool", chat_id, message_id
           from step where state <> 'removed'
             and duty_id in (select value from json_each(?))
           order by due, id"#,
        wanted
    );
    let mut steps: HashMap<i64, Vec<Step>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let step = Step {
            id: StepId(row.id),
            text: row.text,
            due: row.due,
            done: row.done,
            planned_in: (ChatId(row.chat_id), row.message_id),
        };
        steps.entry(row.duty_id).or_default().push(step);
    }
    Ok(steps)
}

/// The number that the next step will have: steps are removed, never deleted.
pub async fn next_step(tx: &mut Tx) -> Result<i64> {
    let next = sqlx::query_scalar!(r#"select coalesce(max(id), 0) + 1 as "next!: i64" from step"#);
    Ok(next.fetch_one(tx.connection()).await?)
}

/// `message`: the chat and the message whose words planned it.
pub async fn plan_step(
    tx: &mut Tx,
    id: StepId,
    duty: DutyId,
    step: &PlannedStep,
    message: (ChatId, i64),
    person: PersonId,
) -> Result<()> {
    let (chat, message) = message;
    let insert = sqlx::query!(
        "insert into step (id, duty_id, text, due, chat_id, message_id) values (?, ?, ?, ?, ?, ?)",
        id.0,
        duty.0,
        step.text,
        step.due,
        chat.0,
        message
    );
    insert.execute(tx.connection()).await?;
    add_step_event(tx, id, person, "planned").await?;
    let body = json!({
        "step": id, "duty": duty, "text": step.text, "due": step.due, "chat": chat, "message": message,
    });
    ledger::note(tx, Actor::Person(person), "step_planned", body).await
}

pub async fn mark_step(tx: &mut Tx, id: StepId, mark: Mark, person: PersonId) -> Result<()> {
    let state = match mark {
        Mark::Done => "done",
        Mark::Reopened => "open",
        Mark::Removed => "removed",
    };
    let update = sqlx::query_scalar!("update step set state = ? where id = ? returning duty_id", state, id.0);
    let duty = DutyId(update.fetch_one(tx.connection()).await?);
    add_step_event(tx, id, person, mark.key()).await?;
    let kind = format!("step_{}", mark.key());
    ledger::note(tx, Actor::Person(person), &kind, json!({ "step": id, "duty": duty })).await
}

async fn add_step_event(tx: &mut Tx, id: StepId, person: PersonId, kind: &str) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!(
        "insert into step_event (step_id, person_id, kind, at) values (?, ?, ?, ?)",
        id.0,
        person.0,
        kind,
        now
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

pub async fn steps_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as person, event.at as "at: DateTime<Utc>", event.kind,
               step.text, step.due as "due: NaiveDate"
           from step_event event join step on step.id = step_id join duty on duty.id = duty_id
           join task on task.id = task_id join plan on plan.id = task.plan_id join unit on unit.id = duty.unit_id join person on person.id = event.person_id
           where step.duty_id in (select value from json_each(?))
           order by event.id"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().map(|row| Entry {
        at: row.at,
        task: row.number,
        plan: Some(row.plan),
        unit: row.unit,
        person: row.person,
        what: What::Step {
            mark: Mark::ALL.into_iter().find(|mark| mark.key() == row.kind),
            text: row.text,
            due: row.due,
        },
    });
    Ok(entries.collect())
}
