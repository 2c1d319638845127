//! What was understood of a document, on the terminal: counts, a table of the tasks, and every doubt.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use console::Term;

use crate::office::plan::{AsidePlace, Draft, DraftMilestone, DraftTask};
use crate::schedule::deadline;

/// For a person to check in a minute.
pub fn describe(draft: &Draft) -> String {
    let unknown = || "（未读到）".to_owned();
    let milestones: usize = draft.tasks.iter().map(|task| task.milestones.len()).sum();
    let (sections, tasks, doubts) = (draft.sections.len(), draft.tasks.len(), draft.problems.len());
    let mut lines = vec![
        format!("标题：{}", draft.title.clone().unwrap_or_else(unknown)),
        format!(
            "文号：{}　发文：{}　日期：{}",
            draft.document_number.clone().unwrap_or_else(unknown),
            draft.issuer.clone().unwrap_or_else(unknown),
            draft.issued_on.map_or_else(unknown, |date| date.to_string())
        ),
        format!("共 {sections} 部分，{tasks} 项任务，{milestones} 个时限，存疑 {doubts} 处。"),
        table(draft).to_string(),
    ];
    if draft.notice {
        lines.push("这份文件没有分工任务，读到一项要求；导入后编入“交办”，编号接续。".to_owned());
    }
    let doubts = draft.problems.iter().zip(1..).map(|(problem, number)| {
        format!("存疑 {number}　第 {} 行：{}\n　　　　{}", problem.line, problem.message, problem.hint)
    });
    lines.extend(doubts);
    lines.extend(set_aside(draft));
    lines.join("\n") + "\n"
}

/// How much was set aside, by its place, with the beginning of the first: --json holds all of it.
fn set_aside(draft: &Draft) -> Option<String> {
    let told = |place: AsidePlace| {
        let mut aside = draft.set_aside.iter().filter(|aside| aside.place == place);
        let first = aside.next()?;
        Some(format!("{} {} 段（第 {} 行起“{}”）", place.label(), aside.count() + 1, first.line, head(&first.text)))
    };
    let told: Vec<String> = AsidePlace::ALL.into_iter().filter_map(told).collect();
    (!told.is_empty()).then(|| format!("未计入任务的文字：{}。全文见 --json。", told.join("；")))
}

/// The tasks, below the section that they stand in.
fn table(draft: &Draft) -> Table {
    /// Where the output is no terminal.
    const WIDTH: u16 = 120;
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(Term::stdout().size_checked().map_or(WIDTH, |(_, columns)| columns));
    table.set_header(["序号", "任务", "单位", "时限"]);
    let mut section = None;
    for task in &draft.tasks {
        if task.section != section {
            section.clone_from(&task.section);
            table.add_row([String::new(), heading(draft, section.as_deref())]);
        }
        table.add_row([task.number.clone(), head(&task.text), units(task), dates(task)]);
    }
    table
}

fn heading(draft: &Draft, section: Option<&str>) -> String {
    let ordinal = section.unwrap_or_default();
    let title = draft.sections.iter().find(|known| ordinal.ends_with(&known.ordinal)).map(|known| known.title.as_str());
    format!("【{ordinal}{}】", title.unwrap_or_default())
}

fn head(text: &str) -> String {
    const SHOWN: usize = 24;
    let mut head: String =
        text.chars().map(|character| if character == '\n' { ' ' } else { character }).take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        head.push('…');
    }
    head
}

fn units(task: &DraftTask) -> String {
    let part = |label: &str, names: &[String]| (!names.is_empty()).then(|| format!("{label}：{}", names.join("、")));
    let parts = [
        part("牵头", &task.leads),
        part("负责", &task.responsible),
        part("配合", &task.supporting),
        part("统称", &task.collectives),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().chain(task.others.iter().cloned()).collect();
    if parts.is_empty() { "（没有单位）".to_owned() } else { parts.join("\n") }
}

fn dates(task: &DraftTask) -> String {
    let date = |milestone: &DraftMilestone| {
        let DraftMilestone { text, due, rule, scope, doubt, .. } = milestone;
        let when = due.map(|due| due.to_string()).or(rule.map(deadline::rule_in_words));
        let when = when.unwrap_or_else(|| "无具体日期".to_owned());
        let scope = scope.as_ref().map(|scope| format!("（{scope}）")).unwrap_or_default();
        let doubt = doubt.as_ref().map(|doubt| format!("，存疑：{doubt}")).unwrap_or_default();
        format!("{when}（{text}）{scope}{doubt}")
    };
    task.milestones.iter().map(date).collect::<Vec<_>>().join("\n")
}
