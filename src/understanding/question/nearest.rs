//! What can be asked, nearest to words that were not understood.

use std::collections::HashSet;

/// Questions of every kind, in the order in which they are offered where nothing is near.
const KNOWN: [&str; 19] = [
    "总体情况",
    "哪些逾期了",
    "本月到期",
    "谁还没反馈",
    "有什么问题",
    "待核定的",
    "有什么好做法",
    "第5项进展如何",
    "第5项历史",
    "办结率是多少",
    "下周要完成哪些",
    "哪些任务受阻",
    "国庆前到期的任务",
    "今天有什么反馈",
    "今天有什么要我处理的",
    "上周以来有什么变化",
    "哪些单位没绑定",
    "为什么逾期",
    "下次什么时候提醒",
];
const OFFERED: usize = 3;
/// What is short enough to be looked for in the tasks.
const SEARCHABLE: std::ops::RangeInclusive<usize> = 2..=12;

/// Words with one of these ask or chat; no task is about them.
const TALKS: [char; 22] = [
    '谁', '哪', '啥', '什', '怎', '么', '吗', '呢', '吧', '啊', '嗯', '哦', '呵', '哈', '我', '你', '您', '他', '她',
    '这', '那', '没',
];

/// Three questions that would be understood: those that share most with the words, and a search for the words themselves.
pub fn nearest(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
    let said: HashSet<char> = plain.chars().collect();
    let mut known: Vec<&str> = KNOWN.to_vec();
    known.sort_by_key(|question| std::cmp::Reverse(question.chars().filter(|shared| said.contains(shared)).count()));
    let looked_for = SEARCHABLE.contains(&plain.chars().count()) && !plain.contains(TALKS);
    let search = looked_for.then(|| format!("有关{plain}的任务"));
    let count = OFFERED - usize::from(search.is_some());
    known.into_iter().take(count).map(str::to_owned).chain(search).collect()
}

#[cfg(test)]
mod tests {
    use super::super::understand_coordinator;
    use super::*;

    #[test]
    fn what_is_offered_would_be_understood() {
        let on = "2019-06-27".parse().unwrap();
        for words in ["逾逾逾", "嗯？", "电子证照", "帮我看看下星期要搞完的东西都是些什么玩意儿啊"]
        {
            let offered = nearest(words);
            assert_eq!(offered.len(), OFFERED);
            for question in &offered {
                assert!(understand_coordinator(question, &[], on).query.is_some(), "{question}");
            }
        }
        assert!(nearest("逾逾逾")[0].contains("逾期"), "{:?}", nearest("逾逾逾"));
        for question in KNOWN {
            assert!(understand_coordinator(question, &[], on).query.is_some(), "{question}");
        }
    }
}
