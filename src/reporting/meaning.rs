//! What a button makes of words that were not understood.

use crate::office::status::Status;
use crate::understanding::Item;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Progress,
    Claim,
    Blocked,
    /// Worth keeping with the task, though it says nothing of how that stands.
    Remark,
    /// No report at all.
    Nothing,
}

impl Meaning {
    pub const ALL: [Meaning; 5] =
        [Meaning::Progress, Meaning::Claim, Meaning::Blocked, Meaning::Remark, Meaning::Nothing];

    /// In the order in which they are offered: what is likeliest comes first.
    pub fn offered(likely: Option<Status>) -> [Meaning; 5] {
        let mut offered = Meaning::ALL;
        offered.sort_by_key(|meaning| likely.is_none() || meaning.item().status != likely);
        offered
    }

    pub fn label(self) -> &'static str {
        match self {
            Meaning::Progress => Status::InProgress.label(),
            Meaning::Claim => Status::ClaimedDone.label(),
            Meaning::Blocked => Status::Blocked.label(),
            Meaning::Remark => "仅作说明",
            Meaning::Nothing => "不登记",
        }
    }

    /// The word for it in a button's data.
    pub fn key(self) -> &'static str {
        match self {
            Meaning::Progress => "progress",
            Meaning::Claim => "claim",
            Meaning::Blocked => "blocked",
            Meaning::Remark => "remark",
            Meaning::Nothing => "nothing",
        }
    }

    pub fn of_key(key: &str) -> Option<Meaning> {
        Meaning::ALL.into_iter().find(|meaning| meaning.key() == key)
    }

    /// Who types a button's words instead of pressing it.
    pub fn of_label(text: &str) -> Option<Meaning> {
        let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
        Meaning::ALL.into_iter().find(|meaning| meaning.label() == bare)
    }

    /// What it says of a task.
    pub fn item(self) -> Item {
        let (status, percent) = match self {
            Meaning::Progress => (Some(Status::InProgress), None),
            Meaning::Claim => (Some(Status::ClaimedDone), Some(100)),
            Meaning::Blocked => (Some(Status::Blocked), None),
            Meaning::Remark | Meaning::Nothing => (None, None),
        };
        Item { status, percent, ..Item::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::status::Status;

    #[test]
    fn a_meaning_is_known_by_its_key_and_its_label() {
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::of_key(meaning.key()), Some(meaning));
            assert_eq!(Meaning::of_label(&format!("“{}”。", meaning.label())), Some(meaning));
        }
        assert_eq!(Meaning::of_label("还在推进中"), None);
    }

    #[test]
    fn the_likeliest_meaning_is_offered_first() {
        use Meaning::{Blocked, Claim, Nothing, Progress, Remark};
        assert_eq!(Meaning::offered(Some(Status::ClaimedDone)), [Claim, Progress, Blocked, Remark, Nothing]);
        assert_eq!(Meaning::offered(Some(Status::Blocked)), [Blocked, Progress, Claim, Remark, Nothing]);
        for other in [None, Some(Status::InProgress), Some(Status::Suspended)] {
            assert_eq!(Meaning::offered(other), Meaning::ALL);
        }
    }
}
