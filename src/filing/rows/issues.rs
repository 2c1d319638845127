//! The numbers of bulletins. A plan has its own count, and so have the bulletins of all plans together.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::deciding::facts::Facts;
use crate::filing::bulletin::{Issued, Wanted};
use crate::office::ids::{PersonId, PlanId};
use crate::plans;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// What bears on a bulletin that is asked for: the plans that it may be of, and where it is issued the number.
pub async fn add_facts(tx: &mut Tx, facts: &mut Facts, wanted: &Wanted) -> Result<()> {
    facts.numbered = plans::rows::numbered(tx, None, None).await?;
    if !wanted.is_issued {
        return Ok(());
    }
    let plan = wanted.plan.as_ref().map(|words| facts.numbered.called(words).map(|plan| plan.id));
    let plan = plan.transpose().ok().flatten();
    match wanted.issue {
        Some(issue) => facts.filing.issued = issued(tx, plan, issue).await?,
        None => facts.filing.next_issue = next_issue(tx, plan).await?,
    }
    Ok(())
}

/// The number after that of the bulletin that was issued last; `None` before the first.
pub async fn next_issue(tx: &mut Tx, plan: Option<PlanId>) -> Result<Option<u32>> {
    let plan = plan.map(|plan| plan.0);
    let last = sqlx::query_scalar!(
        r#"select issue as "issue: u32" from issued_bulletin where plan_id is ? order by id desc limit 1"#,
        plan
    );
    Ok(last.fetch_optional(tx.connection()).await?.map(|last| last.saturating_add(1)))
}

/// Who has issued the bulletin with this number, and when; `None` where nobody has.
pub async fn issued(tx: &mut Tx, plan: Option<PlanId>, issue: u32) -> Result<Option<Issued>> {
    let plan = plan.map(|plan| plan.0);
    let row = sqlx::query_as!(
        Issued,
        r#"select person.name as by, at as "at: DateTime<Utc>" from issued_bulletin
           join person on person.id = person_id where plan_id is ? and issue = ? order by issued_bulletin.id limit 1"#,
        plan,
        issue
    );
    Ok(row.fetch_optional(tx.connection()).await?)
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
