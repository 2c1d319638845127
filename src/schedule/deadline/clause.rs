//! Where clauses begin and end.

pub const ENDS: [char; 13] = ['，', ',', '。', '；', ';', '：', ':', '（', '(', '\n', '！', '、', '”'];

/// Whether a clause begins here, apart from a word that urges.
pub fn begins_after(before: &str) -> bool {
    const URGING: [&str; 6] = ["力争", "争取", "确保", "要", "在", "于"];
    let blank = |character: char| character.is_whitespace() && character != '\n';
    let before = before.trim_end_matches(blank);
    let before = URGING.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    before.is_empty() || before.ends_with(ENDS)
}

/// The words since the last clause ended, or the last `most` characters of them.
pub fn last(text: &str, most: usize) -> &str {
    let characters = text.chars().rev().take(most).take_while(|character| !ENDS.contains(character));
    let length: usize = characters.map(char::len_utf8).sum();
    &text[text.len() - length..]
}

#[cfg(test)]
mod tests {
    use super::{begins_after, last};

    #[test]
    fn clauses() {
        assert!(begins_after("") && begins_after("完成，力争") && begins_after("修缮\n ") && !begins_after("完成"));
        assert_eq!(last("甲，乙丙丁", 9), "乙丙丁");
        assert_eq!(last("甲，乙丙丁", 2), "丙丁");
        assert_eq!(last("甲，", 2), "");
    }
}
