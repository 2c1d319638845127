//! 层次: blocks → numbered items, each with its body and the item above it.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::apart::Lists;
use super::block::{Block, Row};
use super::label::Label;
use super::level::Levels;
use super::ordinal::{Ordinal, Style};
use super::text::{FullLine, Line};
use super::{apart, heading, ordinal, responsibility, span, text};

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
    /// The index of the numbered item whose number it shares: a further paragraph with units of its own.
    pub shares_number_of: Option<usize>,
    /// The span of time that a line without a number gives to it: 二季度.
    pub span: Option<String>,
    /// Its last paragraph says who is responsible.
    closed: bool,
}

/// The items of a document, and the lines that belong to none: before the first, or after a task was complete.
#[derive(Debug, Default)]
pub struct Outline {
    pub items: Vec<Item>,
    pub outside: Vec<Line>,
    /// What heads of tables say beside what their columns hold.
    pub heads: Vec<Line>,
    levels: Levels,
    full_line: FullLine,
    /// The page has ended the last line.
    line_broken_off: bool,
    /// How many of the lines outside came before the last item was complete.
    outside_before: usize,
    /// The indexes of the items that the next one may stand below, outermost first.
    open: Vec<usize>,
    /// What the last lines have listed beside the items.
    lists: Lists,
    /// What the last line that only names a span of time gives to the items below it.
    span: Option<String>,
    /// The last number of each kind, as some go on through all sections.
    last: BTreeMap<Style, u32>,
}

/// Each takes up to 2 KiB until the document is understood.
pub const MOST_ITEMS: usize = 100_000;

/// The items of a document; what follows after one more than the most is passed over.
pub fn outline(blocks: Vec<Block>) -> Outline {
    let leading: Vec<Ordinal> = blocks.iter().filter_map(leading_ordinal).collect();
    let has_complete = leading.iter().any(|ordinal| ordinal.style.is_complete());
    let widths = blocks.iter().filter_map(Block::paragraph).map(|line| text::width(&line.text));
    let full_line = FullLine::of(widths);
    let mut outline = Outline { levels: Levels::of(leading.iter()), full_line, ..Outline::default() };
    let mut blocks = blocks.into_iter();
    while let Some(block) = blocks.next() {
        match block {
            Block::Paragraph(line) if outline.stands_apart(&line) => outline.outside.push(line),
            Block::Paragraph(line) if has_complete && ordinal::is_chapter(&line.text) => outline.heads.push(line),
            Block::Paragraph(line) if outline.gives_span(&line, blocks.as_slice()) => outline.heads.push(line),
            Block::Paragraph(line) => {
                if !outline.continue_list(&line, blocks.as_slice()) {
                    outline.paragraph(&line);
                }
            }
            // A head that each page repeats says it once.
            Block::Head(line) if outline.heads.iter().any(|head| head.text == line.text) => {}
            Block::Head(line) => outline.heads.push(line),
            Block::Row(row) => outline.row(*row),
        }
        if outline.items.len() > MOST_ITEMS {
            break;
        }
    }
    outline.leave_out_closing();
    outline.leave_out_signature();
    outline.rejoin_paragraphs();
    outline
}

fn leading_ordinal(block: &Block) -> Option<Ordinal> {
    ordinal::leading(&block.paragraph()?.text).map(|marker| marker.ordinal)
}

impl Outline {
    /// Whether a line belongs to no item. What an attachment holds stands below nothing that was before.
    fn stands_apart(&mut self, line: &Line) -> bool {
        if apart::ends_items(&line.text) {
            self.open.clear();
        }
        self.lists.take(&line.text)
    }

    /// Whether a line says nothing but a span of time, and items follow.
    fn gives_span(&mut self, line: &Line, next: &[Block]) -> bool {
        let span = span::alone(&line.text).filter(|_| match next.first() {
            Some(Block::Paragraph(next)) => ordinal::leading(&next.text).is_some(),
            Some(Block::Row(_) | Block::Head(_)) => true,
            None => false,
        });
        self.span = span.map(str::to_owned).or(self.span.take());
        span.is_some()
    }

    /// An ordinal at the beginning of a line opens an item, unless the line goes on with a sentence. One within a line does so where it counts on from those
    /// before it, after the end of a sentence or right after a heading: whole documents come as one line.
    fn paragraph(&mut self, line: &Line) {
        let text = line.text.as_str();
        let mut start = self.open_doubtful(line);
        for marker in ordinal::markers(text) {
            if marker.start < start {
                continue;
            }
            let before = &text[start..marker.start];
            if marker.start == 0 && self.is_begun() && responsibility::begins_with_label(&text[marker.end..]) {
                start = marker.end;
                continue;
            }
            let opens = match marker.start {
                0 => self.may_begin(&marker.ordinal),
                _ => {
                    self.counts_on(&marker.ordinal)
                        && (ends_sentence(before)
                            || (start > 0 && is_heading(before))
                            || marker.ordinal.style.heads_sections() && heading::ends_title(before))
                }
            };
            if opens {
                self.continue_with(line.number, before);
                self.open_item(line.number, marker.ordinal);
                start = marker.end;
            }
        }
        self.continue_with(line.number, &text[start..]);
        self.line_broken_off = self.full_line.is_broken_off(text);
    }

    /// Opens the next item where a line begins with its number in a form that is a figure elsewhere; where its words begin.
    fn open_doubtful(&mut self, line: &Line) -> usize {
        let counts_on = |ordinal: &Ordinal| self.last.get(&ordinal.style).is_some_and(|last| ordinal.value == last + 1);
        let closed = self.items.last().is_some_and(|item| item.closed);
        let marker = ordinal::leading_doubtful(&line.text)
            .filter(|marker| closed && counts_on(&marker.ordinal) && ordinal::leading(&line.text).is_none());
        let Some(marker) = marker else { return 0 };
        self.open_item(line.number, marker.ordinal);
        marker.end
    }

    fn row(&mut self, row: Row) {
        if let Some(text) = row.section {
            let section = Line { number: row.line, text };
            // 城市建设 in a column of categories heads the rows beside it.
            if ordinal::leading(&section.text).is_some() { self.paragraph(&section) } else { self.heads.push(section) }
        }
        let last = self.items.last().map(|last| (last.shares_number_of.unwrap_or(self.items.len() - 1), last.parent));
        match last.filter(|_| row.shares_number) {
            Some((first, parent)) => self.push(row.line, row.ordinal, parent, Some(first)),
            None => self.open_item(row.line, row.ordinal),
        }
        if let Some(item) = self.items.last_mut() {
            item.body = row.text;
            item.fields = row.fields;
            item.closed = true;
        }
    }

    /// Whether an item has words, of which numbered labels below it are the responsibility.
    fn is_begun(&self) -> bool {
        self.items.last().is_some_and(|item| !item.body.is_empty())
    }

    /// Whether an ordinal at the beginning of a line opens an item.
    fn may_begin(&self, ordinal: &Ordinal) -> bool {
        let expected = ordinal.value == 1 || self.counts_on(ordinal);
        let may_be_figure = ordinal.style.is_complete() && self.items.last().is_some_and(|item| !item.closed);
        expected || !(self.is_broken_off() || may_be_figure)
    }

    fn open_item(&mut self, line: usize, ordinal: Ordinal) {
        let levels = &self.levels;
        while self.open.pop_if(|index| !levels.is_below(ordinal.style, self.items[*index].ordinal.style)).is_some() {}
        let parent = self.open.last().copied();
        self.last.insert(ordinal.style, ordinal.value);
        self.open.push(self.items.len());
        self.push(line, ordinal, parent, None);
    }

    fn push(&mut self, line: usize, ordinal: Ordinal, parent: Option<usize>, shares_number_of: Option<usize>) {
        let (body, fields) = (String::new(), Vec::new());
        let span = self.span.clone();
        self.items.push(Item { line, ordinal, body, fields, parent, shares_number_of, span, closed: false });
    }

    /// A further paragraph with units of its own, below a number that another paragraph has: a task of its own. Where the
    /// units stand on a line of their own, its words came before.
    fn open_paragraph(&mut self, line: usize, words: &str, closes: &impl Fn() -> bool) {
        const SHORTEST: usize = 3;
        let may_end = |item: &&Item| item.closed && item.fields.is_empty() && closes();
        let Some(last) = self.items.last().filter(may_end) else { return };
        let says = |text: &str| text.chars().nth(SHORTEST).is_some();
        let own = responsibility::own_words(words);
        let before = &self.outside[self.outside_before..];
        let told_before = before.last().is_some_and(|line| ends_sentence(&line.text));
        if !own.names_units || !(says(&own.text) || (own.text.is_empty() && told_before)) {
            return;
        }
        let told_before = if own.text.is_empty() { self.outside.split_off(self.outside_before) } else { Vec::new() };
        let first = last.shares_number_of.unwrap_or(self.items.len() - 1);
        // Nothing else stands between the paragraphs of one number.
        let place = self.items.len() - first + 1;
        let (ordinal, parent) = (self.items[first].ordinal.of_paragraph(place), self.items[first].parent);
        self.push(told_before.first().map_or(line, |line| line.number), ordinal, parent, Some(first));
        for line in told_before {
            self.continue_with(line.number, &line.text);
        }
    }

    /// What a letter or minutes ask of all after the last item belongs to none: 请各单位于8月16日前反馈名单.
    fn leave_out_closing(&mut self) {
        static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                "^(?:(?:请|望)?各(?:有关|相关|责任|地|参会)*(?:单位|部门|地|县|乡镇|镇|街道|科室|处室|学院|组)?[^，。：]{0,12}(?:要|须|应|于|请|高度|每|将)|请(?:于|在|将|贵)\
                 |[特专]此|会议(?:还|强调|要求|指出)|(?:出席|列席|请假|参会|记录|分送|主送|抄送|联系人)：)",
            )
            .expect("a constant")
        });
        let Some(last) = self.items.last_mut().filter(|item| item.fields.is_empty()) else { return };
        let begins: Vec<usize> = last.body.match_indices('\n').map(|(at, _)| at + 1).collect();
        let Some(at) = begins.into_iter().find(|at| CLOSING.is_match(&last.body[*at..])) else { return };
        if last.body[at..].split('\n').any(names_its_units) {
            return;
        }
        let text = last.body.split_off(at);
        last.body.truncate(last.body.trim_end().len());
        let before = last.body.matches('\n').count() + 1;
        let lines = text.lines().zip(last.line + before..);
        self.outside.extend(lines.map(|(text, number)| Line { number, text: text.to_owned() }));
    }

    /// The last item of a document without line breaks ends with the document's signature.
    fn leave_out_signature(&mut self) {
        let Some(last) = self.items.last_mut() else { return };
        if let Some(at) = heading::signature_at(&last.body) {
            let text = last.body.split_off(at);
            self.outside.push(Line { number: last.line, text });
        }
    }

    /// Paragraphs are one task with the number they share where numbered items stand below it.
    fn rejoin_paragraphs(&mut self) {
        let parents: BTreeSet<usize> = self.items.iter().filter_map(|item| item.parent).collect();
        let rejoins = |item: &Item| item.shares_number_of.filter(|first| parents.contains(first));
        let mut kept: Vec<Item> = Vec::with_capacity(self.items.len());
        let mut new_index = Vec::with_capacity(self.items.len());
        for mut item in std::mem::take(&mut self.items) {
            let rejoined = rejoins(&item);
            new_index.push(rejoined.map_or(kept.len(), |first| new_index[first]));
            if let Some(first) = rejoined {
                let body = &mut kept[new_index[first]].body;
                body.push('\n');
                body.push_str(&item.body);
            } else {
                item.parent = item.parent.map(|parent| new_index[parent]);
                item.shares_number_of = item.shares_number_of.map(|first| new_index[first]);
                kept.push(item);
            }
        }
        self.items = kept;
    }

    /// Adds words to the last item, unless it is complete and they name no further responsibility.
    fn continue_with(&mut self, line: usize, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let closes = LazyCell::new(|| responsibility::closes(words));
        // 整改措施：… below the units and dates of an item is about it as well.
        let goes_on = |item: &&mut Item| {
            !item.closed || !apart::is_note(words) && (*closes || item.fields.is_empty() && is_labelled(words))
        };
        self.open_paragraph(line, words, &|| *closes);
        match self.items.last_mut().filter(goes_on) {
            Some(item) => {
                let goes_on = self.line_broken_off || runs_on(&item.body);
                let own_line = || responsibility::begins_with_label(words) || is_labelled(words);
                if !item.body.is_empty() && (!goes_on || own_line()) {
                    item.body.push('\n');
                }
                item.body.push_str(words);
                let goes_on = words.ends_with(OPEN_ENDS) || text::is_within_brackets(&item.body);
                let last = last_paragraph(&item.body);
                item.closed = !goes_on && if last == words { *closes } else { responsibility::closes(last) };
                self.outside_before = self.outside.len();
            }
            None => self.outside.push(Line { number: line, text: words.to_owned() }),
        }
    }

    /// Whether the page's width has broken the last line within a sentence.
    fn is_broken_off(&self) -> bool {
        let broken_off = |body: &str| self.line_broken_off || text::is_within_brackets(last_paragraph(body));
        let last = self.items.last().filter(|item| !item.closed && !item.body.is_empty());
        last.is_some_and(|item| !item.body.ends_with(OPEN_ENDS) && broken_off(&item.body))
    }

    /// Units that stand below a label a line each: takes the line where it names some and is no signature.
    fn continue_list(&mut self, line: &Line, next: &[Block]) -> bool {
        let Some(item) = self.items.last_mut().filter(|item| item.closed) else { return false };
        let takes = !is_signed(next)
            && ordinal::leading(&line.text).is_none()
            && responsibility::is_bare_list(&line.text)
            && responsibility::ends_with_list(last_paragraph(&item.body));
        if takes {
            item.body.push('、');
            item.body.push_str(&line.text);
        }
        takes
    }

    /// Whether an ordinal is the next of its kind, or the first of a level below those that are open.
    fn counts_on(&self, ordinal: &Ordinal) -> bool {
        let is_open = self.open.iter().any(|index| self.items[*index].ordinal.style == ordinal.style);
        let next = self.last.get(&ordinal.style).is_some_and(|last| ordinal.value == last + 1);
        next || (!is_open && ordinal.value == 1)
    }
}

/// Whether a paragraph ends with a responsibility that names units.
fn names_its_units(paragraph: &str) -> bool {
    responsibility::closes(paragraph) && responsibility::own_words(paragraph).names_units
}

/// The marks after which a sentence or a list goes on.
const OPEN_ENDS: [char; 5] = ['、', '，', ',', '：', ':'];

/// Whether a date follows a line, or a further name and then a date: signatures have it below the names.
fn is_signed(next: &[Block]) -> bool {
    let mut lines = next.iter().map_while(Block::paragraph).map(|line| line.text.as_str());
    let dated = |text: &str| text.starts_with(is_digit_of_year);
    let Some(first) = lines.next() else { return false };
    dated(first) || (responsibility::is_bare_list(first) && lines.next().is_some_and(dated))
}

fn is_digit_of_year(character: char) -> bool {
    character.is_ascii_digit() || "二１２".contains(character)
}

/// Whether the next line goes on with a text: it ends with a mark that leaves it open or within brackets.
fn runs_on(text: &str) -> bool {
    text.ends_with(OPEN_ENDS) || text::is_within_brackets(last_paragraph(text))
}

/// The last paragraph, or as much of it as a responsibility may take.
fn last_paragraph(text: &str) -> &str {
    const LONGEST: usize = 600;
    let length: usize =
        text.chars().rev().take(LONGEST).take_while(|character| *character != '\n').map(char::len_utf8).sum();
    &text[text.len() - length..]
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '.', '；', ';', '！', '？', '：', ':', '）', ')', '】', '”', '"', '…'])
}

/// 整改目标：…, 工作措施：…: says more of an item whose units stand above.
fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 8;
    let label = text.split_once(['：', ':']).map(|(label, _)| label.trim());
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    label.is_some_and(|label| (2..=LONGEST).contains(&label.chars().count()) && label.chars().all(is_han))
        && !["附件", "抄送", "主送", "联系", "出席", "列席", "记录", "分送", "签发", "审核", "电话"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// A few words without a stop.
pub fn is_heading(text: &str) -> bool {
    const LONGEST: usize = 30;
    text.chars().nth(LONGEST).is_none() && !text.contains(['。', '；', ';', '，', ',', '：', ':', '！', '？', '.'])
}

#[cfg(test)]
mod tests {
    use super::{Outline, outline};
    use crate::plan::block::Block;
    use crate::plan::text::Line;

    fn read(text: &str) -> Outline {
        let line = |(index, text): (usize, &str)| Block::Paragraph(Line { number: index + 1, text: text.to_owned() });
        outline(text.lines().enumerate().map(line).collect())
    }

    fn items(outline: &Outline) -> Vec<(&str, &str, Option<usize>)> {
        outline.items.iter().map(|item| (item.ordinal.printed.as_str(), item.body.as_str(), item.parent)).collect()
    }

    #[test]
    fn levels() {
        let outline = read("一、保管\n（一）库房\n1.修缮。\n2.通风。\n（二）目录\n二、利用");
        let expected = [
            ("一、", "保管", None),
            ("（一）", "库房", Some(0)),
            ("1.", "修缮。", Some(1)),
            ("2.", "通风。", Some(1)),
            ("（二）", "目录", Some(0)),
            ("二、", "利用", None),
        ];
        assert_eq!(items(&outline), expected);
    }

    #[test]
    fn one_line_is_read_as_its_parts() {
        let outline =
            read("前言。一、保管（一）库房。修缮2、3号库。1.通风。（县档案馆负责）2.除湿1.5度。二、利用3.展览");
        let printed: Vec<&str> = items(&outline).iter().map(|(printed, ..)| *printed).collect();
        assert_eq!(printed, ["一、", "（一）", "1.", "2.", "二、", "3."]);
        assert_eq!(outline.outside[0].text, "前言。");
    }

    #[test]
    fn a_complete_task_takes_no_further_words() {
        let outline = read(
            "1.修缮。（县档案馆负责）\n相应工作由承接单位负责。\n2.通风\n责任单位：县档案馆、\n县城管局\n县档案局\n2021年3月1日",
        );
        let expected = [("1.", "修缮。（县档案馆负责）", None), ("2.", "通风\n责任单位：县档案馆、县城管局", None)];
        assert_eq!(items(&outline), expected);
        assert_eq!(outline.outside.len(), 3);
    }

    #[test]
    fn units_a_line_each() {
        let outline = read(
            "1.修缮。\n责任单位：县档案馆\n县城管局\n县教育局\n完成时限：6月底\n2.通风。\n责任单位：县档案馆\n县档案局\n2021年3月1日",
        );
        let expected = [
            ("1.", "修缮。\n责任单位：县档案馆、县城管局、县教育局\n完成时限：6月底", None),
            ("2.", "通风。\n责任单位：县档案馆", None),
        ];
        assert_eq!(items(&outline), expected);
    }

    #[test]
    fn a_line_broken_within_a_sentence_opens_no_item() {
        let outline = read(
            "1.这一行写满了整个页面的宽度所以在这里断开并且下一行说的是第\n三、四号库房。\n2.通风（县档\n案局负责）。",
        );
        assert_eq!(items(&outline)[1], ("2.", "通风（县档案局负责）。", None));
        assert_eq!(outline.items.len(), 2);
    }

    #[test]
    fn lines_broken_by_the_page_are_joined() {
        let outline = read("1.这一行写满了整个页面的宽度所以在这里断开并没有写到句末的\n标点。");
        assert!(!outline.items[0].body.contains('\n'));
    }
}
