//! What the bot says of itself and of where it is: to whoever greets it, and where nothing can be reported.

use chrono::NaiveDate;

use crate::binding::CodeRefusal;
use crate::chat::incoming::ChatKind;
use crate::chat::words::Words;
use crate::chat::{phrases, text};
use crate::office::duty::Duty;
use crate::office::moment::Moment;
use crate::office::place::{Hearing, Place};

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
            format!("本群已绑定{}。{silenced}发送 /tasks 查看任务，/help 查看用法。", text::escape(&unit.name))
        }
        (ChatKind::Group, None) => {
            format!("请向督办员索取邀请码，在本群发送 {} 邀请码 完成绑定。", place.command("/bind"))
        }
        (ChatKind::Private, _) if place.speaker_is_coordinator() => {
            "您是督办员，可直接发问，例如“第5项进展如何”“哪些逾期了”，或发送 /help 查看用法。".to_owned()
        }
        (ChatKind::Private, Some(unit)) => {
            format!("您是{}联络员。发送 /tasks 查看任务，/help 查看用法。", text::escape(&unit.name))
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

pub fn welcome() -> Words {
    Words::plain(format!(
        "您已成为督办员。可直接发问，例如“第5项进展如何”“省公安厅”“哪些逾期了”“本月到期”，或发送 /status。发送 /help 查看用法。{}",
        NO_SECRETS
    ))
}

pub fn group_bound() -> Words {
    Words::plain(format!(
        "本群已设为督办员群，提请办结、延期申请、反映的问题和督办提醒将发到这里。发送 /status 查看总体情况，/help 查看用法。{}",
        NO_SECRETS
    ))
}

pub const OWN_GROUP: &str = "督办员";

pub const NO_SECRETS: &str = "请勿发送涉密或敏感信息。";

/// How many tasks are named where a unit is bound.
const FIRST_TASKS: usize = 5;

/// With the tasks that are due first.
pub fn bound(unit: &str, (count, duties): (usize, &[&Duty]), place: &Place, at: Moment) -> Words {
    let mut open: Vec<&Duty> = duties.iter().copied().filter(|duty| duty.status.is_open()).collect();
    let due = |duty: &Duty| duty.overdue_since(at.today).or(duty.next_milestone(at.today).map(|next| next.due));
    open.sort_by_key(|duty| due(duty).unwrap_or(NaiveDate::MAX));
    open.truncate(FIRST_TASKS);
    let line = |duty: &&Duty| {
        let due = due(duty).map(|due| format!("，{}到期", phrases::day(due, at.today))).unwrap_or_default();
        format!("{}{due}\n", phrases::task_line(duty))
    };
    let lines: String = open.iter().map(line).collect();
    let first = match open.len() {
        0 => String::new(),
        len if len < count => format!("最先到期的 {len} 项：\n{lines}"),
        _ => lines,
    };
    let tasks = open.iter().map(|duty| duty.task.id);
    let how = match place.hearing {
        Hearing::Everything => String::new(),
        Hearing::Addressed => format!("{}\n", only_addressed(place)),
    };
    if place.chat.kind == ChatKind::Private {
        return Words::plain(format!(
            "本对话已绑定：<b>{}</b>，承担任务 {count} 项，您已登记为联络员。\n{first}到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。\n发送 /tasks 查看任务，/help 查看用法。{NO_SECRETS}",
            text::escape(unit)
        ))
        .about(tasks);
    }
    Words::plain(format!(
        "本群已绑定：<b>{}</b>，承担任务 {count} 项。\n{first}到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。\n{how}发送 /tasks 查看任务，/help 查看用法。{NO_SECRETS}",
        text::escape(unit)
    ))
    .about(tasks)
}

/// To the coordinators.
pub fn bound_in_private(person: &str, unit: &str) -> Words {
    let unit = text::escape(unit);
    Words::plain(format!(
        "{} 已用私聊绑定{unit}，今后代表该单位。如有误，请发送 /unbind {unit}。",
        text::escape(person)
    ))
}

/// Where the bot is no longer an administrator.
pub fn how_to_speak(place: &Place) -> Words {
    Words::plain(only_addressed(place))
}

pub fn only_addressed(place: &Place) -> String {
    let example = place.command("/tasks");
    format!("本群的其他发言我看不到，请“回复”我的消息，或发送带我名字的命令，例如 {example}。")
}

pub fn code_refused(why: CodeRefusal, chat: ChatKind) -> Words {
    let told = match why {
        CodeRefusal::Unknown => "邀请码不正确，未作任何更改。请核对后重试，或请督办员重新发码。",
        CodeRefusal::Used => "该邀请码已被使用，未作任何更改。请督办员重新发码。",
        CodeRefusal::BoundAlready if chat == ChatKind::Private => {
            "本对话已绑定该单位，无需再次绑定。发送 /tasks 查看任务。"
        }
        CodeRefusal::BoundAlready => "本群已绑定该单位，无需再次绑定。发送 /tasks 查看任务。",
        CodeRefusal::CoordinatorAlready => "该邀请码已被使用。您已是督办员，可直接发问，或发送 /help 查看用法。",
        CodeRefusal::Ended => "该邀请码已失效，未作任何更改。请督办员重新发码。",
        CodeRefusal::Expired => "该邀请码已过期，未作任何更改。请督办员重新发码。",
        CodeRefusal::TooManyTries => "尝试次数过多，请一小时后再试，或联系督办员。",
        CodeRefusal::ChatTaken if chat == ChatKind::Private => {
            "本对话已有用途，未作任何更改。请由该单位的联络员在自己的私聊中，或在该单位的群里使用邀请码。"
        }
        CodeRefusal::ChatTaken => "本群已有用途，未作任何更改。请在该单位自己的群里使用邀请码。",
        CodeRefusal::UnitTaken => {
            "该单位已绑定另一个群或私聊，未作任何更改。如需更换，请先将机器人移出原群，或请督办员发送 /unbind 该单位，再由督办员重新发码。"
        }
    };
    Words::plain(told)
}
