//! Tasks in lists that tell nothing else: behind how they stand, 已办结：第6项、第10项。推进中：第4项; or each before its
//! share, 5 60% 26 70%.

use super::address::Segment;
use super::lists;

pattern!(
    STANDING,
    r"^[\s，]*(?:其中|另外|另)?，?(?P<standing>(?:拟|申请|提请|请予?|已经?|已全部|全部|均已)?(?:办结|完成|销号)|(?:正在|正常|按计划|有序)?推进中?|(?:正在)?(?:进行|办理|实施|落实)中|[未没](?:有)?(?:办结|完成|启动|开始|开工)|(?:尚|还)[未没](?:办结|完成|启动|开始)|受阻|停滞|卡住|暂缓|中止|[无没](?:有)?(?:变化|进展)|滞后)的?(?:有|共|是|为)*(?:\d+|[一二两三四五六七八九十]+)?(?:项|个|件)?(?:任务|事项)?\s*：(?P<list>.*)$"
);

/// The parts of such words; `None` where anything else is said beside them.
pub fn segments(text: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['。', '；', '\n']) {
        let from = start;
        start += line.len();
        let said = line.trim_end_matches(['。', '；', '\n', ' ']);
        if said.trim().is_empty() {
            continue;
        }
        let found = STANDING.captures(said)?;
        let list = found.name("list")?.as_str().trim();
        if ["无", "没有", "暂无", ""].contains(&list) {
            continue;
        }
        let standing = found.name("standing")?;
        segments.push(Segment {
            tasks: numbers(list)?.into_iter().map(Some).collect(),
            rest: false,
            words: std::iter::once(from + standing.start()..from + standing.end()).collect(),
            numbered: true,
        });
    }
    (!segments.is_empty()).then_some(segments)
}

/// Pairs of a task and its share, and nothing else; `None` where anything else is said. Numbers that count from one and name
/// no task that was named are places among those: 1 60% 2 70%.
pub fn shares(text: &str, named: &[String]) -> Option<Vec<Segment>> {
    pattern!(PAIRS, r"^(?:[\s，；、。]*第?\d{1,3}(?:项|号)?[\s：]+\d{1,3}(?:\.\d+)?%){2,}[\s，；、。]*$");
    pattern!(PAIR, r"(?P<task>\d{1,3})(?:项|号)?[\s：]+(?P<share>\d{1,3}(?:\.\d+)?%)");
    if !PAIRS.is_match(text) {
        return None;
    }
    let pairs: Vec<(usize, std::ops::Range<usize>)> = PAIR
        .captures_iter(text)
        .filter_map(|found| Some((found["task"].parse().ok()?, found.name("share")?.range())))
        .collect();
    let counts = pairs.iter().enumerate().all(|(at, (number, _))| *number == at + 1) && pairs.len() <= named.len();
    let places = counts && !pairs.iter().all(|(number, _)| named.contains(&number.to_string()));
    let of = |(number, share): (usize, std::ops::Range<usize>)| Segment {
        tasks: vec![Some(if places { named[number - 1].clone() } else { number.to_string() })],
        rest: false,
        words: std::iter::once(share).collect(),
        numbered: true,
    };
    Some(pairs.into_iter().map(of).collect())
}

/// The numbers of a list that holds nothing else.
fn numbers(list: &str) -> Option<Vec<String>> {
    let parts = list.split(['、', '，', ' ', '和', '及', '与']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| lists::number(part.trim_start_matches('第').trim_end_matches(['项', '号']))).collect()
}
