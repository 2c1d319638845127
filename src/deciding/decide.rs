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
    areas, assigning, awaiting, binding, citations, contacts, coordinators, copies, importing, inspections,
    instructions, nudges, plans, problems, questions, quiet, receipts, reporting, review, settings, steps, transfers,
    understanding,
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
        _ if place.speaker.is_none() => quiet::rules::nameless(&case, !matches!(intent, Intent::Unclear(_))),
        Intent::PassedOn => quiet::rules::passed_on(&case),
        Intent::Greet => quiet::rules::greet(&case),
        Intent::Silence => quiet::rules::silence(&case),
        Intent::EndSilence { chat, since } => quiet::rules::end_silence(&case, *chat, *since),
        Intent::Help => questions::rules::help(&case),
        Intent::HelpPage { number } => questions::rules::help_page(&case, *number),
        Intent::Misused { usage } => case.answer("misused command", refusals::misused(usage)),
        Intent::UnknownCommand { name } => case.answer("unknown command", refusals::unknown_command(name)),
        Intent::Bind { .. } => binding::rules::bind(&case),
        Intent::BreakDown(plan) => steps::rules::break_down(&case, plan),
        Intent::MarkStep { step, mark, view } => steps::rules::mark_step(&case, *step, *mark, *view),
        Intent::ShowSteps { task } => steps::rules::show_steps(&case, *task),
        Intent::SwitchCopies { by_link } => copies::rules::switch(&case, *by_link),
        Intent::AskToBeContact { unit } => binding::rules::ask_to_be_contact(&case, *unit),
        Intent::ConfirmContact { unit, person } => binding::rules::confirm_contact(&case, *unit, *person),
        Intent::HandOver { to } => contacts::rules::hand_over(&case, to.as_ref()),
        Intent::HandOverTo { unit, from, to } => contacts::rules::hand_over_to(&case, *unit, *from, *to),
        Intent::TakeOver { unit, from, to } => contacts::rules::take_over(&case, *unit, *from, *to),
        Intent::Leave => contacts::rules::leave(&case),
        Intent::Contacts { .. } => contacts::rules::contacts(&case),
        Intent::Dismiss { unit, person, since } => contacts::rules::dismiss(&case, *unit, *person, *since),
        Intent::Rights(wanted) => coordinators::rules::rights(&case, wanted),
        Intent::Area(wanted) => areas::rules::divide(&case, wanted),
        Intent::Plans(wanted) => plans::rules::plans(&case, wanted),
        Intent::PaperOf { sheet, plan } => questions::rules::paper_of(&case, *sheet, plan),
        Intent::Tasks => questions::rules::tasks(&case),
        Intent::Task { number } => questions::rules::task(&case, number),
        Intent::Report(statement) => reporting::rules::report(&case, statement),
        Intent::OnBehalf { unit, .. } => reporting::rules::on_behalf::refused(&case, unit),
        Intent::Unclear(statement) => reporting::rules::unclear::unclear(&case, statement),
        Intent::EditedAway => reporting::rules::edited_away(&case),
        Intent::Undo { .. } => reporting::rules::undo(&case),
        Intent::Tap(tap) => reporting::rules::tap(&case, *tap),
        Intent::Pick { of, task } => reporting::rules::picking::pick(&case, *of, *task),
        Intent::PickMore { of } => reporting::rules::picking::pick_more(&case, *of),
        Intent::PickAll { of } => reporting::rules::picking::pick_all(&case, *of),
        Intent::PickDate { of, date } => reporting::rules::picking::pick_date(&case, *of, *date),
        Intent::Mean { of, task, meaning } => reporting::rules::picking::mean(&case, *of, *task, *meaning),
        Intent::Confirm { of, at } => reporting::rules::picking::confirm_understood(&case, *of, *at),
        Intent::Decide { drawn, press } => review::rules::decide(&case, *drawn, *press),
        Intent::OpenEvidence { duty, message_id } => review::rules::page::open_evidence(&case, *duty, *message_id),
        Intent::AgreePage { number, shown } => review::rules::page::agree_page(&case, *number, *shown),
        Intent::Order(order) => review::rules::ordering::order(&case, order),
        Intent::TrustClock { shown } => questions::rules::trust_clock(&case, *shown),
        Intent::GiveReason { decision, duty, reason } => review::rules::give_reason(&case, *decision, *duty, reason),
        Intent::NoReason { message_id } => awaiting::rules::no_reason(&case, *message_id),
        Intent::PassOn { duty, words } => review::rules::pass_on(&case, *duty, words),
        Intent::Transfer { of, wanted } => transfers::rules::decide(&case, *of, wanted),
        Intent::Problem(wanted) => problems::rules::problem(&case, wanted),
        Intent::Citation(wanted) => citations::rules::cite(&case, wanted),
        Intent::Inspection(wanted) => inspections::rules::inspect(&case, wanted),
        Intent::Assigning(wanted) => assigning::rules::assigning(&case, wanted),
        Intent::AnswerInspection { inspection, statement } => {
            inspections::rules::answer_inspection(&case, *inspection, statement)
        }
        Intent::Recommend { duty, practice, recommended } => {
            questions::rules::recommend(&case, *duty, *practice, *recommended)
        }
        Intent::ExplainRefusal { wish, duty, message_id, reason } => {
            review::rules::explain_refusal(&case, *wish, *duty, *message_id, reason)
        }
        Intent::Query(query) => questions::rules::query(&case, query),
        Intent::Instruct { of, chat, words } => instructions::rules::instruct(&case, *of, *chat, words),
        Intent::AnswerInstruction(statement) => instructions::rules::answer(&case, statement),
        Intent::ShowReport { of } => instructions::rules::show(&case, *of),
        Intent::Read { message_id, at } => receipts::rules::read(&case, *message_id, *at),
        Intent::Ask { query, statement } => questions::asked::ask(&case, query.as_ref(), statement),
        Intent::Paper(paper) => questions::rules::paper(&case, *paper),
        Intent::Brief => questions::rules::brief(&case),
        Intent::Bulletin(wanted) => questions::rules::bulletin(&case, wanted),
        Intent::UnclearQuestion { text } => case.answer(
            "a question that is not understood",
            questions::sentences::coordinator::nearest_questions(&understanding::nearest(text)),
        ),
        Intent::WhichUnit { units } => {
            case.answer("one of several units", questions::sentences::coordinator::which_unit(units))
        }
        Intent::Page { number } => questions::rules::page(&case, *number),
        Intent::Units => importing::rules::units(&case),
        Intent::Invite { name, anew } => importing::rules::invite(&case, name, *anew),
        Intent::Document { message_id, file_id, name } => importing::rules::document(&case, *message_id, file_id, name),
        Intent::Import { document, word } => importing::rules::import(&case, *document, *word),
        Intent::History { called, unit, whole } => {
            questions::rules::history(&case, called.as_ref(), unit.as_deref(), *whole)
        }
        Intent::Remind { called, unit } => nudges::rules::remind(&case, called.as_ref(), unit.as_deref()),
        Intent::ProposeReminder { called, unit } => nudges::rules::propose(&case, called.as_ref(), unit.as_deref()),
        Intent::ConfirmReminder { called, unit } => nudges::rules::confirm(&case, called.as_ref(), *unit),
        Intent::Beyond(beyond) => case.answer("beyond the bot", questions::sentences::coordinator::beyond(*beyond)),
        Intent::Nudge { duty } => nudges::rules::nudge(&case, *duty),
        Intent::Policy { key, value } => settings::rules::policy(&case, key.as_deref(), value.as_deref()),
        Intent::SetPolicy { key, value } => settings::rules::set_policy(&case, key, value),
        Intent::Preview { from, to, page } => settings::rules::preview(&case, (*from, *to), *page),
    };
    let decision = instructions::rules::passing_back(&case, intent, decision);
    quiet::rules::slowed(
        &case,
        awaiting::rules::telling_what_was_taken(&case, intent, case.in_the_offices_name(decision)),
    )
    .within_limits()
}
