//! What the numbers in the ledger's entries stand for.

use std::collections::HashMap;

use crate::citations;
use crate::paper::workbook::Names;
use crate::store::{Result, Tx};

/// Names of all times, also of what has ended.
pub async fn names(tx: &mut Tx) -> Result<Names> {
    let people = sqlx::query!(r#"select id as "id!", name from person"#).fetch_all(tx.connection()).await?;
    let units = sqlx::query!(r#"select id as "id!", name from unit"#).fetch_all(tx.connection()).await?;
    let plans = sqlx::query!(r#"select id as "id!", title from plan"#).fetch_all(tx.connection()).await?;
    let chats = sqlx::query!(r#"select id as "id!", title from chat"#).fetch_all(tx.connection()).await?;
    let duties = sqlx::query!(
        r#"select duty.id as "id!", task.number, unit.name as unit
           from duty join task on task.id = task_id join unit on unit.id = unit_id"#
    );
    let duties = duties.fetch_all(tx.connection()).await?;
    let cited_units = sqlx::query!(
        r#"select citation.id as "id!", kind, unit.name as unit from citation join unit on unit.id = unit_id"#
    );
    let cited_units = cited_units.fetch_all(tx.connection()).await?.into_iter();
    let cited = |kind: &str| citations::Kind::from_key(kind).map_or("", citations::Kind::label);
    Ok(Names {
        people: people.into_iter().map(|row| (row.id, row.name)).collect(),
        units: units.into_iter().map(|row| (row.id, row.name)).collect(),
        plans: plans.into_iter().map(|row| (row.id, row.title)).collect(),
        citations: cited_units.map(|row| (row.id, format!("{} {}", row.unit, cited(&row.kind)))).collect(),
        chats: chats.into_iter().map(|row| (row.id, row.title)).collect(),
        duties: duties
            .into_iter()
            .map(|row| (row.id, format!("第{}项 {}", row.number, row.unit)))
            .collect::<HashMap<_, _>>(),
    })
}
