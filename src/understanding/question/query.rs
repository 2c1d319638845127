//! What a coordinator asks: `第5项进展如何`, `省公安厅`, `哪些逾期了`, `本月到期`, `谁还没反馈`.

mod topic;

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::called::Meant;
use super::kind::{PENDING, QueryKind, asks_what_to_do, asks_what_waits};
use super::only::{Among, Only};
use super::{called, named, only};
use crate::chinese::numerals;
use crate::chinese::span;
use crate::chinese::span::Span;

/// A question, with whatever bounds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    pub kind: QueryKind,
    /// A task's number.
    pub task: Option<String>,
    /// A unit's full name.
    pub unit: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// What is looked for.
    pub text: Option<String>,
    /// The number of a section: 3 for 第三部分.
    #[serde(default)]
    pub section: Option<u32>,
    /// A plan as it is called, where the words name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The kind of units that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Among>,
    /// What it picks out of its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Only>,
}

impl Query {
    pub fn of(kind: QueryKind) -> Self {
        Query {
            kind,
            task: None,
            unit: None,
            from: None,
            to: None,
            text: None,
            section: None,
            plan: None,
            among: None,
            only: None,
        }
    }

    /// Whether its answer tells of one task, and nothing apart where several plans have its number.
    pub fn is_about_one_task(&self) -> bool {
        let is_one = matches!(self.kind, QueryKind::Read | QueryKind::Reminder | QueryKind::History);
        is_one && self.task.is_some()
    }

    pub fn search(text: &str) -> Self {
        Query { text: Some(text.to_owned()), ..Query::of(QueryKind::Search) }
    }
}

patterns! {
    BESIDE_NAME = "^(?P<who>\\p{Han}{2,10}?)(?:那边|这边|那儿|那里)";
    // 芙蓉人才计划那项推进到哪一步了
    THAT_ONE = "^(?:请问?|麻烦|帮我|给我|查查|看看|问一?下)*(?P<what>[^，。？第0-9这那]{2,14}?)(?:那|这)(?:一)?个?(?:项|条|个任务|件事)";
    // 33项任务办结几项了
    COUNTED = "^(?:这|全部|所有|一共|总共)?[0-9一二三四五六七八九十百]+项(?:任务|工作|事项)?(?:里面?|中|当中|目前|现在|都|已经?)*(?:办结|完成|办完|做完|销号|推进|落实)了?(?:几|多少)";
    WHOLE = "(?:整个|全部|所有)的?(?:方案|任务|工作|计划)的?(?:推进|进展|落实|完成|办理)?的?(?:情况|进展|进度)";
    COUNTED_REMINDERS = "(?:提醒|催)[过了]?[^，。]{0,8}(?:几|多少)[次回遍]";
    RAISED = "(?:提|报|反映|提出|写|交)[过了]";
    READ = "(?:谁|哪些|哪几家?).{0,4}回了?个?收到|(?:看到|看见|看过|收到|读)了?.{0,8}(?:催办|提醒|通知|消息)了?(?:没有?|吗|么)|(?:谁|哪些人|哪些单位|哪[几]?家|几[个家]人?|多少人)(?:都|已经?)?(?:看|读|阅)(?:了|过|到了)|(?:未读|已读|没看)(?:的|情况)|(?:谁|哪些|哪几|哪家|哪个|几个|几家|多少|都|大家|各单位|单位|有没有|是否).{0,6}(?:[没未]有?|已)?(?:收到|签收|已阅|看到)(?:提醒|通知|消息)?(?:了|吗|没有?|的)|(?:谁|哪些|哪几|哪家|哪个|几个|几家|多少|有没有).{0,6}[没未]有?(?:回复)?(?:收到|签收|已阅)|[没未]有?(?:回复)?(?:收到|签收)的|(?:收到|签收)(?:了?[吗没]|情况|的有)";
    WHY = "为什么|为何\\p{Han}|为啥|凭什么|缘何|何故|什么原因|啥原因|(?:原因|理由|缘由|缘故)(?:都|分别|各)?(?:是|有|在|何|呢|都|写)|(?:逾期|超期|过期|延误|滞后|拖延|受阻|停滞|未完成|没完成|没办结|没报|卡住|办不下去|推不动|慢|延期|中止|退回)的?(?:主要|具体|真正)?(?:原因|理由|缘由|缘故)|[怎咋]么?(?:还|就|又|会|一直|老是?|总是?|到现在|迟迟)(?:是|会|还)?(?:逾期|超期|拖|延|没完|没办|没落|没结|没干|没动工|办不|推不|卡)|[怎咋]么?拖|拖(?:了|到)(?:这么|那么|现在)[^，。]{0,3}(?:是)?(?:因为|为)?什么?";
    UNBOUND = "[没未](?:有)?(?:能)?(?:绑|进群|入群|建群|拉群|接入|加群|加进来|拉进来|加机器人|接上|对接上)|绑定(?:的)?(?:情况|了吗|没|进度|率)|[没无缺](?:有)?(?:工作)?群的|不在群|通知不到|通知不了|联系不上|送达不了|够不着|(?:谁|哪[些几家个]).{0,8}(?:绑定|进群|入群)|绑(?:定)?了(?:几|多少|哪|群)";
    REMINDER = "(?:什么时候|何时|几点|哪天|几号|下次|下一次|下回|明天|后天|最近一次|上次|上一次|今天|昨天|本周|这周|下周).{0,8}(?:提醒|催办|推送|催)|(?:提醒|催办|推送)(?:是|会|都|将)?(?:在)?(?:什么时候|何时|几点|哪天|几号)|(?:提醒|催办|推送)(?:消息|通知)?(?:都)?(?:发|送)(?:出去?|到位?)?了?[吗没]|(?:提醒|催|催办)(?:过)?了?(?:谁|哪些|哪几|几家|几个|多少|几次)|(?:催|催办|提醒)过(?:了)?(?:没|吗)|(?:提醒|催办|推送)(?:的)?(?:情况|记录|安排|计划|名单)|发了?(?:哪些|什么|几条|多少)(?:提醒|催办)|(?:谁|哪些单位|哪几家).{0,4}(?:被)?(?:提醒|催办|催)(?:过|了)";
    CHANGES = "变化|变动|动态|动向|(?:^|[^最])新(?:的)?(?:情况|进展|动静|反馈|消息|增|变)|有何新|有啥新|有什么新|发生了?(?:什么|啥|哪些)|出了?(?:什么|啥)(?:事|情况|状况)|更新了?(?:什么|啥|哪些|没|吗)|跟(?:上次|上周|昨天|之前|上月|上个月)比|(?:以来|至今).{0,6}(?:情况|进展|怎么样|如何|怎样|咋样|哪些|什么|啥)|有(?:什么|哪些|没有|啥)(?:进展|动静)";
    DAY = "今[天日早晨儿]儿?|上午|下午|刚[才刚]|昨[天日晚]|前天|当[天日]";
    TOLD = "反馈|回复|报(?:来|上来|了|送|过来|什么|啥|过)|汇报|上报|填报|回(?:话|信|音|了)|收到|来消息|来信";
    BACK = "比(?:较|有|，|的|变|怎|如|多|起)|以来|至今|到现在|到今天|到目前|(?:开始|起)(?:算|到)";
    THESE_DAYS = "[这近前](?P<days>[0-9]+|[两三四五六七八九十])[天日]";
    PAST = "过去|最近|近|这[几两三四五六七八九十]|前";
    HISTORY = "(?:最后|最近|上)(?:一)?[次回].{0,4}(?:报|反馈|汇报)|最近报的?(?:什么|啥)|从(?:哪天|哪一天|什么时候|何时|几号)(?:开始|起)|从头到尾|历史|历次|过往|过去|以往|以前(是|怎|都|报|说|的)|之前的?(反馈|报告|汇报|说法)|来龙去脉|经过|记录|版本|改过|修改|变更|报过|说过|反馈过|汇报过|每次|走到今天|佐证|证据|凭证|附件|材料|照片|图片";
    OVERDUE = "逾期|逾欺|拖了?后腿|到点了?[还仍却]?[未没]|过了期|超期|过期|超时|拖期|脱期|误期|愈期|延误|滞后|到期了?[仍还却]?[未没]|(截止|期限|时限|日期|时间)[^，。]{0,4}过了|[没未]能?按[时期]|[过超]过?了?(时限|期限|截止|时间|日期)|预期(了|的任务|任务)";
    SILENT = "[没未]抱|[没未](能|有)?(任何|一个|一次)?(人|单位)?(给|做|作)?(过)?(反馈|反应|回|报|上报|汇报|填报|提交|答|交|动静|消息|声音|音信|吭|响应|说话|表态|更新)|不(反馈|回|报|吭|理)|沉默|零(反馈|报告|回复)|失联|石沉大海|(?:动静|消息|反应|声音|音信|回音)[都也]?没有?|无(反馈|回复|回应|消息|动静)";
    PROBLEMS = "问题|困难|难点|难处|难题|堵点|卡点|痛点|瓶颈|障碍|阻力|协调|受阻|卡住|卡壳|停滞|停摆|推不动";
    EVIDENCE = "佐证|证据|凭证|附件|证明材料|照片|图片|扫描件|影像资料";
    NO_EVIDENCE = "[没无缺少]有?(?:传|附|交|提供|上传|报)?(?:任何)?(?:的)?(?:佐证|证据|凭证|附件|证明|照片|图片|材料)";
    PRACTICES = "经验|做法|亮点|一招鲜";
    WAITS = "待[我您]?(批|审|核|定|答复)|[没未]批";
    NAMED_PROBLEM = "问题|困难|难点|难处|难题|堵点|卡点|痛点|瓶颈|障碍|阻力";
    WHO = "单位|名单|谁|哪些|哪几|哪个|哪家|几家|几个|多少|还有|还差";
    RATE = "(办结|完成|反馈|逾期|超期|按时|按期|报送|落实)率|比例|占比|百分";
    DUE = "必须(?:办|完成|交|做)|到期|截止|截至|时限|期限|到点|到时间|临期|倒计时|[要应需该得]当?(在|于)?(完成|办|交|做|结|落实|上线|干|抓|报结)";
    SPAN_ASKED = "任务|事项|工作|哪些|什么|哪几|啥|几项|多少|清单|安排|有没有";
    STANDING = "进展|情况|进度|总体|整体|汇总|统计|率|怎么样|如何|咋样|怎样";
    STATUS = "总体|整体|整个|全部|总的|总共|一共|总数|全省|全市|全县|概况|概览|总览|汇总|统计|多少|几项|几个|几件|情况|进展|进度|状态|怎么样|怎样|如何|咋样|启动|开工|[没未](办|做)|中止|数据|数字|报个数|还剩|剩余|办结|完成|落实|推进|到哪|办到|哪一步";
    QUOTED = "[“「『《\"](?P<what>[^”」』》\"]{2,})[”」』》\"]";
    // What is looked for stands between these.
    ABOUT = "(?:有关|关于|涉及到?|(?:提到|提及|讲到|说到|谈到|写到|讲的?是|说的?是|写的?是)了?|[写提讲][了着过有]|包含|包括|含有?|围绕|针对|(?:内容|里面?)有|[讲说]的?是?)(?P<what>.{2,}?)(?:的?(?:任务|工作|事项|内容|条目|要求|措施|条款|[那哪]几[条项个])|(?:的)?(?:都?有哪[几些][条项个]?|有几项|是哪些|是哪几项|有没有|哪些)|的?$)";
    RELATED = "(?:跟|和|与|同)(?P<what>.{2,}?)(?:有关|相关|沾边|挂钩)";
    TOLD_IN = "^(?P<what>.{2,}?)(?:这?(?:是|在)?(?:哪几项|哪项|哪些|哪几个|哪个|哪条)(?:任务|工作|事项)?里?(?:面)?(?:讲|提|说|写|有)|(?:是)?在(?:哪几项|哪项|哪些|哪个|哪条)(?:任务|工作|事项)?里?)";
    KIND_OF = "^(?:请|帮我|帮忙|麻烦|给我|查询|查查|查找|查|找找|找|看看|看|一下)*(?P<what>.{2,12}?)(?:相关|有关|方面)的?(?:任务|工作|事项|内容)";
    SEARCH_FOR = "^(?:请|帮我|帮忙|麻烦|给我)*(?:查找|搜索|检索|搜|寻找)(?:一下|一搜|下)?(?P<what>.{2,})$";
    LOOK_FOR = "^(?:请|帮我|帮忙|麻烦|给我)*(?:查询|查|找|看)(?:一下|一找|找|下|一查|看)?(?P<what>.{2,})$";
    ONLY_SPAN = "^[0-9.一二三四五六七八九十两本这当下上个月份周星期季度年半底末初前内之以后旬日号天国庆元旦春节中秋端午清明劳动截至到第未来今后接下来明-]+$";
    POLITE = "^(说一下|讲一下|讲讲|先|请问|请|麻烦|帮我|帮忙|给我|你好|您好|想问|问|一下|下|哈|那个|我想|知道|看看|看|查)+";
    ASKED_AFTER = "(的?(进展|进度|情况|任务|状态|工作|事项|事情?)|怎么样|怎样|如何|咋样|最近|现在|目前|那边|这边|呢|了|吗|啊|呀|吧|哈|？|。|，)+$";
    UP_TO_NOW = "截[至止]到?(今天|今日|目前|现在|此刻)(为止)?|到(今天|今日|目前|现在)为止";
    // Of what was spoken of before, which nobody remembers.
    POINTS_BACK = "^(它|他|她|[这那]个?(件|项)?(事情?|任务|工作|活)?)(儿)?(现在|目前|到底|进展|弄|办|搞|做)*得?(怎么样|怎样|咋样|如何|咋办)[了啦呀啊？]*$";
    // 15号 alone is a task's number.
    BY_NUMBER = "[0-9一二三四五六七八九十]+号(?:$|[，。？])";
    SOME_MATTER = "[这那](件|项|桩|个)事";
    FILLER = "任务|事项|工作|单位|部门|有哪些|哪些|有没有|都有|清单|列表|的|了|吗|呢|一下|全部|所有|目前|现在|[。？，、！~…]";
}

/// The units of which a question names one, but not which.
pub type Which = Vec<String>;

/// Reads a question; `None` where it is none that is known. `text` is normalised, in simplified characters and without
/// blanks; `units` are all names and aliases with the full name behind each.
pub fn read(text: &str, units: &[(String, String)], on: NaiveDate) -> Result<Option<Query>, Which> {
    let text = &UP_TO_NOW.replace_all(text, "");
    if POINTS_BACK.is_match(text) {
        return Ok(None);
    }
    if COUNTED.is_match(text) && called::within(text, units) == Meant::Nobody {
        return Ok(Some(Query::of(QueryKind::Status)));
    }
    let task = named::task(text);
    if task.is_none() && SOME_MATTER.is_match(text) {
        return Ok(None);
    }
    let unit = match called::within(text, units) {
        Meant::Nobody => BESIDE_NAME.captures(text).map_or(Meant::Nobody, |found| called::by(&found["who"], units)),
        meant => meant,
    };
    let unit = unit.chosen()?;
    // 各市州 and 省直各部门 are no units of their own here.
    let unit = unit.filter(|unit| !unit.starts_with('各') && !unit.contains("各部门"));
    let among = if unit.is_none() { Among::read(text) } else { None };
    let section = named::section(text);
    let dated = if task.is_some() { BY_NUMBER.replace(text, "") } else { Cow::Borrowed(text.as_ref()) };
    let Span { from, to } = span::read(&dated, on).unwrap_or_default();
    let bounded = from.or(to).is_some();
    let asks_more = [&*OVERDUE, &*SILENT, &*PENDING, &*PROBLEMS].iter().any(|pattern| pattern.is_match(text));
    if WHOLE.is_match(text) && task.is_none() && unit.is_none() && section.is_none() && !bounded && !asks_more {
        return Ok(Some(Query::of(QueryKind::Status)));
    }
    if task.is_none() && only::asks_transfers(text) {
        let waiting = Query { unit, only: Some(Only::Transfers), ..Query::of(QueryKind::Pending) };
        return Ok(Some(waiting));
    }
    let is_unit = |words: &String| called::plainly(words, units) != Meant::Nobody;
    if let Some(sought) = sought(text, &[&QUOTED, &RELATED, &ABOUT, &TOLD_IN, &KIND_OF], on)
        .or_else(|| sought(text, &[&THAT_ONE], on).filter(|_| unit.is_none() && !asks_more))
        .filter(|words| task.is_none() && !is_unit(words))
    {
        let of_unit = unit.filter(|_| called::within(&sought, units) == Meant::Nobody);
        return Ok(Some(Query { unit: of_unit, ..Query::search(&sought) }));
    }
    let (from, to) = looking_back(text, on, (from, to));
    let query = |kind| Query { task: task.clone(), unit: unit.clone(), from, to, section, among, ..Query::of(kind) };
    let past = from.map_or(to.is_none_or(|to| to <= on), |from| from <= on);
    if task.is_none()
        && past
        && !WHY.is_match(text)
        && let Some((kind, only)) = only::asked(text, unit.is_some(), bounded)
    {
        return Ok(Some(Query { only, ..query(kind) }));
    }
    if let Some(kind) = kind_of(text, task.is_some(), unit.is_some(), bounded) {
        // Whatever else the words name is what they ask about.
        let asks_of_more = matches!(kind, QueryKind::Unit | QueryKind::Due | QueryKind::Status) && task.is_none();
        if asks_of_more
            && let Some(topic) = topic::of(text, units, on).filter(|topic| topic.chars().count() > topic::SHORTEST)
        {
            let sought = Query { unit: unit.clone(), ..Query::search(&topic) };
            return Ok((kind != QueryKind::Due).then_some(sought));
        }
        let only = only::narrowed(text, kind);
        let since = only::quiet_since(text, on).filter(|_| !bounded);
        match kind {
            QueryKind::Silent if since.is_some() => return Ok(Some(Query { only, from: since, ..query(kind) })),
            QueryKind::Problems if since.is_some() => return Ok(Some(Query { to: since, ..query(kind) })),
            _ => {}
        }
        let query = |kind| Query { only, ..query(kind) };
        // How it came to be as it is today is no question about today.
        let whole = kind == QueryKind::History && text.contains("走到今天");
        return Ok(Some(if whole { Query { from: None, to: None, ..query(kind) } } else { query(kind) }));
    }
    if let Some(sought) = sought(text, &[&SEARCH_FOR], on) {
        return Ok(Some(Query::search(&sought)));
    }
    let alone = bare(text);
    let meant = called::by(&alone, units);
    let unit = match &meant {
        Meant::One(unit) => Some(unit.clone()),
        _ => named::looks_like_unit(&alone).then_some(alone),
    };
    if unit.is_some() && !matches!(meant, Meant::Several(_)) {
        return Ok(Some(Query { unit, ..query(QueryKind::Unit) }));
    }
    if section.is_none()
        && STATUS.is_match(text)
        && let Some(topic) = topic::of(text, units, on)
    {
        return Ok(Some(Query::search(&topic)));
    }
    if section.is_some() || STATUS.is_match(text) {
        return Ok(Some(query(QueryKind::Status)));
    }
    meant.chosen()?;
    Ok(sought(text, &[&LOOK_FOR], on).map(|sought| Query::search(&sought)))
}

/// Whether the words ask who has read something.
pub fn asks_who_has_read(text: &str) -> bool {
    READ.is_match(text)
}

fn kind_of(text: &str, task: bool, unit: bool, bounded: bool) -> Option<QueryKind> {
    let standing = STANDING.is_match(text);
    let kind = if WHY.is_match(text) {
        QueryKind::Why
    } else if !task && NAMED_PROBLEM.is_match(text) && only::asks_unanswered(text) {
        QueryKind::Problems
    } else if READ.is_match(text) {
        QueryKind::Read
    } else if !task && UNBOUND.is_match(text) {
        QueryKind::Unbound
    } else if !task && EVIDENCE.is_match(text) && !NO_EVIDENCE.is_match(text) {
        QueryKind::Evidence
    } else if HISTORY.is_match(text) && (task || unit && !SILENT.is_match(text)) {
        QueryKind::History
    } else if PRACTICES.is_match(text) {
        QueryKind::Practices
    } else if task && NAMED_PROBLEM.is_match(text) {
        QueryKind::Problems
    } else if task && WHO.is_match(text) && SILENT.is_match(text) {
        QueryKind::Silent
    } else if task && WHO.is_match(text) && OVERDUE.is_match(text) {
        QueryKind::Overdue
    } else if task && COUNTED_REMINDERS.is_match(text) {
        QueryKind::Reminder
    } else if task && WAITS.is_match(text) {
        QueryKind::Pending
    } else if task && REMINDER.is_match(text) {
        QueryKind::Reminder
    } else if task && CHANGES.is_match(text) {
        QueryKind::Changes
    } else if task {
        QueryKind::Task
    } else if RATE.is_match(text) && unit {
        QueryKind::Unit
    } else if RATE.is_match(text) {
        QueryKind::Status
    } else if SILENT.is_match(text) {
        QueryKind::Silent
    } else if OVERDUE.is_match(text) {
        QueryKind::Overdue
    } else if asks_what_to_do(text) && DAY.is_match(text) {
        QueryKind::Today
    } else if asks_what_waits(text) {
        QueryKind::Pending
    } else if PROBLEMS.is_match(text) {
        QueryKind::Problems
    } else if REMINDER.is_match(text) {
        QueryKind::Reminder
    } else if asks_what_to_do(text) {
        QueryKind::Pending
    } else if CHANGES.is_match(text) {
        QueryKind::Changes
    } else if DAY.is_match(text) && TOLD.is_match(text) {
        QueryKind::Today
    } else if bounded && TOLD.is_match(text) {
        QueryKind::Changes
    } else if bounded && text.contains("到期") {
        QueryKind::Due
    } else if bounded && standing && unit {
        QueryKind::Unit
    } else if bounded && standing {
        QueryKind::Status
    } else if DUE.is_match(text) || bounded && is_span_asked(text) {
        QueryKind::Due
    } else if unit {
        QueryKind::Unit
    } else {
        return None;
    };
    Some(kind)
}

/// What words that look back bound: 上周以来 is open, 最近三天 ends today, and 6月20日以来 lies behind.
fn looking_back(
    text: &str,
    on: NaiveDate,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let looks_back = CHANGES.is_match(text) || TOLD.is_match(text);
    let behind = |day: NaiveDate| if day > on { day.checked_sub_months(Months::new(12)) } else { Some(day) };
    match (from, to) {
        (Some(from), _) if BACK.is_match(text) => (behind(from), None),
        (Some(from), Some(to)) if from > on && (RAISED.is_match(text) || CHANGES.is_match(text)) => {
            (behind(from), behind(to))
        }
        (Some(from), Some(to)) if from == on && to > on && looks_back && PAST.is_match(text) => {
            (on.checked_sub_signed(to - on), Some(on))
        }
        (None, None) if looks_back => {
            let days = THESE_DAYS.captures(text).and_then(|found| numerals::parse(&found["days"]));
            let from = days.and_then(|days| on.checked_sub_days(Days::new(days.into())));
            (from, from.map(|_| on))
        }
        bounds => bounds,
    }
}

/// Whether words that name a span ask what falls into it: 下周有什么任务; a span alone does as well.
fn is_span_asked(text: &str) -> bool {
    SPAN_ASKED.is_match(text) || ONLY_SPAN.is_match(&bare(text))
}

/// What one of the patterns finds, unless that is itself a question: 关于逾期的任务.
fn sought(text: &str, patterns: &[&Regex], on: NaiveDate) -> Option<String> {
    patterns.iter().find_map(|pattern| {
        let what = pattern.captures(text)?.name("what")?.as_str();
        let quotes = |edge: char| "“”\"‘’「」『』《》：，。？、~".contains(edge);
        let what = what.trim_matches(quotes).trim_end_matches(['的', '了', '吗', '呢']).trim_matches(quotes);
        let keywords = [&OVERDUE, &SILENT, &PENDING, &PROBLEMS, &DUE, &FILLER];
        let rest = keywords.iter().fold(what.to_owned(), |rest, keyword| keyword.replace_all(&rest, "").into_owned());
        let is_due = DUE.is_match(what) && span::read(what, on).is_some();
        (rest.chars().count() >= 2 && !is_due).then(|| what.to_owned())
    })
}

/// The words without what is said around a name.
fn bare(text: &str) -> String {
    let text = POLITE.replace(text, "");
    ASKED_AFTER.replace(&text, "").into_owned()
}
