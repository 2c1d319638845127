//! Files of reports are fetched: one at a time, beside everything else, so that nobody waits for it. What was not finished
//! when the process ended is fetched after the next start.

use std::time::Duration;

use anyhow::Result;
use sha2::{Digest as _, Sha256};
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::evidence::rules::{Failure, again};
use crate::evidence::{Digest, Wanted, rows};
use crate::office::keeping::Keeping;
use crate::room::with_room;
use crate::settings;
use crate::store::Store;
use crate::store::hexadecimal;
use crate::telegram::Telegram;
use crate::telegram::fault::Fault;

/// How often a file that waits for its next try is looked for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Between two files, so that whoever sends a thousand costs others nothing.
const BETWEEN_FILES: Duration = Duration::from_secs(1);
/// Where Telegram is not reached, the others wait as well.
const UNREACHED: Duration = Duration::from_secs(30);
const REHEARSED: Duration = Duration::from_millis(10);
/// What one transaction writes, in bytes; answers wait for no more than that.
const PIECE: usize = 1 << 20;

/// Fetches until `shutdown`. `arrived` tells of new reports. Only a rehearsal does without the pauses that spare Telegram.
pub async fn fetch_evidence(
    store: &Store,
    telegram: &Telegram,
    clock: &Clock,
    (arrived, paced): (&Notify, bool),
    mut shutdown: watch::Receiver<bool>,
) -> Result<()> {
    while !*shutdown.borrow() {
        let mut view = store.read(clock.now()).await?;
        let keeping = settings::rows::policy::policy(&mut view).await?.evidence;
        let wanted = match keeping {
            Keeping::Reference => None,
            Keeping::Hash | Keeping::Keep { .. } => rows::wanted(&mut view).await?,
        };
        drop(view);
        let Some(wanted) = wanted else {
            tokio::select! {
                () = arrived.notified() => {}
                () = tokio::time::sleep(LONGEST_WAIT) => {}
                _ = shutdown.changed() => {}
            }
            continue;
        };
        let fetched = tokio::select! {
            fetched = fetch(telegram, &wanted.file_id) => fetched,
            _ = shutdown.changed() => return Ok(()),
        };
        let settle = async || settle(store, clock, &wanted, &fetched, keeping).await;
        with_room(settle, &mut shutdown).await?;
        let pause = match &fetched {
            _ if !paced => REHEARSED,
            Err(Failure::Unreached) => UNREACHED,
            Ok(_) | Err(Failure::Refused | Failure::TooBig) => BETWEEN_FILES,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = shutdown.changed() => {}
        }
    }
    Ok(())
}

/// A file with its digest.
struct Fetched {
    digest: Digest,
    bytes: Vec<u8>,
}

async fn fetch(telegram: &Telegram, file_id: &str) -> Result<Fetched, Failure> {
    let bytes = telegram.download(file_id).await.map_err(|fault| {
        tracing::warn!(%fault, "没有取到佐证");
        failure(&fault)
    })?;
    let digested = tokio::task::spawn_blocking(move || Fetched { digest: digest(&bytes), bytes }).await;
    digested.map_err(|_| Failure::Unreached)
}

pub fn failure(fault: &Fault) -> Failure {
    match fault {
        Fault::Refused(why) if why.contains("too big") => Failure::TooBig,
        Fault::Refused(_) => Failure::Refused,
        Fault::WrongToken
        | Fault::Conflict
        | Fault::Wait(_)
        | Fault::Redirected
        | Fault::Network(_)
        | Fault::Unreadable => Failure::Unreached,
    }
}

pub fn digest(bytes: &[u8]) -> Digest {
    Digest { sha256: hexadecimal(&Sha256::digest(bytes)), size: bytes.len() as u64 }
}

async fn settle(
    store: &Store,
    clock: &Clock,
    wanted: &Wanted,
    fetched: &Result<Fetched, Failure>,
    keeping: Keeping,
) -> Result<()> {
    let kept = match fetched {
        Ok(fetched) => keep(store, clock, fetched, keeping).await?,
        Err(_) => false,
    };
    let mut tx = store.begin(clock.now()).await?;
    match fetched {
        Ok(fetched) => rows::settle(&mut tx, &wanted.file_id, &fetched.digest, kept).await?,
        Err(failure) => match again(*failure, wanted.tries + 1) {
            Some(pause) => rows::put_off(&mut tx, &wanted.file_id, pause).await?,
            None => rows::give_up(&mut tx, &wanted.file_id, failure.label()).await?,
        },
    }
    Ok(tx.commit().await?)
}

/// Whether the bytes are kept, each piece by a change of its own. Pieces that are there already are the same.
async fn keep(store: &Store, clock: &Clock, fetched: &Fetched, keeping: Keeping) -> Result<bool> {
    let already = rows::bytes_kept(&mut store.read(clock.now()).await?, &fetched.digest.sha256).await?;
    if !keeping.keeps(fetched.digest.size, already) {
        return Ok(false);
    }
    for (part, bytes) in (0..).zip(fetched.bytes.chunks(PIECE)) {
        let mut tx = store.begin(clock.now()).await?;
        rows::keep_piece(&mut tx, &fetched.digest.sha256, part, bytes).await?;
        tx.commit().await?;
    }
    Ok(true)
}
