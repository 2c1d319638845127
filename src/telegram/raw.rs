//! Updates as Telegram writes them, as far as the project needs them; what is not named here is passed over.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::chat::incoming::Standing;

#[derive(Deserialize)]
pub(super) struct RawUpdate {
    pub update_id: i64,
    pub message: Option<RawMessage>,
    pub edited_message: Option<RawMessage>,
    pub callback_query: Option<RawPress>,
    pub my_chat_member: Option<RawMembership>,
    pub chat_member: Option<RawMembership>,
}

#[derive(Deserialize)]
pub(super) struct RawMessage {
    pub message_id: i64,
    pub date: i64,
    pub edit_date: Option<i64>,
    pub chat: RawChat,
    pub from: Option<RawUser>,
    pub sender_chat: Option<RawSenderChat>,
    pub message_thread_id: Option<i64>,
    #[serde(default)]
    pub is_topic_message: bool,
    pub text: Option<String>,
    pub caption: Option<String>,
    pub reply_to_message: Option<RawAnswered>,
    pub migrate_to_chat_id: Option<i64>,
    pub migrate_from_chat_id: Option<i64>,
    pub left_chat_member: Option<RawUser>,
    pub photo: Option<Vec<RawFile>>,
    pub document: Option<RawFile>,
    pub voice: Option<RawFile>,
    pub video: Option<RawFile>,
    pub video_note: Option<RawFile>,
    pub audio: Option<RawFile>,
    pub media_group_id: Option<String>,
    pub forward_origin: Option<RawOrigin>,
    // Before Bot API 7.0 a forward was told by these.
    pub forward_from: Option<RawUser>,
    pub forward_from_chat: Option<IgnoredAny>,
    pub forward_sender_name: Option<IgnoredAny>,
    pub forward_date: Option<IgnoredAny>,
    pub via_bot: Option<IgnoredAny>,
    // A linked channel's words, and what a business bot has written in somebody's name.
    #[serde(default)]
    pub is_automatic_forward: bool,
    pub sender_business_bot: Option<IgnoredAny>,
}

impl RawMessage {
    /// Whether these are somebody else's words: a forward, or what another bot wrote for the sender to pick.
    pub fn is_passed_on(&self) -> bool {
        let older = [&self.forward_from_chat, &self.forward_sender_name, &self.forward_date];
        self.forward_origin.is_some()
            || self.forward_from.is_some()
            || self.via_bot.is_some()
            || self.is_automatic_forward
            || self.sender_business_bot.is_some()
            || older.into_iter().any(Option::is_some)
    }

    /// From whom it was forwarded, where that is told.
    pub fn forwarded_from(&self) -> Option<&RawUser> {
        self.forward_origin.as_ref().and_then(|origin| origin.sender_user.as_ref()).or(self.forward_from.as_ref())
    }

    /// The message that it answers. In a topic each message that answers none refers to the one that opened the topic.
    pub fn answered(&self) -> Option<&RawAnswered> {
        let opens_topic = |answered: &RawAnswered| {
            answered.forum_topic_created.is_some()
                || (self.is_topic_message && self.message_thread_id == Some(answered.message_id))
        };
        self.reply_to_message.as_ref().filter(|answered| !opens_topic(answered))
    }
}

#[derive(Deserialize)]
pub(super) struct RawChat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawUser {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    pub last_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawSenderChat {}

#[derive(Deserialize)]
pub(super) struct RawAnswered {
    pub message_id: i64,
    pub from: Option<RawUser>,
    pub forum_topic_created: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct RawFile {
    pub file_id: String,
    pub file_name: Option<String>,
}

/// From whom something was forwarded; which of these are there depends on who it was.
#[derive(Deserialize)]
pub(super) struct RawOrigin {
    pub sender_user: Option<RawUser>,
    pub sender_user_name: Option<String>,
    pub sender_chat: Option<RawTitled>,
    pub chat: Option<RawTitled>,
}

#[derive(Deserialize)]
pub(super) struct RawTitled {
    pub title: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPress {
    pub id: String,
    pub from: RawUser,
    pub message: Option<RawPressed>,
    pub data: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPressed {
    pub message_id: i64,
    pub chat: RawChat,
    pub message_thread_id: Option<i64>,
    #[serde(default)]
    pub is_topic_message: bool,
}

#[derive(Deserialize)]
pub(super) struct RawMembership {
    pub chat: RawChat,
    pub from: RawUser,
    pub old_chat_member: Option<RawMember>,
    pub new_chat_member: RawMember,
}

#[derive(Deserialize)]
pub(super) struct RawMember {
    pub status: String,
    pub user: Option<RawUser>,
    #[serde(default)]
    pub is_member: bool,
    #[serde(default)]
    pub can_send_messages: bool,
}

impl RawMember {
    pub fn standing(&self) -> Standing {
        match self.status.as_str() {
            "creator" | "administrator" => Standing::Admin,
            "member" => Standing::Member,
            "restricted" if self.is_member && self.can_send_messages => Standing::Member,
            "restricted" if self.is_member => Standing::Muted,
            _ => Standing::Absent,
        }
    }
}
