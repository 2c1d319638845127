//! What kind of question is asked.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    Task,
    Unit,
    Status,
    Overdue,
    Due,
    Silent,
    Problems,
    Practices,
    Pending,
    History,
    Search,
    /// Who has said 收到.
    Read,
    /// What has changed since then.
    Changes,
    /// What came in on a day, and what waits today.
    Today,
    /// Units without a chat.
    Unbound,
    /// Why something is late or stuck.
    Why,
    /// When units were reminded, and when they will be.
    Reminder,
    /// How the units stand beside each other.
    Units,
    /// The files that came with reports.
    Evidence,
    /// A contact asks: which tasks the own unit has.
    Own,
    /// Who leads, coordinates or reports.
    People,
    /// How something is done.
    Help,
}

impl QueryKind {
    pub fn label(self) -> &'static str {
        match self {
            QueryKind::Task => "一项任务",
            QueryKind::Unit => "一个单位",
            QueryKind::Status => "总体情况",
            QueryKind::Overdue => "逾期",
            QueryKind::Due => "到期",
            QueryKind::Silent => "未反馈",
            QueryKind::Problems => "问题",
            QueryKind::Practices => "经验",
            QueryKind::Pending => "待核定",
            QueryKind::History => "历次反馈",
            QueryKind::Search => "查找",
            QueryKind::Read => "签收",
            QueryKind::Changes => "变化",
            QueryKind::Today => "当日反馈和待办",
            QueryKind::Unbound => "未绑定的单位",
            QueryKind::Why => "原因",
            QueryKind::Reminder => "提醒情况",
            QueryKind::Units => "各单位",
            QueryKind::Evidence => "佐证",
            QueryKind::Own => "本单位任务",
            QueryKind::People => "何人何单位",
            QueryKind::Help => "怎样办理",
        }
    }
}

/// What waits for a coordinator's word.
pub static PENDING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("待[我您]?(审|核|批|办|定|确认|答复|拍板)|等[我你您]?.{0,3}(审|核|批|定|同意|确认|答复)|[没未](审|批|核)|提请|申请[了过]?(办结|销号|延期|延长|展期)|(办结|延期|销号|展期)(的)?申请|要求延期|(延期|办结|销号|中止|申请).{0,4}(批|同意|通过|核定)(了|下来|下)?(没|吗)|想延期|要延期|说(?:[^，。]{0,8})(?:不归|不是|不属于)[^，。]{0,8}(?:管|的|任务|职责)|往后[拖推延]|点头|[要需]要?[我您]?.?(审|批|核|签|拍板|定夺|决定|表态)|销号")
        .expect("a constant")
});

/// What is to be done by whoever asks.
pub static HANDLES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:要|该|得|重点)(?:盯|催|抓|办|处理|跟)(?:着|紧)?(?:哪|什么|啥)|有(?:啥|什么|哪些)(?:安排|要紧的?|急事)|(?:要|等|待|需要?|该|得|归|让|有)[我咱]们?.{0,4}(?:处理|办|做|过问|操心|盯|干|处置|拿主意|答复|回复|跟进)|待办|(?:我|咱们?)(?:今天|今日)?(?:要|该|得|还有|需要)(?:处理|办|做|干|忙|盯|跟进)|轮到[我咱]|[我咱]们?(?:这边)?还(?:有|剩).{0,6}没(?:处理|办|批|审)|我手[头上]|手头还|案头")
        .expect("a constant")
});

/// Whether the words ask what waits for a coordinator's word.
pub fn asks_what_waits(text: &str) -> bool {
    PENDING.is_match(text)
}

/// Whether the words ask what is to be done by whoever asks.
pub fn asks_what_to_do(text: &str) -> bool {
    HANDLES.is_match(text)
}
