//! 预演: what the schedule would say, for a telephone.

use chrono::{DateTime, Datelike, NaiveDate};

use crate::chat::words::{Block, Words};
use crate::chat::{phrases, text};
use crate::intent::button;
use crate::office::moment::Moment;
use crate::questions::page::turned;
use crate::reminding::item::Reason;
use crate::reminding::rehearsal::{AMENDED, Planned};
use crate::reminding::slot::Part;

/// How many tasks are named in a line before the rest is counted, and how many units.
const TASKS_NAMED: usize = 6;
const UNITS_NAMED: usize = 3;

/// A page of it, from 0: by day, one line for all chats that would hear the same.
pub fn words(planned: &[Planned], days: (NaiveDate, NaiveDate), number: usize, moment: Moment) -> Words {
    let (from, to) = days;
    let span = match from == to {
        true => phrases::day(from, moment.today),
        false => format!("{}至{}", phrases::day(from, moment.today), phrases::day(to, moment.today)),
    };
    let holidays = match planned.iter().all(|message| message.holidays_known) {
        true => "",
        false => "\n部分日期没有节假日安排，仅以每周休息日为准。",
    };
    let head = format!("<b>预演</b>　{span}，共 {} 条，按目前情况，没有发送。{holidays}", planned.len());
    let mut lines: Vec<Block> = Vec::new();
    for of_moment in planned.chunk_by(|one, next| one.at == next.at) {
        let when = of_moment.first().map(|message| title(&message.at, moment)).unwrap_or_default();
        let mut told: Vec<(String, Vec<&Planned>)> = Vec::new();
        for message in of_moment {
            let what = what(message);
            match told.iter_mut().find(|(known, _)| *known == what) {
                Some((_, to)) => to.push(message),
                None => told.push((what, vec![message])),
            }
        }
        let mut of_day = told.into_iter().map(|(what, to)| format!("{}：{what}", names(&to)));
        // The day stays with its first line.
        lines.extend(of_day.next().map(|first| Block::text(format!("{when}\n{first}"))));
        lines.extend(of_day.map(Block::text));
    }
    turned(&head, &lines, number, |page| button::preview(from, to, page))
}

/// `<b>6月27日（周四）09:00</b>`
fn title(at: &str, moment: Moment) -> String {
    let Ok(at) = DateTime::parse_from_rfc3339(at) else { return String::new() };
    let date = at.date_naive();
    format!("<b>{}（{}）{}</b>", phrases::day(date, moment.today), phrases::weekday(date.weekday()), at.format("%H:%M"))
}

fn names(to: &[&Planned]) -> String {
    let named = to.iter().take(UNITS_NAMED).map(|message| {
        let untold = match (message.bound, message.silenced) {
            (false, _) => "〔未绑定〕",
            (true, true) => "〔已停止提醒〕",
            (true, false) => "",
        };
        format!("{}{untold}", text::escape(&message.unit))
    });
    let named = named.collect::<Vec<_>>().join("、");
    if to.len() > UNITS_NAMED { format!("{named}等 {} 个单位", to.len()) } else { named }
}

fn what(message: &Planned) -> String {
    if message.kind == Part::Briefing.key() {
        return "周报".to_owned();
    }
    let reasons = [
        Reason::Assigned,
        Reason::Overdue,
        Reason::DueToday,
        Reason::DueSoon,
        Reason::Step,
        Reason::Recurring,
        Reason::Escalation,
        Reason::ProgressCall,
        Reason::Later,
    ];
    let parts = reasons.into_iter().map(Reason::label).chain([AMENDED]).filter_map(|label| {
        let alike = message.items.iter().filter(|item| item.label() == label);
        let tasks: Vec<&str> = alike.filter_map(|item| item.task.as_deref()).collect();
        let named = tasks.iter().take(TASKS_NAMED).map(|task| text::escape(task)).collect::<Vec<_>>().join("、");
        match tasks.len() {
            0 => None,
            count if count > TASKS_NAMED => Some(format!("{label} 第{named}项等 {count} 项")),
            _ => Some(format!("{label} 第{named}项")),
        }
    });
    let inspected = message.items.iter().any(|item| item.inspection.is_some());
    parts.chain(inspected.then(|| "专项督查".to_owned())).collect::<Vec<_>>().join("；")
}
