//! What coordinators are asked to decide.

use chrono::NaiveDate;

use crate::chat::words::{Button, Words, repeated};
use crate::chat::{phrases, text};
use crate::instructions;
use crate::instructions::Said;
use crate::intent::button;
use crate::office::duty::{Duty, Wish};
use crate::office::moment::Moment;
use crate::office::place::Awaited;
use crate::office::standing::Ruling;
use crate::reporting::sentences::{Recorded, instead_of, understood};
use crate::reporting::statement::Statement;
use crate::review::DrawnFor;
use crate::review::sentences::day_and_time;
use crate::understanding::Aside;
use crate::{problems, transfers};

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 120;

/// What coordinators are told of a report at once: claims and files for them, wishes for more time or to be suspended, and
/// problems.
pub fn notice(recorded: &[Recorded<'_>], said: &Statement, person: &str, at: Moment) -> Option<Words> {
    let is_told = |one: &&Recorded<'_>| {
        one.claims_while_suspended()
            || one.is_claim()
            || one.adds_to_claim
            || one.asks_suspension()
            || one.asks_more_time().is_some()
            || !one.raised.is_empty()
    };
    let told: Vec<_> = recorded.iter().filter(is_told).collect();
    let first = told.first()?;
    let head = format!("<b>{}</b>（{}）反馈：", text::escape(&first.duty.unit.name), text::escape(person));
    let lines = told.iter().map(|one| {
        let suspended = if one.claims_while_suspended() { "（中止期间）" } else { "" };
        format!("{}{suspended}", understood(one, &phrases::task_line_in_office(one.duty), at.today))
    });
    let html = std::iter::once(head).chain(lines).chain(quotes(&told, said, at)).collect::<Vec<_>>().join("\n");
    let rows = told.iter().flat_map(|one| {
        let duty = one.duty;
        // The buttons are drawn for what is being recorded.
        let said_of_it =
            duty.waiting.said + recorded.iter().map(|other| i64::from(other.duty.id == duty.id)).sum::<i64>();
        let drawn = DrawnFor { duty: duty.id, message_id: said.message_id, said: said_of_it };
        let claim = one.is_claim().then(|| claim_row(duty, drawn, one.item.claims.is_some()));
        // The buttons below the claim itself count no longer.
        let claims = duty.waiting.claims.iter().filter(|_| one.adds_to_claim);
        let added = claims.map(move |claim| {
            claim_row(duty, DrawnFor { message_id: claim.asked.message_id, ..drawn }, claim.of.is_some())
        });
        let more_time = one.asks_more_time().map(|due| more_time_row(duty, drawn, due));
        let suspension = one.asks_suspension().then(|| suspension_row(duty, drawn));
        let resume = one.claims_while_suspended().then(|| resume_row(duty));
        added.chain([claim, more_time, suspension, resume].into_iter().flatten())
    });
    let raised = told.iter().flat_map(|one| one.raised.iter().map(|what| (one.duty, *what))).collect();
    let answers = problems::sentences::answer_buttons(raised).into_iter().map(|button| vec![button]);
    let is_cut = [&said.text].into_iter().chain(told.iter().map(|one| &one.item.words));
    let is_cut = is_cut.max_by_key(|words| words.len()).is_some_and(|words| words.chars().count() > LONGEST_QUOTE);
    let of = Said { duty: first.duty.id, message_id: said.message_id };
    let opened = instructions::sentences::openers(of, is_cut, told.iter().any(|one| one.attachment));
    let rows = rows.chain(answers).chain((!opened.is_empty()).then_some(opened));
    let words = Words { buttons: rows.collect(), ..Words::plain(html) };
    Some(words.about(told.iter().map(|one| one.duty.task.id)))
}

/// What was said of the tasks that are told of: the whole message where that is all it says.
fn quotes(told: &[&Recorded<'_>], said: &Statement, at: Moment) -> Vec<String> {
    let edited = if said.edited { format!("（{}修改）", day_and_time(said.at, at)) } else { String::new() };
    let whole = told.len() == said.items.len() || told.iter().any(|one| one.item.words.is_empty());
    let quote = |task: &str, words: &str| format!("{task}原话{edited}：{}", repeated(words, LONGEST_QUOTE));
    match told {
        _ if whole => vec![quote("", &said.text)],
        [only] => vec![quote("", &only.item.words)],
        several => {
            let number = |one: &Recorded<'_>| format!("第{}项", text::escape(&one.duty.task.number));
            several.iter().map(|one| quote(&number(one), &one.item.words)).collect()
        }
    }
}

/// What coordinators are told where a unit says that tasks are another's.
pub fn not_ours(recorded: &[Recorded<'_>], said: &Statement, person: &str, at: Moment) -> Option<Words> {
    let told: Vec<_> = recorded.iter().filter(|one| one.item.aside == Some(Aside::Transfer)).collect();
    let duties: Vec<&Duty> = told.iter().map(|one| one.duty).collect();
    let quoted = quotes(&told, said, at).join("\n");
    let words = format!("{}表示{}不属其职责。\n{quoted}", speaker(&duties, person)?, tasks(&duties));
    let rows = duties
        .iter()
        .map(|duty| transfers::sentences::row(duty, transfers::Of { duty: duty.id, message_id: said.message_id }));
    Some(Words { buttons: rows.collect(), ..Words::plain(words) }.about(duties.iter().map(|duty| duty.task.id)))
}

/// A unit says so no longer.
pub fn ours_again(duties: &[&Duty], person: &str) -> Option<Words> {
    let words = format!("{}已撤回{}不属其职责的说法。", speaker(duties, person)?, tasks(duties));
    Some(Words::plain(words).about(duties.iter().map(|duty| duty.task.id)))
}

fn speaker(duties: &[&Duty], person: &str) -> Option<String> {
    let unit = &duties.first()?.unit;
    Some(format!("<b>{}</b>（{}）", text::escape(&unit.name), text::escape(person)))
}

fn tasks(duties: &[&Duty]) -> String {
    duties.iter().map(|duty| phrases::task_line_in_office(duty)).collect::<Vec<_>>().join("、")
}

/// `of_date`: whether one date is claimed, and the duty has others.
pub fn claim_row(duty: &Duty, drawn: DrawnFor, of_date: bool) -> Vec<Button> {
    let (agree, back) = (button::accept(drawn), ("退回", button::give_back(drawn)));
    if of_date {
        row(duty, [("同意（该时限）", agree), ("整项办结", button::accept_whole(drawn)), back])
    } else {
        row(duty, [("同意办结", agree), back])
    }
}

pub fn more_time_row(duty: &Duty, drawn: DrawnFor, due: NaiveDate) -> Vec<Button> {
    let data = |granted| button::extend(drawn, due, granted);
    row(duty, [("同意延期", data(true)), ("不同意", data(false))])
}

/// Asks whether more time that the lead unit asked for is for that unit alone.
pub fn for_whom(duty: &Duty, wish: &Wish, drawn: DrawnFor, today: NaiveDate) -> Words {
    let (task, unit, due) =
        (phrases::task_line_in_office(duty), text::escape(&duty.unit.name), phrases::day(wish.due, today));
    let (instead, said) = (instead_of(duty, wish.of, today), repeated(&wish.text, LONGEST_QUOTE));
    let data = |all| button::extend_for(drawn, wish.due, all);
    let asked = format!("{task}｜{unit}（牵头）申请延期至{due}{instead}：{said}\n请选择同意延期的范围：");
    let choices = [("仅该单位", data(false)), ("全部责任单位", data(true))];
    Words::plain(asked).about([duty.task.id]).with_row(row(duty, choices))
}

pub fn suspension_row(duty: &Duty, drawn: DrawnFor) -> Vec<Button> {
    row(duty, [("同意中止", button::suspend(drawn)), ("不同意", button::keep(drawn))])
}

fn resume_row(duty: &Duty) -> Vec<Button> {
    let data = button::order(Ruling::Resumed, duty.task.id, Some(duty.id), None);
    vec![Button { text: format!("{} {}", phrases::task_label(duty), Ruling::Resumed.label()), data }]
}

fn row<const N: usize>(duty: &Duty, choices: [(&str, String); N]) -> Vec<Button> {
    let task = phrases::task_label(duty);
    choices.map(|(text, data)| Button { text: format!("{task} {text}"), data }).to_vec()
}

/// Below the button that says that words were none.
pub const NO_REASON: &str = "不是理由";
pub const NO_REASON_TOAST: &str = "已更正。";
/// Why what had no reason is ruled back.
pub const WITHOUT_REASON: &str = "更正：此前所述不是理由";

/// What stands in the empty field of the reply that a question opens; `None` where nobody has to reply.
pub fn reply_hint(awaited: Awaited) -> Option<&'static str> {
    match awaited {
        Awaited::Reason { .. }
        | Awaited::CitationWithdrawal { .. }
        | Awaited::WhyRefused { .. }
        | Awaited::OrderReason { .. } => Some("请输入理由"),
        Awaited::Answer { .. } => Some("请输入答复"),
        Awaited::Taker { .. } => Some("请输入单位"),
        Awaited::Trouble { .. } => Some("请说明困难"),
        Awaited::WhyMoreTime { .. } => Some("请说明延期理由"),
        Awaited::Task(_)
        | Awaited::Meaning(_)
        | Awaited::Confirmation { .. }
        | Awaited::Line { .. }
        | Awaited::Addition { .. }
        | Awaited::Instruction { .. }
        | Awaited::Instructed { .. }
        | Awaited::Inspection { .. } => None,
    }
}

/// What plain words were taken as, in private.
pub fn taken(awaited: Awaited, said: &str) -> String {
    let what = if matches!(awaited, Awaited::Answer { .. }) { "答复" } else { "理由" };
    format!("已将“{}”作为{what}。", repeated(said.trim(), LONGEST_QUOTE))
}

pub fn no_reason_button(message_id: i64) -> Button {
    Button { text: NO_REASON.to_owned(), data: button::no_reason(message_id) }
}

pub fn no_reason(said: &str) -> Words {
    let said = repeated(said.trim(), LONGEST_QUOTE);
    Words::plain(format!("已更正：“{said}”不作为理由或答复。如需说明，请回复原来的提问。"))
}

pub fn reason_passed_on(duty: &Duty) -> Words {
    passed_on(duty, "理由已转告")
}

pub fn addition_passed_on(duty: &Duty) -> Words {
    passed_on(duty, "补充内容已转告")
}

fn passed_on(duty: &Duty, what: &str) -> Words {
    let words = format!("{what}{}。如需补充，请回复本条，将一并转告。", text::escape(&duty.unit.name));
    Words::plain(words).about([duty.task.id])
}
