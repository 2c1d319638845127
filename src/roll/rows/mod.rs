//! The roll of units: names, aliases, places and the members of collective units.

pub mod collectives;
pub mod matching;
pub mod naming;
pub mod succession;
pub mod units;

use serde::Deserialize;
use serde_json::json;

use crate::office::duty::UnitRef;
use crate::office::ids::UnitId;
use crate::plan::simplify;
use crate::roll::rows::collectives::expand_collectives;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx, ledger};

/// A roll as a file (`seeds/hunan-roll.json`).
#[derive(Clone, Debug, Deserialize)]
pub struct Roll {
    pub units: Vec<NewUnit>,
    pub collectives: Vec<NewCollective>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct NewUnit {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What a milestone's scope calls the place that the unit governs.
    pub place: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct NewCollective {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub members: Vec<String>,
}

/// A unit with what belongs to it, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUnit {
    pub name: String,
    pub collective: bool,
    pub aliases: Vec<String>,
    pub members: Vec<String>,
    pub has_chat: bool,
}

/// Adds what the roll has and the database has not; how many units were new.
pub async fn load_roll(tx: &mut Tx, roll: &Roll) -> Result<usize> {
    let mut added = 0;
    for unit in &roll.units {
        added += usize::from(add_unit(tx, &unit.name, false).await?);
        let id = unit_id(tx, &unit.name).await?;
        if let Some(place) = &unit.place {
            let set = sqlx::query!("update unit set place = ? where id = ?", place, id.0);
            set.execute(tx.connection()).await?;
        }
        add_aliases(tx, &unit.name, &unit.aliases).await?;
    }
    for collective in &roll.collectives {
        added += usize::from(add_unit(tx, &collective.name, true).await?);
        add_aliases(tx, &collective.name, &collective.aliases).await?;
        add_members(tx, &collective.name, &collective.members).await?;
    }
    Ok(added)
}

/// Adds a unit unless it is there; whether it was new.
pub async fn add_unit(tx: &mut Tx, name: &str, collective: bool) -> Result<bool> {
    if name.trim().is_empty() {
        return Err(Error::Refused("单位名称不能为空".to_owned()));
    }
    if find_unit(tx, name).await?.is_some() {
        return Ok(false);
    }
    let insert = sqlx::query!("insert into unit (name, collective) values (?, ?)", name, collective);
    insert.execute(tx.connection()).await?;
    ledger::note(tx, Actor::Operator, "unit_added", json!({ "unit": name, "collective": collective })).await?;
    Ok(true)
}

pub async fn add_aliases(tx: &mut Tx, name: &str, aliases: &[String]) -> Result<()> {
    let unit = unit_id(tx, name).await?;
    for alias in aliases {
        if alias.trim().is_empty() {
            return Err(Error::Refused("简称不能为空，未作更改".to_owned()));
        }
        match find_unit(tx, alias).await? {
            Some(known) if known.id == unit => continue,
            Some(known) => {
                return Err(Error::Refused(format!("“{alias}”已是{}的名称或简称，未作更改", known.name)));
            }
            None => {}
        }
        let insert = sqlx::query!("insert into unit_alias (alias, unit_id) values (?, ?)", alias, unit.0);
        insert.execute(tx.connection()).await?;
        ledger::note(tx, Actor::Operator, "alias_added", json!({ "unit": name, "alias": alias })).await?;
    }
    Ok(())
}

pub async fn remove_aliases(tx: &mut Tx, name: &str, aliases: &[String]) -> Result<()> {
    let unit = unit_id(tx, name).await?;
    for alias in aliases {
        let delete = sqlx::query!("delete from unit_alias where alias = ? and unit_id = ?", alias, unit.0);
        if delete.execute(tx.connection()).await?.rows_affected() == 0 {
            return Err(Error::Refused(format!("“{alias}”不是{name}的简称，未作更改")));
        }
        ledger::note(tx, Actor::Operator, "alias_removed", json!({ "unit": name, "alias": alias })).await?;
    }
    Ok(())
}

/// Takes members out of a collective unit; how many duties, which they had through it alone, end so.
pub async fn remove_members(tx: &mut Tx, collective: &str, members: &[String]) -> Result<u64> {
    let collective_id = unit_id(tx, collective).await?;
    let (now, mut ended) = (tx.now, 0);
    for member in members {
        let id = unit_id(tx, member).await?;
        let delete =
            sqlx::query!("delete from unit_member where collective_id = ? and member_id = ?", collective_id.0, id.0);
        if delete.execute(tx.connection()).await?.rows_affected() == 0 {
            return Err(Error::Refused(format!("“{member}”不是{collective}的成员，未作更改")));
        }
        let end = sqlx::query!(
            "update duty set ended_at = ? where via_id = ? and unit_id = ? and ended_at is null",
            now,
            collective_id.0,
            id.0
        );
        let duties = end.execute(tx.connection()).await?.rows_affected();
        let body = json!({ "collective": collective, "member": member, "duties": duties });
        ledger::note(tx, Actor::Operator, "member_removed", body).await?;
        ended += duties;
    }
    // Another collective unit of the same task may still name the member.
    expand_collectives(tx).await?;
    Ok(ended)
}

/// Adds members to a collective unit and gives them its duties.
pub async fn add_members(tx: &mut Tx, collective: &str, members: &[String]) -> Result<()> {
    let collective_id = unit_id(tx, collective).await?;
    let mark = sqlx::query!("update unit set collective = 1 where id = ?", collective_id.0);
    mark.execute(tx.connection()).await?;
    for member in members {
        let id = unit_id(tx, member).await?;
        if id == collective_id {
            return Err(Error::Refused(format!("“{member}”不能是它自己的成员，未作更改。请写其中的各个单位")));
        }
        let insert = sqlx::query!(
            "insert into unit_member (collective_id, member_id) values (?, ?) on conflict do nothing",
            collective_id.0,
            id.0
        );
        if insert.execute(tx.connection()).await?.rows_affected() > 0 {
            let body = json!({ "collective": collective, "member": member });
            ledger::note(tx, Actor::Operator, "member_added", body).await?;
        }
    }
    expand_collectives(tx).await
}

/// The unit with this name or alias, also where it is printed in Traditional script; after a reorganisation, the one
/// that took over.
pub async fn find_unit(tx: &mut Tx, name: &str) -> Result<Option<UnitRef>> {
    match find_as_written(tx, name).await? {
        Some(unit) => Ok(Some(unit)),
        None => find_as_written(tx, &simplify(name)).await,
    }
}

async fn find_as_written(tx: &mut Tx, name: &str) -> Result<Option<UnitRef>> {
    let found = sqlx::query!(
        r#"with recursive named (id) as (
               select id from unit where name = ?1 union select unit_id from unit_alias where alias = ?1
               union select successor_id from named join unit on unit.id = named.id where successor_id is not null)
           select unit.id as "id!", name as "name!" from named join unit on unit.id = named.id
           where successor_id is null"#,
        name
    );
    let found = found.fetch_optional(tx.connection()).await?;
    Ok(found.map(|row| UnitRef { id: UnitId(row.id), name: row.name }))
}

/// A few other units that `name` may be short for, or may be the full name of. They are only shown, never taken.
pub async fn names_like(tx: &mut Tx, name: &str) -> Result<Vec<String>> {
    const SHOWN: usize = 5;
    let roll = names_on_roll(tx).await?;
    let alike = roll.into_iter().filter(|(called, full)| full != name && is_alike(called, name));
    let mut alike: Vec<String> = alike.map(|(_, full)| full).collect();
    alike.sort_unstable();
    alike.dedup();
    alike.truncate(SHOWN);
    Ok(alike)
}

pub async fn unit_id(tx: &mut Tx, name: &str) -> Result<UnitId> {
    let found = find_unit(tx, name).await?;
    let remedy = || Error::Refused(format!("名册上没有“{name}”，请先用 duban unit add 添加"));
    found.map(|unit| unit.id).ok_or_else(remedy)
}

pub async fn roll(tx: &mut Tx) -> Result<Vec<RollUnit>> {
    let units = sqlx::query!(
        r#"select name, collective as "collective: bool",
               (select json_group_array(alias) from unit_alias where unit_id = unit.id) as "aliases!: String",
               (select json_group_array(member.name) from unit_member
                join unit member on member.id = member_id where collective_id = unit.id) as "members!: String",
               exists (select 1 from chat where chat.unit_id = unit.id) as "has_chat!: bool"
           from unit order by collective, id"#
    );
    let units = units.fetch_all(tx.connection()).await?;
    let read = |list: &str| serde_json::from_str::<Vec<String>>(list);
    units
        .into_iter()
        .map(|unit| {
            Ok(RollUnit {
                aliases: read(&unit.aliases)?,
                members: read(&unit.members)?,
                name: unit.name,
                collective: unit.collective,
                has_chat: unit.has_chat,
            })
        })
        .collect()
}

/// Every name and alias with the full name of who answers to it today.
pub async fn names_on_roll(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"with recursive named (called, id) as (
               select name, id from unit union select alias, unit_id from unit_alias
               union select called, successor_id from named join unit on unit.id = named.id
               where successor_id is not null)
           select called as "called!: String", name as "name!: String" from named join unit on unit.id = named.id
           where successor_id is null order by unit.id, called"#
    );
    Ok(rows.fetch_all(tx.connection()).await?.into_iter().map(|row| (row.called, row.name)).collect())
}

/// Whether one name may be short for the other: its characters stand in the other in their order.
pub fn is_alike(one: &str, other: &str) -> bool {
    contains_in_order(one, other) || contains_in_order(other, one)
}

fn contains_in_order(long: &str, short: &str) -> bool {
    let mut characters = long.chars();
    short.chars().all(|wanted| characters.any(|character| character == wanted))
}
