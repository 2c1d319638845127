//! What a reply says beside how the task stands: practices that are worth passing on, and that a problem is over.

use std::sync::LazyLock;

use regex::Regex;

use super::progress::clauses;

macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {
        $(static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant"));)*
    };
}

patterns! {
    // 经验：… up to the next label or the end.
    PRACTICE = r"(?s)(?P<before>^|[，。；\s])(?:主要|典型|创新|有效|好的?|成功|先进|特色|工作)*(?:经验|做法|亮点|一招鲜)(?:和|及|与|、)?(?:做法|亮点|经验)?：\s*(?P<what>.*?)(?P<after>[，。；\s]*(?:(?:存在|主要|目前|遇到|面临)*的?(?:问题|困难|难点|堵点|障碍|需要?协调|请协调)(?:事项)?：|(?:下一步|下步|进展|进度|措施)[^，。；]{0,6}：|(?:目前|现)?(?:进度|完成率|已?完成)\D{0,4}\d)|$)";
    NO_PRACTICE = r"^(?:暂时|目前)?(?:没有|没|无|暂无)(?:经验|做法)?$";
    // Said of what was raised as a whole, and plainly: 部分解决, 基本解决 and 未解决 are something else.
    SOLVED = r"^(?:目前|现在?|之前|此前|前期|上次|原|上述|该|此|这些?|所有|全部|各项|有关|相关|我[局厅委办市们]|本?单位|反映|提出|存在|遇到|协调|的)*(?:问题|困难|堵点|障碍)(?:目前|现在?|经协调|均|都|全部)*(?:(?:已经?|均|都|全部)(?:已|得到|协调|妥善|顺利|圆满|全部|得以)*(?:解决|消除|克服|化解|排除)(?:了|完毕|到位)*|(?:解决|消除|克服|化解|排除)了)$";
    // 没有问题, and nothing that bounds it: 没有大问题 and 质量没有问题 are something else.
    NONE_LEFT = r"^(?:目前|现在?|暂时|截至目前|总体|推进|进展|顺利|也|并)*(?:没有|没|无|暂无|不存在|并无|未发现)(?:存在|遇到)?(?:任何)?(?:需要?协调(?:解决)?的?)?(?:问题|困难|障碍)(?:[和、或](?:问题|困难|障碍))?$";
    LABELLED_NONE = r"^(?:存在|主要|目前|遇到)*的?(?:问题|困难|困难和问题|问题和困难)：(?:暂时|目前)?(?:没有|无|暂无)$";
}

/// The practices named, and the words without them.
pub(super) fn take_practices(words: &str) -> (Vec<String>, String) {
    let mut practices = Vec::new();
    let mut rest = String::new();
    let mut from = 0;
    while let Some(found) = PRACTICE.captures_at(words, from) {
        let (Some(whole), Some(before), Some(what)) = (found.get(0), found.name("before"), found.name("what")) else {
            break;
        };
        let said = what.as_str().trim_matches([' ', '\n', '。', '，', '；']);
        if !said.is_empty() && !NO_PRACTICE.is_match(said) {
            practices.push(said.to_owned());
        }
        rest.push_str(&words[from..whole.start()]);
        rest.push_str(before.as_str());
        from = what.end();
    }
    rest.push_str(&words[from..]);
    (practices, rest)
}

/// Whether the words plainly say that what was raised before is solved.
pub(super) fn says_solved(words: &str) -> bool {
    phrases(words).any(|phrase| SOLVED.is_match(phrase))
}

/// Whether the words plainly say that there is no problem.
pub(super) fn says_none_left(words: &str) -> bool {
    phrases(words).any(|phrase| NONE_LEFT.is_match(phrase) || LABELLED_NONE.is_match(phrase))
}

/// A blank parts what is said as well as a comma does: 60% 问题已解决.
fn phrases(words: &str) -> impl Iterator<Item = &str> {
    clauses(words).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practices_are_taken_out() {
        let cases: [(&str, &[&str], &str); 7] = [
            ("进度60%。经验：一窗受理，限时办结", &["一窗受理，限时办结"], "进度60%。"),
            ("做法：一窗受理。问题：数据未打通", &["一窗受理"], "。问题：数据未打通"),
            ("典型经验：一窗受理。进度60%", &["一窗受理"], "。进度60%"),
            ("亮点：一窗受理\n下一步：推广", &["一窗受理"], "\n下一步：推广"),
            ("经验：无。进度60%", &[], "。进度60%"),
            ("下一步做法：推广", &[], "下一步做法：推广"),
            ("推广外省经验，已完成", &[], "推广外省经验，已完成"),
        ];
        for (words, practices, rest) in cases {
            let (taken, left) = take_practices(words);
            assert_eq!(taken, practices, "{words}");
            assert_eq!(left, rest, "{words}");
        }
    }

    #[test]
    fn only_plain_words_end_a_problem() {
        for words in ["问题已解决", "上次反映的问题均已协调解决，进度60%", "困难已克服", "60% 问题解决了"]
        {
            assert!(says_solved(words), "{words}");
        }
        for words in
            ["问题基本解决", "问题未解决", "问题待解决", "部分问题已解决", "问题预计月底解决", "问题解决率已达60%"]
        {
            assert!(!says_solved(words), "{words}");
        }
        for words in ["进度60%，没有问题", "推进顺利，暂无困难", "问题：无"] {
            assert!(says_none_left(words), "{words}");
        }
        for words in ["没有大问题", "质量没有问题", "如无问题，月底完成", "没有其他问题", "问题：无法对接"]
        {
            assert!(!says_none_left(words), "{words}");
        }
    }
}
