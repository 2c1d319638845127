//! The office's settings in words.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::chat::words::{Button, Words};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::moment::Moment;
use crate::office::policy::{DEFAULTS, Outside, Policy, PolicyError};
use crate::office::progress_call;
use crate::schedule::cron::Cron;

pub const CHANGED: &str = "已修改。";
/// How many of a line's next dates are shown.
const DATES_SHOWN: usize = 5;
/// Among so many they are looked for.
const DATES_LOOKED_AT: usize = 50;
/// How much of a value is shown beside the others, in characters.
const LONGEST_VALUE: usize = 40;
/// Every working day at half past eight.
const EXAMPLE: &str = "30 8 * * *";
/// How much of a value that somebody typed is quoted, in characters.
const LONGEST_QUOTE: usize = 120;

pub fn all(settings: &BTreeMap<String, String>) -> Words {
    let lines = DEFAULTS.iter().map(|(key, _, _)| with_exceptions(key, &short(settings)));
    let usage = format!(
        "修改：/policy 项目 值，例如 /policy digest {EXAMPLE}，即{}。确认后从下一次起生效。",
        in_words("digest", EXAMPLE)
    );
    let all = std::iter::once("<b>当前设置</b>".to_owned()).chain(lines).chain([usage]);
    Words::plain(all.collect::<Vec<_>>().join("\n"))
}

/// Of long values only the beginning.
fn short(settings: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let all = DEFAULTS.iter().map(|(key, default, _)| ((*key).to_owned(), (*default).to_owned()));
    let mut shown: BTreeMap<String, String> = all.collect();
    shown.extend(settings.iter().map(|(key, value)| (key.clone(), value.clone())));
    for value in shown.values_mut().filter(|value| value.chars().count() > LONGEST_VALUE) {
        *value = text::cut(&value.replace('\n', " "), LONGEST_VALUE);
    }
    shown
}

pub fn one(key: &str, settings: &BTreeMap<String, String>) -> Words {
    let shown = with_exceptions(key, settings);
    Words::plain(match key {
        progress_call::KEY => format!("{shown}\n个别单位或方案另行安排的，请运行人员用 duban policy 设定。"),
        _ => shown,
    })
}

/// A setting, and for whom it is another one.
fn with_exceptions(key: &str, settings: &BTreeMap<String, String>) -> String {
    let mut lines = vec![line(key, settings)];
    if key == progress_call::KEY {
        let exceptions = progress_call::exceptions(settings).into_iter();
        lines.extend(exceptions.map(|(scope, line)| {
            format!("　其中{}：{}", text::escape(&scope.label()), in_words(progress_call::KEY, line))
        }));
    }
    lines.join("\n")
}

fn line(key: &str, settings: &BTreeMap<String, String>) -> String {
    let known = DEFAULTS.iter().find(|(known, _, _)| *known == key);
    let (default, meaning) = known.map_or(("", ""), |(_, default, meaning)| (*default, *meaning));
    let value = settings.get(key).map_or(default, String::as_str);
    match value {
        "" => format!("{meaning}：未设置（{key}）"),
        value => format!("{meaning}：{}（{key}）", in_words(key, value)),
    }
}

/// What a change would mean; it waits for a button.
pub fn proposal(key: &str, value: &str, changed: &Policy, moment: Moment) -> Words {
    let mut lines = vec![format!("拟将“{}”改为 {}。", meaning(key), in_words(key, value))];
    let cron = match key {
        "digest" => Some(&changed.digest),
        "progress_call" => Some(&changed.progress_call),
        "briefing" => Some(&changed.briefing),
        _ => None,
    };
    if let Some(cron) = cron {
        let dates = next_dates(cron, changed, moment, key == "digest");
        lines.push(format!("接下来五次：{}。遇休息日按规则处理。", dates.join("，")));
    }
    lines.extend(outside_hours(key, &changed.outside_sending_hours()).map(|note| format!("{note}。")));
    let words = Words::plain(lines.join("\n"));
    match button::set_policy(key, value) {
        Some(data) => words.with_row(vec![Button { text: "确认修改".to_owned(), data }]),
        None => Words::plain(format!("{}\n内容较长，请运行人员用 duban policy 修改。", words.html)),
    }
}

/// Where this setting, as it is now, would have something said when nothing may be said.
pub fn outside_hours(key: &str, outside: &[Outside]) -> Option<String> {
    let is_of = |one: &&Outside| key == one.key || key == "sending_hours";
    let (mut keys, mut what) = (Vec::new(), Vec::new());
    for one in outside.iter().filter(is_of) {
        let name = if one.key == "digest" { "每日提醒" } else { "督办员周报" };
        what.push(format!("{name}定在{}", one.time.format("%-H:%M")));
        keys.push(one.key);
    }
    let hours = outside.first()?.hours;
    let (from, to) = (hours.from.format("%H:%M"), hours.to.format("%H:%M"));
    let (what, keys) = (what.join("，"), keys.join("、"));
    (!what.is_empty()).then(|| {
        format!("注意：{what}，不在可主动发消息的时段 {from}-{to} 之内，届时不会发出，改在当天{from}发出。请改 {keys} 或 sending_hours")
    })
}

/// `每个工作日8:30`, `每月25日9:00`, `每周五17:00`; what is no plain time of a day stays as it was typed.
fn in_words(key: &str, value: &str) -> String {
    when(key, value).unwrap_or_else(|| format!("<code>{}</code>", text::escape(&text::cut(value, LONGEST_QUOTE))))
}

fn when(key: &str, line: &str) -> Option<String> {
    if !["digest", "progress_call", "briefing"].contains(&key) {
        return None;
    }
    let parts: Vec<&str> = line.split_whitespace().collect();
    let [minute, hour, day, "*", weekday] = parts.as_slice() else { return None };
    let (minute, hour): (u8, u8) = (minute.parse().ok()?, hour.parse().ok()?);
    let on = match (*day, *weekday) {
        ("*", "*") if key == "digest" => "每个工作日".to_owned(),
        ("*", "*") => "每天".to_owned(),
        (day, "*") => format!("每月{}日", day.parse::<u8>().ok()?),
        ("*", weekday) => {
            let days = ["日", "一", "二", "三", "四", "五", "六", "日"];
            format!("每周{}", days.get(weekday.parse::<usize>().ok()?)?)
        }
        _ => return None,
    };
    Some(format!("{on}{hour}:{minute:02}"))
}

/// Of the reminders of a day those on days off are left out.
fn next_dates(cron: &Cron, policy: &Policy, moment: Moment, of_weekdays: bool) -> Vec<String> {
    let next = |after: &chrono::DateTime<chrono::Utc>| cron.next_after(*after, policy.timezone);
    let is_said = |at: &chrono::DateTime<chrono::Utc>| {
        !of_weekdays || !policy.weekend.days().contains(&at.with_timezone(&policy.timezone).weekday())
    };
    let dates = std::iter::successors(next(&moment.now), next).take(DATES_LOOKED_AT).filter(is_said).take(DATES_SHOWN);
    dates.map(|at| phrases::date_and_time(at.with_timezone(&policy.timezone))).collect()
}

pub fn refused(error: &PolicyError) -> Words {
    Words::plain(format!("{}，未作修改。", text::escape(&error.to_string())))
}

pub fn changed(key: &str, value: &str, person: &str) -> Words {
    Words::plain(format!(
        "{} 已将“{}”改为 {}，从下一次起生效。",
        text::escape(person),
        meaning(key),
        in_words(key, value)
    ))
}

/// In place of the proposal, whose button has done its work.
pub fn done(key: &str, value: &str, person: &str) -> Words {
    Words::plain(format!("“{}”已改为 {}（{}）。", meaning(key), in_words(key, value), text::escape(person)))
}

fn meaning(key: &str) -> &'static str {
    DEFAULTS.iter().find(|(known, _, _)| *known == key).map_or("", |(_, _, meaning)| meaning)
}
