//! What reading a message needs of it and of its place.

use crate::chat::incoming::{Attachment, AttachmentKind, Message};
use crate::office::duty::TaskRef;
use crate::office::place::Place;
use crate::understanding::Named;

/// How words stand to what was said before.
#[derive(Clone, Copy)]
pub struct Said {
    pub edited: bool,
    pub goes_on: bool,
}

/// Whether a message goes on with what another part of its album began.
pub fn goes_on(place: &Place) -> bool {
    place.album.as_ref().is_some_and(|album| album.goes_on)
}

/// The tasks that the answered message named, as the reading of words takes them.
pub fn named(place: &Place) -> Vec<Named> {
    let plans = place.named_plans.iter().map(String::as_str).chain(std::iter::repeat(""));
    let named = |(task, plan): (&TaskRef, &str)| Named {
        number: task.number.clone(),
        text: task.text.clone(),
        plan: plan.to_owned(),
    };
    place.named.iter().zip(plans).map(named).collect()
}

/// The document that a message holds.
pub fn document(message: &Message) -> Option<&Attachment> {
    message.attachments.first().filter(|attachment| attachment.kind == AttachmentKind::Document)
}
