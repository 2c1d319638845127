//! Sentences about commendations and notices.

use crate::chat::words::{Block, Button, Words, messages};
use crate::chat::{phrases, text};
use crate::citations::{Citation, Kind};
use crate::intent::button;
use crate::office::moment::Moment;

/// How much of a reason is repeated.
const LONGEST_REASON: usize = 600;
/// How many are listed, and of these how many with buttons.
const MOST_LISTED: usize = 30;
const MOST_BUTTONS: usize = 8;

pub const RECORDED: &str = "已记录。";
pub const TOLD: &str = "已通知。";
pub const NO_CHAT: &str = "该单位尚未绑定群或已停止通知，未能通知。";

fn reason(reason: &str) -> String {
    text::escape(&text::cut(reason.trim(), LONGEST_REASON))
}

pub fn only_coordinators() -> Words {
    Words::plain("表扬、提醒和约谈仅督办员可以记录，请在督办员群或私聊中发送。")
}

pub fn no_such_unit(name: &str) -> Words {
    Words::plain(format!("没有“{}”这个单位，请核对名称。", text::escape(&text::cut(name, 40))))
}

pub fn proposed(message_id: i64, kind: Kind, unit: &str, why: &str) -> Words {
    let then = match kind {
        Kind::Commendation => "确认后写入台账并载入通报，不自动通知该单位。",
        Kind::Warning | Kind::Interview => "确认后写入台账，不自动通知该单位；通知后载入通报。",
    };
    let html = format!("拟记录【{}】{}：{}\n{then}", kind.label(), text::escape(unit), reason(why));
    Words::plain(html)
        .with_row(vec![Button { text: "确认".to_owned(), data: button::citation::record_citation(message_id) }])
}

pub fn recorded(cited: &Citation) -> Words {
    Words::plain(format!("已记录{}", line(cited))).with_row(vec![tell(cited, "通知该单位"), withdraw(cited, "撤销")])
}

fn line(cited: &Citation) -> String {
    format!("【{}】{}：{}", cited.kind.label(), text::escape(&cited.unit.name), reason(&cited.reason))
}

fn tell(cited: &Citation, text: &str) -> Button {
    Button { text: text.to_owned(), data: button::citation::tell_citation(cited.id) }
}

fn withdraw(cited: &Citation, text: &str) -> Button {
    Button { text: text.to_owned(), data: button::citation::withdraw_citation(cited.id) }
}

/// To the unit.
pub fn told(cited: &Citation) -> Words {
    let html = match cited.kind {
        Kind::Commendation => {
            format!("【表扬】督办员对{}提出表扬：{}", text::escape(&cited.unit.name), reason(&cited.reason))
        }
        Kind::Warning => format!("【提醒】督办员提醒{}：{}", text::escape(&cited.unit.name), reason(&cited.reason)),
        Kind::Interview => {
            format!(
                "【约谈】督办员拟约谈{}，事由：{}。具体安排另行联系。",
                text::escape(&cited.unit.name),
                reason(&cited.reason).trim_end_matches('。')
            )
        }
    };
    Words::plain(html)
}

pub fn passed_on(cited: &Citation) -> Words {
    Words::plain(format!("已通知{}：{}。", text::escape(&cited.unit.name), cited.kind.label()))
}

pub fn withdrawal_wanted(cited: &Citation) -> Words {
    Words::plain(format!("请回复本条说明撤销理由：{}", line(cited)))
}

pub fn not_on_record() -> Words {
    Words::plain("该条记录已撤销，未作更改。")
}

pub fn withdrawn(cited: &Citation) -> Words {
    Words::plain(format!("已撤销{}的{}，记录和理由留存备查。", text::escape(&cited.unit.name), cited.kind.label()))
}

pub fn withdrawal_told(cited: &Citation, why: &str) -> Words {
    let html = format!("此前对{}的{}已撤销：{}", text::escape(&cited.unit.name), cited.kind.label(), reason(why));
    Words::plain(html)
}

/// To the unit that was told of a withdrawal, which did not count.
pub fn restored(cited: &Citation) -> Words {
    Words::plain(format!("更正：此前对{}的{}仍然有效。", text::escape(&cited.unit.name), cited.kind.label()))
}

/// Those on record, newest first.
pub fn list(citations: &[Citation], commendations: bool, at: Moment) -> Vec<Words> {
    let (what, usage) = if commendations {
        ("表扬", "/commend 省公安厅 理由")
    } else {
        ("提醒和约谈", "/notice 提醒 省公安厅 理由")
    };
    let listed = citations.iter().filter(|cited| (cited.kind == Kind::Commendation) == commendations);
    let listed: Vec<(i64, &Citation)> = (1..).zip(listed.filter(|cited| cited.recorded_at.is_some())).collect();
    if listed.is_empty() {
        return vec![Words::plain(format!("尚无{what}记录。用法：{usage}"))];
    }
    let standing = listed.iter().filter(|(_, cited)| cited.withdrawn_because.is_none()).take(MOST_BUTTONS);
    let buttons: Vec<Vec<Button>> = standing
        .map(|(number, cited)| {
            let tell = (!cited.told).then(|| tell(cited, &format!("{number} 通知该单位")));
            tell.into_iter().chain([withdraw(cited, &format!("{number} 撤销"))]).collect()
        })
        .collect();
    let lines = listed.iter().take(MOST_LISTED).map(|(number, cited)| {
        let on = cited.recorded_at.map(|recorded| phrases::day(at.day_of(recorded), at.today)).unwrap_or_default();
        let mark = match (&cited.withdrawn_because, cited.told) {
            (Some(why), _) => format!("（已撤销：{}）", reason(why)),
            (None, true) => "（已通知）".to_owned(),
            (None, false) => String::new(),
        };
        Block::text(format!("{number}. {on} {}{mark}", line(cited)))
    });
    let head = Block::text(format!("<b>{what} {} 条</b>（用法：{usage}）", listed.len()));
    let mut words = messages(std::iter::once(head).chain(lines).collect());
    if let Some(last) = words.last_mut() {
        last.buttons = buttons;
    }
    words
}
