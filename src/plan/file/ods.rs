//! ODF 表格: the rows of the visible sheets of an .ods file, as its cells show them.
//!
//! `calamine` reads such files too, but only a whole sheet at once, whose size two repeated cells may claim; and it tells
//! neither what is hidden nor merged.

use std::collections::{HashMap, HashSet};

use super::container::Container;
use super::sheet::{Book, Sheet};
use super::xml::{Element, Piece, Xml};
use super::{Content, MOST_COLUMNS};
use crate::plan::unreadable::Unreadable;

/// Elements within cells or sheets whose text is not that of a cell.
const PASSED_OVER: [&str; 7] =
    ["annotation", "shapes", "tracked-changes", "forms", "frame", "custom-shape", "master-styles"];
const MOST_ELEMENTS: usize = 2_000_000;
/// Formats and styles beyond these are told by what their cells show.
const MOST_STYLES: usize = 50_000;

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let mut container = Container::open(bytes)?;
    if let Some(manifest) = container.part("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(Unreadable::Password);
    }
    let mut reading = Reading::default();
    // Formats of dates stand there, and those of this file's own cells with the content.
    if let Some(styles) = container.part("styles.xml")? {
        reading.read(&styles)?;
    }
    let content = container.part("content.xml")?.ok_or(Unreadable::NotWorkbook)?;
    reading.read(&content)?;
    reading.book.finish()
}

#[derive(Default)]
struct Reading {
    book: Book,
    elements: usize,
    /// The styles of sheets that hide them.
    hiding: HashSet<String>,
    style: String,
    /// Of each format of dates that has a name, and of each style with such a format, what it shows.
    dates: HashMap<String, DateParts>,
    sheet: Option<Sheet>,
    is_hidden: bool,
    row: u32,
    rows: u32,
    is_row_hidden: bool,
    column: u32,
    cell: Cell,
    in_paragraph: usize,
}

/// Which parts of a date a format shows.
#[derive(Clone, Copy, Default)]
struct DateParts {
    month: bool,
    day: bool,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// The day of a date, whatever of it shows.
    date: Option<String>,
    /// What shows of it, where the cell's style says so.
    parts: Option<DateParts>,
    repeated: u32,
    spans: (u32, u32),
}

impl Reading {
    fn read(&mut self, part: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(part);
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) if PASSED_OVER.contains(&element.name()) => xml.skip()?,
                Piece::Start(element) => {
                    self.elements += 1;
                    if self.elements > MOST_ELEMENTS {
                        return Err(Unreadable::Swells);
                    }
                    self.begin(&element);
                }
                Piece::End(end) => self.end(end.name())?,
                Piece::Text(text) if self.in_paragraph > 0 => self.cell.text.push_str(&text),
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    fn begin(&mut self, element: &Element) {
        let number = |name| element.number(name).unwrap_or(1).max(1);
        match element.name() {
            "style" | "date-style" => {
                self.style = element.attribute("name").unwrap_or_default();
                let format = element.attribute("data-style-name").and_then(|format| self.dates.get(&format).copied());
                let parts = format.or_else(|| (element.name() == "date-style").then(DateParts::default));
                let room = self.dates.len() < MOST_STYLES;
                self.dates.extend(parts.filter(|_| room).map(|parts| (self.style.clone(), parts)));
            }
            part @ ("month" | "day") => {
                if let Some(parts) = self.dates.get_mut(&self.style) {
                    *(if part == "day" { &mut parts.day } else { &mut parts.month }) = true;
                }
            }
            "table-properties"
                if self.hiding.len() < MOST_STYLES
                    && element.attribute("display").is_some_and(|display| display == "false") =>
            {
                self.hiding.insert(self.style.clone());
            }
            "table" => {
                self.is_hidden = element.attribute("style-name").is_some_and(|style| self.hiding.contains(&style));
                self.sheet = Some(Sheet::named(&element.attribute("name").unwrap_or_default()));
                (self.row, self.column) = (0, 0);
            }
            "table-column" => {
                let columns = number("number-columns-repeated");
                if is_hidden(element)
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.hide_columns(self.column..=self.column.saturating_add(columns - 1));
                }
                self.column = self.column.saturating_add(columns);
            }
            "table-row" => {
                self.column = 0;
                self.rows = number("number-rows-repeated");
                self.is_row_hidden = is_hidden(element);
            }
            "table-cell" | "covered-table-cell" => {
                let date = element.attribute("date-value").filter(|_| element.name() == "table-cell");
                let parts = element.attribute("style-name").and_then(|style| self.dates.get(&style).copied());
                let spans = (number("number-rows-spanned"), number("number-columns-spanned"));
                self.cell = Cell { date, parts, repeated: number("number-columns-repeated"), spans, ..Cell::default() };
            }
            "p" | "h" => {
                if !self.cell.text.is_empty() {
                    self.cell.text.push('\n');
                }
                self.in_paragraph += 1;
            }
            "s" | "tab" if self.in_paragraph > 0 => self.cell.text.push(' '),
            "line-break" if self.in_paragraph > 0 => self.cell.text.push('\n'),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "p" | "h" => self.in_paragraph = self.in_paragraph.saturating_sub(1),
            "table-cell" | "covered-table-cell" => self.end_cell(name == "table-cell")?,
            "table-row" => self.row = self.row.saturating_add(self.rows),
            "table" => {
                if let Some(sheet) = self.sheet.take() {
                    if self.is_hidden {
                        self.book.hide(sheet.name);
                    } else {
                        self.book.take(sheet)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A cell stands in as many columns and rows as it is repeated; what a wide one covers is not shown.
    fn end_cell(&mut self, shows: bool) -> Result<(), Unreadable> {
        let Cell { text, date, parts, repeated, spans } = std::mem::take(&mut self.cell);
        let text = date.and_then(|date| written(&date, parts.unwrap_or_else(|| shown(&text)))).unwrap_or(text);
        let (first, row) = (self.column, self.row);
        self.column = self.column.saturating_add(repeated);
        let Some(sheet) = self.sheet.as_mut().filter(|_| shows && !self.is_hidden) else { return Ok(()) };
        if spans.0 > 1 {
            self.book.merge(sheet, row..=row.saturating_add(spans.0 - 1), first..=first.saturating_add(spans.1 - 1))?;
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        for row in row..row.saturating_add(self.rows) {
            for column in first..first.saturating_add(repeated).min(MOST_COLUMNS) {
                self.book.put(sheet, row, column, &text)?;
            }
            if self.is_row_hidden {
                sheet.hide_row(row);
            }
        }
        Ok(())
    }
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("visibility").is_some_and(|visibility| ["collapse", "filter"].contains(&visibility.as_str()))
}

/// What a text shows of a date: with a whole year and a number fewer than three, the day is not among it.
fn shown(text: &str) -> DateParts {
    let numbers: Vec<&str> =
        text.split(|end: char| !end.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let has_year = numbers.iter().any(|digits| digits.len() == 4);
    DateParts { month: !has_year || numbers.len() > 1, day: !has_year || numbers.len() > 2 }
}

/// A date as documents write it.
fn written(date: &str, parts: DateParts) -> Option<String> {
    let mut numbers = date.get(..10)?.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some(match parts {
        DateParts { day: true, .. } => format!("{year}年{month}月{day}日"),
        DateParts { month: true, .. } => format!("{year}年{month}月"),
        DateParts { .. } => format!("{year}年"),
    })
}

#[cfg(test)]
mod tests {
    use super::{shown, written};

    #[test]
    fn dates_as_they_show() {
        let cases = [
            ("06/30/24", "2024年6月30日"),
            ("6月30日", "2024年6月30日"),
            ("2024年6月", "2024年6月"),
            ("2024", "2024年"),
        ];
        for (text, expected) in cases {
            assert_eq!(written("2024-06-30T00:00:00", shown(text)).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(written("日", shown("日")), None);
    }
}
