//! Sentences about what is said to be another's.

use crate::chat::words::{Block, Button, Words, repeated};
use crate::chat::{phrases, text};
use crate::intent::button::passing;
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::transfers::{Of, Taker, Transfer};

const LONGEST_QUOTE: usize = 120;
/// So many units are offered.
const MOST_TAKERS: usize = 6;

pub const NO_SUCH_UNIT: &str = "名册上没有这个单位，未作更改。请回复名册上的名称或简称。";
pub const PASSED_TOAST: &str = "已转办。";
pub const KEPT: &str = "退回该单位";
pub const KEPT_TOAST: &str = "已退回该单位。";
pub const DROPPED: &str = "取消";
pub const DROPPED_TOAST: &str = "已取消，不作处理。";

/// 转给…, 退回该单位, 取消
pub fn row(duty: &Duty, of: Of) -> Vec<Button> {
    let number = &duty.task.number;
    let labels = ["转给…", KEPT, DROPPED];
    let drawn = labels.into_iter().zip(buttons(of));
    drawn.map(|(label, data)| Button { text: format!("第{number}项 {label}"), data }).collect()
}

/// The data of these three.
pub fn buttons(of: Of) -> Vec<String> {
    vec![passing::ask_taker(of), passing::keep_part(of), passing::drop_transfer(of)]
}

/// `第5项 建成审批系统｜省公安厅表示不属其职责（6月24日，已等3天）：原话`
pub fn pending(duty: &Duty, transfer: &Transfer, at: Moment) -> Block {
    let Transfer { asked, text } = transfer;
    let asked_on = at.day_of(asked.at);
    let waits = match (at.today - asked_on).num_days() {
        days if days > 0 => format!("，已等{days}天"),
        _ => String::new(),
    };
    let line = format!(
        "{}｜{}表示不属其职责（{}{waits}）：{}",
        phrases::task_line_in_office(duty),
        text::escape(&duty.unit.name),
        phrases::day(asked_on, at.today),
        repeated(text, LONGEST_QUOTE)
    );
    let of = Of { duty: duty.id, message_id: asked.message_id };
    Block::task(line, duty.task.id).with_row(row(duty, of))
}

/// Offers the units that the words name.
pub fn whom(duty: &Duty, of: Of, takers: &[&Taker]) -> Words {
    let task = phrases::task_line_in_office(duty);
    let asked = format!("{task}（{}）转给哪个单位？请点选，或回复本条写明单位。", text::escape(&duty.unit.name));
    let offered = takers.iter().take(MOST_TAKERS).map(|taker| {
        let text = text::cut(&taker.unit.name, 20);
        vec![Button { text, data: passing::pass_to(of, taker.unit.id) }]
    });
    Words { buttons: offered.collect(), ..Words::plain(asked) }.about([duty.task.id])
}

pub fn may_not_take(unit: &str, collective: bool) -> String {
    match collective {
        true => format!("“{unit}”是多个单位的统称，请写明一个单位。未作更改。"),
        false => format!("这一项本来就由{unit}承担，未作更改。"),
    }
}

pub fn passed_outcome(unit: &str) -> String {
    format!("转给{unit}")
}

/// Here.
pub fn passed(duty: &Duty, taker: &Taker) -> Words {
    let (task, from) = (phrases::task_line_in_office(duty), text::escape(&duty.unit.name));
    let to = format!("{}{}", text::escape(&taker.unit.name), taker.reach.mark());
    Words::plain(format!("已转办：{task}，由{from}转给{to}，此前的反馈和时限随同转去，双方均已告知。"))
        .about([duty.task.id])
}

/// To whose it was.
pub fn passed_away(duty: &Duty, to: &str, person: &str) -> Words {
    Words::plain(format!(
        "{}：{}已将其转给{}，今后不再由贵单位反馈。",
        phrases::task_line(duty),
        phrases::coordinator(person),
        text::escape(to)
    ))
}

/// To whose it is now.
pub fn passed_on(duty: &Duty, person: &str, at: Moment) -> Words {
    let dates = duty.open_milestones().map(|date| phrases::day(date.due, at.today)).collect::<Vec<_>>();
    let dates = if dates.is_empty() { String::new() } else { format!("时限{}。", dates.join("、")) };
    let said = duty.last_report.as_ref().map(|report| format!("最近反馈：{}。", repeated(&report.text, LONGEST_QUOTE)));
    Words::plain(format!(
        "【转办】{}将{}转由贵单位{}（原由{}承担）。{dates}目前{}。{}请“回复”本条反馈进展。",
        phrases::coordinator(person),
        phrases::task_title(&duty.task),
        duty.role.label(),
        text::escape(&duty.unit.name),
        duty.standing(),
        said.unwrap_or_default()
    ))
    .about([duty.task.id])
}

/// Here; a reply to it is passed on.
pub fn kept(duty: &Duty) -> Words {
    Words::plain(format!(
        "已退回{}：{}仍由其承担。如需说明理由，请回复本条，将转告该单位。",
        text::escape(&duty.unit.name),
        phrases::task_line_in_office(duty)
    ))
    .about([duty.task.id])
}

pub fn kept_to_unit(duty: &Duty, person: &str) -> Words {
    Words::plain(format!(
        "{}：{}答复，仍由贵单位承担，请继续推进并反馈。",
        phrases::task_line(duty),
        phrases::coordinator(person)
    ))
    .about([duty.task.id])
}
