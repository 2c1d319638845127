//! What all that was told of one task comes to: one decision over all facts.

use crate::office::status::Status;
use crate::understanding::fact::{Fact, Reading, What};
use crate::understanding::share::{Of, Share};
use crate::understanding::text::Typed;
use crate::understanding::{Item, trouble};

/// What it comes to, and how sure that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    pub item: Item,
    /// What the words may mean, where that is to be asked.
    pub likely: Option<Status>,
}

/// Judges the facts of one task.
pub fn judge(typed: &Typed, reading: &Reading) -> Judgement {
    let facts = &reading.facts;
    let has = |wanted: fn(&What) -> bool| facts.iter().any(|fact| wanted(&fact.what));
    let wishes = has(|what| matches!(what, What::MoreTime(_)));
    // Why more time is wished for is no problem of its own.
    let problems: Vec<String> = facts
        .iter()
        .filter(|fact| matches!(fact.what, What::Problem(labelled) if labelled || !wishes))
        .map(|fact| trouble::text(&typed.words(&fact.range)))
        .filter(|problem| !problem.is_empty())
        .collect();
    let practices: Vec<String> =
        facts.iter().filter(|fact| fact.what == What::Practice).map(|fact| typed.words(&fact.range)).collect();
    let extend_to = facts.iter().rev().find_map(|fact| match fact.what {
        What::MoreTime(date) => date,
        _ => None,
    });
    let firmly = has(|what| *what == What::Whole { firm: true });
    // 一窗达到73%，年底前的目标已完成: what a date wants is told by the claim.
    let dated = has(|what| matches!(what, What::Milestone(_)));
    let share = share(facts, firmly || dated);
    let claimed = has(|what| matches!(what, What::Whole { .. }));
    let taken_back = is_taken_back(facts, share);
    let asked = has(|what| *what == What::Question(true));
    // Words that nobody understands beside a claim may take it back.
    let firm = facts.iter().rfind(|fact| fact.what == What::Whole { firm: true }).map_or(0, |fact| fact.range.end);
    let unexplained = |range: &std::ops::Range<usize>| range.start >= firm && typed.says_something(range);
    // A trouble beside a claim may be one of the time after.
    let partly = matches!(share, Some(Share::Vague | Share::Of(..=99)));
    let troubled = claimed
        && !partly
        && has(|what| *what == What::Problem(false))
        && facts.iter().all(|fact| fact.what == What::Problem(false) || !takes_back(&fact.what));
    // 培训100%完成 may be said of all.
    let of_all = |fact: &Fact| {
        fact.rule == "share_of_a_part"
            && facts.iter().any(|other| other.rule == "part_done" && other.range == fact.range)
    };
    let wholly = !taken_back && !partly && facts.iter().any(of_all);
    let doubtful = wholly || troubled || claimed && !taken_back && reading.unexplained.iter().any(unexplained);
    let milestone = facts.iter().rev().find_map(|fact| match fact.what {
        What::Milestone(due) => Some(due),
        _ => None,
    });
    let unchanged = has(|what| *what == What::Unchanged);
    let complains = has(|what| *what == What::Problem(false));
    // 还差机构脱钩没弄，协会不松口: what is left shows that something is done, unless it is the complaint itself.
    let complaint = |fact: &Fact| {
        let holds = |other: &Fact| other.range.start <= fact.range.start && fact.range.end <= other.range.end;
        facts.iter().any(|other| other.what == What::Problem(false) && holds(other))
    };
    // What is told after a complaint mostly goes on about it: 各县自行开发，重复投资，一家就花了260万元.
    let complained = facts.iter().find(|fact| fact.what == What::Problem(false)).map_or(0, |fact| fact.range.end);
    let begun = facts.iter().any(|fact| match fact.what {
        What::UnderWay | What::Part | What::Milestone(_) | What::Whole { .. } => true,
        What::Act { firm } => !complains || firm && fact.range.start < complained,
        What::Remains { some_done } => !complains || some_done && !complaint(fact),
        _ => false,
    }) || matches!(share, Some(Share::Vague) | Some(Share::Of(1..)));
    let still = unchanged && !begun && share.is_none() && !claimed;
    let status = match () {
        () if still => None,
        () if has(|what| *what == What::Stuck) => Some(Status::Blocked),
        () if has(|what| *what == What::Suspended) => Some(Status::Suspended),
        () if claimed && !taken_back && !doubtful && !asked => Some(Status::ClaimedDone),
        () if doubtful && !asked => None,
        () if has(|what| *what == What::NotBegun { whole: true }) && !matches!(share, Some(Share::Of(1..))) => {
            Some(Status::NotStarted)
        }
        () if has(|what| matches!(what, What::NotBegun { .. })) && !begun => Some(Status::NotStarted),
        () if share.is_some() || begun => Some(Status::InProgress),
        () if has(|what| matches!(what, What::Open { .. } | What::NotBegun { .. })) && !complains => {
            Some(Status::InProgress)
        }
        () if has(|what| *what == What::Effort) && !complains && !asked => Some(Status::InProgress),
        () if has(|what| *what == What::Planned) && !complains && !wishes && !asked => Some(Status::InProgress),
        () => None,
    };
    let percent = match (status, share) {
        (Some(Status::ClaimedDone), _) => Some(100),
        (Some(Status::NotStarted), _) => None,
        (_, Some(Share::Of(share))) => Some(share),
        _ => None,
    };
    // A wish alone tells nothing of how it stands; a share does, and a date that is claimed.
    let status = status
        .filter(|_| !wishes || percent.is_some() || dated)
        .map(|status| if wishes { Status::InProgress } else { status });
    let none_left =
        has(|what| *what == What::NoProblem(true)) && problems.is_empty() && (status.is_some() || percent.is_some());
    Judgement {
        likely: doubtful.then_some(Status::ClaimedDone),
        item: Item {
            status,
            percent: percent.filter(|_| status.is_some() || wishes),
            unchanged: unchanged && status.is_none(),
            milestone: milestone.filter(|_| status == Some(Status::InProgress)),
            milestone_status: milestone.filter(|_| status == Some(Status::InProgress)).map(|_| Status::ClaimedDone),
            problems_over: has(|what| *what == What::Solved) || none_left,
            problems,
            practices,
            more_time: wishes,
            extend_to,
            ..Item::default()
        },
    }
}

/// Whether something denies a completion or leaves something of it.
fn is_taken_back(facts: &[Fact], share: Option<Share>) -> bool {
    let partly = matches!(share, Some(Share::Vague | Share::Of(..=99)));
    // What was to come, or once was so, is overtaken by what is told as done now: 要求月底办结，现已办结. What is told firmly of
    // the task overtakes all that was told before.
    let last = facts.iter().rposition(|fact| matches!(fact.what, What::Whole { .. })).unwrap_or(0);
    let firm = facts.iter().rposition(|fact| fact.what == What::Whole { firm: true });
    let overtaken = |at: usize, fact: &Fact| {
        firm.is_some_and(|firm| at < firm)
            || at < last && matches!(fact.what, What::Planned | What::Open { passing: true })
    };
    partly
        || facts.iter().enumerate().filter(|(at, fact)| !overtaken(*at, fact)).any(|(_, fact)| takes_back(&fact.what))
}

/// Whether it denies a completion or leaves something of it.
fn takes_back(what: &What) -> bool {
    matches!(
        what,
        What::Open { .. }
            | What::Remains { .. }
            | What::UnderWay
            | What::Planned
            | What::NotBegun { .. }
            | What::Stuck
            | What::Problem(false)
            | What::Hearsay
            | What::NotOurs
            | What::MoreTime(_)
    )
}

/// The share of the whole. Beside a firm claim that of something else, 一窗74%, tells nothing of it; of several that differ,
/// only one that is plainly that of the whole counts.
fn share(facts: &[Fact], firmly: bool) -> Option<Share> {
    let told: Vec<(Share, Of)> = facts
        .iter()
        .filter_map(|fact| match fact.what {
            What::Share(share, of) => Some((share, of)),
            _ => None,
        })
        .filter(|(_, of)| !firmly || *of != Of::Something)
        .collect();
    let whole = told.iter().rev().find(|(share, of)| *of == Of::Whole && *share != Share::Vague);
    match (whole, told.as_slice()) {
        (Some((share, _)), _) => Some(*share),
        (None, []) => None,
        (None, [(first, _), others @ ..]) if others.iter().all(|(other, _)| other == first) => Some(*first),
        (None, _) => Some(Share::Vague),
    }
}
