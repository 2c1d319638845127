//! A full disk and a database that somebody else holds are waited out: what could not be kept is tried again. Nothing is
//! acknowledged meanwhile, because acknowledging comes after keeping.

use std::time::Duration;

use anyhow::Result;
use tokio::sync::watch;

use crate::store;

const LOOKED_AT_AGAIN: Duration = Duration::from_secs(1);

/// Takes a step that keeps something, again and again while there is no room for it.
///
/// # Errors
/// Those of the step that have another reason, or where `shutdown` comes before there is room.
pub async fn with_room<T>(mut step: impl AsyncFnMut() -> Result<T>, shutdown: &mut watch::Receiver<bool>) -> Result<T> {
    let mut told = false;
    loop {
        let error = match step().await {
            Err(error) if passes(&error) && !*shutdown.borrow() => error,
            outcome => return outcome,
        };
        if !told {
            tracing::error!(%error, "磁盘已满，或数据库被另一个程序占用；恢复后继续");
            told = true;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOKED_AT_AGAIN) => {}
            _ = shutdown.changed() => {}
        }
    }
}

fn passes(error: &anyhow::Error) -> bool {
    error.downcast_ref::<store::Error>().is_some_and(|error| error.is_full() || error.is_held_up())
}
