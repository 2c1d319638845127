//! 行文: the characters of a text, with their properties → its flow of paragraphs and tables.

use std::ops::Range;

use super::format::{CharacterFormat, ParagraphFormat};
use super::pieces::{Character, Pieces};
use super::properties::{Properties, Run};
use super::{Aside, grid, styles};
use crate::plan::block::Block;
use crate::plan::file::MOST_ROWS;
use crate::plan::file::flow::Flow;
use crate::plan::file::hidden::Hidden;
use crate::plan::file::numbering::{Numbering, Place};
use crate::plan::table::Cell;
use crate::plan::unreadable::Unreadable;

/// Of all texts of a document: more than any plan has. Pieces may show the same characters again and again.
const MOST_CHARACTERS: usize = 5_000_000;

/// What the texts of a document change, one after another.
pub struct State {
    pub numbering: Numbering,
    pub hidden: Hidden,
    /// How many characters may still be read.
    left: usize,
}

impl State {
    pub fn new(numbering: Numbering) -> State {
        State { numbering, hidden: Hidden::default(), left: MOST_CHARACTERS }
    }
}

/// What all texts of a document share.
pub struct Context<'a> {
    pub data: &'a [u8],
    pub pieces: &'a Pieces<'a>,
    pub characters: Properties<'a>,
    pub paragraphs: Properties<'a>,
}

pub struct Story<'a> {
    context: &'a Context<'a>,
    state: &'a mut State,
    /// The open paragraph, in UTF-16.
    text: Vec<u16>,
    /// What stands before the next paragraph on its line: one whose end does not show.
    before: String,
    /// For each field that is open, whether its result has begun.
    fields: Vec<bool>,
    character: Known<CharacterFormat>,
    paragraph: Known<ParagraphFormat>,
    flow: Flow,
    /// The left edges of the cells in each row, for each open table.
    edges: Vec<Vec<Vec<i16>>>,
}

/// The format of the run that was asked about last.
#[derive(Default)]
struct Known<F> {
    run: Option<Run>,
    format: F,
    /// Whether its style hides it.
    hidden: bool,
}

impl<F> Known<F> {
    fn holds(&self, at: u32) -> bool {
        self.run.is_some_and(|run| run.from <= at && at < run.to)
    }
}

impl<'a> Story<'a> {
    pub fn new(context: &'a Context<'a>, state: &'a mut State) -> Story<'a> {
        Story {
            context,
            state,
            text: Vec::new(),
            before: String::new(),
            fields: Vec::new(),
            character: Known::default(),
            paragraph: Known::default(),
            flow: Flow::default(),
            edges: Vec::new(),
        }
    }

    /// # Errors
    /// Where the text has more rows or characters than any plan.
    pub fn read(mut self, text: Range<u32>, asides: Vec<Aside>) -> Result<Vec<Block>, Unreadable> {
        let mut asides = asides.into_iter().peekable();
        self.state.left = self.state.left.checked_sub(text.len()).ok_or(Unreadable::Swells)?;
        for character in self.context.pieces.characters(text) {
            while let Some(aside) = asides.next_if(|aside| aside.at <= character.index) {
                self.set_aside(aside);
            }
            self.look_up(&character);
            self.take(&character);
            if self.flow.line() > MOST_ROWS {
                return Err(Unreadable::TooManyRows(MOST_ROWS));
            }
        }
        self.end_paragraph(&ParagraphFormat::default());
        asides.for_each(|aside| self.set_aside(aside));
        Ok(self.flow.finish())
    }

    fn set_aside(&mut self, aside: Aside) {
        if aside.is_note {
            aside.blocks.iter().for_each(|block| self.flow.note(&block.text()));
        } else {
            self.flow.insert(aside.blocks);
        }
    }

    /// Finds the format of a character and of its paragraph.
    fn look_up(&mut self, character: &Character) {
        let Context { characters, paragraphs, data, .. } = self.context;
        let style_hides = |numbering: &Numbering, style: u16| numbering.is_hidden(&styles::name(style));
        if !self.paragraph.holds(character.at) {
            let run = paragraphs.at(character.at);
            let mut format = ParagraphFormat::default();
            if let Some(properties) = run.map(|run| paragraphs.of(run)) {
                format.style = properties.u16(0).unwrap_or_default();
                format.apply(properties.0.get(2..).unwrap_or_default(), data);
            }
            format.apply(character.changes, data);
            let hidden = style_hides(&self.state.numbering, format.style);
            self.paragraph = Known { run, format, hidden };
        }
        if !self.character.holds(character.at) {
            let run = characters.at(character.at);
            let mut format = CharacterFormat::default();
            format.apply(run.map(|run| characters.of(run).0).unwrap_or_default());
            format.apply(character.changes);
            let hidden = format.style.is_some_and(|style| style_hides(&self.state.numbering, style));
            self.character = Known { run, format, hidden };
        }
    }

    fn take(&mut self, character: &Character) {
        const FIELD: u16 = 0x13;
        const RESULT: u16 = 0x14;
        const FIELD_END: u16 = 0x15;
        match character.unit {
            0x0d | 0x07 => self.end(character.unit),
            // The end of a section, or of a page within a paragraph.
            0x0c if self.paragraph.run.is_none_or(|run| run.to <= character.at + character.width) => self.end(0x0d),
            FIELD => self.fields.push(false),
            RESULT => {
                if let Some(field) = self.fields.last_mut() {
                    *field = true;
                }
            }
            FIELD_END => {
                self.fields.pop();
            }
            _ if self.fields.contains(&false) || self.character.format.deleted => {}
            unit => {
                if let Some(unit) = self.shown(unit) {
                    self.write(unit);
                }
            }
        }
    }

    /// What a unit of the text shows; pictures and marks of notes and comments show no text.
    fn shown(&self, unit: u16) -> Option<u16> {
        const PRIVATE: Range<u16> = 0xe000..0xf900;
        match (unit, self.character.format.symbol) {
            (_, Some(symbol)) => (!PRIVATE.contains(&symbol)).then_some(symbol),
            (0x09, _) => Some(u16::from(b' ')),
            (0x0b | 0x0c | 0x0e, _) => Some(u16::from(b'\n')),
            (0x1e, _) => Some(u16::from(b'-')),
            (0x00..0x20, _) => None,
            (unit, _) => Some(unit),
        }
    }

    fn is_hidden(&self) -> bool {
        self.character.format.hidden.is_on(self.character.hidden != self.paragraph.hidden)
    }

    fn write(&mut self, unit: u16) {
        if self.is_hidden() {
            let letter = char::decode_utf16([unit]).flatten().next().unwrap_or_default();
            self.state.hidden.add(self.flow.line() + 1, letter.encode_utf8(&mut [0; 4]));
        } else {
            self.text.push(unit);
        }
    }

    /// A mark that ends a paragraph, a cell or a row.
    fn end(&mut self, mark: u16) {
        const CELL: u16 = 0x07;
        // A code that has not ended by now is none.
        self.fields.retain(|result| *result);
        let mut format = std::mem::take(&mut self.paragraph.format);
        if mark == CELL {
            format.depth = format.depth.max(1);
        }
        let ends_row = format.ends_inner_row || (format.ends_row && mark == CELL);
        let ends_cell = format.ends_inner_cell || mark == CELL;
        let mark = &self.character.format;
        let goes_on = !ends_cell && (mark.joins || mark.deleted);
        self.set_depth(format.depth);
        if ends_row {
            self.end_row(&format);
        } else if goes_on {
            self.before = self.paragraph_text(&format, false);
        } else {
            self.end_paragraph(&format);
            if ends_cell {
                self.flow.end_cell(1, false);
            }
        }
        self.paragraph.format = format;
    }

    fn set_depth(&mut self, depth: usize) {
        while self.flow.depth() < depth {
            self.flow.begin_table();
            self.edges.push(Vec::new());
        }
        while self.flow.depth() > depth {
            let edges = self.edges.pop().unwrap_or_default();
            grid::align(self.flow.rows(), &edges);
            self.flow.end_table();
            // The rows of a table of tasks within a cell may have become rows of this one.
            if let Some(edges) = self.edges.last_mut() {
                edges.resize(self.flow.rows().len(), Vec::new());
            }
        }
    }

    fn end_paragraph(&mut self, format: &ParagraphFormat) {
        let text = self.paragraph_text(format, true);
        let is_contents = self.state.numbering.is_contents(&styles::name(format.style));
        if !is_contents {
            self.flow.paragraph(text);
        }
    }

    /// The open paragraph with its number. An empty one shows its number in a cell only.
    fn paragraph_text(&mut self, format: &ParagraphFormat, ends: bool) -> String {
        const LAST: u16 = 0x07fe;
        let text = String::from_utf16_lossy(&self.text);
        self.text.clear();
        let place = Place {
            style: Some(styles::name(format.style)),
            list: format.list.map(|list| if list > LAST { 0 } else { u32::from(list) }),
            level: format.level.map(usize::from),
        };
        let shows = !text.trim().is_empty() || (ends && self.flow.depth() > 0);
        let number = if shows && self.before.is_empty() { self.state.numbering.next(&place) } else { String::new() };
        std::mem::take(&mut self.before) + &number + &text
    }

    fn end_row(&mut self, format: &ParagraphFormat) {
        let text = self.paragraph_text(&ParagraphFormat::default(), false);
        if !text.trim().is_empty() {
            self.flow.paragraph(text);
            self.flow.end_cell(1, false);
        }
        self.flow.end_row();
        if let Some(row) = self.flow.rows().last_mut() {
            let merged = format.row.cells.iter().map(|cell| cell.goes_on);
            row.cells.iter_mut().zip(merged).filter(|(_, merged)| *merged).for_each(|(cell, _)| *cell = Cell::Above);
        }
        if let Some(edges) = self.edges.last_mut() {
            edges.push(format.row.edges.clone());
        }
    }
}
