//! Privacy mode: which messages of a group reach the bot, as long as it is on.

use super::BOT_USERNAME;
use super::automatic::{addressee, mentions};

/// The facts about a message that privacy mode looks at.
pub(super) struct Seen<'a> {
    pub text: &'a str,
    pub private_chat: bool,
    pub replies_to_bot: bool,
    pub bot_has_spoken: bool,
}

/// Whether the bot gets the message: all of a private chat; in a group replies to it, commands for it and messages that
/// mention it. A command without a name goes to the last bot that spoke, and the sandbox has only one.
///
/// Sources: <https://core.telegram.org/bots/features#privacy-mode>; the mentions are in BotFather's words for /setprivacy.
pub(super) fn reaches_bot(seen: &Seen<'_>) -> bool {
    if seen.private_chat || seen.replies_to_bot || mentions_bot(seen.text) {
        return true;
    }
    let first_word = seen.text.split_whitespace().next().unwrap_or_default();
    match addressee(first_word) {
        Some(Some(name)) => name.eq_ignore_ascii_case(BOT_USERNAME),
        Some(None) => seen.bot_has_spoken,
        None => false,
    }
}

fn mentions_bot(text: &str) -> bool {
    mentions(text).any(|(_, mention)| mention[1..].eq_ignore_ascii_case(BOT_USERNAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(text: &str) -> Seen<'_> {
        Seen { text, private_chat: false, replies_to_bot: false, bot_has_spoken: false }
    }

    #[test]
    fn a_group_shows_the_bot_only_what_is_meant_for_it() {
        assert!(!reaches_bot(&group("进度60%")));
        assert!(!reaches_bot(&group("@other_bot 进度60%")));
        assert!(!reaches_bot(&group("/tasks")));
        assert!(!reaches_bot(&group("/tasks@other_bot")));
        assert!(!reaches_bot(&group("请看 /tasks@duban_demo_bot")));
        assert!(!reaches_bot(&group("")));
        assert!(reaches_bot(&group("进度60%，@Duban_Demo_Bot")));
        assert!(reaches_bot(&group("/tasks@Duban_Demo_Bot")));
        assert!(reaches_bot(&group("/report@duban_demo_bot 5 60%")));
    }

    #[test]
    fn replies_private_chats_and_bare_commands_after_the_bot() {
        assert!(reaches_bot(&Seen { replies_to_bot: true, ..group("收到") }));
        assert!(reaches_bot(&Seen { private_chat: true, ..group("省公安厅") }));
        let spoken = |text| Seen { bot_has_spoken: true, ..group(text) };
        assert!(reaches_bot(&spoken("/tasks")));
        assert!(!reaches_bot(&spoken("/tasks@other_bot")));
        assert!(!reaches_bot(&spoken("收到")));
    }
}
