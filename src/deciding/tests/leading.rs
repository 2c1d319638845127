//! A unit that leads a task asks the others about it, and about nothing else.

use crate::deciding::facts::Facts;
use crate::deciding::tests::*;
use crate::office::duty::Duty;
use crate::office::ids::{DutyId, TaskId, UnitId};
use crate::office::place::Place;

fn other(task: i64, plan: &str) -> Duty {
    Duty {
        id: DutyId(task * 10 + 1),
        plan: plan.into(),
        task: TaskRef {
            id: TaskId(task),
            number: "5".into(),
            text: format!("任务{task}，其余从略。"),
            others: String::new(),
        },
        unit: UnitRef { id: UnitId(2), name: "省公安厅".into() },
        role: Role::Responsible,
        ..duty(task, Status::NotStarted)
    }
}

#[test]
fn a_number_of_two_plans_means_the_task_that_the_unit_leads() {
    let mut facts = facts();
    facts.duties.extend([other(5, "方案"), other(500, "另一方案")]);
    facts.units_with_chat = vec!["省公安厅".into()];
    insta::assert_snapshot!(says("/remind 5", &group(Some(1)), &facts), @"
    (asks others to report)
    Nudges(Nudge { unit: UnitId(2), tasks: [TaskId(5)], day: 2019-06-27 })
    Here: 已催办：省公安厅 1 项。
    Unit(UnitId(2)): 【催办】牵头单位省住房城乡建设厅请贵单位抓紧反馈下列任务进展： / 第5项 任务5：时限6月30日 / 请回复本条写明进展，有困难请一并说明。
    ");
}

#[test]
fn a_button_asks_for_a_part_in_the_task_that_the_unit_leads() {
    let mut facts = facts();
    facts.others = vec![other(5, "方案")];
    facts.pressed = Some(71);
    assert_eq!(
        presses("v1:nudge:51", &group(Some(1)), &facts),
        "(the unit has no chat)\ntoast: 该单位尚未绑定群或已停止通知，未能送达。"
    );
    facts.units_with_chat = vec!["省公安厅".into()];
    insta::assert_snapshot!(presses("v1:nudge:51", &group(Some(1)), &facts), @r#"
    (a lead unit asks another to report)
    Nudges(Nudge { unit: UnitId(2), tasks: [TaskId(5)], day: 2019-06-27 })
    used [v1:nudge:51]: —— 某1 06-27 09:00 催办
    TurnPage { message_id: 71, words: Words { html: "<b>第5项</b>\n任务5，其余从略。\n省住房城乡建设厅：第5项 任务5｜牵头｜未启动｜6月30日到期\n时限：2019年6月底前（6月30日）\n<b>其他单位进展</b>（1 个单位）：\n负责 省公安厅：未启动（尚无反馈）\n已催办，尚未反馈：省公安厅。", buttons: [], tasks: [TaskId(5)], asked: None } }
    Unit(UnitId(2)): 【催办】牵头单位省住房城乡建设厅请贵单位抓紧反馈下列任务进展： / 第5项 任务5：时限6月30日 / 请回复本条写明进展，有困难请一并说明。
    toast: 已催办。
    "#);
    let refused = |place: &Place, facts: &Facts| presses("v1:nudge:51", place, facts);
    assert_eq!(refused(&group(Some(2)), &facts), "(not a contact of the unit)\ntoast: 仅本单位联络员可以操作。");
    facts.nudged = vec![(UnitId(2), TaskId(5))];
    assert_eq!(refused(&group(Some(1)), &facts), "(asked or heard already)\ntoast: 今日已催办或已反馈，未重复催办。");
    facts.others[0].status = Status::Done;
    assert_eq!(
        refused(&group(Some(1)), &facts),
        "(nothing to ask for)\ntoast: 该单位已办结、提请办结或中止，无需催办。"
    );
    facts.others.clear();
    assert_eq!(
        refused(&group(Some(1)), &facts),
        "(the unit does not lead the task)\ntoast: 情况已有变化，此按钮不再有效。"
    );
}
