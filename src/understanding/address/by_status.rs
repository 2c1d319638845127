//! Tasks in lists that tell nothing else: behind how they stand, 已办结：第6项、第10项。推进中：第4项; or each before its
//! share, 5 60% 26 70%.

use super::Segment;
use crate::understanding::lists;

pattern!(
    STANDING,
    r"^[\s，]*(?:其中|另外|另)?，?(?P<standing>(?:拟|申请|提请|请予?|已经?|已全部|全部|均已)?(?:办结|完成|销号)|(?:正在|正常|按计划|有序)?推进中?|(?:正在)?(?:进行|办理|实施|落实)中|[未没](?:有)?(?:办结|完成|启动|开始|开工)|(?:尚|还)[未没](?:办结|完成|启动|开始)|受阻|停滞|卡住|暂缓|中止|[无没](?:有)?(?:变化|进展)|滞后)的?(?:有|共|是|为)*(?:\d+|[一二两三四五六七八九十]+)?(?:项|个|件)?(?:任务|事项)?\s*：(?P<list>.*)$"
);

/// The parts of such words; `None` where anything else is said beside them, and where a number may be a count.
pub fn segments(text: &str, named: &[String]) -> Option<Vec<Segment>> {
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
            tasks: numbers(list, named)?.into_iter().map(Some).collect(),
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
    let is_named = |(number, _): &(usize, std::ops::Range<usize>)| named.contains(&number.to_string());
    let places = counts && !pairs.iter().any(is_named);
    // 1 60% 2 70% where a task 1 was named as the second of three
    if counts && !places && !pairs.iter().all(is_named) {
        return None;
    }
    let of = |(number, share): (usize, std::ops::Range<usize>)| Segment {
        tasks: vec![Some(if places { named[number - 1].clone() } else { number.to_string() })],
        rest: false,
        words: std::iter::once(share).collect(),
        numbered: true,
    };
    Some(pairs.into_iter().map(of).collect())
}

/// The numbers of a list that holds nothing else: 第6项, 第5、26项, or numbers that were named; 3项 alone counts.
fn numbers(list: &str, named: &[String]) -> Option<Vec<String>> {
    let parts: Vec<&str> =
        list.split(['、', '，', ' ', '和', '及', '与']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let ordinal = parts.first().is_some_and(|first| first.starts_with('第'));
    let counts = matches!(parts.as_slice(), [only] if !ordinal && only.ends_with('项'));
    let number = |part: &&str| {
        let number = lists::number(part.trim_start_matches('第').trim_end_matches(['项', '号']))?;
        (ordinal || part.starts_with('第') || named.contains(&number)).then_some(number)
    };
    if counts { None } else { parts.iter().map(number).collect() }
}

#[cfg(test)]
mod tests {
    use crate::understanding::{Named, understand_contact};

    fn read(text: &str, named: &[&str]) -> String {
        let numbers: Vec<String> = named.iter().map(|number| number.to_string()).collect();
        let read = understand_contact(text, &Named::by_numbers(&numbers), "2019-06-27".parse().unwrap());
        let shown = |item: &crate::understanding::Item| {
            let status = item.status.map_or("-", |status| status.key());
            let percent = item.percent.map_or(String::new(), |percent| format!(" {percent}"));
            format!("{} {status}{percent}", item.task.as_deref().unwrap_or("?"))
        };
        read.items.iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn tasks_stand_behind_how_they_stand() {
        for (text, named, expected) in [
            (
                "已办结：第9项\n推进中：第11项、第33项",
                &["9", "11", "33"][..],
                "9 claimed_done 100; 11 in_progress; 33 in_progress",
            ),
            (
                "未办结：第4项。已办结：第6项、第10项。",
                &["4", "6", "10"],
                "4 in_progress; 6 claimed_done 100; 10 claimed_done 100",
            ),
            (
                "已完成2项：第17项、第19项；推进中1项：第16项。",
                &["16", "17", "19"],
                "17 claimed_done 100; 19 claimed_done 100; 16 in_progress",
            ),
        ] {
            assert_eq!(read(text, named), expected, "{text}");
        }
    }

    /// 已完成：3项 is no claim of task 3.
    #[test]
    fn counts_are_no_tasks() {
        for (text, named) in [("已完成：3项；推进中：2项", &["2", "3", "5"][..]), ("完成：60", &["5"])] {
            let read = read(text, named);
            assert!(!read.contains("3 claimed_done") && !read.contains("60 claimed_done"), "{text}: {read}");
        }
    }

    #[test]
    fn a_share_stands_behind_each_task() {
        assert_eq!(read("5 60% 26 70%", &["5", "26"]), "5 in_progress 60; 26 in_progress 70");
        assert_eq!(read("1 60% 2 70%", &["5", "26"]), "5 in_progress 60; 26 in_progress 70");
        assert_eq!(read("1 60% 2 70%", &["1", "2"]), "1 in_progress 60; 2 in_progress 70");
        assert_eq!(read("5 60% 6 70%", &["5"]), "5 in_progress 60; 6 in_progress 70");
    }

    /// What goes on about the task before stays with it.
    #[test]
    fn words_lead_up_to_the_number_in_their_sentence() {
        for (text, expected) in [
            ("律师看完了411份文件，正在走废止程序，第26项接近尾声", "26 in_progress"),
            (
                "第5项：进度60%，系统已上线。问题：市县数据未打通，第26项：推进中30%",
                "5 in_progress 60; 26 in_progress 30",
            ),
            ("第5项已开工。目前完成60%，第26项已完成", "5 in_progress 60; 26 claimed_done 100"),
            ("第5项推进中。初稿已完成，正在征求意见，第26项无变化", "5 in_progress; 26 -"),
            ("第5项受阻。原因是土地指标未批，第26项正常推进", "5 blocked; 26 in_progress"),
        ] {
            assert_eq!(read(text, &["5", "26"]), expected, "{text}");
        }
    }
}
