//! What board and timeline have in common: their page, its head and its foot.

use crate::office::light::Light;
use crate::paper::svg::{Anchor, Frame, GREY, INK, Look, Piece, page};
use crate::paper::{Contents, PaperError};

/// In pixels.
const WIDTH: f64 = 1_080.0;
const MARGIN: f64 = 40.0;
/// How wide what stands on a page may be.
pub const ROOM: f64 = WIDTH - 2.0 * MARGIN;

pub fn picture(pieces: &[Piece]) -> Result<Vec<u8>, PaperError> {
    page(pieces, WIDTH, MARGIN)
}

fn look(colour: &'static str, bold: bool, anchor: Anchor, room: f64) -> Look {
    Look { colour, bold, anchor, room }
}

/// `rest` says where to find what is not drawn.
pub fn frame(contents: &Contents, rest: &str) -> Frame {
    Frame { continued: continued(contents), rest: note(rest), foot: foot(contents) }
}

/// The plan's title, what is shown of it, and as of when.
pub fn head(contents: &Contents, what: &str) -> Piece {
    let mut piece = Piece::new(120.0);
    piece.text_to_fit((0.0, 44.0), 38.0, &contents.short_title(), look(INK, true, Anchor::Start, ROOM));
    let below = format!("{what}　截至{}", contents.as_of());
    piece.text((0.0, 90.0), 26.0, &below, look(GREY, false, Anchor::Start, ROOM));
    piece
}

/// Stands above every further page.
fn continued(contents: &Contents) -> Piece {
    const TITLE: f64 = 600.0;
    let mut piece = Piece::new(60.0);
    let title = format!("（续）{}", contents.short_title());
    piece.text_to_fit((0.0, 30.0), 24.0, &title, look(GREY, false, Anchor::Start, TITLE));
    let as_of = format!("截至{}", contents.as_of());
    piece.text_to_fit((ROOM, 30.0), 24.0, &as_of, look(GREY, false, Anchor::End, ROOM - TITLE));
    piece
}

pub fn legend() -> Piece {
    let mut piece = Piece::new(50.0);
    for (light, at) in Light::ALL.into_iter().zip(0..) {
        let x = f64::from(at) * 164.0;
        piece.circle((x + 12.0, 18.0), 11.0, light.colour());
        piece.text((x + 32.0, 27.0), 24.0, light.label(), look(INK, false, Anchor::Start, 130.0));
    }
    piece
}

/// A remark in small letters.
pub fn note(words: &str) -> Piece {
    let mut piece = Piece::new(46.0);
    piece.text((0.0, 30.0), 24.0, words, look(GREY, false, Anchor::Start, ROOM));
    piece
}

/// Whose it is, and the ledger's head, by which the picture can be held against the record.
fn foot(contents: &Contents) -> Piece {
    let signed = if contents.letterhead.office.is_some() { 40.0 } else { 0.0 };
    let mut piece = Piece::new(56.0 + signed);
    if let Some(office) = &contents.letterhead.office {
        piece.text((0.0, 38.0), 24.0, office, look(INK, false, Anchor::Start, ROOM));
    }
    let words = format!("台账{}条，末端 {}", contents.entries, contents.head.as_deref().unwrap_or("（空）"));
    piece.text((0.0, 40.0 + signed), 20.0, &words, look(GREY, false, Anchor::Start, ROOM));
    piece
}
