//! 工作表: cells, merged ranges and what is hidden, as any workbook has them → rows.
//!
//! Hidden rows and columns are read, as a filter hides tasks that are tasks still, and hidden sheets are not; both is said.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::office::plan::Problem;
use crate::plan::file::{Content, MOST_COLUMNS, MOST_ROWS};
use crate::plan::table;
use crate::plan::table::{Cell, TableRow};
use crate::plan::unreadable::Unreadable;

/// A string stands in the file once and may be shown by any number of cells.
const MOST_TEXT: usize = 40 << 20;
const MOST_CELLS: usize = 300_000;
const MOST_MERGED: usize = 20_000;
/// Cells of all sheets that merged ranges cover.
const MOST_COVERED: usize = 500_000;

/// The sheets of a workbook, within its limits.
pub struct Book {
    text: usize,
    cells: usize,
    rows: usize,
    merged: usize,
    covered: usize,
    hidden: Vec<String>,
    content: Content,
}

/// Rows and columns are counted from 0.
#[derive(Default)]
pub struct Sheet {
    pub name: String,
    rows: BTreeMap<u32, TableRow>,
    merged: Vec<(RangeInclusive<u32>, RangeInclusive<u32>)>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: BTreeSet<u32>,
}

impl Default for Book {
    fn default() -> Book {
        Book {
            text: MOST_TEXT,
            cells: MOST_CELLS,
            rows: MOST_ROWS,
            merged: MOST_MERGED,
            covered: MOST_COVERED,
            hidden: Vec::new(),
            content: Content::default(),
        }
    }
}

impl Book {
    /// The text of a cell; one without text, or beyond the columns that are read, is none.
    pub fn put(&mut self, sheet: &mut Sheet, row: u32, column: u32, text: &str) -> Result<(), Unreadable> {
        let text = text.trim();
        if text.is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        self.text = self.text.checked_sub(text.len()).ok_or(Unreadable::Swells)?;
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::Swells)?;
        if !sheet.rows.contains_key(&row) {
            self.rows = self.rows.checked_sub(1).ok_or(Unreadable::TooManyRows(MOST_ROWS))?;
        }
        let line = row as usize + 1;
        let cells = sheet.rows.entry(row).or_insert_with(|| TableRow { line, cells: Vec::new() });
        cells.put(column as usize, Cell::Text(text.to_owned()));
        Ok(())
    }

    pub fn merge(
        &mut self,
        sheet: &mut Sheet,
        rows: RangeInclusive<u32>,
        columns: RangeInclusive<u32>,
    ) -> Result<(), Unreadable> {
        self.merged = self.merged.checked_sub(1).ok_or(Unreadable::Swells)?;
        sheet.merged.push((rows, columns));
        Ok(())
    }

    pub fn hide(&mut self, sheet: String) {
        self.hidden.push(sheet);
    }

    /// The rows of a sheet that has been read; those that a merged range covers show what its first one shows.
    pub fn take(&mut self, mut sheet: Sheet) -> Result<(), Unreadable> {
        for (rows, columns) in std::mem::take(&mut sheet.merged) {
            let columns = *columns.start()..(*columns.end()).saturating_add(1).min(MOST_COLUMNS);
            let below = rows.start().saturating_add(1)..=*rows.end();
            if below.is_empty() || columns.is_empty() {
                continue;
            }
            for (_, row) in sheet.rows.range_mut(below) {
                self.covered = self.covered.checked_sub(columns.len()).ok_or(Unreadable::Swells)?;
                columns.clone().for_each(|column| row.put(column as usize, Cell::Above));
            }
        }
        self.content.problems.extend(sheet.hidden_lines());
        self.content.blocks.extend(table::blocks(sheet.rows.into_values().collect()));
        Ok(())
    }

    pub fn finish(mut self) -> Result<Content, Unreadable> {
        if !self.hidden.is_empty() {
            let names: String = self.hidden.iter().map(|name| format!("“{name}”")).collect();
            let hint = "需要读取的，请取消隐藏，保存后重新导入。".to_owned();
            self.content.problems.push(Problem {
                line: 1,
                message: format!("工作表{names}是隐藏的，没有读取。"),
                hint,
            });
        }
        if self.content.blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(self.content) }
    }
}

impl Sheet {
    pub fn named(name: &str) -> Sheet {
        Sheet { name: name.to_owned(), ..Sheet::default() }
    }

    pub fn hide_row(&mut self, row: u32) {
        self.hidden_rows.insert(row);
    }

    pub fn hide_columns(&mut self, columns: RangeInclusive<u32>) {
        self.hidden_columns.extend(columns.take_while(|column| *column < MOST_COLUMNS));
    }

    /// What is hidden and not empty.
    fn hidden_lines(&self) -> Option<Problem> {
        let rows: Vec<u32> = self.hidden_rows.iter().copied().filter(|row| self.rows.contains_key(row)).collect();
        let is_filled = |column: &u32| {
            let text =
                |row: &TableRow| matches!(row.cells.get(*column as usize), Some(Cell::Text(text)) if !text.is_empty());
            self.rows.values().any(text)
        };
        let columns: Vec<u32> = self.hidden_columns.iter().copied().filter(is_filled).collect();
        let mut hidden = Vec::new();
        if !rows.is_empty() {
            hidden.push(format!("第{}行", ranges(&rows, |row| (row + 1).to_string())));
        }
        if !columns.is_empty() {
            hidden.push(format!("第{}列", ranges(&columns, letters)));
        }
        let line = rows.first().or(self.rows.keys().next()).map_or(1, |row| *row as usize + 1);
        let message = format!("工作表“{}”的{}是隐藏的，已照常读取。", self.name, hidden.join("和"));
        let hint = "不需要的，请删除后重新导入。".to_owned();
        (!hidden.is_empty()).then_some(Problem { line, message, hint })
    }
}

/// 4、6至9: numbers in order, those that follow one another taken together.
fn ranges(numbers: &[u32], name: fn(u32) -> String) -> String {
    const MOST: usize = 10;
    let stretches = numbers.chunk_by(|one, next| one + 1 == *next).map(|stretch| match stretch {
        [one] => name(*one),
        [first, .., last] => format!("{}至{}", name(*first), name(*last)),
        [] => String::new(),
    });
    let all: Vec<String> = stretches.collect();
    let shown = all[..all.len().min(MOST)].join("、");
    if all.len() > MOST { format!("{shown}等") } else { shown }
}

/// A column as a workbook calls it: A to Z, AA and on.
fn letters(column: u32) -> String {
    let letter = |index: u32| char::from(b'A' + (index % 26) as u8);
    match column {
        0..26 => letter(column).to_string(),
        _ => format!("{}{}", letter(column / 26 - 1), letter(column)),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::file::sheet::{Book, Sheet, letters, ranges};

    #[test]
    fn what_is_hidden_is_said() {
        let mut book = Book::default();
        let mut sheet = Sheet::named("分工");
        for row in 0..6 {
            book.put(&mut sheet, row, 1, "甲").unwrap();
        }
        [1, 3, 4, 9].into_iter().for_each(|row| sheet.hide_row(row));
        sheet.hide_columns(1..=300);
        book.take(sheet).unwrap();
        book.hide("旧稿".to_owned());
        let messages: Vec<String> =
            book.finish().unwrap().problems.into_iter().map(|problem| problem.message).collect();
        let expected = ["工作表“分工”的第2、4至5行和第B列是隐藏的，已照常读取。", "工作表“旧稿”是隐藏的，没有读取。"];
        assert_eq!(messages, expected);
    }

    #[test]
    fn names_of_rows_and_columns() {
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(63)),
            ("A".into(), "Z".into(), "AA".into(), "BL".into())
        );
        assert_eq!(ranges(&(0..30).step_by(2).collect::<Vec<_>>(), letters), "A、C、E、G、I、K、M、O、Q、S等");
    }
}
