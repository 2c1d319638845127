//! Sentences about who may decide.

use chrono::{DateTime, Utc};

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::coordinators::Coordinator;
use crate::intent::button;
use crate::office::ids::PersonId;
use crate::office::moment::Moment;

/// What fits on a button beside another word.
const LONGEST_NAME: usize = 12;

pub const REMOVED: &str = "已移除。";
pub const KEPT: &str = "已保留。";
pub const NOT_ONESELF: &str = "不能移除本人，请由其他督办员操作。";
pub const LAST_ONE: &str =
    "这是唯一的督办员，不能在聊天中移除。请先邀请其他督办员，或由运行人员用 duban coordinator remove 移除。";

/// `/coordinators`, with a button for each where somebody may press it.
pub fn listed(coordinators: &[Coordinator], may_remove: bool, at: Moment) -> Words {
    let lines = coordinators
        .iter()
        .map(|one| format!("· {}（{}起）", text::escape(&one.name), phrases::day(at.day_of(one.since), at.today)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let button = |one: &Coordinator| Button {
        text: format!("移除 {}", text::cut(&one.name, LONGEST_NAME)),
        data: button::rights::ask_removal(one.person, one.since),
    };
    let buttons = coordinators.iter().filter(|_| may_remove).map(|one| vec![button(one)]);
    Words {
        buttons: buttons.collect(), ..Words::plain(format!("<b>督办员 {} 人</b>：\n{lines}", coordinators.len()))
    }
}

pub fn ask_removal(one: &Coordinator) -> Words {
    let name = text::cut(&one.name, LONGEST_NAME);
    let confirm = Button { text: format!("确认移除 {name}"), data: button::rights::remove(one.person, one.since) };
    Words::plain(format!(
        "将移除督办员 {}，移除后立即不能再核定和操作，此前的核定不变；尚未使用的督办员邀请码一并失效。请点按确认。",
        text::escape(&one.name)
    ))
    .with_row(vec![confirm])
}

pub fn removed(name: &str, by: &str) -> Words {
    Words::plain(format!("{} 已移除督办员 {}。", text::escape(by), text::escape(name)))
}

pub fn removed_by_operator(name: &str) -> Words {
    Words::plain(format!("运行人员已移除督办员 {}。", text::escape(name)))
}

/// Somebody has gone from the coordinators' group, and the right has ended with it.
pub fn left(person: PersonId, name: &str, at: DateTime<Utc>) -> Words {
    let keep = Button { text: "保留资格".to_owned(), data: button::rights::keep_right(person, at) };
    Words::plain(format!(
        "{} 已退出督办员群，督办员资格随之终止。如仍担任督办员，请其他督办员点按“保留资格”。",
        text::escape(name)
    ))
    .with_row(vec![keep])
}

/// The only one has gone from the coordinators' group.
pub fn only_one_left(name: &str) -> Words {
    Words::plain(format!(
        "{} 已退出督办员群。因没有其他督办员，其资格暂予保留；如不再担任，请邀请新的督办员，或由运行人员用 duban coordinator remove 移除。",
        text::escape(name)
    ))
}

pub fn kept(name: &str, by: &str) -> Words {
    Words::plain(format!("{} 已为 {} 保留督办员资格。", text::escape(by), text::escape(name)))
}
