//! 收集进展 at other times than the office's: of one unit, or of one plan.

use std::collections::BTreeMap;

use crate::office::ids::PlanId;

/// The setting that holds for whom there is no exception; an exception is kept as `progress_call@unit:省公安厅`.
pub const KEY: &str = "progress_call";

/// Whom an exception is for. A unit's counts before a plan's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// By its name on the roll.
    Unit(String),
    Plan(PlanId),
}

impl Scope {
    /// The key of the exception among the settings.
    pub fn key(&self) -> String {
        match self {
            Scope::Unit(name) => format!("{KEY}@unit:{name}"),
            Scope::Plan(plan) => format!("{KEY}@plan:{}", plan.0),
        }
    }

    /// `None` for the key of another setting.
    pub fn of_key(key: &str) -> Option<Scope> {
        match key.strip_prefix(KEY)?.strip_prefix('@')?.split_once(':')? {
            ("unit", name) => Some(Scope::Unit(name.to_owned())),
            ("plan", plan) => Some(Scope::Plan(PlanId(plan.parse().ok()?))),
            _ => None,
        }
    }

    pub fn label(&self) -> String {
        match self {
            Scope::Unit(name) => name.clone(),
            Scope::Plan(plan) => format!("方案{}", plan.0),
        }
    }
}

/// The exceptions among the settings, each with its line.
pub fn exceptions(settings: &BTreeMap<String, String>) -> Vec<(Scope, &str)> {
    settings.iter().filter_map(|(key, line)| Some((Scope::of_key(key)?, line.as_str()))).collect()
}
