//! The words that are known, by class. They stand in `lexicon.txt`, each once.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word is, as far as the rules tell words apart.
macro_rules! classes {
    ($($(#[$note:meta])* $class:ident = $name:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Class {
            $($(#[$note])* $class,)*
        }

        impl Class {
            pub const ALL: &[Class] = &[$(Class::$class),*];

            /// The name by which the lexicon and the rules call it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Class::$class => $name,)*
                }
            }
        }
    };
}

classes! {
    // Found by their form.
    Stop = "stop",
    Comma = "comma",
    Pause = "pause",
    Colon = "colon",
    AskMark = "ask_mark",
    Open = "open",
    Close = "close",
    Quote = "quote",
    Blank = "blank",
    /// 1. and ① of a list
    Bullet = "bullet",
    /// 60%, 六成, 一半
    Share = "share",
    /// 过半, 60%-70%
    Vague = "vague",
    /// 3个, 120户
    Count = "count",
    Number = "number",
    /// 6月20日, 昨天 is `now`
    Date = "date",
    /// 6月底前
    Deadline = "deadline",
    /// 上半年, 第一批, 第二阶段
    Period = "period",
    /// 2019年的任务, 6月节点
    Dated = "dated",
    /// 一个月, 10个工作日
    Duration = "duration",
    /// 长沙市, 省公安厅
    Place = "place",
    /// Words of the task's own title.
    Topic = "topic",
    Unknown = "unknown",
    // Words of the lexicon.
    Courtesy = "courtesy",
    Own = "own",
    It = "it",
    Task = "task",
    Already = "already",
    All = "all",
    Manner = "manner",
    Now = "now",
    Done = "done",
    Closed = "closed",
    SignOff = "signoff",
    Le = "le",
    De = "de",
    Not = "not",
    Will = "will",
    Approx = "approx",
    Cond = "cond",
    Hearsay = "hearsay",
    Other = "other",
    Stage = "stage",
    /// 系统, 清单: what a task makes, and is not.
    Thing = "thing",
    /// 慢, 滞后: behind, which is no problem by itself.
    Lag = "lag",
    /// 没交, 没接入: what somebody has not done yet.
    Undone = "undone",
    Going = "going",
    Unbegun = "unbegun",
    Begin = "begin",
    Unchanged = "unchanged",
    Stuck = "stuck",
    Suspended = "suspended",
    Trouble = "trouble",
    LabelProblem = "label_problem",
    NoProblem = "noproblem",
    Solved = "solved",
    Request = "request",
    Extend = "extend",
    NoExtend = "noextend",
    NotOurs = "notours",
    Later = "later",
    Beside = "beside",
    Correct = "correct",
    Contrast = "contrast",
    Left = "left",
    Ask = "ask",
    NoAsk = "noask",
    Act = "act",
    Link = "link",
    LabelProgress = "label_progress",
    LabelNext = "label_next",
    LabelPractice = "label_practice",
    /// 责任单位：
    LabelOther = "label_other",
    /// ✅ alone
    Tick = "tick",
    /// 未来, 社会: words that hold others.
    Plain = "plain",
}

impl Class {
    /// The one character that stands for the class where rules read a clause.
    pub fn code(self) -> char {
        char::from_u32(0xe000 + self as u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub fn of_name(name: &str) -> Option<Class> {
        Class::ALL.iter().copied().find(|class| class.name() == name)
    }
}

/// The longest word, in characters.
const LONGEST: usize = 16;

static WORDS: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (class, word) in entries() {
        words.insert(word, class);
    }
    words
});

fn entries() -> impl Iterator<Item = (Class, &'static str)> {
    let lines = include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.flat_map(|line| {
        let (class, words) = line.split_once(": ").expect("class: words");
        let class = Class::of_name(class).expect("a class");
        words.split(' ').map(move |word| (class, word))
    })
}

/// The longest word with which the text begins, in bytes, and its class.
pub fn longest(text: &str) -> Option<(usize, Class)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, first)| at + first.len_utf8()).take(LONGEST).collect();
    ends.into_iter().rev().find_map(|end| WORDS.get(&text[..end]).map(|class| (end, *class)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_word_stands_once() {
        let mut seen = HashSet::new();
        let twice: Vec<&str> = entries().map(|(_, word)| word).filter(|word| !seen.insert(*word)).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(entries().all(|(_, word)| word.chars().count() <= LONGEST && !word.is_empty()));
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(longest("未来三年"), Some(("未来".len(), Class::Plain)));
        assert_eq!(longest("未完成"), Some(("未完成".len(), Class::Left)));
        assert_eq!(longest("甲乙"), None);
    }
}
