//! 看板: how things stand as pictures for a telephone, a page for about thirty units.

use chrono::{Datelike, NaiveDate};

use crate::office::duty::TaskRef;
use crate::office::figures::{Counts, Deadline, Figures, TaskFigure};
use crate::office::light::Light;
use crate::paper::burn_down::burn_down;
use crate::paper::heads::ROOM;
use crate::paper::svg::{Anchor, GREY, INK, Look, Piece, pages_of};
use crate::paper::{Contents, PaperError, heads, svg};

/// In pixels.
const ROW: f64 = 46.0;
const NAME: f64 = 360.0;
const COUNTS: f64 = 200.0;

const PALE: &str = "EEF1F5";

/// How many of the next dates are named.
pub const MOST_DATES: usize = 10;
/// Pages beyond these are left to the workbook.
const MOST_PAGES: usize = 10;

/// A picture for each page.
pub fn pages(contents: &Contents) -> Result<Vec<Vec<u8>>, PaperError> {
    laid_out(contents).iter().map(|pieces| heads::picture(pieces)).collect()
}

/// The picture of one page, counted from 0; `None` where there are fewer.
pub fn one_page(contents: &Contents, number: usize) -> Option<Result<Vec<u8>, PaperError>> {
    laid_out(contents).get(number).map(|pieces| heads::picture(pieces))
}

/// How many pages there are.
pub fn count(contents: &Contents) -> usize {
    laid_out(contents).len()
}

/// The words of the pictures, a line each, in the order in which they stand.
pub fn words(contents: &Contents) -> Vec<String> {
    laid_out(contents).into_iter().flatten().flat_map(|piece| piece.words).collect()
}

fn laid_out(contents: &Contents) -> Vec<Vec<Piece>> {
    let frame = heads::frame(contents, "其余单位见台账工作簿（/export）。");
    pages_of(pieces(contents, &contents.figures()), frame, MOST_PAGES)
}

fn pieces(contents: &Contents, figures: &Figures<'_>) -> Vec<Piece> {
    let mut pieces = vec![heads::head(contents, "督办看板"), cards(&figures.totals.tasks), heads::legend()];
    pieces.extend(burn_down(contents, figures, ROOM));
    pieces.extend(overdue(contents, figures));
    pieces.extend(next_dates(contents, figures));
    if figures.totals.sections.len() > 1 {
        for sections in figures.totals.sections.chunk_by(|one, next| one.plan == next.plan) {
            let plan = sections.first().map(|section| contents.plan_beside_others(&section.plan)).unwrap_or_default();
            pieces.push(title(&format!("按部分（任务）{plan}")));
            pieces.extend(sections.iter().map(|section| bar(&section.name(), &section.tasks)));
        }
    }
    pieces.push(title("按单位（各单位承担的责任）"));
    pieces.extend(figures.totals.units.iter().map(|unit| bar(&unit.unit_and_reach(), &unit.counts)));
    pieces
}

fn look(colour: &'static str, bold: bool, anchor: Anchor, room: f64) -> Look {
    Look { colour, bold, anchor, room }
}

/// What the cards show: label, count and colour. The statuses add up to the tasks.
pub fn card_counts(tasks: &Counts) -> [(&'static str, usize, &'static str); 8] {
    [
        ("任务", tasks.total, INK),
        ("已办结", tasks.done, Light::Done.colour()),
        ("提请办结", tasks.claimed_done, Light::Done.colour()),
        ("推进中", tasks.in_progress, Light::Green.colour()),
        ("受阻", tasks.blocked, Light::Yellow.colour()),
        ("未启动", tasks.not_started, GREY),
        ("中止", tasks.suspended, Light::Suspended.colour()),
        ("逾期", tasks.overdue, Light::Red.colour()),
    ]
}

fn cards(tasks: &Counts) -> Piece {
    const GAP: f64 = 14.0;
    let cards = card_counts(tasks);
    let width = (ROOM + GAP) / cards.len() as f64 - GAP;
    let mut piece = Piece::new(150.0);
    for ((label, count, colour), at) in cards.into_iter().zip(0..) {
        let x = f64::from(at) * (width + GAP);
        piece.rect((x, 0.0), (width, 126.0), PALE);
        let middle = x + width / 2.0;
        let room = width - 4.0;
        piece.text_to_fit((middle, 66.0), 54.0, &count.to_string(), look(colour, true, Anchor::Middle, room));
        piece.text_to_fit((middle, 106.0), 26.0, label, look(GREY, false, Anchor::Middle, room));
    }
    piece
}

fn title(words: &str) -> Piece {
    let mut piece = Piece::heading(62.0);
    piece.text((0.0, 42.0), 30.0, words, look(INK, true, Anchor::Start, ROOM));
    piece
}

fn bar(name: &str, counts: &Counts) -> Piece {
    const LETTERS: f64 = 26.0;
    // Smaller letters before a second line.
    const SMALL: f64 = 20.0;
    let lines = svg::on_two_lines(name, SMALL, NAME - 16.0);
    let below = LETTERS * (lines.len() - 1) as f64;
    let mut piece = Piece::new(ROW + below);
    for (line, at) in lines.iter().zip(0..) {
        let y = 30.0 + f64::from(at) * LETTERS;
        piece.text_to_fit((0.0, y), LETTERS, line, look(INK, false, Anchor::Start, NAME - 16.0));
    }
    let room = ROOM - NAME - COUNTS;
    let mut x = NAME;
    for light in Light::ALL {
        let width = room * counts.lights.of(light) as f64 / counts.total.max(1) as f64;
        if width > 0.0 {
            piece.rect((x, 8.0), (width, 28.0), light.colour());
        }
        x += width;
    }
    piece.text((ROOM, 30.0), 24.0, &done_of(counts), look(GREY, false, Anchor::End, COUNTS - 8.0));
    piece
}

/// `3/10`, `3/10 逾2`: done of all, and how many are overdue.
pub fn done_of(counts: &Counts) -> String {
    let late = if counts.overdue > 0 { format!(" 逾{}", counts.overdue) } else { String::new() };
    format!("{}/{}{late}", counts.done, counts.total)
}

/// What falls due next.
pub fn upcoming<'f, 'a>(figures: &'f Figures<'a>, today: NaiveDate) -> impl Iterator<Item = &'f Deadline<'a>> {
    figures.due_within(today, NaiveDate::MAX).take(MOST_DATES)
}

/// What is late, the longest first.
pub fn longest_overdue<'f, 'a>(figures: &'f Figures<'a>) -> Vec<&'f TaskFigure<'a>> {
    let mut late: Vec<&TaskFigure<'a>> = figures.overdue().collect();
    late.sort_by_key(|task| task.overdue_since);
    late
}

/// What is late, by name.
fn overdue(contents: &Contents, figures: &Figures<'_>) -> Vec<Piece> {
    let today = contents.moment.today;
    let late = longest_overdue(figures);
    let mut pieces: Vec<Piece> = late
        .iter()
        .take(MOST_DATES)
        .map(|task| {
            let since = task.overdue_since.unwrap_or(today);
            let units = late_units(task, today);
            let standing = format!("逾期{}天 {units}家", (today - since).num_days());
            let plan = contents.plan_beside_others(task.plan);
            dated((since, Light::Red.colour()), task.task, &plan, &standing)
        })
        .collect();
    if late.len() > MOST_DATES {
        pieces.push(heads::note(&format!("另有{}项，请发送 /overdue 查询。", late.len() - MOST_DATES)));
    }
    under(&format!("逾期任务 {} 项", late.len()), pieces)
}

/// How many units are late with a task.
pub fn late_units(task: &TaskFigure<'_>, today: NaiveDate) -> usize {
    task.duties.iter().filter(|duty| duty.overdue_since(today).is_some()).count()
}

/// What falls due next, and for how many units.
fn next_dates(contents: &Contents, figures: &Figures<'_>) -> Vec<Piece> {
    let today = contents.moment.today;
    let rows = upcoming(figures, today).filter_map(|Deadline { milestone, duties }| {
        let first = duties.first()?;
        let left = (milestone.due - today).num_days();
        let day = if left == 0 { "今天".to_owned() } else { format!("{left}天") };
        let words = format!("{day} {}家", duties.len());
        Some(dated((milestone.due, INK), &first.task, &contents.plan_beside_others(&first.plan), &words))
    });
    under("接下来到期", rows.collect())
}

/// A heading over what there is.
fn under(heading: &str, rows: Vec<Piece>) -> Vec<Piece> {
    if rows.is_empty() { rows } else { std::iter::once(title(heading)).chain(rows).collect() }
}

/// A day with a task, below it its plan where that must be told, and how it stands.
fn dated((day, colour): (NaiveDate, &'static str), task: &TaskRef, plan: &str, standing: &str) -> Piece {
    const DAY: f64 = 240.0;
    const STANDING: f64 = 200.0;
    let below = if plan.is_empty() { 0.0 } else { 28.0 };
    let mut piece = Piece::new(ROW + below);
    let date = format!("{}年{}月{}日", day.year(), day.month(), day.day());
    piece.text((0.0, 30.0), 26.0, &date, look(colour, true, Anchor::Start, DAY - 10.0));
    let named = format!("第{}项 {}", task.number, task.short_title());
    piece.text((DAY, 30.0), 26.0, &named, look(INK, false, Anchor::Start, ROOM - DAY - STANDING));
    piece.text((ROOM, 30.0), 24.0, standing, look(GREY, false, Anchor::End, STANDING - 10.0));
    if !plan.is_empty() {
        piece.text((DAY, 60.0), 20.0, plan, look(GREY, false, Anchor::Start, ROOM - DAY));
    }
    piece
}
