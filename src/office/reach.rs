//! Whether what is said to a unit gets there.

use serde::Serialize;

/// Whether what is said to a unit gets there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    #[default]
    Reached,
    /// No chat speaks for it.
    Unbound,
    /// It has a chat, in which the bot cannot write.
    Undelivered,
    /// A coordinator has stopped what goes to its chat.
    Stopped,
}

impl Reach {
    /// `can_write`: whether the bot can write in the unit's chat, where it has one. `stopped`: whether a coordinator has
    /// stopped what goes there.
    pub fn of(can_write: Option<bool>, stopped: bool) -> Reach {
        match can_write {
            None => Reach::Unbound,
            Some(false) => Reach::Undelivered,
            Some(true) if stopped => Reach::Stopped,
            Some(true) => Reach::Reached,
        }
    }

    /// What stands beside a unit that is not reached.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Reach::Reached => None,
            Reach::Unbound => Some("未绑定"),
            Reach::Undelivered => Some("未送达"),
            Reach::Stopped => Some("已停止提醒"),
        }
    }

    /// `（未绑定）`, or nothing.
    pub fn mark(self) -> String {
        self.label().map(|label| format!("（{label}）")).unwrap_or_default()
    }

    pub fn is_reached(self) -> bool {
        self == Reach::Reached
    }
}
