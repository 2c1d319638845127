//! One task's words, clause by clause: the facts, and what no fact explains.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::clause::{Clause, Rule, clauses};
use super::fact::{AROUND, Fact, What};
use super::lexicon::Class;
use super::milestone::{self, Due};
use super::sections::{Heading, sections};
use super::share::{self, Of, Share};
use super::token::Token;
use super::{completion, doing, manner, trouble, wish};

/// What was told of one task.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub facts: Vec<Fact>,
    /// The clauses that no fact explains, in bytes of the plain form.
    pub unexplained: Vec<Range<usize>>,
}

rules! {
    SUSPENDED: "suspended" = "^(own|it|task|now|already|manner|courtesy|all|link|will|request|de|other|plain|act|stage|thing|place|unknown|topic)*suspended(it|task|le|act|courtesy|de|stage|thing|going|unknown le)*$";
    WHOLE_UNBEGUN: "not_begun" = "^(courtesy|own|it|task|now|already|all|manner|link|topic|de|le|going|label_progress|noproblem)*unbegun(le|courtesy|task|act|begin|it|now)*$";
    ONLY_NAMES: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|thing|period|dated|deadline|place|count|number|act|task|other|topic|manner|now|date|approx|label_next)*$";
    ONLY_NAMES_LOOSELY: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|thing|period|place|count|number|act|task|other|topic|manner|now|date|approx|trouble|label_problem|solved|begin|label_progress)*$";
    CONDITION: "condition" = "^(courtesy|own|link|now)*cond";
    CORRECTION: "corrects" = "^(courtesy|own|it|now|le|de|manner|hearsay|already|link|not|unknown)*correct(courtesy|own|it|now|le|de|manner|link)*$";
    ONLY_MODE: "mode_alone" = "^(will|manner|courtesy|now|own|cond)*$";
    ONLY_HEARSAY: "hearsay" = "^(own|other|it|unknown|courtesy|manner|now|date|link|place|act|already)*hearsay(le|de|manner|courtesy)*$";
    STAGE_TOLD: "stage_told" = "(stage|thing|period|place)";
    EXPLICIT: "explicit_subject" = "(it|task|own|label_progress|signoff)";
}

// 之前卡在资金上
pattern!(
    FORMERLY,
    r"^(?:上个?(?:月|周|次|星期|礼拜)|原先|原来|之前|此前|前期|前段时间|前阵子?|去年|年初|一度|曾经?|先前|早前|本来)"
);
pattern!(RECOVERED, r"^(?:现在?|目前|如今|这[周个]|本[周月]|后来)|已经?|恢复|解决|完成|办结|通过|拨下来|下来了|快了|到位了|打通了?|重新|又开始|\d%");
// 停工项目, 暂停功能
pattern!(STUCK_THING, r"(?:受阻|停滞|搁置|停工|停建|叫停)[的项工原企点地问现人]|(?:的|许可|认定|证|收费|审批|检查|培训)(?:也|都|已|全|全部|一律)+停");
// Said of what was raised as a whole, and plainly: 部分解决, 基本解决 and 未解决 are something else.
pattern!(
    SOLVED_ALL,
    r"^(?:目前|现在?|之前|此前|前期|上次|原|上述|该|此|这些?|所有|全部|各项|有关|相关|我[局厅委办市们]|本?单位|反映|提出|存在|遇到|协调|的)*(?:问题|困难|堵点|障碍)(?:目前|现在?|经协调|均|都|全部)*(?:(?:已经?|均|都|全部)(?:已|得到|协调|妥善|顺利|圆满|全部|得以)*(?:解决|消除|克服|化解|排除)(?:了|完毕|到位)*|(?:解决|消除|克服|化解|排除)了)$"
);
// 政府失信违约问题清理情况
pattern!(HEADS, r"(?:情况|方面|工作|事宜|一事)$");
// 前报“已完成”表述不准确
pattern!(
    TOLD_WRONG,
    r"(?:前报|所报|上报|填报|表述|前面|上一?条|刚才|数据|数字)[^，。；]{0,12}(?:不准确?|有误|错误|笔误|失实|不实)|(?:漏报|忘了?报|迟报|报晚|报迟)"
);
// 待财政资金下达、设备到货后
pattern!(AWAITS, r"^(?:待|等|俟|等到)[^，。；]{2,}后?$|(?:完成|到位|通过|下达|批复|验收|印发|到货)后$");
// 跟9月报的一样
pattern!(
    SAME_AS,
    r"no ?(?:update|change|news)|^(?:这个?月|本月|本周|这周|最近|近期|目前|暂时|还是)*(?:也|都|又|还)*(?:没|没有|没得|无|未)(?:有)?(?:什么|啥|任何|多大|太大|明显|新)*的?(?:动静|变化|进展|新情况|动作|变动|更新|新动向)[哈呢啊了]*$|^还?是(?:上个?[月周次]|之前|原来|以前)[^，。；]{0,4}(?:样|情况|样子|数)[哈呢啊了]*$|^没(?:得|有)?什么新情况(?:还是[^，。；]{0,10})?$|(?:跟|和|与|同|照)(?:上|之前|以前|前面|前次|\d{1,2}月|[一二三四五六七八九十]月|那)[^，。；]{0,8}(?:一样|相同|一致|没变|差不多)|^(?:情况|进展|进度|都|还是|也)*(?:没|没有|无|未)(?:什么|啥)?(?:变|新的|新动静|新情况|新动向|大变化)(?:化)?$"
);
// 上次报未完成, 本以为完不成
pattern!(WAS, r"^(?:上次|上回|上个?月|上周|之前|此前|原来|原先|本来|本以为|原以为|先前|前面|刚才)");
// 下一步，重点补齐短板
pattern!(NEXT, r"^(?:下一?步|下阶段|后续|接下来|今后|下[个]?月|下季度)");
// 不归我们管啊你们是不是发错了
pattern!(TAG, r"不(?:归|属于?|由)[^，。；]{2,}是不是[^，。；]{0,4}[错误]");
// 昨天还差一点，今天全部完成了
pattern!(YESTERDAY, r"^(?:昨[天日]|前[天日]|前几天|上午|早上|刚才|上周|上个?月)");
// 要等权力清单调整的文件出来才能改
pattern!(WAITS, r"^(?:就|还|都|在|正)*等[^，。；]{2,}|[要得]等[^，。；]{2,}|等[^，。；]{2,}才能");
// 已完成，不是推进中
pattern!(NEGATED, "^(?:而|并)?不是(?:推进|进行|在推|在办|未完|没完|未开|没开|受阻|滞后)");
// 由于机构改革
pattern!(CAUSE, r"^(?:主要)?(?:因为?|由于|受制于|碍于|苦于|受[^阻挫])");
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
    /// What follows holds only on a condition.
    conditional: bool,
    /// Somebody is asked to do what follows.
    requests: bool,
    /// The sentence asks: 请问口径，是统计新签的，还是都要统计？
    asks: bool,
    /// What follows is to come: 下一步，重点补齐短板.
    next: bool,
}

fn read_clauses(plain: &str, tokens: &[Token], known: &[Due], on: NaiveDate, reading: &mut Reading) {
    let all = clauses(plain, tokens);
    let recovered = all.iter().any(|clause| !FORMERLY.is_match(clause.text()) && RECOVERED.is_match(clause.text()));
    let telling = all.iter().filter(|clause| !is_civil(clause)).count();
    let mut carried = Carried::default();
    let mut last = "";
    for clause in &all {
        let before = reading.facts.len();
        if let Some(value) = share::in_place(last, clause.text()) {
            reading.facts.push(Fact {
                what: What::Share(Share::Of(value), Of::Whole),
                range: clause.range(),
                rule: "share_in_place",
            });
            continue;
        }
        last = clause.text();
        let formerly = recovered && FORMERLY.is_match(clause.text());
        let around = Around { known, on, formerly, among_others: telling > 1 };
        read_clause(clause, &around, &mut carried, reading);
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
        let unexplained = |clause: &&Clause<'_>| reading.unexplained.contains(&clause.range());
        let cause = all
            .iter()
            .find(|clause| CAUSE.is_match(clause.text()) || WAITS.is_match(clause.text()))
            .or_else(|| all.iter().filter(|clause| clause.text().chars().count() > 5).find(unexplained))
            .or_else(|| all.iter().find(|clause| clause.has(Class::Hearsay)));
        reading.facts.extend(cause.map(|cause| Fact {
            what: What::Problem(false),
            range: cause.range(),
            rule: "cause",
        }));
    }
    trouble::join(plain, reading);
    trouble::drop_causes(plain, reading);
}

/// Whether nothing is said but courtesies.
pub fn is_civil(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        matches!(
            token.class,
            Class::Courtesy
                | Class::Date
                | Class::Already
                | Class::LabelProgress
                | Class::Own
                | Class::Now
                | Class::Quote
                | Class::Le
                | Class::De
                | Class::It
                | Class::Topic
        )
    })
}

/// What a clause stands among.
struct Around<'a> {
    /// The dates that the task's own words name.
    known: &'a [Due],
    on: NaiveDate,
    /// Whether it tells of what was before, and other clauses of what is now.
    formerly: bool,
    among_others: bool,
}

/// What fills a clause alone, so that nothing else is looked for in it.
fn alone(clause: &Clause<'_>, around: &Around<'_>) -> Option<(What, &'static str)> {
    let text = clause.text();
    if is_civil(clause) {
        return Some((What::Civil, "civil"));
    }
    // A line of ours that was quoted.
    let quoted = |token: &Token| matches!(token.class, Class::Quote | Class::Deadline);
    if clause.has(Class::Quote) && clause.tokens.iter().all(quoted) {
        return Some((What::Civil, "quoted_date"));
    }
    if let Some(date) = wish::more_time(clause, around.on) {
        return Some((What::MoreTime(date), "more_time"));
    }
    if clause.has(Class::NoExtend) {
        return Some((What::Planned, "no_more_time"));
    }
    if NEGATED.is_match(text) {
        return Some((What::Civil, "said_not_to_be"));
    }
    if doing::promises(text) && !clause.has_any(&[Class::Share, Class::Already]) {
        return Some((What::Beside, "promises"));
    }
    if wish::not_ours(clause) && TAG.is_match(text) {
        return Some((What::NotOurs, "not_ours"));
    }
    let requests = trouble::requests(clause) && !manner::asks_of_the_office(text) && !text.contains("算不算");
    if manner::asks(clause) && !requests {
        return Some((What::Question(clause.has_any(&[Class::Done, Class::Closed, Class::SignOff])), "asks"));
    }
    if wish::not_ours(clause) {
        return Some((What::NotOurs, "not_ours"));
    }
    if wish::later(clause) {
        return Some((What::Later, "later"));
    }
    let tells = [Class::Le, Class::Share, Class::Done, Class::Already];
    if clause.has(Class::Unchanged) && !clause.has_any(&tells) {
        return Some((What::Unchanged, "unchanged"));
    }
    if SAME_AS.is_match(text) && !clause.has_any(&[Class::Share, Class::Done]) {
        return Some((What::Unchanged, "same_as_before"));
    }
    if clause.has(Class::Solved) || SOLVED_ALL.is_match(text) {
        return Some((What::Solved, "solved"));
    }
    let stuck = clause.has(Class::Stuck) && !STUCK_THING.is_match(text) && !trouble::is_denied(clause);
    if stuck && !around.formerly {
        return Some((What::Stuck, "stuck"));
    }
    if clause.is(&SUSPENDED) {
        return Some((What::Suspended, SUSPENDED.name));
    }
    if manner::asks_to_sign(text) || HEADS.is_match(text) && clause.is(&ONLY_NAMES_LOOSELY) {
        return Some((What::Civil, "asks_to_look"));
    }
    if TOLD_WRONG.is_match(text) || clause.is(&CORRECTION) {
        return Some((What::Civil, "corrects"));
    }
    clause.is(&ONLY_HEARSAY).then_some((What::Hearsay, ONLY_HEARSAY.name))
}

fn read_clause(clause: &Clause<'_>, around: &Around<'_>, carried: &mut Carried, reading: &mut Reading) {
    let text = clause.text();
    carried.asks |= manner::opens_with_question(text);
    carried.next |= NEXT.is_match(text);
    let mut tell = |what, rule| reading.facts.push(Fact { what, range: clause.range(), rule });
    let told_share = share::of(text);
    if let Some((what, rule)) = alone(clause, around) {
        carried.hearsay |= rule == ONLY_HEARSAY.name;
        if what == What::Stuck && trouble::names_obstacle(clause) {
            tell(What::Problem(false), "obstacle");
        }
        if let Some((share, whole)) = told_share.filter(|_| matches!(what, What::MoreTime(_) | What::Stuck) || share::is_proposed(text)) {
            tell(What::Share(share, of(clause, whole)), "share");
        }
        return tell(what, rule);
    }
    if carried.asks {
        return tell(What::Question(false), "question_goes_on");
    }
    let complaint = !around.formerly && trouble::complains(clause) && !(carried.next && !trouble::requests(clause));
    let acts = [Class::Already, Class::Le, Class::Going, Class::Share];
    if carried.requests && !complaint && !clause.has_any(&acts) {
        return tell(What::Problem(false), "request_goes_on");
    }
    let full = told_share.is_some_and(|(told, _)| told == Share::Of(100));
    if let Some((what, rule)) = standing(clause, around, carried, complaint, told_share.map(|(share, _)| share)) {
        tell(what, rule);
    }
    match told_share {
        // 村级站点还剩四分之一没挂牌
        Some(_) if names_something(clause) && clause.has(Class::Undone) && share::is_left(text) => {}
        Some((share, whole)) if !full => {
            let of = of(clause, whole);
            tell(What::Share(share, of), if of == Of::Something { "share_of_something" } else { "share" });
        }
        Some(_) if share_of_the_whole(clause) && (!carried.part || clause.has(Class::It)) => {
            tell(What::Whole { firm: clause.has_any(&[Class::It, Class::Task]) }, "share_whole");
        }
        Some(_) => tell(What::Part, "share_of_a_part"),
        None => {}
    }
    if trouble::counts_some(text) {
        tell(What::Remains { some_done: true }, "some_of_many");
    }
    if complaint {
        carried.requests |= trouble::requests(clause);
        tell(What::Problem(false), "complaint");
    }
    if trouble::denies(clause) {
        tell(What::NoProblem(trouble::denies_all(clause)), "no_problem");
    }
    let told = reading.facts.iter().any(|fact| fact.range == clause.range());
    if !told && carried.next && !clause.has_any(&[Class::Already, Class::Le, Class::Share]) {
        return reading.facts.push(Fact { what: What::Civil, range: clause.range(), rule: "next_steps" });
    }
    if !told && let Some((rule, what)) = doing::read(clause, carried.hearsay) {
        let happened = matches!(what, What::Act { .. }) && clause.has_any(&[Class::Already, Class::All]);
        let due = milestone::placed(clause, around.known).filter(|_| happened);
        let what = due.map_or(what, What::Milestone);
        reading.facts.push(Fact { what, range: clause.range(), rule });
    }
    // 全程电子化率92%
    if clause.has(Class::Share) && reading.facts.iter().all(|fact| fact.range != clause.range()) {
        reading.facts.push(Fact { what: What::Act { firm: true }, range: clause.range(), rule: "effect" });
    }
    carry(clause, carried);
    let points = ["节点", "目标", "时限", "这一条"].iter().any(|words| text.ends_with(words));
    let names = points || !clause.has(Class::It) && (clause.is(&ONLY_NAMES) || clause.is(&doing::NAMES_TASK));
    let named = milestone::of(clause, around.known, around.on).filter(|_| names);
    carried.due = named.or(carried.due);
}

/// What a clause tells of completion, of what is left, or of what was not begun.
fn standing(
    clause: &Clause<'_>,
    around: &Around<'_>,
    carried: &Carried,
    complaint: bool,
    share: Option<Share>,
) -> Option<(What, &'static str)> {
    let formerly = WAS.is_match(clause.text());
    let whole_share = share == Some(Share::Of(100)) && share_of_the_whole(clause);
    let told = completion::read(clause).filter(|(what, _)| {
        (!complaint || clause.has(Class::Done)) && (!matches!(what, What::Remains { .. }) || !trouble::denies(clause)) && !whole_share
    });
    if let Some((what, rule)) = told {
        return Some(in_context(clause, around, carried, share, what, rule));
    }
    // 就剩公积金没接
    let undone = clause.has(Class::Undone) && clause.has_any(&[Class::Left, Class::Count, Class::Approx]);
    match () {
        () if clause.has(Class::Left) && share.is_none() && !trouble::denies(clause) => {
            Some(match formerly || YESTERDAY.is_match(clause.text()) {
                true => (What::Open { passing: true }, "formerly"),
                false => (What::Remains { some_done: true }, "something_left"),
            })
        }
        () if (undone || clause.has(Class::Lag)) && !complaint => Some((What::Remains { some_done: false }, "some_undone")),
        () if clause.is(&WHOLE_UNBEGUN) => Some((What::NotBegun { whole: true }, WHOLE_UNBEGUN.name)),
        () if clause.has(Class::Unbegun) => Some((What::NotBegun { whole: false }, "part_not_begun")),
        () => None,
    }
}

/// What a completion comes to where it stands: after a name, a condition or somebody else's words.
fn in_context(
    clause: &Clause<'_>,
    around: &Around<'_>,
    carried: &Carried,
    share: Option<Share>,
    what: What,
    rule: &'static str,
) -> (What, &'static str) {
    let text = clause.text();
    let explicit = clause.is(&EXPLICIT) || clause.has(Class::All);
    let happened = clause.has_any(&[Class::Already, Class::All, Class::Le]);
    let due = milestone::of(clause, around.known, around.on).or(carried.due.filter(|_| !clause.has(Class::It)));
    match (what, due) {
        (What::Part | What::Whole { .. }, Some(due)) => (What::Milestone(due), "milestone_done"),
        (What::Open { .. }, Some(due)) if rule == "done_by_a_date" && happened => (What::Milestone(due), "milestone_done"),
        (What::Open { .. } | What::Remains { .. }, _) if WAS.is_match(text) => (What::Open { passing: true }, "formerly"),
        (What::Whole { firm }, _) => match () {
            () if rule == completion::TICKED.name && around.among_others => (What::Civil, "ticked_among_others"),
            () if carried.conditional && !text.contains('已') => (What::Open { passing: false }, "done_conditional"),
            () if carried.hearsay => (What::Open { passing: false }, "done_by_hearsay"),
            () if carried.wished && completion::is_bare(clause) => (What::Open { passing: false }, "done_wished"),
            () if carried.part && !explicit => (What::Part, "part_before"),
            () if around.among_others && completion::is_bare(clause) && !clause.has(Class::Done) => {
                (What::Part, "done_bare")
            }
            () if share.is_some_and(|share| share != Share::Of(100)) => (What::Part, "share_of_it"),
            () => (What::Whole { firm }, rule),
        },
        (what, _) => (what, rule),
    }
}

/// What a share in a clause is told of.
fn of(clause: &Clause<'_>, whole: bool) -> Of {
    match names_something(clause) {
        _ if whole => Of::Whole,
        true => Of::Something,
        false => Of::Unsaid,
    }
}

/// Whether a clause names something beside the share: 一窗74%.
fn names_something(clause: &Clause<'_>) -> bool {
    clause.has_any(&[Class::Unknown, Class::Plain, Class::Thing, Class::Stage, Class::Act, Class::Place])
}

/// Whether 100% is said of the task, and not of its money or its equipment.
fn share_of_the_whole(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        AROUND.contains(&token.class)
            || matches!(token.class, Class::Share | Class::Done | Class::Closed | Class::Colon)
            || ["项目", "工程"].contains(&clause.word(token))
    })
}

/// What the next clauses of the sentence have from this one.
fn carry(clause: &Clause<'_>, carried: &mut Carried) {
    let names = clause.is(&ONLY_NAMES) && !clause.has(Class::Task);
    let thing = clause.has_any(&[
        Class::Stage,
        Class::Thing,
        Class::Unknown,
        Class::Plain,
        Class::Period,
        Class::Place,
        Class::Count,
    ]);
    let staged =
        clause.is(&STAGE_TOLD) && clause.has_any(&[Class::Act, Class::Stage, Class::Thing, Class::Closed, Class::Done]);
    // A line's own ordinal names nothing.
    let is_name = |character: &char| *character >= '\u{3400}' && !"一二三四五六七八九十".contains(*character);
    let said = clause.text().chars().filter(is_name).count() > 1;
    carried.part = (names && thing && said) || staged || carried.part && !clause.is(&EXPLICIT);
    carried.conditional |= clause.is(&CONDITION) || AWAITS.is_match(clause.text());
    carried.wished = clause.is(&ONLY_MODE) && clause.has(Class::Will);
}
