//! A full disk is waited out: what could not be kept is tried again until there is room. Nothing is acknowledged meanwhile,
//! because acknowledging comes after keeping.

use std::time::Duration;

use anyhow::Result;
use tokio::sync::watch;

use crate::store;

const LOOKED_AT_AGAIN: Duration = Duration::from_secs(1);

/// Takes a step that keeps something, again and again while the disk is full.
///
/// # Errors
/// Those of the step that have another reason, or where `shutdown` comes before there is room.
pub async fn with_room<T>(mut step: impl AsyncFnMut() -> Result<T>, shutdown: &mut watch::Receiver<bool>) -> Result<T> {
    let mut told = false;
    loop {
        let error = match step().await {
            Err(error) if is_full(&error) && !*shutdown.borrow() => error,
            outcome => return outcome,
        };
        if !told {
            tracing::error!(%error, "the disk is full; goes on when there is room");
            told = true;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOKED_AT_AGAIN) => {}
            _ = shutdown.changed() => {}
        }
    }
}

fn is_full(error: &anyhow::Error) -> bool {
    error.downcast_ref::<store::Error>().is_some_and(store::Error::is_full)
}
