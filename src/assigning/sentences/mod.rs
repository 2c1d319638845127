//! What is said of items and of what coordinators change.

pub mod notice;

use chrono::NaiveDate;

use crate::assigning::{Amendment, Announced, Asked, Dated, Item, Known, News, Standing, Unread};
use crate::chat::words::{Block, Button, Words};
use crate::chat::{phrases, text};
use crate::intent::button::assign;
use crate::nudges::sentences::names;
use crate::office::called::Called;
use crate::office::moment::Moment;
use crate::reminding::digest::Digest;
use crate::understanding::steps::Doubt;

pub const ASSIGNED: &str = "已交办。";
pub const IS_RESTORED: &str = "已恢复。";
/// Below the button that restores.
pub const RESTORED: &str = "恢复";
pub const TOO_LATE: &str = "期限已过，未作交办。请改好期限后重新发送。";

/// How much of a task's words is repeated in a line.
const LONGEST_WORDS: usize = 60;

pub fn only_coordinators() -> Words {
    Words::plain("仅督办员可以交办、调整和撤销任务，请在督办员群或私聊中发送。")
}

pub fn refused(why: &str) -> Words {
    Words::plain(text::escape(why))
}

pub fn unread(unread: Unread, usage: &str, today: NaiveDate) -> Words {
    let why = match unread {
        Unread::NoUnits => "没有读出交给哪些单位".to_owned(),
        Unread::Deed(doubt) => match doubt {
            Doubt::NoDate => "没有读出期限".to_owned(),
            Doubt::NoSuchDate => "没有这一天".to_owned(),
            Doubt::SeveralDates => "写有几个日期，不知以哪个为准".to_owned(),
            Doubt::Past(day) => format!("{}已过", phrases::day(day, today)),
            Doubt::FarOff(day) => format!("{}过远", phrases::day(day, today)),
            Doubt::NothingToDo => "没有写明要做什么".to_owned(),
            Doubt::TooLong => "文字过长，请精简；事项较多的请发送文件".to_owned(),
        },
    };
    Words::plain(text::escape(&format!("{why}，未作更改。请改好后重发，例如 {usage}。")))
}

/// Why nobody can be asked; `None` where somebody can.
pub fn nobody(asked: &Asked) -> Option<Words> {
    nobody_because(asked).map(|why| Words::plain(text::escape(&why)))
}

/// The same as a line of text.
pub fn nobody_because(asked: &Asked) -> Option<String> {
    if let Some((name, near)) = asked.unknown.first() {
        let names: Vec<&str> = asked.unknown.iter().map(|(name, _)| name.as_str()).collect();
        let like = match near.as_slice() {
            [] => String::new(),
            near => format!("“{name}”是不是：{}？", near.join("、")),
        };
        return Some(format!(
            "名册上没有：{}，未作交办。{like}请写名册上的名称或简称后重发；新单位请先由运行人员登记。",
            names.join("、")
        ));
    }
    if !asked.empty.is_empty() {
        let names = asked.empty.join("、");
        return Some(format!(
            "“{names}”在名册上没有成员，未作交办。请逐一写明单位后重发，或请运行人员在名册上指明其成员。"
        ));
    }
    asked.everybody().next().is_none().then(|| "名册上还没有单位，未作交办。请先由运行人员登记。".to_owned())
}

/// What is asked, of whom, and by when.
pub fn proposed(message_id: i64, item: &Item, known: &Known, at: Moment) -> Words {
    let mut lines = vec!["<b>拟交办</b>".to_owned()];
    lines.extend(what(item, &known.asked, at.today));
    lines.extend(without_chat(known));
    lines.push("点按“确认”后立项，随当日或下一次提醒送达各单位。".to_owned());
    let confirm = Button { text: "确认".to_owned(), data: assign::assign(message_id) };
    Words::plain(lines.join("\n")).with_row(vec![confirm])
}

/// The lines that say whom, until when and what.
pub fn what(item: &Item, asked: &Asked, today: NaiveDate) -> Vec<String> {
    let everybody: Vec<String> = asked.everybody().cloned().collect();
    let through = match item.collectives.as_slice() {
        [] => String::new(),
        collectives => format!("，其中{}按名册成员", text::escape(&collectives.join("、"))),
    };
    vec![
        format!("单位：{} 个（{}{through}）", everybody.len(), names(&everybody)),
        format!("期限：{}", phrases::day(item.due, today)),
        format!("事项：{}", text::escape(&item.words)),
    ]
}

/// The units that will hear of it once they have a chat.
pub fn without_chat(known: &Known) -> Option<String> {
    let unbound: Vec<String> =
        known.asked.everybody().filter(|unit| !known.units_with_chat.contains(unit)).cloned().collect();
    (!unbound.is_empty()).then(|| format!("尚未绑定群，绑定后送达：{}。", names(&unbound)))
}

pub fn assigned(item: &Item, known: &Known, today: NaiveDate) -> Words {
    Words::plain(format!(
        "已交办第{}项：{}（{}前）。随当日或下一次提醒送达各单位；急需的请再发送 /remind {0}。",
        text::escape(&known.next_number),
        text::escape(&text::cut(&item.words, LONGEST_WORDS)),
        phrases::day(item.due, today)
    ))
}

pub fn no_such_task(called: &Called) -> String {
    let plan = called.plan.as_ref().map(|plan| format!("方案“{plan}”中")).unwrap_or_default();
    format!("{plan}没有进行中的第{}项，未作更改。请发送 /plans 核对后重发。", called.number)
}

pub fn in_several_plans(called: &Called, several: &[Standing]) -> String {
    let plans: Vec<String> = several.iter().map(|one| format!("《{}》", one.plan)).collect();
    let (number, first) = (&called.number, plans.first().cloned().unwrap_or_default());
    format!(
        "第{number}项在几份方案中都有：{}，未作更改。请写明方案后重发，例如 {first}第{number}项。",
        plans.join("、")
    )
}

pub fn same_text(standing: &Standing) -> String {
    format!("第{}项的内容本来如此，未作更改。", standing.task.number)
}

pub fn same_date(standing: &Standing, due: NaiveDate, today: NaiveDate) -> String {
    format!("第{}项的时限本来是{}，未作更改。", standing.task.number, phrases::day(due, today))
}

pub fn taken_date(standing: &Standing, old: NaiveDate, new: NaiveDate, today: NaiveDate) -> String {
    let (old, new) = (phrases::day(old, today), phrases::day(new, today));
    format!("第{}项已有{new}的时限，{old}的时限未作更改。请另写日期。", standing.task.number)
}

pub fn past(due: NaiveDate, today: NaiveDate) -> String {
    format!("{}已过，未作更改。请写今天或以后的日期。", phrases::day(due, today))
}

pub fn which_date(standing: &Standing, dates: &[Dated], today: NaiveDate, form: fn(&str, &str) -> String) -> String {
    let number = &standing.task.number;
    let named = |date: &Dated| {
        let scope = date.scope.as_ref().map(|scope| format!("（{scope}）")).unwrap_or_default();
        format!("{}{scope}", phrases::day(date.due, today))
    };
    let all: Vec<String> = dates.iter().map(named).collect();
    let first = dates.first().map(|date| phrases::day(date.due, today)).unwrap_or_default();
    let example = form(number, &first);
    format!("第{number}项有几个时限：{}，未作更改。请写明改哪一个，例如 {example}。", all.join("、"))
}

/// How one of several dates of a task is named in a chat.
pub fn with_date(number: &str, date: &str) -> String {
    format!("/amend {number} 时限 {date}改为7月15日")
}

pub fn no_such_date(standing: &Standing, old: NaiveDate, today: NaiveDate) -> String {
    let number = &standing.task.number;
    let all: Vec<String> = standing.dates.iter().map(|date| phrases::day(date.due, today)).collect();
    let known = match all.as_slice() {
        [] => "现无时限，可直接写新的日期".to_owned(),
        all => format!("现有时限：{}，请写其中一个", all.join("、")),
    };
    format!("第{number}项没有{}这一时限，未作更改。{known}。", phrases::day(old, today))
}

/// What became of a task, for the coordinator.
pub fn amended(standing: &Standing, amendment: &Amendment, today: NaiveDate) -> Words {
    Words::plain(format!("{}随当日或下一次提醒告知有关单位。", text::escape(&amended_line(standing, amendment, today))))
}

/// Takes back that the task is over.
pub fn restore(standing: &Standing) -> Button {
    Button { text: RESTORED.to_owned(), data: assign::restore(standing.task.id) }
}

/// `第5项 建成审批系统：时限由6月30日改为7月15日。`
pub fn amended_line(standing: &Standing, amendment: &Amendment, today: NaiveDate) -> String {
    let title = format!("第{}项 {}", standing.task.number, standing.task.short_title());
    match amendment {
        Amendment::Due { old: Some(old), new, .. } => {
            format!("{title}：时限由{}改为{}。", phrases::day(*old, today), phrases::day(*new, today))
        }
        Amendment::Due { old: None, new, .. } => format!("{title}：时限定为{}。", phrases::day(*new, today)),
        Amendment::Text { new, .. } => format!("{title}：内容改为“{}”。", text::cut(new, LONGEST_WORDS)),
        Amendment::Dropped => {
            format!("{title}：不再督办，{} 个单位的提醒到此为止，历史记录不变。", standing.units.len())
        }
        Amendment::Restored => format!("{title}：恢复督办。"),
    }
}

/// What coordinators have changed of a unit's tasks, in its digest.
pub fn changes(digest: &Digest, today: NaiveDate) -> Vec<Block> {
    let mut changes = digest.changes().peekable();
    if changes.peek().is_none() {
        return Vec::new();
    }
    let head = Block::text("<b>任务调整：</b>");
    std::iter::once(head).chain(changes.map(|one| change(one, today))).collect()
}

/// What became of a task, in a few words.
pub fn became(what: &News, today: NaiveDate) -> String {
    let day = |date: NaiveDate| phrases::day(date, today);
    match what {
        News::Assigned => "交办".to_owned(),
        News::Due { old: Some(old), new } => format!("时限由{}改为{}", day(*old), day(*new)),
        News::Due { old: None, new } => format!("时限定为{}", day(*new)),
        News::Text(new) => format!("内容改为“{}”", text::escape(&text::cut(new, LONGEST_WORDS))),
        News::Dropped => "不再督办".to_owned(),
        News::Restored => "恢复督办".to_owned(),
    }
}

fn change(one: &Announced, today: NaiveDate) -> Block {
    let what = became(&one.what, today);
    let reason = one.reason.as_ref().map(|reason| format!("（{}）", text::escape(&text::cut(reason, LONGEST_WORDS))));
    let plan = phrases::named_plan(one.plan.as_deref());
    let html = format!("{plan}{}：{what}{}", phrases::task_title(&one.task), reason.unwrap_or_default());
    match one.what {
        News::Dropped => Block::text(html),
        _ => Block::task(html, one.task.id),
    }
}
