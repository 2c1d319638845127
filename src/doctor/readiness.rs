//! What a set-up still lacks before it can do its work, for `duban doctor` and for the start of the bot.

use chrono::{DateTime, Utc};

use crate::store::{Result, Tx, outbox};
use crate::{coordinators, plans, questions, settings};

/// What is there, and whom nobody can be reached for.
#[derive(Clone, Debug)]
pub struct Readiness {
    pub plans: usize,
    pub coordinators: usize,
    /// Whether at least one of them has a chat that messages reach.
    pub reaches_coordinators: bool,
    /// Units with open tasks: how many, those without a group, and those whose group has no contact.
    pub units: usize,
    pub without_chat: Vec<String>,
    pub without_contact: Vec<String>,
    /// When Telegram last answered a poll.
    pub last_polled: Option<DateTime<Utc>>,
    /// Whether the clock has jumped, which holds the reminders.
    pub held_by_jump: bool,
}

pub async fn readiness(tx: &mut Tx) -> Result<Readiness> {
    let presences = questions::rows::presences(tx).await?;
    let names = |lacks: fn(bool, bool) -> bool| {
        let lacking = presences.iter().filter(|unit| lacks(unit.bound, unit.has_contact));
        lacking.map(|unit| unit.unit.clone()).collect()
    };
    Ok(Readiness {
        plans: plans::rows::plans(tx).await?.iter().filter(|plan| plan.closed_at.is_none()).count(),
        coordinators: coordinators::rows::coordinators(tx).await?.len(),
        reaches_coordinators: !outbox::chats_of_coordinators(tx).await?.is_empty(),
        units: presences.len(),
        without_chat: names(|bound, _| !bound),
        without_contact: names(|bound, has_contact| bound && !has_contact),
        last_polled: settings::rows::last_polled(tx).await?,
        held_by_jump: settings::rows::clock_jump(tx).await?.is_some(),
    })
}
