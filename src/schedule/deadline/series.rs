//! Months that share their ending with the one after them: the 4月、8月、 of 4月、8月、10月底前.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::meaning::positional_year;

static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9０-９一二三四五六七八九十]{1,2}";
    let year = "(?P<year>[0-9０-９]{4}|[一二][〇零一二三四五六七八九]{3})年";
    Regex::new(&format!("(?:{year})?(?P<members>(?:{number}月?份?[、和及])+)$")).expect("a constant")
});

/// The months right before a month of a text.
pub struct Series {
    /// The year named before the first of them, which holds for all.
    pub year: Option<i32>,
    /// Each with 月 where it is printed.
    pub members: Vec<Range<usize>>,
}

/// The series that ends at `end`, where a month begins. A bare number after a clause's end is the number of an item.
pub fn before(text: &str, end: usize) -> Option<Series> {
    let captures = SERIES.captures(&text[..end])?;
    let (whole, list) = (captures.get(0)?, captures.name("members")?);
    let year = captures.name("year").and_then(|year| positional_year(year.as_str()));
    let inside =
        text[..whole.start()].chars().next_back().is_some_and(|character| !super::clause::ENDS.contains(&character));
    let mut members = Vec::new();
    let mut start = list.start();
    for member in list.as_str().split_inclusive(['、', '和', '及']) {
        let words = member.trim_end_matches(['、', '和', '及']);
        if words.contains('月') || year.is_some() || inside {
            members.push(start..start + words.len());
        }
        start += member.len();
    }
    Some(Series { year, members })
}

#[cfg(test)]
mod tests {
    use super::before;

    fn members(text: &str) -> Vec<&str> {
        let series = before(text, text.len());
        series.map(|series| series.members.into_iter().map(|range| &text[range]).collect()).unwrap_or_default()
    }

    #[test]
    fn months_before_a_month() {
        assert_eq!(members("分别于4月、8月、"), ["4月", "8月"]);
        assert_eq!(members("于6、"), ["6"]);
        assert_eq!(before("2020年3月和", "2020年3月和".len()).unwrap().year, Some(2020));
        assert_eq!(members("完成；6、"), Vec::<&str>::new());
        assert_eq!(members("城市、"), Vec::<&str>::new());
    }
}
