//! 文字: one text in two guises, as printed and in simplified characters, with the same byte offsets in both; and its brackets and blanks.
//!
//! Rules are written once, in simplified characters; what they find is handed on as the document prints it.

use std::ops::Range;
use std::sync::LazyLock;

/// Traditional characters, each followed by its simplified form, after the table of the Open Chinese Convert project. Both
/// forms take three bytes, so replacing one by the other moves nothing.
const TRADITIONAL: &str = include_str!("../../assets/traditional.txt");

/// The simplified form of each character of three bytes, by its code; the zero character where it has none.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut forms = vec!['\0'; 1 << 16];
    pairs().for_each(|(traditional, simplified)| forms[traditional as usize] = simplified);
    forms
});

fn pairs() -> impl Iterator<Item = (char, char)> {
    let characters = || TRADITIONAL.chars().filter(|character| *character != '\n');
    characters().step_by(2).zip(characters().skip(1).step_by(2))
}

/// The brackets that pair with one another; documents mix their widths, so any closing one closes any opening one.
const OPENING: [char; 6] = ['（', '(', '【', '〔', '［', '['];
const CLOSING: [char; 6] = ['）', ')', '】', '〕', '］', ']'];

/// `printed` in simplified characters, with every byte offset kept.
pub fn simplify(printed: &str) -> String {
    let forms = &*SIMPLIFIED;
    let form = |character: char| forms.get(character as usize).copied().filter(|form| *form != '\0');
    let mut plain = String::with_capacity(printed.len());
    plain.extend(printed.chars().map(|character| form(character).unwrap_or(character)));
    plain
}

/// A stretch of text in both guises.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    pub printed: &'a str,
    /// What the rules read.
    pub plain: &'a str,
}

impl<'a> Span<'a> {
    pub fn slice(self, range: Range<usize>) -> Span<'a> {
        Span { printed: &self.printed[range.clone()], plain: &self.plain[range] }
    }

    /// Without the characters that `outer` names and white space at both ends.
    pub fn trim(self, outer: &str) -> Span<'a> {
        let drop = |character: char| character.is_whitespace() || outer.contains(character);
        let start = self.plain.len() - self.plain.trim_start_matches(drop).len();
        let end = self.plain.trim_end_matches(drop).len();
        self.slice(start..end.max(start))
    }

    /// Without `prefix`, where it begins with it.
    pub fn without_prefix(self, prefix: &str) -> Span<'a> {
        if self.plain.starts_with(prefix) { self.slice(prefix.len()..self.plain.len()) } else { self }
    }

    /// The parts between the characters that `separators` names, those within brackets excepted.
    pub fn split(self, separators: &str) -> Vec<Span<'a>> {
        let pairs = brackets(self.plain);
        let mut parts = Vec::new();
        let mut start = 0;
        for (at, character) in self.plain.char_indices() {
            if separators.chars().any(|separator| separator == character) && !within(&pairs, at) {
                parts.push(self.slice(start..at));
                start = at + character.len_utf8();
            }
        }
        parts.push(self.slice(start..self.plain.len()));
        parts
    }
}

/// The outermost pairs of brackets with what they hold, in order. A bracket without its partner is passed over.
pub fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut pairs: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices() {
        if OPENING.contains(&character) {
            open.push(at);
        } else if CLOSING.contains(&character)
            && let Some(start) = open.pop()
        {
            while pairs.pop_if(|inner| inner.start > start).is_some() {}
            pairs.push(start..at + character.len_utf8());
        }
    }
    pairs
}

/// Whether one of the outermost pairs holds the character at an offset.
pub fn within(pairs: &[Range<usize>], at: usize) -> bool {
    let following = pairs.partition_point(|pair| pair.end <= at);
    pairs.get(following).is_some_and(|pair| pair.start <= at)
}

/// What stands between the brackets of a pair.
pub fn inside(text: &str, pair: &Range<usize>) -> Range<usize> {
    let width = |character: Option<char>| character.map_or(0, char::len_utf8);
    let held = &text[pair.clone()];
    pair.start + width(held.chars().next())..pair.end - width(held.chars().next_back())
}

/// Whether the last bracket of a text still waits for its partner.
pub fn is_within_brackets(text: &str) -> bool {
    const LONGEST: usize = 300;
    let last = text.chars().rev().take(LONGEST).find(|character| "（(【〔）)】〕".contains(*character));
    last.is_some_and(|last| "（(【〔".contains(last))
}

/// A text without its white space.
pub fn dense(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Span, TRADITIONAL, brackets, pairs, simplify};

    #[test]
    fn simplifying_keeps_offsets() {
        assert!(pairs().all(|(traditional, simplified)| traditional.len_utf8() == 3 && simplified.len_utf8() == 3));
        assert_eq!(TRADITIONAL.chars().filter(|character| *character != '\n').count() % 2, 0);
        assert_eq!(simplify("由財政廳牽頭（abc）"), "由财政厅牵头（abc）");
    }

    #[test]
    fn outermost_brackets_of_any_width() {
        let texts = |text: &'static str| brackets(text).into_iter().map(move |pair| &text[pair]).collect::<Vec<_>>();
        assert_eq!(texts("甲(乙（丙）丁）戊[己]"), ["(乙（丙）丁）", "[己]"]);
        assert_eq!(texts("甲（乙（丙）丁"), ["（丙）"]);
        assert!(texts("）甲（").is_empty());
    }

    #[test]
    fn splitting_passes_over_brackets() {
        let span = Span { printed: "甲、乙（丙、丁）、戊", plain: "甲、乙（丙、丁）、戊" };
        let parts: Vec<&str> = span.split("、").into_iter().map(|part| part.plain).collect();
        assert_eq!(parts, ["甲", "乙（丙、丁）", "戊"]);
    }
}
