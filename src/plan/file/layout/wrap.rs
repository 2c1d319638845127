//! 换行: which lines the width of a page or of a cell has broken, and which begin anew.

use super::lines::Line;
use crate::plan::table::Cell;
use crate::plan::{ordinal, responsibility, script};

/// The left and the right edge of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edges {
    pub left: f32,
    pub right: f32,
}

impl Edges {
    /// Edges that lines show. Marks may stand beyond the right edge, and are not counted.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Edges> {
        /// A place is an edge where so many lines begin at it, if any does.
        const ENOUGH: usize = 3;
        const NEAR: f32 = 3.0;
        let (mut lefts, mut right) = (Vec::new(), f32::NEG_INFINITY);
        for line in lines {
            let hangs = line.text().trim_end().ends_with(MARKS);
            right = right.max(line.right() - if hangs { line.size } else { 0.0 });
            lefts.push(line.left());
        }
        lefts.sort_by(f32::total_cmp);
        let many = lefts.chunk_by(|one, other| other - one <= NEAR).find(|same| same.len() >= ENOUGH);
        let left = many.map_or(lefts.first(), |same| same.first()).copied()?;
        Some(Edges { left, right })
    }
}

/// The first and the last line of a cell, and between which edges they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    first: Line,
    last: Line,
    edges: Edges,
}

/// A cell of a table on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    pub text: String,
    /// Merged with the cell above.
    pub goes_on: bool,
    /// Its text may go on on the next page.
    pub ends: Option<Box<Ends>>,
}

/// Marks that may hang over the right edge and never begin a line.
const MARKS: [char; 19] =
    ['，', '。', '、', '；', '：', '？', '！', '）', '》', '”', '’', '】', '〕', '…', ',', '.', ';', ':', ')'];
/// Marks that never end a line.
const OPENING: [char; 7] = ['（', '《', '“', '‘', '【', '〔', '('];

pub fn is_mark(character: char) -> bool {
    MARKS.contains(&character)
}

/// Whether a line goes on with the one above it: the first word of it found no room there, and nothing says that it
/// begins anew.
///
/// `text` is that of the lines so far.
pub fn goes_on(text: &str, above: &Line, below: &Line, edges: Edges, edges_below: Edges) -> bool {
    /// Where a sentence has ended, and where it has not.
    const SLACK: [f32; 2] = [0.3, 0.8];
    const SAME_SIZE: f32 = 0.12;
    const INDENTED: f32 = 1.2;
    let size = above.size;
    if (below.size - size).abs() > size * SAME_SIZE {
        return false;
    }
    let below_text = below.text();
    let (before, after) = (text.trim_end(), below_text.trim());
    let room = edges.right - above.right();
    let word = first_word(after) * below.size;
    let ended = ends_sentence(before);
    if room > word + SLACK[usize::from(!ended)] * size {
        return false;
    }
    let is_indented = below.left() - edges_below.left >= INDENTED * below.size;
    let labelled = before.ends_with('。') && responsibility::begins_with_label(after);
    let begins = is_indented || labelled || ordinal::leading(after).is_some();
    !(ended && begins && !script::is_within_brackets(before))
}

/// How wide the part of a text is that no line end may break, in the size of its characters. Quotation marks hold what
/// stands on both sides, as does a mark before a figure.
fn first_word(text: &str) -> f32 {
    const MOST: usize = 24;
    const QUOTES: [char; 4] = ['“', '”', '‘', '’'];
    let wide = |character: char| if character.is_ascii() { 0.5 } else { 1.0 };
    let is_latin = |character: char| character.is_ascii_alphanumeric() || character == '%';
    let mut width = 0.0;
    let mut last: Option<char> = None;
    for character in text.chars().take(MOST) {
        let holds = last.is_none_or(|last| {
            let opens = OPENING.contains(&last) || QUOTES.contains(&last);
            let closes = is_mark(character) || QUOTES.contains(&character);
            opens || closes || (is_latin(character) && (is_latin(last) || is_mark(last)))
        });
        if !holds {
            break;
        }
        width += wide(character);
        last = Some(character);
    }
    width
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', '）', '”', '》', '.', ';', ':', ')', '】'])
}

/// The text of a cell: lines that the cell's width has broken are joined.
pub fn cell(lines: &[Line], left: f32, right: f32) -> GridCell {
    /// Between the line around a cell and its text.
    const MOST_PADDING: f32 = 12.0;
    let Some(shown) = Edges::of(lines.iter()) else { return GridCell::default() };
    let padding = lines.iter().map(|line| line.left() - left).fold(f32::INFINITY, f32::min);
    let edges = Edges { left: shown.left, right: shown.right.max(right - padding.clamp(0.0, MOST_PADDING)) };
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && !goes_on(&text, &lines[index - 1], line, edges, edges) {
            text.push('\n');
        }
        append(&mut text, &line.text());
    }
    let ends = lines.first().cloned().zip(lines.last().cloned());
    GridCell {
        text: text.trim().to_owned(),
        goes_on: false,
        ends: ends.map(|(first, last)| Box::new(Ends { first, last, edges })),
    }
}

/// Adds a line to the text that it goes on with; words of Latin letters keep a space between them.
pub fn append(text: &mut String, line: &str) {
    let is_letter = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphabetic());
    if is_letter(text.chars().next_back()) && is_letter(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

impl GridCell {
    pub fn into_cell(self) -> Cell {
        if self.goes_on { Cell::Above } else { Cell::Text(self.text) }
    }

    /// Whether the text of a cell on the next page goes on with the last line of this one.
    pub fn runs_into(&self, next: &GridCell) -> bool {
        let both = self.ends.as_ref().zip(next.ends.as_ref());
        both.is_some_and(|(ends, next)| goes_on(&self.text, &ends.last, &next.first, ends.edges, next.edges))
    }

    pub fn go_on_with(&mut self, next: GridCell) {
        if next.text.is_empty() {
            return;
        }
        if !self.text.is_empty() && !self.runs_into(&next) {
            self.text.push('\n');
        }
        append(&mut self.text, &next.text);
        self.ends = next.ends;
    }
}
