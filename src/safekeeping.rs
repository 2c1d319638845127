//! A copy of the database each day, beside it, and so many of them kept.
//!
//! The copies are numbered, and the numbers say which are the newest: the day in a name is that of a clock, which may have
//! been wrong.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::office::moment::Moment;
use crate::store::{Store, Tx, UNFINISHED, discard_unfinished, outbox};
use crate::{files, reminding, settings};

/// Makes the copy of the day, if the office wants one and the day has none yet, and removes the oldest ones. That it
/// failed is told to the coordinators, once a day.
pub async fn keep_safe(store: &Store, database: &Path, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    let mut view = store.read(now).await?;
    let (policy, tried_on) =
        (settings::rows::policy::policy(&mut view).await?, settings::rows::backup_tried_on(&mut view).await?);
    let moment = settings::rows::moment(&mut view).await?;
    drop(view);
    if policy.backups == 0 || tried_on == Some(moment.today) {
        return Ok(());
    }
    let made = back_up(store, database, moment, policy.backups).await;
    if let Err(error) = &made {
        tracing::error!(error = format!("{error:#}"), "每日备份失败");
    }
    let mut tx: Tx = store.begin(now).await?;
    settings::rows::set_backup_tried_on(&mut tx, moment.today).await?;
    if let Err(error) = made {
        outbox::tell_coordinators(
            &mut tx,
            &reminding::sentences::clock::not_backed_up(&format!("{error:#}")),
            moment.opening,
        )
        .await?;
    }
    Ok(tx.commit().await?)
}

/// The newest of the daily copies.
pub struct Newest {
    /// As the clock of that day had it.
    pub day: NaiveDate,
    pub path: PathBuf,
    /// How many there are.
    pub count: usize,
}

/// `None` where there is none.
pub fn newest(database: &Path) -> io::Result<Option<Newest>> {
    let folder = folder_of(database);
    if !folder.exists() {
        return Ok(None);
    }
    let mut copies = copies(&folder)?;
    let count = copies.len();
    Ok(copies.pop().map(|(place, path)| Newest { day: place.day, path, count }))
}

/// At the start: what an interrupted backup left is removed, and no copy stays readable by others. The bot goes on
/// without; the backup of the day tells the coordinators what stands in its way.
pub fn tidy(database: &Path) {
    let folder = folder_of(database);
    if !folder.exists() {
        return;
    }
    let tidied = files::make_private(&folder).and_then(|()| {
        for path in paths_in(&folder)? {
            match path.extension() {
                Some(ending) if ending == UNFINISHED => discard_unfinished(&path),
                _ if place_of(&path).is_some() => files::make_private(&path)?,
                // Other files are nobody's business here.
                _ => {}
            }
        }
        Ok(())
    });
    if let Err(error) = tidied {
        tracing::error!(%error, folder = %folder.display(), "备份文件夹读不了");
    }
}

async fn back_up(store: &Store, database: &Path, moment: Moment, kept: u32) -> Result<()> {
    let folder = folder_of(database);
    create_private_folder(&folder).with_context(|| format!("不能建立 {}", folder.display()))?;
    let cannot_read = || format!("不能读 {}", folder.display());
    let number = copies(&folder).with_context(cannot_read)?.last().map_or(0, |(place, _)| place.number) + 1;
    let target = folder.join(name_of(number, moment.today));
    store.back_up(&target, moment.now).await?;
    tracing::info!(file = %target.display(), "已备份");
    let copies = copies(&folder).with_context(cannot_read)?;
    for (_, old) in &copies[..copies.len().saturating_sub(kept as usize)] {
        std::fs::remove_file(old).with_context(|| format!("不能删除 {}", old.display()))?;
    }
    Ok(())
}

fn folder_of(database: &Path) -> PathBuf {
    database.with_added_extension("backups")
}

/// Where a copy stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    number: u64,
    day: NaiveDate,
}

fn name_of(number: u64, day: NaiveDate) -> String {
    format!("duban-{number:06}-{day}.db")
}

/// Earlier versions gave no number; what they left is older than all that has one.
fn place_of(path: &Path) -> Option<Place> {
    let name = path.file_name()?.to_str()?.strip_prefix("duban-")?.strip_suffix(".db")?;
    if let Ok(day) = name.parse() {
        return Some(Place { number: 0, day });
    }
    let (number, day) = name.split_once('-')?;
    let place = Place { number: number.parse().ok()?, day: day.parse().ok()? };
    // Nobody's hand may give the last number of all.
    (path.ends_with(name_of(place.number, place.day)) && place.number < u64::from(u32::MAX)).then_some(place)
}

/// The copies, oldest first.
fn copies(folder: &Path) -> io::Result<Vec<(Place, PathBuf)>> {
    let placed = paths_in(folder)?.into_iter().filter_map(|path| Some((place_of(&path)?, path)));
    let mut copies: Vec<_> = placed.collect();
    copies.sort_unstable();
    Ok(copies)
}

fn paths_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_for_more_than_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "duban-2099-01-01.db",
            "duban-2019-06-27.db",
            "duban-000002-2019-06-28.db",
            "duban-000001-2099-01-01.db",
            "duban-1234567-2019-06-29.db",
            "duban-000003-2019-06-28.db.unfinished",
            "duban-18446744073709551615-2019-06-28.db",
            "duban-3-2019-06-28.db",
            "duban-letter.db",
            "letter.txt",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let copies = copies(folder.path()).unwrap();
        let sorted: Vec<_> = copies.iter().map(|(_, path)| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(
            sorted,
            [
                "duban-2019-06-27.db",
                "duban-2099-01-01.db",
                "duban-000001-2099-01-01.db",
                "duban-000002-2019-06-28.db",
                "duban-1234567-2019-06-29.db",
            ]
        );
        tidy(&folder.path().join("none"));
    }
}
