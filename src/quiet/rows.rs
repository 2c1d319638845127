//! Never a nuisance, as it is kept: what a chat was told today, how much a person was answered, who is left in peace.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

use crate::chat::words::Words;
use crate::history::Of;
use crate::office::duty::UnitRef;
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::quiet::sentences::Joint;
use crate::quiet::{Change, Hint, Silence};
use crate::store::ledger::Actor;
use crate::store::posting::{Body, Posting};
use crate::store::{Result, Tx, buttons, ledger, moving, outbox};
use crate::{history, quiet};

/// Within this time answers are counted; after so long a pause a flood is over.
const MINUTE: TimeDelta = outbox::JOINED_FOR;

/// `today` is the day on which a hint is not given again.
pub async fn carry_out(
    tx: &mut Tx,
    change: &Change,
    chat: ChatId,
    speaker: Option<PersonId>,
    today: NaiveDate,
) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);

    match (change, speaker) {
        (Change::Hint(hint), _) => note_hint(tx, chat, *hint, today).await,
        (Change::CountAnswer { before }, Some(person)) => count_answer(tx, chat, person, *before).await,
        (Change::Silence, Some(_)) => silence_chat(tx, chat, by).await,
        (Change::EndSilence(chat), Some(_)) => end_silence(tx, *chat, by).await,
        (Change::CountAnswer { .. } | Change::Silence | Change::EndSilence(_), None) => Ok(()),
    }
}

/// The hints that the chat was given on this day.
pub async fn hints(tx: &mut Tx, chat: ChatId, today: NaiveDate) -> Result<Vec<String>> {
    let hints = sqlx::query_scalar!("select about from hint where chat_id = ? and day = ?", chat.0, today);
    Ok(hints.fetch_all(tx.connection()).await?)
}

pub async fn note_hint(tx: &mut Tx, chat: ChatId, hint: Hint, today: NaiveDate) -> Result<()> {
    let about = hint.key();
    let note = sqlx::query!(
        "insert into hint (chat_id, about, day) values (?, ?, ?)
         on conflict (chat_id, about) do update set day = excluded.day",
        chat.0,
        about,
        today
    );
    note.execute(tx.connection()).await?;
    Ok(())
}

/// How many messages of the person were answered here within the minute that is under way; once they are a flood, since
/// the last pause of a minute. `None` where nothing is paced, as in rehearsals.
pub async fn answered_lately(tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<Option<u32>> {
    let row = sqlx::query!(
        r#"select begun_at as "begun_at?: DateTime<Utc>", last_at as "last_at?: DateTime<Utc>",
               answers as "answers?: u32", unpaced.value as "unpaced?"
           from (select 1) left join answering on chat_id = ? and person_id = ?
           left join state unpaced on unpaced.key = 'unpaced'"#,
        chat.0,
        person.0
    );
    let row = row.fetch_one(tx.connection()).await?;
    let span = row.begun_at.zip(row.last_at);
    Ok(row.unpaced.is_none().then_some(lately(span, row.answers, tx.now)))
}

/// `span`: when the answers began and when the last was given.
pub fn lately(span: Option<(DateTime<Utc>, DateTime<Utc>)>, answers: Option<u32>, now: DateTime<Utc>) -> u32 {
    let (Some((begun_at, last_at)), Some(answers)) = (span, answers) else { return 0 };
    let since = if answers >= quiet::ANSWERED_SINGLY { last_at } else { begun_at };
    if now - since < MINUTE { answers } else { 0 }
}

/// `before`: how many were answered lately, without this one.
pub async fn count_answer(tx: &mut Tx, chat: ChatId, person: PersonId, before: u32) -> Result<()> {
    let (now, answers) = (tx.now, before + 1);
    let count = sqlx::query!(
        "insert into answering (chat_id, person_id, begun_at, last_at, answers) values (?1, ?2, ?3, ?3, ?4)
         on conflict (chat_id, person_id) do update set last_at = excluded.last_at,
             begun_at = case when ?4 = 1 then excluded.begun_at else begun_at end, answers = excluded.answers",
        chat.0,
        person.0,
        now,
        answers
    );
    count.execute(tx.connection()).await?;
    Ok(())
}

/// Whether Telegram's limits are kept, and with them people's patience.
pub async fn set_paced(tx: &mut Tx, paced: bool) -> Result<()> {
    let set = if paced {
        sqlx::query!("delete from state where key = 'unpaced'")
    } else {
        sqlx::query!("insert into state (key, value) values ('unpaced', '') on conflict do nothing")
    };
    set.execute(tx.connection()).await?;
    Ok(())
}

/// Adds an answer to those that wait to be given to the person as one message, or begins such a message.
pub async fn post_jointly(tx: &mut Tx, chat: ChatId, person: PersonId, words: &Words) -> Result<()> {
    let now = tx.now;
    let waiting = sqlx::query!(
        r#"select outbox.id as "id!", body, parts from joint_answer join outbox on outbox.id = outbox_id
           where chat_id = ? and person_id = ? and state in ('pending', 'sending', 'in_doubt') and state = 'pending' and not_before > ? order by outbox.id desc limit 1"#,
        chat.0,
        person.0,
        now
    );
    let waiting = waiting.fetch_optional(tx.connection()).await?;
    if let Some(row) = waiting
        && let Body::Message { html, buttons, answers, query, reply } = serde_json::from_str(&row.body)?
    {
        let joint = Joint { html, buttons, parts: usize::try_from(row.parts).unwrap_or(0) };
        if joint.holds(words) {
            return Ok(());
        }
        let Some(joint) = joint.joined(words) else { return begin_joint_answer(tx, chat, person, words).await };
        let body = Body::Message { html: joint.html, buttons: joint.buttons, answers, query, reply };
        buttons::note_buttons(tx, row.id, &words.buttons).await?;
        return grow_joint_answer(tx, row.id, &body, words).await;
    }
    begin_joint_answer(tx, chat, person, words).await
}

async fn begin_joint_answer(tx: &mut Tx, chat: ChatId, person: PersonId, words: &Words) -> Result<()> {
    let now = tx.now;
    let joint = Joint::begun(words);
    let begun = Words { html: joint.html, buttons: joint.buttons, ..words.clone() };
    let posting = Posting {
        chat,
        kind: "answer",
        words: &begun,
        answers: None,
        not_before: now + outbox::JOINED_FOR,
        not_after: None,
        reminder: None,
        awaits: None,
    };
    let outbox_id = outbox::post(tx, posting).await?;
    let note =
        sqlx::query!("insert into joint_answer (outbox_id, person_id, parts) values (?, ?, 1)", outbox_id, person.0);
    note.execute(tx.connection()).await?;
    Ok(())
}

async fn grow_joint_answer(tx: &mut Tx, outbox_id: i64, body: &Body, words: &Words) -> Result<()> {
    let body = serde_json::to_string(body)?;
    let rewrite = sqlx::query!("update outbox set body = ? where id = ?", body, outbox_id);
    rewrite.execute(tx.connection()).await?;
    let count = sqlx::query!("update joint_answer set parts = parts + 1 where outbox_id = ?", outbox_id);
    count.execute(tx.connection()).await?;
    for task in &words.tasks {
        let name = sqlx::query!(
            "insert into outbox_task (outbox_id, position, task_id)
             select ?1, (select count(*) from outbox_task where outbox_id = ?1), ?2
             where not exists (select 1 from outbox_task where outbox_id = ?1 and task_id = ?2)",
            outbox_id,
            task.0
        );
        name.execute(tx.connection()).await?;
    }
    Ok(())
}

/// Since when a unit's chat is left in peace; `None` where it is not.
pub async fn silence(tx: &mut Tx, chat: ChatId) -> Result<Option<Silence>> {
    let chat = moving::home_of(tx, chat).await?;
    let row = sqlx::query!(
        r#"select unit.id, unit.name, silenced_at as "since!: DateTime<Utc>"
           from chat join unit on unit.id = chat.unit_id where chat.id = ? and silenced_at is not null"#,
        chat.0
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let missed_since = missed_since(tx, chat, row.since).await?;
    let mut missed = history::rows::history(tx, Of { unit: Some(UnitId(row.id)), ..Of::default() }).await?;
    missed.retain(|entry| entry.at >= missed_since && entry.is_of_coordinators());
    Ok(Some(Silence { unit: UnitRef { id: UnitId(row.id), name: row.name }, since: row.since, missed }))
}

/// What waited when the chat was silenced was not told either.
async fn missed_since(tx: &mut Tx, chat: ChatId, silenced_at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let waited = sqlx::query_scalar!(
        r#"select min(created_at) as "at: DateTime<Utc>" from outbox
           where chat_id = ? and kind = 'notice' and state = 'expired' and not_before > ?"#,
        chat.0,
        silenced_at
    );
    let waited = waited.fetch_one(tx.connection()).await?;
    Ok(waited.map_or(silenced_at, |waited| waited.min(silenced_at)))
}

pub async fn is_silenced(tx: &mut Tx, chat: ChatId) -> Result<bool> {
    let silenced = sqlx::query_scalar!(
        r#"select exists (select 1 from chat where id = ? and silenced_at is not null) as "is!: bool""#,
        chat.0
    );
    Ok(silenced.fetch_one(tx.connection()).await?)
}

/// What waits for the chat besides answers is no longer sent.
pub async fn silence_chat(tx: &mut Tx, chat: ChatId, by: Actor) -> Result<()> {
    let now = tx.now;
    let silence = sqlx::query!("update chat set silenced_at = ? where id = ?", now, chat.0);
    silence.execute(tx.connection()).await?;
    let drop = sqlx::query!(
        "update outbox set state = 'expired'
         where chat_id = ? and state in ('pending', 'sending', 'in_doubt') and state = 'pending' and kind in ('digest', 'briefing', 'notice')",
        chat.0
    );
    drop.execute(tx.connection()).await?;
    ledger::note(tx, by, "reminders_stopped", json!({ "chat": chat })).await
}

pub async fn end_silence(tx: &mut Tx, chat: ChatId, by: Actor) -> Result<()> {
    let chat = moving::home_of(tx, chat).await?;
    let end = sqlx::query!("update chat set silenced_at = null where id = ?", chat.0);
    end.execute(tx.connection()).await?;
    ledger::note(tx, by, "reminders_resumed", json!({ "chat": chat })).await
}

/// The names of the units whose groups are left in peace.
pub async fn silenced_units(tx: &mut Tx) -> Result<Vec<String>> {
    let names = sqlx::query_scalar!(
        "select unit.name from chat join unit on unit.id = chat.unit_id where silenced_at is not null"
    );
    Ok(names.fetch_all(tx.connection()).await?)
}
