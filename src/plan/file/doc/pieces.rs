//! 片段: where the characters of a Word document stand (piece table). A document that was saved quickly has them in any order.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::header::Positions;
use crate::plan::file::compound::Bytes;

/// Consecutive characters that stand together in the document's stream.
struct Piece<'a> {
    characters: Range<u32>,
    /// Of the first one, in bytes.
    at: usize,
    /// One byte a character, in Western letters; else UTF-16.
    narrow: bool,
    /// Properties that the piece as a whole has been given.
    changes: &'a [u8],
}

pub struct Pieces<'a> {
    document: &'a [u8],
    pieces: Vec<Piece<'a>>,
}

/// A character, as a unit of UTF-16.
#[derive(Clone, Copy)]
pub struct Character<'a> {
    /// Its place among the characters of the document.
    pub index: u32,
    /// Its place in the stream, in bytes, by which properties are found.
    pub at: u32,
    pub width: u32,
    pub unit: u16,
    pub changes: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// `None` where there is no table of pieces.
    pub fn read(table: Bytes<'a>, document: &'a [u8]) -> Option<Pieces<'a>> {
        const CHANGES: u8 = 1;
        const PIECE: usize = 8;
        const NARROW: u32 = 1 << 30;
        const MOST_PIECES: usize = 500_000;
        // A piece has fifteen bits for the number of its change.
        const MOST_CHANGES: usize = 1 << 15;
        let mut changes = Vec::new();
        let mut rest = table;
        while rest.u8(0)? == CHANGES {
            let length = usize::from(rest.u16(1)?);
            changes.extend(rest.range(3, length).filter(|_| changes.len() < MOST_CHANGES));
            rest = rest.from(3 + length)?;
        }
        let positions = Positions::of(Bytes(rest.range(5, rest.place(1)?)?), PIECE);
        let piece = |index| {
            let data = positions.data(index)?;
            let (place, change) = (data.u32(2)?, data.u16(6)?);
            let narrow = place & NARROW != 0;
            let at = (place & (NARROW - 1)) as usize / if narrow { 2 } else { 1 };
            // One in a list of changes; a single small change of a piece is none that matters here.
            let changes = (change & 1 != 0).then(|| changes.get(usize::from(change >> 1)).copied()).flatten();
            let characters = positions.at(index)?..positions.at(index + 1)?;
            Some(Piece { characters, at, narrow, changes: changes.unwrap_or_default() })
        };
        let count = positions.count();
        (count <= MOST_PIECES).then(|| Pieces { document, pieces: (0..count).filter_map(piece).collect() })
    }

    /// The characters of a text; those that would stand beyond the end of the stream are left out.
    pub fn characters(&self, text: Range<u32>) -> impl Iterator<Item = Character<'a>> {
        let first = self.pieces.partition_point(|piece| piece.characters.end <= text.start);
        let pieces = self.pieces[first..].iter().take_while({
            let end = text.end;
            move |piece| piece.characters.start < end
        });
        let document = Bytes(self.document);
        pieces.flat_map(move |piece| {
            let from = piece.characters.start.max(text.start);
            let to = piece.characters.end.min(text.end);
            let width = if piece.narrow { 1 } else { 2 };
            (from..to).map_while(move |index| {
                let at = piece.at + (index - piece.characters.start) as usize * width as usize;
                let unit = if piece.narrow { wide(document.u8(at)?) } else { document.u16(at)? };
                Some(Character { index, at: at as u32, width, unit, changes: piece.changes })
            })
        })
    }
}

/// A Western letter in UTF-16.
fn wide(byte: u8) -> u16 {
    if byte.is_ascii() {
        return u16::from(byte);
    }
    let bytes = [byte];
    let (letter, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    letter.encode_utf16().next().unwrap_or_default()
}
