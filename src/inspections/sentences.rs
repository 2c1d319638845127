//! What is said of inspections, 专项督查.

use chrono::NaiveDate;

use crate::chat::words::{Block, Button, Words, messages, repeated};
use crate::chat::{phrases, text};
use crate::inspections::{Answer, Asked, Call, Inspection, Part, Request, Whom};
use crate::intent::button;
use crate::nudges::sentences::names;
use crate::office::duty::{Duty, UnitRef};
use crate::office::mention::Mentioned;
use crate::office::moment::Moment;
use crate::reminding;
use crate::reporting::statement::Statement;

pub const STARTED: &str = "已发起。";
pub const CLOSED: &str = "已关闭。";
pub const EXPORTED: &str = "正在生成文件。";
pub const SPARED: &str = "今日已通知或已催办，未重复催办。";
pub const ALL_ANSWERED: &str = "各单位均已答复，无需催办。";
pub const TOO_LATE: &str = "期限已过，请重新发起。";
/// Beside an inspection that a reply to the message answers.
const HOW_TO_ANSWER: &str = "请直接回复本条，可附图片或文件。";

/// How much of an answer is repeated.
const LONGEST_QUOTE: usize = 60;
/// How much of what is asked for stands in a list.
const LONGEST_TITLE: usize = 40;
/// How many tasks a proposal names before it says how many there are.
const MOST_TASKS: usize = 12;

pub fn only_coordinators() -> Words {
    Words::plain("仅督办员可以发起专项督查，请在督办员群或私聊中发送。")
}

pub fn nobody(unknown: &[String]) -> Words {
    let html = match unknown {
        [] => "没有对应的任务或单位，未作发起。".to_owned(),
        unknown => format!("名册和方案中没有：{}，未作发起。", names(unknown)),
    };
    Words::plain(html)
}

pub fn no_such(number: i64) -> Words {
    Words::plain(format!("没有专项督查{number}。发送 /inspect 查看进行中的专项督查。"))
}

pub fn not_asked() -> Words {
    Words::plain("这次专项督查未要求本单位答复。")
}

pub fn also_answered(number: i64) -> String {
    format!("同时登记为专项督查{number}的答复。")
}

/// To words that may be about a task of a digest, or about the inspection that it names too.
pub fn answered_otherwise(number: i64) -> String {
    format!("如是答复专项督查{number}，请回复原提醒并写明“督查”。")
}

pub fn answer_withdrawn(number: i64) -> Words {
    Words::plain(format!("已撤回对专项督查{number}的这次答复。"))
}

/// Whom it asks, until when, and what for.
pub fn proposed(message_id: i64, request: &Request, asked: &Asked, with_chat: &[String], at: Moment) -> Words {
    let units: Vec<String> = asked.units.iter().map(|unit| unit.name.clone()).collect();
    let mut lines = vec![
        "<b>拟发起专项督查</b>".to_owned(),
        format!("对象：{} 个单位（{}）", units.len(), names(&units)),
        format!("期限：{}", phrases::day(request.due, at.today)),
        format!("要求：{}", text::escape(&request.words)),
    ];
    if let (Whom::Tasks(_), [_, ..]) = (&request.whom, asked.tasks.as_slice()) {
        let mut titles: Vec<String> = asked.tasks.iter().take(MOST_TASKS).map(phrases::task_title).collect();
        if asked.tasks.len() > MOST_TASKS {
            titles.push(format!("等 {} 项", asked.tasks.len()));
        }
        lines.insert(1, format!("任务：{}", titles.join("、")));
    }
    lines.extend(without_chat(&units, with_chat));
    lines.push("点按“确认”后发到各单位群。".to_owned());
    let confirm = Button { text: "确认".to_owned(), data: button::start_inspection(message_id) };
    Words::plain(lines.join("\n")).with_row(vec![confirm])
}

fn without_chat(units: &[String], with_chat: &[String]) -> Option<String> {
    let unbound: Vec<String> = units.iter().filter(|unit| !with_chat.contains(unit)).cloned().collect();
    (!unbound.is_empty()).then(|| format!("尚未绑定群，不能送达：{}。", names(&unbound)))
}

pub fn started(begun: &Inspection, with_chat: &[String], at: Moment) -> Words {
    let units: Vec<String> = begun.parts.iter().map(|part| part.unit.name.clone()).collect();
    let reached = units.iter().filter(|unit| with_chat.contains(unit)).count();
    let mut lines = vec![format!("专项督查{}已发起，通知 {reached} 个单位。{}", begun.number, later(at))];
    lines.extend(without_chat(&units, with_chat));
    lines.push(format!("发送 /inspect {} 查看答复情况。", begun.number));
    Words::plain(lines.join("\n"))
}

fn later(at: Moment) -> String {
    match at.opening > at.now {
        true => format!("现不在发送时间，将于{}送达。", phrases::date_and_time(at.opening.with_timezone(&at.zone))),
        false => String::new(),
    }
}

/// To a unit. `duties`: its parts in the tasks that the inspection is about. Who is `mentioned` is called by name.
pub fn asked(
    asked: &Inspection,
    duties: &[&Duty],
    again: bool,
    today: NaiveDate,
    mentioned: &[Mentioned],
) -> Vec<Words> {
    let title = if again { "专项督查催办" } else { "专项督查" };
    let (words, due) = (text::escape(&asked.words), phrases::day(asked.due, today));
    let head = Block::text(format!("【{title}】<b>{words}</b>\n请于{due}前（含当日）答复。"));
    let lines = duties.iter().map(|duty| Block::task(phrases::task_line(duty), duty.task.id));
    messages(
        std::iter::once(head)
            .chain(lines)
            .chain([Block::text(HOW_TO_ANSWER)])
            .chain(reminding::sentences::mention::line(mentioned))
            .collect(),
    )
}

/// `专项督查1 报送自查情况：9月20日`
fn title(one: &Inspection, today: NaiveDate) -> String {
    format!(
        "专项督查{} {}：{}",
        one.number,
        text::escape(&text::cut(&one.words, LONGEST_TITLE)),
        phrases::day(one.due, today)
    )
}

/// A line for coordinators.
pub fn line(one: &Inspection, today: NaiveDate) -> String {
    let closed = one.closed_on.map(|closed| format!("，{}关闭", phrases::day(closed, today))).unwrap_or_default();
    format!("{}｜已答复 {}/{}{closed}", title(one, today), one.answered(), one.parts.len())
}

/// What coordinators are told of one that has ended by itself.
pub fn ended(one: &Inspection, today: NaiveDate) -> String {
    let waiting: Vec<String> = one.waiting().map(|unit| unit.name.clone()).collect();
    let waiting = match waiting.as_slice() {
        [] => "。".to_owned(),
        waiting => format!("；未答复：{}。", names(waiting)),
    };
    format!(
        "{}｜已答复 {}/{}{waiting}发送 /inspect {} 查看",
        title(one, today),
        one.answered(),
        one.parts.len(),
        one.number
    )
}

/// Those that are open, for coordinators.
pub fn list(open: &[&Inspection], today: NaiveDate) -> Vec<Words> {
    if open.is_empty() {
        let usage = "没有进行中的专项督查。发起：/inspect 全部 9月20日前 报送自查情况";
        return vec![Words::plain(usage)];
    }
    let lines = open.iter().map(|one| Block::text(line(one, today)));
    let head = Block::text(format!("<b>进行中的专项督查</b>（{} 次）", open.len()));
    messages(std::iter::once(head).chain(lines).chain([Block::text("发送 /inspect 1 查看一次的答复情况。")]).collect())
}

/// Those that ask a unit.
pub fn own(open: &[(&Inspection, &Part)], today: NaiveDate) -> Vec<Words> {
    if open.is_empty() {
        return vec![Words::plain("本单位没有待答复的专项督查。")];
    }
    let lines = open.iter().map(|(one, part)| {
        let state = if part.answers.is_empty() { "未答复" } else { "已答复" };
        Block::text(format!("{}｜{state}", title(one, today)))
    });
    let waits = matches!(open, [(_, part)] if part.answers.is_empty());
    messages(lines.chain(waits.then(|| Block::text(HOW_TO_ANSWER))).collect())
}

/// Who has answered and who has not.
pub fn card(one: &Inspection, at: Moment) -> Vec<Words> {
    let waiting: Vec<String> = one.waiting().map(|unit| unit.name.clone()).collect();
    let mut blocks = vec![Block::text(format!("<b>{}</b>", line(one, at.today)))];
    if !one.tasks.is_empty() {
        let numbers: Vec<String> = one.tasks.iter().map(|task| text::escape(&task.number)).collect();
        blocks.push(Block::text(format!("任务：第{}项", numbers.join("、"))));
    }
    let mut answered = one.parts.iter().filter(|part| !part.answers.is_empty()).peekable();
    if answered.peek().is_some() {
        blocks.push(Block::text("<b>已答复</b>："));
        blocks.extend(answered.flat_map(|part| part.answers.iter().map(|answer| quoted(part, answer, at))));
    }
    if !waiting.is_empty() {
        blocks.push(Block::text(format!("<b>未答复 {} 个</b>：{}", waiting.len(), text::escape(&waiting.join("、")))));
    }
    let mut words = messages(blocks);
    if let Some(last) = words.last_mut() {
        let button = |text: &str, data| Button { text: text.to_owned(), data };
        let nudge = button("催办", button::nudge_inspection(one.id));
        let close = button("关闭", button::close_inspection(one.id));
        let export = button("导出", button::export_inspection(one.id));
        last.buttons.push(match (one.is_open(), waiting.is_empty()) {
            (true, false) => vec![nudge, close, export],
            (true, true) => vec![close, export],
            (false, _) => vec![export],
        });
    }
    words
}

fn quoted(part: &Part, answer: &Answer, at: Moment) -> Block {
    let files = match answer.files.len() {
        0 => String::new(),
        count => format!("（附件 {count} 个）"),
    };
    let when = answer.at.with_timezone(&at.zone);
    Block::text(format!(
        "{}（{} {} {}）：{}{files}",
        text::escape(&part.unit.name),
        text::escape(&answer.person),
        phrases::day(when.date_naive(), at.today),
        when.format("%H:%M"),
        repeated(&answer.text, LONGEST_QUOTE)
    ))
}

pub fn nudged(open: &Inspection, reached: &[&UnitRef], unbound: &[&UnitRef], at: Moment) -> Words {
    let called = |units: &[&UnitRef]| names(&units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>());
    let mut lines = vec![format!("专项督查{}已催办：{}。{}", open.number, called(reached), later(at))];
    if !unbound.is_empty() {
        lines.push(format!("尚未绑定群，未能送达：{}。", called(unbound)));
    }
    Words::plain(lines.join("\n"))
}

/// To the unit that has answered.
pub fn answered(asked: &Inspection, statement: &Statement, today: NaiveDate) -> Words {
    let files = match statement.attachments.len() {
        0 => String::new(),
        count => format!("，附件 {count} 个"),
    };
    let remark = match asked.closed_on {
        Some(closed) => format!("本次督查已于{}关闭，作为补报登记。", phrases::day(closed, today)),
        None => String::new(),
    };
    let undo = Button { text: "撤回".to_owned(), data: button::undo(statement.message_id) };
    Words::plain(format!("已登记专项督查{}的答复{files}。{remark}", asked.number)).with_row(vec![undo])
}

/// A line of a unit's digest; only a reply to the digest about its first one is told apart by itself.
pub fn called(call: &Call, due: &str, is_first: bool) -> Block {
    let how = if is_first { "" } else { "（请回复原通知）" };
    Block::text(format!("专项督查{} {}：{due}{how}", call.number, text::escape(&text::cut(&call.words, LONGEST_TITLE))))
}
