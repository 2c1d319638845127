//! Who has read what was sent.

use crate::chat::words::Block;
use crate::chat::{phrases, text};
use crate::office::moment::Moment;
use crate::questions::page::Answer;
use crate::receipts::Reached;
use crate::understanding::{Only, Query};

/// 谁收到了, `/read 5`: those who have not answered come first.
pub fn answer(query: &Query, reached: &[Reached], at: Moment) -> Answer {
    let of = query.task.as_deref().map(|number| format!("第{}项", text::escape(number))).unwrap_or_default();
    if reached.is_empty() {
        return Answer::new(format!("{of}最近没有发出提醒。"), []);
    }
    let mut reached: Vec<&Reached> = reached.iter().collect();
    reached.sort_by_key(|one| !one.read_by.is_empty() || one.has_reported);
    let answered = reached.iter().filter(|one| !one.read_by.is_empty() || one.has_reported).count();
    if query.only == Some(Only::OnlyRead) {
        let total = reached.len();
        reached.retain(|one| !one.read_by.is_empty() && !one.has_reported);
        let head = format!("<b>{of}最近一次提醒签收而未反馈的单位 {} 个</b>，共发 {total} 个单位", reached.len());
        return Answer::new(head, reached.into_iter().map(|one| Block::text(line(one, at))));
    }
    if query.only == Some(Only::Unread) && answered < reached.len() {
        let total = reached.len();
        reached.retain(|one| one.read_by.is_empty() && !one.has_reported);
        let head = format!("<b>{of}最近一次提醒尚未签收的单位 {} 个</b>，共发 {total} 个单位", reached.len());
        return Answer::new(head, reached.into_iter().map(|one| Block::text(line(one, at))));
    }
    let head = format!("<b>{of}最近一次提醒</b>发往 {} 个单位，{answered} 个已签收或反馈", reached.len());
    Answer::new(head, reached.into_iter().map(|one| Block::text(line(one, at))))
}

/// `省公安厅（6月24日提醒）：李建国 6月24日09:12 收到`
fn line(one: &Reached, at: Moment) -> String {
    let local = |instant: chrono::DateTime<chrono::Utc>| instant.with_timezone(&at.zone);
    let readers = one.read_by.iter().map(|reader| {
        let when = local(reader.at);
        format!(
            "{} {}{} 收到",
            text::escape(&reader.name),
            phrases::day(when.date_naive(), at.today),
            when.format("%H:%M")
        )
    });
    let reported = one.has_reported.then(|| "已反馈".to_owned());
    let said: Vec<String> = readers.chain(reported).collect();
    let said = if said.is_empty() { "<b>尚未签收</b>".to_owned() } else { said.join("，") };
    format!("{}（{}提醒）：{said}", text::escape(&one.unit), phrases::day(at.day_of(one.sent_at), at.today))
}
