//! The methods that tell about the bot, its chats and its files, and those that set its commands.

use serde_json::{Value, json};

use super::fault::{Fault, Outcome};
use super::parameters::Parameters;
use super::send::shut_out;
use crate::sandbox::state::{Change, Chat, State};
use crate::sandbox::wire;

/// Telegram lets a bot download no file larger than this.
const LARGEST_DOWNLOAD: usize = 20 * 1024 * 1024;
const MOST_COMMANDS: usize = 100;
const LONGEST_COMMAND: usize = 32;
const LONGEST_DESCRIPTION: usize = 256;

pub(super) fn webhook_info(state: &State) -> Outcome {
    Ok(json!({
        "url": "",
        "has_custom_certificate": false,
        "pending_update_count": state.updates.count(),
        "allowed_updates": state.updates.wanted(),
    }))
}

pub(super) fn delete_webhook(state: &mut State, parameters: &Parameters) -> Outcome {
    if parameters.flag("drop_pending_updates") {
        state.updates.forget_all();
    }
    Ok(true.into())
}

pub(super) fn chat(state: &State, parameters: &Parameters) -> Outcome {
    let mut full = wire::chat(known_chat(state, parameters)?);
    full["accent_color_id"] = 0.into();
    full["max_reaction_count"] = 11.into();
    full["accepted_gift_types"] = json!({
        "unlimited_gifts": false,
        "limited_gifts": false,
        "unique_gifts": false,
        "premium_subscription": false,
        "gifts_from_channels": false,
    });
    Ok(full)
}

pub(super) fn chat_member(state: &State, parameters: &Parameters) -> Outcome {
    let chat = known_chat(state, parameters)?;
    let person = parameters.integer("user_id").unwrap_or_default();
    if person == state.bot.id {
        return Ok(wire::member(&state.bot, "member"));
    }
    let sender = state.sender(person).ok_or_else(|| Fault::bad_request("user not found"))?;
    let status = if chat.members.contains(&person) { "member" } else { "left" };
    Ok(wire::member(&sender, status))
}

pub(super) fn leave_chat(state: &mut State, parameters: &Parameters) -> Outcome {
    let id = known_chat(state, parameters)?.id;
    if let Some(chat) = state.chat_mut(id) {
        chat.bot_present = false;
    }
    state.note(Change::Everything);
    Ok(true.into())
}

/// The state "typing…" is taken note of, but not shown.
pub(super) fn chat_action(state: &State, parameters: &Parameters) -> Outcome {
    known_chat(state, parameters)?;
    Ok(true.into())
}

fn known_chat<'a>(state: &'a State, parameters: &Parameters) -> Result<&'a Chat, Fault> {
    let chat = parameters
        .integer("chat_id")
        .and_then(|id| state.chat(id))
        .ok_or_else(|| Fault::bad_request("chat not found"))?;
    if chat.bot_present { Ok(chat) } else { Err(shut_out(chat)) }
}

pub(super) fn file(state: &State, parameters: &Parameters) -> Outcome {
    let file_id = parameters.text("file_id").unwrap_or_default();
    let file = state
        .files
        .by_id(&file_id)
        .ok_or_else(|| Fault::bad_request("wrong file_id or the file is temporarily unavailable"))?;
    if file.bytes.len() > LARGEST_DOWNLOAD {
        return Err(Fault::bad_request("file is too big"));
    }
    Ok(json!({
        "file_id": file_id,
        "file_unique_id": wire::unique_id(&file_id),
        "file_size": file.bytes.len(),
        "file_path": file.path,
    }))
}

pub(super) fn set_commands(state: &mut State, parameters: &Parameters) -> Outcome {
    let commands = parameters.structure("commands")?.unwrap_or_default();
    let Some(list) = commands.as_array() else {
        return Err(Fault::bad_request("can't parse commands list"));
    };
    if list.len() > MOST_COMMANDS {
        return Err(Fault::bad_request("BOT_COMMANDS_TOO_MUCH"));
    }
    list.iter().try_for_each(check_command)?;
    let audience = audience(parameters)?;
    state.commands.insert(audience, commands);
    state.note(Change::Everything);
    Ok(true.into())
}

fn check_command(command: &Value) -> Result<(), Fault> {
    let name = command["command"].as_str().unwrap_or_default();
    let name_ok = (1..=LONGEST_COMMAND).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !name_ok {
        return Err(Fault::bad_request("BOT_COMMAND_INVALID"));
    }
    let description = command["description"].as_str().unwrap_or_default();
    if !(1..=LONGEST_DESCRIPTION).contains(&description.chars().count()) {
        return Err(Fault::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(())
}

pub(super) fn commands(state: &State, parameters: &Parameters) -> Outcome {
    let audience = audience(parameters)?;
    Ok(state.commands.get(&audience).cloned().unwrap_or(json!([])))
}

fn audience(parameters: &Parameters) -> Result<String, Fault> {
    let scope = parameters.structure("scope")?;
    let scope = scope.unwrap_or_else(|| json!({"type": "default"}));
    let language = parameters.text("language_code").unwrap_or_default();
    Ok(State::audience(&scope, &language))
}
