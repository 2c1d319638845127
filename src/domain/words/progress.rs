//! Status, percent and problems in the words about one task.
//!
//! Not done in whatever form is progress; only a plain statement that the task as a whole is done claims completion.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{Item, dates, done, manners, remarks, share};
use crate::domain::duty::Status;

// 问题：… up to the next label or the end.
pattern!(
    PROBLEM,
    r"(?s)(?:存在|主要|目前|遇到|面临|有|当前|最大)*的?(?:(?:问题|困难|难点|难处|堵点|卡点|痛点|瓶颈|障碍|阻力|短板|需协调|需要协调|请协调|需支持|请求支持|原因|症结)(?:事项|主要)?(?:：|是|为|有|在于|在|还是|就是)+|(?:难就)?难在)\s*(?P<what>.*?)(?:\s*(?:下一步|下步|经验|进展|进度|措施)[^，。；]{0,6}：|[，。；]\s*(?:目前|现)?(?:进度|完成率|已?完成|(?:现在)?[干做搞弄办]到)\D{0,4}(?:\d|百分之|[一二三四五六七八九]成)|$)"
);
pattern!(
    NO_PROBLEM,
    r"(?:没有|没|无|暂无|不存在|并无|未|没什么|无任何)(?:存在|遇到|碰到|出现|发现|遇|见|有)*(?:什么|啥|任何|太大|大|其他|明显|突出|遗留|其它)*(?:的)?(?:需要?协调(?:解决)?的?)?(?:(?:和|与|及|、)?(?:问题|困难|难点|难处|难题|障碍|堵点|卡点|瓶颈|阻力|麻烦|事项))+"
);
// A wish to be helped, without a label: 请协调省公安厅开放接口, 希望省里尽快明确口径.
pattern!(
    HELP_WANTED,
    r"(?:需要?|请求|恳请|请|建议|希望|盼|期盼|恳盼|望|盼望|能否|可否)(?P<what>(?:[^，。；：\n]{0,10}?(?:协调|支持|帮助|帮忙|出面)|(?:省政府|省里?|上级|政府|市里|贵办|督办室|督查室|领导|省直|国家|相关|有关|主管|\p{Han}{1,7}[厅局委部办院行])[^，。；：\n]{0,12}?(?:解决|推动|明确|出台|下发|统一|指导|牵头|批复|给予|安排|拨付|加快|开放|协助|沟通|研究|尽快|尽早|早日|增加|下达|答复|回复))[^，。；\n]*)"
);
// The wish alone stands after what it is about: 资金缺口500万元，请求协调解决.
pattern!(
    HELP_AFTER,
    r"(?:^|[，。；\n])(?P<what>[^，。；\n]{4,})[，。；]\s*(?:请|请求|恳请|希望|需要?|望|盼|建议)(?:省里?|上级|领导|贵办|督办室|予以?|给予|帮忙|帮助)*(?:协调|支持|帮助|解决)+(?:解决|推动|处理|一下|为盼)*(?:$|[。，；])"
);
// What stands before 这是最大的困难.
pattern!(
    SO_CALLED,
    r"(?P<what>[^，。；\n]{4,})，\s*(?:这|这也|也|都)?(?:就)?是(?:目前|当前|现在|我们)?(?:最大|最主要|主要|最突出|突出)?的?(?:问题|困难|难点|难处|堵点|瓶颈|障碍|短板)"
);
// 就是有个麻烦，数据导不出来
pattern!(
    ANNOUNCED,
    r"(?:就是|但是?|不过|只是)?(?:还?有|碰到|遇到|出现)(?:个|一个|点|些|了)*小?(?:麻烦|问题|困难|难题|情况)[，：](?P<what>[^，。；\n已正在]{3}[^，。；\n]*|[^，。；\n已正在][^，。；\n]{2,})"
);
// 存在资金紧张的问题
pattern!(INSIDE, r"(?:存在|面临|遇到)(?P<what>[^，。；：\n]{2,30}?)(?:的|等)+(?:问题|困难|难题)");
pattern!(NOTHING, r"^(?:暂时|目前)?(?:没有|没|无|暂无|不存在|无问题|无困难)(?:问题|困难)?[。，]?$");
pattern!(
    NOT_STARTED,
    r"[未没]有?(?:正式|实质性|全面|真正)?(?:启动|开始|开展|动工|着手|动手|起步|展开|实施|部署|开工|开动|行动|布置|安排|做呢|弄呢|搞呢|顾上|排上)|[没未]有?动(?:$|[，。；了呢哈啊 ])|还没(?:有)?(?:做|弄|搞|办|干)(?:$|[，。；呢哈啊 ])|零进度"
);
// Said of the task itself, whatever else is said.
pattern!(
    NOTHING_STARTED,
    r"^(?:我们|我[局厅委办市]|目前|现在|暂时?|该|此|本|这|项|个|任务|工作|事项|事情|事|还|尚|仍|都|均|也|根本|完全|：|的)*[未没]有?(?:正式|实质性|全面|真正)?(?:启动|开始|开展|动工|着手|动手|起步|展开|实施|开工|部署|动|做|弄|搞|办|干)(?:实施|建设|推进|办理|工作|任务|了|呢|啊|哈)*$"
);
// What shows that something was done all the same.
pattern!(UNDER_WAY, r"已经?[^未没]|正在|推进中|进行中|完成了|印发|起草|上线|试运行");
// Alone: a beginning that is still to come.
pattern!(
    TO_BEGIN,
    r"^(?:我[局厅委办市们]|任务|工作|该项)*(?:计划|拟|预计|准备|将|打算|下个?(?:月|周|季度)(?:才|再|就|初|底)?)[^，。；]{0,10}(?:启动|开始|动工|开工)"
);
pattern!(
    BLOCKED,
    r"(?:受阻|停滞|搁置|停工|叫停|停建)(?:$|[^的项工原企点地问现])|受挫|卡(?:住|在|壳|死|关|着)|[被还又都]卡了|停摆|停下来|停顿|中断|搁浅|推不(?:[动走]|下去)|推进不(?:下去|了|动)|推动不了|(?:无法|没法|难以)(?:继续|正常)?(?:推进|开展|实施|进行|继续|往下)|(?:进行|进展|做|搞|弄|办|干)不下去|动不了|动弹不得|搞不动|弄不动|做不动|走不下去|陷入僵局|(?:项目|工作|工程|任务|事情)(?:已经?|就|都|给)?(?:停|停住|卡)了|(?:^|[，。；])(?:已经?|就|都|只好|暂时|现在)*停了(?:$|[，。；])"
);
// What was in the way before, and that it is no more.
pattern!(
    FORMERLY,
    r"^(?:上个?(?:月|周|次|星期|礼拜)|原先|原来|之前|此前|前期|前段时间|前阵子?|去年|年初|一度|曾经?|先前|早前|本来)"
);
pattern!(RECOVERED, r"^(?:现在?|目前|如今|这[周个]|本[周月]|后来)|已经?|恢复|解决|到位了|打通了?|重新|又开始|\d%");
// What is in the way, in so many words: 卡在用地审批, 因资金不到位无法推进, 受阻：指标没批.
pattern!(
    IN_THE_WAY,
    r"卡在了?(?P<at>[^，。；]{2,}?)(?:上面?|这里|那里|这边|那边|环节|这一?[关块步])?(?:了|$|[，。；])|(?:因为?|由于|受制于|碍于|苦于)(?P<because>[^，。；]{2,}?)(?:的?原因|的?影响)?(?:，|受阻|停|卡|搁置|无法|没法|推不|导致|而|，?(?:工作|项目|进度|目前|暂时)+(?:受阻|停|卡))|(?:受阻|停滞|卡住了?|搁置|停摆|停工)：(?P<after>[^，。；]{2,}[^。；]*)"
);
// A clause beside it that tells of something wrong.
pattern!(
    TROUBLE,
    r"[没未]|不(?:[^得]|$)|无(?:[^法]|$)|缺|欠|难|慢|紧张|流标|断|破产|争议|纠纷|异议|分歧|退出|抽调|撤资|冲突|超支|迟|失败|故障|反对|封|涨"
);
pattern!(NOT_BLOCKED, r"(?:没有|没|未|无|不)(?:受阻|卡住|停滞|搁置)|(?:不再|已解除)受阻");
// Said of the task itself; 因雨暂停两天 or 支持暂停功能 is not.
pattern!(
    SUSPENDED,
    r"^(?:该|此|本|这|项|个|任务|工作|项目|事项|事情|事|我[们局厅委办]|现|目前|已经?|暂时|特|请求|申请|建议|恳请|予以|经[^，。；]{0,12}(?:同意|批准|研究|决定|要求)|按照?[^，。；]{0,8}(?:要求|指示|部署|安排|通知|精神))*(?:暂缓|中止|暂停|终止)(?:推进|实施|办理|执行|开展|搞|做|弄)?(?:该|本|此)?(?:项|个)?(?:任务|工作|项目)?了?$"
);
pattern!(
    IN_PROGRESS,
    r"推进|进行|正在|开展|启动|进展|有序|顺利|稳步|落实|完成|办理|办结|结案|起草|征求|调研|论证|试运行|上线|建设|建成|签订|签约|进场|采购|开工|动工|完工|投用|投入|验收|批复|收尾|尾声|差不多|还差|还剩|剩余|剩下|最后|出台|发布|公布|(?:初|草|送审|报批|讨论|征求意见|修改)稿|动静|对接|上报|呈报|报送|送审|报审|报批|已报|整改|整理|汇总|筹备|部署|审核|招标|投标|中标|施工|部分|初步|无进展|准备|抓紧|制定|印发|达到|正常|推开|铺开|覆盖|推广|预计|争取|力争|有望|即将|搞定|扫尾|快[搞办做弄完]|到位|还在|仍在|起步|刚[启开]|过会|会签|公示|摸底|排查|培训|试点|调试|测试|磋商|洽谈|衔接|正[与按着积抓准组开收对做跟找等]|^(?:还|尚|暂|都|也|目前|现在)*(?:还没有?|尚未|还未|仍未|not yet)[呢哦啊嘛]?$|\p{Han}[^其当集空心]中(?:$|[，。])|(?i-u:doing|in progress|ongoing)|(?:^|[^实现存])[在正]在?[搞办做弄改推跑谈走建写拟编查清抓催磨赶](?:$|[，。；了呢着\p{Han}])|[没未]有?[能]?[搞办做弄干]?[完好]|[没未]能?按[时期]|不能按|不具备|\p{Han}了\d|已经?(?:\p{Han}|\d)"
);
// Signs of an act: 开了会, 在收意见, 刚签字, 本周上架.
pattern!(
    DOING,
    r"[了过着]|[在正已刚]\p{Han}|陆续|分批|逐步|逐一|同步|加快|[本下这]周|[本下这]个?月|\d月|\d+(?:%|个|台|户|家|次|件|批|套)"
);
// What somebody else is to do: 请补充验收报告.
pattern!(ORDERS, r"^请(?:你|您|贵|各|补充|提供|尽快|及时|按时|上报|报送|回复)");
// What is told of other things than the work.
pattern!(
    BESIDE,
    r"联系人|联系方式|联系电话|电话[是号：]|换电话|微信|调离|调走|退休|换成|附件|入群|进群|退群|谢谢|辛苦|请回复|请补充|请提供|请尽快|请及时|请上报|请各|未知|不清楚|不知道|不是我们|不归我们|搞错|弄错|还有\d+天|已逾期\d+天|^(?:麻烦|劳烦|烦请|帮忙|帮我|拜托)|(?:文件|通知|函|材料|附件|邮件)[^，。；]{0,6}没有?(?:收到|看到|接到)|再报|再说|再反馈|再回复|稍后|晚点|回头|另行|努力|^这个?机器人|有意思|(?:没有?|无|暂无)(?:什么)?(?:问题|困难)$"
);
pattern!(EXTENSION, r"延期|延至|延到|延长到|推迟|展期|宽限|顺延|延长");
pattern!(
    NO_EXTENSION,
    r"(?:不|无|没有|没|未|毋)(?:需要?|用|必|再|须|会|拟)?(?:申请|要求|提出)?(?:延期|延长|推迟|顺延|展期)"
);

// Said alone: that nothing moved.
pattern!(
    UNMOVED,
    r"^(?:我[们局厅委办市]|目前|现在?|该项|此项|本项|任务|工作|本[周月期]|最近|近期|截至目前|还是|仍然?|也|都|均|：)*(?:暂时?|尚|毫|并)?(?:未见|未有|没有?|无)(?:什么|啥|任何|新的?|大的?|明显的?|实质性?的?)*(?:进展|变化|动静|推进|起色)$|^(?:仍|还|还在|依然|仍在|目前)*(?:原地踏步|毫无进展)$"
);

/// Whether it is only said that something will be said: 明天问了再报.
pub fn puts_off(words: &str) -> bool {
    pattern!(LATER, r"再报|再说|再反馈|再回复|稍后|晚点|回头|另行|另报");
    LATER.is_match(words)
}

/// Whether nothing is said but that nothing moved.
fn is_unmoved(words: &str) -> bool {
    let mut telling = clauses(words).filter(|clause| !done::is_courtesy(clause)).peekable();
    telling.peek().is_some() && telling.all(|clause| UNMOVED.is_match(clause))
}

/// More time that was granted or asked for before: 上次批准延到9月底.
fn is_granted(clause: &str) -> bool {
    pattern!(GRANTED, r"^(?:上次|上回|之前|此前|前期|已经?|原来|原先)");
    GRANTED.is_match(clause) && EXTENSION.is_match(clause)
}

/// What was said about a task. Empty where nothing was understood.
pub fn read(words: &str, on: NaiveDate) -> Item {
    let (practices, words) = remarks::take_practices(&without_questions(words, on));
    let (mut problems, rest) = take_problems(&words);
    let rest = NO_PROBLEM.replace_all(&rest, "");
    let rest = NO_EXTENSION.replace_all(&rest, "");
    let (complaints, rest) = match problems.is_empty() {
        true => take_complaints(&rest),
        false => (Vec::new(), rest.into_owned()),
    };
    let wishes = clauses(&rest).filter(|clause| !is_granted(clause)).collect::<Vec<_>>().join("，");
    let extend_to = EXTENSION.find(&wishes).and_then(|found| dates::first(&wishes[found.start()..], on));
    let percent = share::percent(&rest);
    let status = status(&rest, percent);
    // Who tells what was done, and complains of nothing, is under way.
    let status = status
        .or_else(|| (problems.is_empty() && complaints.is_empty() && describes(&rest)).then_some(Status::InProgress));
    let percent = match status {
        Some(Status::ClaimedDone) => Some(100),
        // 数据迁移100%完成 is the whole of a part.
        _ => percent.filter(|percent| *percent < 100 || !share::names_the_whole(&rest)),
    };
    problems.extend(complaints);
    if status == Some(Status::Blocked) && problems.is_empty() {
        problems.extend(obstacle(&rest));
    }
    // 没有问题 alone may mean 好的.
    let none_left = status.or(percent.map(|_| Status::InProgress)).is_some() && problems.is_empty();
    Item {
        task: None,
        rest: false,
        status: status.filter(|_| extend_to.is_none()),
        percent,
        unmoved: is_unmoved(&rest),
        problems_over: remarks::says_solved(&words) || none_left && remarks::says_none_left(&words),
        problems,
        practices,
        extend_to,
    }
}

/// The words without the clauses that ask; nothing where one of them asks whether it is done.
fn without_questions(words: &str, on: NaiveDate) -> String {
    // 能否延至8月15日 wishes.
    let wishes = |clause: &str| EXTENSION.is_match(clause) && dates::first(clause, on).is_some();
    let mut told = String::new();
    for part in words.split_inclusive(['，', '。', '；', '？', '\n']) {
        let clause = part.trim_matches(['，', '。', '；', '\n', ' ']);
        if !manners::asks(clause) || wishes(clause) {
            told.push_str(part);
        }
    }
    told
}

/// The problems named, and the words without them.
fn take_problems(words: &str) -> (Vec<String>, String) {
    let mut problems = Vec::new();
    let mut rest = String::new();
    let mut from = 0;
    for found in PROBLEM.captures_iter(words) {
        let (Some(whole), Some(what)) = (found.get(0), found.name("what")) else {
            continue;
        };
        let denied =
            NO_PROBLEM.find_iter(words).any(|denial| denial.start() <= whole.start() && whole.start() < denial.end());
        if denied {
            continue;
        }
        let first = what.as_str().split(['。', '，', '；']).next().unwrap_or_default();
        if NOTHING.is_match(first) {
            rest.push_str(&words[from..whole.start()]);
            from = what.start() + first.len();
            continue;
        }
        let what_said = what.as_str().trim_matches([' ', '\n', '。', '，', '；']);
        if !what_said.is_empty() && !NOTHING.is_match(what_said) {
            problems.push(what_said.to_owned());
        }
        rest.push_str(&words[from..whole.start()]);
        from = what.end();
    }
    rest.push_str(&words[from..]);
    for wording in [&*INSIDE, &*ANNOUNCED, &*SO_CALLED, &*HELP_AFTER, &*HELP_WANTED] {
        let found = wording.captures(&rest).filter(|_| problems.is_empty() && !NO_PROBLEM.is_match(&rest));
        if let Some(what) = found.and_then(|found| found.name("what")) {
            problems.push(what.as_str().trim().to_owned());
            rest = wording.replace(&rest, "").into_owned();
        }
    }
    (problems, rest)
}

fn status(words: &str, percent: Option<u8>) -> Option<Status> {
    let words = &NOT_BLOCKED.replace_all(words, "");
    if is_blocked(words) {
        return Some(Status::Blocked);
    }
    if clauses(words).any(|clause| SUSPENDED.is_match(clause)) {
        return Some(Status::Suspended);
    }
    let vague = share::is_vague(words);
    if done::claims_completion(words, vague || percent.is_some_and(|percent| percent < 100)) {
        return Some(Status::ClaimedDone);
    }
    let any_share = vague || percent.is_some_and(|percent| percent > 0);
    let under_way =
        any_share || clauses(words).any(|clause| !NOT_STARTED.is_match(clause) && UNDER_WAY.is_match(clause));
    let alone = clauses(words).filter(|clause| !done::is_courtesy(clause)).count() == 1;
    let whole_not_started = clauses(words).any(|clause| NOTHING_STARTED.is_match(clause));
    if whole_not_started || (NOT_STARTED.is_match(words) && !under_way) || (alone && TO_BEGIN.is_match(words)) {
        return Some(Status::NotStarted);
    }
    let told = clauses(words).any(|clause| IN_PROGRESS.is_match(clause) && !ORDERS.is_match(clause));
    (any_share || percent.is_some() || told).then_some(Status::InProgress)
}

/// Whether the work is stuck now, and not only before: 之前卡在资金上，现在已到位.
fn is_blocked(words: &str) -> bool {
    let recovered = clauses(words).any(|clause| !FORMERLY.is_match(clause) && RECOVERED.is_match(clause));
    clauses(words).any(|clause| BLOCKED.is_match(clause) && !(recovered && FORMERLY.is_match(clause)))
}

/// What is in the way of work that is stuck.
fn obstacle(words: &str) -> Option<String> {
    if let Some(found) = IN_THE_WAY.captures(words) {
        let what = ["at", "because", "after"].iter().find_map(|name| found.name(name));
        return what.map(|what| what.as_str().trim().to_owned());
    }
    let is_trouble = |clause: &&str| TROUBLE.is_match(clause) && !BLOCKED.is_match(clause) && !UNMOVED.is_match(clause);
    let troubles: Vec<&str> = clauses(words).filter(is_trouble).collect();
    (!troubles.is_empty()).then(|| troubles.join("，"))
}

/// The clauses that complain of what is lacking, and the words without them: 缺人, 经费不足, 资金一直没到位.
fn take_complaints(words: &str) -> (Vec<String>, String) {
    pattern!(
        LACKS,
        r"^(?:就是|主要|目前|还是|还|都|均|也|太|实在|我[们局厅委]|这边|这里|那个|哎|唉)*(?:[紧奇]?缺|缺少|缺乏|差)(?:人|钱|经费|资金|编制|设备|技术|数据|人手|场地|指标|专业)|^[^，。；]{2,12}(?:不足|不够|紧张|短缺|缺口|跟不上|不到位|打不通|不落实|没着落|对不上|不配合|拿不到|不支持|不统一|不共享|不同意)|^[^，。；]{0,8}(?:资金|经费|钱|款|预算|人手|人员|编制|设备|指标|用地|土地|场地|手续|批文|批复|接口|数据|口径|标准)[^，。；]{0,6}?(?:没有?|未能?|不|难以?)(?:到位|到账|落实|下来|下达|批下来|拨付|拨|打通|开放|共享|统一|收到)(?:$|[了呢])"
    );
    // Of the work itself, told as the reason of something else, or over.
    pattern!(NO_COMPLAINT, r"任务|工作|措施|方案|整改|项目|进度|%|^因|^由于|已经?[由到解补落下]|补足|解决|克服|到位了");
    let complains =
        |clause: &&str| LACKS.is_match(clause) && !NO_COMPLAINT.is_match(clause) && !BLOCKED.is_match(clause);
    let complaints: Vec<String> = clauses(words).filter(complains).map(str::to_owned).collect();
    let rest = complaints.iter().fold(words.to_owned(), |rest, complaint| rest.replacen(complaint, "", 1));
    (complaints, rest)
}

/// Whether the words tell of something that is being done or was done, whatever it is: who answers a reminder so is under
/// way.
fn describes(words: &str) -> bool {
    const LEAST: usize = 6;
    const PLENTY: usize = 8;
    let said = words.chars().filter(|character| *character >= '\u{3400}').count();
    let doing = DOING.is_match(words);
    (said >= PLENTY && (doing || !is_title(words)) || said >= LEAST && doing)
        && !BESIDE.is_match(words)
        && !manners::is_small_talk(words)
}

/// Whether the words only name a thing, as a heading does: 关于优化营商环境的实施方案, 压缩工程项目审批时间.
fn is_title(words: &str) -> bool {
    pattern!(
        THING,
        r"^[^，。；已未没正将在会了着过]*(?:方案|通知|办法|意见|清单|名单|目录|报告|计划|制度|时间|时限|事项|文件|条例|规定|细则)[。]?$"
    );
    THING.is_match(words)
}

/// The parts between stops and commas; blanks part as well where Chinese stands on both sides, as when somebody dictates.
pub(super) fn clauses(words: &str) -> impl Iterator<Item = &str> {
    let is_break = |at: usize, character: char| match character {
        '，' | '。' | '；' | '\n' | '！' | '～' => true,
        ' ' => {
            let chinese = |character: Option<char>| character.is_some_and(|character| character >= '\u{3400}');
            chinese(words[..at].chars().next_back()) && chinese(words[at + 1..].chars().next())
        }
        _ => false,
    };
    let mut clauses = Vec::new();
    let mut from = 0;
    for (at, character) in words.char_indices() {
        if is_break(at, character) {
            clauses.push(&words[from..at]);
            from = at + character.len_utf8();
        }
    }
    clauses.push(&words[from..]);
    clauses.into_iter().map(str::trim).filter(|clause| !clause.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(words: &str) -> String {
        let item = read(&super::super::normalise(words), "2019-06-27".parse().unwrap());
        let status = item.status.map_or("-", Status::key);
        let percent = item.percent.map_or("-".to_owned(), |percent| percent.to_string());
        let mut shown = format!("{status} {percent}");
        for problem in &item.problems {
            shown.push_str(&format!(" !{problem}"));
        }
        if let Some(date) = item.extend_to {
            shown.push_str(&format!(" >{date}"));
        }
        shown
    }

    #[test]
    fn words_about_one_task() {
        let cases = [
            ("进度60%，系统已上线试运行。问题：市县数据未打通", "in_progress 60 !市县数据未打通"),
            ("已完成", "claimed_done 100"),
            ("该项工作已全部完成。", "claimed_done 100"),
            ("进度100%", "claimed_done 100"),
            ("资金到位100%", "in_progress -"),
            ("设备采购完成100%", "in_progress -"),
            ("务必，按期完成", "in_progress -"),
            ("土建，完成；安装，收尾", "in_progress -"),
            ("其他单位已完成", "in_progress -"),
            ("2项已完成", "in_progress -"),
            ("系统支持暂停办理，已上线", "in_progress -"),
            ("已完成80%", "in_progress 80"),
            ("已提前完成", "claimed_done 100"),
            ("已于6月10日完成", "claimed_done 100"),
            ("完成情况：已完成", "claimed_done 100"),
            ("6月底前完成", "in_progress -"),
            ("已在3个市州推开", "in_progress -"),
            ("进度-5%", "- -"),
            ("未完成", "in_progress -"),
            ("基本完成", "in_progress -"),
            ("预计月底完成", "in_progress -"),
            ("部分完成", "in_progress -"),
            ("完成初稿", "in_progress -"),
            ("完成六成", "in_progress 60"),
            ("完成了一半", "in_progress 50"),
            ("过半", "in_progress -"),
            ("进度60%-70%", "in_progress -"),
            ("3个市州已完成", "in_progress -"),
            ("进度66.6%", "in_progress 67"),
            ("未启动", "not_started -"),
            ("受阻，等省里批复", "blocked -"),
            ("今天天气真好适合出去走走", "- -"),
            ("关于优化营商环境的实施方案", "- -"),
            ("麻烦把文件电子版发我一份", "- -"),
            ("还有20%没做", "in_progress 80"),
            ("还没有", "in_progress -"),
            ("受阻，土地指标没批", "blocked - !土地指标没批"),
            ("做到六成卡在用地审批上", "blocked 60 !用地审批"),
            ("因资金不到位，无法推进", "blocked - !资金不到位"),
            ("之前卡在资金上，现在资金到位了，进度70%", "in_progress 70"),
            ("之前就卡住了", "blocked -"),
            ("资金一直没到位", "- - !资金一直没到位"),
            ("进度30%，人手不够", "in_progress 30 !人手不够"),
            ("措施没有落实", "in_progress -"),
            ("还剩一成没弄完", "in_progress 90"),
            ("6成5了", "in_progress 65"),
            ("60%，哦不对，70%", "in_progress 70"),
            ("推进顺利，没有问题", "in_progress -"),
            ("60%，没有遇到困难，后续将按月报送", "in_progress 60"),
            ("60%，暂无难点堵点，下月继续", "in_progress 60"),
            ("没弄", "not_started -"),
            ("问题：资金不足；需协调：请财政厅支持", "- - !资金不足；需协调：请财政厅支持"),
            ("完没完成我也不清楚", "- -"),
            ("就是缺人啊，干到百分之五十了", "in_progress 50 !就是缺人啊"),
            ("本案已结案", "claimed_done 100"),
            ("困难：经费没有落实", "- - !经费没有落实"),
            ("问题：无", "- -"),
            ("审批时间压缩30%，正在推进", "in_progress -"),
            ("申请延期至9月30日，设备未到货", "- - >2019-09-30"),
            ("无需延期，9月30日前可完成", "in_progress -"),
            ("问题：无。已完成", "claimed_done 100"),
            ("没有受阻，已完成", "claimed_done 100"),
            ("完成了没", "- -"),
            ("完成了吗", "- -"),
        ];
        for (words, expected) in cases {
            assert_eq!(show(words), expected, "{words}");
        }
    }
}
