//! What bears on taking back what was taken as a reason.

use crate::deciding::facts::Facts;
use crate::office::place::Awaited;
use crate::office::rows;
use crate::office::rows::Which;
use crate::store::{Result, Tx};
use crate::{citations, review};

pub async fn add_facts(tx: &mut Tx, facts: &mut Facts) -> Result<()> {
    let Some(taken) = &facts.taken else { return Ok(()) };
    let (awaited, mut duties) = (taken.asked_for, taken.duties.clone());
    match awaited {
        Awaited::Reason { decision, duty } => {
            if let Some(message_id) = review::rows::claim_decided(tx, decision).await? {
                facts.review.asked_in = review::rows::asked_in(tx, duty, message_id).await?;
            }
            duties.push(duty);
        }
        Awaited::WhyRefused { duty, message_id, .. } => {
            facts.review.asked_in = review::rows::asked_in(tx, duty, message_id).await?;
            duties.push(duty);
        }
        Awaited::Answer { duty, .. } => {
            facts.review.leads = review::rows::extensions::leads_of(tx, duty).await?;
            duties.push(duty);
        }
        Awaited::CitationWithdrawal { .. } => facts.citations.all = citations::rows::citations(tx).await?,
        Awaited::OrderReason { .. }
        | Awaited::Task(_)
        | Awaited::Meaning(_)
        | Awaited::Confirmation { .. }
        | Awaited::Line { .. }
        | Awaited::Taker { .. }
        | Awaited::Trouble { .. }
        | Awaited::WhyMoreTime { .. }
        | Awaited::Addition { .. }
        | Awaited::Instruction { .. }
        | Awaited::Instructed { .. }
        | Awaited::Inspection { .. } => {}
    }
    for duty in duties {
        facts.duties.extend(rows::duties(tx, Which::One(duty)).await?);
    }
    Ok(())
}
