//! The methods that put a message of the bot into a chat.

use serde_json::Value;

use super::fault::{Fault, Outcome};
use super::keyboard;
use super::parameters::Parameters;
use crate::sandbox::automatic::with_automatic_marks;
use crate::sandbox::chat::{Attachment, AttachmentKind, Entity, utf16_length};
use crate::sandbox::markup::Marked;
use crate::sandbox::state::{Chat, Draft, State, fits};
use crate::sandbox::{markup, wire};

pub(super) fn send_message(state: &mut State, parameters: &Parameters, now: i64) -> Outcome {
    let chat = open_chat(state, parameters)?;
    let content = text(parameters, "text", "entities")?;
    if content.text.is_empty() {
        return Err(Fault::bad_request("message text is empty"));
    }
    if !fits(&content.text, false) {
        return Err(Fault::bad_request("message is too long"));
    }
    post(state, chat, parameters, content, None, now)
}

pub(super) fn send_file(state: &mut State, mut parameters: Parameters, kind: AttachmentKind, now: i64) -> Outcome {
    let chat = open_chat(state, &parameters)?;
    let caption = text(&parameters, "caption", "caption_entities")?;
    if !fits(&caption.text, true) {
        return Err(Fault::bad_request("message caption is too long"));
    }
    let file = file(state, &mut parameters, kind)?;
    post(state, chat, &parameters, caption, Some(file), now)
}

fn file(state: &mut State, parameters: &mut Parameters, kind: AttachmentKind) -> Result<Attachment, Fault> {
    let name = match kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Document => "document",
    };
    if let Some(upload) = parameters.take_upload(name) {
        return state.files.keep(upload, kind).map_err(|_| Fault::too_large());
    }
    let Some(file_id) = parameters.text(name) else {
        return Err(Fault::bad_request(&format!("there is no {name} in the request")));
    };
    match state.files.by_id(&file_id) {
        Some(kept) if kept.attachment.kind == kind => Ok(kept.attachment.clone()),
        Some(_) => Err(Fault::bad_request("type of file mismatch")),
        None => Err(Fault::bad_request("wrong remote file identifier specified: can't unserialize it")),
    }
}

/// The chat of the request, if the bot may write there.
fn open_chat(state: &State, parameters: &Parameters) -> Result<i64, Fault> {
    let Some(id) = parameters.integer("chat_id") else {
        return Err(match parameters.text("chat_id") {
            Some(_) => Fault::bad_request("chat not found"),
            None => Fault::bad_request("chat_id is empty"),
        });
    };
    match state.chat(id) {
        Some(chat) if chat.bot_present => Ok(id),
        Some(chat) => Err(shut_out(chat)),
        None if state.people.contains_key(&id) => Err(Fault::forbidden("bot can't initiate conversation with a user")),
        None => Err(Fault::bad_request("chat not found")),
    }
}

/// Why the bot can no longer write into a chat that it knows.
pub(super) fn shut_out(chat: &Chat) -> Fault {
    Fault::forbidden(match chat.kind() {
        "private" => "bot was blocked by the user",
        "supergroup" => "bot was kicked from the supergroup chat",
        _ => "bot was kicked from the group chat",
    })
}

/// The text of a request with its marks, from parse_mode or from ready entities.
pub(super) fn text(parameters: &Parameters, name: &str, entities: &str) -> Result<Marked, Fault> {
    let source = parameters.text(name).unwrap_or_default();
    let mode = parameters.text("parse_mode").unwrap_or_default();
    let marked = match mode.to_ascii_lowercase().as_str() {
        "" => Marked { entities: given_entities(parameters, entities, &source)?, text: source },
        "html" => markup::parse_html(&source)
            .map_err(|mistake| Fault::bad_request(&format!("can't parse entities: {mistake}")))?,
        _ => return Err(Fault::bad_request("unsupported parse_mode")),
    };
    Ok(with_automatic_marks(marked.trimmed()))
}

/// Entities that the request brings itself; those that lie outside of the text are dropped.
fn given_entities(parameters: &Parameters, name: &str, source: &str) -> Result<Vec<Entity>, Fault> {
    let malformed = || Fault::bad_request("can't parse entities: expected an Array of MessageEntity");
    let Some(list) = parameters.structure(name)? else {
        return Ok(Vec::new());
    };
    let list = list.as_array().ok_or_else(malformed)?;
    let entities: Option<Vec<Entity>> = list.iter().map(given_entity).collect();
    let length = utf16_length(source);
    Ok(entities
        .ok_or_else(malformed)?
        .into_iter()
        .filter(|entity| entity.length > 0 && entity.end() <= length)
        .collect())
}

fn given_entity(wire: &Value) -> Option<Entity> {
    let field = |name: &str| wire[name].as_str().map(str::to_owned);
    let number = |name: &str| usize::try_from(wire[name].as_u64()?).ok();
    Some(Entity {
        kind: field("type")?,
        offset: number("offset")?,
        length: number("length")?,
        url: field("url"),
        user: wire["user"]["id"].as_i64(),
        language: field("language"),
        custom_emoji_id: field("custom_emoji_id"),
        unix_time: wire["unix_time"].as_i64(),
        date_time_format: field("date_time_format"),
    })
}

fn post(
    state: &mut State,
    chat: i64,
    parameters: &Parameters,
    content: Marked,
    attachment: Option<Attachment>,
    now: i64,
) -> Outcome {
    let markup = keyboard::read(parameters)?;
    let draft = Draft {
        content,
        reply_to: reply_to(state, chat, parameters)?,
        buttons: markup.buttons,
        force_reply: markup.force_reply,
        silent: parameters.flag("disable_notification"),
        attachment,
        album: None,
        hidden_from_bot: false,
    };
    if let Some(pace) = &mut state.pace {
        pace.admit(chat, chat < 0, now).map_err(Fault::too_many)?;
    }
    let bot = state.bot.clone();
    match state.post(chat, bot, draft, now) {
        Some(message) => Ok(wire::message(state, &message)),
        None => Err(Fault::bad_request("chat not found")),
    }
}

fn reply_to(state: &State, chat: i64, parameters: &Parameters) -> Result<Option<i64>, Fault> {
    let reply = parameters.structure("reply_parameters")?.unwrap_or_default();
    let id = reply["message_id"].as_i64().or_else(|| parameters.integer("reply_to_message_id"));
    let may_be_missing =
        reply["allow_sending_without_reply"].as_bool() == Some(true) || parameters.flag("allow_sending_without_reply");
    match id {
        Some(id) if state.message(chat, id).is_some() => Ok(Some(id)),
        Some(_) if !may_be_missing => Err(Fault::bad_request("message to be replied not found")),
        _ => Ok(None),
    }
}
