//! 督办员代录: for which unit a coordinator speaks.

use crate::chat::incoming::Incoming;
use crate::deciding::said;
use crate::intent::Intent;
use crate::office::ids::{ChatId, UnitId};
use crate::office::place::{Person, Place};
use crate::reporting::Wanted;
use crate::store::{Result, Tx};
use crate::{reporting, roll};

/// A coordinator who passes on what a unit says, or goes on with what was passed on, speaks as the unit would.
pub async fn speak_for_the_unit(tx: &mut Tx, intent: Intent, place: &mut Place, incoming: &Incoming) -> Result<Intent> {
    let Some(speaker) = place.speaker.clone().filter(|person| person.coordinator && place.is_for_coordinators()) else {
        return Ok(intent);
    };
    let goes_on = match &intent {
        Intent::OnBehalf { .. } => true,
        Intent::Reporting(wanted) => !matches!(wanted, Wanted::EditedAway | Wanted::Tap(_)),
        _ => false,
    };
    let meant =
        if goes_on { said::message_meant(tx, &intent, place.chat.id, Some(speaker.id), incoming).await? } else { None };
    let own = place.unit.as_ref().map(|unit| unit.id);
    let known = match meant {
        Some(message_id) => passed_on_for(tx, place.chat.id, message_id, own).await?,
        None => None,
    };
    let (unit, intent) = match intent {
        Intent::OnBehalf { unit, says } => match roll::rows::find_unit(tx, &unit).await? {
            Some(found) if known.is_none_or(|known| known == found.id) => (found, *says),
            _ => return Ok(Intent::OnBehalf { unit, says }),
        },
        intent => match known {
            Some(known) => match roll::rows::units::unit(tx, known).await? {
                Some(unit) => (unit, intent),
                None => return Ok(intent),
            },
            None => return Ok(intent),
        },
    };
    let name = reporting::told_by(&speaker.name, true);
    place.speaker = Some(Person { name, contact_of: vec![unit.id], ..speaker });
    (place.unit, place.on_behalf) = (Some(unit), true);
    Ok(intent)
}

/// The unit whose words a coordinator has passed on by a message, where they were recorded or wait; `own`: whose the chat is.
async fn passed_on_for(tx: &mut Tx, chat: ChatId, message_id: i64, own: Option<UnitId>) -> Result<Option<UnitId>> {
    let own = own.map(|unit| unit.0);
    let unit = sqlx::query_scalar!(
        r#"select unit_id as "unit!: i64" from report join duty on duty.id = duty_id
           where chat_id = ?1 and message_id = ?2 and on_behalf
           union all
           select unit_id from question
           where chat_id = ?1 and message_id = ?2 and unit_id is not null and unit_id is not ?3 limit 1"#,
        chat.0,
        message_id,
        own
    );
    Ok(unit.fetch_optional(tx.connection()).await?.map(UnitId))
}
