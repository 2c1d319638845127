//! A plan that is issued again: which task is which, and what changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::office::plan::{Draft, DraftMilestone, DraftTask};
use crate::schedule::deadline::in_words;

/// Above this share of common character pairs, two texts under the same number are one task reworded.
const SAME_NUMBER_LIKENESS: f64 = 0.4;
/// Above this, two texts under different numbers are.
const OTHER_NUMBER_LIKENESS: f64 = 0.7;
/// Where more pairs than this are left, the document is another one, and its tasks are new.
const MOST_COMPARISONS: usize = 250_000;
/// How much of a task's text is shown.
const SHOWN: usize = 24;

/// What becomes of each task. Places are those in the drafts' lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// (before, after)
    pub kept: Vec<(usize, usize)>,
    pub added: Vec<usize>,
    pub ended: Vec<usize>,
    /// In words, a line each; empty where nothing that the plan says has changed.
    pub changes: Vec<String>,
}

/// Finds the tasks of `before` again in `after`: by number and text, by text alone, then by likeness. What is not alike
/// enough is a new task, so that no report moves to a task that it was not about.
pub fn compare(before: &Draft, after: &Draft) -> Revision {
    let mut matching = Matching::new(before, after);
    matching.pair_equal(|task| (task.number.as_str(), task.text.as_str()));
    matching.pair_equal(|task| ("", task.text.as_str()));
    matching.pair_alike(SAME_NUMBER_LIKENESS, |one, other| one.number == other.number);
    if matching.before.len() * matching.after.len() <= MOST_COMPARISONS {
        matching.pair_alike(OTHER_NUMBER_LIKENESS, |_, _| true);
    }
    let mut kept = matching.pairs;
    kept.sort_unstable_by_key(|(_, after)| *after);
    let added: Vec<usize> = matching.after.into_iter().collect();
    let ended: Vec<usize> = matching.before.into_iter().collect();
    let mut changes = heading_changes(before, after);
    for (one, other) in &kept {
        changes.extend(task_changes(&before.tasks[*one], &after.tasks[*other]));
    }
    changes.extend(added.iter().map(|place| format!("新增{}", shown(&after.tasks[*place]))));
    changes.extend(ended.iter().map(|place| format!("不再有{}", shown(&before.tasks[*place]))));
    Revision { kept, added, ended, changes }
}

/// Tasks on both sides that have not found each other yet.
struct Matching<'a> {
    drafts: (&'a Draft, &'a Draft),
    before: BTreeSet<usize>,
    after: BTreeSet<usize>,
    pairs: Vec<(usize, usize)>,
}

impl<'a> Matching<'a> {
    fn new(before: &'a Draft, after: &'a Draft) -> Self {
        let places = |draft: &Draft| (0..draft.tasks.len()).collect();
        Matching { drafts: (before, after), before: places(before), after: places(after), pairs: Vec::new() }
    }

    fn pair(&mut self, before: usize, after: usize) {
        self.before.remove(&before);
        self.after.remove(&after);
        self.pairs.push((before, after));
    }

    fn pair_equal(&mut self, key: impl Fn(&'a DraftTask) -> (&'a str, &'a str)) {
        let (before, after) = self.drafts;
        let mut known = BTreeMap::new();
        for place in self.before.iter().rev() {
            known.insert(key(&before.tasks[*place]), *place);
        }
        let found: Vec<(usize, usize)> =
            self.after.iter().filter_map(|place| Some((known.remove(&key(&after.tasks[*place]))?, *place))).collect();
        for (one, other) in found {
            self.pair(one, other);
        }
    }

    /// Pairs the likeliest first.
    fn pair_alike(&mut self, least: f64, may_pair: impl Fn(&DraftTask, &DraftTask) -> bool) {
        let (before, after) = self.drafts;
        let mut candidates = Vec::new();
        for one in &self.before {
            for other in &self.after {
                let (task, again) = (&before.tasks[*one], &after.tasks[*other]);
                if may_pair(task, again) {
                    candidates.push((likeness(&task.text, &again.text), *one, *other));
                }
            }
        }
        candidates.retain(|(likeness, _, _)| *likeness >= least);
        candidates.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (_, one, other) in candidates {
            if self.before.contains(&one) && self.after.contains(&other) {
                self.pair(one, other);
            }
        }
    }
}

/// Dice's coefficient of the character pairs: 1 for the same pairs, 0 for none in common.
fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> BTreeSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, other) = (pairs(one), pairs(other));
    let common = one.intersection(&other).count();
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}

fn heading_changes(before: &Draft, after: &Draft) -> Vec<String> {
    let date = |draft: &Draft| draft.issued_on.map(|date| date.to_string());
    let parts = [
        ("标题", before.title.clone(), after.title.clone()),
        ("文号", before.document_number.clone(), after.document_number.clone()),
        ("发文单位", before.issuer.clone(), after.issuer.clone()),
        ("印发日期", date(before), date(after)),
    ];
    let changed = parts.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(what, before, after)| format!("{what}：{} → {}", or_none(before), or_none(after))).collect()
}

fn or_none(text: Option<String>) -> String {
    text.unwrap_or_else(|| "无".to_owned())
}

fn task_changes(before: &DraftTask, after: &DraftTask) -> Vec<String> {
    let mut changes = Vec::new();
    if before.number != after.number {
        changes.push(format!("编号改为第{}项", after.number));
    }
    if before.text != after.text {
        changes.push("文字有修改".to_owned());
    }
    let lists = [
        ("牵头", &before.leads, &after.leads),
        ("负责", &before.responsible, &after.responsible),
        ("配合", &before.supporting, &after.supporting),
        ("统称", &before.collectives, &after.collectives),
    ];
    for (what, before, after) in lists.into_iter().filter(|(_, before, after)| before != after) {
        changes.push(format!("{what}：{} → {}", listed(before), listed(after)));
    }
    let dates = |task: &DraftTask| task.milestones.iter().map(milestone).collect::<Vec<_>>();
    let (old, new) = (dates(before), dates(after));
    if old != new {
        changes.push(format!("时限：{} → {}", listed(&old), listed(&new)));
    }
    changes.into_iter().map(|change| format!("第{}项 {change}", before.number)).collect()
}

fn milestone(milestone: &DraftMilestone) -> String {
    let scope = milestone.scope.as_ref().map(|scope| format!("（{scope}）")).unwrap_or_default();
    // The same day is not said twice.
    let said = |due: &NaiveDate| milestone.text.trim_end_matches('前') == in_words(*due);
    let due = milestone.due.filter(|due| !said(due)).map(|due| format!("（{due}）")).unwrap_or_default();
    format!("{}{scope}{due}", milestone.text)
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "无".to_owned() } else { names.join("、") }
}

fn shown(task: &DraftTask) -> String {
    let head: String = task.text.chars().take(SHOWN).collect();
    let more = if task.text.chars().count() > SHOWN { "…" } else { "" };
    format!("第{}项：{head}{more}", task.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::plan::{MilestoneKind, Mode};

    fn task(number: &str, text: &str, lead: &str, due: &str) -> DraftTask {
        let milestone = DraftMilestone {
            text: format!("{due}前"),
            kind: MilestoneKind::ByDate,
            due: due.parse().ok(),
            rule: None,
            scope: None,
            doubt: None,
        };
        DraftTask {
            number: number.into(),
            section: None,
            text: text.into(),
            leads: vec![lead.into()],
            responsible: Vec::new(),
            supporting: Vec::new(),
            collectives: Vec::new(),
            mode: Mode::Lead,
            milestones: vec![milestone],
            targets: Vec::new(),
            others: Vec::new(),
        }
    }

    fn plan(tasks: Vec<DraftTask>) -> Draft {
        Draft { title: Some("方案".into()), tasks, ..Draft::default() }
    }

    #[test]
    fn tasks_are_found_again() {
        let before = plan(vec![
            task("1", "建成全市统一的审批系统，实现一窗受理。", "市政务局", "2019-06-30"),
            task("2", "压减企业开办时间到三个工作日以内。", "市市场监管局", "2019-12-31"),
            task("3", "清理规范涉企收费。", "市发展改革委", "2019-12-31"),
        ]);
        let after = plan(vec![
            task("1", "开展营商环境评价。", "市发展改革委", "2019-12-31"),
            task("2", "建成全市统一的审批系统，实现一窗受理。", "市政务局", "2019-09-30"),
            task("3", "压减企业开办时间到两个工作日以内。", "市市场监管局", "2019-12-31"),
        ]);
        let revision = compare(&before, &after);
        assert_eq!(revision.kept, [(0, 1), (1, 2)]);
        assert_eq!((revision.added, revision.ended), (vec![0], vec![2]));
        insta::assert_snapshot!(revision.changes.join("\n"), @"
        第1项 编号改为第2项
        第1项 时限：2019-06-30前（2019-06-30） → 2019-09-30前（2019-09-30）
        第2项 编号改为第3项
        第2项 文字有修改
        新增第1项：开展营商环境评价。
        不再有第3项：清理规范涉企收费。
        ");
        assert_eq!(compare(&after, &after).changes, Vec::<String>::new());
    }
}
