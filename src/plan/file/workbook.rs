//! Excel 工作簿: the rows of the visible sheets of an .xlsx file.
//!
//! `calamine` reads the cells, one after another and never a whole sheet at once. It sets no limits of its own, so every
//! part is gone through before it sees the file.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx};

use super::container::Container;
use super::xml::{Piece, Xml};
use super::{MOST_COLUMNS, MOST_ROWS};
use crate::plan::block::Block;
use crate::plan::table::{self, Cell, TableRow};
use crate::plan::unreadable::Unreadable;

/// Strings, cells and merged ranges, all taken together.
const MOST_ELEMENTS: usize = 2_000_000;
const MOST_MERGED: usize = 20_000;
/// Cells of one sheet that merged ranges cover.
const MOST_COVERED: usize = 500_000;
/// A string stands in the file once and may be shown by any number of cells.
const MOST_TEXT: usize = 40 << 20;

pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    check_parts(bytes)?;
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes))).map_err(|_| Unreadable::Damaged)??;
    let blocks: Vec<Block> = sheets.into_iter().flat_map(table::blocks).collect();
    if blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(blocks) }
}

/// Inflates every part within the container's limits, and refuses what is not plain XML or too much of it.
fn check_parts(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut container = Container::open(bytes)?;
    let names = container.xml_parts();
    if !names.iter().any(|name| name == "xl/workbook.xml") {
        return Err(Unreadable::NotWorkbook);
    }
    let (mut rows, mut merged, mut elements) = (0, 0, 0);
    for name in names {
        let Some(part) = container.part(&name)? else { continue };
        let mut xml = Xml::new(&part);
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
        }
    }
    Ok(())
}

/// The rows of each visible sheet.
fn sheets(bytes: &[u8]) -> Result<Vec<Vec<TableRow>>, Unreadable> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let mut left = MOST_TEXT;
    names.iter().map(|name| rows(&mut workbook, name, &mut left)).collect()
}

fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, left: &mut usize) -> Result<Vec<TableRow>, Unreadable> {
    let merged = workbook.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|_| Unreadable::Damaged)?;
    let mut rows: Vec<TableRow> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Damaged)? {
        let (row, column) = cell.get_position();
        let text = written(cell.get_value());
        if column >= MOST_COLUMNS || text.is_empty() {
            continue;
        }
        *left = left.checked_sub(text.len()).ok_or(Unreadable::Swells)?;
        let line = row as usize + 1;
        if rows.last().is_none_or(|last| last.line != line) {
            rows.push(TableRow { line, cells: Vec::new() });
        }
        if let Some(row) = rows.last_mut() {
            row.put(column as usize, Cell::Text(text));
        }
    }
    rows.sort_by_key(|row| row.line);
    let mut left = MOST_COVERED;
    for range in &merged {
        let covered = rows_below_first(&mut rows, range);
        let columns = range.start.1 as usize..=(range.end.1.min(MOST_COLUMNS) as usize);
        left = left.checked_sub(covered.len() * columns.clone().count()).ok_or(Unreadable::Swells)?;
        for row in covered {
            columns.clone().for_each(|column| row.put(column, Cell::Above));
        }
    }
    Ok(rows)
}

/// The rows of a merged range below its first one, which show what that one shows.
fn rows_below_first<'a>(rows: &'a mut [TableRow], range: &Dimensions) -> &'a mut [TableRow] {
    let (first, last) = (range.start.0 as usize + 1, range.end.0 as usize + 1);
    let from = rows.partition_point(|row| row.line <= first);
    let to = rows.partition_point(|row| row.line <= last);
    &mut rows[from..to.max(from)]
}

/// A cell as it shows; a date in the form that documents write.
fn written(value: &DataRef) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
