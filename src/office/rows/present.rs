//! Of what there is anything at all. Most offices have little of most, and each thing is a statement.

use crate::store::{Result, Tx};

/// Whether there is at least one of each for some duties.
#[derive(Clone, Copy, Debug)]
pub struct Present {
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

/// `wanted`: the ids of the duties, a JSON array.
pub async fn present(tx: &mut Tx, wanted: &str) -> Result<Present> {
    let present = sqlx::query_as!(
        Present,
        r#"with wanted as materialized (
               select duty.id, task_id, unit_id, status from json_each(?) join duty on duty.id = value)
           select exists (select 1 from wanted join duty_milestone on duty_id = wanted.id) as "dates!: bool",
               exists (select 1 from wanted join milestone on milestone.task_id = wanted.task_id
                       where kind = 'recurring' and rule is not null and ended_at is null) as "recurring!: bool",
               exists (select 1 from wanted join extension on duty_id = wanted.id
                       where state in ('asked', 'granted')) as "extensions!: bool",
               exists (select 1 from wanted join problem on duty_id = wanted.id
                       where state = 'open') as "problems!: bool",
               exists (select 1 from wanted join practice on duty_id = wanted.id
                       where dropped = 0) as "practices!: bool",
               exists (select 1 from wanted join step on duty_id = wanted.id
                       where state <> 'removed') as "steps!: bool",
               exists (select 1 from wanted where status = 'claimed_done')
                   or exists (select 1 from wanted join duty_milestone on duty_id = wanted.id
                              where duty_milestone.status = 'claimed_done') as "claims!: bool",
               exists (select 1 from wanted join suspension_wish on duty_id = wanted.id
                       where state = 'asked') as "wishes!: bool",
               exists (select 1 from transfer
                       where state = 'asked' and duty_id in (select id from wanted)) as "transfers!: bool",
               exists (select 1 from wanted where status = 'suspended') as "suspensions!: bool",
               exists (select 1 from wanted join escalation on duty_id = wanted.id) as "escalations!: bool",
               exists (select 1 from wanted join put_off on duty_id = wanted.id) as "put_off!: bool",
               exists (select 1 from question
                       where answered_at is null and unit_id in (select unit_id from wanted)) as "unconfirmed!: bool",
               (select count(*) from plan where closed_at is null) > 1 as "plans!: bool""#,
        wanted
    );
    Ok(present.fetch_one(tx.connection()).await?)
}
