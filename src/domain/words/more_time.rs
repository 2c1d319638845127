//! 申请延期 without a date: nobody can grant that.

use std::sync::LazyLock;

use regex::Regex;

static WISH: LazyLock<Regex> = LazyLock::new(|| {
    // 对申请延期的执业律师逐一核实 asks for nothing.
    let wish = r"(?:(?:申请|请求|要求|希望|恳请|想|拟)|^\W*(?:第?[\d（）()]+项?)?\W*)(?:再|予以)?(?:延期|展期|顺延|宽限|延长)(?:[^的要能可\p{P}]|[，。；,;.]|$)";
    Regex::new(wish).expect("a constant")
});

/// Whether more time is asked for without a date that could be granted: `申请延期一个月`. The words give no date that was
/// understood.
pub fn lacks_date(words: &str) -> bool {
    WISH.is_match(words) && !words.contains(['?', '？', '吗'])
}

#[cfg(test)]
mod tests {
    use super::lacks_date;

    #[test]
    fn a_wish_without_a_date() {
        for wish in ["5 申请延期一个月，设备未到货", "5 延期", "第5项：延期两周", "想申请延期", "5 60%，恳请再延期"]
        {
            assert!(lacks_date(wish), "{wish}");
        }
        for other in [
            "对申请延期的执业律师逐一核实",
            "5 无需延期",
            "5 能否延期？",
            "申请延期可以吗",
            "5 60%",
            "5 没有申请延期的打算",
        ] {
            assert!(!lacks_date(other), "{other}");
        }
    }
}
