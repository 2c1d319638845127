//! 分工方案: an issued plan as the document prints it, before it meets the roll or the database.
//!
//! `Draft` is what reading a document yields. Its JSON is the one of `duban plan import --json`, so the field
//! names and their order are part of what people script against.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Everything that was understood of a plan document, together with every doubt about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub title: Option<String>,
    /// 发文字号, such as 湘政办发〔2019〕1号, as printed.
    pub document_number: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub sections: Vec<Section>,
    pub tasks: Vec<DraftTask>,
    pub problems: Vec<Problem>,
    /// What the document says that is part of no task, so that whoever imports it sees that nothing was dropped.
    #[serde(default)]
    pub set_aside: Vec<SetAside>,
    /// 通知: it divides no work, and its one task is what it asks for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub notice: bool,
}

/// Words of a document that are part of no task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Of the document, counted from 1.
    pub line: usize,
    /// As printed.
    pub text: String,
    pub place: AsidePlace,
}

/// Where such words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsidePlace {
    /// 公文头, 前言: before the tasks.
    Opening,
    /// Below a heading, before its first task.
    Heading,
    /// 总体要求, 保障措施: a part without tasks.
    Part,
    /// Among the tasks; a problem quotes it.
    Between,
    /// 落款, 附注: after the tasks.
    Closing,
}

impl AsidePlace {
    pub const ALL: [AsidePlace; 5] =
        [AsidePlace::Opening, AsidePlace::Heading, AsidePlace::Part, AsidePlace::Between, AsidePlace::Closing];

    pub fn label(self) -> &'static str {
        match self {
            AsidePlace::Opening => "开头部分",
            AsidePlace::Heading => "标题之下的说明",
            AsidePlace::Part => "不含任务的部分",
            AsidePlace::Between => "任务之间",
            AsidePlace::Closing => "结尾部分",
        }
    }
}

impl Draft {
    /// A number that two tasks share: replies could not tell them apart.
    pub fn repeated_number(&self) -> Option<&str> {
        let mut numbers = BTreeSet::new();
        self.tasks.iter().map(|task| task.number.as_str()).find(|number| !numbers.insert(*number))
    }
}

/// A heading that has tasks below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// As printed: `（一）`, `一、`.
    pub ordinal: String,
    pub title: String,
}

/// 任务: a numbered item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTask {
    /// As printed, without the closing `.` or `、`; a child is `5（1）` or `（一）1`.
    pub number: String,
    /// The ordinal of the section above it.
    pub section: Option<String>,
    /// Starts right after the number and does not hold the responsibility.
    pub text: String,
    /// 牵头
    pub leads: Vec<String>,
    /// 负责, 责任单位: named units that do not lead.
    pub responsible: Vec<String>,
    /// 配合单位
    pub supporting: Vec<String>,
    /// Names that stand for many units (各市州人民政府); never repeated in the other lists.
    pub collectives: Vec<String>,
    pub mode: Mode,
    pub milestones: Vec<DraftMilestone>,
    /// Figures to be reached, as printed: `120个工作日以内`.
    pub targets: Vec<String>,
    /// Persons, and units that only watch or check, with their label as printed: `责任领导：张某`. Nobody is reminded for them.
    #[serde(default)]
    pub others: Vec<String>,
}

/// Who answers for a task, taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Somebody leads.
    Lead,
    /// One unit.
    Sole,
    /// 按职责（职能）分工: nobody leads.
    SplitByDuty,
    /// Several, no lead, no split.
    Joint,
    /// A parent item without units.
    #[default]
    None,
}

/// 时限: a date within a task, for all its units or for one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMilestone {
    /// The words that give the date, as printed: `2019年6月底前`.
    pub text: String,
    pub kind: MilestoneKind,
    /// The last day that still counts.
    pub due: Option<NaiveDate>,
    /// When a recurring date comes round; `None` for other kinds, and where the words do not say it.
    #[serde(default)]
    pub rule: Option<Rule>,
    /// The one place or group of units that it binds: `长沙市`.
    pub scope: Option<String>,
    /// The other fair reading, in a sentence for the coordinator.
    pub doubt: Option<String>,
}

/// What sort of date a milestone is. Only those with a `due` are reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneKind {
    /// 2019年6月底前, 第三季度
    ByDate,
    /// 五年内, counted from the day of issue
    WithinYears,
    /// 印发之日起30日内
    WithinDays,
    /// 每季度首月15日前
    Recurring,
    /// 持续推进, 长期坚持
    Ongoing,
    /// A policy's period of validity; not a deadline.
    Window,
    /// A day from which something applies; not a deadline.
    Start,
    /// 立即整改
    Immediate,
}

/// 每季度首月15日前: a day of each period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub period: Period,
    /// Within the period, counted from 1; `None` is its last month.
    pub month: Option<u8>,
    /// Of that month, or of the week with Monday as 1; `None` is the last day.
    pub day: Option<u8>,
}

/// How often a recurring date comes round. All but weeks begin with the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Day,
    Week,
    /// 旬
    TenDays,
    HalfMonth,
    Month,
    TwoMonths,
    Quarter,
    HalfYear,
    Year,
}

/// A doubt about the document, for the person who imports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Counted from 1 in the document as read.
    pub line: usize,
    pub message: String,
    /// What the reader can do about it.
    pub hint: String,
}
