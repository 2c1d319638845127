//! 公文格式: how an official document looks, after GB/T 9704—2012: its page, paragraphs and tables.

mod look;

use std::io::Cursor;

use chrono::{Datelike, NaiveDate};
use docx_rs::{
    BreakType, Docx, Footer, PageMargin, PageNum, Paragraph, Run, Shading, Table, TableAlignmentType, TableCell,
    TableCellBorder, TableCellBorderPosition, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::PaperError;

pub use look::Look;

/// What lies between the margins, in twentieths of a point.
const WIDTH: usize = 8_844;
/// How long the bars of a chart may be, the shortest one, and how wide the label is.
const BAR: usize = 6_000;
const SHORTEST_BAR: usize = 60;
const BAR_LABEL: usize = 2_400;

/// An empty A4 page with its margins, in twentieths of a point, and its numbers, `— 1 —`, on the outer side.
fn document() -> Docx {
    let margin = PageMargin::new().top(2098).bottom(1984).left(1588).right(1474).header(851).footer(992);
    let dash = |words| Run::new().add_text(words);
    let number = |look| {
        let number = empty(look).add_run(dash("— ")).add_page_num(PageNum::new()).add_run(dash(" —"));
        Footer::new().add_paragraph(number)
    };
    let page = Docx::new().page_size(11_906, 16_838).page_margin(margin);
    page.footer(number(Look::OddPage)).even_footer(number(Look::EvenPage))
}

/// What stands below each other.
pub enum Part {
    Paragraph(Look, String),
    Table(Box<Table>),
}

impl Part {
    /// A paragraph; without words an empty line.
    pub fn text(words: impl Into<String>) -> Part {
        Part::Paragraph(Look::Body, words.into())
    }

    /// （一）…
    pub fn heading(words: impl Into<String>) -> Part {
        Part::Paragraph(Look::PartHeading, words.into())
    }

    pub fn caption(words: impl Into<String>) -> Part {
        Part::Paragraph(Look::Caption, words.into())
    }

    pub fn table(table: Table) -> Part {
        Part::Table(Box::new(table))
    }
}

/// The file, with its styles and fonts.
pub fn bytes(parts: Vec<Part>) -> Result<Vec<u8>, PaperError> {
    let document = parts.into_iter().fold(document(), |document, part| match part {
        Part::Paragraph(look, words) if words.is_empty() => document.add_paragraph(empty(look)),
        Part::Paragraph(look, words) => document.add_paragraph(paragraph(look, &words)),
        Part::Table(table) => document.add_table(*table),
    });
    let mut parts = document.build();
    (parts.styles, parts.font_table) = (look::styles(), look::font_table());
    parts.document = with_repeated_heads(&parts.document);
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| PaperError::Document(error.to_string()))?;
    Ok(file.into_inner())
}

/// Of a table's head, in points. What writes the file knows no row that is repeated on every page, so a height that no
/// other row has marks it until then.
const HEAD_HEIGHT: f32 = 1.0;

fn with_repeated_heads(document: &[u8]) -> Vec<u8> {
    let document = String::from_utf8_lossy(document);
    let mut parts = document.split("<w:trHeight ");
    let mut marked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        marked += "<w:tblHeader/>";
        marked += part.split_once("/>").map_or("", |(_, rest)| rest);
    }
    marked.into_bytes()
}

fn empty(look: Look) -> Paragraph {
    Paragraph::new().style(look.key())
}

/// Each line of the words begins one of the paragraph.
fn paragraph(look: Look, words: &str) -> Paragraph {
    let mut lines = words.split('\n');
    let first = Run::new().add_text(lines.next().unwrap_or_default());
    let broken = |run: Run, line| run.add_break(BreakType::TextWrapping).add_text(line);
    empty(look).add_run(lines.fold(first, broken))
}

fn cell(words: &str, look: Look) -> TableCell {
    TableCell::new().add_paragraph(paragraph(look, words)).vertical_align(VAlignType::Center)
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    heading: &'static str,
    /// In twentieths of a point; the one without a width takes what the others leave.
    width: Option<usize>,
    look: Look,
}

impl Column {
    /// Of numbers and dates.
    pub const fn short(heading: &'static str, width: usize) -> Column {
        Column { heading, width: Some(width), look: Look::TableText }
    }

    /// Of names and sentences.
    pub const fn long(heading: &'static str, width: usize) -> Column {
        Column { heading, width: Some(width), look: Look::TableName }
    }

    pub const fn rest(heading: &'static str) -> Column {
        Column { heading, width: None, look: Look::TableName }
    }
}

/// `2019.6.30`, as it fits a column of 1,450.
pub fn short_day(day: NaiveDate) -> String {
    format!("{}.{}.{}", day.year(), day.month(), day.day())
}

/// Its head stands on every page that it goes on to.
pub fn table(columns: &[Column], rows: &[Vec<String>]) -> Table {
    let given: usize = columns.iter().filter_map(|column| column.width).sum();
    let width = |column: &Column| column.width.unwrap_or_else(|| WIDTH.saturating_sub(given));
    let row = |words: &mut dyn Iterator<Item = (&Column, TableCell)>| {
        TableRow::new(words.map(|(column, cell)| cell.width(width(column), WidthType::Dxa)).collect()).cant_split()
    };
    let shaded = |column: &Column| cell(column.heading, Look::TableHead).shading(Shading::new().fill("E7E6E6"));
    let head = row(&mut columns.iter().map(|column| (column, shaded(column)))).row_height(HEAD_HEIGHT);
    let rows = rows
        .iter()
        .map(|words| row(&mut columns.iter().zip(words).map(|(column, words)| (column, cell(words, column.look)))));
    let made = std::iter::once(head).chain(rows).collect();
    Table::new(made).set_grid(columns.iter().map(width).collect()).align(TableAlignmentType::Center)
}

/// A bar of a chart: label, colour as `RRGGBB`, and how many of `whole`.
pub type Bar<'a> = (String, &'a str, usize);

/// How long a bar is: what is more is longer, and what is there is seen.
fn bar_length(count: usize, whole: usize) -> usize {
    match count {
        0 => 0,
        _ => SHORTEST_BAR + (count.min(whole) * (BAR - SHORTEST_BAR)).checked_div(whole).unwrap_or_default(),
    }
}

/// Bars below each other. The columns of the table end where any of them ends.
pub fn bars(bars: &[Bar<'_>], whole: usize) -> Table {
    let last = bars.len().saturating_sub(1);
    let mut ends: Vec<usize> = bars.iter().map(|(_, _, count)| bar_length(*count, whole)).chain([BAR]).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|end| *end > 0);
    let rows = bars.iter().enumerate().map(|(place, (label, colour, count))| {
        // A chart stands on one page.
        let look = if place < last { Look::ChartLabel } else { Look::TableName };
        let filled = bar_length(*count, whole);
        let label = cell(label, look).width(BAR_LABEL, WidthType::Dxa).clear_all_border();
        let stretch = |(from, to): (usize, usize), colour: &str| {
            let columns = ends.iter().filter(|end| (from + 1..=to).contains(end)).count();
            let gap = |position| TableCellBorder::new(position).color("FFFFFF").size(24);
            let cell = cell("", Look::TableName).grid_span(columns).width(to - from, WidthType::Dxa);
            let cell = cell.shading(Shading::new().fill(colour)).clear_all_border();
            cell.set_border(gap(TableCellBorderPosition::Top)).set_border(gap(TableCellBorderPosition::Bottom))
        };
        let stretches = [((0, filled), *colour), ((filled, BAR), "F2F2F2")];
        let stretches = stretches.into_iter().filter(|((from, to), _)| from < to);
        let stretches = stretches.map(|(part, colour)| stretch(part, colour));
        TableRow::new(std::iter::once(label).chain(stretches).collect()).cant_split()
    });
    let rows = rows.collect();
    let columns = std::iter::once(0).chain(ends.iter().copied()).zip(&ends).map(|(from, to)| to - from);
    let grid = std::iter::once(BAR_LABEL).chain(columns).collect();
    Table::new(rows).set_grid(grid).layout(TableLayoutType::Fixed).align(TableAlignmentType::Center)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_has_a_longer_bar() {
        let lengths = [0, 1, 2, 16, 479].map(|count| bar_length(count, 479));
        assert!(lengths.is_sorted_by(|one, next| one < next), "{lengths:?}");
        assert_eq!((lengths[0], lengths[4], bar_length(0, 0)), (0, BAR, 0));
    }
}
