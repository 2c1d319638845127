//! Sentences about who speaks for a unit.

use crate::chat::incoming::ChatKind;
use crate::chat::text;
use crate::chat::words::{Button, Words};
use crate::contacts::{Parting, Roster};
use crate::intent::button;
use crate::office::ids::PersonId;
use crate::office::place::Place;
use crate::{contacts, copies};

/// Two to a row, within what a telephone shows.
const MOST_CHOICES: usize = 12;
/// What fits on a button beside another one.
const LONGEST_NAME: usize = 12;

pub const NOT_YOUR_BUTTON: &str = "仅提出移交的联络员本人可以点按。";
pub const REMOVED: &str = "已移除。";
pub const ONLY_SUCCESSOR: &str = "仅接手的同事本人可以点按。";
pub const OFFERED: &str = "已请该同事确认。";
pub const TAKEN_OVER: &str = "接受移交";

/// Where the unit has only the chat of one person, no colleague is at hand.
pub fn without_group(unit: &str) -> Words {
    Words::plain(format!(
        "{0}以您的私聊绑定，不能在此移交。请联系督办员发送 /unbind {0}，再由接手的同事使用新的邀请码。",
        text::escape(unit)
    ))
}

pub fn handed_over(from: &str, to: &str, unit: &str) -> Words {
    Words::plain(format!(
        "{0} 已将{2}联络员工作移交 {1}，今后由 {1} 反馈。",
        text::escape(from),
        text::escape(to),
        text::escape(unit)
    ))
}

/// Asks the colleague. `data`: the button that accepts.
pub fn offered((from, to): (&str, &str), unit: &str, data: String) -> Words {
    let (from, to, unit) = (text::escape(from), text::escape(to), text::escape(unit));
    let accept = Button { text: "接受移交".to_owned(), data };
    Words::plain(format!("{from} 拟将{unit}联络员工作移交 {to}，请 {to} 点按确认；确认前仍由 {from} 反馈。"))
        .with_row(vec![accept])
}

/// To the contact who offers it elsewhere than in the unit's group.
pub fn waits_in_group(to: &str) -> Words {
    Words::plain(format!("已在本单位群里请 {} 确认，确认前仍由您反馈。", text::escape(to)))
}

/// Where nothing can be said in the group.
pub fn in_your_group() -> Words {
    Words::plain("请在本单位的群里回复接手同事的消息发送 /handover，由其在群里确认。")
}

/// Below the button of an offer that another one replaces.
pub fn offered_to(name: &str) -> String {
    format!("改请 {} 接手", text::escape(name))
}

pub fn has_gone(name: &str) -> Words {
    Words::plain(format!("{} 已退出本单位群，不能接手。如已重新入群，请其先在群里回复我一条消息。", text::escape(name)))
}

pub fn to_oneself() -> Words {
    Words::plain("不能移交给本人。请回复接手同事的消息发送 /handover；如不再担任，请发送 /leave。")
}

/// Offers the colleagues who are known.
pub fn successors(from: PersonId, roster: &Roster) -> Words {
    let buttons: Vec<Button> = roster
        .colleagues
        .iter()
        .take(MOST_CHOICES)
        .map(|(person, name)| Button {
            text: text::cut(name, LONGEST_NAME),
            data: button::people::hand_over(roster.unit.id, from, *person),
        })
        .collect();
    let html = if buttons.is_empty() {
        "还不认识接手的同事。请回复该同事的消息发送 /handover，或请其先在群里回复我一条消息。"
    } else {
        "请点选接手的同事，或回复该同事的消息发送 /handover。"
    };
    Words { buttons: buttons.chunks(2).map(<[Button]>::to_vec).collect(), ..Words::plain(html) }
}

pub fn parted(person: &str, unit: &str, why: Parting, nobody_left: bool) -> Words {
    let words = no_longer(person, unit, why);
    let next = "本单位暂无联络员，首位反馈的同事将登记为联络员。";
    Words::plain(if nobody_left { format!("{words}。{next}") } else { format!("{words}。") })
}

/// To the coordinators.
pub fn nobody_left(person: &str, unit: &str, why: Parting) -> Words {
    Words::plain(format!(
        "<b>{}暂无联络员</b>：{}。该单位群里首位反馈的同事将登记为联络员，请督促明确。",
        text::escape(unit),
        no_longer(person, unit, why)
    ))
}

fn no_longer(person: &str, unit: &str, why: Parting) -> String {
    let how = match why {
        Parting::HandedOver | Parting::SteppedDown => "",
        Parting::Dismissed => "经督办员调整，",
        Parting::LeftGroup => "已退出本单位群，",
        Parting::Unbound => "所在群已解除绑定，",
    };
    format!("{} {how}不再担任{}联络员", text::escape(person), text::escape(unit))
}

/// `/contacts`
pub fn listed(roster: &Roster, may_remove: bool) -> Words {
    let unit = text::escape(&roster.unit.name);
    if roster.contacts.is_empty() {
        return Words::plain(format!("{unit}暂无联络员，首位反馈的同事将登记为联络员。"));
    }
    let names: Vec<String> = roster.contacts.iter().map(|contact| text::escape(&contact.name)).collect();
    let words = Words::plain(format!("{unit}联络员：{}。", names.join("、")));
    let removal = |contact: &contacts::Contact| Button {
        text: text::cut(&format!("移除 {}", contact.name), LONGEST_NAME + 3),
        data: button::people::dismiss(roster.unit.id, contact.person, contact.since),
    };
    let buttons = roster.contacts.iter().filter(|_| may_remove).map(|contact| vec![removal(contact)]);
    Words { buttons: buttons.collect(), ..words }
}

pub fn which_unit() -> Words {
    Words::plain("请写明单位，例如 /contacts 省公安厅。")
}

/// With what a contact is told of once.
pub fn first_contact(person: &str, unit: &str, place: &Place) -> String {
    let offer = match place.chat.kind {
        ChatKind::Group => copies::sentences::offer(&place.command("/private")),
        ChatKind::Private => String::new(),
    };
    format!("{} 已成为{}联络员。{offer}", text::escape(person), text::escape(unit))
}

pub fn contact_asked(person: &str, unit: &str, confirm: String) -> Words {
    Words::plain(format!("{} 申请登记为{}联络员，请现有联络员或督办员确认。", text::escape(person), text::escape(unit)))
        .with_row(vec![Button { text: "同意登记".to_owned(), data: confirm }])
}

/// `unheard`: how many messages of theirs have waited for it; `username`: the bot's.
pub fn contact_confirmed(person: &str, unheard: i64, username: &str) -> Words {
    let offer = copies::sentences::offer(&format!("/private@{username}"));
    let person = text::escape(person);
    if unheard > 0 {
        return Words::plain(format!("{person} 已登记为本单位联络员，此前留存的 {unheard} 条反馈现予补登。{offer}"));
    }
    Words::plain(format!("{person} 已登记为本单位联络员，请重新发送反馈。{offer}"))
}

pub const ALREADY_CONTACT: &str = "已是联络员。";

pub const CONFIRMED: &str = "已登记。";

pub const ONLY_CONTACTS_OR_COORDINATORS: &str = "仅本单位联络员或督办员可以确认。";

pub const ASKED: &str = "已提出申请。";
