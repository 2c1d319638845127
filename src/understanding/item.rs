//! What reading gives: what is asked for, what was said of each task, and why it was understood so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::office::ids::MilestoneId;
use crate::office::status::Status;
use crate::understanding::question::{Beyond, Order, Query};

/// What the words ask for. Its JSON is the one of `duban understand --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understanding {
    pub intent: Intent,
    pub items: Vec<Item>,
    pub query: Option<Query>,
    /// What a coordinator's words tell the bot to do, as the command that does it.
    #[serde(rename = "command", skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// What they ask of it that no words do.
    #[serde(skip)]
    pub beyond: Option<Beyond>,
    /// Where nothing is understood: each task that the words name, with the part that is about it.
    #[serde(skip)]
    pub unclear: Vec<Item>,
    /// The units of which a question names one without saying which.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub which: Vec<String>,
    /// Where the words are asked about: how the one task that they are about most likely stands.
    #[serde(skip)]
    pub likely: Option<Status>,
    /// Of which tasks it is said that they are another's, or that the answer comes later.
    #[serde(skip)]
    pub aside: Vec<Item>,
}

impl Understanding {
    pub(super) fn only(intent: Intent) -> Self {
        Understanding {
            intent,
            items: Vec::new(),
            query: None,
            order: None,
            beyond: None,
            unclear: Vec::new(),
            which: Vec::new(),
            likely: None,
            aside: Vec::new(),
        }
    }

    /// Whether the bot makes nothing of it: it is not understood, or asks what the bot cannot answer.
    pub fn is_left_open(&self) -> bool {
        self.intent == Intent::Unclear || self.intent == Intent::Query && self.query.is_none()
    }

    /// All that is told of tasks, also aside.
    pub fn told(&self) -> Vec<Item> {
        let is_aside = |item: &&Item| self.aside.iter().any(|aside| aside.task == item.task);
        self.items.iter().filter(|item| !is_aside(item)).chain(&self.aside).cloned().collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// 反馈: how a task stands.
    Report,
    /// 收到: read, which is no progress.
    Read,
    /// 延期
    Extension,
    /// 撤回
    Withdraw,
    /// 与我单位无关: the task is another unit's.
    Transfer,
    /// 稍后反馈: the answer comes later.
    Defer,
    Query,
    /// 帮我催一下住建厅: a coordinator tells the bot to do something.
    Order,
    /// Needs no answer.
    Chatter,
    /// Is asked about.
    Unclear,
}

impl Intent {
    pub fn label(self) -> &'static str {
        match self {
            Intent::Report => "反馈",
            Intent::Read => "收到",
            Intent::Extension => "申请延期",
            Intent::Withdraw => "撤回",
            Intent::Transfer => "转办退回",
            Intent::Defer => "稍后反馈",
            Intent::Query => "查询",
            Intent::Order => "吩咐",
            Intent::Chatter => "无需答复",
            Intent::Unclear => "没有看懂",
        }
    }
}

/// Why words were understood so: every fact, and what none of them explains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    pub facts: Vec<Explained>,
    /// As typed.
    pub unexplained: Vec<String>,
}

/// A fact with where it stands, in characters of the text as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    pub from: usize,
    pub to: usize,
    pub what: &'static str,
    pub rule: &'static str,
}

/// A task that the answered message named, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// As the document prints it.
    pub number: String,
    /// Its own words; empty where they are not known.
    pub text: String,
    /// Its plan's title; empty where that is not known.
    pub plan: String,
}

impl Named {
    /// Tasks of which no more than the numbers is known.
    pub fn by_numbers(numbers: &[String]) -> Vec<Named> {
        numbers.iter().map(|number| Named { number: number.clone(), ..Named::default() }).collect()
    }
}

/// What is said of a task that tells nothing of how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aside {
    /// 与我单位无关
    Transfer,
    /// 稍后反馈
    Defer,
}

impl Aside {
    pub const ALL: [Aside; 2] = [Aside::Transfer, Aside::Defer];

    pub fn key(self) -> &'static str {
        match self {
            Aside::Transfer => "transfer",
            Aside::Defer => "defer",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Aside::Transfer => "不属本单位职责",
            Aside::Defer => "稍后反馈",
        }
    }

    pub fn from_key(key: &str) -> Option<Aside> {
        Aside::ALL.into_iter().find(|aside| aside.key() == key)
    }
}

/// What was said about one task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// The task's number; `None` where the words do not say which.
    pub task: Option<String>,
    /// The short name of its plan, where several are open and the words name one.
    pub plan: Option<String>,
    /// Whether the task was not named but is one of the rest, 其余: which those are depends on what was told before.
    pub rest: bool,
    pub status: Option<Status>,
    pub percent: Option<u8>,
    /// Whether nothing moved, 无变化: status and share stay as they were.
    #[serde(alias = "unmoved")]
    pub unchanged: bool,
    pub problems: Vec<String>,
    /// Whether the words plainly say that what was raised before is no problem any more.
    pub problems_over: bool,
    /// 经验: what others may learn from.
    pub practices: Vec<String>,
    /// Whether more time is asked for.
    pub more_time: bool,
    pub extend_to: Option<NaiveDate>,
    /// The one date whose completion is told: 6月底前的已完成.
    pub milestone: Option<NaiveDate>,
    pub milestone_status: Option<Status>,
    /// Whether the whole duty is claimed, whatever dates it has: 整项.
    pub whole: bool,
    /// Which date of the duty it claims, and which it asks to put off: found once the duty is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<MilestoneId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub puts_off: Option<MilestoneId>,
    /// The part of the text that is about this task, as typed.
    pub words: String,
    /// Where nothing else was said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aside: Option<Aside>,
}

impl Item {
    /// Whether nothing at all was said.
    pub fn is_empty(&self) -> bool {
        self.without_address() == Item::default()
    }

    /// Whether it tells how the task stands, or what it lacks.
    pub fn reports(&self) -> bool {
        !Item { aside: None, ..self.clone() }.is_empty()
    }

    /// Whether it says how far the task is.
    pub fn tells_standing(&self) -> bool {
        self.status.is_some() || self.percent.is_some()
    }

    /// Whether the words below a picture or a file only say what it is, and not how the task stands: 企业开办时间抽查报告.
    pub fn names_a_file(&self) -> bool {
        pattern!(
            NAME,
            r"^[^，。；！？]{2,30}(?:报告|方案|照片|图片|截图|截屏|文件|通知|清单|材料|证明|合影|附件|扫描件|台账|纪要|表|图|界面|页面|现场|总结|函|批复|证书|合同|视频|公告|简报)(?:\.\w{2,4})?$"
        );
        pattern!(TELLS, "已|完成|办结|正在|推进|[未没]|还|开展|印发|启动");
        let bare = self.status == Some(Status::InProgress) && self.percent.is_none() && self.milestone.is_none();
        bare && NAME.is_match(self.words.trim()) && !TELLS.is_match(&self.words)
    }

    /// What was said, without of what and in which words.
    pub(super) fn without_address(&self) -> Item {
        Item { task: None, plan: None, rest: false, words: String::new(), ..self.clone() }
    }
}
