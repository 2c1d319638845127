//! 红黄绿灯: how urgent a duty is at a glance.

use serde::Serialize;

/// How near a milestone must be for the yellow light, in days.
pub const NEAR_DAYS: i64 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    Green,
    /// Blocked, or a milestone is near.
    Yellow,
    /// Overdue.
    Red,
    /// Nothing was heard of it.
    Grey,
    /// 中止. Exports know no other word for it than for what is grey.
    #[serde(rename = "grey")]
    Suspended,
    Done,
}

impl Light {
    pub const ALL: [Light; 6] = [Light::Done, Light::Green, Light::Suspended, Light::Grey, Light::Yellow, Light::Red];

    pub fn label(self) -> &'static str {
        match self {
            Light::Green => "正常",
            Light::Yellow => "关注",
            Light::Red => "逾期",
            Light::Grey => "未反馈",
            Light::Suspended => "中止",
            Light::Done => "已办结",
        }
    }

    /// As `RRGGBB`.
    pub fn colour(self) -> &'static str {
        match self {
            Light::Green => "2E9E5B",
            Light::Yellow => "E6A700",
            Light::Red => "D0342C",
            Light::Grey => "8C939B",
            Light::Suspended => "59626E",
            Light::Done => "3B6FB6",
        }
    }
}
