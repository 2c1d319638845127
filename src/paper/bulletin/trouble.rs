//! 三、存在问题: what is late, why and until when; what hinders; who has said nothing.

use chrono::NaiveDate;

use crate::citations::Kind;
use crate::inspections::Inspection;
use crate::office::duty::Duty;
use crate::office::figures::{Figures, TaskFigure};
use crate::paper::Contents;
use crate::paper::bulletin::{MOST_TASKS, Part, in_chinese, is_printed, named_in, rest_of};
use crate::paper::clauses::{self, alike, quote, says, units};
use crate::paper::official::{Column, short_day, table};
use crate::schedule::deadline::in_words;

/// For how long after its end an inspection is told of, in days.
const RECENT_DAYS: i64 = 31;
const LATE: [Column; 6] = [
    Column::short("任务", 1_200),
    Column::long("责任单位", 1_900),
    Column::short("应完成日期", 1_450),
    Column::short("逾期天数", 720),
    Column::rest("原因"),
    Column::short("新时限", 1_480),
];

/// Its parts are numbered by what there is to tell.
pub(super) fn chapter(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let parts = [
        ("逾期任务", late(contents, figures)),
        ("批准延期的时限", extended(contents)),
        ("需协调解决的问题", problems(contents, figures)),
        ("进展受阻", blocked(contents, figures)),
        ("尚未反馈的单位", silent(figures)),
        ("专项督查", inspections(contents)),
        ("提醒和约谈", notices(contents)),
    ];
    let told = parts.into_iter().filter(|(_, parts)| !parts.is_empty());
    let told: Vec<Part> = (1..)
        .zip(told)
        .flat_map(|(number, (title, parts))| {
            std::iter::once(Part::heading(format!("（{}）{title}", in_chinese(number)))).chain(parts)
        })
        .collect();
    if told.is_empty() { vec![Part::text("没有逾期任务和待协调解决的问题。")] } else { told }
}

/// A table for each plan that has any, with a row for all units that are late alike.
fn late(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let today = contents.moment.today;
    let (mut all, mut duties, mut tables) = (0, 0, Vec::new());
    for plan in &contents.plans {
        let late: Vec<&TaskFigure<'_>> = figures.overdue().filter(|task| task.plan == plan.title).collect();
        if late.is_empty() {
            continue;
        }
        let number = tables.len() / 2 + 1;
        let late_duties = late.iter().map(|task| late_of(task, today).count()).sum::<usize>();
        let rows: Vec<Vec<String>> = late.iter().take(MOST_TASKS).flat_map(|task| rows(contents, task)).collect();
        tables.push(Part::caption(format!(
            "表{number}　{}逾期任务（任务{}项，责任{late_duties}项）",
            contents.plan_beside_others(&plan.title),
            late.len()
        )));
        tables.push(Part::table(table(&LATE, &rows)));
        (all, duties) = (all + late.len(), duties + late_duties);
    }
    let seen = match tables.len() / 2 {
        0 => return Vec::new(),
        1 => "见表1".to_owned(),
        last => format!("见表1至表{last}"),
    };
    let told = format!("截至{}，逾期任务{all}项，涉及各单位的责任{duties}项，{seen}。", in_words(today));
    std::iter::once(Part::text(told)).chain(tables).chain(rest_of(all, "项")).collect()
}

/// What is late of a task, each with the day since when.
fn late_of<'f>(task: &'f TaskFigure<'_>, today: NaiveDate) -> impl Iterator<Item = (&'f Duty, NaiveDate)> {
    task.duties.iter().filter_map(move |duty| Some((*duty, duty.overdue_since(today)?)))
}

fn rows(contents: &Contents, task: &TaskFigure<'_>) -> Vec<Vec<String>> {
    let today = contents.moment.today;
    let mut dates: Vec<(NaiveDate, Option<NaiveDate>)> =
        late_of(task, today).map(|(duty, since)| (since, asked_for(duty, since))).collect();
    dates.sort();
    dates.dedup();
    let of_date = |(since, new): (NaiveDate, Option<NaiveDate>)| {
        let late = late_of(task, today).filter(move |(duty, date)| (*date, asked_for(duty, *date)) == (since, new));
        let clauses = alike(late.map(|(duty, _)| (reason(duty), duty.unit.name.as_str())));
        // A line break, so that no word is broken.
        let new = new.map_or_else(|| "—".to_owned(), |new| format!("{}\n（申请中）", short_day(new)));
        clauses.into_iter().map(move |clause| {
            let days = (today - since).num_days().to_string();
            let number = format!("第{}项", task.task.number);
            vec![number, units(&clause.units), short_day(since), days, clause.says, new.clone()]
        })
    };
    dates.into_iter().flat_map(of_date).collect()
}

/// The date until which a unit asks for more time for the date since which it is late.
fn asked_for(duty: &Duty, since: NaiveDate) -> Option<NaiveDate> {
    let late = duty.waiting.more_time.iter().filter(|wish| {
        let date = wish.of.and_then(|of| duty.milestone(of));
        date.is_none_or(|date| date.due <= since)
    });
    late.map(|wish| wish.due).max()
}

/// Why a unit is late, in its own words.
fn reason(duty: &Duty) -> String {
    let said = clauses::problems(duty).or_else(|| says(duty));
    said.unwrap_or_else(|| duty.reach.label().unwrap_or("尚无反馈").to_owned())
}

/// The dates that were put off and are still ahead.
fn extended(contents: &Contents) -> Vec<Part> {
    let granted = contents.duties.iter().filter(|duty| duty.status.is_open()).flat_map(|duty| {
        let granted = duty.milestones.iter().filter(|milestone| milestone.extended);
        granted.map(move |milestone| (duty, milestone))
    });
    let told = granted.take(MOST_TASKS).map(|(duty, milestone)| {
        let own = if milestone.self_signed { "（本人核定）" } else { "" };
        Part::text(format!("{}：{}延期至{}{own}。", named_in(contents, duty), duty.unit.name, in_words(milestone.due)))
    });
    told.collect()
}

fn problems(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let raised = figures.tasks.iter().filter_map(|task| {
        let first = task.duties.first()?;
        let said = task.duties.iter().filter_map(|duty| Some((clauses::problems(duty)?, duty.unit.name.as_str())));
        let said = alike(said).iter().map(|clause| clause.words()).collect::<Vec<_>>();
        (!said.is_empty()).then(|| Part::text(format!("{}：{}。", named_in(contents, first), said.join("；"))))
    });
    let mut told: Vec<Part> = raised.collect();
    let rest = rest_of(told.len(), "项");
    told.truncate(MOST_TASKS);
    told.into_iter().chain(rest).collect()
}

/// Those that named no problem.
fn blocked(contents: &Contents, figures: &Figures<'_>) -> Vec<Part> {
    let told = figures.blocked.iter().take(MOST_TASKS).map(|duty| {
        let said = says(duty).map(|said| format!("：{said}")).unwrap_or_default();
        Part::text(format!("{}：{}{said}。", named_in(contents, duty), duty.unit.name))
    });
    told.chain(rest_of(figures.blocked.len(), "项")).collect()
}

/// Units that could answer and did not; those that no message reaches are told of apart.
fn silent(figures: &Figures<'_>) -> Vec<Part> {
    let silent: Vec<String> = figures.silent().map(|unit| format!("{}（{}项）", unit.unit, unit.silent)).collect();
    match silent.len() {
        0 => Vec::new(),
        count => vec![Part::text(format!("以下{count}个单位尚有责任未反馈：{}。", silent.join("、")))],
    }
}

/// The inspections that are open, or were closed in the last month: who has answered, and who has not.
fn inspections(contents: &Contents) -> Vec<Part> {
    let today = contents.moment.today;
    let told = contents.inspections.iter().filter(|one| {
        one.started_on.is_some() && one.closed_on.is_none_or(|closed| (today - closed).num_days() <= RECENT_DAYS)
    });
    told.map(|one| Part::text(inspected(one))).collect()
}

fn inspected(one: &Inspection) -> String {
    let waiting: Vec<&str> = one.waiting().map(|unit| unit.name.as_str()).collect();
    let waiting = match waiting.as_slice() {
        [] => "均已答复".to_owned(),
        waiting => format!("{}未答复", units(waiting)),
    };
    let closed = one.closed_on.map(|closed| format!("已于{}关闭，", in_words(closed))).unwrap_or_default();
    format!(
        "“{}”（期限{}）：{closed}要求{}个单位答复，{}个已答复，{waiting}。",
        quote(&one.words),
        in_words(one.due),
        one.parts.len(),
        one.answered(),
    )
}

/// What coordinators put on record and told the unit.
fn notices(contents: &Contents) -> Vec<Part> {
    let told = contents.citations.iter().filter(is_printed).filter(|cited| cited.kind != Kind::Commendation);
    told.map(|cited| Part::text(format!("对{}予以{}：{}。", cited.unit.name, cited.kind.label(), quote(&cited.reason))))
        .collect()
}
