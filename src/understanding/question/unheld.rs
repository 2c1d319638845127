//! What nobody tells the bot, so that it cannot be asked: money, telephone numbers, who a unit's leaders are, what will be, how it
//! compares with last year. And what it tells one at a time.

use std::sync::LazyLock;

use regex::Regex;

use super::beyond::Beyond;
use super::called;
use super::called::Meant;

patterns! {
    MONEY = "多少钱|花了?(?:多少|几)|(?:资金|经费|预算|投资|拨款|补贴)[^，。]{0,6}(?:多少|执行|到位|够不够|花)|执行率";
    REACHED_AT = "(?:电话|手机|微信|邮箱|座机)(?:号码?|号)?(?:都|分别)?(?:是|有)?(?:多少|几号|什么|啥)|(?:^|[^打个通])(?:电话|手机号|号码)(?:给我|发我|呢)?$|联系方式|办公(?:地址|地点)";
    PERSON = "(?:领导|分管|厅长|局长|主任|市长|省长|处长|经办人|负责人|具体人)[^，。]{0,4}(?:是谁|叫什么|哪位|是哪|姓)|谁(?:在)?分管|(?:哪个|什么)(?:处室|科室|处|科)(?:在)?(?:负责|承办|经办|管)";
    WILL_BE = "预计[^，。]{0,8}(?:什么时候|何时|几时|哪天|几号|多久|能)|(?:能不能|能否|能|会不会|可不可以)(?:在[^，。]{1,8})?(?:按期|按时|如期|准时|全部|都|顺利|够)*(?:完成|办结|办完|做完|收官|完得成|办得完)[得了]?(?:吗|么|嘛|不|$)|来得及|完得成|办得完|什么时候能(?:完成|办结|办完|做完|好)|还要(?:多久|几天|多长时间)(?:才)?(?:能)?(?:完成|办结|办完|做完|好)";
    COMPARED = "比(?:上|去|前)(?:一)?个?(?:月|周|年|季度?|期)[^，。]{0,6}(?:高|低|多|少|快|慢|好|差|进步|提升|提高|改善)|同比|环比|同期|趋势|好转|(?:跟|和|与|同)(?:去年|前年|外省|兄弟省|全国|别的省|其他省)[^，。]{0,6}(?:比|差)|全国(?:排名|排第|平均)|外省|兄弟省";
    OPINION = "(?:该|应该)怎么办|怎么办(?:才)?好|什么(?:好)?建议|你(?:觉得|认为|建议|怎么看|看)|满不满意|满意(?:度|吗)|领导[^，。]{0,8}(?:为什么|为啥|为何|怎么)[^，。]*|(?:打|得|评)(?:了)?(?:几|多少)分|考核(?:得分|分数|结果|等次)|评价(?:一下|如何|怎么样)?$|靠不靠谱|真的假的|水分|谁的责任|(?:应该|该)(?:追究|问责)";
    ELSEWHERE = "下不下[雨雪]|气温|值班|(?:什么时候|啥时候|何时|哪天|几号)(?:会|能|才)?(?:来|下来|出台|印发|公布|下发|发布)|星期几|几点了|放几天|放假|工作日吗|会议?(?:纪要|通知|几点|在哪|什么时候)|开会(?:时间|地点)|文号是(?:多少|什么)|领导(?:怎么|咋)(?:说|看|批)|股价|新闻|食堂|车牌";
    // What was, and is counted by nobody: what was given back, taken back or late in its time.
    PAST = "(?:过了|超过|超了|到)(?:时限|期限|期|到期)?(?:以后|之后|后)?才(?:报|提|反馈|交|申请)|(?:逾期|到期)(?:以后|之后|后)才|退回(?:了|过)?(?:几|多少|哪)|撤回(?:了|过)?(?:的|几|多少|哪|没)|谁撤|反馈次数|(?:报|反馈|提醒|催)得?(?:的)?次数";
    WHOLE = "(?:全部|所有|整套|完整)的?(?:数据|资料)[^，。]{0,6}(?:导|备份|拷|打包|留底)|(?:佐证|附件|证据|照片)(?:材料)?[^，。]{0,4}(?:打个?包|压缩|全部导|导出|打包)|备份(?:一下|一份|数据)";
    OTHER_PAPERS = "督办函|督查函|督办通知|督办单|讲话稿?|发言稿?|新闻稿|工作总结|工作报告|公函|红头文件|会议纪要";
    MAKES = "打|起草|拟|写|出|做|弄|来|发|印|准备|生成|给我|草";
    ASKS_OF = "谁|哪|几|多少|吗|没有?$|进展|情况|怎么样|如何";
    SHARE = "(?:[0-9一二三四五六七八九十百]+%|百分之[0-9一二三四五六七八九十百]+|一半|[一二三四五六七八九]成)(?:的)?(?:以上|以下|以内|及以上)?";
    BOUND = "超过|超|高于|低于|不到|不足|不满|小于|大于|少于|多于|达到|以上|以下|没到|未到|没过|过";
    SEVERAL_TASKS = "第?[0-9一二三四五六七八九十]+项?(?:、|和|及|与|跟|到|至|-)第?[0-9一二三四五六七八九十]+(?:项|条)(?:$|[^任])|^(?:第?[0-9]{1,3}(?:项|条)?(?:、|和|及|与|跟|,))+第?[0-9]{1,3}(?:项|条)?(?:的|进展|情况|怎|呢|$)";
    OTHER_PLACES = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾";
    SEVERAL = "[、和及与跟,]|还有";
    EXCEPT = "以外|之外|除了|除开";
}

/// What the words ask that is not held, or not told in that way.
pub(super) fn read(text: &str, units: &[(String, String)]) -> Option<Beyond> {
    let not_held = [&MONEY, &REACHED_AT, &PERSON, &WILL_BE, &COMPARED, &OPINION, &ELSEWHERE, &PAST];
    if not_held.iter().any(|pattern| pattern.is_match(text)) || names_other_place(text, units) {
        Some(Beyond::NotHeld)
    } else if WHOLE.is_match(text) {
        Some(Beyond::Whole)
    } else if OTHER_PAPERS.is_match(text) && MAKES.is_match(text) && !ASKS_OF.is_match(text) {
        Some(Beyond::OtherPaper)
    } else if SHARE.is_match(text) && BOUND.is_match(text) {
        Some(Beyond::ByShare)
    } else if SEVERAL_TASKS.is_match(text) || !EXCEPT.is_match(text) && names_several(text, units) {
        Some(Beyond::OneAtATime)
    } else {
        None
    }
}

/// Whether a province is asked about that is none of the office's own, by the names of its units.
fn names_other_place(text: &str, units: &[(String, String)]) -> bool {
    let is_own = |place: &str| units.is_empty() || units.iter().any(|(name, _)| name.contains(place));
    OTHER_PLACES
        .find(text)
        .is_some_and(|place| !is_own(place.as_str()) && ELSE.iter().any(|next| text[place.end()..].starts_with(next)))
}

/// What follows the name of another place that is asked about.
const ELSE: [&str; 6] = ["那边", "那里", "省", "做", "怎", "的"];

/// Whether two units are asked about together: 税务局和财政厅的进展.
fn names_several(text: &str, units: &[(String, String)]) -> bool {
    let mut named: Vec<String> = Vec::new();
    for part in SEVERAL.split(text) {
        if let Meant::One(unit) = called::within(part, units)
            && !named.contains(&unit)
        {
            named.push(unit);
        }
    }
    named.len() > 1
}
