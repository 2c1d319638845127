//! What a question names: a task by its number, a section, words that look like a unit.

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::numerals;

/// A pattern in which `N` stands for a numeral and `CHILD` for the number of a child in brackets.
fn pattern(text: &str) -> Regex {
    let child = r"(?:\((?P<child>[0-9一二三四五六七八九十]+)\))";
    let text = text.replace("CHILD", child).replace('N', &format!("[{}]+", numerals::CHARACTERS));
    Regex::new(&text).expect("a constant")
}

macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {$(static $name: LazyLock<Regex> = LazyLock::new(|| pattern($text));)*};
}

patterns! {
    ORDINAL = r"第(?P<number>N)(?:CHILD)?(?:项|条|号|件|个(?:任务|事项|工作)?|任务|$)";
    LABELLED = r"(?:任务|编号|序号|[#＃№])(?P<number>N)(?:CHILD)?(?P<rest>.*)$";
    LEADING = r"^(?:请问|请|麻烦|把|将|帮我|给我|看一下|查一下|问一?下|看看?|查看?|说说|那)*(?P<number>N)(?:CHILD)?[.、]?(?P<measure>项|条|号|号任务)?(?P<rest>.*)$";
    BELOW_SECTION = r"(?:^|第)\((?P<section>[一二三四五六七八九十]+)\)(?P<number>\d+)";
    SECTION = r"第(?P<number>N)(?:大)?(?:部分|章|节|板块|方面)|[(（](?P<ordinal>[一二三四五六七八九十]+)[)）](?:部分|章|节|板块|方面|这一?部分)|(?P<chapter>[一二三四五六七八九十]+)、?部分";
    ENDING = "^\\p{Han}{1,20}(厅|局|委|委员会|办|办公室|中心|院|银行|支行|公司|政府|法院|署|海关|州|(?:\\p{Han}[市县区旗]))$";
}

/// How a question about a task goes on after its number.
const GOES_ON: [char; 41] = [
    '还', '没', '未', '的', '进', '怎', '情', '呢', '？', '，', '。', '办', '现', '完', '咋', '到', '逾', '有', '是',
    '卡', '问', '历', '目', '任', '都', '改', '落', '推', '谁', '报', '如', '状', '最', '做', '搞', '啥', '什', '几',
    '吗', '为', '需',
];

/// The number of the task that is named, as documents print it: `5`, `5（1）`, `（一）1`.
pub fn task(text: &str) -> Option<String> {
    if let Some(found) = BELOW_SECTION.captures(text) {
        return Some(format!("（{}）{}", &found["section"], &found["number"]));
    }
    if let Some(found) = ORDINAL.captures(text) {
        return number(&found);
    }
    let goes_on = |rest: &str| rest.chars().next().is_none_or(|next| GOES_ON.contains(&next));
    if let Some(found) = LABELLED.captures(text).filter(|found| goes_on(&found["rest"])) {
        return number(&found);
    }
    let found = LEADING.captures(text)?;
    let rest = &found["rest"];
    let counts = rest.starts_with(['都', '也']) && numerals::parse(&found["number"]) == Some(1);
    let arabic = found["number"].starts_with(|first: char| first.is_ascii_digit());
    let is_number = match found.name("measure").map(|measure| measure.as_str()) {
        // 15号前 is a day.
        Some("号") => rest.is_empty() || goes_on(rest) && !rest.starts_with('到'),
        Some(_) => !counts,
        None if rest.is_empty() => true,
        None => arabic && goes_on(rest) && !rest.starts_with(['到', '几']),
    };
    if is_number { number(&found) } else { None }
}

fn number(found: &regex::Captures<'_>) -> Option<String> {
    let number = numerals::parse(&found["number"])?;
    Some(match found.name("child") {
        Some(child) => format!("{number}（{}）", child.as_str()),
        None => number.to_string(),
    })
}

/// Whether the words end as the names of units do.
pub fn looks_like_unit(words: &str) -> bool {
    ENDING.is_match(words)
        && !words.contains("全局")
        && !words.starts_with(['各', '全', '所', '哪', '几', '多', '有', '谁'])
}

/// 3 for 第三部分 or （三）部分.
pub fn section(text: &str) -> Option<u32> {
    let found = SECTION.captures(text)?;
    let number = ["number", "ordinal", "chapter"].iter().find_map(|name| found.name(name))?;
    numerals::parse(number.as_str())
}
