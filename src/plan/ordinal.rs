//! 序号: 一、（一）1.（1）①: how documents number their parts.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::text;
use crate::chinese::numerals;

/// The ways of numbering, from the outermost level to the innermost. The order is that of GB/T 9704—2012, 7.3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 第一章, 第一部分
    Chapter,
    /// 第一条
    Article,
    /// 一、
    Comma,
    /// （一）
    Bracketed,
    /// 问题一：, 议题2：
    Named,
    /// 1. or 1、
    Dotted,
    /// 1.1, 1.1.1: how many numbers it has.
    Decimal(u8),
    /// （1） or 1）
    Inner,
    /// ①
    Circled,
}

impl Style {
    /// Whether such a number heads a part of the document; the others head items.
    pub fn heads_sections(self) -> bool {
        matches!(self, Style::Chapter | Style::Comma | Style::Bracketed)
    }

    /// Whether such a number names its place in the whole document.
    pub fn is_complete(self) -> bool {
        matches!(self, Style::Decimal(_))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordinal {
    pub style: Style,
    pub value: u32,
    /// As printed, without white space: `一、`, `（一）`, `5.`.
    pub printed: String,
}

impl Ordinal {
    /// What stands before the numbers below it: `一、1`, `（一）1`, but `1（一）`.
    pub fn as_prefix(&self) -> &str {
        if self.style == Style::Comma { &self.printed } else { self.number() }
    }

    /// What names the paragraph at this place, counted from 1, among those that share the number: （一）2 and 1（2）.
    pub fn of_paragraph(&self, place: usize) -> Ordinal {
        let place = if self.style == Style::Bracketed { place.to_string() } else { format!("（{place}）") };
        Ordinal { printed: format!("{}{place}", self.number()), ..self.clone() }
    }

    /// The number without the punctuation that closes it: `一`, `（一）`, `5`.
    pub fn number(&self) -> &str {
        self.printed.trim_end_matches(['、', '.', '．', '。'])
    }
}

/// An ordinal found in a text; `start..end` is where it stands, with white space on both sides.
#[derive(Clone, Debug)]
pub struct Marker {
    pub start: usize,
    pub end: usize,
    pub ordinal: Ordinal,
}

static MARKER: LazyLock<Regex> = LazyLock::new(|| Regex::new(&marker()).expect("a constant"));
/// One at the beginning of a text.
static LEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{}", marker())).expect("a constant"));

fn marker() -> String {
    let chinese = "[一二三四五六七八九十百零〇]{1,6}";
    let of_rules = format!("第(?P<chapter>{chinese})(?:章|部分)|第(?P<article>{chinese})条");
    let bracketed = |inner: &str| format!(r"[（(]\s*{inner}\s*[）)][、.．]?");
    let comma = format!(r"(?P<comma>{chinese})\s*、");
    let parts = bracketed(&format!("(?P<bracketed>{chinese})"));
    let steps = bracketed(r"(?P<inner>\d{1,2})");
    let dotted = r"(?P<dotted>\d{1,3})\s*[.．、]";
    format!(
        r"\s*(?:{of_rules}|{comma}|{parts}|{dotted}|{steps}|(?P<half>\d{{1,2}})[）)]、?|(?P<circled>[①-⑳])|(?P<inner_sign>[⑴-⒇])|(?P<dotted_sign>[⒈-⒛]))\s*"
    )
}

/// 1.1 and 1.1.1 at the beginning of a line.
static DECIMAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?P<numbers>\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?\s*").expect("a constant"));

/// 问题一：, 决议事项（2）： at the beginning of a line.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?P<printed>\p{Han}{0,4}(?:问题|议题|议程|议项|议案|事项|任务|隐患|线索|案件|项目|工程|行动)[（(]?(?P<value>\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?)[：:、.．]\s*")
        .expect("a constant")
});

/// Everything in `text` that may be an ordinal, in order.
pub fn markers(text: &str) -> impl Iterator<Item = Marker> {
    let first = decimal(text).or_else(|| named(text));
    let from = first.as_ref().map_or(0, |marker| marker.end);
    first.into_iter().chain(markers_of_one_number(text).filter(move |marker| marker.start >= from))
}

/// The decimal ordinal that a text begins with; one that a measure follows is a figure (1.8万亩, 1.5月底前).
fn decimal(text: &str) -> Option<Marker> {
    const MEASURES: &str = "%％万亿千百十元倍个家项年月日号点吨亩米平公度分岁人户名条次件座";
    let captures = DECIMAL.captures(text)?;
    let end = captures.get(0)?.end();
    let after = text[end..].chars().next()?;
    let numbers = captures.name("numbers")?.as_str();
    let parts: Vec<&str> = numbers.split(['.', '．']).collect();
    let value = numerals::parse(parts.last()?)?;
    let style = Style::Decimal(u8::try_from(parts.len()).ok()?);
    let is_figure = after.is_numeric() || MEASURES.contains(after);
    (!is_figure).then(|| Marker { start: 0, end, ordinal: Ordinal { style, value, printed: numbers.to_owned() } })
}

/// 2 汛前准备, above 2.1: the title of a chapter.
pub fn is_chapter(text: &str) -> bool {
    static CHAPTER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\s*\d{1,2}\s+\p{Han}[\p{Han}、]{1,14}$").expect("a constant"));
    CHAPTER.is_match(text)
}

fn named(text: &str) -> Option<Marker> {
    let captures = NAMED.captures(text)?;
    let value = numerals::parse(&captures["value"])?;
    let ordinal = Ordinal { style: Style::Named, value, printed: captures["printed"].to_owned() };
    Some(Marker { start: 0, end: captures.get(0)?.end(), ordinal })
}

fn markers_of_one_number(text: &str) -> impl Iterator<Item = Marker> {
    MARKER.captures_iter(text).filter_map(|captures| marker_of(text, &captures))
}

fn marker_of(text: &str, captures: &Captures) -> Option<Marker> {
    const STYLES: [(&str, Style); 10] = [
        ("chapter", Style::Chapter),
        ("article", Style::Article),
        ("comma", Style::Comma),
        ("bracketed", Style::Bracketed),
        ("dotted", Style::Dotted),
        ("inner", Style::Inner),
        ("half", Style::Inner),
        ("circled", Style::Circled),
        ("inner_sign", Style::Inner),
        ("dotted_sign", Style::Dotted),
    ];
    let whole = captures.get(0)?;
    let (style, number) = STYLES.iter().find_map(|(name, style)| Some((*style, captures.name(name)?)))?;
    let number_before = text[..number.start()].ends_with(char::is_numeric);
    // （详见附件1）
    if captures.name("half").is_some() && text::is_within_brackets(&text[..number.start()]) {
        return None;
    }
    let apart = whole.as_str().ends_with(char::is_whitespace);
    let number_after = style == Style::Dotted && !apart && goes_on_as_figure(&text[whole.end()..]);
    let is_sign = ["circled", "inner_sign", "dotted_sign"].iter().any(|name| captures.name(name).is_some());
    if !is_sign && (number_before || number_after) {
        return None;
    }
    let value = match number.as_str().chars().next()? {
        sign @ '①'..='⑳' => sign as u32 - '①' as u32 + 1,
        sign @ '⑴'..='⒇' => sign as u32 - '⑴' as u32 + 1,
        sign @ '⒈'..='⒛' => sign as u32 - '⒈' as u32 + 1,
        _ => numerals::parse(number.as_str())?,
    };
    let printed = text::dense(whole.as_str());
    Some(Marker { start: whole.start(), end: whole.end(), ordinal: Ordinal { style, value, printed } })
}

/// Whether the text after a number and its dot is the rest of a figure (1.8万亩) and not a task that begins with a date.
fn goes_on_as_figure(text: &str) -> bool {
    let after_digits =
        text.trim_start_matches(|character: char| character.is_ascii_digit() || ('０'..='９').contains(&character));
    let digits = text.len() - after_digits.len();
    // A figure has one or two decimals, and no task begins with so small a number: 3.100个村庄整治.
    (1..3).contains(&digits) && !after_digits.starts_with(['年', '月', 'G'])
}

/// The number that a line may begin with where it counts on: 2.15个工作日内反馈, 11。修缮库房. Elsewhere these are a figure and the
/// end of a sentence.
pub fn leading_doubtful(text: &str) -> Option<Marker> {
    static DOUBTFUL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?P<number>\d{1,3})(?:[.．]\d{1,3}(?:个?工作日|个月|[日天周年]内|[个家项户件%])|。\p{Han})")
            .expect("a constant")
    });
    let number = DOUBTFUL.captures(text)?.name("number")?;
    let value = numerals::parse(number.as_str())?;
    let end = number.end() + text[number.end()..].chars().next()?.len_utf8();
    let printed = text[number.start()..end].to_owned();
    Some(Marker { start: 0, end, ordinal: Ordinal { style: Style::Dotted, value, printed } })
}

/// The ordinal that a text begins with.
pub fn leading(text: &str) -> Option<Marker> {
    decimal(text).or_else(|| named(text)).or_else(|| marker_of(text, &LEADING.captures(text)?))
}

#[cfg(test)]
mod tests {
    use super::{Style, leading, markers};

    #[test]
    fn styles() {
        let cases = [
            ("第三章 监管", Style::Chapter, 3, "第三章"),
            ("第十二条　强化监管", Style::Article, 12, "第十二条"),
            ("十二、强化监管", Style::Comma, 12, "十二"),
            ("（三）放权", Style::Bracketed, 3, "（三）"),
            ("( 三 ）放权", Style::Bracketed, 3, "(三）"),
            ("１２．开展培训", Style::Dotted, 12, "１２"),
            ("6.2021年底前开展培训", Style::Dotted, 6, "6"),
            ("5、开展培训", Style::Dotted, 5, "5"),
            ("3. 5G基站建设", Style::Dotted, 3, "3"),
            ("3.100个村庄整治", Style::Dotted, 3, "3"),
            ("5.2 开展培训", Style::Decimal(2), 2, "5.2"),
            ("5.2.13、开展培训", Style::Decimal(3), 13, "5.2.13"),
            ("问题三：库房漏雨", Style::Named, 3, "问题三"),
            ("决议事项2：修缮库房", Style::Named, 2, "决议事项2"),
            ("（1）公布清单", Style::Inner, 1, "（1）"),
            ("2）公布清单", Style::Inner, 2, "2）"),
            ("③公布清单", Style::Circled, 3, "③"),
        ];
        for (text, style, value, number) in cases {
            let ordinal = leading(text).unwrap().ordinal;
            assert_eq!((ordinal.style, ordinal.value, ordinal.number()), (style, value, number), "{text}");
        }
    }

    #[test]
    fn figures_are_no_ordinals() {
        for text in ["1.8万亩", "3.5%的增长", "2019年6月", "增长3.5%", "1500、800"] {
            assert_eq!(markers(text).filter(|marker| marker.start == 0).count(), 0, "{text}");
        }
    }
}
