//! 核定: a coordinator's word on what units ask for, told once to everybody whom it concerns.

pub mod ordering;
pub mod page;
pub mod telling;
pub mod using;

use crate::chat::refusals;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::duty::{Asked, Duty, Role};
use crate::office::ids::{DutyId, UnitId};
use crate::office::place::Awaited;
use crate::office::standing::Ruling;
use crate::review;
use crate::review::sentences::Signed;
use crate::review::{DrawnFor, Petition, Press, Verdict, Wanted, WishKind, sentences};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Press { drawn, press: pressed } => press(case, *drawn, *pressed),
        Wanted::OpenEvidence { duty, message_id } => page::open_evidence(case, *duty, *message_id),
        Wanted::AgreePage { number, shown } => page::agree_page(case, *number, *shown),
        Wanted::Order(order) => ordering::order(case, order),
        Wanted::GiveReason { decision, duty, reason } => give_reason(case, *decision, *duty, reason),
        Wanted::PassOn { duty, words } => pass_on(case, *duty, words),
        Wanted::ExplainRefusal { wish, duty, message_id, reason } => {
            explain_refusal(case, *wish, *duty, *message_id, reason)
        }
    }
}

/// So many drawings of the same buttons go once one of them is used; older ones decide nothing anyway.
const MOST_DRAWN: i64 = 20;

fn press(case: &Case<'_>, drawn: DrawnFor, press: Press) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let waits = case.duty(drawn.duty).and_then(|duty| {
        let petition = petition_of(press, drawn, duty)?;
        Some((duty, petition, duty.asked(petition)?))
    });
    let of_another = |asked: &Asked| asked.message_id != drawn.message_id;
    match (waits, &case.facts.review.decided) {
        (None, Some(decided)) => Decision::toast("decided before", &sentences::decided_before(decided, case.moment)),
        (None, None) => Decision::toast("it no longer waits", refusals::STALE_BUTTON),
        (Some((_, _, asked)), Some(decided)) if of_another(&asked) => {
            Decision::toast("decided before", &sentences::decided_before(decided, case.moment))
        }
        (Some((duty, petition, asked)), _) if of_another(&asked) || !is_shown(drawn, press, petition, duty) => {
            show_anew(case, petition, asked, duty)
        }
        (Some((duty, petition, _)), _) => {
            let verdict = verdict(press, petition, duty);
            if is_for_another(case, verdict, duty) {
                return Decision::toast("asked for it themselves", sentences::NOT_ONES_OWN);
            }
            if let (Press::MoreTime { granted: true, .. }, Petition::MoreTime(of)) = (press, petition)
                && let Some(wish) = duty.wish(of).filter(|_| !case.facts.others.is_empty())
            {
                let words = sentences::notice::for_whom(duty, wish, drawn, case.moment.today);
                return Decision::answer("for whom more time is granted", None, [words]);
            }
            let words = duty.waiting.suspension.as_ref().map(|(_, words)| words.as_str());
            let reason = words.filter(|_| verdict == Verdict::Ruled(Ruling::Suspended));
            let decision = announce(case, "a coordinator decides", verdict, &[duty], reason);
            match verdict {
                Verdict::MoreTime { all: true, .. } => telling_others(case, decision, verdict),
                _ => decision,
            }
        }
    }
}

/// More time that the lead unit asked for and all in the task are given.
fn telling_others(case: &Case<'_>, decision: Decision, verdict: Verdict) -> Decision {
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let signed = Signed { person, own: false, moment: case.moment };
    case.facts.others.iter().fold(decision, |decision, other| {
        decision.and_say(To::Unit(other.unit.id), None, [sentences::to_unit(verdict, other, signed, None)])
    })
}

/// Nobody agrees to words that the button was not drawn for: those of today are shown, with buttons of their own.
fn show_anew(case: &Case<'_>, petition: Petition, asked: Asked, duty: &Duty) -> Decision {
    Decision::toast("more was said since the button was drawn", sentences::SHOWN_ANEW)
        .and_say(To::Here, None, sentences::pending::anew(petition, asked, duty, case.moment))
        .asking_for(AskedFor::Known(Awaited::Instruction {
            duty: duty.id,
            chat: asked.chat,
            message_id: asked.message_id,
        }))
}

/// Whether a coordinator would agree to what the same person has asked for.
pub fn signs_own(case: &Case<'_>, verdict: Verdict, duty: &Duty) -> bool {
    let asked = duty.asked(verdict.answers()).map(|asked| asked.person);
    verdict.grants() && asked.is_some() && asked == case.place.speaker.as_ref().map(|person| person.id)
}

/// Whether there is somebody else to agree to it.
pub fn is_for_another(case: &Case<'_>, verdict: Verdict, duty: &Duty) -> bool {
    let speaker = case.place.speaker.as_ref().map(|person| person.id);
    signs_own(case, verdict, duty) && case.facts.coordinators.all.iter().any(|other| Some(other.person) != speaker)
}

/// What a verdict on duties changes, and who hears of it: whoever is here, the units, those who asked elsewhere, and
/// the units that lead the task; no chat twice.
pub fn announce(
    case: &Case<'_>,
    why: &'static str,
    verdict: Verdict,
    duties: &[&Duty],
    reason: Option<&str>,
) -> Decision {
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let asks_why = match (verdict.asks_why() && reason.is_none(), duties) {
        (true, [only]) => asked_for(verdict, only),
        _ => None,
    };
    let any_own = duties.iter().any(|duty| signs_own(case, verdict, duty));
    let here = sentences::here(verdict, any_own, duties, person, reason, asks_why.is_some());
    let mut decision =
        Decision::nothing(why).with_toast(sentences::toast(verdict)).and_say(To::Here, case.answers, [here]);
    if let Some(asked_for) = asks_why {
        decision = decision.asking_for(asked_for);
    }
    for duty in duties {
        let own = signs_own(case, verdict, duty);
        let signed = Signed { person, own, moment: case.moment };
        decision = decision.with(change(verdict, duty, reason));
        let whole = matches!(verdict, Verdict::Whole { .. } | Verdict::Ruled(Ruling::Accepted));
        let is_answered = |petition: &Petition| match petition {
            Petition::Claim(_) if whole => true,
            petition => *petition == verdict.answers(),
        };
        let answered = duty.petitions().into_iter().filter(is_answered);
        let data: Vec<String> = answered.flat_map(|petition| petition_buttons(petition, duty)).collect();
        if !data.is_empty() {
            decision =
                decision.with(used::used(case, data, sentences::subject(duty), &sentences::label_of(verdict, own)));
        }
        let words = sentences::to_unit(verdict, duty, signed, reason);
        if !case.place.is_home_of(duty.unit.id) {
            decision = decision.and_say(To::Unit(duty.unit.id), None, [words.clone()]);
        }
        if let Some(asked) = duty.asked(verdict.answers()) {
            let to = To::Asker { chat: asked.chat, unit: duty.unit.id };
            decision = decision.and_say(to, None, [words]);
        }
    }
    let signed = Signed { person, own: any_own, moment: case.moment };
    let words = sentences::to_lead(verdict, duties, signed, reason);
    leads_of(case, duties)
        .into_iter()
        .fold(decision, |decision, lead| decision.and_say(To::Unit(lead), None, [words.clone()]))
}

/// The units that lead the tasks of these duties and have not heard of it otherwise.
fn leads_of(case: &Case<'_>, duties: &[&Duty]) -> Vec<UnitId> {
    let led = case
        .facts
        .duties
        .iter()
        .filter(|duty| duty.role == Role::Lead && duties.iter().any(|one| one.task.id == duty.task.id));
    let mut leads: Vec<UnitId> = case.facts.review.leads.iter().copied().chain(led.map(|duty| duty.unit.id)).collect();
    leads.sort_unstable();
    leads.dedup();
    leads.retain(|lead| !case.place.is_home_of(*lead) && !duties.iter().any(|duty| duty.unit.id == *lead));
    leads
}

/// The buttons that wait for a word on what a report asked for go, because its unit has taken it back.
pub fn petitions_withdrawn(case: &Case<'_>, duty: &Duty, message_id: i64) -> Option<Change> {
    let is_taken_back = |petition: &Petition| {
        let asked = duty.asked(*petition);
        asked.is_some_and(|asked| asked.chat == case.place.chat.id && asked.message_id == message_id)
    };
    petitions_over(case, duty, is_taken_back, sentences::WITHDRAWN)
}

/// The buttons that wait for a word on what no longer waits.
pub fn petitions_over(
    case: &Case<'_>,
    duty: &Duty,
    is_over: impl Fn(&Petition) -> bool,
    outcome: &str,
) -> Option<Change> {
    let over = duty.petitions().into_iter().filter(is_over);
    let data: Vec<String> = over.flat_map(|petition| petition_buttons(petition, duty)).collect();
    (!data.is_empty()).then(|| used::used(case, data, sentences::subject(duty), outcome))
}

/// Passes on why a claim was given back.
pub fn give_reason(case: &Case<'_>, decision: i64, duty: DutyId, reason: &str) -> Decision {
    let Some(duty) = case.duty(duty).filter(|_| !reason.trim().is_empty()) else {
        return Decision::nothing("nothing to pass on");
    };
    if !is_asked_for_reason(case) {
        return pass_on(case, duty.id, reason);
    }
    let change = Change::Review(review::Change::GiveReason { decision, reason: reason.to_owned() });
    pass_on_reason(case, change, duty, sentences::returned_because(duty, reason))
}

/// Passes on what a coordinator adds.
pub fn pass_on(case: &Case<'_>, duty: DutyId, words: &str) -> Decision {
    let Some(duty) = case.duty(duty) else { return Decision::nothing("nobody to pass it on to") };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("a coordinator adds something")
        .with(review::Change::PassOn { duty: duty.id, words: words.to_owned() })
        .and_say(To::Here, case.answers, [sentences::notice::addition_passed_on(duty)])
        .asking_for(AskedFor::Known(Awaited::Addition { duty: duty.id }))
        .and_say(To::Unit(duty.unit.id), None, [sentences::added(duty, person, words)])
}

/// Passes on why a wish was refused.
pub fn explain_refusal(case: &Case<'_>, wish: WishKind, duty: DutyId, message_id: i64, reason: &str) -> Decision {
    let Some(duty) = case.duty(duty).filter(|_| !reason.trim().is_empty()) else {
        return Decision::nothing("nothing to pass on");
    };
    if !is_asked_for_reason(case) {
        return pass_on(case, duty.id, reason);
    }
    let change =
        Change::Review(review::Change::ExplainRefusal { wish, duty: duty.id, message_id, reason: reason.to_owned() });
    pass_on_reason(case, change, duty, sentences::refused_because(wish, duty, reason))
}

/// Whether the speaker has decided and not said why. What others say, or the same coordinator later, is their own addition.
fn is_asked_for_reason(case: &Case<'_>) -> bool {
    let speaker = case.place.speaker.as_ref().map(|person| person.id);
    speaker.is_some() && case.facts.review.reason_wanted_of == speaker
}

/// A reason goes where the decision went: to the unit, and to where it was asked.
fn pass_on_reason(case: &Case<'_>, change: Change, duty: &Duty, words: Words) -> Decision {
    let unit = duty.unit.id;
    let asker = case.facts.review.asked_in.map(|chat| To::Asker { chat, unit });
    let decision = Decision::nothing("a reason is given")
        .with(change)
        .and_say(To::Here, case.answers, [sentences::notice::reason_passed_on(duty)])
        .asking_for(AskedFor::Known(Awaited::Addition { duty: duty.id }))
        .and_say(To::Unit(unit), None, [words.clone()]);
    asker.into_iter().fold(decision, |decision, asker| decision.and_say(asker, None, [words.clone()]))
}

/// What the coordinator is asked for after refusing.
fn asked_for(verdict: Verdict, duty: &Duty) -> Option<AskedFor> {
    let petition = verdict.answers();
    let wish = match petition {
        Petition::Claim(_) => return Some(AskedFor::ReasonOfLastDecision(duty.id)),
        Petition::MoreTime(_) => WishKind::MoreTime,
        Petition::Suspension => WishKind::Suspension,
    };
    let message_id = duty.asked(petition)?.message_id;
    Some(AskedFor::Known(Awaited::WhyRefused { wish, duty: duty.id, message_id }))
}

fn change(verdict: Verdict, duty: &Duty, reason: Option<&str>) -> Change {
    let asked = duty.asked(verdict.answers()).map(|asked| asked.message_id);
    let rule = |ruling, of| {
        Change::Review(review::Change::Rule {
            duty: duty.id,
            ruling,
            of,
            claim: asked,
            reason: reason.map(str::to_owned),
        })
    };
    match verdict {
        Verdict::Ruled(ruling) => rule(ruling, None),
        Verdict::OfDate { of, granted: true, .. } => rule(Ruling::Accepted, Some(of)),
        Verdict::OfDate { of, granted: false, .. } => rule(Ruling::Returned, Some(of)),
        Verdict::DateReopened { of, .. } => rule(Ruling::Reopened, Some(of)),
        Verdict::Whole { .. } => rule(Ruling::Accepted, None),
        Verdict::MoreTime { granted, all, .. } => Change::Review(review::Change::DecideExtension {
            duty: duty.id,
            message_id: asked.unwrap_or_default(),
            granted,
            all,
        }),
        Verdict::NotSuspended => {
            Change::Review(review::Change::RefuseSuspension { duty: duty.id, message_id: asked.unwrap_or_default() })
        }
    }
}

/// What a button answers: of claims and of wishes the one that its message makes, else the newest, whose words are shown then.
fn petition_of(press: Press, drawn: DrawnFor, duty: &Duty) -> Option<Petition> {
    match press {
        Press::Agree | Press::AgreeWhole | Press::GiveBack => {
            let mut claims = duty.waiting.claims.iter();
            let own = claims.find(|claim| claim.asked.message_id == drawn.message_id);
            own.or(duty.waiting.claims.last()).map(|claim| Petition::Claim(claim.of))
        }
        Press::Suspend | Press::Keep => Some(Petition::Suspension),
        Press::MoreTime { .. } | Press::MoreTimeFor { .. } => {
            let mut wishes = duty.waiting.more_time.iter();
            let own = wishes.find(|wish| wish.asked.message_id == drawn.message_id);
            own.or(duty.waiting.more_time.last()).map(|wish| Petition::MoreTime(wish.of))
        }
    }
}

/// What a button decides. With the last of its dates the whole duty is signed off.
fn verdict(press: Press, petition: Petition, duty: &Duty) -> Verdict {
    let date = match petition {
        Petition::Claim(of) => of.and_then(|date| duty.milestone(date)),
        Petition::MoreTime(_) | Petition::Suspension => None,
    };
    let of = match petition {
        Petition::MoreTime(of) => of,
        Petition::Claim(_) | Petition::Suspension => None,
    };
    match (press, date) {
        (Press::AgreeWhole, Some(date)) => Verdict::Whole { of: date.id },
        (Press::Agree, Some(date)) if duty.is_last(date) => Verdict::Whole { of: date.id },
        (Press::Agree, Some(date)) => Verdict::OfDate { of: date.id, due: date.due, granted: true },
        (Press::GiveBack, Some(date)) => Verdict::OfDate { of: date.id, due: date.due, granted: false },
        (Press::Agree | Press::AgreeWhole, None) => Verdict::Ruled(Ruling::Accepted),
        (Press::GiveBack, None) => Verdict::Ruled(Ruling::Returned),
        (Press::Suspend, _) => Verdict::Ruled(Ruling::Suspended),
        (Press::Keep, _) => Verdict::NotSuspended,
        (Press::MoreTime { due, granted }, _) => Verdict::MoreTime { of, due, granted, all: false },
        (Press::MoreTimeFor { due, all }, _) => Verdict::MoreTime { of, due, granted: true, all },
    }
}

/// Whether a button was drawn for the words as they are, and for the date that is asked for.
fn is_shown(drawn: DrawnFor, press: Press, petition: Petition, duty: &Duty) -> bool {
    let same_date = match (press, petition) {
        (Press::MoreTime { due, .. } | Press::MoreTimeFor { due, .. }, Petition::MoreTime(of)) => {
            duty.wish(of).is_some_and(|wish| wish.due == due)
        }
        _ => true,
    };
    same_date && drawn.said == duty.waiting.said.max(1)
}

/// Every button that was drawn for what waits, also before more was said of it; none where nothing waits.
fn petition_buttons(petition: Petition, duty: &Duty) -> Vec<String> {
    let Some(message_id) = duty.asked(petition).map(|asked| asked.message_id) else { return Vec::new() };
    let newest = duty.waiting.said.max(1);
    let drawn = (1.max(newest - MOST_DRAWN + 1)..=newest).map(|said| DrawnFor { duty: duty.id, message_id, said });
    let buttons = drawn.map(|drawn| match petition {
        Petition::Claim(None) => vec![button::accept(drawn), button::give_back(drawn)],
        Petition::Claim(Some(_)) => {
            vec![button::accept(drawn), button::accept_whole(drawn), button::give_back(drawn)]
        }
        Petition::Suspension => vec![button::suspend(drawn), button::keep(drawn)],
        Petition::MoreTime(of) => duty.wish(of).map_or_else(Vec::new, |wish| {
            let all = [true, false];
            let granted = all.map(|granted| button::extend(drawn, wish.due, granted));
            let led = all.map(|all| button::extend_for(drawn, wish.due, all));
            granted.into_iter().chain(led.into_iter().filter(|_| duty.role == Role::Lead)).collect()
        }),
    });
    buttons.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deciding::facts::Facts;
    use crate::deciding::tests::{coordinators, duty, facts, group, moment, presses, says};
    use crate::office::duty::{Asked, Claim, Waiting};
    use crate::office::ids::{ChatId, PersonId};
    use crate::office::place::Place;
    use crate::office::status::Status;
    use crate::review::{Decided, Known};

    #[test]
    fn only_coordinators_decide_on_claims() {
        let asked = Asked { chat: ChatId(1), message_id: 70, person: PersonId(1), at: moment().now };
        let claim = Claim { asked, of: None, text: "已完成".into(), edited: false, files: 0, opened: Vec::new() };
        let waiting = Waiting { claims: vec![claim], ..Waiting::default() };
        let claimed = Facts { duties: vec![Duty { waiting, ..duty(5, Status::ClaimedDone) }], ..facts() };
        insta::assert_snapshot!(presses("v1:accept:50:70", &group(Some(9)), &claimed), @"
        (a coordinator decides)
        Review(Rule { duty: DutyId(50), ruling: Accepted, of: None, claim: Some(70), reason: None })
        used [v1:accept:50:70] [v1:return:50:70]: —— 某9 06-27 09:00 同意办结
        Here: 某9 同意办结：第5项 任务5（省住房城乡建设厅）
        Asker { chat: ChatId(1), unit: UnitId(1) }: 第5项 任务5：督办员某9于6月27日09:00同意办结。
        toast: 已同意办结。
        ");
        insta::assert_snapshot!(presses("v1:return:50:70", &group(Some(9)), &claimed), @"
        (a coordinator decides)
        Review(Rule { duty: DutyId(50), ruling: Returned, of: None, claim: Some(70), reason: None })
        used [v1:accept:50:70] [v1:return:50:70]: —— 某9 06-27 09:00 退回办结申请
        Here: 某9 退回办结申请：第5项 任务5（省住房城乡建设厅） / 请回复本条说明理由，将转告该单位。
        Asker { chat: ChatId(1), unit: UnitId(1) }: 第5项 任务5：督办员某9于6月27日09:00退回办结申请，请继续推进并补充反馈。
        toast: 已退回。
        ");
        insta::assert_snapshot!(presses("v1:accept:50:70", &group(Some(1)), &claimed), @"
        (may not decide)
        toast: 仅督办员可以操作。
        ");
        insta::assert_snapshot!(presses("v1:accept:50:66", &group(Some(9)), &claimed), @"
        (more was said since the button was drawn)
        Here: 已有更新，请按最新内容核定： / 第5项 任务5｜省住房城乡建设厅提请办结（6月27日）：已完成 [v1:accept:50:70] [v1:return:50:70]
        toast: 已有更新，请看最新一条。
        ");
    }

    #[test]
    fn who_comes_second_hears_who_came_first() {
        let decided = Decided {
            person: "周敏".into(),
            at: "2019-06-27T08:05:00+08:00".parse().unwrap(),
            verdict: Verdict::Ruled(Ruling::Accepted),
        };
        let today = Facts {
            duties: vec![duty(5, Status::Done)],
            review: Known { decided: Some(decided.clone()), ..Known::default() },
            ..facts()
        };
        insta::assert_snapshot!(presses("v1:return:50:70", &group(Some(9)), &today), @"
        (decided before)
        toast: 已由周敏于08:05同意办结。
        ");
        let at = "2019-06-20T10:05:00+08:00".parse().unwrap();
        let before = Facts { review: Known { decided: Some(Decided { at, ..decided }), ..Known::default() }, ..today };
        insta::assert_snapshot!(presses("v1:return:50:70", &group(Some(9)), &before), @"
        (decided before)
        toast: 已由周敏于6月20日10:05同意办结。
        ");
    }

    #[test]
    fn why_a_claim_came_back_is_passed_on() {
        let asked = Place { asked_for: Some(Awaited::Reason { decision: 4, duty: DutyId(50) }), ..group(Some(9)) };
        let wanted = Facts { review: Known { reason_wanted_of: Some(PersonId(9)), ..Known::default() }, ..facts() };
        insta::assert_snapshot!(says("材料不全，请补充验收报告", &asked, &wanted), @r#"
        (a reason is given)
        Review(GiveReason { decision: 4, reason: "材料不全，请补充验收报告" })
        Here: 理由已转告省住房城乡建设厅。如需补充，请回复本条，将一并转告。
        Unit(UnitId(1)): 第5项 任务5：退回办结申请，理由：材料不全，请补充验收报告。请补充后再报。
        "#);
        // Of another coordinator, or said later, it is an addition in that one's name.
        let others = Facts { review: Known { reason_wanted_of: Some(PersonId(8)), ..Known::default() }, ..facts() };
        insta::assert_snapshot!(says("材料不全，请补充验收报告", &asked, &others), @r#"
        (a coordinator adds something)
        Review(PassOn { duty: DutyId(50), words: "材料不全，请补充验收报告" })
        Here: 补充内容已转告省住房城乡建设厅。如需补充，请回复本条，将一并转告。
        Unit(UnitId(1)): 第5项 任务5：督办员某9补充：材料不全，请补充验收报告
        "#);
        let by_another = Place { asked_for: Some(Awaited::Reason { decision: 4, duty: DutyId(50) }), ..group(Some(1)) };
        insta::assert_snapshot!(says("材料不全，请补充验收报告", &by_another, &facts()), @r#"
        (a contact reports)
        keep "材料不全，请补充验收报告"
        Here: 请问这是哪一项的进展？点选后即登记。 [v1:pick:70:5] [v1:pick:70:26] [v1:all:70]
        "#);
    }

    #[test]
    fn a_unit_may_ask_to_be_suspended() {
        insta::assert_snapshot!(says("第5项申请中止，机构改革后职能划转", &group(Some(1)), &facts()), @"
        (a contact reports)
        record 50 suspended None late=false
        Here: 已登记 第5项 任务5：申请中止 / 中止由督办员答复，答复前仍按受阻掌握。 [v1:undo:70]
        Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：申请中止 / 原话：第5项申请中止，机构改革后职能划转 [v1:suspend:50:70] [v1:keep:50:70]
        ");
        let asked = Asked { chat: ChatId(7), message_id: 70, person: PersonId(1), at: moment().now };
        let waiting = Waiting { suspension: Some((asked, "申请中止，机构改革".into())), ..Waiting::default() };
        let wished = Facts { duties: vec![Duty { waiting, ..duty(5, Status::Blocked) }], ..facts() };
        insta::assert_snapshot!(presses("v1:suspend:50:70", &coordinators(), &wished), @r#"
        (a coordinator decides)
        Review(Rule { duty: DutyId(50), ruling: Suspended, of: None, claim: Some(70), reason: Some("申请中止，机构改革") })
        used [v1:suspend:50:70] [v1:keep:50:70]: —— 某9 06-27 09:00 中止
        Here: 某9 中止：第5项 任务5（省住房城乡建设厅）理由：申请中止，机构改革
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：申请中止，机构改革
        Asker { chat: ChatId(7), unit: UnitId(1) }: 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：申请中止，机构改革
        toast: 已中止。
        "#);
        insta::assert_snapshot!(presses("v1:keep:50:70", &coordinators(), &wished), @"
        (a coordinator decides)
        Review(RefuseSuspension { duty: DutyId(50), message_id: 70 })
        used [v1:suspend:50:70] [v1:keep:50:70]: —— 某9 06-27 09:00 不同意中止
        Here: 某9 不同意中止：第5项 任务5（省住房城乡建设厅） / 请回复本条说明理由，将转告该单位。
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00不同意中止，请继续推进。
        Asker { chat: ChatId(7), unit: UnitId(1) }: 第5项 任务5：督办员某9于6月27日09:00不同意中止，请继续推进。
        toast: 已答复不同意。
        ");
        insta::assert_snapshot!(presses("v1:keep:50:66", &coordinators(), &wished), @"
        (more was said since the button was drawn)
        Here: 已有更新，请按最新内容核定： / 第5项 任务5｜省住房城乡建设厅申请中止（6月27日）：申请中止，机构改革 [v1:suspend:50:70] [v1:keep:50:70]
        toast: 已有更新，请看最新一条。
        ");
        let suspended = Facts { duties: vec![duty(5, Status::Suspended)], ..facts() };
        insta::assert_snapshot!(says("第5项已完成", &group(Some(1)), &suspended), @"
        (a contact reports)
        record 50 claimed_done Some(100) late=false
        Here: 已登记 第5项 任务5：提请办结 / 已中止的任务，本次仅作记录，恢复由督办员决定。 / 提请办结的情况已告知督办员，恢复后请再次提请。 [v1:undo:70]
        Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结（中止期间） / 原话：第5项已完成 [v1:order-resumed:0:50:0]
        ");
    }
}
