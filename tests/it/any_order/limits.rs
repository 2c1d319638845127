//! What Telegram takes: texts, markup and buttons (core.telegram.org/bots/api).

use duban::intent::seal::LONGEST_DATA;
use serde_json::Value;

const TAGS: [&str; 11] = ["b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "tg-emoji", "tg-time"];

/// What Telegram would refuse of an outgoing row; `None` where it takes it.
pub fn refused(body: &Value) -> Option<String> {
    if let Some(toast) = body.get("toast") {
        let text = toast["text"].as_str()?;
        return (length(text) > 200).then(|| format!("a toast of {} units", length(text)));
    }
    let message = body.get("message").or(body.get("edit"))?;
    let html = message["html"].as_str()?;
    let text = match text_of(html) {
        Ok(text) => text,
        Err(why) => return Some(format!("{why}: {html}")),
    };
    if text.trim().is_empty() || length(&text) > 4096 {
        return Some(format!("a text of {} units: {html}", length(&text)));
    }
    let buttons: Vec<&Value> =
        message["buttons"].as_array()?.iter().flat_map(|row| row.as_array().into_iter().flatten()).collect();
    if buttons.len() > 100 {
        return Some(format!("{} buttons", buttons.len()));
    }
    buttons.into_iter().find_map(|button| {
        let (text, data) = (button["text"].as_str()?, button["data"].as_str()?);
        let fits = !text.trim().is_empty() && (1..=LONGEST_DATA).contains(&data.len());
        (!fits).then(|| format!("a button {text} with {data}"))
    })
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text that is shown, once the marks are read.
fn text_of(html: &str) -> Result<String, String> {
    let (mut text, mut open) = (String::new(), Vec::new());
    let mut rest = html;
    while let Some(character) = rest.chars().next() {
        match character {
            '<' => {
                let (tag, after) = rest[1..].split_once('>').ok_or("a tag without its end")?;
                rest = after;
                match tag.strip_prefix('/') {
                    Some(name) => match open.pop() {
                        Some(opened) if opened == name => {}
                        opened => return Err(format!("{tag} after {opened:?}")),
                    },
                    None => {
                        let name = tag.split(' ').next().unwrap_or_default();
                        if !TAGS.contains(&name) {
                            return Err(format!("an unknown tag {tag}"));
                        }
                        open.push(name);
                    }
                }
            }
            '&' => {
                let (name, after) = rest[1..].split_once(';').ok_or("an entity without its end")?;
                text.push(match name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    _ => return Err(format!("an unknown entity {name}")),
                });
                rest = after;
            }
            '>' => return Err("a bare >".to_owned()),
            _ => {
                text.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    if open.is_empty() { Ok(text) } else { Err(format!("{open:?} stay open")) }
}
