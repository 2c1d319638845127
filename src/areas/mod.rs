//! 分工: which coordinator is asked first, by unit or by plan. All may answer.

pub mod rows;
pub mod rules;
pub mod sentences;

use crate::office::duty::{Duty, UnitRef};
use crate::office::ids::{PersonId, PlanId};

/// What is wanted of the division of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    List,
    /// `/area 周敏 省公安厅、营商环境`: units, and plans by a part of their title.
    Give {
        person: String,
        named: Vec<String>,
    },
    /// `/area 周敏 取消`
    End {
        person: String,
    },
}

/// What somebody is asked about first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Unit(UnitRef),
    /// By its number, with its title.
    Plan(PlanId, String),
}

/// A coordinator's part of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub person: PersonId,
    /// Telegram's.
    pub telegram_id: i64,
    pub name: String,
    pub field: Field,
}

impl Field {
    pub fn name(&self) -> &str {
        match self {
            Field::Unit(unit) => &unit.name,
            Field::Plan(_, title) => title,
        }
    }

    fn covers(&self, duty: &Duty) -> bool {
        match self {
            Field::Unit(unit) => duty.unit.id == unit.id,
            Field::Plan(plan, _) => duty.plan_id == *plan,
        }
    }
}

/// Who is asked first about these, each once: those of the unit, and where there are none, those of the plan.
pub fn asked_first<'a>(areas: &'a [Area], duties: &[&Duty]) -> Vec<&'a Area> {
    let of = |by_unit: bool| {
        let meant = areas.iter().filter(move |area| matches!(area.field, Field::Unit(_)) == by_unit);
        meant.filter(|area| duties.iter().any(|duty| area.field.covers(duty)))
    };
    let mut found: Vec<&Area> = of(true).collect();
    if found.is_empty() {
        found = of(false).collect();
    }
    found.sort_by_key(|area| area.person);
    found.dedup_by_key(|area| area.person);
    found
}

/// What is to be true afterwards, by this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A coordinator is asked first about these.
    Give { person: PersonId, fields: Vec<Field> },
    /// A coordinator is asked first about nothing any more.
    End { person: PersonId },
}

/// What the office knows that bears on what is wanted of this room.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Who is asked first about what.
    pub all: Vec<Area>,
    /// What is to be given to a coordinator, and what of it nobody knows.
    pub fields: Vec<Field>,
    pub unknown_fields: Vec<String>,
}
