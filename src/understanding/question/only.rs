//! What a question picks out of its kind: 哪些办结了, 谁从来没有反馈过, 哪个单位最慢, 哪些还没签收.

use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::kind::{QueryKind, asks_what_to_do, asks_what_waits};
use crate::chinese::numerals;

/// A part of what a kind of question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// Tasks and duties by how they stand.
    Done,
    Suspended,
    NotStarted,
    InProgress,
    /// Blocked, or due within days: what may become late.
    Near,
    /// Those that were granted more time.
    Extended,
    Blocked,
    /// Tasks without a date.
    Undated,
    /// The unit's duties by its role.
    Lead,
    Supporting,
    /// Units of which nothing was ever heard.
    Never,
    /// Units that have not said that they read it.
    Unread,
    /// Units that have said that they read it, and nothing else.
    OnlyRead,
    /// Duties of which nothing was heard, where not the units are asked for.
    Duties,
    /// Units that a coordinator has silenced.
    Stopped,
    /// Units without a contact.
    NoContact,
    /// Which stands first where units or tasks are ranked.
    Slowest,
    Fastest,
    Busiest,
    /// What waits for the coordinators, by what is asked.
    Claims,
    MoreTime,
    Suspensions,
    Transfers,
    /// All that waits for whoever asks.
    Mine,
}

patterns! {
    WHICH = "哪|什么|啥|谁|名单|清单|列|都有|(?:的|任务|事项|责任|单位)(?:有|呢|是|都)?$";
    DONE = "(?:已经?|新近?|刚刚?|都|全部|一共|总共)(?:办结|完成|销号|做完|办完)|(?:办结|完成|销号|做完|办完)(?:了|的)|(?:办结|销号)(?:任务|事项|清单|名单)|(?:哪些|哪几项|几项|多少项?)(?:办结|销号)$";
    // What is not done, asked for, to be done, or measured.
    UNDONE = "[没未不]有?(?:能|有|按期|按时|都|全部)?.{0,2}(?:办结|完成|销号|做完|办完)|提请|申请|待|等|[要需应该得]|率|比例|百分|几成|预计|(?:完成|办结)的?(?:情况|进度|得?怎么?样|得?如何)|(?:完成|办结)了?[没吗]|任务完成|超时|超期|逾期";
    SUSPENDED = "中止|停办|挂起|暂停(?:办理|推进|实施)?[的了]";
    NOT_STARTED = "[没未]有?(?:启动|开工|动工|开展|起步|动起来)|零进度";
    IN_PROGRESS = "推进中的?|正?在(?:推进|办理?)的";
    NEAR = "黄灯|亮黄|预警|风险|(?:可能|快要?|将要?|眼看|马上)(?:会|要)?(?:逾期|超期)|需要?关注";
    EXTENDED = "批(?:准)?了(?:的|哪些|哪几|几|多少)[^，。]{0,4}(?:延期|展期)|(?:已经?|批准|同意|准予|批了|核定)了?(?:的)?(?:延期|延长|展期)|(?:延期|展期)(?:批|核定|同意|通过)了?的|延期(?:了|过)(?:的|哪|几)?|延过期|(?:延|展)期的(?:有|任务|是|都)?(?:哪|几|多少|$)";
    WISHED = "申请|想|要求|提出|请求|待|等|[没未]批";
    NEVER = "从来|从未|从没|一次(?:都|也|也都|都也)?[没未]";
    UNREAD = "[没未不]有?(?:能)?(?:回复|回|点)?个?(?:收到|签收|已阅|看|读|阅)|未读";
    STOPPED = "(?:停止?|停掉|暂停|关闭|屏蔽|静音|免打扰)了?的?[^，。]{0,3}(?:提醒|通知|推送|催办)|(?:提醒|通知|推送)(?:已经?)?被?(?:停|关|暂停)";
    NO_CONTACT = "(?:[没无缺]有?|还没有?|未)(?:登记|指定|明确|确定|配)?(?:的)?(?:联络员|联系人)";
    UNIT_ASKED = "哪[个些家几]|谁|单位|部门|市州|各市|厅局|排名|名次|倒数|垫底";
    TASK_ASKED = "哪[一几]?[项件条]|哪[个些](?:任务|事项|工作)|(?:任务|事项)最?[^多]{0,4}(?:是哪|有哪)";
    SLOW = "最(?:慢|差|落后|拖|滞后|迟|不积极|不配合|后)|倒数|垫底|(?:比较|更|太)(?:慢|差|落后|拖)|落后的|慢的|(?:逾期|超期)(?:任务|事项|的)?最多|最多(?:逾期|超期)|进[度展](?:缓慢|迟缓|滞后|落后|慢)|(?:[没未]反馈|[没未]报)(?:的)?最多";
    FAST = "最(?:快|好|积极|靠前|先进|主动)|排第一|第一名|领先|前[几三五十]名|(?:比较|更)(?:快|好|积极)|(?:办结|完成|反馈)(?:得|的)?最多";
    RANK = "排(?:个|一下|下)?名|排序|名次|排行|(?:各单位|各部门|各市州|分单位|按单位|每个单位|各家).{0,8}(?:办结|完成|反馈|逾期|按期)(?:率|情况|数)|(?:各单位|各部门|各市州|分单位|按单位|每个单位|各家)的?(?:总体|整体)?(?:进度|进展|情况)";
    BUSY = "(?:任务|事项|承担|负责|牵头)(?:得|的)?最多|最多的?(?:任务|事项)";
    QUIET_SPELL = "(?P<count>[0-9]+|[一二两三四五六七八九十半]+)个?(?P<measure>天|日|周|星期|礼拜|月)(?:多|以上|左右)?(?:了|都|也|还|内|里|未|没)";
    UNANSWERED = "[没未]有?(?:人|给|得到|被|能)?(?:答复|回复|解决|处理|回应|办理)";
    PLACES = "市州|各市|地市|哪[个几]个?市|各地";
    DEPARTMENTS = "省直|省级部门|省级单位|厅局|委办";
    UNDATED = "[没无未]有?(?:写|定|设|规定|明确|标)?(?:明|清楚)?的?(?:完成|办结)?的?(?:时限|期限|截止|到期时间|到期日|时间要求)";
    BLOCKED = "受阻|卡住|卡壳|停滞|停摆|推不动|卡着";
    NAMED_PROBLEM = "问题|困难|难点|难处|难题|堵点|卡点|痛点|瓶颈|障碍|阻力|协调";
    LONGEST = "(?:拖|逾期|超期|拖延|欠)(?:得|的)?(?:时间)?最(?:久|长)";
    REPORTED = "[没未]有?(?:报|反馈|填|交)";
    TASKS = "(?:任务|事项|工作)(?:有哪些?|呢|吗|清单|名单)?$|哪[些几][项个]?(?:任务|事项)";
    FOR_MORE_TIME = "往后[拖推延]|[要想]延|延期|延长|展期|顺延|宽限";
    FOR_DONE = "办结|销号|完成";
    SAID_OF_ANOTHER = "(?:说|提出|反映|认为)[^，。]{0,8}(?:不归|不是|不属于|与[^，。]{0,4}无关)[^，。]{0,8}(?:管|的|任务|职责)|(?:转办|退回来?)的?(?:有|任务|事项)?(?:哪|谁|几|多少)";
    TO_ANOTHER = "转办|退回|转出|不属于|不归|不是(?:自己|他们|本单位)的|无关";
}

/// Of which units a question asks, where it asks of some kind of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// 市州: the governments of places.
    Places,
    /// 省直: the others.
    Departments,
}

impl Among {
    /// The kind of units that the words ask of.
    pub(super) fn read(text: &str) -> Option<Among> {
        if PLACES.is_match(text) {
            Some(Among::Places)
        } else if DEPARTMENTS.is_match(text) {
            Some(Among::Departments)
        } else {
            None
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Among::Places => "市州",
            Among::Departments => "省直单位",
        }
    }

    /// Whether a unit of this name is one of them.
    pub fn holds(self, unit: &str) -> bool {
        (self == Among::Places) == unit.ends_with("人民政府")
    }
}

/// A question that asks for a part by its words alone.
pub(super) fn asked(text: &str, of_unit: bool, bounded: bool) -> Option<(QueryKind, Option<Only>)> {
    let standing = if of_unit { QueryKind::Unit } else { QueryKind::Status };
    let which = WHICH.is_match(text);
    let found = if NO_CONTACT.is_match(text) {
        (QueryKind::Unbound, Some(Only::NoContact))
    } else if STOPPED.is_match(text) {
        (QueryKind::Reminder, Some(Only::Stopped))
    } else if text.contains("红灯") || text.contains("亮红") {
        (QueryKind::Overdue, None)
    } else if LONGEST.is_match(text) {
        (QueryKind::Overdue, Some(Only::Slowest))
    } else if UNDATED.is_match(text) {
        (standing, Some(Only::Undated))
    } else if EXTENDED.is_match(text) && !WISHED.is_match(text) {
        (standing, Some(Only::Extended))
    } else if SUSPENDED.is_match(text) && which && !asks_what_waits(text) {
        (standing, Some(Only::Suspended))
    } else if NEAR.is_match(text) {
        (standing, Some(Only::Near))
    } else if NOT_STARTED.is_match(text) && which {
        (standing, Some(Only::NotStarted))
    } else if DONE.is_match(text) && (which || bounded) && !UNDONE.is_match(text) {
        (standing, Some(Only::Done))
    } else if !of_unit {
        return ranked(text, bounded);
    } else {
        return None;
    };
    Some(found)
}

fn ranked(text: &str, bounded: bool) -> Option<(QueryKind, Option<Only>)> {
    let order = if BUSY.is_match(text) {
        Only::Busiest
    } else if SLOW.is_match(text) {
        Only::Slowest
    } else if FAST.is_match(text) {
        Only::Fastest
    } else if RANK.is_match(text) && !bounded {
        return Some((QueryKind::Units, None));
    } else {
        return None;
    };
    if order != Only::Busiest && TASK_ASKED.is_match(text) {
        Some((QueryKind::Status, Some(order)))
    } else if UNIT_ASKED.is_match(text) {
        Some((QueryKind::Units, Some(order)))
    } else {
        None
    }
}

/// What the words narrow a question of this kind to.
pub(super) fn narrowed(text: &str, kind: QueryKind) -> Option<Only> {
    match kind {
        QueryKind::Silent if NEVER.is_match(text) => Some(Only::Never),
        QueryKind::Read if REPORTED.is_match(text) => Some(Only::OnlyRead),
        QueryKind::Silent if text.contains("牵头") => Some(Only::Lead),
        QueryKind::Silent if TASKS.is_match(text) => Some(Only::Duties),
        QueryKind::Problems if BLOCKED.is_match(text) && !NAMED_PROBLEM.is_match(text) => Some(Only::Blocked),
        QueryKind::Due if NOT_STARTED.is_match(text) => Some(Only::NotStarted),
        QueryKind::Read if UNREAD.is_match(text) => Some(Only::Unread),
        QueryKind::Unit if text.contains("牵头") => Some(Only::Lead),
        QueryKind::Unit if text.contains("配合的") || text.contains("协办的") => Some(Only::Supporting),
        QueryKind::Unit | QueryKind::Status if IN_PROGRESS.is_match(text) && WHICH.is_match(text) => {
            Some(Only::InProgress)
        }
        QueryKind::Today | QueryKind::Pending if asks_what_to_do(text) => Some(Only::Mine),
        QueryKind::Pending => wanted(text),
        _ => None,
    }
}

/// Which of the things that wait are meant.
pub(super) fn wanted(text: &str) -> Option<Only> {
    if FOR_MORE_TIME.is_match(text) && !FOR_DONE.is_match(text) {
        Some(Only::MoreTime)
    } else if SUSPENDED.is_match(text) {
        Some(Only::Suspensions)
    } else if FOR_DONE.is_match(text) && !FOR_MORE_TIME.is_match(text) {
        Some(Only::Claims)
    } else if TO_ANOTHER.is_match(text) && !FOR_MORE_TIME.is_match(text) {
        Some(Only::Transfers)
    } else {
        None
    }
}

/// Whether the words ask which units say that a task is another's.
pub(super) fn asks_transfers(text: &str) -> bool {
    SAID_OF_ANOTHER.is_match(text)
}

/// Whether the words ask which problems wait for an answer, which is no silence of a unit.
pub(super) fn asks_unanswered(text: &str) -> bool {
    UNANSWERED.is_match(text)
}

/// The day since which nothing was heard: 两个月没报, 超过十天没答复.
pub(super) fn quiet_since(text: &str, on: NaiveDate) -> Option<NaiveDate> {
    let found = QUIET_SPELL.captures(text)?;
    let half = &found["count"] == "半";
    let count = if half { 1 } else { numerals::parse(&found["count"])? };
    match (&found["measure"], half) {
        ("月", true) => on.checked_sub_days(Days::new(15)),
        ("月", false) => on.checked_sub_months(Months::new(count)),
        ("天" | "日", _) => on.checked_sub_days(Days::new(count.into())),
        _ => on.checked_sub_days(Days::new(u64::from(count) * 7)),
    }
}
