//! Of what there is anything at all. Most offices have little of most, and each thing is a statement.

use crate::office::ids::UnitId;
use crate::store::{Result, Tx};

/// Whether there is at least one of each for some duties.
#[derive(Clone, Debug)]
pub struct Present {
    /// The ids of the duties, a JSON array.
    pub ids: String,
    /// Dates that were claimed or signed off each by itself.
    pub dates: bool,
    /// Dates that come round.
    pub recurring: bool,
    pub extensions: bool,
    pub problems: bool,
    pub practices: bool,
    pub steps: bool,
    pub claims: bool,
    /// To be suspended.
    pub wishes: bool,
    /// Words that say that it is another unit's.
    pub transfers: bool,
    pub suspensions: bool,
    pub escalations: bool,
    /// Reminders that a unit put off.
    pub put_off: bool,
    /// Words that wait to be confirmed.
    pub unconfirmed: bool,
    /// Several plans that are not closed.
    pub plans: bool,
}

/// One statement for each way in which duties are wanted, as each enters by another index.
macro_rules! present {
    ($tx:expr, $wanted:literal, $value:expr) => {{
        let present = sqlx::query_as!(
            Present,
            "with wanted as materialized ("
                + $wanted
                + r#")
           select (select json_group_array(id) from wanted) as "ids!: String",
               exists (select 1 from wanted cross join duty_milestone on duty_id = wanted.id) as "dates!: bool",
               exists (select 1 from wanted cross join milestone on milestone.task_id = wanted.task_id
                       where kind = 'recurring' and rule is not null and ended_at is null) as "recurring!: bool",
               exists (select 1 from wanted cross join extension on duty_id = wanted.id
                       where state in ('asked', 'granted')) as "extensions!: bool",
               exists (select 1 from wanted cross join problem on duty_id = wanted.id
                       where state = 'open') as "problems!: bool",
               exists (select 1 from wanted cross join practice on duty_id = wanted.id
                       where dropped = 0) as "practices!: bool",
               exists (select 1 from wanted cross join step on duty_id = wanted.id
                       where state <> 'removed') as "steps!: bool",
               exists (select 1 from wanted where status = 'claimed_done')
                   or exists (select 1 from wanted cross join duty_milestone on duty_id = wanted.id
                              where duty_milestone.status = 'claimed_done') as "claims!: bool",
               exists (select 1 from wanted cross join suspension_wish on duty_id = wanted.id
                       where state = 'asked') as "wishes!: bool",
               exists (select 1 from transfer
                       where state = 'asked' and duty_id in (select id from wanted)) as "transfers!: bool",
               exists (select 1 from wanted where status = 'suspended') as "suspensions!: bool",
               exists (select 1 from wanted cross join escalation on duty_id = wanted.id) as "escalations!: bool",
               exists (select 1 from wanted cross join put_off on duty_id = wanted.id) as "put_off!: bool",
               exists (select 1 from question
                       where answered_at is null and unit_id in (select unit_id from wanted)) as "unconfirmed!: bool",
               (select count(*) from plan where closed_at is null) > 1 as "plans!: bool""#,
            $value
        );
        Ok(present.fetch_one($tx.connection()).await?)
    }};
}

/// Of the duties with these ids, a JSON array.
pub async fn present(tx: &mut Tx, wanted: &str) -> Result<Present> {
    present!(tx, "select duty.id, task_id, unit_id, status from json_each(?) join duty on duty.id = value", wanted)
}

/// Of the duties of a unit.
pub async fn present_of(tx: &mut Tx, unit: UnitId) -> Result<Present> {
    present!(tx, "select id, task_id, unit_id, status from duty where unit_id = ?", unit.0)
}
