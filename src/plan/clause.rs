//! 分句: the clauses of one responsibility → names, each with its part, and dates.

use std::sync::LazyLock;

use regex::Regex;

use super::label::Label;
use super::responsibility::{FirstLeads, Reading};
use super::script::Span;
use super::units::Name;
use super::{label, script, units};
use crate::schedule::deadline;
use crate::schedule::deadline::Phrase;

/// What units do, after their names: 牵头, 共同负责, 按职责分工配合. Matches of `word` are parts of other words.
pub static VERB: LazyLock<Regex> = LazyLock::new(|| {
    let word = "(?:牵头|配合|参与|参加|协助|协办)(?:单位|部门|[科股处部]室|院系)|负责(?:人|同志)|统筹协调\
                |[政科文作侨体残妇工]协办(?:公室|公厅)?";
    let by_duty = "(?:按照?|依照?|根据)(?:各自|其)?的?(?:职责|职能|职权|责任|分工)(?:和?分工|范围|权限)?";
    let manner = "(?:分别|共同|具体|联合|统筹|协同|组织|分工|各自|主要|密切|积极|全力|大力|抓好|做好|认真|切实)*";
    let lead = "(?:负责)?牵头(?:负责|落实|推进|实施|组织|抓总|办理)*|负总责";
    let support = "配合(?:落实|实施|做好)?|协助|协作|支持|参与|参加|协办";
    let answer = "负责(?:落实|实施|推进|组织)?|主办";
    let at_end = "落实|实施|承担|推进|办理|承办";
    Regex::new(&format!(
        "(?P<word>{word})\
         |(?P<by_duty>{by_duty})?{manner}(?:(?P<lead>{lead}|会同)|(?P<support>{support})|{answer})\
         |(?P<only_by_duty>{by_duty}){manner}(?:{at_end})?\
         |{manner}(?:{at_end})$"
    ))
    .expect("a constant")
});

/// 排在第一位的部门为牵头部门, 列首位的为牵头单位.
pub static FIRST_LEADS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:第一|首)(?:位|个|家|名|列)?[^。；;]{0,12}?(?:为|是|系|即)[^。；;，]{0,4}牵头").expect("a constant")
});

/// 以下均需各地区落实, 不再列出: said of other tasks.
static WITHOUT_UNITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^以下(?:各项|任务|均|都)|(?:均|都)(?:涉及|需)|不再(?:逐一|一一|重复)?列出$|的?除外$|(?:括号|后面|栏)[^，。]{0,6}(?:为|是)[^，。]{0,6}(?:责任|牵头|配合)单位$")
        .expect("a constant")
});

/// 副秘书长陈立新分管: a person, whom nobody reminds.
static PERSON_IN_CHARGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:分管|主抓|包保|包抓|包联|挂帅|负总责|签发)$").expect("a constant"));

/// 无牵头单位
static LEADERLESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:无|没有|不设)牵头(?:单位|部门)$").expect("a constant"));

/// 汛期每日一巡, 竣工验收后, 开学前: words of time that give no date.
static TELLS_WHEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "每[日天周旬月季年]|汛期|[学假工]期|期间|(?:开工|完工|竣工|验收|开学|供暖|供热|批复|批准)[^，]{0,2}[前后]",
    )
    .expect("a constant")
});

/// 排名不分先后
pub static NO_ORDER: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?:排名|排序)?不分先后").expect("a constant"));

/// 县档案局6月底前完成: what may stand behind such a date.
static AFTER_DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:完成|办结|落实|到位|报送|上报|整改|交付|竣工|验收)*$").expect("a constant"));

/// What a responsibility says about dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// As printed.
    pub text: String,
    /// The units that it alone binds.
    pub of: Vec<String>,
}

/// The units and dates that one responsibility names.
#[derive(Default)]
pub struct Clauses {
    pub names: Vec<(Name, Label)>,
    deadlines: Vec<Deadline>,
    labelled: bool,
    verbs: bool,
    by_duty: bool,
    first_leads: Option<FirstLeads>,
    said_of_others: Option<String>,
    others: Vec<String>,
}

impl Clauses {
    pub fn of(content: Span) -> Clauses {
        Clauses::announced(None, content)
    }

    /// A cell below the head of a column, which may announce others itself: 牵头单位：甲局 配合单位：乙局.
    pub fn of_cell(head: Label, content: Span) -> Clauses {
        match head {
            Label::Deadline | Label::Other => {
                let mut clauses = Clauses::default();
                clauses.part(Some(head), "", content);
                clauses
            }
            _ => Clauses::announced(Some(head), content),
        }
    }

    fn announced(mut label: Option<Label>, content: Span) -> Clauses {
        let mut clauses = Clauses::default();
        let (mut at, mut name) = (0, "");
        /// In bytes: the label right after the bracket that opens.
        const LONGEST_BRACKET: usize = '（'.len_utf8();
        let pairs = script::brackets(content.plain);
        for found in label::announcements(content.plain) {
            let printed = content.slice(found.start..found.end).printed;
            let pair = pairs.iter().find(|pair| (pair.start + 1..pair.end).contains(&found.start));
            let beside = pair.filter(|pair| {
                let opens = found.start - pair.start <= LONGEST_BRACKET;
                let after_unit = units::ends_like_unit(units::before_remark(&content.plain[at..pair.start.max(at)]));
                pair.start >= at && after_unit && (opens || found.label == Label::Other)
            });
            match beside {
                // 甲局（责任人：张某） stays beside the name.
                Some(_) if found.label == Label::Other => {}
                // 甲局（配合：乙局）
                Some(pair) => {
                    clauses.part(label, name, content.slice(at..pair.start));
                    let inside = script::inside(content.plain, pair);
                    clauses.part(Some(found.label), printed, content.slice(found.end.min(inside.end)..inside.end));
                    at = pair.end;
                }
                None if found.start < at => {}
                None => {
                    clauses.part(label, name, content.slice(at..found.start));
                    label = Some(found.label);
                    name = printed;
                    at = found.end;
                }
            }
        }
        clauses.part(label, name, content.slice(at..content.plain.len()));
        clauses
    }

    /// What a label, printed as `name`, announces, or what stands before the first one.
    fn part(&mut self, label: Option<Label>, name: &str, value: Span) {
        self.labelled |= label.is_some();
        match label.unwrap_or(Label::Responsible) {
            Label::Other => {
                let (dates, said): (Vec<Span>, Vec<Span>) =
                    value.split("，,；;").into_iter().partition(|clause| deadline::is_deadline(clause.plain.trim()));
                // 联系人：王丽，5月31日前
                if !dates.is_empty() && !said.is_empty() {
                    let dates = dates.iter().map(|date| Deadline::of_all(date.printed.trim().to_owned()));
                    self.deadlines.extend(dates);
                }
                let value = value.trim("。；;，,").printed;
                self.others.extend((!value.is_empty()).then(|| format!("{name}{value}")));
            }
            Label::Deadline => {
                let acts =
                    |clause: &Span| VERB.is_match(clause.plain) && units::ends_like_unit(before_verb(clause.plain));
                let mut date = value.trim("。；;，,");
                // 时间：2025年3月。（办公室牵头）
                let bracket = script::brackets(date.plain).pop().filter(|pair| pair.end == date.plain.len());
                if let Some(pair) = bracket {
                    let beside = Clauses::of(date.slice(script::inside(date.plain, &pair)));
                    if beside.are_responsibility(true) {
                        self.take(beside);
                        date = date.slice(0..pair.start).trim("。；;，,");
                    }
                }
                if let Some(last) = value.split("；;").into_iter().last().filter(acts) {
                    let start = value.plain.rfind(last.plain).unwrap_or_default();
                    date = value.slice(0..start).trim("。；;，,");
                    self.units(last, Label::Responsible);
                }
                let date = date.printed.to_owned();
                self.deadlines.extend(Some(date).filter(|date| !date.is_empty()).map(Deadline::of_all));
            }
            role => self.units(label::without_next_head(value), role),
        }
    }

    /// Names up to a verb do what it says; those without one are `role`.
    fn units(&mut self, clauses: Span, role: Label) {
        let mut waiting: Vec<Name> = Vec::new();
        let mut next_role = role;
        let mut acted = false;
        for clause in clauses.split("，,；;。") {
            let clause = clause.trim("");
            let earlier = waiting.len();
            if self.takes_brackets(clause) {
                continue;
            }
            if WITHOUT_UNITS.is_match(clause.plain) {
                self.said_of_others.get_or_insert_with(|| clause.printed.to_owned());
                continue;
            }
            if PERSON_IN_CHARGE.is_match(clause.plain) && !units::ends_like_unit(before_verb(clause.plain)) {
                self.others.push(clause.printed.to_owned());
                continue;
            }
            if LEADERLESS.is_match(clause.plain) {
                self.first_leads = Some(FirstLeads::NotHere);
                continue;
            }
            if FIRST_LEADS.is_match(clause.plain) {
                self.first_leads.get_or_insert(FirstLeads::Here);
                self.keep_beside_rule(clause);
                continue;
            }
            if NO_ORDER.is_match(clause.plain) {
                self.first_leads = Some(FirstLeads::NoMore);
                self.keep_beside_rule(clause);
                continue;
            }
            if ["下同", "以下同", "以下均同"].contains(&clause.plain) {
                self.first_leads = self.first_leads.map(FirstLeads::and_below);
                continue;
            }
            let date = deadline::first(clause.plain);
            if date.as_ref().is_some_and(|date| deadline::opens(clause.plain, date)) {
                self.deadlines.push(Deadline::of_all(clause.printed.to_owned()));
                continue;
            }
            let names_date = date.is_some();
            let mut clause = clause;
            if let Some((units, date)) = date.and_then(|date| own_date(clause, date)) {
                let of = units::names(units).into_iter().map(|name| name.text).collect();
                self.deadlines.push(Deadline { text: date.printed.to_owned(), of });
                clause = units;
            } else if acted && names_date && !VERB.is_match(clause.plain) {
                // 会员部负责；预制菜商会3月底前成立: what is to be done by then, after who does it.
                self.deadlines.push(Deadline::of_all(clause.printed.to_owned()));
                continue;
            }
            // 县水利局负责；汛期每日一巡: when it is done, after who does it.
            if acted && TELLS_WHEN.is_match(clause.plain) && !units::ends_like_unit(before_verb(clause.plain)) {
                self.deadlines.push(Deadline::of_all(clause.printed.to_owned()));
                continue;
            }
            let mut at = 0;
            let remarks = script::brackets(clause.plain);
            for verb in VERB.captures_iter(clause.plain) {
                let does =
                    |whole: &regex::Match| verb.name("word").is_none() && !script::within(&remarks, whole.start());
                let Some(whole) = verb.get(0).filter(does) else { continue };
                waiting.extend(self.named(clause.slice(at..whole.start())));
                at = whole.end();
                self.by_duty |= verb.name("by_duty").is_some() || verb.name("only_by_duty").is_some();
                self.verbs = true;
                let done = match () {
                    () if verb.name("lead").is_some() => Label::Lead,
                    () if verb.name("support").is_some() => Label::Supporting,
                    () => next_role,
                };
                next_role = if done == Label::Lead { Label::Responsible } else { role };
                if done == Label::Supporting && !acted {
                    // 甲局、乙局，丙局配合: the first two support nobody.
                    self.names.extend(waiting.drain(..earlier).map(|name| (name, role)));
                }
                acted = true;
                self.names.extend(waiting.drain(..).map(|name| (name, done)));
            }
            let rest = self.named(clause.slice(at..clause.plain.len()));
            // 相关乡镇负责征地: what they do, after who does it.
            if at > 0 && clause.plain[..at].ends_with("负责") && !rest.iter().any(|name| name.likely) {
                self.others.extend(Some(clause.printed.to_owned()).filter(|_| !rest.is_empty()));
                continue;
            }
            waiting.extend(rest);
        }
        self.names.extend(waiting.into_iter().map(|name| (name, next_role)));
    }

    /// A clause that says more than the rule that it declares stays.
    fn keep_beside_rule(&mut self, clause: Span) {
        static OF_RULE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("单位|部门|科室|处室|责任|任务|负责|牵头|以[上下]|其中|名单|排[名序列]|第一|不分先后|[排列首在位个家名者的各项按均则即为是系]|\\P{L}")
                .expect("a constant")
        });
        if !OF_RULE.replace_all(clause.plain, "").is_empty() {
            self.others.push(clause.printed.to_owned());
        }
    }

    /// The names of a list; what it says beside them stays.
    fn named(&mut self, list: Span) -> Vec<Name> {
        let (names, remarks) = units::read(list);
        self.others.extend(remarks);
        let remarked = names.iter().filter_map(|name| name.with_remark.as_deref());
        self.names.extend(remarked.flat_map(named_in_remark));
        names
    }

    /// Takes a clause that is nothing but brackets: 责任单位：县档案局。（县财政局牵头、县城管局配合）
    fn takes_brackets(&mut self, clause: Span) -> bool {
        let pairs = script::brackets(clause.plain);
        let Some(pair) = pairs.first().filter(|pair| **pair == (0..clause.plain.len())) else { return false };
        let inside = Clauses::of(clause.slice(script::inside(clause.plain, pair)));
        if inside.are_responsibility(true) {
            self.take(inside);
        } else {
            self.others.extend(Some(clause.printed.to_owned()).filter(|words| words.contains(char::is_alphanumeric)));
        }
        true
    }

    /// Whether brackets with these words name the responsible; without label and verb only a list of units at the end
    /// of a paragraph does.
    pub fn are_responsibility(&self, at_end: bool) -> bool {
        const REMARKS: [char; 6] = ['含', '原', '如', '即', '见', '以'];
        let is_likely = |(name, _): &(Name, Label)| name.likely;
        let is_listed = |(name, _): &(Name, Label)| {
            name.likely && name.text.chars().nth(2).is_some() && !name.text.starts_with(REMARKS)
        };
        let listed = self.names.iter().filter(|name| is_listed(name)).count();
        let list = at_end && (listed == self.names.len() || (listed > 1 && listed * 3 >= self.names.len() * 2));
        let likely = self.names.iter().filter(|name| is_likely(name)).count();
        self.labelled || (self.verbs && likely * 2 > self.names.len()) || (likely > 0 && list)
    }

    /// Adds what other words say.
    fn take(&mut self, other: Clauses) {
        self.names.extend(other.names);
        self.deadlines.extend(other.deadlines);
        self.others.extend(other.others);
        self.by_duty |= other.by_duty;
        self.first_leads = other.first_leads.or(self.first_leads);
        self.said_of_others = self.said_of_others.take().or(other.said_of_others);
    }

    /// Whether it names single units and when they are to have done it.
    pub fn dates_its_units(&self) -> bool {
        !self.deadlines.is_empty() && !self.names.is_empty() && self.names.iter().all(|(name, _)| !name.collective)
    }

    /// The words after its units say that each does its own part.
    pub fn split_by_duty(&mut self, after: &str) {
        static BY_DUTY: LazyLock<Regex> =
            LazyLock::new(|| Regex::new("^(?:要|应|须)?按照?(?:各自)?(?:职责|职能)").expect("a constant"));
        self.by_duty |= BY_DUTY.is_match(after);
    }

    /// Its dates bind its own units and no others of the task.
    pub fn keep_dates_to_itself(&mut self) {
        let names: Vec<String> = self.names.iter().map(|(name, _)| name.text.clone()).collect();
        self.deadlines.iter_mut().filter(|date| date.of.is_empty()).for_each(|date| date.of.clone_from(&names));
    }

    pub fn give_to(self, reading: &mut Reading) {
        for (name, role) in self.names {
            reading.others.extend(name.with_remark.clone());
            reading.duties.add(name, role);
        }
        reading.duties.by_duty |= self.by_duty;
        reading.deadlines.extend(self.deadlines);
        reading.others.extend(self.others);
        reading.first_leads = self.first_leads.or(reading.first_leads);
        reading.said_of_others = self.said_of_others.or(reading.said_of_others.take());
    }
}

impl Deadline {
    fn of_all(text: String) -> Deadline {
        Deadline { text, of: Vec::new() }
    }
}

/// The names of a remark that says what they do, and nothing else: 后勤部（设备科配合）.
fn named_in_remark(name: &str) -> Vec<(Name, Label)> {
    let plain = script::simplify(name);
    let Some(pair) = script::brackets(&plain).pop() else { return Vec::new() };
    let content = Span { printed: name, plain: &plain }.slice(script::inside(&plain, &pair));
    let clauses = if ends_with_verb(content.plain) { Clauses::of(content) } else { Clauses::default() };
    let says_only_who = !clauses.labelled && clauses.names.iter().all(|(name, _)| name.likely && !name.collective);
    if says_only_who { clauses.names } else { Vec::new() }
}

/// Units with the date that is theirs: 县档案局6月底前完成.
fn own_date<'a>(clause: Span<'a>, phrase: Phrase) -> Option<(Span<'a>, Span<'a>)> {
    let (units, after) = (clause.slice(0..phrase.range.start).trim("于在"), &clause.plain[phrase.range.end..]);
    let names_units = units::ends_like_unit(units.plain) && units::is_list(units.plain);
    let date = clause.slice(phrase.range.start..clause.plain.len());
    (names_units && AFTER_DATE.is_match(after.trim())).then_some((units, date))
}

/// Whether a clause says nothing after what units do.
pub fn ends_with_verb(clause: &str) -> bool {
    VERB.find_iter(clause).last().is_some_and(|verb| verb.end() == clause.trim_end().len())
}

fn before_verb(clause: &str) -> &str {
    &clause[..VERB.find(clause).map_or(clause.len(), |verb| verb.start())]
}
