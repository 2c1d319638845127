//! 责任单位：… 完成时限：…: the labels, and heads of columns, that announce units and dates.

use std::sync::LazyLock;

use regex::Regex;

use super::script;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Lead,
    Responsible,
    Supporting,
    Deadline,
    /// Persons and remarks, which are nobody's duty.
    Other,
}

const LABELS: [(Label, &str); 5] = [
    (Label::Lead, "牵头单位 牵头部门 牵头责任单位 牵头责任部门 主办单位 主办部门 主责单位 主责部门 第一责任单位"),
    (Label::Responsible, "责任单位 责任部门 责任主体 负责单位 负责部门 承办单位 落实单位 实施单位 参与责任单位"),
    (
        Label::Supporting,
        "配合单位 配合部门 协办单位 协办部门 协助单位 协同单位 参与单位 参与部门 参加单位 参加部门 会办单位",
    ),
    (
        Label::Deadline,
        "完成时限 完成时间 完成期限 完成节点 办结时限 办结时间 办理时限 工作时限 落实时限 整改时限 推进时限 责任时限 时限要求 时间要求 \
         时间节点 时间安排 进度安排 时限",
    ),
    (Label::Other, "责任领导 分管领导 牵头领导 责任人 负责人 联系人 联络员 联系电话 备注"),
];

/// A label with its colon; the first group is its name.
pub static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"{}\s*[:：]", pattern())).expect("a constant"));

static HEAD: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{}", pattern())).expect("a constant"));

/// Longer names first, as some begin with others; an administrative level may stand before them (市级牵头单位).
fn pattern() -> String {
    let mut names: Vec<&str> = LABELS.iter().flat_map(|(_, names)| names.split(' ')).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    format!("[省市州县区]?级?(?:主要)?({})", names.join("|"))
}

impl Label {
    /// The label with this name.
    pub fn named(name: &str) -> Option<Label> {
        LABELS.iter().find(|(_, names)| names.split(' ').any(|known| known == name)).map(|(label, _)| *label)
    }

    /// The label that the head of a column begins with.
    pub fn of_column(head: &str) -> Option<Label> {
        Label::named(HEAD.captures(&script::simplify(head))?.get(1)?.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{LABEL, Label};

    #[test]
    fn names() {
        assert_eq!(Label::of_column("牵头单位及责任人"), Some(Label::Lead));
        assert_eq!(Label::of_column("市级責任單位"), Some(Label::Responsible));
        assert_eq!(Label::of_column("工作任务"), None);
        let found: Vec<&str> =
            LABEL.captures_iter("牵头责任单位：甲；时限:乙").map(|label| label.extract::<1>().1[0]).collect();
        assert_eq!(found, ["牵头责任单位", "时限"]);
    }
}
