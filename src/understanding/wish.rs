//! More time, another unit's task, and answers that come later.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::clause::{Clause, Rule};
use super::lexicon::Class;
use super::manner;
use super::text::Typed;
use crate::chinese::span;
use crate::chinese::span::Span;

// 上次批准延到9月底, 对申请延期的执业律师逐一核实
pattern!(
    GRANTED,
    r"^(?:原申请|原定|原计划)[^请求想望恳盼]*$|^[^申请求想望]{0,12}(?:推迟|延迟|延后|延期|顺延|延长)了|^(?:上次|上回|之前|此前|前期|已经?|原来|原先)[^，。；]{0,8}(?:批|同意|延)|(?:批准|同意)(?:了)?(?:的)?延期|延期(?:的|申请已|已|审批)|延长(?:线|[^，。；至到期时]{0,6}(?:营业|服务|办理|办公|开放)?时间(?:至|到))"
);
pattern!(
    WISH,
    r"申请|请求|要求|希望|恳请|想|拟|能否|可否|能不能|可不可以|请|需要?|建议|麻烦|给我|再|批准|同意|望|盼|要|得|不够|来不及|赶不上"
);
pattern!(
    LATER,
    r"^(?:稍后|稍等)$|(?:问|核|查|了解)(?:一?下|清楚|过|完)?(?:后|了)?再(?:回|报|答|说|填)|[前后]给(?:个|予)?(?:您|你|贵办)?(?:回复|答复|反馈|回音|准信|回话)|(?:再|稍后|晚点|明[天日早]|后天|下周|改天|过几天|过两天|等一?会儿?|待会儿?|到时候?|迟点|回头)[^，。；]{0,6}(?:提醒|催)(?:我们?|一次|一下|下|吧)*$|(?:情况|进展|材料|数据|数)[^，。；]{0,10}(?:前|后|一并|再)[^，。；]{0,4}(?:报送|上报|补报|反馈|报给|报)$|^(?:还|在|正|都|就)*等[^，。；]{1,8}的数(?:据|字)?$|(?:数据|数字?|材料)[要得]?等[^，。；]{1,10}(?:核对|核实|汇总|统计|提供|报齐|报上来)|(?:没法|不能|无法|没办法)(?:报|填|回)$|(?:数|数字|数据)[^，。；]{0,4}才(?:统计|出|汇总|拿)[^，。；]{0,4}|(?:数|数字|数据)(?:都|还)*没(?:有)?(?:出来|出|统计|汇总|拿到|到|报上来)|(?:[他她]|[小老]\p{Han})来(?:报|说|回|填)|让[^，。；我]{1,5}(?:来)?(?:说|报|回|填)|(?:晚一点|晚些|一会儿?|待会儿?)[^，。；]{0,10}(?:报|回|发|填|补)过?[来去]?|(?:材料|报告|反馈|情况|回复|数据)(?:等|要|需要?|还[要得]|得|先|须|正)?(?:送|报|呈|等)[^，。；]{0,8}(?:领导|审签|审定|签字|签发|审阅)|(?:再|后|回来|回去|回办公室|到时候?|另行|稍后|晚点|回头|明天|后天|下午|今晚|下周|尽快|随后|过几天|过两天|下班前|(?:星期|周)[一二三四五六日天](?:上午|下午|之?前)?)[^，。；]{0,6}(?:报|反馈|回复|答复|上传|传|填|上报|汇报|报送|告知|说|讲|发|回你|回您|给你|给您|送来|送过来|送过去|交过来|传过来|传上来|补过来|发过来|补报|补上|补|寄|交|给|统一回复)(?:$|[了吧哈给您你。来过])|(?:领导|局长|处长|主任|厅长|分管)[^，。；]{0,8}(?:还?没|尚?未|还要|要|再|在)[^，。；]{0,3}(?:看|审|签|批|过目|定)[^，。；]{0,4}(?:$|[，。再后了])|(?:先|暂时?)不(?:报|填|回)|将?于[^，。；]{1,12}(?:报送|反馈|回复|上报|函告|书面报)[^，。；]{0,24}(?:情况|进展|材料|数据)?$|(?:数据|数)尚在(?:汇总|统计|核实|整理|收集|核对)中?$|没(?:有)?(?:拿到|收到|要到|等到)[^，。；]{0,8}(?:数|数据|材料|报表)"
);
pattern!(
    NOT_OURS,
    r"^我[局厅委办处市县]没有\p{Han}{2,8}(?:事项|许可|业务|职能|职责)$|与[我本]?[^，。；]{0,6}无关|(?:我[局厅委办]|我们|本[局厅委办])?不再(?:承担|负责)|我[局厅委办处][^，。；]{0,4}(?:没有|未|不)承担[^，。；]{0,10}(?:任务|职[责能]|工作|业务|事项)$|(?:一直|都|其实|本来)是(?:省|市|县)?\p{Han}{1,8}[厅局委办院](?:他们)?(?:在|负责|牵头)(?:弄|办|搞|做|管)?$|^(?:这|那|该|此)[^，。；]{0,6}是[^，。；我]{1,8}(?:局|厅|委|办|部门|政府|办公室)的?(?:事情?|活|职责|工作|任务)$|^(?:这个?|该|此)[^，。；]{0,16}是(?:省|市|县)?\p{Han}{1,8}[厅局委办院](?:他们)?(?:在|负责|牵头)(?:弄|办|搞|做|管|负责|牵头)?|[和跟与](?:我们?|咱们?|俺)[^，。；]{0,4}(?:没|无)(?:有)?(?:关系|关)|不(?:归|属于?|由|是)(?:我|我们|本|咱)[^，。；]{0,6}(?:管|负责|牵头|职[责能]|业务|范围|的事|的活|承担|主管|办|任务|单位|局|厅|委)|(?:请|建议|应该?|该|需|改)(?:转|由|找|移交|划|退|转交|转给|转由|转办|派给|分给)[^，。；]{1,16}(?:办理|负责|牵头|承办|处理|反馈|办|答复|回复|报|落实|单位|[局厅委办])|(?:该|此|这)?(?:项|个|件)?(?:任务|工作|事项|事)?(?:应|该|应该|已|是|都是)?(?:归|属于?|由)[^，。；我本]{2,12}(?:管|负责|牵头|承办|主管|职[责能])|(?:职[责能]|业务)[^，。；]{0,8}(?:划|移交|转)[^，。；]{0,4}(?:给|到|至|入|走)|我[局厅委办市县州区们][^，。；]{0,6}(?:不涉及|未涉及|没有(?:这|此|该|相关)(?:项|个)?(?:任务|职[责能]|业务))|(?:职[责能]|业务|这项|该项|机构改革)[^，。；]{0,8}(?:划给|划到|划归|移交给?|转给|交给)[^，。；]{2,14}(?:局|厅|委|办|中心|处|科)|(?:发|派|分|推|搞|弄|找)错(?:了)?(?:单位|部门|人|地方|群|对象)?(?:$|[了吧，。])"
);

// 恐怕年底是赶不上了，能不能再宽限
pattern!(TOO_LATE, "赶不上|来不及|完不成|怕是|恐怕|做不完|搞不完|原定");

rules! {
    DENIED: "more_time_denied" = "not (will|request|manner|courtesy|already)*extend";
}

/// Whether more time is asked for; the day, where one was named.
pub fn more_time(clause: &Clause<'_>, on: NaiveDate) -> Option<Option<NaiveDate>> {
    // 要再给两个月
    pattern!(MORE, r"再给(?:我们?)?(?:点|一点|些|几|[一两二三四五半十\d]+)个?(?:时间|工作日|月|星期|周|天)");
    pattern!(
        LATER_THEN,
        r"(?:请?准许?|允许|同意|能不能|能否|可否|可不可以|请让)[^，。；]{0,6}?(?P<date>\d[^，。；]{1,10}|[^，。；\d]{1,4}底)再(?:交|报送?|完成|办结|弄完|做完|验收)"
    );
    let text = clause.text();
    if let Some(date) = LATER_THEN.captures(text).and_then(|found| until(&found["date"], on)) {
        return Some(Some(date));
    }
    let more = MORE
        .find(text)
        .map(|found| clause.range().start + found.start())
        .and_then(|at| clause.tokens.iter().find(|token| token.range.end > at));
    let asked = clause.tokens.iter().find(|token| token.class == Class::Extend).or(more)?;
    // 局长说申请延期到明年3月底
    pattern!(OWN_HEAD, "^(?:我们)?(?:局长|厅长|处长|科长|主任|领导|分管领导)(?:说|讲|定了|同意)");
    let quoted = clause.has(Class::Hearsay) && !(OWN_HEAD.is_match(text) && text.contains("申请"));
    if clause.has(Class::NoExtend) || quoted || GRANTED.is_match(text) {
        return None;
    }
    let before = &clause.plain[clause.range().start..asked.range.start];
    let after = &clause.plain[asked.range.start..clause.range().end];
    // 改到第四版, 推到其他县市区: such words ask for time only where a day follows them.
    let weak =
        ["改到", "挪到", "推到", "缓到", "拖到", "调整到", "调整至", "延", "放宽", "延长", "延续", "宽到", "给到"]
            .contains(&clause.word(asked));
    let date = until(after, on)
        .or_else(|| until(before, on).filter(|_| !weak && WISH.is_match(text) && !TOO_LATE.is_match(before)));
    let opens = before.chars().count() <= 8;
    let wishes = WISH.is_match(text) || opens || date.is_some();
    let asks = manner::asks_in_words(text) && date.is_none() && !WISH.is_match(text);
    let weak = weak && date.is_none() && !WISH.is_match(text) && !(opens && clause.tokens.len() <= 2);
    let denied = clause.is(&DENIED);
    (wishes && !weak && !asks && !denied && !clause.asked_without_date(date)).then_some(date)
}

/// The day in words such as 完成时间由6月30日调整为9月30日.
pub fn new_date(clause: &Clause<'_>, on: NaiveDate) -> Option<NaiveDate> {
    pattern!(
        NEW_DATE,
        r"(?:时间|时限|期限|日期|完成)[^，。；]*?(?:调整|改|定|推迟|顺延|延)?(?:为|到|至)(?P<date>[^，。；为到至]{2,12})$|^(?:也?就是|即|大概|大约|差不多)*(?:延|宽限|推|放)?(?:到|至)(?P<until>[^，。；为到至]{2,12})$"
    );
    let found = NEW_DATE.captures(clause.text())?;
    until(found.name("date").or(found.name("until"))?.as_str(), on)
}

/// Whether words that wish for more time say why: whether they say more than that, until when and of what.
pub fn gives_reason(text: &str, on: NaiveDate) -> bool {
    pattern!(
        WISHES,
        "申请|恳请|请求|希望|拟|需要?|能否|可否|可不可以|能不能|延期|延长|延后|推迟|展期|宽限|顺延|延迟|延至|延到|再给|完成时间|时间|时限|期限|日期|任务|事项|工作|调整|改[为到至]|第.{1,4}项|该项|本项|此项|这项|底前|之前|以前|批准|核准|审批|同意|支持|研究|领导|您?好|谢谢|感谢|为盼|特此|报告|如下|理由|原因|我[单厅局委办]位?|我们|本单位|予以|给予|尽快|一下|个月|月底|年底|工作日"
    );
    let typed = Typed::new(text);
    let mut rest = typed.plain.clone();
    for date in span::find(&typed.plain, on).iter().rev() {
        rest.replace_range(date.range.clone(), " ");
    }
    let rest = WISHES.replace_all(&rest, "");
    // One or two characters join words and say nothing.
    const LEAST: usize = 3;
    rest.chars().filter(|character| ('\u{3400}'..='\u{9fff}').contains(character)).count() >= LEAST
}

/// Whether a wish is refused: 我没批.
pub fn refuses(text: &str) -> bool {
    pattern!(
        REFUSES,
        "^(?:但|不过|被)?(?:我们?|处里|局里|厅里|科里|领导|[处局厅科]长|主任)(?:都|也|还)?(?:没有?|未|不)(?:同意|批准?|答应|认可)(?:了)?$"
    );
    REFUSES.is_match(text)
}

/// The day that takes the place of another: 改为11月15日.
pub fn date_put_right(clause: &Clause<'_>, on: NaiveDate) -> Option<NaiveDate> {
    pattern!(
        PUT_RIGHT,
        r"^(?:现|请|应该?|需要?|再)?(?:改|更正|调整|修正|应|变更)(?:到|至|为|成)(?P<date>[^，。；]{2,12})$"
    );
    until(PUT_RIGHT.captures(clause.text())?.name("date")?.as_str(), on)
}

fn until(words: &str, on: NaiveDate) -> Option<NaiveDate> {
    let bare: String = words.chars().filter(|character| *character != ' ').collect();
    span::read(&bare, on).and_then(Span::due)
}

impl Clause<'_> {
    /// 能延期吗？ asks; 能否延至8月15日？ wishes.
    fn asked_without_date(&self, date: Option<NaiveDate>) -> bool {
        pattern!(FURTHER, "再?往后[放推延挪缓拖]|再(?:放|缓|延|拖|宽限)");
        let bounded = self.has(Class::Duration)
            || FURTHER.is_match(self.text())
            || self.text().contains("宽限")
            || self.text().contains("给") && self.text().contains("时间");
        date.is_none() && !bounded && (self.asked || self.text().ends_with(['吗', '么']))
    }
}

/// Whether the task is said to be another's.
pub fn not_ours(clause: &Clause<'_>) -> bool {
    let text = clause.text();
    // 退回
    pattern!(GIVEN_BACK, "^(?:请|予以|申请|建议|该项)*(?:退回|退件|退单|转办)(?:处理|办理|了)?$");
    if GIVEN_BACK.is_match(text) {
        return true;
    }
    // 会议明确由法规处牵头改稿, 建议由省政务局牵头召开协调会
    pattern!(WORK, "(?:垂直|属地|分级|统一|双重)管理|明确|召开|协调会|统一由|分别由|分工|一般由");
    // 前面发错了 takes words back.
    pattern!(OWN, "^(?:前面|刚才|刚刚|上面|上一条|我)[^，。；]{0,4}错");
    if WORK.is_match(text) || OWN.is_match(text) {
        return false;
    }
    clause.has(Class::NotOurs) && !clause.has_any(&[Class::Act, Class::Done, Class::Stage, Class::Thing])
        || NOT_OURS.is_match(text)
}

/// Whether words give the task away for good, whatever else they tell.
pub fn renounces(text: &str) -> bool {
    pattern!(RENOUNCES, "不再(?:承担|负责)|请(?:予以?)?转办|请转");
    RENOUNCES.is_match(text)
}

/// Whether it is plainly the answer that comes later, and not a step of the work.
pub fn answers_later(text: &str) -> bool {
    pattern!(ANSWER, r"回复|反馈|答复|给[您你]|告知|再报|后报|再说|回[您你]");
    ANSWER.is_match(text)
}

/// Whether the answer is put off.
pub fn later(clause: &Clause<'_>) -> bool {
    // 照片随后发
    pattern!(ENCLOSED, "照片|纸质件|佐证|附件|截图");
    !ENCLOSED.is_match(clause.text())
        && (clause.has(Class::Later) || LATER.is_match(clause.text()))
        && !clause.has_any(&[Class::Share, Class::Done, Class::Unchanged])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_says_why_or_it_does_not() {
        let gives = |text: &str| gives_reason(text, "2019-06-27".parse().unwrap());
        for text in [
            "/extend 5 2019-09-30",
            "第5项申请延期至9月30日",
            "请领导批准第5项延期到9月底，谢谢",
            "2020年底前的申请延期至2021年6月30日",
            "5：申请延期两个月",
        ] {
            assert!(!gives(text), "{text}");
        }
        for text in [
            "/extend 5 2019-09-30 设备未到货",
            "第5项申请延期至9月30日，因国家平台接口未开放",
            "疫情影响，申请延期到9月底",
            "国家平台接口未开放",
        ] {
            assert!(gives(text), "{text}");
        }
    }
}
