//! 存疑: what the person who imports a plan should look at before it counts.

use std::collections::BTreeMap;

use super::heading::Heading;
use super::ordinal::Style;
use super::tasks::{Task, Tasks};
use crate::domain::plan::{MilestoneKind, Mode, Problem};
use crate::schedule::deadline;

/// Every doubt, in the order of the document.
pub fn find(plan: &Tasks, heading: &Heading) -> Vec<Problem> {
    let mut problems = numbering(&plan.tasks);
    for task in &plan.tasks {
        problems.extend(without_units(task));
        problems.extend(dates(task, heading));
    }
    problems.extend(unnamed(&plan.tasks));
    problems.sort_by_key(|problem| problem.line);
    problems
}

fn problem(line: usize, message: String, hint: &str) -> Problem {
    Problem { line, message, hint: hint.to_owned() }
}

fn without_units(task: &Task) -> Option<Problem> {
    let nobody = task.draft.mode == Mode::None && !task.has_children;
    let message = format!("第{}项没有读到责任单位。", task.draft.number);
    nobody.then(|| problem(task.line, message, "请在文件中补上这一项的牵头单位或者责任单位，再重新导入。"))
}

/// Numbers that are missing or come twice, among the tasks that stand at the same place.
fn numbering(tasks: &[Task]) -> Vec<Problem> {
    let mut last_of: BTreeMap<(Option<usize>, Style), u32> = BTreeMap::new();
    let mut problems = Vec::new();
    for task in tasks {
        let number = &task.draft.number;
        let last = last_of.insert((task.parent, task.style), task.value);
        let expected = last.map_or(1, |last| last.saturating_add(1));
        let message = match task.value {
            value if value == expected => continue,
            value if value < expected => format!("序号{number}重复或者次序颠倒，上一项是{}。", expected - 1),
            value if value == expected + 1 => format!("第{number}项之前缺少序号{expected}。"),
            value => format!("第{number}项之前缺少序号{expected}至{}。", value - 1),
        };
        problems.push(problem(task.line, message, "请核对原文的序号，必要时改正后重新导入。"));
    }
    problems
}

fn dates(task: &Task, heading: &Heading) -> Vec<Problem> {
    let number = &task.draft.number;
    let mut problems = Vec::new();
    for milestone in &task.draft.milestones {
        let is_due =
            matches!(milestone.kind, MilestoneKind::ByDate | MilestoneKind::WithinYears | MilestoneKind::WithinDays);
        match (milestone.due, heading.issued_on) {
            _ if !is_due => {}
            (None, _) => {
                let hint = milestone.doubt.as_deref().unwrap_or("请人工核定截止日期。");
                problems.push(problem(
                    task.line,
                    format!("第{number}项的时限“{}”没有读出日期。", milestone.text),
                    hint,
                ));
            }
            (Some(due), Some(issued)) if due < issued => {
                let message =
                    format!("第{number}项的时限“{}”早于印发日期{}。", milestone.text, deadline::in_words(issued));
                problems.push(problem(task.line, message, "请核对年份，必要时改正后重新导入。"));
            }
            _ => {}
        }
    }
    problems
}

/// 有关部门 and 相关单位 stand for nobody until they are named: one doubt for each such name.
fn unnamed(tasks: &[Task]) -> Vec<Problem> {
    let mut tasks_of: BTreeMap<&str, Vec<&Task>> = BTreeMap::new();
    for task in tasks {
        for name in task.draft.collectives.iter().filter(|name| stands_for_nobody(name)) {
            tasks_of.entry(name).or_default().push(task);
        }
    }
    let doubt = |(name, tasks): (&str, Vec<&Task>)| {
        let numbers: Vec<&str> = tasks.iter().map(|task| task.draft.number.as_str()).collect();
        let message = format!("第{}项的“{name}”没有写明是哪些单位。", numbers.join("、"));
        problem(tasks[0].line, message, "点名之前不会向任何单位提醒，请由督办人员指定具体单位。")
    };
    tasks_of.into_iter().map(doubt).collect()
}

fn stands_for_nobody(name: &str) -> bool {
    ["有关", "相关", "有關", "相關"].iter().any(|word| name.contains(word))
}
