//! The score beside the rules: its weights are those that the labelled replies give, and it claims nothing.

use duban::understanding::{Understanding, by_rules, score, weighed};

#[path = "../../examples/score/labels.rs"]
mod labels;
#[path = "../../examples/score/learning.rs"]
mod learning;

#[test]
fn the_weights_are_what_the_labelled_replies_give() {
    let kept = include_str!("../../src/understanding/score.txt");
    let learnt = learning::learnt_file(&labels::all());
    let differs = kept.lines().zip(learnt.lines()).find(|(kept, learnt)| kept != learnt);
    assert!(kept == learnt, "make it anew: cargo run --release --example score; {differs:?}");
    assert!(kept.len() <= 300_000, "{} bytes are too many", kept.len());
}

fn claims(read: &Understanding) -> Vec<Option<&str>> {
    let claimed = |status| status == Some("claimed_done");
    let claims = read.items.iter().filter(|item| claimed(item.status.map(|status| status.key())));
    claims.map(|item| item.task.as_deref()).collect()
}

#[test]
fn the_score_claims_nothing_and_makes_no_round_worse() {
    let (mut before, mut after) = ([0; labels::ROUNDS + 1], [0; labels::ROUNDS + 1]);
    for labelled in labels::all() {
        let rules = by_rules(&labelled.text, &labelled.named, labelled.on);
        let scored = weighed(score::learnt(), &labelled.text, &labelled.named, labelled.on);
        let new = claims(&scored).into_iter().find(|claim| !claims(&rules).contains(claim));
        assert_eq!(new, None, "{}", labelled.text);
        before[labelled.round] += usize::from(labelled.is_right(&rules));
        after[labelled.round] += usize::from(labelled.is_right(&scored));
    }
    let worse = (0..=labels::ROUNDS).filter(|round| after[*round] + 1 < before[*round]);
    assert_eq!(worse.collect::<Vec<_>>(), Vec::<usize>::new(), "by the rules {before:?}, with the score {after:?}");
}
