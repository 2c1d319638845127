//! 责任条款: clauses such as （甲局牵头，乙局配合） or 责任单位：甲局, told apart from the text that they belong to.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::plan::clause::{Clauses, Deadline, FIRST_LEADS, NO_ORDER, VERB};
use crate::plan::duty::Duties;
use crate::plan::label::Label;
use crate::plan::script::Span;
use crate::plan::{charge, clause, label, persons, script, units};
use crate::schedule::deadline;

/// What a text says about whether the first unit of a list leads.
pub fn declared_leads(text: &str) -> Option<FirstLeads> {
    let plain = script::simplify(text);
    match FIRST_LEADS.find(&plain) {
        None => NO_ORDER.is_match(&plain).then_some(FirstLeads::NoMore),
        Some(found) if plain[found.end()..].contains("下同") => Some(FirstLeads::FromHere),
        Some(found) if plain[..found.start()].contains("以下") => Some(FirstLeads::FromHere),
        Some(_) => Some(FirstLeads::Here),
    }
}

/// 注明按职责分工的除外: the first does not lead where each does its own part.
pub fn excepts_by_duty(text: &str) -> bool {
    static EXCEPTS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("按照?(?:各自)?职责[^。；]{0,8}除外").expect("a constant"));
    EXCEPTS.is_match(&script::simplify(text))
}

impl FirstLeads {
    pub fn and_below(self) -> FirstLeads {
        if self == FirstLeads::Here { FirstLeads::FromHere } else { self }
    }
}

/// A task's own words, apart from who answers for it and by when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub text: String,
    pub duties: Duties,
    pub deadlines: Vec<Deadline>,
    /// The responsibility says that the first unit leads.
    pub first_leads: Option<FirstLeads>,
    /// What the responsibility says of other tasks, which this one does not settle: 以下均需各地区落实.
    pub said_of_others: Option<String>,
    /// What else the responsibility says, as printed: 责任领导：张某, 验收单位：县财政局, 县法院（列席）.
    pub others: Vec<String>,
    /// Nothing but a sentence names the units: no brackets, label or column.
    pub in_prose: bool,
}

/// How far 排在第一位的为牵头单位 goes, and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLeads {
    Here,
    /// 下同
    FromHere,
    /// 排名不分先后
    NoMore,
    /// 无牵头单位
    NotHere,
}

/// Reads a task: its body as printed, and the columns of units and dates where it is a row of a table.
pub fn read(body: &str, fields: &[(Label, String)]) -> Reading {
    let mut reading = Reading::default();
    let (mut texts, mut said) = (Vec::new(), Vec::new());
    for paragraph in body.split('\n') {
        let plain = script::simplify(paragraph);
        let span = Span { printed: paragraph, plain: &plain };
        let mut text = String::new();
        let mut at = 0;
        let cuts = responsibilities(span);
        reading.in_prose |= cuts.iter().any(|cut| cut.in_prose);
        for cut in cuts {
            text.push_str(&paragraph[at..cut.whole.start]);
            at = cut.whole.end;
            said.push(cut.clauses.unwrap_or_else(|| Clauses::of(span.slice(cut.whole))));
        }
        text.push_str(&paragraph[at..]);
        texts.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    }
    // （县档案局，6月底前）…（县财政局，9月底前）: each date is for the units beside it.
    let dated = said.iter().filter(|clauses| clauses.dates_its_units()).count();
    for mut clauses in said {
        if dated > 1 && clauses.dates_its_units() {
            clauses.keep_dates_to_itself();
        }
        clauses.give_to(&mut reading);
    }
    for (label, value) in fields {
        let plain = script::simplify(value);
        Clauses::of_cell(*label, Span { printed: value, plain: &plain }).give_to(&mut reading);
    }
    if reading.duties.leads.is_empty() && reading.duties.responsible.is_empty() {
        reading.others.iter().filter_map(|other| persons::units(other)).for_each(|units| reading.duties.take(units));
    }
    if reading.duties.is_empty() {
        let plain = script::simplify(body);
        let charges = charge::in_sentences(Span { printed: body, plain: &plain });
        reading.in_prose |= !charges.is_empty();
        charges.into_iter().for_each(|clauses| clauses.give_to(&mut reading));
    }
    reading.duties.leave_first();
    reading.duties.leave_host_alone();
    reading.text = texts.join("\n");
    reading
}

/// Who answers for a task that names nobody else than all of a kind.
pub fn of_many(text: &str) -> Duties {
    let plain = script::simplify(text);
    let mut reading = Reading::default();
    charge::of_many(Span { printed: text, plain: &plain }).into_iter().for_each(|many| many.give_to(&mut reading));
    reading.duties
}

/// Whether a paragraph ends with a responsibility, so that nothing after it belongs to the task.
pub fn closes(paragraph: &str) -> bool {
    let plain = script::simplify(paragraph);
    let cuts = responsibilities(Span { printed: paragraph, plain: &plain });
    cuts.last().is_some_and(|cut| plain[cut.whole.end..].trim_matches(['。', '.', ' ', '；', ';']).is_empty())
}

/// What a paragraph says apart from its responsibility.
pub struct OwnWords {
    pub text: String,
    pub names_units: bool,
}

pub fn own_words(paragraph: &str) -> OwnWords {
    let reading = read(paragraph, &[]);
    OwnWords { text: reading.text, names_units: !reading.duties.is_empty() }
}

/// Whether a text begins with a label: （1）牵头单位：…, which is no task.
pub fn begins_with_label(text: &str) -> bool {
    let beginning = text.char_indices().nth(40).map_or(text, |(end, _)| &text[..end]);
    label::announcements(&script::simplify(beginning)).next().is_some_and(|first| first.start == 0)
}

/// Whether a line holds names of units and nothing else, no label either.
pub fn is_bare_list(line: &str) -> bool {
    let plain = script::simplify(line);
    units::is_list(&plain) && label::announcements(&plain).next().is_none()
}

/// Whether a line holds names of units, and at most how they share the work: （按职责分工负责）.
pub fn is_list_of_units(line: &str) -> bool {
    let bare = line.trim_end_matches(['）', ')']);
    let remark = (bare.len() < line.len()).then(|| bare.rfind(['（', '('])).flatten();
    let list = remark.filter(|at| VERB.is_match(&script::simplify(&bare[*at..]))).map_or(line, |at| &line[..at]);
    is_bare_list(list)
}

/// Whether a paragraph ends with the units that a label announces.
pub fn ends_with_list(paragraph: &str) -> bool {
    let plain = script::simplify(paragraph);
    let last = label::announcements(&plain).last();
    last.is_some_and(|last| !matches!(last.label, Label::Deadline | Label::Other) && units::is_list(&plain[last.end..]))
}

/// A responsibility within a paragraph, with the brackets or the stop around it.
struct Cut {
    whole: Range<usize>,
    /// What it says, where telling that it is one has shown it; else its words are the whole.
    clauses: Option<Clauses>,
    /// It is a sentence of its own, without brackets or label.
    in_prose: bool,
}

/// Where a paragraph says who is responsible: a label opens it, brackets hold it at the end of a sentence, or it is a
/// sentence of its own.
fn responsibilities(paragraph: Span) -> Vec<Cut> {
    let pairs = script::brackets(paragraph.plain);
    let mut cuts: Vec<Cut> = Vec::new();
    let label = label::announcements(paragraph.plain).find(|label| {
        let before = paragraph.plain[..label.start].trim_end_matches([' ', '\u{3000}', '—']);
        let sentence = before.rsplit(SENTENCE_ENDS).next().unwrap_or(before);
        // 维护广播，牵头单位：甲局
        let after_work = before.ends_with('，')
            && !matches!(label.label, Label::Deadline | Label::Other)
            && paragraph.plain[..label.end].ends_with(['：', ':'])
            && !VERB.is_match(sentence);
        let apart = before.is_empty() || before.len() < label.start || before.ends_with(SENTENCE_ENDS) || after_work;
        apart && !script::within(&pairs, label.start)
    });
    let labelled_from = label.map_or(paragraph.plain.len(), |label| label.start);
    for pair in pairs.into_iter().filter(|pair| pair.end <= labelled_from) {
        let before = paragraph.plain[..pair.start].trim_end();
        let after = paragraph.plain[pair.end..labelled_from].trim_start();
        let ends_sentence = before.is_empty()
            || before.ends_with(SENTENCE_ENDS)
            || after.is_empty()
            || after.starts_with(['。', '；', ';', '.']);
        let clauses = ends_sentence.then(|| Clauses::of(paragraph.slice(script::inside(paragraph.plain, &pair))));
        // 完成设计（基建科）。
        let of_unit = units::ends_like_unit(before) && !ENDS_IN_MEASURE.is_match(before);
        // （县档案局，5月底前）（县财政局，9月底前）
        let rest = after.trim_end_matches('。');
        let only_brackets = rest.starts_with(['（', '(']) && rest.ends_with(['）', ')']);
        let at_end = after.is_empty() || (after == "。" || only_brackets) && !of_unit;
        if let Some(clauses) = clauses.filter(|clauses| clauses.are_responsibility(at_end)) {
            cuts.push(Cut { whole: pair, clauses: Some(clauses), in_prose: false });
        }
    }
    if labelled_from < paragraph.plain.len() {
        cuts.push(Cut { whole: labelled_from..paragraph.plain.len(), clauses: None, in_prose: false });
    }
    if cuts.is_empty() {
        cuts.extend(closing_sentence(paragraph));
    }
    cuts
}

/// 新建幼儿园2所, which names no unit.
static ENDS_IN_MEASURE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9一二三四五六七八九十百千万亿][所处个家条座站场]$").expect("a constant"));

/// A last sentence that says nothing but who does what: 由甲局牵头，乙局配合。
fn closing_sentence(paragraph: Span) -> Option<Cut> {
    const LONGEST: usize = 600;
    let words = paragraph.plain.trim_end_matches(['。', ' ']);
    let start = words.rfind(['。', '；', '”']).map(|at| at + '。'.len_utf8())?;
    if words.len() - start > LONGEST {
        return None;
    }
    let sentence = paragraph.slice(start..words.len());
    let acts = |clause: &Span| clause::ends_with_verb(clause.plain);
    let dates = |clause: &Span| deadline::is_deadline(clause.plain.trim());
    let parts = sentence.split("，,；;");
    if !parts.iter().any(acts) || !parts.iter().all(|part| acts(part) || dates(part)) {
        return None;
    }
    let clauses = Clauses::of(sentence);
    let names = &clauses.names;
    let only_units = names.iter().all(|(name, _)| name.likely) && names.iter().any(|(name, _)| !name.collective);
    only_units.then_some(Cut { whole: start..paragraph.plain.len(), clauses: Some(clauses), in_prose: true })
}

const SENTENCE_ENDS: [char; 14] = ['。', '.', '；', ';', '！', '!', '？', '?', '”', '"', '）', ')', '…', '」'];

#[cfg(test)]
mod tests {
    use crate::office::plan::Mode;
    use crate::plan::responsibility::{FirstLeads, Reading, closes, declared_leads, read};

    fn named(reading: &Reading) -> Vec<&str> {
        reading.duties.responsible.iter().filter(|(_, many)| !many).map(|(name, _)| name.as_str()).collect()
    }

    #[track_caller]
    fn check(body: &str, leads: &[&str], responsible: &[&str], supporting: &[&str], collectives: &[&str], mode: Mode) {
        let reading = read(body, &[]);
        let found = (
            &reading.duties.leads[..],
            &named(&reading)[..],
            &reading.duties.supporting[..],
            &reading.duties.collectives[..],
        );
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        assert_eq!(found, (&owned(leads)[..], responsible, &owned(supporting)[..], &owned(collectives)[..]), "{body}");
        assert_eq!(reading.duties.mode(), mode, "{body}");
        assert_eq!(reading.text, "修缮库房。", "{body}");
    }

    #[test]
    fn brackets_with_verbs() {
        check(
            "修缮库房。（县档案局牵头，县财政局、各乡镇负责）",
            &["县档案局"],
            &["县财政局"],
            &[],
            &["各乡镇"],
            Mode::Lead,
        );
        check("修缮库房。(县档案局牵头，县财政局配合）", &["县档案局"], &[], &["县财政局"], &[], Mode::Lead);
        check("修缮库房。（县档案局会同县财政局负责）", &["县档案局"], &["县财政局"], &[], &[], Mode::Lead);
        check(
            "修缮库房。（县档案局、县财政局按职责分工负责）",
            &[],
            &["县档案局", "县财政局"],
            &[],
            &[],
            Mode::SplitByDuty,
        );
        check("修缮库房。〔县档案局、县财政局共同负责〕", &[], &["县档案局", "县财政局"], &[], &[], Mode::Joint);
        check("修缮库房。（由縣檔案局負責）", &[], &["縣檔案局"], &[], &[], Mode::Sole);
        check("修缮库房（县档案局负责）。", &[], &["县档案局"], &[], &[], Mode::Sole);
        check("修缮库房。（各乡镇牵头，县档案局配合）", &[], &[], &["县档案局"], &["各乡镇"], Mode::Lead);
    }

    #[test]
    fn labels() {
        let bracket = "修缮库房。【牵头单位：县档案局；责任单位：县财政局（牵头）、县城管局；配合单位：有关乡镇】";
        check(bracket, &["县档案局", "县财政局"], &["县城管局"], &[], &["有关乡镇"], Mode::Lead);
        let lines = "修缮库房。\n牵头单位：县档案局\n责任领导：张某\n责任单位:县财政局，各乡镇";
        check(lines, &["县档案局"], &["县财政局"], &[], &["各乡镇"], Mode::Lead);
        check("修缮库房。责任单位：县档案局 完成时限：5月底", &[], &["县档案局"], &[], &[], Mode::Sole);
    }

    #[test]
    fn without_verb_or_brackets() {
        check("修缮库房。（县档案局、县财政局）", &[], &["县档案局", "县财政局"], &[], &[], Mode::Joint);
        check("修缮库房。由县档案局牵头，县财政局配合。", &["县档案局"], &[], &["县财政局"], &[], Mode::Lead);
    }

    #[test]
    fn units_that_help_one_of_a_list() {
        let reading = read("修缮库房。\n责任单位：后勤部（设备科配合）、基建科", &[]);
        assert_eq!(named(&reading), ["后勤部", "基建科"]);
        assert_eq!(reading.duties.supporting, ["设备科"]);
        let last = read("完成修缮方案（基建科）。", &[]);
        assert_eq!((last.text.as_str(), named(&last)), ("完成修缮方案。", vec!["基建科"]));
        assert!(read("报县政府办公室（督查室）。", &[]).duties.is_empty());
    }

    #[test]
    fn other_brackets_are_text() {
        for body in [
            "整理目录（含电子目录）。",
            "谁保管谁负责。（谁保管谁负责）",
            "收集（县域）档案，各负其责。",
            "修缮库房。（见附件）",
        ] {
            let reading = read(body, &[]);
            assert!(reading.duties.is_empty(), "{body}");
            assert_eq!(reading.text, body);
        }
    }

    #[test]
    fn dates_within_the_responsibility() {
        let reading = read("修缮库房。（责任单位：县档案局、县财政局，6月底前完成；完成时限：2021年底前）", &[]);
        let dates: Vec<&str> = reading.deadlines.iter().map(|date| date.text.as_str()).collect();
        assert_eq!(dates, ["6月底前完成", "2021年底前"]);
        assert_eq!(named(&reading), ["县档案局", "县财政局"]);
    }

    #[test]
    fn dates_of_single_units() {
        let reading = read("修缮库房。（县档案局负责，5月底前）整理目录。（县图书馆负责，9月底前）", &[]);
        let of: Vec<_> = reading.deadlines.iter().map(|date| (date.text.as_str(), date.of.join("、"))).collect();
        assert_eq!(of, [("5月底前", "县档案局".to_owned()), ("9月底前", "县图书馆".to_owned())]);
        let reading = read("修缮库房。（县档案局，5月底前）（县图书馆，9月底前）", &[]);
        assert_eq!((reading.text.as_str(), named(&reading)), ("修缮库房。", vec!["县档案局", "县图书馆"]));
        let reading = read("修缮库房。（县档案局5月底前完成，县财政局9月底前）", &[]);
        assert_eq!(named(&reading), ["县档案局", "县财政局"]);
        assert_eq!(reading.deadlines[1].of, ["县财政局"]);
    }

    #[test]
    fn what_else_is_said_stays() {
        let reading = read("修缮库房。\n责任单位：县档案局（责任人：张某）、县法院（列席）（配合：县财政局）", &[]);
        assert_eq!(named(&reading), ["县档案局", "县法院"]);
        assert_eq!(reading.duties.supporting, ["县财政局"]);
        assert_eq!(reading.others, ["县档案局（责任人：张某）", "县法院（列席）"]);
        let persons = read("修缮库房。", &[(super::Label::Lead, "县档案局\n张  强\n县财政局\n李某".to_owned())]);
        assert_eq!(persons.duties.leads, ["县档案局", "县财政局"]);
    }

    #[test]
    fn several_responsibilities_of_one_task() {
        let reading = read("修缮库房。（县档案局负责）整理目录。（县图书馆负责）", &[]);
        assert_eq!((reading.text.as_str(), named(&reading)), ("修缮库房。整理目录。", vec!["县档案局", "县图书馆"]));
    }

    #[test]
    fn what_closes_a_task() {
        assert!(closes("修缮库房。（县档案局负责）") && closes("责任单位：县档案局"));
        assert!(!closes("修缮库房。（县档案局负责）各单位要") && !closes("相应工作由承接部门继续负责。"));
    }

    #[test]
    fn the_first_leads() {
        let cases = [
            ("排在第一位的部门为牵头部门，下同", Some(FirstLeads::FromHere)),
            ("以下任务列首位的单位为牵头单位", Some(FirstLeads::FromHere)),
            ("列第一位者為牽頭單位", Some(FirstLeads::Here)),
            ("第一个责任单位为牵头单位", Some(FirstLeads::Here)),
            ("责任单位排名不分先后", Some(FirstLeads::NoMore)),
            ("第一时间报牵头单位", None),
        ];
        for (text, expected) in cases {
            assert_eq!(declared_leads(text), expected, "{text}");
        }
        let mut reading = read("修缮库房。（县档案局、县财政局负责，排在第一位的为牵头单位，下同）", &[]);
        assert_eq!(reading.first_leads, Some(FirstLeads::FromHere));
        reading.duties.let_first_lead();
        assert_eq!((reading.duties.leads, reading.duties.responsible.len()), (vec!["县档案局".to_owned()], 1));
    }
}
