//! What is filed and shown: the ledger workbook, the bulletin, the board. PURE: from what is held to bytes. Every figure is
//! counted by `office::figures`.

pub mod board;
pub mod bulletin;
mod burn_down;
mod clauses;
pub mod draft;
mod heads;
pub mod meeting;
mod official;
pub mod page;
mod rows;
mod svg;
pub mod timeline;
pub mod workbook;

use chrono::NaiveDate;

use crate::citations::Citation;
use crate::inspections::Inspection;
use crate::office::duty::{Duty, UnassignedTask};
use crate::office::figures;
use crate::office::figures::Figures;
use crate::office::ids::PlanId;
use crate::office::moment::Moment;
use crate::office::policy::Letterhead;
use crate::questions::sentences::as_of;

/// What the papers tell.
#[derive(Clone, Debug)]
pub struct Contents {
    pub plans: Vec<PlanLine>,
    /// Of the plans that are not closed, or of the one that is named, in the order of the plan and of its list of units.
    pub duties: Vec<Duty>,
    /// Tasks of these plans that no unit answers for.
    pub unassigned: Vec<UnassignedTask>,
    /// 表扬、提醒、约谈 on record, newest first.
    pub citations: Vec<Citation>,
    /// 专项督查 that were started, in their order.
    pub inspections: Vec<Inspection>,
    /// The ledger's length and head.
    pub entries: i64,
    pub head: Option<String>,
    pub letterhead: Letterhead,
    pub moment: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    pub id: PlanId,
    /// What tells it from the others; `None` where it is the only one.
    pub name: Option<String>,
    /// With its number or short name, where another plan has the same.
    pub title: String,
    pub document_number: Option<String>,
    pub issued_on: Option<NaiveDate>,
}

impl PlanLine {
    fn is_named_in(&self, words: &str) -> bool {
        words.contains(&self.title) || self.name.as_ref().is_some_and(|name| words.contains(name))
    }
}

impl Contents {
    /// Of one plan alone, where one is named, whose duties these are. What coordinators put on record about a unit is of the
    /// plan that it names, or that has the tasks that it names.
    pub fn of(mut self, plan: Option<PlanId>) -> Contents {
        let Some(plan) = plan else { return self };
        let has_task = |id| self.duties.iter().any(|duty| duty.task.id == id);
        let has_unit = |id| self.duties.iter().any(|duty| duty.unit.id == id);
        self.inspections.retain(|one| {
            if one.tasks.is_empty() {
                one.parts.iter().any(|part| has_unit(part.unit.id))
            } else {
                one.tasks.iter().any(|task| has_task(task.id))
            }
        });
        for one in self.inspections.iter_mut().filter(|one| one.tasks.is_empty()) {
            one.parts.retain(|part| has_unit(part.unit.id));
        }
        let others: Vec<PlanLine> = self.plans.extract_if(.., |line| line.id != plan).collect();
        let numbers: Vec<&str> = self.duties.iter().map(|duty| duty.task.number.as_str()).collect();
        let is_about = |cited: &Citation| {
            let names_other = others.iter().any(|line| line.is_named_in(&cited.reason));
            let named = self.plans.iter().any(|line| line.is_named_in(&cited.reason));
            let has_tasks = || cited.tasks().iter().all(|number| numbers.contains(&number.as_str()));
            named || !names_other && has_tasks()
        };
        self.citations.retain(|cited| has_unit(cited.unit.id) && is_about(cited));
        self.plans.iter_mut().for_each(|line| line.name = None);
        self
    }

    /// What the papers show is counted here, as for every other answer.
    pub fn figures(&self) -> Figures<'_> {
        figures::of(&self.duties, &self.unassigned, self.moment)
    }

    /// `《营商环境》`, where other plans stand beside the one with this title.
    pub fn plan_beside_others(&self, title: &str) -> String {
        let name = self.plans.iter().find(|plan| plan.title == title).and_then(|plan| plan.name.as_deref());
        name.map(|name| format!("《{name}》")).unwrap_or_default()
    }

    /// The title of the plan, or of the first and how many there are.
    pub fn title(&self) -> String {
        match self.plans.as_slice() {
            [] => "督办任务".to_owned(),
            [only] => only.title.clone(),
            [first, ..] => format!("{}等{}个方案", first.title, self.plans.len()),
        }
    }

    /// The same, with the name by which the first of several plans is told from the others.
    pub fn short_title(&self) -> String {
        match self.plans.as_slice() {
            [PlanLine { name: Some(first), .. }, _, ..] => format!("{first}等{}个方案", self.plans.len()),
            _ => self.title(),
        }
    }

    /// `2019年6月27日（周四）09:00`
    pub fn as_of(&self) -> String {
        as_of(self.moment)
    }
}

/// A paper that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("表格无法生成：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("文件无法生成：{0}")]
    Document(String),
    #[error("看板无法生成：{0}")]
    Board(String),
}
