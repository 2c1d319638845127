//! Telegram's HTML markup: plain text and entities out of it, or the error that Telegram would give.

mod reference;
mod tag;

use reference::read_reference;
use tag::{OpenTag, entity};

use super::chat::{Entity, utf16_length};

/// A text with its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    pub text: String,
    pub entities: Vec<Entity>,
}

impl Marked {
    pub fn plain(text: &str) -> Marked {
        Marked { text: text.to_owned(), entities: Vec::new() }
    }

    /// Without the white space at both ends, which Telegram does not keep.
    pub fn trimmed(self) -> Marked {
        let cut = utf16_length(&self.text) - utf16_length(self.text.trim_start());
        let text = self.text.trim().to_owned();
        let length = utf16_length(&text);
        let entities = self
            .entities
            .into_iter()
            .filter_map(|entity| {
                let start = entity.offset.max(cut) - cut;
                let end = entity.end().saturating_sub(cut).min(length);
                (start < end).then(|| Entity { offset: start, length: end - start, ..entity })
            })
            .collect();
        Marked { text, entities }
    }
}

/// Reads HTML; the error is the part after "can't parse entities: ".
pub(super) fn parse_html(source: &str) -> Result<Marked, String> {
    let mut reader = Reader { source, at: 0, text: String::new(), length: 0, open: Vec::new(), entities: Vec::new() };
    while let Some(next) = reader.peek() {
        match next {
            '<' if reader.rest().starts_with("</") => reader.end_tag()?,
            '<' => reader.start_tag()?,
            '&' => reader.reference(),
            _ => {
                reader.at += next.len_utf8();
                reader.write(next);
            }
        }
    }
    reader.finish()
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    text: String,
    /// The text's length in UTF-16 units.
    length: usize,
    open: Vec<OpenTag>,
    entities: Vec<Entity>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn write(&mut self, c: char) {
        self.text.push(c);
        self.length += c.len_utf16();
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_space(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace());
    }

    fn reference(&mut self) {
        let c = match read_reference(self.rest()) {
            Some((c, length)) => {
                self.at += length;
                c
            }
            None => {
                self.at += 1;
                '&'
            }
        };
        self.write(c);
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let name = self.take_while(|c| !c.is_ascii_whitespace() && c != '>').to_ascii_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if !tag::is_known(&name) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {begin}"));
        }
        let attributes = self.attributes(&name, begin)?;
        let tag = OpenTag { name, attributes, offset: self.length, begins: self.text.len() };
        if tag.name == "span" && tag.attribute("class") != Some("tg-spoiler") {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        self.open.push(tag);
        Ok(())
    }

    /// Reads up to and with the `>` of the tag.
    fn attributes(&mut self, tag: &str, begin: usize) -> Result<Vec<(String, String)>, String> {
        let mut attributes = Vec::new();
        loop {
            self.skip_space();
            if self.rest().starts_with('>') {
                self.at += 1;
                return Ok(attributes);
            }
            let name = self.take_while(|c| !c.is_ascii_whitespace() && !"=>/\"'".contains(c)).to_ascii_lowercase();
            if name.is_empty() {
                return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
            }
            self.skip_space();
            let value = if self.rest().starts_with('=') {
                self.at += 1;
                self.skip_space();
                self.attribute_value(tag, begin)?
            } else {
                String::new()
            };
            attributes.push((name, value));
        }
    }

    fn attribute_value(&mut self, tag: &str, begin: usize) -> Result<String, String> {
        let Some(quote) = self.peek() else {
            return Err(format!("Unclosed start tag \"{tag}\" at byte offset {begin}"));
        };
        if quote == '"' || quote == '\'' {
            self.at += 1;
            return self.quoted_value(quote, begin);
        }
        let token_begin = self.at;
        let token = self.take_while(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        match self.peek() {
            Some(c) if c.is_ascii_whitespace() || c == '>' => Ok(token.to_ascii_lowercase()),
            _ => Err(format!("Unexpected end of name token at byte offset {token_begin}")),
        }
    }

    fn quoted_value(&mut self, quote: char, begin: usize) -> Result<String, String> {
        let mut value = String::new();
        loop {
            let Some(next) = self.peek() else {
                return Err(format!("Unclosed start tag at byte offset {begin}"));
            };
            match read_reference(self.rest()) {
                Some((c, length)) => {
                    self.at += length;
                    value.push(c);
                }
                None => {
                    self.at += next.len_utf8();
                    if next == quote {
                        return Ok(value);
                    }
                    value.push(next);
                }
            }
        }
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(tag) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += "</".len();
        let name = self.take_while(|c| !c.is_ascii_whitespace() && c != '>').to_ascii_lowercase();
        self.skip_space();
        if !self.rest().starts_with('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        // Telegram takes `</>` for the end of whatever is open.
        if !name.is_empty() && name != tag.name {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{name}>\"",
                tag.name
            ));
        }
        self.close(tag);
        Ok(())
    }

    fn close(&mut self, tag: OpenTag) {
        let length = self.length - tag.offset;
        let Some(entity) = entity(&tag, &self.text[tag.begins..]) else {
            return;
        };
        if length == 0 {
            return;
        }
        let entity = Entity { offset: tag.offset, length, ..entity };
        self.push(entity);
    }

    /// `<pre><code class="language-…">` is one entity, not two.
    fn push(&mut self, mut entity: Entity) {
        let inner = self.entities.last();
        let same_span = inner.is_some_and(|inner| {
            inner.kind == "code" && inner.offset == entity.offset && inner.length == entity.length
        });
        if entity.kind == "pre" && same_span {
            entity.language = self.entities.pop().and_then(|code| code.language);
        }
        self.entities.push(entity);
    }

    fn finish(mut self) -> Result<Marked, String> {
        if let Some(tag) = self.open.last() {
            return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.name));
        }
        let inside_pre: Vec<(usize, usize)> = self
            .entities
            .iter()
            .filter(|entity| entity.kind == "pre")
            .map(|entity| (entity.offset, entity.end()))
            .collect();
        // Only `pre` has a language; a lone `code` loses it.
        for entity in &mut self.entities {
            if entity.kind == "code" && !inside_pre.contains(&(entity.offset, entity.end())) {
                entity.language = None;
            }
        }
        self.entities.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
        Ok(Marked { text: self.text, entities: self.entities })
    }
}

#[cfg(test)]
mod tests;
