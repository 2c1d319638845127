//! Sentences about being quiet, and several answers as one.

use chrono::{DateTime, Utc};

use crate::chat::words::{Block, Button, LONGEST_TEXT, Words, messages};
use crate::chat::{phrases, text};
use crate::history;
use crate::history::Entry;
use crate::intent::button;
use crate::office::ids::ChatId;
use crate::office::moment::Moment;

/// A message holds so many answers.
const MOST_PARTS: usize = 20;
/// So many words of coordinators are made up for.
const MOST_MISSED: usize = 20;
/// So many buttons of the same kind stand in a row.
const ROW: usize = 4;

/// On the button and below the one that was used.
pub const GOES_ON: &str = "恢复提醒";

pub fn passed_on() -> Words {
    Words::plain("转发的内容不作为本人意见，未作处理。如需办理，请亲自输入发送。")
}

/// Said once when a flood begins.
pub fn slowed() -> Words {
    Words::plain("消息较多，将合并答复。已收到的反馈照常登记，请稍候。")
}

pub fn silence_where() -> Words {
    Words::plain("请在单位的群里发送 /stop，即停止向该群发送提醒和通知。")
}

pub fn silenced(chat: ChatId, since: DateTime<Utc>) -> Words {
    Words::plain("本群已停止提醒和通知，反馈仍会登记并答复。恢复请由督办员发送 /start 或点按下面的按钮。")
        .with_row(vec![again(chat, since)])
}

/// To the coordinators.
pub fn told_of_silence(person: &str, unit: &str, chat: ChatId, since: DateTime<Utc>) -> Words {
    Words::plain(format!(
        "{} 已停止向{}的群发送提醒和通知，该单位的反馈仍会登记。",
        text::escape(person),
        text::escape(unit)
    ))
    .with_row(vec![again(chat, since)])
}

fn again(chat: ChatId, since: DateTime<Utc>) -> Button {
    Button { text: GOES_ON.to_owned(), data: button::end_silence(chat, since) }
}

pub fn goes_on(person: &str, unit: &str) -> Words {
    Words::plain(format!("{} 已恢复向{}的群发送提醒和通知。", text::escape(person), text::escape(unit)))
}

/// To the unit's group, with the coordinators' words of which it was not told meanwhile; the oldest first.
pub fn goes_on_in_group(person: &str, unit: &str, missed: &[Entry], moment: Moment) -> Vec<Words> {
    let mut words = vec![goes_on(person, unit)];
    if !missed.is_empty() {
        words.extend(made_up_for("停止通知期间", missed, moment));
    }
    words
}

/// To a unit's group where the bot can write again.
pub fn missed_while_away(since: DateTime<Utc>, missed: &[Entry], moment: Moment) -> Vec<Words> {
    let since = phrases::date_and_time(since.with_timezone(&moment.zone));
    match missed {
        [] => {
            vec![Words::plain(format!("自{since}起机器人不能在本群发言，其间的通知未能送达。发送 /tasks 查看任务。"))]
        }
        missed => made_up_for(&format!("自{since}起机器人不能在本群发言，其间"), missed, moment),
    }
}

/// The newest of the coordinators' words of which a unit was not told, and how many there are besides.
fn made_up_for(when: &str, missed: &[Entry], moment: Moment) -> Vec<Words> {
    let (left_out, told) = missed.split_at(missed.len().saturating_sub(MOST_MISSED));
    let more = match left_out.len() {
        0 => String::new(),
        more => format!("，另有 {more} 条较早的请发送 /history 任务号 查看"),
    };
    let head = format!("{when}，督办员的核定和答复如下{more}：");
    let lines = told.iter().map(|entry| history::sentences::line(entry, moment));
    messages(std::iter::once(head).chain(lines).map(Block::text).collect())
}

/// Several answers in one message, as it grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    pub html: String,
    pub buttons: Vec<Vec<Button>>,
    pub parts: usize,
}

impl Joint {
    pub fn begun(words: &Words) -> Joint {
        let begun = Joint { html: "合并答复：".to_owned(), buttons: Vec::new(), parts: 0 };
        begun.clone().joined(words).unwrap_or(begun)
    }

    /// Whether it has this very answer: who asks the same again is answered once. What was recorded has a button of its own.
    pub fn holds(&self, words: &Words) -> bool {
        let starts = |(at, _): (usize, &str)| self.html[..at].ends_with(|last: char| last.is_ascii_digit());
        let part = format!(". {}", words.html);
        let ends = |at: usize| self.html[at + part.len()..].chars().next().is_none_or(|next| next == '\n');
        let said = self.html.match_indices(&part).any(|found| starts(found) && ends(found.0));
        let is_shown = |button: &Button| self.buttons.iter().flatten().any(|shown| shown.data == button.data);
        said && words.buttons.iter().flatten().all(is_shown)
    }

    /// With one more answer and its buttons, both under the same number; `None` where it is full.
    pub fn joined(mut self, words: &Words) -> Option<Joint> {
        let number = self.parts + 1;
        let html = format!("{}\n{number}. {}", self.html, words.html);
        if number > MOST_PARTS || (self.parts > 0 && text::utf16_length(&html) > LONGEST_TEXT / 2) {
            return None;
        }
        for row in &words.buttons {
            let row = row.iter().map(|button| Button { text: format!("{number} {}", button.text), ..button.clone() });
            let row: Vec<Button> = row.collect();
            match (self.buttons.last_mut(), row.as_slice(), words.buttons.as_slice()) {
                (Some(last), [only], [_]) if last.len() < ROW && is_like(last, only) => last.push(only.clone()),
                _ => self.buttons.push(row),
            }
        }
        Some(Joint { html, buttons: self.buttons, parts: number })
    }
}

/// Whether a button says the same as the last one of a row, apart from the number.
fn is_like(row: &[Button], button: &Button) -> bool {
    let label = |button: &Button| button.text.split_once(' ').map(|(_, label)| label.to_owned());
    row.last().is_some_and(|last| label(last) == label(button))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str, label: &str) -> Words {
        Words::plain(text).with_row(vec![Button { text: label.to_owned(), data: "v1:undo:7".to_owned() }])
    }

    #[test]
    fn answers_are_joined_under_numbers_until_a_message_is_full() {
        let joint = Joint::begun(&answer("已登记 第5项", "撤回"));
        let joint =
            joint.joined(&answer("已登记 第6项", "撤回")).and_then(|joint| joint.joined(&answer("请问？", "第7项")));
        let joint = joint.expect("room");
        assert_eq!(joint.html, "合并答复：\n1. 已登记 第5项\n2. 已登记 第6项\n3. 请问？");
        let rows: Vec<String> = joint
            .buttons
            .iter()
            .map(|row| row.iter().map(|button| button.text.as_str()).collect::<Vec<_>>().join("｜"))
            .collect();
        assert_eq!(rows, ["1 撤回｜2 撤回", "3 第7项"]);
        let mut full = joint;
        while let Some(more) = full.clone().joined(&answer("好", "撤回")) {
            full = more;
        }
        assert_eq!(full.parts, MOST_PARTS);
        assert!(full.holds(&answer("已登记 第6项", "撤回")) && full.holds(&Words::plain("好")));
        assert!(!full.holds(&Words::plain("已登记 第7项")) && !full.holds(&Words::plain("登记 第6项")));
        let other = Button { text: "撤回".to_owned(), data: "v1:undo:8".to_owned() };
        assert!(!full.holds(&Words::plain("已登记 第6项").with_row(vec![other])));
        let long = Joint::begun(&Words::plain("长".repeat(4000)));
        assert_eq!((long.parts, long.joined(&answer("好", "撤回"))), (1, None));
    }
}
