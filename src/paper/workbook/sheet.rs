//! A sheet of the workbook while it is written downwards; it goes on in another where it is full.

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError};

use crate::domain::light::Light;
use crate::paper::PaperError;

/// Excel's limit for the text of a cell, in characters.
const LONGEST_CELL: usize = 32_767;

/// Excel's last row, counted from 0.
pub const LAST_ROW: u32 = 1_048_575;

/// A4, as Excel counts sizes of paper.
const A4: u8 = 9;

/// A column: its heading and its width in characters.
pub type Column = (&'static str, f64);

pub struct Looks {
    head: Format,
    text: Format,
    figure: Format,
    day: Format,
    time: Format,
    percent: Format,
}

impl Default for Looks {
    fn default() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Looks {
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00DC_E6F1)).set_border(FormatBorder::Thin),
            figure: text.clone().set_align(FormatAlign::Left),
            day: text.clone().set_num_format("yyyy-mm-dd"),
            time: text.clone().set_num_format("yyyy-mm-dd hh:mm"),
            percent: text.clone().set_num_format("0\"%\""),
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
    Nothing,
}

/// A list, downwards.
pub struct Sheet<'a> {
    workbook: &'a mut Workbook,
    looks: &'a Looks,
    name: &'static str,
    columns: &'static [Column],
    last_row: u32,
    /// How many sheets it fills so far.
    parts: u32,
    /// The row that was written last.
    row: u32,
}

impl<'a> Sheet<'a> {
    /// `last_row`: after it the next sheet begins.
    pub(super) fn begin(
        workbook: &'a mut Workbook,
        looks: &'a Looks,
        (name, columns): (&'static str, &'static [Column]),
        last_row: u32,
    ) -> Result<Sheet<'a>, PaperError> {
        let mut sheet = Sheet { workbook, looks, name, columns, last_row, parts: 0, row: 0 };
        sheet.begin_part()?;
        Ok(sheet)
    }

    fn begin_part(&mut self) -> Result<(), PaperError> {
        self.parts += 1;
        self.row = 0;
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        match self.parts {
            1 => sheet.set_name(self.name)?,
            part => sheet.set_name(format!("{}（{part}）", self.name))?,
        };
        sheet.set_freeze_panes(1, 0)?;
        // Printed across an A4 page, however many there are below it, each with the headings.
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
        sheet.set_repeat_rows(0, 0)?;
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
        let sheet = self.part()?;
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text("") | Cell::Nothing => continue,
                // Always text: what begins like a formula is none.
                Cell::Text(words) => {
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

/// The place of the last column.
fn last(columns: &[Column]) -> u16 {
    u16::try_from(columns.len()).unwrap_or(u16::MAX) - 1
}
