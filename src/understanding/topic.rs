//! Which of the named tasks words without a number are about: the one whose own words they use.

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::Class;
use super::token::Token;
use super::{Named, lexicon};
use crate::plan::simplify;

/// So many pairs of characters that stand in one named task alone tell that a sentence is about it; so many that a clause
/// within a sentence is about another.
const SENTENCE: usize = 2;
const CLAUSE: usize = 2;
/// A label needs no more: 电价：弄完了.
const LABEL: usize = 1;

/// A part of the words with the one task that it is about; `None` where nothing tells.
pub fn parts(plain: &str, named: &[Named]) -> Vec<(Option<usize>, Range<usize>)> {
    let known: Vec<HashSet<[char; 2]>> = named.iter().map(|task| pairs(&task.text)).collect();
    if named.len() < 2 || known.iter().any(HashSet::is_empty) {
        return vec![(None, 0..plain.len())];
    }
    let alone = |task: usize, pair: &[char; 2]| {
        known.iter().enumerate().all(|(other, words)| words.contains(pair) == (other == task))
    };
    let evidence = |words: &str| -> Vec<usize> {
        let said = pairs(words);
        (0..named.len()).map(|task| said.iter().filter(|pair| alone(task, pair)).count()).collect()
    };
    let told = |words: &str, least: usize| {
        let evidence = evidence(words);
        let most = evidence.iter().copied().max().unwrap_or(0);
        let mut best = (0..named.len()).filter(|task| evidence[*task] == most);
        let only = best.next().filter(|_| best.next().is_none());
        only.filter(|task| {
            most >= least && evidence.iter().enumerate().all(|(other, count)| other == *task || count * 2 <= most)
        })
    };
    // 电价：弄完了; 融资那个：…
    let label = |words: &str| {
        const WORDS: [char; 13] = ['的', '那', '这', '已', '都', '全', '还', '正', '在', '没', '未', '也', '等'];
        let (label, most) = match words.split_once(['：', ' ']) {
            Some((label, _)) => (label, 10),
            None => (words.split_once(WORDS)?.0, 6),
        };
        let label = label.trim_end_matches(['那', '这', '个', '块', '项', '的', '一', '件', '事', '边', '头']);
        // 清单都公布了 may be that of any task; 大厅那个 points at one.
        let points = words[label.len()..].starts_with(['那', '这', '：']);
        let is_thing =
            lexicon::longest(label).is_some_and(|(length, class)| length == label.len() && class == Class::Thing);
        told(label, LABEL).filter(|_| (2..=most).contains(&label.chars().count()) && (points || !is_thing))
    };
    let mut parts: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    for sentence in pieces(plain, 0..plain.len(), &['。', '；', '\n', '？']) {
        let words = &plain[sentence.clone()];
        let of_sentence = told(words, SENTENCE).or_else(|| label(words));
        let mut within = None;
        let clauses = pieces(plain, sentence, &['，']).into_iter();
        let by_blanks = |clause: Range<usize>| {
            // 一窗受理进度80% 不动产登记进度90%: who types no stops parts by blanks.
            let runs = pieces(plain, clause.clone(), &[' ']);
            let mut about: Vec<usize> = runs.iter().filter_map(|run| told(&plain[run.clone()], CLAUSE)).collect();
            about.dedup();
            if about.len() > 1 { runs } else { vec![clause] }
        };
        for clause in clauses.flat_map(by_blanks) {
            let words = &plain[clause.clone()];
            within = told(words, CLAUSE).or_else(|| label(words)).or(within);
            let before = parts.last().and_then(|(task, _)| *task);
            let task = within.or(of_sentence).or(before);
            match parts.last_mut() {
                Some((last, range)) if *last == task => range.end = clause.end,
                _ => parts.push((task, clause)),
            }
        }
    }
    // What leads up to the first task that is told of belongs to it.
    if let [(lead, first), (Some(_), second), ..] = parts.as_mut_slice()
        && lead.is_none()
    {
        second.start = first.start;
        parts.remove(0);
    }
    parts
}

/// The tasks that words name, in the order in which they do: 不动产登记和工程审批分别是65%和90%.
pub fn in_order(words: &str, named: &[Named]) -> Vec<usize> {
    let known: Vec<HashSet<[char; 2]>> = named.iter().map(|task| pairs(&task.text)).collect();
    let said: Vec<char> = words.chars().collect();
    let mut order: Vec<usize> = Vec::new();
    for pair in said.windows(2) {
        let holds = |task: &usize| known[*task].contains(pair);
        let mut tasks = (0..named.len()).filter(holds);
        if let (Some(only), None) = (tasks.next(), tasks.next())
            && !order.contains(&only)
        {
            order.push(only);
        }
    }
    order
}

/// Marks the words before 这个事 or 这项工作 as the task's topic, where the task's own words hold most of them. Where one of
/// `several` tasks is told of by its name, the name alone stands for it: 电价：弄完了, 减证已全部完成.
pub fn point_out(plain: &str, title: &str, several: bool, tokens: &mut [Token]) {
    // 不动产那个搞完了
    for at in 1..tokens.len() {
        let points = ["那个", "这个"].contains(&&plain[tokens[at].range.clone()]);
        if points && matches!(tokens[at - 1].class, Class::Unknown | Class::Plain) {
            tokens[at].class = Class::It;
        }
    }
    // What stands later in a title may be a part of the task.
    let first = title.split(['。', '，', '；']).next().unwrap_or(title);
    let head = pairs(first);
    let title = pairs(title);
    let names =
        |token: &Token| matches!(token.class, Class::Unknown | Class::Plain | Class::Stage | Class::Thing | Class::Act);
    let pointing: Vec<usize> =
        (0..tokens.len()).filter(|at| matches!(tokens[*at].class, Class::It | Class::Task | Class::Colon)).collect();
    let opens = tokens.iter().position(|token| !names(token) && token.class != Class::Quote).filter(|_| several);
    let opens =
        opens.filter(|at| matches!(tokens[*at].class, Class::Blank | Class::Already | Class::All | Class::Colon));
    if let (Some(end), Some(first)) = (opens.filter(|end| *end > 0), tokens.first()) {
        let (shared, said) = overlap(&plain[first.range.start..tokens[end - 1].range.end], &head);
        if said > 0 && shared == said {
            tokens[..end].iter_mut().for_each(|token| token.class = Class::Topic);
        }
    }
    // 减税这块100%落实完毕
    let block = tokens.windows(2).position(|pair| {
        pair[0].class == Class::It
            && plain[pair[1].range.clone()].starts_with('块')
            && pair[1].range.len() == '块'.len_utf8()
    });
    if let Some(at) = block.filter(|at| *at > 0 && tokens[..*at].iter().all(names)) {
        let (shared, said) = overlap(&plain[tokens[0].range.start..tokens[at].range.start], &head);
        let clause = plain[tokens[at].range.start..].split(['，', '。', '；', '\n']).next().unwrap_or_default();
        if said > 0 && shared == said && clause.contains("100%") {
            tokens[..at + 2].iter_mut().for_each(|token| token.class = Class::Topic);
        }
    }
    // 减证专项行动已全部完成
    let subject = tokens.iter().position(|token| !names(token) && token.class != Class::Quote);
    let subject =
        subject.filter(|end| *end > 0 && matches!(tokens[*end].class, Class::Blank | Class::Already | Class::All));
    if let Some(end) = subject
        && !matches!(tokens[end - 1].class, Class::Thing | Class::Stage)
        && is_object(&plain[tokens[0].range.start..tokens[end - 1].range.end], first)
    {
        tokens[..end].iter_mut().for_each(|token| token.class = Class::Topic);
    }
    // 第十七项认证乱象治理已全部做完
    let numbered = tokens.first().is_some_and(|first| first.class == Class::It);
    let end = (1..tokens.len()).find(|at| !names(&tokens[*at])).filter(|end| numbered && *end > 1);
    if let Some(end) =
        end.filter(|end| matches!(tokens[*end].class, Class::Already | Class::All | Class::Courtesy | Class::Blank))
    {
        let (shared, said) = overlap(&plain[tokens[1].range.start..tokens[end].range.start], &head);
        if shared > 2 && shared * 10 >= said * 6 {
            tokens[1..end].iter_mut().for_each(|token| token.class = Class::Topic);
        }
    }
    // 第17项（治理认证乱象）已完成
    let bracket = tokens.iter().position(|token| token.class == Class::Open);
    let closing = |open: usize| (open..tokens.len()).find(|at| tokens[*at].class == Class::Close);
    if let Some((open, close)) = bracket.and_then(|open| Some((open, closing(open)?))) {
        let names = open + 1 < close && tokens[open + 1..close].iter().all(names);
        let (shared, said) = overlap(&plain[tokens[open].range.end..tokens[close].range.start], &head);
        if names && numbered && open == 1 && shared > 1 && shared * 10 >= said * 6 {
            tokens[open..=close].iter_mut().for_each(|token| token.class = Class::Topic);
        }
    }
    for at in pointing {
        let from = (0..at).rev().take_while(|before| names(&tokens[*before])).last().unwrap_or(at);
        let Some(first) = tokens.get(from).filter(|_| from < at) else { continue };
        let words = &plain[first.range.start..tokens[at].range.start];
        let (shared, said) = overlap(words, &title);
        // 自查整改工作 may be the task, 审批系统建设工作 is something that it makes.
        let things = tokens[from..at].iter().any(|token| token.class == Class::Thing);
        let is_topic = match tokens[at].class {
            Class::Colon => shared > 2 && shared * 10 >= said * 6,
            // 第6项自查任务
            Class::Task if numbered && from == 1 && !things && said > 0 && overlap(words, &head).0 == said => true,
            Class::Task => !things && shared > 2 && shared * 10 >= said * 7,
            _ => shared * 2 > said,
        };
        if is_topic {
            tokens[from..at].iter_mut().for_each(|token| token.class = Class::Topic);
        }
    }
}

/// Whether words are all that is to be done by the title's first words, which may be shortened in the middle: 减证专项行动 or
/// 减证行动 of 深入实施减证专项行动. 评价机制 of 实施营商环境评价机制 is a part.
fn is_object(words: &str, title: &str) -> bool {
    pattern!(
        VERBS,
        "^(?:深入|进一步|加快|加大|全面|继续|坚决|大力|积极|扎实|持续|稳步|着力|切实|推进|实施|落实|开展|推动|推行|抓好|做好|组织|完成|深化|提升|打造)+"
    );
    let bare = |text: &str| -> Vec<char> {
        text.chars().filter(|sign| *sign >= '\u{3400}' || sign.is_alphanumeric()).collect()
    };
    let title = bare(&simplify(title)).into_iter().collect::<String>();
    let object = bare(VERBS.replace(&title, "").as_ref());
    let said = bare(words);
    let (length, least) = (said.len(), 4);
    let mut left = object.iter();
    length >= least
        && object.len() >= least
        && said[..2] == object[..2]
        && said[length - 2..] == object[object.len() - 2..]
        && said.iter().all(|wanted| left.any(|found| found == wanted))
}

/// How many pairs of the words stand in a title too, and how many there are.
fn overlap(words: &str, title: &HashSet<[char; 2]>) -> (usize, usize) {
    let said = pairs(words);
    (said.intersection(title).count(), said.len())
}

fn pieces(plain: &str, within: Range<usize>, stops: &[char]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = within.start;
    for (at, stop) in plain[within.clone()].match_indices(stops) {
        let end = within.start + at + stop.len();
        pieces.push(from..end);
        from = end;
    }
    if from < within.end {
        pieces.push(from..within.end);
    }
    pieces
}

/// The neighbouring characters of words that name things; words that say how things stand name none.
fn pairs(text: &str) -> HashSet<[char; 2]> {
    let mut pairs = HashSet::new();
    let mut run: Vec<char> = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let word = lexicon::longest(&text[at..]).filter(|(length, class)| {
            *length > character.len_utf8() && !matches!(class, Class::Plain | Class::Stage | Class::Thing | Class::Act)
        });
        let length = word.map_or(character.len_utf8(), |(length, _)| length);
        match word.is_none() && character >= '\u{3400}' && !"的了和与等及各在是有为对".contains(character) {
            true => run.push(character),
            false => run.clear(),
        }
        if let [.., first, second] = run.as_slice() {
            pairs.insert([*first, *second]);
        }
        at += length;
    }
    pairs
}
