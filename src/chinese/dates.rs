//! Days as people name them in a message: 9月30日, 2019-09-30, 下月底.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::Regex;

use super::numerals;
use crate::schedule::reach::reaches;

/// The last day of `month`; `None` where there is no such month.
pub fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))
}

/// The first day named in `text`. Without a year it is the next such day from `on` on.
pub fn first(text: &str, on: NaiveDate) -> Option<NaiveDate> {
    first_named(text, on).filter(|day| reaches(*day))
}

fn first_named(text: &str, on: NaiveDate) -> Option<NaiveDate> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:(?P<year>\d{4})[年./-]|(?P<next>明)年)?(?:(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})(?:[日号]|\b)|(?P<whole>\d{1,2})月(?:底|末|份)?)|(?P<month_end>本月底|月底|下月底|下个月底)|(?P<year_end>年底|年末)|(?P<quarter>第?[一二三四1-4]季度|上半年|下半年)|(?P<week>[本这下])个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])",
        )
        .expect("a constant")
    });
    let text = in_digits(text);
    let found = DATE.captures(&text)?;
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<u32>().ok());
    let year = match number("year") {
        Some(year) => Some(year as i32),
        None => found.name("next").map(|_| on.year() + 1),
    };
    if let Some(phrase) = found.name("month_end") {
        let month = if phrase.as_str().starts_with('下') { on.checked_add_months(Months::new(1))? } else { on };
        return end_of_month(month.year(), month.month());
    }
    if let (Some(week), Some(weekday)) = (found.name("week"), found.name("weekday")) {
        let weeks = if week.as_str() == "下" { 1 } else { 0 };
        let days = "一二三四五六日".chars().position(|day| weekday.as_str().starts_with(day)).unwrap_or(6) as u64;
        let monday = on.checked_sub_days(Days::new(on.weekday().num_days_from_monday().into()))?;
        return monday.checked_add_days(Days::new(weeks * 7 + days)).filter(|date| *date >= on);
    }
    if let Some(quarter) = found.name("quarter") {
        let last_month = match quarter.as_str().trim_start_matches('第') {
            "一季度" | "1季度" => 3,
            "二季度" | "2季度" | "上半年" => 6,
            "三季度" | "3季度" => 9,
            _ => 12,
        };
        let ends = |year| end_of_month(year, last_month);
        return ends(year.unwrap_or(on.year()))
            .filter(|day| year.is_some() || *day >= on)
            .or_else(|| ends(on.year() + 1));
    }
    if found.name("year_end").is_some() {
        return NaiveDate::from_ymd_opt(on.year(), 12, 31);
    }
    let in_year = |year: i32| match (number("month"), number("day"), number("whole")) {
        (Some(month), Some(day), _) => NaiveDate::from_ymd_opt(year, month, day),
        (_, _, Some(month)) => end_of_month(year, month),
        _ => None,
    };
    match year {
        Some(year) => in_year(year),
        None => in_year(on.year()).filter(|date| *date >= on).or_else(|| in_year(on.year() + 1)),
    }
}

/// 十月三十一日 as 10月31日.
fn in_digits(text: &str) -> String {
    static NUMERAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("([{}]+)(个?月|日|号|年)", numerals::CHINESE)).expect("a constant"));
    let replaced = NUMERAL.replace_all(text, |found: &regex::Captures<'_>| {
        let number = numerals::parse(&found[1]).or_else(|| numerals::positional(&found[1]));
        number.map_or_else(|| found[0].to_owned(), |number| format!("{number}{}", &found[2]))
    });
    replaced.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_a_year_lie_ahead() {
        let on: NaiveDate = "2019-06-27".parse().unwrap();
        let cases = [
            ("延期至9月30日", "2019-09-30"),
            ("延期至十月三十一日", "2019-10-31"),
            ("2019-09-30", "2019-09-30"),
            ("推迟到3月底", "2020-03-31"),
            ("下月底", "2019-07-31"),
            ("年底前", "2019-12-31"),
            ("延期至三季度末", "2019-09-30"),
            ("一季度", "2020-03-31"),
            ("延到下周五", "2019-07-05"),
            ("2020年2月", "2020-02-29"),
        ];
        for (text, expected) in cases {
            assert_eq!(first(text, on).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        for nowhere in ["尽快", "9999-12-31", "0001年1月1日"] {
            assert_eq!(first(nowhere, on), None, "{nowhere}");
        }
    }
}
