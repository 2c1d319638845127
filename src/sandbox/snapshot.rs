//! Everything that the page shows, in one piece of JSON.

use serde_json::{Value, json};

use super::state::{Chat, State};
use super::{BOT_USERNAME, Sandbox};

/// The language of the page, and therefore of the command menu.
const LANGUAGE: &str = "zh";

pub(super) fn of(sandbox: &Sandbox, state: &State) -> Value {
    let chats: Vec<Value> = state.chats.iter().map(|room| chat(state, room)).collect();
    json!({
        "bot": state.bot,
        "username": BOT_USERNAME,
        "now": sandbox.now(),
        "time_zone": sandbox.time_zone(),
        "notice": state.notice,
        "trials": state.trials,
        "entries": state.entries,
        "pending": state.pending,
        "trouble": state.trouble,
        "chats": chats,
    })
}

fn chat(state: &State, chat: &Chat) -> Value {
    let members: Vec<Value> =
        chat.members.iter().filter_map(|person| state.sender(*person)).map(|sender| json!(sender)).collect();
    json!({
        "id": chat.id,
        "title": chat.title,
        "kind": chat.kind(),
        "members": members,
        "bot_present": chat.bot_present,
        "hints": chat.hints,
        "commands": commands(state, chat),
        "messages": chat.messages,
    })
}

/// The command menu of a chat: the narrowest list that the bot has set for it, as
/// <https://core.telegram.org/bots/api#determining-list-of-commands> says.
fn commands(state: &State, chat: &Chat) -> Value {
    let everywhere = if chat.kind() == "private" { "all_private_chats" } else { "all_group_chats" };
    let scopes = [json!({"type": "chat", "chat_id": chat.id}), json!({"type": everywhere}), json!({"type": "default"})];
    scopes
        .iter()
        .flat_map(|scope| [(scope, LANGUAGE), (scope, "")])
        .find_map(|(scope, language)| state.commands.get(&State::audience(scope, language)))
        .cloned()
        .unwrap_or_else(|| json!([]))
}
