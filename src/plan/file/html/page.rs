//! 页面: the tags of a page, one after another → its lines and tables.
//!
//! `html5gum` tells tags from text as browsers do. What an element ends by beginning is known for those that move text
//! about or hide it; all others are passed over.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::element::{Attributes, Kind, List};
use super::grid::Grid;
use super::{Content, Item, element, lines};
use crate::plan::file::html::styles::Styles;
use crate::plan::file::{MOST_ROWS, MOST_TEXT};
use crate::plan::ordinal;
use crate::plan::unreadable::Unreadable;

const DEEPEST: usize = 256;
/// Cells of all tables, with those that others cover.
const MOST_CELLS: usize = 500_000;
const MOST_BOXES: usize = 500_000;

#[derive(Debug, Default)]
pub struct Page {
    pub items: Vec<Item>,
    /// The box that each box stands in; the first is the page, which stands in itself.
    pub places: Vec<usize>,
    /// What the page calls itself, and its article.
    pub title: String,
    pub article_title: Option<String>,
}

pub fn read(text: &str) -> Result<Page, Unreadable> {
    let mut reader = PageReader { places: vec![0], flows: vec![Vec::new()], ..PageReader::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| reader.take(event).err());
    emitter.naively_switch_states(true);
    // What is passed on is why the page cannot be read.
    if let Some(Ok(refusal)) = Tokenizer::new_with_emitter(text, emitter).next() {
        return Err(refusal);
    }
    reader.close(0)?;
    reader.end_line()?;
    let PageReader { places, title, article_title, flows, .. } = reader;
    Ok(Page { items: flows.into_iter().flatten().collect(), places, title, article_title })
}

/// An element that is open. Those that only dress text are not kept, save within hidden ones.
#[derive(Debug)]
struct Open {
    name: String,
    kind: Kind,
    hidden: bool,
    /// The box outside of it.
    place: usize,
}

#[derive(Debug, Default)]
struct PageReader {
    open: Vec<Open>,
    tag: String,
    attributes: Attributes,
    places: Vec<usize>,
    place: usize,
    /// The lines and tables of the page, and of each open cell.
    flows: Vec<Vec<Item>>,
    tables: Vec<Grid>,
    lists: Vec<List>,
    /// The number that waits for the first line of its entry.
    number: Option<String>,
    line: String,
    /// White space before the next character; whether the source broke its line there.
    gap: Option<bool>,
    linked: usize,
    in_link: bool,
    heading: bool,
    preformatted: usize,
    rows: usize,
    cells: usize,
    /// Bytes of all lines.
    bytes: usize,
    title: String,
    article_title: Option<String>,
    styles: Styles,
    /// The sheet that is being read.
    sheet: Option<String>,
}

impl PageReader {
    fn take(&mut self, event: CallbackEvent) -> Result<(), Unreadable> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.push_str(&String::from_utf8_lossy(name));
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.attributes.name(name),
            CallbackEvent::AttributeValue { value } => self.attributes.value(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = std::mem::take(&mut self.tag);
                self.begin(&tag, self_closing)?;
                self.tag = tag;
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name))?,
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        Ok(())
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hidden)
    }

    fn begin(&mut self, name: &str, self_closing: bool) -> Result<(), Unreadable> {
        let kind = element::kind(name);
        let (ended, within) = element::implied(name, kind);
        self.end_implied(ended, within)?;
        if name == "style" {
            let media = self.attributes.get("media").unwrap_or("all");
            self.sheet = (media.contains("all") || media.contains("screen")).then(String::new);
        }
        let hides = || self.attributes.hides() || self.styles.hide(name, &self.attributes);
        if self.is_hidden() || kind == Kind::Dropped || hides() {
            let has_content = kind != Kind::Void && kind != Kind::Break && name != "hr";
            // Foreign elements close themselves: <path/>.
            let closes = self_closing && matches!(kind, Kind::Inline | Kind::Dropped);
            return if has_content && !closes { self.push(name, kind, true) } else { Ok(()) };
        }
        match kind {
            Kind::Inline => self.in_link |= name == "a",
            Kind::Void => self.note(name),
            Kind::Break => self.break_line()?,
            Kind::Line => {
                self.end_line()?;
                self.heading = element::is_heading(name);
                if name != "hr" {
                    self.push(name, kind, false)?;
                }
            }
            Kind::Entry => {
                self.end_line()?;
                self.number = self.lists.last_mut().and_then(|list| list.number(&self.attributes));
                self.push(name, kind, false)?;
            }
            Kind::Container | Kind::List | Kind::Preformatted | Kind::Table => {
                self.end_line()?;
                self.push(name, kind, false)?;
                match kind {
                    Kind::List => self.lists.push(List::begin(name, &self.attributes)),
                    Kind::Preformatted => self.preformatted += 1,
                    Kind::Table => self.tables.push(Grid::default()),
                    _ => self.enter()?,
                }
            }
            Kind::Row | Kind::Cell | Kind::RowGroup => self.begin_part(name, kind)?,
            Kind::Dropped => {}
        }
        Ok(())
    }

    /// Begins a row or a cell; outside of tables they are mere lines.
    fn begin_part(&mut self, name: &str, kind: Kind) -> Result<(), Unreadable> {
        self.end_line()?;
        let Some(table) = self.tables.last_mut().filter(|table| !table.cell_is_open) else { return Ok(()) };
        let span = |name: &str, unbounded: usize| match self.attributes.number(name) {
            Some(0) => unbounded,
            Some(given) => usize::try_from(given).unwrap_or(1),
            None => 1,
        };
        match kind {
            Kind::Row => {
                self.rows += 1;
                self.cells += table.begin_row();
            }
            Kind::Cell => self.cells += table.begin_cell(span("rowspan", MOST_ROWS), span("colspan", 1)),
            _ => {}
        }
        self.push(name, kind, false)?;
        if kind == Kind::Cell {
            self.flows.push(Vec::new());
            self.enter()?;
        }
        self.check()
    }

    fn check(&self) -> Result<(), Unreadable> {
        if self.rows > MOST_ROWS {
            Err(Unreadable::TooManyRows(MOST_ROWS))
        } else if self.cells > MOST_CELLS || self.bytes > MOST_TEXT {
            Err(Unreadable::Swells)
        } else {
            Ok(())
        }
    }

    fn push(&mut self, name: &str, kind: Kind, hidden: bool) -> Result<(), Unreadable> {
        if self.open.len() >= DEEPEST {
            return Err(Unreadable::TooDeep);
        }
        self.open.push(Open { name: name.to_owned(), kind, hidden, place: self.place });
        Ok(())
    }

    /// Enters a box.
    fn enter(&mut self) -> Result<(), Unreadable> {
        if self.places.len() >= MOST_BOXES {
            return Err(Unreadable::Swells);
        }
        self.places.push(self.place);
        self.place = self.places.len() - 1;
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        let kind = element::kind(name);
        let barriers: &[&str] = match kind {
            Kind::Table => &[],
            Kind::Row | Kind::Cell | Kind::RowGroup => &["table"],
            _ => &["td", "th", "caption", "table"],
        };
        if name == "body" || name == "html" {
            return Ok(());
        }
        let held = self.open.iter().rposition(|open| open.name == name || barriers.contains(&open.name.as_str()));
        let held = held.filter(|index| self.open[*index].name == name);
        if let Some(index) = held {
            return self.close(index);
        }
        match kind {
            _ if self.is_hidden() => Ok(()),
            Kind::Inline | Kind::Void | Kind::Dropped => {
                self.in_link &= name != "a";
                Ok(())
            }
            _ => self.end_line(),
        }
    }

    /// Ends the elements that a beginning one ends.
    fn end_implied(&mut self, ended: &[&str], within: &[&str]) -> Result<(), Unreadable> {
        let inside = self
            .open
            .iter()
            .rposition(|open| within.contains(&open.name.as_str()) && !ended.contains(&open.name.as_str()));
        let inside = inside.map_or(0, |index| index + 1);
        match self.open[inside..].iter().position(|open| ended.contains(&open.name.as_str())) {
            Some(first) if !ended.is_empty() => self.close(inside + first),
            _ => Ok(()),
        }
    }

    /// Closes the open elements from that one on.
    fn close(&mut self, index: usize) -> Result<(), Unreadable> {
        while self.open.len() > index {
            let Some(open) = self.open.pop() else { break };
            if open.hidden {
                let sheet = self.sheet.take().filter(|_| open.name == "style");
                sheet.into_iter().for_each(|sheet| self.styles.add(&sheet));
                continue;
            }
            self.end_line()?;
            match open.kind {
                Kind::List => drop(self.lists.pop()),
                Kind::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
                Kind::Row => self.cells += self.tables.last_mut().map_or(0, Grid::end_row),
                Kind::Cell => {
                    let items = self.flows.pop().unwrap_or_default();
                    if let Some(table) = self.tables.last_mut() {
                        table.end_cell(items);
                    }
                }
                Kind::Table => {
                    let items = self.tables.pop().map(|table| table.finish(open.place)).unwrap_or_default();
                    self.flow().extend(items);
                }
                _ => {}
            }
            self.place = open.place;
        }
        self.check()
    }

    fn flow(&mut self) -> &mut Vec<Item> {
        if self.flows.is_empty() {
            self.flows.push(Vec::new());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    /// What government sites must say of a page.
    fn note(&mut self, name: &str) {
        let is_title = |name: &str| name.eq_ignore_ascii_case("ArticleTitle");
        if name == "meta" && self.attributes.get("name").is_some_and(is_title) {
            self.article_title = self.attributes.get("content").map(|title| title.trim().to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_hidden() {
            self.sheet.iter_mut().for_each(|sheet| sheet.push_str(text));
            if self.open.last().is_some_and(|open| open.name == "title") && self.title.is_empty() {
                self.title = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            return;
        }
        for character in text.chars() {
            match character {
                _ if self.preformatted > 0 => self.put(character),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    self.gap = Some(self.gap.unwrap_or(false) || matches!(character, '\n' | '\r'));
                }
                _ => {
                    self.close_gap(character);
                    self.put(if character == '\u{a0}' { ' ' } else { character });
                }
            }
        }
    }

    fn put(&mut self, character: char) {
        self.linked += usize::from(self.in_link && !character.is_whitespace());
        self.line.push(character);
    }

    /// White space in the source is one space; but Chinese lines that programs break have none there.
    fn close_gap(&mut self, next: char) {
        let Some(broken) = self.gap.take() else { return };
        let Some(last) = self.line.chars().next_back() else { return };
        if !(last.is_whitespace() || broken && is_wide(last) && is_wide(next)) {
            self.line.push(' ');
        }
    }

    fn break_line(&mut self) -> Result<(), Unreadable> {
        self.gap = None;
        self.line.push('\n');
        Ok(())
    }

    /// Ends the line that is being read, which is a paragraph, or several where it is broken.
    fn end_line(&mut self) -> Result<(), Unreadable> {
        self.gap = None;
        let text = std::mem::take(&mut self.line);
        self.bytes += text.len();
        let linked = std::mem::take(&mut self.linked) * 2 > text.chars().filter(|one| !one.is_whitespace()).count();
        let heading = std::mem::take(&mut self.heading);
        for mut line in lines(&text) {
            self.rows += 1;
            if let Some(number) = self.number.take().filter(|_| ordinal::leading(&line).is_none()) {
                line.insert_str(0, &number);
            }
            let item = Item { content: Content::Paragraph(line), place: self.place, linked, heading };
            self.flow().push(item);
        }
        self.check()
    }
}

/// Chinese characters and the punctuation among them.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'.. | '\u{2010}'..='\u{2027}')
}
