//! One task's words, clause by clause: the facts, and what no fact explains.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::clause::{Clause, Rule, clauses};
use super::fact::{AROUND, Fact, What};
use super::lexicon::Class;
use super::sections::{Heading, sections};
use super::token::Token;
use super::milestone::{self, Due};
use super::{completion, manner, share, trouble, wish};

/// What was told of one task.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub facts: Vec<Fact>,
    /// The clauses that no fact explains, in bytes of the plain form.
    pub unexplained: Vec<Range<usize>>,
}

macro_rules! rules {
    ($($name:ident: $means:literal = $text:literal;)*) => {
        $(static $name: LazyLock<Rule> = LazyLock::new(|| Rule::new($means, $text));)*
    };
}

rules! {
    UNCHANGED: "unchanged" = "unchanged";
    GOING_DENIED: "going_denied" = "not (already|all|manner|le|link)*(going|begin)";
    GOING: "under_way" = "going";
    HAPPENED: "act_happened" = "(already|all|le|count|date|now|share)";
    ACT: "act" = "act|stage|closed|begin";
    ACT_DENIED: "act_denied" = "not (already|all|manner|le|link|now)*(act|stage|begin)";
    // 已寄出, 来了两拨专家
    UNKNOWN_ACT: "unknown_act" = "already (manner|unknown|plain)*(unknown|plain|act)|(unknown|plain|other) le|act le|going unknown";
    PLANNED: "planned" = "(will|cond|deadline|request)";
    TO_BEGIN: "to_begin" = "(will|deadline|cond)(will|now|manner|date|deadline|period|all|own|it|task|le|link)*begin";
    SUSPENDED: "suspended" = "^(own|it|task|now|already|manner|courtesy|all|link|will|request|de|other|plain|act|stage|place|unknown|topic)*suspended(it|task|le|act|courtesy|de|stage|going|unknown le)*$";
    WHOLE_UNBEGUN: "not_begun" = "^(courtesy|own|it|task|now|already|all|manner|link|topic|de|le|going|label_progress|noproblem)*unbegun(le|courtesy|task|act|begin|it|now)*$";
    COUNTED: "some_of_many" = "count (de|manner|link|unknown|stage|act|plain|other|all|already|own|le|now|going)*(done|closed|act|unknown|le)+ le? count";
    ONLY_NAMES: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|period|place|count|number|act|task|other|topic|manner|now|date|approx|label_next)*$";
    ONLY_NAMES_LOOSELY: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|period|place|count|number|act|task|other|topic|manner|now|date|approx|trouble|label_problem|solved|begin|label_progress)*$";
    ONLY_MODE: "mode_alone" = "^(will|manner|courtesy|now|own|cond)*$";
    ONLY_HEARSAY: "hearsay" = "^(own|other|it|unknown|courtesy|manner|now|date|link|place|act|already)*hearsay(le|de|manner|courtesy)*$";
    STAGE_TOLD: "stage_told" = "(stage|period|place)";
    EXPLICIT: "explicit_subject" = "(it|task|own|label_progress|signoff)";
    // 经全厅上下共同努力, 按照方案要求
    CIRCUMSTANCE: "circumstance" = "^courtesy*(manner|link)(manner|link|own|unknown|plain|task|stage|other|place|all|will|it|topic|quote|pause|de|now|courtesy|number|count|date)*$";
    NAMES_TASK: "names_the_task" = "^(courtesy|own|it|task|de|link|deadline|date|unknown|plain|topic|now|manner|quote|pause|stage|place|act|extend)*(it|task)$";
    // 差不多了
    NEARLY: "nearly" = "^(courtesy|own|it|task|now|already|all|link)*approx(le|courtesy)*$";
    SOLVED: "solved" = "solved";
}

// What is to come after it was done does not make it undone.
pattern!(
    AFTERWARDS,
    r"^(?:下一?步|后续|今后|接下来|以后|后期|之后|将来)?[：，]?(?:工作)?(?:我[们局厅委市]|将|会|要|拟|计划|继续|持续|重点)*(?:加强|巩固|做好|保持|总结|维护|抓好|强化|跟踪|完善|推广|开展|优化|健全|运维|提升|常态化)"
);
// 之前卡在资金上
pattern!(
    FORMERLY,
    r"^(?:上个?(?:月|周|次|星期|礼拜)|原先|原来|之前|此前|前期|前段时间|前阵子?|去年|年初|一度|曾经?|先前|早前|本来)"
);
pattern!(RECOVERED, r"^(?:现在?|目前|如今|这[周个]|本[周月]|后来)|已经?|恢复|解决|到位了|打通了?|重新|又开始|\d%");
// 停工项目, 暂停功能
pattern!(STUCK_THING, r"(?:受阻|停滞|搁置|停工|停建|叫停)[的项工原企点地问现人]");
// 送审中, 装车中
pattern!(IN_COURSE, r"\p{Han}{2}[^其当集空心之]?中$");
// 我是省厅办公室的小刘
pattern!(ITSELF, r"^(?:喂|您好|你好)*(?:我是|我这边是|这里是|这边是)\p{Han}{2,12}(?:的小?\p{Han}{1,3}|厅|局|委|办|院|财务|办公室)?$");
// 政府失信违约问题清理情况
pattern!(HEADS, r"(?:情况|方面|工作|事宜|一事)$");
// 前报“已完成”表述不准确
pattern!(TOLD_WRONG, r"(?:前报|所报|上报|填报|表述|前面|上一?条|刚才|数据|数字)[^，。；]{0,12}(?:不准确?|有误|错误|笔误|失实|不实)");
// 跟9月报的一样
pattern!(SAME_AS, r"(?:跟|和|与|同|照)(?:上|之前|以前|前面|前次|\d{1,2}月|[一二三四五六七八九十]月|那)[^，。；]{0,8}(?:一样|相同|一致|没变|差不多)|^(?:情况|进展|进度|都|还是|也)*(?:没|没有|无|未)(?:什么|啥)?(?:变|新的|新动静|新情况|新动向|大变化)(?:化)?$");
// 上次报未完成, 本以为完不成
pattern!(WAS, r"^(?:上次|上回|上个?月|上周|之前|此前|原来|原先|本来|本以为|原以为|先前|前面|刚才)");
// 催了两次, 跑了三趟
pattern!(EFFORT, r"催了|催过|催促|跑了?[^，。；]{0,3}[趟次]|问了|问过|找了|找过|沟通[^，。；]{0,3}[次回遍]|协调[^，。；]{0,3}[次回遍]|[多几两三四五六\d]次(?:对接|沟通|协调|催|函|报告|反映|汇报|请示)|去函|发函|打了?[^，。；]{0,4}电话|反映[了过多]|报告[了过多]");
// 由于机构改革
pattern!(CAUSE, r"^(?:主要)?(?:因为?|由于|受制于|碍于|苦于|受[^阻挫])");
// 只是 and 就是 are followed by what is left.
pattern!(MAINTENANCE, r"下一?步|后续|今后|接下来");

/// Reads the words about one task. Dates without a year lie ahead of `on`.
pub fn read(plain: &str, tokens: &[Token], known: &[Due], on: NaiveDate) -> Reading {
    let mut reading = Reading::default();
    for section in sections(plain, tokens) {
        let words = &tokens[section.tokens.clone()];
        match section.heading {
            Heading::Problem => trouble::labelled(plain, words, false, &mut reading),
            Heading::Reason => trouble::labelled(plain, words, true, &mut reading),
            Heading::Practice => trouble::practice(plain, words, &mut reading),
            Heading::Next | Heading::Other => planned(plain, words, &mut reading),
            Heading::None => read_clauses(plain, words, known, on, &mut reading),
        }
    }
    reading
}

/// What stands under 下一步工作 is still to come.
fn planned(plain: &str, tokens: &[Token], reading: &mut Reading) {
    let clauses = clauses(plain, tokens);
    if let (Some(first), Some(last)) = (clauses.first(), clauses.last()) {
        reading.facts.push(Fact {
            what: What::Civil,
            range: first.range().start..last.range().end,
            rule: "next_steps",
        });
    }
}

/// What clauses before leave to those that follow in the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Carried {
    /// A part was named, and the next words are about it.
    part: bool,
    /// The date for which a thing was named.
    due: Option<NaiveDate>,
    /// Somebody else speaks.
    hearsay: bool,
    /// What follows is wished or demanded.
    wished: bool,
    /// Somebody is asked to do what follows.
    requests: bool,
}

fn read_clauses(plain: &str, tokens: &[Token], known: &[Due], on: NaiveDate, reading: &mut Reading) {
    let all = clauses(plain, tokens);
    let recovered =
        all.iter().any(|clause| !FORMERLY.is_match(clause.text()) && RECOVERED.is_match(clause.text()));
    let telling = all.iter().filter(|clause| !is_civil(clause)).count();
    let mut carried = Carried::default();
    for clause in &all {
        let before = reading.facts.len();
        let formerly = recovered && FORMERLY.is_match(clause.text());
        read_clause(clause, known, on, formerly, telling > 1, &mut carried, reading);
        if reading.facts.len() == before {
            reading.unexplained.push(clause.range());
        }
        if clause.ends {
            carried = Carried::default();
        }
    }
    // 申请延期，新的完成时间为9月10日
    let asked = reading.facts.iter_mut().find(|fact| fact.what == What::MoreTime(None));
    if let Some(asked) = asked {
        let date = all.iter().find_map(|clause| wish::new_date(clause, on));
        asked.what = What::MoreTime(date);
    }
    // What is stuck, and why: 由于机构改革，工作暂时停滞.
    let stuck = reading.facts.iter().any(|fact| fact.what == What::Stuck);
    if stuck && !reading.facts.iter().any(|fact| matches!(fact.what, What::Problem(_))) {
        let cause = all.iter().find(|clause| CAUSE.is_match(clause.text()));
        reading.facts.extend(cause.map(|cause| Fact { what: What::Problem(false), range: cause.range(), rule: "cause" }));
    }
    trouble::join(plain, reading);
}

/// Whether nothing is said but courtesies.
pub fn is_civil(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        matches!(token.class, Class::Courtesy | Class::Date | Class::Own | Class::Now | Class::Quote | Class::Le | Class::De | Class::It)
    })
}

fn read_clause(
    clause: &Clause<'_>,
    known: &[Due],
    on: NaiveDate,
    formerly: bool,
    among_others: bool,
    carried: &mut Carried,
    reading: &mut Reading,
) {
    let text = clause.text();
    let mut tell = |what, rule| reading.facts.push(Fact { what, range: clause.range(), rule });
    if is_civil(clause) {
        return tell(What::Civil, "civil");
    }
    // A line of ours that was quoted.
    if clause.has(Class::Quote) && clause.tokens.iter().all(|token| matches!(token.class, Class::Quote | Class::Deadline)) {
        return tell(What::Civil, "quoted_date");
    }
    let wished = wish::more_time(clause, on);
    if let Some(date) = wished {
        tell(What::MoreTime(date), "more_time");
        if let Some((share, whole)) = share::of(text) {
            tell(What::Share(share, whole), "share");
        }
        return;
    }
    if clause.has(Class::NoExtend) {
        return tell(What::Planned, "no_more_time");
    }
    if manner::asks(clause) {
        return tell(What::Question(clause.has_any(&[Class::Done, Class::Closed])), "asks");
    }
    if wish::not_ours(clause) {
        return tell(What::NotOurs, "not_ours");
    }
    if wish::later(clause) {
        return tell(What::Later, "later");
    }
    if clause.is(&UNCHANGED) && clause.tokens.iter().all(|token| token.class == Class::Unchanged || AROUND.contains(&token.class) || matches!(token.class, Class::Going | Class::Stage | Class::Contrast | Class::Period | Class::Act | Class::Unknown | Class::Plain)) {
        return tell(What::Unchanged, UNCHANGED.name);
    }
    if SAME_AS.is_match(text) && !clause.has_any(&[Class::Share, Class::Done]) {
        return tell(What::Unchanged, "same_as_before");
    }
    if clause.has(Class::Solved) {
        return tell(What::Solved, SOLVED.name);
    }
    if clause.has(Class::Stuck) && !formerly && !STUCK_THING.is_match(text) && !trouble::is_denied(clause, Class::Stuck) {
        tell(What::Stuck, "stuck");
        if trouble::obstacle(clause).is_some() {
            tell(What::Problem(false), "obstacle");
        }
        if let Some((share, whole)) = share::of(text) {
            tell(What::Share(share, whole), "share");
        }
        return;
    }
    if clause.is(&SUSPENDED) {
        return tell(What::Suspended, SUSPENDED.name);
    }
    if manner::asks_to_sign(text) || HEADS.is_match(text) && clause.is(&ONLY_NAMES_LOOSELY) {
        return tell(What::Civil, "asks_to_look");
    }
    if TOLD_WRONG.is_match(text) {
        return tell(What::Civil, "corrects");
    }
    let told_share = share::of(text);
    let complaint = !formerly && trouble::complains(clause);
    if clause.is(&ONLY_HEARSAY) {
        carried.hearsay = true;
        return tell(What::Hearsay, ONLY_HEARSAY.name);
    }
    let goes_on = carried.requests && !complaint && !clause.has_any(&[Class::Already, Class::Le, Class::Going, Class::Share]);
    if goes_on {
        return tell(What::Problem(false), "request_goes_on");
    }
    let completes = completion::read(clause).filter(|_| !complaint || clause.has(Class::Done));
    let full = told_share.is_some_and(|(told, _)| told == share::Share::Of(100)) && share_of_the_whole(clause);
    if let Some((what, rule)) = completes.filter(|_| !full) {
        let explicit = clause.is(&EXPLICIT) || clause.has(Class::All);
        let ticked = rule == completion::TICKED.name;
        let due = milestone::of(clause, known, on).or(carried.due.filter(|_| !clause.has(Class::It)));
        let (what, rule) = match what {
            What::Part | What::Whole if due.is_some() => (What::Milestone(due.unwrap_or(on)), "milestone_done"),
            What::Open if rule == "done_by_a_date" && due.is_some() && clause.has_any(&[Class::Already, Class::All, Class::Le]) => {
                (What::Milestone(due.unwrap_or(on)), "milestone_done")
            }
            What::Open | What::Remains if WAS.is_match(text) => (What::Open, "formerly"),
            What::Whole if ticked && among_others => (What::Civil, "ticked_among_others"),
            What::Whole if carried.hearsay => (What::Open, "done_by_hearsay"),
            What::Whole if carried.wished && completion::is_bare(clause) => (What::Open, "done_wished"),
            What::Whole if carried.part && !explicit => (What::Part, "part_before"),
            What::Whole if among_others && completion::is_bare(clause) && !clause.has(Class::Done) => (What::Part, "done_bare"),
            What::Whole if told_share.is_some_and(|(told, _)| told != share::Share::Of(100)) => (What::Part, "share_of_it"),
            other => (other.clone(), rule),
        };
        tell(what, rule);
    } else if clause.has(Class::Left) && told_share.is_none() {
        match WAS.is_match(text) {
            true => tell(What::Open, "formerly"),
            false => tell(What::Remains, "something_left"),
        }
    } else if clause.is(&WHOLE_UNBEGUN) {
        tell(What::NotBegun { whole: true }, WHOLE_UNBEGUN.name);
    } else if clause.has(Class::Unbegun) {
        tell(What::NotBegun { whole: false }, "part_not_begun");
    }
    if let Some((share, whole)) = told_share {
        let full = share == share::Share::Of(100);
        if !full {
            tell(What::Share(share, whole), "share");
        } else if share_of_the_whole(clause) && !carried.part {
            tell(What::Whole, "share_whole");
        } else {
            tell(What::Part, "share_of_a_part");
        }
    }
    if clause.is(&COUNTED) {
        tell(What::Remains, COUNTED.name);
    }
    if complaint {
        carried.requests |= trouble::requests(clause);
        tell(What::Problem(false), "complaint");
    }
    if trouble::denies(clause) {
        tell(What::NoProblem, "no_problem");
    }
    let named = reading.facts.iter().any(|fact| fact.range == clause.range());
    if !named {
        read_doing(clause, carried, reading);
    }
    carry(clause, carried);
    carried.due = milestone::of(clause, known, on).filter(|_| clause.is(&ONLY_NAMES) || clause.is(&NAMES_TASK));
}

/// Whether 100% is said of the task, and not of its money or its equipment.
fn share_of_the_whole(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        AROUND.contains(&token.class)
            || matches!(token.class, Class::Share | Class::Done | Class::Closed | Class::Colon)
            || ["项目", "工程"].contains(&clause.word(token))
    })
}

/// Whether something is being done, was done, or is to be done.
fn read_doing(clause: &Clause<'_>, carried: &Carried, reading: &mut Reading) {
    let mut tell = |what, rule| reading.facts.push(Fact { what, range: clause.range(), rule });
    let text = clause.text();
    if clause.has(Class::Beside) {
        return tell(What::Beside, "beside");
    }
    if manner::is_small_talk(text) {
        return tell(What::Beside, "small_talk");
    }
    if manner::orders(text) {
        return;
    }
    if clause.is(&CIRCUMSTANCE) && !clause.has_any(&[Class::Act, Class::Going, Class::Le, Class::Already]) || clause.is(&NAMES_TASK) {
        return tell(What::Civil, CIRCUMSTANCE.name);
    }
    if AFTERWARDS.is_match(text) && MAINTENANCE.is_match(text) {
        return tell(What::Civil, "afterwards");
    }
    if ITSELF.is_match(text) {
        return tell(What::Civil, "introduces_itself");
    }
    if clause.is(&NEARLY) {
        return tell(What::Open, NEARLY.name);
    }
    if IN_COURSE.is_match(text) {
        return tell(What::UnderWay, "in_course");
    }
    if clause.is(&TO_BEGIN) {
        return tell(What::NotBegun { whole: false }, TO_BEGIN.name);
    }
    if clause.is(&GOING_DENIED) || clause.is(&ACT_DENIED) {
        return tell(What::Open, ACT_DENIED.name);
    }
    if carried.hearsay || clause.has(Class::Hearsay) {
        return tell(What::Hearsay, "hearsay");
    }
    if EFFORT.is_match(text) && !clause.has_any(&[Class::Going, Class::Share]) {
        return tell(What::Effort, "effort");
    }
    let acts = clause.is(&ACT) || clause.has(Class::Done);
    if clause.is(&GOING) {
        return tell(What::UnderWay, GOING.name);
    }
    if clause.is(&PLANNED) && acts {
        return tell(What::Planned, PLANNED.name);
    }
    if acts && clause.is(&HAPPENED) || clause.is(&UNKNOWN_ACT) {
        return tell(What::Act, ACT.name);
    }
    if clause.has(Class::Act) && !clause.is(&PLANNED) && clause.tokens.len() > 1 {
        return tell(What::Act, "act_plain");
    }
    // 比要求还少22天, 覆盖14个市州
    if clause.has_any(&[Class::Count, Class::Number, Class::Duration]) && clause.tokens.len() > 1 && !clause.is(&PLANNED) && !clause.has(Class::Not) {
        tell(What::Act, "figures");
    }
}

/// What the next clauses of the sentence have from this one.
fn carry(clause: &Clause<'_>, carried: &mut Carried) {
    let names = clause.is(&ONLY_NAMES) && !clause.has(Class::Task);
    let thing = clause.has_any(&[Class::Stage, Class::Unknown, Class::Plain, Class::Period, Class::Place, Class::Count]);
    let staged = clause.is(&STAGE_TOLD) && clause.has_any(&[Class::Act, Class::Stage, Class::Closed, Class::Done]);
    let said = clause.text().chars().filter(|character| *character >= '\u{3400}' && !"一二三四五六七八九十".contains(*character)).count() > 1;
    carried.part = (names && thing && said) || staged || carried.part && !clause.is(&EXPLICIT);
    carried.wished = clause.is(&ONLY_MODE) && clause.has(Class::Will);
}
