//! What a unit asks for and a coordinator has been asked before, or has answered: it is kept, and nobody is asked twice.

use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::office::duty::{Duty, Wish};
use crate::office::status::Status;
use crate::reporting::rules::claiming::put_off_by;
use crate::reporting::statement::Statement;
use crate::reporting::{Repeat, RepeatKind};
use crate::review;
use crate::review::Petition;
use crate::understanding::{Item, gives_reason};

/// What the words of a message ask for that a coordinator was asked before.
pub fn repeats(case: &Case<'_>, duty: &Duty, item: &Item, said: &Statement) -> Vec<Repeat> {
    let message_id = said.message_id;
    let earlier = case
        .facts
        .earlier
        .iter()
        .find(|report| report.duty == duty.id && report.message_id == message_id && !report.withdrawn);
    let asked_for = asked_by(case, duty, item).into_iter();
    // A message has one wish for more time, whatever date it names after an edit.
    let is_answered = |petition: Petition| {
        let mut answered = earlier.iter().flat_map(|report| &report.answered);
        answered
            .any(|one| *one == petition || matches!((one, petition), (Petition::MoreTime(_), Petition::MoreTime(_))))
    };
    let repeat = |petition| {
        let same_date = match petition {
            Petition::MoreTime(of) => duty.wish(of).is_some_and(|wish| is_the_same(case, wish, item, said)),
            Petition::Claim(_) | Petition::Suspension => true,
        };
        let kind = match duty.asked(petition) {
            Some(asked) if (asked.chat, asked.message_id) == (case.place.chat.id, message_id) => {
                same_date.then_some(RepeatKind::Reworded)
            }
            _ if is_answered(petition) => Some(RepeatKind::Answered),
            waits => waits.filter(|_| same_date).map(|_| RepeatKind::Again),
        };
        kind.map(|kind| Repeat { petition, kind })
    };
    asked_for.filter_map(repeat).collect()
}

/// Whether a waiting wish is wished for again: until the same day, and with no reason that it lacks.
fn is_the_same(case: &Case<'_>, wish: &Wish, item: &Item, said: &Statement) -> bool {
    let gives_reason = |text: &str| gives_reason(text, case.moment.today);
    Some(wish.due) == item.extend_to && (gives_reason(&wish.text) || !gives_reason(said.words_of(item)))
}

/// The buttons that wait for a word on what these words of a message put an end to, or put another date to.
pub fn petitions_overtaken(case: &Case<'_>, duty: &Duty, item: &Item, said: &Statement) -> Option<Change> {
    let is_overtaken = |petition: &Petition| {
        let Some(asked) = duty.asked(*petition) else { return false };
        let same_message = (asked.chat, asked.message_id) == (case.place.chat.id, said.message_id);
        let says_how_it_stands = item.status.is_some() || item.percent.is_some();
        match (petition, asked_by(case, duty, item).contains(petition)) {
            (Petition::Claim(None), asks) => !asks && (same_message || says_how_it_stands),
            // What else goes on leaves the claim of one date; that of the whole takes it in.
            (Petition::Claim(Some(_)), asks) => !asks && (same_message || item.status == Some(Status::ClaimedDone)),
            (Petition::MoreTime(of), true) => duty.wish(*of).is_some_and(|wish| !is_the_same(case, wish, item, said)),
            (Petition::MoreTime(_) | Petition::Suspension, asks) => !asks && same_message,
        }
    };
    review::rules::petitions_over(case, duty, is_overtaken, review::sentences::REPLACED)
}

fn asked_by(case: &Case<'_>, duty: &Duty, item: &Item) -> Vec<Petition> {
    let puts_off = put_off_by(duty, item, case.moment.today).map(|date| date.id);
    let petitions = [
        (item.status == Some(Status::ClaimedDone), Petition::Claim(None)),
        (item.claims.is_some(), Petition::Claim(item.claims)),
        (item.extend_to.is_some(), Petition::MoreTime(puts_off)),
        (item.status == Some(Status::Suspended), Petition::Suspension),
    ];
    petitions.into_iter().filter(|(asks, _)| *asks).map(|(_, petition)| petition).collect()
}

/// What is recorded beside the words: without what is asked for again, so that the duty stands as it stood.
pub fn without_repeats(item: &Item, repeats: &[Repeat]) -> Item {
    let mut item = Item { task: None, words: String::new(), ..item.clone() };
    for again in repeats.iter().filter(|repeat| repeat.kind == RepeatKind::Again) {
        match again.petition {
            Petition::Claim(None) => (item.status, item.percent) = (None, None),
            Petition::Claim(Some(_)) => (item.claims, item.milestone, item.milestone_status) = (None, None, None),
            Petition::MoreTime(_) => (item.extend_to, item.puts_off) = (None, None),
            Petition::Suspension => item.status = Some(Status::Blocked),
        }
    }
    item
}
