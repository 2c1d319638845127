//! getUpdates: the long poll, of which only the latest one lives.

use std::time::Duration;

use serde_json::Value;

use super::fault::{Fault, Outcome};
use super::parameters::Parameters;
use crate::sandbox::Sandbox;
use crate::sandbox::state::State;

const LONGEST_POLL: u64 = 50;
const LARGEST_BATCH: i64 = 100;

pub(super) async fn get_updates(sandbox: &Sandbox, parameters: &Parameters) -> Outcome {
    let timeout = parameters.integer("timeout").unwrap_or_default();
    let timeout = u64::try_from(timeout).unwrap_or_default().min(LONGEST_POLL);
    let limit = parameters.integer("limit").filter(|limit| (1..=LARGEST_BATCH).contains(limit)).unwrap_or(LARGEST_BATCH)
        as usize;
    let kinds = wanted_kinds(parameters)?;
    let offset = parameters.integer("offset").unwrap_or_default();

    let mut stirred = sandbox.stirred();
    let turn = sandbox.act(|state, _| begin(state, offset, kinds));
    let deadline = tokio::time::sleep(Duration::from_secs(timeout));
    tokio::pin!(deadline);
    loop {
        stirred.borrow_and_update();
        let waiting = sandbox.look(|state| waiting(state, turn, limit))?;
        if !waiting.is_empty() {
            return Ok(waiting.into());
        }
        tokio::select! {
            _ = stirred.changed() => {}
            () = &mut deadline => return Ok(Value::Array(Vec::new())),
            () = sandbox.closed() => return Ok(Value::Array(Vec::new())),
        }
    }
}

/// Confirms what came before and takes the turn from any other poll.
fn begin(state: &mut State, offset: i64, kinds: Option<Vec<String>>) -> u64 {
    state.updates.confirm(offset);
    if let Some(kinds) = kinds {
        state.updates.want(kinds);
    }
    state.polls += 1;
    state.polls
}

fn waiting(state: &State, turn: u64, limit: usize) -> Result<Vec<Value>, Fault> {
    if state.polls == turn { Ok(state.updates.oldest(limit)) } else { Err(Fault::another_poll()) }
}

fn wanted_kinds(parameters: &Parameters) -> Result<Option<Vec<String>>, Fault> {
    let Some(kinds) = parameters.structure("allowed_updates")? else {
        return Ok(None);
    };
    serde_json::from_value(kinds).map(Some).map_err(|_| Fault::bad_request("can't parse allowed_updates"))
}
