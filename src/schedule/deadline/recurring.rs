//! Dates that come round: 每月5日前, 每季度首月15日前, 每周五, 每年6月、12月底前, 按月.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Phrase;
use super::meaning::{self, Meaning, Reader};
use crate::office::plan::{MilestoneKind, Period, Rule};

/// The 12月底前 of 每年6月、12月底前, the 20日前 of 每月5日、20日前, the 周四 of 每周一、周四.
static FURTHER: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9０-９一二三四五六七八九十]{1,3}";
    Regex::new(&format!(
        "^[、和及](?:(?P<month>{number})月份?)?(?P<part>[上中下]旬|[初中末底])?(?:(?P<day>{number})[日号])?(?:(?:周|星期)(?P<weekday>[一二三四五六日天]))?(?P<before>[之以]?前)?"
    ))
    .expect("a constant")
});

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

impl Reader<'_> {
    pub fn recurring(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let (words, after) = (&self.text[range.clone()], &self.text[range.end..]);
        if after.starts_with(['节', '薪', '龄', '票']) {
            return None;
        }
        let named = captures.name("day").or(captures.name("month")).is_some();
        let doubt = (named && rule(captures, after).is_none())
            .then(|| format!("“{words}”不是有效的日期，需要人工核定每期的截止日期。"));
        Some(Meaning { kind: MilestoneKind::Recurring, due: None, doubt })
    }
}

/// When the date of a recurring phrase, before `after`, comes round; `None` for 学期 and the like, whose days differ from place
/// to place, and for days that there are not.
pub fn rule(captures: &Captures, after: &str) -> Option<Rule> {
    let is_of_month = captures.name("which").is_some();
    let word = ["turn", "by", "each", "weekly"].into_iter().find_map(|name| captures.name(name));
    let period = match word.map(|word| word.as_str().trim_end_matches('度')) {
        None if is_of_month => Period::Month,
        None => Period::Day,
        Some("半月") => Period::HalfMonth,
        Some("双月") => Period::TwoMonths,
        Some("旬") => Period::TenDays,
        Some("半年") => Period::HalfYear,
        Some(word) => match word.chars().next()? {
            '周' | '星' => Period::Week,
            '月' => Period::Month,
            '季' => Period::Quarter,
            '年' => Period::Year,
            _ => return None,
        },
    };
    // 每周一调度 is once a week, and 每周一前 on Mondays.
    let once = captures.name("weekday").is_some_and(|day| day.as_str() == "一")
        && captures.name("before").is_none()
        && after.starts_with(char::is_alphabetic)
        && !after.starts_with(['上', '下', '早', '晚', '前']);
    in_period(period, captures).map(|rule| Rule { day: rule.day.filter(|_| !once), ..rule })
}

fn number(captures: &Captures, name: &str) -> Option<u8> {
    meaning::number(captures, name).and_then(|number| u8::try_from(number).ok())
}

fn in_period(period: Period, captures: &Captures) -> Option<Rule> {
    let months = match period {
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year => 12,
        _ => 1,
    };
    let part = captures.name("part").map(|part| part.as_str());
    let month = if captures.name("first").is_some() {
        Some(1)
    } else if captures.name("nth").is_some() {
        number(captures, "nth")
    } else if captures.name("month").is_some() {
        number(captures, "month")
    } else if part == Some("初") && months > 1 {
        Some(1)
    } else {
        None
    };
    // 每年中 and 每季度中 are no day.
    if part == Some("中") && months > 1 && month.is_none() || month.is_some_and(|month| !(1..=months).contains(&month))
    {
        return None;
    }
    let named = |day: &str| (1..).zip(WEEKDAYS).find(|(_, name)| *name == day.replace('天', "日"));
    let weekday = captures.name("weekday").and_then(|day| named(day.as_str()));
    let of_part = match part {
        Some("初") if period == Period::Year && captures.name("month").is_none() => None,
        Some("上旬" | "初") => Some(10),
        Some("中旬") => Some(20),
        Some("中") => Some(15),
        _ => None,
    };
    let day = number(captures, "day").or(weekday.map(|(number, _)| number)).or(of_part);
    const LONGEST: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let longest = match (period, month) {
        (Period::Year, Some(month)) => LONGEST[usize::from(month) - 1],
        _ => 31,
    };
    day.is_none_or(|day| (1..=longest).contains(&day)).then_some(Rule { period, month, day })
}

/// Adds the days that share the period of the last phrase. One without a day has that of the next: 每年1月、7月10日前.
pub fn push_further(text: &str, phrases: &mut Vec<Phrase>) {
    let Some(first) = phrases.last().filter(|first| !text[..first.range.end].ends_with('前')) else { return };
    let Some(Rule { period, .. }) = first.rule else { return };
    let begun = phrases.len() - 1;
    let mut at = first.range.end;
    while let Some(captures) = FURTHER.captures(&text[at..]) {
        let has = |name: &str| captures.name(name).is_some();
        let of_same = match period {
            Period::Week => has("weekday"),
            Period::Month => has("day") && !has("month"),
            Period::Year => has("month"),
            _ => false,
        };
        let Some(rule) = in_period(period, &captures).filter(|_| of_same) else { return };
        let whole = captures.get(0).map_or(0, |whole| whole.end());
        let range = at + '、'.len_utf8()..at + whole;
        at = range.end;
        phrases.push(Phrase {
            range,
            kind: MilestoneKind::Recurring,
            due: None,
            rule: Some(rule),
            scope: None,
            doubt: None,
        });
        let last = phrases.len() - 1;
        for open in &mut phrases[begun..last] {
            if text[open.range.clone()].ends_with(['月', '份']) {
                open.rule = open.rule.map(|open| Rule { day: open.day.or(rule.day), ..open });
            }
        }
        if has("before") {
            return;
        }
    }
}

/// A rule in words, for lists: 每季度第1个月15日, 每月末.
pub fn rule_in_words(Rule { period, month, day }: Rule) -> String {
    let every = match period {
        Period::Day => return "每天".to_owned(),
        Period::Week => {
            let day = day.and_then(|day| WEEKDAYS.get(usize::from(day) - 1));
            return day.map_or_else(|| "每周之内".to_owned(), |day| format!("每周{day}"));
        }
        Period::TenDays => "每旬",
        Period::HalfMonth => "每半月",
        Period::Month => "每月",
        Period::TwoMonths => "每两个月",
        Period::Quarter => "每季度",
        Period::HalfYear => "每半年",
        Period::Year => "每年",
    };
    let month = match (month, day) {
        (Some(month), _) if period == Period::Year => format!("{month}月"),
        (Some(month), _) => format!("第{month}个月"),
        (None, Some(_)) if period == Period::Year => "12月".to_owned(),
        (None, Some(_)) if period != Period::Month => "最后一个月".to_owned(),
        (None, _) => String::new(),
    };
    let day = day.map_or_else(|| "末".to_owned(), |day| format!("{day}日"));
    format!("{every}{month}{day}")
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Place, find};
    use super::rule_in_words;
    use crate::office::plan::MilestoneKind;

    /// Each phrase of a text with its rule in words.
    fn rules(text: &str) -> String {
        let phrases = find(text, Context::default(), Place::Prose).into_iter();
        let told = phrases.map(|phrase| {
            assert_eq!(phrase.kind, MilestoneKind::Recurring, "{text}");
            format!("{} {}", &text[phrase.range], phrase.rule.map_or_else(|| "?".to_owned(), rule_in_words))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn when_dates_come_round() {
        let cases = [
            ("每月5日前报送", "每月5日前 每月5日"),
            ("每季度末报送", "每季度末 每季度末"),
            ("每半年报送", "每半年 每半年末"),
            ("每周五前报送", "每周五前 每周五"),
            ("每年6月底前报送", "每年6月底前 每年6月末"),
            ("每季度首月15日前报送", "每季度首月15日前 每季度第1个月15日"),
            ("每季度末25日前报送", "每季度末25日前 每季度最后一个月25日"),
            ("每季度第二个月10日前报送", "每季度第二个月10日前 每季度第2个月10日"),
            ("每年年底前报送", "每年年底前 每年末"),
            ("每年12月20日前报送", "每年12月20日前 每年12月20日"),
            ("每月上旬报送", "每月上旬 每月10日"),
            ("每周一次", "每周一次 每周之内"),
            ("每周一调度，每月一通报", "每周一 每周之内; 每月 每月末"),
            ("每周一上午调度", "每周一 每周一"),
            ("每周的星期五下班前报送", "每周的星期五 每周五"),
            ("按月调度，逐季通报", "按月 每月末; 逐季 每季度末"),
            ("每双月召开例会，每天巡查", "每双月 每两个月末; 每天巡查 每天"),
            ("每月通报，次月5日前公示", "每月 每月末; 次月5日前 每月5日"),
            ("每学期检查", "每学期 ?"),
            ("每月35日前报送", "每月35日前 ?"),
        ];
        for (text, expected) in cases {
            assert_eq!(rules(text), expected, "{text}");
        }
    }

    #[test]
    fn several_days_of_one_period() {
        assert_eq!(rules("每月5日、20日前报送"), "每月5日 每月5日; 20日前 每月20日");
        assert_eq!(rules("每年6月、12月底前报送"), "每年6月 每年6月末; 12月底前 每年12月末");
        assert_eq!(rules("每年1月、7月10日前报送"), "每年1月 每年1月10日; 7月10日前 每年7月10日");
        assert_eq!(rules("每周一、周四报送"), "每周一 每周一; 周四 每周四");
    }
}
