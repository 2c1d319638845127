//! Each intent goes to the room that decides on it.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::Decision;
use crate::deciding::facts::Facts;
use crate::intent::Intent;
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::{
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, filing, history, importing,
    inspections, instructions, nudges, plans, practices, problems, questions, quiet, receipts, reporting, review,
    settings, steps, transfers,
};

/// Decides. `answers` is the id of the message that is answered, where the update is one.
pub fn decide(intent: &Intent, place: &Place, facts: &Facts, moment: Moment, answers: Option<i64>) -> Decision {
    // All parts of an album are answered as one.
    let answers = place.album.as_ref().map(|album| album.message_id).or(answers);
    let case = Case { place, facts, moment, answers };
    let decision = match intent {
        Intent::Nothing => Decision::nothing("nothing to answer"),
        Intent::Membership { was, is } => binding::rules::membership(&case, *was, *is),
        Intent::Departed { .. } => contacts::rules::departed(&case),
        Intent::Migrated { to } => Decision::nothing("the group has a new id").with(Change::MoveChat { to: *to }),
        Intent::StaleButton => Decision::toast("unknown button", refusals::NO_BUTTON),
        _ if place.speaker.is_none() => {
            quiet::rules::nameless(&case, !matches!(intent, Intent::Reporting(reporting::Wanted::Unclear(_))))
        }
        Intent::Misused { usage } => case.answer("misused command", refusals::misused(usage)),
        Intent::UnknownCommand { name } => case.answer("unknown command", refusals::unknown_command(name)),
        Intent::OnBehalf { unit, .. } => reporting::rules::on_behalf::refused(&case, unit),
        Intent::Areas(wanted) => areas::rules::decide(&case, wanted),
        Intent::Assigning(wanted) => assigning::rules::decide(&case, wanted),
        Intent::Awaiting(wanted) => awaiting::rules::decide(&case, wanted),
        Intent::Binding(wanted) => binding::rules::decide(&case, wanted),
        Intent::Citations(wanted) => citations::rules::decide(&case, wanted),
        Intent::Contacts(wanted) => contacts::rules::decide(&case, wanted),
        Intent::Coordinators(wanted) => coordinators::rules::decide(&case, wanted),
        Intent::Copies(wanted) => copies::rules::decide(&case, wanted),
        Intent::Filing(wanted) => filing::rules::decide(&case, wanted),
        Intent::History(wanted) => history::rules::decide(&case, wanted),
        Intent::Importing(wanted) => importing::rules::decide(&case, wanted),
        Intent::Inspections(wanted) => inspections::rules::decide(&case, wanted),
        Intent::Instructions(wanted) => instructions::rules::decide(&case, wanted),
        Intent::Nudges(wanted) => nudges::rules::decide(&case, wanted),
        Intent::Plans(wanted) => plans::rules::decide(&case, wanted),
        Intent::Practices(wanted) => practices::rules::decide(&case, wanted),
        Intent::Problems(wanted) => problems::rules::decide(&case, wanted),
        Intent::Questions(wanted) => questions::rules::decide(&case, wanted),
        Intent::Quiet(wanted) => quiet::rules::decide(&case, wanted),
        Intent::Receipts(wanted) => receipts::rules::decide(&case, wanted),
        Intent::Reporting(wanted) => reporting::rules::decide(&case, wanted),
        Intent::Review(wanted) => review::rules::decide(&case, wanted),
        Intent::Settings(wanted) => settings::rules::decide(&case, wanted),
        Intent::Steps(wanted) => steps::rules::decide(&case, wanted),
        Intent::Transfers { of, wanted } => transfers::rules::decide(&case, *of, wanted),
    };
    let decision = instructions::rules::passing_back(&case, intent, decision);
    quiet::rules::slowed(
        &case,
        awaiting::rules::telling_what_was_taken(&case, intent, case.in_the_offices_name(decision)),
    )
    .within_limits()
}
