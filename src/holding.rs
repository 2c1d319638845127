//! Reminders are held while the clock may be wrong.

use chrono::{DateTime, Utc};

use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::reminding::timekeeping::Jump;
use crate::schedule::calendar::Calendar;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, outbox};
use crate::{log, reminding, settings};

/// Whether a jump of the clock holds the reminders. The coordinators are asked when it begins, and told when it ends by
/// itself.
pub async fn is_held(
    tx: &mut Tx,
    policy: &Policy,
    calendar: &Calendar,
    expected: Option<DateTime<Utc>>,
) -> Result<bool> {
    let moment = Moment::of(tx.now, policy, calendar);
    if let Some(jump) = settings::rows::clock_jump(tx).await? {
        if !jump.is_over(tx.now) {
            return Ok(true);
        }
        settings::rows::go_on_after_jump(tx, Actor::Bot).await?;
        outbox::tell_coordinators(tx, &reminding::sentences::clock::clock_is_right_again(), moment.opening).await?;
    } else if let Some(jump) = expected.and_then(|expected| Jump::between(expected, tx.now)) {
        let (expected, shown) = (log::office_time(jump.expected), log::office_time(jump.shown));
        tracing::error!(expected, shown, "时钟突然跳变，提醒已暂停");
        settings::rows::hold_for_jump(tx, &jump).await?;
        outbox::tell_coordinators(
            tx,
            &reminding::sentences::clock::clock_jumped(&jump, policy.timezone),
            moment.opening,
        )
        .await?;
        return Ok(true);
    }
    Ok(false)
}
