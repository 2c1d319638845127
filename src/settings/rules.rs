//! The office's settings by message: shown in words, one changed after a confirmation, and what would be said by them.

use chrono::NaiveDate;

use crate::chat::refusals;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{Decision, To};
use crate::office::policy::Policy;
use crate::settings::{Wanted, sentences};
use crate::{filing, reminding, settings};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Policy { key, value } => policy(case, key.as_deref(), value.as_deref()),
        Wanted::SetPolicy { key, value } => set_policy(case, key, value),
        Wanted::Preview { from, to, page } => preview(case, (*from, *to), *page),
        Wanted::TrustClock { shown } => trust_clock(case, *shown),
    }
}

/// Shows the settings, or one of them, or what a change would mean.
pub fn policy(case: &Case<'_>, key: Option<&str>, value: Option<&str>) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("settings", refusals::ask_privately());
    }
    let Some(key) = key else {
        return case.answer("all settings", sentences::all(&case.facts.settings.changed));
    };
    if !crate::office::policy::is_key(key) {
        return case.answer("no such setting", sentences::refused(&crate::office::policy::unknown_key(key)));
    }
    let Some(value) = value else {
        return case.answer("one setting", sentences::one(key, &case.facts.settings.changed));
    };
    if !case.place.speaker_is_coordinator() {
        return case.answer("may not change settings", Words::plain(refusals::ONLY_COORDINATORS));
    }
    match with_setting(case, key, value) {
        Ok(changed) => case.answer("a change of settings", sentences::proposal(key, value, &changed, case.moment)),
        Err(error) => case.answer("a setting that does not fit", sentences::refused(&error)),
    }
}

/// Changes a setting, after the confirmation.
pub fn set_policy(case: &Case<'_>, key: &str, value: &str) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    if with_setting(case, key, value).is_err() {
        return Decision::toast("a setting that does not fit", refusals::STALE_BUTTON);
    }
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let shown = case.place.answered;
    let done = shown.map(|message_id| Change::TurnPage { message_id, words: sentences::done(key, value, person) });
    let mut decision = Decision::nothing("a setting is changed")
        .with(settings::Change::SetPolicy { key: key.to_owned(), value: value.to_owned() })
        .with_toast(sentences::CHANGED)
        .and_say(To::Coordinators, None, [sentences::changed(key, value, person)]);
    decision.changes.extend(done);
    decision
}

/// Shows what the schedule would say; a button's page takes the place of the one that is shown.
pub fn preview(case: &Case<'_>, days: (NaiveDate, NaiveDate), page: Option<usize>) -> Decision {
    let is_allowed = case.place.is_for_coordinators();
    match page {
        None if !is_allowed => case.answer("settings", refusals::ask_privately()),
        None => {
            case.answer("a rehearsal", reminding::sentences::preview::words(&case.facts.planned, days, 0, case.moment))
        }
        Some(_) if !is_allowed => Decision::toast("a page across units", refusals::ONLY_COORDINATORS),
        Some(number) => match case.facts.pressed {
            Some(message_id) => {
                let words = reminding::sentences::preview::words(&case.facts.planned, days, number, case.moment);
                Decision::nothing("a page is turned").with(Change::TurnPage { message_id, words })
            }
            None => Decision::toast("no message of ours", refusals::STALE_BUTTON),
        },
    }
}

/// The reminders go on, with the clock as it is.
pub fn trust_clock(case: &Case<'_>, shown: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    if case.facts.settings.clock_jump.is_none_or(|jump| jump.shown.timestamp() != shown) {
        return Decision::toast("the reminders are not held", refusals::STALE_BUTTON);
    }
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("the clock is trusted")
        .with(settings::Change::TrustClock)
        .with_toast(filing::sentences::GOES_ON)
        .and_say(To::Coordinators, None, [reminding::sentences::clock::clock_is_trusted(person)])
}

fn with_setting(case: &Case<'_>, key: &str, value: &str) -> Result<Policy, crate::office::policy::PolicyError> {
    let mut settings = case.facts.settings.changed.clone();
    settings.insert(key.to_owned(), value.to_owned());
    Policy::from_settings(&settings)
}
