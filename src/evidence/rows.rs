//! The files of reports in the database: what is wanted, what was found of them, and the bytes that are kept.
//!
//! Bytes stand in a table and not in a folder beside the database: one file is all that has to be copied, moved, restored and
//! verified, and no copy can have the one without the other. Their table is not digested row by row: each file's digest is
//! on the ledger already.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::TryStreamExt;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::evidence::{Digest, Exhibit, Source, Wanted};
use crate::office::ids::PlanId;
use crate::reporting;
use crate::store::ledger::{Actor, hexadecimal};
use crate::store::{Result, Tx, ledger};

/// A report has come with this file.
pub async fn want(tx: &mut Tx, file_id: &str) -> Result<()> {
    let want = sqlx::query!(
        "insert into evidence_wanted (file_id) select ?1 where not exists (select 1 from evidence where file_id = ?1)
         on conflict (file_id) do nothing",
        file_id
    );
    want.execute(tx.connection()).await?;
    Ok(())
}

/// The next file that may be tried now.
pub async fn wanted(tx: &mut Tx) -> Result<Option<Wanted>> {
    let now = tx.now;
    let wanted = sqlx::query!(
        r#"select file_id, tries as "tries: u32" from evidence_wanted
           where not_before is null or datetime(not_before) <= datetime(?) order by tries, rowid limit 1"#,
        now
    );
    let wanted = wanted.fetch_optional(tx.connection()).await?;
    Ok(wanted.map(|row| Wanted { file_id: row.file_id, tries: row.tries }))
}

pub async fn put_off(tx: &mut Tx, file_id: &str, pause: TimeDelta) -> Result<()> {
    let not_before = tx.now + pause;
    let put_off = sqlx::query!(
        "update evidence_wanted set tries = tries + 1, not_before = ? where file_id = ?",
        not_before,
        file_id
    );
    put_off.execute(tx.connection()).await?;
    Ok(())
}

/// What the file holds goes on the ledger.
pub async fn settle(tx: &mut Tx, file_id: &str, digest: &Digest, kept: bool) -> Result<()> {
    let (now, size) = (tx.now, i64::try_from(digest.size).unwrap_or(i64::MAX));
    let insert = sqlx::query!(
        "insert into evidence (file_id, sha256, size, kept, settled_at) values (?, ?, ?, ?, ?)
         on conflict (file_id) do nothing",
        file_id,
        digest.sha256,
        size,
        kept,
        now
    );
    insert.execute(tx.connection()).await?;
    let found = json!({ "sha256": digest.sha256, "size": size, "kept": kept });
    note(tx, file_id, "evidence_hashed", found).await
}

pub async fn give_up(tx: &mut Tx, file_id: &str, why: &str) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!(
        "insert into evidence (file_id, missing, settled_at) values (?, ?, ?) on conflict (file_id) do nothing",
        file_id,
        why,
        now
    );
    insert.execute(tx.connection()).await?;
    note(tx, file_id, "evidence_missing", json!({ "why": why })).await
}

async fn note(tx: &mut Tx, file_id: &str, kind: &str, mut body: serde_json::Value) -> Result<()> {
    let done = sqlx::query!("delete from evidence_wanted where file_id = ?", file_id);
    done.execute(tx.connection()).await?;
    let of = sqlx::query!(
        r#"select attachment.id as "id!", name, duty_id, report_id from attachment join report on report.id = report_id
           where file_id = ? order by attachment.id"#,
        file_id
    );
    let of = of.fetch_all(tx.connection()).await?;
    if let Some(first) = of.first() {
        (body["duty"], body["name"]) = (json!(first.duty_id), json!(first.name));
    }
    let answered = sqlx::query!(
        r#"select answer.id as "id!", answer.unit_id as "unit!", inspection.number as "number?: i64",
               json_extract(file.value, '$.name') as "name?: String"
           from inspection_answer_version version, json_each(version.files) file
           join inspection_answer answer on answer.id = version.answer_id
           join inspection on inspection.id = answer.inspection_id
           where json_extract(file.value, '$.file_id') = ? group by answer.id order by answer.id"#,
        file_id
    );
    let answered = answered.fetch_all(tx.connection()).await?;
    if let Some(first) = answered.first() {
        (body["unit"], body["number"], body["name"]) = (json!(first.unit), json!(first.number), json!(first.name));
        body["answers"] = json!(answered.iter().map(|one| one.id).collect::<Vec<_>>());
    }
    body["attachments"] = json!(of.iter().map(|one| one.id).collect::<Vec<_>>());
    body["reports"] = json!(of.iter().map(|one| one.report_id).collect::<Vec<_>>());
    ledger::note(tx, Actor::Bot, kind, body).await
}

/// How many bytes are kept beside those of this digest.
pub async fn bytes_kept(tx: &mut Tx, sha256: &str) -> Result<u64> {
    let kept = sqlx::query_scalar!(
        r#"select coalesce(sum(size), 0) as "size!: i64" from (
               select distinct sha256, size from evidence where kept = 1 and sha256 <> ?)"#,
        sha256
    );
    Ok(kept.fetch_one(tx.connection()).await?.unsigned_abs())
}

pub async fn keep_piece(tx: &mut Tx, sha256: &str, part: i64, bytes: &[u8]) -> Result<()> {
    let keep = sqlx::query!(
        "insert into evidence_piece (sha256, part, bytes) values (?, ?, ?) on conflict (sha256, part) do nothing",
        sha256,
        part,
        bytes
    );
    keep.execute(tx.connection()).await?;
    Ok(())
}

/// The bytes of a file that is kept; `None` where they are not what the ledger says.
pub async fn bytes_of(tx: &mut Tx, digest: &Digest) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut hasher = Sha256::new();
    let pieces = sqlx::query_scalar!("select bytes from evidence_piece where sha256 = ? order by part", digest.sha256);
    let mut pieces = pieces.fetch(tx.connection());
    while let Some(piece) = pieces.try_next().await? {
        hasher.update(&piece);
        bytes.extend_from_slice(&piece);
    }
    let same = hexadecimal(&hasher.finalize()) == digest.sha256 && bytes.len() as u64 == digest.size;
    Ok(same.then_some(bytes))
}

/// How many of the files that are kept are not what their digests say.
pub async fn unlike_their_digests(tx: &mut Tx) -> Result<i64> {
    let kept = sqlx::query!(
        r#"select distinct sha256 as "sha256!", size as "size!" from evidence where kept = 1 and sha256 is not null"#
    );
    let mut unlike = 0;
    for row in kept.fetch_all(tx.connection()).await? {
        let digest = Digest { sha256: row.sha256, size: row.size.unsigned_abs() };
        unlike += i64::from(bytes_of(tx, &digest).await?.is_none());
    }
    Ok(unlike)
}

/// Files of a page of the list.
const PAGE: i64 = 1_000;

/// The files of all reports, or of those on one plan, after the one with this number.
pub async fn exhibits(tx: &mut Tx, plan: Option<PlanId>, after: i64, zone: Tz) -> Result<Vec<Exhibit>> {
    let plan = plan.map(|plan| plan.0);
    let rows = sqlx::query!(
        r#"select attachment.id as "id!", attachment.file_id, attachment.kind, attachment.name, report_id as "report!", plan.title as plan,
               '第' || task.number || '项' as "matter!: String", unit.name as unit, person.name as person, on_behalf as "on_behalf: bool",
               reported_at as "reported_at: DateTime<Utc>", withdrawn_at is not null as "withdrawn!: bool",
               sha256, size, coalesce(kept, 0) as "kept!: bool", missing
           from attachment join report on report.id = report_id join duty on duty.id = duty_id join task on task.id = task_id
           join plan on plan.id = plan_id join unit on unit.id = duty.unit_id join person on person.id = person_id
           left join evidence on evidence.file_id = attachment.file_id
           where attachment.id > ?1 and (?2 is null or plan.id = ?2) order by attachment.id limit ?3"#,
        after,
        plan,
        PAGE
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| Exhibit {
        id: row.id,
        file_id: row.file_id,
        plan: row.plan,
        matter: row.matter,
        unit: row.unit,
        source: Source::Report(row.report),
        reported_at: row.reported_at.with_timezone(&zone).naive_local(),
        person: reporting::told_by(&row.person, row.on_behalf),
        withdrawn: row.withdrawn,
        kind: row.kind,
        name: row.name,
        digest: digest(row.sha256, row.size),
        kept: row.kept,
        missing: row.missing,
    });
    Ok(rows.collect())
}

/// What was fetched, where it was.
fn digest(sha256: Option<String>, size: Option<i64>) -> Option<Digest> {
    sha256.zip(size).map(|(sha256, size)| Digest { sha256, size: size.unsigned_abs() })
}

/// The files of all answers to inspections, or of those to inspections about tasks of one plan; where an inspection is about
/// none, of the units with a part in that plan.
pub async fn exhibits_of_answers(tx: &mut Tx, plan: Option<PlanId>, zone: Tz) -> Result<Vec<Exhibit>> {
    let plan = plan.map(|plan| plan.0);
    let rows = sqlx::query!(
        r#"select answer.id as "answer!", row_number() over (partition by answer.id order by min(version), file.key) as "id!: i64",
               json_extract(file.value, '$.file_id') as "file_id!: String",
               json_extract(file.value, '$.kind') as "kind!: String", json_extract(file.value, '$.name') as "name?: String",
               coalesce(inspection.number, 0) as "number!: i64", unit.name as unit, person.name as person,
               answered_at as "answered_at: DateTime<Utc>", withdrawn_at is not null as "withdrawn!: bool",
               sha256, size, coalesce(kept, 0) as "kept!: bool", missing
           from inspection_answer_version, json_each(files) file
           join inspection_answer answer on answer.id = answer_id join inspection on inspection.id = inspection_id
           join unit on unit.id = answer.unit_id join person on person.id = answer.person_id
           left join evidence on evidence.file_id = json_extract(file.value, '$.file_id')
           where ?1 is null or iif(
               exists (select 1 from inspection_task of where of.inspection_id = inspection.id),
               exists (select 1 from inspection_task of join task on task.id = of.task_id
                       where of.inspection_id = inspection.id and task.plan_id = ?1),
               exists (select 1 from duty join task on task.id = duty.task_id
                       where duty.unit_id = unit.id and task.plan_id = ?1))
           group by answer.id, json_extract(file.value, '$.file_id') order by answer.id, 2"#,
        plan
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter().map(|row| Exhibit {
        id: row.id,
        file_id: row.file_id,
        plan: "专项督查".to_owned(),
        matter: format!("专项督查{}", row.number),
        unit: row.unit,
        source: Source::Answer(row.answer),
        reported_at: row.answered_at.with_timezone(&zone).naive_local(),
        person: row.person,
        withdrawn: row.withdrawn,
        kind: row.kind,
        name: row.name,
        digest: digest(row.sha256, row.size),
        kept: row.kept,
        missing: row.missing,
    });
    Ok(rows.collect())
}
