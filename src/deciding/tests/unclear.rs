//! Words whose task or meaning only a button tells.

use crate::deciding::facts::Facts;
use crate::deciding::tests::*;
use crate::office::ids::{DutyId, TaskId};
use crate::office::place::{Awaited, PartOf, Place};
use crate::reporting::{EarlierReport, Part, Question};

/// The group where one task was named.
fn about_five(speaker: i64) -> Place {
    Place { named: vec![duty(5, Status::NotStarted).task], ..group(Some(speaker)) }
}

fn kept(text: &str) -> Question {
    Question {
        message_id: 70,
        person: PersonId(1),
        at: moment().now,
        text: text.into(),
        parts: vec![Part { unclear: true, ..Part::default() }],
        settled: 0,
        attachments: Vec::new(),
        edited: false,
        unit: None,
        understood: Vec::new(),
        answered: false,
    }
}

#[test]
fn a_button_gives_unclear_words_their_meaning() {
    insta::assert_snapshot!(says("快了快了", &about_five(1), &facts()), @r#"
    (not understood)
    keep "快了快了"
    Here: 没有看懂，原话已留存，尚未登记。请点选这句话对第5项 任务5的含义，或重新回复写明进展。 [v1:mean:progress:70:5] [v1:mean:claim:70:5] [v1:mean:blocked:70:5] [v1:mean:remark:70:5] [v1:mean:nothing:70:5]
    "#);
    insta::assert_snapshot!(says("完成了吗？", &about_five(1), &facts()), @"
    (a question)
    Here: 这句像是提问，未作登记。是否办结由督办员核定；如为反馈，请直接写明进展，例如“验收报告已印发，正在推进”。用法请发送 /help。
    ");
    let open = Facts { question: Some(kept("快了快了")), ..facts() };
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &open), @"
    (the task of unclear words is named)
    Here: 请点选这句话对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:progress:70:26] [v1:mean:claim:70:26] [v1:mean:blocked:70:26] [v1:mean:remark:70:26] [v1:mean:nothing:70:26]
    ");
    insta::assert_snapshot!(presses("v1:mean:claim:70:5", &group(Some(1)), &open), @"
    (the meaning is given)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第5项
    record 50 claimed_done Some(100) late=false
    Here: 已登记 第5项 任务5：提请办结 / 办结由督办员核定。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结 / 原话：快了快了 [v1:accept:50:70] [v1:return:50:70]
    ");
    insta::assert_snapshot!(presses("v1:mean:remark:70:5", &group(Some(1)), &open), @"
    (the meaning is given)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第5项
    record 50 - None late=false
    Here: 已登记 第5项 任务5：情况已记录 [v1:undo:70]
    ");
    insta::assert_snapshot!(presses("v1:mean:nothing:70:0", &group(Some(1)), &open), @"
    (the words are no report)
    Reporting(CloseQuestion { message_id: 70 })
    Here: 未登记，原话留存备查。
    ");
    let refused = [2, 9].map(|other| presses("v1:mean:claim:70:5", &group(Some(other)), &open));
    assert_eq!(refused, ["(may not answer)\ntoast: 仅本单位联络员可以操作。"; 2]);
    let answered = Facts { question: Some(Question { answered: true, ..kept("快了快了") }), ..facts() };
    insta::assert_snapshot!(presses("v1:mean:claim:70:5", &group(Some(1)), &answered), @"
    (already answered)
    toast: 这条反馈已经处理过了。
    ");
}

#[test]
fn who_speaks_first_gives_the_meaning_himself() {
    let nobody_yet = Facts {
        contacts: contacts::Known::default(),
        question: Some(Question { person: PersonId(2), ..kept("快了") }),
        ..facts()
    };
    insta::assert_snapshot!(presses("v1:mean:progress:70:5", &group(Some(3)), &nobody_yet), @"
    (may not answer)
    toast: 仅本单位联络员可以操作。
    ");
    insta::assert_snapshot!(presses("v1:mean:progress:70:5", &group(Some(2)), &nobody_yet), @"
    (the meaning is given)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某2 06-27 09:00 选定第5项
    Contacts(Register { unit: UnitId(1), person: PersonId(2) })
    record 50 in_progress None late=false
    Here: 某2 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private。 / 已登记 第5项 任务5：推进中 [v1:undo:70]
    ");
}

#[test]
fn unclear_words_are_asked_about_once() {
    let open = Facts { question: Some(Question { message_id: 60, ..kept("快了") }), ..facts() };
    let asked = Place { asked_for: Some(Awaited::Meaning(PartOf { message_id: 60, part: 0 })), ..about_five(1) };
    insta::assert_snapshot!(says("就是快了嘛", &asked, &open), @r#"
    (the question waits)
    keep "快了\n就是快了嘛"
    "#);
    insta::assert_snapshot!(says("仅作说明", &asked, &open), @"
    (the meaning is given)
    Reporting(CloseQuestion { message_id: 60 })
    used [v1:pick:60:5] … [v1:mean:nothing:60:0]: —— 某1 06-27 09:00 选定第5项
    record 50 - None late=false
    Here: 已登记 第5项 任务5：情况已记录 [v1:undo:60]
    ");
    insta::assert_snapshot!(says("进度90%", &asked, &open), @"
    (a contact reports)
    record 50 in_progress Some(90) late=false
    Reporting(CloseQuestion { message_id: 60 })
    Here: 已登记 第5项 任务5：推进中90% [v1:undo:70]
    ");
    let again = Facts { asked_already: true, ..facts() };
    insta::assert_snapshot!(says("快了", &about_five(1), &again), @"(these words are asked about already)");
    // Edited into clear words, they are a report; edited into nothing new, they are nothing.
    let own = Facts { question: Some(kept("快了")), ..facts() };
    let edits = |text: &str| happens(Event::Edited(message(text)), &about_five(1), &own);
    insta::assert_snapshot!(edits("进度90%"), @"
    (a contact reports)
    record 50 in_progress Some(90) late=false
    Reporting(CloseQuestion { message_id: 70 })
    Here: 已登记 第5项 任务5：推进中90% [v1:undo:70]
    ");
    insta::assert_snapshot!(edits("快了"), @"(these words are asked about already)");
    insta::assert_snapshot!(edits("快了快了"), @r#"
    (the question waits)
    keep "快了快了"
    "#);
}

#[test]
fn an_edit_keeps_the_task_that_a_button_gave() {
    let report = earlier(260, "进度60%");
    let question = Question { parts: vec![Part::default()], answered: true, ..kept("进度60%") };
    let picked = Facts { earlier: vec![report], question: Some(question), ..facts() };
    let edits = |text: &str| happens(Event::Edited(message(text)), &group(Some(1)), &picked);
    insta::assert_snapshot!(edits("进度70%"), @"
    (a contact reports)
    record 260 in_progress Some(70) late=false
    Here: 已按修改后的内容更新。 / 已登记 第26项 任务26：推进中70% [v1:undo:70]
    ");
    insta::assert_snapshot!(edits("快了"), @r#"
    (not understood)
    keep "快了"
    Here: 修改后的内容没有看懂，已留存，暂按原反馈登记。请点选这句话对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:progress:70:26:1] [v1:mean:claim:70:26:1] [v1:mean:blocked:70:26:1] [v1:mean:remark:70:26:1] [v1:mean:nothing:70:26:1]
    "#);
    insta::assert_snapshot!(edits("5 进度70%"), @"
    (a contact reports)
    Reporting(Withdraw { message_id: 70, duties: [DutyId(260)] })
    record 50 in_progress Some(70) late=false
    Here: 已按修改后的内容更新。 / 第26项的反馈已随修改撤回。 / 已登记 第5项 任务5：推进中70% [v1:undo:70]
    ");
    let asked = Place { asked_for: Some(Awaited::Task(PartOf { message_id: 70, part: 0 })), ..group(Some(1)) };
    let waits = Facts { question: Some(Question { parts: vec![Part::default()], ..kept("进度60%") }), ..facts() };
    insta::assert_snapshot!(says("第26项", &asked, &waits), @"
    (the task is named)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第26项
    record 260 - None late=false
    Here: 已登记 第26项 任务26：情况已记录 [v1:undo:70]
    ");
}

#[test]
fn a_button_names_the_task_once() {
    let item = crate::understanding::Item { percent: Some(60), ..Default::default() };
    let question = Question {
        message_id: 70,
        person: PersonId(1),
        at: moment().now,
        text: "进度60%".into(),
        parts: vec![Part { item, ..Part::default() }],
        settled: 0,
        attachments: Vec::new(),
        edited: false,
        unit: None,
        understood: Vec::new(),
        answered: false,
    };
    let open = Facts { question: Some(question.clone()), ..facts() };
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &open), @"
    (the task is named)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第26项
    record 260 - Some(60) late=false
    Here: 已登记 第26项 任务26：60% [v1:undo:70]
    ");
    let answered = Facts { question: Some(Question { answered: true, ..question }), ..facts() };
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &answered), @"
    (already answered)
    toast: 这条反馈已经处理过了。
    ");
    insta::assert_snapshot!(presses("v1:pick:70:26", &group(Some(1)), &facts()), @"
    (no such question)
    toast: 情况已有变化，此按钮不再有效。
    ");
}

#[test]
fn parts_are_asked_about_one_after_another() {
    insta::assert_snapshot!(says("5 那样子吧，26 就那样", &group(Some(1)), &facts()), @r#"
    (a contact reports)
    keep "5 那样子吧，26 就那样"
    Here: 本条中第26项“就那样”尚未登记，随后逐项询问。 / 没有看懂，原话已留存，尚未登记。请点选“那样子吧”对第5项 任务5的含义，或重新回复写明进展。 [v1:mean:progress:70:5] [v1:mean:claim:70:5] [v1:mean:blocked:70:5] [v1:mean:remark:70:5] [v1:mean:nothing:70:5]
    "#);
    let part = |task, words: &str| {
        let item = crate::understanding::Item { words: words.into(), ..Default::default() };
        Part { tasks: vec![TaskId(task)], item, unclear: true, ..Part::default() }
    };
    let question = Question {
        parts: vec![part(5, "那样子吧"), part(26, "就那样")], ..kept("5 那样子吧，26 就那样")
    };
    let open = Facts { question: Some(question.clone()), ..facts() };
    insta::assert_snapshot!(presses("v1:mean:claim:70:5", &group(Some(1)), &open), @r#"
    (the meaning is given)
    keep "5 那样子吧，26 就那样"
    used [v1:pick:70:5] … [v1:mean:nothing:70:0]: —— 某1 06-27 09:00 选定第5项
    record 50 claimed_done Some(100) late=false
    Here: 已登记 第5项 任务5：提请办结 / 办结由督办员核定。 [v1:undo:70]
    Here: 同一条消息中还有一部分尚未登记。请点选“就那样”对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:progress:70:26:1] [v1:mean:claim:70:26:1] [v1:mean:blocked:70:26:1] [v1:mean:remark:70:26:1] [v1:mean:nothing:70:26:1]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结 / 原话：那样子吧 [v1:accept:50:70] [v1:return:50:70]
    "#);
    insta::assert_snapshot!(presses("v1:mean:nothing:70:5", &group(Some(1)), &open), @r#"
    (the words are no report)
    keep "5 那样子吧，26 就那样"
    Here: 未登记，原话留存备查。
    Here: 同一条消息中还有一部分尚未登记。请点选“就那样”对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:progress:70:26:1] [v1:mean:claim:70:26:1] [v1:mean:blocked:70:26:1] [v1:mean:remark:70:26:1] [v1:mean:nothing:70:26:1]
    "#);
    // Each button is about one part.
    let stale = "(another part is asked about)\ntoast: 情况已有变化，此按钮不再有效。";
    assert_eq!(presses("v1:mean:claim:70:26", &group(Some(1)), &open), stale);
    assert_eq!(presses("v1:mean:claim:70:5:1", &group(Some(1)), &open), stale);
    let next = Facts { question: question.next(), ..facts() };
    assert_eq!(presses("v1:mean:nothing:70:0", &group(Some(1)), &next), stale);
    insta::assert_snapshot!(presses("v1:mean:blocked:70:26:1", &group(Some(1)), &next), @"
    (the meaning is given)
    Reporting(CloseQuestion { message_id: 70 })
    used [v1:pick:70:5:1] … [v1:mean:nothing:70:0:1]: —— 某1 06-27 09:00 选定第26项
    record 260 blocked None late=false
    Here: 已登记 第26项 任务26：受阻 [v1:undo:70]
    ");
}

#[test]
fn an_edit_that_nobody_understands_takes_nothing_back() {
    let report = earlier(260, "5 60%，26 30%");
    let before = Facts { earlier: vec![EarlierReport { duty: DutyId(50), ..report.clone() }, report], ..facts() };
    insta::assert_snapshot!(happens(Event::Edited(message("5 70%，26 就那样")), &group(Some(1)), &before), @r#"
    (a contact reports)
    record 50 in_progress Some(70) late=false
    keep "5 70%，26 就那样"
    Here: 已按修改后的内容更新。 / 已登记 第5项 任务5：推进中70% [v1:undo:70]
    Here: 修改后的内容没有看懂，已留存，暂按原反馈登记。请点选“就那样”对第26项 任务26的含义，或重新回复写明进展。 [v1:mean:progress:70:26] [v1:mean:claim:70:26] [v1:mean:blocked:70:26] [v1:mean:remark:70:26] [v1:mean:nothing:70:26]
    "#);
}

#[test]
fn coordinators_read_what_was_said_of_the_tasks_they_are_told_of() {
    insta::assert_snapshot!(says("5 已完成，7 推进中，26 受阻：数据未打通", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 claimed_done Some(100) late=false
    record 70 in_progress None late=false
    record 260 blocked None late=false
    Here: 已登记 第5项 任务5：提请办结 / 第7项 任务7：推进中 / 第26项 任务26：受阻，问题：数据未打通 / 办结由督办员核定。 / 问题由督办员答复。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结 / 第26项 任务26：受阻，问题：数据未打通 / 第5项原话：已完成 / 第26项原话：受阻：数据未打通 [v1:accept:50:70] [v1:return:50:70] [v1:answer:260:1147175367]
    ");
    insta::assert_snapshot!(says("5 推进中，7 推进中，26 受阻：数据未打通", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 in_progress None late=false
    record 70 in_progress None late=false
    record 260 blocked None late=false
    Here: 已登记 第5项 任务5：推进中 / 第7项 任务7：推进中 / 第26项 任务26：受阻，问题：数据未打通 / 问题由督办员答复。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第26项 任务26：受阻，问题：数据未打通 / 原话：受阻：数据未打通 [v1:answer:260:1147175367]
    ");
}
