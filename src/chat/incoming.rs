//! What arrives from Telegram, reduced to what the project needs.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub chat: IncomingChat,
    pub sender: Sender,
    pub event: Event,
}

impl Incoming {
    /// The message that an answer refers to.
    pub fn message_id(&self) -> Option<i64> {
        match &self.event {
            Event::Message(message) | Event::Edited(message) => Some(message.message_id),
            Event::Pressed { .. } | Event::Membership { .. } | Event::Departed { .. } | Event::Migrated { .. } => None,
        }
    }

    /// What its sender says in words.
    pub fn text(&self) -> &str {
        match &self.event {
            Event::Message(message) | Event::Edited(message) => &message.text,
            Event::Pressed { .. } | Event::Membership { .. } | Event::Departed { .. } | Event::Migrated { .. } => "",
        }
    }

    /// What the same person said before in the same chat, to be read once more as no answer to anything.
    pub fn said_before(&self, message_id: i64, text: String, at: DateTime<Utc>) -> Incoming {
        let message = Message {
            message_id,
            at,
            text,
            reply_to: None,
            answers_person: None,
            addressed: true,
            passed_on: false,
            attachments: Vec::new(),
            album: None,
        };
        Incoming { event: Event::Message(message), ..self.clone() }
    }

    /// Whether it tells who is in the group, and is nothing that its sender says.
    pub fn is_about_membership(&self) -> bool {
        matches!(self.event, Event::Membership { .. } | Event::Departed { .. } | Event::Migrated { .. })
    }

    /// The bot's message that is answered, or whose button was pressed.
    pub fn answered(&self) -> Option<i64> {
        match &self.event {
            Event::Message(message) | Event::Edited(message) => message.reply_to,
            Event::Pressed { message_id, .. } => Some(*message_id),
            Event::Membership { .. } | Event::Departed { .. } | Event::Migrated { .. } => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingChat {
    pub telegram_id: i64,
    /// The topic of a forum group; `None` for its general one and in all other chats.
    pub topic: Option<i64>,
    pub kind: ChatKind,
    pub title: String,
}

/// Whence an update came that cannot be handled, as far as it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub chat: IncomingChat,
    /// The sender's name.
    pub person: String,
    /// Empty where there are none.
    pub words: String,
    pub reaches: Reaches,
}

/// How whoever sent an update is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaches {
    Message {
        message_id: i64,
    },
    Press {
        query_id: String,
    },
    /// What was not said to the bot is not answered by it.
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    Private,
    Group,
}

impl ChatKind {
    pub fn key(self) -> &'static str {
        match self {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
        }
    }
}

/// Who acted. People are known by Telegram's numeric id, never by a name that they can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sender {
    Person {
        telegram_id: i64,
        name: String,
    },
    /// An anonymous admin or a channel: nobody that could answer for a unit.
    Nameless,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Message(Message),
    /// The same message id with new words.
    Edited(Message),
    /// A button of the bot's message `message_id` was pressed.
    Pressed {
        query_id: String,
        message_id: i64,
        data: String,
    },
    /// The bot's place in the chat has changed.
    Membership {
        was: Standing,
        is: Standing,
    },
    /// Somebody else is no longer in the group.
    Departed {
        telegram_id: i64,
    },
    /// The group became a supergroup with this id.
    Migrated {
        to: i64,
    },
}

/// What the bot is in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Absent,
    /// In the group, and not allowed to write.
    Muted,
    Member,
    /// An administrator, who is shown every message.
    Admin,
}

impl Standing {
    pub const ALL: [Standing; 4] = [Standing::Absent, Standing::Muted, Standing::Member, Standing::Admin];

    pub fn key(self) -> &'static str {
        match self {
            Standing::Absent => "absent",
            Standing::Muted => "muted",
            Standing::Member => "member",
            Standing::Admin => "admin",
        }
    }

    pub fn from_key(key: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.key() == key)
    }

    pub fn may_write(self) -> bool {
        matches!(self, Standing::Member | Standing::Admin)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub message_id: i64,
    /// When its words were said, by Telegram's clock: sent, or put by an edit in place of others. An edit that does not
    /// say when lies in the future, and what does counts from when it is received.
    pub at: DateTime<Utc>,
    /// The text, or the caption of a picture or file.
    pub text: String,
    /// The bot's message that it answers.
    pub reply_to: Option<i64>,
    /// Who wrote the message that it answers, where that was not the bot.
    pub answers_person: Option<Sender>,
    /// Whether it is for the bot: in private, in answer to it, or with its name.
    pub addressed: bool,
    /// Whether these are somebody else's words: forwarded, or written by another bot for the sender to pick.
    pub passed_on: bool,
    /// The files that came with it; of an album, those of all its parts so far.
    pub attachments: Vec<Attachment>,
    /// The album that it is a part of, by Telegram's name for it.
    pub album: Option<String>,
}

/// Evidence: a file that Telegram keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub kind: AttachmentKind,
    pub file_id: String,
    pub name: Option<String>,
    /// From whom it was forwarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl Attachment {
    /// Whether it says something that can only be heard.
    pub fn is_spoken(&self) -> bool {
        matches!(self.kind, AttachmentKind::Voice | AttachmentKind::VideoNote | AttachmentKind::Audio)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Photo,
    Document,
    Voice,
    Video,
    VideoNote,
    Audio,
}

impl AttachmentKind {
    pub fn key(self) -> &'static str {
        match self {
            AttachmentKind::Photo => "photo",
            AttachmentKind::Document => "document",
            AttachmentKind::Voice => "voice",
            AttachmentKind::Video | AttachmentKind::VideoNote => "video",
            AttachmentKind::Audio => "audio",
        }
    }
}
