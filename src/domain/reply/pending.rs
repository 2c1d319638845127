//! `/pending`: what waits for a coordinator's word, the oldest first, each with its buttons.

use super::super::duty::{Asked, Duty};
use super::super::figures::Figures;
use super::super::intent::DrawnFor;
use super::super::moment::Moment;
use super::super::review::{Petition, WishKind};
use super::answers::Answer;
use super::decision::{claim_row, more_time_row, suspension_row};
use super::{Block, Words, day, escape, numbered, repeated, task_line_in_office, unconfirmed};

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 60;
/// The same where it is decided on at once.
const LONGEST_WORDS: usize = 600;

pub(super) fn answer(figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let unconfirmed = unconfirmed::blocks_of_office(&figures.unconfirmed, at);
    if figures.petitions.is_empty() {
        return Answer::new("没有待核定的办结、延期和中止申请。", unconfirmed);
    }
    let count = |wanted| figures.petitions.iter().filter(|(petition, ..)| *petition == wanted).count();
    let counts = Petition::ALL.map(|petition| (name(petition), count(petition)));
    let counted = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count} 项"));
    let head = format!("<b>待核定</b>：{}", counted.collect::<Vec<_>>().join("，"));
    let blocks =
        figures.petitions.iter().map(|(petition, asked, duty)| block(*petition, *asked, duty, LONGEST_QUOTE, at));
    Answer::new(head, numbered(blocks.collect()).into_iter().chain(unconfirmed))
}

/// What waits, as it is worded by now, for whoever pressed a button that was drawn for other words.
pub fn anew(petition: Petition, asked: Asked, duty: &Duty, at: Moment) -> Words {
    let Block { html, row, .. } = block(petition, asked, duty, LONGEST_WORDS, at);
    Words::plain(format!("<b>已有更新</b>，请按最新内容核定：\n{html}")).with_row(row).about([duty.task.id])
}

fn name(petition: Petition) -> &'static str {
    match petition {
        Petition::Claim => "提请办结",
        Petition::Wish(WishKind::MoreTime) => "申请延期",
        Petition::Wish(WishKind::Suspension) => "申请中止",
    }
}

/// `第5项 建成审批系统｜省公安厅提请办结（6月24日，已等3天）：已验收`
fn block(petition: Petition, asked: Asked, duty: &Duty, longest: usize, at: Moment) -> Block {
    let drawn = DrawnFor { duty: duty.id, message_id: asked.message_id, said: duty.waiting.said };
    let asked_on = at.day_of(asked.at);
    let waits = match (at.today - asked_on).num_days() {
        days if days > 0 => format!("，已等{days}天"),
        _ => String::new(),
    };
    let until = duty.waiting.more_time.filter(|_| petition == Petition::Wish(WishKind::MoreTime));
    let until = until.map(|wish| format!("至{}", day(wish.due, at.today))).unwrap_or_default();
    let said = match (petition, &duty.waiting.suspension, &duty.waiting.claimed) {
        (Petition::Wish(WishKind::Suspension), Some((_, words)), _) => Some((words, false)),
        (Petition::Claim, _, Some(claimed)) => Some((&claimed.text, claimed.edited)),
        _ => duty.last_report.as_ref().map(|report| (&report.text, report.edited)),
    };
    let mark = |edited: bool| if edited { "（修改后）" } else { "" };
    let said = said.map(|(said, edited)| format!("{}：{}", mark(edited), repeated(said, longest))).unwrap_or_default();
    let (task, unit, asked_on) = (task_line_in_office(duty), escape(&duty.unit.name), day(asked_on, at.today));
    let line = format!("{task}｜{unit}{}{until}（{asked_on}{waits}）{said}", name(petition));
    let row = match (petition, duty.waiting.more_time) {
        (Petition::Wish(WishKind::MoreTime), Some(wish)) => more_time_row(duty, drawn, wish.due),
        (Petition::Wish(WishKind::Suspension), _) => suspension_row(duty, drawn),
        _ => claim_row(duty, drawn),
    };
    Block::task(line, duty.task.id).with_row(row)
}
