//! 公文头: title, document number, issuer and date of issue, as GB/T 9704—2012 places them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::ordinal;
use super::script;
use super::text::Line;
use super::units;
use crate::domain::words::numerals;

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub title: Option<String>,
    pub document_number: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<NaiveDate>,
}

/// The words that titles of plans and of the notices around them end with.
const TITLE_ENDINGS: [&str; 26] = [
    "方案",
    "通知",
    "意见",
    "措施",
    "清单",
    "要点",
    "计划",
    "分解表",
    "分工表",
    "任务表",
    "责任表",
    "安排",
    "办法",
    "规划",
    "决定",
    "通报",
    "公告",
    "细则",
    "规定",
    "台账",
    "一览表",
    "若干政策",
    "行动",
    "工作表",
    "报告",
    "规则",
];

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{1,12}\s*[〔\[［（(【]\s*[0-9０-９]{4}\s*[〕\]］）)】]\s*第?\s*[0-9０-９]{1,4}\s*号")
        .expect("a constant")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<year>[0-9０-９]{4}|[一二][〇○零一二三四五六七八九]{3})\s*年\s*(?P<month>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<day>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日").expect("a constant")
});
static ISSUED_BY_TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?P<issuer>[^《》，。]{2,40}?)关于").expect("a constant"));
static NAMED_PLAN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("印发.{0,2}《(?P<title>[^》]+)》").expect("a constant"));
static LABELLED_DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:成文|印发|发布|发文)(?:日期|时间)\s*[:：]\s*$").expect("a constant"));

/// Reads the heading from all lines of the document.
pub fn read(lines: &[Line]) -> Heading {
    let plain: Vec<String> = lines.iter().map(|line| script::simplify(&line.text)).collect();
    let title = title(lines, &plain);
    let (signature, issued_on) = signature(lines, &plain);
    let issuer = signature.or_else(|| issuer_of_title(lines, &plain));
    Heading { title, document_number: document_number(lines), issuer, issued_on }
}

/// The year that a title is about: 2024年…任务分解方案.
pub fn year_of(title: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("([0-9０-９]{4}|二[〇零一二三四五六七八九]{3})年").expect("a constant"));
    let year = YEAR.captures(title)?.get(1)?;
    numerals::positional(year.as_str())?.try_into().ok()
}

/// The lines above the text itself: it begins with the first ordinal or with a sentence.
fn head(lines: &[Line]) -> &[Line] {
    const LONGEST: usize = 20;
    let text = |line: &Line| ordinal::leading(&line.text).is_some();
    let end = lines.iter().take(LONGEST).position(text).unwrap_or(lines.len().min(LONGEST));
    &lines[..end]
}

/// The first title; where it is that of the notice around the plan, the plan's own name within it.
fn title(lines: &[Line], plain: &[String]) -> Option<String> {
    const MOST_LINES: usize = 4;
    let head = head(lines);
    let printed: Vec<&str> = head.iter().map(|line| before_number(&line.text)).collect();
    let is_title_line = |index: usize| {
        let text = plain[index].trim_end();
        let other =
            ["附件", "（", "(", "各"].iter().any(|start| text.starts_with(start)) || text.ends_with(['：', ':', '。']);
        !printed[index].is_empty() && !text.ends_with("文件") && !other && !DATE.is_match(text)
    };
    let first = (0..head.len()).find(|index| is_title_line(*index))?;
    let mut title = String::new();
    for index in (first..head.len().min(first + MOST_LINES)).take_while(|index| is_title_line(*index)) {
        title.push_str(printed[index]);
        if ends_title(&script::simplify(&title)) {
            let named = NAMED_PLAN
                .captures(&script::simplify(&title))
                .and_then(|named| named.name("title"))
                .map(|named| named.range());
            return Some(named.map_or(title.clone(), |range| title[range].to_owned()));
        }
    }
    Some(printed[first].to_owned()).filter(|line| line.chars().count() <= 60)
}

/// The part of a line before the document's number; the whole of it where the line is not long, as titles cite none.
fn before_number(line: &str) -> &str {
    match own_number(line) {
        Some(number) => line[..number.start].trim(),
        None => line,
    }
}

fn ends_title(plain: &str) -> bool {
    let bare = plain.trim_end_matches(['）', ')']);
    let bare = if bare.len() < plain.len() { &bare[..bare.rfind(['（', '(']).unwrap_or(bare.len())] } else { plain };
    TITLE_ENDINGS.iter().any(|ending| bare.ends_with(ending))
}

fn document_number(lines: &[Line]) -> Option<String> {
    let number = head(lines).iter().find_map(|line| own_number(&line.text).map(|range| &line.text[range]))?;
    Some(number.chars().filter(|character| !character.is_whitespace()).collect())
}

/// Where a line prints a number of its own: it begins with it, or the number follows the end of a title.
fn own_number(line: &str) -> Option<std::ops::Range<usize>> {
    const LONGEST_TITLE: usize = 120;
    let beginning: usize = line.chars().take(LONGEST_TITLE).map(char::len_utf8).sum();
    let plain = script::simplify(&line[..beginning]);
    let found = NUMBER.find(&plain)?;
    let after_title =
        TITLE_ENDINGS.iter().filter_map(|ending| Some(found.as_str().rfind(ending)? + ending.len())).max();
    let start = found.start() + after_title.unwrap_or(0);
    let apart = start == 0 || after_title.is_some() || line[..start].ends_with([' ', '\u{3000}', '\t']);
    apart.then(|| start..found.end())
}

/// Issuer and date from the signature: a line with a date alone, below the issuer's name or after it.
fn signature(lines: &[Line], plain: &[String]) -> (Option<String>, Option<NaiveDate>) {
    const LONGEST: usize = 60;
    for (index, text) in plain.iter().enumerate().filter(|(_, text)| text.chars().nth(LONGEST).is_none()) {
        let Some((range, date)) = date_in(text).filter(|(range, _)| text[range.end..].trim().is_empty()) else {
            continue;
        };
        let before = text[..range.start].trim();
        if LABELLED_DATE.is_match(before) {
            return (None, Some(date));
        }
        let above = index.checked_sub(1).map(|above| lines[above].text.as_str()).filter(|_| before.is_empty());
        let name = above.unwrap_or(lines[index].text[..range.start].trim());
        if before.is_empty() || is_unit(name) {
            return (Some(name.to_owned()).filter(|name| is_unit(name)), Some(date));
        }
    }
    (None, plain.iter().find_map(|text| date_before_note(text)))
}

/// A date right before （此件公开发布）, at the end of a document that comes as one line.
fn date_before_note(text: &str) -> Option<NaiveDate> {
    let note = text.rfind("此件")?;
    let before = text[..note].trim_end_matches(['（', '(']).trim_end();
    let beginning = before.char_indices().rev().take(20).last()?.0;
    let (range, date) = date_in(&before[beginning..])?;
    (beginning + range.end == before.len()).then_some(date)
}

fn date_in(text: &str) -> Option<(std::ops::Range<usize>, NaiveDate)> {
    let found = DATE.captures(text)?;
    let year = numerals::positional(&found["year"].replace('○', "〇"))?.try_into().ok()?;
    let date = NaiveDate::from_ymd_opt(year, numerals::parse(&found["month"])?, numerals::parse(&found["day"])?)?;
    Some((found.get(0)?.range(), date))
}

fn issuer_of_title(lines: &[Line], plain: &[String]) -> Option<String> {
    let issuer = |(line, plain): (&Line, &String)| {
        let issuer = ISSUED_BY_TITLE.captures(plain)?.name("issuer")?.range();
        Some(line.text[issuer].to_owned()).filter(|name| is_unit(name))
    };
    head(lines).iter().zip(plain).find_map(issuer)
}

fn is_unit(name: &str) -> bool {
    const LONGEST: usize = 40;
    let plain = script::simplify(name);
    name.chars().nth(LONGEST).is_none() && !name.contains(['，', '。', '、', '：']) && units::ends_like_unit(&plain)
}
