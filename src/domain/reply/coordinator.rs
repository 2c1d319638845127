//! Sentences for coordinators.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::super::duty::{Duty, Status, TaskId};
use super::super::intent::{Statement, button};
use super::super::moment::Moment;
use super::super::standing::{Standing, task_status};
use super::super::timekeeping::Jump;
use super::super::words::{Query, QueryKind};
use super::contact::{Recorded, duty_line, understood};
use super::{Block, Button, Words, cut, date_and_time, day, escape, messages, task_line};

/// How many units are named in a line before the rest is counted.
const UNITS_NAMED: usize = 6;
/// How much of a report is repeated.
const LONGEST_QUOTE: usize = 120;

pub const ACCEPTED: &str = "已同意办结。";
pub const RETURNED: &str = "已退回。";
pub const GOES_ON: &str = "已恢复提醒。";

pub fn welcome() -> Words {
    Words::plain(format!(
        "您已成为督办员。可直接发问，例如“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”，或发送 /status。发送 /help 查看用法。{}",
        super::contact::NO_SECRETS
    ))
}

pub fn group_bound() -> Words {
    Words::plain(format!(
        "本群已设为督办员群，提请办结、延期申请和督办提醒将发到这里。发送 /status 查看总体情况，/help 查看用法。{}",
        super::contact::NO_SECRETS
    ))
}

pub fn help() -> Words {
    Words::plain(
        "<b>可以直接问</b>：第5项进展如何、省公安厅、哪些逾期了、本月到期、谁还没反馈、有什么问题\n<b>命令</b>：/status 总体情况　/task 5 查看一项　/unit 省公安厅　/overdue 逾期　/due 30 三十日内到期　/silent 未反馈　/problems 问题　/pending 待办结",
    )
}

pub fn not_understood() -> Words {
    Words::plain("没有看懂。可以问“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”“谁还没反馈”，或发送 /help。")
}

/// `2019年6月27日（周四）09:00`
pub fn as_of(at: DateTime<Tz>) -> String {
    date_and_time(at)
}

/// What coordinators are told of a report at once: claims and wishes for more time.
pub fn notice(recorded: &[Recorded<'_>], said: &Statement, person: &str, today: NaiveDate) -> Option<Words> {
    let told: Vec<_> = recorded.iter().filter(|one| one.is_claim() || one.item.extend_to.is_some()).collect();
    let first = told.first()?;
    let head = format!("<b>{}</b>（{}）反馈：", escape(&first.duty.unit.name), escape(person));
    let lines = told.iter().map(|one| understood(one, today));
    let quote = format!("原话：{}", escape(&cut(&said.text, LONGEST_QUOTE)));
    let html = std::iter::once(head).chain(lines).chain([quote]).collect::<Vec<_>>().join("\n");
    let rows = told.iter().filter(|one| one.is_claim()).map(|one| {
        let number = &one.duty.task.number;
        vec![
            Button { text: format!("第{number}项 同意办结"), data: button::accept(one.duty.id, said.message_id) },
            Button { text: format!("第{number}项 退回"), data: button::give_back(one.duty.id, said.message_id) },
        ]
    });
    let words = Words { buttons: rows.collect(), ..Words::plain(html) };
    Some(words.about(told.iter().map(|one| one.duty.task.id)))
}

/// The clock has jumped, and the reminders wait for a word.
pub fn clock_jumped(jump: &Jump, zone: Tz) -> Words {
    let in_words = |at: DateTime<Utc>| date_and_time(at.with_timezone(&zone));
    let html = format!(
        "<b>系统时钟异常，已暂停提醒。</b>现在显示{}，应为{}左右。请运行人员校准时钟，校准后自动恢复；如果显示的时间是对的，请点按下面的按钮。",
        in_words(jump.shown),
        in_words(jump.expected)
    );
    let button = Button { text: "时间无误，恢复提醒".to_owned(), data: button::trust_clock(jump.shown) };
    Words { buttons: vec![vec![button]], ..Words::plain(html) }
}

pub fn not_backed_up(why: &str) -> Words {
    Words::plain(format!("<b>今天的自动备份没有完成。</b>{}。请运行人员处理后用 duban backup 补做。", escape(why)))
}

pub fn clock_is_right_again() -> Words {
    Words::plain("系统时钟已恢复正常，提醒继续。")
}

pub fn clock_is_trusted(person: &str) -> Words {
    Words::plain(format!("{}确认时间无误，提醒继续。", escape(person)))
}

pub fn judged(duty: &Duty, accepted: bool, person: &str) -> Words {
    let verdict = if accepted { "同意办结" } else { "退回" };
    let ask = if accepted { "" } else { "\n请回复本条说明理由，将转告该单位。" };
    let words = format!("{} {verdict}：{}（{}）{ask}", escape(person), task_line(duty), escape(&duty.unit.name));
    Words::plain(words).about([duty.task.id])
}

pub fn reason_passed_on(duty: &Duty) -> Words {
    Words::plain(format!("理由已转告{}。", escape(&duty.unit.name))).about([duty.task.id])
}

/// The bot can no longer speak in a unit's group.
pub fn removed(unit: &str) -> Words {
    Words::plain(format!("机器人已不能在“{}”的群里发言，该单位收不到提醒。请重新邀请机器人入群。", escape(unit)))
}

/// A message that could not be delivered, and where.
pub fn undelivered(chat: &str) -> Words {
    Words::plain(format!(
        "发往“{}”的一条消息未能送达。请确认机器人仍在群里、可以发言，或重新邀请绑定。",
        escape(&cut(chat, 64))
    ))
}

/// Something that was received and could not be handled.
pub fn not_handled(update_id: i64) -> Words {
    Words::plain(format!("收到的一条消息（编号 {update_id}）处理失败，内容已保留。请告知运行人员查看日志。"))
}

/// The answer to a question across units.
pub fn answer(query: &Query, duties: &[Duty], standing: &Standing, moment: Moment) -> Vec<Words> {
    let today = moment.today;
    match query.kind {
        QueryKind::Task | QueryKind::History => task(query, duties, moment),
        QueryKind::Unit => unit(query, duties, today),
        QueryKind::Status => status(standing),
        QueryKind::Overdue => overdue(query, duties, today),
        QueryKind::Due => due(query, duties, today),
        QueryKind::Silent => silent(standing),
        QueryKind::Problems => problems(query, duties, moment),
        QueryKind::Pending => pending(duties, moment),
        QueryKind::Search => search(query, duties, today),
    }
}

fn status(standing: &Standing) -> Vec<Words> {
    let tasks = &standing.tasks;
    let counted = [
        ("已办结", tasks.done),
        ("提请办结", tasks.claimed_done),
        ("推进中", tasks.in_progress),
        ("受阻", tasks.blocked),
        ("未启动", tasks.not_started),
        ("中止", tasks.suspended),
    ];
    let counted: Vec<_> =
        counted.iter().filter(|(_, count)| *count > 0).map(|(label, count)| format!("{label} {count}")).collect();
    let mut blocks = vec![
        Block::text(format!("<b>总体情况</b>（截至{}）", standing.as_of)),
        Block::text(format!("任务 {} 项：{}。", tasks.total, counted.join("，"))),
    ];
    if tasks.overdue > 0 {
        blocks.push(Block::text(format!("其中逾期 <b>{}</b> 项。", tasks.overdue)));
    }
    let overdue = standing.units.iter().filter(|unit| unit.overdue > 0);
    let overdue: Vec<_> = overdue.map(|unit| format!("{}（{}）", unit.unit, unit.overdue)).collect();
    if !overdue.is_empty() {
        blocks.push(Block::text(format!("逾期单位：{}。", names(&overdue))));
    }
    let silent = standing.units.iter().filter(|unit| unit.silent > 0).count();
    blocks.push(Block::text(format!("{} 个单位中，{silent} 个有任务尚未反馈。", standing.units.len())));
    messages(blocks)
}

fn task(query: &Query, duties: &[Duty], moment: Moment) -> Vec<Words> {
    let number = query.task.as_deref().unwrap_or_default();
    let found = by_task(duties.iter().filter(|duty| asked_for(query, duty)));
    if found.is_empty() {
        let whose = query.unit.as_ref().map(|unit| format!("{}没有承担", escape(unit)));
        return vec![Words::plain(format!("{}第{}项任务。", whose.unwrap_or("没有".to_owned()), escape(number)))];
    }
    found.values().flat_map(|duties| messages(task_blocks(duties, moment))).collect()
}

fn task_blocks(duties: &[&Duty], moment: Moment) -> Vec<Block> {
    let Some(first) = duties.first() else { return Vec::new() };
    let title = format!("<b>第{}项</b>｜{}", escape(&first.task.number), task_status(duties).label());
    let mut blocks = vec![Block::task(title, first.task.id), Block::text(escape(&first.task.text))];
    let mut milestones: Vec<_> = duties.iter().flat_map(|duty| &duty.milestones).collect();
    milestones.sort_by_key(|milestone| (milestone.due, milestone.id));
    milestones.dedup_by_key(|milestone| milestone.id);
    blocks.extend(
        milestones.into_iter().map(|milestone| Block::text(super::contact::milestone_line(milestone, moment.today))),
    );
    let (shared, own): (Vec<&Duty>, Vec<&Duty>) = duties.iter().partition(|duty| duty.via.is_some());
    // Of a collective only those are named who have said something, or whom the question names.
    let alone = duties.len() == 1;
    let (heard, unheard): (Vec<&Duty>, Vec<&Duty>) =
        shared.iter().partition(|duty| alone || duty.last_report.is_some());
    blocks.extend(own.into_iter().chain(heard.iter().copied()).map(|duty| Block::text(part_line(duty, moment))));
    let shared = if alone || unheard.is_empty() { Vec::new() } else { shared };
    let mut by_collective: BTreeMap<&str, Vec<&Duty>> = BTreeMap::new();
    for duty in shared {
        by_collective.entry(duty.via.as_deref().unwrap_or_default()).or_default().push(duty);
    }
    blocks.extend(by_collective.iter().map(|(via, duties)| Block::text(collective_line(via, duties, moment.today))));
    blocks
}

/// `牵头 省公安厅：推进中60%（6月27日：系统已试运行）`
fn part_line(duty: &Duty, moment: Moment) -> String {
    let percent = duty.percent.filter(|_| duty.status == Status::InProgress).map(|percent| format!("{percent}%"));
    let report = match &duty.last_report {
        Some(report) => {
            let said = escape(&cut(&report.text, LONGEST_QUOTE));
            format!("（{}：{said}）", day(moment.day_of(report.at), moment.today))
        }
        None => "（尚无反馈）".to_owned(),
    };
    let overdue = duty.overdue_since(moment.today).map(|_| "，<b>已逾期</b>").unwrap_or_default();
    format!(
        "{} {}：{}{}{overdue}{report}",
        duty.role.label(),
        escape(&duty.unit.name),
        duty.status.label(),
        percent.unwrap_or_default()
    )
}

/// `各市州人民政府（14个单位）：推进中 2，未启动 12`
fn collective_line(via: &str, duties: &[&Duty], today: NaiveDate) -> String {
    let counts =
        Status::ALL.into_iter().map(|status| (status, duties.iter().filter(|duty| duty.status == status).count()));
    let counted: Vec<_> =
        counts.filter(|(_, count)| *count > 0).map(|(status, count)| format!("{} {count}", status.label())).collect();
    let late = duties.iter().filter(|duty| duty.overdue_since(today).is_some()).count();
    let late = if late > 0 { format!("，<b>已逾期 {late}</b>") } else { String::new() };
    format!("{}（{}个单位）：{}{late}", escape(via), duties.len(), counted.join("，"))
}

fn unit(query: &Query, duties: &[Duty], today: NaiveDate) -> Vec<Words> {
    let name = query.unit.as_deref().unwrap_or_default();
    let own: Vec<&Duty> = duties.iter().filter(|duty| duty.unit.name == name).collect();
    if own.is_empty() {
        return vec![Words::plain(format!("没有“{}”承担的任务，请核对单位名称。", escape(&cut(name, 40))))];
    }
    let overdue = own.iter().filter(|duty| duty.overdue_since(today).is_some()).count();
    let done = own.iter().filter(|duty| duty.status == Status::Done).count();
    let head = format!("<b>{}</b> 任务 {} 项，已办结 {done} 项，逾期 {overdue} 项：", escape(name), own.len());
    list(head, own.into_iter().map(|duty| Block::task(duty_line(duty, today), duty.task.id)))
}

fn overdue(query: &Query, duties: &[Duty], today: NaiveDate) -> Vec<Words> {
    let late = duties.iter().filter(|duty| duty.overdue_since(today).is_some());
    let late = by_task(late.filter(|duty| asked_for(query, duty)));
    if late.is_empty() {
        return vec![Words::plain("目前没有逾期任务。")];
    }
    let lines = late.iter().filter_map(|(task, duties)| {
        let first = duties.first()?;
        let since = duties.iter().filter_map(|duty| duty.overdue_since(today)).min()?;
        let days = (today - since).num_days();
        let units = unit_names(duties);
        Some(Block::task(format!("{}：{}到期，逾期{days}天，{units}", task_line(first), day(since, today)), *task))
    });
    list(format!("<b>逾期 {} 项</b>：", late.len()), lines)
}

fn due(query: &Query, duties: &[Duty], today: NaiveDate) -> Vec<Words> {
    let from = query.from.unwrap_or(today);
    let to = query.to.unwrap_or(NaiveDate::MAX);
    let mut found: BTreeMap<_, Vec<&Duty>> = BTreeMap::new();
    for duty in duties.iter().filter(|duty| duty.status.is_open() && asked_for(query, duty)) {
        for milestone in duty.milestones.iter().filter(|milestone| from <= milestone.due && milestone.due <= to) {
            found.entry((milestone.due, duty.task.id, milestone.id)).or_default().push(duty);
        }
    }
    let span = match (query.to, query.from) {
        (Some(to), _) => format!("{}至{}", day(from, today), day(to, today)),
        _ => format!("{}以后", day(from, today)),
    };
    if found.is_empty() {
        return vec![Words::plain(format!("{span}没有到期的任务。"))];
    }
    let lines = found.iter().filter_map(|((due, task, milestone), duties)| {
        let first = duties.first()?;
        let milestone = first.milestones.iter().find(|candidate| candidate.id == *milestone)?;
        let scope = milestone.scope.as_ref().map(|scope| format!("〔{}〕", escape(scope))).unwrap_or_default();
        let line = format!("{}{scope}：{}到期，{}", task_line(first), day(*due, today), unit_names(duties));
        Some(Block::task(line, *task))
    });
    list(format!("<b>{span}到期</b>（{} 个时限）：", found.len()), lines)
}

fn silent(standing: &Standing) -> Vec<Words> {
    let mut silent: Vec<_> = standing.units.iter().filter(|unit| unit.silent > 0).collect();
    if silent.is_empty() {
        return vec![Words::plain("各单位均已反馈。")];
    }
    silent.sort_by_key(|unit| std::cmp::Reverse(unit.silent));
    let lines = silent.iter().map(|unit| {
        Block::text(format!("{}：{} 项任务中 {} 项尚无反馈", escape(&unit.unit), unit.duties, unit.silent))
    });
    list(format!("<b>尚有任务未反馈的单位 {} 个</b>：", silent.len()), lines)
}

fn problems(query: &Query, duties: &[Duty], moment: Moment) -> Vec<Words> {
    // Who is blocked has a problem, also without calling it one.
    let raised = duties.iter().filter(|duty| asked_for(query, duty)).filter_map(|duty| {
        let report = duty.last_report.as_ref()?;
        let what = match report.problems.as_slice() {
            [] if duty.status == Status::Blocked => report.text.clone(),
            [] => return None,
            problems => problems.join("；"),
        };
        Some((duty, report, what))
    });
    let lines: Vec<Block> = raised
        .map(|(duty, report, what)| {
            let what = escape(&cut(&what, LONGEST_QUOTE));
            let when = day(moment.day_of(report.at), moment.today);
            Block::task(format!("{}｜{}（{when}）：{what}", task_line(duty), escape(&duty.unit.name)), duty.task.id)
        })
        .collect();
    if lines.is_empty() {
        return vec![Words::plain("最近的反馈中没有提出问题。")];
    }
    list(format!("<b>反馈的问题 {} 个</b>：", lines.len()), lines)
}

fn pending(duties: &[Duty], moment: Moment) -> Vec<Words> {
    let claimed: Vec<&Duty> = duties.iter().filter(|duty| duty.status == Status::ClaimedDone).collect();
    if claimed.is_empty() {
        return vec![Words::plain("没有待核定的办结申请。")];
    }
    let lines = claimed
        .iter()
        .map(|duty| Block::task(format!("{}｜{}", task_line(duty), part_line(duty, moment)), duty.task.id));
    list(format!("<b>提请办结待核定 {} 项</b>：", claimed.len()), lines)
}

fn search(query: &Query, duties: &[Duty], today: NaiveDate) -> Vec<Words> {
    let sought = query.text.as_deref().unwrap_or_default();
    let found = by_task(duties.iter().filter(|duty| duty.task.text.contains(sought)));
    if found.is_empty() {
        return vec![Words::plain(format!("没有提到“{}”的任务。", escape(&cut(sought, 40))))];
    }
    let lines = found.iter().filter_map(|(task, duties)| {
        let first = duties.first()?;
        let due = first.next_milestone(today).map(|next| format!("，{}到期", day(next.due, today))).unwrap_or_default();
        Some(Block::task(format!("{}｜{}{due}", task_line(first), task_status(duties).label()), *task))
    });
    list(format!("<b>提到“{}”的任务 {} 项</b>：", escape(sought), found.len()), lines)
}

/// Whether the duty is within what the question bounds.
fn asked_for(query: &Query, duty: &Duty) -> bool {
    query.unit.as_ref().is_none_or(|unit| duty.unit.name == *unit)
        && query.task.as_ref().is_none_or(|number| duty.task.number == *number)
}

pub(super) fn by_task<'a>(duties: impl Iterator<Item = &'a Duty>) -> BTreeMap<TaskId, Vec<&'a Duty>> {
    let mut tasks: BTreeMap<TaskId, Vec<&Duty>> = BTreeMap::new();
    for duty in duties {
        tasks.entry(duty.task.id).or_default().push(duty);
    }
    tasks
}

fn list(head: String, lines: impl IntoIterator<Item = Block>) -> Vec<Words> {
    messages(std::iter::once(Block::text(head)).chain(lines).collect())
}

pub(super) fn unit_names(duties: &[&Duty]) -> String {
    names(&duties.iter().map(|duty| duty.unit.name.clone()).collect::<Vec<_>>())
}

/// The first few names and how many there are.
pub(super) fn names(units: &[String]) -> String {
    let named: Vec<_> = units.iter().take(UNITS_NAMED).map(|unit| escape(unit)).collect();
    let more = if units.len() > UNITS_NAMED { format!("等{}个单位", units.len()) } else { String::new() };
    format!("{}{more}", named.join("、"))
}
