//! 中止、恢复 and the like: what a coordinator rules by command, on one unit's part in a task or on every unit's.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision};
use crate::deciding::used;
use crate::intent::button;
use crate::office::called::Called;
use crate::office::duty::Duty;
use crate::office::ids::PlanId;
use crate::office::place::Awaited;
use crate::plans::Unclear;
use crate::reporting::Question;
use crate::review::{On, Order, Verdict, rules, sentences};
use crate::{plans, reporting};

pub fn order(case: &Case<'_>, order: &Order) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return case.refuse("may not rule", refusals::ONLY_COORDINATORS);
    }
    if !case.place.is_for_coordinators() {
        return case.refuse("not the place to rule", sentences::order::ELSEWHERE);
    }
    let kept = case.facts.question.as_ref();
    if order.kept_in.is_some() && kept.is_none_or(|question| question.answered) {
        return case.refuse("already ruled", refusals::STALE_BUTTON);
    }
    let reason = order.reason.as_deref().or(kept.map(|question| question.text.as_str()));
    let plan = match plan_of(case, order) {
        Ok(plan) => plan,
        Err(why) => {
            let number = order.on.called().map_or("", |called| called.number.as_str());
            let command = case.place.command(sentences::order::command(order.ruling));
            return case.answer("no one plan is meant", plans::sentences::unclear(&why, number, &command));
        }
    };
    let of_plan = |duty: &&Duty| plan.is_none_or(|plan| duty.plan_id == plan) && is_meant(order, duty);
    let meant: Vec<&Duty> = case.facts.duties.iter().filter(of_plan).collect();
    if meant.is_empty() {
        return case.refuse("nobody is meant", sentences::order::NOBODY);
    }
    let by_date = |duty: &Duty| Verdict::on_a_date(order.ruling, duty).filter(|_| !order.ruling.fits(duty.status));
    let may_be_ruled = |duty: &&Duty| order.ruling.fits(duty.status) || by_date(duty).is_some();
    let fitting: Vec<&Duty> = meant.iter().copied().filter(may_be_ruled).collect();
    let [first, rest @ ..] = fitting.as_slice() else {
        return case.refuse("it stands otherwise", &sentences::order::does_not_fit(order.ruling, &meant));
    };
    let several_tasks = rest.iter().any(|duty| duty.task.id != first.task.id);
    // A date is ruled on one unit at a time.
    let verdict = by_date(first).unwrap_or(Verdict::Ruled(order.ruling));
    let of_dates = fitting.iter().any(|duty| by_date(duty).is_some());
    if several_tasks || ((of_dates || matches!(order.on, On::Called(_))) && !rest.is_empty()) {
        return ask_whom(case, order, reason, &fitting, several_tasks || of_dates);
    }
    if let Some(own) = fitting.iter().find(|duty| rules::is_for_another(case, verdict, duty)) {
        return case.refuse("asked for it themselves", &sentences::order::not_ones_own(own));
    }
    if order.ruling.needs_reason() && reason.is_none() {
        let duty = rest.is_empty().then_some(first.id);
        let awaited = Awaited::OrderReason { ruling: order.ruling, task: first.task.id, duty };
        let words = sentences::order::why(order.ruling, &fitting);
        return case.answer("a reason is wanted", words).asking_for(AskedFor::Known(awaited));
    }
    let decision = rules::announce(case, "a coordinator rules", verdict, &fitting, reason);
    let decision = match order.kept_in {
        Some(message_id) => decision.with(reporting::Change::CloseQuestion { message_id }),
        None => decision,
    };
    decision.with(choices_made(case, order, &fitting))
}

/// Asks with buttons whose part is meant; the reason waits for one of them. `one_only`: not all at once.
fn ask_whom(case: &Case<'_>, order: &Order, reason: Option<&str>, fitting: &[&Duty], one_only: bool) -> Decision {
    let kept_in = case.answers.filter(|_| reason.is_some());
    let choices = fitting.iter().map(|duty| (*duty, button::order(order.ruling, duty.task.id, Some(duty.id), kept_in)));
    let all = fitting.first().filter(|_| !one_only);
    let all = all.map(|first| button::order(order.ruling, first.task.id, None, kept_in));
    let words = sentences::order::whom(order.ruling, &choices.collect::<Vec<_>>(), all);
    let decision = case.answer("whose part is meant", words);
    match (kept_in, &case.place.speaker) {
        (Some(message_id), Some(person)) => decision.with(reporting::Change::KeepQuestion(Question {
            message_id,
            person: person.id,
            at: case.moment.now,
            text: reason.unwrap_or_default().to_owned(),
            parts: Vec::new(),
            settled: 0,
            attachments: Vec::new(),
            edited: false,
            unit: None,
            understood: Vec::new(),
            answered: false,
        })),
        _ => decision,
    }
}

/// The buttons of the question whose part was meant, once that is settled.
fn choices_made(case: &Case<'_>, given: &Order, ruled: &[&Duty]) -> Change {
    let number = ruled.first().map(|duty| duty.task.number.as_str());
    let offered = case.facts.duties.iter().filter(|duty| Some(duty.task.number.as_str()) == number);
    let data = offered.flat_map(|duty| {
        [Some(duty.id), None].map(|one| button::order(given.ruling, duty.task.id, one, given.kept_in))
    });
    let mut data: Vec<String> = data.collect();
    data.sort_unstable();
    data.dedup();
    let (subject, what) = (String::new(), sentences::order::done(given.ruling, ruled));
    // The ids of messages are those of a chat.
    match given.kept_in {
        Some(_) => used::used_here(case, data, subject, &what),
        None => used::used(case, data, subject, &what),
    }
}

/// The plan that is named, if any.
fn plan_of(case: &Case<'_>, order: &Order) -> Result<Option<PlanId>, Unclear> {
    match order.on.called() {
        Some(Called { plan: Some(named), .. }) => Ok(case.facts.numbered.meant(Some(named))?.map(|plan| plan.id)),
        _ => Ok(None),
    }
}

fn is_meant(order: &Order, duty: &Duty) -> bool {
    match &order.on {
        On::Called(called) | On::AllIn(called) => duty.task.number == called.number,
        On::UnitIn { called, unit } => duty.task.number == called.number && duty.unit.name == *unit,
        On::Task(task) => duty.task.id == *task,
        On::Duty(id) => duty.id == *id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deciding::facts::Facts;
    use crate::deciding::tests::{coordinators, duty, facts, group, moment, presses, says};
    use crate::office::duty::{Role, UnitRef};
    use crate::office::ids::{DutyId, PersonId, UnitId};
    use crate::office::status::Status;
    use crate::reporting::Question;

    #[test]
    fn a_duty_is_suspended_for_a_reason() {
        insta::assert_snapshot!(says("/suspend 5 省住房城乡建设厅 机构改革", &coordinators(), &facts()), @r#"
        (a coordinator rules)
        Review(Rule { duty: DutyId(50), ruling: Suspended, of: None, claim: None, reason: Some("机构改革") })
        used [v1:order-suspended:0:50:0] [v1:order-suspended:5:0:0]: —— 某9 06-27 09:00 中止：省住房城乡建设厅
        Here: 某9 中止：第5项 任务5（省住房城乡建设厅）理由：机构改革
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：机构改革
        toast: 已中止。
        "#);
        insta::assert_snapshot!(says("/suspend 5", &coordinators(), &facts()), @"
        (a reason is wanted)
        Here: 第5项 任务5：请回复本条说明中止的理由（省住房城乡建设厅），说明后生效。
        ");
        insta::assert_snapshot!(says("/resume 5", &coordinators(), &facts()), @"
        (it stands otherwise)
        Here: 第5项：省住房城乡建设厅目前为未启动，只有中止的才能恢复。
        ");
        insta::assert_snapshot!(says("/suspend 99 机构改革", &coordinators(), &facts()), @"
        (nobody is meant)
        Here: 没有这一项任务，或该单位不承担这一项。发送 /task 5 查看各单位承担情况。
        ");
        let kept = Question {
            message_id: 70,
            person: PersonId(9),
            at: moment().now,
            text: "机构改革".into(),
            parts: Vec::new(),
            settled: 0,
            attachments: Vec::new(),
            edited: false,
            unit: None,
            understood: Vec::new(),
            answered: false,
        };
        let asked = Facts { question: Some(kept), ..facts() };
        insta::assert_snapshot!(presses("v1:order-suspended:5:50:70", &coordinators(), &asked), @r#"
        (a coordinator rules)
        Review(Rule { duty: DutyId(50), ruling: Suspended, of: None, claim: None, reason: Some("机构改革") })
        Reporting(CloseQuestion { message_id: 70 })
        used [v1:order-suspended:0:50:70] [v1:order-suspended:5:0:70]: —— 某9 06-27 09:00 中止：省住房城乡建设厅
        Here: 某9 中止：第5项 任务5（省住房城乡建设厅）理由：机构改革
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：机构改革
        toast: 已中止。
        "#);
        insta::assert_snapshot!(presses("v1:order-suspended:5:50:70", &coordinators(), &facts()), @"
        (already ruled)
        toast: 情况已有变化，此按钮不再有效。
        ");
        insta::assert_snapshot!(says("/suspend 5 机构改革", &group(Some(9)), &facts()), @"
        (not the place to rule)
        Here: 请在督办员群或与机器人的私聊中操作。
        ");
    }

    #[test]
    fn whose_part_is_meant_is_asked() {
        let another = |id: i64, unit: &str, status| Duty {
            id: DutyId(id),
            unit: UnitRef { id: UnitId(id), name: unit.into() },
            role: Role::Responsible,
            ..duty(5, status)
        };
        let mut several = facts();
        several.duties.push(another(52, "省财政厅", Status::InProgress));
        several.duties.push(another(53, "省司法厅", Status::Done));
        insta::assert_snapshot!(says("/suspend 5 机构改革", &coordinators(), &several), @r#"
        (whose part is meant)
        keep "机构改革"
        Here: 第5项 任务5：请点选要中止的单位。 [v1:order-suspended:0:50:70] [v1:order-suspended:0:52:70] [v1:order-suspended:5:0:70]
        "#);
        insta::assert_snapshot!(says("/suspend 5", &coordinators(), &several), @"
        (whose part is meant)
        Here: 第5项 任务5：请点选要中止的单位。 [v1:order-suspended:0:50:0] [v1:order-suspended:0:52:0] [v1:order-suspended:5:0:0]
        ");
        insta::assert_snapshot!(says("/suspend 5 全部单位 机构改革", &coordinators(), &several), @r#"
        (a coordinator rules)
        Review(Rule { duty: DutyId(50), ruling: Suspended, of: None, claim: None, reason: Some("机构改革") })
        Review(Rule { duty: DutyId(52), ruling: Suspended, of: None, claim: None, reason: Some("机构改革") })
        used [v1:order-suspended:0:50:0] … [v1:order-suspended:5:0:0]: —— 某9 06-27 09:00 中止：省住房城乡建设厅、省财政厅
        Here: 某9 中止：第5项 任务5（省住房城乡建设厅、省财政厅）理由：机构改革
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：机构改革
        Unit(UnitId(52)): 第5项 任务5：督办员某9于6月27日09:00中止，中止期间不再提醒。理由：机构改革
        toast: 已中止。
        "#);
        insta::assert_snapshot!(says("/reopen 5 材料有误", &coordinators(), &several), @r#"
        (a coordinator rules)
        Review(Rule { duty: DutyId(53), ruling: Reopened, of: None, claim: None, reason: Some("材料有误") })
        used [v1:order-reopened:0:50:0] … [v1:order-reopened:5:0:0]: —— 某9 06-27 09:00 撤销办结：省司法厅
        Here: 某9 撤销办结：第5项 任务5（省司法厅）理由：材料有误
        Unit(UnitId(53)): 第5项 任务5：督办员某9于6月27日09:00撤销办结，请继续推进。理由：材料有误
        Unit(UnitId(1)): 第5项 任务5：督办员某9于6月27日09:00撤销办结（省司法厅）。理由：材料有误
        toast: 已撤销办结。
        "#);
    }
}
