//! Answers to coordinators' questions: what the figures say, in words.

pub mod asked;
pub mod coordinator;
pub mod files;
pub mod lately;
pub mod mine;
pub mod own_tasks;
pub mod picked;
pub mod silence;
pub mod task;
pub mod units;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::chat::words::Block;
use crate::chat::{phrases, text};
use crate::office::duty::{Duty, UnassignedTask};
use crate::office::figures;
use crate::office::figures::{Deadline, Figures, TaskFigure, per_mille};
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::questions::counting::{Counted, DueDate, Late, bounds, is_meant, is_meant_unassigned, task_called};
use crate::questions::page::Answer;
use crate::questions::sentences;
use crate::understanding::{Only, Query, QueryKind};
use crate::{reporting, review};

/// How much of a report is repeated.
const LONGEST_QUOTE: usize = 120;

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
    let figures = match counted {
        Some(counted) => Figures { totals: counted.totals.clone(), ..figures },
        None => figures,
    };
    let answer = match query.kind {
        QueryKind::Today | QueryKind::Pending if query.only == Some(Only::Mine) => mine::answer(&figures),
        QueryKind::Task | QueryKind::History => task::answer(query, &figures),
        QueryKind::Unit => unit(query, &figures),
        QueryKind::Why => lately::why(query, &figures),
        // What was lately is known to `lately`, and what only contacts ask to `asked`.
        QueryKind::Read | QueryKind::Changes | QueryKind::Today | QueryKind::Unbound | QueryKind::Reminder => {
            status(&figures)
        }
        QueryKind::Status => match query.only {
            Some(only) => picked::answer(query, only, &figures),
            None => status(&figures),
        },
        QueryKind::Own | QueryKind::People | QueryKind::Help | QueryKind::Evidence => status(&figures),
        QueryKind::Units => units::answer(query, &figures),
        QueryKind::Overdue => overdue(query, late(&figures, counted), at.today),
        QueryKind::Due => due(query, &dates(query, &figures, counted), at.today),
        QueryKind::Silent => silence::answer(query, &figures),
        QueryKind::Problems => problems(query, &figures),
        QueryKind::Practices => practices(&figures),
        QueryKind::Pending => review::sentences::pending::answer(query, &figures),
        QueryKind::Search => search(query, &figures),
    };
    answer.as_of(&as_of(at))
}

/// `2019年6月27日（周四）09:00`
pub fn as_of(at: Moment) -> String {
    phrases::date_and_time(at.now.with_timezone(&at.zone))
}

fn status(figures: &Figures<'_>) -> Answer {
    let tasks = &figures.totals.tasks;
    let mut lines = vec![format!("任务 {} 项：{}。", tasks.total, tasks.in_words())];
    if let Some(rate) = rate(tasks.done, tasks.total) {
        lines.push(format!("办结率 {rate}，逾期 <b>{}</b> 项。", tasks.overdue));
    }
    if figures.totals.problems > 0 {
        lines.push(format!("待答复的问题 {} 个。", figures.totals.problems));
    }
    let late = figures.totals.units.iter().filter(|unit| unit.counts.overdue > 0);
    let late: Vec<_> = late.map(|unit| format!("{} {} 项", unit.unit, unit.counts.overdue)).collect();
    if !late.is_empty() {
        lines.push(format!("逾期单位：{}。", phrases::names(&late)));
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
    let duties: Vec<&Duty> = figures
        .duties()
        .filter(|duty| query.only.is_none_or(|only| picked::is_picked(query, only, duty, at)))
        .collect();
    if let Some(only) = query.only {
        let (span, what) = (picked::span(query, at.today), picked::label(only));
        let head = match duties.len() {
            0 => format!("{}{span}没有{what}的任务", text::escape(name)),
            count => format!("<b>{}</b> {span}{what} {count} 项", text::escape(name)),
        };
        return Answer::new(head, by_plan(&duties, at));
    }
    Answer::new(
        head,
        reporting::sentences::unconfirmed::blocks_of_unit(&figures.unconfirmed, at)
            .into_iter()
            .chain(by_plan(&duties, at)),
    )
}

/// A line for each of a unit's duties, under their plans where these are several.
fn by_plan(duties: &[&Duty], at: Moment) -> Vec<Block> {
    let several = duties.iter().any(|duty| duty.plan_id != duties[0].plan_id);
    let lines = duties.iter().enumerate().flat_map(|(place, duty)| {
        let is_first = place.checked_sub(1).is_none_or(|before| duties[before].plan_id != duty.plan_id);
        let heading = (several && is_first).then(|| Block::text(format!("<b>《{}》</b>", text::escape(&duty.plan))));
        heading.into_iter().chain([Block::task(sentences::own_tasks::duty_line(duty, at), duty.task.id)])
    });
    lines.collect()
}

fn late(figures: &Figures<'_>, counted: Option<&Counted>) -> Vec<Late> {
    let today = figures.totals.at.today;
    let found = || figures.overdue().filter_map(|task| Late::of(task, today)).collect();
    counted.map_or_else(found, |counted| counted.late.clone())
}

fn overdue(query: &Query, mut late: Vec<Late>, today: NaiveDate) -> Answer {
    let line = |late: &Late| Block::task(overdue_line(late, today), late.task);
    if query.only == Some(Only::Slowest) {
        late.sort_by_key(|late| late.since);
    }
    if late.is_empty() {
        return Answer::new("目前没有逾期任务。", []);
    }
    // What is late today is late now; other days ask what became late on them, which is the day after it was due.
    let is_now = query.from.is_none_or(|from| from == today) && query.to.is_none_or(|to| to >= today);
    if is_now {
        return Answer::new(format!("<b>逾期 {} 项</b>", late.len()), late.iter().map(line));
    }
    let began = |late: &&Late| {
        query.from.is_none_or(|from| late.since >= from - Days::new(1)) && query.to.is_none_or(|to| late.since <= to)
    };
    let newly: Vec<Block> = late.iter().filter(began).map(line).collect();
    let span = picked::span(query, today);
    let head = match newly.len() {
        0 => format!("{span}没有新逾期的任务；目前逾期共 {} 项", late.len()),
        count => format!("<b>{span}新逾期 {count} 项</b>，目前逾期共 {} 项", late.len()),
    };
    Answer::new(head, newly)
}

/// `第5项 建成审批系统：6月20日到期，逾期7天，省公安厅`
pub fn overdue_line(late: &Late, today: NaiveDate) -> String {
    let days = (today - late.since).num_days();
    let since = phrases::day(late.since, today);
    format!("{}：{since}到期，逾期{days}天，{}", late.called, phrases::names(&late.units))
}

fn dates(query: &Query, figures: &Figures<'_>, counted: Option<&Counted>) -> Vec<DueDate> {
    let (from, to) = bounds(query, figures.totals.at.today);
    let is_meant = |deadline: &&Deadline<'_>| {
        query.only.is_none_or(|only| {
            let mut duties = deadline.duties.iter();
            duties.any(|duty| picked::is_picked(query, only, duty, figures.totals.at))
        })
    };
    let found = || figures.due_within(from, to).filter(is_meant).filter_map(DueDate::of).collect();
    counted.map_or_else(found, |counted| counted.due.clone())
}

fn due(query: &Query, dates: &[DueDate], today: NaiveDate) -> Answer {
    let from = phrases::day(bounds(query, today).0, today);
    let span = match query.to {
        Some(to) => format!("{from}至{}", phrases::day(to, today)),
        None => format!("{from}以后"),
    };
    let what = query.only.map(|only| format!("、{}", picked::label(only))).unwrap_or_default();
    if dates.is_empty() {
        return Answer::new(format!("{span}没有到期{what}的任务。"), []);
    }
    let lines = dates.iter().map(|date| due_line(date, today));
    Answer::new(format!("<b>{span}到期{what}</b> {} 个时限", dates.len()), lines)
}

pub fn due_line(date: &DueDate, today: NaiveDate) -> Block {
    let scope = date.scope.as_ref().map(|scope| format!("〔{}〕", text::escape(scope))).unwrap_or_default();
    let due = phrases::day(date.due, today);
    Block::task(format!("{}{scope}：{due}到期，{}", date.called, phrases::names(&date.units)), date.task)
}

fn problems(query: &Query, figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let within = |instant| {
        let day = at.day_of(instant);
        query.from.is_none_or(|from| day >= from) && query.to.is_none_or(|to| day <= to)
    };
    let is_stuck = |duty: &Duty| query.only != Some(Only::Blocked) || duty.status == Status::Blocked;
    let meant = figures.problems.iter().filter(|(duty, _)| is_stuck(duty));
    let raised: Vec<_> = meant.filter(|(_, problem)| within(problem.raised_at)).collect();
    let stuck: Vec<_> = figures.blocked.iter().filter(|duty| duty.last_heard().is_none_or(within)).collect();
    let span = picked::span(query, at.today);
    let problems = raised.iter().map(|(duty, problem)| {
        Block::task(crate::problems::sentences::line(duty, problem, at, LONGEST_QUOTE), duty.task.id)
            .with_button(crate::problems::sentences::answer_button(duty, problem.key()))
    });
    let blocked = stuck.iter().map(|duty| {
        Block::task(format!("{}｜{}", phrases::task_line_in_office(duty), task::part_line(duty, at)), duty.task.id)
    });
    let when = if span.is_empty() { "目前".to_owned() } else { format!("{span}提出的，") };
    let of = if span.is_empty() { String::new() } else { format!("{span}提出、") };
    let head = match (raised.len(), stuck.len()) {
        (0, 0) => return Answer::new(format!("{when}没有待答复的问题。"), []),
        (count, 0) => format!("<b>{of}待答复的问题 {count} 个</b>"),
        (0, blocked) => format!("{when}没有待答复的问题；<b>受阻 {blocked} 项</b>"),
        (count, blocked) => format!("<b>{of}待答复的问题 {count} 个</b>，另有受阻 {blocked} 项"),
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
    let whole = query.text.as_deref().unwrap_or_default();
    let is_worded = figures.tasks.iter().any(|task| task.task.text.contains(whole) || task.plan.contains(whole));
    let in_section = |task: &TaskFigure<'_>| task.section.is_some_and(|section| section.title.contains(whole));
    let said = if is_worded || figures.tasks.iter().any(in_section) {
        format!("提到“{sought}”的任务")
    } else {
        format!("没有原文提到“{sought}”，最接近的任务")
    };
    if let [only] = figures.tasks.as_slice() {
        let head = format!("{said} 1 项：{}｜{}", task_called(only), only.status.label());
        return Answer::new(head, task::lines(only, figures.totals.at));
    }
    let lines = figures.tasks.iter().map(|task| {
        let next = task.duties.first().and_then(|duty| duty.next_milestone(today));
        let due = next.map(|next| format!("，{}到期", phrases::day(next.due, today))).unwrap_or_default();
        Block::task(format!("{}｜{}{due}", task_called(task), task.status.label()), task.task.id)
    });
    Answer::new(format!("<b>{said} {} 项</b>", figures.tasks.len()), lines)
}

pub fn unit_names(duties: &[&Duty]) -> String {
    phrases::names(&duties.iter().map(|duty| duty.unit.name.clone()).collect::<Vec<_>>())
}

/// Whether what is planned for then is still to come.
fn is_ahead(at: &str, now: DateTime<Utc>) -> bool {
    DateTime::parse_from_rfc3339(at).is_ok_and(|at| at > now)
}
