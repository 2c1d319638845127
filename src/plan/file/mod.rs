//! 文件: the formats that a plan may come in, and how much of each is read.
//!
//! Every format becomes blocks: paragraphs and rows of tables. What cannot be read is refused with the remedy.

mod container;
mod docx;
mod format;
mod html;
mod numbering;
mod rich_text;
mod separated;
mod web_archive;
mod workbook;
mod xml;

use format::Format;

use super::block::Block;
use super::plain_table;
use super::text;
use super::unreadable::Unreadable;

/// The paragraphs and rows of a Word document, a workbook or a CSV file.
const MOST_ROWS: usize = 200_000;
/// Cells to the right of this column hold no plan.
const MOST_COLUMNS: u32 = 64;
/// Bytes of text in a page or an RTF file: 25,000 tasks. To understand more takes too much memory.
const MOST_TEXT: usize = 8 << 20;

/// Whether a file of this name and size would be read at all, so that nobody loads a huge one into memory first.
///
/// # Errors
/// Where the name tells that it is no plan, or the file is too large.
pub fn check(file_name: &str, size: u64) -> Result<(), Unreadable> {
    format::check_name(&format::ending(file_name), size)
}

/// The paragraphs and rows of a file, whose content tells its format.
///
/// # Errors
/// Where the file is none of the formats, damaged, or exceeds a limit.
pub fn blocks(file_name: &str, bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let ending = format::ending(file_name);
    format::check_name(&ending, bytes.len() as u64)?;
    let format = Format::of(&ending, bytes)?;
    format.check_size(bytes.len() as u64)?;
    let found = match format {
        Format::Text => text::lines(bytes).map(plain_table::blocks),
        Format::Markdown => {
            text::lines(bytes).map(|lines| plain_table::blocks(lines.into_iter().map(text::without_markdown).collect()))
        }
        Format::Separated => separated::blocks(bytes),
        Format::Document => docx::blocks(bytes),
        Format::Workbook => workbook::blocks(bytes),
        Format::OldDocument | Format::OldWorkbook => Err(Unreadable::Compound),
        Format::OpenDocumentSheet => Err(Unreadable::OtherWorkbook("ods".to_owned())),
        Format::Pdf => Err(Unreadable::Layout("pdf".to_owned())),
        Format::Ofd => Err(Unreadable::Layout("ofd".to_owned())),
        Format::Html => html::blocks(bytes),
        Format::WebArchive => web_archive::blocks(bytes),
        Format::RichText => rich_text::blocks(bytes),
    };
    found.map_err(|refusal| if refusal == Unreadable::NotText { format::not_text(&ending) } else { refusal })
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
        let cases: [(&str, &[u8], Unreadable); 7] = [
            ("plan.docx", old, Unreadable::Compound),
            ("plan.txt", old, Unreadable::Compound),
            ("plan.docx", b"%PDF-1.7", Unreadable::Layout("pdf".to_owned())),
            ("plan.docx", b"\xff\xff\xff", Unreadable::NotAsNamed("docx".to_owned())),
            ("plan.csv", b"PK\x03\x04", Unreadable::Damaged),
            ("plan.docx", b"", Unreadable::Empty),
            ("plan.mp4", b"1.", Unreadable::Unsupported("mp4".to_owned())),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(blocks(name, bytes), Err(expected), "{name}");
        }
        assert_eq!(blocks("plan.docx", "1.修缮库房。".as_bytes()).map(|blocks| blocks.len()), Ok(1));
    }
}
