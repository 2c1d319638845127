//! The office: what it has set up, what is kept of it, and whether it is heard.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::chat::phrases::{date_and_time, only_weekends_off};
use crate::disk;
use crate::doctor::readiness::{Readiness, readiness};
use crate::doctor::{Check, Finding};
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::safekeeping::{self, Newest};
use crate::schedule::calendar::Calendar;
use crate::settings;
use crate::store::Store;

/// A disk with less room may be full before anybody looks again.
const LEAST_ROOM: u64 = 512 << 20;
/// The daily copy is made beside the database, and verified before an old one goes.
const ROOM_IN_DATABASES: u64 = 3;
/// Weekends are no excuse: a copy is made each day.
const OLDEST_COPY_DAYS: i64 = 2;
/// The State Council tells the next year's holidays in November.
const ANNOUNCED_BY: u32 = 12;
/// Telegram keeps updates for a day.
const TELEGRAM_KEEPS: TimeDelta = TimeDelta::hours(24);
/// So many names are told.
const MOST_NAMES: usize = 5;

pub(super) struct Office {
    pub zone: Tz,
    pub readiness: Readiness,
    pub findings: Vec<Finding>,
}

pub(super) async fn look(store: &Store, path: &Path, now: DateTime<Utc>) -> Result<Office> {
    let mut tx = store.read(now).await?;
    let policy = settings::rows::policy::policy(&mut tx).await?;
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
    let moment = Moment::of(now, &policy, &calendar);
    let readiness = readiness(&mut tx).await?;
    let findings = vec![
        holidays(&calendar, &policy, moment),
        plan(&readiness),
        coordinators(&readiness),
        groups(&readiness),
        contacts(&readiness),
        backup(path, &policy, moment)?,
        last_poll(&readiness, moment),
    ];
    Ok(Office { zone: policy.timezone, readiness, findings })
}

pub(super) fn disk(path: &Path) -> Finding {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let free = match disk::free_beside(folder) {
        Ok(free) => free,
        Err(error) => return Check::Disk.ill(format!("读不到 {}：{error}", folder.display()), "请核对路径和权限"),
    };
    // What is not there yet takes nothing.
    let taken = disk::size_of(path).unwrap_or_default();
    let found = format!("可用 {}，数据库 {}", disk::shown(free), disk::shown(taken));
    if free >= LEAST_ROOM.max(taken * ROOM_IN_DATABASES) {
        Check::Disk.well(found)
    } else {
        Check::Disk.ill(found, "请腾出空间，或把数据库移到更大的磁盘；磁盘写满期间机器人停下等待，不丢已登记的内容")
    }
}

fn holidays(calendar: &Calendar, policy: &Policy, moment: Moment) -> Finding {
    let year = moment.today.year();
    let wanted = if moment.today.month() >= ANNOUNCED_BY { vec![year, year + 1] } else { vec![year] };
    match wanted.iter().find(|year| !calendar.knows(**year)) {
        None => Check::Calendar.well(format!("节假日安排已有至 {} 年", wanted[wanted.len() - 1])),
        Some(missing) => Check::Calendar.ill(
            format!("没有 {missing} 年的节假日安排，{}", only_weekends_off(&policy.weekend)),
            "请取得国务院办公厅通知的 holiday-cn 格式文件，用 duban policy holidays 文件 录入",
        ),
    }
}

fn plan(readiness: &Readiness) -> Finding {
    match readiness.plans {
        0 => Check::Plan.ill("没有未结束的方案，不会发出任何提醒", "请用 duban plan import 文件 导入方案"),
        plans => Check::Plan.well(format!("未结束的 {plans} 份，涉及单位 {} 个", readiness.units)),
    }
}

fn coordinators(readiness: &Readiness) -> Finding {
    match (readiness.coordinators, readiness.reaches_coordinators) {
        (0, _) => Check::Coordinators.ill(
            "没有督办员，办结、延期和问题无人答复",
            "请用 duban invite --coordinator 生成邀请码，由本人发送给机器人",
        ),
        (count, true) => Check::Coordinators.well(format!("{count} 人")),
        (count, false) => Check::Coordinators.ill(
            format!("{count} 人，但机器人都联系不上"),
            "请督办员私聊机器人发送 /start，或把机器人重新加入督办员群",
        ),
    }
}

fn groups(readiness: &Readiness) -> Finding {
    match readiness.without_chat.as_slice() {
        [] => Check::Groups.well(format!("{} 个单位都已绑定", readiness.units)),
        units => Check::Groups.ill(
            format!("{} 个单位没有群，收不到提醒：{}", units.len(), named(units)),
            format!("请用 duban invite {} 等逐个生成邀请码，在单位的群里发送", units[0]),
        ),
    }
}

fn contacts(readiness: &Readiness) -> Finding {
    match readiness.without_contact.as_slice() {
        [] => Check::Contacts.well("已绑定的单位都有联络员"),
        units => Check::Contacts.ill(
            format!("{} 个单位有群而没有联络员：{}", units.len(), named(units)),
            "请该单位的联络员在群里回复一次提醒，首位反馈的即登记为联络员",
        ),
    }
}

fn named(units: &[String]) -> String {
    let shown = units[..units.len().min(MOST_NAMES)].join("、");
    if units.len() > MOST_NAMES { format!("{shown}等") } else { shown }
}

fn backup(path: &Path, policy: &Policy, moment: Moment) -> Result<Finding> {
    if policy.backups == 0 {
        return Ok(Check::Backup.ill("每日备份已关闭", "请用 duban policy backups 7 打开"));
    }
    let newest = safekeeping::newest(path).context("备份文件夹读不了，请核对权限")?;
    let Some(Newest { day, count, .. }) = newest else {
        return Ok(Check::Backup.ill("还没有备份", "请启动机器人，每日自动备份；用 duban backup 另存的副本不计入"));
    };
    let found = format!("{count} 份，最近 {day}");
    Ok(match (moment.today - day).num_days() {
        days if days > OLDEST_COPY_DAYS => Check::Backup
            .ill(format!("{found}，已过 {days} 天"), "请核对机器人是否在运行、磁盘是否已满，并另存一份到别的机器"),
        _ => Check::Backup.well(found),
    })
}

fn last_poll(readiness: &Readiness, moment: Moment) -> Finding {
    let Some(polled) = readiness.last_polled else { return Check::LastPoll.well("机器人还没有运行过") };
    let found = format!("最近一次 {}", date_and_time(polled.with_timezone(&moment.zone)));
    if moment.now - polled > TELEGRAM_KEEPS {
        Check::LastPoll.ill(
            format!("{found}，已超过 24 小时，更早的消息 Telegram 不再保留"),
            "请尽快启动 duban run；启动后督办员和各群会得知须重报的时段",
        )
    } else {
        Check::LastPoll.well(found)
    }
}
