//! 单位: lists of units → names, told apart into those that name one unit and those that stand for many.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::script::Span;
use super::{script, shared_ending};

/// A name from a list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As printed.
    pub text: String,
    pub collective: bool,
    /// Marked （牵头） within the list.
    pub leads: bool,
    /// Ends like the names of units do.
    pub likely: bool,
    /// The name with what else is said beside it, as printed: 县法院（列席）, 植保站 李国庆.
    pub with_remark: Option<String>,
}

/// The last characters of the names of units, short forms included.
const LAST_CHARACTERS: &str = "部委办局厅院署会行处室科股所站队组社馆台校厂联团网协省市州盟县区旗镇乡";

/// Endings whose last character ends other words too.
const ENDINGS: [&str; 17] = [
    "街道",
    "中心",
    "公司",
    "集团",
    "政府",
    "单位",
    "部门",
    "机构",
    "机关",
    "海关",
    "大学",
    "中学",
    "小学",
    "幼儿园",
    "企业",
    "组织",
    "基金",
];

/// Words with such an ending that name none.
const NO_UNITS: [&str; 12] =
    ["督办", "交办", "领办", "社会", "机会", "全部", "内部", "本科", "专科", "全科", "百科", "入股"];

/// Names that stand for many units: 各…, 有关单位, 省直…部门, 市县人民政府.
static COLLECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    let spread = "各|^试点(?:县|市|区|乡|镇|村|单位|学校|企业)|^(?:有关|相关|其他|其它|全体|所有|涉及|沿线|属地|所在地?|辖区内?|涉事)";
    let qualified =
        "(?:有关|相关|成员|责任|牵头|配合|职能|组成|所属)(?:部门|单位|机构|企业|乡镇|地方|地区|市县|县区|县市)";
    let class = "^(?:中央|国家|[省市州盟县区旗])[直属级管].*(?:部门|单位|机关|企业|机构|学校|高校|医院)$";
    let levels = "^(?:市州|市县|市县乡|县市区|县区|县乡|地方|市县两级|省市县)(?:各级|级)?(?:人民政府|政府|党委政府)$";
    let kinds_of_places = "^[市州盟县区旗乡镇、（）()]{2,}(?:人民政府|政府|党委)";
    let fields_of_work = "等(?:有关|相关)?(?:行业)?(?:主管|监管|管理|职能)部门$|、.*等(?:有关|相关)?部门$";
    Regex::new(&format!("{spread}|{qualified}|{class}|{levels}|{kinds_of_places}|{fields_of_work}"))
        .expect("a constant")
});

/// What remains of a list that was left open: 等单位, 等6个部门.
static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\d０-９一二三四五六七八九十]*[个家]?(?:部门|单位|机构){0,2}(?:和(?:部门|单位))?$")
        .expect("a constant")
});

/// Kinds of places, over which 各 spreads: 各市、州、县人民政府. The group is what closes such a name.
static PLACES: LazyLock<Regex> = LazyLock::new(|| {
    let place = "[市州盟县区旗省乡镇地、]|自治[州县旗区]|街道|园区|开发区|直辖市|[（(][^（()）]*[）)]";
    Regex::new(&format!("^(?:{place})+(?P<office>(?:人民)?政府|党委|办事处|党工委|管委会)*$")).expect("a constant")
});

/// The end of a list of fields of work that stands for their departments: 教育、卫生健康等行业主管部门.
static ABBREVIATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[^、]{2,10}等(?:有关|相关)?(?:行业)?(?:主管|监管|管理|职能)?部门$").expect("a constant")
});

/// The names of a list, in order.
pub fn names(list: Span) -> Vec<Name> {
    read(list).0
}

/// The names of a list, in order, and what it says where it names nobody, as printed: 无（另行通知）.
pub fn read(list: Span) -> (Vec<Name>, Vec<String>) {
    let (mut names, mut remarks) = (Vec::new(), Vec::new());
    for part in after_persons(list).into_iter().flat_map(joined_places) {
        for name in open_lists(part).into_iter().flat_map(conjunctions) {
            match name_of(name) {
                Ok(name) => names.push(name),
                Err(remark) => remarks.extend(remark),
            }
        }
    }
    shared_ending::complete(&mut names);
    (names, remarks)
}

/// 区城管局⏎高志刚⏎区水务局⏎林 峰: a list ends with each line that names the person of the unit above it.
fn after_persons(list: Span) -> Vec<Span> {
    static PERSON: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\s*\p{Han}\s{0,4}\p{Han}{1,2}\s*$").expect("a constant"));
    let (mut parts, mut start, mut at, mut above) = (Vec::new(), 0, 0, "");
    for line in list.plain.split_inclusive('\n') {
        at += line.len();
        if ends_like_unit(above) && PERSON.is_match(line) && !ends_like_unit(line) {
            parts.push(list.slice(start..at));
            start = at;
        }
        above = line;
    }
    parts.push(list.slice(start..list.plain.len()));
    parts
}

/// The parts between 、 and commas, save that 各 with several kinds of places is one name.
fn joined_places(list: Span) -> Vec<Span> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for part in list.split("、，,；;。/／") {
        let range = at..at + part.plain.len();
        let after_pause = list.plain[..at].ends_with('、');
        let words = part.plain.trim();
        let tail = |last: &Range<usize>| last_joined(&list.plain[last.start..last.end]);
        match parts.last_mut().filter(|_| after_pause) {
            Some(last) if goes_on_with_places(tail(last), words) => last.end = range.end,
            Some(last) if ABBREVIATED.is_match(words) && !ends_like_unit(&list.plain[last.start..last.end]) => {
                let end = range.end;
                let first = parts.iter().rposition(|part| ends_like_unit(&list.plain[part.start..part.end]));
                parts.truncate(first.map_or(0, |before| before + 1) + 1);
                if let Some(last) = parts.last_mut() {
                    last.end = end;
                }
            }
            _ => parts.push(range.clone()),
        }
        at = range.end + list.plain[range.end..].chars().next().map_or(0, char::len_utf8);
    }
    parts.into_iter().map(|range| list.slice(range)).collect()
}

/// The name after the last 和 or 及.
fn last_joined(names: &str) -> &str {
    names.rsplit(['和', '及', '与']).next().unwrap_or(names)
}

/// What the government beside a party committee of the same place is called.
const OF_GOVERNMENT: [&str; 7] =
    ["政府", "人民政府", "政府（办事处）", "政府(办事处)", "办事处", "管委会", "人民政府（办事处）"];

/// Whether a name that names only kinds of places so far goes on: 各市、州、县人民政府, 有关市、县党委、政府.
fn goes_on_with_places(name: &str, next: &str) -> bool {
    static SPREAD: LazyLock<Regex> = LazyLock::new(|| Regex::new("^(?:各有关|各|有关|相关)?").expect("a constant"));
    let name = name.trim();
    // 南川镇党委、政府
    let party = ["党委", "党工委", "党（工）委", "党(工)委"].iter().any(|party| name.ends_with(party));
    if party && OF_GOVERNMENT.contains(&next) {
        return true;
    }
    let places = &name[SPREAD.find(name).map_or(0, |spread| spread.end())..];
    let Some(places) = PLACES.captures(places) else { return false };
    let head = next.split(['和', '及', '与']).next().unwrap_or(next);
    match places.name("office").map(|office| office.as_str()) {
        None => PLACES.is_match(head),
        Some("党委") => ["政府", "人民政府"].contains(&head),
        Some(_) => false,
    }
}

/// 甲局、乙局等有关部门: 等 ends a list that it leaves open. Without a qualification it adds nobody.
fn open_lists(part: Span) -> Vec<Span> {
    let after_unit = |at: &usize| ends_like_unit(&part.plain[..*at]);
    let Some(at) = part.plain.match_indices('等').map(|(at, _)| at).find(after_unit) else { return vec![part] };
    let rest = part.slice(at + '等'.len_utf8()..part.plain.len()).trim("");
    let generic = GENERIC.is_match(rest.plain);
    let mut parts = vec![part.slice(0..at)];
    parts.extend((!generic).then_some(rest));
    parts
}

/// Parts at 和, 及, white space and the like, where whole names stand on both sides: 工业和信息化局 is one name.
fn conjunctions(part: Span) -> Vec<Span> {
    static CONJUNCTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"以及|会同|和|及|与|\s").expect("a constant"));
    let pairs = script::brackets(part.plain);
    let mut parts = Vec::new();
    let mut start = 0;
    for word in CONJUNCTION.find_iter(part.plain) {
        if !script::within(&pairs, word.start()) {
            let (left, right) = (before_remark(&part.plain[start..word.start()]), part.plain[word.end()..].trim());
            let next_line = first_line(right);
            let names_follow =
                [right, next_line, before_remark(right), before_remark(next_line)].into_iter().any(ends_like_unit);
            if is_whole(left) && names_follow && !GENERIC.is_match(right) {
                parts.push(part.slice(start..word.start()));
                start = word.end();
            }
        }
    }
    parts.push(part.slice(start..part.plain.len()));
    parts
}

/// A name without the remark that it ends with: 甲局（牵头）.
pub fn before_remark(name: &str) -> &str {
    let bare = name.trim_end();
    let remark = bare.ends_with(['）', ')']).then(|| bare.rfind(['（', '('])).flatten();
    let is_remark = |at: &usize| !ends_like_unit(&bare[*at..]);
    remark.filter(is_remark).map_or(bare, |at| &bare[..at])
}

/// Whether a name before 和 is one of its own: 国网和安供电公司 is that of a place.
fn is_whole(name: &str) -> bool {
    ends_like_unit(name) && (name.trim().chars().nth(2).is_some() || name.trim_end().ends_with(['委', '府', '办']))
}

/// 甲局、乙局、丙局三部门
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[两二三四五六七八九十]+个?(?:部门|单位)$").expect("a constant"));

/// The first line of a text, as far as a name may reach.
fn first_line(text: &str) -> &str {
    const LONGEST_NAME: usize = 40;
    let length: usize =
        text.chars().take(LONGEST_NAME).take_while(|character| *character != '\n').map(char::len_utf8).sum();
    &text[..length]
}

/// A name apart from what is said about it: a remark in brackets, such as （牵头） or （特邀）, or a person; a second name of
/// the unit is part of the name, and so are the places that widen 各乡镇. Where it names nobody, what it says all the same.
fn name_of(span: Span) -> Result<Name, Option<String>> {
    const FILLERS: &str = "。；;，,、：:—－-/";
    static LEADS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:第一|主要|责任)?牵头(?:责任)?(?:单位|部门|科室|处室|负责)?$").expect("a constant")
    });
    let mut span = span.trim(FILLERS);
    for word in ["具体由", "主要由", "分别由", "由", "请", "以及", "会同", "其中", "及"] {
        span = span.without_prefix(word);
    }
    let mut leads = false;
    // ★县档案局
    if let Some(rest) = span.plain.strip_prefix(['★', '▲']) {
        span = span.slice(span.plain.len() - rest.len()..span.plain.len()).trim(FILLERS);
        leads = true;
    }
    if let Some(rest) = span.plain.strip_suffix(['★', '▲']) {
        span = span.slice(0..rest.len()).trim(FILLERS);
        leads = true;
    }
    let (whole, mut remarked) = (span, false);
    for pair in script::brackets(span.plain).iter().rev() {
        let remark = span.slice(script::inside(span.plain, pair));
        // 膳食科（承包方：康源公司）
        let announces = remark.plain.contains(['：', ':']);
        let names_more = !announces && ends_like_unit(remark.plain) || span.plain.starts_with('各');
        let keeps = names_more && !remark.plain.contains("牵头");
        if pair.end < span.plain.len() || keeps {
            break;
        }
        let says_who_leads = remark.plain.contains("牵头");
        leads |= says_who_leads;
        let says_more = !LEADS.is_match(remark.plain.trim());
        remarked |= says_more && remark.plain.contains(char::is_alphanumeric);
        span = span.slice(0..pair.start).trim(FILLERS);
    }
    if let Some(count) = COUNTED.find(span.plain).filter(|count| ends_like_unit(&span.plain[..count.start()])) {
        span = span.slice(0..count.start());
    }
    // 植保植检站  李国庆
    static PERSON: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\s+\p{Han}\s{0,4}\p{Han}{1,2}$").expect("a constant"));
    if let Some(person) = PERSON.find(span.plain) {
        let (unit, name) = (&span.plain[..person.start()], person.as_str());
        if ends_like_unit(unit) && !ends_like_unit(name) {
            span = span.slice(0..person.start()).trim(FILLERS);
            remarked = true;
        }
    }
    // 张三　县城管局, below 牵头领导及单位
    static LED_BY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:\p{Han}{2,3}|\p{Han}\s\p{Han})[\s\u{3000}]+").expect("a constant"));
    if let Some(person) = LED_BY.find(span.plain) {
        let unit = &span.plain[person.end()..];
        if ends_like_unit(unit) && !unit.contains(char::is_whitespace) && !ends_like_unit(person.as_str().trim_end()) {
            span = span.slice(person.end()..span.plain.len());
            remarked = true;
        }
    }
    let says_nobody = span.plain.is_empty()
        || ["无", "略", "等", "有关", "相关"].contains(&span.plain)
        || GENERIC.is_match(span.plain) && !shared_ending::is_number(span.plain);
    let one_line = |span: Span| span.printed.chars().filter(|character| !matches!(character, '\n' | '\r')).collect();
    let with_remark = remarked.then(|| one_line(whole));
    if says_nobody {
        return Err(with_remark);
    }
    let collective = COLLECTIVE.is_match(span.plain);
    let likely = collective || ends_like_unit(span.plain);
    Ok(Name { text: one_line(span), collective, leads, likely, with_remark })
}

/// Whether a line in simplified characters holds nothing but names of units.
pub fn is_list(line: &str) -> bool {
    const LONGEST: usize = 60;
    let short = line.chars().nth(LONGEST).is_none() && !line.contains(['。', '：', ':', '；', '（']);
    let names = if short { names(Span { printed: line, plain: line }) } else { Vec::new() };
    !names.is_empty() && names.iter().all(|name| name.likely)
}

/// Whether a text in simplified characters ends like the name of a unit.
pub fn ends_like_unit(name: &str) -> bool {
    let name = name.trim().trim_end_matches(['）', ')']).trim_end();
    let ends_with = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let has_ending =
        name.chars().next_back().is_some_and(|last| LAST_CHARACTERS.chars().any(|character| character == last))
            || ends_with(&ENDINGS);
    has_ending && name.chars().nth(1).is_some() && !ends_with(&NO_UNITS)
}

#[cfg(test)]
mod tests {
    use super::{Name, names};
    use crate::plan::script::Span;

    fn read(list: &str) -> Vec<Name> {
        names(Span { printed: list, plain: list })
    }

    fn texts(list: &str) -> Vec<String> {
        read(list).into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn conjunctions_within_a_name_stay() {
        let lists = [
            ("省自然资源和规划局、省文化和旅游厅", vec!["省自然资源和规划局", "省文化和旅游厅"]),
            ("青山、青川县人民政府、市档案局", vec!["青山县人民政府", "青川县人民政府", "市档案局"]),
            ("市档案局和各区人民政府", vec!["市档案局", "各区人民政府"]),
            ("市委编办及市直相关单位", vec!["市委编办", "市直相关单位"]),
            ("各有关部门和单位", vec!["各有关部门和单位"]),
            ("县委社会和法治办", vec!["县委社会和法治办"]),
            ("和平区政府、市人社局和和平分局", vec!["和平区政府", "市人社局", "和平分局"]),
            ("国网和安供电公司", vec!["国网和安供电公司"]),
            ("县档案局\n县财政局\n县自然资\n源局", vec!["县档案局", "县财政局", "县自然资源局"]),
            ("县档案局 县财政局　县 医 院", vec!["县档案局", "县财政局", "县 医 院"]),
        ];
        for (list, expected) in lists {
            assert_eq!(texts(list), expected, "{list}");
        }
    }

    #[test]
    fn places_under_one_各() {
        let lists = [
            ("市档案局，各市、州、县人民政府", vec!["市档案局", "各市、州、县人民政府"]),
            ("各县（市、区）人民政府、市直各部门", vec!["各县（市、区）人民政府", "市直各部门"]),
            ("各乡镇（街道、场）、县直有关部门", vec!["各乡镇（街道、场）", "县直有关部门"]),
            ("各市人民政府、省直各部门", vec!["各市人民政府", "省直各部门"]),
            ("市、县（市、区）人民政府和各管委会", vec!["市、县（市、区）人民政府", "各管委会"]),
            ("有关市、州人民政府", vec!["有关市、州人民政府"]),
            ("市广电局及各市（州）党委、政府", vec!["市广电局", "各市（州）党委、政府"]),
            ("各市（州）党委、政府", vec!["各市（州）党委、政府"]),
            ("市档案局/省教育、卫生健康等行业主管部门", vec!["市档案局", "省教育、卫生健康等行业主管部门"]),
        ];
        for (list, expected) in lists {
            assert_eq!(texts(list), expected, "{list}");
            assert!(
                read(list)
                    .iter()
                    .filter(|name| name.text != "市档案局")
                    .all(|name| name.collective || name.text == "市广电局")
            );
        }
    }

    #[test]
    fn open_lists() {
        assert_eq!(texts("县档案局、县财政局等有关部门"), ["县档案局", "县财政局", "有关部门"]);
        assert_eq!(texts("县档案局、县财政局等6个单位"), ["县档案局", "县财政局"]);
        assert_eq!(texts("县高等法院、县中等学校"), ["县高等法院", "县中等学校"]);
    }

    #[test]
    fn remarks() {
        let names = read("张三　县城管局、县住建局 李四");
        let texts: Vec<_> = names.iter().map(|name| (name.text.as_str(), name.with_remark.as_deref())).collect();
        assert_eq!(texts, [("县城管局", Some("张三　县城管局")), ("县住建局", Some("县住建局 李四"))]);
        let names = read("县商会（县工商联）、县法院（列席）、县财政局（牵头）、—");
        let texts: Vec<_> = names.iter().map(|name| (name.text.as_str(), name.leads)).collect();
        assert_eq!(texts, [("县商会（县工商联）", false), ("县法院", false), ("县财政局", true)]);
    }
}
