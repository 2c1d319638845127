//! Status, percent and problems in the words about one task.
//!
//! Not done in whatever form is progress; only a plain statement that the task as a whole is done claims completion.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{Item, dates, numerals, remarks};
use crate::domain::duty::Status;

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant"));
    };
}

// 问题：… up to the next label or the end.
pattern!(
    PROBLEM,
    r"(?s)(?:存在|主要|目前|遇到|面临|有)*的?(?:问题|困难|难点|堵点|障碍|需协调|需要协调|请协调|需支持|请求支持)(?:事项|主要)?(?:：|是|为|有|在于)\s*(?P<what>.*?)(?:\s*(?:下一步|下步|经验|进展|进度|措施)[^，。；]{0,6}：|[，。；]\s*(?:目前|现)?(?:进度|完成率|已?完成)\D{0,4}\d|$)"
);
pattern!(
    NO_PROBLEM,
    r"(?:没有|没|无|暂无|不存在|并无|未发现|没什么|无任何)(?:存在)?(?:什么|任何|大|其他|明显)?(?:的)?(?:问题|困难|障碍)"
);
// A wish to be helped, without a label: 请协调省公安厅开放接口.
pattern!(
    HELP_WANTED,
    r"(?:需要?|请|恳请|请求|建议|希望)[^，。；：\n]{0,10}?(?:协调|支持|帮助)(?:解决|推动)?(?P<what>[^，。；\n]{2,})"
);
// 存在资金紧张的问题
pattern!(INSIDE, r"(?:存在|面临|遇到)(?P<what>[^，。；：\n]{2,30}?)(?:的|等)+(?:问题|困难|难题)");
pattern!(NOTHING, r"^(?:暂时|目前)?(?:没有|没|无|暂无|不存在|无问题|无困难)(?:问题|困难)?[。，]?$");
// Measures of the work's effect, not of its progress.
pattern!(EFFECT, r"压缩|缩短|压减|减少|提高|提升|增长|增加|下降|降低|占比|覆盖率|满意度|同比|环比|网办率|合格率|压降");
pattern!(
    PERCENT,
    r"(?:^|[^\d.-])(?P<digits>\d+(?:\.\d+)?)\s*(?:%|个百分点)|百分之(?P<words>[零一二三四五六七八九十百两]+)"
);
pattern!(
    PERCENT_RANGE,
    r"\d\s*%?\s*(?:-|–|—|~|～|至|到)\s*\d+(?:\.\d+)?\s*%|[一二三四五六七八九]到?[一二三四五六七八九]成|[多余来几]成|(?:%|成)\s*(?:以上|以下|多|不到)|(?:近|超过?|不到|不足|将近|接近)\s*(?:\d+(?:\.\d+)?\s*%|[一二三四五六七八九]成)"
);
// The share that was reached, of a rise: 进度由40%提高到60%.
pattern!(
    RISE,
    r"^[^，。；]*(?:进度|进展|完成)[^，。；]*(?:由|从)\s*\d+(?:\.\d+)?%[^，。；\d]*(?:到|至)\s*(?P<digits>\d+(?:\.\d+)?)%"
);
// 进度60, where the sign was left out.
pattern!(SIGNLESS, r"(?:进度|进展|完成率|完成)(?:了|到|至|为|约|：|\s)*(?P<digits>\d{1,3})$");
// 完成2/3
pattern!(SLASHED, r"(?:完成|进度|达到?)[^\d，。；]{0,3}(?P<part>\d)/(?P<whole>\d)(?:\D|$)");
// What is to come after it was done does not make it undone.
pattern!(
    AFTERWARDS,
    r"[，。；]\s*(?:下一步|下步|后续|今后|接下来|以后)(?:我[们局厅委]|将|会|继续|持续)*(?:加强|巩固|做好|保持|总结|维护|抓好|强化)[\s\S]*$"
);
// 三分之二, but 百分之二 is a percentage.
pattern!(FRACTION, r"(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])");
pattern!(TENTHS, r"(?P<tenths>[一二三四五六七八九1-9])成(?P<half>半)?");
pattern!(HALF, r"(?:完成|进度|进展|推进|做)?(?:了|到|至)?(?:一半|二分之一|半数)");
pattern!(VAGUE_SHARE, r"过半|大半|超半|多半|一半以上|小半|近半|不到一半|一半多|一大半");
pattern!(NOT_STARTED, r"未启动|未开始|未开展|没启动|没开始|没有启动|没有开始|没开展|还没动|未动工|未着手|尚未部署");
// Alone: a beginning that is still to come.
pattern!(
    TO_BEGIN,
    r"^(?:我[局厅委办市们]|任务|工作|该项)*(?:计划|拟|预计|准备|将|打算)[^，。；]{0,10}(?:启动|开始|动工|开工)"
);
pattern!(BLOCKED, r"受阻|卡住|卡在|卡壳|停滞|停工|停摆|叫停|搁置|推不动|推进不下去|无法推进|难以推进|进行不下去");
pattern!(NOT_BLOCKED, r"(?:没有|没|未|无|不)(?:受阻|卡住|停滞|搁置)|(?:不再|已解除)受阻");
// Said of the task itself; 因雨暂停两天 or 支持暂停功能 is not.
pattern!(
    SUSPENDED,
    r"^(?:该|此|本|这)?项?(?:任务|工作|项目|事项)?(?:现|目前|已|经研究|暂时|特|请求|申请|建议|恳请|予以)*(?:暂缓|中止|暂停)(?:推进|实施|办理|执行|开展)?(?:了)?$"
);
pattern!(
    NOT_DONE,
    r"未|尚|没|不能|无法|难以|基本|部分|初步|大部|多数|接近|即将|将|预计|计划|拟|争取|力争|确保|预期|准备|打算|可以?完成|能完成|后完成|(?:^|[^提])前完成|底完成|正在|推进|进行中|进行|陆续|阶段|剩|差|除|大体|大致|差不多|快要|快完成|待|等|仍|还"
);
// A clause that says of the task as a whole that it is done, and nothing else.
pattern!(
    DONE,
    r"^(?:(?:任务|工作)?(?:完成|进展|办理|落实)?(?:情况|进展|进度|状态|结果)：)?(?:第\d+[项号]|：|报告|汇报|领导|您好|目前|现在|现|截至目前|经过努力|我[们局厅委办市县省处科]{0,2}|本?单位|该|此|本|这|以上|上述|所有|全部|各)*(?:项|几项|各项)?(?:任务|工作|事项)*(?:目标)?(?:我们|我局|我厅|我委|我办|我市)?(?:已经|已|均|都|全部|全面|按时|如期|按期|提前|顺利|圆满|整体|全|也|就|严格|按照?(?:要求|时间节点|时限|计划)|于?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|上旬|中旬|下旬|初|底)?|于?(?:上周|本周|上月|本月|昨天|今天|日前|近日))*(?:完成|办结|完毕|办完|做完|完结|办妥|结束|落实到位|落实完毕|全部落实|全面落实|销号|搞定|弄完|弄好|办好|搞完|干完|达标|竣工|建成|建成投用|投入使用|投入运行|通过验收|验收合格)(?:该|此|本|这|上述|全部|所有|各|第\d+)?(?:项|几项)?(?:任务|工作|事项|目标|了|啦|。)*(?:并(?:已|且)?(?:上报|报送|报备|备案|归档|验收|通过验收|公布|公开|印发|移交|投入使用|投入运行|上线))*(?:请?(?:予以)?(?:核|销号|审核|办结|查收))*$"
);
// 100% of the task, and not of its money or its equipment.
pattern!(
    FULLY_DONE_PERCENT,
    r"^(?:目前|现在|总体|整体|该项|本项|任务|工作|进度|进展|完成率|完成|已|达到?|为|是|：|\s)*100(?:\.0+)?%(?:完成|了)*$"
);
// Beside other clauses a bare 完成 or 按期完成 may be a wish.
pattern!(CERTAIN, r"已|均|都|全部|全面|毕|了|办结|圆满|顺利|提前");
pattern!(
    IN_PROGRESS,
    r"推进|进行|正在|开展|启动|进展|有序|落实|完成|办理|起草|征求|调研|论证|试运行|上线|建设|建成|签订|签约|进场|采购|开工|动工|完工|投用|投入|通过验收|组织验收|验收中|待验收|批复|收尾|尾声|差不多|还差|最后|出台|发布|公布|动静|对接|上报|呈报|报送|送审|报审|报批|已报|整改|整理|汇总|筹备|部署|审核|招标|施工|部分|初步|无进展|准备|抓紧|制定|印发|达到|正常|推开|铺开|覆盖|推广"
);
pattern!(EXTENSION, r"延期|延至|延到|推迟|展期|宽限|顺延|延长");
pattern!(
    NO_EXTENSION,
    r"(?:不|无|没有|没|未|毋)(?:需要?|用|必|再|须|会|拟)?(?:申请|要求|提出)?(?:延期|延长|推迟|顺延|展期)"
);
pattern!(QUESTION, r"了没有?$|吗|么？|？|是不是|是否|怎么|怎样|如何|什么|何时|多久|哪|谁|能否|可否|为何|为什么");

// Asks to close what was said to be done.
pattern!(
    CLOSING_REQUEST,
    r"[，。；]\s*(?:请|恳请)(?:领导|督办员)?(?:予以?|给予)?(?:核定|核销|销号|审核|审定|办结|查收|确认)[。]?$"
);

/// Whether the words ask instead of telling.
pub fn is_question(text: &str) -> bool {
    QUESTION.is_match(text)
}

/// What was said about a task. Empty where nothing was understood.
pub fn read(words: &str, on: NaiveDate) -> Item {
    if is_question(words) {
        return Item::default();
    }
    let (practices, words) = remarks::take_practices(words);
    let (problems, rest) = take_problems(&words);
    let rest = NO_PROBLEM.replace_all(&rest, "");
    let rest = NO_EXTENSION.replace_all(&rest, "");
    let extend_to = EXTENSION.find(&rest).and_then(|found| dates::first(&rest[found.start()..], on));
    let percent = percent(&rest);
    let status = status(&rest, percent);
    let percent = match status {
        Some(Status::ClaimedDone) => Some(100),
        _ => percent,
    };
    // 没有问题 alone may mean 好的.
    let none_left = status.or(percent.map(|_| Status::InProgress)).is_some() && problems.is_empty();
    Item {
        task: None,
        status: status.filter(|_| extend_to.is_none()),
        percent,
        problems_over: remarks::says_solved(&words) || none_left && remarks::says_none_left(&words),
        problems,
        practices,
        extend_to,
    }
}

/// The problems named, and the words without them.
fn take_problems(words: &str) -> (Vec<String>, String) {
    let mut problems = Vec::new();
    let mut rest = String::new();
    let mut from = 0;
    for found in PROBLEM.captures_iter(words) {
        let (Some(whole), Some(what)) = (found.get(0), found.name("what")) else { continue };
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
    for wording in [&*INSIDE, &*HELP_WANTED] {
        let found = wording.captures(&rest).filter(|_| problems.is_empty() && !NO_PROBLEM.is_match(&rest));
        if let Some(what) = found.and_then(|found| found.name("what")) {
            problems.push(what.as_str().trim().to_owned());
            rest = wording.replace(&rest, "").into_owned();
        }
    }
    (problems, rest)
}

/// The share that is done: rounded; `None` where none or a vague one is named.
fn percent(words: &str) -> Option<u8> {
    if VAGUE_SHARE.is_match(words) {
        return None;
    }
    for clause in clauses(words) {
        if let Some(digits) = RISE.captures(clause).and_then(|found| found.name("digits")) {
            return digits.as_str().parse::<f64>().ok().map(|value| value.min(100.0).round() as u8);
        }
        if EFFECT.is_match(clause) || PERCENT_RANGE.is_match(clause) {
            continue;
        }
        if let Some(found) = PERCENT.captures(clause) {
            let value = match (found.name("digits"), found.name("words")) {
                (Some(digits), _) => digits.as_str().parse::<f64>().ok(),
                (_, Some(words)) => numerals::parse(words.as_str()).map(f64::from),
                _ => None,
            };
            return value.filter(|value| (0.0..=100.0).contains(value)).map(|value| value.round() as u8);
        }
        if let Some(found) = TENTHS.captures(clause) {
            let tenths = found.name("tenths").and_then(|digit| numerals::parse(digit.as_str()))?;
            let half = if found.name("half").is_some() { 5 } else { 0 };
            return Some(tenths as u8 * 10 + half);
        }
        if HALF.is_match(clause) {
            return Some(50);
        }
        if let Some(digits) = SIGNLESS.captures(clause).and_then(|found| found.name("digits")) {
            return digits.as_str().parse().ok().filter(|value| *value <= 100);
        }
        if let Some(found) = FRACTION.captures(clause).or_else(|| SLASHED.captures(clause)) {
            let number = |name| found.name(name).and_then(|number| numerals::parse(number.as_str())).map(f64::from);
            let share = number("part")? / number("whole")?;
            return Some((share.min(1.0) * 100.0).round() as u8);
        }
    }
    None
}

fn status(words: &str, percent: Option<u8>) -> Option<Status> {
    let words = &NOT_BLOCKED.replace_all(words, "");
    let words = &CLOSING_REQUEST.replace(words, "");
    let words = &AFTERWARDS.replace(words, "");
    if BLOCKED.is_match(words) {
        return Some(Status::Blocked);
    }
    if clauses(words).any(|clause| SUSPENDED.is_match(clause)) {
        return Some(Status::Suspended);
    }
    let not_all = NOT_DONE.is_match(words) || percent.is_some_and(|percent| percent < 100);
    let alone = clauses(words).count() == 1;
    let says_done = clauses(words).any(|clause| {
        DONE.is_match(clause) && (alone || CERTAIN.is_match(clause)) || FULLY_DONE_PERCENT.is_match(clause)
    });
    if says_done && !not_all && !VAGUE_SHARE.is_match(words) && !PERCENT_RANGE.is_match(words) {
        return Some(Status::ClaimedDone);
    }
    if NOT_STARTED.is_match(words) || (alone && TO_BEGIN.is_match(words)) {
        return Some(Status::NotStarted);
    }
    let any_share = percent.is_some() || VAGUE_SHARE.is_match(words) || PERCENT_RANGE.is_match(words);
    (any_share || IN_PROGRESS.is_match(words)).then_some(Status::InProgress)
}

pub(super) fn clauses(words: &str) -> impl Iterator<Item = &str> {
    words.split(['，', '。', '；', '\n']).map(str::trim).filter(|clause| !clause.is_empty())
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
            ("资金到位100%", "in_progress 100"),
            ("设备采购完成100%", "in_progress 100"),
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
            ("推进顺利，没有问题", "in_progress -"),
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
