//! The tags of Telegram's HTML and the entities that they stand for.

use super::Entity;

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "span",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "blockquote",
];

pub(super) fn is_known(name: &str) -> bool {
    TAGS.contains(&name)
}

/// A start tag that waits for its end.
pub(super) struct OpenTag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub offset: usize,
    /// Where the inner text begins in the text written so far.
    pub begins: usize,
}

impl OpenTag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What a tag marks, without its place; None where Telegram drops the mark and keeps the text.
pub(super) fn entity(tag: &OpenTag, inner: &str) -> Option<Entity> {
    let kind = match tag.name.as_str() {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "span" | "tg-spoiler" => "spoiler",
        "pre" => "pre",
        "blockquote" if tag.attribute("expandable").is_some() => "expandable_blockquote",
        "blockquote" => "blockquote",
        "code" => return Some(code(tag)),
        "a" => return link(tag.attribute("href").unwrap_or(inner)),
        "tg-emoji" => return custom_emoji(tag),
        _ => return date_time(tag),
    };
    Some(Entity { kind: kind.into(), ..Entity::default() })
}

fn code(tag: &OpenTag) -> Entity {
    let language = tag.attribute("class").and_then(|class| class.strip_prefix("language-")).map(str::to_owned);
    Entity { kind: "code".into(), language, ..Entity::default() }
}

fn link(target: &str) -> Option<Entity> {
    if let Some(person) = target.strip_prefix("tg://user?id=") {
        return Some(Entity { kind: "text_mention".into(), user: Some(person.parse().ok()?), ..Entity::default() });
    }
    let url = if target.contains("://") {
        target.to_owned()
    } else if target.contains('.') {
        format!("http://{target}")
    } else {
        return None;
    };
    Some(Entity { kind: "text_link".into(), url: Some(url), ..Entity::default() })
}

fn custom_emoji(tag: &OpenTag) -> Option<Entity> {
    Some(Entity {
        kind: "custom_emoji".into(),
        custom_emoji_id: Some(tag.attribute("emoji-id")?.to_owned()),
        ..Entity::default()
    })
}

fn date_time(tag: &OpenTag) -> Option<Entity> {
    Some(Entity {
        kind: "date_time".into(),
        unix_time: Some(tag.attribute("unix")?.parse().ok()?),
        date_time_format: tag.attribute("format").map(str::to_owned),
        ..Entity::default()
    })
}
