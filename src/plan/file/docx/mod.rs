//! Word 文档: the paragraphs and tables of a .docx file, in order, with the numbers that Word generates.
//!
//! Headers, footers and comments stand in parts of their own, which are not read, save for marks of secrecy. Deleted and moved text, field codes and
//! what stands for older programs are passed over; so is hidden text, and that is said.

mod body;
mod part;

use body::Body;
use part::Package;

use super::container::Container;
use super::numbering::Numbering;
use super::xml::{Piece, Xml};
use super::{Content, MOST_ROWS};
use crate::office::plan::Problem;
use crate::plan::marking;
use crate::plan::unreadable::Unreadable;

/// Elements whose content is no text of the document.
const PASSED_OVER: [&str; 13] = [
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delText",
    "delInstrText",
    "rt",
    "pPrChange",
    "tcPrChange",
    "trPrChange",
    "tabs",
    "sectPr",
    "tblGrid",
];

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let content = content(&mut Container::open(bytes)?, true)?;
    if content.blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(content) }
}

/// The text of a document; `whole` unless it stands within another one, where it holds no third.
fn content(container: &mut Container, whole: bool) -> Result<Content, Unreadable> {
    let mut package = Package::open(container)?;
    let document = package.main()?;
    let numbering = package.beside("numbering.xml")?;
    let styles = package.beside("styles.xml")?;
    let numbering = Numbering::read(numbering.as_deref(), styles.as_deref())?;
    let mut body = Body::new(numbering.clone());
    for (part, kind) in [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")] {
        if let Some(part) = package.beside(part)? {
            body.take_notes(kind, notes(&part, kind, numbering.clone())?);
        }
    }
    for header in package.headers()? {
        body.take_problem(mark_of(&header)?);
    }
    let mut xml = Xml::new(&document);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) if element.name() == "altChunk" && whole => {
                let id = element.attribute("id").unwrap_or_default();
                body.take_chunk(package.chunk(&id)?);
            }
            piece => body.take(piece, &mut xml)?,
        }
        if body.line() > MOST_ROWS {
            return Err(Unreadable::TooManyRows(MOST_ROWS));
        }
    }
    Ok(body.finish())
}

/// What the marks in a header say of who may see the document.
fn mark_of(header: &str) -> Result<Option<Problem>, Unreadable> {
    let mut body = Body::new(Numbering::default());
    let mut xml = Xml::new(header);
    while let Some(piece) = xml.next()? {
        body.take(piece, &mut xml)?;
    }
    marking::of_pages(body.take_paragraphs())
}

/// The paragraphs of each footnote or endnote, by its name; the lines that set notes off are none.
fn notes(part: &str, kind: &str, numbering: Numbering) -> Result<Vec<(String, Vec<String>)>, Unreadable> {
    let mut body = Body::new(numbering);
    let mut notes = Vec::new();
    let mut id = None;
    let mut xml = Xml::new(part);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) if element.name() == kind => match element.attribute("type") {
                None => id = element.attribute("id"),
                Some(kind) if kind == "normal" => id = element.attribute("id"),
                Some(_) => xml.skip()?,
            },
            Piece::End(end) if end.name() == kind => {
                let paragraphs = body.take_paragraphs();
                notes.extend(id.take().map(|id| (id, paragraphs)));
            }
            piece => body.take(piece, &mut xml)?,
        }
    }
    Ok(notes)
}
