//! Reports with their versions, and the questions that some raise.

pub mod earlier;
pub mod kept_words;
pub mod on_behalf;
pub mod unconfirmed;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::office::ids::{ChatId, DutyId, PersonId, UnitId};
use crate::office::rows::milestones;
use crate::office::standing::Happening;
use crate::office::status::Status;
use crate::reporting::{Change, Record, rows};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::understanding::{Aside, Item};
use crate::{later, practices, problems, review, transfers};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, speaker: Option<PersonId>) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);

    match (change, speaker) {
        (Change::Withdraw { message_id, duties }, _) => withdraw(tx, chat, *message_id, duties, by).await,
        (Change::CloseQuestion { message_id }, _) => kept_words::close_question(tx, chat, *message_id, by).await,
        (Change::Attach { message_id, attachments }, _) => {
            kept_words::attach(tx, chat, *message_id, attachments, by).await
        }
        (Change::Record(said), Some(person)) => record(tx, said, chat, person).await,
        (Change::KeepQuestion(question), Some(_)) => kept_words::keep_question(tx, question, chat, by).await,
        (Change::Record(_) | Change::KeepQuestion(_), None) => Ok(()),
    }
}

/// Keeps a report, or a new version of the one that the same message made of the same duty. Other words count from when they
/// were put in place, unless a coordinator has decided since: then they ask nothing anew. What was taken back and is told
/// again, as by another tap on the same digest, is whoever's who tells it now.
pub async fn record(tx: &mut Tx, record: &Record, chat: ChatId, person: PersonId) -> Result<()> {
    let now = tx.now;
    let said_by = record.person.0;
    let upsert = sqlx::query!(
        r#"insert into report (duty_id, person_id, chat_id, message_id, reported_at, recorded_at, late, on_behalf, made_up, noted_after)
           values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (select coalesce(max(seq), 0) from ledger))
           on conflict (chat_id, message_id, duty_id) do update set withdrawn_at = null,
               person_id = iif(withdrawn_at is null, person_id, excluded.person_id),
               reported_at = iif(withdrawn_at is null, reported_at, excluded.reported_at),
               recorded_at = iif(withdrawn_at is null, recorded_at, excluded.recorded_at),
               late = iif(withdrawn_at is null, late, excluded.late),
               on_behalf = iif(withdrawn_at is null, on_behalf, excluded.on_behalf),
               made_up = iif(withdrawn_at is null, made_up, excluded.made_up),
               noted_after = iif(withdrawn_at is null and exists (select 1 from decision
                   where decision.duty_id = report.duty_id and decision.noted_after > report.noted_after),
                   noted_after, excluded.noted_after)
           returning id as "id!", (select status from duty where duty.id = duty_id) as "status!: String",
               (select percent from duty where duty.id = duty_id) as "percent: i64",
               (select stood_before from duty where duty.id = duty_id) as "before: String",
               exists (select 1 from extension where chat_id = ?3 and message_id = ?4 and duty_id = ?1)
                   or exists (select 1 from suspension_wish where chat_id = ?3 and message_id = ?4 and duty_id = ?1)
                   or exists (select 1 from transfer where chat_id = ?3 and message_id = ?4 and duty_id = ?1)
                   or exists (select 1 from problem_word where report_id = report.id)
                   or exists (select 1 from practice where report_id = report.id) as "has_led_on!: bool""#,
        record.duty.0,
        said_by,
        chat.0,
        record.message_id,
        record.reported_at,
        now,
        record.late,
        record.on_behalf,
        record.made_up
    );
    let kept = upsert.fetch_one(tx.connection()).await?;
    let report_id = kept.id;
    let stood = milestones::Stood { status: kept.status, percent: kept.percent, before: kept.before };
    let (status, problems) =
        (record.item.status.map(|status| status.key()), serde_json::to_string(&record.item.problems)?);
    let aside = record.item.aside.map(|aside| aside.key());
    let claims = record.item.claims.map(|date| date.0);
    let version = sqlx::query_scalar!(
        r#"insert into report_version (report_id, version, text, whole, status, percent, problems, at, reported_at, late, edited, aside,
               milestone_id, unchanged)
           select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 from report_version where report_id = ?1
           returning version as "version!""#,
        report_id,
        record.text,
        record.whole,
        status,
        record.item.percent,
        problems,
        now,
        record.reported_at,
        record.late,
        record.edited,
        aside,
        claims,
        record.item.unchanged
    );
    let version = version.fetch_one(tx.connection()).await?;
    rows::kept_words::add_evidence(tx, report_id, &record.attachments).await?;
    let mut body = json!({
        "report": report_id, "version": version, "duty": record.duty, "person": record.person, "chat": chat, "message": record.message_id,
        "reported_at": record.reported_at, "text": record.text, "item": record.item, "late": record.late,
        "edited": record.edited, "attachments": record.attachments,
    });
    if let Some(whole) = &record.whole {
        body["whole"] = json!(whole);
    }
    if record.on_behalf {
        body["on_behalf"] = json!(true);
    }
    let kind = if version == 1 { "report_recorded" } else { "report_revised" };
    let Item { status, percent, claims, extend_to, problems_over, .. } = record.item;
    // The first version of a report has nothing to take back, and others where nothing but progress came of them.
    let (anew, counts, again) = (version > 1 || record.overtaken, aside.is_none(), kept.has_led_on);
    if record.overtaken {
        put_before_newer(tx, report_id, record.reported_at).await?;
    }
    // How the duty stands then is in the same entry.
    if anew {
        milestones::settle_anew(tx, record.duty, counts).await?
    } else {
        let said = Happening::Said { report: report_id, status, percent, claims };
        milestones::settle_after(tx, record.duty, stood, &said, counts).await?;
    }
    ledger::note(tx, Actor::Person(person), kind, body).await?;
    if again || extend_to.is_some() {
        review::rows::extensions::ask_extension(tx, record, chat).await?;
    }
    if again || status == Some(Status::Suspended) {
        review::rows::ask_suspension(tx, record, chat).await?;
    }
    if again || record.item.aside == Some(Aside::Transfer) {
        transfers::rows::ask_transfer(tx, record, chat).await?;
    }
    if again || problems_over || !record.item.problems.is_empty() {
        problems::rows::hear_problems(tx, report_id, record).await?;
    }
    if again || !record.item.practices.is_empty() {
        practices::rows::hear_practices(tx, record.duty, report_id, &record.item.practices).await?;
    }
    Ok(())
}

/// Words that became known late do not count above those that were said after them.
async fn put_before_newer(tx: &mut Tx, report: i64, said_at: DateTime<Utc>) -> Result<()> {
    let put = sqlx::query!(
        "update report set noted_after = coalesce((
             select min(newer.noted_after) from report newer join report_version version on version.report_id = newer.id
             where newer.duty_id = report.duty_id and newer.id <> report.id and newer.withdrawn_at is null
               and version.reported_at > ?2
               and version.version = (select max(version) from report_version where report_id = newer.id)), noted_after)
         where id = ?1",
        report,
        said_at
    );
    put.execute(tx.connection()).await?;
    Ok(())
}

/// The duties of a unit of which newer words than those of a message, said at `said_at`, tell how they stand, and when they
/// were said.
pub async fn newer(
    tx: &mut Tx,
    unit: UnitId,
    (chat, message_id): (ChatId, i64),
    said_at: DateTime<Utc>,
) -> Result<BTreeMap<DutyId, DateTime<Utc>>> {
    let rows = sqlx::query!(
        r#"select duty_id as "duty!: i64", max(version.reported_at) as "at!: DateTime<Utc>"
           from report join report_version version on version.report_id = report.id
           where duty_id in (select id from duty where unit_id = ?1) and withdrawn_at is null
             and not (chat_id = ?2 and message_id = ?3) and version.reported_at > ?4
             and (version.status is not null or version.percent is not null)
             and version.version = (select max(version) from report_version where report_id = report.id)
           group by duty_id"#,
        unit.0,
        chat.0,
        message_id,
        said_at
    );
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(|row| (DutyId(row.duty), row.at)).collect())
}

pub async fn withdraw(tx: &mut Tx, chat: ChatId, message_id: i64, duties: &[DutyId], by: Actor) -> Result<()> {
    let now = tx.now;
    for duty in duties {
        let withdraw = sqlx::query!(
            "update report set withdrawn_at = ?
             where chat_id = ? and message_id = ? and duty_id = ? and withdrawn_at is null",
            now,
            chat.0,
            message_id,
            duty.0
        );
        withdraw.execute(tx.connection()).await?;
        let body = json!({ "duty": duty, "chat": chat, "message": message_id });
        ledger::note(tx, by, "report_withdrawn", body).await?;
        review::rows::extensions::take_back_extension(tx, chat, message_id, *duty).await?;
        problems::rows::unhear_problems(tx, chat, message_id, *duty, by).await?;
        review::rows::take_back_suspension(tx, chat, message_id, *duty).await?;
        transfers::rows::take_back_transfer(tx, chat, message_id, *duty).await?;
        later::rows::forget(tx, chat, message_id, *duty).await?;
        milestones::settle(tx, *duty).await?;
    }
    Ok(())
}

/// The chat and the message of somebody's latest report, answer or question that counts, also before the group moved.
pub async fn said_last(tx: &mut Tx, chat: ChatId, speaker: PersonId) -> Result<Option<(ChatId, i64)>> {
    let latest = sqlx::query!(
        r#"select chat_id as "chat_id!: i64", message_id as "message_id!: i64" from (
               select chat_id, message_id, reported_at as at from report
               where person_id = ?2 and chat_id in (select id from chat where id = ?1 or moved_to = ?1)
                 and withdrawn_at is null
               union all
               select chat_id, message_id, answered_at from inspection_answer
               where person_id = ?2 and chat_id in (select id from chat where id = ?1 or moved_to = ?1)
                 and withdrawn_at is null
               union all
               select chat_id, message_id, reported_at from question
               where person_id = ?2 and chat_id in (select id from chat where id = ?1 or moved_to = ?1)
                 and answered_at is null)
           order by at desc, message_id desc limit 1"#,
        chat.0,
        speaker.0
    );
    let latest = latest.fetch_optional(tx.connection()).await?;
    Ok(latest.map(|latest| (ChatId(latest.chat_id), latest.message_id)))
}
