//! Sentences about who speaks for a unit.

use super::super::decide::{Parting, Roster};
use super::super::duty::PersonId;
use super::super::intent::button;
use super::{Button, Words, cut, escape};

/// Two to a row, within what a telephone shows.
const MOST_CHOICES: usize = 12;
/// What fits on a button beside another one.
const LONGEST_NAME: usize = 12;

pub const NOT_YOUR_BUTTON: &str = "仅提出移交的联络员本人可以点按。";
pub const REMOVED: &str = "已移除。";

pub fn handed_over(from: &str, to: &str, unit: &str) -> Words {
    Words::plain(format!("{0} 已将{2}联络员工作移交 {1}，今后由 {1} 反馈。", escape(from), escape(to), escape(unit)))
}

/// Below the buttons that offered the colleagues.
pub fn handed_over_to(name: &str) -> String {
    format!("移交 {}", escape(name))
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
            text: cut(name, LONGEST_NAME),
            data: button::hand_over(roster.unit.id, from, *person),
        })
        .collect();
    let html = match buttons.is_empty() {
        true => "还不认识接手的同事。请回复该同事的消息发送 /handover，或请其先在群里回复我一条消息。",
        false => "请点选接手的同事，或回复该同事的消息发送 /handover。",
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
        escape(unit),
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
    format!("{} {how}不再担任{}联络员", escape(person), escape(unit))
}

/// `/contacts`
pub fn listed(roster: &Roster, may_remove: bool) -> Words {
    let unit = escape(&roster.unit.name);
    if roster.contacts.is_empty() {
        return Words::plain(format!("{unit}暂无联络员，首位反馈的同事将登记为联络员。"));
    }
    let names: Vec<String> = roster.contacts.iter().map(|contact| escape(&contact.name)).collect();
    let words = Words::plain(format!("{unit}联络员：{}。", names.join("、")));
    let removal = |contact: &super::super::decide::Contact| Button {
        text: cut(&format!("移除 {}", contact.name), LONGEST_NAME + 3),
        data: button::dismiss(roster.unit.id, contact.person, contact.since),
    };
    let buttons = roster.contacts.iter().filter(|_| may_remove).map(|contact| vec![removal(contact)]);
    Words { buttons: buttons.collect(), ..words }
}

pub fn which_unit() -> Words {
    Words::plain("请写明单位，例如 /contacts 省公安厅。")
}
