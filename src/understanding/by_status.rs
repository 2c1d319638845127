//! Tasks that are listed behind how they stand: 已办结：第6项、第10项。推进中：第4项.

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

/// The numbers of a list that holds nothing else.
fn numbers(list: &str) -> Option<Vec<String>> {
    let parts = list.split(['、', '，', ' ', '和', '及', '与']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| lists::number(part.trim_start_matches('第').trim_end_matches(['项', '号']))).collect()
}
