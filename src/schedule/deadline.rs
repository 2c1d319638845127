//! 时限: the phrases by which official documents name dates, and the last day that each still allows.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use regex::{Captures, Regex};

use crate::domain::plan::MilestoneKind;
use crate::domain::words::numerals;

/// What a document tells about its own time, for phrases that leave it out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    pub issued_on: Option<NaiveDate>,
    /// The year that the document's title names: a plan for 2024 may be issued in 2023.
    pub plan_year: Option<i32>,
}

/// Where a phrase stands decides what it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// 完成时限 and the like: everything that names a time is a deadline.
    Field,
    /// Running text, which also tells of the past and of how work is done.
    Prose,
}

/// A phrase found in a text. Its ranges are offsets in that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub range: Range<usize>,
    pub kind: MilestoneKind,
    pub due: Option<NaiveDate>,
    /// The place or the condition that it is limited to.
    pub scope: Option<Range<usize>>,
    /// The other fair reading, or why there is no date.
    pub doubt: Option<String>,
}

/// The families of phrases. Of two phrases that begin at the same place the one of the earlier family counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Period,
    Validity,
    Start,
    Recurring,
    WithinYears,
    WithinDays,
    Month,
    Quarter,
    HalfYear,
    Year,
    Festival,
    Words,
}

struct Meaning {
    kind: MilestoneKind,
    due: Option<NaiveDate>,
    doubt: Option<String>,
}

static FAMILIES: LazyLock<Vec<(Regex, Family)>> = LazyLock::new(|| {
    const NUMBER: &str = "[0-9０-９一二三四五六七八九十两〇零]";
    const YEAR: &str =
        "(?:(?P<year>[0-9０-９]{4}|[一二][〇零一二三四五六七八九]{3})年度?|(?P<relative>今年|本年|当年|明年))";
    const MONTH: &str = "(?P<month>[0-9０-９一二三四五六七八九十]{1,3})月份?";
    const DAY: &str = "(?P<day>[0-9０-９一二三四五六七八九十]{1,3})[日号]";
    const BEFORE: &str = "(?P<before>[之以]?前)?";
    let families: [(String, Family); 12] = [
        (
            format!(
                "(?:自|从)?(?:{YEAR})?(?P<month>{NUMBER}{{1,3}})(?:月(?:{DAY})?)?\\s*(?:至|到|[-—－–~～]+)\\s*\
                 (?:(?P<last_year>[0-9０-９]{{4}})年)?(?P<last_month>{NUMBER}{{1,3}})月(?:(?P<last_day>{NUMBER}{{1,3}})[日号])?[底末]?"
            ),
            Family::Period,
        ),
        (
            format!("有效期限?(?:至|到|为|截至)?(?:{YEAR}(?:{MONTH}(?:{DAY})?)?|(?P<count>{NUMBER}{{1,3}})年)"),
            Family::Validity,
        ),
        (format!("(?:自|从)?{YEAR}{MONTH}(?:{DAY})?起"), Family::Start),
        (
            format!(
                "每个?(?:半年|双月|年度?|季度?|月度?|旬|周[一二三四五六日]?)的?(?:首月|末月|最后一个?月|第[一二三]个月|[上中下]旬|[初中末底])?\
                 (?:{NUMBER}{{1,3}}月份?)?(?:[上中下]旬|[初中末底])?(?:{NUMBER}{{1,3}}[日号])?(?:[之以]?前)?(?:{NUMBER}{{1,2}}[期次])?\
                 |按(?:季度|季|半年|月|旬|周|年度)|逐[月季]"
            ),
            Family::Recurring,
        ),
        (format!("用?(?P<count>{NUMBER}{{1,3}})年(?:左右)?(?:的?时间|[之以]?内)"), Family::WithinYears),
        (format!("(?P<count>{NUMBER}{{1,3}})(?P<unit>个?工作日|个月|日|天|周)[之以]?内"), Family::WithinDays),
        (
            format!("(?P<until>[到至])?(?:{YEAR}\\s*)?{MONTH}(?:{DAY}|(?P<part>[上中下]旬|[底末初中]))?{BEFORE}"),
            Family::Month,
        ),
        (format!("(?:{YEAR})?第?(?P<quarter>[一二三四1-4])季度[末底]?{BEFORE}"), Family::Quarter),
        (format!("(?:{YEAR})?(?P<half>[上下])半年[末底]?{BEFORE}"), Family::HalfYear),
        (
            format!(
                "(?P<until>[到至])?{YEAR}(?P<part>[底末内终])?{BEFORE}|(?P<bare>年[底末内终])(?:[之以]?前)?|(?P<whole>全年(?:底|内)?)"
            ),
            Family::Year,
        ),
        (
            "(?:春节|元旦|清明|五一|端午|中秋|国庆|汛期|入汛|供暖季?|开学|雨季)(?:到来)?[之以]?前".to_owned(),
            Family::Festival,
        ),
        (format!("{IMMEDIATE}|{ONGOING}"), Family::Words),
    ];
    families.into_iter().map(|(pattern, family)| (Regex::new(&pattern).expect("a constant"), family)).collect()
});

const IMMEDIATE: &str = "(?P<immediate>立即(?:整改|执行|办理|落实|完成|开展|启动)?|立行立改|即知即改|即行即改)";
const ONGOING: &str = "(?:持续|长期|常年|常态化|全年)(?:推进|坚持|开展|实施|落实|抓好|加强|保持|进行)|长期|常态化|持续|经常性工作|日常工作";

/// Verbs that belong to a deadline which is an item of its own: 6月底完成.
static CLOSING_VERB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:完成|办结|报送|上报|推进|落实|到位|开展)$").expect("a constant"));

/// A place right after a date and before what it is to do: 6月底前长沙市全面实施.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^[，,]?(?P<scope>[^，,。；;、\\s]{1,3}[市州县区旗盟])(?:全面|率先|先行|基本|普遍|全部|完成|实现|建成|启动|开展|实施|推行|推广|达到|力争|试点|要)",
    )
    .expect("a constant")
});
/// A group of units that what is to be done is about: 三年内实现市政府组成部门….
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[，,]?(?:实现|完成|推动|推进|组织)?(?P<scope>[省市州县区]?(?:人民)?政府(?:组成|工作|所属|直属)(?:部门|机构|单位))")
        .expect("a constant")
});

/// The phrases of a text in simplified characters, in order. A year that is left out is the one named before it, else
/// the plan's, else the one of issue.
pub fn find(text: &str, context: Context, place: Place) -> Vec<Phrase> {
    let titles = titles(text);
    let mut candidates: Vec<(usize, Family, Captures)> = Vec::new();
    for (pattern, family) in FAMILIES.iter() {
        let matches = pattern.captures_iter(text);
        candidates.extend(matches.filter_map(|captures| Some((captures.get(0)?.start(), *family, captures))));
    }
    candidates.sort_by_key(|(start, family, _)| (*start, *family));
    let mut reader = Reader { text, context, place, named_year: None };
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut titles = titles.iter().peekable();
    for (start, family, captures) in candidates {
        while titles.next_if(|title| title.end <= start).is_some() {}
        let quoted = titles.peek().is_some_and(|title| title.start <= start);
        let taken = phrases.last().is_some_and(|phrase| start < phrase.range.end);
        let Some(range) = captures.get(0).map(|whole| whole.range()).filter(|_| !quoted && !taken) else { continue };
        let Some(meaning) = reader.meaning(family, &captures, &range) else { continue };
        if let Some(year) = captures.name("year") {
            reader.named_year = positional_year(year.as_str());
        }
        phrases.push(reader.phrase(range, meaning));
    }
    phrases
}

/// Whether a text of its own, such as an item in a list of units, is a deadline.
pub fn is_deadline(text: &str) -> bool {
    let text = text.trim_start_matches(['于', '在']);
    find(text, Context::default(), Place::Field).first().is_some_and(|phrase| phrase.range.start == 0)
}

/// A date in words, for sentences: 2019年9月30日.
pub fn in_words(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

struct Reader<'a> {
    text: &'a str,
    context: Context,
    place: Place,
    /// The last year that the text itself named.
    named_year: Option<i32>,
}

/// The year of a phrase; `guessed` where only the day of issue tells it.
struct Year {
    value: i32,
    guessed: bool,
}

impl Reader<'_> {
    fn phrase(&self, range: Range<usize>, meaning: Meaning) -> Phrase {
        let after = &self.text[range.end..];
        let scope = [&*PLACE, &*GROUP].into_iter().find_map(|pattern| {
            let scope = pattern.captures(after)?.name("scope")?;
            names_place(scope.as_str()).then(|| range.end + scope.start()..range.end + scope.end())
        });
        let scope = scope.or_else(|| self.condition_before(range.start));
        let mut range = range;
        if self.place == Place::Field && self.starts_clause(range.start) {
            let rest = &after[..after.find(CLAUSE_ENDS).unwrap_or(after.len())];
            range.end += if CLOSING_VERB.is_match(rest) { rest.len() } else { 0 };
        }
        Phrase { range, kind: meaning.kind, due: meaning.due, scope, doubt: meaning.doubt }
    }

    /// What a phrase means; `None` where it names no deadline after all.
    fn meaning(&self, family: Family, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        match family {
            Family::Period => self.period(captures, range),
            Family::Validity => self.validity(captures, range),
            Family::Start => self.start(captures, range),
            Family::Recurring => self.recurring(range),
            Family::WithinYears => self.within_years(captures, range),
            Family::WithinDays => self.within_days(captures, range),
            Family::Month => self.month(captures, range),
            Family::Quarter => self.quarter(captures, range),
            Family::HalfYear => self.half_year(captures, range),
            Family::Year => self.whole_year(captures, range),
            Family::Festival => Some(festival()),
            Family::Words => self.words(captures),
        }
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
        let due = last_day(last, number(captures, "last_month"), number(captures, "last_day"));
        let kind = if self.place == Place::Field { MilestoneKind::ByDate } else { MilestoneKind::Window };
        Some(self.dated(kind, due, range))
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
        let day = number(captures, "day").unwrap_or(1);
        let date = NaiveDate::from_ymd_opt(self.year(captures)?.value, number(captures, "month")?, day);
        Some(self.dated(MilestoneKind::Start, date, range))
    }

    fn recurring(&self, range: &Range<usize>) -> Option<Meaning> {
        let other_word = self.text[range.end..].starts_with(['节', '薪', '龄', '票']);
        (!other_word).then_some(Meaning { kind: MilestoneKind::Recurring, due: None, doubt: None })
    }

    fn within_years(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        if !self.starts_clause(range.start) {
            return None;
        }
        let months = number(captures, "count")?.checked_mul(12)?;
        let due = self.context.issued_on.and_then(|issued| issued.checked_add_months(Months::new(months)));
        Some(Meaning { kind: MilestoneKind::WithinYears, due, doubt: Some(self.unstated_beginning()) })
    }

    /// Days count from the day after; what is done within days of an application or a report is a standard of service
    /// and no deadline.
    fn within_days(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        const FROM_ISSUE: [&str; 6] = ["印发", "发布", "公布", "下发", "发文", "施行"];
        const FROM_CASES: [&str; 12] =
            ["受理", "收到", "接到", "申请", "提交", "签订", "竣工", "登记", "验收", "发现", "报告", "认定"];
        let beginning = last_characters(&self.text[..range.start], 12).trim_end();
        let beginning = &beginning[beginning.rfind(CLAUSE_ENDS).map_or(0, |at| at + separator_width(beginning, at))..];
        let has_beginning = beginning.ends_with("日起");
        let unit = captures.name("unit")?.as_str();
        let may_stand_alone = self.starts_clause(range.start) && (self.place == Place::Field || unit == "个月");
        if FROM_CASES.iter().any(|word| beginning.contains(word)) || !(has_beginning || may_stand_alone) {
            return None;
        }
        let count = number(captures, "count")?;
        let issued = self.context.issued_on;
        let (due, working_days) = match unit {
            "个月" => (issued.and_then(|day| day.checked_add_months(Months::new(count))), false),
            "周" => (issued.and_then(|day| day.checked_add_days(Days::new(u64::from(count) * 7))), false),
            "日" | "天" => (issued.and_then(|day| day.checked_add_days(Days::new(u64::from(count)))), false),
            _ => (None, true),
        };
        let doubt = match () {
            () if working_days => Some("按工作日计算的时限，需要人工核定截止日期。".to_owned()),
            () if FROM_ISSUE.iter().any(|word| beginning.contains(word)) && issued.is_some() => None,
            () => Some(self.unstated_beginning()),
        };
        Some(Meaning { kind: MilestoneKind::WithinDays, due, doubt })
    }

    fn month(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let part = captures.name("part").map(|part| part.as_str());
        let named_end = part.is_some() || (captures.name("until").is_some() && captures.name("year").is_some());
        if self.follows_number(range.start) || !self.is_deadline(captures, range, named_end) {
            return None;
        }
        let year = self.year(captures);
        let value = year.as_ref().map(|year| year.value);
        let month = number(captures, "month");
        let end = last_day(value, month, None);
        let before = captures.name("before").is_some();
        let (due, other) = match part {
            Some("上旬") => (last_day(value, month, Some(10)), None),
            Some("中旬") => (last_day(value, month, Some(20)), None),
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
        if self.text[..range.start].ends_with('每') || self.follows_number(range.start) {
            return None;
        }
        let year = self.year(captures);
        let value = year.as_ref().map(|year| year.value);
        let quarter = number(captures, "quarter")?;
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
        let bare = captures.name("bare").is_some();
        let named_end = bare || captures.name("part").is_some() || captures.name("until").is_some();
        if earlier_year || self.follows_number(range.start) || !self.is_deadline(captures, range, named_end) {
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

    fn words(&self, captures: &Captures) -> Option<Meaning> {
        let kind = if captures.name("immediate").is_some() { MilestoneKind::Immediate } else { MilestoneKind::Ongoing };
        (self.place == Place::Field).then_some(Meaning { kind, due: None, doubt: None })
    }

    /// Whether a phrase sets a date. In running text a date without 前 or the like is something else, mostly a fact.
    fn is_deadline(&self, captures: &Captures, range: &Range<usize>, named_end: bool) -> bool {
        const LIMITS: [&str; 5] = ["不迟于", "不晚于", "最迟", "最晚", "截止"];
        let before = &self.text[..range.start];
        let limited = LIMITS.iter().any(|limit| before.ends_with(limit));
        let report = before.ends_with(['截', '比', '较']);
        let written = captures.name("before").is_some() || limited;
        self.place == Place::Field || written || (named_end && !report)
    }

    /// A date with its other reading. A day that only the year of issue places before the issue is meant a year later;
    /// a day without 前 that lies before the issue is a fact that running text tells.
    fn by_date(
        &self,
        year: Option<Year>,
        due: Option<NaiveDate>,
        other: Option<NaiveDate>,
        before: bool,
        range: &Range<usize>,
    ) -> Option<Meaning> {
        let past = due.zip(self.context.issued_on).is_some_and(|(due, issued)| due < issued);
        if past && year.as_ref().is_some_and(|year| year.guessed) {
            let later = due.and_then(|due| due.checked_add_months(Months::new(12)));
            let doubt = due.map(|due| format!("原文没有写年份，按印发之后理解；也可以理解为{}。", in_words(due)));
            return Some(Meaning { kind: MilestoneKind::ByDate, due: later, doubt });
        }
        if past && !before && self.place == Place::Prose {
            return None;
        }
        let mut meaning = self.dated(MilestoneKind::ByDate, due, range);
        if let Some(other) = other {
            let words = &self.text[range.clone()];
            meaning.doubt = Some(format!("“{words}”按字面不含所写的时段，也可以理解为{}。", in_words(other)));
        }
        Some(meaning)
    }

    fn dated(&self, kind: MilestoneKind, due: Option<NaiveDate>, range: &Range<usize>) -> Meaning {
        let words = &self.text[range.clone()];
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

    /// 确有困难的，不迟于…: a condition of its own in front of a date.
    fn condition_before(&self, start: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 16;
        let before = last_characters(&self.text[..start], LONGEST + 6);
        let offset = start - before.len();
        let comma = before.rfind(['，', ','])?;
        let limit = &before[comma + separator_width(before, comma)..];
        let clause = &before[..comma];
        let from = clause.rfind(CLAUSE_ENDS).map_or(0, |at| at + separator_width(clause, at));
        let condition = &clause[from..];
        let whole = from > 0 || offset == 0;
        let fits = whole && condition.ends_with('的') && condition.chars().count() <= LONGEST;
        (fits && limit.chars().count() <= 4).then_some(offset + from..offset + comma)
    }

    fn starts_clause(&self, start: usize) -> bool {
        let before = self.text[..start].trim_end();
        let before = ["力争", "争取", "确保", "要", "在", "于"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before);
        before.is_empty() || before.ends_with(CLAUSE_ENDS)
    }

    /// 第28次, 1—3月, 12.5: what follows a number is the rest of a figure.
    fn follows_number(&self, start: usize) -> bool {
        self.text[..start].ends_with(|character: char| {
            character.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十百两.．—-/第".contains(character)
        })
    }

    fn year(&self, captures: &Captures) -> Option<Year> {
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

fn festival() -> Meaning {
    let doubt = Some("这个时间没有写成日期，需要人工核定截止日期。".to_owned());
    Meaning { kind: MilestoneKind::ByDate, due: None, doubt }
}

const CLAUSE_ENDS: [char; 13] = ['，', ',', '。', '；', ';', '：', ':', '（', '(', '\n', '！', '、', '”'];

/// Whether the words before a place's 市 or 县 are a name: 试点市 and 各县 are none.
fn names_place(scope: &str) -> bool {
    const NO_NAMES: &str =
        "全各本我将把在对所有每该城超股楼地山社园景小灾特县市辖街片校厂库牧林矿港新区发点验税作建完实形创打推先";
    let mut characters = scope.chars();
    let known_group = scope.contains("政府");
    characters.next_back();
    known_group || !characters.any(|character| NO_NAMES.contains(character))
}

/// The ranges within 《》: a title names no deadline.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        match character {
            '《' => start = start.or(Some(at)),
            '》' => titles.extend(start.take().map(|start| start..at)),
            _ => {}
        }
    }
    titles
}

fn last_characters(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

fn separator_width(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn number(captures: &Captures, name: &str) -> Option<u32> {
    numerals::parse(captures.name(name)?.as_str())
}

fn positional_year(text: &str) -> Option<i32> {
    numerals::positional(text)?.try_into().ok()
}

/// The day, or the last one of the month where no day is given.
fn last_day(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    let (year, month) = (year?, month?);
    if let Some(day) = day {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
