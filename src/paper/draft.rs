//! 导入预览: what was read of a document, as a sheet to check it by, with every doubt on a second one. .xlsx

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use crate::office::plan::{Draft, DraftMilestone, DraftTask, Mode};
use crate::paper::PaperError;
use crate::schedule::deadline::rule_in_words;

const TASKS: [(&str, f64); 10] = [
    ("序号", 8.0),
    ("部分", 10.0),
    ("任务", 60.0),
    ("牵头单位", 24.0),
    ("负责单位", 24.0),
    ("配合单位", 24.0),
    ("统称", 20.0),
    ("分工", 12.0),
    ("时限", 28.0),
    ("到期日", 24.0),
];
const DOUBTS: [(&str, f64); 3] = [("行", 8.0), ("疑点", 60.0), ("处理", 60.0)];

/// The workbook's bytes.
pub fn bytes(draft: &Draft) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    let tasks: Vec<_> = draft.tasks.iter().map(task).collect();
    write(workbook.add_worksheet(), "任务", &TASKS, &tasks)?;
    let doubts: Vec<_> = draft
        .problems
        .iter()
        .map(|doubt| vec![doubt.line.to_string(), doubt.message.clone(), doubt.hint.clone()])
        .collect();
    write(workbook.add_worksheet(), "疑点", &DOUBTS, &doubts)?;
    Ok(workbook.save_to_buffer()?)
}

fn task(task: &DraftTask) -> Vec<String> {
    let milestones = |what: &dyn Fn(usize) -> Option<String>| {
        (0..task.milestones.len()).filter_map(what).collect::<Vec<_>>().join("；")
    };
    vec![
        task.number.clone(),
        task.section.clone().unwrap_or_default(),
        task.text.clone(),
        task.leads.join("、"),
        task.responsible.join("、"),
        task.supporting.join("、"),
        task.collectives.join("、"),
        mode(task.mode).to_owned(),
        milestones(&|at| Some(task.milestones[at].text.clone())),
        milestones(&|at| {
            let DraftMilestone { due, rule, .. } = task.milestones[at];
            due.map(|due| due.to_string()).or(rule.map(rule_in_words))
        }),
    ]
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Lead => "有牵头",
        Mode::Sole => "一家负责",
        Mode::SplitByDuty => "按职责分工",
        Mode::Joint => "共同负责",
        Mode::None => "",
    }
}

/// Writes rows of text; what begins like a formula stays text.
fn write(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)], rows: &[Vec<String>]) -> Result<(), PaperError> {
    let head = Format::new().set_bold();
    let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (at, (heading, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, *width)?.write_string_with_format(0, at, *heading, &head)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, at, cell, &text)?;
        }
    }
    let (last_row, last_column) =
        (u32::try_from(rows.len()).unwrap_or(u32::MAX), u16::try_from(columns.len()).unwrap_or(1) - 1);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx, open_workbook_from_rs};

    #[test]
    fn what_was_read_can_be_checked() {
        let text = "1.建成系统，2019年6月底前上线。（省公安厅牵头，省财政厅配合）\n2.=1+1推进改革。（省司法厅负责）";
        let draft = crate::plan::read("plan.txt", text.as_bytes()).unwrap();
        let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(super::bytes(&draft).unwrap())).unwrap();
        let rows = workbook.worksheet_range("任务").unwrap();
        let cell = |at: u32, column| rows.get_value((at, column)).map_or(String::new(), |cell| cell.to_string());
        let row = |at: u32| (0..10).map(|column| cell(at, column)).collect::<Vec<_>>().join("|");
        assert!(
            row(1).contains("省公安厅") && row(1).contains("省财政厅") && row(1).contains("2019-06-30"),
            "{}",
            row(1)
        );
        assert!(row(2).contains("=1+1推进改革"), "{}", row(2));
    }
}
