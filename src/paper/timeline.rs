//! 时间轴: the plan's dates below each other as pictures for a telephone, with what became of each.

use chrono::{Datelike, NaiveDate};

use crate::office::figures::Figures;
use crate::office::figures::timeline::Dated;
use crate::office::light::Light;
use crate::paper::svg::{Anchor, GREY, INK, Look, Piece, pages_of};
use crate::paper::{Contents, PaperError, heads};

/// In pixels.
const WIDTH: f64 = heads::ROOM;
const AXIS: f64 = 176.0;
const TEXT: f64 = AXIS + 34.0;
const ROW: f64 = 84.0;
const MONTH: f64 = 58.0;
const TODAY: f64 = 44.0;
const RAIL: &str = "C9D1DA";

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

fn laid_out(contents: &Contents) -> Vec<Vec<Piece>> {
    let figures = contents.figures();
    let mut pieces = vec![heads::head(contents, "时限时间轴"), heads::legend()];
    pieces.extend(rows(contents, &figures));
    pages_of(pieces, heads::frame(contents, "其余时限见台账工作簿（/export）。"), MOST_PAGES)
}

fn rows(contents: &Contents, figures: &Figures<'_>) -> Vec<Piece> {
    let today = contents.moment.today;
    let dates = figures.timeline();
    if dates.is_empty() {
        return vec![heads::note("各方案均没有具体到日的时限。")];
    }
    let mut pieces = Vec::new();
    let mut month = None;
    let mut now_marked = false;
    for dated in &dates {
        let due = dated.milestone.due;
        if !now_marked && due >= today {
            pieces.push(now(today));
            now_marked = true;
        }
        if month != Some((due.year(), due.month())) {
            month = Some((due.year(), due.month()));
            pieces.push(month_head(due));
        }
        let plan = dated.duties.first().map(|duty| contents.plan_beside_others(&duty.plan)).unwrap_or_default();
        pieces.push(row(dated, &plan, today));
    }
    if !now_marked {
        pieces.push(now(today));
    }
    pieces
}

fn look(colour: &'static str, bold: bool, anchor: Anchor, room: f64) -> Look {
    Look { colour, bold, anchor, room }
}

fn month_head(day: NaiveDate) -> Piece {
    let mut piece = Piece::heading(MONTH);
    piece.line((AXIS, 0.0), (AXIS, MONTH), RAIL);
    let words = format!("{}年{}月", day.year(), day.month());
    piece.text((0.0, 40.0), 28.0, &words, look(INK, true, Anchor::Start, AXIS - 12.0));
    piece
}

fn now(today: NaiveDate) -> Piece {
    let colour = Light::Red.colour();
    let mut piece = Piece::heading(TODAY);
    piece.line((AXIS, 0.0), (AXIS, TODAY), RAIL);
    let words = format!("今天 {}月{}日", today.month(), today.day());
    piece.text((AXIS - 16.0, 30.0), 22.0, &words, look(colour, true, Anchor::End, AXIS - 16.0));
    piece.line((AXIS, 22.0), (WIDTH, 22.0), colour);
    piece
}

fn row(dated: &Dated<'_>, plan: &str, today: NaiveDate) -> Piece {
    let Dated { milestone, duties, light, .. } = dated;
    const LINE: f64 = 30.0;
    let height = ROW + if plan.is_empty() { 0.0 } else { LINE };
    let mut piece = Piece::new(height);
    piece.line((AXIS, 0.0), (AXIS, height), RAIL);
    piece.circle((AXIS, 26.0), 11.0, light.colour());
    let day = format!("{}日", milestone.due.day());
    piece.text((AXIS - 26.0, 35.0), 26.0, &day, look(INK, true, Anchor::End, AXIS - 26.0));
    const STANDING: f64 = 210.0;
    let task = duties.first().map(|duty| format!("第{}项 {}", duty.task.number, duty.task.short_title()));
    let room = WIDTH - TEXT - STANDING;
    piece.text((TEXT, 35.0), 26.0, &task.unwrap_or_default(), look(INK, false, Anchor::Start, room));
    let standing = dated.standing(today);
    piece.text((WIDTH, 35.0), 24.0, &standing, look(light.colour(), true, Anchor::End, STANDING - 10.0));
    let below = look(GREY, false, Anchor::Start, WIDTH - TEXT);
    piece.text_to_fit((TEXT, 68.0), 22.0, &dated.units(), below);
    if !plan.is_empty() {
        piece.text_to_fit((TEXT, 68.0 + LINE), 22.0, plan, below);
    }
    piece
}
