//! 旧版 Excel 工作簿: the rows of the visible sheets of an .xls file of Excel 5 to 2003, and of WPS's own .et, which is the
//! same ([MS-XLS]).
//!
//! `calamine` reads such files too, but a chain of sectors that runs in a circle takes all memory there, and so do two
//! cells in opposite corners; and it tells neither hidden rows nor how numbers show.

mod records;
mod strings;

use std::collections::HashMap;

use encoding_rs::{Encoding, GBK, WINDOWS_1252};
use records::{Record, records};
use strings::Strings;

use super::compound::{Bytes, Compound};
use super::sheet::{Book, Sheet};
use super::{Content, shown};
use crate::plan::unreadable::Unreadable;

/// Sheets may begin anywhere, also within one another.
const MOST_RECORDS: usize = 6_000_000;
const MOST_STRINGS: usize = 300_000;

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let mut compound = Compound::open(bytes)?;
    let stream = match compound.stream("Workbook")? {
        Some(stream) => stream,
        None => compound.stream("Book")?.ok_or(Unreadable::NotWorkbook)?,
    };
    drop(compound);
    let globals = Globals::read(&stream)?;
    let mut book = Book::default();
    let mut left = MOST_RECORDS;
    for (name, at, is_hidden) in &globals.sheets {
        if *is_hidden {
            book.hide(name.clone());
        } else {
            let sheet =
                read_sheet(&globals, Sheet::named(name), stream.get(*at..).unwrap_or_default(), &mut book, &mut left)?;
            book.take(sheet)?;
        }
    }
    book.finish()
}

/// What all sheets share.
struct Globals {
    /// Strings are in UTF-16; in Excel 5 and 95 they are in the encoding of their country.
    is_wide: bool,
    encoding: &'static Encoding,
    from_1904: bool,
    formats: HashMap<u16, String>,
    /// The format of numbers in each style of cells.
    styles: Vec<u16>,
    strings: Vec<String>,
    /// The name of each sheet with cells, where it begins, and whether it is hidden.
    sheets: Vec<(String, usize, bool)>,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Globals, Unreadable> {
        const WORKSHEET: u8 = 0;
        let mut globals = Globals {
            is_wide: true,
            encoding: WINDOWS_1252,
            from_1904: false,
            formats: HashMap::new(),
            styles: Vec::new(),
            strings: Vec::new(),
            sheets: Vec::new(),
        };
        let mut all = records(stream);
        let first = all.next().ok_or(Unreadable::Damaged)?;
        match (first.code, first.body().u16(0)) {
            (0x0809, Some(0x0600)) => {}
            (0x0809, Some(0x0500)) => globals.is_wide = false,
            (0x0009 | 0x0209 | 0x0409 | 0x0809, _) => return Err(Unreadable::TooOld),
            _ => return Err(Unreadable::Damaged),
        }
        for record in all {
            let body = record.body();
            match record.code {
                0x000a => break,
                0x002f => return Err(Unreadable::Password),
                0x0042 => globals.encoding = encoding(body.u16(0).unwrap_or_default()),
                0x0022 => globals.from_1904 = body.u16(0) == Some(1),
                0x00e0 => globals.styles.push(body.u16(2).unwrap_or_default()),
                0x041e => {
                    let mut strings = Strings::of(&record, 2);
                    let format = if globals.is_wide { strings.long() } else { strings.short_of(globals.encoding) };
                    globals.formats.extend(body.u16(0).zip(format));
                }
                0x0085 if body.u8(5) == Some(WORKSHEET) => {
                    let mut strings = Strings::of(&record, 6);
                    let name = if globals.is_wide { strings.short() } else { strings.short_of(globals.encoding) };
                    let is_hidden = body.u8(4).is_some_and(|state| state & 3 != 0);
                    globals.sheets.extend(name.zip(body.place(0)).map(|(name, at)| (name, at, is_hidden)));
                }
                0x00fc => {
                    let mut strings = Strings::of(&record, 8);
                    globals.strings = std::iter::from_fn(|| strings.shared()).take(MOST_STRINGS + 1).collect();
                    if globals.strings.len() > MOST_STRINGS {
                        return Err(Unreadable::Swells);
                    }
                }
                _ => {}
            }
        }
        Ok(globals)
    }

    /// A number as the style of its cell shows it.
    fn number(&self, style: u16, value: f64) -> String {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        let code = self.formats.get(&format).map_or_else(|| shown::built_in(format), String::as_str);
        shown::number(value, code, self.from_1904)
    }

    /// A string that stands in its cell.
    fn own_string(&self, record: &Record, at: usize) -> String {
        let mut strings = Strings::of(record, at);
        let text = if self.is_wide { strings.long() } else { strings.long_of(self.encoding) };
        text.unwrap_or_default()
    }
}

fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        936 => GBK,
        950 => encoding_rs::BIG5,
        65001 => encoding_rs::UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The cells of the sheet at the beginning of a stream.
fn read_sheet(
    globals: &Globals,
    mut sheet: Sheet,
    stream: &[u8],
    book: &mut Book,
    left: &mut usize,
) -> Result<Sheet, Unreadable> {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000a;
    const HIDDEN_ROW: u16 = 1 << 5;
    // A chart within the sheet has a beginning and an end of its own.
    let mut depth = 0_usize;
    // The cell with a formula whose result is the string that comes next.
    let mut formula = None;
    for record in records(stream) {
        *left = left.checked_sub(1).ok_or(Unreadable::Swells)?;
        let body = record.body();
        match record.code {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth != 1 => {}
            0x0207 => {
                if let Some((row, column)) = formula.take() {
                    book.put(&mut sheet, row, column, &globals.own_string(&record, 0))?;
                }
            }
            0x0208 if body.u16(12).is_some_and(|flags| flags & HIDDEN_ROW != 0) => {
                sheet.hide_row(body.u16(0).map_or(0, u32::from));
            }
            0x007d if body.u16(8).is_some_and(|flags| flags & 1 != 0) => {
                if let Some((first, last)) = body.u16(0).zip(body.u16(2)) {
                    sheet.hide_columns(u32::from(first)..=u32::from(last));
                }
            }
            0x00e5 => {
                for index in 0..usize::from(body.u16(0).unwrap_or_default()) {
                    let at = |part: usize| body.u16(2 + 8 * index + 2 * part).map(u32::from);
                    let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(1), at(2), at(3)) else {
                        break;
                    };
                    book.merge(&mut sheet, top..=bottom, left..=right)?;
                }
            }
            code => {
                let (Some(row), Some(column), Some(style)) = (body.u16(0), body.u16(2), body.u16(4)) else { continue };
                let (row, column) = (u32::from(row), u32::from(column));
                let number = |value: f64| globals.number(style, value);
                match code {
                    0x00fd => {
                        let text = body.place(6).and_then(|index| globals.strings.get(index));
                        book.put(&mut sheet, row, column, text.map_or("", String::as_str))?;
                    }
                    0x0204 | 0x00d6 => book.put(&mut sheet, row, column, &globals.own_string(&record, 6))?,
                    0x0203 => book.put(&mut sheet, row, column, &body.f64(6).map(number).unwrap_or_default())?,
                    0x027e => {
                        book.put(&mut sheet, row, column, &body.u32(6).map(short).map(number).unwrap_or_default())?
                    }
                    0x00bd => several(globals, &mut sheet, body, book)?,
                    // A result that is no number says so in its last two bytes, and its kind in the first.
                    0x0006 if body.u16(12) == Some(u16::MAX) => {
                        formula = (body.u8(6) == Some(0)).then_some((row, column))
                    }
                    0x0006 => book.put(&mut sheet, row, column, &body.f64(6).map(number).unwrap_or_default())?,
                    _ => {}
                }
            }
        }
    }
    Ok(sheet)
}

/// Numbers in cells side by side, each with its style.
fn several(globals: &Globals, sheet: &mut Sheet, body: Bytes, book: &mut Book) -> Result<(), Unreadable> {
    const EACH: usize = 6;
    let (Some(row), Some(first)) = (body.u16(0), body.u16(2)) else { return Ok(()) };
    let count = body.0.len().saturating_sub(6) / EACH;
    for index in 0..count {
        let at = 4 + EACH * index;
        let Some((style, value)) = body.u16(at).zip(body.u32(at + 2)) else { break };
        let text = globals.number(style, short(value));
        book.put(sheet, u32::from(row), u32::from(first) + index as u32, &text)?;
    }
    Ok(())
}

/// A number in four bytes (RK): the last bit divides by a hundred, the one before tells whole numbers.
fn short(bits: u32) -> f64 {
    let value = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!((short(0x3ff0_0000), short(0x3ff0_0001)), (1.0, 0.01));
        assert_eq!((short((12 << 2) | 2), short((-150_i32 << 2).cast_unsigned() | 3)), (12.0, -1.5));
    }
}
