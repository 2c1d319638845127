//! 专项督查: proposed, started, answered, asked about again and closed.

pub mod carrying_out;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::chat::incoming::Attachment;
use crate::deciding::facts::Facts;
use crate::inspections::{Answer, Asked, EarlierAnswer, Inspection, Part, Request, Wanted, Whom};
use crate::office::duty::{TaskRef, UnitRef};
use crate::office::ids::{ChatId, InspectionId, PersonId, TaskId, UnitId};
use crate::office::place::{Awaited, Place};
use crate::office::rows;
use crate::office::rows::Which;
use crate::reminding::digest::Digest;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{contacts, evidence, reminding, roll};

/// What a message answers.
pub struct InspectionAnswer<'a> {
    pub message: (ChatId, i64),
    pub at: DateTime<Utc>,
    pub text: &'a str,
    pub attachments: &'a [Attachment],
}

pub async fn add_inspection_facts(tx: &mut Tx, facts: &mut Facts, wanted: &Wanted, place: &Place) -> Result<()> {
    let coordinates = place.is_for_coordinators() || place.speaker_is_coordinator();
    match wanted {
        Wanted::List => facts.inspections.all = open_inspections(tx).await?,
        Wanted::Answer { .. } => return Ok(()),
        _ if !coordinates => return Ok(()),
        Wanted::Show { .. } => facts.inspections.all = inspections(tx).await?,
        Wanted::Propose { request, .. } => facts.inspections.asked = asked_by(tx, request).await?,
        Wanted::Start { message_id } => {
            facts.inspections.all = inspections_where(tx, None, Some((place.chat.id, *message_id))).await?;
            facts.duties = rows::duties(tx, Which::All).await?;
        }
        Wanted::Export { inspection } => {
            facts.inspections.all = inspections_where(tx, Some(*inspection), None).await?;
        }
        Wanted::Nudge { inspection } | Wanted::Close { inspection } => {
            facts.mentioned = contacts::rows::mentionable(tx, None).await?;
            facts.inspections.all = inspections_where(tx, Some(*inspection), None).await?;
            facts.duties = rows::duties(tx, Which::All).await?;
        }
    }
    facts.units_with_chat = reminding::rows::reached::units_with_chat(tx).await?;
    Ok(())
}

/// What bears on a reply to an inspection, and on what a message has answered to one.
pub async fn add_answer_facts(tx: &mut Tx, facts: &mut Facts, place: &Place, message_id: Option<i64>) -> Result<()> {
    if let Some(Awaited::Inspection { inspection, .. }) = place.asked_for {
        facts.inspections.all = inspections_where(tx, Some(inspection), None).await?;
    }
    if let Some(message_id) = message_id {
        facts.inspections.earlier_answer = answer_of_message(tx, place.chat.id, message_id).await?;
    }
    Ok(())
}

/// Those that were started, in their order.
pub async fn inspections(tx: &mut Tx) -> Result<Vec<Inspection>> {
    let mut all = inspections_where(tx, None, None).await?;
    all.retain(|inspection| inspection.started_on.is_some());
    Ok(all)
}

pub async fn open_inspections(tx: &mut Tx) -> Result<Vec<Inspection>> {
    let mut all = inspections_where(tx, None, None).await?;
    all.retain(Inspection::is_open);
    Ok(all)
}

/// Those with these numbers, whether they are open or not.
pub async fn inspections_of(tx: &mut Tx, ids: &[InspectionId]) -> Result<Vec<Inspection>> {
    let mut inspections = Vec::new();
    for id in ids {
        inspections.extend(inspections_where(tx, Some(*id), None).await?);
    }
    Ok(inspections)
}

/// All, one, or the one that a message proposed.
async fn inspections_where(
    tx: &mut Tx,
    id: Option<InspectionId>,
    message: Option<(ChatId, i64)>,
) -> Result<Vec<Inspection>> {
    let id = id.map(|id| id.0);
    let (chat, message) = (message.map(|(chat, _)| chat.0), message.map(|(_, message)| message));
    let rows = sqlx::query!(
        r#"select id as "id!", coalesce(number, (select coalesce(max(number), 0) + 1 from inspection)) as "number!: i64",
               words, due as "due: NaiveDate", started_on as "started_on: NaiveDate",
               nudged_on as "nudged_on: NaiveDate", closed_on as "closed_on: NaiveDate"
           from inspection where (?1 is null or id = ?1) and (?2 is null or (chat_id = ?2 and message_id = ?3))
           order by number, id"#,
        id,
        chat,
        message
    );
    let mut inspections = Vec::new();
    for row in rows.fetch_all(tx.connection()).await? {
        inspections.push(Inspection {
            id: InspectionId(row.id),
            number: row.number,
            words: row.words,
            due: row.due,
            tasks: tasks_inspected(tx, row.id).await?,
            parts: parts_of_inspection(tx, row.id).await?,
            started_on: row.started_on,
            nudged_on: row.nudged_on,
            closed_on: row.closed_on,
        });
    }
    Ok(inspections)
}

async fn tasks_inspected(tx: &mut Tx, inspection: i64) -> Result<Vec<TaskRef>> {
    let rows = sqlx::query!(
        "select task.id, number, text, others from inspection_task join task on task.id = task_id
         where inspection_id = ? order by task.id",
        inspection
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows.map(|row| TaskRef { id: TaskId(row.id), number: row.number, text: row.text, others: row.others }).collect())
}

async fn parts_of_inspection(tx: &mut Tx, inspection: i64) -> Result<Vec<Part>> {
    let units = sqlx::query!(
        r#"select unit.id as "id!", name from inspection_unit join unit on unit.id = unit_id
           where inspection_id = ? order by unit.id"#,
        inspection
    );
    let units = units.fetch_all(tx.connection()).await?.into_iter();
    let part = |id, name| Part { unit: UnitRef { id: UnitId(id), name }, answers: Vec::new() };
    let mut parts: Vec<Part> = units.map(|row| part(row.id, row.name)).collect();
    let answers = sqlx::query!(
        r#"select answer.unit_id, case version when 1 then answered_at else noted_at end as "at!: DateTime<Utc>",
               person.name as person, text, version, chat.telegram_id as "chat!: i64", answer.message_id,
               (select json_group_array(json_object(
                    'kind', json_extract(file.value, '$.kind'), 'file_id', json_extract(file.value, '$.file_id'),
                    'name', json_extract(file.value, '$.name'), 'sha256', sha256, 'size', size))
                from json_each(files) file
                left join evidence on evidence.file_id = json_extract(file.value, '$.file_id')) as "files!: String"
           from inspection_answer answer join inspection_answer_version on answer_id = answer.id
           join person on person.id = person_id join chat on chat.id = chat_id
           where inspection_id = ? and withdrawn_at is null and version =
               (select max(version) from inspection_answer_version where answer_id = answer.id)
           order by answer.id"#,
        inspection
    );
    for row in answers.fetch_all(tx.connection()).await? {
        let Some(part) = parts.iter_mut().find(|part| part.unit.id.0 == row.unit_id) else { continue };
        part.answers.push(Answer {
            at: row.at,
            person: row.person,
            text: row.text,
            files: serde_json::from_str(&row.files)?,
            source: (row.chat, row.message_id),
            edited: row.version - 1,
        });
    }
    Ok(parts)
}

async fn asked_by(tx: &mut Tx, request: &Request) -> Result<Asked> {
    let mut asked = Asked::default();
    let duties = rows::duties(tx, Which::All).await?;
    match &request.whom {
        Whom::All => asked.units = duties.into_iter().map(|duty| duty.unit).collect(),
        Whom::Tasks(numbers) => {
            for number in numbers {
                let of_task = duties.iter().filter(|duty| duty.task.number == *number);
                let known = asked.units.len();
                for duty in of_task {
                    asked.units.push(duty.unit.clone());
                    asked.tasks.push(duty.task.clone());
                }
                if asked.units.len() == known {
                    asked.unknown.push(format!("第{number}项"));
                }
            }
        }
        Whom::Units(names) => {
            for name in names {
                match roll::rows::find_unit(tx, name).await? {
                    Some(unit) => asked.units.extend(members_or_itself(tx, unit).await?),
                    None => asked.unknown.push(name.clone()),
                }
            }
        }
    }
    asked.units.sort_by_key(|unit| unit.id);
    asked.units.dedup();
    asked.tasks.sort_by_key(|task| task.id);
    asked.tasks.dedup();
    Ok(asked)
}

async fn members_or_itself(tx: &mut Tx, unit: UnitRef) -> Result<Vec<UnitRef>> {
    let members = sqlx::query!(
        r#"select unit.id as "id!", name from unit_member join unit on unit.id = member_id where collective_id = ?"#,
        unit.id.0
    );
    let members = members.fetch_all(tx.connection()).await?.into_iter();
    let members: Vec<_> = members.map(|row| UnitRef { id: UnitId(row.id), name: row.name }).collect();
    Ok(if members.is_empty() { vec![unit] } else { members })
}

pub async fn propose_inspection(
    tx: &mut Tx,
    (chat, message_id): (ChatId, i64),
    request: &Request,
    asked: &Asked,
    person: PersonId,
) -> Result<()> {
    let propose = sqlx::query_scalar!(
        r#"insert into inspection (words, due, person_id, chat_id, message_id) values (?, ?, ?, ?, ?)
           on conflict do nothing returning id as "id!""#,
        request.words,
        request.due,
        person.0,
        chat.0,
        message_id
    );
    let Some(id) = propose.fetch_optional(tx.connection()).await? else { return Ok(()) };
    for unit in &asked.units {
        let insert = sqlx::query!("insert into inspection_unit (inspection_id, unit_id) values (?, ?)", id, unit.id.0);
        insert.execute(tx.connection()).await?;
    }
    for task in &asked.tasks {
        let insert = sqlx::query!("insert into inspection_task (inspection_id, task_id) values (?, ?)", id, task.id.0);
        insert.execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn start_inspection(tx: &mut Tx, id: InspectionId, day: NaiveDate, by: Actor) -> Result<()> {
    let start = sqlx::query!(
        "update inspection set number = (select coalesce(max(number), 0) + 1 from inspection), started_on = ?
         where id = ? and started_on is null",
        day,
        id.0
    );
    start.execute(tx.connection()).await?;
    for begun in inspections_where(tx, Some(id), None).await? {
        let units: Vec<&str> = begun.parts.iter().map(|part| part.unit.name.as_str()).collect();
        let tasks: Vec<TaskId> = begun.tasks.iter().map(|task| task.id).collect();
        let body = json!({
            "inspection": id, "number": begun.number, "words": begun.words, "due": begun.due, "units": units,
            "tasks": tasks,
        });
        ledger::note(tx, by, "inspection_started", body).await?;
    }
    Ok(())
}

pub async fn nudge_inspection(
    tx: &mut Tx,
    id: InspectionId,
    units: &[UnitId],
    day: NaiveDate,
    by: Actor,
) -> Result<()> {
    let nudge = sqlx::query!("update inspection set nudged_on = ? where id = ?", day, id.0);
    nudge.execute(tx.connection()).await?;
    ledger::note(tx, by, "inspection_nudged", json!({ "inspection": id, "units": units, "day": day })).await
}

pub async fn close_inspection(tx: &mut Tx, id: InspectionId, day: NaiveDate, by: Actor) -> Result<()> {
    let close = sqlx::query!("update inspection set closed_on = ? where id = ? and closed_on is null", day, id.0);
    if close.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    ledger::note(tx, by, "inspection_closed", json!({ "inspection": id, "day": day })).await
}

/// An answer, or a new version of one; an edit of an answer that was taken back counts again.
pub async fn answer_inspection(
    tx: &mut Tx,
    inspection: InspectionId,
    unit: UnitId,
    answer: &InspectionAnswer<'_>,
    person: PersonId,
) -> Result<()> {
    let (now, (chat, message_id)) = (tx.now, answer.message);
    let files = serde_json::to_string(answer.attachments)?;
    let insert = sqlx::query_scalar!(
        r#"insert into inspection_answer (inspection_id, unit_id, person_id, chat_id, message_id, answered_at)
           values (?, ?, ?, ?, ?, ?)
           on conflict (chat_id, message_id) do update set withdrawn_at = null returning id as "id!""#,
        inspection.0,
        unit.0,
        person.0,
        chat.0,
        message_id,
        answer.at
    );
    let id = insert.fetch_one(tx.connection()).await?;
    let version = sqlx::query!(
        "insert into inspection_answer_version (answer_id, version, text, files, noted_at)
         values (?1, (select coalesce(max(version), 0) + 1 from inspection_answer_version where answer_id = ?1),
                 ?2, ?3, ?4)",
        id,
        answer.text,
        files,
        now
    );
    version.execute(tx.connection()).await?;
    for file in answer.attachments {
        evidence::rows::want(tx, &file.file_id).await?;
    }
    let body = json!({
        "inspection": inspection, "unit": unit, "chat": chat, "message": message_id, "text": answer.text,
        "files": answer.attachments,
    });
    ledger::note(tx, Actor::Person(person), "inspection_answered", body).await
}

pub async fn withdraw_inspection_answer(tx: &mut Tx, chat: ChatId, message_id: i64, by: Actor) -> Result<()> {
    let now = tx.now;
    let withdraw = sqlx::query!(
        "update inspection_answer set withdrawn_at = ? where chat_id = ? and message_id = ? and withdrawn_at is null",
        now,
        chat.0,
        message_id
    );
    withdraw.execute(tx.connection()).await?;
    ledger::note(tx, by, "inspection_answer_withdrawn", json!({ "chat": chat, "message": message_id })).await
}

async fn answer_of_message(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<EarlierAnswer>> {
    let row = sqlx::query!(
        r#"select inspection_id, unit_id, number as "number!", text, json_array_length(files) as "files!: i64",
               withdrawn_at is not null as "withdrawn!: bool"
           from inspection_answer answer join inspection_answer_version on answer_id = answer.id
           join inspection on inspection.id = inspection_id
           where answer.chat_id = ? and answer.message_id = ? order by version desc limit 1"#,
        chat.0,
        message_id
    );
    Ok(row.fetch_optional(tx.connection()).await?.map(|row| EarlierAnswer {
        inspection: InspectionId(row.inspection_id),
        unit: UnitId(row.unit_id),
        number: row.number,
        message_id,
        text: row.text,
        files: usize::try_from(row.files).unwrap_or_default(),
        withdrawn: row.withdrawn,
    }))
}

/// Notes which inspections a digest names: to a unit those that it has not answered, to coordinators those that ended.
pub async fn name_inspections(tx: &mut Tx, reminder: i64, digest: &Digest) -> Result<()> {
    let called = digest.calls.iter().map(|call| call.inspection);
    for id in called.chain(digest.ended.iter().map(|ended| ended.id)) {
        let insert =
            sqlx::query!("insert into reminder_inspection (reminder_id, inspection_id) values (?, ?)", reminder, id.0);
        insert.execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn forget_inspections(tx: &mut Tx, reminder: i64) -> Result<()> {
    let forget = sqlx::query!("delete from reminder_inspection where reminder_id = ?", reminder);
    forget.execute(tx.connection()).await?;
    Ok(())
}

pub async fn inspections_named_in(tx: &mut Tx, reminder: i64) -> Result<Vec<InspectionId>> {
    let named = sqlx::query_scalar!("select inspection_id from reminder_inspection where reminder_id = ?", reminder);
    Ok(named.fetch_all(tx.connection()).await?.into_iter().map(InspectionId).collect())
}
