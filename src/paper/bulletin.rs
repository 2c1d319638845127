//! 督查通报: the bulletin as an office signs it, .docx. Its parts and their order follow GB/T 9704—2012.

mod progress;
mod trouble;

use docx_rs::Table;

use crate::citations::{Citation, Kind};
use crate::office::duty::{Duty, TaskRef};
use crate::office::figures::reached::Hearing;
use crate::office::figures::{Counts, Totals, UnitFigures, per_mille};
use crate::office::light::Light;
use crate::office::status::Status;
use crate::paper::official::{Bar, Column, Look, Part, bars, table};
use crate::paper::{Contents, PaperError, PlanLine, official};
use crate::schedule::deadline::in_words;

/// A chapter names so many tasks; the ledger workbook has the rest.
const MOST_TASKS: usize = 300;
/// How much of the ledger's head stands in the last line.
const HEAD_SHOWN: usize = 8;

/// The bulletin's file. `issue` is its number, 第3期; before one was ever issued, room is left for it.
pub fn bytes(contents: &Contents, issue: Option<u32>) -> Result<Vec<u8>, PaperError> {
    let figures = contents.figures();
    let letterhead = &contents.letterhead;
    let issue = issue.map_or_else(|| "　　".to_owned(), |issue| issue.to_string());
    let title = format!("关于{}落实情况的督查通报\n（第{issue}期）", subject(&contents.plans));
    let mut parts = vec![Part::Paragraph(Look::Title, title), Part::text("")];
    if !letterhead.recipients.is_empty() {
        parts.push(Part::Paragraph(Look::Addressee, format!("{}：", letterhead.recipients.trim_end_matches('：'))));
    }
    parts.push(Part::text(opening(contents)));
    parts.push(Part::Paragraph(Look::Heading, "一、总体情况".to_owned()));
    parts.extend(overview(&figures.totals));
    parts.push(Part::Paragraph(Look::Heading, "二、主要进展".to_owned()));
    parts.extend(progress::chapter(contents, &figures));
    parts.push(Part::Paragraph(Look::Heading, "三、存在问题".to_owned()));
    parts.extend(trouble::chapter(contents, &figures));
    if !letterhead.requirements.is_empty() {
        parts.push(Part::Paragraph(Look::Heading, "四、下一步要求".to_owned()));
        parts.extend(requirements(&letterhead.requirements));
    }
    let attachments = attachments(contents, &figures.totals);
    parts.push(Part::text(""));
    let several = attachments.len() > 1;
    let names = attachments.iter().zip(1..).map(|((name, _), number)| match (several, number) {
        (false, _) => format!("附件：{name}"),
        (true, 1) => format!("附件：1. {name}"),
        (true, number) => format!("　　　{number}. {name}"),
    });
    parts.extend(names.map(|name| Part::Paragraph(Look::Attachments, name)));
    parts.push(Part::text(""));
    parts.extend(letterhead.office.clone().map(|office| Part::Paragraph(Look::Signature, office)));
    parts.push(Part::Paragraph(Look::Signature, in_words(contents.moment.today)));
    for ((name, table), number) in attachments.into_iter().zip(1..) {
        let number = if several { number.to_string() } else { String::new() };
        parts.push(Part::Paragraph(Look::AttachmentHeading, format!("附件{number}")));
        parts.push(Part::caption(name));
        parts.push(Part::table(table));
    }
    parts.push(Part::Paragraph(Look::Remark, record(contents)));
    official::bytes(parts)
}

/// `《分工方案》`, `《分工方案》等2个方案`
fn subject(plans: &[PlanLine]) -> String {
    match plans {
        [] => "督办任务".to_owned(),
        [only] => cited(&only.title),
        [first, ..] => format!("{}等{}个方案", cited(&first.title), plans.len()),
    }
}

/// A title within a title has other marks.
fn cited(title: &str) -> String {
    format!("《{}》", title.replace('《', "〈").replace('》', "〉"))
}

fn opening(contents: &Contents) -> String {
    let plans = contents.plans.iter().map(|plan| {
        // Of two plans of one title each is cited with its number already.
        let number = plan.document_number.as_ref().map(|number| format!("（{number}）"));
        let number = number.filter(|number| !plan.title.ends_with(number.as_str())).unwrap_or_default();
        format!("{}{number}", cited(&plan.title))
    });
    let plans: Vec<String> = plans.collect();
    let plans = if plans.is_empty() { "各项督办任务".to_owned() } else { plans.join("、") };
    format!(
        "为推动{plans}落地见效，根据各单位反馈情况，现将截至{}的落实情况通报如下。",
        in_words(contents.moment.today)
    )
}

fn overview(totals: &Totals) -> Vec<Part> {
    let Totals { tasks, duties, units, .. } = totals;
    let rate = per_mille(tasks.done, tasks.total).map(|rate| format!("，办结率{}.{}%", rate / 10, rate % 10));
    let states = by_status(tasks).map(|(status, count)| format!("{}{count}项", status.label())).join("，");
    let told = format!(
        "共有任务{}项：{states}。其中逾期{}项{}（见图1）。",
        tasks.total,
        tasks.overdue,
        rate.unwrap_or_default()
    );
    let split = format!(
        "以上任务分解到{}个单位，各单位承担的责任合计{}项：{}（见图2）。其中已办结{}项，逾期{}项{}。",
        units.len(),
        duties.counts.total,
        duties.heard_or_not("", "项"),
        duties.counts.done,
        duties.counts.overdue,
        match totals.units_unreached().count() {
            0 => String::new(),
            count => format!("；未能通知的单位{count}个（见附件2）"),
        }
    );
    vec![
        Part::text(told),
        Part::text(split),
        Part::caption(format!("图1　任务办理情况（任务{}项）", tasks.total)),
        Part::table(bars(
            &by_status(tasks).map(|(status, count)| bar(status.label(), status_colour(status), count)),
            tasks.total,
        )),
        Part::caption(format!("图2　各单位承担的责任反馈情况（责任{}项）", duties.counts.total)),
        Part::table(bars(
            &duties.by_hearing().map(|(hearing, count)| bar(hearing.label(), hearing_colour(hearing), count)),
            duties.counts.total,
        )),
    ]
}

fn bar<'a>(label: &str, colour: &'a str, count: usize) -> Bar<'a> {
    (format!("{label}　{count}"), colour, count)
}

fn by_status(counts: &Counts) -> [(Status, usize); 6] {
    [
        (Status::Done, counts.done),
        (Status::ClaimedDone, counts.claimed_done),
        (Status::InProgress, counts.in_progress),
        (Status::Blocked, counts.blocked),
        (Status::NotStarted, counts.not_started),
        (Status::Suspended, counts.suspended),
    ]
}

/// As `RRGGBB`.
fn status_colour(status: Status) -> &'static str {
    match status {
        Status::Done | Status::ClaimedDone => Light::Done.colour(),
        Status::InProgress => Light::Green.colour(),
        Status::Blocked => Light::Yellow.colour(),
        Status::NotStarted => Light::Grey.colour(),
        Status::Suspended => Light::Suspended.colour(),
    }
}

fn hearing_colour(hearing: Hearing) -> &'static str {
    match hearing {
        Hearing::Heard => Light::Green.colour(),
        Hearing::Silent => Light::Grey.colour(),
        Hearing::Unreached => "B9C0C8",
        Hearing::Suspended => Light::Suspended.colour(),
    }
}

/// Each with its number, where there are several.
fn requirements(paragraphs: &[String]) -> impl Iterator<Item = Part> {
    let several = paragraphs.len() > 1;
    (1..).zip(paragraphs).map(move |(number, words)| {
        if several { Part::text(format!("（{}）{words}", in_chinese(number))) } else { Part::text(words) }
    })
}

/// 一 to 九十九
fn in_chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        _ => format!("{}十", DIGITS.get(tens).copied().unwrap_or_default()),
    };
    format!("{tens}{}", DIGITS[ones])
}

/// The tables at the end, each with its name.
fn attachments(contents: &Contents, totals: &Totals) -> Vec<(&'static str, Table)> {
    let (reached, unreached): (Vec<&UnitFigures>, Vec<&UnitFigures>) =
        totals.units.iter().partition(|unit| unit.reach.is_reached());
    let mut made = vec![("各单位任务办理情况（承担的责任，项）", units(contents.letterhead.ranking, reached))];
    if !unreached.is_empty() {
        let rows = unreached.iter().zip(1..).map(|(unit, number)| {
            let [number, duties, overdue, silent] =
                [number, unit.duties, unit.counts.overdue, unit.silent].map(|count| count.to_string());
            vec![number, unit.unit.clone(), duties, overdue, silent, unit.reach.label().unwrap_or("").to_owned()]
        });
        let columns = [
            Column::short("序号", 900),
            Column::rest("单位"),
            Column::short("承担", 1_000),
            Column::short("逾期", 1_000),
            Column::short("未能通知", 1_250),
            Column::short("情况", 1_500),
        ];
        made.push(("未能通知的单位（承担的责任，项）", table(&columns, &rows.collect::<Vec<_>>())));
    }
    made
}

/// In the order of the roll; by how much is done only where the office ranks its units.
fn units(ranking: bool, mut units: Vec<&UnitFigures>) -> Table {
    if ranking {
        units.sort_by(|one, other| {
            let share = |unit: &UnitFigures, other: &UnitFigures| unit.counts.done * other.duties;
            share(other, one).cmp(&share(one, other)).then(one.counts.overdue.cmp(&other.counts.overdue))
        });
    }
    let columns = [
        Column::short(if ranking { "名次" } else { "序号" }, 900),
        Column::rest("单位"),
        Column::short("承担", 1_000),
        Column::short("已办结", 1_000),
        Column::short("提请办结", 1_200),
        Column::short("逾期", 1_000),
        Column::short("未反馈", 1_000),
    ];
    let rows = units.into_iter().zip(1..).map(|(unit, place)| {
        let UnitFigures { counts, duties, silent, .. } = unit;
        let counts = [place, *duties, counts.done, counts.claimed_done, counts.overdue, *silent];
        let [place, counts @ ..] = counts.map(|count| count.to_string());
        [place, unit.unit.clone()].into_iter().chain(counts).collect()
    });
    table(&columns, &rows.collect::<Vec<_>>())
}

/// By which the paper can be held against the record.
fn record(contents: &Contents) -> String {
    let head: String = contents.head.as_deref().unwrap_or_default().chars().take(HEAD_SHOWN).collect();
    format!("督办台账第{}条　校验码{head}", contents.entries)
}

/// With its plan, where it does not stand below that.
fn named_in(contents: &Contents, duty: &Duty) -> String {
    format!("{}{}", contents.plan_beside_others(&duty.plan), named(&duty.task))
}

fn named(task: &TaskRef) -> String {
    let title = task.short_title().replace('“', "‘").replace('”', "’");
    format!("第{}项“{title}”", task.number)
}

/// What stands is printed; a reproof only once the unit was told of it.
fn is_printed(cited: &&Citation) -> bool {
    (cited.told || cited.kind == Kind::Commendation) && cited.withdrawn_because.is_none()
}

/// What lies beyond [`MOST_TASKS`].
fn rest_of(all: usize, counted: &str) -> Option<Part> {
    let rest = all.checked_sub(MOST_TASKS).filter(|rest| *rest > 0)?;
    Some(Part::text(format!("其余{rest}{counted}见督办台账。")))
}

#[cfg(test)]
mod tests {
    use crate::paper::bulletin::in_chinese;

    #[test]
    fn ordinals() {
        assert_eq!([1, 9, 10, 11, 20, 35].map(in_chinese), ["一", "九", "十", "十一", "二十", "三十五"]);
    }
}
