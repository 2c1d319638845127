//! Coordinators are told when the clock jumps, and when a copy could not be made.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::reminding::timekeeping::Jump;

/// The clock has jumped, and the reminders wait for a word.
pub fn clock_jumped(jump: &Jump, zone: Tz) -> Words {
    let in_words = |at: DateTime<Utc>| phrases::date_and_time(at.with_timezone(&zone));
    let html = format!(
        "<b>系统时钟异常，已暂停提醒。</b>现在显示{}，应为{}左右。请运行人员校准时钟，校准后自动恢复；如果显示的时间是对的，请点按下面的按钮。",
        in_words(jump.shown),
        in_words(jump.expected)
    );
    let button = Button { text: "时间无误，恢复提醒".to_owned(), data: button::trust_clock(jump.shown) };
    Words { buttons: vec![vec![button]], ..Words::plain(html) }
}

pub fn not_backed_up(why: &str) -> Words {
    Words::plain(format!(
        "<b>今天的自动备份没有完成。</b>{}。请运行人员处理后用 duban backup 补做。",
        text::escape(why)
    ))
}

/// How many messages came after the copy from which the database was restored.
pub fn restored(updates: i64, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Words {
    let shown = |at: DateTime<Utc>| phrases::date_and_time(at.with_timezone(&zone));
    Words::plain(format!(
        "<b>数据库已从备份恢复，缺少 {updates} 条消息。</b>自{}至{}收到的消息和点按没有保留，包括其间的反馈、核定、批示和设置，请重新办理；已发出的提醒可能再发一次。各单位将在下一次提醒中得知，请其重新反馈。",
        shown(from),
        shown(to)
    ))
}

pub fn clock_is_right_again() -> Words {
    Words::plain("系统时钟已恢复正常，提醒继续。")
}

pub fn clock_is_trusted(person: &str) -> Words {
    Words::plain(format!("{}确认时间无误，提醒继续。", text::escape(person)))
}
