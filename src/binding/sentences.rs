//! What the bot says of itself and of where it is: to whoever greets it, and where nothing can be reported.

use crate::chat::incoming::ChatKind;
use crate::chat::words::{Words, escape};
use crate::office::place::Place;
use crate::reporting::sentences::contact::NO_SECRETS;

/// To `/start`, and to a group that has just invited the bot.
pub fn greeting(place: &Place) -> Words {
    let next = match (place.chat.kind, &place.unit) {
        _ if place.chat.coordinators => "本群是督办员群。发送 /status 查看总体情况，/help 查看用法。".to_owned(),
        (ChatKind::Group, Some(unit)) => {
            let silenced = if place.chat.silenced_since.is_some() {
                "提醒已由督办员停止，反馈照常登记。"
            } else {
                ""
            };
            format!("本群已绑定{}。{silenced}发送 /tasks 查看任务，/help 查看用法。", escape(&unit.name))
        }
        (ChatKind::Group, None) => {
            format!("请向督办员索取邀请码，在本群发送 {} 邀请码 完成绑定。", place.command("/bind"))
        }
        (ChatKind::Private, _) if place.speaker_is_coordinator() => {
            "您是督办员，可直接发问，例如“第5项进展如何”“哪些逾期了”，或发送 /help 查看用法。".to_owned()
        }
        (ChatKind::Private, Some(unit)) => {
            format!("您是{}联络员。发送 /tasks 查看任务，/help 查看用法。", escape(&unit.name))
        }
        (ChatKind::Private, None) => where_to_begin(place),
    };
    Words::plain(format!("您好，我是督办助手。{next}{NO_SECRETS}"))
}

/// Why nothing can be reported where nobody knows for which unit.
pub fn no_unit_here(place: &Place) -> Words {
    match place.chat.kind {
        _ if place.is_for_coordinators() => Words::plain("此项供单位联络员使用，请在该单位的群里操作。"),
        ChatKind::Group => {
            Words::plain(format!("本群尚未绑定单位。请向督办员索取邀请码，发送 {} 邀请码。", place.command("/bind")))
        }
        ChatKind::Private => Words::plain(where_to_begin(place)),
    }
}

/// To whoever is the contact of no unit, or of several, in private.
fn where_to_begin(place: &Place) -> String {
    match place.speaker.as_ref().map_or(0, |person| person.contact_of.len()) {
        0 => {
            "您尚未登记为联络员或督办员。请在本单位的群里回复机器人的消息反馈；督办员请发送 /start 邀请码。".to_owned()
        }
        _ => "您是多个单位的联络员，请在相应单位的群里反馈和查看。".to_owned(),
    }
}
