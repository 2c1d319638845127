//! Problems: what is wrong, lacking or wished for, with a heading or without.

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::{Clause, Rule, clauses};
use super::fact::{Fact, Reading, What};
use super::lexicon::Class;
use super::token::Token;
use crate::chinese::numerals;

// A wish to be helped: 希望省里尽快明确口径.
pattern!(
    HELP_WANTED,
    r"(?:想要|想请|盼着?)[^，。；]{0,12}(?:省里|上级|省厅|国家)的?[^，。；]{0,8}(?:标准|文件|口径|政策|办法|模板|样本)|(?:需要?|请求|恳请|(?:^|[^提申报邀聘])请|麻烦|劳烦|拜托|^建议|我[们局厅委办]建议|希望|期盼|恳盼|盼望|盼|望|能否|可否|能不能)(?:[^，。；：\n]{0,12}?(?:协调|支持|帮助|帮忙|出面|想想办法|想办法|给个说法|拿个主意|派个?|加把劲|加快|抓紧|帮[^，。；]{0,3}(?:一下|看|两天|几天|催)|指点|指导一下|调剂)|(?:省政府|省里?|上级|政府|市里|贵办|督办室|督查室|领导|省直|国家|总局|牵头单位|责任单位|各单位|相关|有关|主管|\p{Han}{1,7}[厅局委部办院行])[^，。；：\n]{0,14}?(?:解决|推动|明确|出台|下发|统一|指导|牵头|批复|给予|安排|拨付|加快|开放|协助|沟通|研究|尽快|尽早|早日|增加|下达|把[^，。；]{1,10}(?:发|给|批|定|拨|开|办)|早点|赶紧|快点|答复|回复|调剂|给|定|开|批|出|催|管|督促|督一?督|协调))"
);
// 资金缺口500万元，请求协调解决
pattern!(
    HELP_AFTER,
    r"要(?:市|省|县|上面|上级|领导)(?:里|厅|政府)?[^，。；]{0,3}(?:讲句话|说句话|发话|出面|协调|支持|帮)|^(?:请|请求|恳请|希望|需要?|望|盼|建议)(?:省里?|上级|领导|贵办|督办室|予以?|给予|帮忙|帮助)*(?:协调|支持|帮助|解决)+(?:解决|推动|处理|一下|为盼)*$"
);
// 经费没有落实, 数据一直打不通
pattern!(
    LACKS,
    r"(?:老旧|陈旧|老化|过时|太老|太旧)(?:$|[了严得，]|接|用|[跑连]不)|(?:主要|就|还是|也)?[难堵]在[^，。；]{1,}|(?:盘子|财政|预算|手头|资金面)[^，。；]{0,4}紧(?:$|[张得了])|(?:网络|网速|信号|技术|条件|基础|设备|系统)[^，。；]{0,3}(?:不行|不太行|太差)|怕(?:坏账|担责|风险|出事|吃亏|麻烦|追责)|有顾虑|(?:意愿|积极性|热情|主动性|配合度)[^，。；]{0,4}(?:不[高强足大]|低|弱|差)|(?:网速|网络|系统|平台|接口|设备|服务器)[^，。；]{0,3}(?:慢|卡)(?:$|[得了])|(?:群众|企业|百姓|村民|商户|业主|居民)[^，。；]{0,4}(?:有意见|意见[大多]|不满|反感)|(?:因为?|由于|受)[^，。；]{2,}(?:搁下|搁着|停下|拖着|没动|放下)了?$|(?:人手|时间|资金|经费|任务|编制|场地|工期)[^，。；不]{0,4}(?:紧|够呛)(?:$|[得了啊呢，])|(?:有点|有些|恐怕|怕是|比较|太|很|蛮|好)悬(?:$|[了啊呢])|没有?(?:回|应)(?:$|[音复应信])|(?:没|没有|没得|无|冒得)(?:钱|人|经费|资金|编制|预算|人手|场地|设备|抵押|场所|权限|渠道|专业人员|技术人员|专职人员|先例|科目|名目)(?:$|[^员才口数事大代])|(?:资金|经费|钱|款|预算|人手|人员|编制|设备|指标|用地|土地|场地|手续|批文|批复|接口|数据|口径|标准|系统|平台|材料|文件)[^，。；]{0,8}?(?:[没未]有?能?|不|难以?|无法?)(?:到位|到账|落实|下来|下达|批下来|拨付|拨|打通|开放|共享|统一|收到|配|定|明确|批|够|足|通|齐|全|给|安排|人定|人管|下$|开$|放$)|(?:[紧奇]?缺|缺少|缺乏|差)(?:人|钱|经费|资金|编制|设备|技术|数据|人手|场地|指标|专业)"
);
// Told as the reason of something else, as what was dealt with, or as over.
pattern!(
    DEALT_WITH,
    r"针对|围绕|补齐|补上|清理出|清退|解决了?[^，。；]*(?:问题|困难|难题|难点|堵点)|(?:问题|困难|难题|难点|堵点|矛盾|纠纷|投诉|信访|隐患)(?:清单|台账|线索|清理|清欠|整改|排查|化解|处置|办理|库|件)|已经?(?:补足|解决|克服|化解|消除|到位)|(?:补足|解决|克服|化解|消除)了|打破|破解|修复|修了|消缺|整改项|(?:堵点|难点|瓶颈|障碍|问题|难题|困难|痛点|卡点)[^，。；]{0,6}(?:打通|疏通|理顺|解决|消除|化解|突破|攻克)|防范|防止|避免|杜绝|排查|梳理出|整改(?:问题|了)|查处|核查|受理|不存在|克服"
);
// What is in the way, in so many words: 卡在用地审批, 因资金不到位无法推进, 受阻：指标没批.
pattern!(
    IN_THE_WAY,
    r"卡在了?[^，。；]{2,}|卡到[^，。；]{2,}|(?:因为?|由于|受制于|碍于|苦于|受)[^，。；]{2,}?(?:原因|影响)?(?:受阻|停|卡|搁置|无法|没法|推不|导致|而)|(?:因为?|由于|受制于|碍于|苦于)[^，。；]{2,}"
);
pattern!(
    NO_PROBLEM,
    r"^(?:目前|现在|也|都|均|暂|并|还|经查|核查后?)*(?:没有?|未|无)(?:再)?(?:发现|出现|存在|发生)[^，。；]{2,20}(?:情况|现象|行为|情形|做法|的)$|(?:没有|没|无|暂无|不存在|并无|未|没什么|无任何)(?:存在|遇到|碰到|出现|发现|遇|见|有|过)*(?:什么|啥|任何|太大|大|其他|明显|突出|遗留|其它|未完成)*(?:的)?(?:需要?协调(?:解决)?的?)?(?:(?:和|与|及|、)?(?:问题|困难|难点|难处|难题|障碍|堵点|卡点|瓶颈|阻力|麻烦|事项))+|(?:没有?|无|暂无)(?:什么)?(?:需要?|要|请|麻烦)[^，。；]{0,8}(?:协调|帮助|帮忙|支持|解决|研究)的?(?:事情?|事项|问题|地方|困难)?$"
);
// 调不动, 顾不过来, 收不齐
pattern!(
    OUT_OF_REACH,
    r"[^差了对说用来看大免少忘想巴恨好成半分都]不(?:动|了|起来|来|过来|开|出来?|上来?|下来?|到|起|齐|全|通|成|进来?|走|住|够|着|赢|完)(?:$|[，。了的呢啊哦 ])|老是|总是[^，。；]{0,6}(?:退|崩|报错|出错|掉线|不)|没有?(?:专人|来源|着落|依据|下文|回应|条件|渠道|权限|专款|人[审管干做批办弄])"
);
// 没法对接
pattern!(CANNOT_ACT, r"没法|无法|没办法|难以|做不到|不能");
// 一个市都不差, 不用返工
pattern!(
    NOTHING_LEFT,
    r"一[个项家件处](?:\p{Han}{1,3})?(?:都|也)?(?:不|没|没有|未)(?:差|剩|落|少|缺|漏)(?:下)?$|(?:不用|无需|不需要?|没有|无|未见)(?:再)?(?:返工|遗漏|例外|剩余|遗留|反弹|漏项|缺项)|(?:剩余?|余|存量|欠账)(?:为|是|还有)?(?:0|零)(?:$|[个项家件户])"
);
pattern!(NOTHING, r"^(?:暂时|目前)?(?:没有|没|无|暂无|不存在|无问题|无困难)(?:问题|困难|需协调|其他)*$");
pattern!(
    ITEM_MARK,
    r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十])(?:[、.．)]|\)、?)|[①-⑳]|[一二三四五六]是|第[一二三四五六](?:[，：、]|是|点)|其[一二三四]，?)"
);

rules! {
    CANNOT: "cannot" = "not (manner|link|will)*(act|stage|thing|unknown|begin|closed)";
    DENIED: "trouble_denied" = "not (manner|link|will)*(trouble|stuck)";
}

// 协会不松口, 几家银行一直不报数
pattern!(
    REFUSES,
    r"(?:厅|局|委|办|处|市|县|区|州|乡镇|部门|单位|机构|银行|协会|公司|企业|[两几三四]家|开发商|商家|业主|农户|村民|居民|群众|老百姓|代表|对方|人家|他们|国家|省里|市里|县里|上级|领导)(?:那边|那里|方面|都|也|就是|却|一直|总是|老是|还是|至今|迟迟|又|始终|根本|死活)*(?:不(?:太|大|怎么|很)?(?:肯|愿意?|想|敢|同意|配合|松口|批|给|签|认|改|报|交|回|接|办|理|见|听|买账|重视|积极|放|开|让|来|管)|顶着|拖着|没人|无人)"
);
// 省里批得慢
pattern!(SAYS, r"反映|反馈|抱怨|投诉");

pattern!(LACKING, r"^(?:还|尚|仅|只)?缺(?:的|\d+(?:家|个市|个县|个单位|份|户|件)$)");

/// Whether the trouble is denied: 不慢.
pub fn is_denied(clause: &Clause<'_>) -> bool {
    clause.is(&DENIED)
}

/// Whether a clause says plainly, and of all, that there is no problem: 没有大问题 and 质量没有问题 are something else.
pub fn denies_all(clause: &Clause<'_>) -> bool {
    pattern!(
        NONE_LEFT,
        r"^(?:目前|现在?|暂时|截至目前|总体|推进|进展|顺利|也|并)*(?:没有|没|无|暂无|不存在|并无|未发现)(?:存在|遇到)?(?:任何)?(?:需要?协调(?:解决)?的?)?(?:问题|困难|障碍)(?:[和、或](?:问题|困难|障碍))?$"
    );
    NONE_LEFT.is_match(clause.text())
}

/// Whether a clause says that there is no problem.
pub fn denies(clause: &Clause<'_>) -> bool {
    clause.has(Class::NoProblem) || NO_PROBLEM.is_match(clause.text()) || NOTHING_LEFT.is_match(clause.text())
}

/// Whether a clause complains of something or wishes for help, without saying that it is a problem.
pub fn complains(clause: &Clause<'_>) -> bool {
    let text = clause.text();
    if clause.has(Class::Solved) || denies(clause) {
        return false;
    }
    let wishes = HELP_WANTED.is_match(text)
        || HELP_AFTER.is_match(text)
        || clause.has(Class::Request) && clause.tokens.len() > 1;
    // 本周请财政厅的同志坐了一次 has happened.
    pattern!(HAPPENED, "请[^，。；]+(?:了[一两三几]?[次趟轮回]|过了?)$");
    let wishes = wishes && !clause.has(Class::SignOff) && !HAPPENED.is_match(text);
    let cannot = clause.is(&CANNOT) && CANNOT_ACT.is_match(text);
    let undone = clause.has(Class::Undone) && !clause.has_any(&[Class::Left, Class::Count, Class::Approx]);
    // 报告收到38家，缺6家 counts what is left.
    let counts = LACKING.is_match(text);
    let troubled = !counts && (clause.has(Class::Trouble) && !clause.is(&DENIED))
        || undone
        || cannot
        || !counts && OUT_OF_REACH.is_match(text)
        || REFUSES.is_match(text)
        || SAYS.is_match(text) && clause.has(Class::Lag)
        || !counts && LACKS.is_match(text);
    // 还剩9份没过 counts what is left.
    let left = clause.has(Class::Left) && clause.has(Class::Count) && !LACKS.is_match(text) && !REFUSES.is_match(text);
    wishes || troubled && !left && !DEALT_WITH.is_match(text)
}

/// Whether a clause counts some of many: 30个里搞了20个.
pub fn counts_some(text: &str) -> bool {
    pattern!(
        SOME,
        r"(?P<many>\d+|[一二两三四五六七八九十百]+)(?:个|家|项|户|件|处|台|条|套|名|人)[^，。；、和与\d]{0,12}?(?:[里中内]|只|才|仅|就|完成|[做搞办弄填接通报交签上建装测结])[^，。；\d]{0,3}?了?(?P<some>\d+|[一二两三四五六七八九十百]+)(?:个|家|项|户|件|处|台|条|套|名|人)"
    );
    let number = |found: &regex::Captures<'_>, name: &str| numerals::parse(&found[name]);
    let counted = SOME.captures(text).and_then(|found| Some((number(&found, "many")?, number(&found, "some")?)));
    counted.is_some_and(|(many, some)| some < many)
}

/// Whether a clause asks somebody to help.
pub fn requests(clause: &Clause<'_>) -> bool {
    HELP_WANTED.is_match(clause.text()) || clause.has(Class::Request)
}

/// Whether a clause that tells of work that is stuck says what is in its way.
pub fn names_obstacle(clause: &Clause<'_>) -> bool {
    IN_THE_WAY.is_match(clause.text()) || clause.has(Class::Trouble) || LACKS.is_match(clause.text())
}

/// The words under a heading that announces problems: one for each item of a list, else one. `reason`: the heading says why,
/// and not what.
pub fn labelled(plain: &str, tokens: &[Token], reason: bool, reading: &mut Reading) {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut tell = |what, range: Range<usize>| reading.facts.push(Fact { what, range, rule: "problem_heading" });
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let whole = first.range.start..last.range.end;
    if clauses(plain, tokens)
        .first()
        .is_some_and(|clause| NOTHING.is_match(clause.text()) || clause.has(Class::NoProblem))
    {
        return tell(What::NoProblem(true), whole);
    }
    for token in tokens {
        let before = plain[whole.start..token.range.start].trim_end_matches(' ');
        let opens = before.is_empty() || before.ends_with(['，', '。', '；', '：', '\n']);
        let rest = &plain[token.range.start..whole.end];
        let spoken = ["一是", "二是", "三是", "四是", "五是", "一个是", "再一个", "另外", "还有就是", "再就是"]
            .iter()
            .any(|mark| rest.starts_with(mark));
        let marked = spoken || opens && ITEM_MARK.is_match(rest);
        if marked || items.is_empty() {
            if let Some(open) = items.last_mut() {
                open.end = token.range.start;
            }
            items.push(token.range.start..whole.end);
        }
    }
    for item in items {
        if !plain[item.clone()].trim_matches(super::text::EDGES).is_empty() {
            tell(What::Problem(!reason), item);
        }
    }
}

/// The words under a heading that announces what others may learn from.
pub fn practice(plain: &str, tokens: &[Token], reading: &mut Reading) {
    pattern!(NO_PRACTICE, r"^(?:暂时|目前)?(?:没有|没|无|暂无)(?:经验|做法)?[。，]?$");
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let range = first.range.start..last.range.end;
    let what = if NO_PRACTICE.is_match(plain[range.clone()].trim()) { What::Civil } else { What::Practice };
    reading.facts.push(Fact { what, range, rule: "practice_heading" });
}

// 二是目录没人编
pattern!(COUNTS_ON, r"^(?:再一个|[二三四五]是|[2-5][.、]|[②-⑤]|其[二三四]|另外|还有|再就是|再有)");

// 要等权力清单调整的文件出来才能改
pattern!(WAITS, r"^(?:就|还|都|在|正)*等[^，。；]{2,}|[要得]等[^，。；]{2,}|等[^，。；]{2,}才能");
// 由于机构改革
pattern!(CAUSE, r"^(?:主要)?(?:因为?|由于|受制于|碍于|苦于|受[^阻挫])");

/// Where work is stuck and nothing else is said to be wrong, what is in its way: 由于机构改革，工作暂时停滞.
pub fn find_cause(all: &[Clause<'_>], reading: &mut Reading) {
    let stuck = reading.facts.iter().any(|fact| fact.what == What::Stuck);
    if !stuck || reading.facts.iter().any(|fact| matches!(fact.what, What::Problem(_))) {
        return;
    }
    let unexplained =
        |clause: &&Clause<'_>| clause.text().chars().count() > 5 && reading.unexplained.contains(&clause.range());
    let cause = all
        .iter()
        .find(|clause| CAUSE.is_match(clause.text()) || WAITS.is_match(clause.text()))
        .or_else(|| all.iter().find(unexplained))
        .or_else(|| all.iter().find(|clause| clause.has(Class::Hearsay)));
    let told = |cause: &Clause<'_>| Fact { what: What::Problem(false), range: cause.range(), rule: "cause" };
    reading.facts.extend(cause.map(told));
}

/// Whether words only say why: 受疫情影响.
pub fn only_says_why(text: &str) -> bool {
    pattern!(CAUSE, r"^(?:目前|现在)?(?:受|因为?|由于)[^，。；]{2,12}(?:影响|原因|冲击)$");
    CAUSE.is_match(text)
}

/// A cause alone is no problem of its own beside what it caused: 受疫情影响，设备采购停滞.
pub fn drop_causes(plain: &str, reading: &mut Reading) {
    let is_cause = |fact: &Fact| fact.what == What::Problem(false) && only_says_why(&plain[fact.range.clone()]);
    let other = |fact: &Fact| matches!(fact.what, What::Problem(_)) && !is_cause(fact);
    if reading.facts.iter().any(other) {
        reading.facts.retain(|fact| !is_cause(fact));
    }
}

pattern!(
    STILL_SO,
    r"^(?:一直|至今|到现在|目前|现在|还是?|仍然?|始终|都|也|迟迟|总|老|这个?问题)*(?:没有?|未|得不到)(?:有|能|得到)?(?:解决|回音|答复|回复|下文|结果|着落|说法|回应|回)(?:好|掉)?$"
);

/// Complaints that follow one another within a sentence are one problem: a cause, what follows from it, and a wish.
pub fn join(plain: &str, reading: &mut Reading) {
    // 数据不通，时间卡在这一环，请协调: that it is stuck is no other matter.
    let stuck = reading.facts.iter().filter(|fact| fact.what == What::Stuck).map(|fact| fact.range.clone());
    let passed_over: Vec<Range<usize>> = stuck.chain(reading.unexplained.iter().cloned()).collect();
    let mut joined: Vec<Fact> = Vec::with_capacity(reading.facts.len());
    for fact in std::mem::take(&mut reading.facts) {
        let last = joined.iter_mut().rev().find(|fact| fact.what == What::Problem(false));
        // 人手不够，上次也提过，一直没解决
        if fact.what == What::Problem(false) && last.is_some() && STILL_SO.is_match(&plain[fact.range.clone()]) {
            continue;
        }
        if fact.what == What::Problem(false)
            && let Some(last) = last
            && !COUNTS_ON.is_match(&plain[fact.range.clone()])
            && are_one(&plain[last.range.end..fact.range.start.max(last.range.end)], &passed_over, last.range.end)
        {
            last.range.end = fact.range.end;
            continue;
        }
        joined.push(fact);
    }
    reading.facts = joined;
}

/// Whether only commas, and words that tell of nothing else, stand between two complaints.
fn are_one(between: &str, passed_over: &[Range<usize>], from: usize) -> bool {
    let known = |at: usize| !passed_over.iter().any(|range| range.contains(&(from + at)));
    between.char_indices().all(|(at, sign)| "，、 ：".contains(sign) || !"。；\n".contains(sign) && !known(at))
}

/// The text of a problem: without a list's own number.
pub fn text(words: &str) -> String {
    pattern!(MARK, r"^\s*(?:[（(]?\d{1,2}[、.．）)]|[①-⑳]|[一二三四五六]是)\s*");
    MARK.replace(words, "").trim_matches(super::text::EDGES).to_owned()
}
