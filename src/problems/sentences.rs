//! Sentences about problems: raised, answered, closed, taken back.

use crate::chat::words::{Block, Button, Words, messages, repeated};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::problems::{Problem, key};
use crate::review;

/// How much of a problem is repeated.
const LONGEST_QUOTE: usize = 120;
const LONGEST_SUBJECT: usize = 20;
/// The same on a button.
const LONGEST_ON_BUTTON: usize = 10;
/// How much of a coordinator's answer is passed on.
const LONGEST_ANSWER: usize = 1_000;

pub const CLOSED: &str = "已关闭。";
pub const WITHDRAWN: &str = "已标记为解决。";

fn quoted(problem: &Problem) -> String {
    repeated(&problem.what, LONGEST_QUOTE)
}

/// `第5项 答复`, below a notice and in the list of problems.
pub fn answer_button(duty: &Duty, key: i64) -> Button {
    Button { text: format!("{} 答复", phrases::task_label(duty)), data: button::answer_problem(duty.id, key) }
}

/// The same for all problems of a message; several are numbered and say which they are.
pub fn answer_buttons(raised: Vec<(&Duty, &str)>) -> Vec<Button> {
    let several = raised.len() > 1;
    let button = |(number, (duty, what)): (usize, (&Duty, &str))| {
        let button = answer_button(duty, key(what));
        match several {
            true => {
                Button { text: format!("{number}. {}：{}", button.text, text::cut(what, LONGEST_ON_BUTTON)), ..button }
            }
            false => button,
        }
    };
    (1..).zip(raised).map(button).collect()
}

/// `第5项 建成审批系统｜省公安厅（6月27日，已3天）：市县数据未打通`
pub fn line(duty: &Duty, problem: &Problem, at: Moment, longest: usize) -> String {
    let (what, unit) = (text::escape(&text::cut(&problem.what, longest)), text::escape(&duty.unit.name));
    format!("{}｜{unit}（{}）：{what}", phrases::task_line_in_office(duty), since(problem, at))
}

fn since(problem: &Problem, at: Moment) -> String {
    let raised = at.day_of(problem.raised_at);
    match (at.today - raised).num_days() {
        days @ 1.. => format!("{}，已{days}天", phrases::day(raised, at.today)),
        _ => phrases::day(raised, at.today),
    }
}

/// `第5项 省公安厅“市县数据未打通”`
pub fn subject(duty: &Duty, problem: &Problem) -> String {
    format!("{}“{}”", review::sentences::subject(duty), text::escape(&text::cut(&problem.what, LONGEST_SUBJECT)))
}

/// Asks a coordinator for an answer.
pub fn answer_wanted(duty: &Duty, problem: &Problem, person: &str) -> [Words; 2] {
    let (unit, what) = (text::escape(&duty.unit.name), quoted(problem));
    let close =
        Button { text: "不作答复，直接关闭".to_owned(), data: button::close_problem(duty.id, problem.key()) };
    let problem =
        Words::plain(format!("{}（{unit}）：{what}", phrases::task_line_in_office(duty))).with_row(vec![close]);
    let wanted = Words::plain(format!("{}，请回复本条写明答复，将转告{unit}。", text::escape(person)));
    [problem, wanted].map(|words| words.about([duty.task.id]))
}

pub fn passed_on(duty: &Duty) -> Words {
    let unit = text::escape(&duty.unit.name);
    Words::plain(format!("答复已转告{unit}，该问题不再挂账。如需补充，请回复本条，将一并转告。")).about([duty.task.id])
}

pub fn no_longer_open() -> Words {
    Words::plain("该问题已答复、关闭或撤销，这次的答复没有转告。")
}

/// To the unit that raised it.
pub fn answered(duty: &Duty, problem: &Problem, answer: &str) -> Words {
    let (what, answer) = (quoted(problem), text::escape(&text::cut(answer.trim(), LONGEST_ANSWER)));
    Words::plain(format!("{}：贵单位反映的问题“{what}”，督办员答复：{answer}", phrases::task_line(duty)))
        .about([duty.task.id])
}

/// To a unit that leads the task.
pub fn answered_other(duty: &Duty, problem: &Problem, answer: &str) -> Words {
    let (unit, what) = (text::escape(&duty.unit.name), quoted(problem));
    let answer = text::escape(&text::cut(answer.trim(), LONGEST_ANSWER));
    Words::plain(format!("{}：{unit}反映的问题“{what}”，督办员答复：{answer}", phrases::task_line(duty)))
        .about([duty.task.id])
}

pub fn closed(duty: &Duty, problem: &Problem, person: &str) -> Words {
    let (person, unit) = (text::escape(person), text::escape(&duty.unit.name));
    Words::plain(format!("{person} 关闭问题：{}（{unit}）“{}”", phrases::task_line_in_office(duty), quoted(problem)))
        .about([duty.task.id])
}

pub fn closed_without_words(duty: &Duty, problem: &Problem) -> Words {
    let html = format!(
        "{}：反映的问题“{}”已由督办员关闭。如仍需协调，请再次反馈。",
        phrases::task_line(duty),
        quoted(problem)
    );
    Words::plain(html).about([duty.task.id])
}

pub fn withdrawn(duty: &Duty, problem: &Problem, person: &str) -> Words {
    Words::plain(format!("{} 标记问题已解决：{}“{}”", text::escape(person), phrases::task_line(duty), quoted(problem)))
        .about([duty.task.id])
}

/// A unit's own problems, each with a button that takes it back.
pub fn own(unit: &str, duties: &[&Duty], at: Moment) -> Vec<Words> {
    let open = duties.iter().flat_map(|duty| duty.problems.iter().map(move |problem| (*duty, problem)));
    let lines: Vec<Block> = open
        .map(|(duty, problem)| {
            let line = format!("{}（{}）：{}", phrases::task_line(duty), since(problem, at), quoted(problem));
            let solved = Button {
                text: format!("{} 已解决", phrases::task_label(duty)),
                data: button::withdraw_problem(duty.id, problem.key()),
            };
            Block::task(line, duty.task.id).with_button(solved)
        })
        .collect();
    if lines.is_empty() {
        return vec![Words::plain(format!("{}没有待答复的问题。", text::escape(unit)))];
    }
    let head = Block::text(format!("<b>{}</b> 待答复的问题 {} 个：", text::escape(unit), lines.len()));
    messages(std::iter::once(head).chain(phrases::numbered(lines)).collect())
}
