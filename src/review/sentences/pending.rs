//! `/pending`: what waits for a coordinator's word, the oldest first, each with its buttons.

use crate::chat::words::{Block, Button, Words, messages, repeated};
use crate::chat::{phrases, text};
use crate::instructions::{Said, Whole};
use crate::intent::button::{evidence, look};
use crate::office::duty::{Asked, Duty};
use crate::office::figures::Figures;
use crate::office::moment::Moment;
use crate::questions::page::Answer;
use crate::reporting::sentences::{claimed, instead_of};
use crate::review::sentences::notice::{claim_row, more_time_row, suspension_row};
use crate::review::{DrawnFor, Petition};
use crate::understanding::{Only, Query};
use crate::{reporting, transfers};

/// How much of what was said is repeated.
const LONGEST_QUOTE: usize = 60;
/// The same where it is decided on at once.
const LONGEST_WORDS: usize = 600;

pub fn answer(query: &Query, figures: &Figures<'_>) -> Answer {
    let only = query.only;
    let unconfirmed = reporting::sentences::unconfirmed::blocks_of_office(&figures.unconfirmed, figures.totals.at);
    let blocks = blocks(only, figures);
    if blocks.is_empty() {
        let whose = query.unit.as_deref().map(text::escape).unwrap_or_default();
        let of = query.task.as_ref().map(|number| format!("第{}项", text::escape(number))).unwrap_or_default();
        let head = format!("{whose}{of}没有待核定的{}。", asked_for(only));
        return Answer::new(head, unconfirmed);
    }
    let is_meant = |petition: &Petition| is_meant(only, *petition);
    let count = |wanted| {
        let meant = figures.petitions.iter().filter(|(petition, ..)| is_meant(petition));
        meant.filter(|(petition, ..)| name(*petition) == wanted).count()
    };
    let counts = NAMES.map(|name| (name, count(name)));
    let counted = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count} 项"));
    let others = blocks.len() - counts.iter().map(|(_, count)| count).sum::<usize>();
    let counted = counted.chain((others > 0).then(|| format!("转办退回 {others} 项")));
    let head = format!("<b>待核定</b>：{}", counted.collect::<Vec<_>>().join("，"));
    Answer::new(head, phrases::numbered(blocks).into_iter().chain(unconfirmed))
}

/// What waits, of what is asked for, each with its buttons.
pub fn blocks(only: Option<Only>, figures: &Figures<'_>) -> Vec<Block> {
    let at = figures.totals.at;
    let petitions = figures.petitions.iter().filter(|(petition, ..)| is_meant(only, *petition));
    let petitions = petitions.map(|(petition, asked, duty)| block(*petition, *asked, duty, LONGEST_QUOTE, at));
    let transfers = figures.transfers().into_iter().filter(|_| only.is_none_or(|only| only == Only::Transfers));
    petitions.chain(transfers.map(|(transfer, duty)| transfers::sentences::pending(duty, transfer, at))).collect()
}

fn is_meant(only: Option<Only>, petition: Petition) -> bool {
    match only {
        None => true,
        Some(Only::Claims) => matches!(petition, Petition::Claim(_)),
        Some(Only::MoreTime) => matches!(petition, Petition::MoreTime(_)),
        Some(Only::Suspensions) => petition == Petition::Suspension,
        Some(_) => false,
    }
}

fn asked_for(only: Option<Only>) -> &'static str {
    match only {
        Some(Only::Claims) => "办结申请",
        Some(Only::MoreTime) => "延期申请",
        Some(Only::Suspensions) => "中止申请",
        Some(Only::Transfers) => "转办和退回",
        _ => "办结、延期和中止申请",
    }
}

/// What waits, as it is worded by now, for whoever pressed a button that was drawn for other words.
pub fn anew(petition: Petition, asked: Asked, duty: &Duty, at: Moment) -> Vec<Words> {
    let head = Block::text("<b>已有更新</b>，请按最新内容核定：");
    messages(vec![head, block(petition, asked, duty, LONGEST_WORDS, at)])
}

/// What waits, below its files.
pub fn opened(petition: Petition, asked: Asked, duty: &Duty, files: usize, at: Moment) -> Vec<Words> {
    let mut block = block(petition, asked, duty, LONGEST_WORDS, at);
    let open = evidence::open(duty.id, asked.message_id);
    block.row.retain(|button| button.data != open);
    messages(vec![block, Block::text(format!("佐证 {files} 件见上。"))])
}

/// What else was reported, below its files.
pub fn opened_report(duty: &Duty, report: &Whole, files: usize) -> Vec<Words> {
    let (task, unit) = (phrases::task_line_in_office(duty), text::escape(&duty.unit.name));
    let said = match report.text.trim() {
        "" => String::new(),
        said => format!("：{}", repeated(said, LONGEST_WORDS)),
    };
    let line = format!("{task}｜{unit}（{}）反馈{said}", text::escape(&report.person));
    vec![Words::plain(format!("{line}\n佐证 {files} 件见上。")).about([duty.task.id])]
}

/// Below a page, for those of its claims that were looked at.
pub fn agree_button(claims: usize, data: String) -> Button {
    Button { text: format!("同意本页 {claims} 件"), data }
}

const NAMES: [&str; 3] = ["提请办结", "申请延期", "申请中止"];

fn name(petition: Petition) -> &'static str {
    match petition {
        Petition::Claim(_) => NAMES[0],
        Petition::MoreTime(_) => NAMES[1],
        Petition::Suspension => NAMES[2],
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
    let until = |of| {
        let wish = duty.wish(of)?;
        Some(format!("至{}{}", phrases::day(wish.due, at.today), instead_of(duty, of, at.today)))
    };
    let about = match petition {
        Petition::Claim(of) => claimed(duty, of),
        Petition::MoreTime(of) => until(of).unwrap_or_default(),
        Petition::Suspension => String::new(),
    };
    let said = match petition {
        Petition::Claim(of) => duty.claim(of).map(|claim| (&claim.text, claim.edited)),
        Petition::MoreTime(of) => duty.wish(of).map(|wish| (&wish.text, wish.edited)),
        Petition::Suspension => duty.waiting.suspension.as_ref().map(|(_, words)| (words, false)),
    };
    let is_cut = said.is_some_and(|(said, _)| said.chars().count() > longest);
    let mark = |edited: bool| if edited { "（修改后）" } else { "" };
    let said = said.map(|(said, edited)| format!("{}：{}", mark(edited), repeated(said, longest))).unwrap_or_default();
    let (task, unit, asked_on) =
        (phrases::task_line_in_office(duty), text::escape(&duty.unit.name), phrases::day(asked_on, at.today));
    let line = format!("{task}｜{unit}{}{about}（{asked_on}{waits}）{said}", name(petition));
    let (decide, files) = match petition {
        Petition::MoreTime(of) => match duty.wish(of) {
            Some(wish) => (more_time_row(duty, drawn, wish.due), wish.files),
            None => (Vec::new(), 0),
        },
        Petition::Claim(of) => (claim_row(duty, drawn, of.is_some()), duty.claim(of).map_or(0, |claim| claim.files)),
        Petition::Suspension => (suspension_row(duty, drawn), 0),
    };
    let button = |text: String, data| Button { text: format!("{} {text}", phrases::task_label(duty)), data };
    let whole = || look::whole(Said { duty: duty.id, message_id: asked.message_id });
    let whole = is_cut.then(|| button("全文".to_owned(), whole()));
    let files = (files > 0).then(|| button(format!("佐证{files}件"), evidence::open(duty.id, asked.message_id)));
    let row = decide.into_iter().chain(whole).chain(files).collect();
    Block::task(line, duty.task.id).with_row(row)
}
