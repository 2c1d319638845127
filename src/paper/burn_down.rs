//! The burn-down: how many tasks are left, dashed as the plan's dates have it, solid as it went.

use chrono::{Datelike, NaiveDate};

use crate::office::figures::Figures;
use crate::office::light::Light;
use crate::paper::Contents;
use crate::paper::svg::{Anchor, GREY, INK, Look, Piece};

/// In pixels.
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 98.0;

/// `None` where no task has a date.
pub fn burn_down(contents: &Contents, figures: &Figures<'_>, width: f64) -> Option<Piece> {
    let course = figures.burn_down();
    let today = contents.moment.today;
    let first = course.planned.first().map(|(day, _)| *day)?;
    let begin = contents.plans.iter().filter_map(|plan| plan.issued_on).min().unwrap_or(first).min(today);
    let end = course.planned.last().map_or(today, |(day, _)| *day).max(today);
    let days = (end - begin).num_days().max(1) as f64;
    let x = |day: NaiveDate| LEFT + (width - LEFT) * (((day - begin).num_days() as f64) / days).clamp(0.0, 1.0);
    let y = |left: usize| TOP + HEIGHT * (1.0 - left as f64 / course.total.max(1) as f64);
    // Level up to each day, then down to what is left.
    let steps = |left_after: &[(NaiveDate, usize)], until: NaiveDate| {
        let mut points = vec![(x(begin), y(course.total))];
        let mut before = course.total;
        for (day, left) in left_after {
            points.extend([(x(*day), y(before)), (x(*day), y(*left))]);
            before = *left;
        }
        points.push((x(until), y(before)));
        points
    };

    let text = |colour, bold, anchor, room| Look { colour, bold, anchor, room };
    let mut piece = Piece::new(HEIGHT + 162.0);
    piece.text((0.0, 42.0), 30.0, "未办结任务（虚线为计划，实线为实际）", text(INK, true, Anchor::Start, width));
    piece.line((LEFT, TOP), (LEFT, TOP + HEIGHT), "BBBBBB");
    piece.line((LEFT, TOP + HEIGHT), (width, TOP + HEIGHT), "BBBBBB");
    piece.text((LEFT - 10.0, TOP + 10.0), 22.0, &course.total.to_string(), text(GREY, false, Anchor::End, LEFT));
    piece.text((LEFT - 10.0, TOP + HEIGHT), 22.0, "0", text(GREY, false, Anchor::End, LEFT));
    let label = |day: NaiveDate| format!("{}.{}.{}", day.year(), day.month(), day.day());
    let below = TOP + HEIGHT + 32.0;
    piece.text((LEFT, below), 22.0, &label(begin), text(GREY, false, Anchor::Start, 200.0));
    piece.text((width, below), 22.0, &label(end), text(GREY, false, Anchor::End, 200.0));
    piece.path(&steps(&course.planned, end), "9AA5B1", true);
    piece.path(&steps(&course.actual, today), Light::Done.colour(), false);
    piece.line((x(today), TOP), (x(today), TOP + HEIGHT), Light::Red.colour());
    let above = (x(today).clamp(LEFT + 30.0, width - 30.0), 88.0);
    piece.text(above, 20.0, "今天", text(Light::Red.colour(), false, Anchor::Middle, 80.0));
    Some(piece)
}
