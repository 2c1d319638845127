//! Every sentence that people read in chat, and the form in which messages leave.
//!
//! `greeting` speaks to whoever comes, `contact` to departments, which `unclear` asks what they meant, `coordinator` and `decision` to coordinators,
//! whose questions `answers` answers; `review` tells what these decide, and `order` asks what they mean; `digest` and
//! `briefing` hold what the schedule says.

use serde::{Deserialize, Serialize};

use crate::chat::text;
use crate::office::ids::TaskId;
use crate::understanding::Query;

/// Marks a moment in Telegram's HTML, since Bot API 9.5.
pub const TIME_TAG: &str = "tg-time";

/// Telegram's limit for a text without its markup, in UTF-16 code units.
pub const LONGEST_TEXT: usize = 4096;

/// Room for the mark of a copy that may be a repeat.
const DOUBT_ROOM: usize = 16;
/// Telegram takes a hundred buttons; it does not say so anywhere.
const MOST_BUTTONS: usize = 90;
/// So many buttons can be read beside one another.
const WIDEST_ROW: usize = 3;
/// Above buttons for which a message had no room.
const GOES_ON_BELOW: &str = "（接上条）";

/// What a message says: HTML as Telegram knows it, with buttons below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub html: String,
    pub buttons: Vec<Vec<Button>>,
    /// The tasks that the message names: a reply to it is about these.
    pub tasks: Vec<TaskId>,
    /// The question that it answers a page of.
    pub asked: Option<Query>,
}

/// A button that carries its whole meaning, so that it works after any restart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub text: String,
    pub data: String,
}

impl Words {
    pub fn plain(html: impl Into<String>) -> Self {
        Words { html: html.into(), ..Words::default() }
    }

    pub fn about(mut self, tasks: impl IntoIterator<Item = TaskId>) -> Self {
        for task in tasks {
            if !self.tasks.contains(&task) {
                self.tasks.push(task);
            }
        }
        self
    }

    /// With lines before it.
    pub fn prefaced(mut self, lines: &[String]) -> Self {
        for line in lines.iter().rev() {
            self.html = format!("{line}\n{}", self.html);
        }
        self
    }

    /// With the office's name below.
    pub fn signed(mut self, office: &str) -> Self {
        self.html = format!("{}\n—— {}", self.html, text::escape(office));
        self
    }

    pub fn with_row(mut self, row: Vec<Button>) -> Self {
        self.buttons.push(row);
        self
    }

    /// The same in as many messages as Telegram's limits ask for, cut between lines. All of them are about the same tasks,
    /// and the buttons stand below the last.
    pub fn within_limits(self) -> Vec<Words> {
        let fits = text::utf16_length(&text::plain_text(&self.html)) <= LONGEST_TEXT - DOUBT_ROOM;
        if fits && self.buttons.iter().map(Vec::len).sum::<usize>() <= MOST_BUTTONS {
            return vec![self];
        }
        let mut words = match fits {
            true => vec![Words::plain(self.html)],
            false => messages(self.html.lines().map(Block::text).collect()),
        };
        for part in &mut words {
            part.tasks.clone_from(&self.tasks);
        }
        let mut last = words.pop().unwrap_or_default();
        last.asked = self.asked;
        for row in self.buttons {
            let shown: usize = last.buttons.iter().map(Vec::len).sum();
            if shown + row.len() > MOST_BUTTONS {
                let tasks = last.tasks.clone();
                words.push(std::mem::replace(&mut last, Words { tasks, ..Words::plain(GOES_ON_BELOW) }));
            }
            last.buttons.push(row);
        }
        words.push(last);
        words
    }
}

/// Messages that belong together, signed where the office has a name.
pub fn signed(mut messages: Vec<Words>, office: Option<&str>) -> Vec<Words> {
    let Some(office) = office else { return messages };
    let last = messages.pop().map(|last| last.signed(office));
    messages.extend(last);
    messages
}

/// The beginning of what somebody said, on one line and without a command: nothing in it looks like a line of ours.
pub fn repeated(said: &str, longest: usize) -> String {
    let said = text::without_command(said);
    text::escape(&text::cut(&said.replace(['\n', '\r', '\u{2028}', '\u{2029}'], " "), longest))
}

/// The same without the marks of moments, for a Bot API server that does not know them.
pub fn without_moments(html: &str) -> String {
    let mut rest = html.replace(&format!("</{TIME_TAG}>"), "");
    while let Some((before, after)) = rest.split_once(&format!("<{TIME_TAG} ")) {
        let after = after.split_once('>').map_or("", |(_, words)| words);
        rest = format!("{before}{after}");
    }
    rest
}

/// A block of a long message that is not cut in two, with the tasks that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub html: String,
    pub tasks: Vec<TaskId>,
    /// Buttons below the message that holds the block; single ones go two to a row.
    pub row: Vec<Button>,
}

impl Block {
    pub fn text(html: impl Into<String>) -> Self {
        Block { html: html.into(), tasks: Vec::new(), row: Vec::new() }
    }

    pub fn task(html: impl Into<String>, task: TaskId) -> Self {
        Block { tasks: vec![task], ..Block::text(html) }
    }

    pub fn with_row(self, row: Vec<Button>) -> Self {
        Block { row, ..self }
    }

    pub fn with_button(self, button: Button) -> Self {
        self.with_row(vec![button])
    }
}

/// Joins blocks line by line into as few messages as Telegram's limit allows. A block that is too long by itself is cut.
pub fn messages(blocks: Vec<Block>) -> Vec<Words> {
    // Room for the line that says that it goes on, and for the mark of a doubtful copy.
    const ROOM: usize = LONGEST_TEXT - 96;
    let mut messages = vec![Words::default()];
    // Of the last message, as it is read.
    let mut length = 0;
    for block in blocks {
        let html = match text::utf16_length(&text::plain_text(&block.html)) > ROOM {
            true => text::escape(&text::cut(&text::plain_text(&block.html), ROOM / 6)),
            false => block.html,
        };
        let added = text::utf16_length(&text::plain_text(&html)) + 1;
        let last = messages.len() - 1;
        if length + added > ROOM {
            messages[last].html.push_str("\n（接下条）");
            messages.push(Words::default());
            length = 0;
        }
        length += added;
        let last = messages.len() - 1;
        let message = std::mem::take(&mut messages[last]);
        let separator = if message.html.is_empty() { "" } else { "\n" };
        messages[last] = Words { html: format!("{}{separator}{html}", message.html), ..message }.about(block.tasks);
        match (block.row.as_slice(), messages[last].buttons.last_mut()) {
            ([], _) => {}
            ([button], Some(row)) if row.len() < 2 => row.push(button.clone()),
            // More than so many are too narrow to be read on a telephone.
            (row, _) => messages[last].buttons.extend(row.chunks(WIDEST_ROW).map(<[Button]>::to_vec)),
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{phrases, text};
    use chrono::NaiveDate;

    #[test]
    fn what_people_typed_stays_text() {
        assert_eq!(text::escape("<b>\"&\u{202e}"), "&lt;b&gt;&quot;&amp;");
        assert_eq!(text::cut("督查通报", 4), "督查通报");
        assert_eq!(text::cut("督查通报", 3), "督查…");
    }

    #[test]
    fn a_deadline_is_words_and_a_moment() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let marked = phrases::deadline(date("2019-06-30"), date("2019-06-27"), chrono_tz::Asia::Shanghai);
        assert_eq!(marked, "<tg-time unix=\"1561910340\">6月30日</tg-time>");
        assert_eq!(text::plain_text(&marked), "6月30日");
        assert_eq!(without_moments(&format!("<b>甲</b>：{marked}，{marked}")), "<b>甲</b>：6月30日，6月30日");
        assert_eq!(without_moments("<b>甲</b>"), "<b>甲</b>");
        // Marks do not count towards the length of a message.
        let blocks = (0..100).map(|_| Block::text(format!("{marked}{}", "字".repeat(30))));
        assert_eq!(super::messages(blocks.collect()).len(), 1);
    }

    #[test]
    fn long_messages_are_cut_between_blocks() {
        let blocks = (0..300).map(|number| Block::task(format!("第{number}项 {}", "字".repeat(20)), TaskId(number)));
        let messages = messages(blocks.collect());
        assert_eq!(messages.len(), 2);
        assert!(messages.iter().all(|message| text::utf16_length(&message.html) <= LONGEST_TEXT));
        assert!(messages[0].html.ends_with("（接下条）"));
        assert_eq!(messages.iter().map(|message| message.tasks.len()).sum::<usize>(), 300);
        let rows = |count: usize| {
            let button = Button { text: "撤回".to_owned(), data: "v1:undo:7".to_owned() };
            vec![vec![button]; count]
        };
        let long = Words { buttons: rows(1), ..Words::plain("字".repeat(100) + "\n") };
        assert_eq!(long.clone().within_limits().first(), Some(&long));
        let longer = Words { html: long.html.repeat(100), buttons: rows(200), ..long }.about([TaskId(5)]);
        let parts = longer.within_limits();
        assert!(parts.iter().all(|part| text::utf16_length(&part.html) <= LONGEST_TEXT && part.tasks == [TaskId(5)]));
        assert_eq!(parts.iter().map(|part| part.buttons.len()).collect::<Vec<_>>(), [0, 0, 90, 90, 20]);
        let monster = super::messages(vec![Block::text("<b>&amp;</b>".repeat(5000))]);
        assert!(text::utf16_length(&monster[0].html) <= LONGEST_TEXT && monster[0].html.ends_with('…'));
    }
}
