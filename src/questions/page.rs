//! Answers that are longer than a telephone's screen: a page at a time, turned in place.

use crate::chat::text;
use crate::chat::words::{Block, Button, Words, messages};
use crate::intent::button;
use crate::understanding::Query;

/// What a telephone shows without scrolling far.
const LONGEST_PAGE: usize = 700;
const MOST_LINES: usize = 12;

/// An answer to a question: what it is about, as of when, and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    head: String,
    lines: Vec<Block>,
}

impl Answer {
    pub fn new(head: impl Into<String>, lines: impl IntoIterator<Item = Block>) -> Answer {
        Answer { head: head.into(), lines: lines.into_iter().collect() }
    }

    /// With as of when it holds.
    pub fn as_of(self, when: &str) -> Answer {
        Answer { head: format!("{}（截至{when}）", self.head), ..self }
    }

    /// One page of it, from 0; the buttons below turn to the others.
    pub fn page(&self, number: usize, query: &Query) -> Words {
        page(&self.head, &self.lines, number, query)
    }

    /// All of it, in as few messages as Telegram's limit allows.
    pub fn whole(self) -> Vec<Words> {
        messages(std::iter::once(Block::text(self.head)).chain(self.lines).collect())
    }
}

/// The page with this number, from 0, or the last one where there are fewer: the head, its lines, and buttons for the
/// pages beside it.
pub fn page(head: &str, lines: &[Block], number: usize, query: &Query) -> Words {
    let words = turned(head, lines, number, button::page);
    if words.buttons.is_empty() { words } else { Words { asked: Some(query.clone()), ..words } }
}

/// The same with buttons that carry the question themselves: `data` gives that of the button to a page.
pub fn turned(head: &str, lines: &[Block], number: usize, data: impl Fn(usize) -> String) -> Words {
    let pages = cut_into_pages(lines);
    let number = number.min(pages.len().saturating_sub(1));
    let head = match pages.len() {
        0 | 1 => head.to_owned(),
        count => format!("{head}　第{}/{count}页", number + 1),
    };
    let shown = pages.get(number).copied().unwrap_or_default();
    let blocks = std::iter::once(Block::text(head)).chain(shown.iter().cloned());
    // A page is far shorter than a message may be, unless a single line is not; what is cut off there says so.
    let words = messages(blocks.collect()).into_iter().next().unwrap_or_default();
    if pages.len() < 2 {
        return words;
    }
    let turn = |text: &str, to: usize| Button { text: text.to_owned(), data: data(to) };
    let back = (number > 0).then(|| turn("‹ 上一页", number - 1));
    let on = (number + 1 < pages.len()).then(|| turn("下一页 ›", number + 1));
    words.with_row(back.into_iter().chain(on).collect())
}

fn cut_into_pages(lines: &[Block]) -> Vec<&[Block]> {
    let mut pages = Vec::new();
    let (mut begin, mut used) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        let length = text::utf16_length(&line.html);
        if at > begin && (at - begin == MOST_LINES || used + length > LONGEST_PAGE) {
            pages.push(&lines[begin..at]);
            (begin, used) = (at, 0);
        }
        used += length;
    }
    if begin < lines.len() {
        pages.push(&lines[begin..]);
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::ids::TaskId;
    use crate::understanding::QueryKind;

    #[test]
    fn every_line_is_on_one_page() {
        let lines: Vec<_> = (0..30).map(|number| Block::task(format!("第{number}项"), TaskId(number))).collect();
        let query = Query::of(QueryKind::Overdue);
        let pages: Vec<_> = (0..3).map(|number| page("逾期", &lines, number, &query)).collect();
        let labels =
            |words: &Words| words.buttons.iter().flatten().map(|button| button.text.clone()).collect::<String>();
        assert_eq!(pages.iter().map(labels).collect::<Vec<_>>(), ["下一页 ›", "‹ 上一页下一页 ›", "‹ 上一页"]);
        let tasks: Vec<_> = pages.iter().flat_map(|page| page.tasks.clone()).collect();
        assert_eq!(tasks, (0..30).map(TaskId).collect::<Vec<_>>());
        assert!(pages[0].html.starts_with("逾期　第1/3页\n第0项"), "{}", pages[0].html);
        assert_eq!(page("逾期", &lines, 9, &query), pages[2], "the last one where there are fewer");
        assert!(page("逾期", &lines[..3], 0, &query).buttons.is_empty());
    }
}
