//! RTF: the paragraphs and tables of an .rtf file (Microsoft's specification 1.9.1).
//!
//! `pieces` cuts the bytes into groups, words and bytes of text, `rows` places cells. Pictures, field codes, comments and
//! hidden or deleted text are passed over; footnotes are read after the text, heads and feet of pages for marks of secrecy.

mod font;
mod pieces;
mod rows;

use font::Fonts;
use pieces::{Piece, Pieces};
use rows::{Edge, RichRow};

use super::{Content, MOST_ROWS, MOST_TEXT};
use crate::office::plan::Problem;
use crate::plan::block::Block;
use crate::plan::text::Line;
use crate::plan::unreadable::Unreadable;
use crate::plan::{marking, table, text};

const DEEPEST: usize = 256;
/// No table of Word's has more columns.
const MOST_EDGES: usize = 64;

/// Groups whose content is no text of the document, besides those that say so by a star.
const PASSED_OVER: [&str; 13] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
    "nonshppict",
    "shprslt",
    "sp",
    "nonesttables",
    "xe",
];
/// Heads and feet of pages, which are read for marks of secrecy alone.
const OF_PAGES: [&str; 8] = ["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];
/// Groups with a star that are read nevertheless: text boxes, and the rows of tables within tables.
const READ: [&str; 2] = ["shpinst", "nesttableprops"];

pub fn read(bytes: &[u8]) -> Result<Content, Unreadable> {
    let mut reader = Reader::default();
    for piece in Pieces::new(bytes) {
        match piece {
            Piece::Open => reader.open()?,
            Piece::Close => reader.close()?,
            Piece::Word(name, number) => reader.word(name, number)?,
            Piece::Byte(byte) => reader.byte(byte),
        }
        if reader.line > MOST_ROWS {
            return Err(Unreadable::TooManyRows(MOST_ROWS));
        }
        if reader.written + reader.text.len() > MOST_TEXT {
            return Err(Unreadable::Swells);
        }
        if reader.begun && reader.outer.is_empty() {
            return reader.finish();
        }
    }
    // The last group was never closed: the end is missing.
    Err(Unreadable::Damaged)
}

/// What holds until the group ends.
#[derive(Clone, Copy, Debug)]
struct State {
    passed_over: bool,
    fonts: bool,
    hidden: bool,
    deleted: bool,
    in_table: bool,
    /// Of a table within a cell.
    nested: bool,
    font: i32,
    /// How many characters follow a `\u` for programs that do not know it.
    fallback: usize,
}

impl Default for State {
    fn default() -> State {
        State {
            passed_over: false,
            fonts: false,
            hidden: false,
            deleted: false,
            in_table: false,
            nested: false,
            font: 0,
            fallback: 1,
        }
    }
}

/// A text beside that of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Box,
    Note,
    /// The head or foot of pages.
    Page,
}

/// Such a text that is being read, and the text around it.
struct Aside {
    depth: usize,
    around: String,
    kind: Beside,
}

#[derive(Default)]
struct Reader {
    begun: bool,
    state: State,
    outer: Vec<State>,
    /// A star stands before the next word.
    starred: bool,
    fonts: Fonts,
    bytes: Vec<u8>,
    /// The first byte of a character waits for the second.
    half: bool,
    /// Half of a character beyond the first 65,536.
    surrogate: Option<u16>,
    passed: usize,
    text: String,
    /// Bytes of what was read before.
    written: usize,
    asides: Vec<Aside>,
    notes: Vec<String>,
    problems: Vec<Problem>,
    left: i32,
    edges: Vec<Edge>,
    edge: Edge,
    cells: Vec<String>,
    rows: Vec<RichRow>,
    /// The last paragraph or row, counted from 1.
    line: usize,
    blocks: Vec<Block>,
}

impl Reader {
    fn open(&mut self) -> Result<(), Unreadable> {
        self.flush();
        self.begun = true;
        self.passed = 0;
        if self.outer.len() >= DEEPEST {
            return Err(Unreadable::TooDeep);
        }
        self.outer.push(self.state);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        self.flush();
        self.passed = 0;
        self.starred = false;
        let depth = self.outer.len();
        self.state = self.outer.pop().unwrap_or_default();
        if let Some(aside) = self.asides.pop_if(|aside| aside.depth == depth) {
            let inner = std::mem::replace(&mut self.text, aside.around);
            if aside.kind == Beside::Page {
                let paragraphs = lines(&inner).collect();
                self.problems.extend(marking::of_pages(paragraphs)?);
            } else if aside.kind == Beside::Note {
                self.written += inner.len();
                self.notes.push(inner);
            } else if self.state.in_table || !self.asides.is_empty() {
                self.text.push('\n');
                self.text.push_str(&inner);
            } else {
                self.paragraph(&inner)?
            }
        }
        Ok(())
    }

    fn is_shown(&self) -> bool {
        !(self.state.passed_over || self.state.fonts || self.state.hidden || self.state.deleted)
    }

    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        if !self.is_shown() {
            return;
        }
        if self.half || byte >= 0x80 {
            self.half = !self.half && byte > 0x80 && self.fonts.is_double_byte(self.state.font);
            self.bytes.push(byte);
        } else {
            self.flush();
            self.text.push(char::from(byte));
        }
    }

    /// Reads the bytes that have come together.
    fn flush(&mut self) {
        self.half = false;
        if !self.bytes.is_empty() {
            self.text.push_str(&self.fonts.decode(self.state.font, &self.bytes));
            self.bytes.clear();
        }
    }

    fn write(&mut self, text: &str) {
        if self.is_shown() {
            self.text.push_str(text);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.passed = self.state.fallback;
        // Numbers from 32,768 on are written as negative ones.
        let unit = number as u16;
        let units = self.surrogate.take().into_iter().chain([unit]);
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).flatten().collect();
        self.write(&text);
    }

    fn word(&mut self, name: &str, number: Option<i32>) -> Result<(), Unreadable> {
        self.flush();
        self.passed = 0;
        let starred = std::mem::take(&mut self.starred);
        let on = number != Some(0);
        match name {
            "*" => self.starred = true,
            _ if starred && !READ.contains(&name) => self.state.passed_over = true,
            _ if PASSED_OVER.contains(&name) => self.state.passed_over = true,
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.state.fallback = number.and_then(|number| number.try_into().ok()).unwrap_or(1),
            "ansicpg" => self.fonts.code_page = number,
            "fonttbl" => self.state.fonts = true,
            "f" if self.state.fonts => self.fonts.begin(number.unwrap_or_default()),
            "fcharset" => self.fonts.set_charset(number.unwrap_or_default()),
            "f" => self.state.font = number.unwrap_or_default(),
            "deff" => self.state.font = number.unwrap_or_default(),
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "plain" => (self.state.hidden, self.state.deleted) = (false, false),
            "footnote" => self.begin_aside(Beside::Note),
            "shptxt" => self.begin_aside(Beside::Box),
            _ if OF_PAGES.contains(&name) => self.begin_aside(Beside::Page),
            "nesttableprops" => self.state.nested = true,
            _ if self.state.passed_over => {}
            "pard" => self.state.in_table = false,
            "intbl" => self.state.in_table = true,
            "itap" => self.state.in_table = number.unwrap_or_default() > 0,
            "trowd" | "trleft" | "clvmrg" | "clmrg" | "cellx" if !self.state.nested => {
                self.define(name, number.unwrap_or_default());
            }
            "par" | "sect" | "cell" | "row" | "nestcell" | "nestrow" => self.end(name)?,
            _ => self.write(written(name)),
        }
        Ok(())
    }

    fn begin_aside(&mut self, kind: Beside) {
        if self.state.passed_over {
            return;
        }
        let around = std::mem::take(&mut self.text);
        self.asides.push(Aside { depth: self.outer.len(), around, kind });
    }

    /// A part of the definition of a row.
    fn define(&mut self, name: &str, number: i32) {
        match name {
            "trowd" => {
                self.edges.clear();
                (self.left, self.edge) = (0, Edge::default());
            }
            "trleft" => self.left = number,
            "clvmrg" => self.edge.above = true,
            "clmrg" => self.edge.before = true,
            _ => {
                let edge = Edge { right: number, ..std::mem::take(&mut self.edge) };
                if self.edges.len() < MOST_EDGES {
                    self.edges.push(edge);
                }
            }
        }
    }

    /// Ends a paragraph, a cell or a row. Within text boxes and notes all of them end lines.
    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "nestcell" => self.write(" "),
            "cell" if !self.asides.is_empty() => self.write(" "),
            _ if !self.asides.is_empty() || name == "nestrow" => self.write("\n"),
            "cell" => {
                let text = std::mem::take(&mut self.text);
                self.written += text.len();
                self.cells.push(lines(&text).collect::<Vec<_>>().join("\n"));
            }
            "row" => self.end_row(),
            _ if self.state.in_table => self.write("\n"),
            _ => {
                let text = std::mem::take(&mut self.text);
                self.paragraph(&text)?;
            }
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.line += 1;
        let (cells, edges) = (std::mem::take(&mut self.cells), self.edges.clone());
        self.rows.push(RichRow { line: self.line, left: self.left, edges, cells });
    }

    /// A paragraph outside of tables: it ends the table above it.
    fn paragraph(&mut self, text: &str) -> Result<(), Unreadable> {
        self.end_table()?;
        self.line += 1;
        self.written += text.len();
        let number = self.line;
        self.blocks.extend(lines(text).map(|text| Block::Paragraph(Line { number, text })));
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        let rows = std::mem::take(&mut self.rows);
        self.blocks.extend(table::blocks(rows::aligned(rows)?));
        Ok(())
    }

    fn finish(mut self) -> Result<Content, Unreadable> {
        if !self.cells.is_empty() {
            self.end_row();
        }
        let text = std::mem::take(&mut self.text);
        self.paragraph(&text)?;
        for note in std::mem::take(&mut self.notes) {
            self.paragraph(&note)?;
        }
        // Several sections may have the same mark.
        self.problems.dedup();
        if self.blocks.is_empty() {
            return Err(Unreadable::Empty);
        }
        Ok(Content { blocks: self.blocks, problems: self.problems })
    }
}

/// The lines of a paragraph that breaks its lines itself.
fn lines(paragraph: &str) -> impl Iterator<Item = String> {
    paragraph.split('\n').map(text::trimmed).filter(|line| !line.is_empty())
}

/// What a word stands for in the text; most stand for nothing.
fn written(word: &str) -> &'static str {
    match word {
        "line" | "lbr" | "page" | "column" => "\n",
        "tab" | "~" | "emspace" | "enspace" | "qmspace" => " ",
        "_" => "-",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::plan::block::Block;
    use crate::plan::unreadable::Unreadable;

    fn told(body: &str) -> Vec<String> {
        let file = format!(
            r"{{\rtf1\ansi\ansicpg936\uc1{{\fonttbl{{\f0\fcharset134 \'cb\'ce;}}{{\f1\fcharset0 A;}}{{\f2\fcharset136 B;}}}}{body}}}"
        );
        let text = |block: Block| match block {
            Block::Paragraph(line) | Block::Head(line) => line.text,
            Block::Row(row) => {
                let fields: Vec<&str> = row.fields.iter().map(|(_, text)| text.as_str()).collect();
                format!("[{}] {} | {}", row.ordinal.printed, row.text.replace('\n', "/"), fields.join(" | "))
            }
        };
        read(file.as_bytes()).unwrap().blocks.into_iter().map(text).collect()
    }

    #[test]
    fn characters_of_every_kind() {
        let body = r"\u30563 ?\u-28404 ?{\f0\'b6\'bd\'b0\'ec\'81@}\par {\f2\'b7\'fe}\ldblquote a\{\~b\rdblquote\line\u-10179 ?\u-8694 ?c";
        let expected = ["督\u{910c}督办丂", "督“a{ b”", "\u{1f60a}c"];
        assert_eq!(told(body), expected);
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let body = r"{\*\generator x;}{\info{\title t}}{\header\pard h\par}a{\v b}{\deleted c}d\v e\v0 f{\pict ff}{\field{\*\fldinst PAGE}{\fldrslt g}}{\footnote\pard n\par}\par {\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard box\par}}{\shprslt z}}i\bin3 }}}j\par";
        assert_eq!(told(body), ["adfg", "box", "ij", "n"]);
    }

    #[test]
    fn marks_at_the_head_and_foot_of_pages() {
        for group in ["header", "headerf", "footer", "footerr"] {
            let file =
                format!(r"{{\rtf1\ansi\ansicpg936{{\{group}\pard \'bb\'fa\'c3\'dc\u9733 ?1\'c4\'ea\par}}a\par}}");
            assert_eq!(read(file.as_bytes()), Err(Unreadable::Secret), "{group}");
        }
        let internal = r"{\header\pard\intbl \'c4\'da\'b2\'bf\'d7\'ca\'c1\'cf\par}";
        let file = format!(r"{{\rtf1\ansi\ansicpg936{internal}a\par\sect{internal}b\par}}");
        let content = read(file.as_bytes()).unwrap();
        assert_eq!((content.blocks.len(), content.problems.len()), (2, 1));
    }

    #[test]
    fn tables() {
        let definition = r"\trowd\trleft-108\cellx1000\cellx3000";
        let body = format!(
            r"before\par {definition}\cellx4000\cellx5000\pard\intbl {{\u24207 ?\u21495 ?\cell \u20219 ?\u21153 ?\cell \u29301 ?\u22836 ?\u21333 ?\u20301 ?\cell \u26102 ?\u38480 ?\cell}}\row
            {definition}\cellx4003\cellx5000\pard\intbl 1\cell a\par b\cell \'c3\'f1\cell 6\cell\row
            {definition}\clvmrg\cellx4000\cellx5000\pard\intbl 2\cell c\cell\cell 7\cell\row \pard after\par"
        );
        assert_eq!(told(&body), ["before", "[1] a/b | 民 | 6", "[2] c | 民 | 7", "after"]);
    }

    #[test]
    fn files_that_do_harm() {
        assert_eq!(read("{".repeat(10_000).as_bytes()), Err(Unreadable::TooDeep));
        assert_eq!(read(br"{\rtf1 a"), Err(Unreadable::Damaged));
        assert_eq!(read(br"{\rtf1 }"), Err(Unreadable::Empty));
        let many = format!(r"{{\rtf1 {}}}", r"\par".repeat(200_001));
        assert_eq!(read(many.as_bytes()), Err(Unreadable::TooManyRows(200_000)));
    }
}
