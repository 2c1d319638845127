//! 文件头: the block at the beginning of a Word document (FIB) that tells where everything else stands.

use std::collections::HashMap;
use std::ops::Range;

use crate::plan::file::compound::Bytes;
use crate::plan::unreadable::Unreadable;

/// A structure in the table stream, as its place among the pairs of offset and length in the header.
#[derive(Clone, Copy)]
pub enum Part {
    Styles = 1,
    FootnoteMarks = 2,
    Footnotes = 3,
    Pages = 11,
    Characters = 12,
    Paragraphs = 13,
    Pieces = 33,
    Shapes = 40,
    EndnoteMarks = 46,
    Endnotes = 47,
    TextBoxes = 56,
    Lists = 73,
    Overrides = 74,
}

/// The texts of a document, which stand one after another; comments are not read.
#[derive(Clone, Copy)]
enum Story {
    Main = 0,
    Footnotes = 1,
    /// The heads and feet of pages.
    Pages = 2,
    Endnotes = 5,
    TextBoxes = 6,
    BoxesOfPages = 7,
}

pub struct Header {
    /// The table stream is that with the number 1.
    first_table: bool,
    /// In characters: of the text, footnotes, heads of pages, macros, comments, endnotes, text boxes and those of pages.
    lengths: [u32; 8],
    pairs: Vec<(usize, usize)>,
}

/// A text beside the main one, with the character that it belongs to.
pub struct Place {
    pub at: u32,
    pub text: Range<u32>,
    pub is_note: bool,
}

impl Header {
    /// # Errors
    /// `Password` where the text is encrypted, `TooOld` for Word 95 and older, `Damaged` for anything else.
    pub fn read(stream: Bytes) -> Result<Header, Unreadable> {
        const ENCRYPTED: u16 = 0x0100;
        const FIRST_TABLE: u16 = 0x0200;
        match stream.u16(0) {
            Some(0xa5ec) => {}
            Some(0xa5dc | 0xa59b | 0xa59c | 0xa5db | 0xa697 | 0xa698 | 0xa699) => return Err(Unreadable::TooOld),
            _ => return Err(Unreadable::Damaged),
        }
        let flags = stream.u16(0x0a).ok_or(Unreadable::Damaged)?;
        if flags & ENCRYPTED != 0 {
            return Err(Unreadable::Password);
        }
        Header::places(stream, flags & FIRST_TABLE != 0).ok_or(Unreadable::Damaged)
    }

    /// Three arrays follow one another, each after its length: of words, of double words, of pairs.
    fn places(stream: Bytes, first_table: bool) -> Option<Header> {
        const LENGTHS: [usize; 8] = [3, 4, 5, 6, 7, 8, 9, 10];
        let words = 0x20;
        let doubles = words + 2 + 2 * usize::from(stream.u16(words)?);
        let pairs = doubles + 2 + 4 * usize::from(stream.u16(doubles)?);
        let count = usize::from(stream.u16(pairs)?);
        let mut lengths = [0; 8];
        for (length, index) in lengths.iter_mut().zip(LENGTHS) {
            *length = stream.u32(doubles + 2 + 4 * index)?;
        }
        let pair = |index: usize| Some((stream.place(pairs + 2 + 8 * index)?, stream.place(pairs + 6 + 8 * index)?));
        Some(Header { first_table, lengths, pairs: (0..count).map_while(pair).collect() })
    }

    pub fn table(&self) -> &'static str {
        if self.first_table { "1Table" } else { "0Table" }
    }

    /// A structure of the table stream, empty where the document has none.
    pub fn part<'a>(&self, table: &'a [u8], part: Part) -> Bytes<'a> {
        let (at, length) = self.pairs.get(part as usize).copied().unwrap_or_default();
        Bytes(Bytes(table).range(at, length).unwrap_or_default())
    }

    /// The lists, and behind them their levels, which the length does not count.
    pub fn lists<'a>(&self, table: &'a [u8]) -> (Bytes<'a>, Bytes<'a>) {
        let lists = self.part(table, Part::Lists);
        let (at, length) = self.pairs.get(Part::Lists as usize).copied().unwrap_or_default();
        let levels = if lists.0.is_empty() { None } else { Bytes(table).from(at.saturating_add(length)) };
        (lists, levels.unwrap_or(Bytes(&[])))
    }

    /// The characters of the document itself.
    pub fn text(&self) -> Range<u32> {
        self.range(Story::Main)
    }

    fn range(&self, text: Story) -> Range<u32> {
        let before = self.lengths[..text as usize].iter().fold(0_u32, |sum, length| sum.saturating_add(*length));
        before..before.saturating_add(self.lengths[text as usize])
    }

    /// The footnotes, endnotes and text boxes.
    pub fn asides<'a>(&'a self, table: &'a [u8]) -> impl Iterator<Item = Place> + 'a {
        let footnotes = self.notes(table, Part::FootnoteMarks, Part::Footnotes, Story::Footnotes);
        let endnotes = self.notes(table, Part::EndnoteMarks, Part::Endnotes, Story::Endnotes);
        footnotes.chain(endnotes).chain(self.text_boxes(table))
    }

    /// The heads and feet of pages, each apart where the document tells, and the text boxes in them.
    pub fn of_pages<'a>(&'a self, table: &'a [u8]) -> impl Iterator<Item = Range<u32>> + 'a {
        let pages = Positions::of(self.part(table, Part::Pages), 0);
        let text = self.range(Story::Pages);
        let apart = (0..pages.count()).filter_map({
            let text = text.clone();
            move |index| pages.range(index, &text)
        });
        let whole = (pages.count() == 0).then_some(text);
        apart.chain(whole).chain([self.range(Story::BoxesOfPages)]).filter(|range| !range.is_empty())
    }

    /// A note belongs to the character that marks it.
    fn notes<'a>(&self, table: &'a [u8], marks: Part, notes: Part, text: Story) -> impl Iterator<Item = Place> + 'a {
        const MARK: usize = 2;
        let marks = Positions::of(self.part(table, marks), MARK);
        let notes = Positions::of(self.part(table, notes), 0);
        let text = self.range(text);
        let note = move |index| Some(Place { at: marks.at(index)?, text: notes.range(index, &text)?, is_note: true });
        (0..marks.count()).filter_map(note)
    }

    /// A box belongs to the character that its shape is anchored at; one without an anchor comes last.
    fn text_boxes<'a>(&self, table: &'a [u8]) -> impl Iterator<Item = Place> + 'a {
        const SHAPE: usize = 26;
        const TEXT_BOX: usize = 22;
        const SHAPE_OF_TEXT_BOX: usize = 14;
        let shapes = Positions::of(self.part(table, Part::Shapes), SHAPE);
        let boxes = Positions::of(self.part(table, Part::TextBoxes), TEXT_BOX);
        let text = self.range(Story::TextBoxes);
        let end = self.text().end;
        let anchors: HashMap<u32, u32> =
            (0..shapes.count()).filter_map(|index| Some((shapes.data(index)?.u32(0)?, shapes.at(index)?))).collect();
        let place = move |index| {
            let shape = boxes.data(index)?.u32(SHAPE_OF_TEXT_BOX)?;
            let at = anchors.get(&shape).copied().unwrap_or(end);
            Some(Place { at, text: boxes.range(index, &text)?, is_note: false })
        };
        (0..boxes.count()).filter_map(place)
    }
}

/// A list of positions in the text, one more than it has data (PLC).
#[derive(Clone, Copy)]
pub struct Positions<'a> {
    bytes: Bytes<'a>,
    size: usize,
}

impl<'a> Positions<'a> {
    /// `size`: of the data of each, in bytes.
    pub fn of(bytes: Bytes<'a>, size: usize) -> Positions<'a> {
        Positions { bytes, size }
    }

    pub fn count(&self) -> usize {
        self.bytes.0.len().saturating_sub(4) / (4 + self.size)
    }

    pub fn at(&self, index: usize) -> Option<u32> {
        self.bytes.u32(4 * index)
    }

    pub fn data(&self, index: usize) -> Option<Bytes<'a>> {
        self.bytes.range(4 * (self.count() + 1) + self.size * index, self.size).map(Bytes)
    }

    /// From a position to the next, both counted from the beginning of `text`.
    fn range(&self, index: usize, text: &Range<u32>) -> Option<Range<u32>> {
        let place = |index| Some(text.start.saturating_add(self.at(index)?).min(text.end));
        let (from, to) = (place(index)?, place(index + 1)?);
        (from < to).then_some(from..to)
    }
}
