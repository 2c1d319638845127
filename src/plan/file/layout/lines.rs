//! 行: characters that stand side by side.

use super::sheet::Glyph;
use crate::chinese::radicals;

/// Characters without a gap between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub left: f32,
    pub right: f32,
    pub text: String,
}

/// A line of text, its pieces from left to right; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub baseline: f32,
    pub size: f32,
    pub pieces: Vec<Piece>,
}

impl Line {
    pub fn left(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.left)
    }

    pub fn right(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.right)
    }

    /// What the line says, with a space where a gap is; white space at its end stays, as the next line may go on.
    pub fn text(&self) -> String {
        self.parts(WIDE).into_iter().map(|part| part.text).collect::<Vec<_>>().join(" ")
    }

    /// The pieces put together, but for gaps of so many of the size of the characters.
    pub fn parts(&self, gap: f32) -> Vec<Piece> {
        let mut parts: Vec<Piece> = Vec::new();
        for piece in &self.pieces {
            match parts.last_mut().filter(|last| piece.left - last.right < gap * self.size) {
                Some(last) => {
                    last.text.push_str(&piece.text);
                    last.right = last.right.max(piece.right);
                }
                None => {
                    parts.iter_mut().last().into_iter().for_each(|last| last.text.truncate(last.text.trim_end().len()));
                    parts.push(piece.clone());
                }
            }
        }
        parts
    }
}

/// A gap that texts write as a space, of the size of the characters.
const WIDE: f32 = 0.9;

/// The lines that characters make, from top to bottom.
pub fn read(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    /// Of the size of the characters: raised and lowered ones are still on the line.
    const SAME_LINE: f32 = 0.45;
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut lines = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let mut size = first.size;
        let length = rest.iter().take_while(|glyph| {
            size = size.max(glyph.size.min(first.size * 2.0));
            glyph.y - first.y <= size * SAME_LINE
        });
        let length = length.count();
        let (line, below) = std::mem::take(&mut rest).split_at_mut(length);
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
        lines.extend(line_of(line));
        rest = below;
    }
    lines
}

/// A line of characters that are in order; `None` where all of them are white space.
fn line_of(glyphs: &[Glyph]) -> Option<Line> {
    const NARROW: f32 = 0.15;
    let seen = |glyph: &&Glyph| !glyph.character.is_whitespace();
    let largest = glyphs.iter().filter(seen).max_by(|one, other| one.size.total_cmp(&other.size))?;
    let (baseline, size) = (largest.y, largest.size);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut space = false;
    for glyph in glyphs {
        if glyph.character.is_whitespace() {
            space = last.is_some();
            continue;
        }
        if last.is_some_and(|last| is_printed_twice(&last, glyph)) {
            continue;
        }
        let gap = last.map_or(f32::INFINITY, |last| glyph.x - last.right());
        let is_apart = space || last.is_some_and(|last| are_words_apart(&last, glyph, gap));
        if let Some(piece) = pieces.last_mut().filter(|_| is_apart) {
            piece.text.push(' ');
        }
        let character = radicals::as_character(glyph.character);
        match pieces.last_mut().filter(|_| gap < NARROW * size) {
            Some(piece) => {
                piece.text.push(character);
                piece.right = piece.right.max(glyph.right());
            }
            None => pieces.push(Piece { left: glyph.x, right: glyph.right(), text: character.to_string() }),
        }
        (last, space) = (Some(*glyph), false);
    }
    if let Some(piece) = pieces.last_mut().filter(|_| space) {
        piece.text.push(' ');
    }
    Some(Line { baseline, size, pieces })
}

/// Words of Latin letters may have a gap between them and no space.
fn are_words_apart(last: &Glyph, next: &Glyph, gap: f32) -> bool {
    const SMALLEST_SPACE: f32 = 0.18;
    let is_letter = |glyph: &Glyph| glyph.character.is_ascii_alphabetic();
    is_letter(last) && is_letter(next) && gap > SMALLEST_SPACE * next.size
}

/// A character that is printed again a little aside, to look bold.
fn is_printed_twice(last: &Glyph, next: &Glyph) -> bool {
    const ASIDE: f32 = 0.2;
    last.character == next.character && (next.x - last.x).abs() < ASIDE * next.size && next.width > ASIDE * next.size
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::plan::file::layout::sheet::Glyph;

    fn row(text: &str, mut x: f32, y: f32) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for character in text.chars() {
            let width = if character.is_ascii() { 8.0 } else { 16.0 };
            if character != '_' {
                glyphs.push(Glyph { character, x, y, width, size: 16.0 });
            }
            x += width;
        }
        glyphs
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        read(glyphs).iter().map(super::Line::text).collect()
    }

    #[test]
    fn lines_and_gaps() {
        let glyphs = [row("第二行", 50.0, 120.0), row("第一____行 A B", 50.0, 100.0), row("2", 98.0, 96.0)].concat();
        assert_eq!(texts(glyphs), ["第一 2行 A B", "第二行"]);
        let glyphs = [row("县档案局", 50.0, 100.0), row("县档案局", 50.6, 100.0), row("⽅⻓", 114.0, 100.2)].concat();
        assert_eq!(texts(glyphs), ["县档案局方长"]);
    }
}
