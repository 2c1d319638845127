//! 附件、出席、注: lists beside the items of a document, which belong to none of them, line by line.

use std::sync::LazyLock;

use regex::Regex;

use super::ordinal::Style;
use super::{ordinal, outline, units};

/// The list that the last line was of.
#[derive(Debug, Default)]
pub struct Lists(Option<List>);

#[derive(Debug)]
enum List {
    Attachments,
    /// Who attended a meeting.
    People,
    /// Notes, with the number of the last.
    Notes(u32),
}

impl Lists {
    /// Whether a line names an attachment (附件：1.分工表), who attended a meeting, or notes (注：1.…), or goes on with such a list.
    pub fn take(&mut self, text: &str) -> bool {
        let marker = ordinal::leading(text);
        let dotted = marker.as_ref().filter(|marker| marker.ordinal.style == Style::Dotted);
        let goes_on = match &self.0 {
            Some(List::Attachments) => dotted.is_some_and(|marker| outline::is_heading(&text[marker.end..])),
            Some(List::People) => match &marker {
                None => !text.contains(['。', '；', '：', ':']) || names_people_of(text),
                Some(marker) => PERSON.is_match(&text[marker.end..]),
            },
            Some(List::Notes(last)) => dotted.is_some_and(|marker| marker.ordinal.value == last + 1),
            None => false,
        };
        if goes_on {
            if let Some(List::Notes(last)) = &mut self.0 {
                *last += 1;
            }
            return true;
        }
        let notes = text.split_once(['：', ':']).filter(|_| is_note(text)).map_or(0, |(_, notes)| last_of_list(notes));
        self.0 = match () {
            () if names_attachment(text) && text.contains(['：', ':']) => Some(List::Attachments),
            () if attends(text) => Some(List::People),
            () if notes > 0 => Some(List::Notes(notes)),
            () => None,
        };
        names_attachment(text) || self.0.is_some()
    }
}

/// Whether what follows a line stands below no item before it.
pub fn ends_items(text: &str) -> bool {
    names_attachment(text) || attends(text)
}

fn names_attachment(text: &str) -> bool {
    ["附件", "抄送"].iter().any(|word| text.starts_with(word))
}

/// Who attended a meeting is listed above or below what it decided: 出　席：…, 与会人员名单.
fn attends(text: &str) -> bool {
    static ATTENDS: LazyLock<Regex> = LazyLock::new(|| {
        // 参加单位：县财政局 is a label of units.
        let who = r"(?:(?:出\s*席|列\s*席|参\s*会|与\s*会|请\s*假|缺\s*席)(?:会议)?\s*(?:人\s*员|单\s*位|领\s*导)?|参加(?:会议)?(?:人员|领导))";
        Regex::new(&format!(r"^{who}(?:名单)?\s*[：:]|^{who}名单$")).expect("a constant")
    });
    ATTENDS.is_match(text)
}

/// 赵　刚　市城投集团董事长, 赵刚（市城投集团）
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{Han}{2,4}|\p{Han}[\s\u{3000}]+\p{Han})(?:[\s\u{3000}]+|[（(，,])\p{Han}[^。；：]*$")
        .expect("a constant")
});

/// 市国资委：李明、王强
fn names_people_of(text: &str) -> bool {
    const LONGEST_NAME: usize = 4;
    let named = text.split_once(['：', ':']).filter(|(unit, _)| units::ends_like_unit(unit.trim()));
    let is_name = |name: &str| name.chars().nth(LONGEST_NAME).is_none() && !name.contains(['。', '；']);
    named.is_some_and(|(_, people)| people.split(['、', '，', ' ', '\u{3000}']).all(is_name))
}

/// （说明：…）, 注：…: about the document, and part of no task.
pub fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    ["说明：", "说明:", "注：", "注:", "备注：", "备注:"].iter().any(|word| text.starts_with(word))
}

/// The last number of a list that a text begins with: 2 of 1.甲；2.乙.
fn last_of_list(text: &str) -> u32 {
    if ordinal::leading(text).is_none_or(|marker| marker.ordinal.style != Style::Dotted) {
        return 0;
    }
    let dotted = ordinal::markers(text).map(|marker| marker.ordinal).filter(|ordinal| ordinal.style == Style::Dotted);
    dotted.fold(0, |last, ordinal| if ordinal.value == last + 1 { ordinal.value } else { last })
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn lists_beside_the_items() {
        let read = |lines: &[&str]| {
            let mut lists = Lists::default();
            lines.iter().map(|line| lists.take(line)).collect::<Vec<_>>()
        };
        assert_eq!(read(&["附件：1.分工表", "2.联系表", "3.修缮库房，6月底前完成。"]), [true, true, false]);
        assert_eq!(read(&["出席：张某（县档案局）", "李某（县财政局）", "分送：各单位。"]), [true, true, false]);
        assert_eq!(read(&["与会人员名单", "1.李明　县档案局", "县财政局：王强、赵　刚"]), [true, true, true]);
        assert_eq!(read(&["参会人员：", "县财政局：王强", "1.修缮库房"]), [true, true, false]);
        assert_eq!(read(&["出　席：李明", "县财政局：6月底前修缮库房"]), [true, false]);
        assert_eq!(read(&["注：1.甲。", "2.请各单位于3月8日前确认。", "4.修缮库房。"]), [true, true, false]);
        assert_eq!(read(&["备注：略", "1.修缮库房。"]), [false, false]);
    }
}
