//! 交办: sentences that say in running text who is charged: 由甲局牵头，会同乙局…, 请丙局于…前…, 丁局要….

use std::sync::LazyLock;

use regex::Regex;

use super::clause::{Clauses, VERB};
use super::label::Label;
use super::script::Span;
use super::units::Name;
use super::{clause, label, units};

/// What the sentences of a body charge units with, in order. After the first sentence, or the one that says what all is
/// about, only those count that say who is charged, or that go on after such a one.
pub fn in_sentences(body: Span) -> Vec<Clauses> {
    let mut found: Vec<Clauses> = Vec::new();
    let mut may_begin = true;
    let mut after_headline = false;
    for sentence in sentences(body) {
        let charged = CHARGES.find(sentence.plain).map(|charges| charges.start());
        let from = if may_begin { charged.or(Some(0)) } else { charged };
        let clauses = from.and_then(|from| charged_units(sentence.slice(from..sentence.plain.len())));
        // 图书馆空调更换，资产处于7月5日前完成招标，后勤处配合施工
        let clauses = clauses.or_else(|| does_parts(sentence).filter(|_| may_begin));
        let clauses = clauses.or_else(|| charged_within(sentence).filter(|_| may_begin || after_headline));
        let clauses = clauses.or_else(|| leading_clauses(sentence).filter(|_| after_headline));
        after_headline = may_begin && found.is_empty() && HEADLINE.is_match(sentence.plain);
        // 请各单位于8月16日前反馈名单 after the task itself is asked of all, whatever the task.
        let opens = may_begin && found.is_empty();
        found.extend(clauses.filter(|clauses| opens || clauses.name_single_units()));
        may_begin = !found.is_empty() || (may_begin && TOPIC.is_match(sentence.plain));
    }
    found
}

/// 加强雨情监测: a few words that the next sentence says more of.
static HEADLINE: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[^，：]{4,24}$").expect("a constant"));

/// 评价办法由区工信局根据意见修改: a clause that charges a unit with what it begins with.
fn charged_within(sentence: Span) -> Option<Clauses> {
    static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^，：由]{2,24}[^，：由理自经缘事]由(?P<unit>[^，于来此])").expect("a constant")
    });
    static BECOMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[^，]{2,24}(?:升级|组成|构成|转[为变]|变[为更]|改为|调整为|[增提降减])").expect("a constant")
    });
    let from = WITHIN.captures(sentence.plain)?.name("unit")?.start();
    let charged = sentence.slice(from - '由'.len_utf8()..sentence.plain.len());
    let clauses = named_at_beginning(charged).filter(|_| !BECOMES.is_match(charged.plain))?;
    clauses.name_single_units().then_some(clauses)
}

/// The collective that a task asks, where it names nobody else: 各企业每月5日前报送, 对疑点，各有关单位应在5日内反馈.
pub fn of_many(body: Span) -> Option<Clauses> {
    static MANY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:^|[，：])请?(?:[省市州县区镇乡][直属]?)?(?:各|有关|相关|全体)").expect("a constant")
    });
    sentences(body).into_iter().find_map(|sentence| {
        let from = MANY.find(sentence.plain)?.start();
        let clauses = named_at_beginning(sentence.slice(from..sentence.plain.len()).trim("，；："))?;
        let is_whole = |name: &Name| units::ends_like_unit(&name.text) || name.text.ends_with(['地', '村', '班']);
        clauses.names.iter().all(|(name, _)| name.collective && is_whole(name)).then_some(clauses)
    })
}

/// The sentences of a text, without the blanks before them and what announces them: 决定：县财政局6月底前拨付.
fn sentences(body: Span) -> Vec<Span> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:会议)?(?:决定|议定|明确|要求|同意|意见|办理意见|工作措施|整改措施|具体措施|措施)[：:]")
            .expect("a constant")
    });
    let announced = |sentence: &Span| ANNOUNCED.find(sentence.plain).map_or(0, |announced| announced.end());
    body.split("。；\n")
        .into_iter()
        .map(|sentence| sentence.trim(""))
        .map(|sentence| sentence.slice(announced(&sentence)..sentence.plain.len()))
        .filter(|sentence| !sentence.plain.is_empty())
        .collect()
}

/// A sentence that begins with who does what and goes on with the work itself: 甲局牵头，会同乙局、丙局修缮库房。 The text keeps
/// such words.
fn leading_clauses(body: Span) -> Option<Clauses> {
    const LONGEST: usize = 100;
    let mut clauses = body.split("，,").into_iter();
    let first = clauses.next().filter(|first| first.plain.chars().nth(LONGEST).is_none())?;
    let verb = VERB.captures_iter(first.plain).find(|verb| verb.name("word").is_none())?.get(0)?;
    // 泵站扩容工程由市城投集团负责实施
    let from = first.plain[..verb.start()].rfind('由').map_or(0, |by| by + '由'.len_utf8());
    let named = Clauses::of(first.slice(from..verb.end()));
    let begins = verb.start() > 0 && !first.plain[..verb.start()].contains(['：', ':']);
    if !begins || !named.names.iter().all(|(name, _)| is_unit(name)) || !named.name_single_units() {
        return None;
    }
    let mut all = named;
    // 甲局牵头、乙局配合 lists what each does.
    let listed = first.plain[verb.end()..].starts_with('、');
    let rest = match () {
        () if listed => verb.end() + '、'.len_utf8(),
        // 甲局会同乙局核查身份
        () if verb.as_str().ends_with("会同") => verb.end() - "会同".len(),
        () => first.plain.len(),
    };
    all.take_helpers(body.slice(rest..body.plain.len()));
    Some(all)
}

impl Clauses {
    fn name_single_units(&self) -> bool {
        self.names.iter().any(|(name, _)| !name.collective)
    }

    /// Adds the units of further clauses that say nothing but who helps: 会同乙局, 丙局，丁局配合.
    fn take_helpers(&mut self, clauses: Span) {
        let mut listed_from = None;
        let mut at = 0;
        for clause in clauses.split("，,") {
            let start = at;
            // The comma after it is one byte or three.
            let end = start + clause.plain.len();
            at = end + clauses.plain[end..].chars().next().map_or(0, char::len_utf8);
            let words = clause.trim("");
            let acts = clause::ends_with_verb(words.plain);
            // 责任单位为乙局
            let label = label::announcements(words.plain).next().filter(|found| found.start == 0);
            if label.is_some_and(|found| !matches!(found.label, Label::Deadline | Label::Other)) {
                let announced = Clauses::of(words).names;
                self.names.extend(announced.into_iter().filter(|(name, _)| is_unit(name)));
                continue;
            }
            if !acts && units::is_list(words.plain) && !words.plain.starts_with("会同") {
                listed_from.get_or_insert(start);
                continue;
            }
            let from = listed_from.take().unwrap_or(start);
            let mut others = match words.plain.strip_prefix("会同").and_then(|list| WITH.find(list)) {
                Some(_) if units::is_list(words.plain) => Clauses::of(words),
                Some(with) => Clauses::of(words.slice(0.."会同".len() + with.end())),
                None if acts => Clauses::of(clauses.slice(from..start + clause.plain.len())),
                None => does_own_part(words).unwrap_or_default(),
            };
            if let Some(last) = others.names.last().map(|(_, role)| *role) {
                others.names.iter_mut().for_each(|(_, role)| *role = last);
            }
            if others.names.iter().all(|(name, _)| is_unit(name)) {
                self.names.extend(others.names);
            }
        }
    }
}

/// The units of a sentence whose clauses say, each of its own, what they do.
fn does_parts(sentence: Span) -> Option<Clauses> {
    let parts = sentence.split("，,").into_iter().filter_map(|clause| does_own_part(clause.trim("")));
    parts.reduce(|mut all, part| {
        all.names.extend(part.names);
        all
    })
}

/// A further clause that begins with units and what they do of the task: 学生处负责腾房, 后勤处配合施工, 资产处于7月5日前招标.
fn does_own_part(clause: Span) -> Option<Clauses> {
    const LONGEST: usize = 30;
    static DOES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("^(?:(?P<lead>牵头)|(?P<support>配合|协助|支持|参与|协同)|负责|做好|(?P<soon>{SOON}))"))
            .expect("a constant")
    });
    let ends = clause.plain.char_indices().skip(2).take(LONGEST).map(|(at, _)| at);
    ends.filter_map(|at| Some((at, DOES.captures(&clause.plain[at..])?))).find_map(|(at, does)| {
        let mut named = Clauses::of(clause.slice(0..at));
        let office = does.name("soon").is_none() || may_be_soon(&clause.plain[..at]);
        let role = match () {
            () if does.name("lead").is_some() => Label::Lead,
            () if does.name("support").is_some() => Label::Supporting,
            () => Label::Responsible,
        };
        named.names.iter_mut().for_each(|(_, given)| *given = role);
        // 沿线3所学校
        let is_one = |name: &Name| is_unit(name) && !name.text.contains(|digit: char| digit.is_ascii_digit());
        let units = office && named.name_single_units() && named.names.iter().all(|(name, _)| is_one(name));
        units.then_some(named)
    })
}

/// Whether running text may name it: 聚焦贯彻落实…和省 begins with what is done.
fn is_unit(name: &Name) -> bool {
    const ACTIONS: [&str; 19] = [
        "聚焦", "贯彻", "加强", "推进", "落实", "深化", "完善", "做好", "坚持", "强化", "健全", "提升", "推动", "全面",
        "开展", "组织", "督促", "指导", "协调",
    ];
    let acts = ACTIONS.iter().any(|action| name.text.starts_with(action));
    // 全市, 我县: everybody there, and no unit.
    let place = name.text.starts_with(['全', '我', '本']) && name.text.chars().nth(2).is_none();
    let whole = name.text.matches(['（', '(']).count() == name.text.matches(['）', ')']).count();
    name.likely && !acts && !place && whole && !name.text.contains(['：', ':', '的'])
}

/// 由甲局…, 请乙局…: where a sentence, or one of its clauses, charges somebody.
static CHARGES: LazyLock<Regex> = LazyLock::new(|| Regex::new("^(?:由|请)|[，；](?:并)?[由请]").expect("a constant"));

/// 关于管网清淤: what the sentence after it is about.
static TOPIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:关于|[^，。；：]{2,20}(?:问题|方面|工作)$)[^，。；：]{0,30}$").expect("a constant")
});

/// 县住建局对此项工作负总责: it leads.
const OVERALL: &str = "对[^，。；、]{1,20}负(?:总责|全责)";

static LEADS: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{OVERALL}")).expect("a constant"));

/// 县财政局于6月10日前安排, 县财政局尽快安排: as 老城区年内开工 says it of what is no unit, only the names of offices count.
const SOON: &str = "(?:于|在)?(?:[0-9一二三四五六七八九十][0-9年月日号上中下旬周个一二三四五六七八九十]{0,10}(?:工作日)?|本?[年月周]|[下次]个?月[0-9]{0,2}[日号]?)[之以]?[前内底]|抓紧|尽快|加快";

static IS_SOON: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^(?:{SOON})")).expect("a constant"));

/// Whether words that 6月底前 follows end with the name of an office, or of a collective.
fn may_be_soon(names: &str) -> bool {
    static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[局厅委办部处科股队会联乡镇]|公司|中心|政府|集团|学院|大学|医院|银行|街道|^各\p{Han}{1,8})$")
            .expect("a constant")
    });
    OFFICE.is_match(names)
}

/// What follows a unit that is to do something: 甲局要抓紧编制…; after 请 more words may.
static MUST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        "^(?:要|应|须|应当|必须|需|负责|具体负责|按照?(?:各自)?职责|每(?:[日天周旬月季]|半月)|{OVERALL}|{SOON}\
         |[：:](?:负责|牵头|做好|组织|承担|协助|参与|按))[^、]"
    ))
    .expect("a constant")
});
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^(?:要|应|须|立即|马上|牵头|主动|着手|务必|于|在|为|对|就|将|把|按|根据|结合|抓紧|尽快|做好|切实|认真|积极|及时|进一步|加强|加快|督促|指导|协助|组织|提供|安排|完成\
         |制定|研究|报送|提出|明确|落实|开展|负责|配合|参照|严格|统筹|继续|会同|分别|共同|自|从|，)",
    )
    .expect("a constant")
});

/// Whether the name of an office ends here, whatever it is asked to do: 请白塔县人民政府总结….
fn is_office(text: &str, at: usize) -> bool {
    static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:人民政府|管委会|委员会|局|厅|公司|集团|中心|办公室|办事处|大队|支队|医院|学校|大学|学院|银行)$")
            .expect("a constant")
    });
    let goes_on =
        ["、", "和", "及", "与", "（", "(", "，", "有限", "办"].iter().any(|word| text[at..].starts_with(word));
    !goes_on && OFFICE.is_match(&text[..at])
}

/// Units at the beginning of a sentence that says what they are to do.
fn charged_units(sentence: Span) -> Option<Clauses> {
    let sentence = sentence.trim("，；");
    if let Some(clauses) = leading_clauses(sentence) {
        return Some(clauses);
    }
    let asked = sentence.plain.starts_with(['请', '由']);
    named_at_beginning(sentence).filter(|clauses| asked || clauses.name_single_units())
}

/// The names before what a sentence asks of them.
fn named_at_beginning(sentence: Span) -> Option<Clauses> {
    const LONGEST: usize = 80;
    let asked = sentence.plain.starts_with(['请', '由']);
    let bare = sentence.without_prefix("请").without_prefix("由");
    let goes_on = if asked { &*ASKED } else { &*MUST };
    // 市应急局 is no 市 that 应, and 各企业主要负责人 are persons.
    let may_end =
        |at: &usize| !bare.plain[*at..].starts_with("应急") && !bare.plain[..*at].ends_with(['主', '重', '需']);
    let ends = bare.plain.char_indices().skip(2).take(LONGEST).map(|(at, _)| at).filter(may_end);
    let names_units = |at: &usize| {
        let names = Clauses::of(bare.slice(0..*at)).names;
        !names.is_empty() && names.iter().all(|(name, _)| is_unit(name))
    };
    let charges = |at: &usize| {
        let (names, rest) = bare.plain.split_at(*at);
        goes_on.is_match(rest) && (asked || !IS_SOON.is_match(rest) || may_be_soon(names))
    };
    let end = ends.clone().filter(charges).find(names_units);
    let end = end.or_else(|| ends.filter(|at| asked && is_office(bare.plain, *at)).find(names_units))?;
    let mut clauses = Clauses::of(bare.slice(0..end));
    clauses.split_by_duty(&bare.plain[end..]);
    if LEADS.is_match(&bare.plain[end..]) {
        clauses.names.iter_mut().for_each(|(_, role)| *role = Label::Lead);
    }
    clauses.take_helpers(bare.slice(end..bare.plain.len()));
    Some(clauses)
}

/// The units that 会同 begins with, up to the last that ends as most units do.
static WITH: LazyLock<Regex> = LazyLock::new(|| {
    let unit = "[^、，]{2,14}(?:局|厅|委|办|部|院|会|社|科|股|政府|中心|公司|部门|单位|[支大中]队|街道|大学|银行)";
    Regex::new(&format!("^{unit}(?:、{unit})*")).expect("a constant")
});

#[cfg(test)]
mod tests {
    use super::{in_sentences, of_many};
    use crate::plan::label::Label;
    use crate::plan::script::Span;

    fn charged(body: &str) -> Vec<(String, Label)> {
        let found = in_sentences(Span { printed: body, plain: body });
        found.into_iter().flat_map(|clauses| clauses.names).map(|(name, role)| (name.text, role)).collect()
    }

    #[test]
    fn who_is_charged() {
        use Label::{Lead, Responsible, Supporting};
        let cases: [(&str, &[(&str, Label)]); 20] = [
            (
                "加强监测。县水务站、县气象站负责，每日8时前报送。",
                &[("县水务站", Responsible), ("县气象站", Responsible)],
            ),
            ("评价办法由县工信局根据意见修改，5月10日前印发。", &[("县工信局", Responsible)]),
            (
                "积案化解由县信访局牵头，责任单位为县城管局、县住建局，6月15日前办结。",
                &[("县信访局", Lead), ("县城管局", Responsible), ("县住建局", Responsible)],
            ),
            ("请县档案局于6月底前修缮库房。", &[("县档案局", Responsible)]),
            ("请青山县人民政府总结经验。", &[("青山县人民政府", Responsible)]),
            ("关于库房。县档案局要抓紧修缮，县财政局配合。", &[("县档案局", Responsible), ("县财政局", Supporting)]),
            ("原则同意方案，由县档案局根据意见修改。", &[("县档案局", Responsible)]),
            (
                "由县档案局牵头，县财政局、县住建局，各乡镇配合，年底前完成。",
                &[("县档案局", Lead), ("县财政局", Supporting), ("县住建局", Supporting), ("各乡镇", Supporting)],
            ),
            (
                "由县档案局牵头,县财政局,各乡镇配合, 年底前完成。",
                &[("县档案局", Lead), ("县财政局", Supporting), ("各乡镇", Supporting)],
            ),
            ("县档案局：负责修缮库房。", &[("县档案局", Responsible)]),
            ("县档案局对修缮负总责，6月底前完成。", &[("县档案局", Lead)]),
            ("决定：县档案局、县财政局6月28日前兑付到位。", &[("县档案局", Responsible), ("县财政局", Responsible)]),
            (
                "由县档案局会同县公安局治安大队、县消防大队检查库房。",
                &[("县档案局", Lead), ("县公安局治安大队", Responsible), ("县消防大队", Responsible)],
            ),
            ("汛期（5月1日至9月30日）市应急局、市气象局建立会商机制。", &[]),
            ("全县要高度重视。", &[]),
            ("老城区12个小区6月底前开工。", &[]),
            (
                "空调更换，资产处于7月5日前完成招标，后勤处配合施工，督促沿线3所学校做好供水。",
                &[("资产处", Responsible), ("后勤处", Supporting)],
            ),
            (
                "三号楼由后勤处牵头，学生处负责腾房，基建处配合施工，资产处于7月5日前完成招标。",
                &[("后勤处", Lead), ("学生处", Responsible), ("基建处", Supporting), ("资产处", Responsible)],
            ),
            ("聚焦贯彻落实省委决策部署方面。", &[]),
            ("修缮库房，做好通风。各单位要高度重视。", &[]),
        ];
        for (body, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect();
            assert_eq!(charged(body), expected, "{body}");
        }
    }

    #[test]
    fn collectives_that_are_asked() {
        let asked = |body: &str| {
            let clauses = of_many(Span { printed: body, plain: body });
            clauses.into_iter().flat_map(|clauses| clauses.names).map(|(name, _)| name.text).collect::<Vec<_>>()
        };
        assert_eq!(asked("信息报送。请各县教育局于9月20日17:00前报送总结。"), ["各县教育局"]);
        assert_eq!(asked("对疑点，各有关单位应在5个工作日内反馈。"), ["各有关单位"]);
        assert_eq!(asked("各企业每月5日前报送进展。"), ["各企业"]);
        assert!(asked("安全由各企业主要负责人负总责。").is_empty() && asked("各单位联络员应每周报送。").is_empty());
    }
}
