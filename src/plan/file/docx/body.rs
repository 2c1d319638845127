//! 正文: the elements of a document's text → its flow of paragraphs and tables.

use std::collections::HashMap;

use super::PASSED_OVER;
use crate::office::plan::Problem;
use crate::plan::block::Block;
use crate::plan::file::Content;
use crate::plan::file::flow::Flow;
use crate::plan::file::hidden::Hidden;
use crate::plan::file::numbering::{Numbering, Place};
use crate::plan::file::xml::{Element, Piece, Xml};
use crate::plan::unreadable::Unreadable;

/// A paragraph that is being read. Text boxes hold paragraphs within another.
#[derive(Default)]
struct Paragraph {
    text: String,
    place: Place,
    /// Its end is hidden or deleted: it shows as one with the paragraph after it.
    goes_on: bool,
}

/// What the properties of a run, or of the end of a paragraph, say.
#[derive(Default)]
struct Run {
    style: Option<String>,
    hidden: Option<bool>,
    deleted: bool,
}

/// What the properties of an open cell say.
#[derive(Default)]
struct Cell {
    width: usize,
    goes_on: bool,
}

pub struct Body {
    numbering: Numbering,
    notes: HashMap<(&'static str, String), Vec<String>>,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    cells: Vec<Cell>,
    in_text: bool,
    /// What stands before the next paragraph on its line.
    before: String,
    flow: Flow,
    hidden: Hidden,
    content: Content,
}

impl Body {
    pub fn new(numbering: Numbering) -> Body {
        Body {
            numbering,
            notes: HashMap::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            cells: Vec::new(),
            in_text: false,
            before: String::new(),
            flow: Flow::default(),
            hidden: Hidden::default(),
            content: Content::default(),
        }
    }

    pub fn line(&self) -> usize {
        self.flow.line()
    }

    pub fn take_notes(&mut self, kind: &'static str, notes: Vec<(String, Vec<String>)>) {
        self.notes.extend(notes.into_iter().map(|(id, paragraphs)| ((kind, id), paragraphs)));
    }

    /// A part that another program has written stands here.
    pub fn take_chunk(&mut self, chunk: Content) {
        let line = self.flow.line() + 1;
        self.flow.insert(chunk.blocks);
        self.content.problems.extend(chunk.problems.into_iter().map(|mut problem| {
            problem.line = line;
            problem
        }));
    }

    pub fn take_problem(&mut self, problem: Option<Problem>) {
        let known = &mut self.content.problems;
        known.extend(problem.filter(|problem| !known.contains(problem)));
    }

    /// The paragraphs that were read until now.
    pub fn take_paragraphs(&mut self) -> Vec<String> {
        let blocks = std::mem::take(&mut self.flow).finish();
        blocks.iter().map(Block::text).collect()
    }

    pub fn finish(mut self) -> Content {
        self.write_before();
        self.content.problems.extend(self.hidden.problem());
        self.content.blocks = self.flow.finish();
        self.content
    }

    pub fn take(&mut self, piece: Piece, xml: &mut Xml) -> Result<(), Unreadable> {
        match piece {
            Piece::Start(element) if PASSED_OVER.contains(&element.name()) => xml.skip()?,
            Piece::Start(element) if element.name() == "rPr" => {
                let run = run(xml)?;
                self.format(run);
            }
            Piece::Start(element) => self.begin(&element),
            Piece::End(end) => self.end(end.name()),
            Piece::Text(text) if self.in_text => self.write(&text),
            Piece::Text(_) => {}
        }
        Ok(())
    }

    fn begin(&mut self, element: &Element) {
        match element.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.runs.push(Run::default()),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.write(" "),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "footnoteReference" => self.note("footnote", element),
            "endnoteReference" => self.note("endnote", element),
            "tbl" | "tr" | "tc" | "gridBefore" | "gridSpan" | "vMerge" => self.begin_cell(element),
            "pStyle" | "numId" | "ilvl" => self.place(element),
            _ => {}
        }
    }

    fn place(&mut self, element: &Element) {
        let Some(Paragraph { place, .. }) = self.paragraphs.last_mut() else { return };
        match element.name() {
            "pStyle" => place.style = element.value(),
            "numId" => place.list = element.number("val"),
            _ => place.level = element.number("val").map(|level| level as usize),
        }
    }

    fn begin_cell(&mut self, element: &Element) {
        /// No table of Word's has more columns.
        const MOST_COLUMNS: usize = 63;
        let columns = element.number("val").map_or(1, |columns| columns as usize).min(MOST_COLUMNS);
        match element.name() {
            "tbl" => {
                self.write_before();
                self.flow.begin_table();
            }
            "tr" => self.flow.begin_row(),
            "tc" => self.cells.push(Cell { width: 1, goes_on: false }),
            "gridBefore" => self.flow.empty_cells(columns),
            name => {
                let Some(cell) = self.cells.last_mut() else { return };
                match name {
                    "gridSpan" => cell.width = columns.max(1),
                    _ => cell.goes_on = element.value().is_none_or(|value| value != "restart"),
                }
            }
        }
    }

    /// The properties of the open run, else of the end of the paragraph.
    fn format(&mut self, format: Run) {
        if let Some(run) = self.runs.last_mut() {
            *run = format;
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.goes_on = format.hidden == Some(true) || format.deleted;
        }
    }

    /// Whether what a run holds is hidden: it says so itself, or one of its styles does and the other does not.
    fn is_hidden(&self) -> bool {
        let of_style = |style: Option<&String>| style.is_some_and(|style| self.numbering.is_hidden(style));
        let run = self.runs.last();
        let paragraph = self.paragraphs.last().and_then(|paragraph| paragraph.place.style.as_ref());
        run.and_then(|run| run.hidden)
            .unwrap_or_else(|| of_style(run.and_then(|run| run.style.as_ref())) != of_style(paragraph))
    }

    fn write(&mut self, text: &str) {
        if self.is_hidden() {
            self.hidden.add(self.flow.line() + 1, text);
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn note(&mut self, kind: &'static str, element: &Element) {
        let id = element.attribute("id").unwrap_or_default();
        if !self.is_hidden()
            && let Some(paragraphs) = self.notes.remove(&(kind, id))
        {
            paragraphs.iter().for_each(|text| self.flow.note(text));
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => {
                self.runs.pop();
            }
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Paragraph { text, place, goes_on }) = self.paragraphs.pop() else { return };
        if place.style.as_deref().is_some_and(|style| self.numbering.is_contents(style)) {
            return;
        }
        // An empty paragraph shows its number in a cell only: that is how columns of numbers are made.
        let shows = !text.trim().is_empty() || (self.flow.depth() > 0 && !goes_on);
        let number = if shows && self.before.is_empty() { self.numbering.next(&place) } else { String::new() };
        let text = std::mem::take(&mut self.before) + &number + &text;
        if goes_on {
            self.before = text;
        } else {
            self.flow.paragraph(text);
        }
    }

    fn write_before(&mut self) {
        if !self.before.is_empty() {
            self.flow.paragraph(std::mem::take(&mut self.before));
        }
    }

    fn end_cell(&mut self) {
        self.write_before();
        let Some(Cell { width, goes_on }) = self.cells.pop() else { return };
        self.flow.end_cell(width, goes_on);
    }
}

/// The properties that are open, up to their end; those that they had before a change are none.
fn run(xml: &mut Xml) -> Result<Run, Unreadable> {
    let mut run = Run::default();
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.name() {
                "rPrChange" => xml.skip()?,
                "rStyle" => run.style = element.value(),
                "vanish" => run.hidden = Some(element.is_on()),
                "del" | "moveFrom" => run.deleted = true,
                _ => {}
            },
            Piece::End(end) if end.name() == "rPr" => break,
            Piece::End(_) | Piece::Text(_) => {}
        }
    }
    Ok(run)
}
