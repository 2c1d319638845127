//! Buttons about what is on record of a unit.

use crate::citations::Wanted;
use crate::intent::Intent;
use crate::office::ids::CitationId;

/// Puts on record what the message proposes.
pub fn record_citation(message_id: i64) -> String {
    format!("v1:cite:{message_id}")
}

pub fn tell_citation(citation: CitationId) -> String {
    format!("v1:cited:{}", citation.0)
}

pub fn withdraw_citation(citation: CitationId) -> String {
    format!("v1:uncite:{}", citation.0)
}

/// `None` for the data of a button that nobody draws.
pub fn read(action: &str, numbers: &[i64]) -> Option<Intent> {
    let wanted = match (action, numbers) {
        ("cite", [message_id]) => Wanted::Record { message_id: *message_id },
        ("cited", [id]) => Wanted::Tell { citation: CitationId(*id) },
        ("uncite", [id]) => Wanted::AskWithdrawal { citation: CitationId(*id) },
        _ => return None,
    };
    Some(Intent::Citations(wanted))
}
