//! What a coordinator asks units for: `全部 9月20日前 报送自查情况`.

use chrono::NaiveDate;

use crate::inspections::{Request, Whom};
use crate::understanding::steps::breakdown;
use crate::understanding::task_number;

/// Whom it asks, until when, and what for; `None` where one of them is missing. Dates without a year lie ahead of `on`.
pub fn request(words: &str, on: NaiveDate) -> Option<Request> {
    let (whom, rest) = words.trim().split_once(char::is_whitespace)?;
    let read = breakdown(&rest.replace('\n', " "), on);
    let ([wanted], []) = (read.steps.as_slice(), read.unread.as_slice()) else {
        return None;
    };
    let names: Vec<&str> = whom.split(['、', '，', ',']).filter(|name| !name.is_empty()).collect();
    let whom = match whom.trim_end_matches("单位") {
        "全部" | "全体" | "所有" | "各" => Whom::All,
        _ if whom.starts_with(|first: char| first == '第' || first.is_ascii_digit()) => {
            Whom::Tasks(names.iter().map(|number| task_number(number)).collect())
        }
        _ => Whom::Units(names.iter().map(|name| (*name).to_owned()).collect()),
    };
    Some(Request { whom, due: wanted.due, words: wanted.text.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_until_when_and_what() {
        let on: NaiveDate = "2019-09-02".parse().unwrap();
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (words, whom, due, what) in [
            ("全部 9月20日前 报送自查情况", Whom::All, "2019-09-20", "报送自查情况"),
            ("第5、7项 9月底前报送自查情况", Whom::Tasks(list(&["5", "7"])), "2019-09-30", "报送自查情况"),
            ("第七项 2019-12-01 报送佐证材料", Whom::Tasks(list(&["7"])), "2019-12-01", "报送佐证材料"),
            (
                "省公安厅、省财政厅 报送自查情况 9月20日前",
                Whom::Units(list(&["省公安厅", "省财政厅"])),
                "2019-09-20",
                "报送自查情况",
            ),
        ] {
            let expected = Request { whom, due: due.parse().unwrap(), words: what.into() };
            assert_eq!(request(words, on), Some(expected), "{words}");
        }
        for words in [
            "全部",
            "全部 报送自查情况",
            "全部 2019-08-01 报送自查情况",
            "全部 2月30日前 报送",
            "9月20日前 报送自查情况",
        ] {
            assert_eq!(request(words, on), None, "{words}");
        }
    }
}
