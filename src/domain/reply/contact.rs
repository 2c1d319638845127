//! Sentences for a department's group.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::super::duty::{Duty, Milestone, MilestoneId, Status, Suspension};
use super::super::milestone::MilestoneStatus;
use super::super::moment::Moment;
use super::super::place::{Hearing, Place};
use super::super::steps::View;
use super::lead::Others;
use super::plans::PlanNames;
use super::{
    Block, Button, Words, cut, date_and_time, day, escape, lead, messages, plan_in_unit, repeated, steps, task_title,
    unclear, unconfirmed,
};

/// How much of a problem is repeated in an answer.
const LONGEST_QUOTE: usize = 60;

pub const NO_SECRETS: &str = "请勿发送涉密或敏感信息。";

pub fn bound(unit: &str, duties: usize, place: &Place) -> Words {
    let how = match place.hearing {
        Hearing::Everything => String::new(),
        Hearing::Addressed => format!("{}\n", only_addressed(place)),
    };
    Words::plain(format!(
        "本群已绑定：<b>{}</b>，承担任务 {duties} 项。\n到期前我会在工作日提醒，每日至多一条。请“回复”我的消息反馈进展，例如“第5项：进度60%，系统已试运行”。\n{how}发送 /tasks 查看任务，/help 查看用法。{NO_SECRETS}",
        escape(unit)
    ))
}

/// Where the bot is no longer an administrator.
pub fn how_to_speak(place: &Place) -> Words {
    Words::plain(only_addressed(place))
}

fn only_addressed(place: &Place) -> String {
    let example = place.command("/tasks");
    format!("本群的其他发言我看不到，请“回复”我的消息，或发送带我名字的命令，例如 {example}。")
}

/// `bind`: the command as it is typed in a group.
pub fn code_refused(why: CodeRefusal, bind: &str) -> Words {
    let told = match why {
        CodeRefusal::Unknown => "邀请码不正确，未作任何更改。请核对后重试，或请督办员重新发码。",
        CodeRefusal::Used => "该邀请码已被使用，未作任何更改。请督办员重新发码。",
        CodeRefusal::BoundAlready => "本群已绑定该单位，无需再次绑定。发送 /tasks 查看任务。",
        CodeRefusal::CoordinatorAlready => "该邀请码已被使用。您已是督办员，可直接发问，或发送 /help 查看用法。",
        CodeRefusal::Ended => "该邀请码已失效，未作任何更改。请督办员重新发码。",
        CodeRefusal::Expired => "该邀请码已过期，未作任何更改。请督办员重新发码。",
        CodeRefusal::TooManyTries => "尝试次数过多，请一小时后再试，或联系督办员。",
        CodeRefusal::UnitNeedsGroup => {
            let words = format!("这是单位的邀请码，请把我拉进该单位的工作群，在群里发送 {bind} 邀请码。");
            return Words::plain(words);
        }
        CodeRefusal::ChatTaken => "本群已有用途，未作任何更改。请在该单位自己的群里使用邀请码。",
        CodeRefusal::UnitTaken => {
            "该单位已绑定另一个群，未作任何更改。如需换群，请先将机器人移出原群，或请督办员发送 /unbind 该单位，再由督办员重新发码。"
        }
    };
    Words::plain(told)
}

/// Why a code changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    Unknown,
    Used,
    /// It is the one by which this very group was bound.
    BoundAlready,
    /// A coordinator's code, tried by one who is one.
    CoordinatorAlready,
    Expired,
    /// A newer one was made, or the bot was thrown out of the unit's group.
    Ended,
    TooManyTries,
    UnitNeedsGroup,
    ChatTaken,
    UnitTaken,
}

pub fn dropped_by_edit(numbers: &[String]) -> String {
    format!("第{}项的反馈已随修改撤回。", escape(&numbers.join("、")))
}

/// A claim of a date that coordinators have signed off.
pub fn date_is_done(duty: &Duty, date: &Milestone) -> String {
    format!("第{}项{}的时限已办结，不必再次提请。", escape(&duty.task.number), escape(&date.name()))
}

/// A wish for more time takes the place of one for another date that waits.
pub fn wish_replaced(duty: &Duty, other: &Milestone) -> String {
    let (number, other) = (escape(&duty.task.number), escape(&other.name()));
    format!("第{number}项只能有一项延期申请待答复，此前对{other}的申请由本次替代；仍需延期的，请在本次答复后再次提出。")
}

/// A claim of a date that the duty does not have.
pub fn no_such_date(duty: &Duty, date: NaiveDate, today: NaiveDate) -> String {
    let (number, date) = (escape(&duty.task.number), day(date, today));
    format!("第{number}项没有{date}的时限，未作为办结申请登记；发送“/task {number}”查看时限。")
}

/// Which date of a task the words were about.
pub fn date_chosen(duty: &Duty, date: Option<MilestoneId>) -> String {
    let date = date.and_then(|date| duty.milestone(date)).map_or("整项".to_owned(), Milestone::name);
    format!("选定{}", escape(&date))
}

pub const NAMELESS: &str = "匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。";

pub fn nameless() -> Words {
    Words::plain(NAMELESS)
}

pub fn first_contact(person: &str, unit: &str) -> String {
    format!("{} 已成为{}联络员。", escape(person), escape(unit))
}

pub fn no_contact(person: &str, unit: &str, ask: String) -> Words {
    Words::plain(format!(
        "{} 尚未登记为{}联络员，以上内容没有登记。如由您负责反馈，请点按申请，确认后重发。",
        escape(person),
        escape(unit)
    ))
    .with_row(vec![Button { text: "申请登记".to_owned(), data: ask }])
}

pub fn coordinators_do_not_report() -> Words {
    Words::plain("督办员不代单位反馈，以上内容没有登记。查询请在督办员群或私聊中发问。")
}

pub fn contact_asked(person: &str, unit: &str, confirm: String) -> Words {
    Words::plain(format!("{} 申请登记为{}联络员，请现有联络员或督办员确认。", escape(person), escape(unit)))
        .with_row(vec![Button { text: "同意登记".to_owned(), data: confirm }])
}

pub fn contact_confirmed(person: &str) -> Words {
    Words::plain(format!("{} 已登记为本单位联络员，请重新发送反馈。", escape(person)))
}

pub fn edit_not_understood() -> Words {
    Words::plain("修改后的内容没有看懂，仍按原反馈登记。如需撤回请发送 /undo。")
}

pub fn not_among_the_tasks(number: &str, unit: &str) -> Words {
    Words::plain(format!("第{}项不在{}的任务之列，发送 /tasks 查看。", escape(number), escape(unit)))
}

pub fn not_understood(duties: &[&Duty]) -> Words {
    let example = duties.first().map_or("5", |duty| duty.task.number.as_str());
    Words::plain(format!(
        "没有看懂，尚未登记。请写明进度，例如“第{0}项：进度60%”“{0} 已完成”“{0} 受阻，问题：…”。",
        escape(example)
    ))
    .about(duties.iter().map(|duty| duty.task.id))
}

pub fn no_such_duty(numbers: &[String], unit: &str) -> String {
    /// So many are enough to see what was meant.
    const SHOWN: usize = 10;
    let shown = escape(&numbers.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("、"));
    let more = if numbers.len() > SHOWN { format!("等{}", numbers.len()) } else { String::new() };
    format!("第{shown}{more}项不在{}的任务之列，未登记。发送 /tasks 查看。", escape(unit))
}

/// `left`: how each duty stands without what was withdrawn; `granted`: the dates that hold all the same.
pub fn withdrawn(left: &[(&Duty, (Status, Option<u8>))], granted: &[(&Duty, NaiveDate)], today: NaiveDate) -> Words {
    let numbers: Vec<_> = left.iter().map(|(duty, _)| escape(&duty.task.number)).collect();
    let mut states: Vec<String> = left.iter().map(|(_, (status, percent))| state(*status, *percent)).collect();
    let all = match states.as_slice() {
        [_] => "",
        [first, rest @ ..] if rest.iter().all(|state| state == first) => "均",
        _ => "分别",
    };
    if all == "均" {
        states.truncate(1);
    }
    let granted = granted.iter().map(|(duty, due)| {
        format!("\n第{}项已同意的延期（至{}）仍然有效。", escape(&duty.task.number), day(*due, today))
    });
    let granted: String = granted.collect();
    let plan = match left {
        [(only, _)] => plan_in_unit(only),
        _ => String::new(),
    };
    Words::plain(format!("已撤回{plan}第{}项的这次反馈，现{all}为{}。{granted}", numbers.join("、"), states.join("、")))
        .about(left.iter().map(|(duty, _)| duty.task.id))
}

/// What is said of these tasks, or of a date of them, stays.
pub fn signed_off(duties: &[&Duty]) -> String {
    let numbers: Vec<_> = duties.iter().map(|duty| escape(&duty.task.number)).collect();
    let what = if duties.iter().all(|duty| duty.status == Status::Done) { "" } else { "所报时限" };
    format!("第{}项{what}已办结，不能撤回。如有出入请联系督办员。", numbers.join("、"))
}

/// `推进中60%`, `已办结（本人核定）`
fn standing(duty: &Duty) -> String {
    match duty.self_signed {
        true => duty.standing(),
        false => state(duty.status, duty.percent),
    }
}

/// `推进中60%`
fn state(status: Status, percent: Option<u8>) -> String {
    let percent = percent.filter(|_| status == Status::InProgress).map(|percent| format!("{percent}%"));
    format!("{}{}", status.label(), percent.unwrap_or_default())
}

/// After an outage so long that Telegram has dropped what was written at its beginning.
pub fn was_away(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    let shown = |at: DateTime<Utc>| date_and_time(at.with_timezone(&zone));
    format!("机器人自{}至{}未能运行，其间的部分消息可能没有收到。如曾反馈而未见答复，请重发。", shown(from), shown(to))
}

/// After the database was restored from a copy: what came meanwhile was answered, and is lost all the same.
pub fn was_restored(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    let shown = |at: DateTime<Utc>| date_and_time(at.with_timezone(&zone));
    format!(
        "系统已从备份恢复，自{}至{}收到的部分消息没有保留。其间的反馈即使已有答复，也请重新反馈。",
        shown(from),
        shown(to)
    )
}

/// What was received is kept, but a defect of the program keeps it from being handled.
pub const SET_ASIDE: &str = "系统未能处理这条消息，原文已留存，尚未登记。请换个说法重发，或联系督办员。";
pub const PRESS_SET_ASIDE: &str = "系统未能处理这次点按，已留存，未作任何更改。请联系督办员。";

pub const NOTHING_TO_WITHDRAW: &str = "没有可以撤回的反馈。";
pub const ONLY_CONTACTS: &str = "仅本单位联络员可以操作。";
pub const ONLY_COORDINATORS: &str = "仅督办员可以操作。";
pub const STALE_BUTTON: &str = "情况已有变化，此按钮不再有效。";
/// For what no message of this chat offers.
pub const NO_BUTTON: &str = "按钮已失效，请在最新的消息上点按。";
pub const ALREADY_ANSWERED: &str = "这条反馈已经处理过了。";
pub const REVISED: &str = "已按修改后的内容更新。";
pub const ALREADY_CONTACT: &str = "已是联络员。";
pub const CONFIRMED: &str = "已登记。";
pub const ONLY_CONTACTS_OR_COORDINATORS: &str = "仅本单位联络员或督办员可以确认。";
pub const ASKED: &str = "已提出申请。";

/// `/tasks`
pub fn tasks(unit: &str, duties: &[&Duty], at: Moment) -> Vec<Words> {
    let open = duties.iter().filter(|duty| duty.status.is_open()).count();
    let head = format!("<b>{}</b> 任务 {} 项，未办结 {open} 项：", escape(unit), duties.len());
    let plans = PlanNames::of(duties.iter().map(|duty| duty.plan.as_str()));
    let lines = duties.iter().enumerate().flat_map(|(place, duty)| {
        let is_first = place.checked_sub(1).is_none_or(|before| duties[before].plan != duty.plan);
        let heading =
            (plans.are_several() && is_first).then(|| Block::text(format!("<b>《{}》</b>", escape(&duty.plan))));
        let steps = steps::lines(duty, at.today).map(|line| Block::text(format!("　{line}")));
        heading.into_iter().chain([Block::task(duty_line(duty, at), duty.task.id)]).chain(steps)
    });
    let foot = Block::text("回复本条即可反馈，例如“5 进度60%”。");
    let mut words = messages(std::iter::once(Block::text(head)).chain(lines).chain([foot]).collect());
    let openers: Vec<Button> = duties
        .iter()
        .filter(|duty| !duty.steps.is_empty())
        .take(unclear::MOST_CHOICES)
        .map(|duty| steps::opener(&duty.task))
        .collect();
    if let Some(last) = words.last_mut() {
        last.buttons.extend(openers.chunks(2).map(<[Button]>::to_vec));
    }
    words
}

/// `第5项 …　牵头　推进中60%　6月30日到期`
pub fn duty_line(duty: &Duty, at: Moment) -> String {
    let today = at.today;
    let due = match (duty.overdue_since(today), duty.next_milestone(today)) {
        (Some(due), _) => format!("｜<b>{}已逾期</b>", day(due, today)),
        (None, Some(next)) if duty.status.is_open() => format!("｜{}到期", day(next.due, today)),
        _ => suspended(duty, at).map(|why| format!("（{why}）")).unwrap_or_default(),
    };
    format!("{}｜{}｜{}{due}", task_title(&duty.task), duty.role.label(), standing(duty))
}

/// `6月27日起：机构改革`
pub(super) fn suspended(duty: &Duty, at: Moment) -> Option<String> {
    let Suspension { since, reason } = duty.suspension.as_ref()?;
    Some(format!("{}起：{}", day(at.day_of(*since), at.today), escape(&cut(reason, LONGEST_QUOTE))))
}

/// `/task 5` in a department's group; with its plan where several have a task of that number, and with the others' parts
/// where the unit leads it.
pub fn task(duty: &Duty, one_of_several: bool, others: &Others<'_>, at: Moment) -> Vec<Words> {
    let plan = if one_of_several { format!("《{}》", escape(&duty.plan)) } else { String::new() };
    let today = at.today;
    let mut blocks = vec![
        Block::task(format!("{plan}<b>第{}项</b>", escape(&duty.task.number)), duty.task.id),
        Block::text(escape(&duty.task.text)),
        Block::text(format!("{}：{}", escape(&duty.unit.name), duty_line(duty, at))),
    ];
    if !duty.task.others.is_empty() {
        blocks.insert(2, Block::text(escape(&duty.task.others)));
    }
    let standing = |milestone: &Milestone| match milestone.stands {
        _ if !duty.status.is_open() => String::new(),
        MilestoneStatus::Open => String::new(),
        MilestoneStatus::ClaimedDone => format!("，{}", Status::ClaimedDone.label()),
        MilestoneStatus::Done => format!("，{}", Status::Done.label()),
    };
    let dates = duty.milestones.iter();
    blocks.extend(dates.map(|date| Block::text(format!("{}{}", milestone_line(date, today), standing(date)))));
    if let Some(report) = &duty.last_report {
        let edited =
            if report.edited { format!("（{}修改）", day(at.day_of(report.at), today)) } else { String::new() };
        blocks.push(Block::text(format!("最近反馈{edited}：{}", repeated(&report.text, 300))));
    }
    blocks.extend(unconfirmed::blocks(duty, at));
    blocks.extend(steps::blocks(duty, today));
    blocks.extend(lead::blocks(others, at));
    let mut words = messages(blocks);
    if let Some(last) = words.last_mut() {
        last.buttons = steps::buttons(duty, View::Task);
        last.buttons.extend(lead::buttons(others));
    }
    words
}

pub(super) fn milestone_line(milestone: &Milestone, today: NaiveDate) -> String {
    let scope = milestone.scope.as_ref().map(|scope| format!("（{}）", escape(scope))).unwrap_or_default();
    let granted = match (milestone.extended, milestone.self_signed) {
        (true, true) => "本人核定延期至",
        (true, false) => "已同意延期至",
        (false, _) => "",
    };
    format!("时限：{}{scope}（{granted}{}）", escape(&milestone.text), day(milestone.due, today))
}

pub fn help() -> Words {
    Words::plain(format!(
        "<b>怎样反馈</b>：回复我的提醒，写明进度即可，例如\n· 第5项：进度60%，系统已试运行。问题：数据未打通\n· 5 已完成\n· 1. 已完成 2. 推进中30%\n<b>命令</b>：/tasks 本单位任务　/task 5 查看一项　/report 5 60% 说明　/done 5 说明　/extend 5 2019-09-30 理由 申请延期　/step 5 9月15日 完成系统联调 分解步骤　/history 5 历次反馈　/problems 本单位问题　/inspect 待答复的专项督查　/undo 撤回上一条反馈　/contacts 本单位联络员　/handover 移交联络员工作　/leave 不再担任联络员\n{NO_SECRETS}"
    ))
}

pub fn only_leads_and_coordinators() -> Words {
    Words::plain("仅督办员和该项任务的牵头单位可以催办。")
}

pub fn ask_privately() -> Words {
    Words::plain("跨单位的情况仅督办员可查，请在督办员群或私聊中查询。本单位任务请发送 /tasks。")
}

pub fn misused(usage: &str) -> Words {
    Words::plain(format!("用法：{}", escape(usage)))
}

pub fn unknown_command(name: &str) -> Words {
    Words::plain(format!("没有 /{} 这个命令，发送 /help 查看用法。", escape(&cut(name, 32))))
}
