//! The score beside the rules: its weights are those that the labelled replies give, and it claims nothing.

use duban::understanding::{Understanding, by_rules, score, weighed};

#[path = "../../examples/score/labels.rs"]
mod labels;
#[path = "../../examples/score/learning.rs"]
mod learning;

fn is_made_anew(name: &str, kept: &str, learnt: &str) {
    let differs = kept.lines().zip(learnt.lines()).find(|(kept, learnt)| kept != learnt);
    assert!(kept == learnt, "{name}: make it anew: cargo run --release --example score; {differs:?}");
    assert!(kept.len() <= 300_000, "{name}: {} bytes are too many", kept.len());
}

#[test]
fn the_weights_are_what_the_labelled_replies_give() {
    let all = labels::all();
    is_made_anew("score.txt", include_str!("../../src/understanding/score.txt"), &learning::senses_file(&all));
    is_made_anew("trouble.txt", include_str!("../../src/understanding/trouble.txt"), &learning::trouble_file(&all));
}

fn claims(read: &Understanding) -> Vec<Option<&str>> {
    let claimed = |status| status == Some("claimed_done");
    let claims = read.items.iter().filter(|item| claimed(item.status.map(|status| status.key())));
    claims.map(|item| item.task.as_deref()).collect()
}

#[test]
fn the_score_claims_nothing_and_makes_no_round_worse() {
    let all = labels::all();
    let rounds = all.iter().map(|labelled| labelled.round).max().unwrap_or_default() + 1;
    let (mut before, mut after) = (vec![0; rounds], vec![0; rounds]);
    for labelled in all {
        let rules = by_rules(&labelled.text, &labelled.named, labelled.on);
        let scored = weighed(score::learnt(), &labelled.text, &labelled.named, labelled.on);
        let new = claims(&scored).into_iter().find(|claim| !claims(&rules).contains(claim));
        assert_eq!(new, None, "{}", labelled.text);
        before[labelled.round] += usize::from(labelled.is_right(&rules));
        after[labelled.round] += usize::from(labelled.is_right(&scored));
    }
    let worse = (0..rounds).filter(|round| after[*round] + 1 < before[*round]);
    assert_eq!(worse.collect::<Vec<_>>(), Vec::<usize>::new(), "by the rules {before:?}, with the score {after:?}");
}
