//! Text as Telegram counts and marks it.

/// Shows what somebody typed as text, never as markup.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Marks that turn the direction of writing would let a name rearrange the sentence around it.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The first `longest` characters of `text`, with … where something was cut.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some(_) => text.chars().take(longest.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// What was said without the command that introduces it; a command by itself stays, and so does `/5 60%`, which is none.
pub fn without_command(said: &str) -> &str {
    let text = said.trim_start();
    let is_command =
        text.strip_prefix('/').is_some_and(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()));
    let words = text.split_once(char::is_whitespace).map_or("", |(_, words)| words.trim_start());
    if is_command && !words.is_empty() { words } else { said }
}

pub fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text of a message without its markup.
pub fn plain_text(html: &str) -> String {
    let mut plain = String::new();
    let mut inside_tag = false;
    for character in html.chars() {
        match character {
            '<' => inside_tag = true,
            '>' => inside_tag = false,
            _ if !inside_tag => plain.push(character),
            _ => {}
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Where members of a supergroup can open one of its messages; other chats have no such addresses.
pub fn message_link(telegram_chat: i64, message_id: i64) -> Option<String> {
    /// Supergroups' ids lie below this one.
    const SUPERGROUPS: i64 = -1_000_000_000_000;
    (telegram_chat < SUPERGROUPS).then(|| format!("https://t.me/c/{}/{message_id}", SUPERGROUPS - telegram_chat))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_no_part_of_what_was_said() {
        let said = ["/report@duban_bot 26 40%", "/done\n5 已验收", "/5 60%", "/later", "进度60%"];
        assert_eq!(said.map(without_command), ["26 40%", "5 已验收", "/5 60%", "/later", "进度60%"]);
    }
}
