//! What is asked where nobody but the speaker knows which task words are about, or what they mean.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::chat::words::{Button, Words, repeated};
use crate::chat::{phrases, text};
use crate::intent::button::ALL_ABOVE;
use crate::intent::button::choices::offers_tasks;
use crate::office::duty::Duty;
use crate::office::status::Status;
use crate::reporting::meaning::Meaning;
use crate::reporting::sentences;
use crate::reporting::sentences::Recorded;
use crate::understanding::{Aside, Item};

/// How many tasks are offered as buttons at first, two to a row.
pub const MOST_CHOICES: usize = 6;
/// And how many then: Telegram takes a hundred buttons.
const ALL_CHOICES: usize = 80;

/// How much of what is taken back is repeated.
const LONGEST_QUOTE: usize = 30;
/// How much of what was understood stands on a button.
const LONGEST_LABEL: usize = 20;

/// On the button for all dates of a duty.
pub const WHOLE: &str = "整项办结";
/// What was understood counts.
pub const CONFIRMED: &str = "已确认";
/// Words were edited, and the new ones wait.
pub const STANDS_MEANWHILE: &str = "修改后的内容确认前，仍按原反馈登记。";
/// Other words stand in place of those that were shown.
pub const SAID_OTHERWISE: &str = "已另行反馈";
pub const NOT_RECORDED: &str = "未登记，原话留存备查。";

/// Asks which task the words of this item are about; they wait for a button.
/// `all`: where they may be about all candidates; `more`: offers all of them.
pub fn which_task(item: &Item, candidates: &[(&Duty, String)], all: Option<String>, more: String) -> Words {
    let part = part(item);
    let which = match item.aside {
        None if part.is_empty() => "请问这是哪一项的进展？点选后即登记。",
        None => "请问是哪一项的进展？点选后即登记。",
        Some(Aside::Transfer) => "请问不属本单位职责的是哪一项？点选后即转告督办员。",
        Some(Aside::Defer) => "请问稍后反馈的是哪一项？点选后即登记。",
    };
    let of = if part.is_empty() { part } else { format!("{part}：") };
    let mut words = Words::plain(format!("{of}{which}")).about(candidates.iter().map(|(duty, _)| duty.task.id));
    words.buttons = first_tasks(candidates, more);
    match all.filter(|_| candidates.len() > 1) {
        Some(data) => words.with_row(vec![Button { text: all_label(candidates.len()), data }]),
        None => words,
    }
}

/// Asks which of its dates words about a task mean; they wait for a button.
pub fn which_date(duty: &Duty, item: &Item, choices: &[(String, String)], today: NaiveDate) -> Words {
    let (task, quoted) = (phrases::task_line(duty), part(item));
    let of = if quoted.is_empty() { String::new() } else { format!("{quoted}：") };
    let asked = match item.extend_to.filter(|_| item.claims.is_some() || item.status != Some(Status::ClaimedDone)) {
        Some(until) => format!("申请延期至{}，请问延期的是哪一个时限？", phrases::day(until, today)),
        None => "有多个时限，请问完成的是哪一个？".to_owned(),
    };
    let buttons =
        choices.iter().map(|(text, data)| vec![Button { text: text::cut(text, LONGEST_LABEL), data: data.clone() }]);
    let words = Words::plain(format!("{of}{task}：{asked}点选后即登记。")).about([duty.task.id]);
    Words { buttons: buttons.collect(), ..words }
}

/// All that are above, also where not each has a button of its own.
fn all_label(candidates: usize) -> String {
    match candidates > MOST_CHOICES {
        true => format!("全部{candidates}项"),
        false => ALL_ABOVE.to_owned(),
    }
}

/// What fits on a button that has a row of its own.
const LONGEST_CHOICE: usize = 30;

/// Tasks of several plans are shown with theirs.
fn task_buttons(candidates: &[(&Duty, String)], most: usize) -> Vec<Vec<Button>> {
    let first = candidates.first().map(|(duty, _)| duty.plan_id);
    let several = candidates.iter().any(|(duty, _)| Some(duty.plan_id) != first);
    let choice = |duty: &Duty| {
        let task = format!("第{}项 {}", duty.task.number, duty.task.short_title());
        match duty.plan_name.as_ref().filter(|_| several) {
            Some(plan) => text::cut(&format!("{}{task}", phrases::short_plan(plan)), LONGEST_CHOICE),
            None => text::cut(&task, 14),
        }
    };
    let choices: Vec<Button> =
        candidates.iter().take(most).map(|(duty, data)| Button { text: choice(duty), data: data.clone() }).collect();
    choices.chunks(if several { 1 } else { 2 }).map(<[Button]>::to_vec).collect()
}

/// The first tasks, and where there are more a button that shows them.
fn first_tasks(candidates: &[(&Duty, String)], more: String) -> Vec<Vec<Button>> {
    let mut rows = task_buttons(candidates, MOST_CHOICES);
    if candidates.len() > MOST_CHOICES {
        rows.push(vec![Button { text: format!("更多（共{}项）", candidates.len()), data: more }]);
    }
    rows
}

/// The same question with a button for each task.
pub fn with_all_tasks(asked: &Words, candidates: &[(&Duty, String)]) -> Words {
    let others = asked.buttons.iter().filter(|row| !row.iter().any(|button| offers_tasks(&button.data)));
    let mut buttons = task_buttons(candidates, ALL_CHOICES);
    buttons.extend(others.cloned());
    let about = candidates.iter().map(|(duty, _)| duty.task.id);
    Words { buttons, ..Words::plain(asked.html.clone()) }.about(about)
}

/// Why words are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    Words,
    /// They are somebody else's.
    PassedOn,
    /// They ask instead of telling.
    Question,
    /// They stand in place of words that were understood.
    Edit,
    /// Their task has just been named.
    Task,
    /// The others in the same message were understood.
    Part,
    /// Another part of the same message has just been settled.
    Next,
}

impl Unclear {
    fn label(self) -> &'static str {
        match self {
            Unclear::Words => "没有看懂，原话已留存，尚未登记。",
            Unclear::PassedOn => "转发的内容不作为本人意见，原话已留存，尚未登记。",
            Unclear::Question => {
                "这句像是提问，原话已留存，尚未登记。查看任务请发送 /tasks，用法请发送 /help。如为反馈，"
            }
            Unclear::Edit => "修改后的内容没有看懂，已留存，暂按原反馈登记。",
            Unclear::Task => "",
            Unclear::Next => "同一条消息中还有一部分尚未登记。",
            Unclear::Part => "其中有一部分没有看懂，原话已留存，尚未登记。",
        }
    }
}

/// What else of the same message is asked about after this.
pub fn asked_in_turn(later: &[&Item]) -> String {
    let parts: Vec<String> = later.iter().map(|item| part(item)).collect();
    format!("本条中{}尚未登记，随后逐项询问。", parts.join("、"))
}

/// `第7项“受阻”`, `其余任务“正常推进”`; nothing where it is the whole message.
fn part(item: &Item) -> String {
    let task = match &item.task {
        Some(number) => format!("第{}项", text::escape(number)),
        None if item.rest => "其余任务".to_owned(),
        None => String::new(),
    };
    match item.words.as_str() {
        "" => String::new(),
        words => format!("{task}“{}”", repeated(words, LONGEST_QUOTE)),
    }
}

/// `“那样子吧”`, or the words that stand for the whole message.
fn quoted<'a>(words: &str, whole: &'a str) -> Cow<'a, str> {
    match words {
        "" => whole.into(),
        own => format!("“{}”", repeated(own, LONGEST_QUOTE)).into(),
    }
}

/// Asks what words mean that were not understood.
pub fn which_meaning(why: Unclear, words: &str, duty: &Duty, choices: &[(Meaning, String)]) -> Words {
    let (why, what, task) = (why.label(), quoted(words, "这句话"), phrases::task_line(duty));
    let words = format!("{why}请点选{what}对{task}的含义，或重新回复写明进展。");
    let mut words = Words::plain(words).about([duty.task.id]);
    words.buttons = meaning_buttons(choices);
    words
}

/// Asks which task words are about that were not understood; what they mean is asked next.
pub fn which_unclear_task(
    why: Unclear,
    words: &str,
    candidates: &[(&Duty, String)],
    (drop, more): (String, String),
) -> Words {
    let (why, what) = (why.label(), quoted(words, ""));
    let words = format!("{why}请点选{what}说的是哪一项，或重新回复写明第几项。");
    let mut words = Words::plain(words).about(candidates.iter().map(|(duty, _)| duty.task.id));
    words.buttons = first_tasks(candidates, more);
    words.with_row(vec![Button { text: Meaning::Nothing.label().to_owned(), data: drop }])
}

/// Shows what was understood, which counts once `agree` is pressed; `choices` say what else the words mean.
pub fn whether_understood(
    understood: &[Recorded<'_>],
    agree: String,
    choices: &[(Meaning, String)],
    today: NaiveDate,
) -> Words {
    let lines: Vec<_> =
        understood.iter().map(|one| sentences::understood(one, &phrases::task_line(one.duty), today)).collect();
    let label = match understood {
        [only] => text::cut(&text::plain_text(&sentences::understood(only, "登记", today)), LONGEST_LABEL),
        several => format!("登记以上{}项", several.len()),
    };
    let said = format!("理解如下，点选登记后生效；有出入请改选或重新回复。\n{}", lines.join("\n"));
    let mut words = Words::plain(said)
        .about(understood.iter().map(|one| one.duty.task.id))
        .with_row(vec![Button { text: label, data: agree }]);
    words.buttons.extend(meaning_buttons(choices));
    words
}

fn meaning_buttons(choices: &[(Meaning, String)]) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> =
        choices.iter().map(|(meaning, data)| Button { text: meaning.label().to_owned(), data: data.clone() }).collect();
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

pub fn not_recorded() -> Words {
    Words::plain(NOT_RECORDED)
}

/// Words that waited are taken back.
pub fn taken_back(text: &str) -> Words {
    let what = match text.trim() {
        "" => "刚才的附件".to_owned(),
        words => format!("“{}”", repeated(words, LONGEST_QUOTE)),
    };
    Words::plain(format!("已撤回{what}，未登记，原话留存备查。"))
}

/// For what can only be heard.
pub fn wanting_a_line(words: Words) -> Words {
    Words { html: format!("{}\n请回复本条，补一行文字说明。", words.html), ..words }
}
