//! Word 文档: the paragraphs and tables of a .docx file, in order, with the numbers that Word generates.
//!
//! Headers, footers, notes and comments stand in parts of their own, which are not read. Deleted and moved text, field
//! codes and what stands for older programs are passed over.

use super::MOST_ROWS;
use super::container::Container;
use super::numbering::{Numbering, Place};
use super::xml::{Element, Piece, Xml};
use crate::plan::block::Block;
use crate::plan::table::{self, Cell, TableRow};
use crate::plan::text::{self, Line};
use crate::plan::unreadable::Unreadable;

/// Elements whose content is no text of the document.
const PASSED_OVER: [&str; 14] = [
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delText",
    "delInstrText",
    "rt",
    "rPr",
    "pPrChange",
    "tcPrChange",
    "trPrChange",
    "tabs",
    "sectPr",
    "tblGrid",
];

pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let mut container = Container::open(bytes)?;
    let main = main_part(&mut container)?;
    let document = container.part(&main)?.ok_or(Unreadable::NotDocument)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let numbering = container.part(&format!("{folder}/numbering.xml"))?;
    let styles = container.part(&format!("{folder}/styles.xml"))?;
    let mut body = Body::new(Numbering::read(numbering.as_deref(), styles.as_deref())?);
    let mut xml = Xml::new(&document);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) if PASSED_OVER.contains(&element.name()) => xml.skip()?,
            Piece::Start(element) => body.begin(&element),
            Piece::End(end) => body.end(end.name()),
            Piece::Text(text) => body.text(&text),
        }
        if body.line > MOST_ROWS {
            return Err(Unreadable::TooManyRows(MOST_ROWS));
        }
    }
    if body.blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(body.blocks) }
}

/// The part that holds the text, as the package's relationships name it.
fn main_part(container: &mut Container) -> Result<String, Unreadable> {
    const USUAL: &str = "word/document.xml";
    let relationships = container.part("_rels/.rels")?.unwrap_or_default();
    let mut xml = Xml::new(&relationships);
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece
            && element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = element.attribute("Target")
        {
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(USUAL.to_owned())
}

/// A paragraph that is being read. Text boxes hold paragraphs within another.
#[derive(Default)]
struct Paragraph {
    text: String,
    place: Place,
}

/// A table that is being read. Cells may hold tables.
#[derive(Default)]
struct Table {
    rows: Vec<TableRow>,
    cells: Vec<Cell>,
    /// The paragraphs of the open cell.
    paragraphs: Vec<String>,
    width: usize,
    goes_on: bool,
}

struct Body {
    numbering: Numbering,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    in_text: bool,
    /// The last paragraph or row outside of tables, counted from 1.
    line: usize,
    blocks: Vec<Block>,
}

impl Body {
    fn new(numbering: Numbering) -> Body {
        Body { numbering, paragraphs: Vec::new(), tables: Vec::new(), in_text: false, line: 0, blocks: Vec::new() }
    }

    fn begin(&mut self, element: &Element) {
        match element.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.write(" "),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "tbl" => self.tables.push(Table::default()),
            "tr" | "tc" | "gridBefore" | "gridSpan" | "vMerge" => self.begin_cell(element),
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
        let Some(table) = self.tables.last_mut() else { return };
        let columns = element.number("val").map_or(1, |columns| columns as usize).min(MOST_COLUMNS);
        match element.name() {
            "gridBefore" => table.cells.extend((0..columns).map(|_| Cell::default())),
            "gridSpan" => table.width = columns.max(1),
            "vMerge" => table.goes_on = element.value().is_none_or(|value| value != "restart"),
            "tc" => (table.width, table.goes_on) = (1, false),
            _ => table.cells.clear(),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(Paragraph { text, place }) = self.paragraphs.pop() else { return };
        if place.style.as_deref().is_some_and(|style| self.numbering.is_contents(style)) {
            return;
        }
        let in_table = self.tables.last_mut();
        self.line += usize::from(in_table.is_none());
        // An empty paragraph shows its number in a cell only: that is how columns of numbers are made.
        if text.trim().is_empty() && in_table.is_none() {
            return;
        }
        let text = self.numbering.next(&place) + &text;
        match in_table {
            Some(table) => table.paragraphs.push(text),
            None => self.blocks.extend(lines(self.line, &text).map(Block::Paragraph)),
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let paragraphs = std::mem::take(&mut table.paragraphs);
        let cell = if table.goes_on { Cell::Above } else { Cell::Text(paragraphs.join("\n").trim().to_owned()) };
        table.cells.push(cell);
        table.cells.extend((1..table.width).map(|_| Cell::default()));
    }

    fn end_row(&mut self) {
        let outermost = self.tables.len() == 1;
        let Some(table) = self.tables.last_mut() else { return };
        self.line += usize::from(outermost);
        table.rows.push(TableRow { line: self.line, cells: std::mem::take(&mut table.cells) });
    }

    /// A table within a cell becomes lines of that cell.
    fn end_table(&mut self) {
        let Some(Table { rows, .. }) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            Some(outer) => outer.paragraphs.extend(rows.iter().map(TableRow::text)),
            None => self.blocks.extend(table::blocks(rows)),
        }
    }
}

/// The lines of a paragraph that breaks its lines itself.
fn lines(number: usize, paragraph: &str) -> impl Iterator<Item = Line> {
    paragraph.split('\n').map(text::trimmed).filter(|text| !text.is_empty()).map(move |text| Line { number, text })
}
