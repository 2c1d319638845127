//! 通知: what one asks for becomes an item of the members of the roll whom it means.

use crate::assigning::rows::{assign, everybody, named};
use crate::assigning::{Asked, Item, sentences};
use crate::importing::Imported;
use crate::office::plan::{Draft, DraftTask};
use crate::roll;
use crate::store::ledger::Actor;
use crate::store::{Error, Result, Tx};
use crate::understanding::called;
use crate::understanding::called::Meant;

/// Whom a notice means: its units by what they are called on the roll, 各单位 for all, and a collective by the one on the roll
/// that is called alike. The preview shows all of them.
pub async fn asked_in(tx: &mut Tx, task: &DraftTask) -> Result<Asked> {
    let known = roll::rows::names_on_roll(tx).await?;
    let mut names = Vec::new();
    for name in task.responsible.iter().chain(&task.collectives) {
        if ["各单位", "全体单位", "所有单位", "各部门各单位"].contains(&name.as_str()) {
            return everybody(tx).await;
        }
        let found = roll::rows::find_unit(tx, name).await?.map(|unit| unit.name);
        let called = || match called::plainly(name, &known) {
            Meant::One(unit) => Some(unit),
            Meant::Nobody | Meant::Several(_) => None,
        };
        let found = found.or_else(called);
        let found = match found {
            None if task.collectives.contains(name) => collective_like(tx, name).await?,
            found => found,
        };
        names.push(found.unwrap_or_else(|| name.clone()));
    }
    named(tx, &names).await
}

/// The one collective with members whose name has the same characters in the same order: 各市州人民政府 for 各市、自治州人民政府.
async fn collective_like(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    let collectives = sqlx::query_scalar!(
        "select name from unit where collective = 1 and exists (select 1 from unit_member where collective_id = unit.id)"
    );
    let mut alike = collectives.fetch_all(tx.connection()).await?;
    alike.retain(|collective| roll::rows::is_alike(collective, name));
    Ok(alike.pop().filter(|_| alike.is_empty()))
}

/// The item that a notice becomes, and whom it means; the plan that has one of this very file. Refuses what asks nobody.
pub async fn item(tx: &mut Tx, draft: &Draft, digest: &[u8]) -> Result<std::result::Result<(Item, Asked), i64>> {
    if let Some(plan_id) = plan_with(tx, digest).await? {
        return Ok(Err(plan_id));
    }
    let nothing = || Error::Refused("这份通知没有读出办理期限，未作交办".to_owned());
    let task = draft.tasks.first().ok_or_else(nothing)?;
    let due = task.milestones.iter().find_map(|milestone| milestone.due).ok_or_else(nothing)?;
    let asked = asked_in(tx, task).await?;
    if let Some(why) = sentences::notice::nobody(&asked, draft) {
        return Err(Error::Refused(why));
    }
    Ok(Ok((asked.item(&task.text, due), asked)))
}

/// Makes an item of what a notice asks for. The same file again changes nothing.
pub async fn import(tx: &mut Tx, draft: &Draft, digest: &[u8], by: Actor) -> Result<Imported> {
    let (item, asked) = match item(tx, draft, digest).await? {
        Ok(found) => found,
        Err(plan_id) => return Ok(Imported { plan_id, changes: Vec::new() }),
    };
    let (id, number) = assign(tx, &item, by).await?;
    let keep = sqlx::query!("update task set digest = ? where id = ?", digest, id.0);
    keep.execute(tx.connection()).await?;
    let plan_id = sqlx::query_scalar!(r#"select plan_id as "id!" from task where id = ?"#, id.0);
    let plan_id = plan_id.fetch_one(tx.connection()).await?;
    Ok(Imported { plan_id, changes: vec![sentences::notice::imported(&number, &item, &asked)] })
}

/// The plan with an item of this very file.
pub async fn plan_with(tx: &mut Tx, digest: &[u8]) -> Result<Option<i64>> {
    let plan = sqlx::query_scalar!(r#"select plan_id as "id!" from task where digest = ?"#, digest);
    Ok(plan.fetch_optional(tx.connection()).await?)
}
