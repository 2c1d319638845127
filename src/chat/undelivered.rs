//! Coordinators are told what could not be delivered or read.

use crate::chat::incoming::{Source, Standing};
use crate::chat::text;
use crate::chat::words::Words;

/// The bot can no longer speak in the group of these units.
pub fn silenced_by_group(units: &str, standing: Standing) -> Words {
    let remedy = match standing {
        Standing::Muted => "请该群管理员解除对机器人的禁言",
        _ => "请重新邀请机器人入群",
    };
    Words::plain(format!("机器人已不能在“{}”的群里发言，该群收不到提醒。{remedy}。", text::escape(units)))
}

pub fn may_write_again(units: &str) -> Words {
    Words::plain(format!("机器人已恢复在“{}”的群里发言。", text::escape(units)))
}

/// The person whose private chat speaks for a unit has stopped the bot there.
pub fn blocked_in_private(unit: &str) -> Words {
    Words::plain(format!(
        "{0}以私聊绑定，对方已停用机器人，该单位收不到提醒。请与其联系，或发送 /unbind {0} 后重新邀请。",
        text::escape(unit)
    ))
}

pub fn unblocked_in_private(unit: &str) -> Words {
    Words::plain(format!("{}的私聊已恢复，提醒照常发送。", text::escape(unit)))
}

/// A message that could not be delivered, and where.
pub fn undelivered(chat: &str) -> Words {
    Words::plain(format!(
        "发往“{}”的一条消息未能送达。请确认机器人仍在群里、可以发言，或重新邀请绑定。",
        text::escape(&text::cut(chat, 64))
    ))
}

/// The topic in which a unit, or the coordinators, had their chat was deleted.
pub fn topic_gone(whose: &str) -> Words {
    Words::plain(format!(
        "“{}”所在的话题已被删除，今后发往该群的“常规”话题，在那里答复同样有效。如需改用其他话题，请发送 /invite 取得邀请码，在新话题中绑定。",
        text::escape(&text::cut(whose, 64))
    ))
}

pub const LONGEST_EXCERPT: usize = 200;

/// An update that was set aside. `last_shown`: others of the day are not shown.
pub fn set_aside(update_id: i64, source: Option<&Source>, last_shown: bool) -> Words {
    let whose = source.map_or_else(String::new, |source| {
        let (chat, person) = (text::cut(&source.chat.title, 64), text::cut(&source.person, 64));
        format!("，“{}”中{}发送", text::escape(&chat), text::escape(&person))
    });
    let words = source.map(|source| source.words.trim()).filter(|words| !words.is_empty());
    let words =
        words.map_or_else(String::new, |words| format!("\n原文：{}", text::escape(&text::cut(words, LONGEST_EXCERPT))));
    let more =
        if last_shown { "今天如再有此类消息，不再逐条告知，总数见 duban verify。" } else { "" };
    Words::plain(format!(
        "<b>有一条消息未能处理</b>（编号 {update_id}{whose}）。原文已留存，程序升级后自动重试；请告知运行人员，急事请对方换个说法重发。{more}{words}"
    ))
}
