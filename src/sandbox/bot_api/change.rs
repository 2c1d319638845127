//! The methods that act on a message which is already there.

use serde_json::Value;

use super::fault::{Fault, Outcome};
use super::parameters::Parameters;
use super::{keyboard, send};
use crate::sandbox::chat::{Answer, Message, utf16_length};
use crate::sandbox::state::{Change, State, fits};
use crate::sandbox::wire;

/// The longest answer to the press of a button.
const LONGEST_ANSWER: usize = 200;

/// Every emoji that may be a reaction.
const REACTIONS: [&str; 73] = [
    "❤",
    "👍",
    "👎",
    "🔥",
    "🥰",
    "👏",
    "😁",
    "🤔",
    "🤯",
    "😱",
    "🤬",
    "😢",
    "🎉",
    "🤩",
    "🤮",
    "💩",
    "🙏",
    "👌",
    "🕊",
    "🤡",
    "🥱",
    "🥴",
    "😍",
    "🐳",
    "❤‍🔥",
    "🌚",
    "🌭",
    "💯",
    "🤣",
    "⚡",
    "🍌",
    "🏆",
    "💔",
    "🤨",
    "😐",
    "🍓",
    "🍾",
    "💋",
    "🖕",
    "😈",
    "😴",
    "😭",
    "🤓",
    "👻",
    "👨‍💻",
    "👀",
    "🎃",
    "🙈",
    "😇",
    "😨",
    "🤝",
    "✍",
    "🤗",
    "🫡",
    "🎅",
    "🎄",
    "☃",
    "💅",
    "🤪",
    "🗿",
    "🆒",
    "💘",
    "🙉",
    "🦄",
    "😘",
    "💊",
    "🙊",
    "😎",
    "👾",
    "🤷‍♂",
    "🤷",
    "🤷‍♀",
    "😡",
];

pub(super) fn edit_text(state: &mut State, parameters: &Parameters, now: i64) -> Outcome {
    let message = editable(state, parameters)?;
    if message.attachment.is_some() {
        return Err(Fault::bad_request("there is no text in the message to edit"));
    }
    let content = send::text(parameters, "text", "entities")?;
    if content.text.is_empty() {
        return Err(Fault::bad_request("message text is empty"));
    }
    if !fits(&content.text, false) {
        return Err(Fault::bad_request("message is too long"));
    }
    let mut changed = message.clone();
    changed.text = content.text;
    changed.entities = content.entities;
    changed.buttons = keyboard::read(parameters)?.buttons;
    replace(state, &message, changed, Some(now))
}

/// New buttons alone do not make a message an edited one.
pub(super) fn edit_markup(state: &mut State, parameters: &Parameters) -> Outcome {
    let message = editable(state, parameters)?;
    let mut changed = message.clone();
    changed.buttons = keyboard::read(parameters)?.buttons;
    replace(state, &message, changed, None)
}

fn replace(state: &mut State, old: &Message, mut new: Message, edited: Option<i64>) -> Outcome {
    if *old == new {
        return Err(Fault::bad_request(
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ));
    }
    new.edited = edited.or(old.edited);
    let changed = state.change_message(old.chat, old.id, |message| *message = new);
    Ok(changed.map(|message| wire::message(state, &message)).into())
}

fn editable(state: &State, parameters: &Parameters) -> Result<Message, Fault> {
    let message = found(state, parameters, "message to edit not found")?;
    if !message.from.is_bot {
        return Err(Fault::bad_request("message can't be edited"));
    }
    Ok(message.clone())
}

pub(super) fn delete(state: &mut State, parameters: &Parameters) -> Outcome {
    let message = found(state, parameters, "message to delete not found")?;
    // In a group only an administrator deletes what others wrote, and the bot is none.
    if !message.from.is_bot && message.chat < 0 {
        return Err(Fault::bad_request("message can't be deleted"));
    }
    let (chat, id) = (message.chat, message.id);
    state.remove_message(chat, id);
    Ok(true.into())
}

pub(super) fn react(state: &mut State, parameters: &Parameters) -> Outcome {
    let message = found(state, parameters, "message to react not found")?;
    let (chat, id) = (message.chat, message.id);
    let reactions = parameters.structure("reaction")?.unwrap_or_default();
    let reactions: Vec<String> = reactions
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|reaction| reaction["emoji"].as_str().map(str::to_owned))
        .collect();
    if reactions.len() > 1 {
        return Err(Fault::bad_request("REACTIONS_TOO_MANY"));
    }
    if !reactions.iter().all(|emoji| REACTIONS.contains(&emoji.as_str())) {
        return Err(Fault::bad_request("REACTION_INVALID"));
    }
    state.change_message(chat, id, |message| message.reactions = reactions);
    Ok(true.into())
}

pub(super) fn answer_query(state: &mut State, parameters: &Parameters) -> Outcome {
    let query = parameters.text("callback_query_id").unwrap_or_default();
    let text = parameters.text("text").unwrap_or_default();
    if utf16_length(&text) > LONGEST_ANSWER {
        return Err(Fault::bad_request("MESSAGE_TOO_LONG"));
    }
    if !state.open_queries.remove(&query) {
        return Err(Fault::bad_request("query is too old and response timeout expired or query ID is invalid"));
    }
    let answer = Answer { query, text, alert: parameters.flag("show_alert") };
    state.answers.push(answer.clone());
    state.note(Change::Answered(answer));
    Ok(Value::Bool(true))
}

fn found<'a>(state: &'a State, parameters: &Parameters, missing: &str) -> Result<&'a Message, Fault> {
    let chat = parameters
        .integer("chat_id")
        .and_then(|id| state.chat(id))
        .ok_or_else(|| Fault::bad_request("chat not found"))?;
    if !chat.bot_present {
        return Err(send::shut_out(chat));
    }
    parameters.integer("message_id").and_then(|id| chat.message(id)).ok_or_else(|| Fault::bad_request(missing))
}
