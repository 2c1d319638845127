//! How far a task is, as one clause tells it where it stands: done, left, not begun, and how much.

use std::sync::LazyLock;

use super::clause::{Clause, Rule};
use super::context::{Around, Carried};
use super::fact::{AROUND, What};
use super::lexicon::Class;
use super::share::{Of, Share};
use super::{completion, doing, milestone, trouble};

rules! {
    WHOLE_UNBEGUN: "not_begun" = "^(courtesy|own|it|task|now|already|all|manner|link|topic|de|le|going|label_progress|noproblem)*unbegun(le|courtesy|task|act|begin|it|now)*$";
    pub EXPLICIT: "explicit_subject" = "(it|task|own|label_progress|signoff)";
}

// 上次报未完成, 本以为完不成
pattern!(WAS, r"^(?:上次|上回|上个?月|上周|之前|此前|原来|原先|本来|本以为|原以为|先前|前面|刚才)");
// 昨天还差一点，今天全部完成了
pattern!(YESTERDAY, r"^(?:昨[天日]|前[天日]|前几天|上午|早上|刚才|上周|上个?月)");

/// What a clause tells of completion, of what is left, or of what was not begun.
pub fn read(
    clause: &Clause<'_>,
    around: &Around<'_>,
    carried: &Carried,
    complaint: bool,
    share: Option<Share>,
) -> Option<(What, &'static str)> {
    let formerly = WAS.is_match(clause.text());
    let whole_share = share == Some(Share::Of(100)) && share_of_the_whole(clause);
    let told = completion::read(clause).filter(|(what, _)| {
        (!complaint || clause.has(Class::Done))
            && (!matches!(what, What::Remains { .. }) || !trouble::denies(clause))
            && !whole_share
    });
    if let Some((what, rule)) = told {
        // 6月底这个任务提前完成有难度
        return Some(match in_context(clause, around, carried, share, what, rule) {
            (What::Milestone(_), _) if complaint => (What::Open { passing: false }, "done_doubted"),
            told => told,
        });
    }
    // 就剩公积金没接
    let undone = clause.has(Class::Undone) && clause.has_any(&[Class::Left, Class::Count, Class::Approx]);
    if clause.has(Class::Left) && doing::is_away(clause.text()) {
        None
    } else if clause.has(Class::Left) && share.is_none() && !trouble::denies(clause) {
        Some(if formerly || YESTERDAY.is_match(clause.text()) {
            (What::Open { passing: true }, "formerly")
        } else {
            (What::Remains { some_done: true }, "something_left")
        })
    } else if (undone || clause.has(Class::Lag)) && !complaint {
        Some((What::Remains { some_done: false }, "some_undone"))
    } else if clause.is(&WHOLE_UNBEGUN) {
        // 认证结果互认，还没有启动
        Some((What::NotBegun { whole: !carried.part }, WHOLE_UNBEGUN.name))
    } else if clause.has(Class::Unbegun) && !complaint {
        Some((What::NotBegun { whole: false }, "part_not_begun"))
    } else {
        None
    }
}

/// What a completion comes to where it stands: after a name, a condition or somebody else's words.
fn in_context(
    clause: &Clause<'_>,
    around: &Around<'_>,
    carried: &Carried,
    share: Option<Share>,
    what: What,
    rule: &'static str,
) -> (What, &'static str) {
    let text = clause.text();
    let explicit = clause.is(&EXPLICIT) || clause.has(Class::All);
    let happened = clause.has_any(&[Class::Already, Class::All, Class::Le]);
    let due = milestone::of(clause, around.known, around.on).or(carried.due.filter(|_| !clause.has(Class::It)));
    let partly = share.is_some_and(|share| share != Share::Of(100)) || completion::is_of_something(clause);
    match (what, due) {
        // 9月前和年底前的都已完成: a report claims one date.
        (What::Part | What::Whole { .. } | What::Open { .. }, Some(_))
            if happened && milestone::names_several(text, around.on) =>
        {
            (What::Question(true), "several_dates_done")
        }
        (What::Part | What::Whole { .. }, Some(_)) if partly => (What::Part, "part_of_a_date"),
        (What::Open { .. }, Some(_)) if partly && happened => (What::Part, "part_of_a_date"),
        (What::Part | What::Whole { .. }, Some(due)) => (What::Milestone(due), "milestone_done"),
        (What::Open { .. }, Some(due)) if rule == "done_by_a_date" && (happened || milestone::points_at_it(text)) => {
            (What::Milestone(due), "milestone_done")
        }
        (What::Open { .. } | What::Remains { .. }, _) if WAS.is_match(text) => {
            (What::Open { passing: true }, "formerly")
        }
        (What::Whole { firm }, _) => {
            if completion::is_to_come(clause, around.on) {
                (What::Open { passing: true }, "done_by_a_date")
            } else if rule == completion::TICKED.name && around.among_others {
                (What::Civil, "ticked_among_others")
            } else if carried.conditional && !text.contains('已') {
                (What::Open { passing: false }, "done_conditional")
            } else if carried.hearsay {
                (What::Open { passing: false }, "done_by_hearsay")
            } else if carried.wished && completion::is_bare(clause) {
                (What::Open { passing: false }, "done_wished")
            } else if carried.part && !explicit {
                (What::Part, "part_before")
            } else if around.among_others && completion::is_bare(clause) && !clause.has(Class::Done) {
                (What::Part, "done_bare")
            } else if share.is_some_and(|share| share != Share::Of(100)) {
                (What::Part, "share_of_it")
            } else {
                (What::Whole { firm }, rule)
            }
        }
        (what, _) => (what, rule),
    }
}

/// Whether a clause tells of what was said or was so before.
pub fn is_formerly(text: &str) -> bool {
    YESTERDAY.is_match(text) || WAS.is_match(text)
}

/// What a share in a clause is told of.
pub fn of(clause: &Clause<'_>, whole: bool) -> Of {
    match names_something(clause) {
        _ if whole => Of::Whole,
        true => Of::Something,
        false => Of::Unsaid,
    }
}

/// Whether a clause names something beside the share: 一窗74%.
pub fn names_something(clause: &Clause<'_>) -> bool {
    clause.has_any(&[Class::Unknown, Class::Plain, Class::Thing, Class::Stage, Class::Act, Class::Place])
}

/// Whether 100% is said of the task, and not of its money or its equipment.
pub fn share_of_the_whole(clause: &Clause<'_>) -> bool {
    clause.tokens.iter().all(|token| {
        AROUND.contains(&token.class)
            || matches!(token.class, Class::Share | Class::Number | Class::Done | Class::Closed | Class::Colon)
            || ["项目", "工程"].contains(&clause.word(token))
    })
}
