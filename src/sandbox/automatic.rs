//! The marks that Telegram sets by itself in every text: commands, mentions and web addresses.

use super::chat::{Entity, utf16_length};
use super::markup::Marked;

const LONGEST_NAME: usize = 32;
const SCHEMES: [&str; 2] = ["http://", "https://"];

/// Adds the addresses, commands and mentions, outside of marks that exclude them. What stands within an address is a part
/// of it.
pub(super) fn with_automatic_marks(mut content: Marked) -> Marked {
    let text = &content.text;
    let found = addresses(text).map(|(at, address)| mark("url", text, at, address));
    let found = found.chain(commands(text).map(|(at, command)| mark("bot_command", text, at, command)));
    let found = found.chain(mentions(text).map(|(at, name)| mark("mention", text, at, name)));
    for entity in found.collect::<Vec<Entity>>() {
        let excluded = content.entities.iter().any(|other| {
            let verbatim = matches!(other.kind.as_str(), "code" | "pre" | "text_link" | "url");
            verbatim && other.offset < entity.end() && entity.offset < other.end()
        });
        if !excluded {
            content.entities.push(entity);
        }
    }
    content.entities.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
    content
}

/// The web addresses of a text with their byte offsets, each with its scheme: up to what no address holds, and without the
/// point, the comma or the bracket that ends a sentence.
fn addresses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = SCHEMES.iter().filter_map(|scheme| text[at..].find(scheme)).min()? + at;
        let rest = &text[start..];
        let end = rest.find(|c: char| !c.is_ascii_graphic() || "<>\"`".contains(c)).unwrap_or(rest.len());
        at = start + end;
        Some((start, rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\''])))
    })
    .filter(|(_, address)| !SCHEMES.contains(address))
}

fn mark(kind: &str, text: &str, at: usize, marked: &str) -> Entity {
    Entity { kind: kind.into(), offset: utf16_length(&text[..at]), length: utf16_length(marked), ..Entity::default() }
}

/// The commands of a text with their byte offsets: `/report`, `/report@name`. A mark may stand before one, but no letter.
fn commands(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('/').filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let stands_alone = !before.is_some_and(|c| c.is_alphanumeric() || "_/<>".contains(c));
        let rest = &text[at..];
        (stands_alone && addressee(rest).is_some()).then(|| (at, command_part(rest)))
    })
}

/// The command at the start of a word.
fn command_part(word: &str) -> &str {
    let rest = word.strip_prefix('/').unwrap_or_default();
    let end = rest.find(|c| !is_name_character(c) && c != '@').unwrap_or(rest.len());
    word.get(..1 + end).unwrap_or_default()
}

/// Whom a command at the start of a word is for. None: no command. Some(None): no bot in particular.
pub(super) fn addressee(word: &str) -> Option<Option<&str>> {
    let command = command_part(word).strip_prefix('/')?;
    let (command, name) = match command.split_once('@') {
        Some((command, name)) => (command, Some(name)),
        None => (command, None),
    };
    let is_command = (1..=LONGEST_NAME).contains(&command.len());
    is_command.then_some(name)
}

/// The mentions of a text with their byte offsets: `@name` that touches no other word, Chinese characters included.
pub(super) fn mentions(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('@').filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|c| !is_name_character(c)).unwrap_or(rest.len());
        let apart = |neighbour: Option<char>| !neighbour.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let stands_alone = apart(text[..at].chars().next_back()) && apart(rest[end..].chars().next());
        (stands_alone && (2..=LONGEST_NAME).contains(&end)).then(|| (at, &text[at..=at + end]))
    })
}

fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<(String, usize, usize)> {
        let marked = with_automatic_marks(Marked::plain(text));
        marked.entities.into_iter().map(|entity| (entity.kind, entity.offset, entity.length)).collect()
    }

    #[test]
    fn commands_are_found_with_utf16_offsets() {
        let found = spans("😀 /task 5，/x /done@duban_demo_bot，完");
        assert_eq!(
            found,
            [3, 11, 14]
                .into_iter()
                .zip([5, 2, 20])
                .map(|(at, long)| ("bot_command".into(), at, long))
                .collect::<Vec<_>>()
        );
        assert!(spans("／task / a/b").is_empty());
    }

    #[test]
    fn a_command_ends_before_chinese_text() {
        assert_eq!(spans("/report第5项"), [("bot_command".into(), 0, 7)]);
        assert_eq!(spans("任务，/help 查看"), [("bot_command".into(), 3, 5)]);
        assert!(spans("是/否 2019/6 //x").is_empty());
    }

    #[test]
    fn mentions_stand_alone() {
        assert_eq!(spans("😀 @zhang，你好"), [("mention".into(), 3, 6)]);
        assert!(spans("请@zhang看 a@zhang @a @ 张@三").is_empty());
    }

    #[test]
    fn addresses_end_where_telegram_ends_them() {
        let found = spans("看板：http://127.0.0.1:8321/board/15-ab。 /help");
        assert_eq!(found, [("url".into(), 3, 33), ("bot_command".into(), 38, 5)]);
        assert_eq!(spans("（https://a.example/x?y=@name）"), [("url".into(), 1, 27)]);
        assert_eq!(spans("见 https://a.example."), [("url".into(), 2, 17)]);
        assert!(spans("http:// 和 https://").is_empty());
    }

    #[test]
    fn code_holds_no_marks() {
        let code = Entity { kind: "code".into(), offset: 0, length: 5, ..Entity::default() };
        let content = Marked { text: "/task @zhang".into(), entities: vec![code.clone()] };
        let mention = Entity { kind: "mention".into(), offset: 6, length: 6, ..Entity::default() };
        assert_eq!(with_automatic_marks(content).entities, [code, mention]);
    }
}
