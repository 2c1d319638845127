//! Answers about what was lately and what comes next: 上周以来有什么变化, 今天有什么反馈, 哪些单位没绑定, 为什么逾期, 下次什么时候提醒.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate};

use crate::briefing::Meeting;
use crate::chat::words::{Block, Button, repeated};
use crate::chat::{phrases, text};
use crate::deciding::facts::Facts;
use crate::intent::button::look;
use crate::office::duty::Duty;
use crate::office::figures;
use crate::office::figures::Figures;
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::questions::Received;
use crate::questions::counting::is_meant;
use crate::questions::page::Answer;
use crate::questions::sentences;
use crate::questions::sentences::is_ahead;
use crate::receipts;
use crate::understanding::{Only, Query, QueryKind};

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 80;

/// Answers a question from all that is known; see [`crate::questions::rows::add_facts_of_question`].
pub fn answer(query: &Query, facts: &Facts, at: Moment) -> Answer {
    let figures = || figures::of(facts.duties.iter().filter(|duty| is_meant(query, duty)), &[], at);
    let answer = match query.kind {
        QueryKind::Read => return receipts::sentences::answer(query, &facts.questions.reached, at),
        QueryKind::Changes => changes(query, &figures(), facts),
        QueryKind::Evidence => sentences::files::answer(query, &figures(), &facts.questions.filed),
        QueryKind::Today if query.only != Some(Only::Mine) => today(query, &figures(), facts),
        QueryKind::Unbound if query.only == Some(Only::NoContact) => without_contact(facts),
        QueryKind::Unbound => unbound(facts),
        QueryKind::Reminder if query.only == Some(Only::Stopped) => stopped(facts),
        QueryKind::Reminder => reminders(query, facts, at),
        _ => {
            return sentences::answer(query, (&facts.duties, &facts.unassigned), facts.questions.counted.as_ref(), at);
        }
    };
    answer.as_of(&sentences::as_of(at))
}

/// What has come in and what has become of the duties since the day that is asked about, or since the last briefing.
pub fn changes(query: &Query, figures: &Figures<'_>, facts: &Facts) -> Answer {
    let at = figures.totals.at;
    let Some(since) = &facts.since else { return Answer::new("没有可比的时间。", []) };
    let meeting = Meeting { figures, since };
    let within = |day: NaiveDate| query.to.is_none_or(|to| day <= to);
    let done = meeting.done().into_iter().filter(|duty| duty.done_at.is_some_and(|done| within(at.day_of(done))));
    let done_tasks = meeting.done_tasks().into_iter().filter(|task| task.done_on.is_none_or(within));
    let late = meeting.newly_late().into_iter().filter(|task| task.overdue_since.is_some_and(within));
    let blocked = meeting
        .newly_blocked()
        .into_iter()
        .filter(|duty| duty.last_heard().is_none_or(|heard| within(at.day_of(heard))));
    let problems = figures.problems.iter().filter(|(_, problem)| {
        let raised = at.day_of(problem.raised_at);
        raised >= meeting.since_day() && within(raised)
    });
    let petitions = figures.petitions.iter().filter(|(_, asked, _)| {
        let day = at.day_of(asked.at);
        day >= meeting.since_day() && within(day)
    });
    let received = received(facts, figures);
    let parts = [
        ("新办结任务", done_tasks.map(sentences::task_called).collect::<Vec<_>>()),
        ("新办结责任", done.map(called).collect()),
        ("新逾期任务", late.map(sentences::task_called).collect()),
        ("新受阻责任", blocked.map(called).collect()),
        ("新提问题", problems.map(|(duty, problem)| format!("{}“{}”", called(duty), quoted(&problem.what))).collect()),
        ("新申请核定", petitions.map(|(_, _, duty)| called(duty)).collect()),
    ];
    let parts = parts.into_iter().filter(|(_, named)| !named.is_empty());
    let parts: Vec<Block> = parts
        .map(|(label, named)| Block::text(format!("<b>{label} {} 项</b>：{}", named.len(), named.join("；"))))
        .collect();
    let span = match (query.from, query.to) {
        (Some(from), Some(to)) if from == to => phrases::day(from, at.today),
        (Some(from), Some(to)) => format!("{}至{}", phrases::day(from, at.today), phrases::day(to, at.today)),
        (Some(from), None) => format!("{}以来", phrases::day(from, at.today)),
        (None, _) => format!("上次周报（{}）以来", phrases::day(meeting.since_day(), at.today)),
    };
    let whose = whose(query);
    if parts.is_empty() && received.is_empty() {
        return Answer::new(format!("{span}{whose}没有变化，也没有新的反馈。"), []);
    }
    let head = format!("<b>{span}{whose}的变化</b>：收到反馈 {} 项次", received.len());
    Answer::new(head, parts.into_iter().chain(received))
}

/// What was reported on the day that is asked about; and today, what waits for the coordinators.
pub fn today(query: &Query, figures: &Figures<'_>, facts: &Facts) -> Answer {
    let at = figures.totals.at;
    let (from, to) = (query.from.unwrap_or(at.today), query.to.unwrap_or(at.today));
    let day = if (from, to) == (at.today, at.today) {
        "今天".to_owned()
    } else if from == to {
        phrases::day(from, at.today)
    } else {
        format!("{}至{}", phrases::day(from, at.today), phrases::day(to, at.today))
    };
    let received = received(facts, figures);
    // Of one unit or task it would say that nothing waits while something else does.
    let of_all = query.unit.is_none() && query.task.is_none() && query.section.is_none() && query.plan.is_none();
    let waiting = (to >= at.today && of_all).then(|| waiting(figures));
    let whose = whose(query);
    let head = match received.len() {
        0 => format!("{day}{whose}没有收到反馈。"),
        count => format!("<b>{day}{whose}收到反馈 {count} 项次</b>"),
    };
    Answer::new(head, waiting.into_iter().chain(received))
}

/// `待您处理：待核定 2 件，待答复的问题 3 个，今日到期 1 个`, with a button for each.
fn waiting(figures: &Figures<'_>) -> Block {
    let today = figures.totals.at.today;
    let due = Query { from: Some(today), to: Some(today), ..Query::of(QueryKind::Due) };
    let waits = [
        ("待核定", figures.petitions.len(), "件", Query::of(QueryKind::Pending)),
        ("待答复的问题", figures.problems.len(), "个", Query::of(QueryKind::Problems)),
        ("今日到期", figures.due_within(today, today).count(), "个", due),
    ];
    let waits: Vec<_> = waits.into_iter().filter(|(_, count, ..)| *count > 0).collect();
    if waits.is_empty() {
        return Block::text("目前没有待您处理的事项。");
    }
    let told: Vec<String> =
        waits.iter().map(|(label, count, measure, _)| format!("{label} {count} {measure}")).collect();
    let buttons = waits.iter().filter_map(|(label, count, _, query)| {
        Some(Button { text: format!("{label} {count}"), data: look::look(query)? })
    });
    Block { row: buttons.collect(), ..Block::text(format!("<b>待您处理</b>：{}。", told.join("，"))) }
}

/// The reports on the duties that are meant, each on a line.
fn received(facts: &Facts, figures: &Figures<'_>) -> Vec<Block> {
    let at = figures.totals.at;
    let duty = |one: &Received| {
        let mut duties = figures.duties();
        duties.find(|duty| duty.id == one.duty)
    };
    let lines = facts.questions.received.iter().filter_map(|one| {
        let duty = duty(one)?;
        let local = one.at.with_timezone(&at.zone);
        let when = format!("{}{}", phrases::day(local.date_naive(), at.today), local.format("%H:%M"));
        let stands = one.status.map(|status| phrases::state(status, one.percent)).unwrap_or_default();
        let late = if one.late { "（逾期后）" } else { "" };
        let said = quoted(&one.text);
        let line = format!("{when} {}：{stands}{late}“{said}”", called(duty));
        Some(Block::task(line, duty.task.id))
    });
    lines.collect()
}

/// 哪些单位没绑定
pub fn unbound(facts: &Facts) -> Answer {
    let all = facts.importing.presences.len();
    let unbound: Vec<_> = facts.importing.presences.iter().filter(|one| !one.bound).collect();
    if unbound.is_empty() {
        return Answer::new(format!("承担任务的 {all} 个单位均已绑定。"), []);
    }
    let head = format!(
        "<b>未绑定的单位 {} 个</b>（承担任务的单位共 {all} 个）；发送 /invite 单位 取得邀请，/invite 全部 一次取得",
        unbound.len()
    );
    Answer::new(head, unbound.into_iter().map(|one| Block::text(text::escape(&one.unit))))
}

/// 哪些单位还没有联络员
fn without_contact(facts: &Facts) -> Answer {
    let units = facts.importing.presences.iter().filter(|one| !one.has_contact);
    let lines: Vec<Block> = units
        .map(|one| {
            let unbound = if one.bound { "" } else { "（未绑定）" };
            Block::text(format!("{}{unbound}", text::escape(&one.unit)))
        })
        .collect();
    match lines.len() {
        0 => Answer::new("承担任务的单位都有联络员。", []),
        count => Answer::new(format!("<b>没有联络员的单位 {count} 个</b>（首位反馈的同事将登记为联络员）"), lines),
    }
}

/// 哪些单位被停了提醒
fn stopped(facts: &Facts) -> Answer {
    let units = facts.importing.presences.iter().filter(|one| one.silenced);
    let lines: Vec<Block> = units.map(|one| Block::text(text::escape(&one.unit))).collect();
    match lines.len() {
        0 => Answer::new("没有停止提醒的单位。", []),
        count => Answer::new(format!("<b>已停止提醒的单位 {count} 个</b>；恢复请在该单位群里发送 /start"), lines),
    }
}

/// Of what is overdue, blocked or suspended: what its unit has said. The bot knows no other reasons.
pub fn why(query: &Query, figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let troubled = |duty: &&Duty| {
        duty.overdue_since(at.today).is_some() || matches!(duty.status, Status::Blocked | Status::Suspended)
    };
    let duties: Vec<&Duty> = figures.duties().collect();
    let found: Vec<&Duty> = duties.iter().copied().filter(troubled).collect();
    let sought = format!(
        "{}{}",
        whose(query),
        query.task.as_ref().map_or(String::new(), |task| format!("第{}项", text::escape(task)))
    );
    if duties.is_empty() && !sought.is_empty() {
        return Answer::new(format!("没有{sought}任务，请核对序号和单位。"), []);
    }
    if found.is_empty() {
        let stands = figures.tasks.iter().filter(|_| query.task.is_some()).map(|task| {
            Block::task(format!("{}：{}", sentences::task_called(task), task.status.label()), task.task.id)
        });
        let head = if sought.is_empty() { "目前" } else { &sought };
        return Answer::new(format!("{head}没有逾期、受阻和中止的任务。"), stands);
    }
    let head = format!("<b>{sought}逾期、受阻和中止 {} 项</b>，各单位的说明", found.len());
    let lines = found.chunk_by(|one, next| one.task.id == next.task.id).flat_map(|duties| {
        let (told, untold): (Vec<&Duty>, Vec<&Duty>) = duties.iter().copied().partition(|duty| tells(duty));
        let told = told.into_iter().map(|duty| Block::task(reason_line(duty, at), duty.task.id));
        told.chain(untold_line(&untold, at)).collect::<Vec<_>>()
    });
    Answer::new(head, lines)
}

fn tells(duty: &Duty) -> bool {
    duty.last_report.as_ref().is_some_and(|report| !report.text.trim().is_empty()) || !duty.problems.is_empty()
}

/// `第5项 建成审批系统：6月20日到期，逾期7天。未说明原因：尚无反馈1家：省公安厅；未绑定2家：省财政厅、省商务厅`
fn untold_line(duties: &[&Duty], at: Moment) -> Option<Block> {
    let first = duties.first()?;
    let mut by_reach: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for duty in duties {
        by_reach.entry(duty.reach.label().unwrap_or("尚无反馈")).or_default().push(duty.unit.name.clone());
    }
    let units = by_reach.iter().map(|(label, units)| format!("{label}{}家：{}", units.len(), phrases::names(units)));
    let units = units.collect::<Vec<_>>().join("；");
    let line = format!("{}：{}。未说明原因：{units}", phrases::task_line_in_office(first), trouble(first, at));
    Some(Block::task(line, first.task.id))
}

/// `6月20日到期，逾期7天，受阻`
fn trouble(duty: &Duty, at: Moment) -> String {
    let late = duty
        .overdue_since(at.today)
        .map(|since| format!("{}到期，逾期{}天", phrases::day(since, at.today), (at.today - since).num_days()));
    let stuck = matches!(duty.status, Status::Blocked | Status::Suspended).then(|| duty.status.label().to_owned());
    late.into_iter().chain(stuck).collect::<Vec<_>>().join("，")
}

/// `第5项 建成审批系统｜省公安厅：6月20日到期，逾期7天。6月24日反馈：“…”；问题：“…”`
fn reason_line(duty: &Duty, at: Moment) -> String {
    let said = duty
        .last_report
        .as_ref()
        .filter(|report| !report.text.trim().is_empty())
        .map(|report| format!("{}反馈：“{}”", phrases::day(at.day_of(report.at), at.today), quoted(&report.text)));
    let problems: Vec<String> = duty.problems.iter().map(|problem| format!("“{}”", quoted(&problem.what))).collect();
    let problems = (!problems.is_empty()).then(|| format!("问题：{}", problems.join("、")));
    let told: Vec<String> = said.into_iter().chain(problems).collect();
    format!("{}：{}。{}", called(duty), trouble(duty, at), told.join("；"))
}

/// What was sent last, and what comes next.
pub fn reminders(query: &Query, facts: &Facts, at: Moment) -> Answer {
    let meant = |unit: &str| query.unit.as_ref().is_none_or(|wanted| wanted == unit);
    let sent: Vec<_> = facts.questions.reached.iter().filter(|one| meant(&one.unit)).collect();
    let last = sent.iter().map(|one| one.sent_at).max().map(|last| {
        let then = sent.iter().filter(|one| at.day_of(one.sent_at) == at.day_of(last));
        let units: Vec<String> = then.map(|one| one.unit.clone()).collect();
        format!(
            "<b>最近一次提醒</b>：{}，发往 {} 个单位：{}。",
            phrases::date_and_time(last.with_timezone(&at.zone)),
            units.len(),
            phrases::names(&units)
        )
    });
    let is_digest = |kind: &str| kind == "digest";
    let mut planned = facts
        .planned
        .iter()
        .filter(|one| {
            let of_task = query
                .task
                .as_ref()
                .is_none_or(|number| one.items.iter().any(|item| item.task.as_ref() == Some(number)));
            is_digest(one.kind) && of_task && meant(&one.unit) && is_ahead(&one.at, at.now)
        })
        .peekable();
    let next = planned.peek().map(|one| one.at.clone());
    let next = match next {
        Some(next) => {
            let units: Vec<String> = planned
                .filter(|one| one.at == next && one.bound && !one.silenced)
                .map(|one| one.unit.clone())
                .collect();
            let when = DateTime::parse_from_rfc3339(&next)
                .map(|then| phrases::date_and_time(then.with_timezone(&at.zone)))
                .unwrap_or_default();
            match units.len() {
                0 => format!("<b>下次提醒</b>：{when}，所涉单位均未绑定或已停止提醒。"),
                count => format!("<b>下次提醒</b>：{when}，{count} 个单位：{}。", phrases::names(&units)),
            }
        }
        None => "今后两周没有安排提醒。".to_owned(),
    };
    let last = last.unwrap_or_else(|| "<b>最近一次提醒</b>：没有发出过。".to_owned());
    Answer::new(
        format!("<b>{}提醒情况</b>", whose(query)),
        [
            Block::text(last),
            Block::text(next),
            Block::text(format!("谁已签收：/read；逐日安排：/preview {}月。", at.today.month())),
        ],
    )
}

fn whose(query: &Query) -> String {
    query.unit.as_deref().map(text::escape).unwrap_or_default()
}

/// `第5项 建成审批系统｜省公安厅`
fn called(duty: &Duty) -> String {
    format!("{}｜{}", phrases::task_line_in_office(duty), text::escape(&duty.unit.name))
}

fn quoted(said: &str) -> String {
    repeated(said, LONGEST_QUOTE)
}
