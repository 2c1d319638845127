//! 表头: what the columns of a table hold, told by the words at their head.

use super::label::Label;
use super::script;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    /// The heading that several rows share.
    Section,
    Text,
    Field(Label),
}

const NUMBER: [&str; 6] = ["序号", "编号", "项目编号", "任务序号", "任务编号", "序"];
const SECTION: [&str; 8] = ["类别", "分类", "类型", "领域", "板块", "方面", "专项", "一级指标"];
const TEXT: [&str; 13] =
    ["任务", "要求", "内容", "事项", "措施", "目标", "项目", "名称", "工作", "举措", "要点", "指标", "任务分解"];
/// Persons, and what is filled in later.
const OTHER: [&str; 12] =
    ["领导", "责任人", "负责人", "联系人", "联络员", "电话", "备注", "情况", "进展", "进度", "问题", "计划"];

impl Column {
    /// The column with this head; `None` where the words are no head of a column.
    pub fn of(head: &str) -> Option<Column> {
        const LONGEST: usize = 12;
        if head.chars().nth(LONGEST * 3).is_some() {
            return None;
        }
        let head: String = script::simplify(head).chars().filter(|character| !character.is_whitespace()).collect();
        let bare = head.split(['（', '(']).next().unwrap_or_default();
        let announces = head.trim_end_matches(['：', ':']).contains(['：', ':']);
        if bare.is_empty() || announces || bare.chars().nth(LONGEST).is_some() || head.contains(['。', '，', '；']) {
            return None;
        }
        let ends_with = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
        match () {
            () if NUMBER.contains(&bare) => Some(Column::Number),
            () if Label::of_column(&head).is_some() => Label::of_column(&head).map(Column::Field),
            () if ends_with(&SECTION) => Some(Column::Section),
            () if ends_with(&TEXT) => Some(Column::Text),
            () if ends_with(&OTHER) => Some(Column::Field(Label::Other)),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Column;
    use crate::plan::label::Label;

    #[test]
    fn heads() {
        let cases = [
            ("序 号", Some(Column::Number)),
            ("重点领域", Some(Column::Section)),
            ("主要任务（措施）", Some(Column::Text)),
            ("牵头单位及责任人", Some(Column::Field(Label::Lead))),
            ("計劃完成時限", Some(Column::Field(Label::Deadline))),
            ("责任人", Some(Column::Field(Label::Other))),
            ("目前进展情况", Some(Column::Field(Label::Other))),
            ("修缮库房，整理目录", None),
            ("县档案局", None),
        ];
        for (head, column) in cases {
            assert_eq!(Column::of(head), column, "{head}");
        }
    }
}
