//! What a coordinator who rules by command is asked and told.

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::standing::Ruling;
use crate::review::sentences;

/// How many units are offered as buttons, two to a row.
const MOST_CHOICES: usize = 30;

pub const ELSEWHERE: &str = "请在督办员群或与机器人的私聊中操作。";
pub const NOBODY: &str = "没有这一项任务，或该单位不承担这一项。发送 /task 5 查看各单位承担情况。";

/// What gives such an order.
pub fn command(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Accepted => "/accept",
        Ruling::Returned => "/return",
        Ruling::Suspended => "/suspend",
        Ruling::Resumed => "/resume",
        Ruling::Reopened => "/reopen",
    }
}

/// Of those that are meant, one whose claim or wish is the coordinator's own.
pub fn not_ones_own(duty: &Duty) -> String {
    format!("第{}项（{}）：{}", duty.task.number, duty.unit.name, sentences::NOT_ONES_OWN)
}

pub fn does_not_fit(ruling: Ruling, meant: &[&Duty]) -> String {
    let [first, rest @ ..] = meant else { return String::new() };
    let standing = match rest {
        [] => format!("{}目前为{}", first.unit.name, first.status.label()),
        _ => format!("{}个单位目前的状态都不符合", meant.len()),
    };
    let condition = match ruling {
        Ruling::Accepted | Ruling::Returned => "只有提请办结的才能核定",
        Ruling::Suspended => "已办结或已中止的不能中止",
        Ruling::Resumed => "只有中止的才能恢复",
        Ruling::Reopened => "只有已办结的才能撤销办结",
    };
    format!("第{}项：{standing}，{condition}。", first.task.number)
}

/// `中止：省公安厅`
pub fn done(ruling: Ruling, ruled: &[&Duty]) -> String {
    format!("{}：{}", ruling.label(), sentences::units(ruled))
}

/// Asks for the reason without which nothing is done.
pub fn why(ruling: Ruling, duties: &[&Duty]) -> Words {
    let Some(first) = duties.first() else { return Words::default() };
    let units = sentences::units(duties);
    Words::plain(format!(
        "{}：请回复本条说明{}的理由（{units}），说明后生效。",
        phrases::task_line_in_office(first),
        ruling.label()
    ))
    .about([first.task.id])
}

/// Asks whose part is meant. `all`: the button for every unit's.
pub fn whom(ruling: Ruling, choices: &[(&Duty, String)], all: Option<String>) -> Words {
    let Some((first, _)) = choices.first() else { return Words::default() };
    let several_tasks = choices.iter().any(|(duty, _)| duty.task.id != first.task.id);
    let buttons: Vec<Button> = choices
        .iter()
        .take(MOST_CHOICES)
        .map(|(duty, data)| {
            let title = if several_tasks { format!("｜{}", duty.task.short_title()) } else { String::new() };
            Button { text: text::cut(&format!("{}{title}", duty.unit.name), 20), data: data.clone() }
        })
        .collect();
    let hint = if choices.len() > MOST_CHOICES { "未列出的请在命令中写明单位。" } else { "" };
    let task = if several_tasks {
        format!("第{}项", text::escape(&first.task.number))
    } else {
        phrases::task_line_in_office(first)
    };
    let mut words = Words::plain(format!("{task}：请点选要{}的单位。{hint}", ruling.label()));
    words.buttons = buttons.chunks(2).map(<[Button]>::to_vec).collect();
    if let Some(data) = all {
        words.buttons.push(vec![Button { text: format!("全部单位（{}个）", choices.len()), data }]);
    }
    words.about(choices.iter().map(|(duty, _)| duty.task.id))
}
