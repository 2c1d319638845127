//! One update, handled wholly or not at all. Whatever goes wrong meanwhile, only the database itself ends the process: all
//! else sets that update aside after a few tries, so that it does not hold up the next.

use std::panic::AssertUnwindSafe;

use anyhow::Result;
use futures_util::FutureExt;

use crate::flow::{Handled, Read};
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::schedule::calendar::Calendar;
use crate::store::inbox;
use crate::store::{Tx, Update};
use crate::tally::{self, Event};
use crate::telegram::Me;
use crate::{flow, settings};

/// Something went wrong with one update, and the whole transaction with it: what is done with care is undone update by update.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Careless(String);

/// What came of an update.
pub enum Came {
    Of(Handled),
    /// It could not be handled, which is noted.
    Failed,
}

/// SQLite ended the whole transaction for the sake of one update, as it does where it has no memory left.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct Lost {
    update: Update,
    why: String,
}

impl Lost {
    /// Counts the failure in another transaction.
    pub async fn note(&self, tx: &mut Tx, me: &Me) -> Result<()> {
        let moment = settings::rows::moment(tx).await?;
        note_failure(tx, &self.update, &self.why, me, moment).await
    }
}

/// Handles an update, with long words read where `words` says. Without `care` it costs two statements less, and a failure
/// costs the transaction.
///
/// # Errors
/// Those of the database; [`Lost`] where the transaction is no more; [`Careless`] where it must not be kept.
pub async fn handle(
    tx: &mut Tx,
    update: &Update,
    me: &Me,
    (policy, calendar): (&Policy, &Calendar),
    words: Read<'_>,
    care: bool,
) -> Result<Came> {
    if care {
        tx.mark().await?;
    }
    let handled = flow::on_update_read(tx, update, me, (policy, calendar), words);
    let why = match AssertUnwindSafe(handled).catch_unwind().await {
        Ok(Ok(handled)) => {
            if care {
                tx.keep_since_mark().await?;
            }
            return Ok(Came::Of(handled));
        }
        Ok(Err(error)) if error.is_the_databases() => return Err(error.into()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "a defect in the program".to_owned(),
    };
    if !care {
        return Err(Careless(why).into());
    }
    if let Err(error) = tx.back_to_mark().await {
        return Err(if error.is_the_databases() { error.into() } else { Lost { update: update.clone(), why }.into() });
    }
    note_failure(tx, update, &why, me, Moment::of(tx.now, policy, calendar)).await?;
    Ok(Came::Failed)
}

/// Whoever is concerned learns of an update that is set aside; if that fails too, the log alone has it.
async fn note_failure(tx: &mut Tx, update: &Update, why: &str, me: &Me, moment: Moment) -> Result<()> {
    let set_aside = inbox::fail_update(tx, update.update_id, why).await?;
    tally::count(Event::UpdateSetAside, u64::from(set_aside.is_some()));
    tracing::error!(update = update.update_id, why, ?set_aside, "一条消息未能处理");
    let Some(set_aside) = set_aside else { return Ok(()) };
    tx.mark().await?;
    let telling = flow::on_set_aside(tx, update, set_aside, me, moment.opening);
    match AssertUnwindSafe(telling).catch_unwind().await {
        Ok(Ok(())) => return Ok(tx.keep_since_mark().await?),
        Ok(Err(error)) if error.is_the_databases() => return Err(error.into()),
        Ok(Err(error)) => tracing::error!(update = update.update_id, %error, "也未能告知任何人"),
        Err(_) => tracing::error!(update = update.update_id, "也未能告知任何人"),
    }
    Ok(tx.back_to_mark().await?)
}
