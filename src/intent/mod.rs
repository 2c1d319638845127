//! What somebody wants: the words of an update, read in the place where they were said.

pub mod button;
pub mod command;
mod commanded;
pub mod heard;
pub mod menu;
pub mod paper;
mod passed_on;
mod preview;
pub mod reading;
pub mod seal;
pub mod words;

use crate::chat::incoming::Standing;
use crate::{
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, filing, history, importing,
    inspections, instructions, nudges, plans, practices, problems, questions, quiet, receipts, reporting, review,
    settings, steps, transfers,
};

/// What is wanted, of which room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Not for the bot, or nothing that needs an answer.
    Nothing,
    Misused {
        usage: &'static str,
    },
    UnknownCommand {
        name: String,
    },
    /// A button that an older version drew, or that nobody drew.
    StaleButton,
    /// What the bot may do in the chat has changed.
    Membership {
        was: Standing,
        is: Standing,
    },
    /// Somebody is no longer in the group.
    Departed {
        telegram_id: i64,
    },
    /// The group has another id.
    Migrated {
        to: i64,
    },
    /// What a coordinator passes on for a unit: what would be wanted if the unit said it.
    OnBehalf {
        unit: String,
        says: Box<Intent>,
    },
    Areas(areas::Wanted),
    Assigning(assigning::Wanted),
    Awaiting(awaiting::Wanted),
    Binding(binding::Wanted),
    Citations(citations::Wanted),
    Contacts(contacts::Wanted),
    Coordinators(coordinators::Wanted),
    Copies(copies::Wanted),
    Filing(filing::Wanted),
    History(history::Wanted),
    Importing(importing::Wanted),
    Inspections(inspections::Wanted),
    Instructions(instructions::Wanted),
    Nudges(nudges::Wanted),
    Plans(plans::Wanted),
    Practices(practices::Wanted),
    Problems(problems::Wanted),
    Questions(questions::Wanted),
    Quiet(quiet::Wanted),
    Receipts(receipts::Wanted),
    Reporting(reporting::Wanted),
    Review(review::Wanted),
    Settings(settings::Wanted),
    Steps(steps::Wanted),
    /// A coordinator's word on what a unit says is another's.
    Transfers {
        of: transfers::Of,
        wanted: transfers::Wanted,
    },
}
