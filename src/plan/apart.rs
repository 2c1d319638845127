//! 附件、出席、注: lists beside the items of a document, which belong to none of them, line by line.

use super::ordinal::Style;
use super::{ordinal, outline};

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
            Some(List::People) => marker.is_none() && !text.contains(['。', '；', '：', ':']),
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

/// Who attended a meeting is listed below what it decided.
fn attends(text: &str) -> bool {
    ["出席", "列席", "参会", "请假", "缺席"].iter().any(|word| {
        let rest = text.strip_prefix(word).map(|rest| rest.trim_start_matches(['人', '员', '单', '位']));
        rest.is_some_and(|rest| rest.starts_with(['：', ':']))
    })
}

/// （说明：…）, 注：…: about the document, and part of no task.
pub fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    ["说明：", "说明:", "注：", "注:", "备注：", "备注:"].iter().any(|word| text.starts_with(word))
}

/// The last number of a list that a text begins with: 2 of 1.甲；2.乙.
fn last_of_list(text: &str) -> u32 {
    if !ordinal::leading(text).is_some_and(|marker| marker.ordinal.style == Style::Dotted) {
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
        assert_eq!(read(&["注：1.甲。", "2.请各单位于3月8日前确认。", "4.修缮库房。"]), [true, true, false]);
        assert_eq!(read(&["备注：略", "1.修缮库房。"]), [false, false]);
    }
}
