//! Sentences about a chat that speaks for a unit no longer.

use crate::chat::phrases::names;
use crate::chat::text;
use crate::chat::words::{Button, Words};
use crate::coordinators::Binding;
use crate::intent::button;

const LONGEST_TITLE: usize = 40;

pub const DONE: &str = "已解除绑定。";

/// Names the chat, and what will follow.
pub fn ask(binding: &Binding) -> Words {
    let confirm =
        Button { text: "确认解除绑定".to_owned(), data: button::rights::unbind(binding.unit.id, binding.chat) };
    Words::plain(format!(
        "将解除{}与“{}”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。{}请点按确认。",
        text::escape(&binding.unit.name),
        text::escape(&text::cut(&binding.title, LONGEST_TITLE)),
        contacts(binding)
    ))
    .with_row(vec![confirm])
}

pub fn not_bound() -> Words {
    Words::plain("没有这个单位，或该单位没有绑定的群。发送 /units 查看绑定情况。")
}

/// To the coordinators.
pub fn unbound(binding: &Binding, by: &str) -> Words {
    Words::plain(format!(
        "{} 已解除{}与“{}”的绑定。{}此前的邀请码已失效，重新绑定请发送 /invite {}。",
        text::escape(by),
        text::escape(&binding.unit.name),
        text::escape(&text::cut(&binding.title, LONGEST_TITLE)),
        contacts(binding),
        text::escape(&binding.unit.name)
    ))
}

/// To the group itself, once.
pub fn to_group(unit: &str) -> Words {
    Words::plain(format!("本对话已与{}解除绑定，今后不再发送提醒。感谢配合。", text::escape(unit)))
}

/// Who speaks for the unit no longer, and who still does.
fn contacts(binding: &Binding) -> String {
    let ended: Vec<String> = binding.contacts.iter().map(|(_, name)| name.clone()).collect();
    let others = match (ended.is_empty(), binding.others) {
        (_, 0) => String::new(),
        (true, others) => format!("联络员 {others} 人不是在那里登记的，资格不变。"),
        (false, others) => format!("其余联络员 {others} 人不变。"),
    };
    if ended.is_empty() {
        others
    } else {
        format!("在那里登记的联络员（{}）一并终止。{others}", names(&ended))
    }
}
