//! Answers to contacts who ask about their own unit: figures, dates and persons, in a few lines.

use chrono::{DateTime, NaiveDate};

use crate::chat::words::{Block, Words, messages};
use crate::chat::{phrases, text, words};
use crate::contacts::Roster;
use crate::coordinators::Coordinator;
use crate::office::duty::{Duty, Role};
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::questions::sentences::is_ahead;
use crate::questions::sentences::{own_tasks, task};
use crate::reminding::rehearsal::Planned;

/// How many tasks an answer names before it counts the rest.
const MOST_TASKS: usize = 12;
/// The same of units and of persons.
const MOST_NAMES: usize = 6;
/// How much of the last report is repeated.
const LONGEST_QUOTE: usize = 60;
/// How far ahead 快到期 looks.
pub const SOON_DAYS: u64 = 31;

pub fn overdue<'a>(unit: &str, duties: impl Iterator<Item = &'a Duty>, at: Moment) -> Words {
    let mut late: Vec<(NaiveDate, &Duty)> =
        duties.filter_map(|duty| Some((duty.overdue_since(at.today)?, duty))).collect();
    late.sort_by_key(|(since, _)| *since);
    let line = |(since, duty): &(NaiveDate, &Duty)| {
        let days = (at.today - *since).num_days();
        let line = format!("{}：{}到期，逾期{days}天", phrases::task_line(duty), phrases::day(*since, at.today));
        Block::task(line, duty.task.id)
    };
    match late.len() {
        0 => Words::plain(format!("{}没有逾期任务。", text::escape(unit))),
        count => listed(format!("<b>{}</b> 逾期 {count} 项：", text::escape(unit)), late.iter().map(line).collect()),
    }
}

/// What falls due in a span, or within a month where none is bounded.
pub fn due<'a>(
    unit: &str,
    duties: impl Iterator<Item = &'a Duty>,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    at: Moment,
) -> Words {
    let mut dates: Vec<(NaiveDate, &Duty)> = duties
        .filter(|duty| duty.status.is_open())
        .flat_map(|duty| duty.open_milestones().map(move |milestone| (milestone.due, duty)))
        .filter(|(due, _)| *due >= from.unwrap_or(at.today).max(at.today))
        .collect();
    dates.sort_by_key(|(due, duty)| (*due, duty.role));
    let unit = text::escape(unit);
    let soon = at.today + chrono::Days::new(SOON_DAYS);
    let until = to.or(from.is_none().then_some(soon)).unwrap_or(NaiveDate::MAX);
    let within: Vec<_> = dates.iter().filter(|(due, _)| *due <= until).collect();
    let line = |(due, duty): &(NaiveDate, &Duty)| {
        let line =
            format!("{}：{}到期{}", phrases::task_line(duty), phrases::day(*due, at.today), left(*due, at.today));
        Block::task(line, duty.task.id)
    };
    let span = match (from, to) {
        (None, None) => format!("{SOON_DAYS}天内"),
        (Some(from), None) => format!("{}以后", phrases::day(from, at.today)),
        (_, Some(to)) => format!("{}前", phrases::day(to, at.today)),
    };
    match (within.is_empty(), dates.first()) {
        (false, _) => {
            let head = format!("<b>{unit}</b> {span}到期 {} 个时限：", within.len());
            listed(head, within.into_iter().map(line).collect())
        }
        (true, Some(next)) => listed(format!("{unit}{span}没有到期的任务。最近的是："), vec![line(next)]),
        (true, None) => Words::plain(format!("{unit}{span}没有到期的任务。")),
    }
}

/// `，还有3天`
fn left(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "，就在今天".to_owned(),
        days if days > 0 => format!("，还有{days}天"),
        days => format!("，已逾期{}天", -days),
    }
}

/// Those of the unit's tasks that are asked for: `牵头 3 项`.
pub fn some<'a>(what: &str, unit: &str, duties: impl Iterator<Item = &'a Duty>, at: Moment) -> Words {
    let lines: Vec<Block> = duties.map(|duty| Block::task(own_tasks::duty_line(duty, at), duty.task.id)).collect();
    match lines.len() {
        0 => Words::plain(format!("{}没有{what}的任务。", text::escape(unit))),
        count => listed(format!("<b>{}</b> {what} {count} 项：", text::escape(unit)), lines),
    }
}

fn listed(head: String, mut lines: Vec<Block>) -> Words {
    let rest = lines.len().saturating_sub(MOST_TASKS);
    lines.truncate(MOST_TASKS);
    let more = (rest > 0).then(|| Block::text(format!("另有 {rest} 项，发送 /tasks 查看全部。")));
    let blocks = std::iter::once(Block::text(head)).chain(lines).chain(more).collect();
    // A dozen lines are far shorter than a message may be.
    messages(blocks).into_iter().next().unwrap_or_default()
}

/// How the unit's part in a task stands, and who else takes part.
pub fn task(duty: &Duty, parts: &[&Duty], at: Moment) -> Words {
    let mut blocks = vec![Block::task(format!("<b>{}</b>", phrases::task_line(duty)), duty.task.id)];
    let dates = duty.milestones.iter().map(|milestone| {
        let left = if duty.open_milestones().any(|open| open.id == milestone.id) {
            left(milestone.due, at.today)
        } else {
            String::new()
        };
        Block::text(format!("{}{left}", task::milestone_line(milestone, at.today)))
    });
    blocks.extend(dates);
    if duty.milestones.is_empty() {
        blocks.push(Block::text("时限：方案未写明具体日期。"));
    }
    blocks.push(Block::text(format!(
        "{}：{}，{}",
        text::escape(&duty.unit.name),
        duty.role.label(),
        phrases::standing(duty)
    )));
    if let Some(report) = &duty.last_report {
        let day = phrases::day(at.day_of(report.at), at.today);
        blocks.push(Block::text(format!("最近反馈（{day}）：{}", words::repeated(&report.text, LONGEST_QUOTE))));
    }
    if parts.len() > 1 {
        blocks.push(Block::text(by_role(parts)));
    }
    blocks.push(Block::text(text::escape(&text::cut(&duty.task.text, 200))));
    messages(blocks).into_iter().next().unwrap_or_default()
}

/// Who does what: in one task, or in each of several.
pub fn parts(unit: &str, parts: &[(&Duty, Vec<&Duty>)]) -> Words {
    let unit = text::escape(unit);
    match parts {
        [] => Words::plain(format!("{unit}目前没有任务。")),
        [(duty, all)] => {
            let own = match duty.role {
                Role::Lead => "贵单位为牵头单位。",
                Role::Responsible => "贵单位为责任单位。",
                Role::Supporting => "贵单位为配合单位。",
            };
            Words::plain(format!("<b>{}</b>\n{}\n{own}", phrases::task_line(duty), by_role(all))).about([duty.task.id])
        }
        several => {
            let led = several.iter().filter(|(duty, _)| duty.role == Role::Lead).count();
            let others = several.iter().filter(|(duty, _)| duty.role != Role::Lead);
            let line = |(duty, all): &(&Duty, Vec<&Duty>)| {
                let leads = all.iter().filter(|part| part.role == Role::Lead);
                let line = match names(leads.map(|part| part.unit.name.as_str()).collect()) {
                    Some(leads) => format!("{}：{leads}牵头", phrases::task_line(duty)),
                    None => format!("{}：{}", phrases::task_line(duty), by_role(all).replace('\n', "；")),
                };
                Block::task(line, duty.task.id)
            };
            listed(
                format!("<b>{unit}</b> 任务 {} 项，本单位牵头 {led} 项，其余：", several.len()),
                others.map(line).collect(),
            )
        }
    }
}

/// `牵头：省住房城乡建设厅\n配合：省公安厅、省财政厅`
fn by_role(parts: &[&Duty]) -> String {
    let lines = Role::ALL.into_iter().filter_map(|role| {
        let of_role = parts.iter().filter(|part| part.role == role);
        let mut called: Vec<&str> = Vec::new();
        for part in of_role {
            let name = part.via.as_deref().unwrap_or(&part.unit.name);
            if !called.contains(&name) {
                called.push(name);
            }
        }
        Some(format!("{}：{}", role.label(), names(called)?))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `甲、乙等8个单位`
fn names(all: Vec<&str>) -> Option<String> {
    let shown: Vec<String> = all.iter().take(MOST_NAMES).map(|name| text::escape(name)).collect();
    let rest = if all.len() > MOST_NAMES { format!("等{}个单位", all.len()) } else { String::new() };
    (!all.is_empty()).then(|| format!("{}{rest}", shown.join("、")))
}

/// When this unit is reminded next, and of what.
pub fn next_reminder(unit: &str, planned: &[Planned], at: Moment) -> Words {
    let of_unit = |one: &&Planned| one.unit == unit && one.kind == "digest" && is_ahead(&one.at, at.now);
    let Some(next) = planned.iter().find(of_unit) else {
        return Words::plain(
            "近一个月没有安排提醒。任务临近到期、逾期或每月收集进展时，我会在工作日提醒，每日至多一条。",
        );
    };
    let when =
        DateTime::parse_from_rfc3339(&next.at).map(|at_then| phrases::date_and_time(at_then.with_timezone(&at.zone)));
    let mut tasks: Vec<String> = Vec::new();
    for number in next.items.iter().filter_map(|item| item.task.as_ref()) {
        let task = format!("第{}项", text::escape(number));
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    let count = tasks.len();
    tasks.truncate(MOST_TASKS);
    let what = match count {
        0 => "答复专项督查".to_owned(),
        count if count > MOST_TASKS => format!("{}等{count}项", tasks.join("、")),
        _ => tasks.join("、"),
    };
    let stopped = if next.silenced { "（本群提醒已由督办员停止）" } else { "" };
    Words::plain(format!("下次提醒：{}，{what}{stopped}。其间如已反馈，则不再提醒。", when.unwrap_or_default()))
}

pub fn coordinators(all: &[Coordinator]) -> Words {
    Words::plain(match persons(all.iter().map(|one| phrases::without_title(&one.name)).collect()) {
        Some(names) => format!("督办员：{names}。办结、延期由督办员核定；反馈中写明问题，我会转告督办员。"),
        None => "目前没有登记督办员。".to_owned(),
    })
}

/// To what the bot does not know.
pub fn for_coordinators(all: &[Coordinator]) -> Words {
    let whom = persons(all.iter().map(|one| phrases::without_title(&one.name)).collect());
    let whom = whom.map(|names| format!("请联系督办员{names}")).unwrap_or("请联系督办员".to_owned());
    Words::plain(format!(
        "这个问题须由督办员答复，{whom}；未作登记。可以问我：我们单位有哪些任务、某项什么时候到期、有几项逾期、牵头单位是谁、怎么传照片。如为反馈，请直接写明进展。"
    ))
}

/// To a question that only whoever reports can answer: whether something counts as done.
pub fn no_report(all: &[Coordinator]) -> Words {
    let whom = persons(all.iter().map(|one| phrases::without_title(&one.name)).collect());
    let whom = whom.map(|names| format!("督办员{names}")).unwrap_or("督办员".to_owned());
    Words::plain(format!(
        "这句像是提问，未作登记。是否办结由{whom}核定；如为反馈，请直接写明进展，例如“验收报告已印发，正在推进”。用法请发送 /help。"
    ))
}

pub fn contacts(unit: &str, roster: Option<&Roster>) -> Words {
    let contacts = roster.map_or(&[][..], |roster| &roster.contacts);
    let names = persons(contacts.iter().map(|contact| contact.name.as_str()).collect());
    let unit = text::escape(unit);
    Words::plain(match names {
        Some(names) => format!("{unit}联络员：{names}。联络员的反馈即时登记，其他同事请先申请登记。"),
        None => format!("{unit}暂无联络员，首位反馈的同事将登记为联络员。"),
    })
}

fn persons(all: Vec<&str>) -> Option<String> {
    let shown: Vec<String> = all.iter().take(MOST_NAMES).map(|name| text::escape(&text::cut(name, 20))).collect();
    let rest = if all.len() > MOST_NAMES { format!("等{}人", all.len()) } else { String::new() };
    (!all.is_empty()).then(|| format!("{}{rest}", shown.join("、")))
}

/// How something is done. `topic`: as the reading of questions names it.
pub fn how(topic: &str, place: &Place) -> Words {
    let command = |name| place.command(name);
    Words::plain(match topic {
        "附件" => "照片、文件直接发送即可：回复我的消息，选择照片或文件，在说明中写明第几项。几张照片可一次选中发送，收到后我会答复。".to_owned(),
        "撤回" => format!(
            "点按我答复下方的“撤回”，或发送 {} 撤回最近一条反馈。只需更正的，直接编辑原消息即可。",
            command("/undo")
        ),
        "延期" => format!(
            "回复我的消息，写明第几项、申请延期至哪一天和理由，或发送 {}。由督办员核定，同意之前原时限不变。",
            command("/extend")
        ),
        "稍后" => "回复我的提醒“明天再提醒我”或“稍后反馈”，下一个工作日的提醒中会再列一次。".to_owned(),
        "转办" => "回复我的消息，写明第几项不属本单位职责、应由哪个单位承办，我会转告督办员。".to_owned(),
        "移交" => format!(
            "回复接手同事的消息发送 {}，由该同事点按确认；不再担任联络员的，发送 {}。",
            command("/handover"),
            command("/leave")
        ),
        "登记" => "请在本单位的群里回复我的消息。本单位尚无联络员的，首位反馈的同事即登记；已有联络员的，点按“申请登记”，由联络员或督办员确认。".to_owned(),
        "分解" => format!("发送 {}，写明第几项、日期和内容，一行一步；每步到期前我会提醒。", command("/step")),
        "办结" => format!(
            "回复我的消息，写明第几项已完成和成效，附上佐证，或发送 {}；由督办员核定后办结。",
            command("/done")
        ),
        "反馈" => "没有固定格式。回复我的提醒，写明第几项、进展到什么程度、有什么问题即可，例如“系统已上线试运行。问题：数据未打通”。".to_owned(),
        _ => return own_tasks::help(),
    })
}
