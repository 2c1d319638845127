//! Pieces of a picture, as SVG, and the picture as PNG by the fonts that the program carries.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use super::PaperError;

/// Noto Sans SC, cut down to GB 2312's symbols and the 8,105 characters of 通用规范汉字表, by which people and places are
/// registered (SIL Open Font License, assets/fonts/OFL.txt).
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular-subset.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold-subset.ttf");

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    Arc::new(fonts)
});

/// The same with the fonts of the machine, for what ours lack: traditional script, say. The first that has a character is
/// taken, so those most like ours come first. What all lack is drawn as a box.
static MORE_FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut system = usvg::fontdb::Database::new();
    system.load_system_fonts();
    let mut faces: Vec<_> = system.faces().cloned().collect();
    faces.sort_by_key(|face| {
        let named = |part: &str| face.families.iter().any(|(name, _)| name.contains(part));
        (!named("Sans"), !named("SC"), named("Mono"), face.weight != usvg::fontdb::Weight::NORMAL)
    });
    let mut fonts = usvg::fontdb::Database::clone(&FONTS);
    faces.into_iter().for_each(|face| {
        fonts.push_face_info(face);
    });
    Arc::new(fonts)
});

/// Of what people read first, and of what stands beside it.
pub const INK: &str = "222222";
pub const GREY: &str = "777777";

/// In pixels.
const LONGEST_PAGE: f64 = 1_600.0;

/// A piece of a picture with its height, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub height: f64,
    /// Whether it stands on the page of the next one: a heading.
    pub leads: bool,
    /// Its texts as they were given, before they were cut.
    pub words: Vec<String>,
    svg: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Piece {
    pub fn new(height: f64) -> Piece {
        Piece { height, ..Piece::default() }
    }

    /// A heading of that height.
    pub fn heading(height: f64) -> Piece {
        Piece { leads: true, ..Piece::new(height) }
    }

    pub fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), colour: &str) {
        self.add(format_args!(
            r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="6" fill="#{colour}"/>"##
        ));
    }

    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, colour: &str) {
        self.add(format_args!(r##"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="#{colour}"/>"##));
    }

    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), colour: &str) {
        self.add(format_args!(
            r##"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="#{colour}" stroke-width="2"/>"##
        ));
    }

    /// A line through the points; dashed for what is planned.
    pub fn path(&mut self, points: &[(f64, f64)], colour: &str, dashed: bool) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let dashes = if dashed { r#" stroke-dasharray="10 8""# } else { "" };
        let points = points.join(" ");
        self.add(format_args!(
            r##"<polyline points="{points}" fill="none" stroke="#{colour}" stroke-width="4"{dashes}/>"##
        ));
    }

    /// One line of text, cut with … where it is wider than `room`.
    pub fn text(&mut self, (x, y): (f64, f64), size: f64, words: &str, look: Look) {
        let anchor = match look.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.words.push(words.to_owned());
        let weight = if look.bold { 700 } else { 400 };
        let (words, colour) = (escape(&fit(words, size, look.room)), look.colour);
        self.add(format_args!(
            r##"<text x="{x:.1}" y="{y:.1}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="#{colour}">{words}</text>"##
        ));
    }

    /// The same, in smaller letters where that makes it fit.
    pub fn text_to_fit(&mut self, at: (f64, f64), size: f64, words: &str, look: Look) {
        self.text(at, size_to_fit(words, size, look.room), words, look);
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.svg.write_fmt(element);
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub colour: &'static str,
    pub bold: bool,
    pub anchor: Anchor,
    /// How wide it may be, in pixels.
    pub room: f64,
}

/// What every picture of several pages has.
pub struct Frame {
    /// Stands above every page but the first.
    pub continued: Piece,
    /// Stands where there would be more pages than are drawn.
    pub rest: Piece,
    /// Stands below the last page.
    pub foot: Piece,
}

/// The pieces on as many pages as they need, but no more than `most`.
pub fn pages_of(pieces: Vec<Piece>, frame: Frame, most: usize) -> Vec<Vec<Piece>> {
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    let mut page: Vec<Piece> = Vec::new();
    let mut used = 0.0;
    let together = heights_together(&pieces);
    for (piece, together) in pieces.into_iter().zip(together) {
        if used + together > LONGEST_PAGE {
            if pages.len() + 1 == most {
                page.push(frame.rest);
                break;
            }
            used = frame.continued.height;
            pages.push(std::mem::replace(&mut page, vec![frame.continued.clone()]));
        }
        used += piece.height;
        page.push(piece);
    }
    page.push(frame.foot);
    pages.push(page);
    pages
}

/// Of each piece with the headings after it that it leads to, and what stands below these.
fn heights_together(pieces: &[Piece]) -> Vec<f64> {
    let mut below = 0.0;
    let mut heights: Vec<f64> = pieces
        .iter()
        .rev()
        .map(|piece| {
            below = piece.height + if piece.leads { below } else { 0.0 };
            below
        })
        .collect();
    heights.reverse();
    heights
}

/// A piece as it stands within a page of HTML, which brings its own fonts.
pub fn inline(piece: &Piece, width: f64) -> String {
    let (height, body) = (piece.height, &piece.svg);
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">{body}</svg>"#)
}

/// The pieces below each other on a page of this width, as PNG.
pub fn page(pieces: &[Piece], width: f64, margin: f64) -> Result<Vec<u8>, PaperError> {
    let height = pieces.iter().map(|piece| piece.height).sum::<f64>() + 2.0 * margin;
    let mut body = String::new();
    let mut y = margin;
    for piece in pieces {
        let _ = write!(body, r#"<g transform="translate({margin},{y})">{}</g>"#, piece.svg);
        y += piece.height;
    }
    let svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Noto Sans SC"><rect width="{width}" height="{height}" fill="#FFFFFF"/>{body}</svg>"##
    );
    png(&svg)
}

fn png(svg: &str) -> Result<Vec<u8>, PaperError> {
    let broken = |why: String| PaperError::Board(why);
    let options = usvg::Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "Noto Sans SC".to_owned(),
        font_resolver: usvg::FontResolver {
            select_fallback: Box::new(|character, tried, fonts| {
                // Our own keep their places among the others.
                *fonts = Arc::clone(&MORE_FONTS);
                usvg::FontResolver::default_fallback_selector()(character, tried, fonts)
            }),
            ..usvg::FontResolver::default()
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| broken(error.to_string()))?;
    let size = tree.size().to_int_size();
    let pixmap = tiny_skia::Pixmap::new(size.width(), size.height());
    let mut pixmap = pixmap.ok_or_else(|| broken(format!("图片过大：{}×{}", size.width(), size.height())))?;
    resvg::render(&tree, tiny_skia::Transform::default(), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| broken(error.to_string()))
}

/// The width of a character in ems: Chinese ones are square, others about half.
fn ems(character: char) -> f64 {
    if character.is_ascii() { 0.56 } else { 1.0 }
}

/// How wide the words are, in pixels.
fn width(words: &str, size: f64) -> f64 {
    words.chars().map(ems).sum::<f64>() * size
}

/// Down to two thirds of the size; what is longer still is cut.
fn size_to_fit(words: &str, size: f64, room: f64) -> f64 {
    (size * room / width(words, size).max(1.0)).clamp(size * 2.0 / 3.0, size)
}

/// The words on no more than two lines that are not wider than `room`.
pub fn on_two_lines(words: &str, size: f64, room: f64) -> Vec<String> {
    if width(words, size) <= room {
        return vec![words.to_owned()];
    }
    let mut used = 0.0;
    let fits = |(_, character): &(usize, char)| {
        used += ems(*character) * size;
        used <= room
    };
    let end = words.char_indices().take_while(fits).last().map_or(words.len(), |(at, last)| at + last.len_utf8());
    // A remark in brackets is not taken apart.
    let end = words.rfind('（').filter(|bracket| (1..end).contains(bracket) && words.ends_with('）')).unwrap_or(end);
    let (first, second) = words.split_at(end);
    vec![first.to_owned(), second.to_owned()]
}

/// The words, cut with … where they are wider than `room`.
fn fit(words: &str, size: f64, room: f64) -> String {
    let mut used = 0.0;
    let mut fitting = String::new();
    let mut characters = words.chars().map(|character| if character.is_control() { ' ' } else { character }).peekable();
    while let Some(character) = characters.next() {
        used += ems(character) * size;
        let last = characters.peek().is_none();
        if used > room || (!last && used + size > room) {
            fitting.push('…');
            break;
        }
        fitting.push(character);
    }
    fitting
}

pub fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(fit("省公安厅", 10.0, 40.0), "省公安厅");
        assert_eq!(fit("省公安厅", 10.0, 39.0), "省公…");
        assert_eq!(fit("第5项", 10.0, 100.0), "第5项");
    }

    #[test]
    fn what_is_too_wide_gets_smaller_or_goes_on_below() {
        assert_eq!(size_to_fit("省公安厅", 10.0, 40.0), 10.0);
        assert_eq!(size_to_fit("省公安厅", 10.0, 32.0), 8.0);
        assert_eq!(size_to_fit("省公安厅", 9.0, 10.0), 6.0);
        assert_eq!(on_two_lines("省公安厅", 10.0, 40.0), ["省公安厅"]);
        assert_eq!(on_two_lines("省公安厅（未绑定）", 10.0, 60.0), ["省公安厅", "（未绑定）"]);
        assert_eq!(on_two_lines("省人力资源社会保障厅", 10.0, 60.0), ["省人力资源社", "会保障厅"]);
    }

    #[test]
    fn no_heading_stands_alone_at_the_foot_of_a_page() {
        let frame = || Frame { continued: Piece::new(60.0), rest: Piece::new(46.0), foot: Piece::new(56.0) };
        let row = |_| Piece::new(100.0);
        let mut pieces: Vec<Piece> = (0..15).map(row).collect();
        pieces.extend([Piece::heading(40.0), Piece::heading(40.0)]);
        pieces.extend((0..3).map(row));
        let pages = pages_of(pieces, frame(), 10);
        let heights = |page: &[Piece]| page.iter().map(|piece| piece.height).collect::<Vec<_>>();
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [15, 7]);
        assert_eq!(heights(&pages[1])[..4], [60.0, 40.0, 40.0, 100.0]);
    }

    #[test]
    fn rare_characters_are_drawn() {
        let drawn = |words: &str| {
            let mut piece = Piece::new(60.0);
            piece.text((0.0, 45.0), 40.0, words, Look { colour: INK, bold: false, anchor: Anchor::Start, room: 500.0 });
            page(&[piece], 600.0, 10.0).unwrap()
        };
        // No font has a character where there will never be one.
        let nothing = drawn("\u{fdd0}");
        let rare = ['㮾', '𬴊', '䶮', '堃', '〔'].map(|rare| drawn(&rare.to_string()));
        assert!(rare.iter().all(|picture| *picture != nothing));
        assert!(rare.iter().enumerate().all(|(at, picture)| !rare[..at].contains(picture)), "each in its own shape");
    }

    #[test]
    fn what_people_typed_is_text() {
        let mut piece = Piece::new(40.0);
        let look = Look { colour: "000000", bold: false, anchor: Anchor::Start, room: 500.0 };
        piece.text((0.0, 30.0), 20.0, "</text><script>&\u{0}", look);
        assert!(page(&[piece], 600.0, 10.0).is_ok());
    }
}
