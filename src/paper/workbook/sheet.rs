//! A sheet of the workbook while it is written downwards; it goes on in another where it is full.

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, FormatUnderline, IgnoreError, Url, Workbook, Worksheet, XlsxError,
};

use crate::office::light::Light;
use crate::paper::PaperError;

/// Excel's limit for the text of a cell, in characters.
const LONGEST_CELL: usize = 32_767;

/// Excel's last row, counted from 0.
pub const LAST_ROW: u32 = 1_048_575;

/// Excel's limit for the links of a sheet.
const MOST_LINKS: u32 = 65_530;

/// A4 and A3, as Excel counts sizes of paper; and how wide all columns of a sheet may be that is read on A4, in characters.
const A4: u8 = 9;
const A3: u8 = 8;
const WIDEST_ON_A4: f64 = 150.0;

/// Of a line of text and of what lies around the lines of a row, in points; and Excel's highest row.
const LINE: f64 = 13.0;
const AROUND: f64 = 3.0;
const HIGHEST: f64 = 409.0;

/// A column: its heading and its width in characters.
pub type Column = (&'static str, f64);

pub struct Looks {
    head: Format,
    text: Format,
    figure: Format,
    day: Format,
    time: Format,
    percent: Format,
    link: Format,
}

impl Default for Looks {
    fn default() -> Self {
        let letters = Format::new().set_font_name("宋体").set_font_size(10);
        let text = letters.clone().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Thin);
        let head = letters.set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let head = head.set_text_wrap().set_background_color(Color::RGB(0x00DC_E6F1)).set_border(FormatBorder::Thin);
        Looks {
            head,
            figure: text.clone().set_align(FormatAlign::Left),
            day: text.clone().set_num_format("yyyy-mm-dd"),
            time: text.clone().set_num_format("yyyy-mm-dd hh:mm"),
            percent: text.clone().set_num_format("0\"%\""),
            link: text.clone().set_font_color(Color::Blue).set_underline(FormatUnderline::Single),
            text,
        }
    }
}

#[derive(Clone, Copy)]
pub enum Cell<'a> {
    Text(&'a str),
    Number(i64),
    /// A number beside its label.
    Figure(i64),
    Percent(i64),
    Day(NaiveDate),
    Time(NaiveDateTime),
    Light(Light),
    /// An address, and the words that lead to it.
    Link(&'a str, &'a str),
    /// A box without words.
    Nothing,
}

/// A list, downwards.
pub struct Sheet<'a> {
    workbook: &'a mut Workbook,
    looks: &'a Looks,
    name: &'static str,
    columns: &'static [Column],
    last_row: u32,
    title: &'a str,
    /// How many links the sheet that is being written has.
    links: u32,
    /// How many sheets it fills so far.
    parts: u32,
    /// The row that was written last.
    row: u32,
}

impl<'a> Sheet<'a> {
    /// `last_row`: after it the next sheet begins. `title` stands above every printed page.
    pub(super) fn begin(
        workbook: &'a mut Workbook,
        looks: &'a Looks,
        (name, columns): (&'static str, &'static [Column]),
        (last_row, title): (u32, &'a str),
    ) -> Result<Sheet<'a>, PaperError> {
        let mut sheet = Sheet { workbook, looks, name, columns, last_row, title, links: 0, parts: 0, row: 0 };
        sheet.begin_part()?;
        Ok(sheet)
    }

    fn begin_part(&mut self) -> Result<(), PaperError> {
        self.parts += 1;
        (self.row, self.links) = (0, 0);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        match self.parts {
            1 => sheet.set_name(self.name)?,
            part => sheet.set_name(format!("{}（{part}）", self.name))?,
        };
        sheet.set_freeze_panes(1, 0)?;
        let width: f64 = self.columns.iter().map(|(_, width)| width).sum();
        let paper = if width > WIDEST_ON_A4 { A3 } else { A4 };
        // Printed across a page, however many there are below it, each with the headings.
        sheet.set_paper_size(paper).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
        sheet.set_repeat_rows(0, 0)?.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        // In a header & begins a code.
        sheet.set_header(format!("&C&12{}", self.title.replace('&', "&&")));
        for (at, (heading, width)) in (0..).zip(self.columns) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *heading, &self.looks.head)?;
        }
        // Numbers of tasks are text, some with more than digits.
        sheet.ignore_error_range(1, 0, LAST_ROW, last(self.columns), IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), PaperError> {
        if self.row == self.last_row {
            self.end_part()?;
            self.begin_part()?;
        }
        self.row += 1;
        let (row, looks) = (self.row, self.looks);
        self.links += u32::from(cells.iter().any(|cell| matches!(cell, Cell::Link(..))));
        let may_link = self.links <= MOST_LINKS;
        let boxes = cells.iter().copied().chain(std::iter::repeat(Cell::Nothing)).take(self.columns.len());
        let boxes: Vec<Cell<'_>> = boxes.collect();
        let height = height(self.columns, &boxes);
        let sheet = self.part()?;
        sheet.set_row_height(row, height)?;
        for (at, cell) in (0..).zip(&boxes) {
            match cell {
                Cell::Text("") | Cell::Nothing => sheet.write_blank(row, at, &looks.text),
                Cell::Link(address, words) if may_link => {
                    let words: String = words.chars().take(LONGEST_CELL).collect();
                    sheet.write_url_with_format(row, at, Url::new(*address).set_text(words), &looks.link)
                }
                // Always text: what begins like a formula is none.
                Cell::Text(words) | Cell::Link(_, words) => {
                    let words: String = words.chars().take(LONGEST_CELL).collect();
                    sheet.write_string_with_format(row, at, words, &looks.text)
                }
                Cell::Number(number) => sheet.write_number_with_format(row, at, *number as f64, &looks.text),
                Cell::Figure(number) => sheet.write_number_with_format(row, at, *number as f64, &looks.figure),
                Cell::Percent(share) => sheet.write_number_with_format(row, at, *share as f64, &looks.percent),
                Cell::Day(date) => sheet.write_datetime_with_format(row, at, date, &looks.day),
                Cell::Time(instant) => sheet.write_datetime_with_format(row, at, instant, &looks.time),
                Cell::Light(light) => {
                    let colour = u32::from_str_radix(light.colour(), 16).unwrap_or_default();
                    let look = looks.text.clone().set_background_color(Color::RGB(colour)).set_font_color(Color::White);
                    sheet.write_string_with_format(row, at, light.label(), &look)
                }
            }?;
        }
        Ok(())
    }

    /// Ends the list.
    pub fn finish(mut self) -> Result<(), PaperError> {
        self.end_part()
    }

    /// Filters over what was written.
    fn end_part(&mut self) -> Result<(), PaperError> {
        let (row, columns) = (self.row, self.columns);
        if row > 0 {
            self.part()?.autofilter(0, 0, row, last(columns))?;
        }
        Ok(())
    }

    /// The sheet that is being written: the workbook's last.
    fn part(&mut self) -> Result<&mut Worksheet, XlsxError> {
        let last = self.workbook.worksheets().len().saturating_sub(1);
        self.workbook.worksheet_from_index(last)
    }
}

/// How high a row must be to show all its words, in points: not every program finds that by itself.
fn height(columns: &[Column], cells: &[Cell<'_>]) -> f64 {
    let lines = columns.iter().zip(cells).map(|((_, width), cell)| match cell {
        Cell::Text(words) | Cell::Link(_, words) => words.split('\n').map(|line| lines(line, *width)).sum(),
        _ => 1.0,
    });
    (lines.fold(1.0, f64::max) * LINE + AROUND).min(HIGHEST)
}

fn lines(words: &str, width: f64) -> f64 {
    // In digits, by which columns are measured: a Chinese character is about as wide as two.
    let length: f64 = words.chars().map(|character| if character.is_ascii() { 1.0 } else { 2.0 }).sum();
    (length / (width - 1.0).max(1.0)).ceil().max(1.0)
}

/// The place of the last column.
fn last(columns: &[Column]) -> u16 {
    u16::try_from(columns.len()).unwrap_or(u16::MAX) - 1
}
