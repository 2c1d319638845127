//! 核定: what waits for a coordinator's word, and the words that were given.

pub mod carrying_out;
pub mod extensions;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::chat::incoming::Attachment;
use crate::office::duty::{Asked, Claim, Suspension};
use crate::office::ids::{ChatId, DutyId, MilestoneId, PersonId};
use crate::office::rows::milestones;
use crate::office::standing::Ruling;
use crate::office::status::Status;
use crate::reporting::Record;
use crate::review::{Decided, Press, Verdict, WishKind};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger, outbox};

/// The live reports that claim that a duty or a date of it is done, by duty, oldest first, while a coordinator has not
/// answered; of several for the same the newest. While the whole is claimed its dates are not asked about.
pub async fn claims(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<Claim>>> {
    let rows = sqlx::query!(
        r#"select report.duty_id, chat_id, message_id, person_id, version.reported_at as "at: DateTime<Utc>", version.text,
               version.edited as "edited: bool", version.milestone_id as "of?: i64",
               (select count(*) from attachment where report_id = report.id) as "files!: i64",
               (select json_group_array(person_id) from evidence_opened opened
                where opened.report_id = report.id and opened.at >= version.at) as "opened!: String"
           from report join duty on duty.id = report.duty_id join report_version version on version.report_id = report.id
           left join duty_milestone date on date.duty_id = duty.id and date.report_id = report.id
               and date.milestone_id = version.milestone_id and date.status = 'claimed_done'
           where withdrawn_at is null
             and case duty.status when 'claimed_done' then version.status = 'claimed_done'
                 else date.report_id is not null end
             and version.version = (select max(version) from report_version where report_id = report.id)
             and duty.id in (
                 select id from duty where id in (select value from json_each(?1)) and (status = 'claimed_done'
                     or status not in ('done', 'suspended') and exists (
                         select 1 from duty_milestone where duty_id = duty.id and status = 'claimed_done')))
           order by noted_after"#,
        wanted
    );
    let mut claims: HashMap<i64, Vec<Claim>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let (chat, person, of) = (ChatId(row.chat_id), PersonId(row.person_id), row.of.map(MilestoneId));
        let asked = Asked { chat, message_id: row.message_id, person, at: row.at };
        let of_duty = claims.entry(row.duty_id).or_default();
        of_duty.retain(|older| older.of != of);
        let (files, opened) = (usize::try_from(row.files).unwrap_or_default(), serde_json::from_str(&row.opened)?);
        of_duty.push(Claim { asked, of, text: row.text, edited: row.edited, files, opened });
    }
    Ok(claims)
}

/// The newest wish to be suspended that nobody has answered, by duty, with the words that ask for it.
pub async fn suspension_wishes(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, (Asked, String)>> {
    let rows = sqlx::query!(
        r#"select wish.duty_id, wish.chat_id, wish.message_id, report.person_id, wish.asked_at as "at: DateTime<Utc>", version.text
           from suspension_wish wish join duty on duty.id = wish.duty_id
           join report on report.chat_id = wish.chat_id and report.message_id = wish.message_id
               and report.duty_id = wish.duty_id
           join report_version version on version.report_id = report.id
           where wish.state = 'asked' and duty.status not in ('done', 'suspended')
             and version.version = (select max(version) from report_version where report_id = report.id)
             and duty.id in (select value from json_each(?))
           order by wish.asked_at, wish.id"#,
        wanted
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    let asked = |chat, message_id, person, at| Asked { chat: ChatId(chat), message_id, person: PersonId(person), at };
    let wish = rows.map(|row| {
        let asked = asked(row.chat_id, row.message_id, row.person_id, row.at);
        (row.duty_id, (asked, row.text))
    });
    Ok(wish.collect())
}

/// Since when and why duties are suspended.
pub async fn suspensions(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Suspension>> {
    let rows = sqlx::query!(
        r#"select duty_id, at as "at: DateTime<Utc>", reason from decision join duty on duty.id = duty_id
           where kind = 'suspended' and duty.status = 'suspended'
             and duty.id in (select value from json_each(?))
           order by decision.id"#,
        wanted
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    Ok(rows.map(|row| (row.duty_id, Suspension { since: row.at, reason: row.reason.unwrap_or_default() })).collect())
}

/// Notes a coordinator's word on how a duty stands, or one date of it. `claim`: the message that it answers.
pub async fn rule(
    tx: &mut Tx,
    duty: DutyId,
    (ruling, of): (Ruling, Option<MilestoneId>),
    (claim, reason): (Option<i64>, Option<&str>),
    person: PersonId,
) -> Result<()> {
    let (kind, now, date) = (ruling.key(), tx.now, of.map(|of| of.0));
    let self_signed = match claim {
        Some(message_id) if ruling.grants() => has_asked(tx, person, duty, message_id).await?,
        _ => false,
    };
    let insert = sqlx::query!(
        "insert into decision (duty_id, milestone_id, person_id, kind, message_id, reason, at, self_signed, noted_after)
         values (?, ?, ?, ?, ?, ?, ?, ?, (select coalesce(max(seq), 0) from ledger))",
        duty.0,
        date,
        person.0,
        kind,
        claim,
        reason,
        now,
        self_signed
    );
    insert.execute(tx.connection()).await?;
    let entry = match ruling {
        Ruling::Accepted | Ruling::Returned => "claim_decided",
        Ruling::Suspended => "duty_suspended",
        Ruling::Resumed => "duty_resumed",
        Ruling::Reopened => "duty_reopened",
    };
    let body = json!({
        "duty": duty, "milestone": of, "decision": kind, "message": claim, "reason": reason, "self_signed": self_signed,
    });
    ledger::note(tx, Actor::Person(person), entry, body).await?;
    if ruling == Ruling::Suspended {
        let grant = sqlx::query!(
            "update suspension_wish set state = 'granted', decided_by = ?, decided_at = ?
             where duty_id = ? and state = 'asked'",
            person.0,
            now,
            duty.0
        );
        grant.execute(tx.connection()).await?;
    }
    milestones::settle(tx, duty).await
}

/// Whether what a message asked for about a duty was asked for by this person.
pub async fn has_asked(tx: &mut Tx, person: PersonId, duty: DutyId, message_id: i64) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"select exists (
               select 1 from report where person_id = ? and duty_id = ? and message_id = ?
           ) as "has!: bool""#,
        person.0,
        duty.0,
        message_id
    );
    Ok(has.fetch_one(tx.connection()).await?)
}

pub async fn last_decision(tx: &mut Tx, duty: DutyId) -> Result<Option<i64>> {
    let last = sqlx::query_scalar!(r#"select max(id) as "id: i64" from decision where duty_id = ?"#, duty.0);
    Ok(last.fetch_one(tx.connection()).await?)
}

/// The message with the claim that a decision answers.
pub async fn claim_decided(tx: &mut Tx, decision: i64) -> Result<Option<i64>> {
    let claim = sqlx::query_scalar!("select message_id from decision where id = ?", decision);
    Ok(claim.fetch_optional(tx.connection()).await?.flatten())
}

/// Who has made a decision without saying why; nobody where another one followed.
pub async fn reason_wanted(tx: &mut Tx, decision: i64) -> Result<Option<PersonId>> {
    let person = sqlx::query_scalar!(
        "select person_id from decision where id = ?1 and reason is null
             and id = (select max(later.id) from decision later where later.duty_id = decision.duty_id)",
        decision
    );
    Ok(person.fetch_optional(tx.connection()).await?.map(PersonId))
}

/// Who has refused what a message wished, without saying why.
pub async fn explanation_wanted(
    tx: &mut Tx,
    wish: WishKind,
    duty: DutyId,
    message_id: i64,
) -> Result<Option<PersonId>> {
    let wish = match wish {
        WishKind::MoreTime => "more_time",
        WishKind::Suspension => "suspension",
    };
    let person = sqlx::query_scalar!(
        r#"select decided_by as "person!: i64" from (
               select 'more_time' as wish, duty_id, message_id, decided_by from extension
               where state = 'refused' and reason is null
               union all
               select 'suspension', duty_id, message_id, decided_by from suspension_wish
               where state = 'refused' and reason is null)
           where wish = ? and duty_id = ? and message_id = ?"#,
        wish,
        duty.0,
        message_id
    );
    Ok(person.fetch_optional(tx.connection()).await?.map(PersonId))
}

/// The chat of the message that asked for something about a duty.
pub async fn asked_in(tx: &mut Tx, duty: DutyId, message_id: i64) -> Result<Option<ChatId>> {
    let chat = sqlx::query_scalar!(
        "select chat_id from report where duty_id = ? and message_id = ? order by id desc",
        duty.0,
        message_id
    );
    Ok(chat.fetch_optional(tx.connection()).await?.map(ChatId))
}

pub async fn give_reason(tx: &mut Tx, decision: i64, reason: &str, person: PersonId) -> Result<()> {
    let give = sqlx::query!("update decision set reason = ? where id = ?", reason, decision);
    give.execute(tx.connection()).await?;
    let body = json!({ "decision": decision, "reason": reason });
    ledger::note(tx, Actor::Person(person), "reason_given", body).await
}

/// Keeps the wish of a report to be suspended, or what an edit made of it. What was decided stays.
pub async fn ask_suspension(tx: &mut Tx, record: &Record, chat: ChatId) -> Result<()> {
    if record.item.status != Some(Status::Suspended) {
        return take_back_suspension(tx, chat, record.message_id, record.duty).await;
    }
    let now = tx.now;
    let ask = sqlx::query!(
        "insert into suspension_wish (duty_id, chat_id, message_id, asked_at) values (?, ?, ?, ?)
         on conflict (chat_id, message_id, duty_id) do update set state = 'asked' where state = 'withdrawn'",
        record.duty.0,
        chat.0,
        record.message_id,
        now
    );
    ask.execute(tx.connection()).await?;
    Ok(())
}

pub async fn take_back_suspension(tx: &mut Tx, chat: ChatId, message_id: i64, duty: DutyId) -> Result<()> {
    let withdraw = sqlx::query!(
        "update suspension_wish set state = 'withdrawn'
         where chat_id = ? and message_id = ? and duty_id = ? and state = 'asked'",
        chat.0,
        message_id,
        duty.0
    );
    withdraw.execute(tx.connection()).await?;
    Ok(())
}

/// What a coordinator refuses to suspend goes on.
pub async fn refuse_suspension(tx: &mut Tx, duty: DutyId, message_id: i64, person: PersonId) -> Result<()> {
    let now = tx.now;
    let refuse = sqlx::query!(
        "update suspension_wish set state = 'refused', decided_by = ?, decided_at = ?
         where duty_id = ? and message_id = ? and state = 'asked'",
        person.0,
        now,
        duty.0,
        message_id
    );
    refuse.execute(tx.connection()).await?;
    let body = json!({ "duty": duty, "message": message_id, "decision": "refused" });
    ledger::note(tx, Actor::Person(person), "suspension_refused", body).await
}

/// Why a wish was refused.
pub async fn explain_refusal(
    tx: &mut Tx,
    wish: WishKind,
    (duty, message_id): (DutyId, i64),
    reason: &str,
    person: PersonId,
) -> Result<()> {
    match wish {
        WishKind::MoreTime => {
            let explain = sqlx::query!(
                "update extension set reason = ? where duty_id = ? and message_id = ? and state = 'refused'",
                reason,
                duty.0,
                message_id
            );
            explain.execute(tx.connection()).await?;
        }
        WishKind::Suspension => {
            let explain = sqlx::query!(
                "update suspension_wish set reason = ? where duty_id = ? and message_id = ? and state = 'refused'",
                reason,
                duty.0,
                message_id
            );
            explain.execute(tx.connection()).await?;
        }
    }
    let body = json!({ "duty": duty, "message": message_id, "wish": wish, "reason": reason });
    ledger::note(tx, Actor::Person(person), "reason_given", body).await
}

/// Who has already decided on what a message asked for, and how.
pub async fn decided(tx: &mut Tx, press: Press, duty: DutyId, message_id: i64) -> Result<Option<Decided>> {
    match press {
        Press::Agree | Press::AgreeWhole | Press::GiveBack => {
            let row = sqlx::query!(
                r#"select name, at as "at: DateTime<Utc>", decision.kind, milestone_id, due as "due?: NaiveDate" from decision
                   join person on person.id = person_id left join milestone on milestone.id = milestone_id
                   where duty_id = ? and message_id = ? and decision.kind in ('accepted', 'returned')
                   order by decision.id desc limit 1"#,
                duty.0,
                message_id
            );
            let row = row.fetch_optional(tx.connection()).await?;
            Ok(row.and_then(|row| {
                let of = row.milestone_id.map(MilestoneId).zip(row.due);
                let verdict = Verdict::ruled(Ruling::from_key(&row.kind)?, of);
                Some(Decided { person: row.name, at: row.at, verdict })
            }))
        }
        Press::MoreTime { .. } | Press::MoreTimeFor { .. } => {
            let row = sqlx::query!(
                r#"select name, decided_at as "at!: DateTime<Utc>", due as "due: NaiveDate", milestone_id, state from extension
                   join person on person.id = decided_by where duty_id = ? and message_id = ?
                   order by decided_at desc limit 1"#,
                duty.0,
                message_id
            );
            let row = row.fetch_optional(tx.connection()).await?;
            Ok(row.map(|row| Decided {
                person: row.name,
                at: row.at,
                verdict: Verdict::MoreTime {
                    of: row.milestone_id.map(MilestoneId),
                    due: row.due,
                    granted: row.state == "granted",
                    all: false,
                },
            }))
        }
        Press::Suspend | Press::Keep => {
            let row = sqlx::query!(
                r#"select name, decided_at as "at!: DateTime<Utc>", state from suspension_wish
                   join person on person.id = decided_by where duty_id = ? and message_id = ?
                   order by decided_at desc limit 1"#,
                duty.0,
                message_id
            );
            let row = row.fetch_optional(tx.connection()).await?;
            Ok(row.map(|row| Decided {
                person: row.name,
                at: row.at,
                verdict: match row.state.as_str() {
                    "granted" => Verdict::Ruled(Ruling::Suspended),
                    _ => Verdict::NotSuspended,
                },
            }))
        }
    }
}

/// Notes that a coordinator has the files of a claim sent, and sends them.
pub async fn open_evidence(
    tx: &mut Tx,
    (duty, message_id): (DutyId, i64),
    files: &[Attachment],
    chat: ChatId,
    person: PersonId,
) -> Result<()> {
    let now = tx.now;
    let open = sqlx::query!(
        "insert into evidence_opened (report_id, person_id, at)
         select id, ?, ? from report where duty_id = ? and message_id = ? and withdrawn_at is null
         on conflict do update set at = excluded.at",
        person.0,
        now,
        duty.0,
        message_id
    );
    open.execute(tx.connection()).await?;
    for file in files {
        outbox::post_file(tx, chat, file).await?;
    }
    let body = json!({ "duty": duty, "message": message_id, "files": files.len() });
    ledger::note(tx, Actor::Person(person), "evidence_opened", body).await
}

/// The files of the report that a message made on a duty.
pub async fn evidence(tx: &mut Tx, duty: DutyId, message_id: i64) -> Result<Vec<Attachment>> {
    let rows = sqlx::query!(
        "select attachment.kind, file_id, name, origin from attachment join report on report.id = report_id
         where duty_id = ? and message_id = ? and withdrawn_at is null order by attachment.id",
        duty.0,
        message_id
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    rows.map(|row| {
        let kind = serde_json::from_value(json!(row.kind))?;
        Ok(Attachment { kind, file_id: row.file_id, name: row.name, origin: row.origin })
    })
    .collect()
}
