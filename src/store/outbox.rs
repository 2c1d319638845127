//! What is to be sent: written in the transaction that decides it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::incoming::Attachment;
use crate::chat::words::Words;
use crate::intent::paper::Paper;
use crate::office::ids::{ChatId, UnitId};
use crate::store::posting::{Body, Posting, put};
use crate::store::{Result, Tx, buttons, moving};

/// Puts a message into the outbox; its number there.
pub async fn post(tx: &mut Tx, posting: Posting<'_>) -> Result<i64> {
    let Posting { chat, kind, words, answers, not_before, not_after, reminder, awaits } = posting;
    let query = words.asked.clone();
    let body = Body::Message { html: words.html.clone(), buttons: words.buttons.clone(), answers, query, reply: None };
    let (body, now) = (serde_json::to_string(&body)?, tx.now);
    let awaits = awaits.as_ref().map(serde_json::to_string).transpose()?;
    // Where the chat has moved it is said in the new one, in answer to nothing there.
    let insert = sqlx::query_scalar!(
        r#"insert into outbox (chat_id, meant_in, reminder_id, awaits, kind, body, created_at, not_before, not_after)
           select coalesce(moved_to, id), iif(moved_to is null, null, id), ?2, ?3, ?4,
               iif(moved_to is null, ?5, json_remove(?5, '$.message.answers')), ?6, ?7, ?8 from chat where id = ?1
           returning id as "id!""#,
        chat.0,
        reminder,
        awaits,
        kind,
        body,
        now,
        not_before,
        not_after
    );
    let outbox_id = insert.fetch_one(tx.connection()).await?;
    buttons::note_buttons(tx, outbox_id, &words.buttons).await?;
    name_tasks(tx, outbox_id, words).await?;
    Ok(outbox_id)
}

/// Puts other words in place of an answer that waits, or in place of what is shown of it where it was sent.
pub async fn answer_anew(tx: &mut Tx, outbox_id: i64, posting: Posting<'_>) -> Result<()> {
    let Posting { chat, words, awaits, .. } = &posting;
    let old = sqlx::query!("select state, message_id from outbox where id = ?", outbox_id);
    let old = old.fetch_one(tx.connection()).await?;
    let awaits = awaits.as_ref().map(serde_json::to_string).transpose()?;
    let body = Body::Message {
        html: words.html.clone(),
        buttons: words.buttons.clone(),
        answers: posting.answers,
        query: words.asked.clone(),
        reply: None,
    };
    let body = serde_json::to_string(&body)?;
    match (old.state.as_str(), old.message_id) {
        ("failed" | "expired", _) => return post(tx, posting).await.map(|_| ()),
        (_, Some(message_id)) => turn_page(tx, *chat, message_id, words).await?,
        (_, None) => {
            buttons::show_instead(tx, outbox_id, &words.html, &words.buttons).await?;
            let forget = sqlx::query!("delete from outbox_task where outbox_id = ?", outbox_id);
            forget.execute(tx.connection()).await?;
            name_tasks(tx, outbox_id, words).await?;
        }
    }
    let rewrite = sqlx::query!("update outbox set body = ?, awaits = ? where id = ?", body, awaits, outbox_id);
    rewrite.execute(tx.connection()).await?;
    Ok(())
}

/// Puts a file, or a page of it, into the outbox.
pub async fn post_paper(tx: &mut Tx, chat: ChatId, paper: Paper, page: usize, answers: Option<i64>) -> Result<()> {
    let home = moving::home_of(tx, chat).await?;
    let answers = answers.filter(|_| home == chat);
    put(tx, home, &Body::Paper { paper, page, answers }).await
}

/// The same among the joint answers, unless it waits there already.
pub async fn post_paper_later(tx: &mut Tx, chat: ChatId, paper: Paper, page: usize) -> Result<()> {
    let home = moving::home_of(tx, chat).await?;
    let body = serde_json::to_string(&Body::Paper { paper, page, answers: None })?;
    let (now, later) = (tx.now, tx.now + JOINED_FOR);
    let insert = sqlx::query!(
        "insert into outbox (chat_id, kind, body, created_at, not_before) select ?1, 'answer', ?2, ?3, ?4
         where not exists (select 1 from outbox where chat_id = ?1 and state in ('pending', 'sending', 'in_doubt') and state = 'pending' and body = ?2)",
        home.0,
        body,
        now,
        later
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

/// Puts other words in place of those of a message; a reply to it is then about the tasks that these name. Where the
/// chat has moved since, they are said anew.
pub async fn turn_page(tx: &mut Tx, chat: ChatId, message_id: i64, words: &Words) -> Result<()> {
    let shown = sqlx::query!(
        r#"select outbox.id as "id!", moved_to from outbox join chat on chat.id = chat_id
           where message_id = ?2 and chat_id in (select ?1 union all select moved_to from chat where id = ?1 and moved_to is not null)
             and (chat_id = ?1 or meant_in = ?1) order by meant_in desc limit 1"#,
        chat.0,
        message_id
    );
    let Some(shown) = shown.fetch_optional(tx.connection()).await? else { return Ok(()) };
    if shown.moved_to.is_some() {
        let posting = Posting {
            chat,
            kind: "answer",
            words,
            answers: None,
            not_before: tx.now,
            not_after: None,
            reminder: None,
            awaits: None,
        };
        return post(tx, posting).await.map(|_| ());
    }
    buttons::show_instead(tx, shown.id, &words.html, &words.buttons).await?;
    let forget = sqlx::query!("delete from outbox_task where outbox_id = ?", shown.id);
    forget.execute(tx.connection()).await?;
    name_tasks(tx, shown.id, words).await
}

async fn name_tasks(tx: &mut Tx, outbox_id: i64, words: &Words) -> Result<()> {
    if words.tasks.is_empty() {
        return Ok(());
    }
    let tasks = serde_json::to_string(&words.tasks)?;
    let name = sqlx::query!(
        "insert into outbox_task (outbox_id, position, task_id) select ?1, key, value from json_each(?2)",
        outbox_id,
        tasks
    );
    name.execute(tx.connection()).await?;
    Ok(())
}

/// Puts the acknowledgement of a pressed button into the outbox.
pub async fn post_toast(tx: &mut Tx, chat: ChatId, query_id: &str, text: &str) -> Result<()> {
    let body = serde_json::to_string(&Body::Toast { query_id: query_id.to_owned(), text: text.to_owned() })?;
    let (now, not_after) = (tx.now, tx.now + chrono::TimeDelta::minutes(2));
    let insert = sqlx::query!(
        "insert into outbox (chat_id, kind, body, created_at, not_before, not_after)
         select coalesce(moved_to, id), 'toast', ?2, ?3, ?3, ?4 from chat where id = ?1",
        chat.0,
        body,
        now,
        not_after
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

/// Puts a file that Telegram keeps into the outbox.
pub async fn post_file(tx: &mut Tx, chat: ChatId, file: &Attachment) -> Result<()> {
    let body = Body::File { kind: file.kind, file_id: file.file_id.clone(), name: file.name.clone() };
    let home = moving::home_of(tx, chat).await?;
    put(tx, home, &body).await
}

/// Puts the reaction to somebody's message into the outbox; what was said before the chat moved gets none.
pub async fn post_reaction(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<()> {
    let (body, now) = (serde_json::to_string(&Body::Reaction { message_id })?, tx.now);
    let insert = sqlx::query!(
        "insert into outbox (chat_id, kind, body, created_at, not_before)
         select id, 'answer', ?2, ?3, ?3 from chat where id = ?1 and moved_to is null",
        chat.0,
        body,
        now
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

/// Puts the menu of coordinators into the outbox, for a chat that has just become theirs.
pub async fn post_menu(tx: &mut Tx, chat: ChatId) -> Result<()> {
    let home = moving::home_of(tx, chat).await?;
    put(tx, home, &Body::Menu).await
}

/// Tells the coordinators something that they have to know, from `opening` on.
pub async fn tell_coordinators(tx: &mut Tx, words: &Words, opening: DateTime<Utc>) -> Result<()> {
    for chat in chats_of_coordinators(tx).await? {
        let posting = Posting {
            chat,
            kind: "notice",
            words,
            answers: None,
            not_before: opening,
            not_after: None,
            reminder: None,
            awaits: None,
        };
        post(tx, posting).await?;
    }
    Ok(())
}

/// How a chat is called.
pub(super) async fn title_of(tx: &mut Tx, chat: ChatId) -> Result<String> {
    let title = sqlx::query_scalar!("select title from chat where id = ?", chat.0);
    Ok(title.fetch_one(tx.connection()).await?)
}

/// Whether a unit has a chat, be it left in peace or not.
pub async fn has_chat(tx: &mut Tx, unit: UnitId) -> Result<bool> {
    let has = sqlx::query_scalar!(r#"select exists (select 1 from chat where unit_id = ?) as "has!: bool""#, unit.0);
    Ok(has.fetch_one(tx.connection()).await?)
}

/// Where a unit is reached with reminders and notices.
pub async fn chat_of_unit(tx: &mut Tx, unit: UnitId) -> Result<Option<ChatId>> {
    let chat = sqlx::query_scalar!("select id from chat where unit_id = ? and silenced_at is null", unit.0);
    Ok(chat.fetch_optional(tx.connection()).await?.map(ChatId))
}

/// Where coordinators are reached: their group, else each of them in private.
pub async fn chats_of_coordinators(tx: &mut Tx) -> Result<Vec<ChatId>> {
    let groups = sqlx::query_scalar!("select id from chat where coordinators = 1 and reachable = 1");
    let groups = groups.fetch_all(tx.connection()).await?;
    if !groups.is_empty() {
        return Ok(groups.into_iter().map(ChatId).collect());
    }
    let private = sqlx::query_scalar!(
        "select chat.id from chat join person on person.telegram_id = chat.telegram_id
         join coordinator on coordinator.person_id = person.id where chat.kind = 'private' and chat.reachable = 1"
    );
    Ok(private.fetch_all(tx.connection()).await?.into_iter().map(ChatId).collect())
}

/// So long joint answers are gathered.
pub const JOINED_FOR: TimeDelta = TimeDelta::minutes(1);
