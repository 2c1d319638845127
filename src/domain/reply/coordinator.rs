//! Sentences for coordinators.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::super::incoming::{Source, Standing};
use super::super::intent::button;
use super::super::timekeeping::Jump;
use super::{Button, Words, cut, date_and_time, escape};

pub const GOES_ON: &str = "已恢复提醒。";

/// To whoever opens a link to the board page that is not, or no longer, one.
pub const BOARD_CLOSED: &str = "链接无效或已过期。请督办员在聊天中发送 /board 重新获取。\n";
/// To whoever comes by a name that is not the server's own, or from another page.
pub const WRONG_DOOR: &str = "拒绝访问。请在浏览器地址栏输入启动时显示的网址，或点击机器人给出的链接。\n";
pub const BOARD_UNREADABLE: &str = "暂时无法读取数据，请稍后再试。\n";

/// Below the board's picture: where the same is read as a page.
pub fn board_link(link: &str, hours: i64) -> String {
    format!("网页看板（{hours}小时内有效，持链接即可查看，请勿转发）：\n{link}")
}

pub fn welcome() -> Words {
    Words::plain(format!(
        "您已成为督办员。可直接发问，例如“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”，或发送 /status。发送 /help 查看用法。{}",
        super::contact::NO_SECRETS
    ))
}

pub fn group_bound() -> Words {
    Words::plain(format!(
        "本群已设为督办员群，提请办结、延期申请、反映的问题和督办提醒将发到这里。发送 /status 查看总体情况，/help 查看用法。{}",
        super::contact::NO_SECRETS
    ))
}

pub fn help() -> Words {
    Words::plain(
        "<b>可以直接问</b>：第5项进展如何、省公安厅、哪些逾期了、本月到期、谁还没反馈、有什么问题、有什么好做法\n<b>命令</b>：/status 总体情况　/task 5 查看一项　/unit 省公安厅　/overdue 逾期　/due 30 三十日内到期　/silent 未反馈　/problems 问题　/practices 经验　/pending 待核定　/history 5 历次反馈　/remind 5 催办　/inspect 全部 9月20日前 报送自查情况 专项督查　/suspend 5 省公安厅 理由 中止　/resume 5 省公安厅 恢复　/reopen 5 省公安厅 理由 撤销办结　/brief 简报　/board 看板　/timeline 时间轴　/export 台账　/bulletin 通报　/commend 表扬　/notice 提醒、约谈　/policy 设置　/preview 6月 预演　/units 绑定情况　/contacts 省公安厅 联络员　/invite 省公安厅 邀请　/unbind 省公安厅 解除绑定　/coordinators 督办员名单　/stop 停止提醒（在单位群里发送，/start 恢复）\n<b>导入方案</b>：把文件（.docx .xlsx .txt 等）发给机器人，核对预览后点按“确认导入”",
    )
}

/// `nearest`: what would be understood.
pub fn nearest_questions(nearest: &[String]) -> Words {
    let lines = nearest.iter().map(|question| format!("· <code>{}</code>", escape(question)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    Words::plain(format!("没有看懂。是不是想问：\n{lines}\n发送 /help 查看全部用法。"))
}

/// `units`: those that may be meant.
pub fn which_unit(units: &[String]) -> Words {
    let units: Vec<String> = units.iter().map(|unit| format!("<code>{}</code>", escape(unit))).collect();
    Words::plain(format!("单位没有写明，可能是{}，请写其中一个的全称再发一次。", units.join("、")))
}

pub fn not_understood() -> Words {
    Words::plain("没有看懂。可以问“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”“谁还没反馈”，或发送 /help。")
}

/// The clock has jumped, and the reminders wait for a word.
pub fn clock_jumped(jump: &Jump, zone: Tz) -> Words {
    let in_words = |at: DateTime<Utc>| date_and_time(at.with_timezone(&zone));
    let html = format!(
        "<b>系统时钟异常，已暂停提醒。</b>现在显示{}，应为{}左右。请运行人员校准时钟，校准后自动恢复；如果显示的时间是对的，请点按下面的按钮。",
        in_words(jump.shown),
        in_words(jump.expected)
    );
    let button = Button { text: "时间无误，恢复提醒".to_owned(), data: button::trust_clock(jump.shown) };
    Words { buttons: vec![vec![button]], ..Words::plain(html) }
}

pub fn not_backed_up(why: &str) -> Words {
    Words::plain(format!("<b>今天的自动备份没有完成。</b>{}。请运行人员处理后用 duban backup 补做。", escape(why)))
}

/// How many messages came after the copy from which the database was restored.
pub fn restored(updates: i64, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Words {
    let shown = |at: DateTime<Utc>| date_and_time(at.with_timezone(&zone));
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
    Words::plain(format!("{}确认时间无误，提醒继续。", escape(person)))
}

/// How the coordinators' own group stands beside the units'.
/// Which plans words may have meant.
pub fn which_plan(plans: &[&str]) -> Words {
    let plans: Vec<String> = plans.iter().map(|plan| format!("《{}》", escape(plan))).collect();
    Words::plain(format!("请写明是哪个方案：{}。例如 /bulletin 营商环境 第3期。", plans.join("、")))
}

pub const OWN_GROUP: &str = "督办员";

/// The bot can no longer speak in the group of these units.
pub fn silenced_by_group(units: &str, standing: Standing) -> Words {
    let remedy = match standing {
        Standing::Muted => "请该群管理员解除对机器人的禁言",
        _ => "请重新邀请机器人入群",
    };
    Words::plain(format!("机器人已不能在“{}”的群里发言，该群收不到提醒。{remedy}。", escape(units)))
}

pub fn may_write_again(units: &str) -> Words {
    Words::plain(format!("机器人已恢复在“{}”的群里发言。", escape(units)))
}

/// A message that could not be delivered, and where.
pub fn undelivered(chat: &str) -> Words {
    Words::plain(format!(
        "发往“{}”的一条消息未能送达。请确认机器人仍在群里、可以发言，或重新邀请绑定。",
        escape(&cut(chat, 64))
    ))
}

/// The topic in which a unit, or the coordinators, had their chat was deleted.
pub fn topic_gone(whose: &str) -> Words {
    Words::plain(format!(
        "“{}”所在的话题已被删除，今后发往该群的“常规”话题，在那里答复同样有效。如需改用其他话题，请发送 /invite 取得邀请码，在新话题中绑定。",
        escape(&cut(whose, 64))
    ))
}

const LONGEST_EXCERPT: usize = 200;

/// An update that was set aside. `last_shown`: others of the day are not shown.
pub fn set_aside(update_id: i64, source: Option<&Source>, last_shown: bool) -> Words {
    let whose = source.map_or_else(String::new, |source| {
        let (chat, person) = (cut(&source.chat.title, 64), cut(&source.person, 64));
        format!("，“{}”中{}发送", escape(&chat), escape(&person))
    });
    let words = source.map(|source| source.words.trim()).filter(|words| !words.is_empty());
    let words = words.map_or_else(String::new, |words| format!("\n原文：{}", escape(&cut(words, LONGEST_EXCERPT))));
    let more =
        if last_shown { "今天如再有此类消息，不再逐条告知，总数见 duban verify。" } else { "" };
    Words::plain(format!(
        "<b>有一条消息未能处理</b>（编号 {update_id}{whose}）。原文已留存，程序升级后自动重试；请告知运行人员，急事请对方换个说法重发。{more}{words}"
    ))
}
