//! The history of a task in words.

use crate::assigning;
use crate::chat::words::{Block, Words, messages, repeated};
use crate::chat::{phrases, text};
use crate::history::{Entry, What};
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::review::sentences::label_of;
use crate::schedule::deadline::in_words;
use crate::steps::Mark;

const LONGEST_QUOTE: usize = 120;

/// So much of a whole message stands in a block.
const LONGEST_BLOCK: usize = 1_500;

/// Each version, withdrawal and decision, in time order. `sought` is what was asked about, `more` the command that shows
/// whole messages; without it they are shown.
pub fn words(sought: &str, entries: &[Entry], more: Option<&str>, moment: Moment) -> Vec<Words> {
    let sought = text::escape(&text::cut(sought, 40));
    if entries.is_empty() {
        return vec![Words::plain(format!("{sought}尚无反馈记录。"))];
    }
    let head = Block::text(format!("<b>{sought} 历次反馈</b>（{} 条）", entries.len()));
    let lines = entries.iter().flat_map(|entry| {
        let whole = whole(entry).filter(|_| more.is_none()).map(blocks).unwrap_or_default();
        std::iter::once(Block::text(line(entry, moment))).chain(whole)
    });
    let excerpt = entries.iter().find(|entry| whole(entry).is_some());
    let hint = excerpt.zip(more).map(|(entry, command)| {
        Block::text(format!("标“节选”的只列本项内容，全文请发送“{command} {} 全文”。", text::escape(&entry.task)))
    });
    messages(std::iter::once(head).chain(lines).chain(hint).collect())
}

/// The whole message of which only a part is about the task.
fn whole(entry: &Entry) -> Option<&str> {
    match &entry.what {
        What::Said { whole, .. } => whole.as_deref(),
        What::Decided { .. } | What::Problem { .. } | What::Step { .. } | What::Changed { .. } => None,
    }
}

fn blocks(whole: &str) -> Vec<Block> {
    let characters: Vec<char> = format!("全文：{}", text::without_command(whole)).chars().collect();
    let block = |part: &[char]| Block::text(repeated(&part.iter().collect::<String>(), LONGEST_BLOCK));
    characters.chunks(LONGEST_BLOCK).map(block).collect()
}

/// `6月27日10:05 第5项 省公安厅（周敏）同意办结`
pub fn line(entry: &Entry, moment: Moment) -> String {
    let at = phrases::date_and_time(entry.at.with_timezone(&moment.zone));
    let what = match &entry.what {
        What::Said {
            version,
            edited,
            status,
            percent,
            claims,
            aside,
            text,
            whole,
            attachments,
            withdrawn,
            made_up,
        } => {
            let percent = percent.map(|percent| format!("{percent}%")).unwrap_or_default();
            let claims =
                claims.as_ref().map(|date| format!("，{}（{}）", Status::ClaimedDone.label(), text::escape(date)));
            let claims = claims.unwrap_or_default();
            let status = status.map(|status| format!("［{}{percent}{claims}］", status.label()));
            let status = status.or(aside.map(|aside| format!("［{}］", aside.label()))).unwrap_or_default();
            let marks = [
                made_up.then(|| "补".to_owned()),
                (*version > 1).then(|| format!("第{version}版")),
                (*edited && *version == 1).then(|| "原消息修改而成".to_owned()),
                whole.as_ref().map(|_| "节选".to_owned()),
                (*attachments > 0).then(|| format!("附件{attachments}个")),
                withdrawn.then(|| "已撤回".to_owned()),
            ];
            let marks: Vec<String> = marks.into_iter().flatten().collect();
            let marks = if marks.is_empty() { String::new() } else { format!("（{}）", marks.join("，")) };
            format!("{status}{}{marks}", repeated(text, LONGEST_QUOTE))
        }
        What::Decided { verdict, reason, self_signed } => {
            let reason = reason.as_ref().map(|reason| format!("：{}", text::escape(&text::cut(reason, LONGEST_QUOTE))));
            format!("{}{}", label_of(*verdict, *self_signed), reason.unwrap_or_default())
        }
        What::Problem { what, ending, answer } => {
            let what = text::escape(&text::cut(what, LONGEST_QUOTE));
            let answer = answer.as_ref().map(|answer| format!("：{}", text::escape(&text::cut(answer, LONGEST_QUOTE))));
            match ending {
                None => format!("提出问题“{what}”"),
                Some(ending) => format!("问题“{what}”{}{}", ending.label(), answer.unwrap_or_default()),
            }
        }
        What::Step { mark, text, due } => {
            let what = match mark {
                None => "分解步骤",
                Some(Mark::Done) => "完成步骤",
                Some(Mark::Reopened) => "撤销完成步骤",
                Some(Mark::Removed) => "移除步骤",
            };
            format!("{what}“{}”（{}）", text::escape(&text::cut(text, LONGEST_QUOTE)), in_words(*due))
        }
        What::Changed { change, reason } => {
            let reason = reason.as_ref().map(|reason| format!("：{}", text::escape(&text::cut(reason, LONGEST_QUOTE))));
            format!("{}{}", assigning::sentences::became(change, moment.today), reason.unwrap_or_default())
        }
    };
    let plan = phrases::named_plan(entry.plan.as_deref());
    format!(
        "{at} {plan}第{}项 {}（{}）{what}",
        text::escape(&entry.task),
        text::escape(&entry.unit),
        text::escape(&entry.person)
    )
}
