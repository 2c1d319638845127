//! What clauses make of what stands beside them: a share, what is left, or what was put off may be of something else than the
//! task.

use super::clause::Clause;
use super::fact::{Fact, Reading, What};
use super::lexicon::Class;
use super::share;
use super::share::Of;

/// What the facts of these clauses come to beside each other.
pub fn settle(plain: &str, all: &[Clause<'_>], reading: &mut Reading) {
    suspend_in_part(all, reading);
    wait_for_data(plain, reading);
    leave_indicators(all, reading);
    leave_rates(all, reading);
    measure_against_targets(all, reading);
}

/// What is put off of the rest is not the task: 剩余站点因经费没有到位，暂缓建设.
fn suspend_in_part(all: &[Clause<'_>], reading: &mut Reading) {
    for pair in all.windows(2).filter(|pair| !pair[0].ends) {
        let left =
            reading.facts.iter().any(|fact| fact.range == pair[0].range() && matches!(fact.what, What::Remains { .. }));
        for fact in reading.facts.iter_mut().filter(|fact| left && fact.range == pair[1].range()) {
            if fact.what == What::Suspended {
                (fact.what, fact.rule) = (What::Remains { some_done: true }, "rest_suspended");
            }
        }
    }
}

/// What is still missing of the data puts the answer off, where that is told to come: 县区数据还差两家，明天一并报.
fn wait_for_data(plain: &str, reading: &mut Reading) {
    pattern!(DATA, r"^[^，。；]{0,6}(?:数据|数字?|报表|材料|情况|表)(?:都|也|还|尚|仍|就|只|没)*(?:差|缺|有|剩|齐)");
    if !reading.facts.iter().any(|fact| fact.what == What::Later) {
        return;
    }
    for fact in &mut reading.facts {
        if matches!(fact.what, What::Remains { .. }) && DATA.is_match(&plain[fact.range.clone()]) {
            (fact.what, fact.rule) = (What::Later, "data_missing");
        }
    }
}

/// What is left of an indicator is not what is left of the task: 覆盖率达83%，剩余17%为偏远乡镇.
fn leave_indicators(all: &[Clause<'_>], reading: &mut Reading) {
    for pair in all.windows(2).filter(|pair| !pair[0].ends && share::is_left(pair[1].text())) {
        let is_effect = |fact: &Fact| fact.range == pair[0].range() && fact.rule == "effect";
        let measures = share::is_effect(pair[0].text()) && pair[0].has(Class::Share);
        if !measures && !reading.facts.iter().any(is_effect) {
            continue;
        }
        for fact in reading.facts.iter_mut().filter(|fact| fact.range == pair[1].range()) {
            if matches!(fact.what, What::Share(..)) {
                (fact.what, fact.rule) = (What::Act { firm: true }, "rest_of_an_indicator");
            }
        }
    }
}

/// Beside a rate of what the work brought about, the share of something is another such: 进驻率92%，一窗64%.
fn leave_rates(all: &[Clause<'_>], reading: &mut Reading) {
    let is_rate = |fact: &Fact, clause: &Clause<'_>| {
        fact.range == clause.range() && share::is_effect(clause.text()) && clause.has(Class::Share)
    };
    for (at, clause) in all.iter().enumerate() {
        let beside =
            at.checked_sub(1).filter(|before| !all[*before].ends).into_iter().chain((!clause.ends).then_some(at + 1));
        let rated = beside
            .filter_map(|other| all.get(other))
            .any(|other| reading.facts.iter().any(|fact| is_rate(fact, other)));
        for fact in reading.facts.iter_mut().filter(|fact| rated && fact.range == clause.range()) {
            if matches!(fact.what, What::Share(_, Of::Something)) {
                (fact.what, fact.rule) = (What::Act { firm: true }, "share_beside_a_rate");
            }
        }
    }
}

/// The share of something that is measured against what is to be reached is that of an indicator: 一窗68%，离70%的目标差一点.
fn measure_against_targets(all: &[Clause<'_>], reading: &mut Reading) {
    let measured = |at: usize| all.get(at).is_some_and(|clause| share::is_against_target(clause.text()));
    for (at, clause) in all.iter().enumerate() {
        let after = !clause.ends && measured(at + 1);
        let before = at.checked_sub(1).is_some_and(|before| !all[before].ends && measured(before));
        if !(measured(at) || after || before) {
            continue;
        }
        for fact in reading.facts.iter_mut().filter(|fact| fact.range == clause.range()) {
            if matches!(fact.what, What::Share(_, Of::Something)) {
                (fact.what, fact.rule) = (What::Act { firm: true }, "share_of_an_indicator");
            }
        }
    }
}
