//! 文本: bytes of a plain text → numbered lines without what belongs to the page and not to the document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, GB18030, UTF_8};
use regex::Regex;

use super::ordinal;
use super::script::is_within_brackets;
use super::unreadable::Unreadable;

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Without white space at its ends.
    pub text: String,
}

/// A plan of 100,000 tasks with a label a line has 400,000.
const MOST_LINES: usize = 400_000;

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
    let full_line = FullLine::of(numbered(&text).map(|(line, _)| width(&line.text)));
    let lines = joined_pages(numbered(&text), full_line).take(MOST_LINES + 1).collect::<Vec<Line>>();
    match lines.len() {
        0 => Err(Unreadable::Empty),
        length if length > MOST_LINES => Err(Unreadable::TooManyRows(MOST_LINES)),
        _ => Ok(lines),
    }
}

/// How wide the lines are that a page has ended, in Chinese characters.
#[derive(Clone, Copy, Debug)]
pub struct FullLine(usize);

impl Default for FullLine {
    /// Where nothing shows it: what no heading or label reaches.
    fn default() -> FullLine {
        FullLine(25)
    }
}

impl FullLine {
    /// From the width of each line: those that a page has ended are of one width, save for what may not begin a line; paragraphs are not.
    pub fn of(widths: impl Iterator<Item = usize>) -> FullLine {
        const WIDTHS: std::ops::RangeInclusive<usize> = 12..=60;
        const FEWEST: usize = 4;
        const SHARE: usize = 3;
        let mut lines_of_width = BTreeMap::new();
        for width in widths {
            *lines_of_width.entry(width).or_insert(0_usize) += 1;
        }
        let widest = lines_of_width.keys().next_back().copied().filter(|widest| WIDTHS.contains(widest));
        let Some(full) = widest.map(|widest| widest - 2) else { return FullLine::default() };
        let all: usize = lines_of_width.values().sum();
        let of_one_width: usize = lines_of_width.range(full..).map(|(_, count)| count).sum();
        if of_one_width >= FEWEST && of_one_width * SHARE >= all { FullLine(full) } else { FullLine::default() }
    }

    /// A line that the page, and not its writer, has ended: full, or within brackets, and without the end of a sentence.
    pub fn is_broken_off(self, line: &str) -> bool {
        let ends_sentence = line.ends_with(['。', '.', '；', ';', '！', '!', '？', '?', '）', ')', '”', '】', '〕']);
        !ends_sentence && (width(line) >= self.0 || is_within_brackets(line))
    }
}

/// In Chinese characters, of which letters and digits take half.
pub fn width(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}

/// The lines without page numbers; where one stood, or a form feed, a broken line goes on.
fn joined_pages(lines: impl Iterator<Item = (Line, bool)>, full_line: FullLine) -> impl Iterator<Item = Line> {
    let mut lines = lines.peekable();
    std::iter::from_fn(move || {
        let (mut line, _) = lines.by_ref().find(|(line, _)| !PAGE_NUMBER.is_match(&line.text))?;
        loop {
            let mut page_ends = false;
            while lines.next_if(|(next, _)| PAGE_NUMBER.is_match(&next.text)).is_some() {
                page_ends = true;
            }
            let goes_on = |(next, after_feed): &(Line, bool)| {
                (page_ends || *after_feed)
                    && full_line.is_broken_off(&line.text)
                    && ordinal::leading(&next.text).is_none()
            };
            let Some((next, _)) = lines.next_if(goes_on) else { return Some(line) };
            line.text.push_str(&next.text);
        }
    })
}

/// Removes Markdown's marks: headings, quotes, emphasis. Its list numbers are the document's own.
pub fn without_markdown(line: Line) -> Line {
    let text = line.text.trim_start_matches(['#', '>', ' ']).replace("**", "").replace("\\.", ".");
    let text = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).unwrap_or(&text);
    Line { number: line.number, text: text.trim().to_owned() }
}

/// Lines end with CR LF, LF, CR or a form feed; those with white space alone are left out. A line comes with whether a
/// page began with it.
fn numbered(text: &str) -> impl Iterator<Item = (Line, bool)> {
    let mut number = 0;
    let mut after_feed = false;
    text.split_inclusive(['\n', '\r', '\u{c}'])
        .scan(false, move |after_return, piece| {
            let second_half_of_ending = *after_return && piece == "\n";
            *after_return = piece.ends_with('\r');
            number += usize::from(!second_half_of_ending);
            let line = Line { number, text: without_page_number(trimmed(piece)) };
            let begins_page = after_feed;
            after_feed = piece.ends_with('\u{c}') || (begins_page && line.text.is_empty());
            Some((line, begins_page))
        })
        .filter(|(line, _)| !line.text.is_empty())
}

/// `— 3 —` within a line, where lines have been put together.
fn without_page_number(line: String) -> String {
    static WITHIN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(\p{Han})\s*[—–－]{1,2}\s*\d{1,3}\s*[—–－]{1,2}\s*").expect("a constant"));
    if line.contains(['—', '–', '－']) { WITHIN.replace_all(&line, "$1").into_owned() } else { line }
}

/// Without white space and marks of no width at the ends. Tabs before others are empty cells, and stay.
pub fn trimmed(piece: &str) -> String {
    let is_outer = |character: char| character.is_whitespace() || "\u{feff}\u{200b}\u{200e}".contains(character);
    let inner = piece.trim_matches(is_outer);
    let empty_cells = if inner.contains('\t') { piece.len() - piece.trim_start_matches('\t').len() } else { 0 };
    format!("{}{inner}", &piece[..empty_cells])
}

/// The text of bytes in UTF-8, UTF-16 with its byte order mark, or GB18030; `None` where they are none of these.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (GB18030, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{Line, lines, without_markdown};
    use crate::plan::unreadable::Unreadable;

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
    fn pages_end_within_sentences() {
        let text = "（县档\n— 12 —\n案局负责）\n这一行写满了整个页面的宽度，所以在换页的地方断开为前\n\n-3-\n\u{c}后两半\n短\n- 4 -\n行、县档— 5 —案局、4—6月";
        let expected = [
            "（县档案局负责）",
            "这一行写满了整个页面的宽度，所以在换页的地方断开为前后两半",
            "短",
            "行、县档案局、4—6月",
        ];
        assert_eq!(texts(text.as_bytes()).into_iter().map(|(_, text)| text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn markdown() {
        let plain = |text: &str| without_markdown(Line { number: 1, text: text.to_owned() }).text;
        assert_eq!(plain("## **一、目标**"), "一、目标");
        assert_eq!(plain("1\\. 建立台账"), "1. 建立台账");
        assert_eq!(plain("- 责任单位：县档案局"), "责任单位：县档案局");
    }
}
