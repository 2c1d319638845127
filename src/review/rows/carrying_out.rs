//! What a coordinator's word changes.

use serde_json::json;

use crate::office::ids::{ChatId, PersonId};
use crate::review::Change;
use crate::review::rows::{self, extensions};
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    match change {
        Change::Rule { duty, ruling, of, claim, reason } => {
            rows::rule(tx, *duty, (*ruling, *of), (*claim, reason.as_deref()), person).await
        }
        Change::OpenEvidence { duty, message_id, files } => {
            rows::open_evidence(tx, (*duty, *message_id), files, chat, person).await
        }
        Change::RefuseSuspension { duty, message_id } => rows::refuse_suspension(tx, *duty, *message_id, person).await,
        Change::ExplainRefusal { wish, duty, message_id, reason } => {
            rows::explain_refusal(tx, *wish, (*duty, *message_id), reason, person).await
        }
        Change::PassOn { duty, words } => {
            let said = json!({ "duty": duty, "words": words });
            ledger::note(tx, Actor::Person(person), "words_passed_on", said).await
        }
        Change::DecideExtension { duty, message_id, granted, all } => {
            extensions::decide_extension(tx, *duty, *message_id, (*granted, *all), person).await
        }
        Change::GiveReason { decision, reason } => rows::give_reason(tx, *decision, reason, person).await,
    }
}
