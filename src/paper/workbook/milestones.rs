//! The sheet 时限: the dates of every unit, and how each stands.

use crate::office::milestone::MilestoneStatus;
use crate::paper::workbook::{Cell, Column, LedgerWorkbook, PLAN};
use crate::paper::{Contents, PaperError};

const MILESTONES: [Column; 8] = [
    ("序号", 8.0),
    ("单位", 24.0),
    ("时限", 24.0),
    ("到期日", 12.0),
    ("原定日期", 12.0),
    ("状态", 10.0),
    ("办结日期", 12.0),
    PLAN,
];

impl LedgerWorkbook {
    pub(super) fn add_milestones(&mut self, contents: &Contents) -> Result<(), PaperError> {
        let moment = contents.moment;
        let mut sheet = self.sheet("时限", &MILESTONES)?;
        for (duty, date) in contents.duties.iter().flat_map(|duty| duty.milestones.iter().map(move |date| (duty, date)))
        {
            let overdue = duty.status.is_open() && date.due < moment.today;
            let state = match date.stands {
                MilestoneStatus::Done => "已办结",
                MilestoneStatus::ClaimedDone => "提请办结",
                MilestoneStatus::Open if overdue => "已逾期",
                MilestoneStatus::Open => "未完成",
            };
            sheet.row(&[
                Cell::Text(&duty.task.number),
                Cell::Text(&duty.unit.name),
                Cell::Text(&date.name()),
                Cell::Day(date.due),
                Cell::Day(date.first_due),
                Cell::Text(state),
                date.done_at.map_or(Cell::Nothing, |at| Cell::Day(moment.day_of(at))),
                Cell::Text(&duty.plan),
            ])?;
        }
        sheet.finish()
    }
}
