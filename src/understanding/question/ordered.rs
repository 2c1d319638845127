//! What a coordinator tells the bot to do in words: 帮我催一下住建厅, 把看板发我. And what nobody can have from it in that way.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use serde::{Serialize, Serializer};

use super::beyond::{Beyond, Deed};
use crate::chinese::span;
use crate::filing::bulletin;
use crate::intent::paper::{Paper, Sheet};
use crate::understanding::question::called::Meant;
use crate::understanding::question::kind::QueryKind;
use crate::understanding::question::lists::List;
use crate::understanding::question::query::Query;
use crate::understanding::question::query::Which;
use crate::understanding::question::{called, lists, named, only, unheld};

/// Something that a command does as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// 催办: of a task, a unit, or a unit's part in a task; one of them is named. Waits for 确认.
    Remind {
        number: Option<String>,
        unit: Option<String>,
    },
    Paper(Paper),
    Bulletin(bulletin::Wanted),
    Brief,
    List(List),
}

impl Order {
    /// As it would be typed.
    pub fn command(&self) -> String {
        match self {
            Order::Remind { number, unit } => {
                let words: Vec<&str> = [number, unit].into_iter().flatten().map(String::as_str).collect();
                format!("/remind {}", words.join(" "))
            }
            Order::Paper(Paper::Board | Paper::OfPlan { sheet: Sheet::Board, .. }) => "/board".to_owned(),
            Order::Paper(Paper::Timeline | Paper::OfPlan { sheet: Sheet::Timeline, .. }) => "/timeline".to_owned(),
            Order::Paper(Paper::Workbook | Paper::OfPlan { sheet: Sheet::Workbook, .. }) => "/export".to_owned(),
            Order::Paper(Paper::Bulletin | Paper::BulletinOf { .. }) => "/bulletin".to_owned(),
            Order::Paper(Paper::Meeting | Paper::Draft(_) | Paper::Inspection { .. }) | Order::Brief => {
                "/brief".to_owned()
            }
            Order::List(list) => list.command(),
            Order::Bulletin(wanted) => {
                let issue = wanted.issue.map(|issue| format!(" 第{issue}期")).unwrap_or_default();
                let plan = wanted.plan.as_ref().map(|plan| format!(" {plan}")).unwrap_or_default();
                format!("/bulletin{plan}{issue}")
            }
        }
    }
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.command())
    }
}

/// What a text tells the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Order(Order),
    /// A decision on what waits, which is shown with its buttons.
    Ruling(Query),
    Beyond(Beyond),
}

/// Said around a paper's name.
const AROUND: &str = "请|麻烦|劳驾|辛苦|帮个?忙|帮我?|给我们?|给|我们?|咱们?|想要?|需要|要|得|能不能|能否|可不可以|可以|能|把|将|看一?看|看一?下|看一?眼|先|看|瞧瞧|再|来|出|做|画|各项|生成|制作|导出|导|下载|下|发送|发|打开|调出?|调取|拉出?|准备|整理|弄|搞|形成|起草|拟|写|更新|刷新|展示|显示|查看|查|提供|传|推送|一下|一[份张个期版眼遍]|[份张个]|过来|过目|出来|最新|现在|目前|当前|(?:今天|明天|后天|周[一二三四五六日天]|下周)?开会时?|今天|今日|本期|这期|这周|本周|本月|这个月|督办|督查|工作|任务|项目|进展|总|全部|所有|整个|新|那个?|这个?|版|有没有|有|在哪里?|在哪儿|在哪|图片?|图表|文件|表格|表|电子|[Ww]ord|WORD|[Ee]xcel|EXCEL|docx|xlsx|png|到群里|到这里|发群里|群里|会上|上会|领导|用|做?好了|了|吧|呢|吗|嘛|啊|呀|呗|哈|的|谢谢|多谢|辛苦了|[，。？！,.~]";
const PAPERS: &str = "(?P<board>看板|大屏|督办图)|(?P<timeline>时间轴|时间线|甘特图|进度轴)|(?P<bulletin>通报)|(?P<workbook>台账|工作簿|明细表|底表)|(?P<meeting>会议材料|会议资料|会议用的?材料|会上用的?材料|上会材料|上会用的?材料|开会材料|开会用的?材料|例会材料|碰头会材料|汇报材料)|(?P<brief>简报|周报)";

patterns! {
    PAPER = format!("^(?:{AROUND})*(?P<of>[^，。？！]{{0,24}}?)(?:{AROUND})*(?:第?(?P<issue>[0-9一二三四五六七八九十]+)期)?(?:{AROUND})*(?:{PAPERS})(?:{AROUND}|第?(?P<after>[0-9一二三四五六七八九十]+)期)*$");
    FOR_A_UNIT = format!("^(?:{AROUND})*(?:{PAPERS})[^，。]{{0,4}}(?:发给|转给|送给|发送给|抄送给?|传给|转发给?)(?P<whom>.+)$");
    ONLY_MONTH = "^(?:[0-9]+|[一二三四五六七八九十]+)月份?的?$";
    NO_PAPER = "谁|哪|几|多少|被|批评|制度|机制|公告|要求|什么|逾期|反馈|到期|问题|任务$|第[^期]*$|写入|建立|完善|有关|关于|涉及|提到";
    LEAD = "^(?:你?去|请问?|麻烦|劳驾|辛苦|有劳|帮个?忙|帮我|给我|替我|帮|你|您|小督|督办助手|机器人|我想|我要|想|要|能不能|能否|可不可以|可以|能|再|也|先|赶紧|赶快|快|现在|马上|立即|今天|明天|明早|后天|大后天|上午|下午|晚上|早上|中午|下班前|晚点|稍后|待会儿?|等会儿?|过一?会儿?|下周|下个?月|周[一二三四五六日天]|星期[一二三四五六日天]|[0-9一二三四五六七八九十]+点[半钟]?|[0-9]+[:：][0-9]+|定时|每[天周月日]|以后|到时候|到期前|那就|那|就|务必|一定|要不|好的?|嗯|哦|[，。！,])+";
    TRAIL = "(?:了|吧|呢|吗|么|嘛|啊|呀|呗|哈|谢谢|多谢|辛苦了?|可以[吗不]?|行[吗不]?|好[吗不]?|[，。？！,.~])+$";
    ASKS = "谁|哪[些几家个]|几[次项个家条]|多少|什么|啥|是否|有没有|没有|了没|[过了]吗|记录|情况|历史|怎么|为什么|为何|何时|几点|过了$|催过|提醒过|已经?催|催了|提醒了|不用|别|(?:催办|提醒)的?进展|到哪|清单|名单|还没|结果|效果";
    // The verb first, then whom.
    PRESS = "^(?:催办|催促|催催|催一?催|催|督促|敦促|提醒|敲打|盯紧|盯)(?:一下子?|一声|一次|[一几]遍|一催|下|个)?(?P<whom>.*)$";
    ASK_TO = "^(?:通知|叫|让|要求|请|喊|告诉|知会|跟|和)(?:一下|一声|下)?(?P<whom>.+?)(?:说|讲)?(?:一下|一声)?(?:尽快|抓紧|赶紧|赶快|快点?|加快|及时|马上|立即|今天|按时|务必|把|也|再|去|来|要|得|，)*(?:反馈|回复|填报|上报|报送|报一?下|报个?|回一?下|回个?|交|更新|说明|提交)";
    // 明天开调度会，帮我准备一份材料
    FOR_MEETING = "(?:开|调度|协调|例|碰头|推进)会.{0,10}(?:准备|整理|弄|出)(?:一?[份个])?材料";
    SEND = "^(?:给|向|对|跟|往|朝)(?P<whom>.+?)(?:那边)?(?:再)?(?:发|下|来|打|去)?(?:个|一个|一条|一次|一份|条|份)?(?:催办|提醒|催促|督促|催)(?:通知|消息|单|函|信息|一下|一次|下)?(?:(?:让|叫|请|要).*)?$";
    AFTER = "^(?:把|将|对)?(?P<whom>.+?)(?:那边|这边|那儿|的单位)?(?:再|也|都|帮我|麻烦|得|该|要|需要|请)*(?:催一?催|催一?下|催[一几]?遍|催催|催办一?下?|催促一?下?|督促一?下?|提醒一?下)$";
    SEVERAL_NUMBERS = "[0-9一二三四五六七八九十]+(?:项|条|号)?(?:、|和|及|与|,|到|至|-)第?[0-9一二三四五六七八九十]+(?:项|条|号)";
    NUMBER = "第(?P<number>[0-9一二三四五六七八九十百]+(?:\\([0-9一二三四五六七八九十]+\\))?)(?:项|条|号|件)?|(?P<bare>[0-9一二三四五六七八九十百]+(?:\\([0-9一二三四五六七八九十]+\\))?)(?:项|号任务|号)";
    EVERYBODY = "全部|所有|大家|各[单位部门市州厅家]|没[有]?[反回报交填]|未[反回报交填]|逾期|超期|到期|沉默|落后|慢的|它们|他们|她们|那几家|这几家|[几些]个?单位|单位们|受阻|^(?:单位|部门|人|对方|一下)?$";
    FOR_ME = "提醒(?:一下|下)?(?:我|咱)|叫我|喊我|(?:设|定|建)(?:个|一个|置)?(?:提醒|闹钟|日程)|到时候(?:提醒|告诉|叫)|告诉我一声";
    DAY_OF_DOING = "明天|明早|后天|下周|下个?月|晚点|稍后|待会|等会|过一?会|点|[0-9][:：]|[早晚]上|下班前|上午|下午|中午|以后|到时候|到期前|周[一二三四五六日天]|星期";
    AGAIN_AND_AGAIN = "每[天周月日隔]|定时|定期";
    BY_TELEPHONE = "打(?:个|一个|一通|通)?电话|致电|去电|发(?:个|一封|封|送|一条|条)?(?:邮件|电邮|短信|微信|传真|函|公函|快递)|盖章|订(?:个|一个|一下|间)?(?:会议室|会|房间|餐|票)|预[订定]|约(?:一下|个|谈一下)|请(?:个|一天|半天)?假|翻译|(?:写|起草|拟)(?:一?[篇份个])?(?:讲话|总结|汇报|稿|报告|信|方案)|上门|派人|开(?:个|一个)会|拉(?:个|一个)群|建(?:个|一个)群|扣分|打分|处分(?:他|它)|罚款|转账|买(?:票|点|个)|联系一下|查(?:一下)?天气";
    UNKNOWN_HERE = "^.{0,6}天气(?:怎么?样|如何|预报|好不好)?$|电话(?:号码)?(?:是)?多少$|^你?(?:帮我|来)?预测一?下|讲个?笑话";
    NOT_QUESTIONED = "如何|怎样|咋样|吗$|没有?$|谁|哪|几|多少|什么|啥|怎么|了没|进展|情况|为什么|历史|已经?|有没有|是否";
    AMENDS = "项.{0,6}(?:延期|推迟|延长?|顺延)[到至]|项.{0,4}(?:改|调整?)[到成为至].{0,10}(?:月|日|号|底|周)|(?:时限|期限|时间|日期|截止)(?:日期|时间)?.{0,12}(?:改|调整|推迟|延长|延期|延|提前|定)[到至为成在]|(?:改|调整|推迟|延长|修改)(?:一下)?.{0,14}(?:时限|期限|日期|截止)|给.{1,14}(?:延期|宽限|延长)";
    DROPS = "(?:不用|不再|不必|无需)再?(?:督|督办|跟踪|盯)了?|^(?:把|将)?.{0,8}(?:撤销|取消|删除|删掉|删了?|作废|去掉|撤掉|不办)(?:了|掉|吧)?(?:第?[0-9一二三四五六七八九十]+项|这项|任务)?$";
    RULES = "^(?:把|将)?(?:第?[0-9一二三四五六七八九十]+项)?(?:.{0,10}?)(?:中止|暂停|恢复|销号)(?:了|掉|一下|吧)?(?:.{0,10}?)(?:第?[0-9一二三四五六七八九十]+项)?(?:的)?(?:办结|销号|延期|申请|任务)?$";
    // 等着批准的 asks; 同意…的延期 decides.
    DECIDES = "^(?:把|将|对|就)?[^，。]{0,16}?(?:不同意|同意|不批准|批准|准予|准许|核准|不准|不批|退回|驳回|否决|通过)(?:了|掉|一下|给|回去)?[^，。待等]{0,20}$";
    SETTLES = "^(?:那就|就|都|我)?(?:准了?|不准|批了吧|同意了?|不同意)(?:吧)?$|(?:那个|申请|延期|办结|项)(?:就)?(?:不行|不准|准了?)$|(?:打|退)回去?$|可以(?:销号|办结)(?:了|吧)?$";
    RECORDS = "(?:给|帮|替)(?:他|她|它|他们|它们|[^，。]{2,8})?(?:们)?(?:记上|记一下|记一笔|登记|登上|补登|补录|代录|录上|录入)|代(?:录|报|登记)(?:一下|一条)?";
    INVITES = "邀请|邀请码|拉进群|请进群";
    UNBINDS = "群[^，。]{0,6}绑错|解掉|解开|解绑|解除.{0,12}绑定|取消.{0,12}绑定|换群";
    ENDS_ASKING = "谁|哪|几|多少|什么|啥|怎|吗$|没有?$|了没";
    ASSIGNS = "^(?:交给|派给|布置给|安排给)[^，。]{2,12}(?:一件事|一项|一个|任务|件事)|^(?:给|向).{2,16}(?:布置|安排|分配|派|下达|交代|交办|增加|新增|加|添)(?:个|一个|一项|一下)?(?:任务|工作|活|事)|^(?:新建|新增|增加|添加|加)(?:一个|一项|个|一条)?(?:任务|事项|工作)";
    SETS = "(?:改成|改为|调到|调整到|设为|设成|设置成|换成).{0,10}(?:提醒|点)|(?:提醒|推送)(?:时间|频率|次数).{0,6}(?:改|调|设|少|多)|(?:不要|别|停止|暂停|关掉|关闭)(?:再)?(?:给.{1,12})?(?:发|提醒|推送)(?:了|提醒|消息)*$";
    TELLS = "^(?:给|向)(?P<to>.{2,16}?)发(?:个|一个|一条|一份|条|份)?(?:文|公文|通知|消息|文件|材料|信息)$|^(?:转告|告诉|通知|告知|传达给?|跟|带话给|捎话给)(?P<whom>.{2,})";
}

/// What the words tell the bot; `None` where they tell it nothing. Text in the one form that the rules know.
pub fn read(text: &str, units: &[(String, String)], on: NaiveDate) -> Result<Option<Told>, Which> {
    if let Some(told) = paper(text, units, on) {
        return Ok(Some(told));
    }
    for clause in text.split(['，', '。', '！', '；', ',']).chain([text]) {
        let told = press(clause, units)?;
        // 第五项，再督促一下 names the task in the clause before.
        if told == Some(Told::Beyond(Beyond::RemindWhom))
            && let Some(order @ Told::Order(_)) = press(&text.replace(['，', '！', ','], ""), units)?
        {
            return Ok(Some(order));
        }
        if told.is_some() {
            return Ok(told);
        }
    }
    if let Some(beyond) = unheld::read(text, units) {
        return Ok(Some(Told::Beyond(beyond)));
    }
    if let Some(list) = lists::read(text, units)? {
        return Ok(Some(Told::Order(Order::List(list))));
    }
    let bare = LEAD.replace(text, "");
    let bare = TRAIL.replace(&bare, "");
    if let Some(query) = ruling(&bare, units)? {
        return Ok(Some(Told::Ruling(query)));
    }
    Ok(beyond(&bare, units).map(Told::Beyond))
}

/// A decision on what a unit asked, or on a task: 同意住建厅的延期. What waits is shown, and its buttons decide.
fn ruling(text: &str, units: &[(String, String)]) -> Result<Option<Query>, Which> {
    let decides = DECIDES.is_match(text) || text.split(['，', '。', '；']).any(|clause| SETTLES.is_match(clause));
    if !decides || NOT_QUESTIONED.is_match(text) {
        return Ok(None);
    }
    let number = NUMBER
        .captures(text)
        .and_then(|found| named::task(&format!("第{}项", found.name("number").or(found.name("bare"))?.as_str())));
    let unit = called::within(text, units).chosen()?;
    let is_of_some = number.is_some() || unit.is_some();
    let query = Query { task: number, unit, only: only::wanted(text), ..Query::of(QueryKind::Pending) };
    Ok(is_of_some.then_some(query))
}

fn paper(text: &str, units: &[(String, String)], on: NaiveDate) -> Option<Told> {
    if let Some(found) =
        FOR_A_UNIT.captures(text).filter(|found| called::within(&found["whom"], units) != Meant::Nobody)
    {
        return (!ASKS.is_match(&found["whom"])).then_some(Told::Beyond(Beyond::PaperOfPart));
    }
    if FOR_MEETING.is_match(text) {
        return Some(Told::Order(Order::Paper(Paper::Meeting)));
    }
    let found = PAPER.captures(text)?;
    if text.contains("打印") || text.contains("复印") {
        return Some(Told::Beyond(Beyond::Outside));
    }
    let of = found.name("of").map_or("", |of| of.as_str());
    if NO_PAPER.is_match(of) {
        return None;
    }
    if text.contains("印发") || text.contains("签发") {
        return Some(Told::Beyond(Beyond::Command(Deed::Issue)));
    }
    let is_past = span::read(text, on).and_then(|span| span.to).is_some_and(|to| to < on);
    let is_past = is_past || ONLY_MONTH.is_match(of);
    if is_past || of.contains("上期") || of.contains("上一期") {
        return Some(Told::Beyond(Beyond::PastPaper));
    }
    let is_workbook = found.name("workbook").is_some();
    let of_part = called::within(of, units) != Meant::Nobody || NUMBER.is_match(of) && found.name("issue").is_none();
    if of_part {
        // How a unit stands is told, not filed: 调银保监局的台账.
        return (!is_workbook).then_some(Told::Beyond(Beyond::PaperOfPart));
    }
    if found.name("bulletin").is_some() {
        let issue = found.name("issue").or(found.name("after")).map(|issue| format!("第{}期", issue.as_str()));
        let of = of.trim_matches(|edge: char| "《》的、".contains(edge));
        let wanted = bulletin::Wanted::read(&format!("{of} {}", issue.unwrap_or_default()));
        return Some(Told::Order(Order::Bulletin(wanted)));
    }
    if !of.is_empty() {
        return None;
    }
    let order = [
        ("board", Order::Paper(Paper::Board)),
        ("timeline", Order::Paper(Paper::Timeline)),
        ("workbook", Order::Paper(Paper::Workbook)),
        ("meeting", Order::Paper(Paper::Meeting)),
        ("brief", Order::Brief),
    ];
    order.into_iter().find(|(name, _)| found.name(name).is_some()).map(|(_, order)| Told::Order(order))
}

/// 催办 in one clause of a text.
fn press(clause: &str, units: &[(String, String)]) -> Result<Option<Told>, Which> {
    let bare = LEAD.replace(clause, "");
    let before = &clause[..clause.len() - bare.len()];
    if FOR_ME.is_match(&bare) {
        return Ok(Some(Told::Beyond(Beyond::OwnAlarm)));
    }
    if ASKS.is_match(&bare) {
        return Ok(None);
    }
    let bare = TRAIL.replace(&bare, "");
    let found = [&PRESS, &ASK_TO, &SEND, &AFTER].iter().find_map(|pattern| pattern.captures(&bare));
    let Some(whom) = found.as_ref().and_then(|found| found.name("whom")).map(|whom| whom.as_str()) else {
        return Ok(None);
    };
    let presses = [&PRESS, &SEND, &AFTER].iter().any(|pattern| pattern.is_match(&bare));
    if presses && (SEVERAL_NUMBERS.is_match(&bare) || several_units(whom, units)) {
        return Ok(Some(Told::Beyond(Beyond::RemindWhom)));
    }
    let number = NUMBER
        .captures(&bare)
        .and_then(|found| named::task(&format!("第{}项", found.name("number").or(found.name("bare"))?.as_str())));
    let unit = called::within(whom, units).chosen()?;
    let name = whom.trim_end_matches("那边").trim_end_matches(['的', '了']);
    let unit = unit.or_else(|| named::looks_like_unit(name).then(|| name.to_owned()));
    if number.is_none() && unit.is_none() {
        let everybody = presses && EVERYBODY.is_match(whom);
        return Ok(everybody.then_some(Told::Beyond(Beyond::RemindWhom)));
    }
    // A day that stands after the unit is when it is to answer.
    let later = DAY_OF_DOING.is_match(before) || AGAIN_AND_AGAIN.is_match(clause);
    Ok(Some(if later { Told::Beyond(Beyond::RemindLater) } else { Told::Order(Order::Remind { number, unit }) }))
}

/// Whether more than one unit is named: 住建厅和公安厅.
fn several_units(whom: &str, units: &[(String, String)]) -> bool {
    let parts = whom.split(['、', '和', '及', '与', '跟', ',']);
    let named = parts.filter(|part| called::plainly(part.trim_end_matches("那边"), units) != Meant::Nobody);
    named.count() > 1
}

/// What is done otherwise or not at all.
fn beyond(text: &str, units: &[(String, String)]) -> Option<Beyond> {
    // 天气怎么样 asks, and nothing here knows it.
    if UNKNOWN_HERE.is_match(text) {
        return Some(Beyond::Outside);
    }
    let numbered = NUMBER.is_match(text);
    let of_unit = || called::within(text, units) != Meant::Nobody;
    let told = |pattern: &Regex| pattern.is_match(text) && !ENDS_ASKING.is_match(text);
    // What is told beside it, as 进展情况, asks nothing.
    if told(&RECORDS) && (numbered || of_unit()) {
        return Some(Beyond::Command(Deed::Record));
    }
    if told(&ASSIGNS) {
        return Some(Beyond::Command(Deed::Assign));
    }
    if BY_TELEPHONE.is_match(text) && !ASKS.is_match(text) && !NOT_QUESTIONED.is_match(text) {
        return Some(Beyond::Outside);
    }
    if NOT_QUESTIONED.is_match(text) {
        return None;
    }
    let deed = if AMENDS.is_match(text) && (numbered || of_unit()) {
        Deed::Amend
    } else if SETS.is_match(text) {
        Deed::Policy
    } else if UNBINDS.is_match(text) {
        Deed::Unbind
    } else if INVITES.is_match(text) {
        Deed::Invite
    } else if DROPS.is_match(text) && (numbered || of_unit()) {
        Deed::Drop
    } else if RULES.is_match(text) && numbered {
        Deed::Rule
    } else {
        let whom = TELLS.captures(text)?;
        return (called::within(whom.name("whom").or(whom.name("to"))?.as_str(), units) != Meant::Nobody)
            .then_some(Beyond::Message);
    };
    Some(Beyond::Command(deed))
}
