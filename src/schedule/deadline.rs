//! 时限: the phrases by which official documents name dates, and the last day that each still allows.

mod clause;
mod counted;
mod meaning;
mod patterns;
mod recurring;
mod scope;
mod series;
mod to_come;
mod traditional;
mod typed;

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use crate::office::plan::{MilestoneKind, Rule};
use crate::schedule::deadline::meaning::{Meaning, Reader, positional_year};
use crate::schedule::deadline::patterns::Family;
use crate::schedule::reach::reaches;

pub use crate::schedule::deadline::recurring::rule_in_words;

/// What a document tells about its own time, for phrases that leave it out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    pub issued_on: Option<NaiveDate>,
    /// The year that the document's title names: a plan for 2024 may be issued in 2023.
    pub plan_year: Option<i32>,
    /// The day that a task's days count from, where it has one of its own: 交办日期.
    pub counted_from: Option<NaiveDate>,
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
    /// When a recurring date comes round.
    pub rule: Option<Rule>,
    /// The place or the condition that it is limited to.
    pub scope: Option<Range<usize>>,
    /// The other fair reading, or why there is no date.
    pub doubt: Option<String>,
}

/// Verbs that belong to a deadline which is an item of its own: 6月底完成.
static CLOSING_VERB: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:完成|办结|报送|上报|推进|落实|到位|开展)$").expect("a constant"));

/// The phrases of a text in simplified characters, in order. A year that is left out is the one named before it, else
/// the plan's, else the one of issue.
pub fn find(text: &str, context: Context, place: Place) -> Vec<Phrase> {
    let Some(dense) = Dense::of(text) else { return find_in(text, context, place) };
    let mut phrases = find_in(&dense.text, context, place);
    for phrase in &mut phrases {
        phrase.range = dense.printed(&phrase.range);
        phrase.scope = phrase.scope.take().map(|scope| dense.printed(&scope));
    }
    phrases
}

/// A text without the blanks within its dates, 2021 年 6 月 30 日, and where each byte of it was printed.
struct Dense {
    text: String,
    places: Vec<usize>,
}

impl Dense {
    /// `None` where there is no such blank.
    fn of(text: &str) -> Option<Dense> {
        let within = |before: char, after: char| {
            let digit = |character: char| character.is_numeric() || "〇零一二三四五六七八九十".contains(character);
            digit(before) && "年月日号季".contains(after)
                || "年月日号底末第至到".contains(before) && (digit(after) || "底末初前之以上中下".contains(after))
        };
        let (mut dense, mut places, mut blanks) = (String::with_capacity(text.len()), Vec::new(), Vec::new());
        for (at, character) in text.char_indices() {
            if character.is_whitespace() && character != '\n' {
                blanks.push((at, character));
                continue;
            }
            if !dense.chars().next_back().is_some_and(|before| within(before, character)) {
                for (at, blank) in &blanks {
                    places.extend((0..blank.len_utf8()).map(|byte| at + byte));
                    dense.push(*blank);
                }
            }
            blanks.clear();
            places.extend((0..character.len_utf8()).map(|byte| at + byte));
            dense.push(character);
        }
        if dense.len() + blanks.iter().map(|(_, blank)| blank.len_utf8()).sum::<usize>() == text.len() {
            return None;
        }
        places.push(text.len());
        Some(Dense { text: dense, places })
    }

    /// Where a range was printed.
    fn printed(&self, range: &Range<usize>) -> Range<usize> {
        let end = range.end.checked_sub(1).map_or(0, |last| self.places[last] + 1);
        self.places[range.start]..end
    }
}

fn find_in(text: &str, context: Context, place: Place) -> Vec<Phrase> {
    let titles = titles(text);
    let mut reader = Reader { text, context, place, named_year: None };
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut titles = titles.iter().peekable();
    for (start, family, captures) in patterns::candidates(text) {
        while titles.next_if(|title| title.end <= start).is_some() {}
        let quoted = titles.peek().is_some_and(|title| title.start <= start);
        let taken = phrases.last().is_some_and(|phrase| start < phrase.range.end);
        let Some(range) = captures.get(0).map(|whole| whole.range()).filter(|_| !quoted && !taken) else { continue };
        let series = (family == Family::Month).then(|| series::before(text, range.start)).flatten();
        let year_before = reader.named_year;
        reader.named_year = series.as_ref().and_then(|series| series.year).or(year_before);
        let Some(meaning) = reader.meaning(family, &captures, &range) else {
            reader.named_year = year_before;
            continue;
        };
        if let Some(year) = captures.name("year") {
            reader.named_year = positional_year(year.as_str());
        }
        let scope = scope::find(text, &range);
        if let Some((series, ending)) = series.zip(captures.name("month")) {
            let ending = text[ending.end()..range.end].trim_start_matches(['月', '份']);
            let free = phrases.last().map_or(0, |phrase| phrase.range.end);
            let members = series.members.into_iter().filter(|member| member.start >= free);
            phrases.extend(members.filter_map(|member| reader.member(member, ending, scope.clone())));
        }
        let end = range.end + closing_verb(text, &range, place);
        let Meaning { kind, due, doubt } = meaning;
        let due = due.filter(|due| reaches(*due));
        let rule = (kind == MilestoneKind::Recurring).then(|| recurring::rule(&captures, &text[end..])).flatten();
        phrases.push(Phrase { range: range.start..end, kind, due, rule, scope, doubt });
        recurring::push_further(text, &mut phrases);
    }
    phrases
}

impl Reader<'_> {
    /// A month that shares its ending with a later one: the 4月 of 4月、8月底前.
    fn member(&self, range: Range<usize>, ending: &str, scope: Option<Range<usize>>) -> Option<Phrase> {
        let year = self.named_year.map(|year| format!("{year}年")).unwrap_or_default();
        let words = format!("{year}{}月{ending}", self.text[range.clone()].trim_end_matches(['月', '份']));
        let whole = find(&words, self.context, self.place).into_iter().next()?;
        Some(Phrase { range, scope, ..whole })
    }
}

/// 自本通知印发之日起, before the days that count from there.
static BEGINNING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:自|从)?[^，。；、]{0,12}(?:之日起|日起|后)$").expect("a constant"));

/// The first phrase of a text of its own, such as an item in a list of units.
pub fn first(text: &str) -> Option<Phrase> {
    // Every phrase has one of these, and hardly a unit's name does.
    const SIGNS: [char; 17] =
        ['年', '月', '日', '天', '周', '旬', '季', '半', '即', '立', '续', '期', '常', '前', '.', '/', '-'];
    if !text.contains(SIGNS) {
        return None;
    }
    let words = text.trim_start_matches(LINKS);
    let by = text.len() - words.len();
    let phrase = find(words, Context::default(), Place::Field).into_iter().next()?;
    let moved = |range: Range<usize>| range.start + by..range.end + by;
    Some(Phrase { range: moved(phrase.range), scope: phrase.scope.map(moved), ..phrase })
}

/// Whether nothing but the beginning of a phrase stands before it.
pub fn opens(text: &str, phrase: &Phrase) -> bool {
    let before = text[..phrase.range.start].trim_start_matches(LINKS);
    before.is_empty() || BEGINNING.is_match(before)
}

/// Whether a text of its own is a deadline.
pub fn is_deadline(text: &str) -> bool {
    first(text).is_some_and(|phrase| opens(text, &phrase))
}

/// Words that may stand before a date: 并于6月底前.
const LINKS: [char; 4] = ['于', '在', '并', '且'];

/// A date in words, for sentences: 2019年9月30日.
pub fn in_words(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The length of the verb that belongs to a phrase at `range`.
fn closing_verb(text: &str, range: &Range<usize>, place: Place) -> usize {
    let after = &text[range.end..];
    let own_item = place == Place::Field && clause::begins_after(&text[..range.start]);
    let rest = if own_item { &after[..after.find(clause::ENDS).unwrap_or(after.len())] } else { "" };
    if CLOSING_VERB.is_match(rest) { rest.len() } else { 0 }
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

#[cfg(test)]
mod tests {
    use crate::office::plan::MilestoneKind;
    use crate::office::plan::MilestoneKind::{
        ByDate, Immediate, Ongoing, Recurring, Start, Window, WithinDays, WithinYears,
    };
    use crate::schedule::deadline::{Context, Place, find, in_words, is_deadline};
    use chrono::NaiveDate;

    /// What is found in a text of a plan that was issued on 2021-03-10: words, kind, last day, whether in doubt.
    fn read(text: &str, place: Place) -> Vec<(&str, MilestoneKind, String, bool)> {
        let context = Context { issued_on: NaiveDate::from_ymd_opt(2021, 3, 10), plan_year: None, counted_from: None };
        let day = |due: Option<NaiveDate>| due.map_or(String::new(), |due| due.to_string());
        let phrases = find(text, context, place).into_iter();
        phrases.map(|phrase| (&text[phrase.range], phrase.kind, day(phrase.due), phrase.doubt.is_some())).collect()
    }

    #[track_caller]
    fn one(place: Place, text: &str, words: &str, kind: MilestoneKind, due: &str, doubtful: bool) {
        assert_eq!(read(text, place), [(words, kind, due.to_owned(), doubtful)], "{text}");
    }

    #[test]
    fn dates() {
        let cases = [
            ("2021年6月底前建成平台", "2021年6月底前", "2021-06-30"),
            ("２０２２年２月底前建成平台", "２０２２年２月底前", "2022-02-28"),
            ("二〇二二年十二月底前建成平台", "二〇二二年十二月底前", "2022-12-31"),
            ("9月30日前报送总结", "9月30日前", "2021-09-30"),
            ("第三季度全面启用", "第三季度", "2021-09-30"),
            ("到2025年建成", "到2025年", "2025-12-31"),
            ("2022年年底前建成", "2022年年底前", "2022-12-31"),
            ("明年底前建成", "明年底前", "2022-12-31"),
            ("年内建成", "年内", "2021-12-31"),
            ("年度内建成", "年度内", "2021-12-31"),
            ("2022年Q3建成", "2022年Q3", "2022-09-30"),
            ("力争建成，最迟不超过11月15日", "11月15日", "2021-11-15"),
            ("回迁片区可延至5月31日", "至5月31日", "2021-05-31"),
            ("修订预案\n上半年", "上半年", "2021-06-30"),
            ("验收不迟于2021年11月30日", "2021年11月30日", "2021-11-30"),
        ];
        for (text, words, due) in cases {
            one(Place::Prose, text, words, ByDate, due, false);
        }
    }

    #[test]
    fn two_fair_readings() {
        one(Place::Prose, "2021年9月前对接平台", "2021年9月前", ByDate, "2021-08-31", true);
        one(Place::Prose, "2022年前对接平台", "2022年前", ByDate, "2021-12-31", true);
        one(Place::Prose, "三季度前对接平台", "三季度前", ByDate, "2021-06-30", true);
        one(Place::Prose, "下周五前报送方案", "下周五前", ByDate, "2021-03-19", true);
        one(Place::Field, "本周日", "本周日", ByDate, "2021-03-14", true);
        one(Place::Prose, "下周内完成清理", "下周内", ByDate, "2021-03-21", true);
        one(Place::Field, "9月第一周完成", "9月第一周完成", ByDate, "2021-09-07", true);
        one(Place::Field, "9月第二周前", "9月第二周前", ByDate, "2021-09-07", true);
        one(Place::Prose, "2月底前对接平台", "2月底前", ByDate, "2022-02-28", true);
        one(Place::Prose, "三年内覆盖全部乡镇", "三年内", WithinYears, "2024-03-10", true);
        one(Place::Prose, "力争用两年左右时间建成", "用两年左右时间", WithinYears, "2023-03-10", true);
    }

    #[test]
    fn days_count_from_the_issue_and_not_from_an_application() {
        one(Place::Prose, "自本通知印发之日起30日内公布清单", "30日内", WithinDays, "2021-04-09", false);
        one(Place::Prose, "三个月内完成清理", "三个月内", WithinDays, "2021-06-10", true);
        one(Place::Field, "印发之日起15个工作日内", "15个工作日内", WithinDays, "2021-03-31", false);
        one(Place::Prose, "国庆节前开放新馆", "国庆节前", ByDate, "2021-09-30", false);
        one(Place::Prose, "6月中下旬报送", "6月中下旬", ByDate, "2021-06-30", false);
        one(Place::Prose, "对2020年12月31日前注册的企业给予补贴，6月底前兑现", "6月底前", ByDate, "2021-06-30", false);
        one(Place::Prose, "2021年10月上旬前完成", "2021年10月上旬前", ByDate, "2021-09-30", true);
        one(Place::Prose, "2021年12月完工", "2021年12月", ByDate, "2021-12-31", false);
        one(Place::Prose, "全年新增企业400家", "全年", ByDate, "2021-12-31", false);
        for text in [
            "自受理之日起5日内办结",
            "在政策文件公开发布之日起5个工作日内报送",
            "办理时间压缩到5个工作日以内",
            "近三年内无违法记录",
            "毕业两年内的学生",
        ] {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
    }

    #[test]
    fn fields_hold_nothing_but_dates() {
        let cases = [
            ("6月底完成", "6月底完成", ByDate, "2021-06-30"),
            ("上半年完成200户", "上半年", ByDate, "2021-06-30"),
            ("2021年10月", "2021年10月", ByDate, "2021-10-31"),
            ("2021年全年", "2021年全年", ByDate, "2021-12-31"),
            ("2021-9-30", "2021-9-30", ByDate, "2021-09-30"),
            ("2021/09/30前", "2021/09/30前", ByDate, "2021-09-30"),
            ("2021.10", "2021.10", ByDate, "2021-10-31"),
            ("每季度首月15日前报送", "每季度首月15日前报送", Recurring, ""),
            ("每半年1期", "每半年1期", Recurring, ""),
            ("按月推进", "按月推进", Recurring, ""),
            ("持续推进", "持续推进", Ongoing, ""),
            ("立即整改", "立即整改", Immediate, ""),
        ];
        for (text, words, kind, due) in cases {
            one(Place::Field, text, words, kind, due, false);
        }
        one(Place::Field, "4月至10月", "4月至10月", Window, "2021-10-31", true);
        one(Place::Field, "2月15日—16日", "2月15日—16日", Window, "2021-02-16", true);
        one(Place::Field, "春节前", "春节前", ByDate, "2022-01-31", false);
        one(Place::Field, "汛期前", "汛期前", ByDate, "", true);
        one(Place::Field, "13月底前", "13月底前", ByDate, "", true);
        assert!(
            is_deadline("于6月底前完成")
                && is_deadline("并长期坚持")
                && is_deadline("自印发之日起30日内完成")
                && !is_deadline("县财政局")
        );
    }

    /// As the columns of real tables have them.
    #[test]
    fn dates_as_they_are_typed() {
        let cases = [
            ("2021 年 6 月 30 日 前", "2021-06-30"),
            ("2021　年6月　30日前", "2021-06-30"),
            ("6月30日24时前", "2021-06-30"),
            ("6月30日（周三）前", "2021-06-30"),
            ("6月30日17:00前", "2021-06-30"),
            ("6月30日下午5点前", "2021-06-30"),
            ("6月30日下班前", "2021-06-30"),
            ("6月30日（含）前", "2021-06-30"),
            ("2021.6.30前", "2021-06-30"),
            ("6.30前", "2021-06-30"),
            ("20210630", "2021-06-30"),
            ("2021Q2", "2021-06-30"),
            ("本月底", "2021-03-31"),
            ("下月10日前", "2021-04-10"),
            ("6月最后一个工作日前", "2021-06-30"),
            ("农历八月十五前", "2021-09-20"),
            ("腊月二十三前", "2022-01-24"),
            ("春节前", "2022-01-31"),
            ("中秋节前", "2021-09-20"),
            ("“七一”前", "2021-06-30"),
            ("2021—2023年", "2023-12-31"),
            ("2021年至2023年", "2023-12-31"),
        ];
        for (text, due) in cases {
            let found = read(text, Place::Field);
            let last = found.last().map(|(_, kind, due, _)| (*kind, due.as_str()));
            assert_eq!((found.len(), last), (1, Some((ByDate, due))), "{text}");
        }
        for text in ["全国两会召开前", "汛期前"] {
            one(Place::Field, text, text, ByDate, "", true);
        }
        for text in ["收到文件后30日内", "接到通知后3日内"] {
            let found = read(text, Place::Prose);
            assert_eq!(
                found.iter().map(|(_, kind, due, doubt)| (*kind, due.as_str(), *doubt)).collect::<Vec<_>>(),
                [(WithinDays, "", true)],
                "{text}"
            );
        }
        for text in ["2000年前建成的老旧小区", "2019年12月31日前登记的车辆", "投资2021万元", "增长6.3前移"]
        {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
    }

    #[test]
    fn running_text_tells_of_the_past_and_of_how_work_is_done() {
        let texts = [
            "2020年10月召开的会议",
            "截至2020年底累计完成12项",
            "比2020年底下降",
            "持续推进改革",
            "立即报告",
            "《2021年6月底前任务清单》",
            "起草二季度降本方案",
            "总结上半年工作",
            "完成全年执法评查",
            "全年新增就业",
            "第28次会议",
            "增长12.5月均",
        ];
        for text in texts {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
    }

    #[test]
    fn windows_and_beginnings_are_no_deadlines() {
        one(Place::Prose, "2021年4月1日至12月31日减半征收", "2021年4月1日至12月31日", Window, "2021-12-31", false);
        one(Place::Prose, "政策有效期至2023年12月31日", "有效期至2023年12月31日", Window, "2023-12-31", false);
        one(Place::Prose, "政策执行至2022年6月底", "执行至2022年6月底", Window, "2022-06-30", false);
        one(Place::Prose, "从2021年5月1日起实施", "从2021年5月1日起", Start, "2021-05-01", false);
    }

    #[test]
    fn a_year_goes_on_until_the_next() {
        let found = read("2022年6月底前试点，9月底前推开，2023年底前建成", Place::Prose);
        let dues: Vec<&str> = found.iter().map(|(_, _, due, _)| due.as_str()).collect();
        assert_eq!(dues, ["2022-06-30", "2022-09-30", "2023-12-31"]);
    }

    /// Months without 前 tell of what is to come, where a verb follows and the day lies ahead.
    #[test]
    fn what_is_to_come() {
        let cases = [
            ("11月通过省级复核", "11月", "2021-11-30"),
            ("9月23日举办丰收节", "9月23日", "2021-09-23"),
            ("一期项目10月投产", "10月", "2021-10-31"),
            ("2021年新增企业30家", "2021年", "2021-12-31"),
            ("2022年春节前搬入新居", "2022年春节前", "2022-01-31"),
        ];
        for (text, words, due) in cases {
            one(Place::Prose, text, words, ByDate, due, false);
        }
        for text in ["2月召开了会议", "2月组织过演练", "5月以来投诉增多", "2021年修订的办法", "立即报告"]
        {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
        one(Place::Prose, "做好巡查，长期坚持。", "长期坚持", Ongoing, "", false);
        one(Place::Prose, "立即停止堆填", "立即", Immediate, "", false);
        one(Place::Prose, "请县交通局立即组织应急修补", "立即", Immediate, "", false);
        one(Place::Prose, "对住户立即撤离，做好安置", "立即", Immediate, "", false);
        one(Place::Field, "即查即改", "即查即改", Immediate, "", false);
        one(Place::Field, "即办", "即办", Immediate, "", false);
        for text in ["一旦发现险情立即撤离", "接到报告后立即组织抢修", "由值班人员当即办理", "即办件占比九成"]
        {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
        one(Place::Prose, "出院后7日内随访", "7日内", WithinDays, "", true);
        one(Place::Prose, "自本方案印发之日起2年内建成", "2年内", WithinYears, "2023-03-10", false);
        one(Place::Field, "2021年秋季学期开学前（8月31日前）", "8月31日前", ByDate, "2021-08-31", false);
        one(Place::Field, "6月11日起", "6月11日起", Start, "2021-06-11", false);
        let turns = read("每月通报，次月5日前公示", Place::Prose).into_iter().map(|found| found.1).collect::<Vec<_>>();
        assert_eq!(turns, [Recurring, Recurring]);
    }

    #[test]
    fn months_that_share_an_ending() {
        let found = |text| {
            let phrases = read(text, Place::Prose).into_iter();
            phrases.map(|(words, _, due, _)| format!("{words} {due}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(found("4月、8月、10月底前各完成两家"), "4月 2021-04-30, 8月 2021-08-31, 10月底前 2021-10-31");
        assert_eq!(found("2022年6、9月底前各完成一批"), "6 2022-06-30, 9月底前 2022-09-30");
        assert_eq!(found("1月、2月召开会议"), "");
    }

    #[test]
    fn the_end_of_a_five_year_plan() {
        one(Place::Prose, "到“十四五”末，建成100个", "到“十四五”末", ByDate, "2025-12-31", false);
        one(Place::Field, "十五五期末", "十五五期末", ByDate, "2030-12-31", false);
        for text in ["较“十三五”末提高", "“十四五”期间建成100个"] {
            assert_eq!(read(text, Place::Prose), [], "{text}");
        }
    }

    #[test]
    fn without_any_year_there_is_no_date() {
        let phrases = find("6月底前完成", Context::default(), Place::Prose);
        assert!(phrases[0].due.is_none() && phrases[0].doubt.is_some());
        let plan =
            Context { issued_on: NaiveDate::from_ymd_opt(2021, 12, 20), plan_year: Some(2022), ..Context::default() };
        assert_eq!(find("6月底前完成", plan, Place::Prose)[0].due.map(in_words).as_deref(), Some("2022年6月30日"));
    }
}
