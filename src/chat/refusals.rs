//! What is refused in the same words everywhere.

use crate::chat::text;
use crate::chat::words::Words;

pub const NAMELESS: &str = "匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。";

pub fn nameless() -> Words {
    Words::plain(NAMELESS)
}

/// What was received is kept, but a defect of the program keeps it from being handled.
pub const SET_ASIDE: &str = "系统未能处理这条消息，原文已留存，尚未登记。请换个说法重发，或联系督办员。";

pub const PRESS_SET_ASIDE: &str = "系统未能处理这次点按，已留存，未作任何更改。请联系督办员。";

pub const ONLY_CONTACTS: &str = "仅本单位联络员可以操作。";

pub const ONLY_COORDINATORS: &str = "仅督办员可以操作。";

pub const STALE_BUTTON: &str = "情况已有变化，此按钮不再有效。";

/// For what no message of this chat offers.
pub const NO_BUTTON: &str = "按钮已失效，请在最新的消息上点按。";

pub const ALREADY_ANSWERED: &str = "这条反馈已经处理过了。";

pub fn only_leads_and_coordinators() -> Words {
    Words::plain("仅督办员和该项任务的牵头单位可以催办。")
}

pub fn ask_privately() -> Words {
    Words::plain("跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。")
}

pub fn misused(usage: &str) -> Words {
    Words::plain(format!("用法：{}", text::escape(usage)))
}

pub fn unknown_command(name: &str) -> Words {
    Words::plain(format!("没有 /{} 这个命令，发送 /help 查看用法。", text::escape(&text::cut(name, 32))))
}
