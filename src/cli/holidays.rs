//! `duban policy holidays`: the years whose holidays are known, and another one read in.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::cli::is_yet_to_be;
use crate::cli::say::say;
use crate::office::policy::Policy;
use crate::schedule::calendar::Calendar;
use crate::settings::rows::holidays::HolidayYear;
use crate::store::Store;
use crate::store::ledger::Actor;
use crate::{files, settings};

/// What stands in the place of a setting's name.
pub const KEY: &str = "holidays";

pub async fn holidays(database: &str, file: Option<&Path>, now: DateTime<Utc>) -> Result<()> {
    let text = match file {
        Some(file) => {
            let text = files::read_text(file, files::LARGEST);
            Some(text.with_context(|| format!("读不了 {}，请核对路径和权限", file.display()))?)
        }
        None if is_yet_to_be(database)? => return show(&[], Policy::default().timezone),
        None => None,
    };
    let store = Store::open_or_create(database).await?;
    let mut tx = store.begin(now).await?;
    if let Some(text) = text {
        settings::rows::holidays::read_holidays(&mut tx, &text, Actor::Operator).await?;
    }
    let (zone, own) = (
        settings::rows::policy::policy(&mut tx).await?.timezone,
        settings::rows::holidays::holiday_years(&mut tx).await?,
    );
    tx.commit().await?;
    store.close().await;
    show(&own, zone)
}

fn show(own: &[HolidayYear], zone: Tz) -> Result<()> {
    let shipped: Vec<String> = Calendar::china()
        .years()
        .filter(|year| own.iter().all(|read| read.notice.year != *year))
        .map(|year| year.to_string())
        .collect();
    say!("随程序提供：{}", shipped.join("、"))?;
    for read in own {
        let (off, worked) = read.notice.counts();
        let day = read.read_at.with_timezone(&zone).date_naive();
        say!("{}：{day} 录入，放假 {off} 天，调休上班 {worked} 天", read.notice.year)?;
    }
    say!("其余年份仅以每周休息日为准。")?;
    Ok(())
}
