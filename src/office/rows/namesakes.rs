//! Tasks of several open plans that have the same number: where only a plan's name tells them apart.

use std::collections::HashSet;

use crate::office::duty::Namesake;
use crate::office::ids::{PlanId, UnitId};
use crate::office::plan_names::PlanNames;
use crate::store::{Result, Tx};

/// The numbers that several open plans have, in the whole office and in each of some units.
#[derive(Default)]
pub struct Namesakes {
    names: PlanNames,
    in_office: HashSet<String>,
    in_unit: HashSet<(i64, String)>,
}

impl Namesakes {
    /// The short name of a plan; `None` where no other is open.
    pub fn plan(&self, plan: PlanId) -> Option<String> {
        self.names.name(plan.0)
    }

    /// What tells a unit's part in a task from its namesakes; `None` where it has none.
    pub fn of(&self, unit: UnitId, number: &str, plan: PlanId) -> Option<Namesake> {
        self.named(unit, number, self.names.name(plan.0))
    }

    /// The same of the first plan with this title.
    pub fn of_titled(&self, unit: UnitId, number: &str, plan: &str) -> Option<Namesake> {
        self.named(unit, number, self.names.titled(plan))
    }

    fn named(&self, unit: UnitId, number: &str, plan: Option<String>) -> Option<Namesake> {
        let plan = plan.filter(|_| self.in_office.contains(number))?;
        Some(Namesake { plan, in_unit: self.in_unit.contains(&(unit.0, number.to_owned())) })
    }

    /// The plan's name where the number is that of several.
    pub fn in_office(&self, number: &str, plan: &str) -> Option<String> {
        self.names.titled(plan).filter(|_| self.in_office.contains(number))
    }
}

/// As far as it concerns the tasks and units of the duties `wanted`, a JSON array of ids, and tasks with these numbers.
pub async fn namesakes(tx: &mut Tx, wanted: &str, numbers: &[&str]) -> Result<Namesakes> {
    let names = plan_names(tx).await?;
    let (mut in_office, mut in_unit) = (HashSet::new(), HashSet::new());
    if names.are_several() {
        let numbers = serde_json::to_string(numbers)?;
        let of_several = sqlx::query_scalar!(
            "select number from task join plan on plan.id = plan_id
             where number in (
                     select task.number from duty join task on task.id = task_id
                     where duty.id in (select value from json_each(?1))
                     union select value from json_each(?2))
               and closed_at is null and ended_at is null group by number having count(distinct plan_id) > 1",
            wanted,
            numbers
        );
        in_office.extend(of_several.fetch_all(tx.connection()).await?);
        let of_units = sqlx::query!(
            "select duty.unit_id, task.number from duty join task on task.id = task_id join plan on plan.id = plan_id
             where closed_at is null and duty.ended_at is null and task.ended_at is null
               and duty.unit_id in (select unit_id from duty where id in (select value from json_each(?)))
             group by duty.unit_id, task.number having count(distinct plan_id) > 1",
            wanted
        );
        let of_units = of_units.fetch_all(tx.connection()).await?;
        in_unit.extend(of_units.into_iter().map(|row| (row.unit_id, row.number)));
    }
    Ok(Namesakes { names, in_office, in_unit })
}

/// The plans that are open, by their titles.
pub async fn plan_names(tx: &mut Tx) -> Result<PlanNames> {
    let plans = sqlx::query!(r#"select id as "id!", title, code from plan where closed_at is null"#);
    let plans = plans.fetch_all(tx.connection()).await?;
    Ok(PlanNames::of(plans.into_iter().map(|plan| (plan.id, plan.title, plan.code))))
}
