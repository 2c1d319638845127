//! 旧版 Word 文档: the paragraphs and tables of a .doc file of Word 97 to 2003, and of WPS's own .wps, which is the same
//! ([MS-DOC]).
//!
//! The text stands in pieces (`pieces`) that a header (`header`) leads to; how it looks, and where tables end, stands in
//! pages of properties elsewhere (`properties`, `format`), and numbers in tables of lists and styles (`lists`, `styles`).
//! Headers, footers and comments are not read, as in .docx files.

mod format;
mod grid;
mod header;
mod lists;
mod pieces;
mod properties;
mod story;
mod styles;

use header::{Header, Part};
use pieces::Pieces;
use properties::Properties;
use story::{Context, State, Story};

use super::Content;
use super::compound::{Bytes, Compound};
use super::numbering::Numbering;
use crate::plan::block::Block;
use crate::plan::unreadable::Unreadable;

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let mut compound = Compound::open(bytes)?;
    let document = compound.stream("WordDocument")?.ok_or(Unreadable::Damaged)?;
    let header = Header::read(Bytes(&document))?;
    let table = compound.stream(header.table())?.ok_or(Unreadable::Damaged)?;
    let data = compound.stream("Data")?.unwrap_or_default();
    drop(compound);
    let pieces = Pieces::read(header.part(&table, Part::Pieces), &document).ok_or(Unreadable::Damaged)?;
    let context = Context {
        data: &data,
        pieces: &pieces,
        characters: Properties::of_characters(header.part(&table, Part::Characters), &document)?,
        paragraphs: Properties::of_paragraphs(header.part(&table, Part::Paragraphs), &document)?,
    };
    let mut numbering = Numbering::default();
    lists::read(&mut numbering, header.lists(&table), header.part(&table, Part::Overrides));
    styles::read(&mut numbering, header.part(&table, Part::Styles));
    let mut state = State::new(numbering.clone());
    let asides = asides(&context, &header, &table, &mut state)?;
    state.numbering = numbering;
    let blocks = Story::new(&context, &mut state).read(header.text(), asides)?;
    if blocks.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(Content { blocks, problems: state.hidden.problem().into_iter().collect() })
}

/// What stands beside the text, with the character that it belongs to.
pub struct Aside {
    at: u32,
    blocks: Vec<Block>,
    /// A footnote or endnote, else a text box.
    is_note: bool,
}

/// The footnotes, endnotes and text boxes, in the order of what they belong to.
fn asides(context: &Context, header: &Header, table: &[u8], state: &mut State) -> Result<Vec<Aside>, Unreadable> {
    const MOST: usize = 10_000;
    let mut asides = Vec::new();
    for aside in header.asides(table).take(MOST + 1) {
        if asides.len() == MOST {
            return Err(Unreadable::Swells);
        }
        let blocks = Story::new(context, state).read(aside.text, Vec::new())?;
        asides.push(Aside { at: aside.at, blocks, is_note: aside.is_note });
    }
    asides.sort_by_key(|aside| aside.at);
    Ok(asides)
}
