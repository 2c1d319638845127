//! One task's words, clause by clause: the facts, and what no fact explains.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::clause::{Clause, Rule, clauses};
use super::context::{Around, Carried};
use super::fact::{Fact, Reading, What};
use super::lexicon::Class;
use super::milestone::Due;
use super::sections::{Heading, sections};
use super::share::{Of, Share};
use super::table::Table;
use super::token::Token;
use super::{alone, doing, manner, milestone, neighbours, share, standing, trouble, wish};

impl Reading {
    /// What cells of a table say by the head that they stand under, in the words of a task.
    pub fn take_cells(&mut self, table: &Table, plain: &str, words: &[Range<usize>]) {
        let of_task = |cell: &Range<usize>| words.iter().any(|words| words.contains(&cell.start));
        let shares = table.signless_shares(plain).into_iter().map(|(cell, share)| match share {
            100 => (cell, What::Whole { firm: true }, "whole_by_head"),
            share => (cell, What::Share(Share::Of(share), Of::Whole), "share_by_head"),
        });
        let troubles = table.troubles(plain).map(|cell| (cell, What::Problem(true), "problem_by_head"));
        for (cell, what, rule) in shares.chain(troubles).filter(|(cell, ..)| of_task(cell)) {
            let holds = |range: &Range<usize>| cell.start <= range.start && range.end <= cell.end;
            self.facts.retain(|fact| !holds(&fact.range));
            self.unexplained.retain(|range| !holds(range));
            if what != What::Problem(true) {
                self.unexplained.clear();
            }
            self.facts.push(Fact { what, range: cell, rule });
        }
    }

    /// Where nothing else is told, tables of figures tell that the work goes on.
    pub fn take_figures(&mut self, tables: &[Range<usize>]) {
        let civil = self.facts.iter().all(|fact| fact.what == What::Civil);
        for table in tables.iter().filter(|_| civil) {
            let holds = |range: &Range<usize>| table.start <= range.start && range.end <= table.end;
            let before = self.unexplained.len();
            self.unexplained.retain(|range| !holds(range));
            if self.unexplained.len() < before {
                let what = What::Act { firm: true };
                self.facts.push(Fact { what, range: table.clone(), rule: "table_of_figures" });
            }
        }
    }
}

rules! {
    ONLY_NAMES: "names_a_thing" = "^(courtesy|own|it|link|de|quote|blank|pause|unknown|plain|stage|thing|period|dated|deadline|place|count|number|act|task|other|topic|manner|now|date|approx|label_next)*$";
    CONDITION: "condition" = "^(courtesy|own|link|now)*cond";
    ONLY_MODE: "mode_alone" = "^(will|manner|courtesy|now|own|cond)*$";
    STAGE_TOLD: "stage_told" = "(stage|thing|period|place)";
}

// 之前卡在资金上
pattern!(
    FORMERLY,
    r"^(?:上个?(?:月|周|次|星期|礼拜)|原先|原来|之前|此前|前期|前段时间|前阵子?|去年|年初|一度|曾经?|先前|早前|本来)"
);
pattern!(
    RECOVERED,
    r"^(?:现在?|目前|如今|这[周个]|本[周月]|后来)|已经?|恢复|解决|完成|办结|通过|拨下来|下来了|快了|到位了|打通了?|重新|又开始|\d%"
);
// 待财政资金下达、设备到货后, 第三批建成后
pattern!(AWAITS, r"^(?:待|等|俟|等到)[^，。；]{2,}后?$|^[^，。；已了]*[^今以此之然最会事随往日延落滞其先而了]后$");
// 监管清单发了，进度100%: what was named before does not have a progress of its own; but 办结率100%.
pattern!(PROGRESS, "^(?:目前|现在?|当前|总体|整体|全项|任务|工作)*(?:进度|进展)");
// 填报示例：5 已完成
pattern!(EXAMPLE, "^(?:填报|回复|反馈|填写)?(?:示例|样例|样板|模板|举例|例如|比如|格式)$");
// 下一步，重点补齐短板
pattern!(NEXT, r"^(?:下一?步|下阶段|后续|接下来|今后|下[个]?月|下季度)");

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

fn read_clauses(plain: &str, tokens: &[Token], known: &[Due], on: NaiveDate, reading: &mut Reading) {
    let all = clauses(plain, tokens);
    let recovered = all.iter().any(|clause| !FORMERLY.is_match(clause.text()) && RECOVERED.is_match(clause.text()));
    let telling = all.iter().filter(|clause| !alone::is_civil(clause)).count();
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
    // “第5项 已完成”，是这样回复吗？
    let asks = reading.facts.iter().any(|fact| matches!(fact.what, What::Question(_)));
    let quoted = |range: &Range<usize>| {
        plain[..range.start].rfind('“') > plain[..range.start].rfind('”') && plain[range.start..].contains('”')
    };
    reading.facts.retain(|fact| !(asks && matches!(fact.what, What::Whole { .. }) && quoted(&fact.range)));
    // 跟我们没关系，麻烦划掉
    if reading.facts.iter().any(|fact| fact.what == What::NotOurs) {
        let strikes_off = |fact: &Fact| fact.rule == "asks_for_sign_off" || plain[fact.range.clone()].ends_with("划掉");
        reading.facts.retain(|fact| !strikes_off(fact));
    }
    // 信用处建议申请延期，我没批
    let refused = all.iter().rev().find(|clause| wish::refuses(clause.text())).map(|clause| clause.range());
    if let Some(refused) = refused {
        let asked = |fact: &Fact| matches!(fact.what, What::MoreTime(_)) && fact.range.end <= refused.start;
        if reading.facts.iter().any(asked) {
            reading.facts.retain(|fact| !asked(fact) && fact.range != refused);
        }
    }
    // 申请延期，新的完成时间为9月10日
    // and 申请延到10月底…改为11月15日
    let put_right = all.iter().rev().find_map(|clause| wish::date_put_right(clause, on));
    for fact in &mut reading.facts {
        let date = match fact.what {
            What::MoreTime(None) => put_right.or_else(|| all.iter().find_map(|clause| wish::new_date(clause, on))),
            What::MoreTime(date) => put_right.or(date),
            _ => continue,
        };
        fact.what = What::MoreTime(date);
    }
    neighbours::settle(plain, &all, reading);
    trouble::find_cause(&all, reading);
    trouble::join(plain, reading);
    trouble::drop_causes(plain, reading);
}

fn read_clause(clause: &Clause<'_>, around: &Around<'_>, carried: &mut Carried, reading: &mut Reading) {
    let text = clause.text();
    carried.asks |= manner::opens_with_question(text);
    carried.hearsay |= EXAMPLE.is_match(text);
    carried.next |= NEXT.is_match(text);
    let mut tell = |what, rule| reading.facts.push(Fact { what, range: clause.range(), rule });
    let told_share = share::of(text);
    if let Some((what, rule)) = alone::read(clause, around) {
        carried.hearsay |= rule == alone::ONLY_HEARSAY.name;
        if what == What::Stuck && trouble::names_obstacle(clause) {
            tell(What::Problem(false), "obstacle");
        }
        if let Some((share, whole)) =
            told_share.filter(|_| matches!(what, What::MoreTime(_) | What::Stuck) || share::is_proposed(text))
        {
            tell(What::Share(share, standing::of(clause, whole)), "share");
        }
        return tell(what, rule);
    }
    if carried.asks {
        return tell(What::Question(false), "question_goes_on");
    }
    let complaint = !around.formerly && trouble::complains(clause) && (!carried.next || trouble::requests(clause));
    let acts = [Class::Already, Class::Le, Class::Going, Class::Share];
    if carried.requests && !complaint && !clause.has_any(&acts) {
        return tell(What::Problem(false), "request_goes_on");
    }
    let full = told_share.is_some_and(|(told, _)| told == Share::Of(100));
    if let Some((what, rule)) = standing::read(clause, around, carried, complaint, told_share.map(|(share, _)| share)) {
        tell(what, rule);
    }
    match told_share {
        // 村级站点还剩四分之一没挂牌
        Some(_) if standing::names_something(clause) && clause.has(Class::Undone) && share::is_left(text) => {}
        // 乡镇卫生院还差三分之一
        Some((_, false)) if standing::names_something(clause) && share::is_left(text) && !clause.has(Class::It) => {
            tell(What::Remains { some_done: true }, "share_left_of_something");
        }
        Some((share, whole)) if !full => {
            let of = standing::of(clause, whole);
            tell(What::Share(share, of), if of == Of::Something { "share_of_something" } else { "share" });
        }
        Some(_)
            if standing::share_of_the_whole(clause)
                && (!carried.part || clause.has(Class::It) || PROGRESS.is_match(text)) =>
        {
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
        // 正常推进没问题
        if clause.has(Class::Going) {
            tell(What::UnderWay, "under_way");
        }
    }
    let told = reading.facts.iter().any(|fact| fact.range == clause.range());
    if !told && carried.next && !clause.has_any(&[Class::Already, Class::Le, Class::Share]) {
        return reading.facts.push(Fact { what: What::Civil, range: clause.range(), rule: "next_steps" });
    }
    if !told && let Some((rule, what)) = doing::read(clause, carried.hearsay) {
        // 长沙市已全面实施; but 长沙市已印发方案 is a step on the way.
        let happened = matches!(what, What::Act { .. }) && (clause.has(Class::All) || text.contains("全面"));
        // 昨天还报推进中，今天全部完成了
        let (what, rule) = if what == What::UnderWay && standing::is_formerly(text) {
            (What::Open { passing: true }, "formerly")
        } else {
            (what, rule)
        };
        let due = milestone::placed(clause, around.known).filter(|_| happened);
        let what = due.map_or(what, What::Milestone);
        reading.facts.push(Fact { what, range: clause.range(), rule });
    }
    // 全程电子化率92%
    if clause.has(Class::Share) && reading.facts.iter().all(|fact| fact.range != clause.range()) {
        reading.facts.push(Fact { what: What::Act { firm: true }, range: clause.range(), rule: "effect" });
    }
    carry(clause, carried);
    const POINTS: [&str; 8] = ["节点", "目标", "时限", "这一条", "那一条", "这一步", "那一步", "时间点"];
    let points = POINTS.iter().any(|words| text.ends_with(words));
    // A number before the words is no word that points.
    let pointed = clause.tokens.iter().any(|token| token.class == Class::It && !token.range.is_empty());
    let names = points || !pointed && (clause.is(&ONLY_NAMES) || clause.is(&doing::NAMES_TASK));
    let named = milestone::of(clause, around.known, around.on).filter(|_| names);
    carried.due = named.or(carried.due);
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
    let is_name = |character: &char| {
        character.is_ascii_alphabetic() || *character >= '\u{3400}' && !"一二三四五六七八九十".contains(*character)
    };
    let said = clause.text().chars().filter(is_name).count() > 1;
    carried.part = (names && thing && said) || staged || carried.part && !clause.is(&standing::EXPLICIT);
    carried.conditional |= clause.is(&CONDITION) || AWAITS.is_match(clause.text());
    carried.wished = clause.is(&ONLY_MODE) && clause.has(Class::Will);
}
