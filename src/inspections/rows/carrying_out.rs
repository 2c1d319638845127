//! What changes of inspections.

use crate::inspections::Change;
use crate::inspections::rows::{self, InspectionAnswer};
use crate::office::ids::{ChatId, PersonId};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, speaker: Option<PersonId>) -> Result<()> {
    let by = speaker.map_or(Actor::Bot, Actor::Person);
    match (change, speaker) {
        (Change::WithdrawAnswer { message_id }, _) => rows::withdraw_inspection_answer(tx, chat, *message_id, by).await,
        (Change::Propose { message_id, request, asked }, Some(person)) => {
            rows::propose_inspection(tx, (chat, *message_id), request, asked, person).await
        }
        (Change::Start { inspection, day }, Some(_)) => rows::start_inspection(tx, *inspection, *day, by).await,
        (Change::Nudge { inspection, units, day }, Some(_)) => {
            rows::nudge_inspection(tx, *inspection, units, *day, by).await
        }
        (Change::Close { inspection, day }, Some(_)) => rows::close_inspection(tx, *inspection, *day, by).await,
        (Change::Answer { inspection, unit, message_id, at, text, attachments }, Some(person)) => {
            let answer = InspectionAnswer { message: (chat, *message_id), at: *at, text, attachments };
            rows::answer_inspection(tx, *inspection, *unit, &answer, person).await
        }
        (
            Change::Propose { .. }
            | Change::Start { .. }
            | Change::Nudge { .. }
            | Change::Close { .. }
            | Change::Answer { .. },
            None,
        ) => Ok(()),
    }
}
