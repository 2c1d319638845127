//! Answers to coordinators' questions: what the figures say, in words.

pub mod asked;
pub mod coordinator;
pub mod lately;
pub mod own_tasks;
pub mod task;

use chrono::NaiveDate;

use crate::chat::words::{Block, Words, messages};
use crate::chat::{phrases, text};
use crate::office::duty::{Duty, SectionRef, UnassignedTask};
use crate::office::figures;
use crate::office::figures::{Counts, Figures, per_mille};
use crate::office::moment::Moment;
use crate::questions::counting::{Counted, DueDate, Late, bounds};
use crate::questions::page::page;
use crate::questions::sentences;
use crate::understanding::{Query, QueryKind};
use crate::{reporting, review};

/// How many units are named in a line before the rest is counted.
const UNITS_NAMED: usize = 6;
/// How much of a report is repeated.
const LONGEST_QUOTE: usize = 120;

/// An answer: what it is about, as of when, and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    head: String,
    lines: Vec<Block>,
}

impl Answer {
    pub fn new(head: impl Into<String>, lines: impl IntoIterator<Item = Block>) -> Answer {
        Answer { head: head.into(), lines: lines.into_iter().collect() }
    }

    /// One page of it, from 0; the buttons below turn to the others.
    pub fn page(&self, number: usize, query: &Query) -> Words {
        page(&self.head, &self.lines, number, query)
    }

    /// All of it, in as few messages as Telegram's limit allows.
    pub fn whole(self) -> Vec<Words> {
        messages(std::iter::once(Block::text(self.head)).chain(self.lines).collect())
    }
}

/// Answers a question from the duties that it may be about; what is searched for has been found before. `counted` instead of
/// the duties where the whole office is asked about.
pub fn answer(
    query: &Query,
    (duties, unassigned): (&[Duty], &[UnassignedTask]),
    counted: Option<&Counted>,
    at: Moment,
) -> Answer {
    let meant = duties.iter().filter(|duty| is_meant(query, duty));
    let unassigned: Vec<_> = unassigned.iter().filter(|task| is_meant_unassigned(query, task)).cloned().collect();
    let figures = figures::of(meant, &unassigned, at);
    let totals = counted.map_or(&figures.totals, |counted| &counted.totals).clone();
    let figures = Figures { totals, ..figures };
    let answer = match query.kind {
        QueryKind::Task | QueryKind::History => task::answer(query, &figures),
        QueryKind::Unit => unit(query, &figures),
        QueryKind::Why => lately::why(query, &figures),
        // What was lately is known to `lately`, and what only contacts ask to `asked`.
        QueryKind::Read | QueryKind::Changes | QueryKind::Today | QueryKind::Unbound | QueryKind::Reminder => {
            status(&figures)
        }
        QueryKind::Status | QueryKind::Own | QueryKind::People | QueryKind::Help => status(&figures),
        QueryKind::Overdue => overdue(&late(&figures, counted), at.today),
        QueryKind::Due => due(query, &dates(query, &figures, counted), at.today),
        QueryKind::Silent => silent(&figures),
        QueryKind::Problems => problems(&figures),
        QueryKind::Practices => practices(&figures),
        QueryKind::Pending => review::sentences::pending::answer(&figures),
        QueryKind::Search => search(query, &figures),
    };
    Answer { head: format!("{}（截至{}）", answer.head, as_of(at)), ..answer }
}

/// Whether a duty is within what the question bounds.
pub fn is_meant(query: &Query, duty: &Duty) -> bool {
    query.unit.as_ref().is_none_or(|unit| duty.unit.name == *unit)
        && query.task.as_ref().is_none_or(|number| duty.task.number == *number)
        && is_meant_section(query, duty.section.as_ref())
}

pub fn is_meant_section(query: &Query, section: Option<&SectionRef>) -> bool {
    query.section.is_none_or(|number| section.and_then(SectionRef::number) == Some(number))
}

pub fn is_meant_unassigned(query: &Query, task: &UnassignedTask) -> bool {
    query.unit.is_none()
        && query.task.as_ref().is_none_or(|number| task.task.number == *number)
        && is_meant_section(query, task.section.as_ref())
}

/// `2019年6月27日（周四）09:00`
pub fn as_of(at: Moment) -> String {
    phrases::date_and_time(at.now.with_timezone(&at.zone))
}

fn status(figures: &Figures<'_>) -> Answer {
    let tasks = &figures.totals.tasks;
    let mut lines = vec![format!("任务 {} 项：{}。", tasks.total, counted(tasks))];
    if let Some(rate) = rate(tasks.done, tasks.total) {
        lines.push(format!("办结率 {rate}，逾期 <b>{}</b> 项。", tasks.overdue));
    }
    if figures.totals.problems > 0 {
        lines.push(format!("待答复的问题 {} 个。", figures.totals.problems));
    }
    let late = figures.totals.units.iter().filter(|unit| unit.counts.overdue > 0);
    let late: Vec<_> = late.map(|unit| format!("{} {} 项", unit.unit, unit.counts.overdue)).collect();
    if !late.is_empty() {
        lines.push(format!("逾期单位：{}。", names(&late)));
    }
    let duties = &figures.totals.duties;
    if let Some(heard) = rate(duties.heard, duties.counts.total) {
        let silent = figures.silent().count();
        let (told, total) = (duties.heard, duties.counts.total);
        let waiting = [(silent, "有任务尚未反馈"), (figures.unreached().count(), "未能通知")];
        let waiting = waiting.into_iter().filter(|(count, _)| *count > 0);
        let waiting: String = waiting.map(|(count, what)| format!("；{count} 个单位{what}")).collect();
        lines.push(format!("{total} 条责任中 {told} 条已反馈（{heard}）{waiting}。"));
    }
    Answer::new("<b>总体情况</b>", lines.into_iter().map(Block::text))
}

/// `已办结 3，推进中 5`
fn counted(counts: &Counts) -> String {
    let counted = [
        ("已办结", counts.done),
        ("提请办结", counts.claimed_done),
        ("推进中", counts.in_progress),
        ("受阻", counts.blocked),
        ("未启动", counts.not_started),
        ("中止", counts.suspended),
    ];
    let counted = counted.iter().filter(|(_, count)| *count > 0).map(|(label, count)| format!("{label} {count}"));
    counted.collect::<Vec<_>>().join("，")
}

/// `12.5%`; `None` of nothing.
pub fn rate(part: usize, whole: usize) -> Option<String> {
    let tenths = per_mille(part, whole)?;
    Some(if tenths % 10 == 0 { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) })
}

fn unit(query: &Query, figures: &Figures<'_>) -> Answer {
    let name = query.unit.as_deref().unwrap_or_default();
    let Some(unit) = figures.totals.units.first() else {
        return Answer::new(format!("没有“{}”承担的任务，请核对单位名称。", text::escape(&text::cut(name, 40))), []);
    };
    let counts = &unit.counts;
    let head = format!(
        "<b>{}</b>{} 任务 {} 项，已办结 {} 项，逾期 {} 项",
        text::escape(name),
        unit.reach.mark(),
        counts.total,
        counts.done,
        counts.overdue
    );
    let at = figures.totals.at;
    let duties = figures.tasks.iter().flat_map(|task| &task.duties);
    let lines = duties.map(|duty| Block::task(sentences::own_tasks::duty_line(duty, at), duty.task.id));
    Answer::new(
        head,
        reporting::sentences::unconfirmed::blocks_of_unit(&figures.unconfirmed, at).into_iter().chain(lines),
    )
}

fn late(figures: &Figures<'_>, counted: Option<&Counted>) -> Vec<Late> {
    let today = figures.totals.at.today;
    let found = || figures.overdue().filter_map(|task| Late::of(task, today)).collect();
    counted.map_or_else(found, |counted| counted.late.clone())
}

fn overdue(late: &[Late], today: NaiveDate) -> Answer {
    if late.is_empty() {
        return Answer::new("目前没有逾期任务。", []);
    }
    let lines = late.iter().map(|late| Block::task(overdue_line(late, today), late.task.id));
    Answer::new(format!("<b>逾期 {} 项</b>", late.len()), lines)
}

/// `第5项 建成审批系统：6月20日到期，逾期7天，省公安厅`
fn overdue_line(late: &Late, today: NaiveDate) -> String {
    let days = (today - late.since).num_days();
    let (task, since) = (phrases::task_title(&late.task), phrases::day(late.since, today));
    format!("{task}：{since}到期，逾期{days}天，{}", names(&late.units))
}

fn dates(query: &Query, figures: &Figures<'_>, counted: Option<&Counted>) -> Vec<DueDate> {
    let (from, to) = bounds(query, figures.totals.at.today);
    let found = || figures.due_within(from, to).filter_map(DueDate::of).collect();
    counted.map_or_else(found, |counted| counted.due.clone())
}

fn due(query: &Query, dates: &[DueDate], today: NaiveDate) -> Answer {
    let from = phrases::day(bounds(query, today).0, today);
    let span = match query.to {
        Some(to) => format!("{from}至{}", phrases::day(to, today)),
        None => format!("{from}以后"),
    };
    if dates.is_empty() {
        return Answer::new(format!("{span}没有到期的任务。"), []);
    }
    let lines = dates.iter().map(|date| Block::task(due_line(date, today), date.task.id));
    Answer::new(format!("<b>{span}到期</b> {} 个时限", dates.len()), lines)
}

fn due_line(date: &DueDate, today: NaiveDate) -> String {
    let scope = date.scope.as_ref().map(|scope| format!("〔{}〕", text::escape(scope))).unwrap_or_default();
    let (task, due) = (phrases::task_title(&date.task), phrases::day(date.due, today));
    format!("{task}{scope}：{due}到期，{}", names(&date.units))
}

fn silent(figures: &Figures<'_>) -> Answer {
    let mut silent: Vec<_> = figures.silent().collect();
    silent.sort_by_key(|unit| (std::cmp::Reverse(unit.silent), unit.duties));
    // One line for what is alike.
    let lines = silent.chunk_by(|one, next| (one.silent, one.duties) == (next.silent, next.duties)).map(|alike| {
        let (silent, duties) = (alike[0].silent, alike[0].duties);
        let names: Vec<String> = alike.iter().map(|unit| text::escape(&unit.unit)).collect();
        Block::text(match names.as_slice() {
            [only] => format!("{only}：{duties} 项任务中 {silent} 项尚无反馈"),
            several => {
                format!("{} 个单位各有 {duties} 项任务、{silent} 项尚无反馈：{}", several.len(), several.join("、"))
            }
        })
    });
    let unreached: Vec<_> = figures.unreached().collect();
    let mut by_reach: Vec<(&str, usize, Vec<String>)> = Vec::new();
    for unit in &unreached {
        let (label, name) = (unit.reach.label().unwrap_or_default(), text::escape(&unit.unit));
        match by_reach.iter_mut().find(|(known, silent, _)| (*known, *silent) == (label, unit.silent)) {
            Some((.., names)) => names.push(name),
            None => by_reach.push((label, unit.silent, vec![name])),
        }
    }
    let lines = lines.chain(by_reach.iter().map(|(label, silent, names)| {
        Block::text(match names.as_slice() {
            [only] => format!("{only}（{label}）：{silent} 项任务未能通知"),
            several => {
                format!("{label} {} 个单位，各有 {silent} 项任务未能通知：{}", several.len(), several.join("、"))
            }
        })
    }));
    let head = match (silent.len(), unreached.len()) {
        (0, 0) => "各单位均已反馈。".to_owned(),
        (0, unreached) if unreached == figures.totals.units.len() => {
            format!("还没有能够通知的单位；<b>未能通知的单位 {unreached} 个</b>")
        }
        (0, unreached) => format!("能够通知的单位均已反馈；<b>未能通知的单位 {unreached} 个</b>"),
        (silent, 0) => format!("<b>尚有任务未反馈的单位 {silent} 个</b>"),
        (silent, unreached) => format!("<b>尚有任务未反馈的单位 {silent} 个</b>，未能通知的单位 {unreached} 个"),
    };
    Answer::new(head, lines)
}

fn problems(figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let problems = figures.problems.iter().map(|(duty, problem)| {
        Block::task(crate::problems::sentences::line(duty, problem, at, LONGEST_QUOTE), duty.task.id)
            .with_button(crate::problems::sentences::answer_button(duty, problem.key()))
    });
    let blocked = figures.blocked.iter().map(|duty| {
        Block::task(format!("{}｜{}", phrases::task_line_in_office(duty), task::part_line(duty, at)), duty.task.id)
    });
    let head = match (figures.problems.len(), figures.blocked.len()) {
        (0, 0) => return Answer::new("目前没有待答复的问题。", []),
        (count, 0) => format!("<b>待答复的问题 {count} 个</b>"),
        (0, blocked) => format!("目前没有待答复的问题；<b>受阻 {blocked} 项</b>"),
        (count, blocked) => format!("<b>待答复的问题 {count} 个</b>，另有受阻 {blocked} 项"),
    };
    Answer::new(head, phrases::numbered(problems.collect()).into_iter().chain(blocked))
}

fn practices(figures: &Figures<'_>) -> Answer {
    match figures.practices.len() {
        0 => Answer::new("反馈中还没有经验做法。", []),
        count => Answer::new(format!("<b>经验做法 {count} 条</b>"), crate::practices::sentences::lines(figures)),
    }
}

fn search(query: &Query, figures: &Figures<'_>) -> Answer {
    let sought = text::escape(&text::cut(query.text.as_deref().unwrap_or_default(), 40));
    if figures.tasks.is_empty() {
        return Answer::new(format!("没有提到“{sought}”的任务。"), []);
    }
    let today = figures.totals.at.today;
    let lines = figures.tasks.iter().map(|task| {
        let next = task.duties.first().and_then(|duty| duty.next_milestone(today));
        let due = next.map(|next| format!("，{}到期", phrases::day(next.due, today))).unwrap_or_default();
        Block::task(format!("{}｜{}{due}", phrases::task_title(task.task), task.status.label()), task.task.id)
    });
    Answer::new(format!("<b>提到“{sought}”的任务 {} 项</b>", figures.tasks.len()), lines)
}

/// The first few names and how many there are.
pub fn names(units: &[String]) -> String {
    let named: Vec<_> = units.iter().take(UNITS_NAMED).map(|unit| text::escape(unit)).collect();
    let more = if units.len() > UNITS_NAMED { format!("等{}个单位", units.len()) } else { String::new() };
    format!("{}{more}", named.join("、"))
}
