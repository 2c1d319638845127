//! 文件: the formats that a plan may come in, and how much of each is read.
//!
//! Every format becomes blocks: paragraphs and rows of tables. What cannot be read is refused with the remedy.

mod container;
mod docx;
mod layout;
mod numbering;
mod ofd;
mod pdf;
mod separated;
mod workbook;
mod xml;

use super::block::Block;
use super::plain_table;
use super::text;
use super::unreadable::Unreadable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Separated,
    Document,
    Workbook,
    Pdf,
    Ofd,
}

const MIB: u64 = 1 << 20;

/// The paragraphs and rows of a Word document, a workbook or a CSV file.
const MOST_ROWS: usize = 200_000;
/// Cells to the right of this column hold no plan.
const MOST_COLUMNS: u32 = 64;

impl Format {
    /// The format that a file's name tells.
    fn of(file_name: &str) -> Result<Format, Unreadable> {
        let (_, extension) = file_name.rsplit_once('.').ok_or(Unreadable::NoExtension)?;
        let extension = extension.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Ok(Format::Text),
            "md" | "markdown" => Ok(Format::Markdown),
            "csv" => Ok(Format::Separated),
            "docx" => Ok(Format::Document),
            "xlsx" => Ok(Format::Workbook),
            "xls" | "et" | "xlsb" | "xlsm" | "ods" => Err(Unreadable::OtherWorkbook(extension)),
            "pdf" => Ok(Format::Pdf),
            "ofd" => Ok(Format::Ofd),
            "jpg" | "jpeg" | "png" | "bmp" | "tif" | "tiff" | "gif" | "webp" | "heic" => {
                Err(Unreadable::Picture(extension))
            }
            _ => Err(Unreadable::Unsupported(extension)),
        }
    }

    /// A text of 100,000 tasks takes 40 MiB; a container is inflated while it is read.
    fn largest(self) -> u64 {
        match self {
            Format::Text | Format::Markdown => 48 * MIB,
            Format::Separated | Format::Document | Format::Workbook | Format::Pdf | Format::Ofd => 20 * MIB,
        }
    }

    /// Refuses bytes of another format than the name tells.
    fn check_beginning(self, bytes: &[u8]) -> Result<(), Unreadable> {
        const ZIP: &[u8] = b"PK\x03\x04";
        const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
        let container = matches!(self, Format::Document | Format::Workbook | Format::Ofd);
        match bytes {
            _ if bytes.starts_with(COMPOUND) => Err(Unreadable::Compound),
            _ if bytes.starts_with(b"%PDF") && self != Format::Pdf => Err(Unreadable::NamedOtherwise("pdf")),
            _ if bytes.starts_with(ZIP) && !container => Err(Unreadable::OfficeFileNamedText),
            [] if container => Err(Unreadable::Empty),
            _ if !bytes.starts_with(ZIP) && self == Format::Document => Err(Unreadable::NotDocument),
            _ if !bytes.starts_with(ZIP) && self == Format::Workbook => Err(Unreadable::NotWorkbook),
            _ if !bytes.starts_with(ZIP) && self == Format::Ofd => Err(Unreadable::NotLayout("ofd")),
            _ => Ok(()),
        }
    }
}

/// Whether a file of this name and size would be read at all, so that nobody loads a huge one into memory first.
///
/// # Errors
/// Where the format is not supported or the file is too large for it.
pub fn check(file_name: &str, size: u64) -> Result<(), Unreadable> {
    let largest = Format::of(file_name)?.largest();
    if size > largest { Err(Unreadable::TooLarge { mebibytes: largest / MIB }) } else { Ok(()) }
}

/// The paragraphs and rows of a file.
///
/// # Errors
/// Where the file is none of the formats, damaged, or exceeds a limit.
pub fn blocks(file_name: &str, bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    check(file_name, bytes.len() as u64)?;
    let format = Format::of(file_name)?;
    format.check_beginning(bytes)?;
    match format {
        Format::Text => Ok(plain_table::blocks(text::lines(bytes)?)),
        Format::Markdown => {
            Ok(plain_table::blocks(text::lines(bytes)?.into_iter().map(text::without_markdown).collect()))
        }
        Format::Separated => separated::blocks(bytes),
        Format::Document => docx::blocks(bytes),
        Format::Workbook => workbook::blocks(bytes),
        Format::Pdf => pdf::blocks(bytes),
        Format::Ofd => ofd::blocks(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::{blocks, check};
    use crate::plan::unreadable::Unreadable;

    #[test]
    fn sizes_are_refused_before_reading() {
        assert_eq!(check("plan.txt", 200 << 20), Err(Unreadable::TooLarge { mebibytes: 48 }));
        assert_eq!(check("plan.docx", (20 << 20) + 1), Err(Unreadable::TooLarge { mebibytes: 20 }));
        assert_eq!(check("plan.xlsx", 20 << 20), Ok(()));
    }

    #[test]
    fn names_that_lie() {
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
        let cases: [(&str, &[u8], Unreadable); 8] = [
            ("plan.docx", old, Unreadable::Compound),
            ("plan.txt", old, Unreadable::Compound),
            ("plan.xlsx", old, Unreadable::Compound),
            ("plan.docx", b"%PDF-1.7", Unreadable::NamedOtherwise("pdf")),
            ("plan.docx", "1.修缮库房。".as_bytes(), Unreadable::NotDocument),
            ("plan.xlsx", b"<html>", Unreadable::NotWorkbook),
            ("plan.csv", b"PK\x03\x04", Unreadable::OfficeFileNamedText),
            ("plan.docx", b"", Unreadable::Empty),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(blocks(name, bytes), Err(expected), "{name}");
        }
    }
}
