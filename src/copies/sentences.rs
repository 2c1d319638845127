//! Sentences about private copies.

use crate::chat::text;
use crate::chat::words::{LONGEST_TEXT, Words};
use crate::office::duty::{Duty, UnitRef};
use crate::reporting::sentences::paging;

/// In the unit's group, before what somebody reported in private.
pub const REPORTED: &str = "私聊反馈：";
/// Below a copy.
const IS_A_COPY: &str = "（抄送，可直接在此反馈）";

/// What a new contact is told of once.
pub fn offer(command: &str) -> String {
    format!("需要私聊抄送提醒的，可发送 {command}。")
}

pub fn on(person: &str, unit: &str, instead_of: Option<&str>, command: &str) -> Words {
    let instead = instead_of.map(|other| format!("{}的抄送同时停止（私聊每日至多一条）。", text::escape(other)));
    Words::plain(format!(
        "已开启私聊抄送：{}的工作提醒同时发到 {} 的私聊。在私聊里反馈同样有效，并显示在本单位群的提醒下。{}再次发送 {command} 即关闭。",
        text::escape(unit),
        text::escape(person),
        instead.unwrap_or_default()
    ))
}

pub fn on_already(unit: &str) -> Words {
    Words::plain(format!("{}的私聊抄送已经开启。", text::escape(unit)))
}

pub fn off(person: &str, unit: &str) -> Words {
    Words::plain(format!("已关闭 {} 的私聊抄送，{}的提醒只发本单位群。", text::escape(person), text::escape(unit)))
}

/// A bot writes to nobody who has not written to it.
pub fn how_to_begin(unit: &UnitRef, username: &str) -> Words {
    Words::plain(format!(
        "我还不能向您发私聊消息。请点开 <a href=\"{}\">与我的私聊</a> 并点按“开始”，私聊抄送随即开启。",
        link(unit, username)
    ))
}

fn link(unit: &UnitRef, username: &str) -> String {
    format!("https://t.me/{username}?start={BY_LINK}{}", unit.id.0)
}

/// Before the unit's number in the link that switches copies on.
pub const BY_LINK: &str = "private-";

pub fn has_its_own(unit: &str) -> Words {
    Words::plain(format!("您的私聊另有提醒（每日至多一条），不能再收{}的抄送。", text::escape(unit)))
}

/// To the unit's group, with its next digest.
pub fn lost(people: &[String]) -> String {
    let people: Vec<String> = people.iter().map(|name| text::escape(name)).collect();
    format!("{} 已停用与我的私聊，私聊抄送停止。", people.join("、"))
}

pub fn withdrawn(duties: &[&Duty]) -> String {
    let numbers: Vec<String> = duties.iter().map(|duty| text::escape(&duty.task.number)).collect();
    format!("私聊撤回：第{}项", numbers.join("、"))
}

/// A digest as its copy says it.
pub fn copied(mut words: Vec<Words>) -> Vec<Words> {
    if let Some(last) = words.last_mut() {
        let html = format!("{}\n{IS_A_COPY}", last.html);
        if text::utf16_length(&html) <= LONGEST_TEXT {
            last.html = html;
        }
    }
    words
}

/// A message with one more line below, joined to the person's last one where that is of the same day. Where there is no room
/// it stays as it is: the next digest tells what was last heard.
pub fn with_line(html: &str, line: &str) -> String {
    let (said, page) = paging::split(html);
    let last = said.rsplit('\n').next().unwrap_or_default();
    let by_and_on = |line: &str| {
        let (signed, what) = line.split_once(&format!(" {REPORTED}"))?;
        Some((signed.get(..signed.len().checked_sub(" 09:00".len())?)?.to_owned(), what.to_owned()))
    };
    let joined = match (by_and_on(last), by_and_on(line)) {
        (Some((earlier, _)), Some((now, what))) if earlier == now => format!("{said}；{what}"),
        _ => format!("{said}\n{line}"),
    };
    let told = format!("{joined}{page}");
    if text::utf16_length(&told) <= LONGEST_TEXT { told } else { html.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_person_says_on_a_day_is_one_line() {
        let first = with_line("提醒", "—— 王芳 06-28 09:00 私聊反馈：第5项：推进中60%");
        let second = with_line(&first, "—— 王芳 06-28 10:30 私聊反馈：第26项：无变化");
        insta::assert_snapshot!(second, @"
        提醒
        —— 王芳 06-28 09:00 私聊反馈：第5项：推进中60%；第26项：无变化
        ");
        let third = with_line(&second, "—— 王芳 06-28 10:31 私聊撤回：第26项");
        insta::assert_snapshot!(with_line(&third, "—— 李明 06-29 09:00 私聊反馈：第5项：80%"), @"
        提醒
        —— 王芳 06-28 09:00 私聊反馈：第5项：推进中60%；第26项：无变化
        —— 王芳 06-28 10:31 私聊撤回：第26项
        —— 李明 06-29 09:00 私聊反馈：第5项：80%
        ");
        let long = "字".repeat(LONGEST_TEXT);
        assert_eq!(with_line(&long, "——"), long);
    }
}
