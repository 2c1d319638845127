//! Steps are planned, moved and ticked off.

use crate::deciding::tests::*;
use crate::office::ids::StepId;
use crate::steps::Step;

#[test]
fn a_duty_is_split_into_steps() {
    insta::assert_snapshot!(says("/step 5 6月29日 联调\n2月30日 培训\n9月15日 上线", &group(Some(1)), &facts()), @r#"
    (a duty is split into steps)
    Steps(Plan { id: StepId(0), duty: DutyId(50), step: PlannedStep { text: "联调", due: 2019-06-29 }, message_id: 70 })
    Steps(Plan { id: StepId(1), duty: DutyId(50), step: PlannedStep { text: "上线", due: 2019-09-15 }, message_id: 70 })
    Here: 已登记步骤 2 个，到期前提醒。 / 请注意：“上线”晚于本项时限（6月30日），本项时限不变。 / 未登记：“2月30日 培训”（没有这一天） / 请修改原消息，或将未登记的部分改好后重发。 / 第5项 任务5　分解步骤（0/2 已完成） / ☐ 联调（6月29日） / ☐ 上线（9月15日） [v1:step:0:1:1] [v1:step:0:3:1] [v1:step:1:1:1] [v1:step:1:3:1]
    "#);
    insta::assert_snapshot!(says("分解：6月29日 联调", &group(Some(1)), &facts()), @"
    (it is not clear which task)
    Here: 未登记：请写明是哪一项，例如“/step 5 9月15日 完成系统联调”；编号相同的，请回复 /task 所示的该项任务。 / · 第5项 任务5（方案） / · 第26项 任务26（方案）
    ");
    insta::assert_snapshot!(says("/step 9月15日 联调", &group(Some(2)), &facts()), @"
    (not a contact of the unit)
    Quiet(Hint(NotAContact(PersonId(2))))
    Here: 某2 尚未登记为省住房城乡建设厅联络员，以上内容没有登记。如由您负责反馈，请点按申请，确认后重发。 [v1:ask:1]
    ");
    let mut split = facts();
    let text = "联调".to_owned();
    let due = "2019-06-29".parse().unwrap();
    split.duties[0].steps = vec![Step { id: StepId(1), text, due, done: false, planned_in: (ChatId(1), 70) }];
    (split.next_step, split.pressed) = (2, Some(71));
    let mended = Event::Edited(message("/step 5 6月28日 联调"));
    insta::assert_snapshot!(happens(mended, &group(Some(1)), &split), @r#"
    (a duty is split into steps)
    Steps(Mark { step: StepId(1), mark: Removed })
    Steps(Plan { id: StepId(2), duty: DutyId(50), step: PlannedStep { text: "联调", due: 2019-06-28 }, message_id: 70 })
    Here: 已登记步骤 1 个，到期前提醒。 / 其中 1 个为改期，以新日期为准。 / 第5项 任务5　分解步骤（0/1 已完成） / ☐ 联调（6月28日） [v1:step:2:1:1] [v1:step:2:3:1]
    "#);
    let elsewhere = Event::Edited(message("/step 7 6月29日 联调"));
    insta::assert_snapshot!(happens(elsewhere, &group(Some(1)), &split), @r#"
    (a duty is split into steps)
    Steps(Mark { step: StepId(1), mark: Removed })
    Steps(Plan { id: StepId(2), duty: DutyId(70), step: PlannedStep { text: "联调", due: 2019-06-29 }, message_id: 70 })
    Here: 已登记步骤 1 个，到期前提醒。 / 原有步骤 1 个已随修改移除。 / 第7项 任务7　分解步骤（0/1 已完成） / ☐ 联调（6月29日） [v1:step:2:1:1] [v1:step:2:3:1]
    "#);
    assert_eq!(
        happens(Event::Edited(message("/step 5  6月29日 联调")), &group(Some(1)), &split),
        "(an edit that changes no step)"
    );
    insta::assert_snapshot!(presses("v1:step:1:1:1", &group(Some(1)), &split), @r#"
    (a step is marked)
    Steps(Mark { step: StepId(1), mark: Done })
    used [v1:step:1:1:1] … [v1:step:1:3:2]: —— 某1 06-27 09:00 标记完成
    TurnPage { message_id: 71, words: Words { html: "第5项 任务5\u{3000}分解步骤（1/1 已完成）\n☑ 联调（6月29日，已完成）", buttons: [[Button { text: "↩ 撤销完成：联调", data: "v1:step:1:2:1" }]], tasks: [TaskId(5)], asked: None } }
    toast: 已标记完成。
    "#);
    insta::assert_snapshot!(presses("v1:step:1:2:1", &group(Some(1)), &split), @"
    (the step stands so already)
    toast: 该步骤目前未标记完成，无需撤销。
    ");
    insta::assert_snapshot!(presses("v1:step:1:1:1", &group(Some(2)), &split), @"
    (not a contact of the unit)
    toast: 仅本单位联络员可以操作。
    ");
    insta::assert_snapshot!(presses("v1:step:9:1:1", &group(Some(1)), &split), @"
    (no such step)
    toast: 情况已有变化，此按钮不再有效。
    ");
    split.duties[0].status = Status::Done;
    insta::assert_snapshot!(says("/step 5 9月15日 上线", &group(Some(1)), &split), @"
    (a duty that is done has no more steps)
    Here: 第5项 任务5：已办结，不再分解。
    ");
}
