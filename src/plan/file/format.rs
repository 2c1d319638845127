//! 格式: which format a file is, told by its content; the ending of its name only tells texts from one another.
//!
//! Offices send .doc files that hold a .docx, a page from a site or RTF, and .xls files that hold an HTML table.

use super::container::Container;
use crate::plan::unreadable::Unreadable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    /// Cells that commas, semicolons or tabs separate.
    Separated,
    /// .docx
    Document,
    /// .xlsx
    Workbook,
    /// .doc, .wps: the old container with a stream of Word's.
    OldDocument,
    /// .xls, .et: the old container with a stream of Excel's.
    OldWorkbook,
    /// .ods
    OpenDocumentSheet,
    Pdf,
    Ofd,
    Html,
    /// .mht: a page with its pictures as one MIME message.
    WebArchive,
    RichText,
}

const MIB: u64 = 1 << 20;

const TEXTS: [&str; 5] = ["", "txt", "text", "md", "markdown"];
const PAGES: [&str; 6] = ["html", "htm", "xhtml", "shtml", "mht", "mhtml"];
const TABLES: [&str; 9] = ["csv", "tsv", "xlsx", "xlsm", "xltx", "xls", "xlsb", "et", "ods"];
const DOCUMENTS: [&str; 11] = ["docx", "docm", "dotx", "doc", "dot", "wps", "wpt", "rtf", "pdf", "ofd", "xml"];
const PICTURES: [&str; 9] = ["jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif", "webp", "heic"];

/// The ending of a file's name in small letters, empty where it has none.
pub fn ending(file_name: &str) -> String {
    file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Refuses, before anything of it is read, a file whose name tells that it holds no plan or that is too large.
pub fn check_name(ending: &str, size: u64) -> Result<(), Unreadable> {
    let may_be_text = TEXTS.contains(&ending);
    if PICTURES.contains(&ending) {
        return Err(Unreadable::Picture(ending.to_owned()));
    }
    if !may_be_text && !PAGES.contains(&ending) && !TABLES.contains(&ending) && !DOCUMENTS.contains(&ending) {
        return Err(Unreadable::Unsupported(ending.to_owned()));
    }
    if may_be_text { Format::Text } else { Format::Document }.check_size(size)
}

/// What the bytes are that are no text of the kind that their name tells.
pub fn not_text(ending: &str) -> Unreadable {
    let is_text = TEXTS.contains(&ending) || ending == "csv" || ending == "tsv";
    if is_text { Unreadable::NotText } else { Unreadable::NotAsNamed(ending.to_owned()) }
}

impl Format {
    /// The format of a file's bytes.
    pub fn of(ending: &str, bytes: &[u8]) -> Result<Format, Unreadable> {
        const ZIP: &[u8] = b"PK\x03\x04";
        const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
        match bytes {
            [] => Err(Unreadable::Empty),
            _ if bytes.starts_with(COMPOUND) => Format::of_compound(ending, bytes),
            _ if bytes.starts_with(ZIP) => Format::of_archive(bytes),
            _ if bytes.starts_with(b"{\\rt") => Ok(Format::RichText),
            _ => Format::of_text(ending, bytes),
        }
    }

    /// What the old container of Office holds: a stream has its name in the directory, in entries of 128 bytes.
    fn of_compound(ending: &str, bytes: &[u8]) -> Result<Format, Unreadable> {
        const ENTRY: usize = 128;
        let holds = |stream: &str| {
            let name: Vec<u8> = stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            bytes.chunks(ENTRY).any(|entry| entry.starts_with(&name))
        };
        let (document, workbook) = (holds("WordDocument"), holds("Workbook") || holds("Book"));
        match (document, workbook) {
            // One is embedded in the other.
            (true, true) if TABLES.contains(&ending) => Ok(Format::OldWorkbook),
            (true, _) => Ok(Format::OldDocument),
            (false, true) => Ok(Format::OldWorkbook),
            (false, false) if holds("EncryptedPackage") => Err(Unreadable::Password),
            (false, false) => Err(Unreadable::Compound),
        }
    }

    fn of_archive(bytes: &[u8]) -> Result<Format, Unreadable> {
        let mut container = Container::open(bytes)?;
        let holds = |container: &Container, start: &str| container.names().any(|name| name.starts_with(start));
        if holds(&container, "xl/workbook.bin") {
            return Err(Unreadable::OtherWorkbook("xlsb".to_owned()));
        }
        let beginnings = [("OFD.xml", Format::Ofd), ("word/", Format::Document), ("xl/", Format::Workbook)];
        if let Some((_, format)) = beginnings.into_iter().find(|(start, _)| holds(&container, start)) {
            return Ok(format);
        }
        let kind = container.part("mimetype")?.unwrap_or_default();
        match kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
            Some("spreadsheet") => Ok(Format::OpenDocumentSheet),
            Some(_) => Err(Unreadable::Unsupported("odt".to_owned())),
            // The package's relationships may name a main part anywhere.
            None if container.part("_rels/.rels")?.is_some() => Ok(Format::Document),
            None => Err(Unreadable::NotOffice),
        }
    }

    fn of_text(ending: &str, bytes: &[u8]) -> Result<Format, Unreadable> {
        const LOOKED_AT: usize = 4096;
        // UTF-16 looks like ASCII without its zeros.
        let looked_at: Vec<u8> = bytes.iter().take(LOOKED_AT).copied().filter(|byte| *byte != 0).collect();
        let beginning = String::from_utf8_lossy(&looked_at).to_ascii_lowercase();
        let beginning =
            beginning.trim_start_matches(|first: char| first.is_whitespace() || "\u{feff}\u{fffd}".contains(first));
        let starts = |words: &[&str]| words.iter().any(|word| beginning.starts_with(word));
        let is_message = starts(&["mime-version:", "from:", "subject:", "date:", "content-type:", "snapshot-content"])
            && (beginning.contains("\nmime-version:") || beginning.contains("content-type:"));
        let named_text = TEXTS.contains(&ending) || ending == "csv" || ending == "tsv";
        let names_page = beginning.contains("<html") || beginning.contains("<!doctype html");
        let is_page = starts(&["<!doctype html", "<html", "<head", "<body", "<meta"])
            || starts(&["<"]) && (names_page || !named_text)
            || PAGES.contains(&ending) && has_tag(beginning);
        Ok(match ending {
            _ if starts(&["%pdf"]) || beginning.contains("%pdf-") && !named_text => Format::Pdf,
            _ if is_message => Format::WebArchive,
            // Word and Excel of 2003 could write such files.
            _ if starts(&["<?xml"]) && !names_page => {
                return Err(Unreadable::Unsupported("xml".to_owned()));
            }
            _ if is_page => Format::Html,
            "md" | "markdown" => Format::Markdown,
            _ if TABLES.contains(&ending) => Format::Separated,
            _ => Format::Text,
        })
    }

    /// A text of 100,000 tasks takes 40 MiB; other formats grow while they are read.
    pub fn check_size(self, size: u64) -> Result<(), Unreadable> {
        let mebibytes = match self {
            // 50,000 tasks of the usual length, which take 128 MiB to understand.
            Format::Text | Format::Markdown | Format::Separated => 16,
            _ => 20,
        };
        if size > mebibytes * MIB { Err(Unreadable::TooLarge { mebibytes }) } else { Ok(()) }
    }
}

fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|after| after.starts_with(|first: char| first.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::Format;
    use crate::plan::unreadable::Unreadable;

    /// The beginning of an old container and a directory with one stream.
    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(2048, 0);
        bytes
    }

    #[test]
    fn content_decides() {
        let cases: [(&str, &[u8], Format); 17] = [
            ("doc", b"{\\rtf1\\ansi", Format::RichText),
            ("doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Format::WebArchive),
            ("doc", b"\xef\xbb\xbf<html xmlns:o=\"urn\">", Format::Html),
            ("xls", b"<table><tr><td>", Format::Html),
            ("txt", b"\r\n<!DOCTYPE html>", Format::Html),
            ("html", b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC", Format::Html),
            ("htm", b"\xff\xfe<\0h\0t\0m\0l\0>\0", Format::Html),
            ("html", "一、<b>任务".as_bytes(), Format::Html),
            ("html", "一、任务".as_bytes(), Format::Text),
            ("txt", "<注>一、任务".as_bytes(), Format::Text),
            ("", "一、任务".as_bytes(), Format::Text),
            ("docx", "一、任务".as_bytes(), Format::Text),
            ("xls", "序号\t任务".as_bytes(), Format::Separated),
            ("md", b"From: here", Format::Markdown),
            ("doc", b"%PDF-1.7", Format::Pdf),
            ("doc", &compound("WordDocument"), Format::OldDocument),
            ("doc", &compound("Workbook"), Format::OldWorkbook),
        ];
        for (ending, bytes, format) in cases {
            assert_eq!(Format::of(ending, bytes), Ok(format), "{ending} {}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(Format::of("docx", &compound("EncryptedPackage")), Err(Unreadable::Password));
        assert_eq!(Format::of("docx", b""), Err(Unreadable::Empty));
        let word_2003 = b"<?xml version=\"1.0\"?><w:wordDocument>";
        assert_eq!(Format::of("doc", word_2003), Err(Unreadable::Unsupported("xml".to_owned())));
    }
}
