//! A coordinator's document on its way to a plan, and the units that have to be invited.

use super::super::reply::{contact, importing};
use super::{Case, Change, Decision};

impl Case<'_> {
    /// Whether a coordinator speaks where coordinators are spoken to.
    fn is_coordinating(&self) -> bool {
        self.place.is_for_coordinators() && self.place.speaker_is_coordinator()
    }

    pub(super) fn units(&self) -> Decision {
        if !self.place.is_for_coordinators() {
            return self.answer("a question across units", contact::ask_privately());
        }
        Decision::answer("a coordinator asks for the units", self.answers, importing::units(&self.facts.presences))
    }

    pub(super) fn invite(&self, name: &str, anew: bool) -> Decision {
        if !self.is_coordinating() {
            return self.answer("may not invite", contact::ask_privately());
        }
        let change = Change::Invite { name: name.to_owned(), anew, answers: self.answers };
        Decision::nothing("a coordinator invites").with(change)
    }

    pub(super) fn document(&self, message_id: i64, file_id: &str, name: &str) -> Decision {
        if !self.is_coordinating() {
            return self.answer("may not import", contact::ask_privately());
        }
        let change = Change::WantDocument { message_id, file_id: file_id.to_owned(), name: name.to_owned() };
        let words = importing::received(name);
        Decision::answer("a coordinator sends a document", self.answers, [words]).with(change)
    }

    pub(super) fn import(&self, document: i64, agreed: bool) -> Decision {
        if !self.is_coordinating() {
            return Decision::toast("may not import", contact::ONLY_COORDINATORS);
        }
        if !self.facts.document_is_open {
            return Decision::toast("the document waits for no word", contact::STALE_BUTTON);
        }
        let (change, toast) = match agreed {
            true => (Change::ImportDocument(document), importing::BEING_IMPORTED),
            false => (Change::DropDocument(document), importing::DROPPED),
        };
        Decision::nothing("a coordinator has looked at a document").with(change).with_toast(toast)
    }
}
