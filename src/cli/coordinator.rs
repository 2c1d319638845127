//! `duban coordinator`: who may decide.

use anyhow::Result;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::chat::phrases;
use crate::cli::CoordinatorCommand;
use crate::cli::say::{print_json, say};
use crate::filing::rows::export::local;
use crate::store::Store;
use crate::{coordinators, settings};

pub async fn coordinator(database: &str, command: CoordinatorCommand, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    match command {
        CoordinatorCommand::List { json } => list(&store, json, now).await,
        CoordinatorCommand::Remove { person, json } => remove(&store, &person, json, now).await,
    }
}

async fn list(store: &Store, json: bool, now: DateTime<Utc>) -> Result<()> {
    let mut tx = store.read(now).await?;
    let (zone, coordinators) =
        (settings::rows::policy::policy(&mut tx).await?.timezone, coordinators::rows::coordinators(&mut tx).await?);
    if json {
        let rows = coordinators
            .iter()
            .map(|one| json!({ "id": one.telegram_id, "name": one.name, "since": local(one.since, zone) }));
        return print_json(&rows.collect::<Vec<_>>());
    }
    if coordinators.is_empty() {
        say!("还没有督办员，请用 duban invite --coordinator 邀请")?;
    }
    for one in coordinators {
        say!("{}（编号 {}）　{}起", one.name, one.telegram_id, phrases::date_and_time(one.since.with_timezone(&zone)))?;
    }
    Ok(())
}

async fn remove(store: &Store, person: &str, json: bool, now: DateTime<Utc>) -> Result<()> {
    let mut tx = store.begin(now).await?;
    let gone = coordinators::rows::dismiss_coordinator(&mut tx, person).await?;
    let left = coordinators::rows::coordinators(&mut tx).await?.len();
    tx.commit().await?;
    if json {
        return print_json(&json!({ "id": gone.telegram_id, "name": gone.name, "left": left }));
    }
    say!("已移除督办员 {}（编号 {}），还有督办员 {left} 人", gone.name, gone.telegram_id)?;
    if left == 0 {
        say!("现在没有督办员，请用 duban invite --coordinator 邀请")?;
    }
    Ok(())
}
