//! What is sent as a file.

use serde::{Deserialize, Serialize};

use crate::office::ids::{InspectionId, PlanId};

/// A paper, of all open plans where it names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 台账工作簿, .xlsx
    Workbook,
    /// 督查通报 of all open plans, .docx
    Bulletin,
    /// The same of one plan, or with its number.
    BulletinOf { plan: Option<PlanId>, issue: Option<u32> },
    /// The same of one plan
    OfPlan { sheet: Sheet, plan: PlanId },
    /// 看板, a .png a page
    Board,
    /// 时间轴, a .png a page
    Timeline,
    /// 会议材料, .docx
    Meeting,
    /// What was read of the document with this number, .xlsx
    Draft(i64),
    /// Who has answered an inspection, and what, .xlsx
    Inspection { inspection: InspectionId, number: i64 },
}

impl Paper {
    /// The one plan that it is of.
    pub fn plan(self) -> Option<PlanId> {
        match self {
            Paper::BulletinOf { plan, .. } => plan,
            Paper::OfPlan { plan, .. } => Some(plan),
            _ => None,
        }
    }
}

/// What can be had of one plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    Workbook,
    Board,
    Timeline,
}

impl Sheet {
    /// The same of all plans.
    pub fn of_all(self) -> Paper {
        match self {
            Sheet::Workbook => Paper::Workbook,
            Sheet::Board => Paper::Board,
            Sheet::Timeline => Paper::Timeline,
        }
    }
}
