//! What each family of phrases means.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::{Captures, Regex};

use crate::chinese::day::end_of_month;
use crate::chinese::numerals;
use crate::office::plan::MilestoneKind;
use crate::schedule::calendar::Calendar;
use crate::schedule::deadline::patterns::Family;
use crate::schedule::deadline::{Context, Place, clause, in_words};
use crate::schedule::reach::reaches;

/// 2020年12月31日前注册的企业: which ones are meant, not until when.
pub static DESCRIBES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[^，。；、\d]{1,8}的\p{Han}").expect("a constant"));

/// What was done by then with what is meant.
pub static BUILT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:已经?)?(?:建成|注册|登记|成立|出生|入学|毕业|投产|竣工|签订|取得|开工|批准|颁发|购置|入库|立项|参加|缴纳|退役)[^，。；、]{0,8}的")
        .expect("a constant")
});

/// 2021年12月完工, 2022年全面完成.
static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:全面|基本|全部|正式)?(?:完成|完工|建成|竣工|投用|投入使用|投运)(?:[^了的]|$)").expect("a constant")
});

/// The working days by which documents count.
pub static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::china);

/// What a phrase says.
pub struct Meaning {
    pub kind: MilestoneKind,
    pub due: Option<NaiveDate>,
    pub doubt: Option<String>,
}

/// Reads the phrases of one text.
pub struct Reader<'a> {
    pub text: &'a str,
    pub context: Context,
    pub place: Place,
    /// The last year that the text itself named.
    pub named_year: Option<i32>,
}

/// The year of a phrase; `guessed` where only the day of issue tells it.
pub struct Year {
    pub value: i32,
    pub guessed: bool,
}

impl Reader<'_> {
    /// What a phrase means; `None` where it names no deadline after all.
    pub fn meaning(&self, family: Family, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        match family {
            Family::Period => self.period(captures, range),
            Family::Validity => self.validity(captures, range),
            Family::Start => self.start(captures, range),
            Family::Recurring => self.recurring(captures, range),
            Family::WithinYears => self.within_years(captures, range),
            Family::WithinDays => self.within_days(captures, range),
            Family::Month => self.month(captures, range),
            Family::Figures => self.figures(captures, range),
            Family::Years => self.years(captures, range),
            Family::MonthFromIssue => self.month_from_issue(captures, range),
            Family::WeekFromIssue => self.week_from_issue(captures, range),
            Family::LastWorkingDay => self.last_working_day(captures, range),
            Family::WeekOfMonth => self.week_of_month(captures, range),
            Family::Lunar => self.lunar(captures, range),
            Family::Quarter => self.quarter(captures, range),
            Family::HalfYear => self.half_year(captures, range),
            Family::Year => self.whole_year(captures, range),
            Family::FiveYears => self.five_years(captures, range),
            Family::Festival => self.festival(captures, range).filter(|_| !self.bracket_dates(range)),
            Family::Words => self.words(captures, range),
        }
    }

    /// 秋季学期开学前（8月31日前）: what the brackets say counts.
    fn bracket_dates(&self, range: &Range<usize>) -> bool {
        static DAY: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("^[（(][^（()）]*[0-9一二三四五六七八九十][日号][^（()）]*[）)]").expect("a constant")
        });
        DAY.is_match(&self.text[range.end..])
    }

    fn period(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        if self.follows_number(range.start) {
            return None;
        }
        let year = self.year(captures);
        let last = match captures.name("last_year") {
            Some(last) => positional_year(last.as_str()),
            None => year.as_ref().map(|year| year.value),
        };
        // 2月15日—16日
        let same_month = number(captures, "day_of_month");
        if same_month.is_some() && captures.name("day").is_none() {
            return None;
        }
        let (month, day) = match same_month {
            Some(day) => (number(captures, "month"), Some(day)),
            None => (number(captures, "last_month"), number(captures, "last_day")),
        };
        let due = last_day(last, month, day);
        let mut meaning = self.dated(MilestoneKind::Window, due, range);
        if self.place == Place::Field && due.is_some() {
            meaning.doubt = Some("这是一段时间，不按到期日提醒；需要提醒的，请写成某日前。".to_owned());
        }
        Some(meaning)
    }

    fn validity(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        if captures.name("count").is_some() {
            return Some(Meaning { kind: MilestoneKind::Window, due: None, doubt: None });
        }
        let year = self.year(captures)?;
        let due = last_day(Some(year.value), number(captures, "month").or(Some(12)), number(captures, "day"));
        Some(self.dated(MilestoneKind::Window, due, range))
    }

    fn start(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let named = |long: &str, short: &str| number(captures, long).or_else(|| number(captures, short));
        let day = named("day", "short_day").unwrap_or(1);
        let date = NaiveDate::from_ymd_opt(self.year(captures)?.value, named("month", "short_month")?, day);
        Some(self.dated(MilestoneKind::Start, date, range))
    }

    fn month(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let part = captures.name("part").map(|part| part.as_str());
        let named_end = part.is_some() || (captures.name("until").is_some() && captures.name("year").is_some());
        let is_deadline = self.is_deadline(captures, range, named_end);
        if self.follows_number(range.start) || !(is_deadline || self.is_to_come(range)) {
            return None;
        }
        let year = self.year(captures);
        let value = year.as_ref().map(|year| year.value);
        let month = number(captures, "month");
        if !is_deadline && last_day(value, month, number(captures, "day")).is_none_or(|day| self.is_past(day)) {
            return None;
        }
        let end = last_day(value, month, None);
        let before = captures.name("before").is_some();
        let (due, other) = match part {
            Some("上旬") if before => {
                (last_day(value, month, Some(1)).and_then(|first| first.pred_opt()), last_day(value, month, Some(10)))
            }
            Some("中旬") if before => (last_day(value, month, Some(10)), last_day(value, month, Some(20))),
            Some("下旬") if before => (last_day(value, month, Some(20)), end),
            Some("上旬") => (last_day(value, month, Some(10)), None),
            Some("中旬" | "上中旬") => (last_day(value, month, Some(20)), None),
            Some("初") => (last_day(value, month, Some(10)), last_day(value, month, Some(5))),
            Some("中") => (last_day(value, month, Some(15)), last_day(value, month, Some(20))),
            Some(_) => (end, None),
            None if captures.name("day").is_some() => (last_day(value, month, number(captures, "day")), None),
            None if before => (last_day(value, month, Some(1)).and_then(|first| first.pred_opt()), end),
            None => (end, None),
        };
        self.by_date(year, due, other, before, range)
    }

    fn quarter(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let begins = self.text[range.end..].starts_with('起');
        let other = self.follows_number(range.start) || self.belongs_to_noun(range);
        if begins || self.text[..range.start].ends_with('每') || other {
            return None;
        }
        let bare = captures.name("bare_year").and_then(|year| positional_year(year.as_str()));
        let year = bare.map(|value| Year { value, guessed: false }).or_else(|| self.year(captures));
        let value = year.as_ref().map(|year| year.value);
        let quarter = number(captures, "quarter").or_else(|| number(captures, "figure"))?;
        let end = last_day(value, Some(quarter * 3), None);
        let before = captures.name("before").is_some();
        let end_is_named = captures.get(0)?.as_str().contains(['末', '底']);
        let (due, other) = match end {
            Some(end) if before && !end_is_named => (
                end.checked_sub_months(Months::new(3))
                    .and_then(|day| last_day(Some(day.year()), Some(day.month()), None)),
                Some(end),
            ),
            end => (end, None),
        };
        self.by_date(year, due, other, before, range)
    }

    fn half_year(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        // 其中上半年不低于550亿元
        let begins = self.starts_clause(range.start) || self.text[..range.start].ends_with("其中");
        let other = self.text[..range.start].ends_with('每') || self.belongs_to_noun(range);
        if other || !self.is_deadline(captures, range, begins) {
            return None;
        }
        let year = self.year(captures);
        // 半年完成50%，全年完成100%
        let of_figure = |rest: &str| ["完成", "达到", "实现"].iter().any(|verb| rest.starts_with(verb));
        let Some(half) = captures.name("half") else {
            let is_half = self.place == Place::Field && begins && of_figure(&self.text[range.end..]);
            let due = last_day(year.as_ref().map(|year| year.value), Some(6), None).filter(|_| is_half)?;
            let meaning = self.by_date(year, Some(due), None, false, range)?;
            let doubt = Some("“半年”按上半年计算；指从现在起半年的，请写明日期。".to_owned());
            return Some(Meaning { doubt, ..meaning });
        };
        let month = if half.as_str() == "上" { 6 } else { 12 };
        let due = last_day(year.as_ref().map(|year| year.value), Some(month), None);
        self.by_date(year, due, None, captures.name("before").is_some(), range)
    }

    fn whole_year(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let earlier_year = self.text[..range.start]
            .ends_with(['去', '往', '上', '历', '近', '多', '每', '数', '几', '半', '前', '次']);
        let names_term = ["春季", "秋季"].iter().any(|term| self.text[range.end..].starts_with(term));
        let bare =
            captures.name("bare").is_some_and(|bare| bare.as_str() != "年度内" || self.starts_clause(range.start));
        // 全年新增500家: a figure for the year is due at its end.
        let rest = &self.text[range.end..];
        let whole = captures.get(0)?.as_str();
        let year_alone =
            captures.name("year").is_some() && whole.ends_with('年') && rest.starts_with(char::is_alphabetic);
        let figure_of_year = (whole == "全年" || year_alone)
            && self.starts_clause(range.start)
            && rest[..rest.find(clause::ENDS).unwrap_or(rest.len())].contains(|character: char| character.is_numeric());
        let named_end = bare || figure_of_year || captures.name("part").is_some() || captures.name("until").is_some();
        if earlier_year
            || names_term
            || self.follows_number(range.start)
            || self.belongs_to_noun(range)
            || !self.is_deadline(captures, range, named_end)
        {
            return None;
        }
        let year = self.year(captures);
        let end = last_day(year.as_ref().map(|year| year.value), Some(12), None);
        let before = captures.name("before").is_some();
        let (due, other) = match end {
            Some(end) if before && captures.name("part").is_none() => {
                (end.checked_sub_months(Months::new(12)), Some(end))
            }
            end => (end, None),
        };
        self.by_date(year, due, other, before || bare, range)
    }

    /// “十四五”末: the fourteenth plan ended with 2025, and each has five years.
    fn five_years(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let plan = i32::try_from(number(captures, "plan")?).ok()?;
        let value = 2005 + 5 * plan;
        let due = last_day(Some(value), Some(12), None);
        let named = self.is_deadline(captures, range, true);
        named.then(|| self.by_date(Some(Year { value, guessed: false }), due, None, false, range)).flatten()
    }

    /// 起草二季度方案, 完成全年评查: what the work is about, and not by when.
    fn belongs_to_noun(&self, range: &Range<usize>) -> bool {
        static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                "(?:起草|制定|编制|拟定|形成|报送|上报|召开|完成|提交|通报|印发|总结|部署|研究|分析|公布|汇总|盘点)$",
            )
            .expect("a constant")
        });
        let span = &self.text[range.clone()];
        let goes_on = self.text[range.end..].starts_with(|next: char| ('\u{4e00}'..='\u{9fff}').contains(&next));
        goes_on && !span.ends_with(['前', '底', '末', '内', '终']) && OBJECT.is_match(&self.text[..range.start])
    }

    /// Whether a phrase sets a date. In running text a date without 前 or the like is something else, mostly a fact.
    pub fn is_deadline(&self, captures: &Captures, range: &Range<usize>, named_end: bool) -> bool {
        const LIMITS: [&str; 9] = ["不迟于", "不晚于", "最迟", "最晚", "截止", "不超过", "可延", "可推迟", "可放宽"];
        let before = &self.text[..range.start];
        let limited = LIMITS.iter().any(|limit| before.ends_with(limit));
        let report = before.ends_with(['截', '比', '较']);
        let finished = self.starts_clause(range.start) && FINISHED.is_match(&self.text[range.end..]);
        let written = captures.name("before").is_some() || limited || finished;
        self.place == Place::Field || written || (named_end && !report)
    }

    /// A date with its other reading. A day that only the year of issue places before the issue is meant a year later;
    /// a day without 前 that lies before the issue is a fact that running text tells.
    pub fn by_date(
        &self,
        year: Option<Year>,
        due: Option<NaiveDate>,
        other: Option<NaiveDate>,
        before: bool,
        range: &Range<usize>,
    ) -> Option<Meaning> {
        // 原定8月底: put off, or told.
        if ["原定", "原定于", "原计划", "原计划于"].iter().any(|word| self.text[..range.start].ends_with(word))
        {
            return None;
        }
        let past = due.is_some_and(|due| self.is_past(due));
        if past && year.as_ref().is_some_and(|year| year.guessed) {
            let names_day = self.text[range.clone()].contains(['日', '号', '旬', '初', '中']);
            let later = due.and_then(|due| match last_day(Some(due.year()), Some(due.month()), None) {
                Some(end) if end == due && !names_day => last_day(Some(due.year() + 1), Some(due.month()), None),
                _ => due.checked_add_months(Months::new(12)),
            });
            let doubt = due.map(|due| format!("原文没有写年份，按印发之后理解；也可以理解为{}。", in_words(due)));
            return Some(Meaning { kind: MilestoneKind::ByDate, due: later, doubt });
        }
        let describes = DESCRIBES.is_match(&self.text[range.end..]);
        // 2000年前建成的老旧小区 says which are meant, whatever the document's own time.
        let built = BUILT.is_match(&self.text[range.end..]) && self.place == Place::Prose;
        if built || past && (!before || describes) && self.place == Place::Prose {
            return None;
        }
        let mut meaning = self.dated(MilestoneKind::ByDate, due, range);
        if let Some(other) = other {
            let words = &self.text[range.clone()];
            meaning.doubt = Some(format!("“{words}”按字面不含所写的时段，也可以理解为{}。", in_words(other)));
        }
        Some(meaning)
    }

    /// Whether a day lies before the document.
    fn is_past(&self, day: NaiveDate) -> bool {
        match self.context {
            Context { issued_on: Some(issued), .. } => day < issued,
            Context { plan_year: Some(year), .. } => day.year() < year,
            Context { .. } => false,
        }
    }

    pub fn dated(&self, kind: MilestoneKind, due: Option<NaiveDate>, range: &Range<usize>) -> Meaning {
        let (words, due) = (&self.text[range.clone()], due.filter(|due| reaches(*due)));
        let no_year = self.context.issued_on.is_none() && self.context.plan_year.is_none() && self.named_year.is_none();
        let doubt = match due {
            Some(_) => None,
            None if no_year && !words.contains('年') => {
                Some("原文没有写年份，也没有读到印发日期，不能推算截止日期。".to_owned())
            }
            None => Some(format!("“{words}”不是有效的日期，需要人工核定截止日期。")),
        };
        Meaning { kind, due, doubt }
    }

    pub fn starts_clause(&self, start: usize) -> bool {
        clause::begins_after(&self.text[..start])
    }

    /// 第28次, 1—3月, 12.5: what follows a number is the rest of a figure.
    pub fn follows_number(&self, start: usize) -> bool {
        self.text[..start].ends_with(|character: char| {
            character.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十百两.．—-/第".contains(character)
        })
    }

    pub fn year(&self, captures: &Captures) -> Option<Year> {
        let plan = self.context.plan_year.or(self.context.issued_on.map(|issued| issued.year()));
        if let Some(year) = captures.name("year") {
            return Some(Year { value: positional_year(year.as_str())?, guessed: false });
        }
        if let Some(relative) = captures.name("relative") {
            return Some(Year { value: plan? + i32::from(relative.as_str() == "明年"), guessed: false });
        }
        let guessed = self.named_year.is_none() && self.context.plan_year.is_none();
        Some(Year { value: self.named_year.or(plan)?, guessed })
    }
}

pub fn number(captures: &Captures, name: &str) -> Option<u32> {
    numerals::parse(captures.name(name)?.as_str())
}

pub fn positional_year(text: &str) -> Option<i32> {
    numerals::positional(text)?.try_into().ok()
}

/// The day, or the last one of the month where no day is given.
pub fn last_day(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    let (year, month) = (year?, month?);
    if let Some(day) = day {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    end_of_month(year, month)
}
