//! 分工, as it is kept.

use serde_json::json;

use crate::areas::{Area, Change, Field, Wanted};
use crate::deciding::facts::Facts;
use crate::office::duty::UnitRef;
use crate::office::ids::{PersonId, PlanId, UnitId};
use crate::office::place::Place;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{plans, roll};

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::Give { person, fields } => give_area(tx, *person, fields, by).await,
        Change::End { person } => end_areas(tx, *person, by).await,
    }
}

/// Those of the coordinators of today.
pub async fn areas(tx: &mut Tx) -> Result<Vec<Area>> {
    let rows = sqlx::query!(
        r#"select area.person_id, telegram_id, person.name, unit.id as "unit_id?", unit.name as "unit?", plan.id as "plan_id?",
               plan.title as "plan?"
           from area join coordinator on coordinator.person_id = area.person_id join person on person.id = area.person_id
           left join unit on unit.id = area.unit_id left join plan on plan.id = area.plan_id and plan.closed_at is null
           order by coordinator.since, area.person_id, area.rowid"#
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    let areas = rows.filter_map(|row| {
        let of_unit = row.unit_id.zip(row.unit).map(|(id, name)| Field::Unit(UnitRef { id: UnitId(id), name }));
        let of_plan = row.plan_id.zip(row.plan).map(|(id, title)| Field::Plan(PlanId(id), title));
        let (person, telegram_id, name) = (PersonId(row.person_id), row.telegram_id, row.name);
        Some(Area { person, telegram_id, name, field: of_unit.or(of_plan)? })
    });
    Ok(areas.collect())
}

pub async fn add_facts(tx: &mut Tx, facts: &mut Facts, wanted: &Wanted, place: &Place) -> Result<()> {
    if !place.is_for_coordinators() {
        return Ok(());
    }
    facts.areas.all = areas(tx).await?;
    let Wanted::Give { named, .. } = wanted else { return Ok(()) };
    let open = plans::rows::open_plans(tx).await?;
    for one in named {
        let titled: Vec<_> =
            open.iter().filter(|plan| plan.title.contains(one.as_str()) || plan.name == *one).collect();
        match (roll::rows::find_unit(tx, one).await?, titled.as_slice()) {
            (Some(unit), _) => facts.areas.fields.push(Field::Unit(unit)),
            (None, [plan]) => facts.areas.fields.push(Field::Plan(plan.id, plan.title.clone())),
            (None, _) => facts.areas.unknown_fields.push(one.clone()),
        }
    }
    Ok(())
}

/// Each unit and each plan has one who is asked first: the latest.
pub async fn give_area(tx: &mut Tx, person: PersonId, fields: &[Field], by: Actor) -> Result<()> {
    for field in fields {
        let (unit, plan) = match field {
            Field::Unit(unit) => (Some(unit.id.0), None),
            Field::Plan(plan, _) => (None, Some(plan.0)),
        };
        let free = sqlx::query!("delete from area where unit_id is ? and plan_id is ?", unit, plan);
        free.execute(tx.connection()).await?;
        let give =
            sqlx::query!("insert into area (person_id, unit_id, plan_id) values (?, ?, ?)", person.0, unit, plan);
        give.execute(tx.connection()).await?;
        ledger::note(tx, by, "area_given", json!({ "person": person, "unit": unit, "plan": plan })).await?;
    }
    Ok(())
}

pub async fn end_areas(tx: &mut Tx, person: PersonId, by: Actor) -> Result<()> {
    let end = sqlx::query!("delete from area where person_id = ?", person.0);
    match end.execute(tx.connection()).await?.rows_affected() {
        0 => Ok(()),
        ended => ledger::note(tx, by, "areas_ended", json!({ "person": person, "areas": ended })).await,
    }
}
