//! XML, piece by piece: no document type, no entities but XML's own, no deep nesting.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::plan::unreadable::Unreadable;

const DEEPEST: usize = 64;

/// A piece of a document; names are without their prefix.
pub enum Piece<'a> {
    Start(Element<'a>),
    End(Closing<'a>),
    Text(Cow<'a, str>),
}

/// The beginning of an element. One without content is followed by its end.
pub struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let named = attributes.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name)?;
        named.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// What most elements of Word's say: `w:val`.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether an element switches on what it names: it does unless it says no.
    pub fn is_on(&self) -> bool {
        self.value().is_none_or(|value| !["0", "false", "off"].contains(&value.as_str()))
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.parse().ok()
    }
}

/// The end of an element.
pub struct Closing<'a>(BytesEnd<'a>);

impl Closing<'_> {
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0 }
    }

    /// The next piece; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, Unreadable> {
        loop {
            match self.reader.read_event().map_err(|_| Unreadable::Damaged)? {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Unreadable::TooDeep);
                    }
                    return Ok(Some(Piece::Start(Element(start))));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::End(Closing(end))));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Piece::Text(text.into_inner()))),
                Event::GeneralRef(reference) => return Ok(Some(Piece::Text(referred(&reference)?))),
                Event::DocType(_) => return Err(Unreadable::Entities),
                Event::Eof if self.depth > 0 => return Err(Unreadable::Damaged),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that has just begun.
    pub fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

fn referred(reference: &BytesRef) -> Result<Cow<'static, str>, Unreadable> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Unreadable::Damaged)? {
        return Ok(Cow::Owned(character.to_string()));
    }
    resolve_predefined_entity(&reference.borrow().into_inner()).map(Cow::Borrowed).ok_or(Unreadable::Entities)
}

#[cfg(test)]
mod tests {
    use super::{Piece, Xml};
    use crate::plan::unreadable::Unreadable;

    fn text(source: &str) -> Result<String, Unreadable> {
        let mut xml = Xml::new(source);
        let mut text = String::new();
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) if element.name() == "skipped" => xml.skip()?,
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Start(_) | Piece::End(_) => {}
            }
        }
        Ok(text)
    }

    #[test]
    fn text_and_references() {
        let source = "<?xml version=\"1.0\"?><a:b xmlns:a=\"x\">甲&amp;&#x4e59;<c/><skipped>丙<d>丁</d></skipped><![CDATA[<戊>]]></a:b>";
        assert_eq!(text(source), Ok("甲&乙<戊>".to_owned()));
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(
            text("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"),
            Err(Unreadable::Entities)
        );
        assert_eq!(text("<a>&e;</a>"), Err(Unreadable::Entities));
        assert_eq!(text(&"<a>".repeat(65)), Err(Unreadable::TooDeep));
        for damaged in ["<a>", "<a></b>", "<a", "</a>", "<a>&#xffffffff;</a>"] {
            assert_eq!(text(damaged), Err(Unreadable::Damaged), "{damaged}");
        }
    }
}
