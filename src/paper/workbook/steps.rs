//! The sheet 分解步骤: into what units have split their duties.

use super::{Cell, Column, LedgerWorkbook, PLAN};
use crate::paper::{Contents, PaperError};

const STEPS: [Column; 6] = [("序号", 8.0), ("单位", 24.0), ("步骤", 60.0), ("时限", 12.0), ("状态", 10.0), PLAN];

impl LedgerWorkbook {
    pub(super) fn add_steps(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let mut sheet = self.sheet("分解步骤", &STEPS)?;
        for (duty, step) in contents.duties.iter().flat_map(|duty| duty.steps.iter().map(move |step| (duty, step))) {
            let state = if step.done {
                "已完成"
            } else if step.due < contents.moment.today && duty.status.is_open() {
                "已逾期"
            } else {
                "未完成"
            };
            sheet.row(&[
                Cell::Text(&duty.task.number),
                Cell::Text(&duty.unit.name),
                Cell::Text(&step.text),
                Cell::Day(step.due),
                Cell::Text(state),
                Cell::Text(&duty.plan),
            ])?;
        }
        sheet.finish()
    }
}
