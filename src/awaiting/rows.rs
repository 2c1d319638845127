//! Questions that want a reply, and words that were taken as the answer without being one.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::awaiting::{Change, Taken};
use crate::chat::incoming::{ChatKind, Event, Incoming};
use crate::office::ids::{ChatId, CitationId, DutyId, PersonId, ProblemId};
use crate::office::place::{Awaited, Chat};
use crate::problems;
use crate::problems::Ending;
use crate::review::WishKind;
use crate::review::sentences::notice::reply_hint;
use crate::store::ledger::Actor;
use crate::store::meeting::Met;
use crate::store::posting::ReplyWanted;
use crate::store::{Result, Tx, ledger};

/// So long plain words are taken as what was asked for.
const LASTS: TimeDelta = TimeDelta::minutes(10);

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::Take { message_id, taken } => take_words(tx, chat, *message_id, taken).await,
        Change::GiveBack { message_id, taken } => give_words_back(tx, (chat, *message_id), taken, person).await,
    }
}

/// A message that asks somebody for words opens a reply where it arrives. In private it is what was asked last.
pub async fn want_reply(
    tx: &mut Tx,
    (outbox_id, chat): (i64, ChatId),
    awaited: Awaited,
    person: PersonId,
) -> Result<()> {
    let Some(hint) = reply_hint(awaited) else { return Ok(()) };
    let asked = sqlx::query!("select telegram_id, name from person where id = ?", person.0);
    let asked = asked.fetch_one(tx.connection()).await?;
    let reply = ReplyWanted { hint: hint.to_owned(), person: asked.telegram_id, name: asked.name };
    let (reply, now) = (serde_json::to_string(&reply)?, tx.now);
    let want = sqlx::query!(
        "update outbox set body = json_set(body, '$.message.reply', json(?)) where id = ?",
        reply,
        outbox_id
    );
    want.execute(tx.connection()).await?;
    let note = sqlx::query!(
        "insert into asked_last (chat_id, outbox_id, asked_at) select id, ?1, ?2 from chat where id = ?3 and kind = 'private'
         on conflict (chat_id) do update set outbox_id = excluded.outbox_id, asked_at = excluded.asked_at",
        outbox_id,
        now,
        chat.0
    );
    note.execute(tx.connection()).await?;
    Ok(())
}

/// What was asked last in private, where the plain words that come next answer it.
pub async fn answered_plainly(tx: &mut Tx, chat: &Chat, incoming: &Incoming) -> Result<Option<Awaited>> {
    let Event::Message(message) = &incoming.event else { return Ok(None) };
    let is_reply = message.reply_to.is_some() || message.answers_person.is_some();
    let is_plain = !is_reply && !message.passed_on && message.attachments.is_empty();
    if chat.kind != ChatKind::Private || !is_plain || message.text.trim_start().starts_with('/') {
        return Ok(None);
    }
    let asked = sqlx::query!(
        r#"select asked_at as "asked_at: DateTime<Utc>", awaits from asked_last
           join outbox on outbox.id = outbox_id where asked_last.chat_id = ?"#,
        chat.id.0
    );
    let asked = asked.fetch_optional(tx.connection()).await?;
    let awaits = asked.filter(|asked| tx.now - asked.asked_at <= LASTS).and_then(|asked| asked.awaits);
    Ok(awaits.as_deref().map(serde_json::from_str).transpose()?)
}

/// Whatever is said or pressed puts an end to what was asked before.
pub async fn forget_what_was_asked_last(tx: &mut Tx, chat: ChatId, met: &Met, incoming: &Incoming) -> Result<()> {
    if let (true, Event::Message(_) | Event::Pressed { .. }) = (met.was_asked || met.chat != chat, &incoming.event) {
        let forget = sqlx::query!("delete from asked_last where chat_id = ?", chat.0);
        forget.execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn take_words(tx: &mut Tx, chat: ChatId, message_id: i64, taken: &Taken) -> Result<()> {
    let (awaits, duties) = (serde_json::to_string(&taken.asked_for)?, serde_json::to_string(&taken.duties)?);
    let take = sqlx::query!(
        "insert into taken_words (chat_id, message_id, awaits, words, duties) values (?, ?, ?, ?, ?)
         on conflict do nothing",
        chat.0,
        message_id,
        awaits,
        taken.words,
        duties
    );
    take.execute(tx.connection()).await?;
    Ok(())
}

/// What was taken as a reason and still is one.
pub async fn taken_words(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<Taken>> {
    let taken = sqlx::query!(
        "select awaits, words, duties from taken_words where chat_id = ? and message_id = ? and undone_at is null",
        chat.0,
        message_id
    );
    let Some(taken) = taken.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let (asked_for, duties) = (serde_json::from_str(&taken.awaits)?, serde_json::from_str(&taken.duties)?);
    Ok(Some(Taken { asked_for, words: taken.words, duties }))
}

/// The words are no reason: what they were noted as is taken back. What they made a coordinator rule is ruled otherwise
/// apart from this.
pub async fn give_words_back(
    tx: &mut Tx,
    (chat, message_id): (ChatId, i64),
    taken: &Taken,
    person: PersonId,
) -> Result<()> {
    let now = tx.now;
    let undo = sqlx::query!(
        "update taken_words set undone_at = ? where chat_id = ? and message_id = ?",
        now,
        chat.0,
        message_id
    );
    undo.execute(tx.connection()).await?;
    let words = taken.words.as_str();
    match taken.asked_for {
        Awaited::Reason { decision, .. } => withdraw_reason(tx, decision, words, person).await,
        Awaited::WhyRefused { wish, duty, message_id } => {
            withdraw_explanation(tx, wish, (duty, message_id), words, person).await
        }
        Awaited::Answer { problem, duty } => reopen_problem(tx, duty, problem, words, person).await,
        Awaited::CitationWithdrawal { citation } => restore_citation(tx, citation, words.trim(), person).await,
        Awaited::OrderReason { .. }
        | Awaited::Task(_)
        | Awaited::Meaning(_)
        | Awaited::Confirmation { .. }
        | Awaited::Line { .. }
        | Awaited::Taker { .. }
        | Awaited::Trouble { .. }
        | Awaited::WhyMoreTime { .. }
        | Awaited::Addition { .. }
        | Awaited::Instruction { .. }
        | Awaited::Instructed { .. }
        | Awaited::Inspection { .. } => Ok(()),
    }
}

/// Unless another reason was given since.
async fn withdraw_reason(tx: &mut Tx, decision: i64, reason: &str, person: PersonId) -> Result<()> {
    let withdraw = sqlx::query!("update decision set reason = null where id = ? and reason = ?", decision, reason);
    if withdraw.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    let body = json!({ "decision": decision, "reason": reason });
    ledger::note(tx, Actor::Person(person), "reason_withdrawn", body).await
}

async fn withdraw_explanation(
    tx: &mut Tx,
    wish: WishKind,
    (duty, message_id): (DutyId, i64),
    reason: &str,
    person: PersonId,
) -> Result<()> {
    let withdrawn = match wish {
        WishKind::MoreTime => {
            let withdraw = sqlx::query!(
                "update extension set reason = null where duty_id = ? and message_id = ? and reason = ?",
                duty.0,
                message_id,
                reason
            );
            withdraw.execute(tx.connection()).await?.rows_affected()
        }
        WishKind::Suspension => {
            let withdraw = sqlx::query!(
                "update suspension_wish set reason = null where duty_id = ? and message_id = ? and reason = ?",
                duty.0,
                message_id,
                reason
            );
            withdraw.execute(tx.connection()).await?.rows_affected()
        }
    };
    if withdrawn == 0 {
        return Ok(());
    }
    let body = json!({ "duty": duty, "message": message_id, "wish": wish, "reason": reason });
    ledger::note(tx, Actor::Person(person), "reason_withdrawn", body).await
}

/// The answer that closed a problem counts no longer; what was said stays in its history.
async fn reopen_problem(tx: &mut Tx, duty: DutyId, problem: ProblemId, words: &str, by: PersonId) -> Result<()> {
    let (answered, words) = (Ending::Answered.key(), words.trim());
    let step = sqlx::query!(
        r#"select id as "id!", entry as "entry!" from problem_step
           where problem_id = ?1 and kind = ?2 and words = ?3
               and entry = (select max(entry) from problem_step where problem_id = ?1)"#,
        problem.0,
        answered,
        words
    );
    let Some(step) = step.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let undo = sqlx::query!("update problem_step set entry = null where id = ?", step.id);
    undo.execute(tx.connection()).await?;
    let body = json!({ "duty": duty, "problem": problem, "ended_in": step.entry });
    ledger::note(tx, Actor::Person(by), "problem_reopened", body).await?;
    problems::rows::settle_problems(tx, duty, Some(by)).await
}

async fn restore_citation(tx: &mut Tx, citation: CitationId, reason: &str, person: PersonId) -> Result<()> {
    let restore = sqlx::query!(
        "update citation set withdrawn_at = null, withdrawn_by = null, withdrawn_because = null
         where id = ? and withdrawn_because = ?",
        citation.0,
        reason
    );
    if restore.execute(tx.connection()).await?.rows_affected() == 0 {
        return Ok(());
    }
    ledger::note(tx, Actor::Person(person), "citation_restored", json!({ "citation": citation })).await
}
