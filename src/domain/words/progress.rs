//! Status, percent and problems in the words about one task.
//!
//! Not done in whatever form is progress; only a plain statement that the task as a whole is done claims completion.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{Item, dates, numerals};
use crate::domain::duty::Status;

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant"));
    };
}

// 问题：… up to the next label or the end.
pattern!(
    PROBLEM,
    r"(?s)(?:存在|主要|目前|遇到|面临|有)*的?(?:问题|困难|难点|堵点|障碍|需协调|需要协调|请协调|需支持|请求支持)(?:事项|在于|主要)?(?:：|是|为|有)\s*(?P<what>.*?)(?:\s*(?:下一步|下步|经验|进展|进度|措施)[^，。；]{0,6}：|$)"
);
pattern!(
    NO_PROBLEM,
    r"(?:没有|没|无|暂无|不存在|并无|未发现|没什么|无任何)(?:存在)?(?:什么|任何|大|其他|明显)?(?:的)?(?:问题|困难|障碍)"
);
pattern!(NOTHING, r"^(?:暂时|目前)?(?:没有|没|无|暂无|不存在|无问题|无困难)(?:问题|困难)?[。，]?$");
// Measures of the work's effect, not of its progress.
pattern!(EFFECT, r"压缩|缩短|压减|减少|提高|提升|增长|增加|下降|降低|占比|覆盖率|满意度|同比|环比|网办率|合格率|压降");
pattern!(
    PERCENT,
    r"(?:^|[^\d.-])(?P<digits>\d+(?:\.\d+)?)\s*(?:%|个百分点)|百分之(?P<words>[零一二三四五六七八九十百两]+)"
);
pattern!(
    PERCENT_RANGE,
    r"\d\s*%?\s*(?:-|–|—|~|～|至|到)\s*\d+(?:\.\d+)?\s*%|[一二三四五六七八九]到?[一二三四五六七八九]成|[多余来几]成|%\s*(?:左右|以上|多)|(?:约|大约|近|超过?|不到|将近)\s*\d+(?:\.\d+)?\s*%"
);
pattern!(TENTHS, r"(?P<tenths>[一二三四五六七八九1-9])成(?P<half>半)?");
pattern!(HALF, r"(?:完成|进度|进展|推进|做)?(?:了|到|至)?(?:一半|二分之一|半数)");
pattern!(VAGUE_SHARE, r"过半|大半|超半|多半|一半以上|小半|近半|不到一半|一半多|一大半");
pattern!(NOT_STARTED, r"未启动|未开始|未开展|没启动|没开始|没有启动|没有开始|没开展|还没动|未动工|未着手|尚未部署");
pattern!(BLOCKED, r"受阻|卡住|卡在|停滞|搁置|推不动|推进不下去|无法推进|难以推进|进行不下去");
pattern!(NOT_BLOCKED, r"(?:没有|没|未|无|不)(?:受阻|卡住|停滞|搁置)|(?:不再|已解除)受阻");
// Said of the task itself; 因雨暂停两天 or 支持暂停功能 is not.
pattern!(
    SUSPENDED,
    r"^(?:该|此|本|这)?项?(?:任务|工作)?(?:现|目前|已|经研究|暂时)*(?:暂缓|中止|暂停)(?:推进|实施|办理|执行|开展)?(?:了)?$"
);
pattern!(
    NOT_DONE,
    r"未|尚|没|不能|无法|难以|基本|部分|初步|大部|多数|接近|即将|将|预计|计划|拟|争取|力争|确保|预期|准备|打算|可以?完成|能完成|后完成|(?:^|[^提])前完成|底完成|正在|推进|进行中|进行|陆续|阶段|剩|差|除|大体|大致|差不多|快要|快完成|待|等|仍|还"
);
// A clause that says of the task as a whole that it is done, and nothing else.
pattern!(
    DONE,
    r"^(?:(?:任务|工作)?(?:完成|进展|办理|落实)?(?:情况|进展|进度|状态|结果)：)?(?:第\d+[项号]|报告|领导|目前|现在|现|截至目前|经过努力|我[们局厅委办市县省处科]{0,2}|本?单位|该|此|本|这|以上|上述|所有|全部|各)*(?:项|几项|各项)?(?:任务|工作|事项)*(?:目标)?(?:我们|我局|我厅|我委|我办|我市)?(?:已经|已|均|都|全部|全面|按时|如期|按期|提前|顺利|圆满|整体|全|也|就|于?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|上旬|中旬|下旬|初|底)?|于?(?:上周|本周|上月|本月|昨天|今天|日前|近日))*(?:完成|办结|完毕|办完|做完|完结|办妥|结束|落实到位|销号|搞定|达标)(?:任务|工作|了|啦|。)*(?:请?(?:予以)?(?:核|销号|审核|办结|查收))*$"
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
    r"推进|进行|正在|开展|启动|进展|有序|落实|完成|办理|起草|征求|调研|论证|试运行|上线|建设|对接|整改|整理|汇总|筹备|部署|审核|招标|施工|部分|初步|无进展|准备|抓紧|制定|印发|达到|正常|推开|铺开|覆盖|推广"
);
pattern!(EXTENSION, r"延期|延至|延到|推迟|展期|宽限|顺延|延长");
pattern!(
    NO_EXTENSION,
    r"(?:不|无|没有|没|未|毋)(?:需要?|用|必|再|须|会|拟)?(?:申请|要求|提出)?(?:延期|延长|推迟|顺延|展期)"
);
pattern!(QUESTION, r"了没有?$|吗|么？|？|是不是|是否|怎么|如何|什么时候|多久|哪");

/// Whether the words ask instead of telling.
pub fn is_question(text: &str) -> bool {
    QUESTION.is_match(text)
}

/// What was said about a task. Empty where nothing was understood.
pub fn read(words: &str, on: NaiveDate) -> Item {
    if is_question(words) {
        return Item::default();
    }
    let (problems, rest) = take_problems(words);
    let rest = NO_PROBLEM.replace_all(&rest, "");
    let rest = NO_EXTENSION.replace_all(&rest, "");
    let extend_to = EXTENSION.find(&rest).and_then(|found| dates::first(&rest[found.start()..], on));
    let percent = percent(&rest);
    let status = status(&rest, percent);
    let percent = match status {
        Some(Status::ClaimedDone) => Some(100),
        _ => percent,
    };
    Item { task: None, status: status.filter(|_| extend_to.is_none()), percent, problems, extend_to }
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
    (problems, rest)
}

/// The share that is done: rounded; `None` where none or a vague one is named.
fn percent(words: &str) -> Option<u8> {
    if VAGUE_SHARE.is_match(words) {
        return None;
    }
    for clause in clauses(words) {
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
    }
    None
}

fn status(words: &str, percent: Option<u8>) -> Option<Status> {
    let words = &NOT_BLOCKED.replace_all(words, "");
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
    if NOT_STARTED.is_match(words) {
        return Some(Status::NotStarted);
    }
    let any_share = percent.is_some() || VAGUE_SHARE.is_match(words) || PERCENT_RANGE.is_match(words);
    (any_share || IN_PROGRESS.is_match(words)).then_some(Status::InProgress)
}

fn clauses(words: &str) -> impl Iterator<Item = &str> {
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
