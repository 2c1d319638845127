//! Collective units as documents print them, where the roll calls them otherwise.

use std::collections::HashMap;

use serde::Serialize;

use crate::office::plan::Draft;
use crate::roll;
use crate::store::{Result, Tx};

/// A document as it was read, under the number of its plan.
#[derive(Debug, Serialize)]
pub struct PlanRow {
    pub plan_id: i64,
    #[serde(flatten)]
    pub draft: Draft,
}

/// By plan and number of a task: names on the roll, each with that in the document.
pub struct Printed(HashMap<(i64, String), Vec<(String, String)>>);

impl Printed {
    pub async fn of(tx: &mut Tx, plans: &[PlanRow]) -> Result<Printed> {
        let mut on_roll: HashMap<&str, Option<String>> = HashMap::new();
        let mut printed: HashMap<_, Vec<_>> = HashMap::new();
        for (plan, task) in plans.iter().flat_map(|plan| plan.draft.tasks.iter().map(|task| (plan.plan_id, task))) {
            for name in &task.collectives {
                if !on_roll.contains_key(name.as_str()) {
                    on_roll.insert(name, roll::rows::find_unit(tx, name).await?.map(|unit| unit.name));
                }
                let unit = on_roll.get(name.as_str()).cloned().flatten().unwrap_or_else(|| name.clone());
                printed.entry((plan, task.number.clone())).or_default().push((unit, name.clone()));
            }
        }
        Ok(Printed(printed))
    }

    /// What a task's document calls this unit of the roll. One that stands for units of its own in the task is called after
    /// the one that it stands in for.
    pub fn via(&self, (plan, number): (i64, &str), via: String) -> String {
        let own = format!("（方案{plan}第{number}项）");
        let shared = via.strip_suffix(own.as_str()).unwrap_or(&via);
        let names = self.0.get(&(plan, number.to_owned()));
        let found = names.and_then(|names| names.iter().find(|(unit, name)| unit == shared || name == shared));
        found.map_or_else(|| shared.to_owned(), |(_, name)| name.clone())
    }
}
