//! What each family of phrases means.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::{Captures, Regex};

use super::patterns::Family;
use super::{Context, Place, clause, in_words};
use crate::chinese::day::end_of_month;
use crate::chinese::numerals;
use crate::domain::plan::MilestoneKind;
use crate::schedule::calendar::Calendar;
use crate::schedule::reach::reaches;

/// 自本通知印发之日起, and not 政策文件公开发布之日起: what is issued is the document itself.
static FROM_ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    let document = "本?(?:方案|通知|意见|文件|办法|计划|清单|措施|细则|规定|要点|纪要|通报|决定|分工|台账|清单|表|函)";
    Regex::new(&format!("(?:^|[自从在于应]|{document})(?:正式)?(?:印发|发布|公布|下发|发文|施行)")).expect("a constant")
});

/// 2020年12月31日前注册的企业: which ones are meant, not until when.
static DESCRIBES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[^，。；、\d]{1,8}的\p{Han}").expect("a constant"));

static FROM_RECEIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:收到|接到|接)(?:本|此|该)?(?:通知|文件|方案|通报|任务|来函|函|纪要|意见|批示|交办单|转办单)(?:之日起|之日|后|起)?$")
        .expect("a constant")
});

/// What was done by then with what is meant.
static BUILT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:已经?)?(?:建成|注册|登记|成立|出生|入学|毕业|投产|竣工|签订|取得|开工|批准|颁发|购置|入库|立项|参加|缴纳|退役)[^，。；、]{0,8}的")
        .expect("a constant")
});

/// 2021年12月完工, 2022年全面完成.
static FINISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:全面|基本|全部|正式)?(?:完成|完工|建成|竣工|投用|投入使用|投运)(?:[^了的]|$)").expect("a constant")
});

/// 10月接受专家进校考察, 9月23日举办: what is to come. 8月以来 and 8月均 are of another kind.
static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:组团|前往|赴|[^\W\d以起至到的均度内间中底初末上下前后，。；、：])\p{Han}").expect("a constant")
});

/// 立即启用备用水源, but not 立即报告, which is how work is done.
static URGENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:整改|启用|停止|停产|叫停|组织|启动|拆除|清理|清除|关停|开通|恢复|修复|部署|纠正)")
        .expect("a constant")
});

/// 一期项目4月开工: after the thing itself.
static OF_PROJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:全面|全部|正式)?(?:开工|投产|完工|竣工|投用|投运|通车|开园|上线|交付使用|建成投用|进行|举行|召开|举办)(?:[，。、；]|$)")
        .expect("a constant")
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
            Family::Recurring => self.recurring(range),
            Family::WithinYears => self.within_years(captures, range),
            Family::WithinDays => self.within_days(captures, range),
            Family::Month => self.month(captures, range),
            Family::Figures => self.figures(captures, range),
            Family::Years => self.years(captures, range),
            Family::MonthFromIssue => self.month_from_issue(captures, range),
            Family::LastWorkingDay => self.last_working_day(captures, range),
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

    fn recurring(&self, range: &Range<usize>) -> Option<Meaning> {
        let other_word = self.text[range.end..].starts_with(['节', '薪', '龄', '票']);
        (!other_word).then_some(Meaning { kind: MilestoneKind::Recurring, due: None, doubt: None })
    }

    fn within_years(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let from_issue = FROM_ISSUE.is_match(clause::last(&self.text[..range.start], 12).trim_end());
        if !self.starts_clause(range.start) && !from_issue {
            return None;
        }
        let months = number(captures, "count")?.checked_mul(12)?;
        let due = self.context.issued_on.and_then(|issued| issued.checked_add_months(Months::new(months)));
        let doubt = (!from_issue || due.is_none()).then(|| self.unstated_beginning());
        Some(Meaning { kind: MilestoneKind::WithinYears, due, doubt })
    }

    /// Days count from the day after; what is done within days of an application or a report is a standard of service
    /// and no deadline.
    fn within_days(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        const ISSUED: [&str; 6] = ["印发", "发布", "公布", "下发", "发文", "施行"];
        const FROM_CASES: [&str; 12] =
            ["受理", "收到", "接到", "申请", "提交", "签订", "竣工", "登记", "验收", "发现", "报告", "认定"];
        let beginning = clause::last(&self.text[..range.start], 12).trim_end();
        // 反馈意见印发之日起: that of another document.
        let of_another = ["反馈", "督察", "审计", "检查", "巡察", "整改"].iter().any(|word| beginning.contains(word));
        let from_issue = FROM_ISSUE.is_match(beginning) && !of_another;
        let something_else_issued = !from_issue && ISSUED.iter().any(|word| beginning.contains(word));
        let has_beginning = beginning.ends_with("日起") || (from_issue && beginning.ends_with('后'));
        let unit = captures.name("unit")?.as_str();
        static REPORTS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new("^(?:反馈|报送|上报|提交|完成|印发|制定|整改|建立|公布)").expect("a constant"));
        let begins_text = range.start == 0 && REPORTS.is_match(&self.text[range.end..]);
        let may_stand_alone =
            self.starts_clause(range.start) && (self.place == Place::Field || unit == "个月") || begins_text;
        let from_case = something_else_issued || FROM_CASES.iter().any(|word| beginning.contains(word));
        // 收到文件后30日内: the day on which it comes is not known.
        if FROM_RECEIPT.is_match(beginning) {
            let doubt = Some("从收到文件之日起算，请按实际收到的日期核定截止日期。".to_owned());
            return Some(Meaning { kind: MilestoneKind::WithinDays, due: None, doubt });
        }
        // 出院后7日内: counted from what has no date.
        let from_event = beginning.ends_with('后') && !from_issue;
        if from_event && beginning.contains('每') {
            return None;
        }
        if !from_case && from_event {
            let doubt = Some("从某件事发生之日起算，没有固定的截止日期。".to_owned());
            return Some(Meaning { kind: MilestoneKind::WithinDays, due: None, doubt });
        }
        if from_case || !(has_beginning || may_stand_alone) {
            return None;
        }
        let count = number(captures, "count")?;
        let issued = self.context.issued_on;
        let due = issued.and_then(|day| match unit {
            "个月" => day.checked_add_months(Months::new(count)),
            "周" => day.checked_add_days(Days::new(u64::from(count) * 7)),
            "日" | "天" => day.checked_add_days(Days::new(u64::from(count))),
            _ => CALENDAR.working_days_later(day, count),
        });
        let doubt = match () {
            () if from_issue && issued.is_some() => None,
            () => Some(self.unstated_beginning()),
        };
        Some(Meaning { kind: MilestoneKind::WithinDays, due, doubt })
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
        if begins || self.text[..range.start].ends_with('每') || self.follows_number(range.start) {
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
        if self.text[..range.start].ends_with('每')
            || !self.is_deadline(captures, range, self.starts_clause(range.start))
        {
            return None;
        }
        let year = self.year(captures);
        let month = if captures.name("half")?.as_str() == "上" { 6 } else { 12 };
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

    /// In running text such words are a clause of their own: …，长期坚持。
    fn words(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let kind = if captures.name("immediate").is_some() { MilestoneKind::Immediate } else { MilestoneKind::Ongoing };
        let after = &self.text[range.end..];
        let whole_clause = self.starts_clause(range.start) && (after.is_empty() || after.starts_with(clause::ENDS));
        let says_enough = self.text[range.clone()].chars().count() > 2;
        // 立即启用备用水源
        let urges = captures.name("immediate").is_some() && self.starts_clause(range.start) && URGENT.is_match(after);
        let stands = self.place == Place::Field || urges || (whole_clause && says_enough);
        stands.then_some(Meaning { kind, due: None, doubt: None })
    }

    /// Whether a phrase sets a date. In running text a date without 前 or the like is something else, mostly a fact.
    pub fn is_deadline(&self, captures: &Captures, range: &Range<usize>, named_end: bool) -> bool {
        const LIMITS: [&str; 5] = ["不迟于", "不晚于", "最迟", "最晚", "截止"];
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

    /// Whether running text tells of what is to be done in a month or on a day.
    fn is_to_come(&self, range: &Range<usize>) -> bool {
        let after = &self.text[range.end..];
        let comes = || TO_COME.is_match(after) && !DESCRIBES.is_match(after) && !BUILT.is_match(after);
        OF_PROJECT.is_match(after) || (self.starts_clause(range.start) && comes())
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

    fn unstated_beginning(&self) -> String {
        match self.context.issued_on {
            Some(issued) => format!(
                "原文没有写明从哪一天起算，这里从印发之日{}起算；也可以从部署这项工作的会议或者上级文件的日期起算。",
                in_words(issued)
            ),
            None => "没有读到印发日期，不能推算截止日期。".to_owned(),
        }
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
