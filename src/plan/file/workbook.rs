//! Excel 工作簿: the rows of the visible sheets of an .xlsx file.
//!
//! `calamine` reads the cells, one after another and never a whole sheet at once. It sets no limits of its own, so every
//! part is gone through before it sees the file; that tells what is hidden, too.

use std::collections::HashMap;
use std::io::Cursor;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::container::Container;
use super::sheet::{Book, Sheet};
use super::xml::{Element, Piece, Xml};
use super::{Content, MOST_ROWS, shown};
use crate::plan::unreadable::Unreadable;

/// Strings, cells and merged ranges, all taken together.
const MOST_ELEMENTS: usize = 2_000_000;
const MOST_MERGED: usize = 20_000;
/// The first number of a format that a workbook defines itself.
const OWN_FORMATS: u32 = 164;

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let parts = Parts::check(bytes)?;
    catch_unwind(AssertUnwindSafe(|| content(bytes, &parts))).map_err(|_| Unreadable::Damaged)?
}

/// What the parts of a workbook say, beside the cells.
#[derive(Default)]
struct Parts {
    /// The name by which the workbook calls each sheet's part.
    sheets: HashMap<String, String>,
    /// The part of each such name.
    targets: HashMap<String, String>,
    hidden: HashMap<String, Hidden>,
}

/// What a part hides of its sheet, counted from 0.
#[derive(Default)]
struct Hidden {
    rows: Vec<u32>,
    columns: Vec<RangeInclusive<u32>>,
}

impl Parts {
    /// Inflates every part within the container's limits, and refuses what is not plain XML or too much of it.
    fn check(bytes: &[u8]) -> Result<Parts, Unreadable> {
        let mut container = Container::open(bytes)?;
        let names = container.xml_parts();
        if !names.iter().any(|name| name == "xl/workbook.xml") {
            return Err(Unreadable::NotWorkbook);
        }
        let mut parts = Parts::default();
        let (mut rows, mut merged, mut elements) = (0, 0, 0);
        for name in names {
            let Some(part) = container.part(&name)? else { continue };
            let mut xml = Xml::new(&part);
            let mut next_row = 1;
            while let Some(piece) = xml.next()? {
                let Piece::Start(element) = piece else { continue };
                elements += 1;
                rows += usize::from(element.name() == "row");
                merged += usize::from(element.name() == "mergeCell");
                if rows > MOST_ROWS {
                    return Err(Unreadable::TooManyRows(MOST_ROWS));
                }
                if elements > MOST_ELEMENTS || merged > MOST_MERGED {
                    return Err(Unreadable::Swells);
                }
                if element.name() == "row" {
                    let row = element.number("r").unwrap_or(next_row);
                    next_row = row.saturating_add(1);
                    if element.switch("hidden") {
                        parts.hidden.entry(name.clone()).or_default().rows.push(row.saturating_sub(1));
                    }
                } else {
                    parts.take(&name, &element);
                }
            }
        }
        Ok(parts)
    }

    fn take(&mut self, part: &str, element: &Element) {
        match (part, element.name()) {
            ("xl/workbook.xml", "sheet") => {
                self.sheets.extend(element.attribute("name").zip(element.attribute("id")));
            }
            ("xl/_rels/workbook.xml.rels", "Relationship") => {
                self.targets.extend(element.attribute("Id").zip(element.attribute("Target")));
            }
            (_, "col") if element.switch("hidden") => {
                if let Some((first, last)) = element.number("min").zip(element.number("max")) {
                    let columns = first.saturating_sub(1)..=last.saturating_sub(1);
                    self.hidden.entry(part.to_owned()).or_default().columns.push(columns);
                }
            }
            _ => {}
        }
    }

    /// What is hidden of the sheet with a name.
    fn hidden(&self, sheet: &str) -> Option<&Hidden> {
        let target = self.targets.get(self.sheets.get(sheet)?)?;
        let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        self.hidden.get(&part)
    }
}

impl Element<'_> {
    /// Whether an attribute says yes.
    fn switch(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| value == "1" || value == "true")
    }
}

/// The rows of each visible sheet.
fn content(bytes: &[u8], parts: &Parts) -> Result<Content, Unreadable> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut book = Book::default();
    for sheet in workbook.sheets_metadata().to_vec() {
        match (sheet.typ, sheet.visible) {
            (SheetType::WorkSheet, SheetVisible::Visible) => {
                let mut read = read_sheet(&mut workbook, &sheet.name, &mut book)?;
                if let Some(hidden) = parts.hidden(&sheet.name) {
                    hidden.rows.iter().for_each(|row| read.hide_row(*row));
                    hidden.columns.iter().for_each(|columns| read.hide_columns(columns.clone()));
                }
                book.take(read)?;
            }
            (SheetType::WorkSheet, _) => book.hide(sheet.name),
            _ => {}
        }
    }
    book.finish()
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, book: &mut Book) -> Result<Sheet, Unreadable> {
    let mut sheet = Sheet::named(name);
    for range in workbook.merge_cells_by_sheet_name(name).unwrap_or_default() {
        book.merge(&mut sheet, range.start.0..=range.end.0, range.start.1..=range.end.1)?;
    }
    let from_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| Unreadable::Damaged)?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| Unreadable::Damaged)? {
        let (row, column) = cell.get_position();
        let number = |value: f64| {
            let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
            let code = match format.map(|format| (format.format_id, format.format_code.as_str())) {
                Some((Some(id), _)) if id < OWN_FORMATS => shown::built_in(id as u16),
                Some((_, code)) => code,
                None => shown::built_in(0),
            };
            shown::number(value, code, from_1904)
        };
        let text = match cell.get_value() {
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Int(whole) => number(*whole as f64),
            DataRef::Float(value) => number(*value),
            DataRef::DateTime(date) => number(date.as_f64()),
            DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
        };
        book.put(&mut sheet, row, column, &text)?;
    }
    Ok(sheet)
}
