//! What a contact asks about the own unit: which tasks it has, when one is due, who coordinates, how something is done.
//!
//! Only words that ask are questions, and those that ask whether a task counts as done are none: they are asked about.

use chrono::NaiveDate;

use crate::chinese::span;
use crate::chinese::span::Span;
use crate::understanding::item::{Intent, Item, Named, Understanding};
use crate::understanding::question::{Query, QueryKind, question};
use crate::understanding::text::Typed;
use crate::understanding::{manner, question as asking};

/// Longer words tell a story beside what they ask.
const LONGEST: usize = 48;

/// The same as a question, where the words ask what the bot knows, or ask and tell nothing.
pub fn or_question(read: Understanding, text: &str, named: &[Named], on: NaiveDate) -> Understanding {
    let plain = question(text);
    // Whoever dictates says what sounds like a question in between.
    let is_short = (FEWEST..=SHORT).contains(&plain.chars().filter(|character| *character >= '\u{3400}').count());
    let alone = is_short && ALONE.is_match(&plain);
    let asks = asks_only(text) || read.intent == Intent::Query || alone || NAME.is_match(&plain);
    if !asks && !WANTS_TO_KNOW.is_match(&plain) {
        return read;
    }
    let Some(query) = of_contact(text, named, on) else {
        let plainly = alone || asks && is_short && manner::asks_in_words(&plain);
        return if plainly { or_unanswered(read, text, &plain) } else { read };
    };
    let gives_way = match read.intent {
        Intent::Query | Intent::Unclear | Intent::Chatter => true,
        // 怎么撤回 takes nothing back, but 不是我们的任务，转给谁 gives a task back.
        Intent::Withdraw | Intent::Transfer => {
            alone || query.kind == QueryKind::Help || query.text.as_deref() == Some(NEXT)
        }
        Intent::Defer => asks || query.kind == QueryKind::Help,
        // 怎么申请延期 wishes for nothing, but 能否宽限两周 does.
        Intent::Extension => query.kind == QueryKind::Help && ASKS_HOW.is_match(text) || is_about_wish(&read, &plain),
        // 离到期还有几天 tells nothing of the task.
        Intent::Report => asks && (read.items.iter().all(tells_little) || STILL_NEEDED.is_match(&plain)),
        Intent::Read | Intent::Order => false,
    };
    if gives_way { Understanding { query: Some(query), ..Understanding::only(Intent::Query) } } else { read }
}

/// What only asks, and what the bot cannot answer, is a question all the same: 逾期了会不会扣分 tells no problem. Of completion
/// it is asked what is meant, and a wish or a plea may be said as a question: 能不能请省里协调.
fn or_unanswered(read: Understanding, text: &str, plain: &str) -> Understanding {
    if COMPLETION.is_match(plain) || NOT_KNOWN.is_match(plain) {
        return read;
    }
    let little = read.items.iter().all(tells_little);
    let gives_way = match read.intent {
        Intent::Unclear | Intent::Withdraw => true,
        Intent::Report => STILL_NEEDED.is_match(plain) || little && !PLEADS.is_match(text),
        Intent::Extension => is_about_wish(&read, plain),
        _ => false,
    };
    if gives_way { Understanding::only(Intent::Query) } else { read }
}

/// Whether it asks what became of a wish for more time.
fn is_about_wish(read: &Understanding, plain: &str) -> bool {
    read.items.iter().all(|item| item.extend_to.is_none()) && ABOUT_WISH.is_match(plain)
}

/// Fewer characters may be anything: 啥意思.
const FEWEST: usize = 4;
/// More tell of something as well.
const SHORT: usize = 22;
pattern!(PLEADS, "请|协调|支持|帮|解决|(?:能|可)[^，。]{0,4}给我们|派|拨|宽限|推迟|延后");
// The whole of it asks: 逾期了会不会扣分, 报推进中还是报受阻好, 上次那条算不算反馈.
pattern!(
    ALONE,
    "^[^，。；？]*(?:会不会|有没有|算不算|排第几|(?:下来|回|过)了?没有?？?$|还是[^，。；]{1,8}[好对呀呢]？?$)[^，。；]*$"
);
// 已经100%了还要报吗
pattern!(
    STILL_NEEDED,
    "(?:还|也|都)(?:要|用|需要?|得)[^，。；]{0,6}(?:报|填|反馈|回复|写|盖章|签|传|交)[^，。；]{0,4}[吗么嘛不？]$"
);
// 完没完我也不晓得: the speaker cannot tell, where COMPLETION asks.
pattern!(
    NOT_KNOWN,
    "(?:完没完|办没办结|结案)了?(?:没有?|吗|么|嘛|没|冇|不|？|$|我也|不清楚|啊)|(?:完成|办结|办完|做完|搞完|弄完|搞好|办好)了?(?:？|$|我也|不清楚|啊)|有没有?(?:已经?)?(?:完成|办结)|不(?:知道|清楚|晓得)"
);
// 延期批下来没有
pattern!(ABOUT_WISH, "(?:批|同意|通过|答复|回复|准)(?:下来|了|下)?(?:没有?|了?没|吗)");

pattern!(ASKS_HOW, "怎|咋|如何|哪|谁|程序|流程|手续|什么材料");

fn tells_little(item: &Item) -> bool {
    item.percent.is_none() && item.milestone.is_none() && !item.unchanged && item.extend_to.is_none()
}

/// Whether every part asks, or only leads up to it: 领导好，请问第5项几号到期.
pub fn asks_only(text: &str) -> bool {
    let typed = Typed::new(text);
    let parts = typed.plain.split_inclusive(STOPS).map(|part| part.trim_end_matches(&STOPS[1..]));
    let parts: Vec<&str> = parts.filter(|part| part.chars().any(char::is_alphanumeric)).collect();
    let asks = |part: &str| manner::asks_in_words(part) || ALSO_ASKS.is_match(part);
    let leads_up = |part: &str| {
        let part = part.trim_end_matches(STOPS);
        manner::is_chatter(part) || manner::opens_with_question(part) || ENTRY.is_match(part) || BESIDE.is_match(part)
    };
    parts.iter().any(|part| asks(part)) && parts.iter().all(|part| asks(part) || leads_up(part))
}

/// What parts the words of a message; a question mark stays with its part.
const STOPS: [char; 10] = ['？', '，', '。', '；', '！', '、', '：', ' ', '\t', '\n'];

pattern!(
    ALSO_ASKS,
    "啥|什么|几点|几时|哪|几项|几个|还有几|还剩几|[有是会要能催]没?不?[有是会要能催]|百分之几|有无|多少|吗|[嘛咧不冇没呗]？?$|没有？$|(?:[逾到超过拖]期|收到|看到|登上|批|同意)了?没有?$|怎|咋|还是.+？?$|[有是]那[些个几]"
);
pattern!(
    ENTRY,
    r"^(?:\[?第?[0-9一二三四五六七八九十]+[项号条]?|刚才|刚刚|那个|这个|另外|还有|对了|我们?(?:单位|厅|局|委|办|处)?|想了解一下|了解一下|报错了|填错了|发错了|写错了)$"
);
// What is said beside a question: why it is asked, what went wrong before.
pattern!(
    BESIDE,
    "^(?:领导|我|会上|下午|明天|开会|汇报)?.{0,3}(?:要看|要用|急用|等着[要用看]|要汇报|做准备|统计用|心里有数)|(?:报|填|发|写|弄|搞|传|交)(?:错|重|反|漏|串|到).{0,8}$|^除了|没交接|[没不]交代|^(?:我|我们)?(?:是)?(?:新来|刚接手|才接手|刚来|第一次)|(?:完不成|来不及|赶不[上及])了?$"
);
// The name alone of what is asked for: 第5项时限, 牵头单位, 提醒时间.
pattern!(
    NAME,
    "^(?:第?[0-9一二三四五六七八九十（）]+[项条号])?的?(?:时限|期限|(?:到期|截止|提醒)(?:时间|日期)|要求|内容|(?:牵头|责任|配合)(?:单位|部门)|联络员|督办员|历次反馈|反馈记录|(?:逾期|到期|未完成|未反馈|牵头|配合)的?(?:任务|事项))。?$"
);
// 列一下我们的任务清单 asks as well.
pattern!(
    WANTS_TO_KNOW,
    "^(?:请|麻烦|帮我|帮忙|给我|我?想|我要|能)*(?:查|看|列|发|给|告诉|了解|知道|统计|汇总|问|把.{0,16}(?:发|列|给我))|(?:清单|列表|任务表|使用说明|用法|帮助)(?:发?我?一?[份下]?看?看?)?。?$|发我?一份|^(?:我们?|咱们?|本)(?:单位|厅|局|委|办|处)?的?(?:任务|待办|事项)(?:清单|情况|列表)?。?$|^(?:(?:本|这个?|下个?|上个?|今|明|当)(?:周|星期|月|季度?|年|天)(?:内|底前?)?)?的?(?:逾期|[要会将快]?到期)了?的?(?:任务|事项|情况)?的?。?$|^(?:我们?|咱们?|本)?(?:单位|厅|局|委|办|处)?的?(?:总体|整体|全部)(?:进展|情况|进度)。?$|怎么设置|^(?:还有|没有?|未)(?:完成|反馈|报|办结)的"
);
pattern!(
    COMPLETION,
    "算不算|算是?(?:办|完|做|结)|(?:是不是|是否)(?:就)?(?:算|可以)?.{0,4}(?:完成|办结|办完|做完|办好)|(?:完成|办结|办完|做完|搞完|弄完|搞好|办好)了?(?:没有?|吗|么|嘛|没|冇|不)|(?:能|可以|可不可以|能不能)(?:算|报|提请|申请)?已?(?:完成|办结|销号)(?:了)?[吗么嘛不？]?$|\\d%[^，。]{0,4}(?:能|可以)[^，。]{0,4}(?:完成|办结|销号)"
);
// What only somebody who knows the matter can say.
pattern!(
    MATTER,
    "会怎么?样|会不会|后果|影响|问责|扣分|口径|还是按|是指|什么意思|啥意思|包不?包?括|包含|统计(?:范围|标准)|纸质|盖章|公章|为什么|为何|合并|依据|是否需要|自然日|起算|怎么算|如何认定|怎么认定"
);
pattern!(
    HOW,
    "怎么|怎样|如何|咋|在哪|哪里|哪儿|能不能|可不可以|能否|可否|可以.{0,8}[吗么嘛不]|^能?.{0,8}能.{0,6}[吗么嘛不]|什么命令|程序|流程|手续|谁批|怎么办|办法|步骤|设置"
);
pattern!(STATE, "(?:进展|情况|进度|状态|办得|落实得|推进得|现在|目前).{0,4}(?:怎么样|怎样|咋样|如何|咋个)|到哪一?步");
pattern!(
    WHO,
    "谁|哪位|哪个(?:人|领导|同志|单位|部门|处|厅|局|对接|联系)|是不是.{0,6}联络员|联络员.{0,3}是不是|哪家|哪些(?:单位|部门|人|厅局|同志)|哪几(?:个|家)(?:单位|部门)?|什么(?:单位|人|部门)|联系人|联系方式|电话|微信|叫什么|叫啥|(?:牵头|负责|配合|主办).{0,3}还是|还是.{0,3}(?:牵头|负责|配合|主办)|单位有(?:哪些|哪几)|单位(?:都)?是(?:哪|谁)"
);
pattern!(MATES, "配合|协办|参与|一起|一块|共同|还有(?:哪些|谁|哪几个?)(?:单位|部门)?(?:$|[^任事项])");
pattern!(LEADS, "牵头|主办|责任单位|主责|负责单位|谁负责|哪.{0,4}负责|归谁|谁管");
pattern!(
    CONTACTS,
    "联络员|谁.{0,6}(?:替|代表|给)?.{0,6}(?:报|填|反馈)$|谁.{0,4}(?:能|可以|来)(?:替|代)?.{0,6}(?:报|填|反馈)"
);
pattern!(
    NEXT_REMINDER,
    "还?(?:催不催|提不提醒)|会不会再?(?:提醒|催)|(?:下次|下一次|下回|啥时候|什么时候|何时|几点|几时|哪天|哪一天|几号|多久|还会|再).{0,10}(?:提醒|催|发消息|发通知|冒泡)|(?:提醒|催).{0,8}(?:什么时候|啥时候|几点|哪天|多久|频率|几次|一次|时间)"
);
pattern!(
    WHEN,
    "到期|截止|截至|时限|期限|最晚|最迟|最急|最先|最近|临期|快到|倒计时|(?:哪天|几号|什么时候|啥时候|何时|哪个时候).{0,4}(?:前|交|完|报|结|要|办)|(?:还有|还剩|剩|差)(?:几|多少)天|(?:要|应|需|该)(?:完成|办结|交|报|做完|办完)"
);
pattern!(OVERDUE, "逾期|超期|过期|拖期|误期|超时|过了期|到期了?[还没未]|超过时限|过时");
pattern!(SILENT, "(?:[没未冇]有?(?:报|反馈|填|回复|上报|更新)|欠).{0,4}|(?:要|该|得)(?:报|反馈|填)的?(?:$|？)");
pattern!(UNDONE, "[没未](?:有|能)?(?:完成|办结|办完|做完|搞完|办好|销号)|还?剩|(?:在|还在)办");
pattern!(
    TASKS,
    "任务|任物|事项|事情|工作|项目|活儿?|哪些事|什么事|有啥事|几项|多少项|哪几项|哪些|清单|台账|待办|总体|完成率|办结率|办结了(?:几|多少)|完成了(?:几|多少)"
);
// Of all, though a message named one.
pattern!(
    OF_ALL,
    "哪[些几]?(?:一?[项个件]|任务|事|$)|几项|多少项|几个|所有|全部|总共|一共|清单|我们?(?:单位|厅|局|委|办|处|市|县)?(?:都|还)?有|总体|这[几些些][项个]|逾期"
);
// What was last reported, or whether it arrived.
pattern!(
    HEARD,
    r"(?:上次|上回|上个?月|上一?次|之前|先前|前面|前几[天次]|最近一?次|最新|[0-9一二三四五六七八九十]+月份?|[昨今前]天|刚才|刚刚).{0,8}(?:报|填|反馈|汇报|说|写).{0,8}(?:什么|啥|多少|[几哪]|怎么|咋|内容|情况|看看|查)|(?:上次|上回|上个?月|上一?次|之前|最近一?次|[0-9一二三四五六七八九十]+月份?).{0,6}(?:怎么|咋)(?:报|填|写|说)|(?:报|发|填|传|交|反馈).{0,8}(?:收到|看到|记上|登上|登记上|成功|算数|生效)了?(?:没|吗|么|不|否)|收到.{0,6}(?:报|发|填|传|反馈).{0,4}(?:没|吗)"
);
// The words of the document: 原文是怎么写的.
pattern!(
    ORIGINAL,
    "原文|全文|文件(?:里|上|中)?.{0,4}(?:怎么|咋|如何)(?:写|说|要求|规定)|任务.{0,4}(?:怎么|咋)(?:写|说)的"
);
// 知道什么时候到期了 tells; 收到，我们看看是哪个处负责 asks nobody here.
pattern!(
    TELLS,
    "知道.{0,14}了[，。]?(?:谢谢)?$|^(?:好的?|收到|明白).{0,3}我们?.{0,3}(?:看看|问问|查查|商量|研究|确认|核实)"
);
pattern!(POINTS, "这[一]?[项个件]|该项|此项|本项|这任务|这事");

/// The question, where it is one that the bot can answer to a contact.
pub fn of_contact(text: &str, named: &[Named], on: NaiveDate) -> Option<Query> {
    let text = &question(text);
    if text.chars().count() > LONGEST || TELLS.is_match(text) || MATTER.is_match(text) && !NEXT_REMINDER.is_match(text)
    {
        return None;
    }
    let query = |kind| Query::of(kind);
    let about = |kind, topic: &str| Query { text: Some(topic.to_owned()), ..Query::of(kind) };
    let task = task_meant(text, named);
    if HEARD.is_match(text) || ORIGINAL.is_match(text) {
        return Some(match task {
            Some(task) => Query { task: Some(task), ..query(QueryKind::Task) },
            None => query(QueryKind::Own),
        });
    }
    if let Some(topic) = help(text) {
        return Some(about(QueryKind::Help, topic));
    }
    if COMPLETION.is_match(text) {
        return None;
    }
    if NEXT_REMINDER.is_match(text) {
        return Some(about(QueryKind::Due, NEXT));
    }
    if let Some(whom) = people(text) {
        let only = || <&[Named; 1]>::try_from(named).ok().map(|[only]| only.number.clone());
        let task = task.or_else(only).filter(|_| [LEAD, OTHERS].contains(&whom));
        return Some(Query { task, ..about(QueryKind::People, whom) });
    }
    if let Some(task) = task {
        let known = WHEN.is_match(text) || STATE.is_match(text) || OVERDUE.is_match(text) || ABOUT_TASK.is_match(text);
        return known.then(|| Query { task: Some(task), ..query(QueryKind::Task) });
    }
    let Span { from, to } = span::read(text, on).unwrap_or_default();
    let bounded = from.or(to).is_some();
    if OVERDUE.is_match(text) {
        Some(query(QueryKind::Overdue))
    } else if SILENT.is_match(text) && TASKS.is_match(text) {
        Some(about(QueryKind::Own, UNHEARD))
    } else if WHEN.is_match(text) || bounded && TASKS.is_match(text) {
        Some(Query { from, to, ..query(QueryKind::Due) })
    } else if UNDONE.is_match(text) {
        Some(about(QueryKind::Own, OPEN))
    } else if text.contains("牵头") && TASKS.is_match(text) {
        Some(about(QueryKind::Own, LEAD))
    } else if text.contains("配合") && TASKS.is_match(text) {
        Some(about(QueryKind::Own, OTHERS))
    } else if TASKS.is_match(text) || STATE.is_match(text) {
        Some(query(QueryKind::Own))
    } else {
        None
    }
}

pattern!(
    ABOUT_TASK,
    "内容|具体|要求|干什么|干啥|做什么|做啥|是什么|是啥|讲什么|说什么|什么任务|哪个任务|上次|上回|之前|报的|报了|状态|进展|进度|多少|原文|全文|什么$|啥$|呢$|状态|现在"
);

/// What `text` of a question says.
pub const NEXT: &str = "提醒";
pub const LEAD: &str = "牵头";
pub const OTHERS: &str = "配合";
pub const OPEN: &str = "未办结";
pub const UNHEARD: &str = "未反馈";
pub const CONTACT: &str = "联络员";
pub const COORDINATOR: &str = "督办员";

/// Whom it asks for.
fn people(text: &str) -> Option<&'static str> {
    pattern!(
        OFFICE,
        "督办|谁.{0,4}(?:审|核|批|定|验收|同意)|(?:找|问|联系|跟|向|归)(?:谁|哪)|联系人|联系方式|电话|微信"
    );
    if !WHO.is_match(text) && !NAME.is_match(text) {
        return None;
    }
    if text.contains("督办") {
        Some(COORDINATOR)
    } else if CONTACTS.is_match(text) {
        Some(CONTACT)
    } else if LEADS.is_match(text) && !text.contains("配合单位") {
        Some(LEAD)
    } else if MATES.is_match(text) {
        Some(OTHERS)
    } else if OFFICE.is_match(text) {
        Some(COORDINATOR)
    } else {
        None
    }
}

/// What it asks how to do; the first that fits.
fn help(text: &str) -> Option<&'static str> {
    pattern!(FILES, "照片|图片|相片|影像|截图|附件|文件|材料|佐证|视频|扫描件|(?i:pdf|word|excel)|语音|凭证|表格");
    pattern!(SENDS, "传|发|交|报|附|放|补|加|送|提供|弄|给");
    pattern!(UNDO, "撤|删|收回|改(?:[^革]|$)|修正|更正|纠正|错");
    pattern!(MORE_TIME, "延期|延长|延后|推迟|宽限|展期|顺延|往后[推延]");
    pattern!(LATER, "(?:明天|后天|稍后|晚点|过几天|迟点|改天|下周).{0,6}(?:提醒|报|反馈|再)");
    pattern!(NOT_OURS, "不(?:是|归|属于|该)我们?|退回|转办|转给|无关");
    pattern!(
        HANDS_OVER,
        "移交|交接|接手|接替|换(?:个|了)?(?:人|同事|联络员)|换人|不再担任|联络员.{0,6}(?:换|交给|让给|改|变)"
    );
    pattern!(ENROLS, "登记|注册|成为|当|加入|绑定");
    pattern!(SPLITS, "分解|拆分|拆成|分步|步骤|几步");
    pattern!(DONE, "办结|销号|完结|结项");
    pattern!(TELLS, "报|填|反馈|回复|回|写|格式|模板|样式|提交|更新|进度");
    pattern!(
        USE,
        "命令|功能|使用说明|说明书|操作手册|用法|怎么用|咋用|怎么使用|如何使用|怎么操作|如何操作|(?:你|机器人)(?:能|会|可以)(?:做|干|帮)|帮助|你是(?:谁|啥|什么|机器|真人|人工)|(?:机器人|真人)吗"
    );
    pattern!(FORM, "(?:格式|模板|样表|样式|范例|例子)");
    let how = HOW.is_match(text) && !STATE.is_match(text);
    let of_task = asking::task_named(text).is_some();
    let of_done = COMPLETION.is_match(text);
    let topics: [(bool, &'static str); 11] = [
        (how && FILES.is_match(text) && SENDS.is_match(text), "附件"),
        (how && UNDO.is_match(text), "撤回"),
        (how && MORE_TIME.is_match(text), "延期"),
        (how && LATER.is_match(text), "稍后"),
        (how && NOT_OURS.is_match(text), "转办"),
        (how && HANDS_OVER.is_match(text), "移交"),
        (how && ENROLS.is_match(text) && !text.contains("台账"), "登记"),
        (how && SPLITS.is_match(text), "分解"),
        (how && DONE.is_match(text) && !of_done, "办结"),
        ((how && TELLS.is_match(text) || FORM.is_match(text)) && !of_done && !(of_task && WHEN.is_match(text)), "反馈"),
        (USE.is_match(text), "用法"),
    ];
    topics.into_iter().find(|(meant, _)| *meant).map(|(_, topic)| topic)
}

/// The task that it names, or else the one that the answered message named, unless it asks about all.
fn task_meant(text: &str, named: &[Named]) -> Option<String> {
    let by_number = asking::task_named(text).or_else(|| begins_with_named(text, named));
    by_number.or_else(|| match named {
        [only] if POINTS.is_match(text) || !OF_ALL.is_match(text) => Some(only.number.clone()),
        _ => None,
    })
}

/// 26几号到期, in answer to a message that named 26.
fn begins_with_named(text: &str, named: &[Named]) -> Option<String> {
    let digits: String =
        text.chars().skip_while(|first| "请问下那".contains(*first)).take_while(char::is_ascii_digit).collect();
    named.iter().find(|task| task.number == digits).map(|task| task.number.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::understand_contact;

    /// What goes to the right answer at least, in hundredths.
    const SCORE: usize = 97;

    const SET: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/contacts.txt"));

    /// `due from=2019-06-01 to=2019-06-30`
    fn understood(text: &str, named: &[Named]) -> String {
        let read = understand_contact(text, named, "2019-06-27".parse().expect("a date"));
        let Some(query) = read.query else {
            return match read.intent {
                Intent::Query | Intent::Unclear => "unanswered".to_owned(),
                other => format!("{other:?}"),
            };
        };
        let kind = serde_json::to_value(query.kind).expect("JSON").as_str().unwrap_or_default().to_owned();
        let bounds = [
            ("task", query.task),
            ("from", query.from.map(|day| day.to_string())),
            ("to", query.to.map(|day| day.to_string())),
            ("text", query.text),
        ];
        let bounds = bounds.into_iter().filter_map(|(name, bound)| Some(format!("{name}={}", bound?)));
        std::iter::once(kind).chain(bounds).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_contacts_ask_is_understood() {
        let lines: Vec<&str> = SET.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
        let mut wrong = Vec::new();
        for line in &lines {
            let (asked, label) = line.split_once(" => ").expect("a question and its label");
            let (numbers, text) = match asked.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
                Some((numbers, text)) => (numbers.split(',').map(str::to_owned).collect(), text),
                None => (Vec::new(), asked),
            };
            let found = understood(text, &Named::by_numbers(&numbers));
            if found != label {
                wrong.push(format!("{asked}: {found}, not {label}"));
            }
        }
        println!("{} of {} questions understood; not: {}", lines.len() - wrong.len(), lines.len(), wrong.join("\n"));
        assert!((lines.len() - wrong.len()) * 100 >= SCORE * lines.len(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_tells_or_asks_of_completion_is_no_question() {
        let named = Named::by_numbers(&["5".to_owned()]);
        for words in ["进度60%", "第5项已完成", "收到", "第5项完成了吗", "这样算不算完成", "照片已上传", "撤回", "谢谢"]
        {
            let read = understand_contact(words, &named, "2019-06-27".parse().expect("a date"));
            assert_eq!(read.query, None, "{words}");
        }
    }
}
