//! Telegram's JSON shapes of what the stand-in holds.

use serde_json::{Map, Value, json};

use super::chat::{Attachment, AttachmentKind, Button, Entity, Message, Sender};
use super::state::{Chat, State};
use super::{BOT_USERNAME, picture};

/// Nobody looks into a voice message to see how long it is.
const VOICE_SECONDS: i64 = 1;
/// Telegram's own account that stands for an admin who hides behind the group.
const ANONYMOUS_ADMIN: i64 = 1_087_968_824;

pub(super) fn user(sender: &Sender) -> Value {
    if sender.id == ANONYMOUS_ADMIN {
        return json!({"id": sender.id, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"});
    }
    let mut user = json!({"id": sender.id, "is_bot": sender.is_bot, "first_name": sender.name});
    if sender.is_bot {
        user["username"] = BOT_USERNAME.into();
    } else {
        user["language_code"] = "zh-hans".into();
    }
    user
}

/// The bot with what only getMe tells.
pub(super) fn me(bot: &Sender) -> Value {
    let mut me = user(bot);
    me["can_join_groups"] = true.into();
    for ability in [
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
    ] {
        me[ability] = false.into();
    }
    me
}

pub(super) fn chat(chat: &Chat) -> Value {
    let name = if chat.kind() == "private" { "first_name" } else { "title" };
    json!({"id": chat.id, "type": chat.kind(), name: chat.title})
}

/// A message with the one it replies to, but not further back.
pub(super) fn message(state: &State, message: &Message) -> Value {
    let mut wire = bare_message(state, message);
    let replied_to = message.reply_to.and_then(|id| state.message(message.chat, id));
    if let Some(replied_to) = replied_to {
        wire.insert("reply_to_message".into(), Value::Object(bare_message(state, replied_to)));
    }
    Value::Object(wire)
}

fn bare_message(state: &State, message: &Message) -> Map<String, Value> {
    let mut wire = Map::new();
    wire.insert("message_id".into(), message.id.into());
    wire.insert("from".into(), user(&message.from));
    let room = Value::from(state.chat(message.chat).map(chat));
    if message.from.id == ANONYMOUS_ADMIN {
        wire.insert("sender_chat".into(), room.clone());
    }
    wire.insert("chat".into(), room);
    if let Some(album) = &message.album {
        wire.insert("media_group_id".into(), album.as_str().into());
    }
    wire.insert("date".into(), message.date.into());
    if let Some(edited) = message.edited {
        wire.insert("edit_date".into(), edited.into());
    }
    let (text, entities) = match &message.attachment {
        Some(file) => {
            attach(&mut wire, state, file);
            ("caption", "caption_entities")
        }
        None => ("text", "entities"),
    };
    if !message.text.is_empty() {
        wire.insert(text.into(), message.text.as_str().into());
    }
    let marks: Vec<Value> = message.entities.iter().filter_map(|mark| entity(state, mark)).collect();
    if !marks.is_empty() {
        wire.insert(entities.into(), marks.into());
    }
    if !message.buttons.is_empty() {
        wire.insert("reply_markup".into(), keyboard(&message.buttons));
    }
    wire
}

/// None for a mention of somebody whom Telegram would not know.
fn entity(state: &State, entity: &Entity) -> Option<Value> {
    let mut wire = json!(entity);
    if let Some(person) = entity.user {
        wire["user"] = user(&state.sender(person)?);
    }
    Some(wire)
}

fn attach(wire: &mut Map<String, Value>, state: &State, file: &Attachment) {
    match file.kind {
        AttachmentKind::Document => {
            let mut document = file_fields(file);
            document["file_name"] = file.name.as_str().into();
            document["mime_type"] = file.mime_type.as_str().into();
            wire.insert("document".into(), document);
        }
        AttachmentKind::Voice => {
            let mut voice = file_fields(file);
            voice["mime_type"] = file.mime_type.as_str().into();
            voice["duration"] = VOICE_SECONDS.into();
            wire.insert("voice".into(), voice);
        }
        AttachmentKind::Photo => {
            let kept = state.files.by_id(&file.file_id);
            let (width, height) = kept.and_then(|kept| picture::size(&kept.bytes)).unwrap_or((1, 1));
            let mut size = file_fields(file);
            size["width"] = width.into();
            size["height"] = height.into();
            wire.insert("photo".into(), json!([size]));
        }
    }
}

fn file_fields(file: &Attachment) -> Value {
    json!({
        "file_id": file.file_id,
        "file_unique_id": unique_id(&file.file_id),
        "file_size": file.size,
    })
}

/// Telegram's second id of a file, which cannot be used to fetch it.
pub(super) fn unique_id(file_id: &str) -> String {
    format!("unique-{file_id}")
}

fn keyboard(rows: &[Vec<Button>]) -> Value {
    let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().map(button).collect()).collect();
    json!({"inline_keyboard": rows})
}

fn button(button: &Button) -> Value {
    match (&button.data, &button.url) {
        (Some(data), _) => json!({"text": button.text, "callback_data": data}),
        (None, url) => json!({"text": button.text, "url": url}),
    }
}

/// What a press of a button brings the bot.
pub(super) fn callback_query(state: &State, query: &str, from: &Sender, pressed: &Message, data: &str) -> Value {
    json!({
        "id": query,
        "from": user(from),
        "message": message(state, pressed),
        "chat_instance": pressed.chat.to_string(),
        "data": data,
    })
}

/// A member of a chat with Telegram's word for the standing.
pub(super) fn member(sender: &Sender, status: &str) -> Value {
    let mut member = json!({"user": user(sender), "status": status});
    if status == "kicked" {
        member["until_date"] = 0.into();
    }
    member
}

/// The bot's own standing in a chat has changed.
pub(super) fn my_chat_member(state: &State, in_chat: &Chat, by: &Sender, standing: (&str, &str), now: i64) -> Value {
    json!({
        "chat": chat(in_chat),
        "from": user(by),
        "date": now,
        "old_chat_member": member(&state.bot, standing.0),
        "new_chat_member": member(&state.bot, standing.1),
    })
}
