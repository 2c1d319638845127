//! Up to when each part of the schedule has been served.

use chrono::{DateTime, NaiveDate, Utc};

use crate::reminding::slot::{Part, Served};
use crate::store::{Result, Tx};

/// Up to where a part of the schedule has been served; `None` before the first time.
pub async fn served(tx: &mut Tx, part: Part) -> Result<Option<Served>> {
    let kind = part.key();
    let served = sqlx::query_as!(
        Served,
        r#"select said_up_to as "up_to: DateTime<Utc>", spoken_for as "spoken_for: NaiveDate"
           from schedule where kind = ?"#,
        kind
    );
    Ok(served.fetch_optional(tx.connection()).await?)
}

pub async fn set_served(tx: &mut Tx, part: Part, served: Served) -> Result<()> {
    let (kind, Served { up_to, spoken_for }) = (part.key(), served);
    let set = sqlx::query!(
        "insert into schedule (kind, said_up_to, spoken_for) values (?, ?, ?)
         on conflict (kind) do update set said_up_to = excluded.said_up_to, spoken_for = excluded.spoken_for",
        kind,
        up_to,
        spoken_for
    );
    set.execute(tx.connection()).await?;
    Ok(())
}
