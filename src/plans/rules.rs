//! Coordinators list plans, name them and end them.

use crate::chat::refusals;
use crate::chat::text;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::ids::PlanId;
use crate::office::plan_names::LONGEST_NAME;
use crate::plans::sentences::which_plan;
use crate::plans::{KnownPlan, PlanRow, Wanted, chosen, sentences};
use crate::{assigning, plans};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    let (here, rules) = (case.place.is_for_coordinators(), case.place.speaker_is_coordinator());
    match wanted {
        Wanted::End { .. } if !rules => Decision::toast("may not end a plan", refusals::ONLY_COORDINATORS),
        Wanted::End { plan } => end(case, *plan),
        _ if !here => case.answer("a question across units", refusals::ask_privately()),
        Wanted::Name { .. } | Wanted::AskEnd { .. } if !rules => {
            case.answer("may not change a plan", Words::plain(refusals::ONLY_COORDINATORS))
        }
        Wanted::List => {
            let words = sentences::listed(&case.facts.plans.all, &case.facts.plans.open);
            Decision::answer("the plans are listed", case.answers, words)
        }
        Wanted::Name { plan, name } => match chosen(plan, &case.facts.plans.open) {
            Ok(plan) => named(case, plan, name),
            Err(why) => {
                let plans = why.among(&case.facts.plans.open);
                case.answer("which plan", which_plan(&plans, "/plans 1 简称 营商环境"))
            }
        },
        Wanted::AskEnd { plan } => match chosen(plan, &case.facts.plans.open) {
            Ok(plan) if plan.name == assigning::PLAN => case.answer("a plan without an end", sentences::has_no_end()),
            Ok(plan) => {
                let open = row(case, plan.id).map_or(0, |row| row.open);
                case.answer("asks whether a plan shall end", sentences::ask_end(plan, open))
            }
            Err(why) => {
                let plans = why.among(&case.facts.plans.open);
                case.answer("which plan", which_plan(&plans, "/plans 1 结束"))
            }
        },
    }
}

fn row<'a>(case: &Case<'a>, plan: PlanId) -> Option<&'a PlanRow> {
    case.facts.plans.all.iter().find(|row| row.id == plan.0)
}

fn named(case: &Case<'_>, plan: &KnownPlan, name: &str) -> Decision {
    let fault =
        fault_in_name(name).or_else(|| taken_or_fixed(name, plan.id.0, &case.facts.plans.all, &case.facts.plans.open));
    if let Some(fault) = fault {
        return case.answer("a name that cannot be", Words::plain(format!("{}，未作更改。", text::escape(&fault))));
    }
    let by = case.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    let words = sentences::named(plan, name, by);
    told(case, "a plan is named", Change::Plans(plans::Change::Name { plan: plan.id, name: name.to_owned() }), words)
}

fn end(case: &Case<'_>, plan: PlanId) -> Decision {
    let Some(found) = case.facts.plans.open.iter().find(|open| open.id == plan) else {
        return Decision::toast("the plan has ended", refusals::ALREADY_ANSWERED);
    };
    let by = case.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    let words = sentences::ended(found, by);
    let subject = text::escape(&found.name);
    told(case, "a plan is ended", Change::Plans(plans::Change::End(plan)), words)
        .with(used::used(case, vec![button::plan::end(plan)], subject, "结束方案"))
        .with_toast(sentences::ENDED)
}

/// All coordinators are told.
fn told(case: &Case<'_>, reason: &'static str, change: Change, words: Words) -> Decision {
    let decision = Decision::nothing(reason).with(change).and_say(To::Coordinators, None, [words.clone()]);
    if case.place.is_for_coordinators() && !case.place.chat.coordinators {
        decision.and_say(To::Here, None, [words])
    } else {
        decision
    }
}

/// What is wrong with a short name.
pub fn fault_in_name(name: &str) -> Option<String> {
    let odd = |character: char| character.is_whitespace() || "《》“”：:，,。；;、/".contains(character);
    match name {
        "" => Some("简称不能为空".to_owned()),
        assigning::PLAN => Some(format!("“{name}”是单项交办的简称，请另取一个")),
        _ if name.chars().count() > LONGEST_NAME => Some(format!("简称最多 {LONGEST_NAME} 个字，“{name}”太长，请缩短")),
        _ if name.chars().all(|character| character.is_ascii_digit()) => {
            Some(format!("“{name}”会与方案的编号混淆，请用文字作简称"))
        }
        _ if name.contains(odd) => Some(format!("简称不能含空格和标点，请改写“{name}”")),
        _ => None,
    }
}

/// Why a plan cannot have this name: it is another's, or the plan's own is fixed. `open`: those that are shown by a name.
pub fn taken_or_fixed(name: &str, plan: i64, plans: &[PlanRow], open: &[KnownPlan]) -> Option<String> {
    let is_standing = |row: &&PlanRow| row.id == plan && row.code.as_deref() == Some(assigning::PLAN);
    if plans.iter().any(|row| is_standing(&row)) {
        return Some(format!("单项交办的简称固定为“{}”", assigning::PLAN));
    }
    let taken = plans.iter().find(|row| row.id != plan && row.code.as_deref() == Some(name));
    let shown = open.iter().find(|other| other.id.0 != plan && other.name == name);
    let title = taken.map(|row| &row.title).or(shown.map(|other| &other.title))?;
    Some(format!("“{name}”已是《{title}》的简称，请另取一个"))
}
