//! What is said beside how a task stands, and words that are about several tasks at once.

use crate::deciding::facts::Facts;
use crate::deciding::tests::*;
use crate::office::duty::Role;
use crate::office::ids::TaskId;
use crate::office::place::{Awaited, PartOf, Place};
use crate::reporting::{EarlierReport, Part, Question};
use crate::understanding::{Aside, Item};

/// The group where one task was named.
fn about_five() -> Place {
    Place { named: vec![duty(5, Status::NotStarted).task], ..group(Some(1)) }
}

fn beside(aside: Option<Aside>, text: &str) -> EarlierReport {
    EarlierReport { aside, ..earlier(50, text) }
}

fn waits(item: Item) -> Facts {
    let question = Question {
        message_id: 70,
        person: PersonId(1),
        at: moment().now,
        text: "原话".into(),
        parts: vec![Part { tasks: vec![TaskId(5), TaskId(26)], item, ..Part::default() }],
        settled: 0,
        attachments: Vec::new(),
        edited: false,
        unit: None,
        understood: Vec::new(),
        answered: false,
    };
    Facts { question: Some(question), ..facts() }
}

/// The unit leads task 5 and has parts in 7 and 26, all of which were named.
fn with_roles() -> (Place, Facts) {
    let mut facts = facts();
    for (duty, role) in facts.duties.iter_mut().zip([Role::Lead, Role::Responsible, Role::Supporting]) {
        duty.role = role;
    }
    (Place { named: [5, 7, 26].map(|task| duty(task, Status::NotStarted).task).to_vec(), ..group(Some(1)) }, facts)
}

#[test]
fn a_task_may_be_anothers() {
    insta::assert_snapshot!(says("这项与我市无关，请转省自然资源厅办理", &about_five(), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    Here: 已登记 第5项 任务5：不属本单位职责，已转告督办员，答复前仍由本单位负责。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）表示第5项 任务5不属其职责。 / 原话：这项与我市无关，请转省自然资源厅办理 [v1:taker:50:70] [v1:keeppart:50:70] [v1:letbe:50:70]
    ");
    insta::assert_snapshot!(says("第5项不属我厅职责", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    Here: 已登记 第5项 任务5：不属本单位职责，已转告督办员，答复前仍由本单位负责。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）表示第5项 任务5不属其职责。 / 原话：第5项不属我厅职责 [v1:taker:50:70] [v1:keeppart:50:70] [v1:letbe:50:70]
    ");
    insta::assert_snapshot!(says("5 已完成，26与我单位无关", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 claimed_done Some(100) late=false
    record 260 - None late=false
    Here: 已登记 第5项 任务5：提请办结 / 第26项 任务26：不属本单位职责，已转告督办员，答复前仍由本单位负责。 / 办结由督办员核定。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结 / 原话：已完成 [v1:accept:50:70] [v1:return:50:70]
    Coordinators: 省住房城乡建设厅（某1）表示第26项 任务26不属其职责。 / 原话：与我单位无关 [v1:taker:260:70] [v1:keeppart:260:70] [v1:letbe:260:70]
    ");
    // It cannot be told which of several.
    insta::assert_snapshot!(says("与我单位无关", &group(Some(1)), &facts()), @r#"
    (a contact reports)
    keep "与我单位无关"
    Here: 请问不属本单位职责的是哪一项？点选后即转告督办员。 [v1:pick:70:5] [v1:pick:70:26] [v1:all:70]
    "#);
    let asked = waits(Item { aside: Some(Aside::Transfer), ..Item::default() });
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &asked), @"
    (the task is named)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第26项
    record 260 - None late=false
    Here: 已登记 第26项 任务26：不属本单位职责，已转告督办员，答复前仍由本单位负责。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）表示第26项 任务26不属其职责。 / 原话：原话 [v1:taker:260:70] [v1:keeppart:260:70] [v1:letbe:260:70]
    ");
    insta::assert_snapshot!(says("第5项不属我厅职责", &group(Some(2)), &facts()), @"
    (not a contact of the unit)
    Quiet(Hint(NotAContact(PersonId(2))))
    Here: 某2 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。 [v1:ask:1]
    ");
}

#[test]
fn who_takes_it_back_tells_the_coordinators() {
    let said = Facts { earlier: vec![beside(Some(Aside::Transfer), "不属我厅职责")], ..facts() };
    insta::assert_snapshot!(presses("v1:undo:70", &group(Some(1)), &said), @"
    (a report is withdrawn)
    Reporting(Withdraw { message_id: 70, duties: [DutyId(50)] })
    used [v1:undo:70]: —— 某1 06-27 09:00 已撤回
    Here: 已撤回第5项的这次反馈，现为未启动。
    Coordinators: 省住房城乡建设厅（某1）已撤回第5项 任务5不属其职责的说法。
    ");
    let edits = |text: &str, facts: &Facts| happens(Event::Edited(message(text)), &about_five(), facts);
    insta::assert_snapshot!(edits("进度30%", &said), @"
    (a contact reports)
    record 50 in_progress Some(30) late=false
    Here: 已按修改后的内容更新。 / 已登记 第5项 任务5：推进中30% [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）已撤回第5项 任务5不属其职责的说法。
    ");
    insta::assert_snapshot!(edits("不属我厅职责，请转公安厅", &said), @"
    (a contact reports)
    record 50 - None late=false
    Here: 已按修改后的内容更新。 / 已登记 第5项 任务5：不属本单位职责，已转告督办员，答复前仍由本单位负责。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）表示第5项 任务5不属其职责。 / 原话（6月27日08:59修改）：不属我厅职责，请转公安厅 [v1:taker:50:70] [v1:keeppart:50:70] [v1:letbe:50:70]
    ");
    let deferred = Facts { earlier: vec![beside(Some(Aside::Defer), "稍后反馈")], ..facts() };
    insta::assert_snapshot!(edits("进度30%", &deferred), @"
    (a contact reports)
    record 50 in_progress Some(30) late=false
    Here: 已按修改后的内容更新。 / 已登记 第5项 任务5：推进中30% [v1:undo:70]
    ");
}

#[test]
fn an_answer_may_come_later() {
    insta::assert_snapshot!(says("稍后反馈", &about_five(), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    Later(PutOff { duty: DutyId(50), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-30 }, message_id: 70 })
    Here: 已登记 第5项 任务5：稍后反馈。已记下，下一工作日再提醒一次。 [v1:undo:70]
    ");
    // Of all that were named and are open.
    insta::assert_snapshot!(says("稍后反馈", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    record 260 - None late=false
    Later(PutOff { duty: DutyId(50), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-30 }, message_id: 70 })
    Later(PutOff { duty: DutyId(260), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-30 }, message_id: 70 })
    Here: 已登记 第5项、第26项：稍后反馈。已记下，下一工作日再提醒一次。 [v1:undo:70]
    ");
    let mut claimed = facts();
    claimed.duties[0].status = Status::ClaimedDone;
    insta::assert_snapshot!(says("稍后反馈", &group(Some(1)), &claimed), @"
    (a contact reports)
    record 260 - None late=false
    Later(PutOff { duty: DutyId(260), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-30 }, message_id: 70 })
    Here: 已登记 第26项 任务26：稍后反馈。已记下，下一工作日再提醒一次。 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("5 进度60%，26稍后反馈", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 in_progress Some(60) late=false
    record 260 - None late=false
    Later(PutOff { duty: DutyId(260), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-30 }, message_id: 70 })
    Here: 已登记 第5项 任务5：推进中60% / 第26项 任务26：稍后反馈。已记下，下一工作日再提醒一次。 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("进度60%，详细情况稍后反馈", &about_five(), &facts()), @"
    (a contact reports)
    record 50 in_progress Some(60) late=false
    Here: 已登记 第5项 任务5：推进中60% [v1:undo:70]
    ");
    insta::assert_snapshot!(says("稍后反馈", &Place { named: Vec::new(), ..group(Some(1)) }, &facts()), @r#"
    (a contact reports)
    keep "稍后反馈"
    Here: 请问稍后反馈的是哪一项？点选后即登记。 [v1:pick:70:5] [v1:pick:70:7] [v1:pick:70:26]
    "#);
    // It is no report, so it is never late.
    let mut late = facts();
    late.duties.iter_mut().for_each(|duty| duty.milestones[0].due = "2019-06-26".parse().unwrap());
    insta::assert_snapshot!(says("稍后反馈", &about_five(), &late), @"
    (a contact reports)
    record 50 - None late=false
    Later(PutOff { duty: DutyId(50), put_off: PutOff { asked_at: 2019-06-27T00:59:00Z, due: 2019-06-26 }, message_id: 70 })
    Here: 已登记 第5项 任务5：稍后反馈。已记下，下一工作日再提醒一次。 [v1:undo:70]
    ");
}

#[test]
fn words_may_be_about_all_that_was_named() {
    insta::assert_snapshot!(says("按计划推进", &group(Some(1)), &facts()), @r#"
    (a contact reports)
    keep "按计划推进"
    Here: 请问这是哪一项的进展？点选后即登记。 [v1:pick:70:5] [v1:pick:70:26] [v1:all:70]
    "#);
    let asked = waits(Item { status: Some(Status::InProgress), ..Item::default() });
    insta::assert_snapshot!(presses("v1:all:70", &group(Some(1)), &asked), @"
    (all tasks are meant)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定以上全部
    record 50 in_progress None late=false
    record 260 in_progress None late=false
    Here: 已登记 第5项 任务5：推进中 / 第26项 任务26：推进中 [v1:undo:70]
    ");
    let typed = Place { asked_for: Some(Awaited::Task(PartOf { message_id: 70, part: 0 })), ..group(Some(1)) };
    assert_eq!(says("以上全部", &typed, &asked).lines().next(), Some("(all tasks are meant)"));
    let refused = presses("v1:all:70", &group(Some(2)), &asked);
    assert_eq!(refused, "(may not answer)\ntoast: 仅本单位联络员可以操作。");
    let mut unclear = asked.clone();
    unclear.question.as_mut().unwrap().parts[0].unclear = true;
    insta::assert_snapshot!(presses("v1:all:70", &group(Some(1)), &unclear), @"
    (no such tasks)
    toast: 情况已有变化，此按钮不再有效。
    ");
    insta::assert_snapshot!(presses("v1:all:70", &group(Some(1)), &facts()), @"
    (no such question)
    toast: 情况已有变化，此按钮不再有效。
    ");
    // Neither where no message named any, nor where some are told of already.
    let unnamed = says("按计划推进", &Place { named: Vec::new(), ..group(Some(1)) }, &facts());
    let told = says("5、26均已完成，其余正常推进", &group(Some(1)), &facts());
    assert!(unnamed.contains("v1:pick") && !unnamed.contains("v1:all"), "{unnamed}");
    assert!(told.contains("v1:pick") && !told.contains("v1:all"), "{told}");
}

#[test]
fn words_name_tasks_by_the_units_part_in_them() {
    let (place, facts) = with_roles();
    insta::assert_snapshot!(says("牵头任务均按计划推进", &place, &facts), @"
    (a contact reports)
    record 50 in_progress None late=false
    Here: 已登记 第5项 任务5：推进中 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("牵头任务按计划推进", &place, &facts), @"
    (a contact reports)
    record 50 in_progress None late=false
    Here: 已登记 第5项 任务5：推进中 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("共同任务都在推进", &place, &facts), @"
    (a contact reports)
    record 70 in_progress None late=false
    record 260 in_progress None late=false
    Here: 已登记 第7项 任务7：推进中 / 第26项 任务26：推进中 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("牵头任务无变化，其余配合任务正常推进", &place, &facts), @"
    (a contact reports)
    record 50 - None late=false
    record 70 in_progress None late=false
    record 260 in_progress None late=false
    Here: 已登记 第5项 任务5：无变化，仍为未启动 / 第7项 任务7：推进中 / 第26项 任务26：推进中 [v1:undo:70]
    ");
    // Both in one breath cannot be told apart, and there may be none.
    insta::assert_snapshot!(says("牵头任务均按计划推进，共同任务都无变化", &place, &facts), @r#"
    (a contact reports)
    keep "牵头任务均按计划推进，共同任务都无变化"
    Here: 请问这是哪一项的进展？点选后即登记。 [v1:pick:70:5] [v1:pick:70:7] [v1:pick:70:26] [v1:all:70]
    "#);
    let mut none = facts.clone();
    none.duties[0].role = Role::Supporting;
    insta::assert_snapshot!(says("牵头任务均按计划推进", &place, &none), @r#"
    (a contact reports)
    keep "牵头任务均按计划推进"
    Here: 请问这是哪一项的进展？点选后即登记。 [v1:pick:70:5] [v1:pick:70:7] [v1:pick:70:26] [v1:all:70]
    "#);
}

#[test]
fn nothing_changed() {
    let mut going_on = facts();
    (going_on.duties[0].status, going_on.duties[0].percent) = (Status::InProgress, Some(60));
    (going_on.duties[2].status, going_on.duties[2].percent) = (Status::ClaimedDone, Some(100));
    for text in ["无变化", "同上月", "没有新进展"] {
        let said = says(text, &about_five(), &going_on);
        assert!(said.contains("record 50 - None") && said.contains("无变化，仍为推进中60%"), "{said}");
    }
    insta::assert_snapshot!(says("以上均无变化", &group(Some(1)), &going_on), @"
    (a contact reports)
    record 50 - None late=false
    record 260 - None late=false
    Here: 已登记 第5项 任务5：无变化，仍为推进中60% / 第26项 任务26：无变化，仍为提请办结 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("无变化", &about_five(), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    Here: 已登记 第5项 任务5：无变化，仍为未启动 [v1:undo:70]
    ");
}

#[test]
fn the_likeliest_reading_is_the_first_button() {
    insta::assert_snapshot!(says("已完成，嘎嘎", &about_five(), &facts()), @r#"
    (not understood)
    keep "已完成，嘎嘎"
    Here: 没有看懂，原话已留存，尚未登记。请点选这句话对第5项 任务5的含义，或重新回复写明进展。 [v1:mean:claim:70:5] [v1:mean:progress:70:5] [v1:mean:blocked:70:5] [v1:mean:remark:70:5] [v1:mean:nothing:70:5]
    "#);
    insta::assert_snapshot!(says("已完成，嘎嘎", &group(Some(1)), &facts()), @r#"
    (not understood)
    keep "已完成，嘎嘎"
    Here: 没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。 [v1:pick:70:5] [v1:pick:70:26] [v1:mean:nothing:70:0]
    "#);
    let mut asked = waits(Item { status: Some(Status::ClaimedDone), ..Item::default() });
    asked.question.as_mut().unwrap().parts[0].unclear = true;
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &asked), @"
    (the task of unclear words is named)
    Here: 请点选这句话对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:claim:70:26] [v1:mean:progress:70:26] [v1:mean:blocked:70:26] [v1:mean:remark:70:26] [v1:mean:nothing:70:26]
    ");
}

#[test]
fn a_contacts_question_is_answered_and_kept_nowhere() {
    for text in ["请问这项任务由谁牵头？", "什么时候要报", "这个怎么填", "口径是什么"] {
        let said = says(text, &about_five(), &facts());
        assert!(said.contains("question") || said.contains("asked"), "{said}");
        assert!(!said.contains("keep") && !said.contains("v1:"), "{said}");
    }
}
