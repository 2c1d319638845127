//! The phrases themselves, as regular expressions.

use std::sync::LazyLock;

use regex::{Captures, Regex, RegexSet};

/// The families of phrases. Of two phrases that begin at the same place the one of the earlier family counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// 2019年1月1日至12月31日, 4—10月
    Period,
    /// 有效期至2025年12月31日, 有效期5年
    Validity,
    /// 从2019年1月1日起
    Start,
    /// 每季度首月15日前, 按月
    Recurring,
    /// 五年内, 用3年左右时间
    WithinYears,
    /// 30日内, 三个月内
    WithinDays,
    /// 6月最后一个工作日前
    LastWorkingDay,
    /// 9月第一周
    WeekOfMonth,
    /// 农历八月十五前, 腊月二十三
    Lunar,
    /// 2024—2025年
    Years,
    /// 2019年6月底前, 9月30日前, 11月中旬
    Month,
    /// 2019-06-30, 2019.6.30, 2019/6, 6.30前, 20190630
    Figures,
    /// 本月底, 下月10日前
    MonthFromIssue,
    /// 下周五前, 本周内
    WeekFromIssue,
    /// 第三季度
    Quarter,
    /// 上半年
    HalfYear,
    /// 持续推进, 立即整改
    Words,
    /// 春节前, 2025年国庆节前
    Festival,
    /// 2020年底前, 到2025年, 年内, 全年
    Year,
    /// “十四五”末
    FiveYears,
}

/// The phrases of each family in a text, by where they begin.
pub fn candidates(text: &str) -> Vec<(usize, Family, Captures<'_>)> {
    let mut found = Vec::new();
    for index in ANY.matches(text) {
        let (pattern, family) = &FAMILIES[index];
        let matches = pattern.captures_iter(text);
        found.extend(matches.filter_map(|captures| Some((captures.get(0)?.start(), *family, captures))));
    }
    found.sort_by_key(|(start, family, _)| (*start, *family));
    found
}

/// Tells in one pass which families a text has.
static ANY: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(FAMILIES.iter().map(|(pattern, _)| pattern.as_str())).expect("constants"));

pub static FAMILIES: LazyLock<Vec<(Regex, Family)>> = LazyLock::new(|| {
    let number = "[0-9０-９一二三四五六七八九十两〇零]{1,3}";
    let figures = "[0-9０-９]{4}|[一二][〇零一二三四五六七八九]{3}";
    let year = format!("(?:(?P<year>{figures})年度?|(?P<relative>今年|本年度?|当年|明年))");
    let month = format!("(?P<month>{number})月份?");
    let day = format!("(?P<day>{number})[日号]");
    // 6月30日24时前, 6月30日（周五）下班前
    let hour = "[（(][^（()）]{1,4}[）)]|(?:上午|下午|中午|晚上?)|[0-9０-９]{1,2}(?:[:：][0-9]{2}|[时点](?:整|半|[0-9]{1,2}分)?)|[零一二三四五六七八九十]{1,3}[点时](?:整|半)?|下班";
    let before = &format!("(?P<before>(?:(?:{hour}){{0,3}}[之以]?前))?");

    let first_day = format!("(?:自|从)?(?:{year})?(?P<month>{number})(?:月(?:(?P<day>{number})[日号]?)?)?");
    let last_day =
        format!("(?:(?P<last_year>{figures})年)?(?P<last_month>{number})月(?:(?P<last_day>{number})[日号])?[底末]?");
    let times = format!("(?:{number}[期次场批篇])");
    let week = "(?:周|星期)";
    let turn = format!(
        "每个?(?P<turn>半年|半月|双月|学期|学年|年度?年?|季度?季?|月度?|旬|{week}(?:的?{week}?(?P<weekday>[一二三四五六日天]))?)的?"
    );
    let month_of_turn =
        format!("(?:(?P<first>首月)|末月|最后一个?月|第(?P<nth>[一二三])个月|(?P<month>{number})月份?)?");
    let day_of_turn = format!("(?P<part>[上中下]旬|[初中末底])?(?:(?P<day>{number})[日号])?(?P<before>[之以]?前)?");
    let whole_year = format!("(?P<until>[到至])?{year}(?P<part>年?[底末内终]|全年)?{before}");
    let immediate = "立即(?:整改|执行|办理|落实|完成|开展|启动|处置|解决)?|即行(?:整改|清除|清理|拆除|停止|纠正)|立行立改|即[知行查接]即改|即接即办|马上就办|即办";
    let ongoing = "贯穿(?:全年|始终|全过程)|(?:全年)?(?:持续|长期|常年|常态化|全年)(?:推进|坚持|开展|实施|落实|抓好|加强|保持|进行)\
                   |全年(?:持续|坚持|常态化)|长期|常态化|持续|经常性工作|日常工作";

    let month_day = format!("(?P<short_month>{number})月份?(?:(?P<short_day>{number})[日号])?");

    let families = [
        (
            Family::Period,
            format!("{first_day}起?\\s*(?:至|到|[-—－–~～]+)\\s*(?:{last_day}|(?P<day_of_month>{number})[日号])"),
        ),
        (
            Family::Validity,
            format!(
                "(?:有效期限?(?:至|到|为)?|(?:执行|实施|施行|试行|延续|延长|延期|顺延)期?限?(?:至|到))(?:{year}(?:年?底|{month}(?:{day}|底)?)?|(?P<count>{number})年)"
            ),
        ),
        (Family::Start, format!("(?:自|从)?(?:{year}{month}(?:{day})?|{month_day})起")),
        (
            Family::Recurring,
            format!(
                "每个?(?P<weekly>{week}){times}|{turn}{month_of_turn}{day_of_turn}{times}?|每[日天](?:[0-9０-９]{{1,2}}[时点](?:[之以]?前)?|[早晚上下]|研判|开展|巡查|报送|调度|通报|更新|检查|报告|上报)|按(?P<by>季度|季|半年|月|旬|周|年度)|逐(?P<each>[月季])"
            ),
        ),
        (Family::WithinYears, format!("用?(?P<count>{number})年(?:左右)?(?:的?时间|[之以]?内)")),
        (Family::WithinDays, format!("(?P<count>{number})(?P<unit>个?工作日|个月|日|天|周)[之以]?内")),
        (
            Family::Month,
            format!(
                "(?P<until>[到至])?(?:{year}\\s*)?{month}(?:{day}|(?P<part>[上中]?[上中下]旬|[底末初中]))?{before}"
            ),
        ),
        (
            Family::Figures,
            format!(
                r"(?P<year>[12][0-9]{{3}})[-./](?P<month>[0-9]{{1,2}})(?:[-./](?P<day>[0-9]{{1,2}}))?{before}|(?P<short_month>[0-9]{{1,2}})\.(?P<short_day>[0-9]{{1,2}})(?P<short_before>[之以]?前)|(?P<packed_year>20[0-9]{{2}})(?P<packed_month>0[1-9]|1[0-2])(?P<packed_day>[0-3][0-9])(?P<packed_before>[之以]?前)?"
            ),
        ),
        (Family::Years, r"(?P<from>[12][0-9]{3})年?\s*[-—－–~～至到]+\s*(?P<to>[12][0-9]{3})年".to_owned()),
        (
            Family::MonthFromIssue,
            format!(
                "(?P<which>本月|当月|下个?月|次月)(?:(?P<day>{number})[日号]|(?P<part>[上中下]旬|[底末初中]))?{before}"
            ),
        ),
        (
            Family::WeekFromIssue,
            format!(
                "(?P<which>本{week}|这{week}|下个?{week})(?:(?P<weekday>[一二三四五六日天])|(?P<part>[之以]?内|[底末])){before}"
            ),
        ),
        (Family::WeekOfMonth, format!("(?:{year})?{month}(?:的)?第(?P<nth>[一二三四])个?{week}{before}")),
        (Family::LastWorkingDay, format!("(?:{year})?{month}(?:的)?最后一个工作日{before}")),
        (
            Family::Lunar,
            format!(
                "(?:农历|阴历)?(?:(?P<lunar_month>[正一二三四五六七八九十冬腊]{{1,2}})月|(?P<eve>除夕))(?:(?P<lunar_day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[一二]?十[一二三四五六七八九]?|三十)|(?P<end>[底末]))?{before}"
            ),
        ),
        (
            Family::Quarter,
            format!(
                "(?:{year}|(?P<bare_year>[12][0-9]{{3}}))?(?:[第前]?(?P<quarter>[一二三四1-4])季度|[QqＱ](?P<figure>[1-4１-４]))[末底]?{before}"
            ),
        ),
        (Family::HalfYear, format!("(?:{year})?(?P<half>[上下])?半年[末底]?{before}")),
        (Family::Words, format!("(?P<immediate>{immediate})|{ongoing}")),
        (Family::Year, format!("{whole_year}|(?P<bare>年(?:度?内|[底末终]))(?:[之以]?前)?|全年")),
        (
            Family::FiveYears,
            format!("(?P<until>[到至])?[“\"]?十(?P<plan>[二三四五六])五[”\"]?(?:规划)?(?:时?期)?[末底]{before}"),
        ),
        (
            Family::Festival,
            format!(
                "(?:{year})?(?:[春秋]季(?:学期)?)?(?P<festival>春节|元旦|清明|五一|劳动|端午|中秋|国庆|汛期|入汛|供暖季?|开学|[寒暑]假|放假|雨季|(?:全国|省|市|县)?两会|[“\"](?:三八|五一|五四|六一|七一|八一|十一)[”\"])(?:国庆|建军|建党|劳动|国际|儿童|青年|妇女)*节?(?:到来|召开|放假|假期)?[之以]?前"
            ),
        ),
    ];
    families.into_iter().map(|(family, pattern)| (Regex::new(&pattern).expect("a constant"), family)).collect()
});
