//! What the schedule says: the digest of a day.

pub mod clock;
pub mod mention;
pub mod preview;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::chat::words::{Block, Words, messages, without_moments};
use crate::chat::{phrases, text};
use crate::office::duty;
use crate::office::duty::{Heard, TaskRef};
use crate::office::mention::Mentioned;
use crate::office::status::Status;
use crate::reminding::digest::Digest;
use crate::reminding::item::{Item, Reason, Recipient};
use crate::reminding::sentences;
use crate::{assigning, inspections, reporting, steps};

/// How many rows of buttons stand below a digest.
const MOST_ROWS: usize = 8;
/// Telegram keeps so many marks of a message and drops those behind them; mentions stand last.
const MOST_MARKS: usize = 100;
/// How much of a step is repeated.
const LONGEST_STEP: usize = 40;

/// The digest as messages: nearly always one, none where there is nothing to say. The last one calls those who are mentioned.
pub fn words(digest: &Digest, today: NaiveDate, zone: Tz, made_up_for: bool, mentioned: &[Mentioned]) -> Vec<Words> {
    if digest.is_empty() {
        return Vec::new();
    }
    let at = (today, zone);
    let mark = if made_up_for { "（补发）" } else { "" };
    let date = format!("{}月{}日（{}）", today.month(), today.day(), phrases::weekday(today.weekday()));
    let head = match &digest.to {
        Recipient::Unit(unit) => format!("【工作提醒】{mark}<b>{}</b>　{date}", text::escape(&unit.name)),
        Recipient::Coordinators => format!("【督办提醒】{mark}{date}"),
    };
    let mut blocks = vec![Block::text(head)];
    let unreached = digest.items.iter().any(|item| !item.unreached.is_empty());
    let silent = match (&digest.to, unreached) {
        (Recipient::Unit(_), false) => "逾期后一直未反馈，请牵头催办并反馈：",
        (Recipient::Unit(_), true) => "逾期后未反馈或未能通知，请牵头联系并反馈：",
        (Recipient::Coordinators, false) => "逾期后一直未反馈，请协调：",
        (Recipient::Coordinators, true) => "逾期后未反馈或未能通知，请协调：",
    };
    let parts = [
        ("新交办：", Reason::Assigned),
        ("已到期未办结：", Reason::Overdue),
        ("今日到期：", Reason::DueToday),
        ("临近到期：", Reason::DueSoon),
        ("定期反馈：", Reason::Recurring),
        (silent, Reason::Escalation),
        ("请反馈进展：", Reason::ProgressCall),
        ("按贵单位要求再次提醒：", Reason::Later),
    ];
    for (title, reason) in parts {
        let items: Vec<&Item> = digest.items.iter().filter(|item| item.reason == reason).collect();
        if !items.is_empty() {
            blocks.push(Block::text(format!("<b>{title}</b>")));
            blocks.extend(by_plan(&items, digest).into_iter().flat_map(|(plan, items)| {
                let heading = plan.map(|plan| Block::text(format!("《{}》", text::escape(plan))));
                heading.into_iter().chain(lines(&items, &digest.to, at))
            }));
        }
    }
    blocks.extend(assigning::sentences::changes(digest, today));
    if !digest.calls.is_empty() {
        blocks.push(Block::text("<b>专项督查，请答复：</b>"));
        let calls = digest.calls.iter().enumerate();
        blocks.extend(calls.map(|(place, call)| inspections::sentences::called(call, &due(call.due, at), place == 0)));
    }
    if !digest.ended.is_empty() {
        blocks.push(Block::text("<b>专项督查到期关闭：</b>"));
        blocks.extend(digest.ended.iter().map(|ended| Block::text(inspections::sentences::ended(ended, today))));
    }
    blocks.extend(reporting::sentences::unconfirmed::reminder(&digest.unconfirmed, today, zone).map(Block::text));
    if matches!(digest.to, Recipient::Unit(_)) {
        blocks.extend(how_to_answer(digest).map(Block::text));
        if !digest.calls.is_empty() && !digest.items.is_empty() {
            blocks.push(Block::text("答复专项督查请写明，例如“督查：已自查，无问题”。"));
        }
    }
    blocks.extend(sentences::mention::line(mentioned));
    let mut words = messages(blocks);
    // A press would say nothing of what an inspection asks for.
    if matches!(digest.to, Recipient::Unit(_)) && digest.calls.is_empty() {
        for (part, words) in words.iter_mut().enumerate() {
            let asked = asked_in(words, digest);
            words.buttons = reporting::sentences::tap::rows(&asked, asked.len() == words.tasks.len(), (today, part));
        }
    }
    if let Some(last) = words.last_mut() {
        if !mentioned.is_empty() && last.html.matches("</").count() > MOST_MARKS {
            last.html = without_moments(&last.html);
        }
        let mut openers: Vec<_> = digest
            .items
            .iter()
            .filter(|item| item.step.is_some())
            .map(|item| steps::sentences::opener(&item.task))
            .collect();
        openers.dedup();
        last.buttons.extend(openers.chunks(2).take(MOST_ROWS).map(<[_]>::to_vec));
    }
    words
}

/// The tasks of which a message asks the unit itself something. Who reads of a step would take 已完成 for that of the step.
fn asked_in<'d>(words: &Words, digest: &'d Digest) -> Vec<&'d TaskRef> {
    let asks =
        |item: &&Item| item.reason != Reason::Escalation && item.step.is_none() && words.tasks.contains(&item.task.id);
    let mut asked: Vec<&TaskRef> = Vec::new();
    for item in digest.items.iter().filter(asks) {
        if !asked.contains(&&item.task) {
            asked.push(&item.task);
        }
    }
    asked
}

/// The lines by their plans, where a digest names tasks of several: in one order throughout.
fn by_plan<'d>(items: &[&'d Item], digest: &'d Digest) -> Vec<(Option<&'d str>, Vec<&'d Item>)> {
    if !is_of_several_plans(digest) {
        return vec![(None, items.to_vec())];
    }
    let mut plans: Vec<Option<&str>> = digest.items.iter().map(|item| item.plan.as_deref()).collect();
    plans.sort_unstable();
    plans.dedup();
    let of = |plan: Option<&str>| items.iter().filter(|item| item.plan.as_deref() == plan).copied().collect();
    let parts = plans.into_iter().map(|plan| (plan, of(plan)));
    parts.filter(|(_, items): &(_, Vec<&Item>)| !items.is_empty()).collect()
}

fn is_of_several_plans(digest: &Digest) -> bool {
    let first = digest.items.first().and_then(|item| item.plan.as_deref());
    digest.items.iter().any(|item| item.plan.as_deref() != first)
}

/// A line each, but one line for all that a unit shares with a whole collective and that are due on the same day.
fn lines(items: &[&Item], to: &Recipient, at: (NaiveDate, Tz)) -> Vec<Block> {
    let has_scope = |item: &Item| item.milestone.as_ref().is_some_and(|milestone| milestone.scope.is_some());
    let is_shared = |item: &Item| item.collective && item.step.is_none() && !has_scope(item) && item.missed == 0;
    let (mut shared, own): (Vec<&Item>, Vec<&Item>) = items.iter().copied().partition(|item| is_shared(item));
    shared.sort_by_key(|item| item.due());
    let own = own.into_iter().map(|item| Block::task(line(item, to, at), item.task.id));
    let shared = shared.chunk_by(|one, next| one.due() == next.due()).map(|alike| match alike {
        [only] => Block::task(line(only, to, at), only.task.id),
        alike => {
            let tasks = alike.iter().map(|item| item.task.id).collect();
            Block { tasks, ..Block::text(shared_line(alike, at)) }
        }
    });
    own.chain(shared).collect()
}

fn shared_line(alike: &[&Item], at: (NaiveDate, Tz)) -> String {
    let numbers: Vec<String> = alike.iter().map(|item| text::escape(&item.task.number)).collect();
    let date = alike.first().and_then(|item| item.due());
    let date = date.map(|date| format!("：{}", due(date, at))).unwrap_or_default();
    format!("共同任务 第{}项{date}{}", numbers.join("、"), heard_of_all(alike, at))
}

/// `；上次均为推进中，6月14日`, `；上次：推进中12项、未反馈6项，6月14日`: of many tasks in one line.
fn heard_of_all(alike: &[&Item], (today, zone): (NaiveDate, Tz)) -> String {
    let Some(last) = alike.iter().filter_map(|item| item.heard.as_ref()).map(|heard| heard.at).max() else {
        return String::new();
    };
    let said = |item: &Item| match &item.heard {
        Some(Heard { status, trouble: Some(_), .. }) if *status == Status::NotStarted => "有困难",
        Some(heard) => heard.status.label(),
        None => "未反馈",
    };
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for said in alike.iter().map(|item| said(item)) {
        match counts.iter_mut().find(|(known, _)| *known == said) {
            Some((_, count)) => *count += 1,
            None => counts.push((said, 1)),
        }
    }
    let on = phrases::day(last.with_timezone(&zone).date_naive(), today);
    match counts.as_slice() {
        [(all, _)] => format!("；上次均为{all}，{on}"),
        counts => {
            let counts: Vec<String> = counts.iter().map(|(said, count)| format!("{said}{count}项")).collect();
            format!("；上次：{}，{on}", counts.join("、"))
        }
    }
}

fn line(item: &Item, to: &Recipient, at: (NaiveDate, Tz)) -> String {
    let lead = if item.role == duty::Role::Lead && item.silent.is_empty() { "（牵头）" } else { "" };
    let scope = item.milestone.as_ref().and_then(|milestone| milestone.scope.as_deref());
    let scope = scope.map(|scope| format!("〔{}〕", text::escape(scope))).unwrap_or_default();
    let step = item.step.as_ref().map(|step| format!("　步骤“{}”", text::escape(&text::cut(&step.text, LONGEST_STEP))));
    let step = step.unwrap_or_default();
    let due = item.due().map(|date| format!("：{}", due(date, at))).unwrap_or_default();
    let every = item.milestone.as_ref().filter(|_| item.reason == Reason::Recurring);
    let every = every.map(|date| format!("〔{}〕", text::escape(&date.text))).unwrap_or_default();
    let missed = if item.missed > 0 { format!("；此前缺报{}期", item.missed) } else { String::new() };
    let name = |silent: &String| match to {
        Recipient::Unit(own) if own.name == *silent => "贵单位".to_owned(),
        _ => {
            let reach = item.unreached.iter().find(|(unit, _)| unit == silent).map(|(_, reach)| reach.mark());
            format!("{}{}", text::escape(silent), reach.unwrap_or_default())
        }
    };
    let silent = match item.silent.as_slice() {
        [] => String::new(),
        [only] => format!("，{}", name(only)),
        [one, two] => format!("，{}、{}", name(one), name(two)),
        [one, two, ..] => format!("，{}、{}等{}个单位", name(one), name(two), item.silent.len()),
    };
    let heard = item.heard.as_ref().map(|heard| last_heard(heard, at)).unwrap_or_default();
    let title = text::escape(&item.task.short_title());
    format!("第{}项 {title}{lead}{scope}{every}{step}{due}{silent}{missed}{heard}", text::escape(&item.task.number))
}

/// `；上次：推进中60%，6月25日`
fn last_heard(heard: &Heard, (today, zone): (NaiveDate, Tz)) -> String {
    let on = phrases::day(heard.at.with_timezone(&zone).date_naive(), today);
    format!("；上次：{}，{on}", phrases::heard(heard))
}

fn due(due: NaiveDate, (today, zone): (NaiveDate, Tz)) -> String {
    let date = phrases::deadline(due, today, zone);
    match (due - today).num_days() {
        0 => format!("{date}，今日到期"),
        1 => format!("{date}，明日到期"),
        days @ 2.. => format!("{date}，还有{days}天"),
        days => format!("{date}，已逾期{}天", -days),
    }
}

fn how_to_answer(digest: &Digest) -> Option<String> {
    let several = is_of_several_plans(digest);
    let called = |item: &Item| match item.plan.as_ref().filter(|_| several) {
        Some(plan) => format!("{}第{}项", text::escape(plan), text::escape(&item.task.number)),
        None => text::escape(&item.task.number),
    };
    let mut tasks: Vec<String> = digest.items.iter().map(called).collect();
    tasks.truncate(2);
    let how = match tasks.as_slice() {
        [] if digest.calls.is_empty() => return None,
        [] => "请回复本条答复，可附图片或文件。".to_owned(),
        [first, second] if first != second => {
            format!("请回复本条逐项写明进展，例如“{first} 正在推进，{second} 无变化”；有困难请一并说明。")
        }
        _ => "请回复本条写明进展，有困难请一并说明。".to_owned(),
    };
    Some(how)
}

/// After an outage so long that Telegram has dropped what was written at its beginning.
pub fn was_away(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    let shown = |at: DateTime<Utc>| phrases::date_and_time(at.with_timezone(&zone));
    format!("机器人自{}至{}未能运行，其间的部分消息可能没有收到。如曾反馈而未见答复，请重发。", shown(from), shown(to))
}

/// After the database was restored from a copy: what came meanwhile was answered, and is lost all the same.
pub fn was_restored(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> String {
    let shown = |at: DateTime<Utc>| phrases::date_and_time(at.with_timezone(&zone));
    format!(
        "系统已从备份恢复，自{}至{}收到的部分消息没有保留。其间的反馈即使已有答复，也请重新反馈。",
        shown(from),
        shown(to)
    )
}
