//! Who goes on with what is said to be another's.

use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::deciding::used;
use crate::intent::button::passing;
use crate::office::duty::Duty;
use crate::office::place::Awaited;
use crate::transfers::{Of, Taker, Wanted, sentences};
use crate::{review, transfers};

pub fn decide(case: &Case<'_>, of: Of, wanted: &Wanted) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return case.refuse("may not decide", refusals::ONLY_COORDINATORS);
    }
    let waits = |duty: &&Duty| {
        let transfer = duty.waiting.transfer.as_ref();
        transfer.is_some_and(|transfer| transfer.asked.message_id == of.message_id)
    };
    let Some(duty) = case.duty(of.duty).filter(waits) else {
        return case.refuse("it no longer waits", refusals::STALE_BUTTON);
    };
    match wanted {
        Wanted::AskWhom => {
            let takers: Vec<&Taker> = case.facts.takers.iter().filter(|taker| may_take(duty, taker)).collect();
            let awaited = Awaited::Taker { duty: of.duty, message_id: of.message_id };
            Decision::answer("asks who takes over", case.answers, [sentences::whom(duty, of, &takers)])
                .asking_for(AskedFor::Known(awaited))
        }
        Wanted::To(_) | Wanted::ToNamed(_) => match case.facts.takers.as_slice() {
            [taker] if may_take(duty, taker) => pass(case, duty, of, taker),
            [taker] => case.refuse("cannot take it", &sentences::may_not_take(&taker.unit.name, taker.collective)),
            _ => case.refuse("no such unit", sentences::NO_SUCH_UNIT),
        },
        Wanted::Keep => {
            let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
            let decision = Decision::nothing("a unit keeps its part")
                .with(transfers::Change::Keep { duty: duty.id, message_id: of.message_id })
                .with(settled(case, duty, of, sentences::KEPT))
                .with_toast(sentences::KEPT_TOAST)
                .and_say(To::Here, case.answers, [sentences::kept(duty)])
                .asking_for(AskedFor::Known(Awaited::Addition { duty: duty.id }));
            decision.and_say(To::Unit(duty.unit.id), None, [sentences::kept_to_unit(duty, person)])
        }
        Wanted::Drop => Decision::nothing("it is left at that")
            .with(transfers::Change::Drop { duty: duty.id, message_id: of.message_id })
            .with(settled(case, duty, of, sentences::DROPPED))
            .with_toast(sentences::DROPPED_TOAST),
    }
}

fn may_take(duty: &Duty, taker: &Taker) -> bool {
    !taker.collective && taker.unit.id != duty.unit.id
}

/// Each side is told.
fn pass(case: &Case<'_>, duty: &Duty, of: Of, taker: &Taker) -> Decision {
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let outcome = sentences::passed_outcome(&taker.unit.name);
    Decision::nothing("a part goes to another unit")
        .with(transfers::Change::Pass { duty: duty.id, message_id: of.message_id, to: taker.unit.id })
        .with(settled(case, duty, of, &outcome))
        .with_toast(sentences::PASSED_TOAST)
        .and_say(To::Here, case.answers, [sentences::passed(duty, taker)])
        .and_say(To::Unit(duty.unit.id), None, [sentences::passed_away(duty, &taker.unit.name, person)])
        .and_say(To::Unit(taker.unit.id), None, [sentences::passed_on(duty, person, case.moment)])
}

/// The buttons go, wherever they are shown.
fn settled(case: &Case<'_>, duty: &Duty, of: Of, outcome: &str) -> Change {
    let takers = case.facts.takers.iter().map(|taker| passing::pass_to(of, taker.unit.id));
    let data = sentences::buttons(of).into_iter().chain(takers).collect();
    used::used(case, data, review::sentences::subject(duty), &text::escape(outcome))
}

/// The buttons go, because the unit has taken its words back.
pub fn withdrawn(case: &Case<'_>, duty: &Duty, message_id: i64) -> Option<Change> {
    let transfer = duty.waiting.transfer.as_ref()?;
    let is_own = transfer.asked.chat == case.place.chat.id && transfer.asked.message_id == message_id;
    let of = Of { duty: duty.id, message_id };
    is_own.then(|| {
        used::used(case, sentences::buttons(of), review::sentences::subject(duty), review::sentences::WITHDRAWN)
    })
}
