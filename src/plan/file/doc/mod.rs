//! 旧版 Word 文档: the paragraphs and tables of a .doc file of Word 97 to 2003, and of WPS's own .wps, which is the same
//! ([MS-DOC]).
//!
//! The text stands in pieces (`pieces`) that a header (`header`) leads to; how it looks, and where tables end, stands in
//! pages of properties elsewhere (`properties`, `format`), and numbers in tables of lists and styles (`lists`, `styles`).
//! Comments are not read, as in .docx files, and headers and footers for marks of secrecy alone.

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
use crate::office::plan::Problem;
use crate::plan::block::Block;
use crate::plan::marking;
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
    let internal = marks_of_pages(&context, &header, &table, numbering.clone())?;
    let mut state = State::new(numbering.clone());
    let asides = asides(&context, &header, &table, &mut state)?;
    state.numbering = numbering;
    let blocks = Story::new(&context, &mut state).read(header.text(), asides)?;
    if blocks.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(Content { blocks, problems: internal.into_iter().chain(state.hidden.problem()).collect() })
}

/// What the heads and feet of pages say of who may see the document.
fn marks_of_pages(
    context: &Context,
    header: &Header,
    table: &[u8],
    numbering: Numbering,
) -> Result<Option<Problem>, Unreadable> {
    const MOST: usize = 10_000;
    let mut state = State::new(numbering);
    let mut found = None;
    for text in header.of_pages(table).take(MOST) {
        let blocks = Story::new(context, &mut state).read(text, Vec::new())?;
        let lines = blocks.iter().map(Block::text).collect::<Vec<_>>();
        let lines = lines.iter().flat_map(|text| text.split('\n')).map(|line| line.trim().to_owned());
        let internal = marking::of_pages(lines.collect())?;
        found = found.or(internal);
    }
    Ok(found)
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
