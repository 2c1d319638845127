//! What a chat holds (people, messages, buttons, files) in the form that the page and the tests see.

use std::fmt;

use serde::Serialize;

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sender {
    pub id: i64,
    pub name: String,
    pub is_bot: bool,
}

/// One message of a chat as it stands now, after edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub id: i64,
    pub chat: i64,
    pub from: Sender,
    /// Unix seconds.
    pub date: i64,
    /// The text, or the caption of an attachment.
    pub text: String,
    pub entities: Vec<Entity>,
    pub reply_to: Option<i64>,
    /// Rows of the inline keyboard.
    pub buttons: Vec<Vec<Button>>,
    /// The bot asked for an answer to this very message.
    pub force_reply: bool,
    /// When it was last edited, unix seconds.
    pub edited: Option<i64>,
    /// Sent without a sound.
    pub silent: bool,
    /// Privacy mode keeps it from the bot.
    pub hidden_from_bot: bool,
    pub attachment: Option<Attachment>,
    /// Which album it is a part of, by the name that the bot gets for it.
    pub album: Option<String>,
    /// Emoji that the bot put on it.
    pub reactions: Vec<String>,
    /// What it says, for those who do not read its language.
    pub gloss: Option<String>,
}

/// A marked stretch of a text. Offset and length count UTF-16 units, as Telegram does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Entity {
    #[serde(rename = "type")]
    pub kind: String,
    pub offset: usize,
    pub length: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The person of a `text_mention`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unix_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_time_format: Option<String>,
}

impl Entity {
    /// The first UTF-16 unit after it.
    pub fn end(&self) -> usize {
        self.offset + self.length
    }
}

/// A button under a message: it tells the bot `data`, or opens `url`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    pub text: String,
    pub data: Option<String>,
    pub url: Option<String>,
}

/// As what Telegram treats a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Photo,
    Document,
    Voice,
}

/// The file of a message; [`super::Sandbox::file`] has its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    pub kind: AttachmentKind,
    pub file_id: String,
    pub name: String,
    pub mime_type: String,
    pub size: usize,
}

/// A file that a person is about to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub name: String,
    pub mime_type: String,
    pub bytes: Vec<u8>,
}

/// What the bot answered to the press of a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The id of the callback query, as [`super::Sandbox::press`] returned it.
    pub query: String,
    pub text: String,
    /// To be confirmed, not only shown for a moment.
    pub alert: bool,
}

/// Why a person could not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    UnknownChat,
    UnknownPerson,
    NotAMember,
    UnknownMessage,
    NotEditable,
    NoSuchButton,
    EmptyText,
    TooLong,
    FileTooLarge,
    NoAlbum,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Refused::UnknownChat => "没有这个会话",
            Refused::UnknownPerson => "没有这个人",
            Refused::NotAMember => "不是该群成员",
            Refused::UnknownMessage => "没有这条消息",
            Refused::NotEditable => "只能修改人员自己发出的消息",
            Refused::NoSuchButton => "按钮已不存在",
            Refused::EmptyText => "消息是空的",
            Refused::TooLong => "消息过长",
            Refused::FileTooLarge => "文件过大",
            Refused::NoAlbum => "相册须有 2 至 10 个图片或文件，且不含语音",
        })
    }
}

impl std::error::Error for Refused {}

/// The length of a text as Telegram counts it.
pub(super) fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}
