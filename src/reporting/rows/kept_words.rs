//! Words that wait until somebody says which task they are about, or what they mean; and the files that came with words.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::chat::incoming::Attachment;
use crate::deciding::facts::Facts;
use crate::intent::Intent;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::place::{Awaited, Place};
use crate::reporting::Question;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{evidence, reporting};

/// What waits of the message in question, or of the one whose question is answered.
pub async fn add_kept_words(
    tx: &mut Tx,
    facts: &mut Facts,
    intent: &Intent,
    place: &Place,
    message_meant: Option<i64>,
) -> Result<()> {
    let chat = place.chat.id;
    let asked_about = match place.asked_for {
        Some(Awaited::Task(of) | Awaited::Meaning(of) | Awaited::Confirmation { of, .. }) => Some(of.message_id),
        Some(Awaited::Line { message_id }) => Some(message_id),
        _ => None,
    };
    for message_id in [message_meant, asked_about].into_iter().flatten() {
        if facts.question.is_none() {
            facts.question = question(tx, chat, message_id).await?;
        }
    }
    if let Intent::Reporting(reporting::Wanted::Report(statement))
    | Intent::Reporting(reporting::Wanted::Unclear(statement)) = intent
        && statement.goes_on
        && statement.attachments.is_empty()
    {
        facts.evidence = evidence_of(tx, chat, statement.message_id).await?;
    }
    if let (Intent::Reporting(reporting::Wanted::Unclear(statement)), Some(person)) = (intent, &place.speaker) {
        facts.asked_already = is_asked_already(tx, chat, person.id, statement.message_id, &statement.text).await?;
    }
    Ok(())
}

pub async fn question(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<Question>> {
    let row = sqlx::query!(
        r#"select person_id, reported_at as "at: DateTime<Utc>", text, parts, settled, attachments, edited as "edited!: bool",
               unit_id, understood, answered_at is not null as "answered!: bool"
           from question where chat_id = ? and message_id = ?"#,
        chat.0,
        message_id
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    Ok(Some(Question {
        message_id,
        person: PersonId(row.person_id),
        at: row.at,
        text: row.text,
        parts: serde_json::from_str(&row.parts)?,
        settled: u16::try_from(row.settled).unwrap_or(u16::MAX),
        attachments: row.attachments.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default(),
        edited: row.edited,
        unit: row.unit_id.map(UnitId),
        understood: serde_json::from_str(&row.understood)?,
        answered: row.answered,
    }))
}

async fn is_asked_already(tx: &mut Tx, chat: ChatId, person: PersonId, but: i64, text: &str) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"select exists (
               select 1 from question where chat_id = ? and person_id = ? and message_id <> ? and text = ?
                   and answered_at is null
           ) as "is!: bool""#,
        chat.0,
        person.0,
        but,
        text
    );
    Ok(is.fetch_one(tx.connection()).await?)
}

/// Keeps words until a button says which task they are about, or what they mean. Edited words replace those that
/// still wait.
pub async fn keep_question(tx: &mut Tx, question: &Question, chat: ChatId, by: Actor) -> Result<()> {
    let parts = serde_json::to_string(&question.parts)?;
    let attachments = serde_json::to_string(&question.attachments)?;
    let unit = question.unit.map(|unit| unit.0);
    let understood = serde_json::to_string(&question.understood)?;
    let insert = sqlx::query!(
        "insert into question (chat_id, person_id, message_id, reported_at, text, parts, settled, attachments, edited,
             unit_id, understood)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (chat_id, message_id) do update
         set person_id = excluded.person_id, reported_at = excluded.reported_at, edited = excluded.edited, text = excluded.text, parts = excluded.parts, settled = excluded.settled,
             attachments = excluded.attachments, understood = excluded.understood, answered_at = null",
        chat.0,
        question.person.0,
        question.message_id,
        question.at,
        question.text,
        parts,
        question.settled,
        attachments,
        question.edited,
        unit,
        understood
    );
    insert.execute(tx.connection()).await?;
    let unclear = question.parts.first().is_some_and(|part| part.unclear);
    let kind = if unclear { "meaning_asked" } else { "task_asked" };
    let body = json!({
        "chat": chat, "message": question.message_id, "reported_at": question.at, "text": question.text,
        "attachments": question.attachments, "edited": question.edited,
    });
    ledger::note(tx, by, kind, body).await
}

pub async fn close_question(tx: &mut Tx, chat: ChatId, message_id: i64, by: Actor) -> Result<()> {
    let now = tx.now;
    let close = sqlx::query!(
        "update question set answered_at = ? where chat_id = ? and message_id = ? and answered_at is null",
        now,
        chat.0,
        message_id
    );
    if close.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    ledger::note(tx, by, "question_closed", json!({ "chat": chat, "message": message_id })).await
}

/// More files for all that a message has reported.
pub async fn attach(tx: &mut Tx, chat: ChatId, message_id: i64, attachments: &[Attachment], by: Actor) -> Result<()> {
    let reports = sqlx::query_scalar!(
        r#"select id as "id!" from report where chat_id = ? and message_id = ? and withdrawn_at is null"#,
        chat.0,
        message_id
    );
    let mut added = 0;
    for report in reports.fetch_all(tx.connection()).await? {
        added += add_evidence(tx, report, attachments).await?;
    }
    if added == 0 {
        return Ok(());
    }
    let body = json!({ "chat": chat, "message": message_id, "attachments": attachments });
    ledger::note(tx, by, "evidence_added", body).await
}

/// How many of the files the report did not have.
pub async fn add_evidence(tx: &mut Tx, report_id: i64, attachments: &[Attachment]) -> Result<u64> {
    let mut added = 0;
    for attachment in attachments {
        let kind = attachment.kind.key();
        let insert = sqlx::query!(
            "insert into attachment (report_id, kind, file_id, name, origin) select ?1, ?2, ?3, ?4, ?5
             where not exists (select 1 from attachment where report_id = ?1 and file_id = ?3)",
            report_id,
            kind,
            attachment.file_id,
            attachment.name,
            attachment.origin
        );
        added += insert.execute(tx.connection()).await?.rows_affected();
        evidence::rows::want(tx, &attachment.file_id).await?;
    }
    Ok(added)
}

/// The files of a message, whether it has reported or waits.
async fn evidence_of(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Vec<Attachment>> {
    let waiting = question(tx, chat, message_id).await?.map(|question| question.attachments).unwrap_or_default();
    if !waiting.is_empty() {
        return Ok(waiting);
    }
    let kept = sqlx::query!(
        "select distinct attachment.kind, file_id, name, origin
         from attachment join report on report.id = attachment.report_id
         where chat_id = ? and message_id = ? order by attachment.id",
        chat.0,
        message_id
    );
    let kept = kept.fetch_all(tx.connection()).await?;
    kept.into_iter()
        .map(|row| {
            let kind = serde_json::from_value(json!(row.kind))?;
            Ok(Attachment { kind, file_id: row.file_id, name: row.name, origin: row.origin })
        })
        .collect()
}
