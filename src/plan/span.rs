//! 时段: headings that give a month, a quarter or half a year to the tasks below them.

use std::sync::LazyLock;

use regex::Regex;

const SPAN: &str =
    "(?P<span>(?:[0-9]{4}年)?(?:(?:[0-9]{1,2}|十?[一二三四五六七八九十])月份?|第?[一二三四]季度|[上下]半年))";

/// The span that a heading begins with: 3月：摸底准备, 第一季度.
pub fn opening(heading: &str) -> Option<&str> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("^{SPAN}(?:[：:、，—（( ]|$|(?:主要|重点)?(?:工作|任务|计划|安排))")).expect("a constant")
    });
    OPENING.captures(heading)?.name("span").map(|span| span.as_str())
}

/// The span that a line without a number says and nothing else: 【一季度】, 二季度重点工作：.
pub fn alone(line: &str) -> Option<&str> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"^[\s【（(]*{SPAN}(?:主要|重点)?(?:工作|任务|计划|安排|目标)*[\s】）)：:]*$"))
            .expect("a constant")
    });
    ALONE.captures(line)?.name("span").map(|span| span.as_str())
}

#[cfg(test)]
mod tests {
    use super::{alone, opening};

    #[test]
    fn spans_of_headings() {
        assert_eq!(opening("3月：摸底准备"), Some("3月"));
        assert_eq!(opening("第一季度重点工作"), Some("第一季度"));
        assert_eq!(opening("一季度末考核"), None);
        assert_eq!(alone("【二季度】"), Some("二季度"));
        assert_eq!(alone("2024年三季度重点工作任务："), Some("2024年三季度"));
        assert_eq!(alone("二季度：完成招标"), None);
    }
}
