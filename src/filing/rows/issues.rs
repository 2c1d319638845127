//! The numbers of bulletins. A plan has its own count, and so have the bulletins of all plans together.

use serde_json::json;

use crate::office::ids::{PersonId, PlanId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// The number after that of the bulletin that was issued last; `None` before the first.
pub async fn next_issue(tx: &mut Tx, plan: Option<PlanId>) -> Result<Option<u32>> {
    let plan = plan.map(|plan| plan.0);
    let last = sqlx::query_scalar!(
        r#"select issue as "issue: u32" from issued_bulletin where plan_id is ? order by id desc limit 1"#,
        plan
    );
    Ok(last.fetch_optional(tx.connection()).await?.map(|last| last.saturating_add(1)))
}

/// A bulletin is issued with this number.
pub async fn issue(tx: &mut Tx, plan: Option<PlanId>, issue: u32, person: PersonId) -> Result<()> {
    let (now, of) = (tx.now, plan.map(|plan| plan.0));
    let insert = sqlx::query!(
        "insert into issued_bulletin (plan_id, issue, person_id, at) values (?, ?, ?, ?)",
        of,
        issue,
        person.0,
        now
    );
    insert.execute(tx.connection()).await?;
    ledger::note(tx, Actor::Person(person), "bulletin_issued", json!({ "plan": plan, "issue": issue })).await
}
