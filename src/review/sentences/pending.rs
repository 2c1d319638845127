//! `/pending`: what waits for a coordinator's word, the oldest first, each with its buttons.

use crate::chat::words::{Block, Button, Words, repeated};
use crate::chat::{phrases, text};
use crate::intent::button::{DrawnFor, evidence};
use crate::office::duty::{Asked, Claim, Duty};
use crate::office::figures::Figures;
use crate::office::moment::Moment;
use crate::questions::sentences::Answer;
use crate::reporting::sentences::{claimed, instead_of};
use crate::review::sentences::notice::{claim_row, more_time_row, suspension_row};
use crate::review::{Petition, WishKind};
use crate::{reporting, transfers};

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 60;
/// The same where it is decided on at once.
const LONGEST_WORDS: usize = 600;

pub fn answer(figures: &Figures<'_>) -> Answer {
    let at = figures.totals.at;
    let unconfirmed = reporting::sentences::unconfirmed::blocks_of_office(&figures.unconfirmed, at);
    let others = figures.transfers().into_iter();
    let others: Vec<Block> = others.map(|(transfer, duty)| transfers::sentences::pending(duty, transfer, at)).collect();
    if figures.petitions.is_empty() {
        let head = match others.len() {
            0 => "没有待核定的办结、延期和中止申请。".to_owned(),
            count => format!("<b>待核定</b>：转办退回 {count} 项"),
        };
        return Answer::new(head, phrases::numbered(others).into_iter().chain(unconfirmed));
    }
    let count = |wanted| figures.petitions.iter().filter(|(petition, ..)| name(*petition) == wanted).count();
    let counts = NAMES.map(|name| (name, count(name)));
    let counted = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count} 项"));
    let counted = counted.chain((!others.is_empty()).then(|| format!("转办退回 {} 项", others.len())));
    let head = format!("<b>待核定</b>：{}", counted.collect::<Vec<_>>().join("，"));
    let blocks =
        figures.petitions.iter().map(|(petition, asked, duty)| block(*petition, *asked, duty, LONGEST_QUOTE, at));
    Answer::new(head, phrases::numbered(blocks.chain(others).collect()).into_iter().chain(unconfirmed))
}

/// What waits, as it is worded by now, for whoever pressed a button that was drawn for other words.
pub fn anew(petition: Petition, asked: Asked, duty: &Duty, at: Moment) -> Words {
    let Block { html, row, .. } = block(petition, asked, duty, LONGEST_WORDS, at);
    Words::plain(format!("<b>已有更新</b>，请按最新内容核定：\n{html}")).with_row(row).about([duty.task.id])
}

/// All words of a claim, below its files.
pub fn opened(duty: &Duty, claim: &Claim, files: usize, at: Moment) -> Words {
    let Block { html, .. } = block(Petition::Claim(claim.of), claim.asked, duty, LONGEST_WORDS, at);
    let drawn = DrawnFor { duty: duty.id, message_id: claim.asked.message_id, said: duty.waiting.said };
    let row = claim_row(duty, drawn, claim.of.is_some());
    Words::plain(format!("{html}\n佐证 {files} 件见上。")).with_row(row).about([duty.task.id])
}

/// Below a page, for those of its claims that were looked at.
pub fn agree_button(claims: usize, data: String) -> Button {
    Button { text: format!("同意本页 {claims} 件"), data }
}

const NAMES: [&str; 3] = ["提请办结", "申请延期", "申请中止"];

fn name(petition: Petition) -> &'static str {
    match petition {
        Petition::Claim(_) => NAMES[0],
        Petition::Wish(WishKind::MoreTime) => NAMES[1],
        Petition::Wish(WishKind::Suspension) => NAMES[2],
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
    let wish = duty.waiting.more_time.as_ref().filter(|_| petition == Petition::Wish(WishKind::MoreTime));
    let about = match (petition, wish) {
        (Petition::Claim(of), _) => claimed(duty, of),
        (_, Some(wish)) => format!("至{}{}", phrases::day(wish.due, at.today), instead_of(duty, wish.of, at.today)),
        _ => String::new(),
    };
    let said = match (petition, &duty.waiting.suspension, wish) {
        (Petition::Wish(WishKind::Suspension), Some((_, words)), _) => Some((words, false)),
        (_, _, Some(wish)) => Some((&wish.text, wish.edited)),
        (petition, ..) => match petition {
            Petition::Claim(of) => duty.claim(of).map(|claim| (&claim.text, claim.edited)),
            Petition::Wish(_) => None,
        },
    };
    let mark = |edited: bool| if edited { "（修改后）" } else { "" };
    let said = said.map(|(said, edited)| format!("{}：{}", mark(edited), repeated(said, longest))).unwrap_or_default();
    let (task, unit, asked_on) =
        (phrases::task_line_in_office(duty), text::escape(&duty.unit.name), phrases::day(asked_on, at.today));
    let line = format!("{task}｜{unit}{}{about}（{asked_on}{waits}）{said}", name(petition));
    let row = match (petition, wish) {
        (_, Some(wish)) => more_time_row(duty, drawn, wish.due),
        (Petition::Claim(of), _) => {
            let files = duty.claim(of).map_or(0, |claim| claim.files);
            let open = (files > 0).then(|| Button {
                text: format!("第{}项 佐证{files}件", duty.task.number),
                data: evidence::open(duty.id, asked.message_id),
            });
            claim_row(duty, drawn, of.is_some()).into_iter().chain(open).collect()
        }
        (Petition::Wish(_), _) => suspension_row(duty, drawn),
    };
    Block::task(line, duty.task.id).with_row(row)
}
