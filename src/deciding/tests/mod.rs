//! Decisions as transcripts: who says what where, and what follows.

mod asides;
mod binding;
mod leading;
mod people;
mod steps;
mod unclear;

use chrono::DateTime;

use crate::chat::incoming::{ChatKind, Event, Incoming, IncomingChat, Message, Sender, Standing};
use crate::chat::text;
use crate::deciding::change::Change;
use crate::deciding::decide::decide;
use crate::deciding::decision::Decision;
use crate::deciding::facts::Facts;
use crate::intent::reading;
use crate::office::duty::{Duty, Role, TaskRef, UnitRef, Waiting};
use crate::office::ids::{ChatId, DutyId, MilestoneId, PersonId, PlanId, TaskId, UnitId};
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::moment::Moment;
use crate::office::place::{Chat, Hearing, Person, Place};
use crate::office::policy::Policy;
use crate::office::status::Status;
use crate::reporting::EarlierReport;
use crate::schedule::calendar::Calendar;
use crate::{contacts, intent, reporting};

const HOUSING: UnitId = UnitId(1);

pub fn moment() -> Moment {
    let now = "2019-06-27T09:00:00+08:00".parse().unwrap();
    Moment::of(now, &Policy::default(), &Calendar::china())
}

pub fn milestone(id: i64, text: &str, due: &str) -> Milestone {
    let due = due.parse().unwrap();
    Milestone {
        id: MilestoneId(id),
        text: text.into(),
        due,
        first_due: due,
        extended: false,
        self_signed: false,
        scope: None,
        stands: MilestoneStatus::Open,
        done_at: None,
    }
}

pub fn duty(task: i64, status: Status) -> Duty {
    let signed_off_at = (status == Status::Done).then(|| moment().now);
    let milestone = milestone(1, "2019年6月底前", "2019-06-30").within(status, signed_off_at, None);
    Duty {
        id: DutyId(task * 10),
        plan: "方案".into(),
        plan_id: PlanId(1),
        section: None,
        task: TaskRef {
            id: TaskId(task),
            number: task.to_string(),
            text: format!("任务{task}，其余从略。"),
            others: String::new(),
        },
        unit: UnitRef { id: HOUSING, name: "省住房城乡建设厅".into() },
        role: Role::Lead,
        via: None,
        ended: false,
        status,
        percent: None,
        milestones: vec![milestone],
        last_report: None,
        unconfirmed: Vec::new(),
        done_at: None,
        self_signed: false,
        namesake: None,
        plan_name: None,
        put_off: None,
        problems: Vec::new(),
        practices: Vec::new(),
        steps: Vec::new(),
        waiting: Waiting::default(),
        suspension: None,
        plan_since: DateTime::UNIX_EPOCH,
        escalated: Vec::new(),
        recurring: Vec::new(),
        reach: crate::office::reach::Reach::Reached,
    }
}

fn person(id: i64) -> Person {
    let contact_of = if id == 1 { vec![HOUSING] } else { Vec::new() };
    Person { id: PersonId(id), name: format!("某{id}"), coordinator: id == 9, contact_of }
}

/// The department's group, where `speaker` answers a message that named tasks 5 and 26.
pub fn group(speaker: Option<i64>) -> Place {
    Place {
        chat: Chat {
            id: ChatId(1),
            kind: ChatKind::Group,
            coordinators: false,
            bound: true,
            standing: Standing::Member,
            silenced_since: None,
        },
        speaker: speaker.map(person),
        unit: Some(UnitRef { id: HOUSING, name: "省住房城乡建设厅".into() }),
        copied: false,
        on_behalf: false,
        named: [5, 26].map(|task| duty(task, Status::NotStarted).task).to_vec(),
        named_dates: Vec::new(),
        confirmed: None,
        asked_for: None,
        unprompted: false,
        hearing: Hearing::default(),
        username: "duban_bot".into(),
        answered: None,
        album: None,
        roll: Vec::new(),
        plans: Vec::new(),
        named_plans: Vec::new(),
    }
}

/// The coordinators' group, where one of them speaks.
pub fn coordinators() -> Place {
    let chat = Chat { id: ChatId(9), coordinators: true, bound: false, ..group(None).chat };
    let roll = vec![("省住房城乡建设厅".to_owned(), "省住房城乡建设厅".to_owned())];
    Place { chat, unit: None, named: Vec::new(), roll, ..group(Some(9)) }
}

pub fn facts() -> Facts {
    let duties = [5, 7, 26].map(|task| duty(task, Status::NotStarted)).to_vec();
    Facts {
        duties,
        contacts: contacts::Known { registered: vec![PersonId(1)], ..contacts::Known::default() },
        ..Facts::default()
    }
}

/// What message 70 reported of a duty.
fn earlier(duty: i64, text: &str) -> EarlierReport {
    EarlierReport {
        duty: DutyId(duty),
        message_id: 70,
        text: text.into(),
        aside: None,
        claims: None,
        problems: Vec::new(),
        withdrawn: false,
        ruled: false,
        answered: Vec::new(),
        alone_raises: Vec::new(),
        granted: None,
        without: (Status::NotStarted, None),
    }
}

fn message(text: &str) -> Message {
    let at = "2019-06-27T08:59:00+08:00".parse().unwrap();
    Message {
        message_id: 70,
        at,
        text: text.into(),
        reply_to: Some(3),
        answers_person: None,
        addressed: true,
        passed_on: false,
        attachments: Vec::new(),
        album: None,
    }
}

fn incoming_of(event: Event) -> Incoming {
    let chat = IncomingChat { telegram_id: -1, topic: None, kind: ChatKind::Group, title: "群".into() };
    Incoming { chat, sender: Sender::Nameless, event }
}

fn happens(event: Event, place: &Place, facts: &Facts) -> String {
    let incoming = incoming_of(event);
    let intent = reading::of(&incoming, place, "duban_bot", moment());
    show(&decide(&intent, place, facts, moment(), incoming.message_id()))
}

pub fn says(text: &str, place: &Place, facts: &Facts) -> String {
    happens(Event::Message(message(text)), place, facts)
}

pub fn presses(data: &str, place: &Place, facts: &Facts) -> String {
    happens(Event::Pressed { query_id: "q".into(), message_id: 71, data: data.into() }, place, facts)
}

fn show(decision: &Decision) -> String {
    let changes = decision.changes.iter().map(|change| match change {
        Change::Reporting(reporting::Change::Record(record)) => {
            let (status, percent) = (record.item.status.map_or("-", Status::key), record.item.percent);
            format!("record {} {status} {percent:?} late={}", record.duty.0, record.late)
        }
        Change::UseButtons(used) => match used.data.as_slice() {
            [first, _, _, .., last] => format!("used [{first}] … [{last}]: {}", used.outcome),
            few => format!("used [{}]: {}", few.join("] ["), used.outcome),
        },
        Change::Reporting(reporting::Change::KeepQuestion(question)) => format!("keep {:?}", question.text),
        other => format!("{other:?}"),
    });
    let messages = decision.messages.iter().map(|message| {
        let buttons = message.words.buttons.iter().flatten().map(|button| format!(" [{}]", button.data));
        format!(
            "{:?}: {}{}",
            message.to,
            text::plain_text(&message.words.html).replace('\n', " / "),
            buttons.collect::<String>()
        )
    });
    let toast = decision.toast.iter().map(|toast| format!("toast: {toast}"));
    std::iter::once(format!("({})", decision.reason))
        .chain(changes)
        .chain(messages)
        .chain(toast)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_contact_reports() {
    insta::assert_snapshot!(says("5 已完成，26 进度60%。问题：数据未打通", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 claimed_done Some(100) late=false
    record 260 in_progress Some(60) late=false
    Here: 已登记 第5项 任务5：提请办结 / 第26项 任务26：推进中60%，问题：数据未打通 / 办结由督办员核定。 / 问题由督办员答复。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：提请办结 / 第26项 任务26：推进中60%，问题：数据未打通 / 原话：5 已完成，26 进度60%。问题：数据未打通 [v1:accept:50:70] [v1:return:50:70] [v1:answer:260:1147175367]
    ");
    insta::assert_snapshot!(says("进度60%", &group(Some(1)), &facts()), @r#"
    (a contact reports)
    keep "进度60%"
    Here: 请问这是哪一项的进展？点选后即登记。 [v1:pick:70:5] [v1:pick:70:26] [v1:all:70]
    "#);
    insta::assert_snapshot!(says("第5项推进中，第99项已完成", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 in_progress None late=false
    Here: 第99项不在省住房城乡建设厅的任务之列，未登记。发送 /tasks 查看。 / 已登记 第5项 任务5：推进中 [v1:undo:70]
    ");
    insta::assert_snapshot!(says("收到", &group(Some(1)), &facts()), @"
    (it was read)
    Receipts(Note { message_id: 70, answered: None, at: 2019-06-27T00:59:00Z })
    ");
    insta::assert_snapshot!(says("嗯嗯那个啥", &group(Some(1)), &facts()), @r#"
    (not understood)
    keep "嗯嗯那个啥"
    Here: 没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。 [v1:pick:70:5] [v1:pick:70:26] [v1:mean:nothing:70:0]
    "#);
    insta::assert_snapshot!(says("嗯嗯那个啥", &group(Some(2)), &facts()), @"
    (not a contact of the unit)
    Quiet(Hint(NotAContact(PersonId(2))))
    Here: 某2 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。 [v1:ask:1]
    ");
    insta::assert_snapshot!(says("第5项申请延期至9月30日，设备未到货", &group(Some(1)), &facts()), @"
    (a contact reports)
    record 50 - None late=false
    Here: 已登记 第5项 任务5：申请延期至9月30日（原时限6月30日） / 延期待督办员核准，核准前仍按原时限（6月30日）执行。 [v1:undo:70]
    Coordinators: 省住房城乡建设厅（某1）反馈： / 第5项 任务5：申请延期至9月30日（原时限6月30日） / 原话：第5项申请延期至9月30日，设备未到货 [v1:grant:50:70:737332] [v1:refuse:50:70:737332]
    ");
}

#[test]
fn after_the_due_date_it_is_late() {
    let mut late = facts();
    for duty in &mut late.duties {
        duty.milestones[0].due = "2019-06-26".parse().unwrap();
    }
    insta::assert_snapshot!(says("5 进度80%", &group(Some(1)), &late), @"
    (a contact reports)
    record 50 in_progress Some(80) late=true
    Here: 已登记 第5项 任务5：逾期反馈，推进中80% [v1:undo:70]
    ");
}

#[test]
fn an_edit_makes_a_new_version() {
    let before =
        Facts { earlier: vec![earlier(50, "5、26均完成50%"), earlier(260, "5、26均完成50%")], ..facts() };
    let edits = |text: &str| happens(Event::Edited(message(text)), &group(Some(1)), &before);
    insta::assert_snapshot!(edits("第5项完成70%"), @"
    (a contact reports)
    Reporting(Withdraw { message_id: 70, duties: [DutyId(260)] })
    record 50 in_progress Some(70) late=false
    Here: 已按修改后的内容更新。 / 第26项的反馈已随修改撤回。 / 已登记 第5项 任务5：推进中70% [v1:undo:70]
    ");
    insta::assert_snapshot!(edits("5、26均完成50%"), @"(an edit that changes no words)");
    insta::assert_snapshot!(edits("呃"), @r#"
    (not understood)
    keep "呃"
    Here: 修改后的内容没有看懂，已留存，暂按原反馈登记。请点选说的是哪一项，或重新回复写明第几项。 [v1:pick:70:5] [v1:pick:70:26] [v1:mean:nothing:70:0]
    "#);
    insta::assert_snapshot!(presses("v1:undo:70", &group(Some(1)), &before), @"
    (a report is withdrawn)
    Reporting(Withdraw { message_id: 70, duties: [DutyId(50), DutyId(260)] })
    used [v1:undo:70]: —— 某1 06-27 09:00 已撤回
    Here: 已撤回第5、26项的这次反馈，现均为未启动。
    ");
    insta::assert_snapshot!(presses("v1:undo:70", &group(Some(2)), &before), @"
    (not a contact of the unit)
    toast: 仅本单位联络员可以操作。
    ");
    insta::assert_snapshot!(says("/undo", &group(Some(1)), &facts()), @"
    (nothing to withdraw)
    Here: 没有可以撤回的反馈。
    ");
}

#[test]
fn questions_across_units_are_for_coordinators() {
    insta::assert_snapshot!(says("/status", &group(Some(9)), &facts()), @"
    (a question across units)
    Here: 跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。
    ");
    let chat = Chat {
        id: ChatId(9),
        kind: ChatKind::Private,
        coordinators: false,
        bound: false,
        standing: Standing::Member,
        silenced_since: None,
    };
    let private = Place { chat, unit: None, named: Vec::new(), ..group(Some(9)) };
    insta::assert_snapshot!(says("第5项进展如何", &private, &facts()), @"
    (a coordinator asked)
    Here: 第5项｜未启动（截至2019年6月27日（周四）09:00） / 任务5，其余从略。 / 时限：2019年6月底前（6月30日） / 牵头 省住房城乡建设厅：未启动（尚无反馈）
    ");
    insta::assert_snapshot!(says("/overdue", &private, &facts()), @"
    (a coordinator asked)
    Here: 目前没有逾期任务。（截至2019年6月27日（周四）09:00）
    ");
    insta::assert_snapshot!(says("呵呵", &private, &facts()), @"
    (a question that is not understood)
    Here: 没有看懂。是不是想问： / · 总体情况 / · 哪些逾期了 / · 本月到期 / 发送 /help 查看全部用法。
    ");
}
