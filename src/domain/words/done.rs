//! Completion: whether words say of the task as a whole, plainly, that it is done.
//!
//! A clause says so where nothing is left of it but the act of completing and words that may stand around it. Whatever
//! else it names (系统建设已完成, 3个市州已完成) is a part, and not the whole.

use std::sync::LazyLock;

use regex::Regex;

use super::progress::clauses;

/// To whom and in whose name it is said.
const ADDRESS: &str = "报告|汇报|回复|反馈|答复|领导|主任|处长|科长|各位|尊敬的|您好|你好|老师|同志|督办员|督办室|我想说|跟您说|说一下|ok|是的|嗯|呢|那个|这个|请按|请以|按|代报|代为?|小项|子任务|请?登记为|记为|标记为|(?:状态)?(?:改为|更新为|调整为)";
/// When.
const TIME: &str = r"截[至止](?:目前|今日|今天|现在|\d{1,2}月\d{1,2}日)|到目前为止|目前|现在|现|至今|今天|今日|昨天|昨日|前天|上午|下午|至此|[上这本]个?(?:周|礼拜|星期|月|季度)(?:[一二三四五六日天末])?|日前|近日|前几天|前段时间|刚刚|刚|最近|早就|早已|早|于|在|\d{4}年|去年|今年|\d{1,2}月份?|\d{1,2}[日号]|上旬|中旬|下旬|月?初|月?底";
/// The task as a whole, and whose it is.
const SUBJECT: &str = r"我们|咱们|咱|我|俺|这边|我方|本?单位|[我本][局厅委办市县区省处科部院校]|该|此|本|这|那|以上|上述|所有|全部|各|第\d+[项号条]|\d+号|项|个|件|条|任务|工作|事项|事情|事儿|事|案件?|活儿?|目标|要求|内容|牵头|负责|承担|布置|交办|来文|所列|的|：";
/// How.
const MANNER: &str = r"是|倒是?|其实|总算|反正|已经|确已|已|确|真的|均|都|也|就|算是|全部|全面|全|皆|悉数|统统|一律|如数|按时|如期|按期|准时|提前(?:[一二两三四五六七八九十\d]+个?(?:天|日|周|月|星期|工作日))?|顺利|圆满|整体|总体|总的来说|严格|按照?(?:省里|方案|文件)?(?:的)?(?:要求|时间节点|时限|计划|规定|方案|部署|期限|任务书)|保质保量|高质量|高标准|一次性|经过?(?:共同|大家|多方)?努力|终于|确实|实际上?|(?:任务|工作)?(?:完成|进展|办理|落实|推进)?(?:情况|进展|进度|状态|结果)(?:：|是|为)?";
/// The act itself, where it leaves nothing open.
const ACT: &str = r"完成|办结|结案|办完|做完|完结|完毕|办妥|结束|落实到位|落实完毕|办理完毕|办理完竣|完竣|全部落实|全面落实|销号|搞定|弄完|弄好|办好|搞完|干完|整完|忙完|达标|竣工|建成|建成投用|投入使用|投入运行|通过验收|验收合格|验收通过|报结|大功告成|完事|收官|(?:可以?|申请|提请|请求|请予以?|建议|请|恳请)(?:予以)?(?:销号|办结|销账)|done|finished|completed";
/// What may come after it.
const AFTER: &str = r"该|[以之]?外|此|本|这|上述|全部|所有|各|第\d+[项号]|项|个|任务|工作|事项|事|目标|要求|了|啦|咯|喽|哈|哦|噢|呀|的|嘞|喔|ok|完毕|并?(?:已|且|也)?(?:上报|报送|报备|备案|归档|验收|通过验收|公布|公开|印发|移交|投入使用|投入运行|上线)|(?:特此|以上)?(?:报告|汇报|反馈)完毕|特此(?:报告|汇报|反馈|报备)|登记|填报|算|然后|处理|(?:请|恳请|烦请|敬请|望)?(?:领导|督办员|贵办|省里)?(?:予以?|给予|审阅|帮忙|及时)?(?:核|销号|审核|审定|核定|核销|核实|核查|办结|查收|确认|知悉|审阅|验收|批准|销账)|谢谢|多谢|感谢|辛苦了?|情况属实";

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!("(?i)^(?:{ADDRESS}|{TIME}|{SUBJECT}|{MANNER}| )*(?:{ACT})+(?:{AFTER}| )*$"))
        .expect("a constant")
});
/// Words that surround a statement and add nothing to it.
static COURTESY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!("(?i)^(?:{ADDRESS}|{TIME}|{AFTER}|收到|好的?|嗯|是|对|哈| |~)*$")).expect("a constant")
});

// What is open, to come, or only partly so.
pattern!(
    OPEN,
    r"未|尚|没|不能|不了|无法|难以|没法|基本|部分|初步|大部|大半|多数|主体|大多|接近|即将|将[要会于在继进尽]|预计|计划|拟|争取|力争|确保|预期|准备|打算|可以?完成|能完成|后完成|(?:^|[^提])前完成|底完成|正在|正[按与着积抓准组开收对做]|推进|进行中|在进行|陆续|阶段|剩|就差|还差|只差|差[一几]|除[^夕]|大体|大致|大概|差不多|快要|快完成|快[完办做]|待|等[待着批文通上领省厅]|仍|还[有在要需没不可能]|一半|应该|估计|可能|好像|似乎|争取|希望|要求.*前"
);
// What is to come after it was done does not make it undone.
pattern!(
    AFTERWARDS,
    r"[，。；\s]\s*(?:下一?步|后续|今后|接下来|以后|后期|之后|将来)[：，]?(?:工作)?(?:我[们局厅委市]|将|会|要|拟|计划|继续|持续|重点)*(?:加强|巩固|做好|保持|总结|维护|抓好|强化|跟踪|完善|推广|开展|优化|健全|运维|提升)[\s\S]*$"
);
// 100% of the task, and not of its money or its equipment.
pattern!(
    FULL_SHARE,
    r"^(?:目前|现在|总体|整体|总|该项|本项|这项|任务|工作|项目|工程|进度|进展|完成率|完成|已经?|均|都|达到?|到|为|是|：|\s)*(?:100(?:\.0+)?%|百分之百|百分百|百分之一百)(?:完成|办结|了|的|进度)*$"
);
// Beside other clauses a bare 完成 or 按期完成 may be a wish.
pattern!(CERTAIN, r"已|均|都|全部|全面|毕|了|办结|圆满|顺利|提前|早就|销号");

/// Whether the words claim completion. `partly`: whether a share below the whole was named.
pub fn claims_completion(words: &str, partly: bool) -> bool {
    let words = AFTERWARDS.replace(words, "");
    let all: Vec<&str> = clauses(&words).collect();
    let telling = all.iter().filter(|clause| !COURTESY.is_match(clause)).count();
    let certain = |clause: &&str| telling <= 1 || CERTAIN.is_match(clause);
    let claims = all.iter().any(|clause| WHOLE.is_match(clause) && certain(clause) || FULL_SHARE.is_match(clause));
    claims && !partly && !all.iter().any(|clause| OPEN.is_match(clause))
}

/// Whether nothing is said but courtesies.
pub fn is_courtesy(clause: &str) -> bool {
    COURTESY.is_match(clause)
}

#[cfg(test)]
mod tests {
    use super::claims_completion;

    #[test]
    fn only_the_whole_counts() {
        let done = [
            "已完成",
            "我们这边已经全部弄完了哈",
            "报告领导，该项任务已于6月20日圆满完成，请审核",
            "任务已完成，下一步做好总结",
            "该任务可以销号了",
            "这项工作我们早就做完了",
            "均已办结",
            "进度100%",
            "系统已上线，任务已全部完成",
        ];
        for words in done {
            assert!(claims_completion(words, false), "{words}");
        }
        let open = [
            "未完成",
            "系统建设已完成",
            "3个市州已完成",
            "资金到位100%",
            "除湘西州外均已完成",
            "已完成，就差验收",
            "已完成，其他还在弄",
            "应该完成了",
            "明天就能完成",
            "务必，按期完成",
            "省本级已完成，市县正在推进",
            "其他单位已完成",
            "6月底前完成",
        ];
        for words in open {
            assert!(!claims_completion(words, false), "{words}");
        }
        assert!(!claims_completion("已完成", true));
    }
}
