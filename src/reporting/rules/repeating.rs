//! What a unit asks for and a coordinator has been asked before, or has answered: it is kept, and nobody is asked twice.

use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::office::duty::Duty;
use crate::office::status::Status;
use crate::reporting::rules::claiming::put_off_by;
use crate::reporting::{Repeat, RepeatKind};
use crate::review;
use crate::review::{Petition, WishKind};
use crate::understanding::Item;

/// What the words of a message ask for that a coordinator was asked before.
pub fn repeats(case: &Case<'_>, duty: &Duty, item: &Item, message_id: i64) -> Vec<Repeat> {
    let earlier = case
        .facts
        .earlier
        .iter()
        .find(|report| report.duty == duty.id && report.message_id == message_id && !report.withdrawn);
    let asked_for = asked_by(item).into_iter();
    let repeat = |petition| {
        let same_date = petition != Petition::Wish(WishKind::MoreTime) || is_waiting_wish(case, duty, item);
        let kind = match duty.asked(petition) {
            Some(asked) if (asked.chat, asked.message_id) == (case.place.chat.id, message_id) => {
                same_date.then_some(RepeatKind::Reworded)
            }
            _ if earlier.is_some_and(|report| report.answered.contains(&petition)) => Some(RepeatKind::Answered),
            waits => waits.filter(|_| same_date).map(|_| RepeatKind::Again),
        };
        kind.map(|kind| Repeat { petition, kind })
    };
    asked_for.filter_map(repeat).collect()
}

/// Whether a wish waits that puts the same date off to the same day.
fn is_waiting_wish(case: &Case<'_>, duty: &Duty, item: &Item) -> bool {
    let of = put_off_by(duty, item, case.moment.today).map(|date| date.id);
    duty.waiting.more_time.as_ref().is_some_and(|wish| Some(wish.due) == item.extend_to && wish.of == of)
}

/// The buttons that wait for a word on what these words of a message put an end to, or put another date to.
pub fn petitions_overtaken(case: &Case<'_>, duty: &Duty, item: &Item, message_id: i64) -> Option<Change> {
    let is_overtaken = |petition: &Petition| {
        let Some(asked) = duty.asked(*petition) else { return false };
        let same_message = (asked.chat, asked.message_id) == (case.place.chat.id, message_id);
        let says_how_it_stands = item.status.is_some() || item.percent.is_some();
        match (petition, asked_by(item).contains(petition)) {
            (Petition::Claim(None), asks) => !asks && (same_message || says_how_it_stands),
            // What else goes on leaves the claim of one date; that of the whole takes it in.
            (Petition::Claim(Some(_)), asks) => !asks && (same_message || item.status == Some(Status::ClaimedDone)),
            (Petition::Wish(WishKind::MoreTime), true) => !is_waiting_wish(case, duty, item),
            (Petition::Wish(_), asks) => !asks && same_message,
        }
    };
    review::rules::petitions_over(case, duty, is_overtaken, review::sentences::REPLACED)
}

fn asked_by(item: &Item) -> Vec<Petition> {
    let petitions = [
        (item.status == Some(Status::ClaimedDone), Petition::Claim(None)),
        (item.claims.is_some(), Petition::Claim(item.claims)),
        (item.extend_to.is_some(), Petition::Wish(WishKind::MoreTime)),
        (item.status == Some(Status::Suspended), Petition::Wish(WishKind::Suspension)),
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
            Petition::Wish(WishKind::MoreTime) => (item.extend_to, item.puts_off) = (None, None),
            Petition::Wish(WishKind::Suspension) => item.status = Some(Status::Blocked),
        }
    }
    item
}
