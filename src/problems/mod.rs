//! 问题: something raised in a report that waits for the coordinators, until one of them answers it or the unit takes it
//! back.

pub mod rows;
pub mod rules;
pub mod sentences;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::office::ids::{DutyId, ProblemId};

/// A problem of a duty that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub id: ProblemId,
    /// In the words of the report that raised it.
    pub what: String,
    /// When that report was sent.
    pub raised_at: DateTime<Utc>,
}

impl Problem {
    pub fn key(&self) -> i64 {
        key(&self.what)
    }
}

/// What is wanted of problems. `key` is that of one which was open when the button was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The unit's own.
    Own,
    /// Asks a coordinator for the words of an answer.
    AskAnswer {
        duty: DutyId,
        key: i64,
    },
    Answer {
        duty: DutyId,
        problem: ProblemId,
        words: String,
    },
    /// Closes it without an answer.
    Close {
        duty: DutyId,
        key: i64,
    },
    /// The unit takes it back.
    Withdraw {
        duty: DutyId,
        key: i64,
    },
}

impl Wanted {
    pub fn duty(&self) -> Option<DutyId> {
        match self {
            Wanted::Own => None,
            Wanted::AskAnswer { duty, .. }
            | Wanted::Answer { duty, .. }
            | Wanted::Close { duty, .. }
            | Wanted::Withdraw { duty, .. } => Some(*duty),
        }
    }
}

/// How a person ends a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A coordinator's words went to the unit.
    Answered,
    /// A coordinator has nothing to say to it.
    Closed,
    /// The unit takes it back.
    Withdrawn,
}

impl Ending {
    pub const ALL: [Ending; 3] = [Ending::Answered, Ending::Closed, Ending::Withdrawn];

    pub fn key(self) -> &'static str {
        match self {
            Ending::Answered => "answered",
            Ending::Closed => "closed",
            Ending::Withdrawn => "withdrawn",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Ending::Answered => "已答复",
            Ending::Closed => "已关闭",
            Ending::Withdrawn => "已解决",
        }
    }

    pub fn from_key(key: &str) -> Option<Ending> {
        Ending::ALL.into_iter().find(|ending| ending.key() == key)
    }
}

/// What was said of a duty's problems, by reports that count and by those who end them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A report, by its number, names a problem: what is the same has the same [`sameness`].
    Named {
        same: String,
        report: i64,
    },
    /// A report says that none is left.
    NoneLeft,
    Ended {
        same: String,
        how: Ending,
    },
}

/// How a problem stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Raised by the report with this number.
    Open {
        report: i64,
    },
    Ended(Ending),
    /// A later report says that it is over.
    Over,
}

/// How the problems of a duty stand after all that was said, in that order. What no report names any more is not among
/// them, unless somebody has ended it. Named again while it is open, it is the same one; afterwards it is raised anew.
pub fn stand_after(words: &[Word]) -> BTreeMap<&str, Standing> {
    let mut problems: BTreeMap<&str, Standing> = BTreeMap::new();
    for word in words {
        match word {
            Word::Named { same, report } => match problems.get(same.as_str()) {
                Some(Standing::Open { .. }) => {}
                _ => {
                    problems.insert(same, Standing::Open { report: *report });
                }
            },
            Word::NoneLeft => {
                let open = problems.values_mut().filter(|standing| matches!(standing, Standing::Open { .. }));
                open.for_each(|standing| *standing = Standing::Over);
            }
            Word::Ended { same, how } => {
                problems.insert(same, Standing::Ended(*how));
            }
        }
    }
    problems
}

/// What two wordings of the same problem share: signs, blanks and 仍, 还 or 目前 make no difference.
pub fn sameness(what: &str) -> String {
    let bare = ["依然", "目前", "仍", "还"].iter().fold(what.to_owned(), |what, filler| what.replace(filler, ""));
    let told: String = bare.chars().filter(|character| character.is_alphanumeric()).collect();
    if told.is_empty() { what.to_owned() } else { told }
}

/// Stands for a problem of a duty in a button, before it has a number and afterwards.
pub fn key(what: &str) -> i64 {
    let digest = Sha256::digest(sameness(what));
    i64::from(u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_problem_is_the_same_in_other_signs() {
        assert_eq!(sameness("市县数据 仍未打通。"), sameness("市县数据未打通"));
        assert_eq!(key("市县数据，仍未打通"), key("市县数据未打通"));
        assert_ne!(key("经费未到位"), key("市县数据未打通"));
        assert_ne!(sameness("仍"), "");
    }

    #[test]
    fn how_problems_stand() {
        let named = |same: &str, report| Word::Named { same: same.to_owned(), report };
        let ended = |same: &str, how| Word::Ended { same: same.to_owned(), how };
        let open = |report| Some(Standing::Open { report });
        let cases: [(&[Word], _, _); 8] = [
            (&[], None, None),
            (&[named("甲", 1), named("乙", 2)], open(1), open(2)),
            (&[named("甲", 1), named("甲", 2)], open(1), None),
            (&[named("甲", 1), Word::NoneLeft, named("乙", 2)], Some(Standing::Over), open(2)),
            (&[Word::NoneLeft, named("甲", 1)], open(1), None),
            (&[named("甲", 1), ended("甲", Ending::Answered)], Some(Standing::Ended(Ending::Answered)), None),
            (&[named("甲", 1), ended("甲", Ending::Answered), named("甲", 2)], open(2), None),
            (
                &[named("甲", 1), ended("甲", Ending::Closed), Word::NoneLeft],
                Some(Standing::Ended(Ending::Closed)),
                None,
            ),
        ];
        for (words, one, other) in cases {
            let standing = stand_after(words);
            assert_eq!((standing.get("甲").copied(), standing.get("乙").copied()), (one, other), "{words:?}");
        }
    }
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A problem is answered, closed or taken back. `words` is the answer.
    End { duty: DutyId, problem: ProblemId, how: Ending, words: Option<String> },
}
