//! 存疑: what the person who imports a plan should look at before it counts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::office::plan::{AsidePlace, DraftTask, MilestoneKind, Mode, Problem, SetAside};
use crate::plan::heading::Heading;
use crate::plan::ordinal::Style;
use crate::plan::tasks::{Task, Tasks};
use crate::plan::{script, text, units};
use crate::schedule::deadline::{self, Context, Phrase, Place};

/// Every doubt, in the order of the document.
pub fn find(plan: &Tasks, heading: &Heading) -> Vec<Problem> {
    let mut problems = numbering(&plan.tasks);
    if heading.title.is_none() {
        problems.push(problem(1, "没有读到文件标题。".to_owned(), "请检查标题是不是单独一行、在正文之前。"));
    }
    for task in &plan.tasks {
        problems.extend(without_units(task));
        problems.extend(unlikely_units(task));
        problems.extend(dates(task, heading));
        problems.extend(said_of_others(task));
        problems.extend(unread(task));
    }
    let between = plan.set_aside.iter().filter(|aside| aside.place == AsidePlace::Between);
    problems.extend(between.filter_map(left_out));
    problems.extend(plan.set_aside.iter().filter_map(|aside| dated_part(aside, heading)));
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

/// A line among the tasks that none of them holds, quoted so that nothing is dropped in silence.
fn left_out(aside: &SetAside) -> Option<Problem> {
    const SHORTEST: usize = 4;
    let words = text::dense(&aside.text);
    let named = ["附件", "抄送", "（此件", "注：", "注:", "备注：", "说明：", "合计", "小计", "总计", "审核", "填表"]
        .iter()
        .any(|start| words.starts_with(start));
    let page = words.chars().all(|character| character.is_ascii_digit() || "—-–第页共/".contains(character));
    if named || page || words.chars().count() < SHORTEST {
        return None;
    }
    let message = format!("“{}”没有计入任何一项任务。", cut(&words));
    Some(problem(aside.line, message, "如属于任务内容，请在文件中并入相应一项后重新导入；不是任务的可以不管。"))
}

/// An item that is no task although it says by when something is to be done.
fn dated_part(aside: &SetAside, heading: &Heading) -> Option<Problem> {
    if aside.place != AsidePlace::Part {
        return None;
    }
    let context = Context { issued_on: heading.issued_on, plan_year: heading.plan_year, counted_from: None };
    let phrases = deadline::find(&script::simplify(&aside.text), context, Place::Prose);
    let due = |phrase: &&Phrase| matches!(phrase.kind, MilestoneKind::ByDate | MilestoneKind::WithinDays);
    let words = aside.text.get(phrases.iter().find(due)?.range.clone())?;
    let message = format!("“{}”写有时限“{words}”，没有计入任何一项任务。", cut(&text::dense(&aside.text)));
    Some(problem(aside.line, message, "如属于任务，请在文件中写明责任单位后重新导入；不是任务的可以不管。"))
}

/// The beginning of a text, as doubts quote it.
fn cut(words: &str) -> String {
    const LONGEST: usize = 40;
    let quoted: String = words.chars().take(LONGEST).collect();
    if words.chars().nth(LONGEST).is_some() { quoted + "……" } else { quoted }
}

fn said_of_others(task: &Task) -> Option<Problem> {
    let words = task.said_of_others.as_ref()?;
    let message = format!("第{}项写有“{words}”，没有逐项计入其他任务。", task.draft.number);
    Some(problem(task.line, message, "如需向有关单位提醒，请在文件中逐项写明后重新导入。"))
}

/// What fields of dates say of time beside the dates that were read.
fn unread(task: &Task) -> impl Iterator<Item = Problem> {
    task.unread.iter().map(|words| {
        let message = format!("第{}项的时限中，“{words}”没有读出日期。", task.draft.number);
        problem(task.line, message, "如需按它提醒，请在文件中写明日期后重新导入；已经完成的，导入后请核销。")
    })
}

/// Words among the units that do not end as the names of units do: something may have been misread.
fn unlikely_units(task: &Task) -> impl Iterator<Item = Problem> {
    let DraftTask { number, leads, responsible, supporting, .. } = &task.draft;
    let names = leads.iter().chain(responsible).chain(supporting);
    let unlikely = names.filter(|name| name.contains(['：', ':']) || !may_be_unit(&script::simplify(name)));
    unlikely.map(move |name| {
        let message = format!("第{number}项的责任单位中，“{name}”不像单位名称。");
        problem(task.line, message, "请核对原文；确是单位的，登记到名册后即可使用。")
    })
}

/// Whether a name may be that of a unit, where it stands among others: 石桥村, 宁溪一中, 党总支 and ICU end as other words do.
fn may_be_unit(name: &str) -> bool {
    static ALSO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "(?:村|支部|总支|书店|[一二三四五六七八九]中|公路段|监管点|保全部|校区|景区|林场|农场|水库)$|^[A-Z]{2,5}$",
        )
        .expect("a constant")
    });
    units::ends_like_unit(name) || ALSO.is_match(name)
}

/// Numbers that are missing or come twice, among the tasks that stand at the same place. The first there may also go on
/// from the place before: numbers that run through sections.
fn numbering(tasks: &[Task]) -> Vec<Problem> {
    let mut last_of: BTreeMap<(Option<usize>, Style), u32> = BTreeMap::new();
    let mut last_of_style: BTreeMap<Style, u32> = BTreeMap::new();
    let mut problems = Vec::new();
    for task in tasks.iter().filter(|task| task.is_numbered) {
        let number = &task.draft.number;
        let last = last_of.insert((task.parent, task.style), task.value);
        let elsewhere = last_of_style.insert(task.style, task.value).map(|last| last.saturating_add(1));
        let runs_through = last.is_none() && elsewhere == Some(task.value);
        let expected = if runs_through { task.value } else { last.map_or(1, |last| last.saturating_add(1)) };
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
        problem(
            tasks[0].line,
            message,
            "点名之前不会向任何单位提醒；请用 duban unit members 统称 单位… --task 序号 指定。",
        )
    };
    tasks_of.into_iter().map(doubt).collect()
}

fn stands_for_nobody(name: &str) -> bool {
    ["有关", "相关", "有關", "相關"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    fn messages(tasks: &str) -> Vec<(usize, String)> {
        let text = format!("档案工作任务分工方案\n青山县档案局\n2021年3月1日\n{tasks}");
        let draft = crate::plan::read("plan.txt", text.as_bytes()).unwrap();
        draft.problems.into_iter().map(|problem| (problem.line, problem.message)).collect()
    }

    #[test]
    fn numbers() {
        let tasks = "1.甲。（县档案局负责）\n3.乙。（县档案局负责）\n3.丙。（县档案局负责）\n7.丁。（县档案局负责）";
        let expected = ["第3项之前缺少序号2。", "序号3重复或者次序颠倒，上一项是3。", "第7项之前缺少序号4至6。"];
        assert_eq!(messages(tasks), [5, 6, 7].into_iter().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
    }

    #[test]
    fn numbers_that_run_through_places_are_not_missing() {
        let tasks = "1.甲。\n（1）子。（县档案局负责）\n（2）丑。（县档案局负责）\n2.乙。\n（3）寅。（县档案局负责）\n（5）卯。（县档案局负责）";
        assert_eq!(messages(tasks), [(9, "第（5）项之前缺少序号4。".to_owned())]);
    }

    #[test]
    fn categories_and_names_that_may_be_units() {
        let table =
            "类别|序号|任务|责任单位|整改类型\n保管|1|修缮|石桥村、ICU、县一中|限期整改\n利用|2|展览|甲乙丙|限期整改";
        assert_eq!(messages(table), [(6, "第2项的责任单位中，“甲乙丙”不像单位名称。".to_owned())]);
        let does = "1.修路。（县交通局牵头，县财政局负责征地）\n2.建园2所（县教育局，9月1日前投用）。";
        assert_eq!(messages(does), []);
    }

    #[test]
    fn what_says_when_and_gives_no_date() {
        let fields = "1.甲。\n责任单位：县档案局\n完成时限：3月20日前设置警戒，暑假期间重建\n2.乙。\n责任单位：县档案局\n完成时限：已于3月8日完成";
        let expected = ["第1项的时限中，“暑假期间重建”没有读出日期。", "第2项的时限中，“已于3月8日完成”没有读出日期。"];
        assert_eq!(messages(fields), [4, 7].into_iter().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
        let part = "一、任务\n1.甲。（县档案局负责）\n二、督查\n1.请于3月8日前报送名单。";
        let expected = "“1.请于3月8日前报送名单。”写有时限“3月8日前”，没有计入任何一项任务。";
        assert!(messages(part).iter().any(|(_, message)| message == expected), "{:?}", messages(part));
    }

    #[test]
    fn units() {
        let tasks = "1.甲。（有关单位负责）\n2.乙。\n3.丙。（县档案局、张某某牵头，有关单位配合）";
        let expected = [
            (4, "第1、3项的“有关单位”没有写明是哪些单位。"),
            (5, "第2项没有读到责任单位。"),
            (6, "第3项的责任单位中，“张某某”不像单位名称。"),
        ];
        assert_eq!(messages(tasks), expected.map(|(line, message)| (line, message.to_owned())));
    }

    #[test]
    fn dates() {
        let tasks =
            "1.2020年底前甲。（县档案局负责）\n2.13月底前乙。（县档案局负责）\n3.2021年5月底前丙。（县档案局负责）";
        let expected = ["第1项的时限“2020年底前”早于印发日期2021年3月1日。", "第2项的时限“13月底前”没有读出日期。"];
        assert_eq!(messages(tasks), [4, 5].into_iter().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
    }
}
