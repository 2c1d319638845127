//! A coordinator's document on its way to a plan, and the units that have to be invited.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::Decision;
use crate::importing;
use crate::importing::{Wanted, Word, sentences};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Units => units(case),
        Wanted::Invite { name, anew } => invite(case, name, *anew),
        Wanted::Document { message_id, file_id, name } => document(case, *message_id, file_id, name),
        Wanted::Decide { document, word } => import(case, *document, *word),
    }
}

/// Whether a coordinator speaks where coordinators are spoken to.
fn is_coordinating(case: &Case<'_>) -> bool {
    case.place.is_for_coordinators() && case.place.speaker_is_coordinator()
}

pub fn units(case: &Case<'_>) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    Decision::answer(
        "a coordinator asks for the units",
        case.answers,
        sentences::units(&case.facts.importing.presences),
    )
}

pub fn invite(case: &Case<'_>, name: &str, anew: bool) -> Decision {
    if !is_coordinating(case) {
        return case.answer("may not invite", refusals::ask_privately());
    }
    let change = Change::Importing(importing::Change::Invite { name: name.to_owned(), anew, answers: case.answers });
    Decision::nothing("a coordinator invites").with(change)
}

pub fn document(case: &Case<'_>, message_id: i64, file_id: &str, name: &str) -> Decision {
    if !is_coordinating(case) {
        return case.answer("may not import", refusals::ask_privately());
    }
    let change = Change::Importing(importing::Change::WantDocument {
        message_id,
        file_id: file_id.to_owned(),
        name: name.to_owned(),
    });
    let words = sentences::received(name);
    Decision::answer("a coordinator sends a document", case.answers, [words]).with(change)
}

pub fn import(case: &Case<'_>, document: i64, word: Word) -> Decision {
    if !is_coordinating(case) {
        return Decision::toast("may not import", refusals::ONLY_COORDINATORS);
    }
    if !case.facts.importing.document_is_open {
        return Decision::toast("the document waits for no word", refusals::STALE_BUTTON);
    }
    let (change, toast) = match word {
        Word::Import(amendments) => {
            (Change::Importing(importing::Change::ImportDocument { document, amendments }), sentences::BEING_IMPORTED)
        }
        Word::Drop => (Change::Importing(importing::Change::DropDocument(document)), sentences::DROPPED),
    };
    Decision::nothing("a coordinator has looked at a document").with(change).with_toast(toast)
}
