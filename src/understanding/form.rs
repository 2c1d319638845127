//! Boxes and questions of a form that somebody filled in: of several ways to say how it stands only the ticked one was chosen.

use std::ops::Range;

pattern!(BOX, r"(?P<on>☑|■|\[ *[x√✓✔] *\]|\( *[√✓✔] *\))|(?P<off>□|☐|▢|\[ *\]|\( *\))");
// 是否已完成：是, 已完成（是/否）：否
pattern!(
    ASKED,
    r"(?:是否)?(?P<what>已?经?(?:完成|办结|销号))了?\s*(?:[(\[](?:是|否|/|或)+[)\]])?\s*：\s*(?:(?P<yes>是|已完成)|否|未完成|没有)(?:$|[，。；\n ])"
);

// 张处 9-24 16:02, above words that were copied from a chat
pattern!(
    SAID_BY,
    r"(?m)^[^\s\d，。；：]{1,8} +(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日? +)?\d{1,2}：\d{2}(?:：\d{2})?(?:\n|$)"
);

/// What of a text in its plain form is print, and not the words of who filled it in, in bytes and in order.
pub fn printed(plain: &str) -> Vec<Range<usize>> {
    let mut printed = options(plain);
    for asked in ASKED.captures_iter(plain) {
        let (Some(whole), Some(what)) = (asked.get(0), asked.name("what")) else { continue };
        // Either a question was printed, or answers to choose from.
        if !whole.as_str().starts_with("是否") && !whole.as_str().contains(['(', '[']) {
            continue;
        }
        let end = whole.start() + whole.as_str().trim_end_matches(['，', '。', '；', '\n', ' ']).len();
        match asked.name("yes") {
            Some(_) => printed.extend([whole.start()..what.start(), what.end()..end]),
            None => printed.push(whole.start()..end),
        }
    }
    printed.extend(SAID_BY.find_iter(plain).map(|found| found.range()));
    printed.retain(|range| !range.is_empty());
    printed.sort_by_key(|range| range.start);
    printed
}

/// The options that nobody ticked, with their boxes, and the boxes that were.
fn options(plain: &str) -> Vec<Range<usize>> {
    const EDGES: [char; 5] = ['，', '。', '；', '：', '\n'];
    let boxes: Vec<(Range<usize>, bool)> = BOX
        .captures_iter(plain)
        .filter_map(|found| Some((found.get(0)?.range(), found.name("on").is_some())))
        .collect();
    let Some((first, _)) = boxes.first().filter(|_| boxes.iter().any(|(place, on)| !on || place.len() > 3)) else {
        return Vec::new();
    };
    let before = plain[..first.start].trim_end_matches([' ', '-', '*']);
    let leads = before.is_empty() || before.ends_with(EDGES);
    let option = |at: usize| {
        let (place, on) = &boxes[at];
        let whole = if leads {
            let end = boxes.get(at + 1).map_or(plain.len(), |(next, _)| next.start);
            let said = &plain[place.end..end];
            place.start..place.end + said.find(EDGES).unwrap_or(said.len())
        } else {
            let start = at.checked_sub(1).map_or(0, |last| boxes[last].0.end);
            let said = &plain[start..place.start];
            let edge = said.char_indices().rev().find(|(_, sign)| EDGES.contains(sign));
            start + edge.map_or(0, |(at, sign)| at + sign.len_utf8())..place.end
        };
        if *on { place.clone() } else { whole }
    };
    (0..boxes.len()).map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn what_was_chosen_stays() {
        let cases = [
            ("□推进中 ☑已完成 □有困难", "已完成"),
            ("推进中( ) 已完成(√)", "已完成"),
            ("已完成☑ 未完成□", "已完成"),
            ("[x]已完成 [ ]推进中", "已完成"),
            ("- [ ] 已完成", "-"),
            ("□已完成 □推进中，资金没到位", "，资金没到位"),
            ("是否已完成：是", "已完成"),
            ("已完成(是/否)：否", ""),
            ("已完成：系统上线", "已完成：系统上线"),
            ("第5项(一窗受理)已完成", "第5项(一窗受理)已完成"),
        ];
        for (plain, expected) in cases {
            let mut left = plain.to_owned();
            for range in printed(plain).into_iter().rev() {
                left.replace_range(range, "");
            }
            assert_eq!(left.trim(), expected, "{plain}");
        }
    }
}
