//! 文件: the formats that a plan may come in, and how much of each is read.
//!
//! Every format becomes blocks: paragraphs and rows of tables. What cannot be read is refused with the remedy.

mod compound;
mod container;
mod doc;
mod docx;
mod flow;
mod format;
mod hidden;
mod html;
mod layout;
mod numbering;
mod ods;
mod ofd;
mod pdf;
mod rich_text;
mod separated;
mod sheet;
mod shown;
mod web_archive;
mod workbook;
mod xls;
mod xml;

use crate::office::plan::Problem;
use crate::plan::block::Block;
use crate::plan::file::format::Format;
use crate::plan::unreadable::Unreadable;
use crate::plan::{plain_table, text};

/// What a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub blocks: Vec<Block>,
    /// What was not read, or is out of the reader's sight.
    pub problems: Vec<Problem>,
}

impl From<Vec<Block>> for Content {
    fn from(blocks: Vec<Block>) -> Content {
        Content { blocks, problems: Vec::new() }
    }
}

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
pub fn content(file_name: &str, bytes: &[u8]) -> Result<Content, Unreadable> {
    let ending = format::ending(file_name);
    format::check_name(&ending, bytes.len() as u64)?;
    let format = Format::of(&ending, bytes)?;
    format.check_size(bytes.len() as u64)?;
    read_as(format, bytes)
        .map_err(|refusal| if refusal == Unreadable::NotText { format::not_text(&ending) } else { refusal })
}

fn read_as(format: Format, bytes: &[u8]) -> Result<Content, Unreadable> {
    let blocks = match format {
        Format::Document => return docx::read(bytes),
        Format::OldDocument => return doc::read(bytes),
        Format::Workbook => return workbook::read(bytes),
        Format::OldWorkbook => return xls::read(bytes),
        Format::OpenDocumentSheet => return ods::read(bytes),
        Format::RichText => return rich_text::read(bytes),
        Format::Text => plain_table::blocks(text::lines(bytes)?),
        Format::Markdown => plain_table::blocks(text::lines(bytes)?.into_iter().map(text::without_markdown).collect()),
        Format::Separated => separated::blocks(bytes)?,
        Format::Html => html::blocks(bytes)?,
        Format::WebArchive => web_archive::blocks(bytes)?,
        Format::Pdf => pdf::blocks(bytes)?,
        Format::Ofd => ofd::blocks(bytes)?,
    };
    Ok(Content::from(blocks))
}

#[cfg(test)]
mod tests {
    use crate::plan::file::{check, content};
    use crate::plan::unreadable::Unreadable;

    #[test]
    fn sizes_are_refused_before_reading() {
        assert_eq!(check("plan.txt", 200 << 20), Err(Unreadable::TooLarge { mebibytes: 16 }));
        assert_eq!(check("plan.docx", (20 << 20) + 1), Err(Unreadable::TooLarge { mebibytes: 20 }));
        assert_eq!(check("plan.xlsx", 20 << 20), Ok(()));
    }

    #[test]
    fn names_that_lie() {
        let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
        let cases: [(&str, &[u8], Unreadable); 7] = [
            ("plan.docx", old, Unreadable::Compound),
            ("plan.txt", old, Unreadable::Compound),
            ("plan.docx", b"%PDF-1.7", Unreadable::DamagedLayout),
            ("plan.docx", b"\xff\xff\xff", Unreadable::NotAsNamed("docx".to_owned())),
            ("plan.csv", b"PK\x03\x04", Unreadable::Damaged),
            ("plan.docx", b"", Unreadable::Empty),
            ("plan.mp4", b"1.", Unreadable::Unsupported("mp4".to_owned())),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(content(name, bytes), Err(expected), "{name}");
        }
        assert_eq!(content("plan.docx", "1.修缮库房。".as_bytes()).map(|content| content.blocks.len()), Ok(1));
    }
}
