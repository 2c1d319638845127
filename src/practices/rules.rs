//! A coordinator recommends what a unit has tried.

use crate::chat::refusals;
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::ids::{DutyId, PracticeId};
use crate::practices;
use crate::practices::{Wanted, sentences};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Recommend { duty, practice, recommended } => recommend(case, *duty, *practice, *recommended),
    }
}

/// A coordinator recommends a practice to others, or does so no longer.
fn recommend(case: &Case<'_>, duty: DutyId, practice: PracticeId, recommended: bool) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not recommend", refusals::ONLY_COORDINATORS);
    }
    let found = case.duty(duty).and_then(|duty| {
        let practice = duty.practices.iter().find(|known| known.id == practice);
        Some((duty, practice.filter(|known| known.recommended != recommended)?))
    });
    let Some((duty, practice)) = found else {
        return Decision::toast("no such practice", refusals::STALE_BUTTON);
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("a practice is recommended")
        .with(practices::Change::Recommend { duty: duty.id, practice: practice.id, recommended })
        .with(used::used(
            case,
            vec![button::recommend(duty.id, practice.id, recommended)],
            sentences::subject(duty, practice),
            sentences::mark(recommended),
        ))
        .with_toast(sentences::marked(recommended))
        .and_say(To::Here, None, [sentences::recommended(duty, practice, recommended, person)])
}
