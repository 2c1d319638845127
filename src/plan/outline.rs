//! 层次: blocks → numbered items, each with its body and the item above it.

use super::duty::{self, Label};
use super::ordinal::{self, Ordinal, Style};
use super::table::{Block, Row};
use super::text::Line;

/// A numbered part of the document: a heading, a task or a step of one.
#[derive(Clone, Debug)]
pub struct Item {
    pub line: usize,
    pub ordinal: Ordinal,
    /// What follows the number, paragraphs apart by line ends.
    pub body: String,
    /// The columns of units and dates, where it is a row of a table.
    pub fields: Vec<(Label, String)>,
    /// The index of the item above.
    pub parent: Option<usize>,
    /// Its last paragraph says who is responsible.
    closed: bool,
}

impl Item {
    /// A heading's words: up to the end of its first sentence.
    pub fn title(&self) -> &str {
        let first_line = self.body.lines().next().unwrap_or_default();
        first_line.split(['。', '：']).next().unwrap_or_default().trim().trim_end_matches(['.', ':'])
    }
}

/// The items of a document, and the lines that belong to none: before the first, or after a task was complete.
#[derive(Debug, Default)]
pub struct Outline {
    pub items: Vec<Item>,
    pub outside: Vec<Line>,
    /// The indexes of the items that the next one may stand below, outermost first.
    open: Vec<usize>,
}

pub fn outline(blocks: Vec<Block>) -> Outline {
    let mut outline = Outline::default();
    for block in blocks {
        match block {
            Block::Paragraph(line) => outline.paragraph(&line),
            Block::Row(row) => outline.row(row),
        }
    }
    outline
}

impl Outline {
    /// An ordinal at the beginning of a line opens an item. One within a line does so where it counts on from those
    /// before it, after the end of a sentence or right after a heading: whole documents come as one line.
    fn paragraph(&mut self, line: &Line) {
        let text = line.text.as_str();
        let mut start = 0;
        for marker in ordinal::markers(text) {
            let before = &text[start..marker.start];
            let opens = marker.start == 0
                || (self.counts_on(&marker.ordinal) && (ends_sentence(before) || (start > 0 && is_heading(before))));
            if opens {
                self.continue_with(line.number, before);
                self.open_item(line.number, marker.ordinal);
                start = marker.end;
            }
        }
        self.continue_with(line.number, &text[start..]);
    }

    fn row(&mut self, row: Row) {
        if let Some(section) = row.section {
            self.paragraph(&Line { number: row.line, text: section });
        }
        let value = crate::domain::words::numerals::parse(&row.number).unwrap_or_default();
        self.open_item(row.line, Ordinal { style: Style::Dotted, value, printed: row.number });
        if let Some(item) = self.items.last_mut() {
            item.body = row.text;
            item.fields = row.fields;
            item.closed = true;
        }
    }

    fn open_item(&mut self, line: usize, ordinal: Ordinal) {
        while self.open.pop_if(|index| self.items[*index].ordinal.style >= ordinal.style).is_some() {}
        let parent = self.open.last().copied();
        self.open.push(self.items.len());
        self.items.push(Item { line, ordinal, body: String::new(), fields: Vec::new(), parent, closed: false });
    }

    /// Adds words to the last item, unless it is complete and they name no further responsibility.
    fn continue_with(&mut self, line: usize, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let closes = duty::closes(words);
        match self.items.last_mut().filter(|item| !item.closed || closes) {
            Some(item) => {
                if !item.body.is_empty() && !runs_on(&item.body) {
                    item.body.push('\n');
                }
                item.body.push_str(words);
                item.closed = closes;
            }
            None => self.outside.push(Line { number: line, text: words.to_owned() }),
        }
    }

    /// Whether an ordinal is the next of its kind among those that are open, or the first of a level below them.
    fn counts_on(&self, ordinal: &Ordinal) -> bool {
        let open = self.open.iter().map(|index| &self.items[*index].ordinal);
        match open.into_iter().find(|open| open.style == ordinal.style) {
            Some(open) => ordinal.value == open.value + 1,
            None => ordinal.value == 1,
        }
    }
}

/// Whether the next line goes on with a text: its last line ends with a mark that leaves it open, or was broken by the
/// width of the page.
fn runs_on(text: &str) -> bool {
    const FULL_LINE: usize = 24;
    let last = text.rsplit('\n').next().unwrap_or_default();
    let ends_open = last.ends_with(['、', '，', ',', '：', ':']);
    let ends_closed = last.ends_with(['。', '.', '；', ';', '！', '!', '？', '?', '）', ')', '”']);
    ends_open || (!ends_closed && last.chars().nth(FULL_LINE).is_some())
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '.', '；', ';', '！', '？', '：', ':', '）', ')', '】', '”', '"', '…'])
}

/// A few words without a stop.
fn is_heading(text: &str) -> bool {
    const LONGEST: usize = 30;
    text.chars().nth(LONGEST).is_none() && !text.contains(['。', '；', ';', '，', ',', '：', ':', '！', '？', '.'])
}
