//! What is to be true afterwards.

use crate::chat::UsedButtons;
use crate::chat::incoming::Standing;
use crate::chat::words::Words;
use crate::{
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, filing, importing, inspections,
    instructions, later, nudges, plans, practices, problems, quiet, receipts, reporting, review, settings, steps,
    transfers,
};

/// Something that is to be true afterwards, by the room that carries it out; each is written to the ledger, apart from what
/// only governs how much is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Areas(areas::Change),
    Assigning(assigning::Change),
    Awaiting(awaiting::Change),
    Binding(binding::Change),
    Citations(citations::Change),
    Contacts(contacts::Change),
    Coordinators(coordinators::Change),
    Copies(copies::Change),
    Filing(filing::Change),
    Importing(importing::Change),
    Inspections(inspections::Change),
    Instructions(instructions::Change),
    Later(later::Change),
    Nudges(nudges::Change),
    Plans(plans::Change),
    Practices(practices::Change),
    Problems(problems::Change),
    Quiet(quiet::Change),
    Receipts(receipts::Change),
    Reporting(reporting::Change),
    Review(review::Change),
    Settings(settings::Change),
    Steps(steps::Change),
    Transfers(transfers::Change),
    /// Buttons that have done their work go from every message that shows them.
    UseButtons(UsedButtons),
    /// A message shows another page of its answer.
    TurnPage {
        message_id: i64,
        words: Words,
    },
    /// What the bot has become in the chat.
    Standing(Standing),
    MoveChat {
        to: i64,
    },
}

/// What a room changes is a change.
macro_rules! from_rooms {
    ($($room:ident: $variant:ident),* $(,)?) => {
        $(
            impl From<$room::Change> for Change {
                fn from(change: $room::Change) -> Change {
                    Change::$variant(change)
                }
            }
        )*
    };
}

from_rooms! {
    areas: Areas,
    assigning: Assigning,
    awaiting: Awaiting,
    binding: Binding,
    citations: Citations,
    contacts: Contacts,
    coordinators: Coordinators,
    copies: Copies,
    filing: Filing,
    importing: Importing,
    inspections: Inspections,
    instructions: Instructions,
    later: Later,
    nudges: Nudges,
    plans: Plans,
    practices: Practices,
    problems: Problems,
    quiet: Quiet,
    receipts: Receipts,
    reporting: Reporting,
    review: Review,
    settings: Settings,
    steps: Steps,
    transfers: Transfers,
}
