//! What a row of the outbox holds, and how one that is no message gets there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::incoming::AttachmentKind;
use crate::chat::words::{Button, Words};
use crate::intent::paper::Paper;
use crate::office::ids::ChatId;
use crate::office::place::Awaited;
use crate::store::{Result, Tx};
use crate::understanding::question::query::Query;

/// A message that is marked as being sent.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub id: i64,
    pub chat: ChatId,
    pub telegram_chat: i64,
    /// The topic of a forum group; `None` for its general one and in all other chats.
    pub topic: Option<i64>,
    pub body: Body,
    /// Whether it is a digest, or a part of one.
    pub reminds: bool,
    /// Whether it may have been delivered before.
    pub doubtful: bool,
}

/// What a row of the outbox carries, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Message {
        html: String,
        buttons: Vec<Vec<Button>>,
        answers: Option<i64>,
        /// The question that it answers a page of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        query: Option<Query>,
        /// Whose words it asks for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply: Option<ReplyWanted>,
    },
    /// Other words in place of those of a message.
    Edit { message_id: i64, html: String, buttons: Vec<Vec<Button>> },
    /// A file, made when it is sent: it shows what is true then.
    Paper {
        paper: Paper,
        /// Of a board, from 0.
        page: usize,
        answers: Option<i64>,
    },
    /// The answer to a pressed button, which is seen for a moment.
    Toast { query_id: String, text: String },
    /// A file that Telegram keeps already.
    File { kind: AttachmentKind, file_id: String, name: Option<String> },
    /// A reaction to somebody's message; a line in answer to it where reactions are refused.
    Reaction { message_id: i64 },
    /// The commands that Telegram offers in the chat, which has become one of coordinators.
    Menu,
}

impl Body {
    /// The words and buttons of a message.
    pub(super) fn words(&self) -> Option<(&String, &Vec<Vec<Button>>)> {
        match self {
            Body::Message { html, buttons, .. } => Some((html, buttons)),
            Body::Edit { .. }
            | Body::Paper { .. }
            | Body::Toast { .. }
            | Body::Reaction { .. }
            | Body::Menu
            | Body::File { .. } => None,
        }
    }
}

/// A reply that a message opens for the person whose words it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyWanted {
    /// What stands in the empty field.
    pub hint: String,
    /// By Telegram's id, and by name.
    pub person: i64,
    pub name: String,
}

/// A message on its way into the outbox.
#[derive(Clone, Debug)]
pub struct Posting<'a> {
    pub chat: ChatId,
    pub kind: &'static str,
    pub words: &'a Words,
    pub answers: Option<i64>,
    pub not_before: DateTime<Utc>,
    pub not_after: Option<DateTime<Utc>>,
    pub reminder: Option<i64>,
    /// What a reply to it gives.
    pub awaits: Option<Awaited>,
}

/// Puts something that is no message into the outbox, to go at once to a chat that has not moved.
pub(super) async fn put(tx: &mut Tx, chat: ChatId, body: &Body) -> Result<()> {
    let (body, now) = (serde_json::to_string(body)?, tx.now);
    let insert = sqlx::query!(
        "insert into outbox (chat_id, kind, body, created_at, not_before) values (?, 'answer', ?, ?, ?)",
        chat.0,
        body,
        now,
        now
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}
