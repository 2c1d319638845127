//! What is filed and shown: the ledger workbook, the bulletin, the board. PURE: from what is held to bytes. Every figure is
//! counted by `domain::figures`.

pub mod board;
pub mod bulletin;
pub mod draft;
mod svg;
pub mod workbook;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::duty::{Duty, TaskId};
use crate::domain::figures::Totals;
use crate::domain::moment::Moment;
use crate::domain::reply::answers::as_of;

/// What the papers tell.
#[derive(Clone, Debug)]
pub struct Contents {
    pub plans: Vec<PlanLine>,
    /// Of the plans that are not closed, in the order of the plan and of its list of units.
    pub duties: Vec<Duty>,
    /// The part of the plan that a task stands in: `（一）优化审批`.
    pub sections: HashMap<TaskId, String>,
    pub totals: Totals,
    /// When coordinators agreed that a duty is done, in time order.
    pub done_on: Vec<NaiveDate>,
    /// The ledger's length and head.
    pub entries: i64,
    pub head: Option<String>,
    /// Whether units are ranked.
    pub ranking: bool,
    pub moment: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    pub title: String,
    pub document_number: Option<String>,
    pub issued_on: Option<NaiveDate>,
}

impl Contents {
    /// The title of the plan, or of the first and how many there are.
    pub fn title(&self) -> String {
        match self.plans.as_slice() {
            [] => "督办任务".to_owned(),
            [only] => only.title.clone(),
            [first, ..] => format!("{}等{}个方案", first.title, self.plans.len()),
        }
    }

    /// `2019年6月27日（周四）09:00`
    pub fn as_of(&self) -> String {
        as_of(self.totals.at)
    }

    /// The duties of each task, in the order of the plan.
    pub fn by_task(&self) -> Vec<Vec<&Duty>> {
        let mut tasks: Vec<Vec<&Duty>> = Vec::new();
        let mut places: HashMap<TaskId, usize> = HashMap::new();
        for duty in &self.duties {
            let place = *places.entry(duty.task.id).or_insert(tasks.len());
            match tasks.get_mut(place) {
                Some(task) => task.push(duty),
                None => tasks.push(vec![duty]),
            }
        }
        tasks
    }
}

/// A paper that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("表格无法生成：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("通报无法生成：{0}")]
    Bulletin(String),
    #[error("看板无法生成：{0}")]
    Board(String),
}
