//! 表格: places the cells of a table that is being read, as they span rows and columns.

use super::{Content, Item};
use crate::plan::file::MOST_COLUMNS;
use crate::plan::table;
use crate::plan::table::{Cell, TableRow};

/// What stands at one place of a table.
#[derive(Debug)]
enum Place {
    Text(Vec<Item>),
    Above,
    Blank,
}

/// Rows further down that a cell covers, in one of its columns.
#[derive(Clone, Copy, Debug, Default)]
struct Covered {
    rows: usize,
    first_column: bool,
}

#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<Place>>,
    covered: Vec<Covered>,
    /// Where the open cell stands.
    pub cell_is_open: bool,
    row_is_open: bool,
}

impl Grid {
    /// Begins a row; what cells above cover in it is known at once. Returns how many cells were added.
    pub fn begin_row(&mut self) -> usize {
        self.row_is_open = true;
        self.rows.push(Vec::new());
        self.fill()
    }

    pub fn end_row(&mut self) -> usize {
        let added = if self.row_is_open { self.fill_rest() } else { 0 };
        self.row_is_open = false;
        added
    }

    /// Begins a cell in the next free column. Returns how many cells were added.
    pub fn begin_cell(&mut self, rows: usize, columns: usize) -> usize {
        let mut added = if self.row_is_open { 0 } else { self.begin_row() };
        self.cell_is_open = true;
        added += self.fill();
        let Some(row) = self.rows.last_mut() else { return added };
        let first = row.len();
        // What stands further to the right is read with the last cell.
        let columns = columns.clamp(1, MOST_COLUMNS as usize).min((MOST_COLUMNS as usize).saturating_sub(first));
        for column in 0..columns {
            row.push(if column == 0 { Place::Text(Vec::new()) } else { Place::Blank });
            if rows > 1 {
                self.covered.resize(self.covered.len().max(first + column + 1), Covered::default());
                self.covered[first + column] = Covered { rows: rows - 1, first_column: column == 0 };
            }
        }
        added + columns
    }

    pub fn end_cell(&mut self, items: Vec<Item>) {
        self.cell_is_open = false;
        let Some(row) = self.rows.last_mut() else { return };
        let last = row.iter_mut().rev().find_map(|place| match place {
            Place::Text(held) => Some(held),
            Place::Above | Place::Blank => None,
        });
        match last {
            Some(held) => held.extend(items),
            None => row.push(Place::Text(items)),
        }
    }

    /// Passes the columns that cells above cover.
    fn fill(&mut self) -> usize {
        let Some(row) = self.rows.last_mut() else { return 0 };
        let before = row.len();
        while let Some(covered) = self.covered.get_mut(row.len()).filter(|covered| covered.rows > 0) {
            covered.rows -= 1;
            row.push(if covered.first_column { Place::Above } else { Place::Blank });
        }
        row.len() - before
    }

    /// Fills a row up to the last column that a cell above covers.
    fn fill_rest(&mut self) -> usize {
        let mut added = self.fill();
        while let Some(row) = self.rows.last_mut().filter(|row| row.len() < self.covered.len()) {
            row.push(Place::Blank);
            added += 1 + self.fill();
        }
        added
    }

    /// A table of tasks, or of words side by side, stays one; of a table that lays out a page the cells are read one
    /// after another.
    pub fn finish(mut self, place: usize) -> Vec<Item> {
        self.end_row();
        let has_head = self.has_head();
        let is_plain = |cell: &Place| match cell {
            Place::Text(items) => matches!(&items[..], [] | [Item { content: Content::Paragraph(_), .. }]),
            Place::Above | Place::Blank => true,
        };
        if has_head || self.rows.iter().flatten().all(is_plain) {
            let linked = !has_head && self.rows.iter().flatten().all(is_linked);
            let rows: Vec<TableRow> = self.rows.into_iter().map(row_of).collect();
            return vec![Item { content: Content::Rows(rows), place, linked, heading: false }];
        }
        let items = |cell| match cell {
            Place::Text(items) => items,
            Place::Above | Place::Blank => Vec::new(),
        };
        self.rows.into_iter().flatten().flat_map(items).collect()
    }

    /// Whether one of the rows is the head of a table of tasks.
    fn has_head(&self) -> bool {
        let heads = |rows: &[Vec<Place>]| {
            let rows: Vec<TableRow> = rows.iter().map(|row| head_of(row)).collect();
            table::begins_with_head(&rows)
        };
        (0..self.rows.len()).any(|row| heads(&self.rows[row..self.rows.len().min(row + 2)]))
    }
}

fn is_linked(cell: &Place) -> bool {
    match cell {
        Place::Text(items) => items.iter().all(|item| item.linked),
        Place::Above | Place::Blank => true,
    }
}

/// A row with the beginnings of its cells; no head of a column is longer.
fn head_of(row: &[Place]) -> TableRow {
    const LONGEST: usize = 64;
    let cell = |place: &Place| match place {
        Place::Text(items) if items.len() < 4 => {
            let texts = items.iter().map(|item| match &item.content {
                Content::Paragraph(text) => text.chars().take(LONGEST).collect::<String>(),
                Content::Rows(_) => "。".to_owned(),
            });
            Cell::Text(texts.collect::<Vec<_>>().join("\n"))
        }
        Place::Text(_) => Cell::Text("。".to_owned()),
        Place::Above => Cell::Above,
        Place::Blank => Cell::default(),
    };
    TableRow { line: 0, cells: row.iter().map(cell).collect() }
}

/// A row whose cells hold lines; a table within a cell becomes lines of that cell.
fn row_of(row: Vec<Place>) -> TableRow {
    let text = |item: Item| match item.content {
        Content::Paragraph(text) => text,
        Content::Rows(rows) => rows.iter().map(TableRow::text).collect::<Vec<_>>().join("\n"),
    };
    let cell = |place| match place {
        Place::Text(items) => Cell::Text(items.into_iter().map(text).collect::<Vec<_>>().join("\n")),
        Place::Above => Cell::Above,
        Place::Blank => Cell::default(),
    };
    TableRow { line: 0, cells: row.into_iter().map(cell).collect() }
}
