//! 会议材料: the meeting paper, .docx: what the briefing says, with all that it only counts.

use crate::briefing::{Meeting, Since};
use crate::office::duty::{Asked, Duty};
use crate::office::figures::{Figures, Totals};
use crate::paper::official::{Column, Look, Part, short_day, table};
use crate::paper::{Contents, PaperError, clauses, official};
use crate::review::Petition;
use crate::schedule::deadline::in_words;

/// A list names so many; the ledger workbook has the rest.
const MOST_LINES: usize = 300;
const WAITING: [Column; 5] = [
    Column::rest("任务"),
    Column::long("单位", 2_000),
    Column::long("事项", 1_500),
    Column::short("提出日期", 1_450),
    Column::short("已等天数", 720),
];
const AHEAD: [Column; 4] = [
    Column::short("到期日", 1_450),
    Column::rest("任务"),
    Column::short("单位", 720),
    Column::long("近期未反馈的单位", 3_000),
];

/// The paper's file.
pub fn bytes(contents: &Contents, since: &Since) -> Result<Vec<u8>, PaperError> {
    let figures = contents.figures();
    let meeting = Meeting { figures: &figures, since };
    let office = contents.letterhead.office.as_deref().map(|office| format!("{office}　")).unwrap_or_default();
    let below = format!("（{office}截至{}）", in_words(contents.moment.today));
    let mut parts =
        vec![Part::Paragraph(Look::Title, "督办工作会议材料".to_owned()), Part::Paragraph(Look::Caption, below)];
    for ((title, told), ordinal) in chapters(contents, &meeting).into_iter().zip("一二三四五六七八九".chars())
    {
        parts.push(Part::Paragraph(Look::Heading, format!("{ordinal}、{title}")));
        parts.extend(told);
    }
    official::bytes(parts)
}

fn chapters(contents: &Contents, meeting: &Meeting<'_, '_>) -> Vec<(String, Vec<Part>)> {
    let figures = meeting.figures;
    let since = in_words(meeting.since_day());
    let chapters = vec![
        ("总体情况".to_owned(), vec![Part::text(overview(&figures.totals))]),
        (format!("{since}以来的变化"), changes(contents, meeting)),
        (format!("待核定事项（{}件）", figures.waiting()), waiting(contents, figures)),
        ("今后两周到期".to_owned(), ahead(contents, meeting)),
        ("进展收集情况".to_owned(), call(meeting.since)),
        (format!("待答复的问题（{}个）", figures.problems.len()), problems(contents, figures)),
        ("建议催办".to_owned(), to_press(contents, meeting)),
    ];
    let none = |(title, parts): (String, Vec<Part>)| match parts.is_empty() {
        true => (title, vec![Part::text("无。".to_owned())]),
        false => (title, parts),
    };
    chapters.into_iter().map(none).collect()
}

fn overview(totals: &Totals) -> String {
    let (tasks, duties) = (&totals.tasks, &totals.duties);
    format!(
        "任务{}项：已办结{}项，提请办结{}项，推进中{}项，受阻{}项，未启动{}项，中止{}项；其中逾期{}项。各单位承担的责任{}项，{}；未能通知的单位{}个。",
        tasks.total,
        tasks.done,
        tasks.claimed_done,
        tasks.in_progress,
        tasks.blocked,
        tasks.not_started,
        tasks.suspended,
        tasks.overdue,
        duties.counts.total,
        duties.heard_or_not("", "项"),
        totals.units_unreached().count(),
    )
}

fn changes(contents: &Contents, meeting: &Meeting<'_, '_>) -> Vec<Part> {
    let happened = meeting.since.happened;
    let told = format!(
        "收到反馈消息{}条，登记责任进展{}项次；同意办结{}项，退回{}项。",
        happened.read, happened.reports, happened.accepted, happened.returned
    );
    let duties = |duties: Vec<&Duty>| duties.into_iter().map(|duty| called(contents, duty)).collect::<Vec<_>>();
    let late = meeting.newly_late().into_iter().map(|task| {
        let since = task.overdue_since.map(|since| format!("（{}到期）", in_words(since))).unwrap_or_default();
        format!("{}第{}项{}{since}", contents.plan_beside_others(task.plan), task.task.number, task.task.short_title())
    });
    let done = meeting.done_tasks().into_iter().map(|task| {
        format!("{}第{}项{}", contents.plan_beside_others(task.plan), task.task.number, task.task.short_title())
    });
    let lists = [
        ("新办结任务", done.collect::<Vec<_>>()),
        ("新办结责任", duties(meeting.done())),
        ("新逾期任务", late.collect()),
        ("新受阻责任", duties(meeting.newly_blocked())),
    ];
    let lists = lists.into_iter().map(|(label, named)| match named.is_empty() {
        true => format!("{label}：无。"),
        false => format!("{label}{}项：{}。", named.len(), named.join("；")),
    });
    std::iter::once(told).chain(lists).map(Part::text).collect()
}

/// All that waits for a word, the oldest first.
fn waiting(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let row = |asked: &Asked, duty: &Duty, what: String| {
        let (day, task) = (contents.moment.day_of(asked.at), titled(contents, duty));
        let waited = (contents.moment.today - day).num_days().to_string();
        vec![task, duty.unit.name.clone(), what, short_day(day), waited]
    };
    let petitions = figures.petitions.iter().map(|(petition, asked, duty)| row(asked, duty, wanted(*petition, duty)));
    let transfers = figures.transfers().into_iter();
    let transfers = transfers.map(|(transfer, duty)| row(&transfer.asked, duty, "转办退回".to_owned()));
    let told = table_of(&WAITING, petitions.chain(transfers).take(MOST_LINES).collect());
    let unconfirmed = figures.unconfirmed.iter().filter_map(|(words, duties)| {
        let said = contents.moment.day_of(words.at);
        let waited = (contents.moment.today - said).num_days();
        Some(format!("{}（{}，已{waited}天）", duties.first()?.unit.name, in_words(said)))
    });
    let unconfirmed: Vec<String> = unconfirmed.take(MOST_LINES).collect();
    let unconfirmed = (!unconfirmed.is_empty()).then(|| {
        Part::text(format!("另有待单位确认的反馈{}条：{}。", figures.unconfirmed.len(), unconfirmed.join("、")))
    });
    told.into_iter().chain(unconfirmed).collect()
}

fn wanted(petition: Petition, duty: &Duty) -> String {
    match petition {
        Petition::Claim(of) => match of.and_then(|date| duty.milestone(date)) {
            Some(date) => format!("提请办结（{}）", date.name()),
            None => "提请办结".to_owned(),
        },
        Petition::MoreTime(of) => {
            duty.wish(of).map_or_else(|| "延期".to_owned(), |wish| format!("延期至{}", short_day(wish.due)))
        }
        Petition::Suspension => "中止".to_owned(),
    }
}

fn ahead(contents: &Contents, meeting: &Meeting<'_, '_>) -> Vec<Part> {
    let rows = meeting.ahead().into_iter().take(MOST_LINES).filter_map(|(deadline, unheard)| {
        let first = deadline.duties.first()?;
        let unheard: Vec<String> = unheard.iter().map(|duty| duty.unit_and_reach()).collect();
        let unheard = if unheard.is_empty() { "—".to_owned() } else { unheard.join("、") };
        let task = titled(contents, first);
        Some(vec![short_day(deadline.milestone.due), task, deadline.duties.len().to_string(), unheard])
    });
    table_of(&AHEAD, rows.collect())
}

fn table_of(columns: &[Column], rows: Vec<Vec<String>>) -> Vec<Part> {
    if rows.is_empty() { Vec::new() } else { vec![Part::table(table(columns, &rows))] }
}

fn call(since: &Since) -> Vec<Part> {
    let Some(call) = &since.call else { return Vec::new() };
    let (answered, waiting) = (call.answered.len(), call.waiting.len());
    let told = format!(
        "{}通知{}个单位反馈进展，已反馈{answered}个，未反馈{waiting}个。",
        in_words(call.day),
        answered + waiting
    );
    let lists = [("已反馈", &call.answered), ("未反馈", &call.waiting)];
    let lists = lists.into_iter().filter(|(_, units)| !units.is_empty());
    let lists = lists.map(|(label, units)| format!("{label}：{}。", units.join("、")));
    std::iter::once(told).chain(lists).map(Part::text).collect()
}

fn problems(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let problems = figures.problems.iter().take(MOST_LINES).map(|(duty, problem)| {
        let raised = contents.moment.day_of(problem.raised_at);
        let waited = (contents.moment.today - raised).num_days();
        format!("{}（已{waited}天）：{}。", called(contents, duty), clauses::quote_of(&problem.what, duty))
    });
    problems.map(Part::text).collect()
}

fn to_press(contents: &Contents, meeting: &Meeting<'_, '_>) -> Vec<Part> {
    let press = meeting.to_press().into_iter().take(MOST_LINES).filter_map(|duties| {
        let units: Vec<&str> = duties.iter().map(|duty| duty.unit.name.as_str()).collect();
        let task = titled(contents, duties.first()?);
        Some(format!("{task}：{}个单位近期未反馈，{}。", units.len(), units.join("、")))
    });
    press.map(Part::text).collect()
}

fn numbered(contents: &Contents, duty: &Duty) -> String {
    format!("{}第{}项", contents.plan_beside_others(&duty.plan), duty.task.number)
}

fn titled(contents: &Contents, duty: &Duty) -> String {
    format!("{} {}", numbered(contents, duty), duty.task.short_title())
}

/// `第5项省公安厅`
fn called(contents: &Contents, duty: &Duty) -> String {
    format!("{}{}", numbered(contents, duty), duty.unit.name)
}
