//! The second opinion on a contact's words: where the rules stand on little, how the words mostly sound (`score`) counts too.
//!
//! It never claims a completion. Where words sound like one that the rules do not see, they are asked about. A share, a date, a
//! claim, an obstacle and a wish for more time that the rules found stand, whatever the score says.

use crate::office::status::Status;
use crate::understanding::item::{Aside, Intent, Item, Named, Understanding};
use crate::understanding::score::{Leaning, Score, Sense, clauses};
use crate::understanding::told::own_words;
use crate::understanding::trouble;

/// By how many weights one sense must be ahead of the next.
const CLEAR: i64 = 5;
/// The same where words may be a completion that the rules do not see, or progress where they see nothing.
const FIRM: i64 = 10;
/// The same where a problem alone may be told beside progress.
const SURE: i64 = 16;
/// Of a completion in fewer characters the rules know best: 可以全部完成.
const LONG: usize = 14;
/// Fewer characters of which the rules know nothing are too few to tell by: 嗯这个嘛.
const FEW: usize = 8;
/// A clause that sounds so much like a problem is one, where the rules found none.
const TROUBLE: i64 = -3;
/// And so much where the task is stuck: why is mostly said beside it.
const TROUBLE_OF_STUCK: i64 = -12;
/// One that sounds so little like it is none, where the rules took it for one.
const NO_TROUBLE: i64 = -21;

// 存在问题：…
pattern!(HEADED, "(?:问题|困难|难处|难点|堵点|原因|诉求|建议|请求|协调)[^，。；]{0,6}：");
// 请协调市州报送清单
pattern!(PLEADS, "(?:请|请求|恳请|需要?|建议|希望|盼)(?:省里?|贵办|上级|您|领导|帮忙|予以?)*(?:协调|支持|解决|明确)");

// 没有困难, 自己能解决, 问题都解决了
pattern!(
    UNTROUBLED,
    "(?:没有?|无|不存在|不需?要?|不用|未)(?:什么|啥|任何|需要?|提出|遇到|要?省里)*(?:问题|困难|难处|协调|障碍)|(?:问题|困难)[^，。；]{0,2}(?:没有|无|不大|解决|消除)|(?:问题|困难)[^，。；]{0,12}(?:已经?|都|均)解决|自行|自己能|解决了$"
);

// 不作为问题报
pattern!(NONE_TO_REPORT, "不(?:作为|算|当|列为|成|构成)[^，。；]{0,2}(?:问题|困难)");

/// The words that were taken otherwise than by the rules, and for what; `None` for a problem beside how the task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub words: String,
    pub sense: Option<Sense>,
}

/// What was understood with the second opinion, and what that changed.
pub fn second(score: &Score, text: &str, named: &[Named], read: Understanding) -> (Understanding, Vec<Changed>) {
    let Some(typed) = own_words(text) else { return (read, Vec::new()) };
    let plain = typed.plain.as_str();
    let changed = |sense| vec![Changed { words: plain.to_owned(), sense: Some(sense) }];
    if let [] | [_] = read.items.as_slice()
        && let Some(leaning) = score.leaning(plain).filter(is_clear)
        && (!read.items.is_empty() || plain.chars().count() >= FEW)
    {
        if let Some(other) = of_all(&read, plain, named, &leaning) {
            return (other, changed(leaning.sense));
        }
        if let ([], Some(item)) = (read.items.as_slice(), of_the_one(&read, plain, named, leaning.sense)) {
            let report = Understanding { items: vec![item], ..Understanding::only(Intent::Report) };
            return (report, changed(leaning.sense));
        }
        if asks_of_progress(&read, &leaning) {
            return (Understanding { likely: Some(Status::InProgress), ..read }, changed(leaning.sense));
        }
    }
    of_each(score, read, plain)
}

fn is_clear(leaning: &Leaning) -> bool {
    leaning.lead >= CLEAR
}

/// Whether the rules know no more than that something goes on, or not even that.
fn is_weak(item: &Item) -> bool {
    matches!(item.status, Some(Status::InProgress) | None)
        && item.percent.is_none()
        && item.milestone.is_none()
        && !item.unchanged
        && !item.more_time
        && !item.problems_over
        && item.practices.is_empty()
        && (item.status.is_some() || item.problems.is_empty())
}

/// What the whole message is, where it is no report, or a claim that is to be asked about.
fn of_all(read: &Understanding, plain: &str, named: &[Named], leaning: &Leaning) -> Option<Understanding> {
    let sense = leaning.sense;
    let item = read.items.first();
    let weak = match item {
        Some(item) => read.intent == Intent::Report && is_weak(item),
        None => read.intent == Intent::Unclear,
    };
    let intent = match sense {
        Sense::ClaimedDone | Sense::Unclear => Intent::Unclear,
        Sense::Read => Intent::Read,
        Sense::Transfer => Intent::Transfer,
        Sense::Defer => Intent::Defer,
        Sense::Withdraw => Intent::Withdraw,
        Sense::Query => Intent::Query,
        Sense::Chatter => Intent::Chatter,
        _ => return None,
    };
    // What the rules ask about may be a question that nobody can answer.
    let vain = intent == Intent::Query && item.is_none();
    let faint = sense == Sense::ClaimedDone && (leaning.lead < FIRM || plain.chars().count() < LONG);
    if !weak || vain || faint || intent == read.intent && sense != Sense::ClaimedDone {
        return None;
    }
    let aside = match intent {
        Intent::Transfer => Some(Aside::Transfer),
        Intent::Defer => Some(Aside::Defer),
        _ => None,
    };
    let one = || named.first().filter(|_| named.len() == 1).map(|task| task.number.clone());
    let task = item.and_then(|item| item.task.clone()).or_else(one);
    let aside = aside.map(|aside| Item { task, words: plain.to_owned(), aside: Some(aside), ..Item::default() });
    let likely = (sense == Sense::ClaimedDone).then_some(Status::ClaimedDone);
    Some(Understanding { aside: aside.into_iter().collect(), likely, ..Understanding::only(intent) })
}

/// What was said of the one task that was named, where the rules understood nothing.
fn of_the_one(read: &Understanding, plain: &str, named: &[Named], sense: Sense) -> Option<Item> {
    let [task] = named else { return None };
    // What may be a completion is asked about.
    if read.intent != Intent::Unclear || read.likely.is_some() {
        return None;
    }
    let empty = Item { task: Some(task.number.clone()), words: plain.to_owned(), ..Item::default() };
    taken_for(&empty, sense)
}

/// Whether words that nobody understands sound like progress: they are asked about with that first, and record none.
fn asks_of_progress(read: &Understanding, leaning: &Leaning) -> bool {
    read.intent == Intent::Unclear
        && read.likely.is_none()
        && leaning.sense == Sense::InProgress
        && leaning.lead >= FIRM
}

/// The same item with what the score says of it, where that is told without a share or a date.
fn taken_for(item: &Item, sense: Sense) -> Option<Item> {
    let item = item.clone();
    match sense {
        Sense::Unchanged => Some(Item { status: None, percent: None, unchanged: true, ..item }),
        Sense::Problem if item.problems.is_empty() => Some(Item { problems: vec![item.words.clone()], ..item }),
        _ => None,
    }
}

/// Weighs the words of each task.
fn of_each(score: &Score, read: Understanding, plain: &str) -> (Understanding, Vec<Changed>) {
    let alone = read.items.len() == 1;
    let mut changes = Vec::new();
    let (mut items, mut aside) = (Vec::new(), read.aside.clone());
    let mut claims = false;
    for item in &read.items {
        let words = if alone { plain } else { item.words.as_str() };
        // A few words that the rules do not understand are asked about, as where they are the whole message.
        let vague = item.is_empty() && words.chars().count() < FEW;
        let told = item.task.is_some() && !vague && words.chars().filter(is_word).count() > 1;
        let leaning = score.leaning(words).filter(|_| told);
        let Some(leaning) = leaning else {
            items.push(item.clone());
            continue;
        };
        let weighed = of_one(score, item, words, &leaning, alone);
        claims |= matches!(weighed, Weighed::Asked);
        let kept = match weighed {
            Weighed::Kept => None,
            Weighed::Taken(taken) => Some(taken),
            Weighed::Asked => Some(Item { aside: None, ..left(item) }),
            Weighed::Left(why) => {
                aside.extend(why.map(|why| Item { aside: Some(why), ..left(item) }));
                changes.push(Changed { words: words.to_owned(), sense: Some(leaning.sense) });
                continue;
            }
        };
        if kept.is_some() {
            changes.push(Changed { words: words.to_owned(), sense: Some(leaning.sense) });
        }
        let mut kept = kept.unwrap_or_else(|| item.clone());
        if let Some(complaint) = complaint(score, &kept, words) {
            changes.push(Changed { words: complaint.clone(), sense: None });
            kept.problems.push(complaint);
        }
        items.push(kept);
    }
    if changes.is_empty() {
        return (read, changes);
    }
    let understanding = if items.iter().any(Item::reports) {
        Understanding { items, aside, ..read }
    } else {
        let likely = claims.then_some(Status::ClaimedDone);
        Understanding { unclear: items, likely, aside, ..Understanding::only(Intent::Unclear) }
    };
    (understanding, changes)
}

fn is_word(character: &char) -> bool {
    *character >= '\u{3400}'
}

/// The task and the words of an item, and nothing of how it stands.
fn left(item: &Item) -> Item {
    Item { task: item.task.clone(), plan: item.plan.clone(), words: item.words.clone(), ..Item::default() }
}

/// What the score makes of an item.
enum Weighed {
    Kept,
    Taken(Item),
    /// It may be a completion.
    Asked,
    /// It tells nothing of how the task stands.
    Left(Option<Aside>),
}

fn of_one(score: &Score, item: &Item, words: &str, leaning: &Leaning, alone: bool) -> Weighed {
    let headed = HEADED.is_match(words);
    let stands = item.status.is_some() || item.unchanged || item.extend_to.is_some();
    // Who says why something is not done tells a problem.
    pattern!(CAUSED, "因为|由于|[难卡堵]在|口径不一|有难度|没配齐|不配合|谈不拢|谈得不顺");
    let sounds =
        |problem: &String| clauses(problem).into_iter().any(|clause| score.trouble(&problem[clause]) > NO_TROUBLE);
    let denied = stands
        && item.status != Some(Status::Blocked)
        && !item.problems.is_empty()
        && !item.problems.iter().any(sounds)
        && !headed
        && !PLEADS.is_match(words)
        && !CAUSED.is_match(words);
    let said = Item { problems: if denied { Vec::new() } else { item.problems.clone() }, ..item.clone() };
    let weak = is_weak(&said);
    let begins = said.status == Some(Status::NotStarted) && said.percent.is_none();
    let lacks = said.status.is_none() && !said.problems.is_empty() && !said.unchanged && !said.more_time && !headed;
    let taken = match leaning.sense {
        _ if !is_clear(leaning) => None,
        Sense::ClaimedDone if weak && !alone && leaning.lead >= FIRM => return Weighed::Asked,
        Sense::Transfer if weak && !alone => return Weighed::Left(Some(Aside::Transfer)),
        Sense::Defer if weak && !alone => return Weighed::Left(Some(Aside::Defer)),
        Sense::Read | Sense::Query | Sense::Chatter if weak && !alone => return Weighed::Left(None),
        Sense::InProgress if lacks && leaning.lead >= SURE => {
            Some(Item { status: Some(Status::InProgress), ..said.clone() })
        }
        Sense::Unchanged if weak || begins => taken_for(&said, leaning.sense),
        Sense::Problem if !said.reports() => taken_for(&said, leaning.sense),
        _ => None,
    };
    match taken {
        Some(taken) => Weighed::Taken(taken),
        None if denied => Weighed::Taken(said),
        None => Weighed::Kept,
    }
}

/// What is wrong beside how a task stands, where the rules found nothing: the clause that sounds most like it, with those around
/// it that do too.
fn complaint(score: &Score, item: &Item, words: &str) -> Option<String> {
    let goes_on = matches!(item.status, Some(Status::InProgress | Status::Blocked | Status::NotStarted));
    if !goes_on || !item.problems.is_empty() || item.problems_over || item.more_time || NONE_TO_REPORT.is_match(words) {
        return None;
    }
    let clauses = clauses(words);
    let trouble: Vec<i64> = clauses
        .iter()
        .map(|clause| &words[clause.clone()])
        .map(|clause| if UNTROUBLED.is_match(clause) { i64::MIN } else { score.trouble(clause) })
        .collect();
    let worst = (0..clauses.len()).max_by_key(|at| (trouble[*at], std::cmp::Reverse(*at)))?;
    let least = if item.status == Some(Status::Blocked) { TROUBLE_OF_STUCK } else { TROUBLE };
    let sounds = |at: &usize| trouble[*at] >= least;
    let first = (0..=worst).rev().take_while(sounds).last()?;
    let last = (worst..clauses.len()).take_while(sounds).last()?;
    Some(trouble::text(&words[clauses[first].start..clauses[last].end]))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::understanding::{Named, explain, score, understand_contact};

    fn read(text: &str, tasks: &[&str]) -> Understanding {
        let numbers: Vec<String> = tasks.iter().map(|task| (*task).to_owned()).collect();
        let on = NaiveDate::from_ymd_opt(2019, 6, 27).unwrap();
        understand_contact(text, &Named::by_numbers(&numbers), on)
    }

    /// Words that no label holds.
    #[test]
    fn what_the_rules_do_not_know_is_weighed() {
        for (text, intent) in [("辛苦各位，天这么冷，多穿点", Intent::Chatter), ("一点动静都没有咧", Intent::Report)]
        {
            assert_eq!(read(text, &["5"]).intent, intent, "{text}");
        }
        assert!(read("一点动静都没有咧", &["5"]).items[0].unchanged);
    }

    #[test]
    fn the_score_claims_nothing() {
        let learnt = score::learnt();
        let text = "该项任务现已圆满收官，全部工作都做完了，请予销号。";
        assert_eq!(learnt.leaning(text).map(|leaning| leaning.sense), Some(Sense::ClaimedDone));
        let item =
            Item { task: Some("5".into()), status: Some(Status::InProgress), words: text.into(), ..Item::default() };
        let rules = Understanding { items: vec![item], ..Understanding::only(Intent::Report) };
        let (understood, changed) = second(learnt, text, &Named::by_numbers(&["5".into()]), rules);
        assert_eq!((understood.intent, understood.items.len()), (Intent::Unclear, 0));
        assert_eq!(understood.likely, Some(Status::ClaimedDone));
        assert_eq!(changed.len(), 1);
    }

    /// What only sounds like progress records none.
    #[test]
    fn words_that_say_nothing_are_asked_about() {
        assert_eq!(read("嗯这个嘛", &["5"]).intent, Intent::Unclear);
        let understood = read("快了快了快了，真的快了", &["5"]);
        assert_eq!((understood.intent, understood.items.len()), (Intent::Unclear, 0));
        assert_eq!(understood.likely, Some(Status::InProgress));
    }

    /// A share that the rules found stands.
    #[test]
    fn what_the_rules_know_stands() {
        let text = "谢谢各位领导，大家端午节快乐";
        let item =
            Item { task: Some("5".into()), status: Some(Status::InProgress), percent: Some(60), ..Item::default() };
        let rules = Understanding { items: vec![item], ..Understanding::only(Intent::Report) };
        let (understood, changed) = second(score::learnt(), text, &[], rules.clone());
        assert_eq!((understood, changed), (rules, vec![]));
    }

    #[test]
    fn it_says_what_it_went_by() {
        let on = NaiveDate::from_ymd_opt(2019, 6, 27).unwrap();
        let text = "一点动静都没有咧";
        let why = explain(text, &Named::by_numbers(&["5".into()]), on);
        let by_score: Vec<_> = why.facts.iter().filter(|fact| fact.rule == "score").collect();
        assert!(by_score.iter().all(|fact| fact.what == "unchanged") && !by_score.is_empty(), "{why:?}");
    }
}
