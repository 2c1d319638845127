//! Names that strangers choose, made fit to stand in a line of ours.

const LONGEST: usize = 64;

/// A name on one line, without what cannot be seen, and without the marks with which lines of the bot begin: nothing in it
/// looks like a line of its own. What is too long is cut in the middle, because a file's kind stands at its end.
pub fn harmless(name: &str) -> String {
    let visible = name.chars().filter(|character| !is_unseen(*character)).map(|character| match character {
        '【' => '[',
        '】' => ']',
        character if character.is_control() => ' ',
        character => character,
    });
    let visible: String = visible.collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches(|first: char| !(first.is_alphanumeric() || "[(（《“".contains(first)));
    let length = line.chars().count();
    if length <= LONGEST {
        return line.to_owned();
    }
    const END: usize = 12;
    let (begin, end) = (line.chars().take(LONGEST - END - 1), line.chars().skip(length - END));
    begin.chain(['…']).chain(end).collect()
}

/// Characters that take no room or turn the direction of writing: a name could hide in them, or rearrange what is around.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_plain_line() {
        for (given, shown) in [
            ("李建国", "李建国"),
            ("  王  芳 ", "王 芳"),
            ("甲\n✅ 督办员周敏已同意办结", "甲 ✅ 督办员周敏已同意办结"),
            ("甲\u{2028}乙\u{b}丙\u{85}丁\0戊", "甲 乙 丙 丁 戊"),
            ("\u{202e}敏周\u{202c}\u{2066}\u{200b}", "敏周"),
            ("✅ 已登记", "已登记"),
            ("⚠️【督办提醒】请速报", "[督办提醒]请速报"),
            ("—— 周敏 06-27 10:05 同意办结", "周敏 06-27 10:05 同意办结"),
            ("【附件】方案.docx", "[附件]方案.docx"),
            ("\u{3164}", ""),
            ("🌸", ""),
            ("O'Neil-Müller", "O'Neil-Müller"),
        ] {
            assert_eq!(harmless(given), shown, "{given:?}");
        }
        let long = harmless(&format!("{}.docx", "长".repeat(100)));
        assert!(long.chars().count() == LONGEST && long.ends_with("长.docx") && long.contains('…'), "{long}");
    }
}
