//! 表头: what the columns of a table hold, told by the words at their head.

use std::sync::LazyLock;

use regex::Regex;

use super::label::Label;
use super::{script, text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    /// The heading that several rows share.
    Section,
    Text,
    Field(Label),
    /// What is done in the span of time that the head names: 第一季度.
    Span,
    /// Says more of the task, and is kept with its head: 反馈问题, 备注.
    More,
}

const NUMBER: [&str; 3] = ["序号", "任务序号", "序"];
const SECTION: [&str; 8] = ["类别", "分类", "类型", "领域", "板块", "方面", "专项", "一级指标"];
const TEXT: [&str; 14] = [
    "案由",
    "任务",
    "要求",
    "内容",
    "事项",
    "措施",
    "目标",
    "项目",
    "名称",
    "工作",
    "举措",
    "要点",
    "指标",
    "任务分解",
];
/// Persons.
const OTHER: [&str; 6] = ["领导", "责任人", "负责人", "联系人", "联络员", "电话"];
/// What is said of the task beside what is to be done.
const MORE: [&str; 9] = ["备注", "情况", "进展", "进度", "问题", "隐患", "计划", "标准", "依据"];
/// 启动时间: when work begins, which is no deadline.
static BEGINNING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:启动|开始|开工|起始|立项|受理|交办|发现|检查)(?:时间|日期)$").expect("a constant"));
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:(?:[0-9]{4}年)?(?:[第前]?[一二三四1-4]季度|[上下]半年|(?:[1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月(?:份)?)|20[0-9]{2}年度?)(?:工作)?(?:任务|目标|计划|安排|进度|节点){0,2}$|^全年$")
        .expect("a constant")
});

/// The label of a head, with what its brackets hold or without: 主（分）办单位.
fn label(head: &str) -> Option<Label> {
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| Regex::new("[（(][^（()）]*[）)]").expect("a constant"));
    Label::of_column(head).or_else(|| Label::of_column(&BRACKETS.replace_all(head, "")))
}

impl Column {
    /// The column with this head; `None` where the words are no head of a column.
    pub fn of(head: &str) -> Option<Column> {
        const LONGEST: usize = 12;
        if head.chars().nth(LONGEST * 3).is_some() {
            return None;
        }
        let head = text::dense(&script::simplify(head));
        let bare = head.split(['（', '(']).next().unwrap_or_default();
        let announces = head.trim_end_matches(['：', ':']).contains(['：', ':']);
        if bare.is_empty() || announces || bare.chars().nth(LONGEST).is_some() || head.contains(['。', '，', '；']) {
            return None;
        }
        let ends_with = |words: &[&str]| words.iter().any(|word| bare.ends_with(word));
        match () {
            () if ends_with(&["备注", "说明"]) => Some(Column::More),
            () if BEGINNING.is_match(bare) => Some(Column::Field(Label::Other)),
            () if NUMBER.contains(&bare) || bare.ends_with("编号") => Some(Column::Number),
            () if ["月份", "时段", "时间段", "月度", "季度"].contains(&bare) => {
                Some(Column::Field(Label::Deadline))
            }
            () if label(&head).is_some() => label(&head).map(Column::Field),
            () if SPAN.is_match(bare) => Some(Column::Span),
            () if ends_with(&SECTION) => Some(Column::Section),
            () if ends_with(&TEXT) => Some(Column::Text),
            () if ends_with(&OTHER) => Some(Column::Field(Label::Other)),
            () if ends_with(&MORE) => Some(Column::More),
            () => None,
        }
    }
}

/// The words that heads of columns are made of.
static OF_HEADS: LazyLock<Regex> = LazyLock::new(|| {
    let who = "牵头|责任|配合|负责|承办|主办|协办|会办|分办|协同|协助|协作|参与|参加|落实|实施|主责|成员|主管|包保|包抓|督办|督导|监督|验收|审核|分管|联系|第一|直接|共同|具体|主要|主体|相关|有关";
    let kinds = "单位|部门|科室|股室|处室|部室|组室|院系|机构|领导|人员|人|站办所|站所|网格|[省市州盟县区旗乡镇村]?[级直](?:属)?";
    let when = "完成|办结|办理|时限|期限|时间|时段|日期|节点|进度|计划|预计|要求|安排|月份|月度|季度|年度|年|月|日|整改|反馈|启动|截止|答复|销号";
    let what = "序号|编号|序|号|重点|年度|工作|任务|内容|目标|措施|举措|事项|名称|项目|类别|类型|分类|领域|方面|板块|专项|附件|备注|说明|问题|隐患|检查|存在|情况|清单|台账|案由|标题|要点|指标|阶段|推进|量化|考核|建设|规模|行动|活动|改革|分解|分工|标准|结果|成果|形象|一级|二级|三级|[及和与或的等]|[0-9]";
    Regex::new(&format!("{who}|{kinds}|{when}|{what}")).expect("a constant")
});

/// Whether the head of a column says no more than what the column holds.
pub fn is_plain(head: &str) -> bool {
    let head = text::dense(&script::simplify(head));
    let rest = OF_HEADS.replace_all(&head, "");
    rest.chars().filter(|character| character.is_alphanumeric()).nth(1).is_none()
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
            ("目前进展情况", Some(Column::More)),
            ("反馈问题", Some(Column::More)),
            ("第一季度", Some(Column::Span)),
            ("整改期限", Some(Column::Field(Label::Deadline))),
            ("牵头领导及单位", Some(Column::Field(Label::Lead))),
            ("协同配合单位", Some(Column::Field(Label::Supporting))),
            ("验收单位", Some(Column::Field(Label::Other))),
            ("修缮库房，整理目录", None),
            ("县档案局", None),
        ];
        for (head, column) in cases {
            assert_eq!(Column::of(head), column, "{head}");
        }
    }
}
