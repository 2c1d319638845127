//! What is said around the matter: that it was read, thanks, a question, a wish to take something back.

use std::sync::LazyLock;

use regex::Regex;

use super::clause::Clause;

/// Says that it was read.
const ACKNOWLEDGES: &str = "收到|已?收悉|敬悉|知悉|知晓|获悉|已阅|阅|悉|明白|知道|了解|清楚|看到|晓得|要得";
/// What surrounds that, or is said for politeness alone.
const POLITE: &str = r"好的?|好滴|好嘞|行|中|可以|嗯|哦|噢|是的?|对|ok|谢谢|多谢|感谢|谢|辛苦|受累|费心|麻烦|您好|你好|早上好|上午好|下午好|晚上好|节日快乐|周末愉快|再见|哈|嘻|嘿|您|你|们|大家|各位|领导|老师|主任|处长|督办室|督办员|贵办|同志|这个|那个|好滴|也|了|啦|哈|吧|呀|啊|的|提醒|通知|消息|信息|文件|以上|请放心|放心|已|不客气|客气|没事|没关系|加油|点赞|厉害|表示|不好意思|来文|来函|给|添|打扰|叨扰|很|挺|非常|太|真|两|几|条|均|都|全部|来|要得|有劳|劳驾|费神|祝\p{Han}{1,10}|十分|万分|[两二三四五六七八九几\d]+[项条个]|任务|在吗|在不在|收工|下班|晚安|早安|帮大?忙|[小老]\p{Han}|[不唔]该晒?|玫瑰|抱拳|握手|强|爱心|微笑|咖啡|太阳|呲牙|偷笑|鼓掌|合十|拥抱|庆祝|捂脸|比心|鲜花|早点(?:下班|休息)|早些休息|注意身体";
/// What is promised along with it.
const PROMISES: &str = r"我[们局厅委办市县省处科]?|本?单位|马上|立即|立刻|尽快|尽早|抓紧|一定|会|将|就|认真|按要求|按时|按期|及时|时间|先|去|已?(?:报告|汇报|转告|转达|告知|呈送?|报请|转呈)(?:分管|主要|处|局|厅)?(?:领导)?|已?(?:发|转发|转|下发|分发|传)(?:给|到|至)?各(?:处室?|科室?|股室|县市?区?|单位|部门|成员单位)|(?:转交?|交办|交|组织|传达|研究|部署|安排|布置|落实|办理|处理|推进|反馈|报送|回复|上报|整改|办|学习|执行|对接|跟进|准备|核实|梳理|填报|报|抓好|贯彻|做好|切实|高度重视|重视|严格|阅示|批示|签批|呈阅)(?:好|一下|下去)?|这就|今天|明天|稍后|待会儿?|翻|查|看|台账|系统|这边|后续|继续|相关|工作|任务|情况|进展|材料|业务|科室?|处室?|处里|局里|厅里|部门|同事|经办人|负责人|承办人?|具体|人员|里|给|由|让|请|[处局厅科][长座]|看看|过目|知道|问|下";

static ACKNOWLEDGED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)^(?:{ACKNOWLEDGES}|{POLITE}|{PROMISES})+$")).expect("a constant"));
static CIVIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("(?i)^(?:{POLITE})*$")).expect("a constant"));
static READ: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^(?:{POLITE})*(?:{ACKNOWLEDGES})")).expect("a constant"));
/// 好的，马上办理 promises, and so says that it was read.
static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:好的?|行|嗯|可以|没问题|是的?|明白).*(?:马上|立即|立刻|尽快|抓紧|一定|这就|会|将|按要求|按时|按期|及时).*$").expect("a constant")
});

/// Whether the words only say that something was read: 收到，我们尽快落实.
pub fn says_read(text: &str) -> bool {
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:第?\d+[项号]?)+").expect("a constant"));
    let bare = bare(text);
    // 5、7收到
    let bare = NUMBERS.replace(&bare, "");
    ACKNOWLEDGED.is_match(&bare) && (READ.is_match(&bare) || PROMISE.is_match(&bare))
}

/// Where a contact's own words begin, in bytes: a reminder of ours that was copied holds examples, which would be read as
/// reports, and only what stands after 回复： counts then. `None` where nothing does.
pub fn own_words(text: &str) -> Option<usize> {
    let copied = ["[工作提醒]", "[督办提醒]", "请回复本条"].iter().any(|ours| text.contains(ours));
    if copied { text.rfind("回复：").map(|at| at + "回复：".len()) } else { Some(0) }
}

/// Talk beside the work: 中午吃什么, 下周我请假.
static SMALL_TALK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"吃(?:啥|什么|饭|了[吗没]|过)|天气(?:真|好热|好冷|不错)|打球|喝茶|喝酒|聚餐|食堂|快递|堵车|红包|生日|安康|愉快|(?:[新节]|国庆|中秋|端午|周末|假期)[年日]?(?:快乐|好)|(?:我|他|她|本人)[^，。；]{0,4}(?:请假|休假|出差|调休)|^(?:稍等|等一?下|等会儿?)$|开会(?:呢|中|去)$|^\p{Han}{1,2}(?:主任|处长?|科长?|局长?|厅长|老师|总)(?:在|好|早)")
        .expect("a constant")
});

/// Whether the words are small talk. Figures are never.
pub fn is_small_talk(text: &str) -> bool {
    text.chars().count() <= 20
        && SMALL_TALK.is_match(text)
        && !text.contains(|character: char| character.is_ascii_digit())
}

/// Whether a coordinator only says that something was seen: 逾期的我都看过了，谢谢.
pub fn says_seen(text: &str) -> bool {
    static SEEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:(?:看过|看到|知道|收到|清楚|明白|了解|晓得|看)了|^(?:没问题|没事))[，。]?(?:谢谢|多谢|感谢|辛苦)?(?:大家|各位|你们?)?[了啦。]*$").expect("a constant")
    });
    SEEN.is_match(text)
}

/// Whether the words begin by saying that something was read: 收到。办公室 陈刚.
pub fn opens_with_read(text: &str) -> bool {
    READ.is_match(&bare(text))
}

/// Whether the words need no answer: thanks, greetings, signs of applause.
pub fn is_chatter(text: &str) -> bool {
    CIVIL.is_match(&bare(text)) && !text.contains(['？', '?'])
}

/// Takes back what was said, and says nothing else.
static WITHDRAW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^(?:对不起|不好意思|抱歉|哎呀|哎|唉|呜|呃|额|天|啊|哦|手滑|手误|领导|您好|刚才|刚刚|刚|前面|上面|上一?条|前一?条|谢谢|多谢|汇报|报告|记录|登记|上次|这条|那条|那个|这个|之前|的|是|我|说|填|报|写|弄|搞|发|误|错|重|群|人|地方|内容|数据?|了|请|麻烦|帮忙|帮我|需要?|要|先|给|把|将|撤回|撤销|撤掉|撤|作废|收回|删除|删掉|删|不算|莫|别|不要|算数|作数|当真|别登记|不要登记|忽略|无视|当没看见|当没发过?|反馈|回复|消息|讯息|百分比|百分数|科室|单位|部门|那|这|条|数字|予|算|信息|进度|处理|一下|吧|哈|掉|数|有误|到|在)+$",
    )
    .expect("a constant")
});
/// Asks for it among other words: 前面的数算错了，请先撤回，核实后再报.
static PLEASE_TAKE_BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:请|先|麻烦|帮忙|劳烦|需要?|要)(?:先|予以?|帮我|把[^，。；]{0,14}|将[^，。；]{0,14}|帮忙|给我)*(?:撤回|作废|撤销|收回)",
    )
    .expect("a constant")
});
/// Points at what was said and takes it back, whatever else is said: 看错行了，前面报的那条撤销.
static POINTS_AND_TAKES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:^|[，。；\\s])(?:请|把|将|就|那|我|麻烦)*(?:前面|刚刚|刚才|刚|上面|上一?|之前|先前|那|这|我)[^，。；]{0,8}[条次句份个][^，。；]{0,4}(?:撤|作废|不算|删|收回|当我?没|作不得数)[^，。；]{0,4}(?:$|[，。；])|(?:^|[，。；\\s])(?:请|那就|就|帮我|麻烦|给我|都|先)*(?:撤回?|撤销|撤掉|作废|删除?|删掉|别算|不算)(?:了|掉|吧|一下|哈|处理)*(?:$|[，。；])|[条次句份个](?:不算|作废)|^(?:请|麻烦|帮我|先)*撤(?:回|销|掉)(?:我|刚才|上午|下午|前面|昨天|那)|[给帮]我(?:先|把它|都)?撤(?:回|了|掉|销)|[把将][^，。；]{0,6}(?:条|反馈|回复|消息|记录)[^，。；]{0,3}(?:撤|删|作废|收回)").expect("a constant")
});
const TAKES_BACK: [&str; 15] = [
    "撤回",
    "撤销",
    "撤掉",
    "作废",
    "收回",
    "错了",
    "误了",
    "发错",
    "误发",
    "填错",
    "报错",
    "当没看见",
    "当没发",
    "删掉",
    "忽略",
];

pub fn takes_back(text: &str) -> bool {
    let bare = bare(text);
    let only = TAKES_BACK.iter().any(|word| bare.contains(word)) && WITHDRAW.is_match(&bare);
    let asked = PLEASE_TAKE_BACK.is_match(text) || POINTS_AND_TAKES_BACK.is_match(text);
    pattern!(
        REWRITES,
        r"^(?:请|麻烦|先|帮我)*(?:删|撤)(?:除|掉|了|回)?(?:吧|哈|了)?[，。 ]*(?:我|等下|待会儿?|稍后)?[，。 ]*重新?(?:写|报|发|填|来)"
    );
    // 上次那条算不算反馈 asks.
    if text.contains("算不算") {
        return false;
    }
    REWRITES.is_match(text) || only || (asked && bare.chars().count() <= 60 && !text.contains('%'))
}

static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "？$|[吗么]$|了没有?$|[没完办好做]没有$|[完好成结]没得$|[完好成结]没了?$|了不$|是不是|能否|可否|可不可以|能不能|行不行|要不要|好不好|对不对|算不算|什么时候|啥时候|何时|几时|几号|多久|怎么|咋|[行对好可成]不$|怎样|哪[个些里位家天项一几条]|谁|为什么|为何|请问|想问|(?:^|想|要|麻烦|请教)问一?下|多少|如何$|(?:是|要|有|为|干|填|报|写|说)(?:什么|啥)|(?:什么|啥)(?:意思|时|要求|情况|标准|格式|材料|单位|部门|地方|东西|叫)|什么$|有没有.*(?:要求|模板|格式|规定)|(?:完没完|办没办|做没做|弄没弄|搞没搞|开没开|动没动|结没结|报没报)|(?:完|办|做|弄|开始|启动|进展)[^，。；]{0,6}不(?:太|大)?(?:晓得|清楚|知道|确定)|不(?:太|大)?(?:晓得|清楚|知道|确定)[^，。；]{0,6}(?:完|办结|做没|弄没|进展|没有$)",
    )
    .expect("a constant")
});
/// Asks where it opens or ends a clause: 是否需要盖章, but not 研究是否可行.
static ASKS_IN_FRONT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:请问|想问|问一?下|那|这个?|领导|您好|我们|任务|第.{1,4}项)*(?:是否|如何|几(?:时|号|点|月))")
        .expect("a constant")
});
/// Where such words stand in a statement.
static TELLS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("研究|探索|明确|讨论|商量|商议|摸索|确定|论证|不管|无论|不论|哪怕|没什么|没有什么|没啥|没有啥|无什么|没多少|谁都|不怎么|怎么都|多少有|什么都|啥都|遇到什么|存在什么").expect("a constant")
});

/// Whether a clause asks instead of telling.
pub fn asks(clause: &Clause<'_>) -> bool {
    clause.asked || asks_in_words(clause.text())
}

/// Whether coordinators are asked, politely, to look and agree: 请予核销.
pub fn asks_to_sign(text: &str) -> bool {
    pattern!(
        SIGN,
        r"^(?:特此)?(?:恳请|敬请|烦请|麻烦|请|望|盼|妥否，?请)(?:予以?|贵办|督办室|领导|您|及时|查收并?|审核并?|审阅并?)*(?:审核|核销|批准|核减|审批|审定|办结|销号|验收|确认|查收|批示|指示|核实|知悉|审阅|稍候|稍等|见谅|支持|明确|指正|批评指正|检查|登记|备案|存档)+(?:一下|为荷|为盼|为谢)?$"
    );
    pattern!(
        WAITS,
        r"^(?:你们|贵办|领导|督办室)?可以(?:来|过来)(?:验收|验|看看?|查)(?:了)?$|^(?:现在|目前)?(?:就|只)?等(?:你们|您|贵办|领导|督办室|省里)(?:来)?(?:验收|验|审核?|核定?|签字?|批|销号)"
    );
    pattern!(
        LOOK,
        r"^(?:辛苦|麻烦|请|劳烦|烦请)(?:各位)?(?:领导|您|你们|贵办|老师)?(?:给|帮忙|再)?(?:审|看|核|批|验|登记|更新)(?:一下|下|一审|一核)?$"
    );
    SIGN.is_match(text) || WAITS.is_match(text) || LOOK.is_match(text)
}

/// Whether it is a question that a contact is answered: when, who, which, how.
pub fn asks_of_the_office(text: &str) -> bool {
    pattern!(
        OFFICE,
        r"(?:什么时候|啥时候|何时|几时|哪天|几号|多久|哪一天|时限|期限|截止)[^，。]{0,10}(?:到期|截止|完成|交|报|要求|是|为止|算)|(?:到|至|截止|要求)(?:什么时候|啥时候|何时|哪天|哪一天|几号|几月)|(?:到期|截止|时限|期限)[^，。]{0,6}(?:哪天|几号|什么时候|啥时候|何时|多久|到了)|谁[^，。]{0,6}(?:负责|牵头|联系|是|管|报)|(?:找|联系|问|归|由|是)(?:谁|哪个|哪位|哪家)|联系人|联系方式|电话[是多]|(?:怎么|咋|如何|怎样)(?:填|报|弄|回|写|用|操作|反馈|上报|计|算)|(?:格式|模板|样式|口径|标准|要求)(?:是)?(?:什么|啥|怎|如何|有没有|吗)|有(?:没有)?(?:模板|格式|样表)|哪[一]?[项个件][^，。]{0,4}(?:最|先|到期|急)|(?:哪些|哪几项|几项|多少项|什么)[^，。]{0,6}(?:任务|事项|要报|没报|逾期|到期)|(?:要|需要?)(?:报|交|提供|附)[^，。]{0,6}(?:什么|啥|哪些|吗)|第?\d+(?:项|号)?(?:是|讲|说)?(?:的)?(?:什么|啥|内容)|起算|从哪|(?:有没有|有无)[^，。]{0,6}(?:时间|时限|截止|期限)|具体(?:是)?(?:什么|啥|内容)|包不包(?:括|含)|是否(?:包|需要|要)|什么意思|按[^，。]{1,14}还是按|是不是(?:要|需要|归|由|我们)|(?:时限|期限|口径|数据|要求|范围|名单|附件|格式)[^，。]{0,12}(?:是否|是不是|还是)|(?:是|算到|按|算|统计|报)[^，。]{1,20}还是[^，。]{1,20}？"
    );
    OFFICE.is_match(text)
}

/// Whether a question is announced: 请问…
pub fn opens_with_question(text: &str) -> bool {
    pattern!(OPENS, r"^(?:您好|你好|领导|，)*(?:请问|请教|想问|问一?下|想咨询|咨询一下)");
    OPENS.is_match(text)
}

/// What somebody else is to do: 请补充验收报告.
pub fn orders(clause: &str) -> bool {
    pattern!(ORDERS, r"^请(?:予以?|你|您|贵|各|补充|提供|尽快|及时|按时|上报|报送|回复)");
    ORDERS.is_match(clause)
}

pub fn asks_in_words(clause: &str) -> bool {
    (ASKS.is_match(clause) && !TELLS.is_match(clause)) || clause.ends_with('？') || ASKS_IN_FRONT.is_match(clause)
}

fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manners() {
        for text in ["收到", "敬悉，收到", "收到，请领导放心", "好的，马上办理", "收到，已报告分管领导", "收到通知"]
        {
            assert!(says_read(text), "{text}");
        }
        for text in ["谢谢", "大家辛苦了", "哈哈哈", "您也辛苦", "好，谢谢"] {
            assert!(is_chatter(text) && !says_read(text), "{text}");
        }
        for text in ["撤回", "手滑发错了", "上面那条我报错了，撤回处理", "误发，请撤销", "发错了，请当没看见"]
        {
            assert!(takes_back(text), "{text}");
        }
        for text in ["完成了吗", "什么时候要报？", "能否宽限两周", "是否需要盖章", "这个怎么填", "进展如何"]
        {
            assert!(asks_in_words(text), "{text}");
        }
        for text in ["正在研究是否可行", "没有遇到什么问题", "已明确由谁牵头", "如期推进"] {
            assert!(!asks_in_words(text), "{text}");
        }
        assert!(!says_read("收到，已完成60%") && !takes_back("数据有误差") && !is_chatter("已完成"));
    }
}
