//! 责任: clauses such as （甲局牵头，乙局配合） or 责任单位：甲局 → who does what, and the text that they belong to.

use std::sync::LazyLock;

use regex::Regex;

use super::script::{self, Span};
use super::units::{self, Name};
use crate::domain::plan::Mode;
use crate::schedule::deadline;

/// What a label or the head of a column announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Lead,
    Responsible,
    Supporting,
    Deadline,
    /// Persons and remarks, which are nobody's duty.
    Other,
}

const LABELS: [(Label, &[&str]); 5] = [
    (
        Label::Lead,
        &[
            "牵头单位",
            "牵头部门",
            "牵头责任单位",
            "牵头责任部门",
            "主办单位",
            "主办部门",
            "主责单位",
            "主责部门",
            "第一责任单位",
        ],
    ),
    (
        Label::Responsible,
        &[
            "责任单位",
            "责任部门",
            "负责单位",
            "负责部门",
            "承办单位",
            "落实单位",
            "实施单位",
            "责任主体",
            "参与责任单位",
        ],
    ),
    (
        Label::Supporting,
        &[
            "配合单位",
            "配合部门",
            "协办单位",
            "协办部门",
            "协助单位",
            "协同单位",
            "参与单位",
            "参加单位",
            "参与部门",
            "参加部门",
            "会办单位",
        ],
    ),
    (
        Label::Deadline,
        &[
            "完成时限",
            "完成时间",
            "完成期限",
            "办结时限",
            "办结时间",
            "办理时限",
            "时限要求",
            "时间要求",
            "时间节点",
            "完成节点",
            "工作时限",
            "落实时限",
            "整改时限",
            "推进时限",
            "责任时限",
            "时间安排",
            "进度安排",
            "时限",
        ],
    ),
    (Label::Other, &["责任领导", "分管领导", "牵头领导", "责任人", "负责人", "联系人", "联络员", "联系电话", "备注"]),
];

impl Label {
    /// The label that the head of a column begins with.
    pub fn of(heading: &str) -> Option<Label> {
        let heading = script::simplify(heading);
        let label = LABEL_NAME.captures(&heading)?;
        named_label(label.get(1)?.as_str())
    }
}

fn named_label(name: &str) -> Option<Label> {
    LABELS.iter().find(|(_, names)| names.contains(&name)).map(|(label, _)| *label)
}

fn label_pattern() -> String {
    let mut names: Vec<&str> = LABELS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    format!("[省市州县区]?级?(?:主要)?({})", names.join("|"))
}

static LABEL_NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^{}", label_pattern())).expect("a constant"));
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"{}\s*[:：]", label_pattern())).expect("a constant"));

/// What units do, after their names: 牵头, 共同负责, 按职责分工配合. The words of the first group are parts of other words.
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    let by_duty = "(?:按照?|依照?|根据)(?:各自|其)?的?(?:职责|职能|职权|责任|分工)(?:和?分工|范围|权限)?";
    let manner = "(?:分别|共同|具体|联合|统筹|协同|组织|分工|各自|主要)*";
    Regex::new(&format!(
        "(?P<word>(?:牵头|配合|参与|参加|协助|协办)(?:单位|部门)|负责(?:人|同志)|统筹协调)\
         |(?P<by_duty>{by_duty})?{manner}(?:(?P<lead>(?:负责)?牵头(?:负责|落实|推进|实施|组织|抓总|办理)*)|(?P<support>配合(?:落实|实施|做好)?|协助|参与|参加|协办)\
         |(?P<answer>负责(?:落实|实施|推进|组织)?|主办)|(?P<joined>会同))\
         |(?P<only_by_duty>{by_duty}){manner}(?:落实|实施|推进|办理|承担)?|{manner}(?P<weak>落实|实施|承担|推进|办理|承办)$"
    ))
    .expect("a constant")
});

/// 排在第一位的部门为牵头部门, 列首位的为牵头单位.
static FIRST_LEADS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:第一|首)(?:位|个|家|名|列)?[^。；;]{0,12}?(?:为|是|系|即)[^。；;，]{0,4}牵头").expect("a constant")
});

/// Whether a text says that the first unit of a list leads.
pub fn declares_first_leads(text: &str) -> bool {
    FIRST_LEADS.is_match(&script::simplify(text))
}

/// Who answers for a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    pub leads: Vec<String>,
    /// In the order of the document, with what tells whether a name is a collective.
    pub responsible: Vec<(String, bool)>,
    pub supporting: Vec<String>,
    pub collectives: Vec<String>,
    by_duty: bool,
    led_by_many: bool,
}

impl Duties {
    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
            && self.responsible.is_empty()
            && self.supporting.is_empty()
            && self.collectives.is_empty()
    }

    /// The document has said that the first of several units leads: it does where it is one unit and nobody else leads.
    pub fn let_first_lead(&mut self) {
        let several = self.responsible.len() + self.supporting.len() > 1;
        let first_is_unit = self.responsible.first().is_some_and(|(_, collective)| !collective);
        if self.leads.is_empty() && !self.led_by_many && several && first_is_unit {
            let (first, _) = self.responsible.remove(0);
            self.leads.push(first);
        }
    }

    pub fn mode(&self) -> Mode {
        let units = self.responsible.len() + self.supporting.len();
        match units {
            _ if !self.leads.is_empty() || self.led_by_many => Mode::Lead,
            0 => Mode::None,
            _ if self.by_duty => Mode::SplitByDuty,
            1 => Mode::Sole,
            _ => Mode::Joint,
        }
    }

    fn add(&mut self, name: Name, role: Label) {
        let role = if name.leads { Label::Lead } else { role };
        if name.collective && !self.collectives.contains(&name.text) {
            self.collectives.push(name.text.clone());
        }
        self.led_by_many |= name.collective && role == Label::Lead;
        match role {
            Label::Lead if !name.collective => push_new(&mut self.leads, name.text),
            Label::Supporting if !name.collective => push_new(&mut self.supporting, name.text),
            Label::Responsible | Label::Supporting => push_new(&mut self.responsible, (name.text, name.collective)),
            _ => {}
        }
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// A task's own words, apart from who answers for it and by when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub text: String,
    pub duties: Duties,
    /// What the responsibility says about dates, as printed.
    pub deadlines: Vec<String>,
    /// The responsibility says that the first unit leads; the second is whether that goes for the tasks below, too.
    pub first_leads: Option<FirstLeads>,
}

/// How far 排在第一位的为牵头单位 goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLeads {
    Here,
    /// 下同
    FromHere,
}

/// Reads a task: its body as printed, and the columns of units and dates where it is a row of a table.
pub fn read(body: &str, fields: &[(Label, String)]) -> Reading {
    let mut reading = Reading::default();
    let mut texts = Vec::new();
    for paragraph in body.split('\n') {
        let plain = script::simplify(paragraph);
        let span = Span { printed: paragraph, plain: &plain };
        let mut text = String::new();
        let mut at = 0;
        for cut in responsibilities(span) {
            text.push_str(&paragraph[at..cut.whole.start]);
            at = cut.whole.end;
            let clauses = Clauses::of(span.slice(cut.content));
            clauses.give_to(&mut reading);
        }
        text.push_str(&paragraph[at..]);
        texts.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    }
    for (label, value) in fields {
        let plain = script::simplify(value);
        let mut clauses = Clauses::default();
        clauses.labelled(*label, Span { printed: value, plain: &plain });
        clauses.give_to(&mut reading);
    }
    reading.text = texts.join("\n");
    reading
}

/// Whether a paragraph ends with a responsibility, so that nothing after it belongs to the task.
pub fn closes(paragraph: &str) -> bool {
    let plain = script::simplify(paragraph);
    let cuts = responsibilities(Span { printed: paragraph, plain: &plain });
    cuts.last().is_some_and(|cut| plain[cut.whole.end..].trim_matches(['。', '.', ' ', '；', ';']).is_empty())
}

/// A responsibility within a paragraph, with the brackets or the stop around it.
struct Cut {
    whole: std::ops::Range<usize>,
    content: std::ops::Range<usize>,
}

/// Where a paragraph says who is responsible: a label opens it outside brackets, or brackets hold it at a sentence's end.
fn responsibilities(paragraph: Span) -> Vec<Cut> {
    let pairs = script::brackets(paragraph.plain);
    let mut cuts: Vec<Cut> = Vec::new();
    let label = LABEL.find_iter(paragraph.plain).find(|label| {
        let before = paragraph.plain[..label.start()].trim_end_matches([' ', '\u{3000}']);
        let apart = before.is_empty() || before.len() < label.start() || before.ends_with(SENTENCE_ENDS);
        apart && !pairs.iter().any(|pair| pair.contains(&label.start()))
    });
    let labelled_from = label.map_or(paragraph.plain.len(), |label| label.start());
    for pair in pairs.into_iter().filter(|pair| pair.end <= labelled_from) {
        let before = paragraph.plain[..pair.start].trim_end();
        let after = paragraph.plain[pair.end..labelled_from].trim_start();
        let ends_sentence =
            before.ends_with(SENTENCE_ENDS) || after.is_empty() || after.starts_with(['。', '；', ';', '.']);
        let content = script::inside(paragraph.plain, &pair);
        if ends_sentence && Clauses::of(paragraph.slice(content.clone())).are_responsibility(after.is_empty()) {
            cuts.push(Cut { whole: pair, content });
        }
    }
    if labelled_from < paragraph.plain.len() {
        cuts.push(Cut { whole: labelled_from..paragraph.plain.len(), content: labelled_from..paragraph.plain.len() });
    }
    cuts
}

const SENTENCE_ENDS: [char; 14] = ['。', '.', '；', ';', '！', '!', '？', '?', '”', '"', '）', ')', '…', '」'];

/// The units and dates that one responsibility names.
#[derive(Default)]
struct Clauses {
    names: Vec<(Name, Label)>,
    deadlines: Vec<String>,
    labelled: bool,
    verbs: bool,
    by_duty: bool,
    first_leads: Option<FirstLeads>,
}

impl Clauses {
    fn of(content: Span) -> Clauses {
        let mut clauses = Clauses::default();
        let labels: Vec<_> = LABEL.captures_iter(content.plain).collect();
        let starts = labels.iter().filter_map(|label| label.get(0)).map(|whole| whole.range());
        let starts: Vec<_> = starts.collect();
        let first = starts.first().map_or(content.plain.len(), |range| range.start);
        clauses.unlabelled(content.slice(0..first), Label::Responsible);
        for (index, range) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(content.plain.len(), |next| next.start);
            let label = labels[index].get(1).and_then(|name| named_label(name.as_str()));
            clauses.labelled(label.unwrap_or(Label::Other), content.slice(range.end..end));
        }
        clauses
    }

    fn labelled(&mut self, label: Label, value: Span) {
        self.labelled |= label != Label::Other;
        match label {
            Label::Lead | Label::Responsible | Label::Supporting => self.unlabelled(value, label),
            Label::Deadline => {
                self.deadlines.extend(Some(value.trim("。；;，,").printed.to_owned()).filter(|text| !text.is_empty()))
            }
            Label::Other => {}
        }
    }

    /// Names up to a verb do what it says; those without one are `role`.
    fn unlabelled(&mut self, clauses: Span, role: Label) {
        let mut waiting: Vec<Name> = Vec::new();
        let mut next_role = role;
        for clause in clauses.split("，,；;。") {
            let clause = clause.trim("");
            if FIRST_LEADS.is_match(clause.plain) {
                self.first_leads.get_or_insert(FirstLeads::Here);
                continue;
            }
            if ["下同", "以下同", "以下均同"].contains(&clause.plain) {
                self.first_leads = self.first_leads.map(|_| FirstLeads::FromHere);
                continue;
            }
            if deadline::is_deadline(clause.plain) {
                self.deadlines.push(clause.printed.to_owned());
                continue;
            }
            let mut at = 0;
            for verb in VERB.captures_iter(clause.plain) {
                let Some(whole) = verb.get(0).filter(|_| verb.name("word").is_none()) else { continue };
                waiting.extend(units::names(clause.slice(at..whole.start())));
                at = whole.end();
                self.by_duty |= verb.name("by_duty").is_some() || verb.name("only_by_duty").is_some();
                self.verbs = true;
                let done = match () {
                    () if verb.name("lead").is_some() || verb.name("joined").is_some() => Label::Lead,
                    () if verb.name("support").is_some() => Label::Supporting,
                    () => next_role,
                };
                next_role = if done == Label::Lead { Label::Responsible } else { role };
                self.names.extend(waiting.drain(..).map(|name| (name, done)));
            }
            waiting.extend(units::names(clause.slice(at..clause.plain.len())));
        }
        self.names.extend(waiting.into_iter().map(|name| (name, next_role)));
    }

    /// Whether brackets with these words name the responsible; without label and verb only a list of units at the end of
    /// a paragraph does.
    fn are_responsibility(&self, at_end: bool) -> bool {
        let likely = |name: &(Name, Label)| name.0.likely;
        let list = at_end && self.names.iter().all(likely);
        self.labelled || (self.names.iter().any(likely) && (self.verbs || list))
    }

    fn give_to(self, reading: &mut Reading) {
        for (name, role) in self.names {
            reading.duties.add(name, role);
        }
        reading.duties.by_duty |= self.by_duty;
        reading.deadlines.extend(self.deadlines);
        reading.first_leads = self.first_leads.or(reading.first_leads);
    }
}
