//! Documents that coordinators send: fetched, read, and shown. Nothing is stored as a plan before a coordinator agrees.

use std::time::Duration;

use anyhow::Result;
use sha2::{Digest, Sha256};
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::importing::rows;
use crate::importing::rows::WantedDocument;
use crate::office::plan::Draft;
use crate::room::with_room;
use crate::store::Store;
use crate::telegram::Telegram;
use crate::telegram::fault::Fault;

/// How often fetching is tried before the coordinator is told.
const TRIES: u32 = 3;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const UNUSUAL: &str = "文件内容异常，无法读取。请另存为 .docx 或 .txt 后重新发送";

/// Reads documents until `shutdown`. `arrived` tells of new ones, `posted` of answers.
pub async fn read_documents(
    store: &Store,
    telegram: &Telegram,
    clock: &Clock,
    (arrived, posted): (&Notify, &Notify),
    mut shutdown: watch::Receiver<bool>,
) -> Result<()> {
    while !*shutdown.borrow() {
        let wanted = rows::wanted_document(&mut store.read(clock.now()).await?).await?;
        let Some(wanted) = wanted else {
            tokio::select! {
                () = arrived.notified() => {}
                () = tokio::time::sleep(LONGEST_WAIT) => {}
                _ = shutdown.changed() => {}
            }
            continue;
        };
        let read = tokio::select! {
            read = read(telegram, &wanted) => read,
            // It is fetched again after the next start.
            _ = shutdown.changed() => return Ok(()),
        };
        let show = async || show(store, clock, &wanted, &read).await;
        with_room(show, &mut shutdown).await?;
        posted.notify_one();
    }
    Ok(())
}

/// Shows what was read, or why nobody can tell. What cannot be kept is refused, or it would be read again for ever.
async fn show(store: &Store, clock: &Clock, wanted: &WantedDocument, read: &Read) -> Result<()> {
    let mut tx = store.begin(clock.now()).await?;
    let shown = match read {
        Ok((draft, digest)) => rows::show_document(&mut tx, wanted.id, draft, digest).await,
        Err(why) => rows::refuse_document(&mut tx, wanted.id, why).await,
    };
    match shown {
        Ok(()) => return Ok(tx.commit().await?),
        Err(error) if error.is_the_databases() => return Err(error.into()),
        Err(error) => tracing::error!(%error, "文件未能留存"),
    }
    drop(tx);
    let mut tx = store.begin(clock.now()).await?;
    rows::refuse_document(&mut tx, wanted.id, UNUSUAL).await?;
    Ok(tx.commit().await?)
}

/// What a document says and its digest, or why nobody can tell, in words for the coordinator.
type Read = Result<(Draft, Vec<u8>), String>;

async fn read(telegram: &Telegram, wanted: &WantedDocument) -> Read {
    // What cannot be read in any case is not fetched.
    crate::plan::check(&wanted.name, 0).map_err(|refusal| refusal.to_string())?;
    let bytes = fetch(telegram, &wanted.file_id).await?;
    crate::plan::check(&wanted.name, bytes.len() as u64).map_err(|refusal| refusal.to_string())?;
    let name = wanted.name.clone();
    // Reading a long document takes a while, and one that is made to do harm must take nobody else with it.
    let read = tokio::task::spawn_blocking(move || {
        let draft = crate::plan::read(&name, &bytes).map_err(|refusal| refusal.to_string())?;
        Ok((draft, Sha256::digest(&bytes).to_vec()))
    });
    read.await.unwrap_or_else(|_| Err(UNUSUAL.to_owned()))
}

async fn fetch(telegram: &Telegram, file_id: &str) -> Result<Vec<u8>, String> {
    let mut tries = 1;
    loop {
        match telegram.download(file_id).await {
            Ok(bytes) => return Ok(bytes),
            Err(Fault::Refused(why)) if why.contains("too big") => {
                return Err("文件超过 20 MB，机器人取不到。请去掉图片等附件后重新发送".to_owned());
            }
            Err(fault @ Fault::Refused(_)) => {
                tracing::warn!(%fault, "没有取到文件");
                return Err("没有取到文件，请重新发送".to_owned());
            }
            Err(fault) if tries >= TRIES => {
                tracing::warn!(%fault, "没有取到文件");
                return Err("连接不畅，没有取到文件，请稍后重新发送".to_owned());
            }
            Err(fault) => {
                tracing::warn!(%fault, tries, "没有取到文件，稍后再试");
                tries += 1;
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
        }
    }
}
