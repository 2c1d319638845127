//! The counting of messages: what the outbox should have sent against what the API accepted.

use std::collections::BTreeMap;

use super::api::Accepted;
use super::held::{Held, Posted};

/// What stands before a message that may have been delivered before.
const DOUBT_MARK: &str = "（可能重复）";

/// What became of the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliveries {
    pub messages: u64,
    /// Given up with an entry in the ledger and a word to the coordinators.
    pub reported_failed: u64,
    /// Neither accepted nor reported as failed, whatever the outbox says.
    pub lost: u64,
    /// Accepted beyond the first time.
    pub copies: u64,
    /// Copies without the mark.
    pub unmarked: u64,
    /// How often the message that was accepted most often was.
    pub most_of_one: u64,
    /// Accepted although the outbox has no such message.
    pub strange: u64,
}

/// The messages of the outbox with the same words, and of each that came whether it was marked.
type Alike<'a> = (Vec<&'a Posted>, Vec<bool>);

/// Messages with the same words in the same chat cannot be told apart, so they are counted together: of two with the same
/// words two copies are none too many.
pub fn count(held: &Held, accepted: &[Accepted], coordinators: i64) -> Deliveries {
    let mut deliveries = Deliveries { messages: held.posted.len() as u64, ..Deliveries::default() };
    let mut by_words: BTreeMap<(i64, &str), Alike> = BTreeMap::new();
    for posted in &held.posted {
        by_words.entry((posted.chat, posted.html.as_str())).or_default().0.push(posted);
    }
    for said in accepted {
        let words = said.text.strip_prefix(DOUBT_MARK);
        let marked = words.is_some();
        by_words.entry((said.chat, words.unwrap_or(&said.text))).or_default().1.push(marked);
    }
    let told = |posted: &Posted| {
        let about = |said: &&Accepted| said.chat == coordinators && said.text.contains(&posted.title);
        posted.chat == coordinators || accepted.iter().any(|said| about(&said))
    };
    for (posted, copies) in by_words.values() {
        let (wanted, came) = (posted.len() as u64, copies.len() as u64);
        if wanted == 0 {
            deliveries.strange += came;
            continue;
        }
        let is_reported =
            |posted: &&&Posted| posted.state == "failed" && held.given_up.contains(&posted.id) && told(posted);
        let reported = posted.iter().filter(is_reported).count() as u64;
        deliveries.reported_failed += reported;
        deliveries.lost += wanted.saturating_sub(came).saturating_sub(reported);
        deliveries.copies += came.saturating_sub(wanted);
        let unmarked = copies.iter().filter(|marked| !**marked).count() as u64;
        deliveries.unmarked += unmarked.saturating_sub(wanted);
        deliveries.most_of_one = deliveries.most_of_one.max(came.div_ceil(wanted));
    }
    deliveries
}

/// Each thing that is counted is noticed when it happens.
pub fn self_test() {
    let posted = |id: i64, state: &str| Posted {
        id,
        chat: -1,
        title: "群".to_owned(),
        html: format!("words {id}"),
        answers: None,
        state: state.to_owned(),
    };
    let said = |chat: i64, text: &str| Accepted {
        chat,
        text: text.to_owned(),
        message_id: 1,
        answers: None,
        buttons: Vec::new(),
    };
    let of = |posted: Vec<Posted>, given_up: &[i64], accepted: &[Accepted]| {
        let held = Held { posted, given_up: given_up.iter().copied().collect(), ..Held::default() };
        count(&held, accepted, -9)
    };
    let once = said(-1, "words 1");
    let again = said(-1, "（可能重复）words 1");
    let good = of(vec![posted(1, "sent")], &[], std::slice::from_ref(&once));
    assert_eq!(good, Deliveries { messages: 1, most_of_one: 1, ..Deliveries::default() });
    assert_eq!(of(vec![posted(1, "sent")], &[], &[]).lost, 1, "what is only said to be sent is lost");
    assert_eq!(of(vec![posted(1, "sent")], &[], &[said(-2, "words 1")]).lost, 1, "another chat does not count");
    assert_eq!(of(vec![posted(1, "failed")], &[], &[]).lost, 1, "a failure without a word of it is a loss");
    assert_eq!(of(vec![posted(1, "failed")], &[1], &[]).lost, 1, "so is one of which only the ledger knows");
    let reported = of(vec![posted(1, "failed")], &[1], &[said(-9, "不能在“群”发送")]);
    assert_eq!((reported.lost, reported.reported_failed, reported.strange), (0, 1, 1));
    assert_eq!(of(vec![posted(1, "expired")], &[], &[]).lost, 1);
    let marked = of(vec![posted(1, "sent")], &[], &[once.clone(), again.clone()]);
    assert_eq!((marked.copies, marked.unmarked, marked.most_of_one), (1, 0, 2));
    let silent = of(vec![posted(1, "sent")], &[], &[once.clone(), once.clone(), again]);
    assert_eq!((silent.copies, silent.unmarked, silent.most_of_one), (2, 1, 3));
    assert_eq!(of(vec![], &[], &[once]).strange, 1);
}
