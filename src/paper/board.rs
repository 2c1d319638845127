//! 看板: how things stand as pictures for a telephone, a page for about thirty units.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::svg::{Anchor, Look, Piece, page};
use super::{Contents, PaperError};
use crate::domain::duty::{Duty, MilestoneId, TaskId};
use crate::domain::light::Light;

/// In pixels.
const WIDTH: f64 = 1_080.0;
const MARGIN: f64 = 40.0;
const ROOM: f64 = WIDTH - 2.0 * MARGIN;
const LONGEST_PAGE: f64 = 1_600.0;
const ROW: f64 = 46.0;
const NAME: f64 = 330.0;
const COUNTS: f64 = 200.0;

const INK: &str = "222222";
const GREY: &str = "777777";
const PALE: &str = "EEF1F5";

/// How many of the next dates are named.
const MOST_DATES: usize = 10;

/// A picture for each page.
pub fn pages(contents: &Contents) -> Result<Vec<Vec<u8>>, PaperError> {
    laid_out(contents).iter().map(|pieces| page(pieces, WIDTH, MARGIN)).collect()
}

/// The picture of one page, counted from 0; `None` where there are fewer.
pub fn one_page(contents: &Contents, number: usize) -> Option<Result<Vec<u8>, PaperError>> {
    laid_out(contents).get(number).map(|pieces| page(pieces, WIDTH, MARGIN))
}

/// How many pages there are.
pub fn count(contents: &Contents) -> usize {
    laid_out(contents).len()
}

fn laid_out(contents: &Contents) -> Vec<Vec<Piece>> {
    let mut pages: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0.0;
    for piece in pieces(contents) {
        if used + piece.height > LONGEST_PAGE {
            pages.push(vec![continued(contents)]);
            used = pages.last().and_then(|page| page.first()).map_or(0.0, |head| head.height);
        }
        used += piece.height;
        if let Some(page) = pages.last_mut() {
            page.push(piece);
        }
    }
    pages
}

fn pieces(contents: &Contents) -> Vec<Piece> {
    let mut pieces = vec![head(contents), cards(contents), legend()];
    pieces.extend(burn_down(contents));
    pieces.extend(next_dates(contents));
    let by_section = grouped(contents, |duty| {
        contents.sections.get(&duty.task.id).cloned().unwrap_or_else(|| "其他任务".to_owned())
    });
    if by_section.len() > 1 {
        pieces.push(title("按部分"));
        pieces.extend(by_section.iter().map(|(name, lights)| bar(name, lights)));
    }
    pieces.push(title("按单位"));
    pieces.extend(grouped(contents, |duty| duty.unit.name.clone()).iter().map(|(name, lights)| bar(name, lights)));
    pieces.push(foot(contents));
    pieces
}

fn look(colour: &'static str, bold: bool, anchor: Anchor, room: f64) -> Look {
    Look { colour, bold, anchor, room }
}

fn head(contents: &Contents) -> Piece {
    let mut piece = Piece::new(120.0);
    piece.text((0.0, 44.0), 38.0, &contents.title(), look(INK, true, Anchor::Start, ROOM));
    let as_of = format!("截至{}", contents.as_of());
    piece.text((0.0, 90.0), 26.0, &as_of, look(GREY, false, Anchor::Start, ROOM));
    piece
}

/// The ledger's head, by which the picture can be held against the record.
fn foot(contents: &Contents) -> Piece {
    let mut piece = Piece::new(56.0);
    let words = format!("台账{}条，末端 {}", contents.entries, contents.head.as_deref().unwrap_or("（空）"));
    piece.text((0.0, 40.0), 20.0, &words, look(GREY, false, Anchor::Start, ROOM));
    piece
}

/// Stands above every further page.
fn continued(contents: &Contents) -> Piece {
    const TITLE: f64 = 560.0;
    let mut piece = Piece::new(60.0);
    piece.text((0.0, 30.0), 24.0, &contents.title(), look(GREY, false, Anchor::Start, TITLE));
    let as_of = format!("（续）截至{}", contents.as_of());
    piece.text((ROOM, 30.0), 24.0, &as_of, look(GREY, false, Anchor::End, ROOM - TITLE));
    piece
}

fn cards(contents: &Contents) -> Piece {
    const GAP: f64 = 14.0;
    let tasks = &contents.totals.tasks;
    let counts = [
        ("任务", tasks.total, INK),
        ("已办结", tasks.done, Light::Done.colour()),
        ("推进中", tasks.in_progress + tasks.claimed_done, Light::Green.colour()),
        ("未启动", tasks.not_started, GREY),
        ("受阻", tasks.blocked, Light::Yellow.colour()),
        ("逾期", tasks.overdue, Light::Red.colour()),
    ];
    let width = (ROOM - GAP * 5.0) / 6.0;
    let mut piece = Piece::new(150.0);
    for ((label, count, colour), at) in counts.into_iter().zip(0..) {
        let x = f64::from(at) * (width + GAP);
        piece.rect((x, 0.0), (width, 126.0), PALE);
        let middle = x + width / 2.0;
        piece.text((middle, 66.0), 54.0, &count.to_string(), look(colour, true, Anchor::Middle, width));
        piece.text((middle, 106.0), 26.0, label, look(GREY, false, Anchor::Middle, width));
    }
    piece
}

fn legend() -> Piece {
    let mut piece = Piece::new(50.0);
    for (light, at) in Light::ALL.into_iter().zip(0..) {
        let x = f64::from(at) * 170.0;
        piece.circle((x + 12.0, 18.0), 11.0, light.colour());
        piece.text((x + 32.0, 27.0), 24.0, light.label(), look(INK, false, Anchor::Start, 130.0));
    }
    piece
}

fn title(words: &str) -> Piece {
    let mut piece = Piece::new(62.0);
    piece.text((0.0, 42.0), 30.0, words, look(INK, true, Anchor::Start, ROOM));
    piece
}

/// How many duties of each name have which light, in the order in which the names first come.
fn grouped(contents: &Contents, name: impl Fn(&Duty) -> String) -> Vec<(String, [usize; 4])> {
    let mut groups: Vec<(String, [usize; 4])> = Vec::new();
    for duty in &contents.duties {
        let name = name(duty);
        let light = Light::of(duty, contents.moment.today);
        let place = Light::ALL.iter().position(|known| *known == light).unwrap_or_default();
        let at = groups.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            groups.push((name, [0; 4]));
            groups.len() - 1
        });
        if let Some((_, lights)) = groups.get_mut(at) {
            lights[place] += 1;
        }
    }
    groups
}

fn bar(name: &str, lights: &[usize; 4]) -> Piece {
    let mut piece = Piece::new(ROW);
    piece.text((0.0, 30.0), 26.0, name, look(INK, false, Anchor::Start, NAME - 16.0));
    let total: usize = lights.iter().sum();
    let room = ROOM - NAME - COUNTS;
    let mut x = NAME;
    for (light, count) in Light::ALL.into_iter().zip(lights).filter(|(_, count)| **count > 0) {
        let width = room * share(*count, total);
        piece.rect((x, 8.0), (width, 28.0), light.colour());
        x += width;
    }
    let [done, _, _, late] = lights;
    let words = if *late > 0 { format!("{done}/{total} 逾{late}") } else { format!("{done}/{total}") };
    piece.text((ROOM, 30.0), 24.0, &words, look(GREY, false, Anchor::End, COUNTS - 8.0));
    piece
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Open duties against the dates of the plan: dashed what was planned, solid what came of it.
fn burn_down(contents: &Contents) -> Option<Piece> {
    const HEIGHT: f64 = 260.0;
    const LEFT: f64 = 60.0;
    const TOP: f64 = 76.0;
    let last_due = |duty: &Duty| duty.milestones.last().map(|milestone| milestone.due);
    let mut planned: Vec<NaiveDate> = contents.duties.iter().filter_map(last_due).collect();
    planned.sort_unstable();
    let today = contents.moment.today;
    let issued = contents.plans.iter().filter_map(|plan| plan.issued_on).min();
    let begin = issued.or_else(|| planned.first().copied())?.min(today);
    let end = (*planned.last()?).max(today);
    let days = (end - begin).num_days().max(1) as f64;
    let total = contents.duties.len();
    let x = |day: NaiveDate| LEFT + (ROOM - LEFT) * (((day - begin).num_days() as f64) / days).clamp(0.0, 1.0);
    let y = |left: usize| TOP + HEIGHT * (1.0 - share(left, total));
    let steps = |dates: &[NaiveDate], until: NaiveDate| {
        let mut points = vec![(x(begin), y(total))];
        for (day, closed) in dates.iter().filter(|day| **day <= until).zip(1..) {
            points.push((x(*day), y(total - (closed - 1).min(total))));
            points.push((x(*day), y(total - closed.min(total))));
        }
        let closed = dates.iter().filter(|day| **day <= until).count();
        points.push((x(until), y(total - closed.min(total))));
        points
    };
    let mut piece = Piece::new(HEIGHT + 140.0);
    piece.text((0.0, 42.0), 30.0, "各单位未办结任务（虚线为计划，实线为实际）", look(INK, true, Anchor::Start, ROOM));
    piece.line((LEFT, TOP), (LEFT, TOP + HEIGHT), "BBBBBB");
    piece.line((LEFT, TOP + HEIGHT), (ROOM, TOP + HEIGHT), "BBBBBB");
    piece.text((LEFT - 10.0, TOP + 10.0), 22.0, &total.to_string(), look(GREY, false, Anchor::End, LEFT));
    piece.text((LEFT - 10.0, TOP + HEIGHT), 22.0, "0", look(GREY, false, Anchor::End, LEFT));
    let label = |day: NaiveDate| format!("{}.{}.{}", day.year(), day.month(), day.day());
    let below = TOP + HEIGHT + 32.0;
    piece.text((LEFT, below), 22.0, &label(begin), look(GREY, false, Anchor::Start, 200.0));
    piece.text((ROOM, below), 22.0, &label(end), look(GREY, false, Anchor::End, 200.0));
    piece.path(&steps(&planned, end), "9AA5B1", true);
    piece.path(&steps(&contents.done_on, today), Light::Done.colour(), false);
    piece.line((x(today), TOP), (x(today), TOP + HEIGHT), Light::Red.colour());
    let above = (x(today).clamp(LEFT + 30.0, ROOM - 30.0), 66.0);
    piece.text(above, 20.0, "今天", look(Light::Red.colour(), false, Anchor::Middle, 80.0));
    Some(piece)
}

/// What falls due next, and for how many units.
fn next_dates(contents: &Contents) -> Vec<Piece> {
    let today = contents.moment.today;
    let mut dates: BTreeMap<(NaiveDate, TaskId, MilestoneId), (&Duty, usize)> = BTreeMap::new();
    for duty in contents.duties.iter().filter(|duty| duty.status.is_open()) {
        for milestone in duty.milestones.iter().filter(|milestone| milestone.due >= today) {
            dates.entry((milestone.due, duty.task.id, milestone.id)).or_insert((duty, 0)).1 += 1;
        }
    }
    if dates.is_empty() {
        return Vec::new();
    }
    let rows = dates.into_iter().take(MOST_DATES).map(|((due, _, _), (duty, units))| {
        let mut piece = Piece::new(ROW);
        let day = format!("{}年{}月{}日", due.year(), due.month(), due.day());
        piece.text((0.0, 30.0), 26.0, &day, look(INK, true, Anchor::Start, 230.0));
        let task = format!("第{}项 {}", duty.task.number, duty.task.short_title());
        piece.text((240.0, 30.0), 26.0, &task, look(INK, false, Anchor::Start, ROOM - 240.0 - 200.0));
        let left = (due - today).num_days();
        let words = if left == 0 { format!("今天 {units}家") } else { format!("{left}天 {units}家") };
        piece.text((ROOM, 30.0), 24.0, &words, look(GREY, false, Anchor::End, 190.0));
        piece
    });
    std::iter::once(title("接下来到期")).chain(rows).collect()
}
