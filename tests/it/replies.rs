//! What contacts reply, labelled by hand: a part to work on (work.tsv), and a part that is only scored (scored.tsv), by
//! writers who saw nothing but the contract.

use duban::domain::words::{Item, understand_contact};

const WORK: &str = include_str!("replies/work.tsv");
const SCORED: &str = include_str!("replies/scored.tsv");

/// A reply with its label.
struct Reply {
    named: Vec<String>,
    words: String,
    intent: String,
    /// Task, status, percent and whether a problem was named; sorted.
    items: Vec<(String, String, String, bool)>,
}

fn replies(labels: &str) -> Vec<Reply> {
    let lines = labels.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('|').collect();
            let [named, words, intent, items] = fields.as_slice() else { panic!("not four fields: {line}") };
            let mut items: Vec<_> = items.split(';').filter(|item| !item.is_empty()).map(label).collect();
            items.sort();
            Reply {
                named: named.split(',').map(str::to_owned).collect(),
                words: words.replace("\\n", "\n"),
                intent: (*intent).to_owned(),
                items,
            }
        })
        .collect()
}

/// `5:in_progress:60!a problem=2019-09-30`, the last two where there are such.
fn label(item: &str) -> (String, String, String, bool) {
    let (item, _) = item.split_once('=').unwrap_or((item, ""));
    let (item, problem) = item.split_once('!').unwrap_or((item, ""));
    let mut parts = item.split(':').map(str::to_owned);
    let mut next = || parts.next().expect("three parts");
    (next(), next(), next(), !problem.is_empty())
}

fn understood(item: &Item) -> (String, String, String, bool) {
    let status = item.status.map_or("-", |status| status.key());
    let percent = item.percent.map_or("-".to_owned(), |percent| percent.to_string());
    (item.task.clone().unwrap_or("-".to_owned()), status.to_owned(), percent, !item.problems.is_empty())
}

/// How many of the replies are understood as labelled, and how many completions nobody claimed. With `shown` the others are
/// printed: not for the part that nobody works on.
fn score(name: &str, labels: &str, shown: bool) -> (f64, usize) {
    let on = "2019-06-27".parse().expect("a date");
    let replies = replies(labels);
    let (mut right, mut false_completions) = (0, 0);
    for reply in &replies {
        let understanding = understand_contact(&reply.words, &reply.named, on);
        let intent = serde_json::to_value(understanding.intent).expect("JSON");
        let mut items: Vec<_> = understanding.items.iter().map(understood).collect();
        items.sort();
        let claims = |items: &[(String, String, String, bool)]| {
            items.iter().filter(|(_, status, _, _)| status == "claimed_done").count()
        };
        false_completions += claims(&items).saturating_sub(claims(&reply.items));
        if intent == reply.intent.as_str() && items == reply.items {
            right += 1;
        } else if shown {
            println!("{name}: {:?}: {} {:?}, understood {intent} {items:?}", reply.words, reply.intent, reply.items);
        }
    }
    let share = f64::from(right) / replies.len() as f64;
    println!(
        "{name}: {right} of {} replies as labelled, {share:.3}; {false_completions} false completions",
        replies.len()
    );
    (share, false_completions)
}

#[test]
fn replies_are_understood() {
    let (work, false_at_work) = score("work", WORK, true);
    let (scored, false_scored) = score("scored", SCORED, false);
    assert_eq!(false_at_work + false_scored, 0, "nothing is claimed that was not said");
    assert!(work >= 0.97 && scored >= 0.97, "work {work:.3}, scored {scored:.3}");
}
