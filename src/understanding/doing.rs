//! What is being done, was done, or is to be done, in words that say nothing of completion.

use std::sync::LazyLock;

use super::clause::{Clause, Rule};
use super::fact::What;
use super::lexicon::Class;
use super::manner;

rules! {
    GOING_DENIED: "going_denied" = "not (already|all|manner|le|link)*(going|begin)";
    GOING: "under_way" = "going";
    HAPPENED: "act_happened" = "(already|all|le|count|date|now|share)";
    ACT: "act" = "act|stage|thing|closed|begin";
    ACT_DENIED: "act_denied" = "not (already|all|manner|le|link|now)*(act|stage|thing|begin)";
    // 已寄出, 来了两拨专家
    UNKNOWN_ACT: "unknown_act" = "already (manner|unknown|plain|link)*(unknown|plain|act)|(unknown|plain|other) link? le|act link? le|going unknown|all manner*unknown$";
    COUNTED: "act_counted" = "le (count|number)|(count|number) le|all manner*(unknown|plain|act) le$";
    PLANNED: "planned" = "(will|cond|deadline|request)";
    TO_BEGIN: "to_begin" = "(will|deadline|cond)(will|now|manner|date|deadline|period|all|own|it|task|le|link)*begin";
    // 经全厅上下共同努力, 按照方案要求
    CIRCUMSTANCE: "circumstance" = "^courtesy*(manner|link)(manner|link|own|unknown|plain|task|stage|thing|other|place|all|will|it|topic|quote|pause|de|now|courtesy|number|count|date)*$";
    pub NAMES_TASK: "names_the_task" = "^(courtesy|own|it|task|de|link|deadline|dated|date|unknown|plain|topic|now|manner|quote|pause|stage|thing|place|act|extend)*(it|task|dated)$";
    // 还没
    NOT_YET: "not_yet" = "^(courtesy|own|it|task|now|all)*not(le|courtesy)*$";
    // 差不多了
    NEARLY: "nearly" = "^(courtesy|own|it|task|now|already|all|link)*approx(le|courtesy)*$";
}

// What is to come after it was done does not make it undone.
pattern!(
    AFTERWARDS,
    r"加强|巩固|做好|保持|总结|维护|抓好|强化|跟踪|完善|推广|优化|健全|运维|提升|常态化|深化|监督|防止|长效|转入|压减|日常|巡查|巡检|维保"
);
pattern!(MAINTENANCE, r"^(?:下一?步|下阶段|后续|今后|接下来|以后|后期|之后|将来)");
// 平台运行正常
pattern!(
    IN_ORDER,
    r"(?:运行|运转|使用|系统|平台|情况)[^，。；]{0,4}(?:正常|良好|平稳|稳定)$|(?:反应|反响|反映|效果|评价|口碑)(?:都|也|还|很|蛮|挺|非常|比较|不)*(?:好|高|错|不错|热烈)$|(?:超出|超过|好于)预期$"
);
// 报告随后附上, 纸质件明天寄出
pattern!(
    MATERIAL,
    r"^(?:今天|明天|后天|今晚|上午|下午|晚上|下周\p{Han}?|随后)(?:就|再|会)?(?:寄|送|补|交|传)(?:来|过来|过去|出|上)?去?$|(?:材料|报告|总结|纸质件|佐证|附件|文件|表格?|回单|照片|截图|凭证|证明)[^，。；]{0,8}?(?:寄|送|交|附|传|发|补|存档|备查|在附件)[^，。；]{0,4}$"
);
// 联络员换人了，以后请与…联系
pattern!(
    HANDS_ON,
    r"(?:联络员|经办人|负责人|对接人)[^，。；]{0,4}(?:换人|换了|变更|调整|改)|^以后(?:请|就)?(?:与|找|跟|和)[^，。；]{1,12}(?:联系|对接)$|^(?:今后|以后|后面|往后)[^，。；]{0,10}(?:找我|问我|联系我|发我)(?:就行|就好|就可以)?$|^我姓\p{Han}$|^(?:今后|以后|后面|往后)(?:这边|这块|这项|这里|都|就|改)*(?:由|归|是|换)?我(?:来|这边)?(?:对接|负责|联系|接手|跟进|办理?)$"
);
pattern!(
    DESCRIBES,
    r"^(?:这项|该项|此项)?(?:都|也|主要|一直)?是[^，。；我]{2,12}(?:搞|弄|办|做|抓|管|负责|牵头|经办)的$|^[^，。；\d]{1,12}(?:都|均|也|全|就|本来)?(?:是|属于?)[^，。；\d]{1,10}(?:系统|部门|单位|体制|政策|权限|事权|事项|职责|职能|范围|管理|编制|层面|平台|口径)(?:的)?$|涉及我[局厅委办处市县][^，。；]{0,4}(?:有|共)[^，。；]{0,3}\d+[项个条]$|(?:反映|汇报|报告|说|提|讲)(?:以下|如下)?[两二三四几一]?[个点]?(?:问题|困难)$"
);
pattern!(NOT_FINISHED, r"(?:没有?|未)[^，。；]{1,6}?(?:完|好|到位|结束|齐|成|通)(?:$|[呢啊哈])");
// 虽然过程比较曲折
pattern!(CONCEDES, r"^(?:虽然|虽|尽管|不管|无论)");
// 又来了，一个月问一次
pattern!(
    GRUMBLES,
    r"^(?:又|老是|天天|总是|月月|每月)[^，。；]{0,4}(?:来了|问|催|报|填)|[问催]一[次遍回]|^[^，。；]{1,6}(?:也|都)(?:在|来)问(?:我们?)?$|(?:别|莫|不要|不用)再?催"
);

// 送审中, 装车中
pattern!(IN_COURSE, r"\p{Han}{2}[^其当集空心之]?中$");
// 数据对接方面我们想 before 反映两个问题
pattern!(LEADS_ON, "(?:我们|我[局厅委办市县]|这边)(?:还|也)?(?:想|要|需要)$");
// 我是省厅办公室的小刘
pattern!(
    ITSELF,
    r"^(?:喂|您好|你好)*(?:我是|我这边是|这里是|这边是)\p{Han}{2,12}(?:的小?\p{Han}{1,3}|厅|局|委|办|院|财务|办公室)?$"
);
// 催了两次, 跑了三趟
pattern!(
    EFFORT,
    r"催了|催过|催促|跑了?[^，。；]{0,3}[趟次]|问了|问过|找了|找过|沟通[^，。；]{0,3}[次回遍]|协调[^，。；]{0,3}[次回遍]|[多几两三四五六\d]次(?:对接|沟通|协调|催|函|报告|反映|汇报|请示)|去函|发函|打了?[^，。；]{0,4}电话|反映[了过多]|报告[了过多]"
);

// 我厅将一如既往地配合, 感谢贵办的大力支持
pattern!(
    PROMISES,
    r"一如既往|^(?:再次|非常|十分|衷心)?(?:感谢|谢谢|多谢)[^，。；]*(?:支持|指导|关心|帮助|理解|提醒)|^我?[们厅局委办]?[将会]?(?:继续|全力|积极|大力)(?:配合|支持)(?:贵办|督办|好|做好|各位|你们)"
);
// 我跟处长确认过才报的
pattern!(CONFIRMED, r"(?:确认|核实|核对|请示)过(?:了|才报的?|的)?$");
// 等第三方的报告
pattern!(WAITS, r"^(?:就|还|都|在|正|正在|目前|现在)*等(?:着)?[^，。；候级于待会到]{2,}$");
// 初稿出, 目录编完
pattern!(
    BRIEF,
    r"(?:稿|方案|意见|文件|目录|清单|办法|细则|合同|报告|指标|系统|平台|台账|函|通知|表|制度|机制|流程图|昨天|今天|上午|下午|都|全)[^，。；]{0,2}(?:出|发|定|印|报|齐|签|批|建|改|编|写)(?:了|完|好|毕|齐)?$|(?:达到|符合|满足|超过|超出|高于|优于)了?[^，。；]{0,8}(?:要求|标准|规定|目标)$"
);
// 负责同志正陪同调研
pattern!(
    AWAY,
    r"(?:全科|全处|全局|大家|处里|科里|办公室)[^，。；]{0,4}都?(?:下去|出去|下乡|外出|值班|守|就我一|[就只]剩$)|(?:我|个人|几个|人)[^，。；]{0,4}(?:守着|守家|看家|值守)$|[小老]\p{Han}[^，。；]{0,6}[在去到][^，。；]{0,10}(?:学习|培训|出差|开会|休假|住院|党校)|[才就]回来?$|注意(?:防暑|保暖|身体|安全|休息)|(?:负责同志|负责人|分管领导|经办人|经办同志|联络员|同事|[处科局厅]长|主任)[^，。；]{0,4}(?:正在?|在|去了?|到)[^，。；]{0,12}(?:陪同|出差|开会|学习|调研|培训|休假|请假|外地|出国|住院)"
);
// 之前报过
pattern!(
    TOLD_BEFORE,
    r"^我?(?:昨[天日晚]|上次|上[周月]|之前|前[天几]天?)[^，。；]{0,2}(?:报|填|写)的(?:就?是)?已?(?:完成|办结)[了啊呀的]*$|^(?:昨[天日晚]|今[早天]|上午|之前|上次|上回|上个?月|早就|早|前面|已经?|我们?|也|就|都)*(?:报|说|讲|汇报|填)过了?(?:就?不(?:再)?重复了?)?$"
);

/// Whether a clause is so, by its words and by whether somebody else is quoted.
type Holds = fn(&Clause<'_>, bool) -> bool;

/// What a clause may tell, in the order in which it is asked; the first that holds counts.
const TELLS: &[(&str, What, Holds)] = &[
    ("beside", What::Beside, |clause, _| clause.has(Class::Beside)),
    ("small_talk", What::Beside, |clause, _| manner::is_small_talk(clause.text())),
    ("confirmed", What::Civil, |clause, _| CONFIRMED.is_match(clause.text())),
    ("waits", What::Open { passing: false }, |clause, _| WAITS.is_match(clause.text())),
    ("somebody_is_away", What::Beside, |clause, _| is_away(clause.text())),
    ("told_in_brief", What::Act { firm: true }, |clause, _| {
        BRIEF.is_match(clause.text()) && !clause.has_any(&[Class::Not, Class::Going])
    }),
    ("demand", What::Demand, |clause, _| manner::orders(clause.text())),
    ("circumstance", What::Civil, |clause, _| {
        clause.is(&CIRCUMSTANCE) && !clause.has_any(&[Class::Act, Class::Going, Class::Le, Class::Already])
    }),
    ("names_the_task", What::Civil, |clause, _| clause.is(&NAMES_TASK)),
    ("afterwards", What::Civil, |clause, _| AFTERWARDS.is_match(clause.text()) && MAINTENANCE.is_match(clause.text())),
    ("material", What::Civil, |clause, _| {
        MATERIAL.is_match(clause.text()) && !clause.has_any(&[Class::Already, Class::Le, Class::Not])
    }),
    ("not_yet", What::Open { passing: false }, |clause, _| {
        clause.is(&NOT_YET) && clause.text().starts_with(['还', '尚', '仍'])
    }),
    ("in_order", What::Civil, |clause, _| IN_ORDER.is_match(clause.text())),
    ("concedes", What::Civil, |clause, _| CONCEDES.is_match(clause.text())),
    ("grumbles", What::Beside, |clause, _| GRUMBLES.is_match(clause.text())),
    ("introduces_itself", What::Civil, |clause, _| ITSELF.is_match(clause.text())),
    ("nearly", What::Open { passing: false }, |clause, _| clause.is(&NEARLY)),
    ("in_course", What::UnderWay, |clause, _| {
        // 贵办通知中 is no work.
        let within = |token: &super::token::Token| matches!(token.class, Class::Thing | Class::It | Class::Task);
        IN_COURSE.is_match(clause.text()) && !clause.tokens.iter().rev().nth(1).is_some_and(within)
    }),
    ("to_begin", What::NotBegun { whole: false }, |clause, _| clause.is(&TO_BEGIN)),
    ("act_denied", What::Open { passing: false }, |clause, _| clause.is(&GOING_DENIED) || clause.is(&ACT_DENIED)),
    // 就那几家还没整顿完
    ("not_finished", What::Remains { some_done: false }, |clause, _| NOT_FINISHED.is_match(clause.text())),
    ("hearsay", What::Hearsay, |clause, quoted| quoted || clause.has(Class::Hearsay)),
    ("leads_on", What::Civil, |clause, _| LEADS_ON.is_match(clause.text())),
    ("effort", What::Effort, |clause, _| {
        EFFORT.is_match(clause.text()) && !clause.has_any(&[Class::Going, Class::Share])
    }),
    ("hands_on", What::Beside, |clause, _| HANDS_ON.is_match(clause.text())),
    ("under_way", What::UnderWay, |clause, _| clause.is(&GOING)),
    ("planned", What::Planned, |clause, _| clause.is(&PLANNED) && acts(clause)),
    // 税务、社保都是垂管系统 says what something is.
    ("description", What::Civil, |clause, _| DESCRIBES.is_match(clause.text())),
    ("act", What::Act { firm: true }, |clause, _| {
        let told = acts(clause) && clause.is(&HAPPENED);
        told || clause.has(Class::Act) && !clause.is(&PLANNED) && clause.tokens.len() > 1
    }),
    // 银税互动放了21个亿
    ("act_counted", What::Act { firm: true }, |clause, _| clause.is(&UNKNOWN_ACT) && clause.is(&COUNTED)),
    ("act_of_something", What::Act { firm: false }, |clause, _| clause.is(&UNKNOWN_ACT)),
    // 比要求还少22天, 覆盖14个市州
    ("figures", What::Act { firm: false }, |clause, _| {
        let counts = clause.has_any(&[Class::Count, Class::Number, Class::Duration])
            && clause.has_any(&[
                Class::Unknown,
                Class::Plain,
                Class::Place,
                Class::Thing,
                Class::Stage,
                Class::Other,
                Class::Approx,
            ]);
        counts && !clause.is(&PLANNED) && !clause.has(Class::Not)
    }),
];

/// Whether a clause tells who is away, and who is left to answer.
pub fn is_away(text: &str) -> bool {
    AWAY.is_match(text)
}

/// Whether a clause says only that something was told before.
pub fn told_before(text: &str) -> bool {
    TOLD_BEFORE.is_match(text)
}

/// Whether a clause promises to go on as before, and tells nothing.
pub fn promises(text: &str) -> bool {
    PROMISES.is_match(text)
}

/// What a clause tells of doing, and the rule. `quoted`: somebody else is quoted.
pub fn read(clause: &Clause<'_>, quoted: bool) -> Option<(&'static str, What)> {
    let told = TELLS.iter().find(|(_, _, holds)| holds(clause, quoted));
    told.map(|(rule, what, _)| (*rule, what.clone()))
}

fn acts(clause: &Clause<'_>) -> bool {
    clause.is(&ACT) || clause.has(Class::Done)
}
