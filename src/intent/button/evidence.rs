//! Buttons that open the files of a claim, and that agree to a page of claims.

use crate::intent::Intent;
use crate::office::ids::DutyId;
use crate::review;

pub fn open(duty: DutyId, message_id: i64) -> String {
    format!("v1:files:{}:{message_id}", duty.0)
}

/// `shown`: what stands for the claims as the page shows them.
pub fn agree_page(number: usize, shown: u32) -> String {
    format!("v1:agreepage:{number}:{shown}")
}

/// `None` for the data of a button that nobody draws.
pub fn read(action: &str, numbers: &[i64]) -> Option<Intent> {
    match (action, numbers) {
        ("files", [duty, message_id]) => {
            Some(Intent::Review(review::Wanted::OpenEvidence { duty: DutyId(*duty), message_id: *message_id }))
        }
        ("agreepage", [number, shown]) => Some(Intent::Review(review::Wanted::AgreePage {
            number: usize::try_from(*number).ok()?,
            shown: u32::try_from(*shown).ok()?,
        })),
        _ => None,
    }
}
