//! 文本: bytes of a plain text → numbered lines without what belongs to the page and not to the document.

use std::sync::LazyLock;

use encoding_rs::{Encoding, GB18030, UTF_8};
use regex::Regex;

use super::Unreadable;

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Without white space at its ends.
    pub text: String,
}

/// `— 3 —`, `- 3 -`, `第3页`, `第 3 页 共 9 页`.
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?)$")
        .expect("a constant")
});

/// The lines of a UTF-8, UTF-16 (with its byte order mark) or GB18030 text.
///
/// # Errors
/// `Empty` where there is nothing to read, `NotText` where the bytes are none of these encodings.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let text = decode(bytes).ok_or(Unreadable::NotText)?;
    let lines: Vec<Line> = numbered(&text).filter(|line| !PAGE_NUMBER.is_match(&line.text)).collect();
    if lines.is_empty() { Err(Unreadable::Empty) } else { Ok(lines) }
}

/// Removes Markdown's marks: headings, quotes, emphasis. Its list numbers are the document's own.
pub fn without_markdown(line: Line) -> Line {
    let text = line.text.trim_start_matches(['#', '>', ' ']).replace("**", "").replace("\\.", ".");
    let text = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).unwrap_or(&text);
    Line { number: line.number, text: text.trim().to_owned() }
}

/// Lines end with CR LF, LF, CR or a form feed; those with white space alone are left out.
fn numbered(text: &str) -> impl Iterator<Item = Line> {
    let mut number = 0;
    text.split_inclusive(['\n', '\r', '\u{c}'])
        .scan(false, move |after_return, piece| {
            let second_half_of_ending = *after_return && piece == "\n";
            *after_return = piece.ends_with('\r');
            number += usize::from(!second_half_of_ending);
            Some(Line { number, text: trimmed(piece) })
        })
        .filter(|line| !line.text.is_empty())
}

fn trimmed(piece: &str) -> String {
    piece
        .trim_matches(|character: char| character.is_whitespace() || "\u{feff}\u{200b}\u{200e}".contains(character))
        .to_owned()
}

fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (GB18030, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Line, lines, without_markdown};
    use crate::plan::Unreadable;

    fn texts(bytes: &[u8]) -> Vec<(usize, String)> {
        lines(bytes).unwrap().into_iter().map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn encodings() {
        let expected = [(1, "督办".to_owned())];
        assert_eq!(texts("督办".as_bytes()), expected);
        assert_eq!(texts("\u{feff}督办".as_bytes()), expected);
        assert_eq!(texts(&[0xb6, 0xbd, 0xb0, 0xec]), expected);
        assert_eq!(texts(&[0xff, 0xfe, 0x63, 0x77, 0x9e, 0x52]), expected);
        assert_eq!(texts(&[0xfe, 0xff, 0x77, 0x63, 0x52, 0x9e]), expected);
        for bytes in [&b"\xff\xff\xff"[..], b"ab\0cd"] {
            assert_eq!(lines(bytes), Err(Unreadable::NotText));
        }
        assert_eq!(lines(" \r\n\u{3000}".as_bytes()), Err(Unreadable::Empty));
    }

    #[test]
    fn line_endings_and_pages() {
        let text = "甲\r\n\r\n乙\r丙\n— 3 —\n第 2 页 共 9 页\n丁\u{c}戊";
        let expected = [(1, "甲"), (3, "乙"), (4, "丙"), (7, "丁"), (8, "戊")];
        assert_eq!(texts(text.as_bytes()), expected.map(|(number, text)| (number, text.to_owned())));
    }

    #[test]
    fn markdown() {
        let plain = |text: &str| without_markdown(Line { number: 1, text: text.to_owned() }).text;
        assert_eq!(plain("## **一、目标**"), "一、目标");
        assert_eq!(plain("1\\. 建立台账"), "1. 建立台账");
        assert_eq!(plain("- 责任单位：县档案局"), "责任单位：县档案局");
    }
}
