//! 责任单位：… 完成时限：…: the labels, and heads of columns, that announce units and dates.

use std::sync::LazyLock;

use regex::Regex;

use super::script::Span;
use super::{script, units};
use crate::schedule::deadline;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Lead,
    /// 主办: leads where others help, and answers alone where nobody does.
    Host,
    Responsible,
    Supporting,
    Deadline,
    /// Persons and remarks, which are nobody's duty.
    Other,
}

const LABELS: [(Label, &str); 6] = [
    (Label::Lead, "牵头单位 牵头部门 牵头科室 牵头责任单位 牵头责任部门 主责单位 主责部门 第一责任单位"),
    (Label::Host, "主办单位 主办部门"),
    (
        Label::Responsible,
        "责任单位 责任部门 责任科室 责任主体 负责单位 负责部门 承办单位 承办部门 落实单位 落实部门 实施单位 实施主体 完成单位 参与责任单位 成员单位 \
         责任分工",
    ),
    (
        Label::Supporting,
        "配合单位 配合部门 配合科室 协办单位 协办部门 协助单位 协同单位 参与单位 参与部门 参加单位 参加部门 会办单位",
    ),
    (
        Label::Deadline,
        "完成时限 完成时间 完成期限 完成节点 办结时限 办结时间 办理时限 工作时限 落实时限 整改时限 推进时限 责任时限 时限要求 时间要求 进度要求 \
         时间节点 时间安排 进度安排 计划完成时间 计划完成时限 拟完成时间 完成日期 截止时间 截止日期 办结日期 时间进度 时限",
    ),
    (
        Label::Other,
        "牵头市领导 牵头区领导 牵头县领导 包抓领导 督导单位 督办单位 监督单位 责任领导 分管领导 牵头领导 责任人 负责人 联系人 联络员 联系电话",
    ),
];

/// Shorter words that announce where a clause begins with them and a colon follows.
const SHORT_LABELS: [(&str, Label); 14] = [
    ("牵头", Label::Lead),
    ("主办", Label::Host),
    ("主责", Label::Lead),
    ("承办", Label::Responsible),
    ("落实", Label::Responsible),
    ("协助", Label::Supporting),
    ("会办", Label::Supporting),
    ("责任", Label::Responsible),
    ("配合", Label::Supporting),
    ("协办", Label::Supporting),
    ("协同", Label::Supporting),
    ("期限", Label::Deadline),
    ("时限", Label::Deadline),
    ("时间", Label::Deadline),
];

/// Heads of columns that running text uses for other things.
const RESPONSIBLE_COLUMNS: [&str; 3] = ["职责分工", "任务分工", "分工"];

/// What units are called in labels.
const KINDS: &str = "单位|部门|处室|科室|股室|部室|组室|院系|院部|主体|机构|站办所|站办|办所|办站|站所|线办|村居|班组|车间|支部|学院|网格";
/// What dates are called in labels.
const TIMES: &str = "时限|期限|时间|日期|节点|限期";

/// Names that are no list's entry but made of known parts: 整改期限, 协作单位, 预计完成时间.
static DATES: LazyLock<Regex> = LazyLock::new(|| {
    let about = "计划|预计|预期|拟|应|要求|规定|目标|整改|完成|办结|办理|工作|任务|落实|推进|责任|销号|答复|反馈|上报|报送|验收|建成|竣工|实施|达标|整治|化解|里程碑|大会|活动|会议|召开|举办|举行|培训|演练|行动|关键|重要|阶段性?|最后|最迟|截止|见效";
    Regex::new(&format!("^(?:{about})*(?:{TIMES})(?:要求|安排)?$|^(?:计划|预计|预期|拟|应|要求|规定)完成$"))
        .expect("a constant")
});
static UNITS: LazyLock<Regex> = LazyLock::new(|| {
    let which = "[省市州县区镇乡]级|[乡镇村]|[省市州县区]直|主要|主体|整改|具体|第一|直接|共同|任务|工作|相关";
    let lead = "牵头|主责";
    let support = "配合|协作|协办|协同|协助|参与|参加|会办|支持|辅助";
    let other = "督办|督导|监督|监管|验收|考核|审核|填报|申报|提出|交办|来文|销号";
    let answer = "责任|负责|承办|落实|实施|执行|主管|完成|建设|承接|经办|整改|治理";
    let kind = KINDS;
    let persons = "(?:(?:牵头|责任|分管|包保|包联)?(?:领导|人|责任人)(?:及|和|、|/))?";
    Regex::new(&format!(
        "^{persons}(?:{which})*(?:(?P<lead>{lead})|(?P<host>主办)|(?P<support>{support})|(?P<other>{other})|(?:{answer}))(?:{lead}|主办|{support}|{answer}|{other})*(?:{kind})(?:[及和与、/（(].*)?$\
         |^(?P<led>牵头|主办)?(?:责任|分管|包保)?(?:领导|责任人|负责人)(?:及|和|、|/)(?:{kind})$"
    ))
    .expect("a constant")
});
/// The names of labels, longer ones first, as some begin or end with others.
static NAMES: LazyLock<Vec<(&str, Label)>> = LazyLock::new(|| {
    let names = LABELS.iter().flat_map(|(label, names)| names.split(' ').map(|name| (name, *label)));
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
});

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    Regex::new(&format!("^[省市州县区]?[级直]?(?:主要|主体|整改|具体)?({})", names.join("|"))).expect("a constant")
});

impl Label {
    /// The label with this name.
    pub fn named(name: &str) -> Option<Label> {
        LABELS.iter().find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(label, _)| *label)
    }

    /// The label that a name's parts tell.
    pub fn of_parts(name: &str) -> Option<Label> {
        if DATES.is_match(name) {
            return Some(Label::Deadline);
        }
        let found = UNITS.captures(name)?;
        Some(match () {
            () if found.name("lead").or(found.name("led")).is_some() => Label::Lead,
            () if found.name("host").is_some() => Label::Host,
            () if found.name("support").is_some() => Label::Supporting,
            () if found.name("other").is_some() => Label::Other,
            () => Label::Responsible,
        })
    }

    /// The label that the head of a column begins with.
    pub fn of_column(head: &str) -> Option<Label> {
        let head = script::simplify(head);
        if RESPONSIBLE_COLUMNS.contains(&head.as_str()) {
            return Some(Label::Responsible);
        }
        if let Some(short) = SHORT_LABELS.iter().find(|(short, _)| *short == head) {
            return Some(short.1);
        }
        let named = || HEAD.captures(&head).and_then(|found| Label::named(found.get(1)?.as_str()));
        Label::of_parts(&head).or_else(named)
    }
}

/// A label in a text; `start..end` is where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub start: usize,
    pub end: usize,
    pub label: Label,
}

/// The labels of a text in simplified characters. Without a colon one counts at the beginning of a clause, where a unit
/// or a date follows: 责任单位为县档案局.
pub fn announcements(text: &str) -> impl Iterator<Item = Announcement> {
    let mut found: Vec<Announcement> = Vec::new();
    let mut free_from = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, ':' | '：' | '为') || sign.is_whitespace())
    {
        if at < free_from {
            continue;
        }
        let label = if matches!(sign, ':' | '：') {
            let end = at + sign.len_utf8();
            let known = known(text, at, end);
            let is_whole = known.is_some_and(|known| begins_clause(text, known.start));
            let of_parts = if is_whole { None } else { of_parts(text, at, end) };
            known.into_iter().chain(of_parts).min_by_key(|found| found.start).or_else(|| short(text, at, end))
        } else {
            known_before_gap(text, at)
        };
        free_from = label.map_or(free_from, |label| label.end);
        found.extend(label);
    }
    found.into_iter()
}

fn begins_clause(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(' ').is_empty() || text[..at].ends_with(CLAUSE_ENDS)
}

/// The label with a name of its own that stands before `at`. An administrative level may stand before it (市级牵头单位).
fn known(text: &str, at: usize, end: usize) -> Option<Announcement> {
    let before = text[..at].trim_end();
    let (bare, label) = NAMES.iter().find_map(|(name, label)| Some((before.strip_suffix(name)?, *label)))?;
    let emphasis = ["主要", "主体", "整改", "具体"].iter().find_map(|word| bare.strip_suffix(word));
    let bare = emphasis.unwrap_or(bare);
    let bare = bare.strip_suffix(['级', '直']).unwrap_or(bare);
    let bare = bare.strip_suffix(['省', '市', '州', '县', '区']).unwrap_or(bare);
    Some(Announcement { start: bare.len(), end, label })
}

/// Such a label before the 为 or the white space that stands for its colon.
fn known_before_gap(text: &str, at: usize) -> Option<Announcement> {
    const WIDEST: usize = 8;
    let white = text[at..].chars().take(WIDEST).take_while(|character| character.is_whitespace());
    let gap = if text[at..].starts_with('为') { '为'.len_utf8() } else { white.map(char::len_utf8).sum() };
    // A colon after the gap is the label's own.
    let end = at + gap;
    let counts = |found: &Announcement| {
        let colon_follows = text[at..].trim_start().starts_with([':', '：']);
        !colon_follows && begins_clause(text, found.start) && announces(found.label, &text[end..])
    };
    known(text, at, end).filter(|_| !text[..at].ends_with(char::is_whitespace)).filter(counts)
}

/// A short label at the beginning of a clause.
fn short(text: &str, at: usize, end: usize) -> Option<Announcement> {
    let before = text[..at].trim_end();
    let (bare, label) = SHORT_LABELS.iter().find_map(|(name, label)| Some((before.strip_suffix(name)?, *label)))?;
    begins_clause(text, bare.len()).then_some(Announcement { start: bare.len(), end, label })
}

/// A label that is made of known parts, at the beginning of a clause.
fn of_parts(text: &str, at: usize, end: usize) -> Option<Announcement> {
    const LONGEST: usize = 12;
    let before = text[..at].trim_end();
    if !KINDS.split('|').chain(TIMES.split('|')).any(|kind| before.ends_with(kind)) {
        return None;
    }
    let is_han = |character: &char| matches!(character, '\u{3400}'..='\u{9fff}');
    let length: usize = before.chars().rev().take(LONGEST + 1).take_while(is_han).map(char::len_utf8).sum();
    let start = before.len() - length;
    let name = &before[start..];
    let label = Label::of_parts(name).filter(|_| name.chars().nth(LONGEST).is_none())?;
    begins_clause(text, start).then_some(Announcement { start, end, label })
}

const CLAUSE_ENDS: [char; 13] = ['，', ',', '。', '；', ';', '\n', ' ', '\u{3000}', '）', ')', '（', '(', '—'];

/// Whether a text begins with what a label announces.
fn announces(label: Label, text: &str) -> bool {
    const LONGEST: usize = 40;
    let beginning = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let first = beginning.split(['、', '，', ',', '。', '；', ';', ' ', '\n']).next().unwrap_or_default();
    match label {
        Label::Deadline => deadline::is_deadline(first),
        Label::Other => false,
        _ => units::ends_like_unit(first) && Label::named(first).is_none(),
    }
}

/// A list without the head of what follows it: 各乡镇⏎工作任务：.
pub fn without_next_head(list: Span) -> Span {
    const LONGEST: usize = 8;
    let bare = list.trim("");
    let last = bare.plain.rfind('\n').filter(|at| {
        let line = bare.plain[*at..].trim();
        line.ends_with(['：', ':']) && line.chars().nth(LONGEST).is_none()
    });
    last.map_or(list, |at| bare.slice(0..at))
}

#[cfg(test)]
mod tests {
    use super::{Label, announcements};

    #[test]
    fn names() {
        assert_eq!(Label::of_column("牵头单位及责任人"), Some(Label::Lead));
        assert_eq!(Label::of_column("市级責任單位"), Some(Label::Responsible));
        assert_eq!(Label::of_column("工作任务"), None);
    }

    #[test]
    fn announced() {
        let labels = |text| announcements(text).map(|found| found.label).collect::<Vec<_>>();
        assert_eq!(labels("牵头责任单位：甲；时限:乙"), [Label::Lead, Label::Deadline]);
        assert_eq!(
            labels("责任单位为县档案局，配合单位  县财政局，时限 6月底前"),
            [Label::Responsible, Label::Supporting, Label::Deadline]
        );
        assert_eq!(labels("各责任单位为主体，牵头单位 责任单位，确定时限为重点"), []);
    }
}
